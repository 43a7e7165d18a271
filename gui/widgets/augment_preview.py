"""What training makes of the chosen picture: versions of it, with the trainer's own sliders (lecture row 37)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine.fields import fields_of
from engine.train.settings import TrainSettings
from gui.widgets.basics import IconButton, SliderRow, column, label, row
from gui.widgets.inspector_parts import InspectorTiles
from gui.widgets.lens import explain
from gui.widgets.retold import Retold

PREVIEWS = 10
ROTATE, SHIFT = 10.0, 2.0  # the first look: enough to see, not enough to make a 6 a 9
_FIELDS = {name: field for name, field, _ in fields_of(TrainSettings())}


class AugmentPreview(Retold, QWidget):
    """Versions of one picture; asks for them anew when a slider moves.

    Sets whose trainer changes whole photographs have one slider, its strength.

    Signals:
        asked: make versions of the chosen picture anew.
    """

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.seed = 0
        self._title, self.again = label("section"), IconButton("shuffle", compact=True)
        self.again.clicked.connect(self._shuffle)
        self.versions = InspectorTiles(5)
        self.versions.show_count(PREVIEWS)
        turn, shift, strength = _FIELDS["rotate"], _FIELDS["shift"], _FIELDS["augment"]
        self.rotate = SliderRow(turn.low, turn.high, ROTATE, step=1.0)
        self.shift = SliderRow(shift.low, shift.high, SHIFT, step=0.5)
        self.strength = SliderRow(strength.low, strength.high, 1.0, step=0.05)
        for slider in (self.rotate, self.shift, self.strength):
            slider.changed.connect(self.asked)
        for part in (self.versions, self.rotate, self.shift, self.strength, self.again):
            explain(part, turn.help)
        sliders = row((self.rotate, 1), (self.shift, 1), gap=16)
        head = row(self._title, None, self.again)
        self.setLayout(column(head, self.versions, sliders, self.strength, gap=8))
        self.use_photographs(False)
        self.retranslate()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Augment: what training sees"))
        self.again.set_tip(self.tr("Again"))
        self.versions.setAccessibleName(self.tr("Ten augmented versions of the chosen picture"))
        self.rotate.set_name(self.tr("Rotate"))
        self.shift.set_name(self.tr("Shift"))
        self.strength.set_name(self.tr("Strength"))
        self.rotate.set_format(lambda value: f"±{value:.0f}°")
        self.shift.set_format(lambda value: f"±{value:.1f} px")
        self.strength.set_format(lambda value: f"{value * 100:.0f}\u2009%")

    def use_photographs(self, on: bool) -> None:
        """True for sets with boxes or masks: their trainer crops, scales and recolours."""
        self.strength.setVisible(on)
        for slider in (self.rotate, self.shift):
            slider.setVisible(not on)

    def suit(self, side: int) -> None:
        """Start from two of 28 pixels: less of a smaller picture."""
        self.shift.set_value(min(SHIFT, side * SHIFT / 28))

    @property
    def settings(self) -> TrainSettings:
        """What the sliders say, as training would be told."""
        return replace(TrainSettings(), rotate=self.rotate.value(), shift=self.shift.value(), augment=1.0)

    def show_versions(self, images: Sequence[np.ndarray]) -> None:
        """Augmented versions of the chosen picture."""
        self.versions.set_tiles(list(images))

    def _shuffle(self) -> None:
        self.seed += 1
        self.asked.emit()
