"""The classes in one photograph, each with its colour and how much of it there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.data.browse import Opened
from engine.data.photoset import PhotoSet
from gui import theme
from gui.widgets.controls import LOOK_CHANGED
from gui.widgets.photo_marks import class_colour
from gui.words import say


@dataclass(frozen=True, slots=True)
class Entry:
    """One class: its name, how much of it in words, and its share (for the bar), in [0, 1]."""

    index: int
    name: str
    amount: str
    share: float


def entries_of(photos: PhotoSet, opened: Opened | None) -> list[Entry]:
    """The classes in a photograph, the most first: shares of the pixels, or numbers of objects."""
    if opened is None:
        return []
    if opened.mask is not None:
        counts = np.bincount(opened.mask.ravel(), minlength=len(photos.classes))[: len(photos.classes)].astype(float)
        if photos.void is not None and photos.void < len(counts):
            counts[photos.void] = 0
        whole = max(1.0, float(opened.mask.size))
        return [
            Entry(int(i), say(photos.classes[i]), f"{counts[i] / whole * 100:.1f}\u2009%", counts[i] / whole)
            for i in np.argsort(-counts, kind="stable")
            if counts[i]
        ]
    if photos.objects is None:
        return []
    labels = photos.objects[opened.index].labels
    counts = np.bincount(labels, minlength=len(photos.classes)).astype(float)
    most = max(1.0, float(counts.max(initial=0)))
    return [
        Entry(int(i), say(photos.classes[i]), f"{int(counts[i])}", counts[i] / most)
        for i in np.argsort(-counts, kind="stable")
        if counts[i] and i < len(photos.classes)
    ]


class PhotoLegend(QWidget):
    """Entries in as many columns as fit; a click tells which class.

    Signals:
        clicked: (int) a class.
    """

    clicked = Signal(int)
    HIGH, WIDE = 22, 124  # logical pixels at type scale 1

    def __init__(self, *, most: int = 0) -> None:
        """`most`: rows that are shown at most, 0 = all; what is left out is counted in the last one."""
        super().__init__()
        self._entries: Sequence[Entry] = ()
        self._photos: PhotoSet | None = None
        self._most = most
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_entries(self, photos: PhotoSet, entries: Sequence[Entry]) -> None:
        """Show these classes of a set."""
        self._photos, self._entries = photos, entries
        self.setAccessibleDescription(", ".join(f"{e.name} {e.amount}" for e in entries))
        self._fit()
        self.update()

    def _columns(self) -> int:
        return max(1, int(self.width() // (self.WIDE * theme.scale())))

    def _rows(self) -> int:
        rows = -(-len(self._entries) // self._columns())
        return min(rows, self._most) if self._most else rows

    def _fit(self) -> None:
        high = round(self._rows() * self.HIGH * theme.scale())
        if high != self.height():
            self.setFixedHeight(high)

    def resizeEvent(self, event: QEvent) -> None:
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in LOOK_CHANGED:
            self._fit()

    def sizeHint(self) -> QSize:
        return QSize(240, round(self._rows() * self.HIGH * theme.scale()))

    def rect_of(self, place: int) -> QRectF:
        """Where an entry is."""
        columns, high = self._columns(), self.HIGH * theme.scale()
        width = self.width() / columns
        return QRectF(place % columns * width, place // columns * high, width - 8, high)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for place, entry in enumerate(self._entries[: self._rows() * self._columns()]):
            if self.rect_of(place).contains(event.position()):
                self.clicked.emit(entry.index)
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = self._rows() * self._columns()
        hidden = len(self._entries) - room
        for place, entry in enumerate(self._entries[:room]):
            more = hidden + 1 if hidden > 0 and place == room - 1 else 0
            self._paint_entry(p, self.rect_of(place), entry, more)

    def _paint_entry(self, p: QPainter, r: QRectF, entry: Entry, more: int) -> None:
        now = theme.current()
        p.setFont(theme.font("small"))
        metrics = QFontMetricsF(p.font())
        if more:
            p.setPen(QColor(now.faint))
            p.drawText(r.adjusted(17, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, f"+ {more}")
            return
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(class_colour(entry.index, self._photos))
        p.drawRoundedRect(QRectF(r.x(), r.center().y() - 5, 10, 10), 3, 3)
        amount = metrics.horizontalAdvance(entry.amount)
        p.setPen(QColor(now.dim))
        p.drawText(r, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, entry.amount)
        p.setPen(QColor(now.text))
        width = r.width() - 17 - amount - 6
        name = metrics.elidedText(entry.name, Qt.TextElideMode.ElideRight, width)
        p.drawText(QPointF(r.x() + 17, r.center().y() + metrics.ascent() / 2 - 1), name)
