"""The pad a person draws on with mouse, pen or finger: strokes in iris, ink for the network."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
    QTabletEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.controls import LOOK_CHANGED

INK = 280  # pixels of the ink picture, ten for each of the network's
PEN = 22  # ink pixels wide: about two of the network's pixels, like the pens of MNIST
_PRESS, _RELEASE = QEvent.Type.TabletPress, QEvent.Type.TabletRelease
_CLEARING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class DrawPad(QWidget):
    """A square to draw in.

    Strokes are kept as points in [0, 1]; the ink picture and the picture on the screen grow by one
    segment with every move, so that a long drawing costs no more than a short one.

    Signals:
        drawn: (ndarray (280, 280) uint8, 0 empty, 255 ink) after every move and at the end of a stroke.
        stroke_ended: the pen was lifted.
        cleared: nothing is drawn any more.
    """

    drawn = Signal(object)
    stroke_ended = Signal()
    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)
        self.setMinimumSize(120, 120)
        self._strokes: list[list[QPointF]] = []
        self._drawing = False
        self._ink = _empty_ink()
        self._screen = QPixmap()
        self.retranslate()

    def retranslate(self) -> None:
        self._hint = self.tr("Draw here")
        self.setAccessibleName(self.tr("Drawing pad"))
        self.setAccessibleDescription(self.tr("Draw a digit with the mouse or a pen. Delete clears it."))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(348, 348)

    @property
    def empty(self) -> bool:
        """True before the first stroke."""
        return not self._strokes

    def ink(self) -> np.ndarray:
        """(280, 280) uint8, 0 empty, 255 ink; a copy."""
        lines = np.frombuffer(self._ink.constBits(), np.uint8).reshape(INK, self._ink.bytesPerLine())
        return lines[:, :INK].copy()

    def strokes(self) -> list[list[tuple[float, float]]]:
        """What was drawn, as points in [0, 1]."""
        return [[(q.x(), q.y()) for q in stroke] for stroke in self._strokes]

    def clear(self) -> None:
        """Take everything away."""
        self._strokes.clear()
        self._drawing = False
        self._ink = _empty_ink()
        self._screen = QPixmap()
        self.update()
        self.cleared.emit()

    def draw(self, strokes: Sequence[Sequence[tuple[float, float]]]) -> None:
        """Draw as a hand would: `strokes` of points in [0, 1]; each stroke is announced when it ends."""
        for stroke in strokes:
            self._begin(QPointF(*stroke[0]))
            for x, y in stroke[1:]:
                self._go_to(QPointF(x, y))
            self._end()

    def _begin(self, at: QPointF) -> None:
        self._drawing = True
        self._strokes.append([at])
        self._ink_line(at, at)

    def _go_to(self, to: QPointF) -> None:
        stroke = self._strokes[-1]
        self._ink_line(stroke[-1], to)
        stroke.append(to)

    def _end(self) -> None:
        self._drawing = False
        self.drawn.emit(self.ink())
        self.stroke_ended.emit()

    def _ink_line(self, a: QPointF, b: QPointF) -> None:
        p = QPainter(self._ink)
        _line(p, a, b, side=float(INK), colour=QColor(Qt.GlobalColor.white))
        p.end()
        self._screen_line(a, b)

    def _screen_line(self, a: QPointF, b: QPointF) -> None:
        if self._screen.isNull():
            self._redraw()
            return
        p = QPainter(self._screen)
        side, corner = self._square()
        p.translate(corner)
        _line(p, a, b, side=side, colour=QColor(theme.current().you))
        p.end()
        self.update()

    def _redraw(self) -> None:
        """Paint all strokes anew: another size, another theme."""
        ratio = self.devicePixelRatioF()
        self._screen = QPixmap(max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio)))
        self._screen.setDevicePixelRatio(ratio)
        self._screen.fill(Qt.GlobalColor.transparent)
        p = QPainter(self._screen)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, corner = self._square()
        p.translate(corner)
        p.setPen(_pen(side, QColor(theme.current().you)))
        for stroke in self._strokes:
            points = [QPointF(q.x() * side, q.y() * side) for q in stroke]
            p.drawPolyline(QPolygonF(points if len(points) > 1 else points * 2))
        p.end()
        self.update()

    def _square(self) -> tuple[float, QPointF]:
        """Side and corner of the drawing in the widget."""
        side = float(min(self.width(), self.height()))
        return side, QPointF((self.width() - side) / 2, (self.height() - side) / 2)

    def _place(self, at: QPointF) -> QPointF:
        side, corner = self._square()
        x, y = (at.x() - corner.x()) / side, (at.y() - corner.y()) / side
        return QPointF(min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(self._place(event.position()))
            self.drawn.emit(self.ink())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drawing:
            self._go_to(self._place(event.position()))
            self.drawn.emit(self.ink())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drawing and event.button() == Qt.MouseButton.LeftButton:
            self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        at = self._place(event.position())
        if event.type() == _PRESS:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._begin(at)
            self.drawn.emit(self.ink())
        elif event.type() == _RELEASE and self._drawing:
            self._end()
        elif self._drawing:
            self._go_to(at)
            self.drawn.emit(self.ink())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _CLEARING:
            self.clear()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._screen = QPixmap()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in LOOK_CHANGED:
            self._screen = QPixmap()
        elif event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def paintEvent(self, event: QPaintEvent) -> None:
        now, (side, corner) = theme.current(), self._square()
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(QPen(QColor(now.you), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        p.setBrush(QColor(now.well))
        square = QRectF(corner.x(), corner.y(), side, side)
        p.drawRoundedRect(square.adjusted(1, 1, -1, -1) if self.hasFocus() else square, 8, 8)
        p.setPen(QPen(QColor(now.line), 1))
        for i in range(1, 4):
            x, y = square.x() + side * i / 4, square.y() + side * i / 4
            p.drawLine(QPointF(x, square.y() + 10), QPointF(x, square.bottom() - 10))
            p.drawLine(QPointF(square.x() + 10, y), QPointF(square.right() - 10, y))
        if self.empty:
            self._paint_hint(p, square)
            return
        if self._screen.isNull():
            self._redraw()
        p.drawPixmap(0, 0, self._screen)

    def _paint_hint(self, p: QPainter, r: QRectF) -> None:
        now = theme.current()
        p.setPen(Qt.PenStyle.NoPen)
        p.drawRoundedRect(QRectF(r.center().x() - 64, r.center().y() - 42, 128, 76), 8, 8)  # no rule through the words
        p.drawPixmap(QPointF(r.center().x() - 14, r.center().y() - 34), theme.pixmap("pencil-simple", now.you, 28))
        p.setPen(QColor(now.dim))
        p.setFont(theme.font("lead" if r.width() > 220 else "body", 500))
        p.drawText(r.translated(0, 14), Qt.AlignmentFlag.AlignCenter, self._hint)


def _empty_ink() -> QImage:
    ink = QImage(INK, INK, QImage.Format.Format_Grayscale8)
    ink.fill(0)
    return ink


def _pen(side: float, colour: QColor) -> QPen:
    width = side * PEN / INK
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _line(p: QPainter, a: QPointF, b: QPointF, *, side: float, colour: QColor) -> None:
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setPen(_pen(side, colour))
    p.drawPolyline(QPolygonF([a * side, b * side]) if a != b else QPolygonF([a * side, a * side + QPointF(0.01, 0)]))
