"""Two questions to networks for signals: does it read people it never met, and which sensors does it need?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtWidgets import QCheckBox, QWidget

from engine.host import EngineHost
from engine.jobs import Event, JobRun, JobState
from engine.signals.ablate import SensorBar, Sensors, ablate
from engine.signals.folds import Fold, FoldGoing, Folds, leave_one_out
from engine.text import Text
from gui.pages.train_dialog import SPARE, AskingDialog, TrainingDialog
from gui.widgets.basics import column, label, row
from gui.widgets.class_figures import ClassFigures
from gui.words import say

PEOPLE = Text("Leaving one person out", "한 사람씩 빼고 학습")
SENSORS = Text("Switching sensors off", "센서를 끄며 재기")
WIDE = 560  # logical pixels


class PeopleDialog(TrainingDialog):
    """Train once for each person, without that person, and read that person."""

    _found: Folds | None
    stopped = Text("Stopped. The people measured so far stay.", "정지했어요. 지금까지 잰 사람은 남아 있어요.")

    def __init__(
        self, host: EngineHost, recipe: str, settings: Any, *, data: Path | None, dataset: str, parent: QWidget
    ) -> None:
        super().__init__(host, parent)
        self._wishes: dict[str, Any] = {"data": data, "dataset_id": dataset}
        self._recipe, self._settings = recipe, settings
        self._folds: list[Fold] = []
        self._going: FoldGoing | None = None
        self.bars = ClassFigures()
        parts = (self._title, self._lead, self.bars, self.words, self._buttons())
        self.setLayout(column(*parts, gap=14, margins=(22, 18, 22, 18)))
        self.setMinimumWidth(WIDE)
        self.retranslate()

    def start(self) -> None:
        """Train them one after another."""
        if not self._may_start():
            return
        self._folds, self._going = [], None
        self._begin(PEOPLE, leave_one_out(self._recipe, self._settings, spare=SPARE, **self._wishes))

    def _arrived(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Fold):
                self._folds.append(event)
            elif isinstance(event, FoldGoing):
                self._going = event
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        self.setWindowTitle(self.tr("Leave one person out"))
        self._title.setText(self.tr("Does it read people it never met?"))
        self._lead.setText(
            self.tr(
                "For each person a network learns from all the others and is measured on that person alone. Nothing is "
                "chosen by looking at the person left out."
            )
        )
        names = [self.tr("person {n}").format(n=fold.person) for fold in self._folds]
        self.bars.setVisible(bool(names))
        self.bars.setAccessibleName(self.tr("Accuracy of each person left out"))
        self.bars.show_values(names, np.array([fold.accuracy for fold in self._folds]))
        self.words.setText(self._words())

    def _words(self) -> str:
        if self._found is not None:
            return say(self._found.words)
        if self._told is not None:
            return say(self._told)
        if self.busy and self._going is not None:
            going = self._going
            return self.tr("Person {n} ({fold} of {folds}): learning, {done:.0f} %").format(
                n=going.person, fold=going.fold + 1, folds=going.folds, done=100 * going.done
            )
        return self.tr("With twelve people it takes some minutes; each bar appears when its person was read.")


class SensorsDialog(AskingDialog):
    """Every channel with a switch, and bars: what is left of the accuracy without each sensor."""

    def __init__(self, host: EngineHost, model: str, *, data: Path | None, parent: QWidget) -> None:
        super().__init__(host, parent)
        self._model, self._data = model, data
        self._found: Sensors | None = None
        self._bars: list[SensorBar] = []
        self.switches: list[QCheckBox] = []
        self._places = column(gap=4)
        self.bars = ClassFigures()
        self._bars_title, self._switches_title = label("section"), label("section")
        left = column(self._switches_title, self._places, None, gap=8)
        right = column(self._bars_title, self.bars, None, gap=8)
        parts = (self._title, self._lead, row(left, (right, 1), gap=22), self.words, row(None, self._close))
        self.setLayout(column(*parts, gap=14, margins=(22, 18, 22, 18)))
        self.setMinimumWidth(WIDE)
        self.measure()
        self.retranslate()

    def measure(self) -> None:
        """Measure with the channels that are switched on."""
        if self._run is not None:
            self._run.cancel()
        off = [number for number, switch in enumerate(self.switches) if not switch.isChecked()]
        self._bars, self._told = [], None
        job = ablate(self._model, data=self._data, off=off)
        self._run = self._host.start(SENSORS, job, lane="io", owner=self, on_events=self._arrived, on_end=self._ended)

    def _arrived(self, events: list[Event]) -> None:
        self._bars += [event for event in events if isinstance(event, SensorBar)]
        self.retranslate()

    def _ended(self, run: JobRun) -> None:
        if run is not self._run:
            return
        if run.state is JobState.DONE:
            self._found, self._bars = run.result, list(run.result.bars)
            if not self.switches:
                self._add_switches(run.result.channels)
        elif run.error:
            self._told = run.error.text
        self.retranslate()

    def _add_switches(self, channels: tuple[str, ...]) -> None:
        for name in channels:
            switch = QCheckBox(name)
            switch.setChecked(True)
            switch.toggled.connect(lambda _: self.measure())
            self.switches.append(switch)
            self._places.addWidget(switch)

    def retranslate(self) -> None:
        super().retranslate()
        self.setWindowTitle(self.tr("Sensors"))
        self._title.setText(self.tr("Which sensors does it need?"))
        self._lead.setText(
            self.tr(
                "Each bar is the accuracy without that sensor: the shorter, the more it is missed. A sensor that is off "
                "stands still at its mean. Switch channels off at the left; the bars are measured again."
            )
        )
        self._switches_title.setText(self.tr("Channels"))
        self._bars_title.setText(self.tr("Accuracy without"))
        self.bars.setAccessibleName(self.tr("Accuracy without each sensor"))
        names = [bar.name for bar in self._bars]
        whole = [self._found.whole] if self._found else []
        self.bars.show_values(
            [*([self.tr("all of these")] if whole else []), *names],
            np.array([*whole, *(bar.accuracy for bar in self._bars)]),
        )
        self.words.setText(self._words())

    def _words(self) -> str:
        if self._told is not None:
            return say(self._told)
        if self._found is None or not self._bars:
            return self.tr("Measuring…")
        worst = min(self._bars, key=lambda bar: bar.accuracy)
        words = self.tr(
            "All channels here were recorded, none is made up. Most missed: {name} ({drop:.1f} points). {n:,} windows of "
            "people it never met."
        )
        return words.format(name=worst.name, drop=100 * (self._found.whole - worst.accuracy), n=self._found.count)
