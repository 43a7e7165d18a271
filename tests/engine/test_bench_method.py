"""How times are taken, described, kept and compared."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import chain, repeat
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from engine import places
from engine.bench import calm, history, method
from engine.bench.calm import Calm, Patience
from engine.bench.catalogue import CARDS
from engine.bench.charts import Bar, Chart, Said, Series, Shown, Table, bar_of, open_result, series_of, shown_of
from engine.bench.gathered import _agreement, _alike, _Run
from engine.bench.gathered_shown import with_shown
from engine.bench.method import ENOUGH, LONGER, MOST, WARMING, Lasted, Timed, interleaved
from engine.bench.report import write_report
from engine.bench.threads import amdahl, counts, parallel_share
from engine.errors import LabError
from engine.jobs import result_of
from engine.text import Text, same


def a_result(*values: float, bench: str = "layers") -> dict[str, Any]:
    """A result as a benchmark writes it, with one figure of these readings."""
    timed = Timed(values)
    bar = Bar(same("AlexNet"), (("conv", 2.0), ("fc", 1.0)), same("2012"), 2.9, 3.2, 5)
    line = Series(Text("measured", "측정"), (1.0, 2.0), (1.0, 1.9), (0.9, 1.8), (1.1, 2.0))
    bars = Chart(
        "time",
        Text("Time", "시간"),
        same("ms"),
        Text("Long.", "길어요."),
        (bar,),
        (("conv", same("conv")), ("fc", same("fc"))),
    )
    lines = Chart("up", Text("Up", "위"), same("×"), Text("Rises.", "올라가요."), series=(line,), estimate=True)
    table = Table(Text("All", "모두"), (same("a"), same("b")), ((same("x"), 1.5), (same("y"), None)))
    said = Said(Text("an epoch", "한 에폭"), same("23 s"), None, 27)
    return {
        "bench": bench,
        "date": "2026-11-22T09:00:00",
        "machine": {"processor": "one of elsewhere"},
        "headlines": {"AlexNet ms": timed.json()},
        "shown": Shown((bars, lines), (table,), (said,), (Text("Noted.", "적어 둠."),)).json(),
    }


def test_a_reading_is_a_median_with_its_spread_and_tells_what_lies_far_off() -> None:
    timed = Timed((1.0, 1.1, 0.9, 1.05, 5.0))
    assert (timed.median, timed.low, timed.high, timed.n) == (1.05, 0.9, 5.0, 5)
    assert timed.map(lambda s: 8 / s).high == pytest.approx(8 / 0.9)


def test_a_ratio_is_taken_turn_by_turn_so_that_a_busy_moment_meets_both() -> None:
    slow, fast = Timed((2.0, 20.0, 2.2)), Timed((1.0, 10.0, 1.1))
    assert slow.over(fast).values == pytest.approx((2.0, 2.0, 2.0))
    assert slow.over(fast).sure()
    assert not Timed((0.9, 1.2)).sure()


def test_ways_are_warmed_up_and_then_measured_in_turn() -> None:
    order: list[str] = []
    ways = {name: (lambda name=name: order.append(name)) for name in "ab"}
    found = interleaved(ways, repeats=3, shortest=0.0)
    turns = "aabb" + "bbaa" + "aabb"  # once untimed before each reading
    assert "".join(order).endswith(turns)
    warm_up = order[: -len(turns)]
    assert warm_up == sorted(warm_up)
    assert 1 <= warm_up.count("a") <= WARMING
    assert 1 <= warm_up.count("b") <= WARMING
    assert {name: timed.n for name, timed in found.items()} == {"a": 3, "b": 3}


def test_a_figure_comes_from_the_calm_turns_and_its_spread_from_all_of_them() -> None:
    rng = np.random.default_rng(0)
    figures, medians = [], []
    for disturbed in (0.1, 0.3, 0.5, 0.65):  # a neighbour that makes so many turns up to twice as long
        slow = 1 + rng.random(40) * (rng.random(40) < disturbed)
        timed = Timed.of(tuple(10 * slow * (1 + 0.01 * rng.random(40))))
        figures.append(timed.median)
        medians.append(Timed(timed.values).median)
        assert (timed.n, len(timed.calmest), timed.high) == (40, 10, max(timed.values))
    assert max(figures) / min(figures) < 1.05 < 1.1 < max(medians) / min(medians)
    speed = timed.map(lambda s: 1 / s)
    assert speed.median == pytest.approx(1 / timed.median, rel=1e-3), "the same turns are the calm ones of a speed"
    assert speed.json()["calm"]["min"] > speed.json()["min"]


def test_readings_far_off_are_counted_but_not_drawn() -> None:
    timed = Timed((1.0, 1.1, 0.9, 1.05, 5.0))
    assert timed.reach == (0.9, 1.1)
    assert (timed.high, timed.outliers) == (5.0, 1)


def test_a_figure_lies_within_the_spread_that_is_printed_with_it() -> None:
    disturbed, calm = (10.0, 10.1, 9.9, 10.0, 10.2, 9.8, 10.0, 10.1, 10.0), (5.0, 5.1, 5.2)
    timed = Timed.of((*disturbed, *calm))
    assert timed.median == 5.1
    bar, line = bar_of(same("a"), timed, scale=2.0), series_of(same("b"), {1.0: timed})
    assert bar.low is not None and bar.high is not None
    assert (bar.low, bar.total, bar.high) == (10.0, 10.2, 20.4)
    assert (line.low, line.y, line.high) == ((5.0,), (5.1,), (10.2,))
    speed = timed.map(lambda s: 1 / s)
    assert speed.reach[0] < speed.median < speed.reach[1]
    assert timed.outliers == 3, "they are told as far off still"


def test_noise_swallows_a_ratio_unless_hardly_any_turn_speaks_against_it() -> None:
    assert Timed((1.5,) * 19 + (0.9,)).sure()
    assert not Timed((1.5,) * 13 + (0.9,) * 7).sure()
    assert not Timed((1.5, 1.5, 1.5, 1.5, 0.9)).sure(), "of five all must agree"


class Clock:
    """A clock that only works move: what they take is known to the millisecond."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 0.0
        shown = SimpleNamespace(perf_counter=lambda: self.now, time=lambda: self.now)
        monkeypatch.setattr(method, "time", shown)
        monkeypatch.setattr(calm, "time", shown)
        monkeypatch.setattr(calm, "PATIENCE", patience := Patience())
        monkeypatch.setattr(method, "PATIENCE", patience)
        self.patience = patience

    def work(self, *seconds: float) -> Callable[[], None]:
        """A work that takes so long, in this order over and over; the last alone in the end."""
        taken = chain(seconds, repeat(seconds[-1]))

        def work() -> None:
            self.now += next(taken)

        return work

    def machine(self, seconds: float, disturbed: tuple[float, float]) -> Callable[[], None]:
        """A work that takes twice as long in a stretch of time in which a neighbour has half of the processor."""

        def work() -> None:
            began, end = disturbed
            self.now += seconds * (2 if began <= self.now < end else 1)

        return work


def test_a_budget_buys_turns_and_never_fewer_than_were_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, told = Clock(monkeypatch), list[tuple[int, int]]()
    still = Calm(2.5, work=clock.work(0.0))
    steady = interleaved({"a": clock.work(0.25)}, repeats=3, budget=2.5, told=lambda *at: told.append(at), calm=still)
    assert steady["a"].n == 10
    assert [turn for turn, _ in told] == list(range(11))
    assert all(turn <= turns for turn, turns in told)
    assert told[-1] == (10, 10)
    assert interleaved({"a": clock.work(0.25)}, repeats=4)["a"].n == 4
    wild = clock.work(*(0.0001 * 1.1 ** (k % 7) for k in range(20 * MOST)))
    lasting = Calm(1e9, work=clock.work(0.0))
    assert interleaved({"a": wild}, repeats=3, budget=1e9, shortest=0.0, calm=lasting)["a"].n == MOST


def test_no_more_turns_are_taken_than_a_steady_figure_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    clock.patience.left = 1.0
    still = Calm(60.0, work=clock.work(0.0))
    assert interleaved({"a": clock.work(0.25)}, repeats=3, budget=60.0, calm=still)["a"].n == ENOUGH
    assert clock.patience.left > 50, "the others may wait for what was not needed"


def test_readings_wait_until_the_machine_is_calm(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    clock.patience.left = 20.0
    stretch = (0.4, 6.0)
    still = Calm(2.0, work=clock.machine(0.001, stretch), alone=False)
    found = interleaved({"a": clock.machine(0.1, stretch)}, repeats=3, budget=2.0, calm=still)["a"]
    assert clock.now > 6.0
    assert found.calmest == pytest.approx((0.1,) * len(found.calmest))
    assert clock.patience.waited > 2.0
    assert (clock.patience.asked, clock.patience.disturbed) == (1, 0)


def test_a_machine_slower_than_it_was_at_its_calmest_is_told_and_not_waited_for_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = Clock(monkeypatch)
    Calm(0.0, work=clock.work(0.001)).done(figures=0, disturbed=0)
    clock.patience.left = 4.0
    slow = Calm(2.0, work=clock.work(0.002), alone=False)
    began, found = clock.now, interleaved({"a": clock.work(0.1)}, repeats=3, budget=2.0, calm=slow)["a"]
    assert (clock.patience.asked, clock.patience.disturbed) == (1, 1)
    assert clock.now - began < 2.0 * LONGER + 4.0 + 1.0
    assert found.n >= 3, "there is a figure nevertheless"


def test_a_reading_that_only_seemed_calm_does_not_make_the_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    clock.patience.left = 20.0
    blind = Calm(0.5, work=clock.work(0.001), alone=False)  # the machine is slow, and its own work does not show it
    found = interleaved({"a": clock.machine(0.1, (0.0, 1.0))}, repeats=3, budget=0.5, calm=blind)["a"]
    assert found.median == pytest.approx(0.1)
    assert clock.patience.disturbed == 0


def test_only_calm_readings_count_as_long_as_there_are_enough() -> None:
    seconds, quiet = (1.0, 1.1, 1.2, 2.0, 2.1, 2.2), (False, False, False, True, True, True)
    assert Timed.of(seconds, quiet).median == 2.1
    assert Timed.of(seconds, (False,) * 4 + (True,) * 2).median == 1.1


def test_while_the_calm_turns_disagree_more_are_taken_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    wild = clock.work(*(0.25 * 1.1 ** (k % 7) for k in range(200)))
    still = Calm(5.0, work=clock.work(0.0))
    began, found = clock.now, interleaved({"a": wild}, repeats=3, budget=5.0, calm=still)
    assert 5.0 < clock.now - began < LONGER * 5.0 + 2.0
    assert found["a"].unsteady > 0.03


def test_what_gets_faster_by_being_done_is_warm_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    found = interleaved({"a": Clock(monkeypatch).work(0.9, 0.5, 0.25)}, repeats=3)
    assert found["a"].values == pytest.approx((0.25,) * 3)


@pytest.mark.parametrize("p", [0.0, 0.5, 0.95])
def test_the_shared_part_of_a_speed_up_is_amdahls_law_turned_round(p: float) -> None:
    assert parallel_share(amdahl(p, 8), 8) == pytest.approx(p)


def test_every_count_of_few_cores_and_doublings_of_many_are_tried() -> None:
    assert counts(2) == (1, 2)
    assert counts(24) == (1, 2, 4, 8, 16, 24)


def test_what_a_result_shows_survives_json() -> None:
    result = json.loads(json.dumps(a_result(1.0, 1.1)))
    shown = shown_of(result["shown"])
    assert shown.charts[0].bars[0].total == 3.0
    assert shown.charts[1].estimate
    assert shown.tables[0].rows[1] == (same("y"), None)
    assert shown.json() == result["shown"]


@pytest.mark.parametrize(
    "damage", ["no json", '{"bench": "layers"}', '{"bench": 1, "machine": {}, "shown": {"charts": []}}']
)
def test_a_file_that_is_no_result_is_refused_by_name(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "결과.json"
    path.write_text(damage, encoding="utf-8")
    with pytest.raises(LabError) as told:
        open_result(path)
    assert all("결과.json" in told.value.text.render(language) for language in ("en", "ko"))
    assert path.read_text("utf-8") == damage


def test_a_way_may_say_itself_how_long_it_took() -> None:
    """What it prepares, such as a process that reads a video, is no part of it."""

    def work() -> int:
        return sum(range(1_500_000))  # longer than the shortest reading

    def prepared() -> Lasted:
        work()
        return Lasted(1e-9)

    times = interleaved({"whole": work, "part": prepared}, repeats=3)
    assert times["part"].values == (1e-9,) * 3
    assert times["whole"].low > 1e-4


def test_results_are_kept_listed_and_forgotten() -> None:
    path = result_of(history.keep(a_result(1.0)))
    (places.benchmarks() / "broken-layers-.json").write_text("{", encoding="utf-8")
    (one,) = result_of(history.kept("layers"))
    assert (one.path, one.here) == (path, False)
    assert result_of(history.kept("threads")) == ()
    result_of(history.forget(path))
    assert result_of(history.kept("layers")) == ()


def test_a_difference_within_the_spreads_or_within_what_two_runs_differ_by_is_called_noise() -> None:
    near, far, small = (
        history.compare(a_result(1.0, 1.2), a_result(*kept)) for kept in ((1.1, 1.3), (2.0, 2.2), (1.201, 1.202))
    )
    assert near.bars[0].note.en == small.bars[0].note.en == "no difference seen"
    assert far.bars[0].note.en == ""
    assert far.bars[0].total == pytest.approx(1.1 / 2.1)
    assert "1 of 1" in far.reading.render("en")


def test_one_disturbed_turn_does_not_hide_a_difference() -> None:
    slow, fast = a_result(2.0), a_result(1.0)
    slow["headlines"]["AlexNet ms"] = Timed.of((2.0, 2.01, 2.02, 9.0)).json()
    fast["headlines"]["AlexNet ms"] = Timed.of((1.0, 1.01, 1.02, 9.0)).json()
    assert history.compare(fast, slow).bars[0].note.en == ""


def a_run(a: float, b: float, chain: float = 1.0, others: float | None = 0.01, disturbed: int = 0) -> _Run:
    return _Run({"a ms": a, "b ms": b}, {"product": 1.0, "chain": chain}, others, disturbed, 0.0)


def test_repeats_are_judged_by_their_widest_figure_and_the_machine_is_told_beside() -> None:
    pairs = ((10.0, 4.0), (10.2, 4.0), (9.9, 5.0), (10.1, 4.1), (10.05, 3.9))
    runs = [a_run(*pair, chain=1.3 if n == 1 else 1.0) for n, pair in enumerate(pairs)]
    told = _agreement(runs)
    assert told["apart_worst"] == pytest.approx(0.25)
    assert (told["apart_worst_of"], told["within_10_percent"], told["quiet"]) == ("b ms", False, True)
    assert told["figures"]["a ms"]["apart"] == pytest.approx(0.15 / 10.05)
    assert "30.0%" in told["words"].render("en")
    assert "quiet" not in told["words"].render("en")


def test_runs_in_which_the_machine_was_not_left_alone_are_told() -> None:
    busy, slowed = a_run(10.0, 4.0, others=0.5), a_run(12.0, 5.0, disturbed=2)
    assert not busy.calm
    assert not slowed.calm
    aside = _agreement([a_run(10.0, 4.0, others=None)] * 5, aside=[busy, slowed])
    assert aside["within_10_percent"]
    assert "2 more runs are set aside" in aside["words"].render("en")
    assert [one["disturbed_figures"] for one in aside["set_aside"]] == [0, 2]
    counted = _agreement([a_run(10.0, 4.0), slowed])
    assert counted["quiet"] is False
    assert "1번" in counted["words"].render("ko")


def test_runs_count_where_the_machine_was_calm_and_as_fast_as_in_most_whatever_they_say() -> None:
    usual, far = a_run(10.0, 4.0), a_run(99.0, 9.0, chain=1.05)
    slower, faster, busy = a_run(10.0, 4.0, chain=1.2), a_run(10.0, 4.0, chain=0.8), a_run(10.0, 4.0, others=0.5)
    assert _alike([usual, slower, usual, far, faster, busy, usual]) == [usual, usual, far, usual]
    assert _alike([busy]) == []


def test_results_of_two_benchmarks_are_not_compared() -> None:
    with pytest.raises(LabError) as told:
        history.compare(a_result(1.0), a_result(1.0, bench="threads"))
    assert "no figure in common: layers and threads" in told.value.text.render("en")


def test_figures_over_time_stand_against_the_first() -> None:
    assert history.over_time([a_result(1.0)]) is None
    chart = history.over_time([a_result(2.0), {**a_result(1.0), "date": "2026-11-23T09:00:00"}])
    assert chart is not None
    assert chart.series[0].y == (1.0, 0.5)


def test_a_report_is_one_file_in_both_languages_with_every_chart(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_report(path, [a_result(1.0, 1.1)], {"dqn": Text("no game here", "게임이 없어요")})
    page = path.read_text("utf-8")
    assert page.count("<svg") == 4  # two charts, each in two languages
    assert all(words in page for words in ("Time", "시간", "23 s", "게임이 없어요", "n = 5"))
    assert "http" not in page
    assert "<script" not in page


def test_figures_of_other_tabs_stand_under_their_own_unit_and_say_what_they_mean() -> None:
    speed = {"median": 3000.0, "min": 2900.0, "max": 3100.0}
    result = {
        "bench": "train",
        "machine": {"processor": "one of elsewhere"},
        "count": 3,
        "images_per_second": 3000.0,
        "images_per_second_spread": speed,
        "ratio_spread": {"median": 2.1, "min": 0.9, "max": 2.3},
        "reference_spread": {"0": {**speed, "median": 1400.0}},
    }
    found = with_shown(result)
    charts = {chart.id: chart for chart in shown_of(json.loads(json.dumps(found["shown"]))).charts}
    assert set(charts) == {"ratio", "rate"}
    assert [bar.total for bar in charts["rate"].bars] == [3000.0, 1400.0]
    assert charts["ratio"].reading.en.startswith("No difference seen")
    assert found["date"]
    gaps = {"bench": "responsiveness", "machine": {}, "p50_ms": 1.0, "p99_ms": 7.0, "max_ms": 300.0, "gaps": 1900}
    (chart,) = shown_of(json.loads(json.dumps(with_shown(gaps)["shown"]))).charts
    assert [(bar.n, bar.low) for bar in chart.bars] == [(1900, None)] * 3
    assert "300 ms" in chart.reading.en
    assert set(with_shown(gaps)["headlines"]) == {"p50_ms", "p99_ms"}, "the longest of all gaps is not compared"


def test_every_benchmark_says_in_both_languages_what_it_tells() -> None:
    assert len({card.id for card in CARDS}) == len(CARDS) >= 12
    for card in CARDS:
        assert card.summary.en != card.summary.ko
        assert card.explanation.formula
    assert sum(card.seconds[0] for card in CARDS) < 240
