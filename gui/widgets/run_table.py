"""Earlier runs as a table model: values for a view, words in the language in force, notes and tags to write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics

from engine.fields import fields_of
from engine.text import Text
from engine.train.figures import metric_name
from engine.train.notes import as_tags
from engine.train.recipes import RECIPES
from engine.train.runs import RunSummary, matches
from engine.train.sweep import varied_in
from gui import theme
from gui.words import say

BEFORE = ("star", "recipe", "state", "held_out_accuracy", "accuracy")
WRITTEN = ("tags", "notes")  # by a person, into the cell
AFTER = (*WRITTEN, "dataset", "seconds", "started")
MOST_SETTINGS = 6  # columns of settings that differ
_WORDS = ("recipe", "state", "dataset", "tags", "notes")
_QUIET = ("state", "dataset", "seconds", "started")
SORT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
Index = QModelIndex | QPersistentModelIndex
_Roles = Qt.ItemDataRole


class RunTable(QAbstractTableModel):
    """The runs, newest first; those whose curves are shown carry their colour.

    Columns are those of `columns`: what every run has, the settings in which the shown runs (or, when fewer than
    two are shown, all) differ, tags and notes, where and when.

    Signals:
        noted: (Path, Notes) a person wrote into a cell, or clicked a star.
    """

    noted = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._runs: tuple[RunSummary, ...] = ()
        self._shown: dict[Path, int] = {}
        self._settings: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return (*BEFORE, *self._settings, *AFTER)

    @property
    def settings(self) -> tuple[str, ...]:
        """The settings that have a column."""
        return self._settings

    def show_runs(self, runs: Sequence[RunSummary]) -> None:
        """Hold these instead of those before."""
        self.beginResetModel()
        self._runs = tuple(sorted(runs, key=lambda run: run.started, reverse=True))
        self._settings = self._differing()
        self.endResetModel()

    def mark_shown(self, shown: Mapping[Path, int]) -> None:
        """Which runs are in the charts: folder to series colour."""
        self._shown = dict(shown)
        if self._differing() != self._settings:
            self.beginResetModel()
            self._settings = self._differing()
            self.endResetModel()
        self.refresh()

    def _differing(self) -> tuple[str, ...]:
        shown = [run.settings for run in self._runs if run.folder in self._shown]
        return varied_in(shown if len(shown) > 1 else [run.settings for run in self._runs])[:MOST_SETTINGS]

    def refresh(self) -> None:
        """Another theme or language: the same values read differently."""
        if self._runs:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._runs) - 1, len(self.columns) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    @property
    def runs(self) -> tuple[RunSummary, ...]:
        return self._runs

    def run_at(self, row: int) -> RunSummary:
        return self._runs[row]

    def row_of(self, folder: Path) -> int:
        """The row of a run, or −1."""
        return next((i for i, run in enumerate(self._runs) if run.folder == folder), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent and parent.isValid() else len(self._runs)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent and parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = super().flags(index)
        return usual | Qt.ItemFlag.ItemIsEditable if self.columns[index.column()] in WRITTEN else usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        run, column = self._runs[index.row()], self.columns[index.column()]
        if role == _Roles.DisplayRole:
            return self._words(run, column)
        if role == SORT_ROLE:
            return self._sortable(run, column)
        if role == _Roles.EditRole:
            return ", ".join(run.notes.tags) if column == "tags" else run.notes.words
        if role == _Roles.DecorationRole:
            return self._sign(run, column)
        if role == _Roles.TextAlignmentRole and column not in _WORDS:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == _Roles.ForegroundRole and column in _QUIET:
            return QColor(theme.current().bad if run.state == "failed" and column == "state" else theme.current().dim)
        if role == _Roles.SizeHintRole:
            return QSize(QFontMetrics(theme.font()).horizontalAdvance(self._words(run, column)) + 28, 34)
        if role == _Roles.ToolTipRole:
            return self._tip(run, column)
        return None

    def _sign(self, run: RunSummary, column: str) -> Any:
        now = theme.current()
        if column == "recipe" and run.folder in self._shown:
            return QColor(now.series[self._shown[run.folder]])
        if column == "star":
            return theme.icon("star-fill", now.you if run.notes.star else now.hover, size=14)
        return None

    def _tip(self, run: RunSummary, column: str) -> str:
        if column == "star":
            return self.tr("Take the star away") if run.notes.star else self.tr("Give it a star")
        if column in WRITTEN:
            return run.notes.words or self.tr("Double click or F2 to write")
        return str(run.folder)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        column = self.columns[index.column()]
        if role != _Roles.EditRole or column not in WRITTEN:
            return False
        run = self._runs[index.row()]
        words = str(value).strip()
        notes = (
            replace(run.notes, tags=as_tags(words.split(","))) if column == "tags" else replace(run.notes, words=words)
        )
        self._write(index.row(), replace(run, notes=notes))
        return True

    def toggle_star(self, row: int) -> None:
        """Give a run a star or take it away."""
        run = self._runs[row]
        self._write(row, replace(run, notes=replace(run.notes, star=not run.notes.star)))

    def _write(self, row: int, run: RunSummary) -> None:
        if run.notes == self._runs[row].notes:
            return
        self._runs = (*self._runs[:row], run, *self._runs[row + 1 :])
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))
        self.noted.emit(run.folder, run.notes)

    # Words

    def _words(self, run: RunSummary, column: str) -> str:
        if column in self._settings:
            return setting_words(run.settings.get(column))
        if column in ("held_out_accuracy", "accuracy"):
            return share_words(getattr(run, column), run.metric)
        if column == "state":
            return self._state_words(run.state)
        if column == "seconds":
            return self.tr("{n:,.0f} s").format(n=run.seconds)
        if column == "started":
            return when(run.started)
        if column == "tags":
            return " ".join(f"#{tag}" for tag in run.notes.tags)
        words = {"notes": run.notes.words, "star": "", "recipe": run.recipe, "dataset": run.dataset}
        return words[column]

    def _state_words(self, state: str) -> str:
        states = {
            "running": self.tr("running"),
            "stopped": self.tr("stopped"),
            "done": self.tr("done"),
            "failed": self.tr("failed"),
            "read": self.tr("read from TensorBoard"),
        }
        return states.get(state, state)

    def _sortable(self, run: RunSummary, column: str) -> Any:
        if column in self._settings:
            value = run.settings.get(column)
            return float(value) if isinstance(value, int | float) else str(value or "")
        if column == "star":
            return int(run.notes.star)
        if column in ("tags", "notes"):
            return self._words(run, column).casefold()
        value = getattr(run, column)
        return -1.0 if value is None else value

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if way is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        column = self.columns[section]
        if role == _Roles.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if column in _WORDS else Qt.AlignmentFlag.AlignRight
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == _Roles.ToolTipRole and column == "star":
            return self.tr("Star")
        if role == _Roles.SizeHintRole:  # with room for the arrow of the sorted column
            return QSize(QFontMetrics(theme.font()).horizontalAdvance(self._head(column)) + 40, 28)
        return self._head(column) if role == _Roles.DisplayRole else None

    def _head(self, column: str) -> str:
        names = {
            "star": "",
            "recipe": self.tr("Recipe"),
            "dataset": self.tr("Data"),
            "state": self.tr("State"),
            "held_out_accuracy": self.tr("Held out"),
            "accuracy": self.tr("Test"),
            "seconds": self.tr("Time"),
            "started": self.tr("Started"),
            "tags": self.tr("Tags"),
            "notes": self.tr("Notes"),
        }
        return names[column] if column in names else setting_name(column)


class RunOrder(QSortFilterProxyModel):
    """The runs that are looked for, in the order of a column."""

    def __init__(self, table: RunTable) -> None:
        super().__init__()
        self._table, self._words, self._tags, self._star = table, "", frozenset[str](), False
        self.setSourceModel(table)
        self.setSortRole(SORT_ROLE)

    def look_for(self, words: str, tags: frozenset[str], *, star: bool) -> None:
        """Only runs with all of these words and tags, and a star if `star`."""
        self._words, self._tags, self._star = words, tags, star
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        run = self._table.run_at(row)
        found = self._tags <= set(run.notes.tags) and (run.notes.star or not self._star)
        return found and matches(run, self._words)

    def lessThan(self, left: Index, right: Index) -> bool:
        one, two = (_value(self.sourceModel(), index) for index in (left, right))
        return bool(one < two) if type(one) is type(two) else str(one) < str(two)


def _value(model: QAbstractItemModel, index: Index) -> Any:
    return model.data(index, SORT_ROLE)


def share_words(share: float | None, metric: str = "accuracy") -> str:
    """A figure in [0, 1] as a person reads it, named where it is no accuracy; a dash where there is none."""
    if share is None:
        return "–"
    name = "" if metric == "accuracy" else f" {say(metric_name(metric))}"
    return f"{100 * share:.2f}\u2009%{name}"


@lru_cache
def _labels() -> dict[str, tuple[Text, bool]]:
    """Setting to its label and whether its scale is logarithmic, of all recipes."""
    return {name: (field.label, field.log) for recipe in RECIPES for name, field, _ in fields_of(recipe.defaults)}


def setting_name(setting: str) -> str:
    """A setting as a person calls it."""
    return say(_labels()[setting][0]) if setting in _labels() else setting


def is_logarithmic(setting: str) -> bool:
    """True for settings whose size matters by factors."""
    return setting in _labels() and _labels()[setting][1]


def setting_words(value: Any) -> str:
    """A setting's value as a person writes it."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        on, off = QCoreApplication.translate("RunTable", "on"), QCoreApplication.translate("RunTable", "off")
        return on if value else off
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def when(started: str) -> str:
    """An ISO time as people read it: the clock alone for today."""
    try:
        moment = datetime.fromisoformat(started)
    except ValueError:
        return started
    return f"{moment:%H:%M}" if moment.date() == datetime.now(moment.tzinfo).date() else f"{moment:%Y-%m-%d %H:%M}"
