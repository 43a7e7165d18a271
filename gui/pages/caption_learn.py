"""The learning room of the Caption tab: a recipe, its settings, the curves while it learns, and what it says by then."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from engine.caption.recipes import CAPTION_RECIPES, CaptionRecipe
from engine.host import EngineHost
from engine.jobs import Event, JobRun, JobState, Progress
from engine.text import Text
from gui.context import Context
from gui.pages.caption_jobs import stopped, taught
from gui.widgets.basics import button, column, frame, label, row, rule
from gui.widgets.columns import Columns
from gui.widgets.form import Form
from gui.widgets.game_chart import GameChart
from gui.widgets.job_bar import JobBar
from gui.widgets.lens import Lens, explain
from gui.widgets.retold import Retold
from gui.words import say

if TYPE_CHECKING:
    from engine.caption.events import Checked, Started
    from engine.caption.stopped import Stopped

_CAPTION = ("epochs", "learning_rate", "dropout", "smoothing", "hints", "members", "seed")
_FORMS = {
    "nic": _CAPTION,
    "attention": _CAPTION,
    "text": ("epochs", "learning_rate", "dropout", "width", "state", "window", "seed"),
}
_LEARNING = Text("A captioner learns", "캡션 모델 학습")
_LOOKING = Text("Looking for stopped runs", "멈춘 실행 찾기")


class CaptionLearn(Retold, QWidget):
    """Start trains the chosen recipe; Stop keeps the best so far.

    Signals:
        learnt: (str) the folder of a run that has ended with weights. wanted: (str, str) recipe and folder to be tried.
    """

    learnt = Signal(str)
    wanted = Signal(str, str)

    def __init__(self, host: EngineHost, context: Context) -> None:
        super().__init__()
        self._host, self._context = host, context
        self._started: Started | None = None
        self._checked: Checked | None = None
        self._best: Checked | None = None
        self._end: JobState | None = None
        self._stopped: tuple[Stopped, ...] = ()
        self.again = QComboBox()
        self.again.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.recipe, self._summary = QComboBox(), label("small", wrap=True)
        self._titles = [label("section") for _ in range(3)]
        self.forms = [Form(one.defaults, only=_FORMS[one.kind]) for one in CAPTION_RECIPES]
        self.loss, self.score = GameChart("slide"), GameChart("net")
        self._says, self._example = label("caption"), label("lead", wrap=True)
        self._figures, self._data = label("small", wrap=True), label("caption", wrap=True)
        self.listen, self.bar, self.lens = button("chat-text"), JobBar(host), Lens()
        self._lay_out()
        for one in CAPTION_RECIPES:
            self.recipe.addItem(say(one.card.name), one.id)
        self.recipe.currentIndexChanged.connect(lambda _: self._recipe_chosen())
        self.again.currentIndexChanged.connect(lambda _: self._lock())
        self.bar.start_asked.connect(self.start)
        self.listen.clicked.connect(self._listen)
        self._recipe_chosen()
        self.retranslate()

    def _lay_out(self) -> None:
        recipe, settings, figures = self._titles
        left = QWidget()
        parts = (recipe, self.recipe, self._summary, rule(), settings, self.again, *self.forms, self._data, None)
        left.setLayout(column(*parts, gap=8, margins=(14, 14, 14, 14)))
        middle = QWidget()
        said = frame("well", column(self._says, self._example, gap=6, margins=(14, 12, 14, 12)))
        stage = frame("panel", column((self.loss, 1), (self.score, 1), said, gap=10, margins=(14, 14, 14, 14)))
        middle.setLayout(column((stage, 1), self.bar, gap=8))
        right = QWidget()
        right.setLayout(column(figures, self._figures, row(self.listen, None), None, gap=8, margins=(14, 14, 14, 14)))
        self.columns = Columns(left, middle, right, self.lens)
        self.setLayout(column(self.columns, gap=0))

    @property
    def chosen(self) -> CaptionRecipe:
        """The recipe that is chosen."""
        return CAPTION_RECIPES[max(0, self.recipe.currentIndex())]

    def shown(self) -> None:
        """The room came to the front."""
        self.retranslate()
        self._look_for_stopped()

    def _look_for_stopped(self) -> None:
        """Which runs can go on."""

        def end(run: JobRun) -> None:
            if run.state is JobState.DONE:
                self._stopped = run.result
                self._show_stopped()

        self._host.start(_LOOKING, stopped(), lane="io", owner=self, on_end=end)

    def _show_stopped(self) -> None:
        """Those of the chosen recipe, behind a new beginning."""
        before = self.again.currentData()
        self.again.blockSignals(True)
        self.again.clear()
        self.again.addItem(self.tr("begin anew"), None)
        for one in self._stopped:
            if one.recipe == self.chosen.id:
                self.again.addItem(self.tr("go on from epoch {done:.1f}").format(done=one.epoch), one.folder)
        folders = [self.again.itemData(place) for place in range(self.again.count())]
        self.again.setCurrentIndex(folders.index(before) if before in folders else 0)
        self.again.blockSignals(False)
        self.again.setVisible(self.again.count() > 1)
        self._lock()

    @property
    def resumed(self) -> Path | None:
        """The run that is to go on; None begins anew."""
        found = self.again.currentData()
        return found if isinstance(found, Path) else None

    def _lock(self) -> None:
        """While it learns nothing is set; a run that goes on keeps the settings it began with."""
        for widget in (self.recipe, self.again):
            widget.setEnabled(not self.bar.busy)
        for form, one in zip(self.forms, CAPTION_RECIPES, strict=True):
            form.set_locked(self.bar.busy)
            form.setVisible(one is self.chosen and self.resumed is None)
        self._say_state()

    def _recipe_chosen(self) -> None:
        for widget in (self.loss, self.score, self.recipe):
            explain(widget, self.chosen.card.explanation)
        self.lens.explain(self.chosen.card.explanation)
        self._show_stopped()

    def start(self) -> None:
        """Begin to learn with what is set."""
        form = self.forms[self.recipe.currentIndex()]
        if self.bar.busy or form.go_to_problem():
            return
        self._started = self._checked = self._best = self._end = None
        self.loss.clear()
        self.score.clear()
        job = taught(self.chosen.id, form.value(), self._context.settings.data(), self.resumed)
        run = self._host.train(_LEARNING, job, owner=self, on_events=self._came, on_end=self._ended)
        self.bar.follow(run)
        self._lock()
        self._say_state()

    def _came(self, events: list[Event]) -> None:
        from engine.caption.events import Checked, Learned, Recalled, Started

        for event in [one for told in events for one in (told.events if isinstance(told, Recalled) else (told,))]:
            if isinstance(event, Progress) and event.total:
                self.bar.show_progress(event.done, event.total, say(event.note) if event.note else "")
            elif isinstance(event, Started):
                self._started = event
            elif isinstance(event, Learned):
                self.loss.add(event.step, event.loss)
                self._show_progress(event.epoch, event.seconds)
            elif isinstance(event, Checked):
                self._checked = event
                self._best = event if event.best else self._best
                self.score.add(event.step, event.figures[self._figure])
        self.loss.update()
        self.score.update()
        self._say_state()

    @property
    def _figure(self) -> str:
        return "likelihood" if self.chosen.kind == "text" else "cider_d"

    def _show_progress(self, epoch: float, seconds: float) -> None:
        assert self._started is not None
        words = self.tr("epoch {done:.1f} of {total:g}").format(done=epoch, total=self._started.epochs)
        left = seconds / epoch * (self._started.epochs - epoch)
        self.bar.show_progress(epoch, self._started.epochs, words, self.tr("about {s:.0f} s left").format(s=left))

    def _ended(self, run: JobRun) -> None:
        self.bar.show_end("")
        self._end = run.state
        self._look_for_stopped()
        self._lock()
        self._say_state()
        if self._best and self._started:
            self.learnt.emit(self._started.folder)

    def _listen(self) -> None:
        if self._started and self._best:
            self.wanted.emit(self.chosen.id, self._started.folder)

    def _say_state(self) -> None:
        self._summary.setText(say(self.chosen.card.summary))
        text = self.chosen.kind == "text"
        self.loss.set_title(self.tr("Loss of a character, in nats") if text else self.tr("Loss of a word, in nats"))
        self.score.set_title(self.tr("Likelihood on held-out text") if text else self.tr("CIDEr-D on held-out photos"))
        data = self.tr("Learns from the tales that came with the app.")
        if not text:
            data = self.tr(
                "Learns from Flickr8k in your folder of data sets, and from COCO’s sentences if they are there."
            )
        if self.resumed is not None:
            data = self.tr("{name} goes on with the settings and the data it began with.")
            data = data.format(name=self.resumed.name)
        self._data.setText(data)
        self._example.setText(self._checked.example if self._checked else self.tr("Nothing yet. Press Start."))
        best = self._best.figures if self._best else {}
        lines = [f"{name}  {value:.3f}" for name, value in best.items()]
        self._figures.setText("\n".join(lines) or self.tr("The figures of the best check stand here."))
        self.listen.setEnabled(self._best is not None and not self.bar.busy)
        self.bar.set_start(self.tr("Start learning"), self.tr("a few minutes on one core"))
        ends = {
            JobState.DONE: self.tr("It has learnt"),
            JobState.CANCELLED: self.tr("Stopped; it can go on later"),
            JobState.FAILED: self.tr("It could not learn"),
        }
        if self._end is not None and not self.bar.busy:
            self.bar.show_end(ends[self._end])

    def retranslate(self) -> None:
        for title, said in zip(
            self._titles, (self.tr("Recipe"), self.tr("Settings"), self.tr("Best check so far")), strict=True
        ):
            title.setText(said)
        for place, one in enumerate(CAPTION_RECIPES):
            self.recipe.setItemText(place, say(one.card.name))
        self._show_stopped()
        self.again.setAccessibleName(self.tr("Begin anew or go on"))
        self.recipe.setAccessibleName(self.tr("Recipe"))
        self._says.setText(self.tr("What it says of a held-out photo or start"))
        self.listen.setText(self.tr("Try it"))
        self.listen.setToolTip(self.tr("Use these weights in the room Photo or Text"))
        self.bar.set_name(self.tr("Learning"))
        self._say_state()
