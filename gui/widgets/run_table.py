"""Earlier runs as a table model: values for a view, words in the language in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics

from engine.train.runs import RunSummary
from gui import theme

COLUMNS = ("recipe", "dataset", "state", "accuracy", "steps", "seconds", "started")
_NUMBERS = ("accuracy", "steps", "seconds", "started")
Index = QModelIndex | QPersistentModelIndex


class RunTable(QAbstractTableModel):
    """The runs, newest first; those whose curves are shown carry their colour."""

    def __init__(self) -> None:
        super().__init__()
        self._runs: tuple[RunSummary, ...] = ()
        self._shown: dict[Path, int] = {}

    def show_runs(self, runs: Sequence[RunSummary]) -> None:
        """Hold these instead of those before."""
        self.beginResetModel()
        self._runs = tuple(sorted(runs, key=lambda run: run.started, reverse=True))
        self.endResetModel()

    def mark_shown(self, shown: Mapping[Path, int]) -> None:
        """Which runs are in the charts: folder to series colour."""
        self._shown = dict(shown)
        self.refresh()

    def refresh(self) -> None:
        """Another theme or language: the same values read differently."""
        if self._runs:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._runs) - 1, len(COLUMNS) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def run_at(self, row: int) -> RunSummary:
        return self._runs[row]

    def row_of(self, folder: Path) -> int:
        """The row of a run, or −1."""
        return next((i for i, run in enumerate(self._runs) if run.folder == folder), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent and parent.isValid() else len(self._runs)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent and parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        run, column = self._runs[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(run, column)
        if role == Qt.ItemDataRole.DecorationRole and column == "recipe" and run.folder in self._shown:
            return QColor(theme.current().series[self._shown[run.folder]])
        if role == Qt.ItemDataRole.TextAlignmentRole and column in _NUMBERS:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole and column in ("state", "dataset", "steps", "seconds", "started"):
            return QColor(theme.current().bad if run.state == "failed" and column == "state" else theme.current().dim)
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(QFontMetrics(theme.font()).horizontalAdvance(self._words(run, column)) + 28, 34)
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(run.folder)
        return None

    def _words(self, run: RunSummary, column: str) -> str:
        if column == "state":
            states = {
                "running": self.tr("running"),
                "stopped": self.tr("stopped"),
                "done": self.tr("done"),
                "failed": self.tr("failed"),
            }
            return states.get(run.state, run.state)
        if column == "accuracy":
            return self.accuracy_words(run)
        if column == "steps":
            return f"{run.steps:,}"
        if column == "seconds":
            return self.tr("{n:,.0f} s").format(n=run.seconds)
        if column == "started":
            return when(run.started)
        return str(getattr(run, column))

    def accuracy_words(self, run: RunSummary) -> str:
        """The test accuracy, else the held-out one with its word, else a dash."""
        if run.accuracy is not None:
            return f"{100 * run.accuracy:.2f}\u2009% " + self.tr("test")
        if run.held_out_accuracy:
            return f"{100 * run.held_out_accuracy:.2f}\u2009% " + self.tr("held out")
        return "–"

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if way is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if COLUMNS[section] in _NUMBERS else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            "recipe": self.tr("Recipe"),
            "dataset": self.tr("Data"),
            "state": self.tr("State"),
            "accuracy": self.tr("Accuracy"),
            "steps": self.tr("Steps"),
            "seconds": self.tr("Time"),
            "started": self.tr("Started"),
        }[COLUMNS[section]]


def when(started: str) -> str:
    """An ISO time as people read it: the clock alone for today."""
    try:
        moment = datetime.fromisoformat(started)
    except ValueError:
        return started
    return f"{moment:%H:%M}" if moment.date() == datetime.now(moment.tzinfo).date() else f"{moment:%Y-%m-%d %H:%M}"
