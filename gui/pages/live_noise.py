"""How much noise the classifier's answer stands, measured on the picture in view (lecture row 54)."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QWidget

from engine.errors import LabError
from engine.host import EngineHost
from engine.jobs import Event, Job, JobRun, Progress
from engine.text import Text
from gui.pages import live_words
from gui.pages.live_session import LiveSession
from gui.widgets.basics import button, column, label
from gui.widgets.lens import explain
from gui.widgets.retold import Retold
from gui.widgets.signal_trace import SignalTrace
from gui.words import say

MEASURING = Text("Adding noise to the picture", "사진에 노이즈 더하기")
_HEIGHT = 124


class NoisePanel(Retold, QWidget):
    """A button, and after it a curve: how often the answer stays, and what it is given, by the noise."""

    def __init__(self, host: EngineHost, session: LiveSession) -> None:
        super().__init__()
        self._host, self._session = host, session
        self._run: JobRun | None = None
        self._said: tuple[Text, float] | None = None
        self._problem: Text | None = None
        self.measure, self.words = button("chart-line-up", "secondary", "compact"), label("caption", wrap=True)
        self.curve = SignalTrace(height=_HEIGHT)
        self.curve.hide()
        self.words.hide()
        self.setLayout(column(self.measure, self.curve, self.words, gap=6))
        self.measure.clicked.connect(self.start)
        session.changed.connect(self._show_state)
        explain(self.measure, live_words.NOISE_CURVE)
        explain(self.curve, live_words.NOISE_CURVE)
        self.retranslate()
        self._show_state()

    def start(self) -> None:
        """Measure on the picture in view, without the damage that is set."""
        last = self._session.last
        if last is None or self._run is not None:
            return
        picture = last.seen.picture
        self._run = self._host.start(
            MEASURING, _curve(picture), lane="io", owner=self, on_events=self._progressed, on_end=self._measured
        )
        self._show_state()

    def _progressed(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Progress) and event.total:
                self.words.show()
                self.words.setText(f"{event.done} / {event.total}")

    def _measured(self, run: JobRun) -> None:
        self._run = None
        if isinstance(run.result, LabError):
            self._problem = run.result.text
        elif run.result is not None:
            found = run.result
            self._said, self._problem = (found.name, found.holds), None
            at = np.arange(int(found.levels[-1]) + 1)  # one sample a grey level: the axis is the noise itself
            rows = [np.interp(at, found.levels, 100 * values) for values in (found.same, found.probability)]
            self._window = np.stack(rows, axis=1).astype(np.float32)
            self.curve.show()
        self._show_state()
        self.retranslate()

    def _show_state(self) -> None:
        self.measure.setEnabled(self._session.busy and self._run is None)

    def retranslate(self) -> None:
        self.measure.setText(self.tr("Noise curve"))
        self.words.setVisible(self._said is not None or self._problem is not None)
        if self._problem is not None:
            self.words.setText(say(self._problem))
        elif self._said is not None:
            name, holds = self._said
            words = self.tr("“{name}” is answered every time up to noise {level}.")
            self.words.setText(words.format(name=say(name), level=f"{holds:.0f}"))
            names = (self.tr("answer stays"), self.tr("its probability"))
            self.curve.show_window(self._window, channels=names, unit="%", rate=0)
        self.curve.setAccessibleName(self.tr("Answer by noise, in percent"))


def _curve(picture: np.ndarray) -> Job:
    """`noise_curve`, imported in the job's thread; its expected trouble is an answer."""
    yield Progress(0, 0, MEASURING)
    from engine.live.noise_curve import noise_curve

    try:
        return (yield from noise_curve(picture))
    except LabError as error:
        return error
