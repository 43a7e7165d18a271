"""The middle of Style: the painting beside its photo, or what the layers keep, under one line of words."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget

from engine.host import EngineHost
from gui.pages.style_layers import StyleLayers
from gui.widgets.basics import Segmented, button, column, label, role, row
from gui.widgets.retold import Retold
from gui.widgets.style_compare import StyleCompare

PAINTING, LAYERS = 0, 1  # places of the rooms


class StyleStage(Retold, QFrame):
    """Two rooms: the picture split by a line, and ten small ones rebuilt from the layers.

    Signals:
        room_chosen: a person went to the other room.
    """

    room_chosen = Signal()

    def __init__(self, host: EngineHost) -> None:
        super().__init__()
        role(self, "panel")
        self.compare, self.layers = StyleCompare(), StyleLayers(host)
        self._rooms, self._stack = Segmented(2), QStackedWidget()
        for room in (self.compare, self.layers):
            self._stack.addWidget(room)
        self.save = button("download-simple")
        self._title, self._hint = label("strong"), label("small", wrap=True)
        head = row(self._title, (self._hint, 1), self._rooms, self.save, gap=12)
        self.setLayout(column(head, (self._stack, 1), gap=10, margins=(14, 14, 14, 14)))
        self._rooms.chosen.connect(self._chosen)
        self.layers.picture_chosen.connect(self._show_large)
        self.retranslate()

    @property
    def in_layers(self) -> bool:
        """Whether the layers are looked at."""
        return self._stack.currentIndex() == LAYERS

    def go_to(self, room: int) -> None:
        """`PAINTING` or `LAYERS`, without telling anybody."""
        self._rooms.choose(room)
        self._stack.setCurrentIndex(room)

    def _chosen(self, room: int) -> None:
        self._stack.setCurrentIndex(room)
        self.room_chosen.emit()

    def _show_large(self, picture: np.ndarray) -> None:
        self.go_to(PAINTING)
        self.compare.show_painting(picture)
        self.room_chosen.emit()

    def say(self, title: str, hint: str) -> None:
        """What is painted, and what to do or know."""
        self._title.setText(title)
        self._hint.setText(hint)

    def retranslate(self) -> None:
        self._rooms.setTexts([self.tr("Painting"), self.tr("Layers")])
        self._rooms.setAccessibleName(self.tr("What the stage shows"))
        self.save.setText(self.tr("Save…"))
        self.save.setToolTip(self.tr("Save the painting"))
        self.compare.set_words(self.tr("Photo"), self.tr("Painting"))
        self.compare.setAccessibleName(self.tr("Photo and painting, split by a line"))
