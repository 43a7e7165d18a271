"""All validation photographs of a trained network, worst first: what it found, what it made up, what it missed."""

from __future__ import annotations

from math import isfinite
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QProgressBar, QScrollArea, QWidget

from engine.host import EngineHost
from engine.jobs import Event, JobRun, JobState, Progress
from engine.text import Text
from engine.train.figures import metric_name
from engine.train.look_again import look_again
from engine.train.looking import Looked
from gui.pages.train_photo_words import EXPLANATIONS
from gui.pages.train_photos import WAYS
from gui.widgets.basics import Segmented, button, column, label, row
from gui.widgets.dialog import Dialog
from gui.widgets.glance_paint import ERRORS, Painted, painted_of
from gui.widgets.glance_tiles import GlanceTiles, GlanceView
from gui.widgets.lens import explain
from gui.words import say

LOOKING = Text("Looking at all photographs", "모든 사진 살펴보기")
ALL, WITH_WRONG, WITH_MISSED, RIGHT = range(4)


class BrowseDialog(Dialog):
    """The photographs of the last part of the run in `folder`. Closing it stops the looking.

    Signals:
        looked: (Looked) what was seen and measured.
    """

    looked = Signal(object)

    def __init__(self, host: EngineHost, folder: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._found: Looked | None = None
        self._every: list[Painted] = []
        self.problem: Text | None = None
        self.kinds, self.ways = Segmented(4), Segmented(3)
        self.ways.choose(ERRORS)
        self.tiles, self.view = GlanceTiles(wall=True), GlanceView()
        self.tiles.show_way(ERRORS)
        self._title, self._lead, self._note = label("title"), label("small", wrap=True), label("small", wrap=True)
        self._bar, self._close = QProgressBar(), button(kind="quiet")
        self._bar.setTextVisible(False)
        self._lay_out()
        self._connect()
        self.resize(1080, 700)
        self.retranslate()
        self._run = host.start(
            LOOKING, look_again(folder), lane="io", owner=self, on_events=self._tell, on_end=self._looked
        )
        self.finished.connect(lambda _: self._run.cancel())

    def _lay_out(self) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.tiles)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        large = QWidget()
        large.setLayout(column((self.view, 1), self._note, gap=8))
        head = row(self.kinds, None, self.ways, gap=8)
        body = row((scroll, 5), (large, 4), gap=14)
        foot = row((self._bar, 1), self._close, gap=8)
        self.setLayout(column(self._title, self._lead, head, (body, 1), foot, gap=10, margins=(20, 18, 20, 18)))

    def _connect(self) -> None:
        self.kinds.chosen.connect(lambda _: self._show())
        self.ways.chosen.connect(self._turn)
        self.tiles.chosen.connect(lambda _: self._show_one())
        self._close.clicked.connect(self.close)
        explain(self.tiles, EXPLANATIONS["answers"])

    @property
    def shown(self) -> list[Painted]:
        """The photographs in the wall."""
        return self.tiles.shown

    def _tell(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Progress):
                self._bar.setRange(0, event.total)
                self._bar.setValue(event.done)

    def _looked(self, run: JobRun) -> None:
        self._bar.hide()
        if run.state is JobState.DONE:
            self._found = run.result
            self._take()
            self.looked.emit(run.result)
        elif run.error:
            self.problem = run.error.text
        self.retranslate()

    def _take(self) -> None:
        assert self._found is not None
        every = painted_of(self._found, [say(name) for name in self._found.classes])
        self._every = sorted(every, key=lambda one: one.glance.figure if isfinite(one.glance.figure) else 2.0)
        self._show()

    def _show(self) -> None:
        self.tiles.show_glances([one for one in self._every if _is(one, self.kinds.index())])
        self._show_one()

    def _turn(self, index: int) -> None:
        self.tiles.show_way(WAYS[index])
        self._show_one()

    def _show_one(self) -> None:
        one = self.tiles.shown[self.tiles.at] if self.tiles.shown else None
        self.view.show_glance(one, WAYS[self.ways.index()])
        words = ""
        if one is not None and one.judged is not None:
            right, wrong, missed = one.counts
            told = self.tr("{right} right (TP), {wrong} wrong (FP), {missed} missed (FN)")
            words = f"{one.glance.file}\n" + told.format(right=right, wrong=wrong, missed=missed)
        elif one is not None:
            words = f"{one.glance.file}  {100 * one.glance.figure:.1f}\u2009%"
        elif self._found is not None:
            words = self.tr("No photograph of this kind.")
        self._note.setText(words)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            if self._found is not None:
                self._take()  # names of classes are painted
            self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("All validation photographs"))
        self._title.setText(self.tr("All validation photographs"))
        self._close.setText(self.tr("Close"))
        self.ways.setTexts([self.tr("Network"), self.tr("Truth"), self.tr("Errors")])
        self.ways.setAccessibleName(self.tr("What is drawn on the photographs"))
        self.kinds.setTexts([self.tr("All"), self.tr("With wrong"), self.tr("With missed"), self.tr("All right")])
        self.kinds.setAccessibleName(self.tr("Which photographs"))
        boxes = bool(self._every) and self._every[0].judged is not None
        self.kinds.setVisible(boxes)
        self.tiles.setAccessibleName(self.tr("Validation photographs, worst first"))
        self._lead.setText(self._lead_words())
        self._show_one()

    def _lead_words(self) -> str:
        if self.problem is not None:
            return say(self.problem)
        if self._found is None:
            return self.tr("The best weights of this run look at every photograph of the last part.")
        totals = [sum(counts) for counts in zip(*(one.counts for one in self._every), strict=True)] or [0, 0, 0]
        if any(totals):
            words = self.tr("{n:,} photographs ({split}), worst first: {right:,} TP, {wrong:,} FP, {missed:,} FN.")
            right, wrong, missed = totals
            count = len(self._every)
            return words.format(n=count, split=self._found.split, right=right, wrong=wrong, missed=missed)
        words = self.tr("{n:,} photographs ({split}), worst first by {name}.")
        name = say(metric_name(self._found.metric))
        return words.format(n=len(self._every), split=self._found.split, name=name)


def _is(one: Painted, kind: int) -> bool:
    """Whether a photograph is of one kind of `BrowseDialog.kinds`."""
    _, wrong, missed = one.counts
    return {ALL: True, WITH_WRONG: wrong > 0, WITH_MISSED: missed > 0, RIGHT: wrong + missed == 0}[kind]
