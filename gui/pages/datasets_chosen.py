"""The chosen picture of the Datasets tab, and what training would make of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.data import browse
from engine.data.imageset import ImageSet
from engine.data.photoset import PhotoSet
from engine.data.signalset import SignalSet
from engine.jobs import JobRun, JobState
from gui.pages.datasets_newest import Newest
from gui.pages.datasets_photos import AUGMENTING, Photos
from gui.pages.page import Page
from gui.widgets.picture_stage import PictureStage
from gui.widgets.sample_inspector import PREVIEWS, SampleInspector
from gui.words import say


class Chosen(QObject):
    """Shows the chosen picture in the inspector, whatever kind it is.

    Signals:
        versions_made: versions of it are shown, if it has any.
    """

    versions_made = Signal()

    def __init__(self, page: Page, stage: PictureStage, inspector: SampleInspector, photos: Photos) -> None:
        super().__init__(page)
        self._stage, self._inspector, self._photos = stage, inspector, photos
        self._augmenting = Newest(page, lane="interactive")
        photos.versions_made.connect(self.versions_made)
        inspector.versions_asked.connect(self.augment)

    @property
    def busy(self) -> bool:
        """True while versions are made."""
        return self._augmenting.busy

    def leave(self) -> None:
        """No set is on the stage."""
        self._augmenting.cancel()

    def show(self, index: int) -> None:
        """Show the picture with this index, and versions of it."""
        shown = self._stage.shown
        if isinstance(shown, PhotoSet):
            self._photos.show(shown, index)
        else:
            self.say_again()
            self.augment()

    def say_again(self) -> None:
        """Show the chosen picture in the language in force."""
        content, index = self._stage.content, self._stage.grid.current()
        if content is None or index < 0:
            return
        shown, label = content.of, content.label_of(index)
        if isinstance(shown, PhotoSet):
            self._photos.say_again()
            return
        words = self.tr("Index {i} of {n}, {split}")
        words = words.format(i=f"{index:,}", n=f"{len(shown):,}", split=self._stage.split_word(shown.split))
        if isinstance(shown, SignalSet):
            self._inspector.show_window(shown, index, label, words, say(shown.note))
        else:
            self._inspector.show_picture(shown.images[index], label, words, say(shown.note))

    def augment(self) -> None:
        """Make versions of the chosen picture as training would see it."""
        index, shown = self._stage.grid.current(), self._stage.shown
        if isinstance(shown, PhotoSet):
            self._photos.augment()
        elif isinstance(shown, SignalSet):
            self.versions_made.emit()
        elif isinstance(shown, ImageSet) and index >= 0:
            how, seed = self._inspector.settings, self._inspector.seed + index
            job = browse.augmented(shown.images[index], how, count=PREVIEWS, seed=seed)
            self._augmenting.ask(AUGMENTING, job, self._augmented)

    def _augmented(self, run: JobRun) -> None:
        if run.state is JobState.DONE:
            self._inspector.show_versions(run.result)
            self.versions_made.emit()
