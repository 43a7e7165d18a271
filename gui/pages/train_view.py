"""The body of the Train tab: left you set, in the middle you watch, right it answers."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from engine.data import dataset
from engine.fields import fields_of
from engine.host import EngineHost
from engine.jobs import Event, JobRun, JobState, Progress
from engine.text import Text
from engine.train.events import Checked, KnobMoved, Snapshot, Started
from engine.train.looking import Looked
from engine.train.taken import Taken
from gui.context import Context
from gui.pages.train_asking import Asking
from gui.pages.train_bar import TrainBar
from gui.pages.train_charts import Charts
from gui.pages.train_evidence import Figures
from gui.pages.train_experiment import ExperimentDialog
from gui.pages.train_exports import Exports
from gui.pages.train_forecast import Forecaster
from gui.pages.train_machine import Machine, look_round
from gui.pages.train_many import ManyRuns
from gui.pages.train_networks import Networks
from gui.pages.train_room import RunsRoom
from gui.pages.train_session import TrainSession
from gui.pages.train_setup import Setup
from gui.pages.train_watch import Watch
from gui.widgets.basics import column
from gui.widgets.chart_svg import as_svg
from gui.widgets.columns import Columns, FrontStack
from gui.widgets.lens import Lens
from gui.widgets.metrics import DIFFERENCE
from gui.widgets.retold import Retold
from gui.widgets.run_curves import RunCurves
from gui.words import say

LOOKING = Text("Looking what this machine can use", "이 컴퓨터에서 쓸 수 있는 것 찾기")
THREE: tuple[tuple[float, float], ...] = (
    *((0.33, 0.24), (0.42, 0.18), (0.55, 0.17), (0.66, 0.23), (0.67, 0.33), (0.58, 0.43), (0.46, 0.47)),
    *((0.58, 0.49), (0.69, 0.57), (0.69, 0.70), (0.60, 0.79), (0.47, 0.82), (0.34, 0.77)),
)


class TrainView(Retold, QWidget):
    """Start, show events, ended: the three short methods of a training, and what stands round them."""

    def __init__(self, host: EngineHost, context: Context) -> None:
        super().__init__()
        self.host, self.context = host, context
        self._machine: Machine | None = None
        self._when_ready: list[Callable[[], None]] = []
        self._on_done: Callable[[], None] | None = None
        self.session = TrainSession(host, self)
        self.setup, self.watch = Setup(), Watch(host, self)
        self.charts, self.figures = Charts(), Figures()
        self.reading, self.evidence = self.watch.reading, self.watch.evidence
        self.room, self.bar = RunsRoom(host), TrainBar(host)
        self.list, self.shelf = self.room.list, self.room.shelf
        self.many = ManyRuns(host, context, self.session, self.setup, self.room, self)
        self.exports = Exports(self.shelf, self.picture, self, self.drawing)
        self.asking = Asking(host, context, (self.setup, self.watch), front=self._front_folder, parent=self)
        self.forecaster = Forecaster(host, self.bar, self._wishes, self)
        self._lay_out()
        self.networks = Networks(host, context, self.stage, self.setup, self.shelf)
        self._connect()
        self._connect_session()
        self._add_keys()
        self.retranslate()

    def _lay_out(self) -> None:
        watch = QWidget()
        watch.setLayout(column((self.charts, 1), self.figures, self.watch.under, gap=8))
        self.stage = FrontStack()
        self.stage.addWidget(watch)
        self.stage.addWidget(self.room)
        middle = QWidget()
        middle.setLayout(column((self.stage, 1), self.bar, gap=8))
        self.columns = Columns(self.setup, middle, self.watch.right, foot=Lens(), left_foot=self.setup.foot)
        self.setLayout(column(self.columns, gap=0))

    def _connect(self) -> None:
        self.setup.recipe_chosen.connect(self._recipe_chosen)
        self.setup.edited.connect(self._say_cost)
        self.setup.knob_moved.connect(lambda *_: self._say_cost())
        self.setup.folder_chosen.connect(self._folder_chosen)
        self.setup.runs_asked.connect(self.show_runs)
        self.setup.export_asked.connect(self._show_exports)
        self.setup.experiment_asked.connect(self.show_experiment)
        self.asking.over.connect(self.shelf.refresh)
        self.figures.asked.connect(self.charts.toggle_extra)
        self.charts.code_asked.connect(self._show_code)
        self.room.closed.connect(self.show_charts)
        self.bar.race_asked.connect(self.many.ask_race)
        self.many.chart_wished.connect(self._show_third)
        self.shelf.serve(self.charts.stack)
        self.list.resume_asked.connect(self.resume)
        self.list.export_asked.connect(lambda folder, kind: self.exports.ask(kind, folder))
        self.shelf.changed.connect(self._shelf_changed)
        self.shelf.exported.connect(self.setup.say_written)
        self.shelf.exporting.connect(self.setup.say_export)
        self.charts.stack.name_knobs(self._knob_name)

    def _connect_session(self) -> None:
        self.session.begun.connect(self._begun)
        self.session.arrived.connect(self.show_events)
        self.session.over.connect(self.ended)
        self.setup.knob_moved.connect(self.session.move_knob)
        self.bar.start_asked.connect(self.start)
        self.bar.step_asked.connect(self.session.one_step)
        self.bar.epoch_asked.connect(self.session.one_epoch)

    def _add_keys(self) -> None:
        acts = ((".", self.session.one_step), ("E", self.session.one_epoch), ("X", self.charts.next_axis))
        for key, act in acts:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # What is here

    def look_round(self) -> None:
        """Ask the disk and the drivers what a training can use; list the runs."""
        job = look_round(self.context.settings.data())
        self.host.start(LOOKING, job, lane="io", owner=self, on_end=self._looked)
        self.shelf.refresh()

    def _looked(self, run: JobRun) -> None:
        if run.state is not JobState.DONE:
            return
        self._machine = run.result
        if not self.session.busy:
            self.setup.show_machine(run.result)
            self.room.show_bundled(run.result.accuracies)
            self._say_cost()
        waiting, self._when_ready = self._when_ready, []
        for act in waiting:
            act()

    def _when_looked(self, act: Callable[[], None]) -> None:
        if self._machine is not None:
            act()
            return
        self._when_ready.append(act)
        self.look_round()

    def _folder_chosen(self, folder: Path) -> None:
        self.context.change(data_folder=str(folder))
        self.look_round()

    def open(self, argument: dict[str, Any]) -> None:
        """What another page wishes: a recipe (started at once with "start"), or an earlier run's curves."""
        self.show_charts()
        if (run := argument.get("run")) is not None:
            if Path(run) not in self.shelf.shown and Path(run) != self.session.folder:
                self.shelf.show(Path(run))
            return
        if self.session.busy:
            return  # what trains is shown; it is not ended for a wish
        if id := argument.get("recipe"):
            self.setup.choose_recipe(id)
        if argument.get("start"):
            self.start()

    # A training: start, show events, ended

    def start(self) -> None:
        """Train with what is set, or go to the field that will not do."""
        if self._machine is None:
            self._when_looked(self.start)
            return
        if self.session.busy or not self.setup.check():
            return
        self.watch.use(self.setup.recipe)
        wishes = self._wishes()
        recipe, settings, dataset_id = (wishes.pop(name) for name in ("recipe_id", "settings", "dataset_id"))
        self.session.start(
            recipe,
            settings,
            dataset=dataset_id,
            colour=self.shelf.free_colour(),
            source=self.setup.source.word,
            **wishes,
        )

    def _wishes(self) -> dict[str, Any]:
        """What would be trained if Start were pressed now."""
        device, precision = self.setup.device_words
        return {
            "recipe_id": self.setup.recipe.id,
            "settings": self.setup.settings(),
            "data": self.context.settings.data(),
            "dataset_id": self.setup.dataset,
            "device": device,
            "precision": precision,
        }

    def resume(self, folder: Path) -> None:
        """Go on with an earlier run; its curves come first."""
        known = next((run for run in self.shelf.runs if run.folder == folder), None)
        if self.session.busy or known is None:
            return

        def go_on(curves: RunCurves) -> None:
            self.shelf.hide(folder)
            self.setup.choose_recipe(known.recipe)
            self.session.resume(known.recipe, folder, curves=curves, settings=self.setup.settings())

        self.shelf.show(folder, then=go_on)

    def _begun(self, run: JobRun) -> None:
        if not self.many.working:  # while the queue is worked off a person may watch it
            self.show_charts()
        self.shelf.front = None
        self.bar.begin(run)
        self.watch.clear()
        assert self.session.curves is not None
        self.figures.follow(self.session.curves)
        self.setup.set_running(True)
        self.watch.set_running(True)
        self._show_curves()

    def show_events(self, events: list[Event]) -> None:
        """All that a tick brought: what is shown once, only the newest of its kind."""
        curves, last_step = self.session.curves, self.session.last_step
        assert curves is not None
        newest: dict[type[Event], Event] = {}
        for event in events:
            newest[type(event)] = event
            if isinstance(event, KnobMoved):
                self.setup.knobs.note_move(event.name, event.old, event.step)
        if isinstance(started := newest.get(Started), Started):
            self._show_started(started)
        if isinstance(taken := newest.get(Taken), Taken):
            self.setup.source.show_taken(taken)
        if isinstance(progress := newest.get(Progress), Progress):
            self.bar.show_reading(progress)
        if isinstance(checked := newest.get(Checked), Checked):
            self.watch.show_check(checked)
            self.charts.checked()
        if isinstance(snapshot := newest.get(Snapshot), Snapshot):
            self.watch.show_snapshot(snapshot)
        if isinstance(looked := newest.get(Looked), Looked):
            self.watch.show_looked(looked)
        if last_step is not None:
            self.bar.show_step(last_step, curves)
        self.figures.refresh()
        self.charts.changed()

    def _show_started(self, event: Started) -> None:
        assert self.session.settings is not None
        if self.setup.recipe.id != event.recipe:  # another was chosen while this one began
            self.setup.choose_recipe(event.recipe)
        self.setup.show_settings(self.session.settings)
        data = f"{say(dataset(event.dataset).card.name)} {event.train_count:,}"
        self.setup.show_run_place(data, say(event.device))
        self.watch.began(Path(event.folder))

    def ended(self, run: JobRun) -> None:
        """Done, stopped or failed: what was kept, and everything may be set again."""
        self.setup.set_running(False)
        self.watch.set_running(False)
        self.charts.stack.redraw()
        self.bar.finish(run)
        if self._machine:
            self.setup.show_machine(self._machine)
        self.shelf.refresh()
        done, self._on_done = self._on_done, None
        if done:
            done()

    # Runs and charts

    def show_runs(self) -> None:
        """The list of runs in place of the charts."""
        self.stage.setCurrentIndex(1)
        self.room.enter()

    def show_experiment(self) -> ExperimentDialog:
        """MLP and CNN on shuffled pixels (lecture row 1)."""
        dialog = ExperimentDialog(self.host, self.context.settings.data(), self)
        dialog.over.connect(self.shelf.refresh)
        dialog.open()
        return dialog

    def show_charts(self) -> None:
        self.stage.setCurrentIndex(0)

    def picture(self) -> QImage:
        """The charts as they stand."""
        return self.charts.panel.grab().toImage()

    def drawing(self) -> bytes:
        """The charts as they stand, as SVG."""
        return as_svg(self.charts.panel, say(self.setup.recipe.card.name))

    def _shelf_changed(self) -> None:
        if not self.session.busy:
            self.setup.source.show_runs(self.shelf.runs)
        self._say_cost()
        self._show_curves()
        folder = next(iter(self.shelf.on_disk()), None)  # another program's curves have no such figures
        if self.session.curves is None and folder is not None:
            self.figures.follow(self.shelf.shown[folder])
            self.watch.show_run(folder, self.shelf.recipe_of(folder), self.shelf.last_checks.get(folder))

    def _show_curves(self) -> None:
        own = [curves for curves in (self.session.curves, self.session.rival) if curves]
        chosen = None if self.session.busy else self.shelf.shown.get(self.shelf.front or Path())
        first = [chosen] if chosen else []
        runs = list(dict.fromkeys((*first, *own, *self.shelf.shown.values())))
        self.charts.show_runs(runs)
        self.setup.export_button.setEnabled(bool(runs))

    def _show_third(self, metric: str) -> None:
        if metric or self.charts.stack.extra == DIFFERENCE.id:
            self.charts.stack.set_extra(metric)

    def _front_folder(self) -> Path | None:
        chosen = None if self.session.busy else self.shelf.front
        return chosen or self.session.folder or next(iter(self.shelf.shown), None)

    def _show_code(self) -> None:
        self.exports.show_code(self._front_folder(), self.context.settings.data())

    def _show_exports(self) -> None:
        folder = self._front_folder()
        self.exports.show_menu(self.setup.export_button, folder, self.setup.recipe.id)

    def _knob_name(self, name: str) -> str:
        return next((say(field.label) for key, field, _ in fields_of(self.setup.recipe.defaults) if key == name), name)

    def _recipe_chosen(self, id: str) -> None:
        self.watch.use(self.setup.recipe)
        self.charts.suggest(self.setup.recipe.chart)
        self.bar.forget_end()
        self._show_recipe()
        self._say_cost()

    # Words

    def retranslate(self) -> None:
        self._show_recipe()
        if self.session.busy and self.session.curves and self.session.curves.started:
            self._show_started(self.session.curves.started)

    def _show_recipe(self) -> None:
        card, metric = self.setup.recipe.card, self.setup.recipe.lesson.metric
        self.charts.expect(metric)
        self.figures.expect(metric)
        self.charts.show_title(say(card.name))
        levels = {
            said.value: f"{say(said.note)} {round(100 * said.value, 4):g}\u2009%"
            for said in card.slide_said
            if said.metric == "accuracy"
        }
        self.charts.stack.show_levels(list(levels.items()))

    def _say_cost(self) -> None:
        settings, data = self.setup.settings(), self.setup.dataset
        if data == "auto":
            return
        if self.setup.missing:
            self.bar.show_missing(say(dataset(data).card.name))
            return
        steps = max(1.0, (dataset(data).counts[0] - settings.held_out) / settings.batch_size)
        known = self.shelf.cost(self.setup.recipe.id, data, epochs=settings.epochs, steps=steps)
        tried = self.forecaster.seconds() if known is None else None
        self.bar.show_cost(tried or known, estimate=tried is not None)

    # For the self-test and the pictures

    def do_its_job(self, done: Callable[[], None]) -> None:
        """Train on the digits that came with the app, with a 3 on the pad; `done` when that has ended."""

        def begin() -> None:
            self.setup.choose_recipe("mnist-deep")
            self.setup.choose_dataset("digits")
            quick = dataclasses.replace(self.setup.settings(), epochs=2, batch_size=48, dropout=0.1, shift=1.0)
            self.setup.show_settings(quick)
            self.reading.reader.pad.draw([THREE])
            self._on_done = done
            self.start()

        self._when_looked(begin)
