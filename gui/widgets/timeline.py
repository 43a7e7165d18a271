"""Years as dots on a line, one of them chosen; click or arrow keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme

HIGH, LINE, DOT = 74, 40.0, 7.0


class Timeline(QWidget):
    """Names over their years. The places are even; a gap of more than five years is drawn dotted.

    Signals:
        chosen: (int) another place.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._items: tuple[tuple[int, str], ...] = ()
        self._at = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HIGH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(600, HIGH)

    def show_items(self, items: Sequence[tuple[int, str]]) -> None:
        """(year, name) of each place, in order."""
        self._items = tuple(items)
        self.choose(min(self._at, max(0, len(items) - 1)))

    def choose(self, at: int) -> None:
        """Mark a place without telling anybody."""
        self._at = at
        if self._items:
            year, name = self._items[at]
            self.setAccessibleDescription(f"{name}, {year}")
        self.update()

    def place_of(self, index: int) -> QPointF:
        """Where a dot lies."""
        step = self.width() / max(1, len(self._items))
        return QPointF(step * (index + 0.5), LINE)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._items:
            self._pick(int(event.position().x() * len(self._items) / max(1, self.width())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self._pick(self._at + step)
        else:
            super().keyPressEvent(event)

    def _pick(self, index: int) -> None:
        if 0 <= index < len(self._items) and index != self._at:
            self.choose(index)
            self.chosen.emit(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        p, now = QPainter(self), theme.current()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(len(self._items) - 1):
            far = self._items[index + 1][0] - self._items[index][0] > 5
            p.setPen(QPen(QColor(now.edge), 2, Qt.PenStyle.DotLine if far else Qt.PenStyle.SolidLine))
            p.drawLine(self.place_of(index) + QPointF(DOT + 4, 0), self.place_of(index + 1) - QPointF(DOT + 4, 0))
        for index, (year, name) in enumerate(self._items):
            self._paint_place(p, self.place_of(index), (str(year), name), index == self._at)

    def _paint_place(self, p: QPainter, at: QPointF, words: tuple[str, str], chosen: bool) -> None:
        now, wide = theme.current(), self.width() / len(self._items)
        ink = now.you if chosen and self.hasFocus() else now.net if chosen else now.faint
        p.setPen(QPen(QColor(ink), 2))
        p.setBrush(QColor(ink) if chosen else QColor(now.panel))
        p.drawEllipse(at, DOT, DOT)
        p.setFont(theme.font("body", 600 if chosen else 500))
        p.setPen(QColor(now.text if chosen else now.dim))
        p.drawText(QRectF(at.x() - wide / 2, 4, wide, 24), Qt.AlignmentFlag.AlignCenter, words[1])
        p.setFont(theme.font("caption"))
        p.setPen(QColor(now.faint))
        p.drawText(QRectF(at.x() - wide / 2, LINE + DOT + 4, wide, 18), Qt.AlignmentFlag.AlignCenter, words[0])
