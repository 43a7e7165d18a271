"""One class that is taught: its name, a button to hold while recording, what was recorded."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit

from engine.text import counted
from gui.widgets.basics import IconButton, button, column, label, role, row
from gui.widgets.pictures import Tiles
from gui.widgets.retold import Retold

TILE = 30


class ClassRow(Retold, QFrame):
    """Signals:
    pressed, released: the record button went down, or up.
    renamed: the name was changed.
    removed: the class is to go, with its recordings.
    """

    pressed = Signal()
    released = Signal()
    renamed = Signal()
    removed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        role(self, "well")
        self.name, self.hold, self.remove = QLineEdit(name), button("record-fill"), IconButton("trash", compact=True)
        self.count, self.tiles = label("caption"), Tiles(TILE, gap=3, radius=3)
        self.tiles.setFixedHeight(TILE)
        self.tiles.hide()
        self._recordings, self._frames, self._waiting = 0, 0, 0
        head = row((self.name, 1), self.remove, gap=4)
        self.setLayout(column(head, row(self.hold, (self.count, 1), gap=8), self.tiles, gap=6, margins=(8, 8, 8, 8)))
        self.hold.pressed.connect(self.pressed)
        self.hold.released.connect(self.released)
        self.name.editingFinished.connect(self.renamed)
        self.remove.clicked.connect(self.removed)
        self.retranslate()

    def show_recorded(self, recordings: int, frames: int, waiting: int, small: list[np.ndarray]) -> None:
        """How much there is, how many recordings are being described, and a frame of each."""
        self._recordings, self._frames, self._waiting = recordings, frames, waiting
        self.tiles.setVisible(bool(small))
        self.tiles.set_tiles(small)
        self._say()

    def show_recording(self, frames: int | None) -> None:
        """So many frames so far; None when the button is up."""
        if frames is None:
            self._say()
        else:
            self.count.setText(counted(self.tr("{n} frames").format(n=frames)))

    def _say(self) -> None:
        if self._waiting:
            self.count.setText(self.tr("describing the frames"))
        elif self._recordings:
            words = self.tr("{r} recordings, {n} frames")
            self.count.setText(counted(words.format(r=self._recordings, n=self._frames)))
        else:
            self.count.setText(self.tr("nothing yet"))

    def retranslate(self) -> None:
        self.hold.setText(self.tr("Hold to record"))
        self.remove.set_tip(self.tr("Remove this class"))
        self.name.setAccessibleName(self.tr("Name of the class"))
        self._say()
