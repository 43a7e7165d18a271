"""The foot of the window: device, memory, that it works offline, and the running job."""

from __future__ import annotations

from collections.abc import Generator

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from engine import devices
from engine.host import EngineHost
from engine.jobs import Event, JobRun, JobState
from engine.memory import memory
from engine.text import Text
from gui.theme import TOKENS
from gui.widgets.clickable import Clickable
from gui.widgets.controls import Icon
from gui.widgets.layout import label, row
from gui.widgets.retold import Retold
from gui.words import say

MEMORY_MS = 2000
_LOOKING = Text("Looking at this machine", "컴퓨터 살펴보기")


class StatusBar(Retold, QWidget):
    """One line of 28 px.

    Signals:
        job_clicked: the running job was clicked.
    """

    job_clicked = Signal()

    def __init__(self, host: EngineHost) -> None:
        super().__init__()
        self._host = host
        self._device_words: Text | None = None
        self._device_why: Text | None = None
        self.setFixedHeight(TOKENS["control"]["status"])
        self._device, self._memory, self._offline = (label("caption") for _ in range(3))
        self._job = RunningJob()
        self._job.clicked.connect(self.job_clicked)
        parts = (
            Icon("cpu", "faint", 14),
            self._device,
            8,
            Icon("hard-drives", "faint", 14),
            self._memory,
            8,
            Icon("wifi-slash", "faint", 14),
            self._offline,
            12,
            self._job,
            None,
        )
        self.setLayout(row(*parts, gap=6, margins=(16, 0, 12, 0)))
        self._timer = QTimer(self)
        self._timer.setInterval(MEMORY_MS)
        self._timer.timeout.connect(self._show_memory)
        self._timer.start()
        host.changed.connect(self._show_job)
        self.retranslate()

    def look(self) -> None:
        """Find out the device, on the io lane: asking a graphics driver takes a while."""
        self._host.start(_LOOKING, _device(), lane="io", owner=self, on_end=self._found)

    @property
    def device(self) -> str:
        """What computes here, in words."""
        return self._device.text()

    @property
    def device_why(self) -> str:
        """Why that, in words."""
        return self._device.toolTip()

    def _found(self, run: JobRun) -> None:
        if run.state is JobState.DONE:
            self._device_words, self._device_why = run.result
            self.retranslate()

    def retranslate(self) -> None:
        self._device.setText(say(self._device_words) if self._device_words else "CPU")
        self._device.setToolTip(say(self._device_why) if self._device_why else "")
        self._offline.setText(self.tr("Works offline"))
        self._offline.setToolTip(self.tr("Nothing you see here needs the internet, and nothing is sent."))
        self._show_memory()
        self._show_job()

    def _show_memory(self) -> None:
        used, total = memory()
        words = self.tr("{used:.1f} of {total:.0f} GB")
        self._memory.setText(words.format(used=used / 1024, total=total / 1024))
        self._memory.setToolTip(self.tr("Memory this program uses, of what this computer has"))

    def show_progress(self, share: float) -> None:
        """How far the running job is, 0 to 1."""
        self._job.show_share(share)

    def _show_job(self) -> None:
        running = self._host.trainings
        self._job.show_run(running[0] if running else None)


class RunningJob(Clickable):
    """Name and bar of the running job; nothing when none runs."""

    def __init__(self) -> None:
        super().__init__("plain")
        self._share: float | None = None
        self._run: JobRun | None = None
        self._bar = QProgressBar()
        self._bar.setRange(0, 100)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(96)
        self._words = label("caption", tone="dim")
        self.setLayout(row(self._bar, self._words, gap=8))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hide()

    def show_run(self, run: JobRun | None) -> None:
        """Show this run, or hide."""
        if run is not self._run:
            self._share = None
        self._run = run
        self.setVisible(run is not None)
        self._say()

    def show_share(self, share: float) -> None:
        """How far, 0 to 1."""
        self._share = share
        self._say()

    def _say(self) -> None:
        if self._run is None:
            return
        self._bar.setVisible(self._share is not None)  # what has no end has no bar
        self._bar.setValue(round(100 * (self._share or 0)))
        words = say(self._run.name)
        if self._share is not None:
            words += f", {100 * self._share:.0f}\u2009%"
        if self._run.paused:
            words += " · " + self.tr("paused")
        self._words.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(self.tr("Go to the running job"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()


def _device() -> Generator[Event, None, tuple[Text, Text]]:
    chosen = devices.choose(spare=1)
    return chosen.words, chosen.why
    yield  # a job without events
