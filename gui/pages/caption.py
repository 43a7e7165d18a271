"""Caption: a photo told in words, and text that goes on (lecture rows 96, 97)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication

from engine.host import EngineHost
from gui.context import Context
from gui.pages.page import Page
from gui.widgets.basics import column


class CaptionPage(Page):
    """The tab."""

    id = "caption"
    icon = "chat-text"

    def __init__(self, host: EngineHost, context: Context) -> None:
        super().__init__(host, context)
        from gui.pages.caption_rooms import CaptionRooms  # here: the first paint of the window waits for nothing of it

        self.rooms = CaptionRooms(host, context)
        self.setLayout(column(self.rooms, gap=0))

    @classmethod
    def title(cls) -> str:
        return QCoreApplication.translate("CaptionPage", "Caption")

    def shown(self) -> None:
        self.rooms.shown()

    def open(self, argument: dict[str, Any]) -> None:
        """{"path": a photo} is told; {"room": "photo", "text" or "learn"} is shown; {"start": words} begin a text."""
        self.rooms.open(argument)

    def toggle_pause(self) -> bool:
        return self.rooms.toggle_pause()

    def do_its_job(self, done: Callable[[], None]) -> None:
        self.rooms.photo.do_its_job(done)
