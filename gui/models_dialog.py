"""The list of models: what there is, where it is, what it unlocks; getting and importing them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QListView, QMenu, QWidget

from engine.cards import Task
from engine.errors import LabError
from engine.host import EngineHost
from engine.jobs import Event, Job, JobRun, JobState, Progress
from engine.models import Imported, Place, Where, delete, get_model, import_pack, listed
from engine.text import Text
from gui.settings_dialog import open_folder
from gui.widgets.basics import Segmented, State, button, column, label, restyle, row
from gui.widgets.model_detail import ModelDetail
from gui.widgets.model_rows import ROW, ModelPainter, ModelRow, ModelRows
from gui.widgets.retold import Retold
from gui.words import say

_LISTING = Text("Looking for models", "모델 찾기")
_GETTING = Text("Downloading {name}", "{name} 받기")
_IMPORTING = Text("Importing a model pack", "모델 팩 가져오기")
_DELETING = Text("Deleting {name}", "{name} 삭제")
_TASKS = (None, Task.CLASSIFY, Task.DETECT, Task.SEGMENT)
_KINDS = "*.pth *.pt *.safetensors *.zip"


def _attempt(job: Job) -> Job:
    """`job`, whose expected trouble is an answer: it is told beside the model and not in the window's notices."""
    try:
        return (yield from job)
    except LabError as error:
        return error


class ModelsDialog(Retold, QDialog):
    """One list with search and filters; at the right the chosen model. Downloads go on while it is closed.

    `look` makes the job that lists (card, place) pairs.
    """

    def __init__(self, parent: QWidget | None, host: EngineHost, *, look: Callable[[], Job] = listed) -> None:
        super().__init__(parent)
        self._host, self._look = host, look
        self._all: dict[str, ModelRow] = {}
        self._runs: dict[str, JobRun] = {}
        self._status: Text | None = None
        self._bad = False
        self.rows, self.view, self.detail = ModelRows(), QListView(), ModelDetail()
        self.search, self._tasks, self._places = QLineEdit(), Segmented(len(_TASKS)), Segmented(3)
        self._count, self._foot = label("caption"), label("small", wrap=True)
        self._loading, self._nothing = State("stack", stage=True), State("magnifying-glass", stage=True)
        self._nothing.hide()
        self._import, self._close = button("folder-open"), button()
        self._make_menu()
        self._make_view()
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self.retranslate()

    def _make_menu(self) -> None:
        menu = QMenu(self)
        self._from_file, self._from_folder = QAction(menu), QAction(menu)
        self._from_file.triggered.connect(self._choose_file)
        self._from_folder.triggered.connect(self._choose_folder)
        menu.addActions([self._from_file, self._from_folder])
        self._import.setMenu(menu)

    def _make_view(self) -> None:
        self.view.setModel(self.rows)
        painter = ModelPainter(self.view)
        painter.get_asked.connect(self.get)
        self.view.setItemDelegate(painter)
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _lay_out(self) -> None:
        head = row((self.search, 1), self._tasks, self._places, gap=10)
        left = column((self._loading, 1), (self._nothing, 1), (self.view, 1), self._count, gap=6)
        self.detail.setFixedWidth(320)
        foot = row(self._import, (self._foot, 1), self._close, gap=12)
        body = row((left, 1), self.detail, gap=14)
        self.setLayout(column(head, (body, 1), foot, gap=12, margins=(16, 14, 16, 14)))
        self.resize(1020, 660)
        self.setMinimumSize(880, 520)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _: self._filter())
        self._tasks.chosen.connect(lambda _: self._filter())
        self._places.chosen.connect(lambda _: self._filter())
        self.view.selectionModel().currentChanged.connect(self._chosen)
        self._close.clicked.connect(self.close)
        self.detail.get_asked.connect(self.get)
        self.detail.cancel_asked.connect(lambda row: self._runs[row.card.id].cancel())
        self.detail.folder_asked.connect(lambda row: open_folder(row.place.path.parent))
        self.detail.delete_asked.connect(self._delete)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Models"))
        self.search.setPlaceholderText(self.tr("Find a model: a name, a task, a licence"))
        self.search.setAccessibleName(self.tr("Find a model"))
        self._tasks.setTexts([self.tr("All tasks"), self.tr("Classify"), self.tr("Detect"), self.tr("Segment")])
        self._tasks.setAccessibleName(self.tr("Task"))
        self._places.setTexts([self.tr("Anywhere"), self.tr("On this machine"), self.tr("To download")])
        self._places.setAccessibleName(self.tr("Where it is"))
        self.view.setAccessibleName(self.tr("Models"))
        self._loading.set_words(self.tr("Looking for models"), self.tr("The first time this takes a few seconds."))
        self._nothing.set_words(
            self.tr("No model is like that"), self.tr("Try another word, or show all tasks and places.")
        )
        self._import.setText(self.tr("Import"))
        self._from_file.setText(self.tr("From a file…"))
        self._from_folder.setText(self.tr("From a folder…"))
        self._close.setText(self.tr("Close"))
        self._tell(self._status, bad=self._bad)
        self._show_count()
        self.rows.refresh()

    # The list

    def refresh(self) -> None:
        """Look again at what there is."""
        self._host.start(_LISTING, _attempt(self._look()), lane="io", owner=self, on_end=self._listed)

    def _listed(self, run: JobRun) -> None:
        if isinstance(run.result, tuple):
            self._all = {card.id: self._row_for(ModelRow(card, place)) for card, place in run.result}
        self._filter()

    def _row_for(self, fresh: ModelRow) -> ModelRow:
        """A row that keeps what is known of its download."""
        before = self._all.get(fresh.card.id)
        return dataclasses.replace(before, card=fresh.card, place=fresh.place) if before else fresh

    def _filter(self) -> None:
        words, task = self.search.text().casefold().split(), _TASKS[self._tasks.index()]
        wanted_here = (None, True, False)[self._places.index()]
        shown = [
            one
            for one in self._all.values()
            if task in (None, one.card.task) and wanted_here in (None, one.here) and one.found_by(words)
        ]
        chosen = self.chosen()
        self.rows.show_rows(shown)
        self._loading.setVisible(not self._all)
        self._nothing.setVisible(bool(self._all) and not shown)
        self.view.setVisible(bool(shown))
        at = self.rows.row_of(chosen.card.id) if chosen else -1
        if shown:
            self.view.setCurrentIndex(self.rows.index(max(0, at)))
        self.detail.show_row(self.chosen())
        self._show_count()

    def _show_count(self) -> None:
        here = sum(one.here for one in self._all.values())
        words = self.tr("{shown} of {all} models · {here} on this machine")
        self._count.setText(words.format(shown=self.rows.rowCount(), all=len(self._all), here=here))
        self._count.setVisible(bool(self._all))

    def chosen(self) -> ModelRow | None:
        """The row that is chosen."""
        index = self.view.currentIndex()
        found: ModelRow | None = index.data(ROW) if index.isValid() else None
        return found

    def choose(self, id: str) -> None:
        """Bring a model into view."""
        if (at := self.rows.row_of(id)) >= 0:
            self.view.setCurrentIndex(self.rows.index(at))

    def _chosen(self, index: QModelIndex) -> None:
        self.detail.show_row(index.data(ROW) if index.isValid() else None)

    def _change(self, id: str, **values: object) -> None:
        if id not in self._all:
            return
        self._all[id] = dataclasses.replace(self._all[id], **values)  # type: ignore[arg-type]
        self.rows.change(self._all[id])
        if (chosen := self.chosen()) and chosen.card.id == id:
            self.detail.show_row(chosen)

    # Downloads

    def get(self, one: ModelRow) -> None:
        """Download a model, after those that were asked for before."""
        card = one.card
        if one.here or one.busy:
            return
        self._change(card.id, waiting=True, error=None, said=None)
        self._runs[card.id] = self._host.start(
            _GETTING(name=card.name),
            _attempt(get_model(card)),
            lane="download",
            owner=self,
            on_events=partial(self._progressed, card.id),
            on_end=partial(self._got, card.id),
        )

    def _progressed(self, id: str, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Progress) and event.total:
                note = event.note or self._all[id].said
                self._change(id, waiting=False, share=min(event.done / event.total, 1.0), said=note)

    def _got(self, id: str, run: JobRun) -> None:
        del self._runs[id]
        place, error = self._all[id].place, None
        if isinstance(run.result, Path):
            place = Place(Where.HERE, run.result)
        elif isinstance(run.result, LabError):
            error = run.result.text
        elif run.state is JobState.FAILED and run.error:
            error = run.error.text
        self._change(id, waiting=False, share=None, said=None, place=place, error=error)
        self._show_count()

    def _delete(self, one: ModelRow) -> None:
        name = _DELETING(name=one.card.name)
        self._host.start(name, _attempt(delete(one.card)), lane="io", owner=self, on_end=self._deleted)

    def _deleted(self, run: JobRun) -> None:
        if isinstance(run.result, LabError):
            self._tell(run.result.text, bad=True)
        self.refresh()

    # Model packs

    def _choose_file(self) -> None:
        words = self.tr("Weights or a model pack ({kinds})").format(kinds=_KINDS)
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Import a model pack"), str(Path.home()), words)
        if chosen:
            self.import_from(Path(chosen))

    def _choose_folder(self) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, self.tr("Import a model pack"), str(Path.home())):
            self.import_from(Path(chosen))

    def import_from(self, path: Path) -> None:
        """Import a file, a folder or a zip."""
        self._tell(_IMPORTING)
        self._import.setEnabled(False)
        self._host.start(
            _IMPORTING,
            _attempt(import_pack(path)),
            lane="download",
            owner=self,
            on_events=self._importing,
            on_end=self._imported,
        )

    def _importing(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Progress) and event.note:
                self._tell(event.note)

    def _imported(self, run: JobRun) -> None:
        self._import.setEnabled(True)
        result = run.result
        if isinstance(result, LabError):
            self._tell(result.text, bad=True)
        elif isinstance(result, Imported):
            names = ", ".join(card.name.en for card in result.cards)
            self._tell(Text("Imported: {names}.", "가져왔어요: {names}.")(names=names))
        else:
            self._tell(run.error.text if run.error else None, bad=True)
        self.refresh()

    def _tell(self, text: Text | None, *, bad: bool = False) -> None:
        """Words at the foot of the list."""
        self._status, self._bad = text, bad
        usual = self.tr("Every file is checked by its SHA-256 and never unpickled.")
        self._foot.setText(say(text) if text else usual)
        restyle(self._foot, tone="bad" if bad else "dim")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and self._import.isEnabled():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls()[:1]:
            self.import_from(Path(url.toLocalFile()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.view.hasFocus() and (one := self.chosen()):
            self.get(one)
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.search.setFocus()
        self.refresh()
