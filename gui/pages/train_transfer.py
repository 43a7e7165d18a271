"""Frozen, partly frozen, fine-tuned, from nothing, from an unlike source: one after another, in a table and a chart (rows 59–61)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QLabel, QWidget

from engine.data import dataset as dataset_card
from engine.host import EngineHost
from engine.jobs import Event, JobRun, JobState
from engine.text import Text
from engine.train.transfer_curves import COUNTS, WAYS, Compared, WayDone, WayGoing, compare, unlike
from engine.zoo.transferred import backbone
from gui.widgets.basics import button, column, label, restyle, row
from gui.widgets.way_chart import WayChart
from gui.words import say

NAME = Text("Comparing ways to learn", "배우는 방법 비교")
SPARE = 1  # a core for the window
USUAL = ("scratch", "frozen", "tuned")


class TransferDialog(QDialog):
    """Which ways, how many pictures of each class; Start; every training is a run that stays.

    Signals:
        over: the runs of this machine are others now.
    """

    over = Signal()

    def __init__(
        self, host: EngineHost, recipe: str, settings: Any, *, data: Path | None, dataset: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._host, self._recipe, self._settings = host, recipe, settings
        self._data, self._dataset = data, dataset
        self._run: JobRun | None = None
        self._found: Compared | None = None
        self._told: Text | None = None
        self._cells: dict[tuple[str, int], WayDone] = {}
        self._going: WayGoing | None = None
        self._title, self._lead, self.words = label("title"), label("dim", wrap=True), label("body", wrap=True)
        self._per_class, self._ways_title = label("caption"), label("caption")
        self.ways = {way: QCheckBox() for way in WAYS}
        self.counts = {count: QCheckBox(f"{count}") for count in COUNTS}
        self.figures: dict[tuple[str, int], QLabel] = {(way, n): label("strong") for way in WAYS for n in COUNTS}
        self.chart = WayChart()
        self.start_button, self._close = button("play-fill", "primary"), button(kind="quiet")
        self._stop = button("stop-fill", "stop")
        other, _ = unlike(settings)
        self._unlike = backbone(other)
        for way in USUAL:
            self.ways[way].setChecked(True)
        self.counts[COUNTS[0]].setChecked(True)
        self.counts[COUNTS[1]].setChecked(True)
        self._lay_out()
        self.start_button.clicked.connect(lambda: self.start())
        self._stop.clicked.connect(self.stop)
        self._close.clicked.connect(self.close)
        self.retranslate()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(8)
        grid.addWidget(self._per_class, 0, 0)
        for x, box in enumerate(self.counts.values(), start=1):
            grid.addWidget(box, 0, x, Qt.AlignmentFlag.AlignHCenter)
            grid.setColumnStretch(x, 1)
        for y, (way, box) in enumerate(self.ways.items(), start=1):
            grid.addWidget(box, y, 0)
            for x, count in enumerate(COUNTS, start=1):
                grid.addWidget(self.figures[way, count], y, x, Qt.AlignmentFlag.AlignHCenter)
        buttons = row(None, self._close, self._stop, self.start_button, gap=8)
        self.setLayout(
            column(self._title, self._lead, grid, self.chart, self.words, buttons, gap=14, margins=(22, 18, 22, 18))
        )
        self.words.setMinimumHeight(44)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setMinimumSize(640, 640)

    @property
    def busy(self) -> bool:
        """Whether it is at work."""
        return self._run is not None and not self._run.state.final

    def start(self) -> None:
        """Train all that is ticked, one after another."""
        ways = [way for way, box in self.ways.items() if box.isChecked()]
        counts = [count for count, box in self.counts.items() if box.isChecked()]
        if self.busy:
            return
        if self._host.trainings or not ways or not counts:
            self._told = Text(
                "Another training has the processor. Stop it or let it end, then start this.",
                "다른 학습이 CPU를 쓰고 있어요. 정지하거나 끝나기를 기다린 뒤 시작해 주세요.",
            )
            if not ways or not counts:
                self._told = Text("Tick at least one way and one number.", "방법과 장수를 하나 이상 고르세요.")
            self.retranslate()
            return
        self._found, self._told, self._cells, self._going = None, None, {}, None
        job = compare(
            self._recipe,
            settings=self._settings,
            ways=ways,
            counts=counts,
            data=self._data,
            dataset=self._dataset,
            spare=SPARE,
        )
        self._run = self._host.train(NAME, job, owner=self, on_events=self._arrived, on_end=self._ended)
        self.retranslate()

    def stop(self) -> None:
        """End it after the step it is at."""
        if self._run:
            self._run.cancel()

    def _arrived(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, WayDone):
                self._cells[event.way, event.per_class] = event
            elif isinstance(event, WayGoing):
                self._going = event
        self._show()

    def _ended(self, run: JobRun) -> None:
        self._going = None
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

    def _show(self) -> None:
        """Figures and lines as far as they are known."""
        for (way, count), figure in self.figures.items():
            cell, going = self._cells.get((way, count)), self._going
            here = going is not None and cell is None and (going.way, going.per_class) == (way, count)
            words = f"{100 * cell.accuracy:.1f}\u2009%" if cell else "–"
            figure.setText(f"{100 * going.done:.0f}\u2009% …" if here and going else words)
            restyle(figure, tone="net" if cell else "faint")
        lines = {
            say(WAYS[way]): {n: cell.accuracy for (one, n), cell in self._cells.items() if one == way} for way in WAYS
        }
        self.chart.show_lines(lines, list(COUNTS))

    def closeEvent(self, event: QCloseEvent) -> None:
        self.stop()
        super().closeEvent(event)

    # Words

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Transfer"))
        self._title.setText(self.tr("Is it worth starting from a learnt network?"))
        source, target = backbone(self._settings.backbone).source, dataset_card(self._dataset).card.name
        lead = self.tr(
            "Learnt from: {source}. New data: {target}. The more alike the two are, the more it helps; the unlike source is "
            "{other}. All ways see the same pictures and are measured on the same part that none has seen."
        )
        words = {"source": source, "target": target, "other": self._unlike.source}
        self._lead.setText(lead.format(**{name: say(text) for name, text in words.items()}))
        self._per_class.setText(self.tr("Pictures per class"))
        for way, box in self.ways.items():
            box.setText(say(WAYS[way]))
        self.chart.setAccessibleName(self.tr("Accuracy over pictures per class, a line for each way"))
        again = self.tr("Start again") if self._found else self.tr("Start")
        self.start_button.setText(again)
        self.start_button.setVisible(not self.busy)
        self._stop.setText(self.tr("Stop"))
        self._stop.setVisible(self.busy)
        self._close.setText(self.tr("Close"))
        said = self._found.words if self._found else self._told
        usual = self.tr("From nothing and fine-tuned take minutes each, frozen takes seconds.")
        self.words.setText(say(said) if said else "" if self.busy else usual)
        self._show()
