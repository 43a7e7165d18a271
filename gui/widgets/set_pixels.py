"""What the shown pictures have in common: their averages, their pixel values, their colours, their memory."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from engine.data import explained
from engine.data.photo_statistics import Memory, SignalSummary
from engine.data.statistics import Summary
from engine.text import counted
from gui.widgets.basics import column, label, row
from gui.widgets.histogram import Histogram
from gui.widgets.inspector_parts import InspectorTiles
from gui.widgets.lens import explain
from gui.widgets.retold import Retold
from gui.widgets.signal_tiles import SignalTiles

MOST = 20  # averages; of more classes the first


class SetPixels(Retold, QWidget):
    """Averages and the histogram of what is shown.

    Signals:
        class_asked: (int) an average was clicked.
    """

    class_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._averaged: list[int] = []
        self._summary: Summary | None = None
        self._signals: SignalSummary | None = None
        self._channels: Sequence[str] = ()
        self._unit = ""
        self._memory: Memory | None = None
        self._averages_title, self._averages_note = label("section"), label("caption")
        self.averages = InspectorTiles(5)
        self.averages.clicked.connect(self._average_clicked)
        self.averages.setCursor(Qt.CursorShape.PointingHandCursor)  # a click shows only that class
        self._histogram_title, self._histogram_note = label("section"), label("caption")
        self.histogram = Histogram()
        self.histogram.pointed.connect(self._show_bar)
        self._colours, self._kept = label("caption", wrap=True), label("caption", wrap=True)
        explain(self.averages, explained.AVERAGE)
        explain(self.histogram, explained.HISTOGRAM)
        explain(self._colours, explained.CHANNELS)
        explain(self._kept, explained.MEMORY)
        self.setLayout(
            column(
                row(self._averages_title, None, self._averages_note),
                self.averages,
                row(self._histogram_title, None, self._histogram_note),
                self.histogram,
                self._colours,
                self._kept,
                gap=8,
            )
        )
        self.retranslate()

    def retranslate(self) -> None:
        self._averages_title.setText(self.tr("Average picture") if not self._signals else self.tr("Average window"))
        self.averages.setAccessibleName(self.tr("The average picture of each class shown"))
        self._histogram_title.setText(self.tr("Pixel values"))
        self.histogram.setAccessibleName(self.tr("How many pixels have each value, dark to bright"))
        self._say_summary()

    # What is shown

    def show_nothing(self) -> None:
        """No averages."""
        self._summary = self._signals = self._memory = None
        self._averaged = []
        self.averages.set_tiles([])
        self.histogram.show_counts(np.zeros(256, np.int64))
        for words in (self._averages_note, self._histogram_note, self._colours, self._kept):
            words.clear()

    def show_summary(self, summary: Summary, names: Sequence[str], memory: Memory | None = None) -> None:
        """Averages of the classes that have pictures, and the histogram of them all."""
        self._summary, self._signals, self._memory = summary, None, memory
        self._averaged = [int(i) for i in np.flatnonzero(summary.counts)][:MOST]
        tiles = [np.rint(summary.by_class[i]).astype(np.uint8) for i in self._averaged]
        self._put(tiles, summary.counts, names)
        if not names:
            self._averaged = []  # one average of all: there is no class to show
        self.histogram.show_counts(summary.histogram)
        self.retranslate()

    def show_signals(self, summary: SignalSummary, names: Sequence[str], channels: Sequence[str], unit: str) -> None:
        """The average window of each class, and the range of each channel."""
        self._summary, self._signals, self._memory = None, summary, None
        self._channels, self._unit = channels, unit
        self._averaged = [int(i) for i in np.flatnonzero(summary.counts)][:MOST]
        drawn = SignalTiles(summary.by_class[self._averaged], shape=(104, 104))
        self._put([drawn[i] for i in range(len(drawn))], summary.counts, names)
        self.retranslate()

    def _put(self, tiles: list[np.ndarray], counts: np.ndarray, names: Sequence[str]) -> None:
        tips = [f"{names[i]}: {counts[i]:,}" if i < len(names) else f"{counts[i]:,}" for i in self._averaged]
        self.averages.show_count(max(1, len(tiles)))
        self.averages.set_tiles(tiles, tips=tips)

    # Words

    def _say_summary(self) -> None:
        waves = self._signals is not None
        for part in (self._histogram_title, self._histogram_note, self.histogram):
            part.setVisible(not waves)
        if self._signals is not None:
            self._averages_note.setText(counted(self.tr("of {n} windows").format(n=f"{self._signals.count:,}")))
            self._colours.setText(self._channel_lines())
            self._colours.setVisible(True)
            self._kept.setVisible(False)
            return
        found = self._summary
        self._colours.setVisible(found is not None)
        self._kept.setVisible(found is not None and self._memory is not None)
        if found is None:
            return
        count, total = f"{found.count:,}", f"{found.total:,}"
        words = self.tr("of {n} pictures").format(n=count)
        if found.count < found.total:
            words = self.tr("of {n} spread over {total}").format(n=count, total=total)
        self._averages_note.setText(words)
        self._colours.setText(self._colour_words(found))
        if self._memory:
            self._kept.setText(self._memory_words(self._memory))
        self._show_bar(-1, -1, 0.0)

    def _channel_lines(self) -> str:
        assert self._signals is not None
        s = self._signals
        return "\n".join(
            self.tr("{name}: mean {mean}, spread {std}, {low} to {high} {unit}").format(
                name=name,
                mean=f"{s.channel_mean[i]:.2f}".replace("-", "−"),
                std=f"{s.channel_std[i]:.2f}",
                low=f"{s.low[i]:.2f}".replace("-", "−"),
                high=f"{s.high[i]:.2f}".replace("-", "−"),
                unit=self._unit,
            )
            for i, name in enumerate(self._channels)
        )

    def _colour_words(self, found: Summary) -> str:
        """Mean and spread of each channel, in [0, 1] as a network is given them."""
        names = ("R", "G", "B") if len(found.channel_mean) == 3 else (self.tr("grey"),)
        mean = "  ".join(f"{n} {v / 255:.3f}" for n, v in zip(names, found.channel_mean, strict=True))
        std = "  ".join(f"{n} {v / 255:.3f}" for n, v in zip(names, found.channel_std, strict=True))
        return self.tr("Mean {mean}\nSpread {std}").format(mean=mean, std=std)

    def _memory_words(self, memory: Memory) -> str:
        grey, colour = _bytes(memory.grey), _bytes(memory.colour)
        if memory.is_grey:
            return self.tr("In memory {grey}; in colour it would be {colour}, three times as much.").format(
                grey=grey, colour=colour
            )
        return self.tr("In memory {colour}; in grey it would be {grey}, a third.").format(grey=grey, colour=colour)

    def _show_bar(self, low: int, high: int, share: float) -> None:
        if low >= 0:
            words = self.tr("{low} to {high}: {share} of all").format(low=low, high=high, share=f"{share:.1%}")
        elif self.histogram.leaves_out_zeros:
            words = self.tr("{share} are 0, not drawn").format(share=f"{self.histogram.zeros:.1%}")
        else:
            words = self.tr("0 dark, 255 bright")
        self._histogram_note.setText(words.replace("%", "\u2009%"))
        self.histogram.setAccessibleDescription(words)

    def _average_clicked(self, tile: int) -> None:
        if tile < len(self._averaged):
            self.class_asked.emit(self._averaged[tile])


def _bytes(amount: int) -> str:
    """A size as people write it: 47 MB, 1.2 GB (powers of ten)."""
    if amount >= 10**9:
        return f"{amount / 10**9:,.1f} GB"
    if amount >= 10**7:
        return f"{amount / 10**6:,.0f} MB"
    return f"{amount / 10**6:,.1f} MB"
