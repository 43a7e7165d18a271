"""Dropout seen: which neurons are off, the thinned networks alone, and their mean as an ensemble (lecture row 29)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QComboBox, QWidget

from engine.host import EngineHost
from engine.jobs import Event, JobRun
from engine.text import Text
from engine.train.masks import Masked, ensemble
from engine.train.recipes import RECIPES
from engine.train.runs import RunSummary
from gui.widgets.basics import Segmented, button, column, label, row
from gui.widgets.mask_view import MaskChart, MaskView
from gui.widgets.retold import Retold
from gui.words import say

NAME = Text("Dropout as an ensemble", "앙상블로 보는 dropout")
SHARES = (0.1, 0.3, 0.5, 0.7)
MEMBERS = 20
_ABLE = tuple(r.id for r in RECIPES if sum(b.back for b in r.layers) > 1 and "dropout" in r.architecture)


class MasksPane(Retold, QWidget):
    """A network, a share, twenty masks: drawn one after another, averaged as they come."""

    def __init__(self, host: EngineHost, data: Path | None) -> None:
        super().__init__()
        self._host, self._data = host, data
        self._found: Masked | None = None
        self._run: JobRun | None = None
        self._shown = 0
        self._told: Text | None = None
        self.which, self.share, self.mode = QComboBox(), Segmented(len(SHARES)), Segmented(2)
        self.view, self.chart = MaskView(), MaskChart()
        self._lead, self._share_name, self.said = label("small", wrap=True), label("small"), label("body", wrap=True)
        self._mask_head, self._chart_head = label("section"), label("section")
        self.start_button, self.another = button("play-fill", size="compact"), button("dice-five", size="compact")
        self.share.choose(2)
        self.share.chosen.connect(lambda _: self.start())
        self.mode.chosen.connect(lambda _: self._draw())
        self.start_button.clicked.connect(self.start)
        self.another.clicked.connect(self.next)
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.which.setMinimumContentsLength(12)  # a run's name is long; the list shows all of it
        head = row((self.which, 1), self._share_name, self.share, 8, self.start_button, gap=8)
        masks = row(self._mask_head, None, self.mode, self.another, gap=8)
        self.setLayout(column(self._lead, head, masks, self.view, self._chart_head, (self.chart, 1), self.said, gap=10))
        self.retranslate()

    def enter(self) -> None:
        """It came into view: the first network is thinned at once."""
        if self._found is None and self.which.count():
            self.start()

    def set_data(self, data: Path | None) -> None:
        """Where the data sets are."""
        self._data = data

    def show_networks(self, bundled: Mapping[str, float], runs: Sequence[RunSummary]) -> None:
        """Networks that came with the app, and trained ones, that have dropout behind a hidden layer."""
        before = self.which.currentData()
        self.which.clear()
        for id in _ABLE:
            if id in bundled:
                self.which.addItem(id, id)
        for run in runs:
            if run.recipe in _ABLE and run.held_out_accuracy is not None:
                self.which.addItem(f"{run.folder.name} · {run.recipe}", str(run.folder))
        self.which.setCurrentIndex(max(0, self.which.findData(before)))
        self._show()

    def start(self) -> None:
        """Thin the chosen network anew."""
        word = self.which.currentData()
        if not word:
            self._told = Text("Train a recipe with dropout first.", "dropout이 있는 레시피를 먼저 학습해 주세요.")
            self._show()
            return
        if self._run is not None:
            self._run.cancel()
        self._found, self._told, self._shown = None, None, 0
        job = ensemble(str(word), p=SHARES[self.share.index()], members=MEMBERS, data=self._data)
        self._run = self._host.start(NAME, job, lane="io", owner=self, on_events=self._arrived, on_end=self._ended)
        self._show()

    def next(self) -> None:
        """Draw the mask of another member."""
        if self._found is not None:
            self._shown = (self._shown + 1) % len(self._found.masks)
            self._draw()

    def _arrived(self, events: list[Event]) -> None:
        found = [event for event in events if isinstance(event, Masked)]
        if found:
            self._found = found[-1]
            self.chart.show_curves(self._found.single, self._found.together, self._found.whole, MEMBERS)
            self._draw()
            self._show()

    def _ended(self, run: JobRun) -> None:
        if run is self._run:
            self._run = None
            self._told = run.error.text if run.error else None
            self._show()

    def _draw(self) -> None:
        if self._found is None:
            return
        mask = self._found.masks[self._shown]
        self.view.show_mask(np.ones_like(mask) if self.mode.index() else mask)
        self._show()

    # Words

    def retranslate(self) -> None:
        self._lead.setText(
            self.tr(
                "Each mask switches other neurons off: a thinned network of its own. All of them share their weights."
            )
        )
        self.which.setAccessibleName(self.tr("Network to thin"))
        self._share_name.setText(self.tr("Off"))
        self.share.setTexts([f"{100 * share:.0f}\u2009%" for share in SHARES])
        self.share.setAccessibleName(self.tr("Share of neurons switched off"))
        self.mode.setTexts([self.tr("While it learns"), self.tr("When it answers")])
        self.mode.setAccessibleName(self.tr("Training or answering"))
        self.start_button.setText(self.tr("Again"))
        self.another.setText(self.tr("Another mask"))
        self._mask_head.setText(self.tr("The hidden layer"))
        self._chart_head.setText(self.tr("Accuracy by number of masks averaged"))
        self.view.setAccessibleName(self.tr("Neurons on and off"))
        self.chart.setAccessibleName(self._chart_head.text())
        self.chart.name_level(self.tr("all neurons on"))
        self._show()

    def _show(self) -> None:
        if self._told is not None:
            self.said.setText(say(self._told))
        elif self._found is None:
            self.said.setText(self.tr("Reading the test pictures…") if self._run else "")
        else:
            self.said.setText(say(self._found.words))
        answers = self.mode.index() == 1
        self.another.setEnabled(self._found is not None and not answers)
