"""When a chapter's network is not on this machine: which one it is, how large, and how to get or make one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from engine.download import in_words
from engine.errors import LabError
from engine.host import EngineHost
from engine.jobs import Event, Job, JobRun, JobState, Progress
from engine.models import ModelCard, get_model
from engine.text import Text
from gui.context import Context
from gui.widgets.basics import IconButton, State, button, column, frame, label, restyle, row
from gui.words import say

if TYPE_CHECKING:
    from engine.detect.explain.networks import Network

_GETTING = Text("Getting {name}", "{name} 받기")


class NeedCard(QWidget):
    """Says what is missing; one button asks the models store for it, another trains one here.

    Signals:
        got: the weights are on this machine now. back: the window is in front again, where they may have come meanwhile.
    """

    got = Signal()
    back = Signal()

    def __init__(self, host: EngineHost, context: Context) -> None:
        super().__init__()
        self._host, self._context = host, context
        self._card: ModelCard | None = None
        self._recipe, self._problem = "", Text("", "")
        self._run: JobRun | None = None
        self.get, self.train = button("download-simple", "primary", "compact"), button("chart-line-up", size="compact")
        self.models = IconButton("stack", compact=True)
        self._state = State("download-simple", self.get, self.train, tone="you")
        self._terms, self._bad = label("caption", wrap=True), label("small", wrap=True, tone="bad")
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        about = row(4, (self._terms, 1), self.models, gap=6)
        inner = column(self._state, about, self._bar, self._bad, gap=2, margins=(4, 0, 8, 8))
        self.setLayout(column(frame("well", inner)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.get.clicked.connect(self._get)
        self.train.clicked.connect(lambda: self._context.go("train", {"recipe": self._recipe}))
        self.models.clicked.connect(self._open_models)
        self.hide()
        self.retranslate()

    def _open_models(self) -> None:
        self._context.open_models.emit(self._card.id if self._card else "")

    def show_missing(self, networks: Sequence[Network], recipe: str) -> None:
        """None of `networks` is here; `recipe` trains one, "" = none does."""
        if self._run is not None and not self._run.state.final:
            return  # what is being fetched stays in view
        missing = next((n for n in networks if n.card is not None and not n.here), None)
        self._card, self._recipe, self._problem = (missing.card if missing else None), recipe, Text("", "")
        self.retranslate()
        self.show()

    @property
    def busy(self) -> bool:
        """True while weights are fetched."""
        return self._run is not None

    def retranslate(self) -> None:
        card = self._card
        self.get.setVisible(card is not None)
        self.models.setVisible(card is not None)
        self.models.set_tip(self.tr("Show it in the list of models"))
        self.train.setVisible(bool(self._recipe))
        self.train.setText(self.tr("Train it"))
        self._state.show_icon("download-simple" if card else "chart-line-up")
        if card is not None:
            size = in_words(card.bytes)
            busy = self._run is not None
            self.get.setText(self.tr("Cancel") if busy else self.tr("Get it, {size}").format(size=size))
            self._state.set_words(
                self.tr("A trained network is needed"),
                self.tr("{name} is not on this machine yet. It is fetched once; then this works offline.").format(
                    name=say(card.name)
                ),
            )
            self._terms.setText(f"{card.licence} · {say(card.figure)}")
            self._terms.setToolTip(say(card.terms))
        else:
            self._state.set_words(
                self.tr("No network of this kind is here yet"),
                self.tr("Train one in the Train tab; it then appears here by itself."),
            )
            self._terms.setText("")
        self._terms.setVisible(bool(self._terms.text()))
        self._bad.setText(say(self._problem))
        self._bad.setVisible(bool(self._bad.text()))
        self._bar.setVisible(self._run is not None)

    def _get(self) -> None:
        if self._run is not None:
            self._run.cancel()
            return
        assert self._card is not None
        self._problem = Text("", "")
        self._bar.setValue(0)
        self._run = self._host.start(
            _GETTING(name=self._card.name),
            _attempt(self._card),
            lane="download",
            owner=self,
            on_events=self._progressed,
            on_end=self._ended,
        )
        restyle(self.get, kind="secondary")
        self.retranslate()

    def _progressed(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Progress) and event.total:
                self._bar.setValue(round(1000 * min(1.0, event.done / event.total)))

    def _ended(self, run: JobRun) -> None:
        self._run = None
        restyle(self.get, kind="primary")
        if isinstance(run.result, Text):
            self._problem = run.result
        elif run.state is JobState.FAILED and run.error:
            self._problem = run.error.text
        self.retranslate()
        if run.state is JobState.DONE and not isinstance(run.result, Text):
            self.hide()
            self.got.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.ActivationChange and self.isVisible() and self.isActiveWindow():
            self.back.emit()


def _attempt(card: ModelCard) -> Job:
    """The path of the weights, or the sentence that says why they could not be had."""
    try:
        return (yield from get_model(card))
    except LabError as error:
        return error.text
