"""The views beside the pictures (map, doctor, annotating) and the menu of what can be made of a set.

Each is imported and made when it is first wanted: most visits to the tab need none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QPoint, Signal

from engine import data
from engine.data import AnySet
from engine.data.content import Content, read_with
from engine.data.photoset import PhotoSet
from engine.jobs import Job
from engine.text import Text
from gui.pages.datasets_patient import Patient
from gui.pages.page import Page
from gui.widgets.basics import IconButton
from gui.widgets.picture_stage import PictureStage
from gui.widgets.stage_head import ANNOTATE, DOCTOR, MAP, PICTURES

READING = Text("Reading the other parts", "다른 부분 읽기")
Part = tuple[AnySet, Content]


class Views(QObject):
    """Mounts views on the stage, and keeps them and the pictures of one mind.

    parts: gives the parts of the set on the stage that have been read, by name.

    Signals:
        look_asked: (str, object, str) the doctor wants these pictures of a part shown, with words why.
        changed: (str, str) the set with this id and part was written by the annotator: what was read of it is old.
        parts_read: (object) {split: (set, content)} were read for the doctor.
        made: (Path) a place with a new set, to be opened.
    """

    look_asked = Signal(str, object, str)
    changed = Signal(str, str)
    parts_read = Signal(object)
    made = Signal(object)

    def __init__(self, page: Page, stage: PictureStage, parts: Callable[[], dict[str, AnySet]]) -> None:
        super().__init__(page)
        self._page, self._stage, self._parts = page, stage, parts
        self.folder: Path | None = None  # of data sets
        self._reading = Patient(page)
        self._mapped: AnySet | None = None
        self._examined = ""  # the set that the doctor has
        self.make = IconButton("plus")
        self.make.clicked.connect(self._open_menu)
        stage.view_chosen.connect(self._chosen)
        stage.filtered.connect(self._filtered)
        self.retranslate()

    def retranslate(self) -> None:
        self.make.set_tip(self.tr("Make a set: export, split, capture"))
        self._allow()

    @property
    def busy(self) -> bool:
        """True while other parts of the set are read."""
        return self._reading.busy

    def begin(self) -> None:
        """Another set, or another part of one, is on the stage."""
        self._mapped = None
        self._allow()

    def leave(self) -> None:
        """No set is on the stage."""
        self._reading.cancel()

    def _allow(self) -> None:
        photographs = isinstance(self._stage.shown, PhotoSet)
        why = self.tr("Only photographs can be annotated; this set is numbers")
        self._stage.head.views.enable(ANNOTATE, photographs or self._stage.shown is None, why)

    def _chosen(self, view: int) -> None:
        open_: dict[int, Callable[[], None]] = {MAP: self._map, DOCTOR: self._doctor, ANNOTATE: self._annotate}
        if view != PICTURES and self._stage.shown is not None:
            open_[view]()

    # The map

    def _map(self) -> None:
        from gui.pages.datasets_map import MapView

        view = self._stage.view(MAP)
        if not isinstance(view, MapView):
            view = MapView(self._page.host)
            view.picked.connect(self._stage.filter.pick_pictures)
            self._stage.put_view(MAP, view)
        shown = self._stage.shown
        if self._mapped is not shown and shown is not None:
            self._mapped = shown
            view.show_set(shown, None)
        self._filtered()

    def _filtered(self) -> None:
        """The pictures shown are marked in the map, unless they were picked there."""
        view = self._stage.view(MAP)
        if view is None or self._mapped is None or self._stage.filter.choice.picked is not None:
            return
        from gui.pages.datasets_map import MapView

        assert isinstance(view, MapView)
        order = self._stage.order
        view.show_selection(np.zeros(0, np.int64) if order is None else order)

    # The doctor

    def _doctor(self) -> None:
        from gui.pages.datasets_doctor import DoctorView

        shown, view = self._stage.shown, self._stage.view(DOCTOR)
        assert shown is not None
        if not isinstance(view, DoctorView):
            view = DoctorView(self._page.host)
            view.look_asked.connect(self.look_asked)
            self._stage.put_view(DOCTOR, view)
        card = data.dataset(shown.id)
        if self._examined != shown.id:
            self._examined = shown.id
            self._reading.ask(READING, self._read_parts(shown.id, card.splits), self._parts_were_read)

    def _read_parts(self, id: str, splits: tuple[str, ...]) -> Job:
        """Every part of a set; those that are known are not read again."""
        known, found = self._parts(), dict[str, Part | AnySet]()
        for split in splits:
            if split in known:
                found[split] = known[split]
            else:
                found[split] = yield from read_with(data.load(id, split, self.folder))
        return found

    def _parts_were_read(self, result: object) -> None:
        from gui.pages.datasets_doctor import DoctorView

        view = self._stage.view(DOCTOR)
        if not isinstance(result, dict) or not isinstance(view, DoctorView):
            self._examined = ""  # it failed; the window has told why
            return
        fresh = {split: read for split, read in result.items() if isinstance(read, tuple)}
        self.parts_read.emit(fresh)
        view.show_sets({split: read[0] if isinstance(read, tuple) else read for split, read in result.items()})

    # Annotating

    def _annotate(self) -> None:
        from gui.pages.datasets_annotate import AnnotateView

        shown, view = self._stage.shown, self._stage.view(ANNOTATE)
        if not isinstance(view, AnnotateView):
            view = AnnotateView(self._page.host, self._page.context)
            view.saved.connect(self._saved)
            self._stage.put_view(ANNOTATE, view)
        if isinstance(shown, PhotoSet):
            view.edit(shown, max(0, self._stage.grid.current()))

    def _saved(self, written: PhotoSet) -> None:
        self._examined = ""
        self.changed.emit(written.id, written.split)

    # What can be made of a set

    def _open_menu(self) -> None:
        from gui.pages.datasets_make import MakeMenu

        menu = self._page.findChild(MakeMenu)
        if menu is None:
            menu = MakeMenu(self._page.host, self._page.context, self._page)
            menu.made.connect(self.made)
        menu.use(self._parts())
        menu.popup(self.make.mapToGlobal(QPoint(0, self.make.height() + 4)))
