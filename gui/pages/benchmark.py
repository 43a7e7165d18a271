"""Benchmark: what this machine can do, layer by layer (lecture rows 4, 13, 43, 49 to 54, 72)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication

from engine.host import EngineHost
from gui.context import Context
from gui.pages.page import Page
from gui.widgets.basics import column


class BenchmarkPage(Page):
    """The tab."""

    id = "benchmark"
    icon = "gauge"

    def __init__(self, host: EngineHost, context: Context) -> None:
        super().__init__(host, context)
        from gui.pages.benchmark_view import (
            BenchmarkView,  # here: the first paint of the window waits for nothing of it
        )

        self.view = BenchmarkView(host, context)
        self.setLayout(column(self.view, gap=0))

    @classmethod
    def title(cls) -> str:
        return QCoreApplication.translate("BenchmarkPage", "Benchmark")

    def shown(self) -> None:
        self.view.shown()

    def open(self, argument: dict[str, Any]) -> None:
        """{"bench": id} is chosen; {"path": a result} is opened."""
        self.view.open(argument)

    def toggle_pause(self) -> bool:
        return self.view.bar.toggle_pause()

    def do_its_job(self, done: Callable[[], None]) -> None:
        self.view.do_its_job(done)
