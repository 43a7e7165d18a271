"""Ctrl+K: type a few letters, jump to a page, a recipe or a data set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from engine.cards import Card
from gui import theme
from gui.widgets.layout import column, label
from gui.words import say

_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


@dataclass(frozen=True)
class Target:
    """A place to go: what it is called, what else it is found by, how to get there."""

    icon: str
    name: str
    note: str
    also: str
    go: Callable[[], None]


def card_target(card: Card, icon: str, go: Callable[[], None]) -> Target:
    """A target for a card, found by its id and its names in both languages."""
    also = " ".join((card.id, card.name.en, card.name.ko, card.summary.en, card.summary.ko))
    return Target(icon, say(card.name), say(card.summary), also, go)


class Find(QDialog):
    """A field and what matches; Enter goes there."""

    def __init__(self, parent: QWidget, targets: list[Target]) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._targets = targets
        self._field, self._list = QLineEdit(), QListWidget()
        self._field.setPlaceholderText(self.tr("A page, a recipe or a data set"))
        self._field.setAccessibleName(self.tr("Find"))
        self._list.setAccessibleName(self.tr("What was found"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nothing = label("small")
        self._nothing.setText(self.tr("Nothing is called that here."))
        self.setLayout(column(self._field, self._nothing, (self._list, 1), margins=(12, 12, 12, 12)))
        self.resize(520, 380)
        self._field.textChanged.connect(self._filter)
        self._field.returnPressed.connect(self._go)
        self._field.installEventFilter(self)
        self._list.itemClicked.connect(self._go)
        self._filter("")
        self.move(parent.mapToGlobal(parent.rect().center()) - self.rect().center())
        self._field.setFocus()

    def _filter(self, text: str) -> None:
        wanted = text.casefold().split()
        self._list.clear()
        for target in self._targets:
            words = f"{target.name} {target.note} {target.also}".casefold()
            if all(word in words for word in wanted):
                item = QListWidgetItem(theme.icon(target.icon, theme.current().net), self._line(target))
                item.setData(Qt.ItemDataRole.UserRole, target)
                item.setToolTip(target.note)
                self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._nothing.setVisible(self._list.count() == 0)

    @staticmethod
    def _line(target: Target) -> str:
        return f"{target.name}   {target.note}" if target.note else target.name

    def found(self) -> list[str]:
        """The names that match, in order."""
        return [self._list.item(i).data(Qt.ItemDataRole.UserRole).name for i in range(self._list.count())]

    def _go(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self.accept()
            item.data(Qt.ItemDataRole.UserRole).go()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _MOVES:
            self._list.event(event)
            return True
        return super().eventFilter(watched, event)
