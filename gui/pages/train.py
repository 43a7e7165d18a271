"""Train: one button, live curves, knobs that act at once, and a pad that the network in training reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication

from engine.host import EngineHost
from gui.context import Context
from gui.pages.page import Page
from gui.widgets.basics import column


class TrainPage(Page):
    """The tab. What it holds is built with it, but read only then: charts are dear to import."""

    id = "train"
    icon = "chart-line-up"

    def __init__(self, host: EngineHost, context: Context) -> None:
        super().__init__(host, context)
        from gui.pages.train_view import TrainView  # here: the first paint of the window does not wait for pyqtgraph

        self.view = TrainView(host, context)
        self.setLayout(column(self.view, gap=0))
        self.retranslate()

    @classmethod
    def title(cls) -> str:
        return QCoreApplication.translate("TrainPage", "Train")

    def shown(self) -> None:
        self.view.look_round()

    def open(self, argument: dict[str, Any]) -> None:
        """{"recipe": id, "start": True} starts at once; {"run": folder} shows that run's curves."""
        self.view.open(argument)

    def toggle_pause(self) -> bool:
        return self.view.bar.toggle_pause()

    def do_its_job(self, done: Callable[[], None]) -> None:
        self.view.do_its_job(done)
