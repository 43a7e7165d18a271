"""What stands on the dataset browser's stage instead of pictures: reading, not here, damaged, empty."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from engine.text import Text
from gui.widgets.basics import Button, State, button
from gui.widgets.retold import Retold
from gui.words import say


class Instead(Retold, QStackedWidget):
    """One message at a time, with what to do about it.

    Signals:
        folder_asked: a person wants to open a folder.
        bundled_asked: a person wants the digits that came with the app.
    """

    folder_asked = Signal()
    bundled_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._name, self._problem = Text("", ""), Text("", "")
        self._progress = (0, 0)
        self._folders = [button("folder-open", kind="primary") for _ in range(3)]
        self._digits = [button("database") for _ in range(3)]
        self._loading = State("database", stage=True)
        self._missing = State("folder-open", self._folders[0], self._digits[0], stage=True)
        self._failed = State("warning", self._folders[1], self._digits[1], tone="bad", stage=True)
        self._empty = State("image", self._folders[2], self._digits[2], stage=True)
        for state in (self._loading, self._missing, self._failed, self._empty):
            self.addWidget(state)
        _connect(self._folders, self.folder_asked)
        _connect(self._digits, self.bundled_asked)
        self.retranslate()

    def retranslate(self) -> None:
        for folder in self._folders:
            folder.setText(self.tr("Open a folder"))
        for digits in self._digits:
            digits.setText(self.tr("Show the bundled digits"))
        name, (done, total) = say(self._name), self._progress
        so_far = self.tr("{done} of {total} so far.").format(done=f"{done:,}", total=f"{total:,}") if total else ""
        self._loading.set_words(self.tr("Reading {name}").format(name=name), so_far)
        self._missing.set_words(
            self.tr("{name} is not on this machine yet").format(name=name),
            self.tr("Open the folder with its files, as its publisher packs them. The bundled digits work without it."),
        )
        self._failed.set_words(self.tr("This could not be opened"), say(self._problem))
        self._empty.set_words(
            self.tr("No pictures here yet"),
            self.tr("Open a folder of pictures, or start with the 5,000 digits that came with the app."),
        )

    def show_loading(self, name: Text, done: int, total: int) -> None:
        """A set is being read: `done` of `total` (0 = unknown)."""
        self._name, self._progress = name, (done, total)
        self._show(0)

    def show_missing(self, name: Text) -> None:
        """A set is not on this machine."""
        self._name = name
        self._show(1)

    def show_problem(self, problem: Text) -> None:
        """A set could not be read; `problem` says why and what to do."""
        self._problem = problem
        self._show(2)

    def show_empty(self) -> None:
        """A set without pictures."""
        self._show(3)

    def _show(self, page: int) -> None:
        self.setCurrentIndex(page)
        self.retranslate()


def _connect(buttons: list[Button], signal: object) -> None:
    for b in buttons:
        b.clicked.connect(signal)
