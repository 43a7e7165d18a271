"""The chosen picture of a set with its numbers: digits beside their pixel, photographs with their marks, signals."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from engine.data import explained
from engine.data.browse import Opened
from engine.data.photoset import PhotoSet
from engine.data.signalset import SignalSet
from engine.text import counted
from gui.widgets.basics import Chip, IconButton, column, label, row
from gui.widgets.inspector_parts import OneLine, Swatch
from gui.widgets.lens import explain
from gui.widgets.photo_legend import PhotoLegend, entries_of
from gui.widgets.photo_view import PhotoView, object_words
from gui.widgets.retold import Retold
from gui.widgets.signal_trace import SignalTrace

TRACE_HEIGHT = 190
TALLEST, FLATTEST = 1.0, 0.45  # height over width of the place for a photograph


class ChosenPicture(Retold, QWidget):
    """Shows one picture, photograph or window of a signal.

    Signals:
        opened: a person wants it large.
        class_asked: (int) a class of the legend was clicked.
    """

    opened = Signal()
    class_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._image: np.ndarray | None = None
        self._photos: PhotoSet | None = None
        self._opened: Opened | None = None
        self._side = 150
        self.view, self.trace = PhotoView(self._side), SignalTrace(height=TRACE_HEIGHT)
        self.legend = PhotoLegend(most=4)
        self._title, self.label = label("section"), Chip("slide")
        self._hint, self._place, self._value = label("caption", wrap=True), label("small"), label("small")
        self._amount, self._larger = label("caption", wrap=True), IconButton("arrows-out-simple")
        self._source, self._swatch = OneLine(), Swatch()
        self._object, self._captions = label("small", wrap=True), label("small", wrap=True, tone="slide")
        self._problem = label("small", wrap=True, tone="bad")
        pixel = row(self._swatch, (column(self._place, self._value, gap=0), 1), gap=8)
        foot = row((self._amount, 1), self._larger)
        self._side_place = QWidget()
        self._numbers = column(self._hint, (pixel, 1), (foot, 1), gap=6)  # beside each other under a photograph
        self._numbers.setAlignment(pixel, Qt.AlignmentFlag.AlignTop)
        self._numbers.setAlignment(foot, Qt.AlignmentFlag.AlignBottom)
        self._side_place.setLayout(self._numbers)
        self._body = row(self.view, (self._side_place, 1), gap=12)
        head = row(self._title, None, self.label)
        parts = (head, self._problem, self.trace, self._body, self._object, self.legend, self._captions, self._source)
        self.setLayout(column(*parts, gap=8))
        self._connect()
        explain(self.view, explained.PIXELS)
        self._arrange()
        self.retranslate()

    def _connect(self) -> None:
        self.view.pointed.connect(self._show_pixel)
        self.view.met.connect(self._show_object)
        self.view.opened.connect(self.opened)
        self.trace.opened.connect(self.opened)
        self._larger.clicked.connect(self.opened)
        self.legend.clicked.connect(self.class_asked)

    def retranslate(self) -> None:
        self._title.setText(self.tr("Chosen picture") if self.trace.isHidden() else self.tr("Chosen window"))
        self._hint.setText(self.tr("pixel under the pointer"))
        self._larger.set_tip(self.tr("Look closely, with numbers (Enter)"))
        self.view.setAccessibleName(self.tr("The chosen picture; arrows read its pixels"))
        self.trace.setAccessibleName(self.tr("The chosen window; arrows read its values"))
        self.legend.setAccessibleName(self.tr("Classes in this picture"))
        self._show_pixel(*self.view.probe)
        self._say_amount()

    # What is shown

    def show_image(self, image: np.ndarray | None, label: str, index: str, source: str) -> None:
        """A picture of a set of one size, (H, W) or (H, W, 3) uint8; its class, which one it is, where it is from."""
        self._photos = self._opened = None
        self._image = image
        self.view.show_photo(None, None)
        self.view.show_image(image)
        self._show_words(label, index, source)
        self._arrange()

    def show_photo(self, photos: PhotoSet, opened: Opened, label: str, index: str, source: str, problem: str) -> None:
        """A photograph with its marks."""
        self._photos, self._opened, self._image = photos, opened, opened.image
        self.view.show_photo(photos, opened)
        entries = entries_of(photos, opened)
        self.legend.show_entries(photos, entries)
        said = photos.captions[opened.index] if photos.captions is not None else ()
        self._captions.setText("\n".join(f"“{words}”" for words in said))
        self._problem.setText(problem)
        self._show_words(label, index, source)
        self._arrange()

    def show_window(self, signals: SignalSet, index: int, label: str, words: str, source: str) -> None:
        """A window of a signal."""
        self._photos = self._opened = self._image = None
        unit, rate = signals.unit, signals.rate
        self.trace.show_window(signals.x[index], channels=signals.channels, unit=unit, rate=rate)
        self._show_words(label, words, source)
        self._arrange(trace=True)

    def show_nothing(self) -> None:
        """No picture."""
        self.show_image(None, "", "", "")

    def _show_words(self, label: str, index: str, source: str) -> None:
        self.label.setText(label)
        self.label.setVisible(bool(label))
        self._source.show_words(index, source)
        self._larger.setEnabled(self._image is not None)
        self._say_amount()
        self._show_object(-1)

    def _arrange(self, *, trace: bool = False) -> None:
        photo = self._photos is not None
        self.trace.setVisible(trace)
        self._title.setText(self.tr("Chosen window") if trace else self.tr("Chosen picture"))
        for part in (self.view, self._side_place):
            part.setVisible(not trace)
        self._hint.setVisible(not photo)
        self._problem.setVisible(photo and bool(self._problem.text()))
        self.legend.setVisible(photo and bool(self._photos and (self._photos.objects or self._photos.masks)))
        self._captions.setVisible(photo and bool(self._captions.text()))
        self._object.setVisible(photo and self._photos is not None and self._photos.objects is not None)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._body.setDirection(down if photo else across)
        self._numbers.setDirection(across if photo else down)
        self._fit()

    def _fit(self) -> None:
        """A photograph takes the width of the column, in its own shape."""
        if self._photos is None or self._image is None:
            self.view.setFixedSize(self._side, self._side)
            return
        height, width = self._image.shape[:2]
        room = max(100, self.width())
        self.view.setFixedSize(room, round(room * min(max(height / width, FLATTEST), TALLEST)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._photos is not None and event.size().width() != event.oldSize().width():
            self._fit()

    def set_side(self, side: int) -> None:
        """How large a small picture is shown."""
        self._side = side
        self._fit()

    # Words

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

    def _show_object(self, index: int) -> None:
        photos, opened = self._photos, self._opened
        if photos is None or opened is None or photos.objects is None:
            self._object.setText("")
            return
        objects = photos.objects[opened.index]
        if index < 0 or opened.image is None:
            self._object.setText(counted(self.tr("{n} objects; point at one to read its size").format(n=len(objects))))
            return
        height, width = opened.image.shape[:2]
        self._object.setText(object_words(photos, objects, index, (width, height)))
