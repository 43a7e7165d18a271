"""A plane to drag a ring on: the map of every picture of 2 numbers, or slant across and thickness up."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.images import to_image

FOOT, SIDE = 26, 30  # room for the words of the axes
STEP = 1 / 60  # of the whole, for an arrow key


class LatentPlane(QWidget):
    """Iris: the ring a hand drags, A, B and C. Mint: what was measured in the picture that came. Sand: real ones.

    Signals:
        moved: (float, float) where the hand wants to be, in the plane's unit.
    """

    moved = Signal(float, float)

    def __init__(self) -> None:
        super().__init__()
        self._low, self._high = np.array([-1.0, -1.0]), np.array([1.0, 1.0])
        self._map: QImage | None = None
        self._fitted = QPixmap()
        self._axes = ("", "")
        self._dots = np.zeros((0, 2))
        self._inks: list[int] = []
        self._way = np.zeros((0, 2))
        self._marks: dict[str, tuple[float, float]] = {}
        self._answer: tuple[float, float] | None = None
        self.at = (0.0, 0.0)
        self.painted = 0
        self.show_map, self.show_dots = True, False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(220, 220)

    def sizeHint(self) -> QSize:
        return QSize(460, 460)

    def set_bounds(self, low: tuple[float, float], high: tuple[float, float]) -> None:
        """What the edges stand for."""
        self._low, self._high = np.array(low), np.array(high)
        self.update()

    def set_axes(self, across: str, up: str) -> None:
        """What the axes say."""
        self._axes = (across, up)
        self.setAccessibleName(f"{across} × {up}")
        self.update()

    def show_sheet(self, sheet: np.ndarray | None) -> None:
        """The map as one picture, (H, W[, 3]) uint8; None for none."""
        self._map = None if sheet is None else to_image(sheet)
        self._fitted = QPixmap()
        self.update()

    def show_points(self, points: np.ndarray, labels: np.ndarray) -> None:
        """Where real pictures lie, (n, 2), and their classes (n,)."""
        self._dots, self._inks = points, [int(label) for label in labels]
        self.update()

    def show_way(self, way: np.ndarray, marks: Mapping[str, tuple[float, float]]) -> None:
        """The path (n, 2), and the places that have a letter."""
        self._way, self._marks = way, dict(marks)
        self.update()

    def show_at(self, x: float, y: float, answer: tuple[float, float] | None = None) -> None:
        """Where the ring stands without telling anybody; `answer` is what the picture that came measures."""
        self.at, self._answer = (x, y), answer
        self.setAccessibleDescription(f"{x:.2f}, {y:.2f}")
        self.update()

    # A hand

    def square(self) -> QRectF:
        """Where the plane lies in the widget."""
        side = min(self.width() - SIDE, self.height() - FOOT)
        return QRectF(SIDE + (self.width() - SIDE - side) / 2, (self.height() - FOOT - side) / 2, side, side)

    def place(self, x: float, y: float) -> QPointF:
        """A point of the plane as a place in the widget."""
        box = self.square()
        share = (np.array((x, y)) - self._low) / (self._high - self._low)
        return QPointF(box.left() + box.width() * share[0], box.bottom() - box.height() * share[1])

    def _go(self, at: QPointF) -> None:
        box = self.square()
        share = np.array(((at.x() - box.left()) / box.width(), (box.bottom() - at.y()) / box.height())).clip(0, 1)
        x, y = self._low + share * (self._high - self._low)
        self.show_at(float(x), float(y), self._answer)
        self.moved.emit(float(x), float(y))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
        if event.key() in ways:
            step = np.array(ways[Qt.Key(event.key())]) * (self._high - self._low) * STEP
            x, y = np.clip(np.array(self.at) + step, self._low, self._high)
            self.show_at(float(x), float(y), self._answer)
            self.moved.emit(float(x), float(y))
        else:
            super().keyPressEvent(event)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        p, now, box = QPainter(self), theme.current(), self.square()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.fillRect(box, QColor(now.well))
        if self._map is not None and self.show_map:
            p.setOpacity(0.4 if self.show_dots and len(self._dots) else 1.0)
            p.drawPixmap(box.topLeft(), self._scaled(box))
            p.setOpacity(1.0)
        p.setClipRect(box)
        if self.show_dots or self._map is None:
            self._paint_dots(p)
        self._paint_way(p)
        p.setClipping(False)
        self._paint_axes(p, box)
        self._paint_ring(p)
        self.painted += 1

    def _scaled(self, box: QRectF) -> QPixmap:
        """The map as large as it is shown: scaled once for each size, not with every move of the ring."""
        assert self._map is not None
        ratio = self.devicePixelRatioF()
        size = (box.size() * ratio).toSize()
        if self._fitted.size() != size:
            kept, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            self._fitted = QPixmap.fromImage(self._map.scaled(size, kept, smooth))
            self._fitted.setDevicePixelRatio(ratio)
        return self._fitted

    def _paint_dots(self, p: QPainter) -> None:
        now = theme.current()
        inks = [*now.series, now.text, now.warn]
        for label in sorted(set(self._inks)):
            chosen = self._dots[np.array(self._inks) == label]
            ink = QColor(inks[label % len(inks)])
            ink.setAlphaF(0.6)
            p.setPen(QPen(ink, 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            p.drawPoints(QPolygonF([self.place(x, y) for x, y in chosen]))

    def _paint_way(self, p: QPainter) -> None:
        now = theme.current()
        places = [self.place(x, y) for x, y in self._way]
        if len(places) > 1:
            p.setPen(QPen(QColor(now.you), 2))
            p.drawPolyline(QPolygonF(places))
            p.setBrush(QColor(now.you))
            for place in places[1:-1]:
                p.drawEllipse(place, 2.5, 2.5)
        for letter, at in self._marks.items():
            place = self.place(*at)
            p.setPen(QPen(QColor(now.on_fill), 1.6))
            p.setBrush(QColor(now.you_fill))
            p.drawEllipse(place, 10, 10)
            p.setFont(theme.font("caption", 600))
            p.drawText(QRectF(place.x() - 10, place.y() - 10, 20, 20), Qt.AlignmentFlag.AlignCenter, letter)

    def _paint_axes(self, p: QPainter, box: QRectF) -> None:
        now = theme.current()
        p.setPen(QPen(QColor(now.line), 1))
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawRect(box)
        p.setFont(theme.font("caption", QFont.Weight.DemiBold.value))
        p.setPen(QColor(now.dim))
        line = QRectF(box.left(), box.bottom() + 4, box.width(), 18)
        p.drawText(line, Qt.AlignmentFlag.AlignCenter, self._axes[0])
        p.save()
        p.translate(box.left() - 8, box.bottom())
        p.rotate(-90)
        p.drawText(QRectF(0, -16, box.height(), 16), Qt.AlignmentFlag.AlignCenter, self._axes[1])
        p.restore()
        p.setFont(theme.font("caption"))
        p.setPen(QColor(now.faint))
        for share in (0, 1):
            value = self._low + share * (self._high - self._low)
            side = Qt.AlignmentFlag.AlignRight if share else Qt.AlignmentFlag.AlignLeft
            p.drawText(line, side, f"{value[0]:g}".replace("-", "−"))

    def _paint_ring(self, p: QPainter) -> None:
        now = theme.current()
        if self._answer is not None:
            answer = self.place(*self._answer)
            p.setPen(QPen(QColor(now.net), 1.4, Qt.PenStyle.DotLine))
            p.drawLine(self.place(*self.at), answer)
            p.setPen(QPen(QColor(now.panel), 1.2))
            p.setBrush(QColor(now.net))
            p.drawEllipse(answer, 5, 5)
        p.setPen(QPen(QColor(now.on_fill), 2.4))
        p.setBrush(QColor(now.you_fill))
        p.drawEllipse(self.place(*self.at), 8.5, 8.5)
