"""Earlier runs to choose from: show their curves, go on with one, export it, delete it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from engine.train.runs import RunSummary
from gui.widgets.basics import State, button, column, label, panel, row
from gui.widgets.run_table import COLUMNS, RunTable

EXPORTS = ("safetensors", "csv")


class RunList(QWidget):
    """A table of runs with what can be done to the chosen one. Deleting asks in place, never in a popup.

    Signals:
        toggled:       (Path) show or hide this run's curves.
        resume_asked:  (Path) go on with this run.
        delete_asked:  (Path) the person said yes.
        export_asked:  (Path, str) write this run as "safetensors" or "csv".
        closed:        back to the charts.
    """

    toggled = Signal(object)
    resume_asked = Signal(object)
    delete_asked = Signal(object)
    export_asked = Signal(object, str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: dict[Path, int] = {}
        self._busy = False
        self.table = RunTable()
        self.view = self._make_view()
        self._title, self._question = label("title"), label("body", wrap=True)
        self._close = button("chart-line-up", "secondary", "compact")
        self._show, self._resume = button("chart-line-up"), button("play-fill")
        self._export, self._delete = button("export"), button("trash")
        self._yes, self._no = button("trash", "stop"), button(None, "quiet")
        self._empty = State("chart-line-up")
        self._make_menu()
        self._lay_out()
        self._connect()
        self.retranslate()
        self.show_runs(())

    def _make_view(self) -> QTableView:
        view = QTableView()
        view.setModel(self.table)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(34)
        header = view.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(COLUMNS.index("recipe"), QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        return view

    def _make_menu(self) -> None:
        self._menu = QMenu(self)
        self._exports = {kind: QAction(self._menu) for kind in EXPORTS}
        for kind, action in self._exports.items():
            action.triggered.connect(lambda _=False, kind=kind: self._export_chosen(kind))
            self._menu.addAction(action)
        self._export.setMenu(self._menu)

    def _lay_out(self) -> None:
        self._actions = QWidget()
        self._actions.setLayout(row(self._show, self._resume, self._export, None, self._delete, gap=8))
        self._confirm = QWidget()
        self._confirm.setLayout(row((self._question, 1), self._no, self._yes, gap=8))
        self._confirm.hide()
        head = row(self._title, None, self._close, gap=8)
        body = panel(head, self._empty, (self.view, 1), self._actions, self._confirm, gap=10, pad=14)
        self.setLayout(column(body, gap=0))

    def _connect(self) -> None:
        self._close.clicked.connect(self.closed)
        self._show.clicked.connect(lambda: self._with_chosen(self.toggled.emit))
        self._resume.clicked.connect(lambda: self._with_chosen(self.resume_asked.emit))
        self._delete.clicked.connect(self._ask)
        self._no.clicked.connect(self._ask_no_more)
        self._yes.clicked.connect(self._delete_now)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._ask_no_more())
        self.view.doubleClicked.connect(lambda _: self._with_chosen(self.toggled.emit))
        self.table.modelReset.connect(self._ask_no_more)

    # What is shown

    def show_runs(self, runs: Sequence[RunSummary]) -> None:
        """List these; the chosen one stays chosen."""
        chosen = self.chosen()
        self.table.show_runs(runs)
        self._empty.setVisible(not runs)
        self.view.setVisible(bool(runs))
        at = self.table.row_of(chosen.folder) if chosen else -1
        if runs:
            self.view.selectRow(max(0, at))
        self._refresh()

    def mark_shown(self, shown: Mapping[Path, int]) -> None:
        """Which runs are in the charts, with their colours."""
        self._shown = dict(shown)
        self.table.mark_shown(shown)
        self._refresh()

    def set_busy(self, busy: bool) -> None:
        """While a training runs no other can be resumed."""
        self._busy = busy
        self._refresh()

    def chosen(self) -> RunSummary | None:
        """The selected run."""
        rows = self.view.selectionModel().selectedRows() if self.view.selectionModel() else []
        return self.table.run_at(rows[0].row()) if rows else None

    def choose(self, folder: Path) -> None:
        """Select the run in this folder."""
        self.view.selectRow(self.table.row_of(folder))

    # What can be done

    def _with_chosen(self, act: object) -> None:
        run = self.chosen()
        if run and callable(act):
            act(run.folder)

    def _export_chosen(self, kind: str) -> None:
        if run := self.chosen():
            self.export_asked.emit(run.folder, kind)

    def _ask(self) -> None:
        run = self.chosen()
        if run is None:
            return
        words = self.tr("Delete the run {name} with its {n:,} steps and its weights? This cannot be undone.")
        self._question.setText(words.format(name=run.folder.name, n=run.steps))
        self._actions.hide()
        self._confirm.show()
        self._no.setFocus()

    def _ask_no_more(self) -> None:
        self._confirm.hide()
        self._actions.show()
        self._refresh()

    def _delete_now(self) -> None:
        self._with_chosen(self.delete_asked.emit)
        self._ask_no_more()

    def _refresh(self) -> None:
        run = self.chosen()
        running = run is not None and run.state == "running"
        self._show.setEnabled(run is not None)
        self._export.setEnabled(run is not None)
        self._delete.setEnabled(run is not None and not running)
        self._resume.setEnabled(run is not None and run.resumable and not self._busy)
        shown = run is not None and run.folder in self._shown
        self._show.setText(self.tr("Hide curves") if shown else self.tr("Show curves"))

    # Theme and language

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange) and hasattr(self, "table"):
            self.table.refresh()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Runs"))
        self._close.setText(self.tr("Back to the charts"))
        self._resume.setText(self.tr("Resume this run"))
        self._export.setText(self.tr("Export"))
        self._delete.setText(self.tr("Delete"))
        self._yes.setText(self.tr("Delete"))
        self._no.setText(self.tr("Keep it"))
        self._exports["safetensors"].setText(self.tr("Weights (safetensors)"))
        self._exports["csv"].setText(self.tr("Curves (CSV)"))
        self._empty.set_words(
            self.tr("No runs yet"),
            self.tr("Every training is kept here with its curves and its best weights. Start one, and it appears."),
        )
        self.view.setAccessibleName(self.tr("Earlier runs"))
        self.table.refresh()
        self._refresh()
