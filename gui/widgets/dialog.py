"""Dialogs that are opened, used and closed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from gui.widgets.retold import Retold


class Dialog(Retold, QDialog):
    """Gone once it is closed, however that happens: its parent would keep every one that was ever opened."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
