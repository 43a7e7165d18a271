"""The runs of this machine for Train: listing, laying curves over the charts, notes, deleting, exporting. All jobs."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from PySide6.QtCore import QBuffer, QIODevice, QObject, Signal
from PySide6.QtGui import QImage

from engine.errors import LabError
from engine.files import write_bytes
from engine.host import EngineHost
from engine.jobs import Event, JobRun, JobState, Progress
from engine.text import Text
from engine.train.curves import read_columns
from engine.train.events import Checked
from engine.train.export import Exported
from engine.train.export import export as export_run
from engine.train.notes import Notes, write_notes
from engine.train.run_folder import last_check_of
from engine.train.runs import RunSummary, delete_run, export_csv, list_runs
from gui.widgets.chart_stack import ChartStack
from gui.widgets.run_curves import RunCurves
from gui.widgets.run_fields import FieldWish, grow
from gui.widgets.run_list import RunList

LISTING = Text("Listing the runs", "실행 목록 읽기")
READING = Text("Reading curves of runs", "실행 곡선 읽기")
FADING = Text("Drawing the other runs", "다른 실행 그리기")
NOTING = Text("Keeping the notes", "메모 저장")
DELETING = Text("Deleting runs", "실행 지우기")
EXPORTING = Text("Exporting", "내보내기")
COLOURS = (0, 2, 3, 4, 5, 6, 7)  # series 1 is iris, which belongs to the knob marks


@dataclass(frozen=True, slots=True, eq=False)
class RunRead(Event):
    """The curves of one run were read; `check` is its last."""

    folder: Path
    curves: RunCurves
    check: Checked | None


class RunShelf(QObject):
    """What is known of earlier runs, and which of them lie over the charts.

    Signals:
        changed:  other runs are shown, or the list is a new one.
        exported: (Path, or Exported of a run) a file was written.
        exporting: (Text) what an export is doing.
    """

    changed = Signal()
    exported = Signal(object)
    exporting = Signal(object)

    def __init__(self, host: EngineHost, pane: RunList, parent: QObject) -> None:
        super().__init__(parent)
        self.host = self._host = host
        self._pane = pane
        self.runs: tuple[RunSummary, ...] = ()
        self.shown: dict[Path, RunCurves] = {}
        self.last_checks: dict[Path, Checked] = {}
        self.front: Path | None = None  # the run a person brought to the front
        self._boards: dict[Path, tuple[RunSummary, RunCurves]] = {}  # read from other programs' files
        self._coming: set[Path] = set()
        pane.toggled.connect(self.toggle)
        pane.all_asked.connect(self.show_all)
        pane.delete_asked.connect(self.delete)
        pane.noted.connect(self.note)

    def serve(self, stack: ChartStack) -> None:
        """Make the fields of faded runs that `stack` asks for."""
        stack.field_wished.connect(lambda wish: self._grow(stack, wish))
        stack.picked.connect(self._picked)

    def _grow(self, stack: ChartStack, wish: FieldWish) -> None:
        def grown(run: JobRun) -> None:
            if run.state is JobState.DONE:
                stack.show_field(wish, run.result)

        self._host.start(FADING, grow(wish), lane="io", owner=self, on_end=grown)

    def refresh(self) -> None:
        """List the runs anew."""
        self._host.start(LISTING, list_runs(), lane="io", owner=self, on_end=self._listed)

    def _listed(self, run: JobRun) -> None:
        if run.state is JobState.DONE:
            self.runs = run.result
            self._list()

    def _list(self) -> None:
        self._pane.show_runs((*self.runs, *(summary for summary, _ in self._boards.values())))
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

    # Showing curves

    def free_colour(self) -> int:
        """The first colour that no shown run carries; with more runs than colours, each in its turn."""
        taken = {curves.colour for curves in self.shown.values()}
        return next((colour for colour in COLOURS if colour not in taken), COLOURS[len(self.shown) % len(COLOURS)])

    def toggle(self, folder: Path) -> None:
        """Show or hide a run's curves."""
        if folder in self.shown:
            self.hide(folder)
        elif folder in self._boards:
            self.show_all([*self.shown, folder])
        else:
            self.show(folder)

    def hide(self, folder: Path) -> None:
        """Take a run's curves away; its colour is free again."""
        self.shown.pop(folder, None)
        self.front = None if self.front == folder else self.front
        self._mark()

    def show(self, folder: Path, then: Callable[[RunCurves], None] | None = None) -> None:
        """Read a run's curves and lay them over the charts; `then` gets them."""

        def read(run: JobRun) -> None:
            if then and run.state is JobState.DONE and folder in self.shown:
                then(self.shown[folder])

        self._read([folder], read)

    def show_all(self, folders: Sequence[Path]) -> None:
        """Show exactly these runs: any number of them."""
        for folder in [folder for folder in self.shown if folder not in folders]:
            del self.shown[folder]
        for folder in [folder for folder in folders if folder in self._boards and folder not in self.shown]:
            self.shown[folder] = self._boards[folder][1]
        wanted = [folder for folder in folders if folder not in self.shown and folder not in self._coming]
        self._mark()
        if wanted:
            self._read(wanted, None)

    def on_disk(self) -> list[Path]:
        """The folders of the runs of ours that are in the charts."""
        return [folder for folder in self.shown if folder not in self._boards]

    def choose(self, folder: Path) -> None:
        """Bring a shown run to the front; the others are drawn behind it."""
        if folder in self.shown:
            self.front = folder
            self.shown = {folder: self.shown[folder], **self.shown}
            self._mark()

    def _picked(self, curves: RunCurves) -> None:
        folder = next((folder for folder, shown in self.shown.items() if shown is curves), None)
        if folder:
            self.choose(folder)
        else:  # the training of this session
            self.front = None
            self._mark()

    def keep(self, folder: Path, curves: RunCurves) -> None:
        """Let curves that are in the charts stay there when another training begins."""
        self.shown[folder] = curves
        self._mark()

    def add_board(self, path: Path, curves: RunCurves) -> None:
        """List curves that were read from another program's files, and lay them over the charts."""
        self.shown.pop(path, None)
        curves.name, curves.colour = self.unlike(curves.name), self.free_colour()
        self._boards[path] = (_as_summary(path, curves), curves)
        self.shown[path] = curves
        self._list()
        self._mark()

    def _read(self, folders: Sequence[Path], on_end: Callable[[JobRun], None] | None) -> None:
        self._coming.update(folders)

        def ended(run: JobRun) -> None:
            self._coming.difference_update(folders)
            if on_end:
                on_end(run)

        job = read_runs([(folder, self._name(folder)) for folder in folders])
        self._host.start(READING, job, lane="io", owner=self, on_events=self._take, on_end=ended)

    def _take(self, events: list[Event]) -> None:
        for event in events:
            if not isinstance(event, RunRead):
                continue
            if event.folder not in self.shown:
                event.curves.name, event.curves.colour = self.unlike(event.curves.name), self.free_colour()
                self.shown[event.folder] = event.curves
            if event.check:
                self.last_checks[event.folder] = event.check
        self._mark()

    def recipe_of(self, folder: Path) -> str:
        """The id of the recipe that a shown run was trained with."""
        return self._name(folder)

    def _name(self, folder: Path) -> str:
        known = next((run for run in self.runs if run.folder == folder), None)
        return known.recipe if known else folder.name.split("-", 2)[-1].rsplit("-", 1)[0]

    def unlike(self, name: str) -> str:
        """`name`, numbered where a shown run is called so."""
        alike = sum(curves.name.split(" #")[0] == name for curves in self.shown.values())
        return f"{name} #{alike + 1}" if alike else name

    def _mark(self) -> None:
        self._pane.mark_shown({folder: curves.colour for folder, curves in self.shown.items()})
        self.changed.emit()

    # Notes, deleting, exporting

    def note(self, folder: Path, notes: Notes) -> None:
        """Keep what a person wrote about a run."""
        job = write_notes(folder, notes)
        self._host.start(NOTING, job, lane="io", owner=self, on_end=lambda _: self.refresh())

    def delete(self, folders: Path | Iterable[Path]) -> None:
        """Delete runs from the disk."""
        gone = [folders] if isinstance(folders, Path) else list(folders)
        for folder in gone:
            self.shown.pop(folder, None)
            job = delete_run(folder)
            self._host.start(DELETING, job, lane="io", owner=self)
        self.refresh()  # on the same lane: after them
        self._mark()

    def export(self, kind: str, folder: Path | Sequence[Path], to: Path) -> None:
        """Write a run in one of `engine.train.export.FORMS`, or the steps and checks ("csv") of one or several."""
        one = folder if isinstance(folder, Path) else folder[0]
        job = export_csv(folder, to) if kind == "csv" else export_run(one, kind, to)

        def tell(events: list[Event]) -> None:
            notes = [event.note for event in events if isinstance(event, Progress) and event.note]
            if notes:
                self.exporting.emit(notes[-1])

        self._host.start(
            EXPORTING, job, lane="io", owner=self, on_events=tell, on_end=lambda run: self._exported(run, to)
        )

    def export_picture(self, picture: QImage | bytes, to: Path) -> None:
        """Write a picture of the charts: as PNG, or as the SVG it already is."""
        job = write_picture(picture, to)
        self._host.start(EXPORTING, job, lane="io", owner=self, on_end=lambda run: self._exported(run, to))

    def _exported(self, run: JobRun, to: Path) -> None:
        if run.state is JobState.DONE:
            self.exported.emit(run.result if isinstance(run.result, Exported) else to)
        elif run.error:
            self.exporting.emit(run.error.text)


def _as_summary(path: Path, curves: RunCurves) -> RunSummary:
    """The row of curves that are no run of ours."""
    shares = curves.checks["accuracy"]
    tested = curves.tests["accuracy"]
    return RunSummary(
        folder=path,
        recipe=curves.name,
        dataset="",
        state="read",
        started=datetime.fromtimestamp(path.stat().st_mtime).astimezone().isoformat(timespec="seconds"),
        steps=int(curves.reach("step")),
        epoch=curves.reach("epoch"),
        held_out_accuracy=float(np.nanmax(shares)) if np.isfinite(shares).any() else None,
        accuracy=float(tested[-1]) if len(tested) and np.isfinite(tested[-1]) else None,
        seconds=curves.reach("seconds"),
        resumable=False,
    )


def read_runs(named: Sequence[tuple[Path, str]]) -> Generator[Event, None, None]:
    """Read the curves of runs, each with its name; a job that yields a `RunRead` for each.

    Raises: `LabError` for the first that cannot be read, after all others were.
    """
    failed: LabError | None = None
    for number, (folder, name) in enumerate(named):
        yield Progress(number, len(named))
        try:
            columns = yield from read_columns(folder)
        except LabError as error:
            failed = failed or error
            continue
        curves = RunCurves(name)
        curves.fill(columns)
        yield RunRead(folder, curves, last_check_of(columns))
    if failed:
        raise failed


def write_picture(picture: QImage | bytes, to: Path) -> Generator[Event, None, Path]:
    """Encode and write a PNG, or write an SVG, whole or not at all; a job."""
    yield Progress(0, 1)
    if isinstance(picture, bytes):
        write_bytes(to, picture)
        return to
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # PySide takes str, its stubs say bytes
    write_bytes(to, bytes(buffer.data().data()))
    return to
