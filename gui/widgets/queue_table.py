"""Trainings that wait for their turn, as a table model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics

from engine.train.queue import QueueItem
from engine.train.sweep import varied_in
from gui import theme
from gui.widgets.run_table import setting_name, setting_words
from gui.words import say

COLUMNS = ("place", "recipe", "dataset", "settings", "state")
Index = QModelIndex | QPersistentModelIndex
_INKS = {"running": "net", "done": "good", "failed": "bad", "stopped": "warn"}


class QueueTable(QAbstractTableModel):
    """The items in their order; a failed one says why in its tooltip and its row."""

    def __init__(self) -> None:
        super().__init__()
        self._items: tuple[QueueItem, ...] = ()
        self._differing: tuple[str, ...] = ()

    def show_items(self, items: Sequence[QueueItem]) -> None:
        """Hold these instead of those before."""
        self.beginResetModel()
        self._items = tuple(items)
        self._differing = varied_in([item.settings for item in items])
        self.endResetModel()

    @property
    def items(self) -> tuple[QueueItem, ...]:
        return self._items

    def refresh(self) -> None:
        """Another theme or language."""
        if self._items:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._items) - 1, len(COLUMNS) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent and parent.isValid() else len(self._items)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent and parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item, column = self._items[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(item, column, index.row())
        if role == Qt.ItemDataRole.ForegroundRole:
            tone = _INKS.get(item.state, "dim") if column == "state" else "text" if column == "recipe" else "dim"
            return QColor(getattr(theme.current(), tone))
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(QFontMetrics(theme.font()).horizontalAdvance(self._words(item, column, index.row())) + 28, 34)
        if role == Qt.ItemDataRole.ToolTipRole:
            return say(item.error) if item.error else self._all_settings(item)
        return None

    def _words(self, item: QueueItem, column: str, row: int) -> str:
        if column == "place":
            return f"{row + 1}"
        if column == "settings":
            if item.error:
                return say(item.error)
            varied = item.varied or {name: item.settings.get(name) for name in self._differing[:4]}
            return ", ".join(f"{setting_name(name)} {setting_words(value)}" for name, value in varied.items())
        if column == "state":
            return self.state_words(item.state)
        return str(getattr(item, column))

    @staticmethod
    def _all_settings(item: QueueItem) -> str:
        return "\n".join(f"{setting_name(name)} {setting_words(value)}" for name, value in item.settings.items())

    def state_words(self, state: str) -> str:
        """A state as people say it."""
        return {
            "waiting": self.tr("waits"),
            "running": self.tr("running"),
            "done": self.tr("done"),
            "failed": self.tr("failed"),
            "stopped": self.tr("stopped"),
        }[state]

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if way is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            "place": "",
            "recipe": self.tr("Recipe"),
            "dataset": self.tr("Data"),
            "settings": self.tr("Settings that differ"),
            "state": self.tr("State"),
        }[COLUMNS[section]]
