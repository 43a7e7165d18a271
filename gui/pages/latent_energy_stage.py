"""The stage of the energy lesson: link and inclinations to move, four states whose energies follow (row 123)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine.latent.energy_example import USUAL, Energies
from gui.widgets.basics import Chip, SliderRow, column, label, panel, row
from gui.widgets.latent_energy import EnergyRows
from gui.widgets.retold import Retold


class EnergyStage(Retold, QWidget):
    """The lecture's two units.

    Signals:
        moved: (float, float, float) w, a and b as a hand set them.
    """

    moved = Signal(float, float, float)

    def __init__(self) -> None:
        super().__init__()
        self.rows = EnergyRows()
        self.sliders = tuple(SliderRow(-3.0, 3.0, value, step=0.1, live=True) for value in USUAL)
        self._title, self._words, self._chip = label("title"), label("caption", wrap=True), Chip("slide")
        hands = row(*((slider, 1) for slider in self.sliders), gap=18)
        top = panel(row(self._title, None, self._chip), self._words, hands, 6, (self.rows, 1), gap=10, pad=14)
        self.setLayout(column((top, 1), gap=0))
        for slider in self.sliders:
            slider.changed.connect(lambda _value: self.moved.emit(*self.values()))
        self.retranslate()

    def values(self) -> tuple[float, float, float]:
        """w, a and b."""
        w, a, b = (slider.value() for slider in self.sliders)
        return w, a, b

    def show_energies(self, found: Energies) -> None:
        """What they make of the four states."""
        self.rows.show_states(found.states, self.values())

    def retranslate(self) -> None:
        self._title.setText(self.tr("Energy of two units"))
        self._chip.setText("E(v, h) = −a·v − b·h − v·w·h")
        self._words.setText(
            self.tr("Each unit is −1 or 1. The less energy a state has, the likelier it is: p = exp(−E) / Z.")
        )
        names = (self.tr("link w"), self.tr("inclination a of v"), self.tr("inclination b of h"))
        for slider, name in zip(self.sliders, names, strict=True):
            slider.set_name(name)
