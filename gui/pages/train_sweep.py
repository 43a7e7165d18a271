"""Sweeps in the Train tab: which settings to vary, and what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QScrollArea, QWidget

from engine.errors import LabError
from engine.fields import Field, fields_of
from engine.text import counted
from engine.train.runs import RunSummary
from engine.train.sweep import MOST, NO_INFLUENCE, Axis, Planned, axis, plan_sweep, varied_in
from gui.widgets.basics import State, button, column, label, row
from gui.widgets.dialog import Dialog
from gui.widgets.retold import Retold
from gui.widgets.run_table import is_logarithmic, setting_name, setting_words, share_words
from gui.widgets.sweep_scatter import Dot, SweepScatter, scales_for
from gui.words import say

RANDOM_RUNS = 12


class SweepPane(Retold, QWidget):
    """What the runs of a sweep came to, a chart for each setting that differs.

    Signals:
        run_chosen: (Path) a dot was clicked.
        all_asked:  (list of Path) show the curves of these runs.
        new_asked:  make a new sweep.
    """

    run_chosen = Signal(object)
    all_asked = Signal(object)
    new_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._runs: tuple[RunSummary, ...] = ()
        self.which, self.scatter = QComboBox(), SweepScatter()
        self.words = label("small", wrap=True)
        self._which_words = label("small")
        self._curves, self._new = button("chart-line-up"), button("dice-five")
        self._empty = State("dice-five")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self.scatter)
        self.which.setMinimumWidth(200)
        head = row(self._which_words, self.which, None, self._curves, self._new, gap=8)
        self.setLayout(column(head, self._empty, (self._scroll, 1), self.words, gap=10))
        self.which.activated.connect(lambda: self._draw())
        self.scatter.chosen.connect(self.run_chosen)
        self._curves.clicked.connect(lambda: self.all_asked.emit([run.folder for run in self._family()]))
        self._new.clicked.connect(self.new_asked)
        self.retranslate()
        self.show_runs(())

    def show_runs(self, runs: Sequence[RunSummary]) -> None:
        """All there are; the newest sweep is shown first."""
        self._runs = tuple(runs)
        before = self.which.currentData()
        groups = dict.fromkeys(run.group for run in runs if run.group.startswith("sweep-"))
        self.which.clear()
        for group in (*groups, ""):
            self.which.addItem("", group)
        self.which.setCurrentIndex(max(0, self.which.findData(before) if before is not None else 0))
        self._say_groups()
        self._draw()

    def _family(self) -> list[RunSummary]:
        group = self.which.currentData()
        found = [run for run in self._runs if run.group == group or not group]
        recipe = found[0].recipe if found else ""  # runs of other recipes have other settings
        return [run for run in found if run.recipe == recipe and run.held_out_accuracy is not None]

    def _draw(self) -> None:
        runs = self._family()
        settings = varied_in([run.settings for run in runs])
        dots = [
            Dot(run.folder, run.held_out_accuracy, run.settings, run.metric)
            for run in runs
            if run.held_out_accuracy is not None
        ]
        named = [(name, setting_name(name), is_logarithmic(name)) for name in settings]
        self.scatter.show_dots(dots, scales_for(dots, named))
        nothing = len(dots) < 2 or not settings
        self._empty.setVisible(nothing)
        self._scroll.setVisible(not nothing)
        self._curves.setEnabled(len(runs) > 0)
        self._say_best(runs, settings)

    def _say_best(self, runs: Sequence[RunSummary], settings: Sequence[str]) -> None:
        if len(runs) < 2 or not settings:
            self.words.setText("")
            return
        best = max(runs, key=lambda run: run.held_out_accuracy or 0.0)
        values = ", ".join(f"{setting_name(name)} {setting_words(best.settings.get(name))}" for name in settings[:6])
        words = self.tr("Best of {n} on what was held out: {figure} with {values}.")
        self.words.setText(
            words.format(n=len(runs), figure=share_words(best.held_out_accuracy, best.metric), values=values)
        )

    def _say_groups(self) -> None:
        for i in range(self.which.count()):
            group = self.which.itemData(i)
            count = sum(run.group == group for run in self._runs)
            words = counted(self.tr("Sweep {name}, {n} runs").format(name=group.removeprefix("sweep-"), n=count))
            self.which.setItemText(i, words if group else self.tr("All runs of the newest recipe"))

    def retranslate(self) -> None:
        self._which_words.setText(self.tr("Runs of"))
        self.which.setAccessibleName(self._which_words.text())
        self._curves.setText(self.tr("Show curves"))
        self._new.setText(self.tr("New sweep…"))
        self.scatter.setAccessibleName(self.tr("Held-out figure against each setting"))
        self._empty.set_words(
            self.tr("No two runs to compare"),
            self.tr(
                "A sweep trains a recipe several times with varied settings. Then every setting gets a chart here."
            ),
        )
        self._say_groups()
        self._draw()


class SweepDialog(Dialog):
    """Which settings to vary, over which values; says how many runs that makes."""

    def __init__(self, settings: Any, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        self._fields: dict[str, Field] = {name: field for name, field, _ in fields_of(settings)}
        self.how: dict[str, QComboBox] = {}
        self.values: dict[str, QLineEdit] = {}
        self.plain: dict[str, QLabel] = {}
        self.runs, self.seed = QLineEdit(str(RANDOM_RUNS)), QLineEdit("0")
        self._title, self._note = label("title"), label("small", wrap=True)
        self._runs_words, self._seed_words = label("small"), label("small")
        self._count = label("small", wrap=True)
        self._add, self._cancel = button("plus", "primary"), button(None, "quiet")
        self.plans: tuple[Planned, ...] = ()
        self._lay_out()
        self.retranslate()
        self._plan()

    def _lay_out(self) -> None:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 8, 0)
        self._names = {}
        names = [name for name, _, _ in fields_of(self._settings) if name not in NO_INFLUENCE]
        for at, name in enumerate(names):
            self._names[name], self.how[name], self.values[name] = label("small"), QComboBox(), QLineEdit()
            self.plain[name] = label("dim")
            for word in ("fixed", "grid", "random"):
                self.how[name].addItem("", word)
            self.how[name].setFixedWidth(132)
            self.values[name].hide()
            for place, widget in enumerate((self._names[name], self.how[name], self.values[name])):
                grid.addWidget(widget, at, place)
            grid.addWidget(self.plain[name], at, 2)
            self.how[name].activated.connect(lambda _, name=name: self._turned(name))
            self.values[name].textEdited.connect(lambda _: self._plan())
        grid.setColumnStretch(2, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(table)
        for box, high in ((self.runs, MOST), (self.seed, 2**31 - 1)):
            box.setValidator(QIntValidator(0 if box is self.seed else 1, high, box))
            box.setFixedWidth(90)
            box.setAlignment(Qt.AlignmentFlag.AlignRight)
            box.textEdited.connect(lambda _: self._plan())
        draws = row(self._runs_words, self.runs, 12, self._seed_words, self.seed, None, gap=8)
        buttons = row((self._count, 1), self._cancel, self._add, gap=8)
        self.setLayout(column(self._title, self._note, (area, 1), draws, buttons, gap=12, margins=(20, 18, 20, 18)))
        self._add.clicked.connect(self.accept)
        self._cancel.clicked.connect(self.reject)
        self.resize(560, 620)

    def _turned(self, name: str) -> None:
        """A setting is varied now, or is not: offer values that make sense."""
        kind, field, value = self.how[name].currentData(), self._fields[name], getattr(self._settings, name)
        self.values[name].setVisible(kind != "fixed")
        self.plain[name].setVisible(kind == "fixed")
        if field.choices or isinstance(value, bool):
            words = [word for word, _ in field.choices] or ["true", "false"]
            offered = ",".join(words)
        elif kind == "random":
            offered = f"{max(field.low, value / 4):g}..{min(field.high, value * 4 or field.high):g}"
        else:
            third = max(field.low, value / 3 if not isinstance(value, int) else value // 2)
            offered = f"{third:.3g},{value:g}"
        self.values[name].setText(offered)
        self._plan()

    def _axes(self, kind: str) -> list[Axis]:
        return [
            axis(self._settings, f"{name}={self.values[name].text().replace(' ', '')}", random=kind == "random")
            for name, how in self.how.items()
            if how.currentData() == kind
        ]

    def _plan(self) -> None:
        """Work out the runs, or say in a sentence why there are none."""
        drawn = any(how.currentData() == "random" for how in self.how.values())
        for widget in (self.runs, self.seed, self._runs_words, self._seed_words):
            widget.setEnabled(drawn)
        self.plans = ()
        if all(how.currentData() == "fixed" for how in self.how.values()):
            self._count.setText(self.tr("Choose at least one setting to vary."))
        else:
            try:
                self.plans = plan_sweep(
                    self._settings,
                    grid=self._axes("grid"),
                    random=self._axes("random"),
                    runs=int(self.runs.text() or 1),
                    seed=int(self.seed.text() or 0),
                )
                self._count.setText(counted(self.tr("{n} runs").format(n=len(self.plans))))
            except LabError as error:
                self._count.setText(say(error.text))
        self._add.setEnabled(bool(self.plans))

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Sweep"))
        self._title.setText(self.tr("Vary settings"))
        self._note.setText(
            self.tr(
                "A grid tries every combination of its values. Random draws between two ends, and finds good settings in fewer runs."
            )
        )
        for name in self.how:
            self._names[name].setText(setting_name(name))
            self.plain[name].setText(setting_words(getattr(self._settings, name)))
            self.values[name].setAccessibleName(self._names[name].text())
            self.how[name].setAccessibleName(self._names[name].text())
            for i, words in enumerate((self.tr("fixed"), self.tr("grid: a,b,c"), self.tr("random: a..b"))):
                self.how[name].setItemText(i, words)
        self._runs_words.setText(self.tr("Draws"))
        self._seed_words.setText(self.tr("Seed"))
        self.runs.setAccessibleName(self._runs_words.text())
        self.seed.setAccessibleName(self._seed_words.text())
        self._add.setText(self.tr("Put into the queue"))
        self._cancel.setText(self.tr("Cancel"))
