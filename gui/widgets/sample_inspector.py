"""The right column of the dataset browser: one picture, its numbers, what augmentation makes of it, and averages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from engine.data import explained
from engine.data.statistics import Summary
from engine.fields import fields_of
from engine.train.settings import TrainSettings
from gui.widgets.basics import Chip, IconButton, SliderRow, column, label, row
from gui.widgets.histogram import Histogram
from gui.widgets.inspector_parts import InspectorTiles, OneLine, Swatch
from gui.widgets.lens import explain
from gui.widgets.pixel_view import PixelView

PREVIEWS = 10
ROTATE, SHIFT = 10.0, 2.0  # the first look: enough to see, not enough to make a 6 a 9
_FIELDS = {name: field for name, field, _ in fields_of(TrainSettings())}


class SampleInspector(QWidget):
    """Shows what the page gives it; asks the page for augmented versions.

    Signals:
        versions_asked: settings or the shuffle changed: make versions of the chosen picture anew.
        opened: a person wants the picture large.
        class_asked: (int) an average was clicked.
    """

    versions_asked = Signal()
    opened = Signal()
    class_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.seed = 0
        self._image: np.ndarray | None = None
        self._averaged: list[int] = []
        self._summary: Summary | None = None
        parts = (self._make_picture, self._make_versions, self._make_averages, self._make_histogram)
        items = [item for make in parts for item in make()]
        self.setLayout(column(*items, None, gap=8, margins=(16, 12, 16, 8)))
        self.retranslate()

    # Parts

    def _make_picture(self) -> tuple[object, ...]:
        self.view = PixelView(150)
        self.view.pointed.connect(self._show_pixel)
        self.view.opened.connect(self.opened)
        self._title, self.label = label("section"), Chip("slide")
        self._hint, self._place, self._value = label("caption", wrap=True), label("small"), label("small")
        self._amount, self._larger = label("caption", wrap=True), IconButton("arrows-out-simple")
        self._larger.clicked.connect(self.opened)
        self._source = OneLine()
        self._swatch = Swatch()
        pixel = row(self._swatch, (column(self._place, self._value, gap=0), 1), gap=8)
        side = column(self._hint, pixel, None, row((self._amount, 1), self._larger), gap=6)
        explain(self.view, explained.PIXELS)
        head = row(self._title, None, self.label)
        return head, row(self.view, (side, 1), gap=12), self._source

    def _make_versions(self) -> tuple[object, ...]:
        self._versions_title, self.again = label("section"), IconButton("shuffle", compact=True)
        self.again.clicked.connect(self._shuffle)
        self.versions = InspectorTiles(5)
        self.versions.show_count(PREVIEWS)
        turn, shift = _FIELDS["rotate"], _FIELDS["shift"]
        self.rotate = SliderRow(turn.low, turn.high, ROTATE, step=1.0)
        self.shift = SliderRow(shift.low, shift.high, SHIFT, step=0.5)
        for slider in (self.rotate, self.shift):
            slider.changed.connect(self.versions_asked)
        for part in (self.versions, self.rotate, self.shift, self.again):
            explain(part, turn.help)
        sliders = row((self.rotate, 1), (self.shift, 1), gap=16)
        return row(self._versions_title, None, self.again), self.versions, sliders

    def _make_averages(self) -> tuple[object, ...]:
        self._averages_title, self._averages_note = label("section"), label("caption")
        self.averages = InspectorTiles(5)
        self.averages.clicked.connect(self._average_clicked)
        self.averages.setCursor(Qt.CursorShape.PointingHandCursor)  # a click shows only that class
        explain(self.averages, explained.AVERAGE)
        return row(self._averages_title, None, self._averages_note), self.averages

    def _make_histogram(self) -> tuple[object, ...]:
        self._histogram_title, self._histogram_note = label("section"), label("caption")
        self.histogram = Histogram()
        self.histogram.pointed.connect(self._show_bar)
        explain(self.histogram, explained.HISTOGRAM)
        return row(self._histogram_title, None, self._histogram_note), self.histogram

    def retranslate(self) -> None:
        self._title.setText(self.tr("Chosen picture"))
        self._hint.setText(self.tr("pixel under the pointer"))
        self._larger.set_tip(self.tr("Look closely, with numbers (Enter)"))
        self.view.setAccessibleName(self.tr("The chosen picture; arrows read its pixels"))
        self._versions_title.setText(self.tr("Augment: what training sees"))
        self.again.set_tip(self.tr("Again"))
        self.versions.setAccessibleName(self.tr("Ten augmented versions of the chosen picture"))
        self.rotate.set_name(self.tr("Rotate"))
        self.shift.set_name(self.tr("Shift"))
        self.rotate.set_format(self._degrees)
        self.shift.set_format(self._pixels)
        self._averages_title.setText(self.tr("Average picture"))
        self.averages.setAccessibleName(self.tr("The average picture of each class shown"))
        self._histogram_title.setText(self.tr("Pixel values"))
        self.histogram.setAccessibleName(self.tr("How many pixels have each value, dark to bright"))
        self._show_pixel(*self.view.probe)
        self._say_amount()
        self._say_summary()

    @staticmethod
    def _degrees(value: float) -> str:
        return f"±{value:.0f}°"

    @staticmethod
    def _pixels(value: float) -> str:
        return f"±{value:.1f} px"

    # What is shown

    def show_picture(self, image: np.ndarray | None, label: str, index: str, source: str) -> None:
        """The chosen picture (H, W) or (H, W, 3) uint8, its class, which one it is, and where it is from."""
        if image is not None and (self._image is None or image.shape != self._image.shape):
            self.shift.set_value(min(SHIFT, len(image) * SHIFT / 28))  # two of 28 pixels: less of a smaller picture
        self._image = image
        self.view.show_image(image)
        self.label.setText(label)
        self.label.setVisible(bool(label))
        self._source.show_words(index, source)
        self._larger.setEnabled(image is not None)
        self._say_amount()

    def _say_amount(self) -> None:
        if self._image is None:
            self._amount.setText("")
            return
        height, width, *channels = self._image.shape
        words = self.tr("{size} numbers").format(size=" × ".join(map(str, (height, width, *channels))))
        self._amount.setText(words)

    def _show_pixel(self, x: int, y: int) -> None:
        if self._image is None or x < 0:
            self._swatch.show_value(None)
            self._place.setText("x –   y –")
            self._value.setText("")
            return
        value = self._image[y, x]
        self._swatch.show_value(value)
        self._place.setText(f"x {x}   y {y}")
        grey = self._image.ndim == 2
        self._value.setText(self.tr("value {v}").format(v=value) if grey else "R {} G {} B {}".format(*value))

    @property
    def settings(self) -> TrainSettings:
        """What the sliders say, as training would be told."""
        return replace(TrainSettings(), rotate=self.rotate.value(), shift=self.shift.value(), augment=1.0)

    def show_versions(self, images: Sequence[np.ndarray]) -> None:
        """Augmented versions of the chosen picture."""
        self.versions.set_tiles(list(images))

    def _shuffle(self) -> None:
        self.seed += 1
        self.versions_asked.emit()

    # What the shown pictures have in common

    def show_nothing(self) -> None:
        """No picture and no averages."""
        self.show_picture(None, "", "", "")
        self.show_versions([])
        self._summary, self._averaged = None, []
        self.averages.set_tiles([])
        self.histogram.show_counts(np.zeros(256, np.int64))
        self._averages_note.clear()
        self._histogram_note.clear()

    def show_summary(self, summary: Summary, names: Sequence[str]) -> None:
        """Averages of the classes that have pictures, and the histogram of them all."""
        self._summary = summary
        self._averaged = [int(i) for i in np.flatnonzero(summary.counts)]
        tiles = [np.rint(summary.by_class[i]).astype(np.uint8) for i in self._averaged]
        tips = [f"{names[i]}: {summary.counts[i]:,}" for i in self._averaged]
        self.averages.show_count(max(1, len(tiles)))
        self.averages.set_tiles(tiles, tips=tips)
        self.histogram.show_counts(summary.histogram)
        self._say_summary()

    def _say_summary(self) -> None:
        if self._summary is None:
            return
        self._averages_note.setText(self.tr("of {n} pictures").format(n=f"{self._summary.count:,}"))
        self._show_bar(-1, -1, 0.0)

    def _show_bar(self, low: int, high: int, share: float) -> None:
        if low >= 0:
            words = self.tr("{low} to {high}: {share} of all").format(low=low, high=high, share=f"{share:.1%}")
        elif self.histogram.leaves_out_zeros:
            words = self.tr("{share} are 0, not drawn").format(share=f"{self.histogram.zeros:.1%}")
        else:
            words = self.tr("0 dark, 255 bright")
        self._histogram_note.setText(words.replace("%", "\u2009%"))
        self.histogram.setAccessibleDescription(words)

    def _average_clicked(self, tile: int) -> None:
        if tile < len(self._averaged):
            self.class_asked.emit(self._averaged[tile])

    def room_changed(self, small: bool) -> None:
        """A smaller picture in a small window."""
        side = 132 if small else 150
        self.view.setFixedSize(side, side)
        for tiles in (self.versions, self.averages):
            tiles.set_largest(48 if small else 52)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
