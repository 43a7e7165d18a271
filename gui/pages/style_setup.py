"""The left column of Style: which photo, whose manner, and what counts how much."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from engine.style.cards import STYLES, StyleCard
from engine.style.offered import PHOTOS, Opened, StyleTile
from engine.style.settings import StyleSettings
from gui.widgets.basics import SliderRow, button, column, label, row, rule
from gui.widgets.form import Form
from gui.widgets.style_tiles import Tiles
from gui.words import say

KINDS = "*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff *.gif"
_FORM = ("evaluations", "colours", "optimiser", "start", "network")


class StyleSetup(QWidget):
    """Photo, style, weights, size and the rest.

    Signals:
        photo_asked: (str or Path) one of `PHOTOS`, or a file. style_asked: (StyleCard or Path).
        changed: (StyleSettings) something was set; weights act while a painting grows.
    """

    photo_asked = Signal(object)
    style_asked = Signal(object)
    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        usual = StyleSettings()
        self._own: Opened | None = None
        self.photos, self.open_photo = QComboBox(), button("folder-open", size="compact")
        self.styles = Tiles(2, 60, 2, framed=True)
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
        self._note = label("caption", wrap=True)
        self._note.hide()
        self._lay_out()
        for name in PHOTOS:
            self.photos.addItem("", name)
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        photo, style, painting = self._titles
        parts = (
            photo,
            row((self.photos, 1), self.open_photo, gap=6),
            self._note,
            4,
            style,
            self.styles,
            row(self.open_style, (self.own_style, 1)),
            rule(),
            painting,
            *self.weights.values(),
            self.size_row,
            self.form,
            None,
        )
        self.setLayout(column(*parts, gap=8, margins=(14, 14, 14, 14)))

    def _connect(self) -> None:
        self.photos.activated.connect(self._photo_chosen)
        self.open_photo.clicked.connect(self._ask_photo)
        self.open_style.clicked.connect(self._ask_style)
        self.styles.chosen.connect(lambda number: self.style_asked.emit(STYLES[number]))
        for one in (*self.weights.values(), self.size_row):
            one.changed.connect(self._moved)
        self.form.changed.connect(self._moved)

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

    def add_tile(self, tile: StyleTile, tiles: list[StyleTile]) -> None:
        """Another bundled style was read."""
        tiles.append(tile)
        self.styles.show_tiles([one.picture for one in tiles], [_words(one.card) for one in tiles])

    def show_style(self, style: StyleCard | Path) -> None:
        """Mark which style is used; one of a person's own by its name."""
        own = isinstance(style, Path)
        self.styles.choose(*(() if own else (STYLES.index(style),)))
        self.own_style.setText(style.name if isinstance(style, Path) else "")
        self.own_style.setVisible(own)

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

    def _photo_chosen(self, place: int) -> None:
        self.photo_asked.emit(self.photos.itemData(place))

    def _ask_photo(self) -> None:
        if name := self._ask(self.tr("Open a photo")):
            self.photo_asked.emit(Path(name))

    def _ask_style(self) -> None:
        if name := self._ask(self.tr("Open a picture whose style to take")):
            self.style_asked.emit(Path(name))

    def _ask(self, title: str) -> str:
        return QFileDialog.getOpenFileName(self, title, "", self.tr("Pictures ({kinds})").format(kinds=KINDS))[0]

    def retranslate(self) -> None:
        for title, words in zip(self._titles, (self.tr("Photo"), self.tr("Style"), self.tr("Painting")), strict=True):
            title.setText(words)
        for place, shown in enumerate(PHOTOS.values()):
            self.photos.setItemText(place, say(shown))
        self.photos.setAccessibleName(self.tr("Photo"))
        self.open_photo.setText(self.tr("Open…"))
        self.open_photo.setToolTip(self.tr("Open a photo, or drop one on the stage"))
        self.open_style.setText(self.tr("Your own…"))
        self.open_style.setToolTip(self.tr("Take the style of any picture, or drop one here"))
        self.styles.setAccessibleName(self.tr("Styles"))
        self.styles.show_words([_words(card) for card in STYLES[: self.styles.count()]])
        names = {
            "style": self.tr("Style weight"),
            "content": self.tr("Content weight"),
            "smooth": self.tr("Smoothness"),
        }
        for name, one in self.weights.items():
            one.set_name(names[name])
        self.size_row.set_name(self.tr("Longer side"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _words(card: StyleCard) -> tuple[str, str]:
    return say(card.title), f"{say(card.surname)}, {say(card.year)}"
