"""The queue of trainings in the Train tab: what waits, in which order, and working it off one after another."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from engine.host import EngineHost
from engine.jobs import Event, JobRun, JobState, Progress
from engine.text import Text
from engine.train import queue
from engine.train.queue import QueueItem, Turns
from gui.widgets.basics import IconButton, State, button, column, label, row
from gui.widgets.queue_table import COLUMNS, QueueTable

CHANGING = Text("Changing the queue", "대기열 바꾸기")
TAKING = Text("Taking the next of the queue", "대기열에서 다음 꺼내기")


class QueuePane(QWidget):
    """The queue as a table with its buttons.

    Signals:
        add_asked:   put the training that is set on the left into the queue.
        sweep_asked: put many in, with varied settings.
        start_asked, stop_asked: begin to work it off, or end after the training that runs.
        change_asked: (callable) a function of engine.train.queue that changes the queue.
    """

    add_asked = Signal()
    sweep_asked = Signal()
    start_asked = Signal()
    stop_asked = Signal()
    change_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._working = self._busy = False
        self.table = QueueTable()
        self.view = self._make_view()
        self._words = label("small", wrap=True)
        self._add, self._sweep = button("plus"), button("dice-five")
        self.start = button("play-fill")
        self._up, self._down = IconButton("caret-down"), IconButton("caret-down")
        self._again, self._remove = button("arrow-counter-clockwise"), button("trash")
        self._clear = button(None, "quiet")
        self._empty = State("steps")
        edit = row(self._up, self._down, self._remove, self._again, None, self._clear, gap=6)
        foot = row(self.start, (self._words, 1), self._add, self._sweep, gap=8)
        self.setLayout(column(self._empty, (self.view, 1), edit, foot, gap=10))
        self._connect()
        self.retranslate()
        self.show_items(())

    def _make_view(self) -> QTableView:
        view = QTableView()
        view.setModel(self.table)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(34)
        header = view.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(COLUMNS.index("settings"), QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        view.setStyleSheet("QTableView::item { padding: 0 5px; }")  # under the words of their heads
        return view

    def _connect(self) -> None:
        self._add.clicked.connect(self.add_asked)
        self._sweep.clicked.connect(self.sweep_asked)
        self.start.clicked.connect(self._start_or_stop)
        self._up.clicked.connect(lambda: self._move(-1))
        self._down.clicked.connect(lambda: self._move(1))
        self._remove.clicked.connect(lambda: self._with_chosen(queue.remove))
        self._again.clicked.connect(lambda: self._with_chosen(queue.again))
        self._clear.clicked.connect(lambda: self.change_asked.emit(lambda: queue.clear(ended_only=True)))
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._refresh())

    def show_items(self, items: tuple[QueueItem, ...]) -> None:
        """List these; those selected stay selected."""
        chosen = set(self.chosen())
        self.table.show_items(items)
        flags = self.view.selectionModel().SelectionFlag
        for at, item in enumerate(items):
            if item.id in chosen:
                self.view.selectionModel().select(self.table.index(at, 0), flags.Select | flags.Rows)
        self._empty.setVisible(not items)
        self.view.setVisible(bool(items))
        self._refresh()

    def chosen(self) -> list[str]:
        """The ids of the selected items."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return [self.table.items[at].id for at in rows]

    def set_state(self, *, working: bool, busy: bool) -> None:
        """Whether the queue is worked off, and whether any training runs."""
        self._working, self._busy = working, busy
        self._refresh()

    def _start_or_stop(self) -> None:
        (self.stop_asked if self._working else self.start_asked).emit()

    def _move(self, by: int) -> None:
        if chosen := self.chosen():
            self.change_asked.emit(lambda: queue.move(chosen[0], by))

    def _with_chosen(self, change: Callable[[list[str]], object]) -> None:
        if chosen := self.chosen():
            self.change_asked.emit(lambda: change(chosen))

    def _refresh(self) -> None:
        ids = set(self.chosen())
        chosen = [item for item in self.table.items if item.id in ids]
        waiting = sum(item.waits for item in self.table.items)
        one = len(chosen) == 1 and chosen[0].waits
        self._up.setEnabled(one)
        self._down.setEnabled(one)
        self._remove.setEnabled(any(item.state != "running" for item in chosen))
        self._again.setEnabled(any(item.state in queue.ENDED for item in chosen))
        self._clear.setVisible(any(item.state in queue.ENDED for item in self.table.items))
        self.start.setText(self.tr("Stop after this one") if self._working else self.tr("Start the queue"))
        self.start.show_icon("stop-fill" if self._working else "play-fill")
        self.start.setEnabled(self._working or (waiting > 0 and not self._busy))
        if self._working:
            words = self.tr("{n} wait. One after another, also what is added meanwhile.").format(n=waiting)
        elif waiting and self._busy:
            words = self.tr("{n} wait. Start the queue when this training has ended.").format(n=waiting)
        else:
            words = self.tr("{n} wait. The queue survives a restart.").format(n=waiting)
        self._words.setText(words)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange) and hasattr(self, "table"):
            self.table.refresh()

    def retranslate(self) -> None:
        self._add.setText(self.tr("Add what is set"))
        self._add.setToolTip(self.tr("Put the recipe and settings on the left into the queue"))
        self._sweep.setText(self.tr("Sweep…"))
        self._remove.setText(self.tr("Remove"))
        self._again.setText(self.tr("Once more"))
        self._clear.setText(self.tr("Clear ended"))
        self._up.show_icon("caret-up")
        self._up.set_tip(self.tr("Earlier"))
        self._down.set_tip(self.tr("Later"))
        self.view.setAccessibleName(self.tr("Queue"))
        self._empty.set_words(
            self.tr("Nothing waits"),
            self.tr(
                "Put trainings in here, and they run one after another, overnight if you like. A failed one does not stop the rest."
            ),
        )
        self.table.refresh()
        self._refresh()


class QueueRunner(QObject):
    """Works the queue off in the window: takes an item, lets it be trained, notes its end, takes the next.

    Signals:
        item_taken: (QueueItem) train this one now, and call `began` and `ended`.
        changed:    `items` or `working` changed.
    """

    item_taken = Signal(object)
    changed = Signal()

    def __init__(self, host: EngineHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._turns: Turns | None = None
        self.items: tuple[QueueItem, ...] = ()
        self.current: QueueItem | None = None

    @property
    def working(self) -> bool:
        """True from the start until nothing waits any more or a person ended it."""
        return self._turns is not None

    def refresh(self) -> None:
        """Read the queue anew."""
        self.change(queue.read_queue)

    def change(self, act: Callable[[], Any]) -> None:
        """Let `act` change or read the queue, in a job."""
        self._host.start(CHANGING, _act(act), lane="io", owner=self, on_end=self._changed)

    def _changed(self, run: JobRun) -> None:
        if run.state is JobState.DONE:
            self.items = run.result
            self.changed.emit()

    def start(self) -> None:
        """Begin to work the queue off."""
        if not self.working:
            self._host.start(TAKING, _begin(), lane="io", owner=self, on_end=self._begun)

    def _begun(self, run: JobRun) -> None:
        if run.state is JobState.DONE:
            self._turns = run.result
            self._next()

    def stop(self) -> None:
        """Take no further item; the training that runs goes on to its end."""
        if self._turns is not None:
            self._turns.close()
            self._turns = None
            self.changed.emit()

    def _next(self) -> None:
        if self._turns is None:
            return
        turns = self._turns
        self._host.start(TAKING, _take(turns), lane="io", owner=self, on_end=self._taken)

    def _taken(self, run: JobRun) -> None:
        if run.state is not JobState.DONE or self._turns is None:
            self.stop()
            return
        self.current, self.items = run.result
        if self.current is None:
            self.stop()
            return
        self.changed.emit()
        self.item_taken.emit(self.current)

    def began(self, folder: Path) -> None:
        """The training of the current item has this folder."""
        if self.current is not None and self.current.folder != str(folder):
            self.current = dataclasses.replace(self.current, folder=str(folder))
            id, place = self.current.id, str(folder)
            self.change(lambda: _marked(id, folder=place))

    def put_back(self) -> None:
        """Something else is trained: the current item waits again, and the queue with it."""
        item, self.current = self.current, None
        if item is not None:
            self.change(lambda: _marked(item.id, state="waiting"))
        self.stop()

    def ended(self, run: JobRun) -> None:
        """The training of the current item is over. The next one follows."""
        item, self.current = self.current, None
        if item is None:
            return
        states = {JobState.DONE: "done", JobState.CANCELLED: "stopped"}
        state = states.get(run.state, "failed")
        error = run.error.text if run.error else None
        self.change(lambda: _marked(item.id, state=state, error=error))
        self._next()


def _act(act: Callable[[], Any]) -> Generator[Event, None, Any]:
    yield Progress(0)
    return act()


def _marked(id: str, **changes: Any) -> tuple[QueueItem, ...]:
    queue.mark(id, **changes)
    return queue.read_queue()


def _begin() -> Generator[Event, None, Turns]:
    """The right to work the queue off; a job. Released again if nobody is left to take it."""
    with contextlib.ExitStack() as stack:
        turns = stack.enter_context(Turns())
        yield Progress(0)
        stack.pop_all()
    return turns


def _take(turns: Turns) -> Generator[Event, None, tuple[QueueItem | None, tuple[QueueItem, ...]]]:
    yield Progress(0)
    return turns.take(), queue.read_queue()
