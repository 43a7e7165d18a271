"""What can be made out of a set, or from nothing: an export, a split, a set of one's own from a camera."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from engine.data.forms import AnySet
from engine.host import EngineHost
from gui.context import Context
from gui.pages.datasets_make_capture import CaptureDialog
from gui.pages.datasets_make_export import ExportDialog
from gui.pages.datasets_make_split import SplitDialog
from gui.widgets.retold import Retold


class MakeMenu(Retold, QMenu):
    """Export…, Make a split…, Capture from a camera…

    Signals:
        made: (Path) a place that holds a new set, to be opened.
    """

    made = Signal(object)

    def __init__(self, host: EngineHost, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._host, self._context = host, context
        self._sets: dict[str, AnySet] = {}
        self.export_action = self.addAction("")
        self.split_action = self.addAction("")
        self.addSeparator()
        self.capture_action = self.addAction("")
        self.export_action.triggered.connect(lambda: self.export(self._sets))
        self.split_action.triggered.connect(self.split)
        self.capture_action.triggered.connect(self.capture)
        self.use({})
        self.retranslate()

    def retranslate(self) -> None:
        self.export_action.setText(self.tr("Export…"))
        self.split_action.setText(self.tr("Make a split…"))
        self.capture_action.setText(self.tr("Capture from a camera…"))
        self.setAccessibleName(self.tr("Make a set"))

    def use(self, sets: Mapping[str, AnySet]) -> None:
        """The parts of the set in view, by name; without one only the camera is left."""
        self._sets = dict(sets)
        for action in (self.export_action, self.split_action):
            action.setEnabled(any(len(one) for one in self._sets.values()))

    def export(self, sets: Mapping[str, AnySet]) -> ExportDialog:
        """Ask how and where to write these parts."""
        dialog = ExportDialog(self.parentWidget(), self._host, sets)
        dialog.made.connect(self.made)
        return _opened(dialog)

    def split(self) -> SplitDialog:
        """Ask how to split the set in view."""
        dialog = SplitDialog(self.parentWidget(), self._host, self._sets)
        dialog.parts_made.connect(self._write_parts)
        return _opened(dialog)

    def _write_parts(self, parts: Mapping[str, AnySet]) -> None:
        self.export(parts)

    def capture(self) -> CaptureDialog:
        """Look through a camera and keep frames as a set."""
        dialog = CaptureDialog(self.parentWidget(), self._host)
        dialog.made.connect(self._captured)
        return _opened(dialog)

    def _captured(self, folder: Path) -> None:
        self.made.emit(folder)


D = TypeVar("D", bound=QDialog)


def _opened(dialog: D) -> D:
    dialog.open()
    return dialog
