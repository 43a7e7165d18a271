"""Asking where something lies, without stopping the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_for_place(parent: QWidget, title: str, then: Callable[[str], None], *, files: bool = False) -> None:
    """Let a person choose a folder (or, with `files`, a file); `then` gets its path. Returns at once."""
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile if files else QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, not files)
    dialog.fileSelected.connect(then)
    dialog.open()
