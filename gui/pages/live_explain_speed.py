"""Speed against accuracy of the detectors that are here: timed on this machine, AP as their cards quote it (row 72)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QWidget

from engine.cards import Explanation
from engine.detect.explain.stage import shrunk
from engine.errors import LabError
from engine.host import EngineHost
from engine.jobs import Event, Job, JobRun, JobState, Progress
from engine.text import Text, counted
from gui.context import Context
from gui.pages.live_explain_needs import NeedCard
from gui.widgets.basics import Chip, button, column, frame, label, restyle, row
from gui.widgets.explain_scatter import Dot, SpeedScatter
from gui.widgets.lens import explain
from gui.widgets.retold import Retold
from gui.words import say

if TYPE_CHECKING:
    from engine.detect.explain.speed import Paced

_TIMING = Text("Timing detectors", "검출기 시간 재기")
TRADE = Explanation(
    Text("Speed and accuracy", "속도와 정확도"),
    Text("Left is faster, up is better.", "왼쪽이 빠르고 위쪽이 정확해요."),
    Text(
        "The slide’s chart has other machines’ times. Here the times are measured on this one; AP is what the publisher measured.",
        "슬라이드의 차트는 다른 컴퓨터의 시간이에요. 여기서는 이 컴퓨터에서 잰 시간이고, AP는 발표한 값이에요.",
    ),
    "AP@[.5:.95] ÷ ms",
)


class SpeedRoom(Retold, QWidget):
    """The chart, how it was measured, and the next detector that could be had."""

    def __init__(self, host: EngineHost, context: Context) -> None:
        super().__init__()
        self._host = host
        self._picture: np.ndarray | None = None
        self._run: JobRun | None = None
        self._paced: list[Paced] = []
        self._problem: Text | None = None
        self._note: Text | None = None
        self._ended_once = False
        self.plot, self.need = SpeedScatter(), NeedCard(host, context)
        self.start = button("gauge", "primary")
        self._title, self._how = label("lead"), label("small", wrap=True)
        self._measured, self._quoted = Chip("measured"), Chip("slide")
        self._list, self._hint = label("small", wrap=True), label("small", wrap=True)
        told = column(self._title, row(self._measured, self._quoted, None, gap=6), self._how, self._list, None, gap=8)
        side = frame("panel", column(told, margins=(14, 12, 14, 12)))
        side.setFixedWidth(268)
        chart = frame("panel", column((self.plot, 1), self.need, gap=8, margins=(12, 12, 12, 8)))
        foot = frame("panel", row(self.start, (self._hint, 1), gap=10, margins=(12, 8, 14, 8)))
        self.setLayout(column((row((chart, 1), side, gap=8), 1), foot, gap=8))
        self.start.clicked.connect(self.measure)
        self.need.got.connect(self.measure)
        explain(self.plot, TRADE)
        self.retranslate()

    @property
    def busy(self) -> bool:
        """True while it measures."""
        return self._run is not None

    def use_picture(self, picture: np.ndarray) -> None:
        """What the detectors are timed on."""
        self._picture = shrunk(picture)

    def measure(self) -> None:
        """Time every detector that is here, or stop timing."""
        if self._run is not None:
            self._run.cancel()
            return
        if self._picture is None:
            return
        self._paced, self._problem, self._note = [], None, None
        self._run = self._host.start(
            _TIMING, _timing(self._picture), lane="interactive", owner=self, on_events=self._take, on_end=self._ended
        )
        self._show()

    def _take(self, events: list[Event]) -> None:
        from engine.detect.explain.speed import Paced

        for event in events:
            if isinstance(event, Paced):
                self._paced.append(event)
            elif isinstance(event, Progress) and event.note:
                self._note = event.note
        self._show()

    def _ended(self, run: JobRun) -> None:
        from engine.detect.explain.networks import TRAIN_INSTEAD, Need

        self._run, self._note, self._ended_once = None, None, True
        if isinstance(run.result, Text):
            self._problem = run.result
        elif run.state is JobState.DONE and run.result:
            self.need.show_missing(run.result, "" if self._paced else TRAIN_INSTEAD[Need.DETECT])
        self._show()

    def _show(self) -> None:
        dots = [
            Dot(say(p.name), float(p.milliseconds.min()), p.median, float(p.milliseconds.max()), p.ap)
            for p in self._paced
        ]
        self.plot.show_dots(dots)
        self.retranslate()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Speed and accuracy"))
        self._measured.setText(self.tr("time: here"))
        self._quoted.setText(self.tr("AP: as published"))
        self._how.setText(
            self.tr("Each detector looks at this picture five times after one that warms up; the line is the spread.")
        )
        self.plot.set_axes(self.tr("ms a picture, measured here"), self.tr("AP@[.5:.95], as its card quotes it"))
        self.plot.setAccessibleName(self.tr("Speed and accuracy"))
        rows = [self._row(p) for p in sorted(self._paced, key=lambda p: p.median)]
        self._list.setText("\n".join(rows))
        busy = self._run is not None
        self.start.setText(self.tr("Stop") if busy else self.tr("Measure the detectors here"))
        self.start.show_icon("stop-fill" if busy else "gauge")
        restyle(self.start, kind="stop" if busy else "primary")
        hint = self.tr("Takes a second for a light detector, up to half a minute for a large one.")
        if self._ended_once and not self._paced:
            hint = self.tr("No detector is on this machine yet; get or train one above.")
        elif self._ended_once:
            hint = self.tr("Detectors timed: {n}, up to five runs each.").format(n=len(self._paced))
        told = self._problem or self._note
        self._hint.setText(say(told) if told else hint)

    def _row(self, paced: Paced) -> str:
        quoted = "–" if math.isnan(paced.ap) else f"{paced.ap:.3f} ({say(paced.ap_on)})"
        words = self.tr("{name}\n  {ms:.0f} ms · AP {ap} · {n} objects here")
        return counted(words.format(name=say(paced.name), ms=paced.median, ap=quoted, n=paced.found))


def _timing(picture: np.ndarray) -> Job:
    """The detectors that are not here, or the sentence that says why timing ended."""
    from engine.detect.explain.speed import measure

    try:
        return (yield from measure(picture))
    except LabError as error:
        return error.text
