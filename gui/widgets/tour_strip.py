"""A short tour in words: one strip above the pages and a ring round what it speaks of. Nothing is covered or stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from gui import theme
from gui.widgets.controls import Icon, button
from gui.widgets.layout import label, role, row
from gui.widgets.retold import Retold

_ROUND, _WIDE = 3, 2.0  # logical pixels between the ring and what it is round; its line


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop: `at` finds what it is about, `words` says it in the language in force."""

    at: Callable[[], QWidget]
    words: Callable[[], str]


class Ring(QWidget):
    """A ring of the hand's colour round a widget of the same window; the mouse goes through it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._about: QWidget | None = None
        window.installEventFilter(self)
        self.hide()

    def go_round(self, about: QWidget | None) -> None:
        """Show where it is; None: nowhere."""
        if self._about is not None and self._about is not self._window:
            self._about.removeEventFilter(self)
        self._about = about
        if about is not None:
            about.installEventFilter(self)
        self._place()

    def _place(self) -> None:
        self.setVisible(self._about is not None and self._about.isVisible())
        if self._about is not None:
            corner = self._about.mapTo(self._window, QPoint(0, 0))
            found = QRect(corner, self._about.size()).adjusted(-_ROUND, -_ROUND, _ROUND, _ROUND)
            self.setGeometry(found.intersected(self._window.rect()))
            self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(QPen(QColor(theme.current().you), _WIDE))
        p.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)


class TourStrip(Retold, QFrame):
    """The stops one after the other, with Next and Skip.

    Signals:
        ended: the last stop was read, or the tour was skipped.
    """

    ended = Signal()

    def __init__(self, window: QWidget, stops: Sequence[Stop]) -> None:
        super().__init__()
        role(self, "panel")
        self._stops, self._at = tuple(stops), 0
        self._ring = Ring(window)
        self._count, self._words = label("caption"), label(wrap=True)
        self._skip, self._next = button(None, "quiet", "compact"), button("arrow-right", "secondary", "compact")
        self._skip.clicked.connect(self.end)
        self._next.clicked.connect(self.go_on)
        parts = (Icon("hand-pointing", "you", 18), self._count, (self._words, 1), self._skip, self._next)
        self.setLayout(row(*parts, gap=10, margins=(14, 6, 8, 6)))
        self.hide()

    def begin(self) -> None:
        """From the first stop."""
        self._at = 0
        self.show()
        self.retranslate()

    @property
    def at(self) -> int:
        """Which stop is shown, from 0."""
        return self._at

    def go_on(self) -> None:
        """The next stop; after the last one it is over."""
        self._at += 1
        if self._at == len(self._stops):
            self.end()
        else:
            self.retranslate()

    def end(self) -> None:
        """Over; `ended` follows."""
        self._ring.go_round(None)
        self.hide()
        self.ended.emit()

    def retranslate(self) -> None:
        self._skip.setText(self.tr("Skip the tour"))
        last = self._at == len(self._stops) - 1
        self._next.setText(self.tr("Done") if last else self.tr("Next"))
        self.setAccessibleName(self.tr("A short tour"))
        if self.isVisible():
            self._count.setText(f"{self._at + 1} / {len(self._stops)}")
            self._words.setText(self._stops[self._at].words())
            self._ring.go_round(self._stops[self._at].at())
