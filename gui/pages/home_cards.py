"""The two cards at the right of Home's doors: recent runs, and what is on this machine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from engine.train.recipes import RECIPES
from engine.train.runs import RunSummary
from gui.pages.home_jobs import SHOWN_RUNS, Machine
from gui.widgets.basics import Chip, Icon, State, button, column, label, role, row
from gui.widgets.clickable import Clickable
from gui.widgets.retold import Retold
from gui.widgets.run_table import share_words
from gui.words import say

_STATES = {"running": "live", "stopped": "plain", "done": "good", "failed": "bad"}
_NAMES = {recipe.card.id: recipe.card.name for recipe in RECIPES}


class RunRow(Retold, Clickable):
    """One run: its recipe, what it reached, and how it ended."""

    def __init__(self, run: RunSummary) -> None:
        super().__init__("clickable")
        self._run = run
        self._name, self._words, self._chip = label("strong"), label("caption"), Chip(_STATES.get(run.state, "plain"))
        words = column(self._name, self._words, gap=1)
        self.setLayout(row(Icon("chart-line-up", "dim", 16), (words, 1), self._chip, gap=10, margins=(6, 3, 4, 3)))
        self.retranslate()

    def retranslate(self) -> None:
        run = self._run
        self._name.setText(say(_NAMES[run.recipe]) if run.recipe in _NAMES else run.recipe)
        accuracy = run.accuracy if run.accuracy is not None else run.held_out_accuracy
        words = self.tr("{figure} · {steps:,} steps")
        self._words.setText(words.format(figure=share_words(accuracy, run.metric), steps=run.steps))
        states = {
            "running": self.tr("running"),
            "stopped": self.tr("stopped"),
            "done": self.tr("done"),
            "failed": self.tr("failed"),
        }
        self._chip.setText(states.get(run.state, run.state))
        self.setAccessibleName(f"{self._name.text()}, {self._words.text()}, {self._chip.text()}")
        self.setToolTip(self.tr("Open this run"))


class RecentRuns(Retold, QFrame):
    """The newest runs; as many rows as there is room for.

    Signals:
        chosen: (Path) the folder of the run that was clicked.
    """

    chosen = Signal(object)
    ROW = 44

    def __init__(self) -> None:
        super().__init__()
        role(self, "panel")
        self._title = label("section")
        self._none = State("chart-line-up")
        self._rows: list[RunRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        box = column(self._title, (self._none, 1000), self._list, None, gap=8, margins=(14, 14, 12, 12))
        box.setAlignment(self._none, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(box)
        self.retranslate()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Recent runs"))
        self._none.set_words(
            self.tr("No runs yet"),
            self.tr("Watch the network learn once, and its run appears here, to look at again or to go on."),
        )

    def show_runs(self, runs: Sequence[RunSummary]) -> None:
        """Show these, newest first."""
        for old in self._rows:
            self._list.removeWidget(old)
            old.deleteLater()
        self._rows = [RunRow(run) for run in runs[:SHOWN_RUNS]]
        for run, line in zip(runs, self._rows, strict=False):
            line.clicked.connect(lambda folder=run.folder: self.chosen.emit(folder))
            self._list.addWidget(line)
        self._none.setVisible(not self._rows)
        self._fit()

    def folders(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def _fit(self) -> None:
        room = max(1, (self.height() - 60) // (self.ROW + 2))
        for i, line in enumerate(self._rows):
            line.setVisible(i < room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class MachineCard(Retold, QFrame):
    """The bundled network with its measured accuracy, the digits, and full MNIST or how to add it.

    Signals:
        folder_asked: a person wants to say where their data sets are.
        models_asked: a person wants to see what can be downloaded, and why.
    """

    folder_asked = Signal()
    models_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        role(self, "panel")
        self._machine: Machine | None = None
        self._title = label("section")
        self._names = [label("strong") for _ in range(4)]
        self._notes = [label("caption", wrap=True) for _ in range(4)]
        self._chips = [Chip("bundled"), Chip("bundled"), Chip("bundled"), Chip("here")]
        self._open = button("folder-open", size="compact")
        self._open.clicked.connect(self.folder_asked)
        self._more = button("stack", "quiet", "compact")
        self._more.clicked.connect(self.models_asked)
        lines = [self._line(i, icon) for i, icon in enumerate(("graph", "database", "database", "database"))]
        self.setLayout(
            column(
                self._title,
                *lines,
                row(26, self._open, None),
                row(20, self._more, None),
                None,
                gap=12,
                margins=(14, 14, 14, 12),
            )
        )
        self.retranslate()

    def _line(self, i: int, icon: str) -> QWidget:
        line = QWidget()
        head = row(self._names[i], None, self._chips[i], gap=6)
        line.setLayout(row(Icon(icon, "dim", 16), (column(head, self._notes[i], gap=2), 1), gap=10))
        return line

    def show_machine(self, machine: Machine) -> None:
        """What was found."""
        self._machine = machine
        self.retranslate()

    def retranslate(self) -> None:
        self._title.setText(self.tr("On this machine"))
        names = (self.tr("Deep CNN"), self.tr("5,000 digits"), self.tr("1,797 small digits"), "MNIST")
        for name, words in zip(self._names, names, strict=True):
            name.setText(words)
        for chip in self._chips[:3]:
            chip.setText(self.tr("bundled"))
        self._notes[1].setText(self.tr("A part of MNIST, 28×28. Enough to train on."))
        self._notes[2].setText(self.tr("8×8 pixels: a network learns them in seconds."))
        self._open.setText(self.tr("Open a folder"))
        self._more.setText(self.tr("What can be downloaded"))
        machine = self._machine or Machine(None, 0, 0.0, None)
        self._notes[0].setText(self._about_network(machine))
        self._chips[0].setVisible(machine.accuracy is not None or self._machine is None)
        self._say_mnist(machine.mnist)

    def _about_network(self, machine: Machine) -> str:
        if self._machine is None:
            return "–"
        if machine.accuracy is None:
            return self.tr("No weights came with this copy. Train them first.")
        words = self.tr("measured {accuracy:.2f} % on {count:,} test digits · {kib:,.0f} KB")
        words = words.format(accuracy=100 * machine.accuracy, count=machine.count, kib=machine.kib)
        return words.replace(" %", "\u2009%").replace(" KB", "\u00a0KB")

    def _say_mnist(self, place: Path | None) -> None:
        self._chips[3].set_kind("here" if place else "plain")
        self._chips[3].setText(self.tr("here") if place else self.tr("not here"))
        self._open.setVisible(self._machine is not None and not place)
        if place:
            self._notes[3].setText(self.tr("70,000 digits in {folder}").format(folder="/".join(place.parts[-2:])))
            self._notes[3].setToolTip(str(place))
        else:
            self._notes[3].setText(self.tr("Optional: 70,000 digits. Say in which folder its four files lie."))
