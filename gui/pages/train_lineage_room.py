"""The room of networks in the Train tab: lineage, ImageNet, blocks, skips, dropout, frameworks, in place of the charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from engine.host import EngineHost
from engine.train.runs import RunSummary
from gui.pages.train_blocks import BlocksPane
from gui.pages.train_frameworks import FrameworksPane
from gui.pages.train_ilsvrc import IlsvrcPane
from gui.pages.train_lineage import LineagePane
from gui.pages.train_masks import MasksPane
from gui.pages.train_skips import SkipsPane
from gui.widgets.basics import Segmented, button, column, label, panel, row
from gui.widgets.columns import FrontStack
from gui.widgets.retold import Retold

LINEAGE, ILSVRC, BLOCKS, SKIPS, DROPOUT, FRAMEWORKS = range(6)


class LineageRoom(Retold, QWidget):
    """What the lectures tell of networks, to click and to try.

    Signals:
        closed: back to the charts.
        recipe_asked: (str) train this recipe. network_asked: (str, object) this recipe with these settings.
    """

    closed = Signal()
    recipe_asked = Signal(str)
    network_asked = Signal(str, object)

    def __init__(self, host: EngineHost, data: Path | None) -> None:
        super().__init__()
        self.lineage, self.ilsvrc, self.blocks = LineagePane(host), IlsvrcPane(), BlocksPane(host)
        self.skips, self.masks, self.frameworks = SkipsPane(host, data), MasksPane(host, data), FrameworksPane()
        self._bundled: Mapping[str, float] = {}
        self._runs: tuple[RunSummary, ...] = ()
        self.parts, self.stack = Segmented(6), FrontStack()
        self._title, self._close = label("title"), button("chart-line-up", "secondary", "compact")
        for pane in (_scrolled(self.lineage), self.ilsvrc, self.blocks, self.skips, self.masks, self.frameworks):
            self.stack.addWidget(pane)
        head = row(self._title, self.parts, None, self._close, gap=12)
        self.setLayout(column(panel(head, (self.stack, 1), gap=12, pad=14), gap=0))
        self.parts.chosen.connect(self.show_part)
        self._close.clicked.connect(self.closed)
        self.lineage.recipe_asked.connect(self.recipe_asked)
        self.blocks.network_asked.connect(self.network_asked)
        self.ilsvrc.network_asked.connect(self._show_network)
        leave = QShortcut(QKeySequence("Esc"), self)  # only in here: elsewhere Esc belongs to the window
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.closed)
        self.retranslate()

    def enter(self) -> None:
        """The room came to the front."""
        self.show_part(self.stack.currentIndex())

    def room_changed(self, small: bool) -> None:
        """Six parts and the way back fill the head in a small window: what lies beside the stage keeps its place."""
        self._title.setVisible(not small)

    def show_part(self, part: int) -> None:
        """Lineage, ImageNet, blocks, skips, dropout or frameworks."""
        self.parts.choose(part)
        self.stack.setCurrentIndex(part)
        for entered in (self.lineage, self.blocks, self.skips, self.masks):
            if entered.isVisibleTo(self):
                entered.enter()

    def show_runs(self, runs: Sequence[RunSummary]) -> None:
        """The runs of this machine: those trained networks that can be cut or thinned."""
        self._runs = tuple(runs)
        self.skips.show_runs(self._runs)
        self.masks.show_networks(self._bundled, self._runs)

    def show_machine(self, data: Path | None, bundled: Mapping[str, float]) -> None:
        """Where the data sets are, and what came with the app."""
        self._bundled = dict(bundled)
        self.skips.set_data(data)
        self.masks.set_data(data)
        self.masks.show_networks(self._bundled, self._runs)

    def _show_network(self, id: str) -> None:
        self.lineage.show_network(id)
        self.show_part(LINEAGE)

    def retranslate(self) -> None:
        self._title.setText(self.tr("Networks"))
        self.parts.setAccessibleName(self._title.text())
        self.parts.setTexts(
            [
                *(self.tr("Lineage"), self.tr("ImageNet"), self.tr("Blocks")),
                *(self.tr("Skips"), self.tr("Dropout"), self.tr("Frameworks")),
            ]
        )
        self._close.setText(self.tr("Back to the charts"))


def _scrolled(pane: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(pane)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
