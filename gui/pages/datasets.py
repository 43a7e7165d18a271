"""The Datasets tab: any set as pictures, then what they have in common (lecture rows 12, 24, 26, 83, 89, 93–95)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit

from engine import data
from engine.data import AnySet, browse, explained, opened
from engine.data.content import Content, read_with
from engine.data.photo_statistics import Described, describe
from engine.data.photoset import PhotoSet
from engine.data.signalset import SignalSet
from engine.host import EngineHost
from engine.jobs import Event, Job, JobRun, Progress
from engine.text import Text, same
from gui.context import Context
from gui.pages.datasets_ask import ask_for_place
from gui.pages.datasets_chosen import Chosen
from gui.pages.datasets_newest import Newest
from gui.pages.datasets_patient import Patient
from gui.pages.datasets_photos import Photos
from gui.pages.datasets_reading import Readings
from gui.pages.datasets_shelf import Shelf
from gui.pages.datasets_views import Part, Views
from gui.pages.page import Page
from gui.widgets.basics import column
from gui.widgets.columns import Columns
from gui.widgets.lens import Lens
from gui.widgets.picture_stage import PictureStage
from gui.widgets.sample_inspector import SampleInspector
from gui.widgets.set_list import SetList
from gui.widgets.stage_head import PICTURES

PATIENCE_MS = 300  # nothing says "reading" before
KEPT = 4  # parts of sets that stay in memory
READING = Text("Reading pictures", "사진 읽기")
OPENING = Text("Opening a place", "데이터셋 열기")
AVERAGING = Text("Averaging pictures", "평균 내기")


class DatasetsPage(Page):
    """Left the sets, in the middle their pictures, right the chosen one."""

    id = "datasets"
    icon = "database"

    def __init__(self, host: EngineHost, context: Context) -> None:
        super().__init__(host, context)
        self._sets: dict[tuple[str, str], tuple[AnySet, Content]] = {}
        self._wanted: tuple[str, str] | None = None
        self._look_at: np.ndarray | None = None  # pictures to pick once the wanted part is shown
        self._reading = Newest(self, lane="io")
        self._describing = Patient(self)
        self._ready: set[str] = set()
        self._done: Callable[[], None] | None = None
        self.sets, self.stage, self.inspector = SetList(data.DATASETS), PictureStage(), SampleInspector()
        self.shelf = Shelf(self, self.sets)
        self.photos = Photos(self, self.stage, self.inspector)
        self.chosen = Chosen(self, self.stage, self.inspector, self.photos)
        self.readings = Readings(self, self.stage, self.inspector.reading)
        self.views = Views(self, self.stage, self._parts)
        self.sets.add_tool(self.views.make)
        self.lens = Lens()
        self.columns = Columns(self.sets, self.stage, self.inspector, foot=self.lens)
        self.setLayout(column(self.columns))
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._say_reading)
        self._progress, self._reads_name = (0, 0), Text("", "")
        self.setAcceptDrops(True)
        self._connect()
        self.lens.explain(explained.PIXELS)
        self.retranslate()

    def _connect(self) -> None:
        self.sets.chosen.connect(self.open_set)
        self.sets.folder_asked.connect(self.ask_for_folder)
        self.sets.file_asked.connect(self.ask_for_file)
        self.sets.classes_asked.connect(self.readings.list_imagenet)
        self.shelf.looked.connect(self._looked)
        self.shelf.got.connect(self.open_set)
        self.shelf.mosaics_done.connect(lambda: self._arrived(""))
        self.stage.view_chosen.connect(self._came_back)
        self.views.look_asked.connect(self._look)
        self.views.changed.connect(self._was_written)
        self.views.parts_read.connect(self._keep_parts)
        self.views.made.connect(self.open_folder)
        self.stage.folder_asked.connect(self.ask_for_folder)
        self.stage.bundled_asked.connect(self._open_bundled)
        self.stage.split_chosen.connect(self._open_split)
        self.stage.chosen.connect(self.chosen.show)
        self.stage.filtered.connect(self._describe)
        self.photos.seen.connect(self._seen)
        self.chosen.versions_made.connect(lambda: self._arrived("versions"))
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
        self.views.retranslate()
        self.chosen.say_again()

    # Where sets are

    def shown(self) -> None:
        if self.shelf.around is None:
            self.shelf.look()

    def open(self, argument: dict[str, Any]) -> None:
        """Another page sent the person here: {"dataset": id, "split": its part} or {"place": path}."""
        if place := argument.get("place"):
            self.open_folder(Path(place))
            return
        if id := argument.get("dataset"):
            self._wanted = (id, argument.get("split") or data.dataset(id).splits[0])
        self.shelf.look()

    def _look_again(self) -> None:
        """The settings changed; perhaps the folder of data sets."""
        folder = Path(self.context.settings.data_folder) if self.context.settings.data_folder else None
        if self.shelf.around is not None and folder != self.shelf.folder:
            self.shelf.folder = folder
            self.shelf.look()

    def _looked(self) -> None:
        if self._wanted is None:
            self._wanted = ("mnist" if self.shelf.place("mnist") else "digits", "train")
        around, shown = self.shelf.around, self.stage.shown
        known = around is not None and any(card.id == self._wanted[0] for card in around.cards)
        if not known:  # taken off the list while it was open
            self._wanted = ("digits", "train")
        if not self._reading.busy and (shown is None or (shown.id, shown.split) != self._wanted):
            self._open(*self._wanted)
        else:
            self.shelf.fill_cards()

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
        self.shelf.wait()
        self._patience.stop()
        self.sets.choose(id)
        card, place = data.dataset(id), self.shelf.place(id)
        if (id, split) in self._sets:
            self._show_set(*self._sets[id, split])
        elif self.shelf.around and place is None:
            self._show_nothing_chosen()
            self.stage.show_missing(card.card.name)
            self.shelf.fill_cards()
        else:
            job = card.read(split, place) if place else data.load(id, split, self.shelf.folder)
            self._read(READING, read_with(job), card.card.name, self._was_read)

    def _read(self, name: Text, job: Job, of: Text, then: Callable[[JobRun], None]) -> None:
        self._progress, self._reads_name = (0, 0), of
        self._patience.start()
        self._reading.ask(name, browse.attempt(job), then, self._reads)

    def _reads(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Progress):
                self._progress = (event.done, event.total)
        if not self._patience.isActive():
            self._say_reading()

    def _say_reading(self) -> None:
        if self._reading.busy:
            self.stage.show_loading(self._reads_name, *self._progress)

    def _was_read(self, run: JobRun) -> None:
        self._patience.stop()
        if isinstance(run.result, tuple):
            read, content = run.result
            self._keep(read, content)
            self._show_set(read, content)
        else:
            self._show_problem(run)

    def _show_problem(self, run: JobRun) -> None:
        if problem := run.result or (run.error and run.error.text):
            self._show_nothing_chosen()
            self.stage.show_problem(self._reads_name, problem)
            self.shelf.fill_cards()

    def _keep(self, read: AnySet, content: Content) -> None:
        self._sets[read.id, read.split] = (read, content)
        others = [key for key in self._sets if key[0] != read.id]
        for key in others[: max(0, len(self._sets) - KEPT)]:
            self._sets.pop(key)
        four = None if isinstance(read, PhotoSet) else browse.four_of(read)
        if four is not None and read.id in self.sets.cards:
            self.sets.cards[read.id].show_pictures(four)

    def _show_set(self, shown: AnySet, content: Content) -> None:
        card = data.dataset(shown.id)
        self._ready.clear()
        self.photos.leave(first_view=isinstance(shown, PhotoSet))
        marked = isinstance(shown, PhotoSet) and (shown.objects is not None or shown.masks is not None)
        self.inspector.suit(photographs=isinstance(shown, PhotoSet), marks=marked, signals=isinstance(shown, SignalSet))
        self.readings.leave()
        if self.stage.shown is None or self.stage.shown.id != shown.id:
            self.inspector.forget_set()
        self.stage.show_set(shown, card.card.name, card.splits, content)
        self.views.folder = self.shelf.folder
        self.views.begin()
        self.photos.begin()
        if self.stage.grid.current() >= 0:
            self.chosen.show(self.stage.grid.current())
        if not self.photos.first_view:
            self.readings.begin()
        if self._look_at is not None:
            self.stage.filter.show_only(self._look_at)
            self._look_at = None

    def _seen(self) -> None:
        """The first photographs can be seen; now there is time for all the rest."""
        self._describe()
        self.readings.begin()

    # Views beside the pictures

    def _parts(self) -> dict[str, AnySet]:
        """The parts of the set on the stage that have been read."""
        shown = self.stage.shown
        return {split: read for (id, split), (read, _) in self._sets.items() if shown is not None and id == shown.id}

    def _keep_parts(self, parts: dict[str, Part]) -> None:
        for read, content in parts.values():
            self._keep(read, content)

    def _look(self, split: str, indices: np.ndarray, words: str) -> None:
        """The doctor wants these pictures seen."""
        self._look_at = indices
        if self._wanted:
            self._open(self._wanted[0], split)
        self.lens.explain(explained.found(words))

    def _was_written(self, id: str, split: str) -> None:
        """The annotator wrote a set: it is read anew when the pictures are looked at."""
        self._sets.pop((id, split), None)
        self.shelf.forget_pictures(id)

    def _came_back(self, view: int) -> None:
        if view == PICTURES and self._wanted and self._wanted not in self._sets and not self._reading.busy:
            self._open(*self._wanted)

    # Opening a place

    def ask_for_folder(self) -> None:
        """Let the person choose a folder, without stopping the window."""
        ask_for_place(self, self.tr("Open a folder that holds a data set"), self._place_picked)

    def ask_for_file(self) -> None:
        """Let the person choose a file or an archive."""
        ask_for_place(self, self.tr("Open a file or an archive that holds a data set"), self._place_picked, files=True)

    def _place_picked(self, place: str) -> None:
        self.open_folder(Path(place))

    def open_folder(self, place: Path) -> None:
        """Open what a folder, file or archive holds; it is remembered, and found next time too."""
        self.shelf.wait()
        self._read(OPENING, opened.open_place(place), same(place.name), self._was_opened)

    def _was_opened(self, run: JobRun) -> None:
        self._patience.stop()
        if not isinstance(run.result, tuple):
            self._show_problem(run)
            return
        card = run.result[0]
        for key in [key for key in self._sets if key[0] in {card.id for card in run.result}]:
            self._sets.pop(key)
        self._wanted = (card.id, card.splits[0])
        self.sets.choose(card.id)
        job = card.read(card.splits[0], place) if (place := card.find(None)) else data.load(card.id, card.splits[0])
        self._read(READING, read_with(job), card.card.name, self._was_read)
        self.shelf.opened(run.result)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        places = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if places:
            event.acceptProposedAction()
            self.open_folder(places[0])

    # The chosen picture and what the shown ones have in common

    def _show_nothing_chosen(self) -> None:
        """A message stands on the stage: nothing from the set before may stay beside it."""
        self.photos.leave()
        self.readings.leave()
        self.views.leave()
        self.chosen.leave()
        self._describing.cancel()
        self.inspector.show_nothing()

    def _describe(self) -> None:
        content = self.stage.content
        if content is None or self.photos.first_view:
            return
        rows = data.dataset(content.of.id).card.rows
        job = describe(content.of, content.content, index=self.stage.order, rows=rows, sizes=content.sizes)
        self.shelf.wait()
        self._describing.ask(AVERAGING, job, self._described)

    def _described(self, result: object) -> None:
        shown = self.stage.shown
        if not isinstance(result, Described) or shown is None:
            return
        self.inspector.show_described(result, shown, self.stage.class_names())
        self.shelf.fill_cards()
        self._arrived("summary")

    # Doing its job, keys

    @property
    def busy(self) -> bool:
        """True while something that was asked for, or looked for, is under way; thumbnails go on for themselves."""
        questions = (
            self._reading,
            self._describing,
            self.chosen,
            self.shelf,
            self.photos,
            self.readings,
            self.views,
        )
        return any(question.busy for question in questions)

    def do_its_job(self, done: Callable[[], None]) -> None:
        """Open MNIST, or the bundled digits where it is not here; `done` when a picture and all about it is seen."""
        self._done = done
        if self.stage.shown is None and not (self.shelf.looking or self._reading.busy):
            self.shelf.look()
        self._arrived("")

    def _arrived(self, what: str) -> None:
        self._ready.add(what)
        told = self._ready >= {"versions", "summary"} and self.stage.grid.current() >= 0
        if self._done and told and not self.shelf.filling:
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
