"""Which picture is explained: a photograph that comes with the app, a file of a person's own, or the newest frame."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from engine.data.pictures import read_rgb
from engine.data.sample_photos import sample_photo
from engine.detect.explain.photographs import PHOTOGRAPHS
from engine.errors import LabError
from engine.host import EngineHost
from engine.jobs import Job, JobRun, JobState, Progress
from engine.text import Text, same
from gui.widgets.basics import IconButton, row
from gui.widgets.retold import Retold
from gui.words import say

_FRAME, _OWN, _OPEN = "frame", "own", "open"  # what an entry stands for, besides a name of `PHOTOGRAPHS`
_READING = Text("Opening a picture", "사진 열기")
KINDS = "*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff *.gif"


class PictureChoice(Retold, QWidget):
    """A list of pictures and a button to open another.

    Signals:
        chosen: (ndarray, Text) (H, W, 3) uint8 RGB and its name. failed: (Text) why a file is no picture.
    """

    chosen = Signal(object, object)
    failed = Signal(object)

    def __init__(self, host: EngineHost) -> None:
        super().__init__()
        self._host = host
        self._own: tuple[np.ndarray, Text] | None = None
        self._frame: tuple[np.ndarray, Text] | None = None
        self._run: JobRun | None = None
        self._chosen = ""  # the entry in force
        self.by_person = False  # a picture was chosen by hand; chapters no longer bring their own
        self.list, self.open = QComboBox(), IconButton("folder-open")
        self.setLayout(row(self.list, self.open, gap=6))
        self.list.activated.connect(self._activated)
        self.open.clicked.connect(self._ask_file)
        self.retranslate()

    def retranslate(self) -> None:
        self.open.set_tip(self.tr("Open a picture, or drop one here"))
        self.list.setAccessibleName(self.tr("Picture"))
        self._fill()

    def _fill(self) -> None:
        """The entries anew, the one in force chosen."""
        self.list.clear()
        for id, name in PHOTOGRAPHS.items():
            self.list.addItem(say(name), id)
        if self._frame is not None:
            self.list.addItem(self.tr("Newest frame"), _FRAME)
        if self._own is not None:
            self.list.addItem(say(self._own[1]), _OWN)
        self.list.addItem(self.tr("Open a picture…"), _OPEN)
        self._show_chosen()

    def _show_chosen(self) -> None:
        self.list.setCurrentIndex(max(0, self.list.findData(self._chosen)))

    def start_with(self, name: str) -> None:
        """The packaged photograph a chapter is best shown on, unless a person chose one."""
        if not self.by_person and self._chosen not in (_FRAME, name):
            self._read_packaged(name)

    def open_file(self, path: Path) -> None:
        """Read a person's file and choose it."""
        self.by_person = True
        self._read(_file(path), same(path.name), own=True)

    def take_frame(self, picture: np.ndarray, name: Text, *, shown: bool) -> None:
        """The newest frame of a camera or file; `shown` = it is to be explained at once."""
        first = self._frame is None
        self._frame = (picture, name)
        if shown:
            if self._run is not None:
                self._run.cancel()  # a packaged photograph that was on its way
                self._run = None
            self._chosen = _FRAME
        if first:
            self._fill()
        if shown:
            self._show_chosen()
            self.chosen.emit(picture, name)

    @property
    def follows(self) -> bool:
        """True while frames that come are what is explained."""
        return (self._frame is None and not self.by_person) or self._chosen == _FRAME

    def _activated(self, index: int) -> None:
        id = self.list.itemData(index)
        if id == _OPEN:
            self._show_chosen()
            self._ask_file()
            return
        self.by_person, self._chosen = True, id
        if id == _FRAME and self._frame:
            self.chosen.emit(*self._frame)
        elif id == _OWN and self._own:
            self.chosen.emit(*self._own)
        else:
            self._read_packaged(id)

    def _read_packaged(self, name: str) -> None:
        self._chosen = name
        self._show_chosen()
        self._read(_packaged(name), PHOTOGRAPHS[name], own=False)

    def _ask_file(self) -> None:
        words = self.tr("Pictures ({kinds})").format(kinds=KINDS)
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Open a picture…"), str(Path.home()), words)
        if path:
            self.open_file(Path(path))

    def _read(self, job: Job, name: Text, *, own: bool) -> None:
        if self._run is not None:
            self._run.cancel()

        def ended(run: JobRun) -> None:
            if run is not self._run:
                return
            self._run = None
            if isinstance(run.result, Text):
                self.failed.emit(run.result)
            elif run.state is JobState.DONE:
                if own:
                    self._own = (run.result, name)
                    self._chosen = _OWN
                    self._fill()
                self.chosen.emit(run.result, name)

        self._run = self._host.start(_READING, job, lane="interactive", owner=self, on_end=ended)


def _file(path: Path) -> Job:
    """(H, W, 3) uint8 RGB, or the sentence that says why the file is no picture."""
    yield Progress(0, 1)
    try:
        return read_rgb(path)
    except LabError as error:
        return error.text


def _packaged(name: str) -> Job:
    try:
        return (yield from _file(sample_photo(name)))
    except LabError as error:
        return error.text
