"""A piano roll: time to the right, pitch upwards, a bar for each note; a line runs along while it sounds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.latent.melody_tunes import REST, Note
from gui import theme

BAR = 8  # eighths between two bar lines
LEFT, GAP = 34, 8
SPAN = 14  # keys that are shown at least
NAMES = ("C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B")
BLACK = (1, 3, 6, 8, 10)


class PianoRoll(QWidget):
    """Notes as bars. Iris: those that were given; mint: those that the network wrote."""

    def __init__(self) -> None:
        super().__init__()
        self.notes: tuple[Note, ...] = ()
        self.given = 0
        self._at = -1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(160)

    def sizeHint(self) -> QSize:
        return QSize(640, 300)

    def show_notes(self, notes: Sequence[Note], given: int = 0) -> None:
        """Another melody; its first `given` notes were given to the network."""
        self.notes, self.given, self._at = tuple(notes), given, -1.0
        words = [NAMES[note.pitch % 12] for note in notes if note.pitch != REST]
        self.setAccessibleDescription(" ".join(words))
        self.update()

    def show_time(self, eighths: float) -> None:
        """Where the sound is, in eighths from the beginning; below 0 it is silent."""
        self._at = eighths
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        p, now = QPainter(self), theme.current()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(LEFT, GAP, -GAP, -GAP)
        pitches = [note.pitch for note in self.notes if note.pitch != REST]
        low, high = (min(pitches) - 1, max(pitches) + 1) if pitches else (59, 73)
        high = max(high, low + SPAN)
        row = box.height() / (high - low + 1)
        self._keys(p, box, low, high, row)
        whole = max(BAR * 4, sum(note.eighths for note in self.notes))
        wide = box.width() / whole
        p.setPen(QPen(QColor(now.line), 1))
        for bar in range(0, whole + 1, BAR):
            p.drawLine(QPointF(box.left() + bar * wide, box.top()), QPointF(box.left() + bar * wide, box.bottom()))
        at = 0.0
        p.setPen(Qt.PenStyle.NoPen)
        for number, note in enumerate(self.notes):
            if note.pitch != REST:
                sounds = at <= self._at < at + note.eighths
                ink = QColor(now.you if number < self.given else now.net)
                ink.setAlphaF(1.0 if sounds or self._at < 0 else 0.55)
                top = box.bottom() - (note.pitch - low + 1) * row
                p.setBrush(ink)
                p.drawRoundedRect(
                    QRectF(box.left() + at * wide + 1, top + 1, note.eighths * wide - 2, max(3.0, row - 2)), 3, 3
                )
            at += note.eighths
        if self._at >= 0:
            p.setPen(QPen(QColor(now.you), 2))
            x = box.left() + self._at * wide
            p.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))

    def _keys(self, p: QPainter, box: QRectF, low: int, high: int, row: float) -> None:
        """A stripe for each key, dark keys darker, names at the left."""
        now = theme.current()
        p.setFont(theme.font("caption"))
        for pitch in range(low, high + 1):
            top = box.bottom() - (pitch - low + 1) * row
            if pitch % 12 not in BLACK:
                p.fillRect(QRectF(box.left(), top, box.width(), row), QColor(now.well))
                if row >= 9:
                    p.setPen(QColor(now.faint))
                    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    p.drawText(QRectF(0, top, LEFT - 8, row), right, NAMES[pitch % 12])
