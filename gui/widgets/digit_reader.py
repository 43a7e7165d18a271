"""A pad that is read: ink to a network and its answer to bars, picture and maps, while the stroke is drawn.

Newest ink wins: at most one reading is under way, and ink that arrives meanwhile replaces what waits.
"""

from __future__ import annotations

from collections.abc import Generator

import numpy as np
from PySide6.QtCore import QEvent, QObject, Signal

from engine.errors import LabError
from engine.host import EngineHost
from engine.jobs import Event, JobRun, JobState
from engine.read import Reading, read_digit, sentence
from engine.text import Text
from engine.train.events import Snapshot
from gui.widgets.draw_pad import DrawPad
from gui.widgets.layout import label, restyle
from gui.widgets.pictures import Bars, FeatureMaps, Picture
from gui.words import say

_READING = Text("Reading the drawing", "그림 읽기")
_DIGITS = [str(i) for i in range(10)]


class DigitReader(QObject):
    """Pad, answer, bars, picture and maps that belong together; the page lays them out.

    pad:    where a person draws.
    seen:   the 28×28 picture the network really gets.
    bars:   ten probabilities.
    maps:   the activations of each layer.
    said:   the answer in one sentence, or why there is none.

    Signals:
        answered: (Reading) the newest ink was read.
    """

    answered = Signal(object)

    def __init__(self, host: EngineHost, parent: QObject, *, maps: FeatureMaps | None = None) -> None:
        super().__init__(parent)
        self._host = host
        self._snapshot: Snapshot | None = None
        self._waiting: np.ndarray | None = None
        self._last: np.ndarray | None = None
        self._reading: JobRun | None = None
        self._words: Text | None = None
        self.pad, self.bars, self.seen = DrawPad(), Bars(), Picture(smooth=False)
        self.maps = maps or FeatureMaps()
        self.said = label("lead", wrap=True, tone="net")
        self.pad.drawn.connect(self._drawn)
        self.pad.cleared.connect(self._cleared)
        self.said.installEventFilter(self)
        self.retranslate()

    def retranslate(self) -> None:
        self.bars.setAccessibleName(self.tr("Answer: a probability for each digit"))
        self.seen.setAccessibleName(self.tr("The picture the network sees, 28 × 28"))
        self.maps.setAccessibleName(self.tr("Activations of each layer"))
        self._say(self._words)

    def use(self, snapshot: Snapshot | None) -> None:
        """Read with these weights from now on (None: the bundled network), the last drawing at once."""
        self._snapshot = snapshot
        if self._last is not None:
            self._read(self._last)

    @property
    def busy(self) -> bool:
        """True while a drawing has not been answered."""
        return self._reading is not None

    def _drawn(self, ink: np.ndarray) -> None:
        self._last = ink
        self._read(ink)

    def _read(self, ink: np.ndarray) -> None:
        if self._reading is not None:
            self._waiting = ink
            return
        job = _answer(ink, self._snapshot)
        self._reading = self._host.start(_READING, job, lane="interactive", owner=self, on_end=self._ended)

    def _ended(self, run: JobRun) -> None:
        self._reading = None
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._read(waiting)
        if self._last is None or run.state is not JobState.DONE:
            return  # cleared meanwhile, or the window shows what went wrong
        if isinstance(run.result, Text):
            self._fail(run.result)
        else:
            self._show(run.result)

    def _show(self, reading: Reading) -> None:
        self.bars.set_values(_DIGITS, reading.probabilities)
        self.seen.show_array(reading.seen)
        self.maps.show_maps(reading.maps)
        restyle(self.said, tone="net")
        self._say(sentence(reading.probabilities))
        self.answered.emit(reading)

    def _fail(self, why: Text) -> None:
        self._empty()
        restyle(self.said, tone="bad")
        self._say(why)

    def _cleared(self) -> None:
        self._last, self._waiting = None, None
        self._empty()
        self._say(None)

    def _empty(self) -> None:
        self.bars.set_values(_DIGITS, None)
        self.seen.show_array(None)
        self.maps.show_maps(())

    def _say(self, words: Text | None) -> None:
        self._words = words
        self.said.setText(say(words) if words else self.tr("The answer appears while you draw."))
        if words is None:
            restyle(self.said, tone="faint")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.said and event.type() == QEvent.Type.LanguageChange:
            self.retranslate()  # a QObject gets no LanguageChange of its own
        return False


def _answer(ink: np.ndarray, snapshot: Snapshot | None) -> Generator[Event, None, Reading | Text]:
    """Read `ink`; a failure a person can act on is an answer too, shown where the answer would be."""
    try:
        reading: Reading = yield from read_digit(ink, snapshot)
    except LabError as error:
        return error.text
    return reading
