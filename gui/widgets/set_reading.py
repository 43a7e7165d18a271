"""A network reads the set: which one, how far it is, what it got right, and which class it takes for which."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QProgressBar, QSizePolicy, QWidget

from engine.data import explained
from engine.data.predictions import Predictions, Reader
from gui import theme
from gui.widgets.basics import Chip, button, column, label, restyle, row
from gui.widgets.confusion import Confusion
from gui.widgets.lens import explain
from gui.widgets.retold import Retold
from gui.words import say

MOST_SQUARES = 24  # classes; a larger matrix could not be read
PAIRS = 6


class Mistaken(QWidget):
    """The pairs of classes that are mistaken most, as lines to click; where a matrix would be too large.

    Signals:
        chosen: (int, int) label and reading.
    """

    chosen = Signal(int, int)
    HIGH = 24

    def __init__(self) -> None:
        super().__init__()
        self._pairs: list[tuple[int, int, int]] = []
        self._names: Sequence[str] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_matrix(self, matrix: np.ndarray, names: Sequence[str]) -> None:
        """The largest counts beside the diagonal of (n, n) int64."""
        wrong = matrix.copy()
        np.fill_diagonal(wrong, 0)
        best = np.argsort(-wrong, axis=None, kind="stable")[:PAIRS]
        pairs = [(*divmod(int(at), len(matrix)), int(wrong.flat[at])) for at in best if wrong.flat[at]]
        self._pairs, self._names = pairs, names
        self.setFixedHeight(round(max(1, len(pairs)) * self.HIGH * theme.scale()))
        self.setAccessibleDescription(", ".join(f"{names[i]} → {names[j]} {n:,}" for i, j, n in pairs))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = int(event.position().y() // (self.HIGH * theme.scale()))
        if 0 <= at < len(self._pairs):
            self.chosen.emit(*self._pairs[at][:2])

    def paintEvent(self, event: QPaintEvent) -> None:
        now, p = theme.current(), QPainter(self)
        p.setFont(theme.font("small"))
        metrics, high = QFontMetricsF(p.font()), self.HIGH * theme.scale()
        for line, (label_, read_as, count) in enumerate(self._pairs):
            room = QRectF(0, line * high, self.width(), high)
            p.setPen(QColor(now.dim))
            p.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{count:,}")
            x = 0.0
            parts = ((self._names[label_], now.slide), (" → ", now.faint), (self._names[read_as], now.net))
            for words, ink in parts:
                p.setPen(QColor(ink))
                words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, (self.width() - 70) / 2)
                p.drawText(QRectF(x, room.y(), self.width(), high), Qt.AlignmentFlag.AlignVCenter, words)
                x += metrics.horizontalAdvance(words)


class SetReading(Retold, QWidget):
    """Choose a network, let it read the set, see what it said.

    Signals:
        asked: (object) read the set with this `Reader`. stopped: end the reading.
        cell_chosen: (int, int) label and reading of a square of the matrix.
    """

    asked = Signal(object)
    stopped = Signal()
    cell_chosen = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._readers: tuple[Reader, ...] | None = None
        self._found: Predictions | None = None
        self._names: Sequence[str] = ()
        self._reading = False
        self._progress = (0, 0)
        self._title, self._chip = label("section"), Chip("measured")
        self.reader, self.start = QComboBox(), button("sparkle", size="compact")
        self.reader.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._bar, self._so_far = QProgressBar(), label("caption")
        self._bar.setTextVisible(False)
        self._words, self._hint = label("small", wrap=True), label("caption", wrap=True)
        self.confusion, self.mistaken = Confusion(), Mistaken()
        self.confusion.setFixedHeight(216)
        for cells in (self.confusion, self.mistaken):
            cells.chosen.connect(self.cell_chosen)
        self.start.clicked.connect(self._clicked)
        explain(self, explained.READING)
        self.setLayout(
            column(
                row(self._title, None, self._chip),
                self.reader,
                row(self.start, (column(self._bar, self._so_far, gap=3), 1), gap=10),
                self._words,
                self.confusion,
                self.mistaken,
                self._hint,
                gap=8,
            )
        )
        self.retranslate()

    def retranslate(self) -> None:
        self._title.setText(self.tr("What a network reads"))
        self._chip.setText(self.tr("measured"))
        self.reader.setAccessibleName(self.tr("Which network reads the set"))
        self.confusion.setAccessibleName(self.tr("Which class was read as which; a click shows those pictures"))
        self.mistaken.setAccessibleName(self.tr("Classes taken for one another; a click shows those pictures"))
        for at, reader in enumerate(self._readers or ()):
            self.reader.setItemText(at, self._named(reader))
        self._say()

    @staticmethod
    def _named(reader: Reader) -> str:
        return f"{say(reader.name)} · {say(reader.note)}"

    # What is shown

    def show_readers(self, readers: tuple[Reader, ...] | None) -> None:
        """The networks that can read the set that is open; None while they are looked for."""
        self._readers, self._found, self._reading = readers, None, False
        self.reader.clear()
        self.reader.addItems([self._named(reader) for reader in readers or ()])
        self._say()

    @property
    def first(self) -> Reader | None:
        """The network chosen, or None where none fits."""
        at = self.reader.currentIndex()
        return self._readers[at] if self._readers and 0 <= at < len(self._readers) else None

    def show_progress(self, done: int, total: int) -> None:
        """A network is reading: so many pictures so far."""
        self._reading, self._progress = True, (done, total)
        self._say()

    def show_predictions(self, found: Predictions | None, names: Sequence[str]) -> None:
        """What a network said; None when it was stopped."""
        self._reading, self._found, self._names = False, found, names
        self._say()

    @property
    def found(self) -> Predictions | None:
        """What a network said, if one has read the set."""
        return self._found

    def _say(self) -> None:
        readers, found = self._readers, self._found
        some = bool(readers)
        self.reader.setVisible(some)
        self.start.setVisible(some)
        self._bar.setVisible(self._reading)
        self._so_far.setVisible(self._reading)
        self._chip.setVisible(found is not None)
        self.start.setText(self.tr("Stop") if self._reading else self.tr("Read"))
        self.start.show_icon("stop-fill" if self._reading else "sparkle")
        restyle(self.start, kind="stop" if self._reading else "secondary")
        self.reader.setEnabled(not self._reading)
        if self._reading:
            self._bar.setRange(0, max(1, self._progress[1]))
            self._bar.setValue(self._progress[0])
            done, total = (f"{n:,}" for n in self._progress)
            self._so_far.setText(self.tr("{done} of {total} pictures").format(done=done, total=total))
        judged = found is not None and bool(found.judged.any())
        few = judged and found is not None and found.classes <= MOST_SQUARES
        self.confusion.setVisible(bool(few))
        self.mistaken.setVisible(judged and not few)
        self._hint.setVisible(judged)
        self._hint.setText(self.tr("A click on a square shows its pictures; another click shows all."))
        self._words.setVisible(not some or found is not None)
        self._words.setText(self._sentence())
        if found is not None and judged:
            (self.confusion if few else self.mistaken).show_matrix(found.confusion, self._names)

    def _sentence(self) -> str:
        if self._readers is None:
            return self.tr("Looking for networks that know these classes.")
        if not self._readers:
            return self.tr("No network reads these classes yet. Train one on this set, and it appears here.")
        found = self._found
        if found is None:
            return ""
        read = int((found.read_as >= 0).sum())
        if not found.judged.any():
            return self.tr("{n} pictures read; the set has no labels to compare with.").format(n=f"{read:,}")
        wrong = int((found.judged & ~found.right).sum())
        words = self.tr("{share} right: {wrong} of {n} read wrongly.")
        share = f"{found.accuracy * 100:.1f}\u2009%"
        return words.format(share=share, wrong=f"{wrong:,}", n=f"{int(found.judged.sum()):,}")

    def _clicked(self) -> None:
        if self._reading:
            self.stopped.emit()
        elif (reader := self.first) is not None:
            self.asked.emit(reader)
