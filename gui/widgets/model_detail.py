"""Everything about the chosen model, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QProgressBar, QWidget

from engine.download import in_words
from engine.models import TASKS, Where
from gui.widgets.basics import Chip, button, column, frame, label, row
from gui.widgets.model_rows import ModelRow, chip_of
from gui.widgets.retold import Retold
from gui.words import say

_PARTS = 1000


class ModelDetail(Retold, QWidget):
    """The right side of the list of models.

    Signals:
        get_asked, cancel_asked, folder_asked, delete_asked: (ModelRow) a person asked for it.
    """

    get_asked = Signal(object)
    cancel_asked = Signal(object)
    folder_asked = Signal(object)
    delete_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._row: ModelRow | None = None
        self._name, self._unlocks = label("title", wrap=True), label(wrap=True)
        self._task, self._state = Chip(), Chip()
        self._figure = label("small", wrap=True)
        self._names = {key: label("section") for key in ("licence", "file")}
        self._licence, self._terms, self._file = label("strong"), label("small", wrap=True), label("small", wrap=True)
        self._file.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._trouble, self._said = label("body", wrap=True, tone="bad"), label("small", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._get, self._cancel = button("download-simple", "primary", "large"), button("stop-fill", "stop", "large")
        self._folder, self._copy = button("folder-open", size="compact"), button(None, size="compact")
        self._delete, self._sure = button("trash", "quiet", "compact"), button("trash", "stop", "compact")
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        parts = column(
            self._name,
            row(self._task, self._state, None, gap=6),
            self._unlocks,
            self._figure,
            column(self._names["licence"], self._licence, self._terms, gap=3),
            column(self._names["file"], self._file, gap=3),
            row(self._folder, self._copy, None, self._delete, self._sure, gap=6),
            None,
            self._trouble,
            self._said,
            self._bar,
            row((self._get, 1), (self._cancel, 1)),
            gap=12,
            margins=(16, 14, 16, 16),
        )
        self.setLayout(column(frame("well", parts), gap=0))

    def _connect(self) -> None:
        for part, signal in (
            (self._get, self.get_asked),
            (self._cancel, self.cancel_asked),
            (self._folder, self.folder_asked),
            (self._sure, self.delete_asked),
        ):
            part.clicked.connect(lambda _=False, signal=signal: signal.emit(self._row))
        self._copy.clicked.connect(self._copy_path)
        self._delete.clicked.connect(self._ask)

    def retranslate(self) -> None:
        self._names["licence"].setText(self.tr("Licence"))
        self._names["file"].setText(self.tr("File"))
        self._folder.setText(self.tr("Show in folder"))
        self._delete.setText(self.tr("Delete"))
        self._sure.setText(self.tr("Delete it"))
        self._cancel.setText(self.tr("Cancel"))
        self._bar.setAccessibleName(self.tr("Progress"))
        self.show_row(self._row)

    def show_row(self, row: ModelRow | None) -> None:
        """Show this model; None when none is chosen."""
        if row is None or self._row is None or row.card.id != self._row.card.id:
            self._sure.hide()
        self._row = row
        self.setVisible(row is not None)
        if row is None:
            return
        card = row.card
        self._name.setText(say(card.name))
        self._task.setText(say(TASKS[card.task]))
        kind, words = chip_of(row)
        self._state.set_kind(kind)
        self._state.setText(words)
        self._state.setVisible(not row.busy)
        for part, text in ((self._unlocks, card.unlocks), (self._figure, card.figure), (self._terms, card.terms)):
            _say_in(part, say(text))
        self._licence.setText(card.licence)
        self._file.setText(str(row.place.path or f"{card.file} · {in_words(card.bytes)}"))
        self._show_actions(row)

    def _show_actions(self, row: ModelRow) -> None:
        _say_in(self._trouble, "" if row.error is None or row.busy else say(row.error))
        waits = self.tr("Another download comes first.") if row.waiting else ""
        _say_in(self._said, (say(row.said) if row.said else waits) if row.busy else "")
        self._bar.setVisible(row.share is not None)
        self._bar.setRange(0, _PARTS)
        self._bar.setValue(round(_PARTS * (row.share or 0.0)))
        self._get.setVisible(not row.here and not row.busy)
        self._get.setText(
            (self.tr("Try again") if row.error else self.tr("Download {size}")).format(size=in_words(row.card.bytes))
        )
        self._cancel.setVisible(row.busy)
        for part in (self._folder, self._copy):
            part.setVisible(row.place.path is not None)
        self._copy.setText(self.tr("Copy path"))
        own = row.place.where in (Where.HERE, Where.IMPORTED)
        self._delete.setVisible(own and not self._sure.isVisibleTo(self))
        self._sure.setVisible(own and self._sure.isVisibleTo(self))

    def _ask(self) -> None:
        """Deleting asks in place: the button becomes another one."""
        self._delete.hide()
        self._sure.show()
        self._sure.setFocus()

    def _copy_path(self) -> None:
        assert self._row
        QGuiApplication.clipboard().setText(str(self._row.place.path))
        self._copy.setText(self.tr("Copied"))


def _say_in(part: QLabel, words: str) -> None:
    part.setText(words)
    part.setVisible(bool(words))
