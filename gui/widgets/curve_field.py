"""Many faded curves in one picture: however many runs and points there are, painting takes a few milliseconds."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui import theme
from gui.widgets.detail import Field

PALEST, STRONGEST = 0.28, 0.85  # opacity where one curve runs, and where all do; between them by the logarithm
STILL_MS = 140  # after the last move of the view the picture is made again in full


class CurveField(pg.GraphicsObject):
    """Paints a `Field` as a density: where many curves run, the ink is stronger. Says which one is near a point."""

    def __init__(self) -> None:
        super().__init__()
        self._field: Field | None = None
        self._picture: QImage | None = None
        self._made_for: tuple[int, int, QRectF, str] | None = None
        self._rows: tuple[np.ndarray, np.ndarray] | None = None  # (curves, columns) lowest and highest pixel row
        self.setZValue(-1)
        self._moving = QTimer(singleShot=True, interval=STILL_MS)
        self._moving.timeout.connect(self.update)

    def show_field(self, field: Field | None) -> None:
        """Paint this instead of what was painted before."""
        if field is not self._field:
            self._field, self._made_for, self._rows = field, None, None
            self.update()

    @property
    def field(self) -> Field | None:
        return self._field

    @property
    def moving(self) -> bool:
        """True while a hand moves the view."""
        return self._moving.isActive()

    def boundingRect(self) -> QRectF:
        return QRectF(self.viewRect()) if self.getViewBox() else QRectF()

    def viewRangeChanged(self) -> None:
        self.prepareGeometryChange()
        if self._field is not None:
            self._moving.start()
        self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._field is None:
            return
        rect, box = QRectF(self.viewRect()), self.getViewBox()
        ratio = painter.device().devicePixelRatioF()
        columns, rows = (max(2, round(length * ratio)) for length in (box.width(), box.height()))
        if self._moving.isActive():
            columns = -(-columns // 2)  # half as fine while a hand moves it: twice as fast
        wanted = (columns, rows, rect, theme.current().name)
        if wanted != self._made_for:
            self._made_for = wanted
            self._picture = self._make(self._field, columns, rows, rect)
        if self._picture is not None:
            painter.drawImage(rect, self._picture)

    def _make(self, field: Field, columns: int, rows: int, rect: QRectF) -> QImage:
        """Count how many curves cover each pixel; row 0 is the bottom, as in the coordinates of a plot."""
        low, high = field.spans(rect.left(), rect.right(), columns)
        bottom, scale = min(rect.top(), rect.bottom()), rows / max(abs(rect.height()), 1e-12)
        nowhere = low > high
        low, high = (np.clip((values - bottom) * scale, 0, rows - 1).astype(np.int32) for values in (low, high))
        low[nowhere], high[nowhere] = rows, rows - 1  # begins and ends in the row below the picture
        self._rows = low, high
        across = np.arange(columns, dtype=np.int32)
        size = (rows + 1) * columns
        begins = np.bincount((low * columns + across).ravel(), minlength=size)
        begins -= np.bincount(((high + 1) * columns + across).ravel(), minlength=size)
        counts = np.cumsum(begins.reshape(rows + 1, columns)[:rows], axis=0)
        pixels = _inks(len(low))[counts]
        picture = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32_Premultiplied)
        return picture.copy()  # numpy's memory goes with this function

    # The pointer

    def nearest(self, x: float, y: float, within: float = 8.0) -> Hashable | None:
        """The key of the curve nearest to the point (x, y), at most `within` pixels away."""
        if self._field is None or self._rows is None or self._made_for is None:
            return None
        low, high = self._rows
        rect = QRectF(self.viewRect())
        columns, rows, _, _ = self._made_for
        column = int((x - rect.left()) / max(rect.width(), 1e-12) * columns)
        if not 0 <= column < columns:
            return None
        row = (y - min(rect.top(), rect.bottom())) / max(abs(rect.height()), 1e-12) * rows
        away = np.maximum(low[:, column] - row, row - high[:, column]).astype(float)
        away[low[:, column] > high[:, column]] = np.inf
        best = int(away.argmin())
        return self._field.traces[best].key if away[best] <= within else None


def _inks(most: int) -> np.ndarray:
    """(most + 1,) uint32: the premultiplied pixel for each number of curves over it."""
    counts = np.arange(most + 1)
    share = np.log(np.maximum(counts, 1)) / np.log(max(most, 2))
    alpha = np.where(counts > 0, PALEST + (STRONGEST - PALEST) * share, 0.0)
    ink = QColor(theme.current().faint)
    inks = ((ink.red(), 16), (ink.green(), 8), (ink.blue(), 0))
    parts = [(part * alpha).astype(np.uint32) << shift for part, shift in inks]
    return np.asarray((255 * alpha).astype(np.uint32) << 24 | parts[0] | parts[1] | parts[2], np.uint32)
