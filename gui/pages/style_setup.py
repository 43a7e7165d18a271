"""The left column of Style: which photo, whose manner, and what counts how much."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from engine.style.cards import STYLES, StyleCard
from engine.style.offered import PHOTOS, Opened, StyleTile, painter_here
from engine.style.settings import StyleSettings
from engine.text import Text
from gui.pages.style_fast import StyleFast
from gui.widgets.basics import Segmented, SliderRow, button, column, label, row, rule
from gui.widgets.form import Form
from gui.widgets.retold import Retold
from gui.widgets.style_tiles import Tiles
from gui.words import say

if TYPE_CHECKING:
    from engine.style.own import OwnStyle

KINDS = "*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff *.gif"
VIDEOS = "*.mp4 *.avi *.mov *.mkv *.m4v *.webm"
FAST, GATYS = 0, 1  # places of the method switch
_FORM = ("evaluations", "colours", "optimiser", "start", "network")


class StyleSetup(Retold, QWidget):
    """Photo, style, method, and what the method needs: weights, size and the rest, or strength and a second style.

    Signals:
        photo_asked: (str or Path) one of `PHOTOS`, or a file. style_asked: (StyleCard, OwnStyle or Path).
        changed: (StyleSettings) something was set; weights act while a painting grows.
        method_changed: the other method was chosen.
    """

    photo_asked = Signal(object)
    style_asked = Signal(object)
    changed = Signal(object)
    method_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        usual = StyleSettings()
        self._own: Opened | None = None
        self._own_styles: tuple[OwnStyle, ...] = ()
        self._tiles: list[StyleTile] = []
        self._own_pictures: list[np.ndarray] = []
        self.method, self.fast = Segmented(2, wide=True), StyleFast()
        self.photos, self.open_photo = QComboBox(), button("folder-open", size="compact")
        self.styles = Tiles(2, 52, 2, framed=True)
        self.open_style = button("folder-open", size="compact")
        self.own_style = label("caption", wrap=True)
        self.own_style.hide()
        self.weights = {
            "style": SliderRow(1, 1000, usual.style, log=True, live=True),
            "content": SliderRow(0, 10, usual.content, step=0.1, live=True),
            "smooth": SliderRow(0, 20, usual.smooth, step=0.5, live=True),
        }
        self.size_row = SliderRow(64, 2048, usual.size, log=True, step=16, unit=" px")
        self.form = Form(usual, only=_FORM)
        self._titles = [label("section") for _ in range(3)]
        self.gatys = QWidget()
        self._note = label("caption", wrap=True)
        self._note.hide()
        self._lay_out()
        for name in PHOTOS:
            self.photos.addItem("", name)
        self._connect()
        self.choose_method(FAST)
        self.retranslate()

    def _lay_out(self) -> None:
        photo, style, painting = self._titles
        parts = (
            photo,
            row((self.photos, 1), self.open_photo, gap=6),
            self._note,
            4,
            painting,
            self.method,
            4,
            style,
            self.styles,
            row(self.open_style, (self.own_style, 1)),
            rule(),
            self.fast,
            self.gatys,
            None,
        )
        self.gatys.setLayout(column(*self.weights.values(), self.size_row, self.form, gap=8))
        self.setLayout(column(*parts, gap=8, margins=(14, 14, 14, 14)))

    def _connect(self) -> None:
        self.photos.activated.connect(self._photo_chosen)
        self.open_photo.clicked.connect(self._ask_photo)
        self.open_style.clicked.connect(self._ask_style)
        self.styles.chosen.connect(lambda number: self.style_asked.emit((*STYLES, *self._own_styles)[number]))
        self.method.chosen.connect(lambda _: self._method_chosen())
        for one in (*self.weights.values(), self.size_row):
            one.changed.connect(self._moved)
        self.form.changed.connect(self._moved)

    @property
    def is_fast(self) -> bool:
        """Whether the fast painter is chosen."""
        return self.method.index() == FAST

    def choose_method(self, place: int) -> None:
        """`FAST` or `GATYS`, without telling anybody; without a painter on this machine always Gatys."""
        here = painter_here()
        self.method.enable(FAST, here, self.tr("No fast painter is here. Train the recipe “style” first."))
        self.method.choose(place if here else GATYS)
        self._show_method()

    def _method_chosen(self) -> None:
        self._show_method()
        self.method_changed.emit()

    def _show_method(self) -> None:
        self.fast.setVisible(self.is_fast)
        self.gatys.setVisible(not self.is_fast)

    def settings(self) -> StyleSettings:
        """What is set."""
        weights = {name: one.value() for name, one in self.weights.items()}
        found: StyleSettings = dataclasses.replace(self.form.value(), size=int(self.size_row.value()), **weights)
        return found

    def set_settings(self, settings: StyleSettings) -> None:
        """Show others without telling anybody."""
        for name, one in self.weights.items():
            one.set_value(getattr(settings, name))
        self.size_row.set_value(settings.size)
        self.form.set_value(settings)

    def _moved(self) -> None:
        self.changed.emit(self.settings())

    def set_locked(self, locked: bool) -> None:
        """While a painting grows only the weights move."""
        self.form.set_locked(locked)
        self.size_row.set_locked(locked)
        self.method.setEnabled(not locked)

    def add_tile(self, tile: StyleTile) -> None:
        """Another bundled style was read."""
        self._tiles.append(tile)
        self._show_tiles()

    def show_own(self, own: Sequence[tuple[OwnStyle, np.ndarray]]) -> None:
        """The styles that were learnt here, after the bundled ones."""
        self._own_styles, self._own_pictures = tuple(one for one, _ in own), [picture for _, picture in own]
        self._show_tiles()

    @property
    def own_styles(self) -> tuple[OwnStyle, ...]:
        """The styles that were learnt here."""
        return self._own_styles

    def _show_tiles(self) -> None:
        """Own styles have a place only behind all that are bundled."""
        whole = len(self._tiles) == len(STYLES)
        pictures = [one.picture for one in self._tiles] + (self._own_pictures if whole else [])
        self.styles.show_tiles(pictures, self._tile_words())
        own = [(one.id, one.name) for one in self._own_styles]
        self.fast.show_styles([*((card.id, card.title) for card in STYLES), *own])

    def _tile_words(self) -> list[tuple[str, str]]:
        own = [(say(one.name), self.tr("learnt here")) for one in self._own_styles]
        return [_words(tile.card) for tile in self._tiles] + (own if len(self._tiles) == len(STYLES) else [])

    def show_style(self, style: StyleCard | OwnStyle | Path, note: Text | None = None) -> None:
        """Mark which style is used; a picture's by its name, or by `note` where it is not all that its file holds."""
        own = isinstance(style, Path)
        every = (*STYLES, *self._own_styles)
        self.styles.choose(*((every.index(style),) if style in every else ()))
        self.own_style.setText((say(note) if note else style.name) if isinstance(style, Path) else "")
        self.own_style.setVisible(own)
        self.fast.show_choice(learnt=not own, own=style in self._own_styles)

    def show_photo(self, photo: str | Path, opened: Opened) -> None:
        """Mark which photo is used, and say what there is to say of it."""
        if isinstance(photo, Path):
            self._own = opened
            if self.photos.count() == len(PHOTOS):
                self.photos.addItem("", photo)
            self.photos.setItemData(len(PHOTOS), photo)
            self.photos.setItemText(len(PHOTOS), say(opened.name))
            self.photos.setCurrentIndex(len(PHOTOS))
        else:
            self.photos.setCurrentIndex(list(PHOTOS).index(photo))
        self._note.setText(say(opened.note) if opened.note else "")
        self._note.setVisible(opened.note is not None)
        self.fast.show_video(opened.video is not None)

    def _photo_chosen(self, place: int) -> None:
        self.photo_asked.emit(self.photos.itemData(place))

    def _ask_photo(self) -> None:
        if name := self._ask(self.tr("Open a photo or a video"), f"{KINDS} {VIDEOS}"):
            self.photo_asked.emit(Path(name))

    def _ask_style(self) -> None:
        if name := self._ask(self.tr("Open a picture whose style to take"), KINDS):
            self.style_asked.emit(Path(name))

    def _ask(self, title: str, kinds: str) -> str:
        return QFileDialog.getOpenFileName(self, title, "", self.tr("Pictures ({kinds})").format(kinds=kinds))[0]

    def retranslate(self) -> None:
        for title, words in zip(self._titles, (self.tr("Photo"), self.tr("Style"), self.tr("Method")), strict=True):
            title.setText(words)
        for place, shown in enumerate(PHOTOS.values()):
            self.photos.setItemText(place, say(shown))
        self.photos.setAccessibleName(self.tr("Photo"))
        self.open_photo.setText(self.tr("Open…"))
        self.open_photo.setToolTip(self.tr("Open a photo or a video, or drop one on the stage"))
        self.method.setTexts([self.tr("Fast"), self.tr("Gatys")])
        self.method.setAccessibleName(self.tr("Method"))
        self.method.setToolTip(self.tr("Fast: one pass of a network. Gatys: the pixels are optimised."))
        self.open_style.setText(self.tr("Your own…"))
        self.open_style.setToolTip(self.tr("Take the style of any picture, or drop one here"))
        self.styles.setAccessibleName(self.tr("Styles"))
        self.styles.show_words(self._tile_words())
        names = {
            "style": self.tr("Style weight"),
            "content": self.tr("Content weight"),
            "smooth": self.tr("Smoothness"),
        }
        for name, one in self.weights.items():
            one.set_name(names[name])
        self.size_row.set_name(self.tr("Longer side"))


def _words(card: StyleCard) -> tuple[str, str]:
    return say(card.title), f"{say(card.surname)}, {say(card.year)}"
