"""Where the pictures come from: a camera by name, a file, a folder or an address, the screen, the tour."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from engine.live.sources import Camera, Folder, Picture, Screen, Source, Stream, Tour, VideoFile
from gui.pages import live_words
from gui.widgets.basics import IconButton, Segmented, button, column, label, row
from gui.widgets.lens import explain
from gui.widgets.retold import Retold
from gui.words import say

CAMERA, FILE, SCREEN, TOUR = range(4)
RATES = (0, 15, 30, 60)  # frames a second that a camera is asked for, 0 = as it comes
SIZES = ((0, 0), (640, 480), (1280, 720), (1920, 1080))
_VIDEOS = "*.mp4 *.avi *.mov *.mkv *.webm *.m4v *.mpg *.wmv"
_PICTURES = "*.jpg *.jpeg *.png *.bmp *.webp *.tif *.tiff *.gif"
_KEPT = 8  # recently opened files


class SourcePicker(Retold, QWidget):
    """Four kinds of sources, and below them what each of them needs.

    Signals:
        chosen: a person chose another source; `source()` is it (None = there is none of that kind).
        look_asked: a person wants cameras to be looked for.
    """

    chosen = Signal()
    look_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._cameras: tuple[Camera, ...] | None = None  # None = not looked for yet
        self._recent: list[Source] = []
        self.kinds = Segmented(4, wide=True)
        self.cameras, self.sizes, self.rates = (QComboBox() for _ in range(3))
        self.again = IconButton("arrow-counter-clockwise", size=16)
        self.recent, self.address = QComboBox(), QLineEdit()
        self.file, self.folder, self.stream = (button(size="compact") for _ in range(3))
        self.areas, self._numbers = QComboBox(), [QSpinBox() for _ in range(4)]
        self._number_names = [label("caption") for _ in range(4)]
        self._note, self._tour_note = label("caption", wrap=True), label("caption", wrap=True)
        self._panels = [self._camera_panel(), self._file_panel(), self._screen_panel(), self._tour_panel()]
        box = QVBoxLayout()
        box.setContentsMargins(0, 0, 0, 0)
        for panel in self._panels:
            box.addWidget(panel)
        self.setLayout(column(self.kinds, box, gap=8))
        explain(self, live_words.SOURCE)
        self._connect()
        self.kinds.choose(CAMERA)
        self._show_kind()
        self.retranslate()

    def _camera_panel(self) -> QWidget:
        return _holding(column(row((self.cameras, 1), self.again, gap=4), self.sizes, self.rates, self._note, gap=6))

    def _file_panel(self) -> QWidget:
        self.address.hide()
        buttons = row((self.file, 1), (self.folder, 1), (self.stream, 1), gap=4)
        return _holding(column(self.recent, buttons, self.address, gap=6))

    def _screen_panel(self) -> QWidget:
        grid = QGridLayout()
        grid.setSpacing(4)
        for i, (name, number) in enumerate(zip(self._number_names, self._numbers, strict=True)):
            number.setRange(0 if i < 2 else 16, 32_000)
            number.setValue((0, 0, 640, 480)[i])
            grid.addWidget(name, i // 2 * 2, i % 2)
            grid.addWidget(number, i // 2 * 2 + 1, i % 2)
        self._region = QWidget()
        self._region.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        return _holding(column(self.areas, self._region, gap=6))

    def _tour_panel(self) -> QWidget:
        return _holding(column(self._tour_note))

    def _connect(self) -> None:
        self.kinds.chosen.connect(lambda _: self._kind_chosen())
        self.again.clicked.connect(self.look_asked)
        for box in (self.cameras, self.sizes, self.rates, self.recent):
            box.activated.connect(lambda _: self.chosen.emit())
        self.areas.activated.connect(lambda _: self._area_chosen())
        for number in self._numbers:
            number.editingFinished.connect(self.chosen)
        self.file.clicked.connect(self.ask_file)
        self.folder.clicked.connect(self.ask_folder)
        self.stream.clicked.connect(self._ask_address)
        self.address.returnPressed.connect(self._address_given)

    def retranslate(self) -> None:
        self.kinds.setTexts([self.tr("Camera"), self.tr("File"), self.tr("Screen"), self.tr("Tour")])
        self.kinds.setAccessibleName(self.tr("Kind of source"))
        self.cameras.setAccessibleName(self.tr("Camera"))
        self.sizes.setAccessibleName(self.tr("Resolution of the camera"))
        self.rates.setAccessibleName(self.tr("Frame rate of the camera"))
        self.again.set_tip(self.tr("Look for cameras again"))
        self.file.setText(self.tr("File…"))
        self.file.setAccessibleName(self.tr("Open a video or a picture"))
        self.folder.setText(self.tr("Folder…"))
        self.folder.setAccessibleName(self.tr("Open a folder of pictures"))
        self.stream.setText(self.tr("Stream…"))
        self.stream.setAccessibleName(self.tr("Write the address of a stream"))
        self.address.setPlaceholderText("rtsp:// · http://")
        self.address.setAccessibleName(self.tr("Address of the stream, then Enter"))
        self.recent.setAccessibleName(self.tr("Files opened before"))
        self.areas.setAccessibleName(self.tr("Part of the screen"))
        names = (self.tr("Left"), self.tr("Top"), self.tr("Width"), self.tr("Height"))
        for name, number, words in zip(self._number_names, self._numbers, names, strict=True):
            name.setText(words)
            number.setAccessibleName(self.tr("{side}, in pixels").format(side=words))
        self._tour_note.setText(self.tr("A slow walk over photographs that came with the app. No camera needed."))
        _fill(self.areas, [self.tr("The whole first screen"), self.tr("A part of it")])
        self._fill_sizes()
        self._fill_cameras()
        self._fill_recent()

    # What is chosen

    def source(self) -> Source | None:
        """What the controls say, None where there is nothing of that kind."""
        return (self._camera, self._recent_source, self._screen, Tour)[self.kinds.index()]()

    def choose(self, source: Source) -> None:
        """Show a source without telling anybody."""
        if isinstance(source, Camera):
            self.kinds.choose(CAMERA)
            self.cameras.setCurrentIndex(max(0, self.cameras.findData(source.number)))
        elif isinstance(source, Screen):
            self.kinds.choose(SCREEN)
            self._show_screen(source)
        elif isinstance(source, Tour):
            self.kinds.choose(TOUR)
        else:
            self._remember(source)
            self.kinds.choose(FILE)
        self._show_kind()

    def _camera(self) -> Camera | None:
        number = self.cameras.currentData()
        found = next((c for c in self._cameras or () if c.number == number), None)
        width, height = SIZES[max(0, self.sizes.currentIndex())]
        rate = float(RATES[max(0, self.rates.currentIndex())])
        return None if found is None else dataclasses.replace(found, width=width, height=height, rate=rate)

    def _recent_source(self) -> Source | None:
        index = self.recent.currentIndex()
        return self._recent[index] if 0 <= index < len(self._recent) else None

    def _screen(self) -> Screen:
        if self.areas.currentIndex() == 0:
            return Screen()
        left, top, width, height = (number.value() for number in self._numbers)
        return Screen(left, top, width, height)

    def _show_screen(self, source: Screen) -> None:
        self.areas.setCurrentIndex(1 if source.width else 0)
        if source.width:
            for number, value in zip(
                self._numbers, (source.left, source.top, source.width, source.height), strict=True
            ):
                number.setValue(value)

    def _kind_chosen(self) -> None:
        self._show_kind()
        self.chosen.emit()

    def _area_chosen(self) -> None:
        self._show_kind()
        self.chosen.emit()

    def _show_kind(self) -> None:
        for index, panel in enumerate(self._panels):
            panel.setVisible(index == self.kinds.index())
        self._region.setVisible(self.areas.currentIndex() == 1)
        self.recent.setVisible(bool(self._recent))

    # Cameras

    def show_cameras(self, cameras: Sequence[Camera]) -> None:
        """These cameras were found; the chosen one stays while it is among them."""
        if tuple(cameras) != self._cameras:
            self._cameras = tuple(cameras)
            self._fill_cameras()

    @property
    def has_cameras(self) -> bool | None:
        """Whether there is a camera; None while nobody has looked."""
        return None if self._cameras is None else bool(self._cameras)

    def _fill_cameras(self) -> None:
        before = self.cameras.currentData()
        with QSignalBlocker(self.cameras):
            self.cameras.clear()
            for camera in self._cameras or ():
                self.cameras.addItem(say(camera.title), camera.number)
            if not self._cameras:
                self.cameras.addItem(self.tr("No camera") if self._cameras == () else self.tr("Looking for cameras"))
            self.cameras.setCurrentIndex(max(0, self.cameras.findData(before)))
        self.cameras.setEnabled(bool(self._cameras))
        for box in (self.sizes, self.rates):
            box.setVisible(bool(self._cameras))
        self._note.setText(self.tr("Plug one in and it appears here.") if self._cameras == () else "")
        self._note.setVisible(self._cameras == ())

    def _fill_sizes(self) -> None:
        words = [self.tr("Resolution as it comes"), *(f"{w} × {h}" for w, h in SIZES[1:])]
        _fill(self.sizes, words)
        asked = self.tr("{n} frames a second")
        _fill(self.rates, [self.tr("Frame rate as it comes"), *(asked.format(n=rate) for rate in RATES[1:])])

    # Files and addresses

    def ask_file(self) -> None:
        """Let the person choose a video or a picture."""
        videos, pictures = self.tr("Videos"), self.tr("Pictures")
        both = self.tr("Videos and pictures")
        kinds = [f"{both} ({_VIDEOS} {_PICTURES})", f"{videos} ({_VIDEOS})", f"{pictures} ({_PICTURES})"]
        dialog = QFileDialog(self, self.tr("Open a video or a picture"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(kinds)
        self._open(dialog, self.open_path)

    def ask_folder(self) -> None:
        """Let the person choose a folder of pictures."""
        dialog = QFileDialog(self, self.tr("Open a folder of pictures"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._open(dialog, self.open_path)

    @staticmethod
    def _open(dialog: QFileDialog, then: object) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(then)
        dialog.open()

    def open_path(self, path: str | Path) -> None:
        """Take this video, picture or folder as the source."""
        self.choose(source_of(Path(path)))
        self.chosen.emit()

    def _ask_address(self) -> None:
        self.address.setVisible(self.address.isHidden())
        if self.address.isVisible():
            self.address.setFocus()

    def _address_given(self) -> None:
        words = self.address.text().strip()
        if not words:
            return
        self._remember(Stream(words if "://" in words else f"rtsp://{words}"))
        self.address.hide()
        self._show_kind()
        self.chosen.emit()

    def _remember(self, source: Source) -> None:
        """The newest first; the same file stands there once."""
        known = [s for s in self._recent if s != source]
        self._recent = [source, *known][:_KEPT]
        self._fill_recent()
        self.recent.setCurrentIndex(0)

    def _fill_recent(self) -> None:
        _fill(self.recent, [say(s.title) for s in self._recent])
        for i, source in enumerate(self._recent):
            tip = source.url if isinstance(source, Stream) else str(getattr(source, "path", ""))
            self.recent.setItemData(i, tip, Qt.ItemDataRole.ToolTipRole)


def source_of(path: Path) -> Source:
    """What a file or folder is as a source, by its name: whether it can be read is found out when it is opened."""
    if path.is_dir():
        return Folder(path)
    return Picture(path) if f"*{path.suffix.lower()}" in _PICTURES.split() else VideoFile(path)


def _holding(layout: QVBoxLayout) -> QWidget:
    holder = QWidget()
    holder.setLayout(layout)
    return holder


def _fill(box: QComboBox, words: Sequence[str]) -> None:
    """These entries, and the place that was chosen stays."""
    at = box.currentIndex()
    with QSignalBlocker(box):
        box.clear()
        box.addItems(list(words))
        box.setCurrentIndex(min(max(at, 0), box.count() - 1))


__all__ = ["CAMERA", "FILE", "SCREEN", "TOUR", "SourcePicker", "source_of"]
