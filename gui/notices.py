"""One readable strip for what went wrong. It stays until it is read, and covers nothing."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame

from engine.host import EngineHost
from engine.jobs import JobRun
from engine.text import Text
from gui.details_dialog import DetailsDialog
from gui.report import keep, report
from gui.widgets.controls import Icon, IconButton, button
from gui.widgets.layout import column, label, role, row
from gui.widgets.retold import Retold
from gui.words import say

_KEEPING = Text("Writing the log", "기록 쓰기")


@dataclass(frozen=True)
class _Notice:
    """One thing that went wrong; `details` are for whoever repairs it."""

    text: Text
    details: str


class Notices(Retold, QFrame):
    """Shows the newest notice; closing it shows the one before."""

    def __init__(self, host: EngineHost) -> None:
        super().__init__()
        role(self, "notice")
        self._host = host
        self._notices: list[_Notice] = []
        self._words = label(wrap=True, tone="text")
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._more = label("caption", tone="text")
        self._look = button(None, "secondary", "compact")
        self._look.clicked.connect(self._show_details)
        self._copy = button(None, "secondary", "compact")
        self._copy.clicked.connect(self._copy_details)
        self._close = IconButton("x-circle", "text", compact=True)
        self._close.clicked.connect(self._read)
        words = column(self._words, gap=0)
        parts = (Icon("warning", "bad", 18), (words, 1), self._more, self._copy, self._look, self._close)
        self.setLayout(row(*parts, gap=10, margins=(14, 6, 8, 6)))
        host.failed.connect(self._failed)
        self.hide()
        self.retranslate()

    def retranslate(self) -> None:
        self._close.set_tip(self.tr("Close this notice"))
        self.setAccessibleName(self.tr("Notice"))
        self._show()

    def tell(self, text: Text, details: str = "") -> None:
        """Show a notice; one that is there already is not shown twice."""
        if any(notice.text.render("en") == text.render("en") for notice in self._notices):
            return
        self._notices.append(_Notice(text, details))
        self._show()

    @property
    def waiting(self) -> tuple[_Notice, ...]:
        """What waits to be read, oldest first, with its details."""
        return tuple(self._notices)

    @property
    def texts(self) -> list[str]:
        """What waits to be read, oldest first, in the language in force."""
        return [say(notice.text) for notice in self._notices]

    def _failed(self, run: JobRun) -> None:
        if run.error is None:
            return
        self.tell(run.error.text, run.error.details)
        if run.name != _KEEPING:  # a log that cannot be written is not logged
            self.log(run.error.text, run.error.details)

    def log(self, text: Text, details: str) -> None:
        """Keep a report of it in the log folder."""
        self._host.start(_KEEPING, keep(report(text.render("en"), details)), lane="io", owner=self)

    def _show(self) -> None:
        self.setVisible(bool(self._notices))
        if not self._notices:
            return
        notice, older = self._notices[-1], len(self._notices) - 1
        self._words.setText(say(notice.text))
        self._more.setText(self.tr("{n} more").format(n=older) if older else "")
        self._copy.setText(self.tr("Copy details"))
        self._copy.setVisible(bool(notice.details))
        self._look.setText(self.tr("Show details"))
        self._look.setVisible(bool(notice.details))

    def _read(self) -> None:
        self._notices.pop()
        self._show()

    def _show_details(self) -> None:
        notice = self._notices[-1]
        DetailsDialog(self.window(), say(notice.text), report(say(notice.text), notice.details)).open()

    def _copy_details(self) -> None:
        notice = self._notices[-1]
        QGuiApplication.clipboard().setText(report(say(notice.text), notice.details))
        self._copy.setText(self.tr("Copied"))
