"""A person's own folder of pictures, chosen by a button or dropped on it, as the data a generator learns from."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from gui.widgets.basics import IconButton, button, column, label, row
from gui.widgets.retold import Retold


class FolderChoice(Retold, QWidget):
    """Nothing chosen = the recipe's own data.

    Signals:
        chosen: (str) another folder, "" = none.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.folder, self._needed = "", False
        self.ask, self.forget = button("folder-open", "secondary"), IconButton("x-circle", "text", compact=True)
        self._words = label("caption", wrap=True)
        self.setLayout(column(row((self.ask, 1), self.forget, gap=6), self._words, gap=4))
        self.setAcceptDrops(True)
        self.ask.clicked.connect(self._ask)
        self.forget.clicked.connect(lambda: self.take(""))
        self.retranslate()

    def take(self, folder: str) -> None:
        """Learn from this folder; "" from the recipe's own data."""
        if folder != self.folder:
            self.folder = folder
            self.retranslate()
            self.chosen.emit(folder)

    def set_needed(self, on: bool) -> None:
        """True where there is nothing to learn from without a folder."""
        self._needed = on
        self.retranslate()

    def _ask(self) -> None:
        if found := QFileDialog.getExistingDirectory(
            self, self.tr("Folder of pictures…"), self.folder or str(Path.home())
        ):
            self.take(found)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(Path(url.toLocalFile()).is_dir() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if Path(url.toLocalFile()).is_dir():
                self.take(url.toLocalFile())
                return

    def retranslate(self) -> None:
        name = Path(self.folder).name
        self.ask.setText(name or self.tr("Folder of pictures…"))
        self.ask.setToolTip(self.folder)
        self.forget.setVisible(bool(self.folder))
        self.forget.setToolTip(self.tr("Back to the recipe’s own data"))
        self.forget.setAccessibleName(self.tr("Back to the recipe’s own data"))
        words = self.tr("Or let it learn from any folder of yours.")
        if self._needed:
            words = self.tr("First choose a folder, or drop one here: 30 pictures or more.")
        if self.folder:
            words = self.tr("Cut to squares; folders inside it become classes.")
        self._words.setText(words)
