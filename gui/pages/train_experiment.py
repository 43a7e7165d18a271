"""Row 1 of the lectures as an experiment: MLP and CNN on digits as they are and with all pixels shuffled."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QProgressBar, QWidget

from engine.host import EngineHost
from engine.jobs import Event, JobRun, JobState
from engine.text import Text
from engine.train.experiments import NETWORKS, Cell, Going, Preview, Row1, preview, row1
from gui.pages.train_dialog import SPARE, TrainingDialog
from gui.widgets.basics import column, label, restyle, role
from gui.widgets.picture_strip import PictureStrip
from gui.words import say

NAME = Text("Experiment: shuffled pixels", "실험: 픽셀 섞기")
LOOKING = Text("Reading some digits", "숫자 몇 개 읽기")
_PARTS = 1000


class CellView(QFrame):
    """One square of the table: what a network reached, how far it is, or that it has not run."""

    def __init__(self) -> None:
        super().__init__()
        role(self, "well")
        self.figure, self.note, self._bar = label("display"), label("small"), QProgressBar()
        self._bar.setRange(0, _PARTS)
        self._bar.setTextVisible(False)
        self._cell: Cell | None = None
        self._going: Going | None = None
        for part in (self.figure, self.note):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(column(self.figure, self.note, self._bar, gap=4, margins=(16, 14, 16, 14)))
        self.setMinimumWidth(180)
        self.clear()

    def clear(self) -> None:
        """It has not run."""
        self._cell, self._going = None, None
        self.retranslate()

    def show_going(self, event: Going) -> None:
        """It is being trained."""
        self._going = event
        self.retranslate()

    def show_cell(self, cell: Cell) -> None:
        """It is done."""
        self._cell = cell
        self.retranslate()

    def retranslate(self) -> None:
        going, cell = self._going, self._cell
        self._bar.setVisible(going is not None and cell is None)
        value = cell.accuracy if cell else going.accuracy if going else float("nan")
        self.figure.setText("–" if np.isnan(value) else f"{100 * value:.1f}\u2009%")
        restyle(self.figure, tone="net" if cell else "faint")
        if cell:
            words = self.tr("on {n:,} test digits, {time:.0f} s").format(n=cell.count, time=cell.seconds)
        elif going:
            self._bar.setValue(round(_PARTS * going.done))
            words = self.tr("learning, {done:.0f} %").format(done=100 * going.done)
        else:
            words = self.tr("not run yet")
        self.note.setText(words)


class ExperimentDialog(TrainingDialog):
    """Start, four trainings, a table and what it says."""

    _found: Row1 | None

    def __init__(self, host: EngineHost, data: Path | None, parent: QWidget) -> None:
        super().__init__(host, parent)
        self._data = data
        self._preview: Preview | None = None
        self.cells = {(network, shuffled): CellView() for network, _ in NETWORKS for shuffled in (False, True)}
        self._heads = {shuffled: label("strong") for shuffled in (False, True)}
        self._strips = {shuffled: PictureStrip() for shuffled in (False, True)}
        self._names = {network: (label("strong"), label("caption")) for network, _ in NETWORKS}
        self._lay_out()
        self.retranslate()
        host.start(LOOKING, preview(data=data), lane="io", owner=self, on_end=self._looked)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        for x, shuffled in enumerate((False, True), start=1):
            grid.addWidget(self._heads[shuffled], 0, x, Qt.AlignmentFlag.AlignHCenter)
            grid.addWidget(self._strips[shuffled], 1, x, Qt.AlignmentFlag.AlignHCenter)
            for y, (network, _) in enumerate(NETWORKS, start=2):
                grid.addWidget(self.cells[network, shuffled], y, x)
        for y, (network, _) in enumerate(NETWORKS, start=2):
            grid.addLayout(column(None, *self._names[network], None, gap=2), y, 0)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        parts = (self._title, self._lead, grid, self.words, self._buttons())
        self.setLayout(column(*parts, gap=14, margins=(22, 18, 22, 18)))
        self.setMinimumWidth(640)

    def _looked(self, run: JobRun) -> None:
        if run.state is JobState.DONE:
            self._preview = run.result
            self._strips[False].show_images(list(run.result.plain))
            self._strips[True].show_images(list(run.result.shuffled))
        elif run.error:
            self._told = run.error.text
        self.retranslate()

    def start(self, *, epochs: float | None = None) -> None:
        """Train all four, one after another."""
        if not self._may_start():
            return
        for cell in self.cells.values():
            cell.clear()
        self._begin(NAME, row1(data=self._data, epochs=epochs or None, spare=SPARE))

    def _arrived(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Going):
                self.cells[event.network, event.shuffled].show_going(event)
        for event in events:  # the newest Going comes after what is done
            if isinstance(event, Cell):
                self.cells[event.network, event.shuffled].show_cell(event)

    # Words

    def retranslate(self) -> None:
        super().retranslate()
        self.setWindowTitle(self.tr("Experiment"))
        self._title.setText(self.tr("Does it matter which pixels are neighbours?"))
        self._lead.setText(
            self.tr(
                "Two networks learn the same digits twice: as they are, and with all pixels shuffled in one fixed way. "
                "Nothing is lost from a picture but its neighbourhoods."
            )
        )
        self._heads[False].setText(self.tr("As they are"))
        self._heads[True].setText(self.tr("Shuffled"))
        for network, (name, count) in self._names.items():
            name.setText(network)
            known = self._preview.parameters[network] if self._preview else 0
            count.setText(self.tr("{n:,} parameters").format(n=known) if known else "")
        for cell in self.cells.values():
            cell.retranslate()
        said = self._found.words if self._found else self._told
        usual = self.tr("Four trainings, each under a minute on the digits that came with the app.")
        self.words.setText(say(said) if said else usual if not self.busy else "")
