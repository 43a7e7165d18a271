"""The right column of Explore: this point's picture, what it measures, and the real pictures most like it."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine.latent.explorer import Alike, Dream
from gui.widgets.basics import Chip, StatTile, column, label, row, rule
from gui.widgets.latent_wall import LatentWall
from gui.widgets.pictures import Picture
from gui.widgets.retold import Retold


class ExploreSide(Retold, QWidget):
    """What answers when a hand moves in the code.

    Signals:
        painted: a new picture was painted.
    """

    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.picture, self.chip = _Large(), Chip("measured")
        self.picture.setFixedHeight(188)
        self.thick, self.lean = StatTile(ground="card", spark=False), StatTile(ground="card", spark=False)
        self.target = Picture()
        self.target.setFixedHeight(84)
        self.alike = LatentWall(columns=5)
        self.alike.setFixedHeight(72)
        self._titles = [label("section") for _ in range(3)]
        self._from = label("caption", wrap=True)
        self._copied = label("caption", wrap=True)
        self.nearest: Alike | None = None
        point, near, sought = self._titles
        self._measured = QWidget()
        self._measured.setLayout(row((self.thick, 1), (self.lean, 1), gap=8))
        self.setLayout(
            column(
                *(row(point, None, self.chip), self.picture, self._measured, sought, self.target, rule()),
                *(near, self._from, self.alike, self._copied, None),
                gap=10,
                margins=(16, 16, 16, 16),
            )
        )
        self.picture.painted.connect(self.painted)
        self.show_target(None)
        self.show_alike(None)
        self.retranslate()

    def show_dream(self, dream: Dream) -> None:
        """The picture of where the hand is."""
        self.picture.show_array(dream.image)
        self.chip.setText(f"{dream.milliseconds:.1f} ms")
        known = not math.isnan(dream.thick)
        self._measured.setVisible(known)
        if known:
            self.thick.show_value(f"{dream.thick:.1f}", "px")
            self.lean.show_value(f"{dream.lean:+.0f}".replace("-", "−"), "°")

    def show_target(self, picture: np.ndarray | None) -> None:
        """The picture whose code was sought."""
        self._titles[2].setVisible(picture is not None)
        self.target.setVisible(picture is not None)
        self.target.show_array(picture)

    def show_alike(self, found: Alike | None, words: str = "") -> None:
        """The real pictures most like it; None while they are not known, with `words` why."""
        self.nearest = found
        self.alike.show_images(found.images if found else (), [f"{d:.2f}" for d in found.distances] if found else ())
        self.alike.setVisible(found is not None)
        self._copied.setVisible(found is not None)
        self._from.setText(words)
        self._from.setVisible(bool(words))

    def retranslate(self) -> None:
        words = (self.tr("This point becomes"), self.tr("Nearest real pictures"), self.tr("The picture you sought"))
        for title, said in zip(self._titles, words, strict=True):
            title.setText(said)
        self.thick.set_title(self.tr("Thickness"))
        self.lean.set_title(self.tr("Slant"))
        self.picture.setAccessibleName(self.tr("This point becomes"))
        self.alike.setAccessibleName(self.tr("Nearest real pictures"))
        self._copied.setText(self.tr("Distance over pixels; 0 would be a copy."))


class _Large(Picture):
    """Tells when it has painted: the end of the way from a hand's move to the screen."""

    painted = Signal()

    def paintEvent(self, event: object) -> None:
        super().paintEvent(event)  # type: ignore[arg-type]  # a QPaintEvent
        self.painted.emit()
