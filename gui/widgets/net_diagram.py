"""A network as blocks to choose from: high as its maps, mint in the front half, iris in the back half."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.live.open_net import Part
from engine.text import same
from gui import theme
from gui.words import say

HIGH, GAP, FOOT, EDGE = 92, 4.0, 20.0, 3.0


class NetDiagram(QWidget):
    """Arrow keys go from layer to layer.

    Signals:
        chosen: (int) another layer.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._parts: tuple[Part, ...] = ()
        self._zeros: tuple[float, ...] = ()
        self._at, self._hover = 0, -1
        self._halves = ("", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HIGH)
        self.setMinimumWidth(300)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(640, HIGH)

    def show_parts(self, parts: Sequence[Part], zeros: Sequence[float], at: int) -> None:
        """Show these layers, the share of zeros in each (nan = none counted), and which is chosen."""
        self._parts, self._zeros, self._at = tuple(parts), tuple(zeros), at
        if parts:
            self.setAccessibleDescription(say(parts[at].name))
        self.update()

    def set_halves(self, front: str, back: str) -> None:
        """What the two halves are called."""
        self._halves = (front, back)
        self.update()

    def _rects(self) -> list[QRectF]:
        count = len(self._parts)
        wide = min(46.0, (self.width() - 2 * EDGE - GAP * (count - 1)) / max(1, count))
        room = HIGH - FOOT
        found = []
        tallest = max((p.shape[-1] for p in self._parts if len(p.shape) == 3), default=1)
        for i, part in enumerate(self._parts):
            side = part.shape[-1] if len(part.shape) == 3 else 1
            high = 14 + (room - 24) * math.log2(1 + side) / math.log2(1 + tallest)
            found.append(QRectF(EDGE + i * (wide + GAP), (room - high) / 2, wide, high))
        return found

    def rect_of(self, index: int) -> QRectF:
        """Where a layer is drawn."""
        return self._rects()[index]

    def _index_at(self, at: QPointF) -> int:
        return next((i for i, r in enumerate(self._rects()) if r.left() - 2 <= at.x() <= r.right() + 2), -1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (index := self._index_at(event.position())) >= 0:
            self.chosen.emit(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover = self._index_at(event.position())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = -1
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step and 0 <= self._at + step < len(self._parts):
            self.chosen.emit(self._at + step)
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self._index_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._tip(index) if index >= 0 else "", self)
            return True
        return super().event(event)

    def _tip(self, index: int) -> str:
        part, zeros = self._parts[index], self._zeros[index]
        words = f"{say(part.name)} · {shape_words(part)} · {part.parameters:,}"
        return words if math.isnan(zeros) else f"{words} · 0: {zeros * 100:.0f}\u2009%"

    def paintEvent(self, event: QPaintEvent) -> None:
        p, now = QPainter(self), theme.current()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        rects = self._rects()
        for i, (part, box) in enumerate(zip(self._parts, rects, strict=True)):
            colour = QColor(now.you if part.back else now.net)
            colour.setAlphaF(1.0 if i == self._at else 0.75 if i == self._hover else 0.5)
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(colour)
            p.drawRoundedRect(box, 3, 3)
            if not math.isnan(self._zeros[i]):
                shade = QColor(now.panel)
                shade.setAlphaF(0.5)
                p.setBrush(shade)
                p.drawRect(box.adjusted(0, box.height() * (1 - self._zeros[i]), 0, 0))
            if i == self._at:
                p.setBrush(Qt.BrushStyle.NoBrush)
                p.setPen(QPen(QColor(now.you if self.hasFocus() else now.text), 2))
                p.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 4, 4)
        self._paint_halves(p, rects)

    def _paint_halves(self, p: QPainter, rects: list[QRectF]) -> None:
        now = theme.current()
        p.setFont(theme.font("caption"))
        for back, words in enumerate(self._halves):
            own = [r for part, r in zip(self._parts, rects, strict=True) if part.back == bool(back)]
            if not own:
                continue
            p.setPen(QColor(now.you if back else now.net))
            left = own[0].left()
            p.drawLine(QPointF(left, HIGH - FOOT + 1), QPointF(own[-1].right(), HIGH - FOOT + 1))
            width = p.fontMetrics().horizontalAdvance(words) + 4
            left = min(left, self.width() - width)
            p.drawText(QRectF(left, HIGH - FOOT + 2, width, FOOT - 2), Qt.AlignmentFlag.AlignVCenter, words)


def as_part(name: str, shape: tuple[int, ...], parameters: int, back: bool) -> Part:
    """A layer that was only counted, as the diagram takes it."""
    return Part(name, same(name), "dense" if back else "conv", back, shape, parameters, 0)


def shape_words(part: Part) -> str:
    """ "24 × 56 × 56", or "1,000"."""
    return " × ".join(f"{n:,}" for n in part.shape)
