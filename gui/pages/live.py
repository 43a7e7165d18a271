"""Live: point a camera at the world, and see what the networks see (lecture rows 2, 54, 62, 78, 84, 87, 88)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication

from engine.host import EngineHost
from gui.context import Context
from gui.pages.page import Page
from gui.widgets.basics import column


class LivePage(Page):
    """The tab. What it holds is built with it, but read only then: the first paint waits for nothing of it."""

    id = "live"
    icon = "video-camera"

    def __init__(self, host: EngineHost, context: Context) -> None:
        super().__init__(host, context)
        from gui.pages.live_view import LiveView  # here: it imports OpenCV and the live engine

        self.view = LiveView(host, context)
        self.setLayout(column(self.view, gap=0))

    @classmethod
    def title(cls) -> str:
        return QCoreApplication.translate("LivePage", "Live")

    def shown(self) -> None:
        self.view.shown()

    def hidden(self) -> None:
        self.view.hidden()

    def open(self, argument: dict[str, Any]) -> None:
        """{"path": a video, picture or folder} is watched at once; {"tour": True} the tour; {"start": True} what is set."""
        self.view.open(argument)

    def toggle_pause(self) -> bool:
        return self.view.toggle_pause()

    def do_its_job(self, done: Callable[[], None]) -> None:
        self.view.do_its_job(done)
