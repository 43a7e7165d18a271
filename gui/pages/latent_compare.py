"""The room where generators are held against each other, and a run against its own past."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QComboBox, QWidget

from engine.host import EngineHost
from engine.jobs import Event, JobRun, JobState, Progress
from engine.latent.compare import COUNT, Side, compare
from engine.latent.few_labels import Compared, Point, curve
from engine.latent.found import Known, known_generators
from engine.latent.generate import glimpse
from engine.latent.lessons import DISTANCE
from engine.latent.trained import Found, moments
from engine.text import Text
from gui.pages.latent_compare_stage import CURVE, NOTHING, PAIR, CompareStage
from gui.widgets.basics import Segmented, SliderRow, column, label, rule
from gui.widgets.columns import Columns
from gui.widgets.job_bar import JobBar
from gui.widgets.lens import Lens, explain
from gui.widgets.retold import Retold
from gui.words import say

_LOOKING = Text("Looking for generators", "생성기를 찾는 중")
_COMPARING = Text("Comparing generators", "생성기 비교")
_TUNING = Text("Few labels, with and without pre-training", "라벨 몇 개로 사전 학습 비교")
GENERATORS, MOMENTS, LABELS = range(3)


class CompareRoom(Retold, QWidget):
    """Compare is the one primary action."""

    def __init__(self, host: EngineHost, head: QWidget) -> None:
        super().__init__()
        self._host = host
        self.kind = Segmented(3, wide=True)
        self.left, self.right, self.run_of, self.base = (QComboBox() for _ in range(4))
        self.count = SliderRow(200, 10_000, COUNT, log=True, step=100)
        self.stage, self.bar, self.lens = CompareStage(), JobBar(host), Lens()
        self._titles = [label("section") for _ in range(3)]
        self._notes = [label("small", wrap=True) for _ in range(4)]
        self._note_titles = [label("section") for _ in range(4)]
        self._offered: dict[QComboBox, list[Text]] = {}
        self.known: tuple[Known, ...] = ()
        self.moments: tuple[Found, ...] = ()
        self.curve: list[Compared] = []
        for combo in (self.left, self.right, self.run_of, self.base):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(3)
        self._lay_out(head)
        self.kind.chosen.connect(lambda _kind: self._show_kind())
        self.run_of.activated.connect(lambda _place: self._show_kind())
        for combo in (self.left, self.right):
            combo.activated.connect(lambda _place: self._glimpse())
        self.bar.start_asked.connect(self.start)
        explain(self.stage, DISTANCE)
        self.lens.explain(DISTANCE)
        self.retranslate()
        self._show_kind()

    def _lay_out(self, head: QWidget) -> None:
        left, middle, right = QWidget(), QWidget(), QWidget()
        run_of, pair, base = self._titles
        self._parts: dict[int, tuple[QWidget, ...]] = {MOMENTS: (run_of, self.run_of), LABELS: (base, self.base)}
        self._pair: tuple[QWidget, ...] = (pair, self.left, self.right, self.count)
        inner = QWidget()
        inner.setLayout(
            column(
                *(self.kind, rule(), run_of, self.run_of, base, self.base),
                *(pair, self.left, self.right, self.count, None),
                gap=8,
                margins=(16, 4, 16, 16),
            )
        )
        left.setLayout(column(head, (inner, 1), gap=0))
        middle.setLayout(column((self.stage, 1), self.bar, gap=8))
        notes = [part for pair in zip(self._note_titles, self._notes, strict=True) for part in pair]
        right.setLayout(column(*notes, None, gap=8, margins=(16, 16, 16, 16)))
        self.columns = Columns(left, middle, right, self.lens)
        self.setLayout(column(self.columns, gap=0))

    def look_round(self) -> None:
        """Which generators there are."""

        def end(run: JobRun) -> None:
            if run.state is JobState.DONE:
                self._take_known(tuple(one for one in run.result if one.weights is not None))

        self._host.start(_LOOKING, known_generators(), lane="io", owner=self, on_end=end)

    def _take_known(self, known: tuple[Known, ...]) -> None:
        """AE against GAN at first, where there are both."""
        if [one.weights for one in known] == [one.weights for one in self.known]:
            return
        self.known = known
        self._offer(self.run_of, [(one.words, one.run) for one in known if one.run is not None])
        with_code = [one for one in known if one.recipe.kind in ("ae", "dbn")]
        self._offer(self.base, [(one.words, self._which(one)) for one in with_code])
        self._show_kind()

    @staticmethod
    def _which(one: Known) -> str:
        return one.recipe.id if one.run is None else str(one.weights)

    def _offer(self, combo: QComboBox, choices: list[tuple[Text, Any]]) -> None:
        """Fill a choice; its words are said again in another language."""
        self._offered[combo] = [words for words, _ in choices]
        combo.clear()
        for words, value in choices:
            combo.addItem(say(words), value)

    def _fill_pair(self) -> None:
        """What stands in the two choices: generators, or moments of a run."""
        past = self.kind.index() == MOMENTS
        choices = [(one.words, str(one.path)) for one in self.moments]
        choices = choices if past else [(one.words, self._which(one)) for one in self.known]
        for combo in (self.left, self.right):
            self._offer(combo, choices)
        kinds = [one.recipe.kind for one in self.known]
        if self.kind.index() == MOMENTS:
            self.left.setCurrentIndex(0)
            self.right.setCurrentIndex(len(self.moments) - 1)
        elif kinds:
            self.left.setCurrentIndex(kinds.index("ae") if "ae" in kinds else 0)
            self.right.setCurrentIndex(kinds.index("dcgan") if "dcgan" in kinds else len(kinds) - 1)
        self._glimpse()

    def _glimpse(self) -> None:
        """What the two chosen ones make, before they are compared; figures of other ones go."""
        if self.kind.index() == LABELS:
            return
        self.stage.clear()
        for place, combo in enumerate((self.left, self.right)):
            if which := combo.currentData():
                job = glimpse(str(which))
                self._host.start(_LOOKING, job, lane="io", owner=self, on_end=partial(self._glimpsed, place))

    def _glimpsed(self, place: int, run: JobRun) -> None:
        wanted = (self.left, self.right)[place].currentData()
        if run.state is JobState.DONE and run.result[0] == wanted and self.stage.sides[place].side is None:
            self.stage.show_glimpse(place, *run.result[1:])

    def _show_kind(self) -> None:
        kind = self.kind.index()
        empty = kind == MOMENTS and not self.run_of.count()
        for part in self._parts[MOMENTS]:
            part.setVisible(kind == MOMENTS and not empty)
        for part in self._parts[LABELS]:
            part.setVisible(kind == LABELS)
        for part in self._pair:
            part.setVisible(kind != LABELS and not empty)
        self.stage.show_part(NOTHING if empty else CURVE if kind == LABELS else PAIR)
        self.bar.setVisible(not empty)
        run = self.run_of.currentData()
        self.moments = moments(run) if isinstance(run, Path) else ()
        self._fill_pair()
        self._say_start()

    def start(self) -> None:
        """Compare what is chosen."""
        if self.kind.index() == LABELS:
            self._start_curve()
        elif (left := self.left.currentData()) and (right := self.right.currentData()):
            self.stage.clear()
            job = compare((str(left), str(right)), count=int(self.count.value()))
            self.bar.follow(self._host.train(_COMPARING, job, owner=self, on_events=self._compared, on_end=self._over))

    def _start_curve(self) -> None:
        if base := self.base.currentData():
            self.curve.clear()
            self.stage.show_curve(())
            job = curve(str(base))
            self.bar.follow(self._host.train(_TUNING, job, owner=self, on_events=self._compared, on_end=self._over))

    def _compared(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Side):
                self.stage.show_side(event)
            elif isinstance(event, Point):
                self.curve.append(event.compared)
                self.stage.show_curve(self.curve)
            elif isinstance(event, Progress):
                self.bar.show_progress(event.done, event.total, say(event.note) if event.note else "")

    def _over(self, run: JobRun) -> None:
        ends = {
            JobState.DONE: self.tr("Compared"),
            JobState.CANCELLED: self.tr("Stopped."),
            JobState.FAILED: self.tr("Ended by an error; the note above says why."),
        }
        if run.state is JobState.DONE:
            self.bar.show_progress(1, 1, "")
        self.bar.show_end(ends[run.state])

    def _say_start(self) -> None:
        self.bar.set_start(self.tr("Fine-tune") if self.kind.index() == LABELS else self.tr("Compare"))
        self.bar.set_name(self.tr("Comparing"))

    def retranslate(self) -> None:
        self.kind.setTexts([self.tr("Pair"), self.tr("Past"), self.tr("Labels")])
        words = (self.tr("Run"), self.tr("Left and right"), self.tr("Begins with"))
        for title, said in zip(self._titles, words, strict=True):
            title.setText(said)
        for combo, name in zip((self.run_of, self.left, self.right, self.base), self._names(), strict=True):
            combo.setAccessibleName(name)
        for combo, offered in self._offered.items():
            for place, words_of in enumerate(offered):
                combo.setItemText(place, say(words_of))
        self.count.set_name(self.tr("Samples"))
        notes = (
            (
                self.tr("Blur and sharpness"),
                self.tr(
                    "An autoencoder averages what it is unsure of: blurred, but your picture. A GAN is sharp, and nobody ever wrote it."
                ),
            ),
            (
                self.tr("Fréchet distance"),
                self.tr(
                    "How far samples lie from real pictures in the eyes of our digit reader, or of EfficientNet-Lite0 for photographs. Real against real is what a perfect generator would get."
                ),
            ),
            (self.tr("Score"), self.tr("High when each sample is clearly one class and all classes occur.")),
            (
                self.tr("Copied or dreamt"),
                self.tr(
                    "5 % of new real pictures lie as close to a training picture. Far more than 5 % means it repeats what it saw."
                ),
            ),
        )
        for (name, said), head, note in zip(notes, self._note_titles, self._notes, strict=True):
            head.setText(name)
            note.setText(said)
        self._say_start()

    def _names(self) -> tuple[str, ...]:
        return (self.tr("Run"), self.tr("Left generator"), self.tr("Right generator"), self.tr("Begins with"))
