"""Cut the skips of a residual network and see its gradients fade, and what it still knows (lecture rows 44, 45, 48)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QWidget

from engine.host import EngineHost
from engine.jobs import JobRun, JobState
from engine.text import Text
from engine.train.runs import RunSummary
from engine.train.skips import RECIPE, Cut, cut
from gui.widgets.basics import button, column, label, restyle, row
from gui.widgets.layer_bars import LayerBars
from gui.widgets.retold import Retold
from gui.widgets.skip_diagram import SkipDiagram
from gui.words import say

CUTTING = Text("Cutting skips", "건너뛰는 길 끊기")


class SkipsPane(Retold, QWidget):
    """A diagram to cut in, the gradient of every layer, and the accuracy of a trained network."""

    def __init__(self, host: EngineHost, data: Path | None) -> None:
        super().__init__()
        self._host, self._data = host, data
        self._cut: frozenset[str] = frozenset()
        self._found: Cut | None = None
        self._run: JobRun | None = None
        self._again = False
        self._whole: Cut | None = None
        self._told: Text | None = None
        self.which, self.diagram, self.bars = QComboBox(), SkipDiagram(), LayerBars()
        self._lead, self._head = label("small", wrap=True), label("section")
        self.said = label("body", wrap=True)
        self.all_button, self.none_button = (
            button("x-circle", size="compact"),
            button("arrow-counter-clockwise", size="compact"),
        )
        self.which.addItem("", "")
        self.which.activated.connect(self._chose)
        self.diagram.toggled.connect(self.toggle)
        self.all_button.clicked.connect(lambda: self.set_cut(frozenset(self._found.blocks if self._found else ())))
        self.none_button.clicked.connect(lambda: self.set_cut(frozenset()))
        buttons = row(self.which, None, self.all_button, self.none_button, gap=8)
        self.setLayout(column(self._lead, buttons, self.diagram, self.said, self._head, (self.bars, 1), gap=10))
        self.retranslate()

    def enter(self) -> None:
        """It came into view."""
        if self._found is None:
            self._ask()

    def set_data(self, data: Path | None) -> None:
        """Where the data sets are."""
        self._data = data

    def show_runs(self, runs: Sequence[RunSummary]) -> None:
        """The trained residual networks that can be cut."""
        before = self.which.currentData()
        while self.which.count() > 1:
            self.which.removeItem(1)
        for run in runs:
            if run.recipe == RECIPE and run.held_out_accuracy is not None:
                self.which.addItem(f"{run.folder.name} · {100 * run.held_out_accuracy:.1f}\u2009%", str(run.folder))
        self.which.setCurrentIndex(max(0, self.which.findData(before)))

    def toggle(self, name: str) -> None:
        """Cut or mend one skip."""
        self.set_cut(self._cut ^ {name})

    def set_cut(self, names: frozenset[str]) -> None:
        """Cut exactly these."""
        self._cut = names
        if self._found:
            self.diagram.show_blocks(self._found.blocks, names)
        self._ask()

    def _chose(self) -> None:
        self._cut, self._whole, self._found = frozenset(), None, None
        self._ask()

    def _ask(self) -> None:
        if self._run is not None:
            self._again = True
            return
        job = cut(self._cut, run=str(self.which.currentData() or ""), data=self._data)
        self._run = self._host.start(CUTTING, job, lane="io", owner=self, on_end=self._ended)
        self._show()

    def _ended(self, run: JobRun) -> None:
        self._run, again, self._again = None, self._again, False
        if again:
            self._ask()
            return
        self._told = run.error.text if run.error else None
        if run.state is JobState.DONE:
            found: Cut = run.result
            self._found = found
            if not found.cut:
                self._whole = found
            self.diagram.show_blocks(found.blocks, found.cut | self._cut)
            self.bars.show_values({_short(name): share for name, share in self._shares(found).items()})
        self._show()

    def _shares(self, found: Cut) -> dict[str, float]:
        """By layer, the gradient as a share of that in the whole network."""
        whole = self._whole.gradients if self._whole else found.gradients
        return {name: value / (whole[name] or 1.0) for name, value in found.gradients.items()}

    # Words

    def retranslate(self) -> None:
        self._lead.setText(
            self.tr(
                "Click an arc to cut the skip of that block. Then only F(x) goes on, and the gradient has no way past."
            )
        )
        self.which.setItemText(0, self.tr("Fresh weights, 32 layers"))
        self.which.setAccessibleName(self.tr("Network to cut"))
        self.all_button.setText(self.tr("Cut all"))
        self.none_button.setText(self.tr("Mend all"))
        self.diagram.setAccessibleName(self.tr("Residual blocks and their skips"))
        self._head.setText(self.tr("Gradient by layer, whole network = 1, first layer on top"))
        self.bars.setAccessibleName(self.tr("Gradient by layer"))
        self._show()

    def _show(self) -> None:
        restyle(self.said, tone="dim")
        if self._told is not None:
            self.said.setText(say(self._told))
            return
        found = self._found
        if found is None or self._run is not None:
            self.said.setText(self.tr("Computing…"))
            return
        first = next(iter(self._shares(found).values()), 0.0)
        if found.accuracy is not None:
            words = self.tr("{cut} of {all} skips cut: it reads {now:.1f} % of {n} test pictures; whole {whole:.1f} %.")
            values = {
                "now": 100 * found.accuracy,
                "whole": 100 * (self._whole.accuracy or 0.0 if self._whole else 0.0),
                "n": found.count,
            }
            self.said.setText(words.format(cut=len(found.cut), all=len(found.blocks), **values))
        elif first < 1e-3:
            words = self.tr("{cut} of {all} skips cut: hardly any gradient reaches the first layer. It vanishes.")
            self.said.setText(words.format(cut=len(found.cut), all=len(found.blocks)))
        else:
            words = self.tr("{cut} of {all} skips cut: the gradient reaches the first layer.")
            self.said.setText(words.format(cut=len(found.cut), all=len(found.blocks)))


def _short(name: str) -> str:
    """ "1·2 a" for block1_2.conv1."""
    if not name.startswith("block"):
        return name
    block, _, conv = name.removeprefix("block").partition(".")
    return f"{block.replace('_', '·')} {'ab'[int(conv.removeprefix('conv')) - 1]}"
