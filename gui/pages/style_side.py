"""The right column of Style: what the style layers keep, the losses, and the film of steps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from engine.style.gatys import GramPicture, Losses, Painted
from gui.widgets.basics import column, label, row, rule
from gui.widgets.game_chart import GameChart
from gui.widgets.style_tiles import Tiles

FRAMES = 6
SHARES = (0.0, 0.1, 0.25, 0.45, 0.7, 1.0)  # of all evaluations, when a frame of the film is taken
FRAME_SIDE = 160  # pixels of a kept frame


class StyleSide(QWidget):
    """Gram pictures of the layers (a click takes one in or out), content layer, losses, film.

    Signals:
        layers_changed: other layers are to be compared.
        frame_chosen: (ndarray) a step of the film, (H, W, 3) uint8 RGB, to be seen large.
    """

    layers_changed = Signal()
    frame_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._titles = [label("section") for _ in range(3)]
        self._hints = [label("caption", wrap=True) for _ in range(2)]
        self._content_name = label("small")
        self.grams, self.film = Tiles(4, 58, 1, many=True), Tiles(3, 58, 1)
        self.content = QComboBox()
        self.style_chart, self.content_chart = GameChart("slide", places=4), GameChart("you")
        self._layers: list[str] = []
        self._frames: list[Painted] = []
        layers, losses, film = self._titles
        parts = (
            *(layers, self._hints[0], self.grams, row(self._content_name, None, self.content)),
            *(rule(), losses, self.style_chart, self.content_chart),
            *(rule(), film, self._hints[1], self.film, None),
        )
        self.setLayout(column(*parts, gap=8, margins=(14, 14, 14, 14)))
        self.grams.chosen.connect(self._switched)
        self.content.activated.connect(lambda _: self.layers_changed.emit())
        self.film.chosen.connect(lambda number: self.frame_chosen.emit(self._frames[number].picture))
        self.retranslate()

    def show_grams(self, pictures: Sequence[GramPicture], style: Sequence[str], content: Sequence[str]) -> None:
        """The Gram matrices of a style in every layer, and which layers are usually compared."""
        names = [one.layer for one in pictures]
        fresh = names != self._layers
        kept = self.grams.on()
        self.grams.show_tiles([one.picture for one in pictures], [(name,) for name in names])
        if fresh:
            self._layers, kept = names, tuple(names.index(name) for name in style)
            self.content.clear()
            self.content.addItems(names)
            self.content.setCurrentText(content[0])
        self.grams.choose(*kept)

    def style_layers(self) -> tuple[str, ...]:
        """The layers whose Gram matrices are compared."""
        return tuple(self._layers[number] for number in self.grams.on())

    def content_layers(self) -> tuple[str, ...]:
        """The layer whose maps are compared."""
        return (self.content.currentText(),) if self.content.currentText() else ()

    def set_locked(self, locked: bool) -> None:
        """While a painting grows its layers stay."""
        self.grams.setEnabled(not locked)
        self.content.setEnabled(not locked)

    def _switched(self, number: int) -> None:
        if not self.grams.on():  # something must be compared
            self.grams.choose(number)
        self.layers_changed.emit()

    def clear(self) -> None:
        """A new painting begins."""
        self.style_chart.clear()
        self.content_chart.clear()
        self._frames = []
        self.film.show_tiles([], [])

    def add_losses(self, found: Sequence[Losses]) -> None:
        """What evaluations found."""
        for one in found:
            self.style_chart.add(one.step, one.style)
            self.content_chart.add(one.step, one.content)
        self.style_chart.update()
        self.content_chart.update()

    def add_painted(self, painted: Painted) -> None:
        """Take a frame of the film when it is time for one."""
        due = SHARES[min(len(self._frames), FRAMES - 1)] * painted.steps
        if len(self._frames) < FRAMES and painted.step >= due:
            self._frames.append(painted)
            self._show_film()

    def _show_film(self) -> None:
        pictures = [_small(one.picture) for one in self._frames]
        self.film.show_tiles(pictures, [(self.tr("step {n:,}").format(n=one.step),) for one in self._frames])

    def retranslate(self) -> None:
        words = (self.tr("What the style layers keep"), self.tr("Losses"), self.tr("Film of steps"))
        for title, said in zip(self._titles, words, strict=True):
            title.setText(said)
        self._hints[0].setText(self.tr("Bright: two channels active together. Click a layer to take it in or out."))
        self._hints[1].setText(self.tr("Click a step to see it large."))
        self._content_name.setText(self.tr("Content layer"))
        self.content.setAccessibleName(self.tr("Content layer"))
        self.grams.setAccessibleName(self.tr("Gram pictures of the style layers"))
        self.film.setAccessibleName(self.tr("Film of steps"))
        self.style_chart.set_title(self.tr("Style loss"))
        self.content_chart.set_title(self.tr("Content loss"))
        self._show_film()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _small(picture: np.ndarray) -> np.ndarray:
    """Every nth pixel: a thumbnail of a thumbnail's worth."""
    step = max(1, max(picture.shape[:2]) // FRAME_SIDE)
    return picture[::step, ::step]
