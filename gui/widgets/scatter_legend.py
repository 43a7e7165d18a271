"""The classes of a scatter map with their marks; a click hides a class or shows it again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.controls import LOOK_CHANGED
from gui.widgets.images import to_image
from gui.widgets.scatter_paint import palette, shapes, stamp

HIGH, NARROWEST, WIDEST = 24, 52, 170  # logical pixels of a name at type scale 1
MOST_ROWS = 3
_MARK = 4.6  # radius of a mark, in logical pixels


class ScatterLegend(QWidget):
    """Names in columns; arrows move, Space hides and shows. What does not fit is counted in the last place.

    Signals:
        changed: (object) frozenset of the classes now hidden.
    """

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._names: dict[int, str] = {}  # by class, those that occur
        self._classes = 0
        self._hidden: frozenset[int] = frozenset()
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_classes(self, names: dict[int, str], classes: int) -> None:
        """Name the classes that occur, of `classes` in all; number `classes` itself is what has no class."""
        self._names, self._classes = dict(names), classes
        self._hidden &= frozenset(names)
        self._at = min(self._at, max(0, len(names) - 1))
        self._tell()
        self._fit()

    @property
    def hidden(self) -> frozenset[int]:
        """The classes not shown."""
        return self._hidden

    def show_all(self) -> None:
        """Hide none, without telling anybody."""
        self._hidden = frozenset()
        self._tell()

    def _tell(self) -> None:
        shown = (name for number, name in self._names.items() if number not in self._hidden)
        self.setAccessibleDescription(", ".join(shown))
        self.update()

    def _toggle(self, place: int) -> None:
        self._at = place
        self._hidden ^= {self._order()[place]}
        self._tell()
        self.changed.emit(self._hidden)

    def _order(self) -> Sequence[int]:
        return list(self._names)

    # Geometry

    def _columns(self) -> int:
        metrics = QFontMetricsF(theme.font("small"))
        longest = max((metrics.horizontalAdvance(name) for name in self._names.values()), default=0.0)
        cell = min(max(longest + 30, NARROWEST), WIDEST * theme.scale())
        return max(1, min(int(self.width() // cell), len(self._names) or 1))

    def _rows(self) -> int:
        return min(MOST_ROWS, -(-len(self._names) // self._columns()))

    def _room(self) -> int:
        return min(len(self._names), self._rows() * self._columns())

    def _fit(self) -> None:
        self.setFixedHeight(max(1, round(self._rows() * HIGH * theme.scale())))

    def sizeHint(self) -> QSize:
        return QSize(300, round(max(1, self._rows()) * HIGH * theme.scale()))

    def rect_of(self, place: int) -> QRectF:
        """Where the name at a place stands."""
        columns, high = self._columns(), HIGH * theme.scale()
        width = min(self.width() / columns, WIDEST * theme.scale())
        return QRectF(place % columns * width, place // columns * high, width, high)

    # Hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for place in range(self._toggled_room()):
            if self.rect_of(place).contains(event.position()):
                self._toggle(place)
                return

    def _toggled_room(self) -> int:
        """How many places are names: the last one counts what is left out, if anything is."""
        room = self._room()
        return room if room == len(self._names) else room - 1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        columns, last = self._columns(), self._toggled_room() - 1
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -columns, Qt.Key.Key_Down: columns}
        if last >= 0 and (step := steps.get(Qt.Key(event.key()))):
            self._at = min(max(self._at + step, 0), last)
            self.update()
        elif last >= 0 and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._toggle(min(self._at, last))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in LOOK_CHANGED:
            self._fit()
            self.update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setFont(theme.font("small"))
        order, named = self._order(), self._toggled_room()
        for place in range(named):
            self._paint_name(p, self.rect_of(place), order[place], focus=self.hasFocus() and place == self._at)
        if named < len(order):
            p.setPen(QColor(theme.current().faint))
            p.drawText(
                self.rect_of(named).adjusted(20, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, f"+ {len(order) - named}"
            )

    def _paint_name(self, p: QPainter, r: QRectF, number: int, *, focus: bool) -> None:
        now, hidden = theme.current(), number in self._hidden
        if focus:
            p.setPen(QPen(QColor(now.you), 2))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawRoundedRect(r.adjusted(1, 2, -5, -2), 5, 5)
        self._paint_mark(p, r, number, hidden=hidden)
        p.setPen(QColor(now.faint if hidden else now.text))
        font = theme.font("small")
        font.setStrikeOut(hidden)  # not colour alone
        p.setFont(font)
        metrics = QFontMetricsF(font)
        name = metrics.elidedText(self._names[number], Qt.TextElideMode.ElideRight, r.width() - 28)
        p.drawText(r.adjusted(20, 0, -6, 0), Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_mark(self, p: QPainter, r: QRectF, number: int, *, hidden: bool) -> None:
        """The same mark as on the map, larger, painted at twice its size so that it stays sharp."""
        mark = stamp(int(shapes(self._classes)[number]), 2 * _MARK)
        ink = palette(self._classes, strength=0.25 if hidden else 1.0)[number]
        paper = QColor(theme.current().panel)
        ground = (paper.red(), paper.green(), paper.blue())
        share = mark[..., None] / mark.max()
        image = to_image((ink * share + (1 - share) * ground).round().astype("uint8"))
        side = len(mark) / 2
        p.drawImage(QRectF(r.x() + 10 - side / 2, r.center().y() - side / 2, side, side), image)
