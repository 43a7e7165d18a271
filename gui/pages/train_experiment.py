"""Row 1 of the lectures as an experiment: MLP and CNN on digits as they are and with all pixels shuffled."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QProgressBar, QWidget

from engine.host import EngineHost
from engine.jobs import Event, JobRun, JobState
from engine.text import Text
from engine.train.experiments import NETWORKS, Cell, Going, Preview, Row1, preview, row1
from gui.widgets.basics import button, column, label, restyle, role, row
from gui.widgets.picture_strip import PictureStrip
from gui.words import say

NAME = Text("Experiment: shuffled pixels", "실험: 픽셀 섞기")
LOOKING = Text("Reading some digits", "숫자 몇 개 읽기")
SPARE = 1  # a core for the window
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


class ExperimentDialog(QDialog):
    """Start, four trainings, a table and what it says. Closing it stops them; what was trained is kept.

    Signals:
        over: the runs of this machine are others now.
    """

    over = Signal()

    def __init__(self, host: EngineHost, data: Path | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._host, self._data = host, data
        self._run: JobRun | None = None
        self._preview: Preview | None = None
        self._found: Row1 | None = None
        self._told: Text | None = None
        self._title, self._lead, self.words = label("title"), label("dim", wrap=True), label("body", wrap=True)
        self.start_button, self._close = button("play-fill", "primary"), button(kind="quiet")
        self._stop = button("stop-fill", "stop")
        self.cells = {(network, shuffled): CellView() for network, _ in NETWORKS for shuffled in (False, True)}
        self._heads = {shuffled: label("strong") for shuffled in (False, True)}
        self._strips = {shuffled: PictureStrip() for shuffled in (False, True)}
        self._names = {network: (label("strong"), label("caption")) for network, _ in NETWORKS}
        self._lay_out()
        self.start_button.clicked.connect(lambda: self.start())
        self._stop.clicked.connect(self.stop)
        self._close.clicked.connect(self.close)
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
        buttons = row(None, self._close, self._stop, self.start_button, gap=8)
        self.setLayout(column(self._title, self._lead, grid, self.words, buttons, gap=14, margins=(22, 18, 22, 18)))
        self.words.setMinimumHeight(56)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setMinimumWidth(640)

    def _looked(self, run: JobRun) -> None:
        if run.state is JobState.DONE:
            self._preview = run.result
            self._strips[False].show_images(list(run.result.plain))
            self._strips[True].show_images(list(run.result.shuffled))
        elif run.error:
            self._told = run.error.text
        self.retranslate()

    @property
    def busy(self) -> bool:
        return self._run is not None and not self._run.state.final

    def start(self, *, epochs: float | None = None) -> None:
        """Train all four, one after another."""
        if self.busy:
            return
        if self._host.trainings:
            self._told = Text(
                "Another training has the processor. Stop it or let it end, then start this.",
                "다른 학습이 CPU를 쓰고 있어요. 정지하거나 끝나기를 기다린 뒤 시작해 주세요.",
            )
            self.retranslate()
            return
        self._found, self._told = None, None
        for cell in self.cells.values():
            cell.clear()
        job = row1(data=self._data, epochs=epochs or None, spare=SPARE)
        self._run = self._host.train(NAME, job, owner=self, on_events=self._arrived, on_end=self._ended)
        self.retranslate()

    def stop(self) -> None:
        """End it after the step it is at."""
        if self._run:
            self._run.cancel()

    def _arrived(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Going):
                self.cells[event.network, event.shuffled].show_going(event)
        for event in events:  # the newest Going comes after what is done
            if isinstance(event, Cell):
                self.cells[event.network, event.shuffled].show_cell(event)

    def _ended(self, run: JobRun) -> None:
        if run.state is JobState.DONE:
            self._found = run.result
        elif run.error:
            self._told = run.error.text
        else:
            self._told = Text(
                "Stopped. What was trained is kept among the runs.", "정지했어요. 학습한 것은 실행 목록에 남아 있어요."
            )
        self.over.emit()
        self.retranslate()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.stop()
        super().closeEvent(event)

    # Words

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
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
        again = self.tr("Start again") if self._found else self.tr("Start")
        self.start_button.setText(again)
        self.start_button.setVisible(not self.busy)
        self._stop.setText(self.tr("Stop"))
        self._stop.setVisible(self.busy)
        self._close.setText(self.tr("Close"))
        said = self._found.words if self._found else self._told
        usual = self.tr("Four trainings, each under a minute on the digits that came with the app.")
        self.words.setText(say(said) if said else usual if not self.busy else "")
