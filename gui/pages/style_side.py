"""The right column of Style: what the style layers keep, the losses, and the film of steps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from engine.style.gatys import Frame, GramPicture, Losses
from gui.widgets.basics import column, label, row, rule
from gui.widgets.game_chart import GameChart
from gui.widgets.retold import Retold
from gui.widgets.style_tiles import Tiles

FRAME_SIDE = 160  # pixels of a kept frame


class StyleSide(Retold, QWidget):
    """Gram pictures of the layers (a click takes one in or out), content layer, losses, film.

    Signals:
        layers_changed: other layers are to be compared.
        frame_chosen: (ndarray) a step of the film, (H, W, 3) uint8 RGB, to be seen large.
    """

    layers_changed = Signal()
    frame_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._titles = [label("section") for _ in range(4)]
        self._hints = [label("caption", wrap=True) for _ in range(2)]
        self._content_name = label("small")
        self.grams, self.film = Tiles(4, 58, 1, many=True), Tiles(3, 58, 1)
        self.content = QComboBox()
        self.style_chart, self.content_chart = GameChart("slide", places=4), GameChart("you")
        self._layers: list[str] = []
        self._fast_now = self._missing = False
        self._frames: list[Frame] = []
        layers, losses, film, code = self._titles
        self.code, self._code_hint = Tiles(2, 72, 1), label("caption", wrap=True)
        self._gatys, self._fast = QWidget(), QWidget()
        grown = (rule(), losses, self.style_chart, self.content_chart, rule(), film, self._hints[1], self.film)
        self._gatys.setLayout(column(*grown, gap=8))
        self._fast.setLayout(column(rule(), code, self._code_hint, self.code, gap=8))
        compared = (layers, self._hints[0], self.grams, row(self._content_name, None, self.content))
        self.setLayout(column(*compared, self._gatys, self._fast, None, gap=8, margins=(14, 14, 14, 14)))
        self.show_method(fast=False)
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
        self._show_missing(missing=False)

    def show_no_layers(self) -> None:
        """The network that was chosen could not be opened."""
        self._layers = []
        self.grams.show_tiles([], [])
        self.grams.choose()
        self.content.clear()
        self._show_missing(missing=True)

    def _show_missing(self, *, missing: bool) -> None:
        self._missing = missing
        self.grams.setVisible(not missing)
        self.show_method(fast=self._fast_now)

    def style_layers(self) -> tuple[str, ...]:
        """The layers whose Gram matrices are compared."""
        return tuple(self._layers[number] for number in self.grams.on())

    def content_layers(self) -> tuple[str, ...]:
        """The layer whose maps are compared."""
        return (self.content.currentText(),) if self.content.currentText() else ()

    def show_method(self, *, fast: bool) -> None:
        """What the fast painter's style is made of, or how a painting of Gatys's grows."""
        self._gatys.setVisible(not fast)
        self._fast.setVisible(fast and self.code.count() > 0)
        self._content_name.setVisible(not fast and not self._missing)
        self.content.setVisible(not fast and not self._missing)
        self._fast_now = fast
        self.grams.setEnabled(not fast)
        self._say_hint()

    def show_code(self, code: np.ndarray) -> None:
        """The row of numbers that was painted with, (P,) float32: its scales, then its shifts."""
        self.code.show_tiles([_bars(part) for part in np.split(code, 2)], self._code_words())
        self._fast.setVisible(self._fast_now)

    def _code_words(self) -> list[tuple[str]]:
        return [(self.tr("scales γ"),), (self.tr("shifts β"),)]

    def _say_hint(self) -> None:
        if self._missing:
            self._hints[0].setText(
                self.tr(
                    "This network could not be opened, so there are no layers of it to choose. "
                    "The stack of layers in the header lists which are here."
                )
            )
        elif self._fast_now:
            self._hints[0].setText(self.tr("Bright: two channels active together. This is what it learnt to paint."))
        else:
            self._hints[0].setText(self.tr("Bright: two channels active together. Click a layer to take it in or out."))

    def set_locked(self, locked: bool) -> None:
        """While a painting grows its layers stay."""
        self.grams.setEnabled(not locked and not self._fast_now)
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

    def add_frame(self, frame: Frame) -> None:
        """One more frame of the film."""
        self._frames.append(frame)
        self._show_film()

    def _show_film(self) -> None:
        pictures = [_small(one.picture) for one in self._frames]
        self.film.show_tiles(pictures, [(self.tr("step {n:,}").format(n=one.step),) for one in self._frames])

    def retranslate(self) -> None:
        words = (
            *(self.tr("What the style layers keep"), self.tr("Losses"), self.tr("Film of steps")),
            self.tr("The style as numbers"),
        )
        for title, said in zip(self._titles, words, strict=True):
            title.setText(said)
        self._say_hint()
        self._code_hint.setText(self.tr("All that tells this style from the others. Bright: raised, dark: lowered."))
        self.code.show_words(self._code_words()[: self.code.count()])
        self.code.setAccessibleName(self.tr("The style as numbers"))
        self._hints[1].setText(self.tr("Click a step to see it large."))
        self._content_name.setText(self.tr("Content layer"))
        self.content.setAccessibleName(self.tr("Content layer"))
        self.grams.setAccessibleName(self.tr("Gram pictures of the style layers"))
        self.film.setAccessibleName(self.tr("Film of steps"))
        self.style_chart.set_title(self.tr("Style loss"))
        self.content_chart.set_title(self.tr("Content loss"))
        self._show_film()


def _small(picture: np.ndarray) -> np.ndarray:
    """Every nth pixel: a thumbnail of a thumbnail's worth."""
    step = max(1, max(picture.shape[:2]) // FRAME_SIDE)
    return picture[::step, ::step]


def _bars(values: np.ndarray) -> np.ndarray:
    """Numbers as a field of grey squares, (h, w) uint8: the middle is 0."""
    wide = int(np.ceil(np.sqrt(2 * len(values))))
    padded = np.zeros(wide * -(-len(values) // wide), np.float32)
    padded[: len(values)] = values
    return (128 + 127 * np.tanh(4 * padded)).astype(np.uint8).reshape(-1, wide)
