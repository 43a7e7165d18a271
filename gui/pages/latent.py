"""Latent: watch a GAN learn, then walk through what it dreams (lecture rows 103–124)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication

from engine.host import EngineHost
from gui.context import Context
from gui.pages.page import Page
from gui.widgets.basics import column


class LatentPage(Page):
    """The tab."""

    id = "latent"
    icon = "planet"

    def __init__(self, host: EngineHost, context: Context) -> None:
        super().__init__(host, context)
        from gui.pages.latent_view import LatentView  # here: the first paint of the window waits for nothing of it

        self.view = LatentView(host, context)
        self.setLayout(column(self.view, gap=0))

    @classmethod
    def title(cls) -> str:
        return QCoreApplication.translate("LatentPage", "Latent")

    def shown(self) -> None:
        self.view.shown()

    def hidden(self) -> None:
        self.view.leave()

    def open(self, argument: dict[str, Any]) -> None:
        """{"room": "learn", "explore" or "compare"}; {"recipe": id} or {"lesson": id} to learn."""
        self.view.open(argument)

    def toggle_pause(self) -> bool:
        return self.view.toggle_pause()

    def do_its_job(self, done: Callable[[], None]) -> None:
        self.view.do_its_job(done)
