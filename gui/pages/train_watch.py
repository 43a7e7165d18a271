"""What stands under the curves and at the right: for digits mistakes and a pad, for photographs what is seen in them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from engine.cards import Task
from engine.host import EngineHost
from engine.jobs import JobRun, JobState
from engine.text import Text
from engine.train.events import Checked, Snapshot
from engine.train.look_again import look_again
from engine.train.looking import SHOWN, Looked
from engine.train.recipes import RECIPES, Recipe
from gui.pages.train_browse import BrowseDialog
from gui.pages.train_evidence import HEIGHT, HEIGHT_SMALL, Evidence
from gui.pages.train_photos import PhotoEvidence
from gui.pages.train_picture import PictureReading
from gui.pages.train_reading import Reading
from gui.pages.train_seen import Seen
from gui.pages.train_signal import SignalReading, drawn
from gui.widgets.room import is_small
from gui.words import say

LOOKING = Text("Looking at some photographs", "사진 몇 장 살펴보기")
DIGITS = [str(digit) for digit in range(10)]


class _Under(QStackedWidget):
    """Two kinds of evidence of the same height."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        for part in parts:
            self.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.room_changed(is_small(self))

    def room_changed(self, small: bool) -> None:
        """Lower in a small window."""
        self.setFixedHeight(HEIGHT_SMALL if small else HEIGHT)


class Watch(QObject):
    """Both kinds of evidence, and which of them is shown; asks earlier runs what they see."""

    def __init__(self, host: EngineHost, parent: QWidget) -> None:
        super().__init__(parent)
        self._host, self._window = host, parent
        self.evidence, self.reading = Evidence(), Reading(host)
        self.photos = PhotoEvidence()
        self.seen = Seen(self.photos)
        self.under, self.right = _Under(self.evidence, self.photos), QStackedWidget()
        self.right.addWidget(self.reading)
        self.right.addWidget(self.seen)
        self.picture = PictureReading(host)
        self.right.addWidget(self.picture)
        self.picture.named.connect(self._named)
        self.signal = SignalReading(host)
        self.right.addWidget(self.signal)
        self.signal.named.connect(self._named)
        self.signals = False
        self._names, self._colour = DIGITS, False
        self._recipe = self._dataset = self._checked = ""  # what is chosen; of which recipe the check in view is
        self.photographs = False
        self._folder: Path | None = None
        self._looking: JobRun | None = None
        self.photos.all_asked.connect(self.browse)

    def use(self, recipe: Recipe) -> None:
        """Show what fits to a recipe."""
        self._recipe = recipe.id
        self.signals = recipe.card.task is Task.SIGNAL
        self.photographs = recipe.card.task is not Task.CLASSIFY and not self.signals
        self.photos.set_metric(recipe.lesson.metric)
        self._colour = not self.photographs and not self.signals and recipe.layers[0].channels == 3
        self.under.setCurrentIndex(1 if self.photographs else 0)
        self.right.setCurrentIndex(3 if self.signals else 2 if self._colour else 1 if self.photographs else 0)
        if self.signals:
            self.signal.use_recipe(recipe)
        elif self._colour:
            self.picture.use_recipe(recipe)
        elif not self.photographs:
            self._named(DIGITS)

    def use_data(self, recipe: Recipe, dataset: str) -> None:
        """Another data set was chosen for a recipe that takes any."""
        if dataset == "auto":
            return
        if dataset != self._dataset:
            self._dataset, self._checked = dataset, ""
        if self.signals:
            self.signal.use_recipe(recipe, dataset)
        elif self._colour and recipe.takes is not None:  # other sets have other classes
            self.picture.use_data(dataset)

    def _named(self, names: list[str]) -> None:
        """What the classes are called; those of a check of another recipe, or of other data, keep their names."""
        self._names = names
        if self._checked == self._recipe or self.evidence.empty:
            self.evidence.name_classes(names)

    def clear(self) -> None:
        """A training begins."""
        if self._looking is not None:
            self._looking.cancel()
        self._folder, self._looking = None, None
        self.evidence.clear()
        self.evidence.name_classes(self._names)
        self.photos.clear()

    def set_running(self, running: bool) -> None:
        """Whether the network is still learning."""
        self.reading.set_running(running)
        self.picture.set_running(running)
        self.signal.set_running(running)

    def began(self, folder: Path) -> None:
        """The training in front is kept there."""
        self._folder = folder

    def show_check(self, checked: Checked) -> None:
        """What the newest check found."""
        self._checked = self._recipe
        if self.photographs:
            self.photos.show_check(checked)
        else:
            fits = len(checked.confusion) == len(self._names)
            names = self._names if fits else [str(number) for number in range(len(checked.confusion))]
            self.evidence.show_check(drawn(checked) if self.signals else checked, names)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """The newest weights."""
        if self.photographs:
            self.photos.show_snapshot(snapshot)
        else:
            if self.signals:
                self.signal.use(snapshot)
            elif self._colour:
                self.picture.use(snapshot)
            else:
                self.reading.use(snapshot)
            self.evidence.show_snapshot(snapshot)

    def show_looked(self, looked: Looked) -> None:
        """What it sees in photographs."""
        self.photos.show_looked(looked)

    def show_run(self, folder: Path, id: str, checked: Checked | None) -> None:
        """An earlier run of the recipe `id` is in front: its last check; its best weights look at photographs."""
        known = next((recipe for recipe in RECIPES if recipe.id == id), None)
        if known is not None:
            self.use(known)
        if not self.photographs:
            if checked:
                self.show_check(checked)
        elif folder != self._folder:
            self._look_at(folder, checked)

    def _look_at(self, folder: Path, checked: Checked | None) -> None:
        self.clear()
        self._folder = folder
        self.photos.say_note(self.tr("Its best weights are looking at some photographs…"))
        if checked:
            self.photos.show_check(checked)
        job = look_again(folder, most=SHOWN, measure=False)
        self._looking = self._host.start(LOOKING, job, lane="io", owner=self, on_end=self._looked)

    def _looked(self, run: JobRun) -> None:
        if run is not self._looking:
            return
        self._looking = None
        if run.state is JobState.DONE:
            self.photos.say_note("")
            self.photos.show_looked(run.result)
        elif run.error:
            self.photos.say_note(say(run.error.text))

    def browse(self) -> BrowseDialog | None:
        """All photographs of the run in front; None where there is no run yet."""
        if self._folder is None or not (self._folder / "best.safetensors").is_file():
            self.photos.say_note(self.tr("There are no weights yet that could look: train first."))
            return None
        dialog = BrowseDialog(self._host, self._folder, self._window)
        dialog.looked.connect(self._measured)
        dialog.open()
        return dialog

    def _measured(self, looked: Looked) -> None:
        """The figures of all photographs are known now, the curves of precision too."""
        if self.photos.looked is not None and len(looked.curves):
            self.photos.show_curves(looked)
