"""How long will this take here? Twenty steps that nobody keeps, asked for in the job bar before a training."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from engine.host import EngineHost
from engine.jobs import JobRun, JobState
from engine.text import Text
from engine.train.forecast import try_out
from gui.pages.train_bar import TrainBar

TRYING = Text("Trying twenty steps", "20스텝 해 보기")
SPARE = 1  # a core for the window, as when it trains


class Forecaster(QObject):
    """Asks the machine when the bar asks. `wishes` gives what would be trained, as `try_out` takes it.

    An answer to settings that were changed meanwhile is dropped.
    """

    def __init__(self, host: EngineHost, bar: TrainBar, wishes: Callable[[], dict[str, Any]], parent: QObject) -> None:
        super().__init__(parent)
        self._host, self._bar, self._wishes = host, bar, wishes
        self._run: JobRun | None = None
        self._asked: dict[str, Any] = {}
        self._known: tuple[dict[str, Any], float] | None = None
        bar.forecast_asked.connect(self.ask)

    def ask(self) -> None:
        """Take twenty steps with what is set now."""
        if self._run is not None:
            return
        self._asked = self._wishes()
        self._bar.set_trying(True)
        self._run = self._host.start(
            TRYING, try_out(**self._asked, spare=SPARE), lane="io", owner=self, on_end=self._ended
        )

    def seconds(self) -> float | None:
        """What was found for the settings as they stand; None when they are others."""
        return self._known[1] if self._known and self._known[0] == self._wishes() else None

    def _ended(self, run: JobRun) -> None:
        self._run = None
        self._bar.set_trying(False)
        if run.state is JobState.DONE and run.result is not None:
            self._known = self._asked, run.result.seconds
            if self._asked == self._wishes() and not self._bar.busy:
                self._bar.show_cost(run.result.seconds, estimate=True)
