"""The right column of the dataset browser: the chosen picture, what training makes of it, the set in numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine.data.browse import Opened
from engine.data.forms.form import AnySet
from engine.data.photo_statistics import Described
from engine.data.photoset import PhotoSet
from engine.data.signalset import SignalSet
from engine.train.settings import TrainSettings
from gui.widgets.augment_preview import PREVIEWS, AugmentPreview
from gui.widgets.basics import column
from gui.widgets.chosen_picture import ChosenPicture
from gui.widgets.photo_numbers import PhotoNumbers
from gui.widgets.set_pixels import SetPixels
from gui.widgets.set_reading import SetReading

__all__ = ["PREVIEWS", "SampleInspector"]


class SampleInspector(QWidget):
    """Shows what the page gives it; asks the page for augmented versions and for a network's reading.

    Signals:
        versions_asked: settings or the shuffle changed: make versions of the chosen picture anew.
        opened: a person wants the picture large.
        class_asked: (int) an average or a class of the legend was clicked.
    """

    versions_asked = Signal()
    opened = Signal()
    class_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.chosen, self.preview = ChosenPicture(), AugmentPreview()
        self.pixels, self.numbers, self.reading = SetPixels(), PhotoNumbers(), SetReading()
        self._box = column(
            self.chosen, self.preview, self.pixels, self.numbers, self.reading, None, gap=8, margins=(16, 12, 16, 8)
        )
        self.setLayout(self._box)
        self.numbers.hide()
        self.preview.asked.connect(self.versions_asked)
        self.chosen.opened.connect(self.opened)
        self.chosen.class_asked.connect(self.class_asked)
        self.pixels.class_asked.connect(self.class_asked)
        self._shape: tuple[int, ...] = ()
        # The parts that others know by name
        self.view, self.label = self.chosen.view, self.chosen.label
        self.versions, self.again = self.preview.versions, self.preview.again
        self.rotate, self.shift = self.preview.rotate, self.preview.shift
        self.averages, self.histogram = self.pixels.averages, self.pixels.histogram

    # What kind of set it is

    def suit(self, *, photographs: bool, marks: bool, signals: bool) -> None:
        """Arrange for a set: of photographs (numbers of objects come early), with marks, or of signals."""
        self.preview.setVisible(not signals)
        self.preview.use_photographs(marks)
        self.numbers.setVisible(photographs)
        self._box.removeWidget(self.numbers)
        self._box.insertWidget(1 if photographs else 3, self.numbers)

    # The chosen picture

    def show_picture(self, image: np.ndarray | None, label: str, index: str, source: str) -> None:
        """The chosen picture (H, W) or (H, W, 3) uint8, its class, which one it is, and where it is from."""
        if image is not None and image.shape != self._shape:
            self._shape = image.shape
            self.preview.suit(len(image))
        self.chosen.show_image(image, label, index, source)

    def show_photo(self, photos: PhotoSet, opened: Opened, label: str, index: str, source: str, problem: str) -> None:
        """The chosen photograph with its marks; `problem` says what is wrong with it."""
        self._shape = ()
        self.chosen.show_photo(photos, opened, label, index, source, problem)

    def show_window(self, signals: SignalSet, index: int, label: str, words: str, source: str) -> None:
        """The chosen window of a signal."""
        self._shape = ()
        self.chosen.show_window(signals, index, label, words, source)

    @property
    def seed(self) -> int:
        """Which versions are asked for; the shuffle changes it."""
        return self.preview.seed

    @property
    def settings(self) -> TrainSettings:
        """What the sliders say, as training would be told."""
        return self.preview.settings

    def show_versions(self, images: Sequence[np.ndarray]) -> None:
        """Augmented versions of the chosen picture."""
        self.preview.show_versions(images)

    # The set

    def show_nothing(self) -> None:
        """No picture and no averages."""
        self.chosen.show_nothing()
        self.show_versions([])
        self.forget_set()

    def forget_set(self) -> None:
        """No averages and no counts."""
        self.pixels.show_nothing()
        self.numbers.show_numbers(None, [], ())

    def show_described(self, found: Described, shown: AnySet, names: Sequence[str]) -> None:
        """What the pictures shown have in common; `names` are the classes in the language in force."""
        if found.signals is not None and isinstance(shown, SignalSet):
            self.pixels.show_signals(found.signals, names, shown.channels, shown.unit)
        elif found.pixels is not None:
            by_class = names if shown.labels is not None else ()  # without labels there is one average of all
            self.pixels.show_summary(found.pixels, by_class, found.memory)
        self.numbers.show_numbers(found.objects, found.sizes, found.compared)

    def room_changed(self, small: bool) -> None:
        """A smaller picture in a small window."""
        self.chosen.set_side(132 if small else 150)
        for tiles in (self.versions, self.averages):
            tiles.set_largest(48 if small else 52)
