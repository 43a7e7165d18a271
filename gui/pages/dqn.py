"""DQN: an agent to watch, to train, to beat and to take over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication

from engine.host import EngineHost
from gui.context import Context
from gui.pages.page import Page
from gui.widgets.basics import column


class DqnPage(Page):
    """The tab."""

    id = "dqn"
    icon = "game-controller"

    def __init__(self, host: EngineHost, context: Context) -> None:
        super().__init__(host, context)
        from gui.pages.dqn_view import DqnView  # here: the first paint of the window does not wait for the games

        self.view = DqnView(host, context)
        self.setLayout(column(self.view, gap=0))
        self.retranslate()

    @classmethod
    def title(cls) -> str:
        return QCoreApplication.translate("DqnPage", "DQN")

    def shown(self) -> None:
        self.view.look_round()

    def hidden(self) -> None:
        self.view.leave()

    def open(self, argument: dict[str, Any]) -> None:
        """{"game": id} chooses a game; {"start": True} lets the agent learn it at once."""
        self.view.open(argument)

    def toggle_pause(self) -> bool:
        return self.view.toggle_pause()

    def do_its_job(self, done: Callable[[], None]) -> None:
        self.view.do_its_job(done)
