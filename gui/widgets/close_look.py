"""One picture as large as the stage allows, with the value of every pixel written on it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.widgets.basics import Chip, IconButton, Toggle, button, column, label, row
from gui.widgets.pixel_view import PixelView
from gui.widgets.retold import Retold


class CloseLook(Retold, QWidget):
    """Shows a picture and its numbers; Esc or the first button leads back to the grid.

    Signals:
        closed: a person wants the grid back.
        stepped: (int) the next picture (+1) or the one before (−1).
    """

    closed = Signal()
    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.view = PixelView()
        self.view.stepped.connect(self.stepped)
        self.view.opened.connect(self.closed)
        self.numbers = Toggle(on=True)
        self.view.set_numbers(True)
        self.numbers.toggled.connect(self.view.set_numbers)
        self._back = button("grid-four", kind="quiet", size="compact")
        self._back.clicked.connect(self.closed)
        self._next = IconButton("caret-right")
        self._name, self._label = label("strong"), Chip("slide")
        self._numbers_name = label("small")
        self._numbers_name.setBuddy(self.numbers)
        self._next.clicked.connect(self._step_on)
        top = row(self._back, self._name, self._label, None, self._numbers_name, self.numbers, self._next, gap=8)
        self.setLayout(column(top, (self.view, 1), gap=10))
        self.retranslate()

    def retranslate(self) -> None:
        self._back.setText(self.tr("All pictures"))
        self._back.setToolTip(self.tr("Back to all pictures (Esc)"))
        self._numbers_name.setText(self.tr("Numbers"))
        self.numbers.setAccessibleName(self.tr("Write the value of every pixel on it"))
        self._next.set_tip(self.tr("Next picture (Page Down)"))
        self.view.setAccessibleName(self.tr("The chosen picture, pixel by pixel"))

    def show_picture(self, image: np.ndarray, name: str, label: str) -> None:
        """Show (H, W) or (H, W, 3) uint8 with its name and the word it is labelled with."""
        self.view.show_image(image)
        self._name.setText(name)
        self._label.setText(label)

    def _step_on(self) -> None:
        self.stepped.emit(1)
