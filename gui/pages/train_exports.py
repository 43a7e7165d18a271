"""The files that can be made of a run: its network, weights, curves, code, a picture of the charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from engine.train.export import FORMS
from gui.pages.train_code import CodeDialog
from gui.pages.train_runs import RunShelf
from gui.words import say

SUFFIXES = {"csv-shown": ".csv", "png": ".png", "svg": ".svg", **{form.id: form.suffix for form in FORMS}}


class Exports(QObject):
    """Asks where to, and lets the shelf write. `picture` gives the charts as they stand, `drawing` as SVG."""

    def __init__(
        self, shelf: RunShelf, picture: Callable[[], QImage], parent: QWidget, drawing: Callable[[], bytes]
    ) -> None:
        super().__init__(parent)
        self._shelf, self._picture, self._drawing, self._parent = shelf, picture, drawing, parent
        self._menu = QMenu(parent)

    def show_menu(self, button: QWidget, folder: Path | None, name: str) -> None:
        """What can be made of the run in `folder` (None: only the picture), above `button`."""
        self._menu.clear()
        kinds = [("png", self.tr("Chart (PNG)")), ("svg", self.tr("Chart (SVG)"))]
        if len(self._shelf.on_disk()) > 1:
            kinds = [("csv-shown", self.tr("Curves of all shown runs (CSV)")), *kinds]
        if folder:
            kinds = [*((form.id, say(form.name)) for form in FORMS), *kinds]
        for kind, words in kinds:
            action = self._menu.addAction(words)
            action.triggered.connect(lambda _=False, kind=kind: self.ask(kind, folder, name))
        place = button.mapToGlobal(button.rect().topLeft())
        place.setY(place.y() - self._menu.sizeHint().height())
        self._menu.popup(place)

    def show_code(self, folder: Path | None, data: Path | None) -> CodeDialog | None:
        """The script that repeats the run in `folder`, to read."""
        if folder is None:
            return None
        dialog = CodeDialog(self._shelf.host, folder, data, self._parent)
        dialog.open()
        return dialog

    def ask(self, kind: str, folder: Path | Sequence[Path] | None, name: str = "") -> None:
        """Ask for a file and write it."""
        name = (folder.name if isinstance(folder, Path) else name or "runs") + SUFFIXES[kind]
        chosen, _ = QFileDialog.getSaveFileName(self._parent, self.tr("Export"), name, f"*{SUFFIXES[kind]}")
        if chosen:
            self.write(kind, Path(chosen), folder)

    def write(self, kind: str, to: Path, folder: Path | Sequence[Path] | None) -> None:
        """Write "png" or "svg" (the charts as they stand), a run in one of `FORMS`, or "csv" of several.

        "csv-shown" is that of all runs in the charts.
        """
        if kind in ("png", "svg"):
            self._shelf.export_picture(self._picture() if kind == "png" else self._drawing(), to)
        elif kind == "csv-shown":
            self._shelf.export("csv", self._shelf.on_disk(), to)
        elif folder:
            self._shelf.export(kind, folder, to)
