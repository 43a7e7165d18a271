"""Earlier runs to choose from: find, sort, note, show their curves, go on with one, export, delete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QStyledItemDelegate, QTableView, QWidget

from engine.train.runs import RunSummary
from gui.widgets.basics import State, button, column, label, row
from gui.widgets.run_cells import TagCells
from gui.widgets.run_filter import RunFilter
from gui.widgets.run_table import RunOrder, RunTable

EXPORTS = ("safetensors", "csv")
NOTES_WIDTH = 220


class RunList(QWidget):
    """A table of runs with what can be done to those selected. Deleting asks in place, never in a popup.

    Signals:
        toggled:       (Path) show or hide this run's curves.
        all_asked:     (list of Path) show the curves of exactly these runs.
        resume_asked:  (Path) go on with this run.
        delete_asked:  (list of Path) the person said yes.
        export_asked:  (Path or list of Path, str) write as "safetensors" or "csv".
        noted:         (Path, Notes) a person wrote about a run.
        board_asked:   read curves from TensorBoard files.
    """

    toggled = Signal(object)
    all_asked = Signal(object)
    resume_asked = Signal(object)
    delete_asked = Signal(object)
    export_asked = Signal(object, str)
    noted = Signal(object, object)
    board_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: dict[Path, int] = {}
        self._busy = False
        self._sorted = "started", Qt.SortOrder.DescendingOrder
        self.table = RunTable()
        self.order = RunOrder(self.table)
        self.filter = RunFilter()
        self.view = self._make_view()
        self._count, self._question = label("small"), label("body", wrap=True)
        self._show, self._all = button("chart-line-up"), button("stack", size="compact")
        self._resume, self._board = button("play-fill"), button("folder-open", size="compact")
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
        view.setModel(self.order)
        view.setSortingEnabled(True)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(34)
        header = view.horizontalHeader()
        header.setResizeContentsPrecision(40)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(32)
        view.setStyleSheet("QTableView::item { padding: 0 5px; }")  # under the words of their heads
        view.setCornerWidget(QWidget())
        self._tags, self._plain = TagCells(view), QStyledItemDelegate(view)
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
        room = self.filter.sizePolicy()
        room.setRetainSizeWhenHidden(True)  # else the button beside it grows over the whole line
        self.filter.setSizePolicy(room)
        head = row((self.filter, 1), self._count, self._all, self._board, gap=8)
        self.setLayout(column(head, self._empty, (self.view, 1), self._actions, self._confirm, gap=10))

    def _connect(self) -> None:
        self._show.clicked.connect(self._toggle_chosen)
        self._all.clicked.connect(self._show_listed)
        self._resume.clicked.connect(lambda: self._with_chosen(self.resume_asked.emit))
        self._board.clicked.connect(self.board_asked)
        self._delete.clicked.connect(self._ask)
        self._no.clicked.connect(self._ask_no_more)
        self._yes.clicked.connect(self._delete_now)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._ask_no_more())
        self.view.doubleClicked.connect(self._double_clicked)
        self.view.clicked.connect(self._clicked)
        self.view.horizontalHeader().sortIndicatorChanged.connect(self._sort_moved)
        self.table.modelReset.connect(self._arrange)
        self.table.noted.connect(self.noted)
        self.table.dataChanged.connect(lambda *_: self._offer_tags())
        self.filter.changed.connect(self._find)

    # What is shown

    def show_runs(self, runs: Sequence[RunSummary]) -> None:
        """List these; those chosen stay chosen."""
        chosen = [run.folder for run in self.chosen_runs()]
        self.table.show_runs(runs)
        self._empty.setVisible(not runs)
        self.view.setVisible(bool(runs))
        self.filter.setVisible(bool(runs))
        self._offer_tags()
        for place, folder in enumerate(folder for folder in chosen if self.table.row_of(folder) >= 0):
            self._select(folder, add=place > 0)
        if not self.chosen_runs() and self.order.rowCount():
            self.view.selectRow(0)
        self._refresh()

    def mark_shown(self, shown: Mapping[Path, int]) -> None:
        """Which runs are in the charts, with their colours."""
        chosen = self.chosen()
        self._shown = dict(shown)
        self.table.mark_shown(shown)
        if chosen and self.chosen() is None:  # the columns were laid out anew
            self._select(chosen.folder)
        self._refresh()

    def set_busy(self, busy: bool) -> None:
        """While a training runs no other can be resumed."""
        self._busy = busy
        self._refresh()

    def listed(self) -> list[RunSummary]:
        """The runs that were found, in the order shown."""
        return [self._run(self.order.index(row, 0)) for row in range(self.order.rowCount())]

    def chosen(self) -> RunSummary | None:
        """The selected run, the first of several."""
        return next(iter(self.chosen_runs()), None)

    def chosen_runs(self) -> list[RunSummary]:
        """All selected runs, top to bottom."""
        rows = self.view.selectionModel().selectedRows() if self.view.selectionModel() else []
        return [self._run(index) for index in sorted(rows, key=lambda index: index.row())]

    def choose(self, folder: Path) -> None:
        """Select the run in this folder."""
        self._select(folder)

    def _select(self, folder: Path, *, add: bool = False) -> None:
        source = self.table.row_of(folder)
        at = self.order.mapFromSource(self.table.index(source, 0)) if source >= 0 else QModelIndex()
        if not at.isValid():
            return
        flags = self.view.selectionModel().SelectionFlag
        clear = flags.NoUpdate if add else flags.Clear
        self.view.selectionModel().select(at, clear | flags.Select | flags.Rows)
        if not add:
            self.view.selectionModel().setCurrentIndex(at, flags.NoUpdate)
            self.view.scrollTo(at)

    def _run(self, index: QModelIndex) -> RunSummary:
        return self.table.run_at(self.order.mapToSource(index).row())

    def _arrange(self) -> None:
        """The columns are others: widths, chips, order."""
        header, columns = self.view.horizontalHeader(), self.table.columns
        for at in range(len(columns)):
            self.view.setItemDelegateForColumn(at, self._tags if columns[at] == "tags" else self._plain)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(columns.index("notes"), QHeaderView.ResizeMode.Interactive)
        header.resizeSection(columns.index("notes"), NOTES_WIDTH)
        name, way = self._sorted if self._sorted[0] in columns else ("started", Qt.SortOrder.DescendingOrder)
        self.view.sortByColumn(columns.index(name), way)
        self._ask_no_more()

    def _sort_moved(self, column: int, way: Qt.SortOrder) -> None:
        if 0 <= column < len(self.table.columns):  # by name: with other columns the number is another one's
            self._sorted = self.table.columns[column], way

    def _offer_tags(self) -> None:
        counts: dict[str, int] = {}
        for run in self.table.runs:
            for tag in run.notes.tags:
                counts[tag] = counts.get(tag, 0) + 1
        self.filter.show_tags(sorted(counts, key=lambda tag: (-counts[tag], tag)))

    def _find(self) -> None:
        self.order.look_for(self.filter.words.text(), self.filter.tags, star=self.filter.star.isChecked())
        if not self.chosen_runs() and self.order.rowCount():
            self.view.selectRow(0)
        self._refresh()

    # What can be done

    def _clicked(self, index: QModelIndex) -> None:
        if self.table.columns[index.column()] == "star":
            self.table.toggle_star(self.order.mapToSource(index).row())

    def _double_clicked(self, index: QModelIndex) -> None:
        column = self.table.columns[index.column()]
        if column in ("tags", "notes"):
            self.view.edit(index)
        elif column != "star":
            self._with_chosen(self.toggled.emit)

    def _with_chosen(self, act: object) -> None:
        run = self.chosen()
        if run and callable(act):
            act(run.folder)

    def _toggle_chosen(self) -> None:
        """Show those of the selected runs that are not shown; when all are, hide them."""
        folders = [run.folder for run in self.chosen_runs()]
        hidden = [folder for folder in folders if folder not in self._shown]
        if len(hidden) > 1:
            self.all_asked.emit([*self._shown, *hidden])
            return
        for folder in hidden or folders:
            self.toggled.emit(folder)

    def _show_listed(self) -> None:
        folders = [run.folder for run in self.listed()]
        self.all_asked.emit([] if set(folders) <= set(self._shown) else folders)

    def _export_chosen(self, kind: str) -> None:
        folders = [run.folder for run in self.chosen_runs()]
        if folders:
            self.export_asked.emit(folders if kind == "csv" and len(folders) > 1 else folders[0], kind)

    def _ask(self) -> None:
        runs = self.chosen_runs()
        if not runs:
            return
        if len(runs) == 1:
            words = self.tr("Delete the run {name} with its {n:,} steps and its weights? This cannot be undone.")
            self._question.setText(words.format(name=runs[0].folder.name, n=runs[0].steps))
        else:
            words = self.tr("Delete these {n} runs with their weights? This cannot be undone.")
            self._question.setText(words.format(n=len(runs)))
        self._actions.hide()
        self._confirm.show()
        self._no.setFocus()

    def _ask_no_more(self) -> None:
        self._confirm.hide()
        self._actions.show()
        self._refresh()

    def _delete_now(self) -> None:
        self.delete_asked.emit([run.folder for run in self.chosen_runs()])
        self._ask_no_more()

    def _refresh(self) -> None:
        runs = self.chosen_runs()
        one = runs[0] if len(runs) == 1 else None
        self._show.setEnabled(bool(runs))
        self._export.setEnabled(bool(runs))
        self._exports["safetensors"].setEnabled(one is not None)
        self._delete.setEnabled(bool(runs) and all(run.state not in ("running", "read") for run in runs))
        self._resume.setEnabled(one is not None and one.resumable and not self._busy)
        shown = bool(runs) and all(run.folder in self._shown for run in runs)
        self._show.setText(self.tr("Hide curves") if shown else self.tr("Show curves"))
        listed = self.order.rowCount()
        everything = listed > 0 and all(run.folder in self._shown for run in self.listed())
        self._all.setVisible(listed > 1)
        self._all.setText(self.tr("Hide all") if everything else self.tr("Show all"))
        self._count.setText(self.tr("{n:,} of {all:,}").format(n=listed, all=len(self.table.runs)))
        self._count.setVisible(listed < len(self.table.runs))

    # Theme and language

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange) and hasattr(self, "table"):
            self.table.refresh()

    def retranslate(self) -> None:
        self._resume.setText(self.tr("Resume this run"))
        self._export.setText(self.tr("Export"))
        self._delete.setText(self.tr("Delete"))
        self._yes.setText(self.tr("Delete"))
        self._no.setText(self.tr("Keep it"))
        self._board.setText(self.tr("TensorBoard…"))
        self._board.setToolTip(self.tr("Lay curves of another program over the charts"))
        self._exports["safetensors"].setText(self.tr("Weights (safetensors)"))
        self._exports["csv"].setText(self.tr("Curves (CSV)"))
        self._empty.set_words(
            self.tr("No runs yet"),
            self.tr("Every training is kept here with its curves and its best weights. Start one, and it appears."),
        )
        self.view.setAccessibleName(self.tr("Earlier runs"))
        self.table.refresh()
        self._refresh()
