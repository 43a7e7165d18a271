"""The one job bar at the foot of a tab: Start, then Pause or Resume, Stop, Step, and how far it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QProgressBar

from engine.host import EngineHost
from engine.jobs import JobRun
from gui.widgets.chip import Chip
from gui.widgets.controls import IconButton, button
from gui.widgets.layout import column, label, role, row
from gui.widgets.retold import Retold
from gui.widgets.room import is_small

_PARTS = 1000


class JobBar(Retold, QFrame):
    """Start and its cost before a run; Pause, Stop, Step, Epoch and progress while it runs; the end after.

    Signals:
        start_asked, step_asked, epoch_asked: a person asked for it. Pause, Resume and Stop act by themselves.
        progressed: (float) how far the run is, 0 to 1.
    """

    start_asked = Signal()
    step_asked = Signal()
    epoch_asked = Signal()
    progressed = Signal(float)

    def __init__(self, host: EngineHost) -> None:
        super().__init__()
        role(self, "panel")
        self._host = host
        self._run: JobRun | None = None
        self._start_word, self._cost, self._end, self._name_word = "", "", "", ""
        self._main = button("play-fill", "primary", "large")
        self._stop = button("stop-fill", "stop", "large")
        self._step, self._epoch = IconButton("skip-forward-fill"), IconButton("steps")
        self._name, self._left, self._right = label("strong"), label("small"), label("small")
        self._cost_chip, self._left_chip = Chip("estimate"), Chip("estimate")
        self._estimated = self._endless = False
        self._bar = QProgressBar()
        self._bar.setRange(0, _PARTS)
        self._bar.setTextVisible(False)
        words = row(self._name, self._cost_chip, (self._left, 1), self._right, self._left_chip, gap=8)
        middle = column(words, self._bar, gap=7)
        parts = row(self._main, self._stop, self._step, self._epoch, 8, (middle, 1), gap=8, margins=(16, 11, 16, 11))
        self.setLayout(parts)
        self._left.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._main.clicked.connect(self._main_clicked)
        self._stop.clicked.connect(self._stop_clicked)
        self._step.clicked.connect(self.step_asked)
        self._epoch.clicked.connect(self.epoch_asked)
        host.changed.connect(self._refresh)
        self.retranslate()

    def retranslate(self) -> None:
        self._stop.setText(self.tr("Stop"))
        self._step.set_tip(self.tr("One step (.)"))
        self._epoch.set_tip(self.tr("One epoch (E)"))
        self._bar.setAccessibleName(self.tr("Progress"))
        self._cost_chip.setText(self.tr("estimate"))
        self.room_changed(is_small(self))
        self._refresh()

    def room_changed(self, small: bool) -> None:
        """Beside the long words of a run only the sign of an estimate finds room in a small window."""
        self._left_chip.setText("" if small else self.tr("estimate"))
        self._left_chip.setToolTip(self.tr("estimate"))
        self._left_chip.setAccessibleName(self.tr("estimate"))

    def set_start(self, word: str, cost: str = "") -> None:
        """Before a run: the verb on the button, and what it will cost in time and memory."""
        self._start_word, self._cost = word, cost
        self._refresh()

    def mark_estimate(self, on: bool) -> None:
        """Say of the time that stands there, to come or left, that it is an estimate."""
        if on != self._estimated:
            self._estimated = on
            self._refresh()

    def set_name(self, words: str) -> None:
        """What runs ("Training")."""
        self._name_word = words
        self._refresh()

    def follow(self, run: JobRun) -> None:
        """Show this run and let its buttons act on it."""
        self._run, self._end, self._endless = run, "", False
        self._left.setText("")
        self._right.setText("")
        self._bar.setValue(0)
        self._refresh()

    def show_progress(self, done: float, total: float, words: str = "", left: str = "") -> None:
        """How far: the bar, words beside the name, and at the right the time."""
        self._bar.setRange(0, _PARTS if total > 0 else 0)
        if total > 0:
            share = min(done / total, 1.0)
            self._bar.setValue(round(_PARTS * share))
            self.progressed.emit(share)
        self._left.setText(words)
        self._right.setText(left)

    def show_endless(self, words: str) -> None:
        """Words beside the name of a run that goes on until it is stopped: it has no share that is done."""
        self._endless = True
        self._bar.hide()
        self._left.setText(words)
        self._right.setText("")

    def show_end(self, words: str) -> None:
        """The run is over: what came of it."""
        self._run, self._end = None, words
        self._bar.setRange(0, _PARTS)
        self._refresh()

    def toggle_pause(self) -> bool:
        """Space: pause or resume; False when nothing runs."""
        if self._run is None or self._run.state.final:
            return False
        (self._host.resume if self._run.paused else self._host.pause)(self._run)
        self._refresh()
        return True

    @property
    def busy(self) -> bool:
        """True while a run is followed whose end was not told here."""
        return self._run is not None

    def _main_clicked(self) -> None:
        if not self.toggle_pause() and not self.busy:  # of a run that ended this moment the end is told first
            self.start_asked.emit()

    def _stop_clicked(self) -> None:
        if self._run:
            self._run.cancel()
            self._stop.setEnabled(False)
            self._left.setText(self.tr("Stopping; what was made is kept."))

    def _refresh(self) -> None:
        busy = self.busy
        paused = busy and self._run is not None and self._run.paused
        if busy:
            self._main.setText(self.tr("Resume") if paused else self.tr("Pause"))
            self._main.show_icon("play-fill" if paused else "pause-fill")
            self._name.setText(self.tr("Paused") if paused else (self._name_word or self.tr("Running")))
        else:
            again = self.tr("Start again") if self._end else ""
            self._main.setText(again or self._start_word or self.tr("Start"))
            self._main.show_icon("play-fill")
            self._name.setText(self._end or self._cost)
            self._left.setText("")
            self._right.setText("")
            self._stop.setEnabled(True)
        for w in (self._stop, self._step, self._epoch):
            w.setVisible(busy)
        self._bar.setVisible((busy and not self._endless) or (bool(self._end) and self._bar.value() > 0))
        self._left_chip.setVisible(busy and self._estimated and bool(self._right.text()))
        self._cost_chip.setVisible(not busy and not self._end and self._estimated and bool(self._cost))
