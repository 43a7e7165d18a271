"""The Benchmark tab: measures in a child process, shows, keeps, compares, and takes results from elsewhere."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from engine import places
from engine.bench import history, networks
from engine.bench.catalogue import CARDS, bench_card
from engine.bench.charts import Bar, Chart, Series, Shown, open_result
from engine.bench.method import Timed
from engine.cards import Task
from engine.host import EngineHost
from engine.jobs import JobState, result_of
from engine.settings import Settings
from engine.text import Text, same
from engine.train.recipes import recipe
from gui import words
from gui.context import Context
from gui.pages import benchmark_view
from gui.pages.benchmark import BenchmarkPage
from gui.widgets.bench_chart import BenchChart

pytestmark = pytest.mark.usefixtures("one_core")


@pytest.fixture
def page(host: EngineHost, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[BenchmarkPage]:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    page = BenchmarkPage(host, Context(host, Settings(theme="dark", language="en")))
    qtbot.addWidget(page)
    page.resize(1264, 700)
    page.show()
    page.shown()
    qtbot.waitUntil(lambda: "core" in page.view.side.processor.accessibleName(), timeout=20_000)
    yield page
    qtbot.waitUntil(lambda: not page.view.bar.busy, timeout=60_000)


def a_result(factor: float, date: str) -> dict[str, Any]:
    """A kept result of this machine whose one figure is `factor` milliseconds."""
    from engine.bench import machine

    timed = Timed((factor, 1.02 * factor, 0.98 * factor))
    bar = Bar(same("AlexNet"), (("conv", factor),), same(""), timed.low, timed.high, 3)
    chart = Chart(
        "time", Text("Time", "시간"), same("ms"), Text("So long.", "이만큼이에요."), (bar,), (("conv", same("conv")),)
    )
    shown = Shown((chart,)).json()
    heads = {"AlexNet ms": timed.json()}
    return {"bench": "layers", "date": date, "machine": machine(), "headlines": heads, "shown": shown, "count": 3}


def test_measuring_draws_the_network_keeps_the_result_and_reads_in_both_languages(
    page: BenchmarkPage, qtbot: QtBot, tmp_path: Path
) -> None:
    view = page.view
    form = view.setup.form
    form.set_value(dataclasses.replace(form.value(), model="mnist-simple"))
    assert view.stage.shown is None
    qtbot.mouseClick(view.bar._main, Qt.MouseButton.LeftButton)
    assert view.bar.busy
    qtbot.waitUntil(lambda: "layers" in view._results, timeout=180_000)
    chart = view.stage.chart.chart
    assert chart is not None
    assert chart.bars[0].total > 0
    assert "ms" in view.stage.chart.words_at(chart.bars[0].total / 1000, 0.0)
    qtbot.waitUntil(lambda: view.side.kept.count() == 1, timeout=20_000)
    titles = [view.stage.choice.itemText(i) for i in range(view.stage.choice.count())]
    assert view.stage.title not in titles  # the select beside it says which chart; the title, of what
    words.set_language(QApplication.instance(), "ko")  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: "합성곱" in view.stage._reading.text(), timeout=20_000)
    assert view.stage.choice.itemText(0) not in titles
    target = tmp_path / "out.json"
    view.export(target)
    qtbot.waitUntil(target.is_file, timeout=20_000)
    assert open_result(target)["bench"] == "layers"


def test_everything_is_measured_in_one_go_and_what_cannot_be_says_why(
    page: BenchmarkPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = page.view
    monkeypatch.setattr(benchmark_view, "CARDS", (bench_card("machine"), bench_card("precision")))  # the two fastest
    form = view.setup.form
    form.set_value(dataclasses.replace(form.value(), model="vgg16", learnt="mnist-simple"))  # no weights of it are here
    qtbot.mouseClick(view.setup.every, Qt.MouseButton.LeftButton)
    assert view.bar.busy
    assert not view.setup.every.isEnabled()
    qtbot.waitUntil(lambda: view._ended is JobState.DONE, timeout=180_000)
    assert set(view._results) == {"machine"}
    qtbot.waitUntil(lambda: len(list(places.benchmarks().glob("*-machine-*.json"))) == 1, timeout=20_000)
    view.choose(bench_card("precision"))
    assert view.stage.shown is None
    assert "mnist-simple" in str(view._missing["precision"])
    report = tmp_path / "report.html"
    view.choose(bench_card("machine"))
    view.export(report)
    qtbot.waitUntil(report.is_file, timeout=20_000)
    assert "mnist-simple" in report.read_text("utf-8")


def test_every_network_that_a_benchmark_offers_can_be_measured_by_it(page: BenchmarkPage, qtbot: QtBot) -> None:
    view, walked = page.view, dict[str, int]()
    for card in CARDS:
        qtbot.mouseClick(view.setup.rows[card.id], Qt.MouseButton.LeftButton)
        shown = [name for name in ("model", "learnt") if view.setup.form.rows[name].isVisibleTo(view.setup)]
        assert shown == ([card.asks] if card.asks else [])
        for name in shown:
            choice = view.setup.form.rows[name].control
            assert isinstance(choice, QComboBox)
            for place in range(choice.count()):
                choice.setCurrentIndex(place)
                words_of_it = view._words(card)
                model = words_of_it[words_of_it.index("--model") + 1] if "--model" in words_of_it else ""
                assert model == choice.currentData()
                walked[card.id] = walked.get(card.id, 0) + 1
                if name == "model":
                    assert networks.chosen(model, quick=True)
                elif model != networks.PHOTOS:
                    assert recipe(model or "mnist-deep").card.task is Task.CLASSIFY
            assert model, "the last one is left chosen, for the cards that follow"
        for other in CARDS:
            assert "--model" not in view._words(other) or other.asks, "no card gets a network it does not ask for"
    assert set(walked) == {"layers", "backends", "precision"}
    assert min(walked.values()) > 10


def test_stopping_a_measurement_keeps_nothing(page: BenchmarkPage, qtbot: QtBot) -> None:
    view = page.view
    view.measure()
    qtbot.waitUntil(lambda: view._last is not None, timeout=60_000)
    qtbot.mouseClick(view.bar._stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view._ended is JobState.CANCELLED, timeout=60_000)
    assert not list(places.benchmarks().glob("*.json"))
    assert view.stage.shown is None


def test_kept_results_are_opened_compared_and_drawn_over_time(
    page: BenchmarkPage, qtbot: QtBot, tmp_path: Path
) -> None:
    view = page.view
    for factor, date in ((4.0, "2026-11-20T10:00:00"), (2.0, "2026-11-21T10:00:00")):
        result_of(history.keep(a_result(factor, date)))
    view.choose(bench_card("threads"))
    view.choose(bench_card("layers"))
    qtbot.waitUntil(lambda: view.stage.shown is not None, timeout=20_000)
    assert view.side.kept.count() == 2
    view.compare(view.side.kept.itemData(1))
    qtbot.waitUntil(lambda: _chart(view.stage.chart).id == "compare", timeout=20_000)
    assert _chart(view.stage.chart).bars[0].total == pytest.approx(0.5)
    qtbot.mouseClick(view.side.over_time, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _chart(view.stage.chart).id == "history", timeout=20_000)
    brought = tmp_path / "other.json"
    other = {**a_result(1.0, "2026-11-22T10:00:00"), "machine": {"processor": "elsewhere"}}
    brought.write_text(json.dumps({"format": 1, **other}), encoding="utf-8")
    view.bring(brought)
    qtbot.waitUntil(lambda: view.side.kept.count() == 3, timeout=20_000)
    assert "elsewhere" in view.side.kept.itemText(0)


def test_a_file_that_is_no_result_is_told_and_changes_nothing(
    page: BenchmarkPage, qtbot: QtBot, host: EngineHost, tmp_path: Path
) -> None:
    path = tmp_path / "wrong.json"
    path.write_text("{}", encoding="utf-8")
    with qtbot.waitSignal(host.failed, timeout=20_000) as told:
        page.view.bring(path)
    assert "wrong.json" in str(told.args[0].error.text)
    assert page.view.stage.shown is None


def test_the_slide_stands_beside_what_was_not_run_yet(page: BenchmarkPage) -> None:
    page.view.choose(bench_card("devices"))
    said = page.view.side._said_box
    assert said.count() == 2


def test_values_of_a_line_are_told_where_the_pointer_is(qtbot: QtBot) -> None:
    line = Series(same("measured"), (1.0, 2.0, 4.0), (1.0, 1.8, 2.9), (0.9, 1.7, 2.5), (1.1, 1.9, 3.0))
    ideal = Series(same("ideal"), (1.0, 4.0), (1.0, 4.0), style="dashed", tone="slide")
    widget = BenchChart()
    qtbot.addWidget(widget)
    widget.resize(600, 300)
    widget.show_chart(Chart("up", same("Up"), same("×"), same("Rises."), series=(line, ideal)))
    assert "2.90" in widget.words_at(4.0, 2.9)
    assert widget.words_at(2.0, 0.1) == ""
    assert not widget.picture(QSize(600, 300)).isNull()


def _chart(widget: BenchChart) -> Chart:
    assert widget.chart is not None
    return widget.chart
