"""A network that was counted, not run: its layers to choose from, and what the chosen one gives and costs."""

from __future__ import annotations

import math

from PySide6.QtWidgets import QWidget

from engine.zoo.lineage import Anatomy
from gui.widgets.layout import column, label
from gui.widgets.net_diagram import NetDiagram, as_part, shape_words
from gui.widgets.retold import Retold
from gui.words import say


class CountedNet(Retold, QWidget):
    """The diagram, and a line below it."""

    def __init__(self) -> None:
        super().__init__()
        self.diagram, self.layer = NetDiagram(), label("small")
        self._found: Anatomy | None = None
        self._at = 0
        self.diagram.chosen.connect(self.choose)
        self.setLayout(column(self.diagram, self.layer, gap=8))

    def show_network(self, found: Anatomy | None) -> None:
        """Show this one, of another its first layer; None while it is being counted."""
        if found is not self._found:
            self._found, self._at = found, 0
        self.retranslate()

    def choose(self, at: int) -> None:
        """Say what this layer gives and costs."""
        self._at = at
        self.retranslate()

    def retranslate(self) -> None:
        layers = self._found.layers if self._found else ()
        parts = [as_part(one.name, one.shape, one.parameters, one.back) for one in layers]
        self.diagram.show_parts(parts, [math.nan] * len(parts), self._at)
        self.layer.setText("")
        if parts:
            part, macs = parts[self._at], layers[self._at].macs / 1e6
            words = self.tr("{name}: {shape} come out, {parameters:,} parameters, {macs:.1f} M multiplications")
            values = {"name": say(part.name), "shape": shape_words(part)}
            self.layer.setText(words.format(parameters=part.parameters, macs=macs, **values))
