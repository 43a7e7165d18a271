"""Photographs with a network's answers: a row or a wall to choose from, and one of them large."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.glance_paint import ANSWER, Painted, fit, paint_glance
from gui.widgets.photo_marks import TAG

GAP, LOW, WIDE = 8, 96, 150  # logical pixels: between tiles, and the least of a tile
SHAPE = 0.75  # height of a tile as a share of its width


class GlanceTiles(QWidget):
    """Some photographs side by side, each with its figure; one is chosen.

    wall: as many rows as are needed, for a scroll area; else one row in the room there is.

    Signals:
        chosen: (int) another photograph.
        opened: Enter or a double click.
    """

    chosen = Signal(int)
    opened = Signal()

    def __init__(self, *, wall: bool = False) -> None:
        super().__init__()
        self._wall, self._way, self._at = wall, ANSWER, 0
        self.shown: list[Painted] = []
        self._words: list[str] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_glances(self, shown: Sequence[Painted]) -> None:
        """Show these; the chosen place stays where it can."""
        self.shown = list(shown)
        self._words = [_figure_words(one) for one in self.shown]
        self._at = min(self._at, max(0, len(self.shown) - 1))
        if self._wall:
            self.setMinimumHeight(round(self._rows() * (self._tile_height() + GAP)))
        self.setAccessibleDescription(", ".join(self._words))
        self.update()

    def show_way(self, way: int) -> None:
        """ANSWER, TRUTH or ERRORS of `glance_paint`."""
        self._way = way
        self.update()

    @property
    def at(self) -> int:
        """The chosen one."""
        return self._at

    def choose(self, at: int) -> None:
        """Choose one as a person does."""
        if 0 <= at < len(self.shown):
            self._at = at
            self.update()
            self.chosen.emit(at)

    # Geometry

    def _columns(self) -> int:
        if not self.shown:
            return 1
        width = WIDE if self._wall else max(LOW, (self.height() - 2) / SHAPE)
        most = max(1, int((self.width() + GAP) // (width + GAP)))
        return min(most, len(self.shown))

    def _rows(self) -> int:
        return -(-len(self.shown) // self._columns()) if self._wall else 1

    def _tile_width(self) -> float:
        columns = self._columns()
        return (self.width() - GAP * (columns - 1)) / columns

    def _tile_height(self) -> float:
        return SHAPE * self._tile_width() if self._wall else float(self.height())

    def tile(self, index: int) -> QRectF:
        """Where a photograph lies; empty where there is no room for it."""
        row, column = divmod(index, self._columns())
        if row and not self._wall:
            return QRectF()
        width, height = self._tile_width(), self._tile_height()
        return QRectF(column * (width + GAP), row * (height + GAP), width, height)

    def sizeHint(self) -> QSize:
        return QSize(400, 130)

    # Painting and choosing

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        seen = QRectF(event.rect())
        for index, one in enumerate(self.shown):
            room = self.tile(index)
            if not room.isEmpty() and room.intersects(seen):
                self._paint(p, one, room, index)

    def _paint(self, p: QPainter, one: Painted, room: QRectF, index: int) -> None:
        now, inks = theme.current(), theme.TOKENS["dark"]
        target = fit(room, one.image.width(), one.image.height())
        paint_glance(p, one, target, self._way, tags=False)
        if words := self._words[index]:
            p.setFont(theme.font(11, 600))
            width = p.fontMetrics().horizontalAdvance(words) + 12
            tag = QRectF(target.right() - width - 3, target.bottom() - 21, width, 18)
            ground = QColor(inks["ink"])
            ground.setAlphaF(TAG)
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(ground)
            p.drawRoundedRect(tag, 3, 3)
            p.setPen(QColor(inks["text"]))
            p.drawText(tag, Qt.AlignmentFlag.AlignCenter, words)
        if index == self._at:
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.setPen(QPen(QColor(now.you), 3 if self.hasFocus() else 2))
            p.drawRect(target.adjusted(1, 1, -1, -1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for index in range(len(self.shown)):
            if self.tile(index).contains(event.position()):
                self.choose(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if self._wall:
            moves |= {Qt.Key.Key_Up: -self._columns(), Qt.Key.Key_Down: self._columns()}
        key = Qt.Key(event.key())
        if key in moves:
            self.choose(self._at + moves[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._wall:
            self.setMinimumHeight(round(self._rows() * (self._tile_height() + GAP)))


def _figure_words(one: Painted) -> str:
    """What stands in the corner: counts of right, wrong and missed boxes, or the figure of the mask."""
    if one.judged is not None:
        right, wrong, missed = one.counts
        return f"TP {right} · FP {wrong} · FN {missed}"
    return f"{100 * one.glance.figure:.0f}\u2009%" if isfinite(one.glance.figure) else ""


class GlanceView(QWidget):
    """One photograph as large as the room allows."""

    def __init__(self) -> None:
        super().__init__()
        self._one: Painted | None = None
        self._way = ANSWER
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_glance(self, one: Painted | None, way: int) -> None:
        """Show this one; None for nothing."""
        self._one, self._way = one, way
        self.update()

    @property
    def shown(self) -> Painted | None:
        """The one that is shown."""
        return self._one

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        if self._one is None:
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(theme.current().well))
            p.drawRoundedRect(QRectF(self.rect()), 8, 8)
            return
        room = QRectF(self.rect())
        paint_glance(p, self._one, fit(room, self._one.image.width(), self._one.image.height()), self._way, tags=True)
