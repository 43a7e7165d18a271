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
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui import theme

CELL, GAP, HEIGHT = 54, 6, 46  # logical pixels at type scale 1; CELL is the narrowest
WIDEST = 92  # as far as cells grow to show long names


class ClassBar(QWidget):
    """One cell a class. A click shows only that class, Ctrl+click adds or takes one away.

    Of many classes `most_rows` rows are in view; the wheel and the arrows move to the others.

    Signals:
        changed: (frozenset of int) the classes now picked; empty means all are shown.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, most_rows: int = 0) -> None:
        super().__init__(parent)
        self._names: list[str] = []
        self._counts: list[int] = []
        self._words: list[str] = []
        self._colours: list[str] = []
        self._most_rows, self._first, self._cell = most_rows, 0, CELL
        self._picked: frozenset[int] = frozenset()
        self._at, self._hover = 0, -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_classes(
        self,
        names: Sequence[str],
        counts: Sequence[int],
        *,
        words: Sequence[str] = (),
        colours: Sequence[str] = (),
    ) -> None:
        """Name the classes and how many pictures each has; a picked class stays picked if it still exists.

        words:   what to write instead of the counts. colours: of the bars; else the theme's series.
        """
        self._names, self._counts = list(names), [int(count) for count in counts]
        self._words = list(words) or [f"{count:,}" for count in self._counts]
        self._colours = list(colours)
        self._picked = frozenset(i for i in self._picked if i < len(self._names))
        self._at = min(self._at, max(0, len(self._names) - 1))
        self._first = 0
        self._measure()
        self._tell()

    def _measure(self) -> None:
        """Cells as wide as the longest name, within bounds."""
        metrics = QFontMetricsF(theme.font(12, 600))
        longest = max((metrics.horizontalAdvance(name) for name in self._names), default=0.0)
        self._cell = round(min(max(CELL, longest / theme.scale() + 15), WIDEST))
        self.updateGeometry()

    @property
    def rows(self) -> int:
        """How many rows all classes take."""
        return -(-len(self._names) // self._columns(self.width())) or 1

    @property
    def hides_some(self) -> bool:
        """True when not all classes are in view."""
        return bool(self._most_rows) and self.rows > self._most_rows

    def _scroll_to(self, first: int) -> None:
        last = max(0, self.rows - self._most_rows) if self._most_rows else 0
        self._first = min(max(first, 0), last)
        self.update()

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
        words = (f"{self._names[i]} {self._words[i]}" for i in sorted(self._picked or range(len(self._names))))
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
        most = max(1, int((width + GAP) // (self._cell * theme.scale() + GAP)))
        return max(1, min(most, len(self._names)))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = -(-len(self._names) // self._columns(width)) or 1
        rows = min(rows, self._most_rows) if self._most_rows else rows
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
        return QRectF(index % columns * (width + GAP), (index // columns - self._first) * (high + GAP), width, high)

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
            row = self._at // columns
            if self._most_rows and not self._first <= row < self._first + self._most_rows:
                self._scroll_to(row if row < self._first else row - self._most_rows + 1)
            self.update()
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._names:
            self._toggle(self._at, bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.hides_some:
            event.ignore()
            return
        self._scroll_to(self._first - (1 if event.angleDelta().y() > 0 else -1))
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()  # the size of type may have changed

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            index = self._index_at(QPointF(event.pos()))
            total = max(1, sum(self._counts))
            words = (
                f"{self._names[index]}: {self._words[index]} ({self._counts[index] / total * 100:.1f}\u2009%)"
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
        columns, seen = self._columns(self.width()), QRectF(self.rect())
        last = (self._first + self._most_rows) * columns if self._most_rows else len(self._names)
        for index in range(self._first * columns, min(last, len(self._names))):
            self._paint_cell(p, index)
        if self.hides_some:  # how far down the rows in view are
            now, share = theme.current(), self._most_rows / self.rows
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(now.edge))
            top = seen.height() * self._first / self.rows
            p.drawRoundedRect(QRectF(seen.right() - 2, top, 2, max(10.0, seen.height() * share)), 1, 1)

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
            (11, 400, theme.current().dim, line, self._words[index]),
        ):
            p.setFont(theme.font(size, weight))
            p.setPen(QColor(colour))
            words = QFontMetricsF(p.font()).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            p.drawText(QRectF(room.x(), room.y() + y, room.width(), line), Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_count(self, p: QPainter, cell: QRectF, index: int, *, faded: bool) -> None:
        """A bar from zero to the largest class."""
        now, width = theme.current(), cell.width() - 16
        colours = self._colours or now.series
        p.setPen(Qt.PenStyle.NoPen)
        track = QRectF(cell.x() + 8, cell.bottom() - 9, width, 3)
        p.setBrush(QColor(now.hover if index != self._hover else now.line))
        p.drawRoundedRect(track, 1.5, 1.5)
        colour = QColor(colours[index % len(colours)])
        colour.setAlphaF(0.35 if faded else 1.0)
        p.setBrush(colour)
        share = self._counts[index] / max(1, *self._counts)
        if share > 0:
            long = max(3.0, width * share)
            if index < len(colours):
                p.drawRoundedRect(QRectF(track.x(), track.y(), long, 3), 1.5, 1.5)
            else:  # its colour is that of another class, as on the map, where such a class has rings: here dashes
                for x in range(0, int(long), 6):
                    p.drawRect(QRectF(track.x() + x, track.y(), min(3.0, long - x), 3))
