"""The room of runs in the Train tab: table, tree, sweeps, queue and ranking, in place of the charts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from engine.host import EngineHost
from engine.jobs import JobRun, JobState
from engine.text import Text
from engine.train import queue
from engine.train.queue import QueueItem, new_item
from engine.train.sweep import new_group
from gui.pages.train_queue import QueuePane, QueueRunner
from gui.pages.train_ranking import RankingPane
from gui.pages.train_runs import RunShelf
from gui.pages.train_sweep import SweepDialog, SweepPane
from gui.pages.train_tree import TreePane
from gui.widgets.basics import Segmented, button, column, label, panel, row
from gui.widgets.board_curves import read_board_curves
from gui.widgets.retold import Retold
from gui.widgets.run_list import RunList

READING = Text("Reading TensorBoard", "TensorBoard 읽기")
TABLE, TREE, SWEEPS, QUEUE, RANKING = range(5)


class RunsRoom(Retold, QWidget):
    """Everything that is done with many runs. What needs the setup on the left is asked of the view.

    Signals:
        closed:        back to the charts.
        settings_asked: (callable) call it with (recipe id, settings, place): what is set on the left.
    """

    closed = Signal()
    settings_asked = Signal(object)

    def __init__(self, host: EngineHost) -> None:
        super().__init__()
        self._host = host
        self.list = RunList()
        self.shelf = RunShelf(host, self.list, self)
        self.tree, self.sweeps, self.queue = TreePane(host), SweepPane(), QueuePane()
        self.ranking, self._bundled = RankingPane(), dict[str, float]()
        self.runner = QueueRunner(host, self)
        self.parts, self.stack = Segmented(5), QStackedWidget()
        self._title, self._close = label("title"), button("chart-line-up", "secondary", "compact")
        for pane in (self.list, self.tree, self.sweeps, self.queue, self.ranking):
            self.stack.addWidget(pane)
        head = row(self._title, self.parts, None, self._close, gap=12)
        self.setLayout(column(panel(head, (self.stack, 1), gap=12, pad=14), gap=0))
        self._connect()
        self._add_keys()
        self.retranslate()

    def _connect(self) -> None:
        self.parts.chosen.connect(self.show_part)
        self._close.clicked.connect(self.closed)
        self.shelf.changed.connect(self._shelf_changed)
        self.list.board_asked.connect(self._ask_board)
        self.tree.run_chosen.connect(self.list.choose)
        self.sweeps.run_chosen.connect(self.list.choose)
        self.sweeps.all_asked.connect(self.shelf.show_all)
        self.sweeps.new_asked.connect(self.ask_sweep)
        self.queue.sweep_asked.connect(self.ask_sweep)
        self.queue.add_asked.connect(self._add_to_queue)
        self.queue.change_asked.connect(self.runner.change)
        self.queue.start_asked.connect(self.runner.start)
        self.queue.stop_asked.connect(self.runner.stop)
        self.runner.changed.connect(self._queue_changed)

    def _add_keys(self) -> None:
        leave = QShortcut(QKeySequence("Esc"), self)  # only in here: elsewhere Esc belongs to the window
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.closed)

    # What is shown

    def enter(self) -> None:
        """The room came to the front."""
        self.shelf.refresh()
        self.runner.refresh()
        views = {TABLE: self.list.view, TREE: self.tree.tree, SWEEPS: self.sweeps.scatter, QUEUE: self.queue.view}
        views.get(self.stack.currentIndex(), self.parts).setFocus()

    def show_part(self, part: int) -> None:
        """Table, tree, sweeps, queue or ranking."""
        self.parts.choose(part)
        self.stack.setCurrentIndex(part)
        if part == TREE:
            chosen = self.list.chosen()
            self.tree.show_family(chosen.folder if chosen else None)

    def show_bundled(self, accuracies: Mapping[str, float]) -> None:
        """What the weights that came with the app reach, by recipe id."""
        self._bundled = dict(accuracies)
        self.ranking.show_runs(self.shelf.runs, self._bundled.get("mnist-deep"))

    def set_busy(self, busy: bool) -> None:
        """While a training runs no other can be started."""
        self._busy = busy
        self.list.set_busy(busy)
        self.tree.set_busy(busy)
        self._queue_changed()

    _busy = False

    def _shelf_changed(self) -> None:
        colours = {folder: curves.colour for folder, curves in self.shelf.shown.items()}
        if self.tree.runs != self.shelf.runs:
            self.tree.show_runs(self.shelf.runs)
            self.sweeps.show_runs(self.shelf.runs)
            self.ranking.show_runs(self.shelf.runs, self._bundled.get("mnist-deep"))
        self.tree.tree.mark_shown(colours)

    def _queue_changed(self) -> None:
        self.queue.show_items(self.runner.items)
        self.queue.set_state(working=self.runner.working, busy=self._busy)
        self._say_parts()

    # The queue and sweeps

    def _add_to_queue(self) -> None:
        def add(recipe: str, settings: object, place: dict[str, str]) -> None:
            self.put([new_item(recipe, settings, **place)])

        self.settings_asked.emit(add)

    def put(self, items: list[QueueItem]) -> None:
        """Put items at the end of the queue."""
        self.runner.change(lambda: queue.add(items))

    def ask_sweep(self) -> None:
        """Let a person say which settings to vary; the runs go into the queue."""

        def ask(recipe: str, settings: object, place: dict[str, str]) -> None:
            dialog = SweepDialog(settings, self)

            def add() -> None:
                group = new_group()
                plans = dialog.plans
                self.put([new_item(recipe, p.settings, varied=p.varied, group=group, **place) for p in plans])
                self.show_part(QUEUE)

            dialog.accepted.connect(add)
            dialog.open()

        self.settings_asked.emit(ask)

    # TensorBoard

    def _ask_board(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder with TensorBoard files"))
        if folder:
            self.read_board(Path(folder))

    def read_board(self, path: Path) -> None:
        """Lay the curves in TensorBoard files over the charts."""

        def read(run: JobRun) -> None:
            if run.state is JobState.DONE:
                self.shelf.add_board(path, run.result)

        self._host.start(READING, read_board_curves(path), lane="io", owner=self, on_end=read)

    # Words

    def retranslate(self) -> None:
        self._title.setText(self.tr("Runs"))
        self.parts.setAccessibleName(self.tr("Runs"))
        self._close.setText(self.tr("Back to the charts"))
        self._say_parts()

    def _say_parts(self) -> None:
        waiting = sum(item.waits for item in self.runner.items)
        queued = self.tr("Queue {n}").format(n=waiting) if waiting else self.tr("Queue")
        self.parts.setTexts([self.tr("Table"), self.tr("Tree"), self.tr("Sweeps"), queued, self.tr("Ranking")])
