"""The ranking of MNIST at the end of 2016 with one's own runs among it (lecture row 36)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from engine.train.ranking import ranking
from engine.train.runs import RunSummary
from gui.widgets.basics import Chip, column, label, row
from gui.widgets.ranking_list import RankingList
from gui.widgets.retold import Retold


class RankingPane(Retold, QWidget):
    """Who reads MNIST best: papers in sand, what was measured here in mint."""

    def __init__(self) -> None:
        super().__init__()
        self._runs: tuple[RunSummary, ...] = ()
        self._bundled: float | None = None
        self.list = RankingList()
        self._about, self._foot = label("small", wrap=True), label("caption", wrap=True)
        self._slide, self._here = Chip("slide"), Chip("measured")
        area = QScrollArea()
        area.setWidget(self.list)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        self.setLayout(column(row((self._about, 1), self._slide, self._here), (area, 1), self._foot, gap=10))
        self.retranslate()

    def show_runs(self, runs: Sequence[RunSummary], bundled: float | None) -> None:
        """All runs, and the test accuracy of the bundled digits network."""
        self._runs, self._bundled = tuple(runs), bundled
        self._say()

    def retranslate(self) -> None:
        self._about.setText(self.tr("MNIST's 10,000 test digits; a bar is as long as the errors, so short is good"))
        self._slide.setText(self.tr("papers, list of 2016"))
        self._here.setText(self.tr("measured here"))
        self.list.setAccessibleName(self.tr("Ranking of methods on MNIST"))
        self._say()

    def _say(self) -> None:
        lines = ranking(self._runs, bundled=self._bundled)
        self.list.show_lines(lines, self.tr("came with the app"))
        own = [one for one in lines if one.folder]
        if own:
            words = self.tr("Your best is number {place}, with {n} of 10,000 digits read wrongly.")
            self._foot.setText(words.format(place=own[0].place, n=own[0].errors))
        else:
            self._foot.setText(self.tr("Train a digits recipe on MNIST to stand here too; other sets do not count."))
