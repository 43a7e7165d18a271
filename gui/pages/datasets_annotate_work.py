"""Annotating without a widget: which set and picture, steps back and forth, keeping, saving; all files in jobs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from engine.data import annotation_open, annotation_save, draft
from engine.data.annotation import Annotation
from engine.data.draft import Draft, Found
from engine.data.edits import Edit, Marks
from engine.data.photoset import PhotoSet
from engine.errors import LabError
from engine.host import EngineHost
from engine.jobs import Event, Job, JobRun, JobState, Progress
from engine.text import Text

KEEP_MS = 1_500  # after a step, until it is on disk: what kill -9 can cost
OPENING = Text("Opening a picture", "사진 열기")
KEEPING = Text("Keeping changes", "변경 보관")
STEPPING = Text("Reading earlier steps", "이전 단계 읽기")
LOOKING = Text("Looking for kept changes", "남은 변경 찾기")
SAVING = Text("Saving annotations", "주석 저장")


@dataclass(slots=True, eq=False)
class Session:
    """One set being annotated: what was done, and where it is kept.

    chosen: it was saved, so that the place is known: `folder`, None = beside the pictures.
    """

    annotation: Annotation
    draft: Draft
    index: int = 0
    chosen: bool = False
    folder: Path | None = None


class Work(QObject):
    """The sets being annotated, of which one picture is open.

    Signals:
        opened: (Opened) another picture with its marks.
        unreadable: (int, Text) a picture that cannot be opened, and why.
        changed: (Marks, Edit, bool) new marks of the open picture, and the edit they came by; False: undone or redone.
        state_changed: how much is unsaved, or whether it is being written.
        found: (Found) changes of an earlier time that were never saved.
        progressed: (int, int) of a save. saved: (PhotoSet, Path). failed: (Text) a save that did not end well.
    """

    opened = Signal(object)
    unreadable = Signal(int, object)
    changed = Signal(object, object, bool)
    state_changed = Signal()
    found = Signal(object)
    progressed = Signal(int, int)
    saved = Signal(object, object)
    failed = Signal(object)

    def __init__(self, host: EngineHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._sessions: list[Session] = []
        self.session: Session | None = None
        self.marks: Marks | None = None
        self._opening: JobRun | None = None
        self._keeping: JobRun | None = None
        self._saving: JobRun | None = None
        self._reading = False
        self.tints = np.zeros((256, 2), np.uint32)  # how the classes of a mask look, for pictures to be opened
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MS)
        self._timer.timeout.connect(self.keep)

    # Which set, which picture

    def use(self, photos: PhotoSet) -> Session:
        """Annotate this set; what was done to it before, and not saved, is still there. `open` a picture of it next."""
        self.keep()
        self._sessions = [s for s in self._sessions if s.annotation.unsaved or s is self.session]
        known = next((s for s in self._sessions if _same(s.annotation.base, photos)), None)
        if known is None:
            known = Session(Annotation(photos), Draft(photos))
            self._sessions.append(known)
            mine = {s.draft.path for s in self._sessions}
            self._start(LOOKING, draft.find(photos, mine=mine), partial(self._looked, known), lane="io")
        self.session = known
        return known

    def open(self, index: int) -> None:
        """Open another picture of the set."""
        session = self.session
        if session is None or not 0 <= index < len(session.annotation.base):
            return
        if self._opening:
            self._opening.cancel()
        session.index, self.marks = index, None
        way = session.annotation.way(index)
        base, log = session.annotation.base, session.draft.path
        job = annotation_open.open_picture(base, index, way, log, tints=self.tints)
        self._opening = self._start(OPENING, _tried(job), self._was_opened)
        self.state_changed.emit()

    def _was_opened(self, run: JobRun) -> None:
        if run is not self._opening or self.session is None:
            return
        self._opening = None
        if isinstance(run.result, annotation_open.Opened):
            self.marks = run.result.marks
            self.opened.emit(run.result)
        elif why := run.result or (run.error and run.error.text):
            self.unreadable.emit(self.session.index, why)

    @property
    def busy(self) -> bool:
        """True while a picture is read, or the set is written."""
        return self._opening is not None or self.writing

    @property
    def writing(self) -> bool:
        """True while the set is written."""
        return self._saving is not None

    @property
    def unsaved(self) -> int:
        """Steps that are in no saved file."""
        return self.session.annotation.unsaved if self.session else 0

    # Steps

    def do(self, edit: Edit) -> None:
        """Keep an edit of the open picture."""
        if self.session is None or self.marks is None or self.writing:
            return
        self.marks = edit.apply(self.marks)
        self.session.annotation.do(self.session.index, edit)
        self._stepped(edit, new=True)

    def undo(self) -> None:
        """Take the last step in the open picture back."""
        self._step(back=True)

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        self._step(back=False)

    def can(self, *, back: bool) -> bool:
        """True when there is a step to undo (`back`) or redo in the open picture."""
        return self._next(back=back) is not None

    def add_class(self, name: str) -> int:
        """The index of the class called so, a new one where there is none; −1 without a set."""
        if self.session is None or not name.strip() or self.writing:
            return -1
        index = self.session.annotation.add_class(name)
        self._timer.start()
        self.state_changed.emit()
        return index

    def _next(self, *, back: bool) -> Any:
        if self.session is None or self.marks is None:
            return None
        known = self.session.annotation
        return known.next_back(self.session.index) if back else known.next_again(self.session.index)

    def _step(self, *, back: bool) -> None:
        step = self._next(back=back)
        if step is None or self.writing or self._reading or self.session is None or self.marks is None:
            return
        annotation, index = self.session.annotation, self.session.index
        if step.edit is None:
            self._read_steps(self.session, back=back)
            return
        self.marks = step.edit.undo(self.marks) if back else step.edit.apply(self.marks)
        (annotation.undo if back else annotation.redo)(index)
        self._stepped(step.edit, new=False)

    def _read_steps(self, session: Session, *, back: bool) -> None:
        """The step wanted is only in the draft: read it with those near it, then go on."""
        steps = session.annotation.missing(session.index, back=back)
        wanted = [step.place for step in steps if step.place]
        self._reading = True

        def read(run: JobRun) -> None:
            self._reading = False
            if run.state is JobState.DONE and session is self.session:
                session.annotation.refill(steps, run.result)
                self._step(back=back)

        self._start(STEPPING, draft.read_steps(session.draft, wanted), read)

    def _stepped(self, edit: Edit, *, new: bool) -> None:
        if not self._timer.isActive():  # not put off by the next step: so much at most is lost
            self._timer.start()
        self.changed.emit(self.marks, edit, new)
        self.state_changed.emit()

    # Keeping

    def keep(self) -> None:
        """Put on disk what was done since the last time."""
        session = next((s for s in self._sessions if s.annotation.said()), None)
        if session is not None and self._keeping is None:
            self._timer.stop()
            job = draft.keep(session.draft, session.annotation.said())
            self._keeping = self._start(KEEPING, job, partial(self._kept, session))

    def _kept(self, session: Session, run: JobRun) -> None:
        self._keeping = None
        if run.state is JobState.DONE:
            session.annotation.written(*run.result)
            if any(s.annotation.said() for s in self._sessions):
                self._timer.start()

    def keep_now(self) -> None:
        """The window closes: put everything on disk before this returns; a few lines take milliseconds."""
        for session in self._sessions:
            try:
                session.draft.write(session.annotation.said())
                if not session.annotation.unsaved:
                    session.draft.remove()
            except LabError:
                continue  # the disk is full: there is nobody left to be told

    # Changes of an earlier time

    def _looked(self, session: Session, run: JobRun) -> None:
        if isinstance(run.result, Found) and session is self.session and not session.annotation.unsaved:
            self.found.emit(run.result)

    def take(self, found: Found) -> None:
        """Go on with changes that were found."""
        session = self.session
        if session is None or session.annotation.unsaved:
            return

        def taken(run: JobRun) -> None:
            if run.state is JobState.DONE:
                session.annotation, session.draft = found.annotation, run.result
                self.state_changed.emit()
                if session is self.session:
                    self.open(session.index)

        self._start(LOOKING, draft.take(found), taken)

    def discard(self, found: Found) -> None:
        """Throw changes away that were found."""
        self._start(LOOKING, draft.discard(found.path), None)

    # Saving

    def save(self, to: Path | None) -> None:
        """Write the set: marks beside the pictures, or all of it into the folder `to`."""
        session = self.session
        if session is None or self.writing:
            return
        work = annotation_save.Work.of(session.annotation, session.draft.path)
        job = annotation_save.save(work, to)

        def end(run: JobRun) -> None:
            self._saving = None
            if run.state is JobState.DONE:
                self._was_saved(session, run.result, to)
            elif run.error:
                self.failed.emit(run.error.text)
            self.state_changed.emit()

        self._saving = self._host.start(SAVING, job, lane="io", owner=self, on_events=self._saves, on_end=end)
        self.state_changed.emit()

    def cancel_save(self) -> None:
        """Stop writing; the marks that lay there stay."""
        if self._saving:
            self._saving.cancel()

    def _saves(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Progress):
                self.progressed.emit(event.done, event.total)

    def _was_saved(self, session: Session, result: annotation_save.Saved, to: Path | None) -> None:
        session.annotation.saved(result.photos)
        session.chosen, session.folder = True, None if to is None or result.photos.folder == to else to
        said = session.annotation.said()
        job = _settled(session.draft, said, result.photos)
        self._start(KEEPING, job, partial(self._kept, session))
        self.saved.emit(result.photos, result.place)

    def _start(
        self, name: Text, job: Job, then: Callable[[JobRun], None] | None, *, lane: str = "interactive"
    ) -> JobRun:
        return self._host.start(name, job, lane=lane, owner=self, on_end=then)


def _same(a: PhotoSet, b: PhotoSet) -> bool:
    mine = (a.folder, a.split, a.fingerprint, len(a))
    return a is b or mine == (b.folder, b.split, b.fingerprint, len(b))


def _settled(kept: Draft, said: tuple, photos: PhotoSet) -> Job:
    """A job: the draft has all lines, and belongs to the set as it was saved."""
    written = kept.write(said)
    kept.move(photos)
    return written
    yield  # a job without events


def _tried(job: Job) -> Job:
    """`job`, but a sentence for a person is its result: the page shows it in place of the picture."""
    try:
        return (yield from job)
    except LabError as error:
        return error.text
