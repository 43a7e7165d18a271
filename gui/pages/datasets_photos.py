"""Photographs on the Datasets tab: their thumbnails in the background, the chosen one whole, versions of it."""

from __future__ import annotations

import time

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine.data import browse
from engine.data.browse import Opened
from engine.data.photoset import PhotoSet
from engine.data.preview import SIDE, Version, marked_versions
from engine.data.thumbnails import Thumbnails, fill, fitted
from engine.jobs import Event, Job, JobRun, JobState
from engine.text import Text
from gui.pages.datasets_newest import Newest
from gui.pages.datasets_patient import Patient
from gui.pages.page import Page
from gui.widgets.photo_marks import blended, class_rgb, palette_of
from gui.widgets.picture_stage import PictureStage
from gui.widgets.sample_inspector import PREVIEWS, SampleInspector
from gui.words import say

THUMBNAILS = Text("Making thumbnails", "작은 그림 만들기")
OPENING = Text("Opening a photograph", "사진 열기")
AUGMENTING = Text("Augmenting a picture", "사진 증강")
RENAMED_EVERY = 0.7  # seconds between two sayings of how much is known


class Photos(QObject):
    """Brings what photographs need to the stage and the inspector.

    Signals:
        opened: the chosen photograph has been read. versions_made: versions of it are shown.
        seen: the first view of a set is all there; the rest comes in the background.
    """

    opened = Signal()
    versions_made = Signal()
    seen = Signal()

    def __init__(self, page: Page, stage: PictureStage, inspector: SampleInspector) -> None:
        super().__init__(page)
        self._stage, self._inspector = stage, inspector
        self._filling = Patient(page)
        self._opening = Newest(page, lane="interactive")
        self._augmenting = Newest(page, lane="interactive")
        self._now: Opened | None = None
        self._said = 0.0
        self.first_view = False

    @property
    def busy(self) -> bool:
        """True while something is under way; thumbnails in the background are not waited for."""
        return self._opening.busy or self._augmenting.busy

    @property
    def filling(self) -> bool:
        """True while thumbnails are made."""
        return self._filling.busy

    def leave(self, *, first_view: bool = False) -> None:
        """Another set, or none, is on the stage; `first_view`: photographs will come, and are to be seen first."""
        for question in (self._filling, self._opening, self._augmenting):
            question.cancel()
        self._now, self.first_view = None, first_view
        self._stage.head.making.clear()

    # Thumbnails

    def begin(self) -> None:
        """Make the thumbnails of the set on the stage."""
        thumbnails = self._stage.content.thumbnails if self._stage.content else None
        if thumbnails is not None:
            thumbnails.wanted = self._stage.grid.near()
            self._filling.ask(THUMBNAILS, fill(thumbnails), self._filled, self._fills)

    def _fills(self, _events: list[Event]) -> None:
        """More are known: show those in view, and ask first for those that can be seen now."""
        content = self._stage.content
        if content is None or content.thumbnails is None:
            return
        thumbnails: Thumbnails = content.thumbnails
        missing = ~thumbnails.known[thumbnails.wanted]
        thumbnails.wanted = near = self._stage.grid.near()
        seen = self._stage.grid.visible()
        if missing.any() or not np.isin(seen, near).all():
            self._stage.grid.refresh()
        if self.first_view and thumbnails.known[seen].all():
            self._see()
        now = time.monotonic()
        if now - self._said > RENAMED_EVERY:
            self._said = now
            self._tell(thumbnails)

    def _tell(self, thumbnails: Thumbnails) -> None:
        done, total = int(thumbnails.known.sum()), len(thumbnails)
        words = self.tr("{done} of {total} thumbnails").format(done=f"{done:,}", total=f"{total:,}")
        self._stage.head.making.setText("" if thumbnails.complete else words)
        self._stage.tell_faults()
        if self._stage.content and self._stage.content.pixels is not None:
            self._stage.name_classes()

    def _filled(self, _result: object) -> None:
        content = self._stage.content
        if content is None or content.thumbnails is None:
            return
        self._tell(content.thumbnails)
        self._stage.more_is_known()
        self._stage.allow()  # sizes are known now
        if self.first_view:
            self._see()

    def _see(self) -> None:
        self.first_view = False
        self.seen.emit()

    # One photograph

    def show(self, photos: PhotoSet, index: int) -> None:
        """Read a photograph and show it large."""
        self._opening.ask(OPENING, browse.open_photo(photos, index), self._was_opened)

    def _was_opened(self, run: JobRun) -> None:
        if run.state is JobState.DONE:
            self._now = run.result
            self.say_again()
            self.augment()
            self.opened.emit()

    def say_again(self) -> None:
        """Show the chosen photograph in the language in force."""
        content, opened = self._stage.content, self._now
        if content is None or opened is None or not isinstance(content.of, PhotoSet):
            return
        problem = say(opened.problem) if opened.problem else ""
        where = self.tr("Index {i} of {n}, {split}").format(
            i=f"{opened.index:,}", n=f"{len(content.of):,}", split=self._stage.split_word(content.of.split)
        )
        label, file = content.label_of(opened.index), content.file_of(opened.index)
        self._inspector.show_photo(content.of, opened, label, where, file, problem)
        self._stage.show_photo(opened, problem)

    # Versions

    def augment(self) -> None:
        """Make versions of the chosen photograph as training would see it."""
        content, opened = self._stage.content, self._now
        if content is None or opened is None or opened.image is None or not isinstance(content.of, PhotoSet):
            self.versions_made.emit()
            return
        photos, seed = content.of, self._inspector.seed + opened.index
        if photos.objects is None and photos.masks is None:
            square = fitted(browse.reduced(opened.image, 2 * SIDE), (SIDE, SIDE))
            job: Job = browse.augmented(square, self._inspector.settings, count=PREVIEWS, seed=seed)
        else:
            strength = self._inspector.preview.strength.value()
            job = marked_versions(photos, opened, strength=strength, count=PREVIEWS, seed=seed)
        self._augmenting.ask(AUGMENTING, job, self._augmented)

    def _augmented(self, run: JobRun) -> None:
        content = self._stage.content
        if run.state is not JobState.DONE or content is None or not isinstance(content.of, PhotoSet):
            return
        made = run.result
        if isinstance(made, tuple):
            made = [_painted(content.of, version) for version in made]
        self._inspector.show_versions(made)
        self.versions_made.emit()


def _painted(photos: PhotoSet, version: Version) -> np.ndarray:
    """A version with its mask and boxes in it, for a tile too small for lines of a painter."""
    image = version.image
    if version.mask is not None:
        return blended(image[None], version.mask[None], palette_of(photos))[0]
    image = image.copy()
    for box, label in zip(
        () if version.boxes is None else version.boxes, () if version.labels is None else version.labels, strict=True
    ):
        if label < 0:
            continue
        x1, y1, x2, y2 = (int(v) for v in box.clip(0, SIDE - 1).round())
        colour = class_rgb(int(label), photos)
        for thick in (0, 1):
            top, bottom, left, right = y1 + thick, max(y1, y2 - thick), x1 + thick, max(x1, x2 - thick)
            image[min(top, SIDE - 1), x1 : x2 + 1] = image[bottom, x1 : x2 + 1] = colour
            image[y1 : y2 + 1, min(left, SIDE - 1)] = image[y1 : y2 + 1, right] = colour
    return image
