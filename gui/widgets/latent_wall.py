"""A wall of small pictures that fills its room: samples, tiles, film frames; a click takes one."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.images import to_image

WORDS = 15  # pixels for the line under a picture
GAP = 3


class LatentWall(QWidget):
    """Square pictures as large as fit, crisp, each with a line of words where given; one may be marked.

    columns: 0 finds the number that fills the room best. rows: 0 = as many as are needed. smooth: for photographs.

    Signals:
        chosen: (int) a person took one.
        pointed: (int) the pointer is over one; −1 none.
    """

    chosen = Signal(int)
    pointed = Signal(int)

    def __init__(self, *, columns: int = 0, side: int = 0, tone: str = "you") -> None:
        super().__init__()
        self._columns, self._side, self._tone = columns, side, tone
        self._images: list[QImage] = []
        self._words: tuple[str, ...] = ()
        self._at, self._under = -1, -1
        self._inks: tuple[str, ...] = ()
        self.setMouseTracking(True)
        tall = QSizePolicy.Policy.Fixed if side else QSizePolicy.Policy.Expanding
        self.setSizePolicy(QSizePolicy.Policy.Expanding, tall)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def count(self) -> int:
        """How many pictures there are."""
        return len(self._images)

    @property
    def chosen_place(self) -> int:
        """The one that is marked; −1 none."""
        return self._at

    @property
    def fitting(self) -> int:
        """How many pictures of a fixed side stand in one row."""
        return max(1, (self.width() + GAP) // (self._side + GAP)) if self._side else len(self._images)

    def show_images(
        self, images: Sequence[np.ndarray] | np.ndarray, words: Sequence[str] = (), *, inks: Sequence[str] = ()
    ) -> None:
        """Show (n, H, W) or (n, H, W, 3) uint8; `inks` name a colour of the theme for each line of words."""
        self._images = [to_image(image) for image in images]
        self._words, self._inks = tuple(words), tuple(inks)
        self._at = self._at if self._at < len(self._images) else -1
        self.updateGeometry()
        self.update()

    def set_columns(self, columns: int) -> None:
        """Another number of columns; 0 finds it."""
        self._columns = columns
        self.update()

    def choose(self, number: int) -> None:
        """Mark one without telling anybody; −1 none."""
        self._at = number
        self.update()

    def sizeHint(self) -> QSize:
        if not self._side:
            return QSize(260, 260)
        across = self._columns or max(1, (self.width() + GAP) // (self._side + GAP))
        rows = max(1, math.ceil(len(self._images) / across))
        return QSize(across * (self._side + GAP), int(rows * self._pitch(float(self._side))[1]))

    def hasHeightForWidth(self) -> bool:
        return bool(self._side)

    def heightForWidth(self, width: int) -> int:
        across = self._columns or max(1, (width + GAP) // (self._side + GAP))
        rows = max(1, math.ceil(len(self._images) / across))
        return int(rows * self._pitch(float(self._side))[1])

    def _pitch(self, side: float) -> tuple[float, float]:
        return side + GAP, side + GAP + (WORDS * theme.scale() if self._words else 0)

    def _plan(self) -> tuple[int, float]:
        """(columns, side of a picture)."""
        count = max(1, len(self._images))
        if self._side:
            return self._columns or max(1, (self.width() + GAP) // (self._side + GAP)), float(self._side)
        best = (1, 0.0)
        for across in [self._columns] if self._columns else range(1, count + 1):
            rows = math.ceil(count / across)
            extra = WORDS * theme.scale() if self._words else 0
            side = min((self.width() + GAP) / across - GAP, (self.height() + GAP) / rows - GAP - extra)
            if side > best[1]:
                best = (across, side)
        return best

    def place(self, number: int) -> QRectF:
        """Where a picture lies."""
        across, side = self._plan()
        line, column = divmod(number, across)
        x, y = self._pitch(side)
        left = 0.0 if self._side else (self.width() - across * x + GAP) / 2
        return QRectF(left + column * x, line * y, side, side)

    def under(self, at: QPointF) -> int:
        """Which picture lies there; −1 none."""
        return next((i for i in range(len(self._images)) if self.place(i).contains(at)), -1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self.under(event.position())
        if event.button() == Qt.MouseButton.LeftButton and number >= 0:
            self.choose(number)
            self.chosen.emit(number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        number = self.under(event.position())
        if number != self._under:
            self._under = number
            self.pointed.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        across = self._plan()[0]
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -across, Qt.Key.Key_Down: across}
        if event.key() in moves and self._images:
            self.choose(min(max(self._at + moves[Qt.Key(event.key())], 0), len(self._images) - 1))
            self.chosen.emit(self._at)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        p, now = QPainter(self), theme.current()
        p.setFont(theme.font("caption"))
        for number, image in enumerate(self._images):
            box = self.place(number)
            if box.top() > self.height():
                break
            p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, image.width() > box.width())
            p.drawImage(box, image, QRectF(image.rect()))
            if number == self._at:
                p.setPen(QPen(QColor(getattr(now, self._tone)), 2))
                p.setBrush(Qt.BrushStyle.NoBrush)
                p.drawRect(box.adjusted(1, 1, -1, -1))
            if number < len(self._words):
                p.setPen(QColor(getattr(now, self._inks[number] if number < len(self._inks) else "faint")))
                line = QRectF(box.left() - 2, box.bottom(), box.width() + 4, WORDS * theme.scale())
                words = p.fontMetrics().elidedText(self._words[number], Qt.TextElideMode.ElideRight, int(line.width()))
                p.drawText(line, Qt.AlignmentFlag.AlignCenter, words)
