"""The left column of the photo room: which photo, which network, and how it chooses words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from engine.caption.session import PHOTOS, Asked, Known, PhotoTile
from gui.widgets.basics import IconButton, Segmented, SliderRow, button, column, label, restyle, row, rule
from gui.widgets.retold import Retold
from gui.widgets.style_tiles import Tiles
from gui.words import say

KINDS = "*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff *.gif"
METHODS = ("greedy", "beam", "sample")


class CaptionSetup(Retold, QWidget):
    """Photos to begin with, open and paste, the network, the method with its knob, and hints.

    Signals:
        photo_asked: (str or Path) one of `PHOTOS`, or a file. folder_asked: (Path). paste_asked. camera_asked.
        changed: something was set; `asked()` says what.
    """

    photo_asked = Signal(object)
    folder_asked = Signal(object)
    paste_asked = Signal()
    camera_asked = Signal()
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._tiles: list[PhotoTile] = []
        self._known: tuple[Known, ...] = ()
        self._seed = 0
        self.photos = Tiles(3, 52, 1)
        self.open, self.folder, self.paste = (button(size="compact") for _ in range(3))
        self.camera = IconButton("camera", compact=True)
        self.network, self._network_note = QComboBox(), label("caption", wrap=True)
        self.method, self._method_note = Segmented(3, wide=True), label("caption", wrap=True)
        self.method.choose(1)
        self.beams = SliderRow(1, 8, 3, step=1)
        self.temperature = SliderRow(0.2, 2.0, 0.8, step=0.05)
        self.hints = SliderRow(0.0, 2.0, 1.0, step=0.1)
        self.again = button("dice-five", size="compact")
        self._titles = [label("section") for _ in range(3)]
        photos, network, words = self._titles
        parts = (
            *(
                photos,
                self.photos,
                row((self.open, 1), (self.folder, 1), gap=6),
                row((self.paste, 1), self.camera, gap=6),
            ),
            *(rule(), network, self.network, self._network_note),
            *(rule(), words, self.method, self._method_note, self.beams, self.temperature, self.again, self.hints),
            None,
        )
        self.setLayout(column(*parts, gap=8, margins=(14, 14, 14, 14)))
        self._connect()
        self.retranslate()
        self._show_knobs()

    def _connect(self) -> None:
        self.photos.chosen.connect(lambda number: self.photo_asked.emit(self._tiles[number].file))
        self.open.clicked.connect(self._ask_photo)
        self.folder.clicked.connect(self._ask_folder)
        self.paste.clicked.connect(self.paste_asked)
        self.camera.clicked.connect(self.camera_asked)
        self.network.activated.connect(self._network_chosen)
        self.method.chosen.connect(self._method_chosen)
        self.again.clicked.connect(self._draw_again)
        for one in (self.beams, self.temperature, self.hints):
            one.changed.connect(lambda _: self.changed.emit())

    def asked(self) -> Asked:
        """What is set."""
        return Asked(
            model=self.network.currentData() or "nic",
            method=METHODS[self.method.index()],
            width=int(self.beams.value()),
            temperature=self.temperature.value(),
            hints=self.hints.value(),
            seed=self._seed,
        )

    def add_tile(self, tile: PhotoTile) -> None:
        """Another photograph of the packaged ones was read."""
        self._tiles.append(tile)
        self.photos.show_tiles([one.picture for one in self._tiles], [(say(PHOTOS[t.file]),) for t in self._tiles])

    def show_photo(self, photo: object) -> None:
        """Mark which photo is told; one of a person's own is none of the tiles."""
        files = [one.file for one in self._tiles]
        self.photos.choose(*((files.index(photo),) if isinstance(photo, str) and photo in files else ()))

    def show_networks(self, known: Sequence[Known], own: Sequence[Known] = ()) -> None:
        """Offer these captioners; of one that is not here it is said why."""
        before = self.network.currentData()
        self._known = tuple(one for one in (*known, *own) if one.id != "rnn-text")
        self.network.clear()
        for one in self._known:
            self.network.addItem(say(one.name), one.id)
        here = [one.id for one in self._known if one.here]
        wanted = before if before in here else next(iter(here), "")
        self.network.setCurrentIndex(max(0, self.network.findData(wanted)))
        self._network_chosen(tell=False)

    def choose_network(self, id: str) -> None:
        """Use this one from now on, without telling anybody."""
        self.network.setCurrentIndex(max(0, self.network.findData(id)))
        self._network_chosen(tell=False)

    @property
    def usual_hints(self) -> float:
        """What the chosen network was measured with."""
        card = next((one.card for one in self._known if one.id == self.network.currentData()), None)
        return float((card or {}).get("ways", {}).get("hints", 1.0))

    def _network_chosen(self, _: int = 0, *, tell: bool = True) -> None:
        one = next((one for one in self._known if one.id == self.network.currentData()), None)
        self._network_note.setText(say(one.words) if one else "")
        restyle(self._network_note, tone=None if one and one.here else "warn")
        self.hints.set_value(self.usual_hints)
        if tell and one and one.here:
            self.changed.emit()

    def _method_chosen(self, _: int) -> None:
        self._show_knobs()
        self.changed.emit()

    def _show_knobs(self) -> None:
        method = METHODS[self.method.index()]
        self.beams.setVisible(method == "beam")
        self.temperature.setVisible(method == "sample")
        self.again.setVisible(method == "sample")
        notes = {
            "greedy": self.tr("Always the likeliest word."),
            "beam": self.tr("Several beginnings at once; the likeliest sentence wins."),
            "sample": self.tr("Words are drawn by their probability."),
        }
        self._method_note.setText(notes[method])

    def _draw_again(self) -> None:
        self._seed += 1
        self.changed.emit()

    def _ask_photo(self) -> None:
        kinds = self.tr("Pictures ({kinds})").format(kinds=KINDS)
        name = QFileDialog.getOpenFileName(self, self.tr("Open a photo"), "", kinds)[0]
        if name:
            self.photo_asked.emit(Path(name))

    def _ask_folder(self) -> None:
        if name := QFileDialog.getExistingDirectory(self, self.tr("Tell every photo of a folder")):
            self.folder_asked.emit(Path(name))

    def retranslate(self) -> None:
        words = (self.tr("Photos"), self.tr("Network"), self.tr("How it chooses words"))
        for title, said in zip(self._titles, words, strict=True):
            title.setText(said)
        self.photos.setAccessibleName(self.tr("Photos to begin with"))
        self.photos.show_words([(say(PHOTOS[one.file]),) for one in self._tiles])
        self.open.setText(self.tr("Open…"))
        self.open.setToolTip(self.tr("Open a photo, or drop one on the stage"))
        self.folder.setText(self.tr("Folder…"))
        self.folder.setToolTip(self.tr("Tell every photo of a folder"))
        self.paste.setText(self.tr("Paste"))
        self.paste.setToolTip(self.tr("Tell the picture in the clipboard (Ctrl+V)"))
        self.camera.set_tip(self.tr("Tell what the camera sees now"))
        self.network.setAccessibleName(self.tr("Network"))
        for place, one in enumerate(self._known):
            self.network.setItemText(place, say(one.name))
        self._network_chosen(tell=False) if self._known else None
        self.method.setTexts([self.tr("Greedy"), self.tr("Beam"), self.tr("Sampling")])
        self.beams.set_name(self.tr("Beams"))
        self.temperature.set_name(self.tr("Temperature"))
        self.hints.set_name(self.tr("Hints of words seen"))
        self.hints.setToolTip(self.tr("A second network hints at words the photo should bring; 0 = the LSTM alone."))
        self.again.setText(self.tr("Draw again"))
        self._show_knobs()
