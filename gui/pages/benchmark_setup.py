"""The left column of Benchmark: what to measure, and how."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine.bench.catalogue import CARDS, BenchCard
from engine.bench.settings import BenchSettings
from gui.widgets.basics import button, column, label, row, rule
from gui.widgets.bench_parts import BenchRow
from gui.widgets.form import Form
from gui.widgets.retold import Retold


class BenchmarkSetup(Retold, QWidget):
    """One row for each benchmark, and quick, repeats, network.

    Signals:
        chosen: (BenchCard) another benchmark comes to the stage.
        changed: how it is measured was changed.
        every_asked: everything is to be measured.
    """

    chosen = Signal(object)
    changed = Signal()
    every_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._titles = [label("section") for _ in range(2)]
        self.rows = {card.id: BenchRow(card) for card in CARDS}
        self.form = Form(BenchSettings())
        self.every = button("stack", size="compact")
        self._card = CARDS[0]
        what, how = self._titles
        self.setLayout(
            column(
                *(what, column(*self.rows.values(), gap=0), rule(), how, self.form, row(self.every, None), None),
                gap=8,
                margins=(14, 14, 14, 14),
            )
        )
        for one in self.rows.values():
            one.clicked.connect(lambda card=one.card: self._clicked(card))
        self.form.changed.connect(lambda _: self.changed.emit())
        self.every.clicked.connect(self.every_asked)
        self.choose(CARDS[0])
        self.retranslate()

    @property
    def card(self) -> BenchCard:
        """The chosen benchmark."""
        return self._card

    def choose(self, card: BenchCard) -> None:
        """Mark this one without telling anybody."""
        self._card = card
        for id, one in self.rows.items():
            one.set_chosen(id == card.id)
        for field in ("model", "learnt"):
            self.form.rows[field].setVisible(field == card.asks)

    def _clicked(self, card: BenchCard) -> None:
        self.choose(card)
        self.chosen.emit(card)

    def settings(self) -> BenchSettings:
        """How it is measured."""
        found: BenchSettings = self.form.value()
        return found

    def retranslate(self) -> None:
        self._titles[0].setText(self.tr("Measure"))
        self._titles[1].setText(self.tr("How"))
        self.every.setText(self.tr("Measure everything"))
        self.every.setToolTip(
            self.tr("All {n}, one after the other; Export then writes them into one report").format(n=len(CARDS))
        )
        for one in self.rows.values():
            one.retranslate()
