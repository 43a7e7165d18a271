"""The details behind a notice, to read before they are copied and sent."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from engine import places
from gui.settings_dialog import open_folder
from gui.widgets.controls import button
from gui.widgets.dialog import Dialog
from gui.widgets.layout import column, label, row


class DetailsDialog(Dialog):
    """What a person saw, the details as they are sent, and the folder of the log."""

    def __init__(self, parent: QWidget, words: str, details: str) -> None:
        super().__init__(parent)
        self._words, self._text = label("dim", wrap=True), QPlainTextEdit()
        self._words.setText(words)
        self._text.setPlainText(details)
        self._text.setReadOnly(True)
        self._text.setProperty("mono", True)
        self._folder, self._copy, self._close = button("folder-open"), button(), button(kind="primary")
        self._folder.clicked.connect(lambda: open_folder(places.log_folder()))
        self._copy.clicked.connect(self._copy_all)
        self._close.clicked.connect(self.accept)
        foot = row(self._folder, None, self._copy, self._close, gap=8)
        self.setLayout(column(self._words, (self._text, 1), foot, gap=12, margins=(20, 18, 20, 18)))
        self.resize(760, 460)
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Details"))
        self._text.setAccessibleName(self.tr("Details"))
        self._folder.setText(self.tr("Open the log's folder"))
        self._copy.setText(self.tr("Copy details"))
        self._close.setText(self.tr("Close"))

    def _copy_all(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())
        self._copy.setText(self.tr("Copied"))
