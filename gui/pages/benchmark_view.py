"""The whole of the Benchmark tab: what to measure at the left, the chart, the machine and how far to trust it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.bench import history
from engine.bench.catalogue import CARDS, BenchCard, bench_card
from engine.host import EngineHost
from engine.jobs import Event, Job, JobRun, JobState, Progress
from engine.text import Text
from gui.context import Context
from gui.pages.benchmark_setup import BenchmarkSetup
from gui.pages.benchmark_side import BenchmarkSide
from gui.pages.benchmark_stage import BenchmarkStage
from gui.widgets.basics import column
from gui.widgets.columns import Columns
from gui.widgets.job_bar import JobBar
from gui.widgets.lens import Lens
from gui.widgets.retold import Retold
from gui.words import say

_MEASURING = Text("Measuring", "측정")
_LOOKING = Text("Looking at this machine", "컴퓨터 살펴보기")
_READING = Text("Reading results", "결과 읽기")
_WRITING = Text("Writing a result", "결과 쓰기")


def _machine() -> Job:
    from engine.bench.machine_card import card  # here: the window does not wait for what asks the system

    return (yield from card())


def _measured(id: str, words: Sequence[str]) -> Job:
    from engine.bench.gathered import measure

    result = yield from measure(id, words)
    yield from history.keep(result)
    return result


def _measured_every(wishes: dict[str, list[str]]) -> Job:
    """All of them; a job, returns a result or the words why there is none for each. Results are kept."""
    from engine.bench.gathered import every

    found = yield from every(wishes, say=lambda text: None)
    for one in found.values():
        if isinstance(one, dict):
            yield from history.keep(one)
    return found


def _written(path: Path, result: dict[str, Any], every: Sequence[dict[str, Any]], missing: dict[str, Text]) -> Job:
    """JSON of one result, or a report of all that are open and why others are `missing`."""
    from engine.bench.report import write_report

    if path.suffix.lower() in (".html", ".htm"):
        yield Progress(0, 1)
        write_report(path, every, missing)
        return path
    return (yield from history.exported(result, path))


class BenchmarkView(Retold, QWidget):
    """Measure is the one primary action; a child process does it, and the result is kept by itself."""

    def __init__(self, host: EngineHost, context: Context) -> None:
        super().__init__()
        self._host, self._context = host, context
        self._results: dict[str, dict[str, Any]] = {}
        self._missing: dict[str, Text] = {}
        self._measuring: BenchCard | None = None
        self._started = False
        self._ended: JobState | None = None
        self._last: Progress | None = None
        self._done: Callable[[], None] | None = None
        self.setup, self.side, self.stage, self.bar = BenchmarkSetup(), BenchmarkSide(), BenchmarkStage(), JobBar(host)
        middle = QWidget()
        middle.setLayout(column((self.stage, 1), self.bar, gap=8))
        self.columns = Columns(self.setup, middle, self.side, Lens())
        self.setLayout(column(self.columns, gap=0))
        self.bar.mark_estimate(True)
        self._connect()
        self.choose(CARDS[0])
        self.retranslate()

    def _connect(self) -> None:
        self.setup.chosen.connect(self.choose)
        self.setup.changed.connect(self._say_cost)
        self.setup.every_asked.connect(self.measure_every)
        self.bar.start_asked.connect(self.measure)
        side = self.side
        side.open_asked.connect(self.open_result)
        side.compare_asked.connect(self.compare)
        side.forget_asked.connect(self._forget)
        side.import_asked.connect(self._ask_import)
        side.export_asked.connect(self._ask_export)
        side.over_time_asked.connect(self._over_time)

    @property
    def card(self) -> BenchCard:
        """The benchmark on the stage."""
        return self.setup.card

    def shown(self) -> None:
        """The tab came to the front: look at the machine and at what was kept, once."""
        if self._started:
            return
        self._started = True
        self._host.start(_LOOKING, _machine(), lane="io", owner=self, on_end=self._machine_known)
        self._read_kept(first=True)

    def open(self, argument: dict[str, Any]) -> None:
        """{"bench": id} is chosen; {"path": a result} is opened."""
        self.shown()
        if "bench" in argument:
            self.choose(bench_card(str(argument["bench"])))
        if "path" in argument:
            self.open_result(Path(argument["path"]))

    def _machine_known(self, run: JobRun) -> None:
        if run.state is JobState.DONE:
            self.side.show_machine(*run.result)

    def choose(self, card: BenchCard) -> None:
        """Bring a benchmark to the stage with its newest result."""
        self.setup.choose(card)
        if not self.bar.busy:
            self._ended = None
            self.bar.show_end("")
        self._show(self._results.get(card.id))
        if self._started:
            self._read_kept(first=card.id not in self._results)
        self._say_cost()

    def _show(self, result: dict[str, Any] | None) -> None:
        if result:
            self.stage.show_result(self.card, result)
        else:
            self.stage.show_empty(self.card, self._missing.get(self.card.id))
        shown = self.stage.shown
        self.side.show_card(self.card, result, shown.said if shown else ())

    # Measuring

    def measure(self) -> None:
        """Measure the chosen benchmark in a child process."""
        if self.bar.busy or self.setup.form.go_to_problem():
            return
        card = self.card
        self._begin(card, _measured(card.id, self._words(card)), self._end)
        self.bar.set_name(self.tr("Measuring {name}").format(name=say(card.name)))

    def measure_every(self) -> None:
        """Measure all benchmarks, one after the other, as they are set at the left."""
        if self.bar.busy or self.setup.form.go_to_problem():
            return
        self._begin(None, _measured_every({card.id: self._words(card) for card in CARDS}), self._end_every)
        self.bar.set_name(self.tr("Measuring everything"))

    def _words(self, card: BenchCard) -> list[str]:
        """The options of a benchmark as they are set."""
        from engine.bench.gathered import words_of

        how = self.setup.settings()
        words = words_of(card.id, quick=how.quick, data=self._context.settings.data(), model=how.asked(card.asks))
        return words if how.quick or card.id == "responsiveness" else [*words, "--repeats", str(how.repeats)]

    def _begin(self, card: BenchCard | None, job: Job, on_end: Callable[[JobRun], None]) -> None:
        self._measuring, self._ended, self._last = card, None, None
        self.setup.form.set_locked(True)
        self.setup.every.setEnabled(False)
        self.bar.follow(self._host.train(_MEASURING, job, owner=self, on_events=self._told, on_end=on_end))

    def _told(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Progress):
                self._last = event
                self.bar.show_progress(event.done, event.total, say(event.note) if event.note else "")

    def _end_every(self, run: JobRun) -> None:
        if run.state is JobState.DONE:
            for id, found in run.result.items():
                if isinstance(found, Text):
                    self._missing[id] = found
                else:
                    self._results[id] = found
                    self._missing.pop(id, None)
            self._show(self._results.get(self.card.id))
            self._read_kept(first=False)
        self._end(run)

    def _end(self, run: JobRun) -> None:
        self.setup.form.set_locked(False)
        self.setup.every.setEnabled(True)
        self.bar.show_end("")
        self._ended, card = run.state, self._measuring
        if run.state is JobState.DONE and card:
            self._results[card.id] = run.result
            if card is self.card:
                self._show(run.result)
            self._read_kept(first=False)
        self._say_end()
        if self._done:
            done, self._done = self._done, None
            done()

    def _say_end(self) -> None:
        if self._ended is None or self.bar.busy:
            return
        name = say(self._measuring.name) if self._measuring else self.tr("Everything")
        ends = {
            JobState.DONE: self.tr("{name} measured; kept in the history"),
            JobState.CANCELLED: self.tr("{name} stopped; nothing was kept"),
            JobState.FAILED: self.tr("{name} could not be measured"),
        }
        self.bar.show_end(ends[self._ended].format(name=name))

    def _say_cost(self) -> None:
        quick, whole = self.card.seconds
        seconds = quick if self.setup.settings().quick else whole
        self.bar.set_start(
            self.tr("Measure"), self.tr("{name}: about {s} s").format(name=say(self.card.name), s=seconds)
        )

    def do_its_job(self, done: Callable[[], None]) -> None:
        """Measure the layers of two light networks."""
        self.shown()
        self.choose(bench_card("layers"))
        self._done = done
        from engine.bench.gathered import words_of

        words = words_of("layers", quick=True, model="mobilenet_v3_large,mnist-deep")
        self._begin(self.card, _measured("layers", words), self._end)
        self.bar.set_name(self.tr("Measuring {name}").format(name=say(self.card.name)))

    # Kept results

    def _read_kept(self, *, first: bool) -> None:
        """List what is kept of the chosen benchmark; `first`: show the newest of this machine when nothing is shown."""
        card = self.card

        def end(run: JobRun) -> None:
            if run.state is JobState.DONE and card is self.card:
                self.side.show_kept(run.result)
                newest = next((one for one in run.result if one.here), None)
                if first and newest and card.id not in self._results:
                    self.open_result(newest.path)

        self._host.start(_READING, history.kept(card.id), lane="io", owner=self, on_end=end)

    def open_result(self, path: Path) -> None:
        """Show a result from disk."""

        def end(run: JobRun) -> None:
            if run.state is JobState.DONE:
                self._take(run.result)

        self._host.start(_READING, history.opened(path), lane="io", owner=self, on_end=end)

    def _take(self, result: dict[str, Any]) -> None:
        card = bench_card(result["bench"])
        self._results[card.id] = result
        if card is not self.card:
            self.choose(card)
        else:
            self._show(result)

    def compare(self, path: Path) -> None:
        """Draw the result on the stage as a part of the one in `path`."""
        now = self._results.get(self.card.id)
        if now is None:
            return

        def job() -> Job:
            return history.compare(now, (yield from history.opened(path)))

        self._extra(job())

    def _over_time(self) -> None:
        id = self.card.id

        def job() -> Job:
            found = []
            for one in (yield from history.kept(id)):
                if one.here:
                    found.append((yield from history.opened(one.path)))
            return history.over_time(found)

        self._extra(job())

    def _extra(self, job: Job) -> None:
        def end(run: JobRun) -> None:
            if run.state is JobState.DONE and run.result is not None:
                self.stage.show_extra(run.result)

        self._host.start(_READING, job, lane="io", owner=self, on_end=end)

    def _forget(self, path: Path | None) -> None:
        if path is None:  # the last one is being deleted already
            return

        def end(_: JobRun) -> None:
            self._read_kept(first=False)

        self._host.start(_WRITING, history.forget(path), lane="io", owner=self, on_end=end)

    def _ask_import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Import a result"), "", self.tr("Results (*.json)"))
        if name:
            self.bring(Path(name))

    def bring(self, path: Path) -> None:
        """Put a result of another machine among those kept, and show it."""

        def end(run: JobRun) -> None:
            if run.state is JobState.DONE:
                self._take(run.result)
                self._read_kept(first=False)

        self._host.start(_READING, history.brought(path), lane="io", owner=self, on_end=end)

    def _ask_export(self) -> None:
        result = self._results.get(self.card.id)
        if result is None:
            return
        kinds = self.tr("Result (*.json);;Report to read (*.html);;Chrome trace (*.trace.json)")
        name, kind = QFileDialog.getSaveFileName(self, self.tr("Export"), f"{self.card.id}.json", kinds)
        if name:
            self.export(Path(name), trace="trace" in kind or name.endswith(".trace.json"))

    def export(self, path: Path, *, trace: bool = False) -> None:
        """Write the result on the stage; a `trace` is one new pass of the first network."""
        if trace:
            from engine.bench.gathered import traced

            self._host.start(_WRITING, traced(path, self.setup.settings().model), lane="io", owner=self)
        elif result := self._results.get(self.card.id):
            self._host.start(
                _WRITING, _written(path, result, self._every(), dict(self._missing)), lane="io", owner=self
            )

    def _every(self) -> list[dict[str, Any]]:
        """The results that are open, in the order of the list."""
        return [self._results[card.id] for card in CARDS if card.id in self._results]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_C and not event.modifiers() and self.side.compare.isEnabled():
            self.compare(self.side.kept.currentData())
        elif event.key() == Qt.Key.Key_S and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._ask_export()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        self._say_cost()
        self._say_end()
        result = self._results.get(self.card.id)
        shown = self.stage.shown
        self.side.show_card(self.card, result, shown.said if shown else ())
