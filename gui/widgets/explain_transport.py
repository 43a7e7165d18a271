"""Play, step, pause and stop of a film, with how far its making is."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar

from gui.widgets.controls import IconButton, button
from gui.widgets.layout import column, label, role, row
from gui.widgets.retold import Retold

_PARTS = 1000


class Phase(Enum):
    """What a film is doing."""

    READY = "ready"  # nothing was made yet
    MAKING = "making"
    HELD = "held"  # made in part, and waiting
    DONE = "done"
    SHOWING = "showing"  # made, and shown again from the first


class Transport(Retold, QFrame):
    """One filled button whose word fits what goes on; beside it Step, Stop and Make again.

    Signals:
        main_asked, step_asked, stop_asked, again_asked: a person asked for it.
    """

    main_asked = Signal()
    step_asked = Signal()
    stop_asked = Signal()
    again_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        role(self, "panel")
        self._phase = Phase.READY
        self._start = ""
        self.main = button("play-fill", "primary", "large")
        self.stop = button("stop-fill", "stop", "large")
        self.step = IconButton("skip-forward-fill")
        self.again = IconButton("arrow-counter-clockwise")
        self._words, self._time = label("small"), label("strong", tone="net")
        self._bar = QProgressBar()
        self._bar.setRange(0, _PARTS)
        self._bar.setTextVisible(False)
        middle = column(row((self._words, 1), self._time), self._bar, gap=6)
        self.setLayout(row(self.main, self.stop, self.step, self.again, 4, (middle, 1), gap=8, margins=(12, 8, 14, 8)))
        self.main.clicked.connect(self.main_asked)
        self.step.clicked.connect(self.step_asked)
        self.stop.clicked.connect(self.stop_asked)
        self.again.clicked.connect(self.again_asked)
        self.retranslate()

    def retranslate(self) -> None:
        self.stop.setText(self.tr("Stop"))
        self.step.set_tip(self.tr("One stage (.)"))
        self.again.set_tip(self.tr("Compute it again"))
        self._bar.setAccessibleName(self.tr("Progress"))
        self.show_phase(self._phase)

    @property
    def phase(self) -> Phase:
        """What it says is going on."""
        return self._phase

    def show_phase(self, phase: Phase) -> None:
        """Say what goes on, and offer what can be done about it."""
        self._phase = phase
        words = {
            Phase.READY: (self._start or self.tr("Start"), "play-fill"),
            Phase.MAKING: (self.tr("Pause"), "pause-fill"),
            Phase.HELD: (self.tr("Resume"), "play-fill"),
            Phase.DONE: (self.tr("Play again"), "play-fill"),
            Phase.SHOWING: (self.tr("Pause"), "pause-fill"),
        }
        self.main.setText(words[phase][0])
        self.main.show_icon(words[phase][1])
        self.stop.setVisible(phase in (Phase.MAKING, Phase.HELD))
        self.again.setVisible(phase in (Phase.DONE, Phase.SHOWING))
        self._bar.setVisible(phase in (Phase.MAKING, Phase.HELD))

    def set_start(self, words: str) -> None:
        """The verb before the first start."""
        self._start = words
        self.show_phase(self._phase)

    def allow(self, on: bool) -> None:
        """Whether it can be started at all."""
        self.main.setEnabled(on)
        self.step.setEnabled(on)

    def say(self, words: str, time: str = "", *, tip: str = "") -> None:
        """What goes on in words; at the right the time measured."""
        self._words.setText(words)
        self._words.setToolTip(tip)
        self._time.setText(time)

    def show_progress(self, done: int, total: int) -> None:
        """How far the present step is; total 0 = not known."""
        self._bar.setRange(0, _PARTS if total > 0 else 0)
        if total > 0:
            self._bar.setValue(round(_PARTS * min(done / total, 1.0)))
