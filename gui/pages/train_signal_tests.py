"""Two questions to networks for signals: does it read people it never met, and which sensors does it need?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from engine.host import EngineHost
from engine.jobs import Event, JobRun, JobState
from engine.signals.ablate import SensorBar, Sensors, ablate
from engine.signals.folds import Fold, FoldGoing, Folds, leave_one_out
from engine.text import Text
from gui.widgets.basics import button, column, label, row
from gui.widgets.class_figures import ClassFigures
from gui.words import say

PEOPLE = Text("Leaving one person out", "한 사람씩 빼고 학습")
SENSORS = Text("Switching sensors off", "센서를 끄며 재기")
SPARE = 1  # a core for the window
WIDE = 560  # logical pixels


class _Asking(QDialog):
    """Title, lead, bars, what they say, buttons; closing it ends what it does."""

    over = Signal()

    def __init__(self, host: EngineHost, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("signal-tests")
        self._host = host
        self._run: JobRun | None = None
        self._told: Text | None = None
        self._title, self._lead, self.words = label("title"), label("dim", wrap=True), label("body", wrap=True)
        self.bars = ClassFigures()
        self._close = button(kind="quiet")
        self._close.clicked.connect(self.close)
        self.words.setMinimumHeight(44)
        self.setMinimumWidth(WIDE)

    @property
    def busy(self) -> bool:
        """Whether it is at work."""
        return self._run is not None and not self._run.state.final

    def stop(self) -> None:
        """End it after the step it is at."""
        if self._run:
            self._run.cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.stop()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self._close.setText(self.tr("Close"))


class PeopleDialog(_Asking):
    """Train once for each person, without that person, and read that person.

    Signals:
        over: it has ended.
    """

    def __init__(
        self, host: EngineHost, recipe: str, settings: Any, *, data: Path | None, dataset: str, parent: QWidget
    ) -> None:
        super().__init__(host, parent)
        self._wishes: dict[str, Any] = {"data": data, "dataset_id": dataset}
        self._recipe, self._settings = recipe, settings
        self._folds: list[Fold] = []
        self._going: FoldGoing | None = None
        self._found: Folds | None = None
        self.start_button, self._stop = button("play-fill", "primary"), button("stop-fill", "stop")
        self.start_button.clicked.connect(self.start)
        self._stop.clicked.connect(self.stop)
        buttons = row(None, self._close, self._stop, self.start_button, gap=8)
        self.setLayout(
            column(self._title, self._lead, self.bars, self.words, buttons, gap=14, margins=(22, 18, 22, 18))
        )
        self.retranslate()

    def start(self) -> None:
        """Train them one after another."""
        if self.busy:
            return
        if self._host.trainings:
            self._told = Text(
                "Another training has the processor. Stop it or let it end, then start this.",
                "다른 학습이 CPU를 쓰고 있어요. 정지하거나 끝나기를 기다린 뒤 시작해 주세요.",
            )
            self.retranslate()
            return
        self._folds, self._found, self._told = [], None, None
        job = leave_one_out(self._recipe, self._settings, spare=SPARE, **self._wishes)
        self._run = self._host.train(PEOPLE, job, owner=self, on_events=self._arrived, on_end=self._ended)
        self.retranslate()

    def _arrived(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Fold):
                self._folds.append(event)
            elif isinstance(event, FoldGoing):
                self._going = event
        self.retranslate()

    def _ended(self, run: JobRun) -> None:
        if run.state is JobState.DONE:
            self._found = run.result
        elif run.error:
            self._told = run.error.text
        else:
            self._told = Text(
                "Stopped. The people measured so far stay.", "정지했어요. 지금까지 잰 사람은 남아 있어요."
            )
        self.over.emit()
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
        self.start_button.setText(self.tr("Start again") if self._found else self.tr("Start"))
        self.start_button.setVisible(not self.busy)
        self._stop.setText(self.tr("Stop"))
        self._stop.setVisible(self.busy)
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


class SensorsDialog(_Asking):
    """Every channel with a switch, and bars: what is left of the accuracy without each sensor."""

    def __init__(self, host: EngineHost, model: str, *, data: Path | None, parent: QWidget) -> None:
        super().__init__(host, parent)
        self._model, self._data = model, data
        self._found: Sensors | None = None
        self._bars: list[SensorBar] = []
        self.switches: list[QCheckBox] = []
        self._places = column(gap=4)
        self._bars_title, self._switches_title = label("section"), label("section")
        left = column(self._switches_title, self._places, None, gap=8)
        right = column(self._bars_title, self.bars, None, gap=8)
        parts = row(left, (right, 1), gap=22)
        self.setLayout(
            column(self._title, self._lead, parts, self.words, row(None, self._close), gap=14, margins=(22, 18, 22, 18))
        )
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
