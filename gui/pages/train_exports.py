"""The files that can be made of a run: its weights, its curves, a picture of the charts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from gui.pages.train_runs import RunShelf

SUFFIXES = {"safetensors": ".safetensors", "csv": ".csv", "png": ".png"}


class Exports(QObject):
    """Asks where to, and lets the shelf write. `picture` gives the charts as they stand."""

    def __init__(self, shelf: RunShelf, picture: Callable[[], QImage], parent: QWidget) -> None:
        super().__init__(parent)
        self._shelf, self._picture, self._parent = shelf, picture, parent
        self._menu = QMenu(parent)

    def show_menu(self, button: QWidget, folder: Path | None, name: str) -> None:
        """What can be made of the run in `folder` (None: only the picture), above `button`."""
        self._menu.clear()
        kinds = [("png", self.tr("Chart (PNG)"))]
        if folder:
            kinds = [("safetensors", self.tr("Weights (safetensors)")), ("csv", self.tr("Curves (CSV)")), *kinds]
        for kind, words in kinds:
            action = self._menu.addAction(words)
            action.triggered.connect(lambda _=False, kind=kind: self.ask(kind, folder, name))
        place = button.mapToGlobal(button.rect().topLeft())
        place.setY(place.y() - self._menu.sizeHint().height())
        self._menu.popup(place)

    def ask(self, kind: str, folder: Path | None, name: str = "") -> None:
        """Ask for a file and write it."""
        name = (folder.name if folder else name) + SUFFIXES[kind]
        chosen, _ = QFileDialog.getSaveFileName(self._parent, self.tr("Export"), name, f"*{SUFFIXES[kind]}")
        if chosen:
            self.write(kind, Path(chosen), folder)

    def write(self, kind: str, to: Path, folder: Path | None) -> None:
        """Write "png" (the charts as they stand), or a run's "safetensors" or "csv"."""
        if kind == "png":
            self._shelf.export_picture(self._picture(), to)
        elif folder:
            self._shelf.export(kind, folder, to)
