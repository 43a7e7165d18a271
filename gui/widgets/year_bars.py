"""One bar a year with a dashed level across: lower is better. Click or arrow keys choose a bar."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui import theme

FOOT, TOP, SIDE = 24.0, 22.0, 10.0


class YearBars(QWidget):
    """Values from a lecture in sand; those that are not neural networks are paler and hatched.

    Signals:
        chosen: (int) another bar.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._bars: tuple[tuple[str, str, float, bool], ...] = ()
        self._level, self._level_name, self._at = 0.0, "", 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(180)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(600, 300)

    def show_bars(self, bars: Sequence[tuple[str, str, float, bool]], level: float, level_name: str, at: int) -> None:
        """(below, name, value in per cent, full colour) of each bar, the dashed level, and which one is chosen."""
        self._bars, self._level, self._level_name, self._at = tuple(bars), level, level_name, at
        said = "; ".join(f"{below} {name} {value:g} %" for below, name, value, _ in bars)
        self.setAccessibleDescription(f"{said}; {level_name}")
        self.update()

    def rect_of(self, index: int) -> QRectF:
        """Where a bar stands."""
        step = (self.width() - 2 * SIDE) / max(1, len(self._bars))
        room = self.height() - FOOT - TOP
        most = max((value for _, _, value, _ in self._bars), default=1.0)
        high = max(2.0, room * self._bars[index][2] / most)
        wide = min(56.0, step * 0.62)
        return QRectF(SIDE + step * (index + 0.5) - wide / 2, TOP + room - high, wide, high)

    def _index_at(self, x: float) -> int:
        return int((x - SIDE) * len(self._bars) / max(1.0, self.width() - 2 * SIDE))

    def _pick(self, index: int) -> None:
        if 0 <= index < len(self._bars) and index != self._at:
            self._at = index
            self.update()
            self.chosen.emit(index)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pick(self._index_at(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self._pick(self._at + step)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self._index_at(event.pos().x())
            words = ""
            if 0 <= index < len(self._bars):
                below, name, value, _ = self._bars[index]
                words = f"{below} · {name} · {value:g}\u2009%"
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._bars:
            return
        p, now = QPainter(self), theme.current()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, (below, _, value, full) in enumerate(self._bars):
            box, chosen = self.rect_of(index), index == self._at
            colour = QColor(now.slide)
            colour.setAlphaF(1.0 if chosen else 0.62 if full else 0.4)
            p.setPen(QPen(QColor(now.you if self.hasFocus() else now.text), 2) if chosen else Qt.PenStyle.NoPen)
            p.setBrush(colour)
            p.drawRoundedRect(box, 3, 3)
            room = QRectF(box.center().x() - 50, box.top() - TOP, 100, TOP - 2)
            p.setFont(theme.font("small", 600 if chosen else 500))
            p.setPen(QColor(now.text if chosen else now.dim))
            p.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, f"{value:g}\u2009%")
            p.setFont(theme.font("caption"))
            p.setPen(QColor(now.faint))
            foot = QRectF(box.center().x() - 50, self.height() - FOOT + 4, 100, FOOT - 4)
            p.drawText(foot, Qt.AlignmentFlag.AlignHCenter, below)
        self._paint_level(p)

    def _paint_level(self, p: QPainter) -> None:
        now = theme.current()
        most = max(value for _, _, value, _ in self._bars)
        y = TOP + (self.height() - FOOT - TOP) * (1 - self._level / most)
        p.setPen(QPen(QColor(now.good), 1.5, Qt.PenStyle.DashLine))
        p.drawLine(int(SIDE), int(y), int(self.width() - SIDE), int(y))
        p.setFont(theme.font("caption", 600))
        p.setPen(QColor(now.good))
        wide = p.fontMetrics().horizontalAdvance(self._level_name) + 8
        box = QRectF(self.width() - SIDE - wide, y - 20, wide, 18)
        p.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._level_name)
