"""The runs of this machine for Train: listing, laying curves over the charts, deleting, exporting. All jobs."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QObject, Signal
from PySide6.QtGui import QImage

from engine.files import write_bytes
from engine.host import EngineHost
from engine.jobs import Event, JobRun, JobState, Progress
from engine.text import Text
from engine.train.events import Checked
from engine.train.runs import RunSummary, delete_run, export_csv, export_weights, list_runs, read_metrics
from gui.widgets.run_curves import RunCurves
from gui.widgets.run_list import RunList

LISTING = Text("Listing the runs", "실행 목록 읽기")
READING = Text("Reading a run’s curves", "실행 곡선 읽기")
DELETING = Text("Deleting a run", "실행 지우기")
EXPORTING = Text("Exporting", "내보내기")
COLOURS = (0, 2, 3, 4, 5, 6, 7)  # series 1 is iris, which belongs to the knob marks


class RunShelf(QObject):
    """What is known of earlier runs, and which of them lie over the charts.

    Signals:
        changed:  other runs are shown, or the list is a new one.
        exported: (Path) a file was written.
    """

    changed = Signal()
    exported = Signal(object)

    def __init__(self, host: EngineHost, pane: RunList, parent: QObject) -> None:
        super().__init__(parent)
        self._host, self._pane = host, pane
        self.runs: tuple[RunSummary, ...] = ()
        self.shown: dict[Path, RunCurves] = {}
        self.last_checks: dict[Path, Checked] = {}
        pane.toggled.connect(self.toggle)
        pane.delete_asked.connect(self.delete)

    def refresh(self) -> None:
        """List the runs anew."""
        self._host.start(LISTING, list_runs(), lane="io", owner=self, on_end=self._listed)

    def _listed(self, run: JobRun) -> None:
        if run.state is JobState.DONE:
            self.runs = run.result
            self._pane.show_runs(self.runs)
            self.changed.emit()

    def cost(self, recipe: str, dataset: str, *, epochs: float, steps: float) -> float | None:
        """Seconds such a training took on this machine the last time, scaled to `epochs`; None before the first.

        Only runs with about as many `steps` in an epoch are alike: another batch size takes another time.
        """
        for run in sorted(self.runs, key=lambda run: run.started, reverse=True):
            same = (run.recipe, run.dataset, run.state) == (recipe, dataset, "done") and run.epoch > 0
            if same and 0.7 < run.steps / run.epoch / steps < 1.4:
                return run.seconds / run.epoch * epochs
        return None

    def free_colour(self) -> int:
        """The first colour that no shown run carries."""
        taken = {curves.colour for curves in self.shown.values()}
        return next((colour for colour in COLOURS if colour not in taken), COLOURS[-1])

    def toggle(self, folder: Path) -> None:
        """Show or hide a run's curves."""
        if folder in self.shown:
            self.hide(folder)
        else:
            self.show(folder)

    def hide(self, folder: Path) -> None:
        """Take a run's curves away; its colour is free again."""
        self.shown.pop(folder, None)
        self._mark()

    def show(self, folder: Path, then: Callable[[RunCurves], None] | None = None) -> None:
        """Read a run's curves and lay them over the charts; `then` gets them."""

        def read(run: JobRun) -> None:
            if run.state is JobState.DONE:
                curves = self._take(folder, run.result)
                if then:
                    then(curves)

        self._host.start(READING, read_metrics(folder), lane="io", owner=self, on_end=read)

    def _take(self, folder: Path, events: list[Event]) -> RunCurves:
        curves = self.shown.get(folder) or RunCurves(self._name(folder), self.free_colour())
        if folder not in self.shown:
            curves.take(events)
            self.shown[folder] = curves
        checks = [event for event in events if isinstance(event, Checked)]
        if checks:
            self.last_checks[folder] = checks[-1]
        self._mark()
        return curves

    def _name(self, folder: Path) -> str:
        known = next((run for run in self.runs if run.folder == folder), None)
        name = known.recipe if known else folder.name.split("-", 2)[-1].rsplit("-", 1)[0]
        alike = sum(curves.name.split(" #")[0] == name for curves in self.shown.values())
        return f"{name} #{alike + 1}" if alike else name

    def _mark(self) -> None:
        self._pane.mark_shown({folder: curves.colour for folder, curves in self.shown.items()})
        self.changed.emit()

    def delete(self, folder: Path) -> None:
        """Delete a run from the disk."""
        self.shown.pop(folder, None)
        self._host.start(DELETING, delete_run(folder), lane="io", owner=self, on_end=lambda _: self.refresh())
        self._mark()

    def export(self, kind: str, folder: Path, to: Path) -> None:
        """Write a run's best weights ("safetensors") or its steps and checks ("csv")."""
        job = {"safetensors": export_weights, "csv": export_csv}[kind](folder, to)
        self._host.start(EXPORTING, job, lane="io", owner=self, on_end=lambda run: self._exported(run, to))

    def export_picture(self, picture: QImage, to: Path) -> None:
        """Write a picture of the charts."""
        job = write_picture(picture, to)
        self._host.start(EXPORTING, job, lane="io", owner=self, on_end=lambda run: self._exported(run, to))

    def _exported(self, run: JobRun, to: Path) -> None:
        if run.state is JobState.DONE:
            self.exported.emit(to)


def write_picture(picture: QImage, to: Path) -> Generator[Event, None, Path]:
    """Encode and write a PNG, whole or not at all; a job."""
    yield Progress(0, 1)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # PySide takes str, its stubs say bytes
    write_bytes(to, bytes(buffer.data().data()))
    return to
