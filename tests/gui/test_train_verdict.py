"""What Train says of a run: the verdict and its evidence, the code, the files, the time it will take, row 1."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from engine.files import read_tensors
from engine.host import EngineHost
from engine.settings import Settings
from engine.train.events import Checked, Examined, Mistakes
from engine.train.runs import list_runs
from gui import theme, words
from gui.context import Context
from gui.pages.train import TrainPage
from gui.pages.train_charts import Charts
from gui.pages.train_view import TrainView
from gui.widgets.chip import Chip
from gui.widgets.clickable import Clickable
from gui.widgets.code_view import CodeView, marks
from gui.widgets.run_curves import RunCurves

LONG = 60_000  # ms: two shared cores


@pytest.fixture
def view(qtbot: QtBot, host: EngineHost) -> Iterator[TrainView]:
    page = TrainPage(host, Context(host, Settings(theme="dark", language="en")))
    qtbot.addWidget(page)
    page.resize(1440, 900)
    page.show()
    page.shown()
    qtbot.waitUntil(lambda: page.view.setup.dataset != "auto", timeout=LONG)
    page.view.setup.choose_recipe("digits-quick")
    yield page.view
    if page.view.session.run:
        page.view.session.run.cancel()


def train(view: TrainView, qtbot: QtBot, **settings: object) -> Path:
    """Train `digits-quick` to its end; the folder of the run."""
    view.setup.show_settings(dataclasses.replace(view.setup.settings(), **settings))
    view.start()
    qtbot.waitUntil(lambda: not view.session.busy and view.bar.end_words != "", timeout=LONG)
    assert view.session.folder is not None
    return view.session.folder


# The verdict

NOTHING = Mistakes(np.zeros((0, 1, 1), np.uint8), np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32))


def lame(checks: int = 12) -> RunCurves:
    """A run whose first ReLU is dead and which therefore learns nothing."""
    run = RunCurves("lame")
    for n in range(1, checks + 1):
        check = Checked(10 * n, n / 4, n, "held-out", 143, 2.3, 0.1, np.eye(10, dtype=np.int64), NOTHING)
        dead, same = {"relu0": 1.0, "relu1": 0.2}, {"fc0": 0.0, "fc1": 0.0}
        run.take([check, Examined(10 * n, n / 4, 500, 2.3, 0.1, 143, 128, 14, 0.5, dead, same, {"fc0": 1e-3})])
    return run


@pytest.fixture
def charts(qtbot: QtBot) -> Charts:
    charts = Charts()
    qtbot.addWidget(charts)
    charts.resize(900, 460)
    charts.show()
    return charts


def test_a_verdict_stands_in_the_title_row_and_opens_with_its_evidence_and_remedy(charts: Charts, qtbot: QtBot) -> None:
    charts.show_runs([lame()])
    assert charts.line.chip.text() == "Dead ReLU"
    assert charts.verdict.text() == "relu0: 100\u2009% of its units answered none of 143 held-out pictures (step 120)."
    assert charts.findings.isHidden()
    qtbot.mouseClick(charts.line.findChild(Clickable), Qt.MouseButton.LeftButton)
    assert charts.findings.isVisible()
    word, evidence, remedy = charts.findings.texts()[0]
    assert (word, evidence) == (charts.line.chip.text(), charts.verdict.text())
    assert remedy.startswith("Start anew with a lower learning rate")
    qtbot.keyClick(charts.line.findChild(Clickable), Qt.Key.Key_Return)
    assert charts.findings.isHidden()


def test_a_verdict_speaks_the_language_in_force(charts: Charts, qapp: QApplication, qtbot: QtBot) -> None:
    charts.show_runs([lame()])
    words.set_language(qapp, "ko")
    qtbot.waitUntil(lambda: charts.line.chip.text() == "죽은 ReLU")
    assert "relu0: 유닛의 100\u2009%" in charts.verdict.text()
    assert "{" not in "".join(charts.findings.texts()[0])


def test_nothing_is_said_too_early_and_an_open_card_closes(charts: Charts) -> None:
    charts.show_runs([lame()])
    charts.line.pressed.emit()
    charts.show_runs([lame(1)])
    assert not charts.line.chip.isVisible()
    assert charts.findings.isHidden()
    charts.show_runs([])
    assert charts.verdict.text() == ""


def test_a_training_in_the_window_is_judged_and_so_is_the_recorded_run(view: TrainView, qtbot: QtBot) -> None:
    folder = train(view, qtbot, epochs=3, learning_rate=6e-6)
    assert view.charts.line.chip.text() == "Learning rate too low"
    said = view.charts.verdict.text()
    assert "training loss is" in said
    view.session.curves = None
    view.shelf.show(folder)
    qtbot.waitUntil(lambda: folder in view.shelf.shown, timeout=LONG)
    assert view.charts.verdict.text() == said  # from what was recorded


# The code


def test_the_code_of_a_run_can_be_read_copied_and_saved(view: TrainView, qtbot: QtBot, tmp_path: Path) -> None:
    assert not view.charts.code.isEnabled()
    folder = train(view, qtbot, epochs=1)
    dialog = view.exports.show_code(folder, None)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.ready, timeout=LONG)
    text = dialog.view.toPlainText()
    assert text.startswith(f'"""digits-quick on digits8: the run {folder.name}')
    qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == text
    dialog.save(tmp_path / "again.py")
    qtbot.waitUntil(lambda: dialog.note.text() == "Written: again.py", timeout=LONG)
    assert (tmp_path / "again.py").read_text("utf-8") == text
    dialog.close()


def test_a_run_without_data_here_says_so_where_its_code_would_be(view: TrainView, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = view.exports.show_code(tmp_path / "gone", None)
    assert dialog is not None
    qtbot.waitUntil(lambda: "does not exist" in dialog.note.text(), timeout=LONG)
    assert not dialog.ready and not dialog.save_button.isEnabled()
    dialog.close()


def test_code_is_coloured_by_the_theme_and_follows_it(qtbot: QtBot, qapp: QApplication) -> None:
    code = CodeView()
    qtbot.addWidget(code)
    code.show_source('def double(x):  # twice\n    return "x" * 2\n')
    for name in ("dark", "light"):
        theme.apply(qapp, name)
        now = theme.current()
        inks = [code.ink_at(*place).lower() for place in ((0, 0), (0, 5), (0, 17), (1, 4), (1, 12), (1, 17))]
        wanted = (now.you, now.info, now.faint, now.you, now.slide, now.net)
        assert inks == [ink.lower() for ink in wanted]
    theme.apply(qapp, "dark")


def test_a_string_over_several_lines_is_one_and_what_is_no_python_stays_plain() -> None:
    assert marks('x = """a\nb"""\n')[1] == [(0, 4, "string")]
    assert marks("x = (") == {}


# The files


def test_the_export_menu_offers_every_form_and_writes_with_a_word_of_how_near_it_is(
    view: TrainView, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = train(view, qtbot, epochs=1)
    view.exports.show_menu(view.setup.export_button, folder, "digits-quick")
    menu = next(menu for menu in view.findChildren(QMenu) if menu.isVisible())
    names = [action.text() for action in menu.actions()]
    menu.close()
    assert names[:5] == [
        "Code (PyTorch)",
        "ONNX",
        "torch.export program",
        "Weights (safetensors)",
        "Curves (CSV)",
    ]
    for kind, suffix in (("torch-export", ".pt2"), ("safetensors", ".safetensors")):
        with qtbot.waitSignal(view.shelf.exported, timeout=LONG):
            view.exports.write(kind, tmp_path / f"net{suffix}", folder)
    assert (tmp_path / "net.pt2").stat().st_size > 10_000
    assert "layers.conv1.weight" in read_tensors(tmp_path / "net.safetensors")[0]
    with qtbot.waitSignal(view.shelf.exported, timeout=LONG):
        view.exports.write("torch-export", tmp_path / "net.pt2", folder)
    told = view.setup._written.text()
    assert told.startswith("Written: net.pt2. It differs from torch by ") and "16 real pictures" in told


# How long will it take


def test_before_any_run_twenty_steps_tell_how_long_it_will_take(view: TrainView, qtbot: QtBot) -> None:
    assert view.bar.how_long.isVisible()
    qtbot.mouseClick(view.bar.how_long, Qt.MouseButton.LeftButton)
    assert view.bar.how_long.text() == "Trying twenty steps…"
    assert not view.bar.how_long.isEnabled()
    qtbot.waitUntil(lambda: chip(view).isVisible(), timeout=LONG)
    assert chip(view).text() == "estimate"
    assert view.bar._name.text().startswith("about ") and view.bar._name.text().endswith(" here")
    assert not view.bar.how_long.isVisible()
    view.setup.show_settings(dataclasses.replace(view.setup.settings(), epochs=3.0))
    view.setup.edited.emit()
    assert view.bar.how_long.isVisible()  # it was told of other settings
    assert not chip(view).isVisible()


def chip(view: TrainView) -> Chip:
    found: Chip = view.bar._cost_chip
    return found


def test_while_it_trains_the_time_left_is_marked_as_an_estimate(view: TrainView, qtbot: QtBot) -> None:
    view.setup.show_settings(dataclasses.replace(view.setup.settings(), epochs=200.0))
    view.start()
    qtbot.waitUntil(lambda: view.bar._left_chip.isVisible(), timeout=LONG)
    assert " left" in view.bar._right.text()
    assert view.session.curves is not None and len(view.session.curves.steps) >= 20
    assert view.session.run is not None
    view.session.run.cancel()
    qtbot.waitUntil(lambda: not view.session.busy, timeout=LONG)


# Row 1


def test_the_experiment_fills_its_table_and_says_what_came_out(view: TrainView, qtbot: QtBot) -> None:
    dialog = view.show_experiment()
    qtbot.waitUntil(lambda: dialog._names["MLP"][1].text() == "109,386 parameters", timeout=LONG)
    assert dialog._names["CNN"][1].text() == "162,758 parameters"
    assert {cell.note.text() for cell in dialog.cells.values()} == {"not run yet"}
    dialog.start(epochs=0.1)
    qtbot.waitUntil(lambda: dialog.cells["MLP", False].note.text().startswith("learning"), timeout=LONG)
    qtbot.waitUntil(lambda: dialog.words.text().startswith("MLP: "), timeout=LONG)
    for cell in dialog.cells.values():
        assert cell.figure.text().endswith("%")
        assert cell.note.text().startswith("on 1,000 test digits")
    qtbot.waitUntil(lambda: len(view.shelf.runs) == 4, timeout=LONG)
    dialog.close()


def test_closing_the_experiment_stops_it_and_keeps_what_was_trained(
    view: TrainView, qtbot: QtBot, host: EngineHost
) -> None:
    dialog = view.show_experiment()
    dialog.start(epochs=30)
    qtbot.waitUntil(lambda: dialog.cells["MLP", False].note.text().startswith("learning"), timeout=LONG)
    dialog.close()
    qtbot.waitUntil(lambda: not host.trainings, timeout=LONG)
    events = list(_summaries())
    assert [run.state for run in events] == ["stopped"]


def _summaries() -> Iterator[object]:
    job = list_runs()
    while True:
        try:
            next(job)
        except StopIteration as end:
            yield from end.value
            return


def test_beside_another_training_the_experiment_says_who_has_the_processor(view: TrainView, qtbot: QtBot) -> None:
    view.setup.show_settings(dataclasses.replace(view.setup.settings(), epochs=500.0))
    view.start()
    dialog = view.show_experiment()
    dialog.start()
    assert not dialog.busy
    assert dialog.words.text().startswith("Another training has the processor.")
    dialog.close()
    assert view.session.run is not None
    view.session.run.cancel()
    qtbot.waitUntil(lambda: not view.session.busy, timeout=LONG)


def test_all_that_is_said_is_said_through_the_translator(
    view: TrainView, marked: Callable[[], None], qtbot: QtBot
) -> None:
    dialog = view.show_experiment()
    marked()
    qtbot.waitUntil(lambda: dialog._title.text().startswith("‹"))
    assert view.bar.how_long.text().startswith("‹")
    assert view.charts.code.toolTip().startswith("‹")
    dialog.close()
