"""What Train does with more than one training: queue, branches, races; joins the room of runs and the session."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from engine.host import EngineHost
from engine.jobs import Event, JobRun
from engine.train.events import Started
from engine.train.queue import QueueItem
from gui.context import Context
from gui.pages.train_race import RaceDialog
from gui.pages.train_room import RunsRoom
from gui.pages.train_runs import READING, RunRead, read_runs
from gui.pages.train_session import TrainSession
from gui.pages.train_setup import Setup
from gui.widgets.metrics import DIFFERENCE
from gui.widgets.run_curves import RunCurves


class ManyRuns(QObject):
    """Starts what the room of runs asks for, and tells the queue how it went.

    Signals:
        chart_wished: (str) what the third chart should show now; "" = nothing of a race.
    """

    chart_wished = Signal(str)

    def __init__(
        self, host: EngineHost, context: Context, session: TrainSession, setup: Setup, room: RunsRoom, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._host, self._context, self._session = host, context, session
        self._setup, self._room, self._view = setup, room, parent
        room.settings_asked.connect(self._give_settings)
        room.tree.branch_asked.connect(self.branch)
        room.runner.item_taken.connect(self._work_off)
        session.begun.connect(self._begun)
        session.arrived.connect(self._arrived)
        session.over.connect(self._over)

    @property
    def working(self) -> bool:
        """True while the queue is worked off."""
        return self._room.runner.working

    def _place(self) -> dict[str, str]:
        device, precision = self._setup.device_words
        data = self._context.settings.data()
        place = {"dataset": self._setup.dataset, "device": device, "precision": precision}
        return {**place, "data": str(data) if data else ""}

    def _give_settings(self, act: Callable[[str, Any, dict[str, str]], None]) -> None:
        if self._setup.check():
            act(self._setup.recipe.id, self._setup.settings(), self._place())

    # Branches

    def branch(self, folder: Path, step: int, settings: Any) -> None:
        """Go back to a checkpoint and on from there; the curve begins as the parent's did."""
        known = next((run for run in self._room.shelf.runs if run.folder == folder), None)
        if known is None or self._session.busy:
            return

        def go_on(curves: RunCurves) -> None:
            if not self._session.busy:
                self._setup.choose_recipe(known.recipe)
                self._session.branch(known.recipe, folder, step, curves=curves, settings=settings)

        self._with_curves(folder, known.recipe, go_on)

    def _with_curves(self, folder: Path, name: str, then: Callable[[RunCurves], None]) -> None:
        """Read a run's curves as they are on disk; `then` gets them, or empty ones when that fails."""
        found: list[RunRead] = []

        def arrived(events: list[Event]) -> None:
            found.extend(event for event in events if isinstance(event, RunRead))

        def ended(_: JobRun) -> None:
            curves = found[0].curves if found else RunCurves(name)
            curves.name, curves.colour = self._room.shelf.unlike(name), self._room.shelf.free_colour()
            then(curves)

        job = read_runs([(folder, name)])
        self._host.start(READING, job, lane="io", owner=self, on_events=arrived, on_end=ended)

    # Races

    def ask_race(self) -> None:
        """Let a person say what the other side sets otherwise, and race."""
        if self._session.busy or not self._setup.check():
            return
        dialog = RaceDialog(self._host, self._setup.recipe, self._setup.settings(), self._view)
        dialog.accepted.connect(lambda: self.race(*dialog.sides))
        dialog.open()

    def race(self, a: Any, b: Any) -> None:
        """Train what is set on the left as A, and `b` beside it."""
        if self._session.busy:
            return
        device, precision = self._setup.device_words
        first = self._room.shelf.free_colour()
        taken = {first, *(curves.colour for curves in self._room.shelf.shown.values())}
        second = next((colour for colour in (2, 3, 4, 5, 6, 7, 0) if colour not in taken), 2)
        self._session.race(
            self._setup.recipe.id,
            a,
            b,
            data=self._context.settings.data(),
            dataset=self._setup.dataset,
            device=device,
            precision=precision,
            colours=(first, second),
        )

    def _begun(self, run: JobRun) -> None:
        racing = self._session.rival is not None
        self._room.set_busy(True)
        self._setup.knobs.setEnabled(not racing)  # both sides keep what they were started with
        self.chart_wished.emit(DIFFERENCE.id if racing else "")

    # The queue

    def _work_off(self, item: QueueItem) -> None:
        if self._session.busy:  # a person was faster
            self._room.runner.put_back()
            return

        def begin(curves: RunCurves) -> None:
            if self._session.busy:
                self._room.runner.put_back()
                return
            self._setup.choose_recipe(item.recipe)
            self._session.work_off(item, curves=curves, settings=self._setup.settings())

        if item.folder:
            self._with_curves(Path(item.folder), item.recipe, begin)
        else:
            begin(RunCurves(self._room.shelf.unlike(item.recipe), self._room.shelf.free_colour()))

    def _arrived(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Started) and self._room.runner.current:
                self._room.runner.began(Path(event.folder))

    def _over(self, run: JobRun) -> None:
        self._room.set_busy(False)
        self._setup.knobs.setEnabled(True)
        curves, folder = self._session.curves, self._session.folder
        if self._room.runner.current is not None:
            if curves is not None and folder is not None:
                self._room.shelf.keep(folder, curves)
            self._room.runner.ended(run)
