"""Style: a photo repainted in the manner of a picture (lecture rows 99, 100)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication

from engine.host import EngineHost
from gui.context import Context
from gui.pages.page import Page
from gui.widgets.basics import column


class StylePage(Page):
    """The tab."""

    id = "style"
    icon = "paint-brush-broad"

    def __init__(self, host: EngineHost, context: Context) -> None:
        super().__init__(host, context)
        from gui.pages.style_view import StyleView  # here: the first paint of the window waits for nothing of it

        self.view = StyleView(host)
        self.setLayout(column(self.view, gap=0))

    @classmethod
    def title(cls) -> str:
        return QCoreApplication.translate("StylePage", "Style")

    def shown(self) -> None:
        self.view.shown()

    def open(self, argument: dict[str, Any]) -> None:
        """{"path": a photo} is opened; {"style": id or path of a picture} is chosen."""
        self.view.open(argument)

    def toggle_pause(self) -> bool:
        return self.view.bar.toggle_pause()

    def do_its_job(self, done: Callable[[], None]) -> None:
        self.view.do_its_job(done)
