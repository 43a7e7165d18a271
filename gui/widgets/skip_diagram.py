"""Residual blocks in a row with their skips as arcs above; a click on an arc cuts it or mends it (lecture row 45)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui import theme

HIGH, BOX_TOP, BOX_HIGH, EDGE, GAP = 104, 56.0, 30.0, 22.0, 16.0


class SkipDiagram(QWidget):
    """Arrow keys go from block to block, Enter or space cuts.

    Signals:
        toggled: (str) the skip of this block is to be cut or mended.
    """

    toggled = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._blocks: tuple[str, ...] = ()
        self._cut: frozenset[str] = frozenset()
        self._at, self._hover = 0, -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HIGH)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(600, HIGH)

    def show_blocks(self, blocks: Sequence[str], cut: frozenset[str]) -> None:
        """These blocks, and which of them have no skip now."""
        self._blocks, self._cut = tuple(blocks), cut
        self.setAccessibleDescription(", ".join(f"{name} {'–' if name in cut else '+'}" for name in blocks))
        self.update()

    def box_of(self, index: int) -> QRectF:
        """Where a block is drawn."""
        count = max(1, len(self._blocks))
        wide = min(64.0, (self.width() - 2 * EDGE - GAP * (count - 1)) / count)
        left = (self.width() - count * wide - (count - 1) * GAP) / 2
        return QRectF(left + index * (wide + GAP), BOX_TOP, wide, BOX_HIGH)

    def _index_at(self, x: float) -> int:
        places = (self.box_of(index) for index in range(len(self._blocks)))
        return next((i for i, box in enumerate(places) if box.left() - GAP / 2 <= x < box.right() + GAP / 2), -1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (index := self._index_at(event.position().x())) >= 0:
            self._at = index
            self.toggled.emit(self._blocks[index])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover = self._index_at(event.position().x())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = -1
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step and 0 <= self._at + step < len(self._blocks):
            self._at += step
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._blocks:
            self.toggled.emit(self._blocks[self._at])
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self._index_at(event.pos().x())
            QToolTip.showText(event.globalPos(), self._blocks[index] if index >= 0 else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        p, now = QPainter(self), theme.current()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, name in enumerate(self._blocks):
            box, cut = self.box_of(index), name in self._cut
            marked = index == self._hover or (self.hasFocus() and index == self._at)
            self._paint_block(p, box, name, marked)
            ink = QColor(now.bad if cut else now.net)
            ink.setAlphaF(1.0 if marked or not cut else 0.75)
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.setPen(QPen(ink, 2.4 if marked else 1.8, Qt.PenStyle.DotLine if cut else Qt.PenStyle.SolidLine))
            p.drawPath(_arc(box))
            p.setFont(theme.font("small", 600))
            middle = QRectF(box.center().x() - 12, BOX_TOP - 52, 24, 18)
            p.drawText(middle, Qt.AlignmentFlag.AlignCenter, "×" if cut else "+x")

    def _paint_block(self, p: QPainter, box: QRectF, name: str, marked: bool) -> None:
        now = theme.current()
        p.setPen(QPen(QColor(now.edge), 1.5))
        p.drawLine(box.topLeft() + QPointF(-GAP, BOX_HIGH / 2), box.topLeft() + QPointF(0, BOX_HIGH / 2))
        p.drawLine(box.topRight() + QPointF(0, BOX_HIGH / 2), box.topRight() + QPointF(GAP, BOX_HIGH / 2))
        p.setBrush(QColor(now.hover if marked else now.raised))
        p.setPen(QPen(QColor(now.edge), 1))
        p.drawRoundedRect(box, 5, 5)
        p.setPen(QColor(now.text))
        p.setFont(theme.font("caption"))
        p.drawText(box, Qt.AlignmentFlag.AlignCenter, name.removeprefix("block").replace("_", "·"))


def _arc(box: QRectF) -> QPainterPath:
    """From before a block over it to behind it."""
    left = QPointF(box.left() - GAP / 2, BOX_TOP + BOX_HIGH / 2)
    right = QPointF(box.right() + GAP / 2, BOX_TOP + BOX_HIGH / 2)
    path = QPainterPath(left)
    path.cubicTo(QPointF(left.x(), BOX_TOP - 44), QPointF(right.x(), BOX_TOP - 44), right)
    return path
