"""The family of a run as a tree: go back to any checkpoint and on from there with other settings."""

from __future__ import annotations

import dataclasses
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from engine.errors import LabError
from engine.host import EngineHost
from engine.jobs import Event, JobRun, JobState, Progress
from engine.text import Text
from engine.train.branch import FIXED, steps_to_rewind, tree_of
from engine.train.checkpoints import read_settings
from engine.train.recipes import recipe
from engine.train.runs import RunSummary
from gui.widgets.basics import State, button, column, label, row
from gui.widgets.dialog import Dialog
from gui.widgets.form import Form
from gui.widgets.retold import Retold
from gui.widgets.run_tree import Lane, RunTree

LOOKING = Text("Looking for checkpoints", "체크포인트 찾기")


class TreePane(Retold, QWidget):
    """The tree of one family with what can be done from its checkpoints.

    Signals:
        run_chosen:   (Path) a lane was clicked.
        branch_asked: (Path, int, settings) go on from this checkpoint with these.
    """

    run_chosen = Signal(object)
    branch_asked = Signal(object, int, object)

    def __init__(self, host: EngineHost) -> None:
        super().__init__()
        self._host = host
        self._runs: tuple[RunSummary, ...] = ()
        self._root: Path | None = None
        self._busy = False
        self.tree = RunTree()
        self._words, self._branch = label("small", wrap=True), button("path")
        self._empty = State("path")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self.tree)
        self.setLayout(column(self._empty, (self._scroll, 1), row((self._words, 1), self._branch, gap=8), gap=10))
        self.tree.chosen.connect(self._chose)
        self.tree.branch_asked.connect(self._ask)
        self._branch.clicked.connect(self._ask)
        self.retranslate()

    @property
    def runs(self) -> tuple[RunSummary, ...]:
        return self._runs

    def show_runs(self, runs: Sequence[RunSummary]) -> None:
        """All there are."""
        self._runs = tuple(runs)
        self.show_family(self._root)

    def show_family(self, root: Path | None) -> None:
        """The tree that the run in this folder belongs to."""
        self._root = root
        job = find_lanes(self._runs, root)
        self._host.start(LOOKING, job, lane="io", owner=self, on_end=self._found)

    def set_busy(self, busy: bool) -> None:
        """While a training runs no branch can be started."""
        self._busy = busy
        self._say()

    def _found(self, run: JobRun) -> None:
        if run.state is not JobState.DONE:
            return
        lanes: tuple[Lane, ...] = run.result
        self.tree.show_lanes(lanes)
        if self._root and self.tree.choice and self.tree.choice[0] != self._root:
            self.tree.choose(self._root)
        self._scroll.setVisible(bool(lanes))
        self._empty.setVisible(not lanes)
        self._say()

    def _chose(self, folder: Path, step: int) -> None:
        self._root = folder
        self.run_chosen.emit(folder)
        self._say()

    def _ask(self) -> None:
        choice = self.tree.choice
        run = next((run for run in self._runs if choice and run.folder == choice[0]), None)
        if choice is None or run is None or choice[1] < 0 or self._busy:
            return
        job = _settings_at(choice[0], choice[1], run.recipe)
        self._host.start(LOOKING, job, lane="io", owner=self, on_end=lambda read: self._open(read, run, choice[1]))

    def _open(self, read: JobRun, run: RunSummary, step: int) -> None:
        if read.state is not JobState.DONE:
            return
        dialog = BranchDialog(run, step, read.result, self)
        dialog.accepted.connect(lambda: self.branch_asked.emit(run.folder, step, dialog.form.value()))
        dialog.open()

    # Words

    def retranslate(self) -> None:
        self._branch.setText(self.tr("Branch from here…"))
        self.tree.setAccessibleName(self.tr("Tree of runs"))
        self._empty.set_words(
            self.tr("No run to go back in"),
            self.tr("A run keeps checkpoints on its way. Choose one in the table, and its tree appears here."),
        )
        self._say()

    def _say(self) -> None:
        choice = self.tree.choice
        step = choice[1] if choice else -1
        self._branch.setEnabled(step >= 0 and not self._busy)
        if step >= 0:
            words = self.tr("Step {n:,}: weights, optimizer and random numbers as they were.").format(n=step)
        elif choice:
            words = self.tr("Click a mark on a line: that is a checkpoint to go back to.")
        else:
            words = ""
        self._words.setText(words)


class BranchDialog(Dialog):
    """The settings of a checkpoint, to change before going on. What must stay is not offered."""

    def __init__(self, run: RunSummary, step: int, settings: Any, parent: QWidget) -> None:
        super().__init__(parent)
        self._step = step
        chosen = recipe(run.recipe)
        live = {f.name for f in dataclasses.fields(settings) if "field" in f.metadata and f.metadata["field"].live}
        stays = {*FIXED, *(name for name in chosen.architecture if name not in live)}
        names = [f.name for f in dataclasses.fields(settings) if "field" in f.metadata and f.name not in stays]
        self.form = Form(settings, only=names)
        self._title, self._note = label("title", wrap=True), label("small", wrap=True)
        self._start, self._cancel = button("play-fill", "primary"), button(None, "quiet")
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self.form)
        buttons = row(None, self._cancel, self._start, gap=8)
        self.setLayout(column(self._title, self._note, (area, 1), buttons, gap=12, margins=(20, 18, 20, 18)))
        self._start.clicked.connect(self._accept)
        self._cancel.clicked.connect(self.reject)
        self.resize(440, 560)
        self.retranslate()

    def _accept(self) -> None:
        if not self.form.go_to_problem():
            self.accept()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Branch"))
        self._title.setText(self.tr("Go on from step {n:,} with other settings").format(n=self._step))
        self._note.setText(
            self.tr("The run so far stays as it is. Seed, held-out pictures and the network’s layers are the same.")
        )
        self._start.setText(self.tr("Start the branch"))
        self._cancel.setText(self.tr("Cancel"))

    def keyPressEvent(self, event: Any) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._accept()
        else:
            super().keyPressEvent(event)


def find_lanes(runs: Sequence[RunSummary], root: Path | None) -> Generator[Event, None, tuple[Lane, ...]]:
    """The family of the run in `root` with its checkpoints; a job."""
    lanes: list[Lane] = []
    for branch in tree_of(runs, root) if root else ():
        yield Progress(len(lanes))
        before = branch.parent.settings if branch.parent else {}
        lanes.append(Lane(branch, steps_to_rewind(branch.run.folder), _changes(before, branch.run.settings)))
    return tuple(lanes)


def _changes(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {name: (before[name], value) for name, value in now.items() if name in before and before[name] != value}


def _settings_at(folder: Path, step: int, recipe_id: str) -> Generator[Event, None, Any]:
    """The settings in force at a checkpoint; a job. Raises `LabError` when they are of another version."""
    yield Progress(0)
    try:
        return recipe(recipe_id).settings_from(read_settings(folder, step))
    except TypeError as error:
        text = Text(
            "The checkpoint at step {step} of {run} is from another version.",
            "{run} 실행의 {step}스텝 체크포인트는 다른 버전의 것이에요.",
        )
        raise LabError(text(step=step, run=folder.name)) from error
