"""Frozen, partly frozen, fine-tuned, from nothing, from an unlike source: one after another, in a table and a chart (rows 59–61)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from engine.data import dataset as dataset_card
from engine.host import EngineHost
from engine.jobs import Event, JobRun
from engine.text import Text
from engine.train.transfer_curves import COUNTS, WAYS, Compared, WayDone, WayGoing, compare, unlike
from engine.zoo.transferred import backbone
from gui.pages.train_dialog import SPARE, TrainingDialog
from gui.widgets.basics import column, label, restyle
from gui.widgets.way_chart import WayChart
from gui.words import say

NAME = Text("Comparing ways to learn", "배우는 방법 비교")
USUAL = ("scratch", "frozen", "tuned")


class TransferDialog(TrainingDialog):
    """Which ways, how many pictures of each class; Start; every training is a run that stays."""

    _found: Compared | None

    def __init__(
        self, host: EngineHost, recipe: str, settings: Any, *, data: Path | None, dataset: str, parent: QWidget
    ) -> None:
        super().__init__(host, parent)
        self._recipe, self._settings = recipe, settings
        self._data, self._dataset = data, dataset
        self._cells: dict[tuple[str, int], WayDone] = {}
        self._going: WayGoing | None = None
        self._per_class, self._ways_title = label("caption"), label("caption")
        self.ways = {way: QCheckBox() for way in WAYS}
        self.counts = {count: QCheckBox(f"{count}") for count in COUNTS}
        self.figures: dict[tuple[str, int], QLabel] = {(way, n): label("strong") for way in WAYS for n in COUNTS}
        self.chart = WayChart()
        other, _ = unlike(settings)
        self._unlike = backbone(other)
        for way in USUAL:
            self.ways[way].setChecked(True)
        self.counts[COUNTS[0]].setChecked(True)
        self.counts[COUNTS[1]].setChecked(True)
        self._lay_out()
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
        parts = (self._title, self._lead, grid, self.chart, self.words, self._buttons())
        self.setLayout(column(*parts, gap=14, margins=(22, 18, 22, 18)))
        self.setMinimumSize(640, 640)

    def start(self) -> None:
        """Train all that is ticked, one after another."""
        ways = [way for way, box in self.ways.items() if box.isChecked()]
        counts = [count for count, box in self.counts.items() if box.isChecked()]
        if not self._may_start():
            return
        if not ways or not counts:
            self._tell(Text("Tick at least one way and one number.", "방법과 장수를 하나 이상 고르세요."))
            return
        self._cells, self._going = {}, None
        job = compare(
            self._recipe,
            settings=self._settings,
            ways=ways,
            counts=counts,
            data=self._data,
            dataset=self._dataset,
            spare=SPARE,
        )
        self._begin(NAME, job)

    def _arrived(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, WayDone):
                self._cells[event.way, event.per_class] = event
            elif isinstance(event, WayGoing):
                self._going = event
        self._show()

    def _ended(self, run: JobRun) -> None:
        self._going = None
        super()._ended(run)

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

    # Words

    def retranslate(self) -> None:
        super().retranslate()
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
        said = self._found.words if self._found else self._told
        usual = self.tr("From nothing and fine-tuned take minutes each, frozen takes seconds.")
        self.words.setText(say(said) if said else "" if self.busy else usual)
        self._show()
