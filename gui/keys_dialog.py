"""The keys that work everywhere, shown by F1 where nothing has an explanation of its own."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from gui.widgets.controls import button
from gui.widgets.dialog import Dialog
from gui.widgets.layout import column, label, row

_KEYS = ("Ctrl+1 … 9", "Ctrl+K", "F1", "F6", "F11", "Space", ".", "S R O B", "Del", "Esc")


class KeysDialog(Dialog):
    """Two columns: key, what it does."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lead = label("dim", wrap=True)
        self._says: list[QLabel] = []
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        for y, key in enumerate(_KEYS):
            name = label("strong")
            name.setText(key)
            self._says.append(label("dim"))
            grid.addWidget(name, y, 0)
            grid.addWidget(self._says[-1], y, 1)
        self._close = button(kind="primary")
        self._close.clicked.connect(self.accept)
        self.setLayout(column(self._lead, grid, row(None, self._close), gap=16, margins=(20, 18, 20, 18)))
        self.setMinimumWidth(440)
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Keys"))
        self._lead.setText(self.tr("Point at anything, or move to it with Tab, and press F1: it explains itself."))
        words = (
            self.tr("go to a tab"),
            self.tr("find a page, a recipe or a data set"),
            self.tr("what is this?"),
            self.tr("next column"),
            self.tr("projector: larger, only the stage"),
            self.tr("pause or go on"),
            self.tr("one step"),
            self.tr("in Live: snapshot, record, overlay, cover faces"),
            self.tr("clear the pad"),
            self.tr("leave the projector, close a dialog"),
        )
        for said, text in zip(self._says, words, strict=True):
            said.setText(text)
        self._close.setText(self.tr("Close"))
