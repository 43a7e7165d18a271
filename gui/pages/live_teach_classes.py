"""The classes that are taught and their recordings: what is recorded is described at once, frames are not kept."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine.host import EngineHost
from engine.jobs import JobRun, JobState
from engine.live.bundled_picture import reduced
from engine.live.teach import FEWEST, MOST, Recording, described
from engine.live.teach_files import read_folder
from engine.text import Text
from gui.pages import live_teach_words as told
from gui.widgets.basics import button, column, label
from gui.widgets.lab_class_row import ClassRow
from gui.widgets.lens import explain
from gui.widgets.retold import Retold

LONGEST, MOST_FRAMES = 320, 60  # pixels of a kept frame; frames of one recording, about six seconds
_DESCRIBING = Text("Describing a recording", "녹화를 특징으로 바꾸기")
_READING = Text("Reading a folder of classes", "클래스 폴더 읽기")


@dataclasses.dataclass(slots=True, eq=False)
class _Class:
    row: ClassRow
    recordings: list[Recording] = dataclasses.field(default_factory=list)
    waiting: int = 0


class Classes(Retold, QWidget):
    """Two to five rows. Frames come by `add_frame` while a button is held.

    Signals:
        changed: names or recordings are others now.
        recording: (str) the name of the class that is being recorded, "" when none is.
    """

    changed = Signal()
    recording = Signal(str)

    def __init__(self, host: EngineHost) -> None:
        super().__init__()
        self._host = host
        self._classes: list[_Class] = []
        self._held: _Class | None = None
        self._frames: list[np.ndarray] = []
        self._newest: np.ndarray | None = None
        self._reading = False
        self.title, self.more, self.folder = label("section"), button("plus"), button("folder-open")
        self._rows = column(gap=6)
        self.setLayout(column(self.title, self._rows, self.more, self.folder, gap=8))
        self.more.clicked.connect(self.add_class)
        explain(self, told.RECORD)
        for _ in range(FEWEST):
            self.add_class()
        self.retranslate()

    @property
    def names(self) -> list[str]:
        """The classes' names."""
        return [one.row.name.text().strip() for one in self._classes]

    @property
    def rows(self) -> list[ClassRow]:
        """The rows in view."""
        return [one.row for one in self._classes]

    @property
    def busy(self) -> bool:
        """True while something is recorded, described or read."""
        return self._held is not None or self._reading or any(one.waiting for one in self._classes)

    def recordings(self) -> list[Recording]:
        """All recordings, labelled by the place of their class."""
        return [
            dataclasses.replace(recording, label=place)
            for place, one in enumerate(self._classes)
            for recording in one.recordings
        ]

    def add_class(self) -> None:
        """Another empty class, up to five."""
        if len(self._classes) < MOST:
            self._put(self.tr("Class {n}").format(n=len(self._classes) + 1))
            self.changed.emit()

    def _put(self, name: str) -> _Class:
        one = _Class(ClassRow(name))
        self._classes.append(one)
        self._rows.addWidget(one.row)
        one.row.pressed.connect(lambda: self._begin(one))
        one.row.released.connect(self._end)
        one.row.renamed.connect(self.changed)
        one.row.removed.connect(lambda: self.remove(one))
        self._say_count()
        return one

    def remove(self, one: _Class) -> None:
        """Let a class go with what was recorded of it."""
        self._classes.remove(one)
        self._rows.removeWidget(one.row)
        one.row.deleteLater()
        self._say_count()
        self.changed.emit()

    def _say_count(self) -> None:
        self.more.setEnabled(len(self._classes) < MOST)
        for one in self._classes:
            one.row.remove.setEnabled(len(self._classes) > FEWEST)

    # Recording

    def add_frame(self, picture: np.ndarray) -> None:
        """The newest frame, (H, W, 3) uint8 RGB; kept while a button is held."""
        self._newest = picture
        if self._held is not None and len(self._frames) < MOST_FRAMES:
            self._frames.append(reduced(picture, LONGEST))
            self._held.row.show_recording(len(self._frames))

    def _begin(self, one: _Class) -> None:
        self._held, self._frames = one, []
        self.recording.emit(one.row.name.text())
        if self._newest is not None:
            self.add_frame(self._newest)

    def _end(self) -> None:
        held, frames = self._held, self._frames
        self._held, self._frames = None, []
        self.recording.emit("")
        if held is None or not frames:
            return
        held.waiting += 1
        self._show(held)
        self.changed.emit()

        def ended(run: JobRun) -> None:
            held.waiting -= 1
            if run.state is JobState.DONE:
                held.recordings.append(run.result)
            if held in self._classes:
                self._show(held)
                self.changed.emit()

        self._host.start(_DESCRIBING, described(frames, 0), lane="io", owner=held.row, on_end=ended)

    def _show(self, one: _Class) -> None:
        small = [r.small[len(r) // 2] for r in one.recordings[-7:]]
        one.row.show_recorded(len(one.recordings), sum(map(len, one.recordings)), one.waiting, small)

    # A folder

    def open_folder(self, path: str) -> None:
        """Take the classes of FOLDER/CLASS/pictures instead of those in view."""
        self._reading = True
        self.changed.emit()
        self._host.start(_READING, read_folder(Path(path)), lane="io", owner=self, on_end=self._read)

    def _read(self, run: JobRun) -> None:
        self._reading = False
        if run.state is JobState.DONE:
            for one in list(self._classes):
                self._classes.remove(one)
                self._rows.removeWidget(one.row)
                one.row.deleteLater()
            names, recordings = run.result
            for place, name in enumerate(names):
                one = self._put(name)
                one.recordings = [r for r in recordings if r.label == place]
                self._show(one)
        self.changed.emit()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Your classes"))
        self.more.setText(self.tr("Add a class"))
        self.folder.setText(self.tr("A folder of pictures…"))
        self.folder.setToolTip(self.tr("One folder for each class; folders in it are recordings"))
