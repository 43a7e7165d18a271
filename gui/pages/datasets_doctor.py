"""The dataset doctor on the Datasets stage: looks a set over, and shows what it found as cards, the worst first."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from engine.data import AnySet
from engine.data.doctor import EXPLAINED, Examination, Finding, Found, examine
from engine.data.doctor_labels import WRONG_LABELS
from engine.data.doctor_samples import Sample, samples
from engine.data.signalset import SignalSet
from engine.host import EngineHost
from engine.jobs import Event, JobRun, JobState, Progress
from engine.text import Text
from gui.pages.datasets_map_run import Laying
from gui.widgets.basics import State, button, column, label, role, row
from gui.widgets.finding_card import FindingCard, Tile
from gui.widgets.lens import explain
from gui.widgets.retold import Retold
from gui.widgets.signal_tiles import SignalTiles
from gui.words import say

EXAMINING = Text("Examining the set", "데이터셋 진찰")
SAMPLING = Text("Reading samples for the doctor", "진찰에서 찾은 예 읽기")
_PARTS = 1000


class DoctorView(Retold, QFrame):
    """Examines the parts of a set when asked to.

    Signals:
        look_asked: (str, object, str) a part, (n,) int64 indices in it, and words: what is to be seen there.
    """

    look_asked = Signal(str, object, str)

    def __init__(self, host: EngineHost) -> None:
        super().__init__()
        role(self, "plain")
        self._host = host
        self._sets: dict[str, AnySet] = {}
        self._doing: Progress | None = None
        self._done: Examination | None = None
        self._problem: Text | None = None
        self._stopped = False
        self.cards: list[FindingCard] = []
        self.examine, self.stop = button("magnifying-glass", "primary"), button("stop-fill", "stop")
        self._about, self._bar, self._foot = label("small", wrap=True), QProgressBar(), label("small", wrap=True)
        self.state = State("magnifying-glass", stage=True)
        self._work = Laying(host, self, EXAMINING)
        self._build()
        self.examine.clicked.connect(self.begin)
        self.stop.clicked.connect(self._stop)
        self._work.said.connect(self._said)
        self._work.ended.connect(self._ended)
        explain(self, EXPLAINED)
        self.retranslate()

    def _build(self) -> None:
        self._bar.setTextVisible(False)
        self._bar.setRange(0, _PARTS)
        self._list: QVBoxLayout = column(None, gap=8, margins=(0, 0, 6, 0))
        inner = QWidget()
        inner.setLayout(self._list)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stack = QStackedWidget()
        self._stack.addWidget(area)
        self._stack.addWidget(self.state)
        head = row(self.examine, self.stop, (column(self._about, self._bar, gap=4), 1), gap=10)
        self.setLayout(column(head, (self._stack, 1), self._foot, gap=10, margins=(0, 0, 8, 0)))

    def retranslate(self) -> None:
        self.stop.setText(self.tr("Stop"))
        self._bar.setAccessibleName(self.tr("Progress of the examination"))
        self._refresh()

    @property
    def busy(self) -> bool:
        """True while a set is examined."""
        return self._work.busy

    # What is examined

    def show_sets(self, sets: Mapping[str, AnySet]) -> None:
        """Offer to examine these parts of one set; what was found in others is put away."""
        self._work.stop()
        self._sets = dict(sets)
        self._clear()
        self._refresh()

    def begin(self) -> None:
        """Examine the parts anew."""
        if not self._sets:
            return
        self._clear()
        self._work.begin(examine(self._sets))
        self._refresh()

    def _clear(self) -> None:
        for card in self.cards:
            self._list.removeWidget(card)
            card.deleteLater()
        self.cards = []
        self._doing, self._done, self._problem, self._stopped = None, None, None, False

    def _stop(self) -> None:
        self._work.stop()
        self._stopped = True
        self._refresh()

    # News

    def _said(self, news: list[Event]) -> None:
        for event in news:
            if isinstance(event, Found):
                self._add(event.finding)
            elif isinstance(event, Progress):
                self._doing = event
        self._refresh()

    def _add(self, finding: Finding) -> None:
        """A card among those that are as bad, or worse, above it."""
        card = FindingCard(finding)
        if "suggested" in finding.evidence:
            explain(card, WRONG_LABELS)
        card.look_asked.connect(partial(self._look, finding))
        at = sum(other.finding.severity >= finding.severity for other in self.cards)
        self.cards.insert(at, card)
        self._list.insertWidget(at, card)
        sets = self._sets

        def sampled(run: JobRun) -> None:
            if run.state is JobState.DONE and card in self.cards:
                card.strip.show_tiles(_tiles(sets, run.result))

        self._host.start(SAMPLING, samples(sets, finding), lane="io", owner=card, on_end=sampled)

    def _ended(self, run: JobRun) -> None:
        self._doing = None
        if isinstance(run.result, Examination):
            self._done = run.result
        elif run.error is not None:
            self._problem = run.error.text
        self._refresh()

    def _look(self, finding: Finding, split: str, indices: np.ndarray) -> None:
        self.look_asked.emit(split, np.asarray(indices, np.int64), say(finding.title))

    # Words

    def _refresh(self) -> None:
        busy, done = self.busy, self._done
        self.examine.setText(self.tr("Examine again") if done or self._stopped else self.tr("Examine"))
        self.examine.setVisible(not busy)
        self.examine.setEnabled(bool(self._sets))
        self.stop.setVisible(busy)
        self._bar.setVisible(busy)
        if self._doing is not None and self._doing.total:
            self._bar.setValue(round(_PARTS * self._doing.done / self._doing.total))
        elif busy:
            self._bar.setValue(0)
        self._about.setText(self._sentence())
        self._show_state()
        self._foot.setText(self._what_was_checked())
        self._foot.setVisible(bool(self._foot.text()))

    def _sentence(self) -> str:
        parts = " + ".join(f"{len(set_):,}" for set_ in self._sets.values())
        if self.busy and self._doing and self._doing.note:
            return f"{say(self._doing.note)} · {100 * self._doing.done // self._doing.total}\u2009%"
        if self.busy:
            return self.tr("Examining")
        if self._done:
            words = self.tr("{n} looked at in {s} s · findings: {k}")
            return words.format(n=parts, s=f"{self._done.seconds:.1f}", k=f"{len(self.cards):,}")
        if self._stopped:
            return self.tr("Stopped. What was found so far stays.")
        return self.tr("{n} to look at, in all parts together").format(n=parts) if self._sets else ""

    def _show_state(self) -> None:
        """What stands where no card does."""
        self._stack.setCurrentIndex(0 if self.cards or self.busy else 1)
        if self._problem is not None:
            self.state.show_icon("warning", "bad")
            self.state.set_words(self.tr("The set could not be examined"), say(self._problem))
        elif self._done is not None:
            self.state.show_icon("shield-check", "good")
            self.state.set_words(self.tr("Nothing is wrong with this set"), say(self._done.all_good()))
        elif self._sets:
            self.state.show_icon("magnifying-glass", "dim")
            self.state.set_words(
                self.tr("Not examined yet"),
                self.tr(
                    "The doctor looks for copies, also between the parts, for wrong labels, rare classes, damaged files, "
                    "and marks that cannot be right. Nothing is changed."
                ),
            )
        else:
            self.state.show_icon("magnifying-glass", "dim")
            self.state.set_words(
                self.tr("Reading the set"), self.tr("All its parts are read before they are compared.")
            )

    def _what_was_checked(self) -> str:
        if self._done is None:
            return ""
        words = [self.tr("Checked: {what}").format(what=say(self._done.what_was_checked()))] if self.cards else []
        return "\n".join([*words, *(say(why) for why in self._done.unchecked)])


def _tiles(sets: Mapping[str, AnySet], found: tuple[Sample, ...]) -> list[Tile]:
    """Samples as tiles; windows of a signal are drawn here, in the colours of the theme."""
    drawn: dict[str, SignalTiles] = {}
    tiles = []
    for sample in found:
        picture, set_ = sample.picture, sets[sample.split]
        if picture is None and isinstance(set_, SignalSet):
            if sample.split not in drawn:
                drawn[sample.split] = SignalTiles(set_.x, shape=(144, 144))
            picture = drawn[sample.split][sample.index]
        if picture is not None:
            label_ = say(sample.label) if sample.label else ""
            tiles.append(Tile(picture, label_, say(sample.read) if sample.read else "", sample.box))
    return tiles
