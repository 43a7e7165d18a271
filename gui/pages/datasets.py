"""The Datasets tab: the pictures themselves, then what they have in common (lecture row 24)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QLineEdit

from engine import data
from engine.data import browse, explained
from engine.data.imageset import ImageSet
from engine.data.statistics import summarise
from engine.host import EngineHost
from engine.jobs import Event, JobRun, JobState, Progress
from engine.text import Text
from gui.context import Context
from gui.pages.datasets_newest import Newest
from gui.pages.page import Page
from gui.widgets.basics import column
from gui.widgets.columns import Columns
from gui.widgets.lens import Lens
from gui.widgets.picture_stage import PictureStage
from gui.widgets.sample_inspector import PREVIEWS, SampleInspector
from gui.widgets.set_list import SetList
from gui.words import say

PATIENCE_MS = 300  # nothing says "reading" before
LOOKING = Text("Looking for data sets", "데이터셋 찾기")
READING = Text("Reading pictures", "사진 읽기")
AVERAGING = Text("Averaging pictures", "평균 내기")
AUGMENTING = Text("Augmenting a picture", "사진 증강")


class DatasetsPage(Page):
    """Left the sets, in the middle their pictures, right the chosen one."""

    id = "datasets"
    icon = "database"

    def __init__(self, host: EngineHost, context: Context) -> None:
        super().__init__(host, context)
        # What was opened here is stronger than CONVOSCOPE_DATA while the window is open.
        self._folder: Path | None = None
        self._places: dict[str, Path | None] | None = None
        self._sets: dict[tuple[str, str], ImageSet] = {}
        self._wanted: tuple[str, str] | None = None
        self._looking = Newest(self, lane="io")
        self._reading = Newest(self, lane="io")
        self._mosaics = Newest(self, lane="io")  # gives way to all that a person waits for
        self._describing = Newest(self, lane="io")
        self._augmenting = Newest(self, lane="interactive")
        self._ready: set[str] = set()
        self._damaged: set[str] = set()
        self._done: Callable[[], None] | None = None
        self.sets, self.stage, self.inspector = SetList(data.DATASETS), PictureStage(), SampleInspector()
        self.lens = Lens()
        self.columns = Columns(self.sets, self.stage, self.inspector, foot=self.lens)
        self.setLayout(column(self.columns))
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._say_reading)
        self._progress = (0, 0)
        self._connect()
        self.lens.explain(explained.PIXELS)
        self.retranslate()

    def _connect(self) -> None:
        self.sets.chosen.connect(self.open_set)
        self.sets.folder_asked.connect(self.ask_for_folder)
        self.stage.folder_asked.connect(self.ask_for_folder)
        self.stage.bundled_asked.connect(self._open_bundled)
        self.stage.split_chosen.connect(self._open_split)
        self.stage.chosen.connect(self._show_picture)
        self.stage.filtered.connect(self._describe)
        self.inspector.versions_asked.connect(self._augment)
        self.inspector.opened.connect(self.stage.look_closely)
        self.inspector.class_asked.connect(self.stage.pick_class)
        self.context.settings_changed.connect(self._look_again)
        keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Open), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.ask_for_folder)

    @classmethod
    def title(cls) -> str:
        return QCoreApplication.translate("DatasetsPage", "Datasets")

    def retranslate(self) -> None:
        if self.stage.shown is not None and self.stage.grid.current() >= 0:
            self._say_picture(self.stage.grid.current())

    # Where sets are

    def shown(self) -> None:
        if self._places is None:
            self._look()

    def open(self, argument: dict[str, Any]) -> None:
        """Another page sent the person here: {"dataset": id}."""
        if id := argument.get("dataset"):
            self._wanted = (id, data.dataset(id).splits[0])
        self._look()

    def _look_again(self) -> None:
        """The settings changed; perhaps the folder of data sets."""
        folder = Path(self.context.settings.data_folder) if self.context.settings.data_folder else None
        if self._places is not None and folder != self._folder:
            self._folder = folder
            self._look()

    def _look(self) -> None:
        self._looking.ask(LOOKING, browse.look_around(self._folder), self._looked)

    def _looked(self, run: JobRun) -> None:
        if run.state is not JobState.DONE:
            return
        self._places = run.result
        self.sets.set_places({id for id, place in run.result.items() if place})
        if self._wanted is None:
            self._wanted = ("mnist" if run.result["mnist"] else "digits", "train")
        if self.stage.shown is None or (self.stage.shown.id, self.stage.shown.split) != self._wanted:
            self._open(*self._wanted)

    # Opening a set

    def open_set(self, id: str) -> None:
        """Show the part of a set that training uses, wherever the set is."""
        self._open(id, data.dataset(id).splits[0])

    def _open_bundled(self) -> None:
        self.open_set("digits")

    def _open_split(self, split: str) -> None:
        if self._wanted:
            self._open(self._wanted[0], split)

    def _open(self, id: str, split: str) -> None:
        self._wanted = (id, split)
        self._reading.cancel()
        self._mosaics.cancel()
        self._patience.stop()
        self.sets.choose(id)
        card = data.dataset(id)
        if (id, split) in self._sets:
            self._show_set(self._sets[id, split])
        elif self._places and self._places[id] is None:
            self._show_nothing_chosen()
            self.stage.show_missing(card.card.name)
        else:
            place = self._places[id] if self._places else None
            self._read(card.read(split, place) if place else data.load(id, split, self._folder), self._was_read)

    def _read(self, job: Any, then: Callable[[JobRun], None]) -> None:
        self._progress = (0, 0)
        self._patience.start()
        self._reading.ask(READING, browse.attempt(job), then, self._reads)

    def _reads(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Progress):
                self._progress = (event.done, event.total)
        if not self._patience.isActive():
            self._say_reading()

    def _say_reading(self) -> None:
        if self._wanted and self._reading.busy:
            self.stage.show_loading(data.dataset(self._wanted[0]).card.name, *self._progress)

    def _was_read(self, run: JobRun) -> None:
        self._patience.stop()
        if isinstance(run.result, ImageSet):
            self._keep(run.result)
            self._show_set(run.result)
        elif self._wanted and (problem := run.result or (run.error and run.error.text)):
            self._show_nothing_chosen()
            self.stage.show_problem(data.dataset(self._wanted[0]).card.name, problem)
            self._fill_mosaics()

    def _keep(self, read: ImageSet) -> None:
        self._sets[read.id, read.split] = read
        if len(read) >= 4:
            self.sets.cards[read.id].show_pictures(read.images[:4])

    def _show_set(self, shown: ImageSet) -> None:
        card = data.dataset(shown.id)
        self._ready.clear()
        self.stage.show_set(shown, card.card.name, card.splits)

    def _fill_mosaics(self) -> None:
        """Read the other sets that are here, one after another, for the pictures on their cards."""
        for id, place in (self._places or {}).items():
            if place and not any(known == id for known, _ in self._sets) and id not in self._damaged:
                card = data.dataset(id)
                job = card.read(card.splits[-1], place)  # the smallest part is enough for four pictures
                self._mosaics.ask(READING, browse.attempt(job), partial(self._mosaic_read, id))
                return

    def _mosaic_read(self, id: str, run: JobRun) -> None:
        if isinstance(run.result, ImageSet):
            self._keep(run.result)
        else:
            self._damaged.add(id)  # told in words when a person opens it
        self._fill_mosaics()
        self._arrived("")

    # Opening a folder

    def ask_for_folder(self) -> None:
        """Let the person choose a folder, without stopping the window."""
        dialog = QFileDialog(self, self.tr("Open a folder that holds MNIST"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._folder_picked)
        dialog.open()

    def _folder_picked(self, folder: str) -> None:
        self.open_folder(Path(folder))

    def open_folder(self, folder: Path) -> None:
        """Try to read MNIST from `folder`; when it is there, it is found next time too."""
        self._wanted = ("mnist", "train")

        def read(run: JobRun) -> None:
            if isinstance(run.result, ImageSet):
                self._folder = folder
                for split in data.dataset("mnist").splits:
                    self._sets.pop(("mnist", split), None)
                self.sets.choose("mnist")
                self.context.change(data_folder=str(folder))
                self._look()
            self._was_read(run)

        self._read(data.load("mnist", "train", folder), read)

    # The chosen picture and what the shown ones have in common

    def _show_nothing_chosen(self) -> None:
        """A message stands on the stage: nothing from the set before may stay beside it."""
        self._augmenting.cancel()
        self._describing.cancel()
        self.inspector.show_nothing()

    def _show_picture(self, index: int) -> None:
        self._say_picture(index)
        self._augment()

    def _say_picture(self, index: int) -> None:
        shown = self.stage.shown
        assert shown is not None
        words = self.tr("Index {i} of {n}, {split}")
        words = words.format(i=f"{index:,}", n=f"{len(shown):,}", split=self.stage.split_word(shown.split))
        of = say(shown.classes[int(shown.labels[index])])
        self.inspector.show_picture(shown.images[index], of, words, say(shown.note))

    def _augment(self) -> None:
        index, shown = self.stage.grid.current(), self.stage.shown
        if shown is None or index < 0:
            return
        how, seed = self.inspector.settings, self.inspector.seed + index
        job = browse.augmented(shown.images[index], how, count=PREVIEWS, seed=seed)
        self._augmenting.ask(AUGMENTING, job, self._augmented)

    def _augmented(self, run: JobRun) -> None:
        if run.state is JobState.DONE:
            self.inspector.show_versions(run.result)
            self._arrived("versions")

    def _describe(self) -> None:
        shown = self.stage.shown
        if shown is None:
            return
        job = summarise(shown.images, shown.labels, classes=len(shown.classes), index=self.stage.order)
        self._mosaics.cancel()
        self._describing.ask(AVERAGING, job, self._described)

    def _described(self, run: JobRun) -> None:
        if run.state is JobState.DONE:
            self.inspector.show_summary(run.result, self.stage.class_names())
            self._fill_mosaics()
            self._arrived("summary")

    # Doing its job, keys

    @property
    def busy(self) -> bool:
        """True while something that was asked for, or looked for, is under way."""
        questions = (self._looking, self._reading, self._mosaics, self._describing, self._augmenting)
        return any(question.busy for question in questions)

    def do_its_job(self, done: Callable[[], None]) -> None:
        """Open MNIST, or the bundled digits where it is not here; `done` when a picture and all about it is seen."""
        self._done = done
        if self.stage.shown is None and not (self._looking.busy or self._reading.busy):
            self._look()
        self._arrived("")

    def _arrived(self, what: str) -> None:
        self._ready.add(what)
        told = self._ready >= {"versions", "summary"} and self.stage.grid.current() >= 0
        if self._done and told and not self._mosaics.busy:
            self.stage.grid.viewport().repaint()
            done, self._done = self._done, None
            QTimer.singleShot(0, self, done)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typing = isinstance(self.window().focusWidget(), QLineEdit)
        if event.key() == Qt.Key.Key_Slash and not typing:
            self.stage.finder.setFocus()
            self.stage.finder.selectAll()
        elif event.key() == Qt.Key.Key_Escape and self.stage.look_away():
            return
        else:
            super().keyPressEvent(event)
