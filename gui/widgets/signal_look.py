"""One window of a signal as large as the stage allows."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine.data.signalset import SignalSet
from gui.widgets.basics import Chip, IconButton, button, column, label, row
from gui.widgets.retold import Retold
from gui.widgets.signal_trace import SignalTrace


class SignalLook(Retold, QWidget):
    """Shows a window; Esc or the first button leads back to the grid.

    Signals:
        closed: a person wants the grid back.
        stepped: (int) the next window (+1) or the one before (−1).
    """

    closed = Signal()
    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.trace = SignalTrace()
        self.trace.stepped.connect(self.stepped)
        self.trace.opened.connect(self.closed)
        self._back, self._next = button("grid-four", kind="quiet", size="compact"), IconButton("caret-right")
        self._back.clicked.connect(self.closed)
        self._next.clicked.connect(self._step_on)
        self._name, self._label, self._rate = label("strong"), Chip("slide"), label("small")
        top = row(self._back, self._name, self._label, None, self._rate, self._next, gap=8)
        self.setLayout(column(top, (self.trace, 1), gap=10))
        self._said: tuple[SignalSet, int] | None = None
        self.retranslate()

    def retranslate(self) -> None:
        self._back.setText(self.tr("All windows"))
        self._back.setToolTip(self.tr("Back to all windows (Esc)"))
        self._next.set_tip(self.tr("Next window (Page Down)"))
        self.trace.setAccessibleName(self.tr("The chosen window; arrows read its values"))
        self._say_rate()

    def show_window(self, signals: SignalSet, index: int, name: str, label: str) -> None:
        """Show window `index` with its name and class."""
        self._said = (signals, index)
        unit, rate = signals.unit, signals.rate
        self.trace.show_window(signals.x[index], channels=signals.channels, unit=unit, rate=rate)
        self._name.setText(name)
        self._label.setText(label)
        self._label.setVisible(bool(label))
        self._say_rate()

    def _say_rate(self) -> None:
        if self._said is None:
            return
        signals, index = self._said
        words = self.tr("{n} samples").format(n=f"{signals.x.shape[1]:,}")
        if signals.rate:
            words += self.tr(", {rate} a second").format(rate=f"{signals.rate:g}")
        if signals.groups is not None:
            words += self.tr(", recording {group}").format(group=int(signals.groups[index]))
        self._rate.setText(words)

    def _step_on(self) -> None:
        self.stepped.emit(1)
