"""The foot of Live's stage: Start, then Pause, Stop and Record, and where the time of a picture goes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from gui.pages import live_words
from gui.widgets.basics import button, label, restyle, role, row
from gui.widgets.lens import explain
from gui.widgets.live_budget import TimeBudget
from gui.widgets.retold import Retold


class LiveBar(Retold, QFrame):
    """One primary button; the others while something runs.

    Signals:
        main_asked, stop_asked, record_asked: the buttons.
    """

    main_asked = Signal()
    stop_asked = Signal()
    record_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        role(self, "panel")
        self._busy = self._paused = False
        self._recorded = -1.0
        self.main = button("play-fill", "primary", "large")
        self.stop = button("stop-fill", "stop", "large")
        self.record = button("record-fill", "secondary", "large")
        self.budget, self.ready = TimeBudget(), label("strong")
        parts = (self.main, self.stop, self.record, 8, self.ready, (self.budget, 1))
        self.setLayout(row(*parts, gap=8, margins=(16, 11, 16, 11)))
        policy = self.budget.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the bar keeps its height
        self.budget.setSizePolicy(policy)
        self.main.clicked.connect(self.main_asked)
        self.stop.clicked.connect(self.stop_asked)
        self.record.clicked.connect(self.record_asked)
        explain(self.record, live_words.RECORD)
        explain(self.budget, live_words.BUDGET)
        explain(self.main, live_words.SOURCE)
        explain(self.stop, live_words.STOP)
        self.retranslate()

    def show_state(self, *, busy: bool, paused: bool, ready: str | None = "", watch: bool = True) -> None:
        """What the buttons can do: something runs, it is paused; the stage is Watch.

        ready: what Start would show, None where there is nothing to start. Another view than Watch has a primary button
        of its own.
        """
        self._busy, self._paused = busy, paused
        restyle(self.main, kind="primary" if watch else "secondary")
        self.main.setVisible(busy or ready is not None)
        self.ready.setText(ready or "")
        self.ready.setVisible(not busy)
        self.budget.setVisible(busy)
        self.stop.setVisible(busy)
        self.record.setVisible(busy and watch)
        self.retranslate()

    def show_recording(self, seconds: float) -> None:
        """How long it has recorded; negative = it does not."""
        if (seconds < 0) != (self._recorded < 0):
            restyle(self.record, kind="stop" if seconds >= 0 else "secondary")
            self.record.show_icon("stop-fill" if seconds >= 0 else "record-fill")
        if int(seconds) != int(self._recorded) or (seconds < 0) != (self._recorded < 0):
            self._recorded = seconds
            self.retranslate()

    def retranslate(self) -> None:
        if not self._busy:
            self.main.setText(self.tr("Start"))
        else:
            self.main.setText(self.tr("Resume") if self._paused else self.tr("Pause"))
        self.main.show_icon("pause-fill" if self._busy and not self._paused else "play-fill")
        self.stop.setText(self.tr("Stop"))
        self.stop.setToolTip(self.tr("Stop and let go of the camera"))
        time = f"{int(self._recorded) // 60}:{int(self._recorded) % 60:02d}"
        self.record.setText(time if self._recorded >= 0 else self.tr("Record"))
        self.record.setToolTip(self.tr("Record what is shown, and the results beside it (R)"))
        self.record.setAccessibleName(self.tr("End the recording") if self._recorded >= 0 else self.tr("Record"))
        self.budget.set_names((self.tr("capture"), self.tr("prepare"), self.tr("infer"), self.tr("draw")))
        self.budget.setAccessibleName(self.tr("Milliseconds of each step"))
