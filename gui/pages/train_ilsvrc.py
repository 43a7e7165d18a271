"""ImageNet's challenge as bars, a person's error across them; a bar says who won and leads to the network (row 40)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine.train.ilsvrc import HUMAN, WINNERS
from gui.widgets.basics import Chip, button, column, label, row
from gui.widgets.retold import Retold
from gui.widgets.year_bars import YearBars
from gui.words import say

FIRST = 2  # AlexNet


class IlsvrcPane(Retold, QWidget):
    """The chart, and what is known of the chosen year.

    Signals:
        network_asked: (str) show this network of the line.
    """

    network_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._at = FIRST
        self.bars = YearBars()
        self._about, self._team = label("small", wrap=True), label("title")
        self._note, self._source = label("body", wrap=True), label("caption", wrap=True)
        self._slide = Chip("slide")
        self.show_button = button("graph", size="compact")
        self.bars.chosen.connect(self.choose)
        self.show_button.clicked.connect(lambda: self.network_asked.emit(WINNERS[self._at].net))
        said = row(self._team, None, self.show_button, gap=8)
        head = row((self._about, 1), self._slide)
        self.setLayout(column(head, (self.bars, 1), said, self._note, self._source, gap=10))
        self.retranslate()

    def choose(self, at: int) -> None:
        """Another year."""
        self._at = at
        self._show()

    def retranslate(self) -> None:
        self._about.setText(
            self.tr("Error of the winners: how often the right class was not among five answers. Click a year.")
        )
        self._slide.setText(self.tr("from papers"))
        self.bars.setAccessibleName(self.tr("ImageNet error by year"))
        self.show_button.setText(self.tr("Show the network"))
        self._source.setText(
            self.tr("Challenge results 2010–2017; a person: A. Karpathy, in Russakovsky et al., IJCV 2015.")
        )
        self._show()

    def _show(self) -> None:
        one = WINNERS[self._at]
        bars = [(str(w.year), w.team, w.error, w.deep) for w in WINNERS]
        self.bars.show_bars(bars, HUMAN, self.tr("a person, {error:g} %").format(error=HUMAN), self._at)
        self._team.setText(f"{one.year} · {one.team} · {one.error:g}\u2009%")
        self._note.setText(say(one.note))
        self.show_button.setVisible(bool(one.net))
