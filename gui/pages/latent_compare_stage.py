"""The stage of Compare: two generators side by side with the same codes, and a table of what was measured."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from engine.latent.compare import Side
from engine.latent.few_labels import Compared
from engine.text import Text
from gui.widgets.basics import Chip, State, button, column, label, panel, row
from gui.widgets.latent_curve import LabelCurve
from gui.widgets.latent_wall import LatentWall
from gui.widgets.retold import Retold
from gui.words import say

SIDES = 2
PAIR, CURVE, NOTHING = range(3)


class OneSide(Retold, QWidget):
    """A generator: samples, what came through its code, and the nearest training pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.samples = LatentWall(columns=8)
        self.restored, self.copies = LatentWall(columns=8), LatentWall(columns=8)
        self._name = label("strong")
        self._titles = [label("caption") for _ in range(3)]
        self.side: Side | None = None
        self._words: Text | None = None
        for wall in (self.restored, self.copies):
            wall.setFixedHeight(82)
        self.copies.setFixedHeight(112)
        samples, through, copies = self._titles
        self.setLayout(
            column(
                *(self._name, samples, (self.samples, 1), through, self.restored, copies, self.copies),
                gap=4,
            )
        )
        self.retranslate()

    def show_glimpse(self, words: Text, samples: np.ndarray) -> None:
        """Its samples, before it is measured."""
        self.side, self._words = None, words
        self._name.setText(say(words))
        self.samples.show_images(samples)
        self._show_parts()

    def show_side(self, side: Side) -> None:
        """What was seen of it."""
        self.show_glimpse(side.words, side.samples)
        self.side = side
        self.restored.show_images([*side.real, *side.restored])
        far = [*[""] * len(side.made), *(f"{d:.2f}" for d in side.apart)]
        self.copies.show_images([*side.made, *side.copied], far)
        self._show_parts()

    def clear(self) -> None:
        """Nothing was measured yet; the samples stay until others come."""
        self.side = None
        self._show_parts()

    def _show_parts(self) -> None:
        for part in (self._titles[1], self.restored):
            part.setVisible(self.side is not None and len(self.side.restored) > 0)
        for part in (self._titles[2], self.copies):
            part.setVisible(self.side is not None)

    def retranslate(self) -> None:
        words = (
            self.tr("The same codes for both"),
            self.tr("Real, and below what came through its code"),
            self.tr("Samples, and below the nearest training picture"),
        )
        for title, said in zip(self._titles, words, strict=True):
            title.setText(said)
        self._name.setText(say(self._words) if self._words else "")


class CompareStage(Retold, QWidget):
    """Two sides, or the curve over labels."""

    def __init__(self) -> None:
        super().__init__()
        self.sides = tuple(OneSide() for _ in range(SIDES))
        self.curve = LabelCurve()
        self._last: Compared | None = None
        self._title, self._chip = label("title"), Chip("warn")
        self._chip.hide()
        self._curve_title, self._curve_words = label("title"), label("small", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(0, 1)
        both = panel(row(self._title, None, self._chip), (row(*((s, 1) for s in self.sides), gap=18), 1), pad=14)
        table = panel(self._grid, pad=12)
        pair, curve = QWidget(), QWidget()
        pair.setLayout(column((both, 1), table, gap=8))
        labels = panel(self._curve_title, self._curve_words, (self.curve, 1), pad=14)
        curve.setLayout(column((labels, 1), gap=0))
        self._stack = QStackedWidget()
        self.to_learn = button("play-fill", "primary")
        self.empty = State("planet", self.to_learn, stage=True)
        nothing = panel((self.empty, 1), pad=14)
        for part in (pair, curve, nothing):
            self._stack.addWidget(part)
        self.setLayout(column((self._stack, 1), gap=0))
        self.retranslate()

    def show_part(self, part: int) -> None:
        """`PAIR`, `CURVE`, or `NOTHING`: there is no run whose past could be looked at."""
        self._stack.setCurrentIndex(part)

    def clear(self) -> None:
        """Nothing compared yet."""
        for side in self.sides:
            side.clear()
        self._fill()

    def show_glimpse(self, place: int, words: Text, samples: np.ndarray) -> None:
        """Samples of one of the two, before they are compared."""
        self.sides[place].show_glimpse(words, samples)
        self._fill()

    def show_side(self, side: Side) -> None:
        """One of the two was seen."""
        self.sides[side.place].show_side(side)
        self._fill()

    def show_curve(self, found: Sequence[Compared]) -> None:
        """What fine-tuning brought so far."""
        self.curve.show_points([(one.labels, one.error_pretrained, one.error_scratch) for one in found])
        self._last = found[-1] if found else None
        self._say_curve()

    def _say_curve(self) -> None:
        words = self.tr("The same network, the same labels, two beginnings. Press Fine-tune: it takes some minutes.")
        if last := self._last:
            words = self.tr(
                "{labels:,} labels: {a:.1f} % errors pre-trained, {b:.1f} % from nothing; {fewer:.0f} % fewer."
            ).format(
                labels=last.labels, a=100 * last.error_pretrained, b=100 * last.error_scratch, fewer=100 * last.fewer
            )
            words = words.replace("-", "−") if last.fewer < 0 else words
        self._curve_words.setText(words)

    def _fill(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        seen = [side.side for side in self.sides]
        if not any(seen):
            hint = label("small")
            hint.setText(self.tr("Press Compare: distance from real pictures, sharpness and copies are measured."))
            self._grid.addWidget(hint, 0, 0)
            self._chip.hide()
            return
        small = any(side is not None and side.small for side in seen)
        self._chip.setVisible(small)
        self._chip.setText(self.tr("few samples: distances say little") if small else "")
        heads = ("", *(say(side.words) if side else "–" for side in seen), self.tr("real against real"))
        for place, words in enumerate(heads):
            self._put(0, place, words, "caption", None)
        rows = [one for one in self._rows() if any(side is not None and one[0] in side.figures for side in seen)]
        for line, (name, words, percent) in enumerate(rows, 1):
            self._put(line, 0, words, "small", None)
            for place, side in enumerate(seen):
                value = side.figures.get(name, np.nan) if side else np.nan
                self._put(line, 1 + place, _written(value, percent=percent), "strong", "net")
            real = _REAL.get(name)
            value = next((s.figures[real] for s in seen if s and real in s.figures), np.nan) if real else np.nan
            usual = 1.0 if name in ("sharpness", "sharpness_restored") else 0.05 if name == "memorised" else value
            self._put(line, 3, _written(usual, percent=percent), "small", None)

    def _put(self, line: int, place: int, words: str, kind: str, tone: str | None) -> None:
        cell = label(kind, tone=tone)
        cell.setText(words)
        side = Qt.AlignmentFlag.AlignRight if place else Qt.AlignmentFlag.AlignLeft
        self._grid.addWidget(cell, line, place, side)

    def _rows(self) -> tuple[tuple[str, str, bool], ...]:
        return (
            ("frechet", self.tr("Fréchet distance"), False),
            ("score", self.tr("Score (1 to classes)"), False),
            ("confident", self.tr("Read with confidence"), True),
            ("sharpness", self.tr("Sharpness of samples beside real"), True),
            ("sharpness_restored", self.tr("Sharpness of what came through"), True),
            ("error", self.tr("Reconstruction error"), False),
            ("memorised", self.tr("Closer to training than new pictures are"), True),
        )

    def retranslate(self) -> None:
        self._title.setText(self.tr("Side by side"))
        self._curve_title.setText(self.tr("Few labels: pre-trained or from nothing"))
        self._say_curve()
        self.empty.set_words(
            self.tr("No run of yours yet"),
            self.tr("Train a generator in Learn. Its checkpoints can be held against each other here."),
        )
        self.to_learn.setText(self.tr("Go to Learn"))
        self.curve.set_words(self.tr("labels"), self.tr("test error"), self.tr("pre-trained"), self.tr("from nothing"))
        self._fill()


_REAL = {"frechet": "frechet_real", "score": "score_real"}


def _written(value: float, *, percent: bool) -> str:
    if np.isnan(value):
        return "–"
    return f"{100 * value:.1f}\u2009%" if percent else f"{value:,.4g}"
