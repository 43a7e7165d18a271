"""A switch with its words beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.widgets.basics import Toggle, label, row


class Switch(QWidget):
    """Words left, switch right.

    Signals:
        toggled: (bool).
    """

    toggled = Signal(bool)

    def __init__(self, *, on: bool = False) -> None:
        super().__init__()
        self._words, self.toggle = label("small"), Toggle(on)
        self.setLayout(row(self._words, None, self.toggle))
        self.toggle.toggled.connect(self.toggled)

    def setText(self, words: str) -> None:
        """What it switches."""
        self._words.setText(words)
        self.toggle.setAccessibleName(words)

    def isChecked(self) -> bool:
        """Whether it is on."""
        return self.toggle.isChecked()

    def setChecked(self, on: bool) -> None:
        """Move it as a hand would."""
        self.toggle.setChecked(on)
