"""Convolution lab: a kernel that can be typed, on the live picture, with every term of a pixel (rows 6–16, 20–22, 38)."""

from __future__ import annotations

import dataclasses

import numpy as np
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from engine.host import EngineHost
from engine.live.bundled_picture import Shown, bundled_picture
from engine.live.convolution import Convolved, LabSettings, Place, convolved, number
from engine.text import Text
from gui.context import Context
from gui.pages import live_lab_words as told
from gui.pages.live_lab_dims import FilmRoom, StripRoom
from gui.pages.live_lab_knobs import LabKnobs
from gui.pages.live_lab_rooms import FieldRoom, TablesRoom
from gui.pages.live_lab_shapes import ShapesRoom
from gui.pages.live_newest import Newest
from gui.widgets.basics import Segmented, column, label, row
from gui.widgets.lab_pair import PicturePair
from gui.widgets.lab_side import Sums, with_side
from gui.widgets.lens import explain
from gui.widgets.retold import Retold
from gui.words import say

_RUNNING = Text("Convolving the picture", "합성곱 계산")
_PLANES = ("R", "G", "B")


class PictureRoom(Retold, QWidget):
    """The picture, what the kernel makes of it, and the sum behind one pixel."""

    def __init__(self, host: EngineHost) -> None:
        super().__init__()
        self.pair, self.knobs, self.sums = PicturePair(), LabKnobs(), Sums(128)
        self.sizes, self.formula = label("strong"), label("small")
        self.formula.setProperty("mono", True)
        self.bad = label("small", wrap=True, tone="bad")
        self.bad.hide()
        self._picture: np.ndarray | None = None
        self._found: Convolved | None = None
        self._at: Place | None = None
        self._problem: Text | None = None
        self.newest = Newest(host, _RUNNING, self)
        stage = QWidget()
        line = row(self.sizes, None, self.formula, gap=12)
        stage.setLayout(column((self.pair, 1), self.bad, line, self.sums, gap=8))
        layout, self.lens = with_side(stage, self.knobs)
        self.setLayout(layout)
        self.knobs.changed.connect(self.run)
        self.pair.pointed.connect(self._pointed)
        self.newest.answered.connect(self._show)
        self.newest.refused.connect(self._refuse)
        explain(self.pair, told.SUMS)
        explain(self.sums, told.SUMS)
        explain(self.sizes, told.STRIDE)
        explain(self.formula, told.STRIDE)
        self.lens.explain(told.KERNEL)
        self.retranslate()

    @property
    def found(self) -> Convolved | None:
        """What is shown."""
        return self._found

    def use_picture(self, picture: np.ndarray) -> None:
        """Work on (H, W, 3) uint8 RGB from now on."""
        self._picture = picture
        self.run()

    def run(self, _value: float = 0) -> None:
        """Convolve the picture in view with what is set."""
        picture, settings = self._picture, self.knobs.settings()
        if picture is not None and settings is not None:
            wish: LabSettings = dataclasses.replace(settings, at=self._at)
            self.newest.ask(lambda: convolved(picture, wish))

    def _pointed(self, row_: int, column_: int) -> None:
        self._at = (row_, column_)
        self.run()

    def _show(self, found: Convolved) -> None:
        self._found, self._problem = found, None
        self._say()

    def _refuse(self, why: Text) -> None:
        self._problem = why
        self._say()

    def _say(self) -> None:
        self.bad.setVisible(self._problem is not None)
        self.bad.setText(say(self._problem) if self._problem else "")
        found = self._found
        if found is None:
            self.sums.say("")
            return
        self.pair.show_found(
            found, (self.tr("input: click a pixel to see its sum"), self.tr("what the kernel answers"))
        )
        self.sizes.setText(self._size_words(found))
        self.formula.setText(found.settings.layer.formula(found.picture.shape[1]))
        self.sums.say("\n".join(self._lines(found)))

    def _size_words(self, found: Convolved) -> str:
        (h, w), (ph, pw) = found.sizes
        height, width, _ = found.picture.shape
        words = f"{width}×{height}  →  {w}×{h}"
        if found.pooled:
            words += f"  →  {pw}×{ph}"
        return words

    def _lines(self, found: Convolved) -> list[str]:
        """Where it is, a line for each channel, their sum, and what activation and pooling made of it."""
        pixel = self.tr("Pixel in row {row}, column {column}")
        lines = [pixel.format(row=found.at[0] + 1, column=found.at[1] + 1)]
        lines += [f"{plane}: {found.terms.line(i)}" for i, plane in enumerate(_PLANES)]
        if found.settings.summed:
            lines.append(f"Σ: {found.terms.last_line()}")
        elif found.terms.divisor != 1:
            answers = ", ".join(number(s / found.terms.divisor) for s in found.terms.sums)
            lines.append(f"÷ {number(found.terms.divisor)}: {answers}")
        if found.settings.activation == "relu" and min(found.terms.sums) < 0:
            lines.append(self.tr("ReLU makes negative sums 0."))
        if found.pooled:
            window = ", ".join(number(round(v, 2)) for v in found.pooled)
            how = self.tr("largest of") if found.settings.pooling == "max" else self.tr("mean of")
            lines.append(self.tr("Pooling: {how} {window}").format(how=how, window=window))
        return lines

    def retranslate(self) -> None:
        self.pair.setAccessibleName(self.tr("The picture and what the kernel answers"))
        self._say()


class LabView(Retold, QWidget):
    """The Live page's view "Convolution lab"; it also stands alone, on a photograph that came with the app."""

    def __init__(self, host: EngineHost, context: Context) -> None:
        super().__init__()
        self.host, self.context = host, context
        self.rooms, self.name = Segmented(6), label("small")
        self.picture, self.tables, self.field = PictureRoom(host), TablesRoom(), FieldRoom()
        self.strip, self.film, self.shapes = StripRoom(host), FilmRoom(host), ShapesRoom()
        self._newest: np.ndarray | None = None
        self._name: Text | None = None
        self._begun = False
        self._pictured: dict[int, PictureRoom | StripRoom | FilmRoom] = {0: self.picture, 3: self.strip, 4: self.film}
        self._stack = QStackedWidget()
        for room in (self.picture, self.tables, self.field, self.strip, self.film, self.shapes):
            self._stack.addWidget(room)
        self.setLayout(column(row(self.rooms, None, self.name, gap=8), (self._stack, 1), gap=10))
        explain(self.rooms, told.ROOMS)
        self.rooms.chosen.connect(self.open_room)
        self._first = Newest(host, Text("Opening a photograph", "사진을 여는 중"), self)
        self._first.answered.connect(self._take_first)
        self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._begun:
            self._begun = True
            self._first.ask(bundled_picture)

    def _take_first(self, shown: Shown) -> None:
        if self._name is None:  # a live picture may have come first
            self.use_picture(shown.picture, shown.name)

    def open_room(self, index: int) -> None:
        """0 = the picture, 1 = the lectures' tables, 2 = how far it sees, 3 = Conv1D, 4 = Conv3D, 5 = shapes."""
        self.rooms.choose(index)
        self._stack.setCurrentIndex(index)
        self.name.setVisible(index in self._pictured)
        if self._newest is not None and index in self._pictured:
            self._pictured[index].use_picture(self._newest)

    def use_picture(self, picture: np.ndarray, name: Text) -> None:
        """The newest frame, (H, W, 3) uint8 RGB, and what it is of."""
        self._name, self._newest = name, picture
        self.name.setText(say(name))
        if room := self._pictured.get(self.rooms.index()):
            room.use_picture(picture)

    def retranslate(self) -> None:
        words = [self.tr("On the picture"), self.tr("The lectures’ tables"), self.tr("How far it sees")]
        self.rooms.setTexts([*words, "Conv1D", "Conv3D", self.tr("Shapes")])
        self.rooms.setAccessibleName(self.tr("What the lab shows"))
        self.name.setText(say(self._name) if self._name else "")
