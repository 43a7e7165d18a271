"""The row of chapters: a word each, its paper's year below, and after it was played the time measured here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.text import Text
from gui import theme
from gui.widgets.controls import LOOK_CHANGED
from gui.words import say

HIGH, PAD, GAP = 44, 6, 2


class ChapterRow(QWidget):
    """One of several chapters is chosen; Left and Right move.

    Signals:
        chosen: (int) a person chose another one.
    """

    chosen = Signal(int)

    def __init__(self, names: Sequence[Text], years: Sequence[int]) -> None:
        super().__init__()
        self._names, self._years = tuple(names), tuple(years)
        self._times = [""] * len(names)
        self._at, self._under = 0, -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(round(HIGH * theme.scale()))
        self.setMinimumWidth(round(sum(self._widths())) + GAP * (len(self._names) - 1))
        self.update()

    def _widths(self) -> list[float]:
        metrics = QFontMetricsF(theme.font("small", 600))
        return [metrics.horizontalAdvance(say(name)) + 2 * PAD for name in self._names]

    def sizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), self.height())

    @property
    def index(self) -> int:
        """The chosen one."""
        return self._at

    def choose(self, index: int) -> None:
        """Choose one without telling anybody."""
        self._at = index
        self.setAccessibleDescription(say(self._names[index]))
        self.update()

    def show_time(self, index: int, words: str) -> None:
        """What the chapter took here, in place of the year."""
        self._times[index] = words
        self.update()

    def places(self) -> list[QRectF]:
        """Where each chapter is: as wide as its word, and what is left over shared out."""
        widths = self._widths()
        spare = max(0.0, self.width() - sum(widths) - GAP * (len(widths) - 1)) / len(widths)
        found, x = [], 0.0
        for width in widths:
            found.append(QRectF(x, 0, width + spare, self.height()))
            x += width + spare + GAP
        return found

    def _index_at(self, at: QPointF) -> int:
        return next((i for i, place in enumerate(self.places()) if place.contains(at)), -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._under = self._index_at(event.position())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._under = -1
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._ask(self._index_at(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._ask(self._at + step)

    def _ask(self, index: int) -> None:
        if 0 <= index < len(self._names) and index != self._at:
            self.choose(index)
            self.chosen.emit(index)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (*LOOK_CHANGED, QEvent.Type.LanguageChange):
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        p, now = QPainter(self), theme.current()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, place in enumerate(self.places()):
            on = index == self._at
            p.setPen(Qt.PenStyle.NoPen)
            if on or index == self._under:
                p.setBrush(QColor(now.you_soft if on else now.hover))
                p.drawRoundedRect(place, 6, 6)
            if on and self.hasFocus():
                p.setBrush(Qt.BrushStyle.NoBrush)
                p.setPen(QPen(QColor(now.you), 2))
                p.drawRoundedRect(place.adjusted(1, 1, -1, -1), 6, 6)
            upper = QRectF(place.x(), place.y() + 5, place.width(), place.height() * 0.45)
            p.setFont(theme.font("small", 600 if on else 500))
            p.setPen(QColor(now.text if on else now.dim))
            p.drawText(upper, Qt.AlignmentFlag.AlignCenter, say(self._names[index]))
            measured = self._times[index]
            p.setFont(theme.font("caption", 500))
            p.setPen(QColor(now.net if measured else now.faint))
            lower = upper.translated(0, upper.height() - 3)
            p.drawText(lower, Qt.AlignmentFlag.AlignCenter, measured or str(self._years[index] or ""))
