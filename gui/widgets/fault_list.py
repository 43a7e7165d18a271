"""The files of a set that could not be read, each with its reason: a list to read and to copy."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from engine.data.photoset import Unreadable
from gui.widgets.basics import button, column, label, row
from gui.widgets.retold import Retold
from gui.words import say


class FaultList(Retold, QDialog):
    """Shows what was passed over; stays up to date while more is found."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._faults: Sequence[Unreadable] = ()
        self._sentence, self._list = label("small", wrap=True), QPlainTextEdit()
        self._list.setReadOnly(True)
        self._copy, self._close = button("stack"), button(None, kind="primary")
        self._copy.clicked.connect(self._to_clipboard)
        self._close.clicked.connect(self.close)
        foot = row(None, self._copy, self._close)
        self.setLayout(column(self._sentence, (self._list, 1), foot, gap=12, margins=(18, 16, 18, 16)))
        self.resize(640, 380)
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Files that could not be read"))
        self._sentence.setText(self.tr("These files were passed over; all others are there. Repair or remove them."))
        self._copy.setText(self.tr("Copy the list"))
        self._close.setText(self.tr("Close"))
        self._list.setAccessibleName(self.tr("Files that could not be read"))
        self._list.setPlainText(self.text())

    def show_faults(self, faults: Sequence[Unreadable]) -> None:
        """List these files."""
        self._faults = faults
        self._list.setPlainText(self.text())

    def text(self) -> str:
        """What the list says, one file a line."""
        return "\n".join(f"{fault.file}: {say(fault.why)}" for fault in self._faults)

    def _to_clipboard(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
