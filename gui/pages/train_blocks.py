"""Compose a VGG of blocks: 3×3 convolutions in a row, then a pool; what it costs and how far it sees (rows 38, 41, 42)."""

from __future__ import annotations

import dataclasses
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from engine.host import EngineHost
from engine.jobs import JobRun, JobState
from engine.text import Text
from engine.train.cost import counted
from engine.train.recipes import recipe
from engine.zoo.lineage import Anatomy
from engine.zoo.vgg import SIDE, WIDTHS, sees
from gui.widgets.basics import StatTile, button, column, label, row
from gui.widgets.counted_net import CountedNet
from gui.widgets.retold import Retold

COUNTING = Text("Counting a network", "신경망 세기")
RECIPE = "cifar-vgg-mini"
MOST = 4  # convolutions in a block
LIKE = {"2 2 3": "VGG-16", "2 2 2": "VGG-13", "2 2 4": "VGG-19", "1 1 2": "VGG-11"}  # their first three blocks


class BlocksPane(Retold, QWidget):
    """A number for each block, the network they make, its cost; a button trains it.

    Signals:
        network_asked: (str, object) train this recipe with these settings.
    """

    network_asked = Signal(str, object)

    def __init__(self, host: EngineHost) -> None:
        super().__init__()
        self._host = host
        self._found: Anatomy | None = None
        self._lead, self.said = label("small", wrap=True), label("body", wrap=True)
        self.blocks = [QComboBox() for _ in WIDTHS]
        self._names = [(label("strong"), label("caption")) for _ in WIDTHS]
        self.net, self.train_button = CountedNet(), button("play-fill", size="compact")
        self.tiles = [StatTile("net", "card", spark=False) for _ in range(3)]
        for number, box in enumerate(self.blocks):
            box.addItems([str(count) for count in range(1 if number == 0 else 0, MOST + 1)])
            box.setCurrentText("2" if number < 3 else "0")
            box.activated.connect(lambda _, n=number: self._chose(n))
        self.train_button.clicked.connect(lambda: self.network_asked.emit(RECIPE, self.settings()))
        tiles = row(*((tile, 1) for tile in self.tiles), gap=8)
        foot = row((self.said, 1), self.train_button, gap=8)
        self.setLayout(column(self._lead, self._grid(), self.net, tiles, foot, None, gap=12))
        self.retranslate()

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        for x, (box, (name, shape)) in enumerate(zip(self.blocks, self._names, strict=True)):
            for y, part in enumerate((name, box, shape)):
                grid.addWidget(part, y, x)
            grid.setColumnStretch(x, 1)
        return grid

    @property
    def plan(self) -> str:
        """Convolutions of each block, "2 2 3"."""
        counts = [box.currentText() for box in self.blocks]
        return " ".join(counts[: counts.index("0")] if "0" in counts else counts)

    def settings(self) -> Any:
        """The recipe's own, with these blocks."""
        usual: Any = recipe(RECIPE).defaults
        return dataclasses.replace(usual, plan=self.plan)

    def enter(self) -> None:
        """It came into view."""
        if self._found is None:
            self._count()

    def compose(self, plan: str) -> None:
        """Take these blocks."""
        counts = [*plan.split(), *"0000"]
        for box, count in zip(self.blocks, counts, strict=False):
            box.setCurrentText(count)
        self._count()

    def _chose(self, number: int) -> None:
        """A block without convolutions ends the network; one behind it cannot stand without those before."""
        if self.blocks[number].currentText() == "0":
            for box in self.blocks[number:]:
                box.setCurrentText("0")
        for box in self.blocks[:number]:
            if box.currentText() == "0" and self.blocks[number].currentText() != "0":
                box.setCurrentText("1")
        self._count()

    def _count(self) -> None:
        job = counted(recipe(RECIPE), self.settings())
        self._host.start(COUNTING, job, lane="io", owner=self, on_end=self._took)
        self._show()

    def _took(self, run: JobRun) -> None:
        if run.state is JobState.DONE:
            self._found = run.result
        self._show()

    # Words

    def retranslate(self) -> None:
        self._lead.setText(
            self.tr(
                "Build a network as VGG is built: 3×3 convolutions in a row, then a pool that halves the picture. Say how "
                "many stand in each block; 0 ends the front half."
            )
        )
        for number, (box, (name, _)) in enumerate(zip(self.blocks, self._names, strict=True), start=1):
            name.setText(self.tr("Block {n}").format(n=number))
            box.setAccessibleName(self.tr("Convolutions in block {n}").format(n=number))
        self.net.diagram.setAccessibleName(self.tr("Layers of the network"))
        self.net.diagram.set_halves(self.tr("extracts features"), self.tr("classifies"))
        for tile, words in zip(
            self.tiles, (self.tr("Parameters"), self.tr("Multiplications"), self.tr("Sees")), strict=True
        ):
            tile.set_title(words)
        self.train_button.setText(self.tr("Train this network"))
        self._show()

    def _show(self) -> None:
        depth = len(self.plan.split())
        for number, (_, shape) in enumerate(self._names):
            side = SIDE >> number
            words = self.tr("{channels} channels, {before} → {after}")
            shown = words.format(channels=WIDTHS[number], before=side, after=side // 2)
            shape.setText(shown if number < depth else "–")
        found = self._found
        self.net.show_network(found)
        if found:
            self.tiles[0].show_value(f"{found.parameters:,}")
            self.tiles[1].show_value(f"{found.macs / 1e6:,.1f}", "M")
        field = sees(self.plan)
        self.tiles[2].show_value(f"{field}×{field}", self.tr("pixels"), self.tr("by one value of the last map"))
        self.said.setText(self._words())

    def _words(self) -> str:
        most = max(int(count) for count in self.plan.split())
        wide = 2 * most + 1
        like = LIKE.get(self.plan)
        words = self.tr("{n} × 3² = {few} weights see as far as {wide}² = {many}.").format(
            n=most, few=9 * most, wide=wide, many=wide**2
        )
        if most == 1:
            words = self.tr("One convolution in a block sees 3×3; a second one would see 5×5.")
        begins = self.tr("So begins {name}.")
        return f"{words} {begins.format(name=like)}" if like else words
