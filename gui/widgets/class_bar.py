"""The classes of a set, each with its count: a filter to click and a histogram to read at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui import theme

CELL, GAP, HEIGHT = 54, 6, 46  # logical pixels at type scale 1; CELL is the narrowest


class ClassBar(QWidget):
    """One cell a class. A click shows only that class, Ctrl+click adds or takes one away.

    Signals:
        changed: (frozenset of int) the classes now picked; empty means all are shown.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: list[str] = []
        self._counts: list[int] = []
        self._picked: frozenset[int] = frozenset()
        self._at, self._hover = 0, -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_classes(self, names: Sequence[str], counts: Sequence[int]) -> None:
        """Name the classes and how many pictures each has; a picked class stays picked if it still exists."""
        self._names, self._counts = list(names), [int(count) for count in counts]
        self._picked = frozenset(i for i in self._picked if i < len(self._names))
        self._at = min(self._at, max(0, len(self._names) - 1))
        self.updateGeometry()
        self._tell()

    @property
    def picked(self) -> frozenset[int]:
        """The classes shown; empty when all are."""
        return self._picked

    def pick(self, classes: frozenset[int]) -> None:
        """Show only these classes, without telling anybody; all of them is the same as none."""
        self._picked = frozenset() if len(classes) == len(self._names) else classes
        self._tell()

    def _tell(self) -> None:
        """Say in words what can be seen, for a screen reader."""
        words = (f"{self._names[i]} {self._counts[i]:,}" for i in sorted(self._picked or range(len(self._names))))
        self.setAccessibleDescription(", ".join(words))
        self.update()

    def _toggle(self, index: int, add: bool) -> None:
        if add:
            self.pick(self._picked ^ {index})
        else:
            self.pick(frozenset() if self._picked == {index} else frozenset({index}))
        self._at = index
        self.changed.emit(self._picked)

    # Geometry

    @staticmethod
    def _high() -> int:
        return round(HEIGHT * theme.scale())

    def _columns(self, width: int) -> int:
        most = max(1, int((width + GAP) // (CELL * theme.scale() + GAP)))
        return max(1, min(most, len(self._names)))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = -(-len(self._names) // self._columns(width)) or 1
        return rows * (self._high() + GAP) - GAP

    def sizeHint(self) -> QSize:
        return QSize(400, self.heightForWidth(max(self.width(), 400)))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self._high())

    def rect_of(self, index: int) -> QRectF:
        """Where a class is in the widget."""
        columns = self._columns(self.width())
        width = (self.width() + GAP) / columns - GAP
        high = self._high()
        return QRectF(index % columns * (width + GAP), index // columns * (high + GAP), width, high)

    def _index_at(self, point: QPointF) -> int:
        return next((i for i in range(len(self._names)) if self.rect_of(i).contains(point)), -1)

    # Hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._index_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and index >= 0:
            self._toggle(index, bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover = self._index_at(event.position())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = -1
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        columns = self._columns(self.width())
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -columns, Qt.Key.Key_Down: columns}
        key = Qt.Key(event.key())
        if key in steps and 0 <= self._at + steps[key] < len(self._names):
            self._at += steps[key]
            self.update()
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._names:
            self._toggle(self._at, bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        else:
            event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()  # the size of type may have changed

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            index = self._index_at(QPointF(event.pos()))
            total = max(1, sum(self._counts))
            words = (
                f"{self._names[index]}: {self._counts[index]:,} ({self._counts[index] / total:.1%})"
                if index >= 0
                else ""
            )
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    # Paint

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(len(self._names)):
            self._paint_cell(p, index)

    def _paint_cell(self, p: QPainter, index: int) -> None:
        now, cell = theme.current(), self.rect_of(index)
        on, off = index in self._picked, bool(self._picked) and index not in self._picked
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(now.you_soft if on else now.hover if index == self._hover else now.raised))
        p.drawRoundedRect(cell, 6, 6)
        self._paint_words(p, cell, index, now.dim if off else now.text)
        self._paint_count(p, cell, index, faded=off)
        if on or (self.hasFocus() and index == self._at):
            width = 2 if self.hasFocus() and index == self._at else 1
            p.setPen(QPen(QColor(now.you), width))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawRoundedRect(cell.adjusted(width / 2, width / 2, -width / 2, -width / 2), 6, 6)

    def _paint_words(self, p: QPainter, cell: QRectF, index: int, ink: str) -> None:
        room, line = cell.adjusted(8, 5, -6, 0), 15 * theme.scale()
        for size, weight, colour, y, words in (
            (12, 600, ink, 0, self._names[index]),
            (11, 400, theme.current().dim, line, f"{self._counts[index]:,}"),
        ):
            p.setFont(theme.font(size, weight))
            p.setPen(QColor(colour))
            words = QFontMetricsF(p.font()).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            p.drawText(QRectF(room.x(), room.y() + y, room.width(), line), Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_count(self, p: QPainter, cell: QRectF, index: int, *, faded: bool) -> None:
        """A bar from zero to the largest class."""
        now, width = theme.current(), cell.width() - 16
        colours = [*now.series, now.warn, now.dim]
        p.setPen(Qt.PenStyle.NoPen)
        track = QRectF(cell.x() + 8, cell.bottom() - 9, width, 3)
        p.setBrush(QColor(now.hover if index != self._hover else now.line))
        p.drawRoundedRect(track, 1.5, 1.5)
        colour = QColor(colours[index % len(colours)])
        colour.setAlphaF(0.35 if faded else 1.0)
        p.setBrush(colour)
        share = self._counts[index] / max(1, *self._counts)
        if share > 0:
            p.drawRoundedRect(QRectF(track.x(), track.y(), max(3.0, width * share), 3), 1.5, 1.5)
