"""What the dialogs have in common that ask something of networks and take a while over it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from engine.host import EngineHost
from engine.jobs import Event, Job, JobRun, JobState
from engine.text import Text
from gui.widgets.basics import button, label, row
from gui.widgets.dialog import Dialog

SPARE = 1  # a core for the window
TAKEN = Text(
    "Another training has the processor. Stop it or let it end, then start this.",
    "다른 학습이 CPU를 쓰고 있어요. 정지하거나 끝나기를 기다린 뒤 시작해 주세요.",
)
STOPPED = Text("Stopped. What was trained is kept among the runs.", "정지했어요. 학습한 것은 실행 목록에 남아 있어요.")
WORDS_HIGH = 44  # logical pixels: two lines, so that nothing jumps when the second comes


class AskingDialog(Dialog):
    """A title, what it is about, what was found in `words`, and a job. Closing it ends the job."""

    def __init__(self, host: EngineHost, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = host
        self._run: JobRun | None = None
        self._told: Text | None = None
        self._title, self._lead, self.words = label("title"), label("dim", wrap=True), label("body", wrap=True)
        self.words.setMinimumHeight(WORDS_HIGH)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._close = button(kind="quiet")
        self._close.clicked.connect(self.close)

    @property
    def busy(self) -> bool:
        """Whether it is at work."""
        return self._run is not None and not self._run.state.final

    def stop(self) -> None:
        """End it after the step it is at."""
        if self._run:
            self._run.cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.stop()
        super().closeEvent(event)

    def retranslate(self) -> None:
        self._close.setText(self.tr("Close"))


class TrainingDialog(AskingDialog):
    """Start and Stop of several trainings, one after another; what was trained is kept.

    Signals:
        over: it has ended; the runs of this machine may be others now.
    """

    over = Signal()
    stopped = STOPPED  # what is said when a person ended it

    def __init__(self, host: EngineHost, parent: QWidget) -> None:
        super().__init__(host, parent)
        self._found: Any = None  # what the whole of it came to
        self.start_button, self._stop = button("play-fill", "primary"), button("stop-fill", "stop")
        self.start_button.clicked.connect(lambda: self.start())
        self._stop.clicked.connect(self.stop)

    def start(self) -> None:
        """Train what is set."""
        raise NotImplementedError

    def _buttons(self) -> QHBoxLayout:
        return row(None, self._close, self._stop, self.start_button, gap=8)

    def _may_start(self) -> bool:
        """Whether nothing trains; says so where something else does."""
        if not self.busy and self._host.trainings:
            self._tell(TAKEN)
        return not self._host.trainings

    def _begin(self, name: Text, job: Job) -> None:
        self._found, self._told = None, None
        self._run = self._host.train(name, job, owner=self, on_events=self._arrived, on_end=self._ended)
        self.retranslate()

    def _tell(self, text: Text) -> None:
        self._told = text
        self.retranslate()

    def _arrived(self, events: list[Event]) -> None:
        """Show what came since the last time."""
        raise NotImplementedError

    def _ended(self, run: JobRun) -> None:
        if run.state is JobState.DONE:
            self._found = run.result
        else:
            self._told = run.error.text if run.error else self.stopped
        self.over.emit()
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        self.start_button.setText(self.tr("Start again") if self._found else self.tr("Start"))
        self.start_button.setVisible(not self.busy)
        self._stop.setText(self.tr("Stop"))
        self._stop.setVisible(self.busy)
