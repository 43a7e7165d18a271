"""Make a split…: parts with shares, a seed, and what each part gets of each class, seen before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHeaderView, QSpinBox, QTableView, QWidget

from engine.data.forms import AnySet
from engine.data.photoset import PhotoSet
from engine.data.split import By, Parts, make_split, save_split
from engine.errors import LabError
from engine.host import EngineHost
from engine.jobs import Job, JobRun, JobState
from engine.text import Text
from gui import theme
from gui.pages.datasets_make_dialog import MakeDialog, calm
from gui.widgets.basics import IconButton, Segmented, SliderRow, button, column, label, row
from gui.words import say

SPLITTING = Text("Splitting the set", "데이터셋 나누는 중")
SAVING = Text("Saving the split", "나눔 저장 중")
_BY: tuple[By, ...] = ("class", "group", "random")
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_Index = QModelIndex | QPersistentModelIndex


class _Counts(QAbstractTableModel):
    """A row for each class, a column for each part, the first row for all."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.names: list[str] = []
        self.parts: list[str] = []
        self.counts = np.zeros((0, 0), np.int64)

    def show(self, names: list[str], parts: list[str], counts: np.ndarray) -> None:
        """counts: (rows, parts) int64."""
        self.beginResetModel()
        self.names, self.parts, self.counts = names, parts, counts
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return len(self.names)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 1 + len(self.parts)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return ["", *self.parts][section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_RIGHT)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            at = index.row(), index.column() - 1
            return self.names[at[0]] if at[1] < 0 else f"{self.counts[at]:,}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_RIGHT if index.column() else _LEFT)
        if role == Qt.ItemDataRole.FontRole:
            return theme.font("body", 600 if index.row() == 0 else 400)
        return None


class SplitDialog(MakeDialog):
    """Shares and a seed on the left, the counts they give on the right.

    Signals:
        parts_made: (object) {name: AnySet}: a person wants to write these parts as a set.
    """

    parts_made = Signal(object)

    def __init__(self, parent: QWidget | None, host: EngineHost, sets: Mapping[str, AnySet]) -> None:
        super().__init__(parent, host)
        self._sets = dict(sets)
        self.parts: Parts = {}
        self._trying: JobRun | None = None
        self.source, self.by = QComboBox(), Segmented(3, wide=True)
        self.val = SliderRow(0, 50, 20, step=1, unit="\u2009%")
        self.test = SliderRow(0, 50, 0, step=1, unit="\u2009%")
        self.seed, self._dice = QSpinBox(), IconButton("dice-five")
        self.seed.setRange(0, 999_999)
        self._rest, self._names = label("small"), {name: label("small") for name in ("source", "by", "seed")}
        self._counts, self.table = _Counts(self), QTableView()
        self.write = button("export")
        self.source.addItems([f"{split} ({len(one):,})" for split, one in sets.items()])
        self._lay_out()
        self._connect()
        self.retranslate()
        self.try_out()

    def _lay_out(self) -> None:
        self.table.setModel(self._counts)
        self.table.setShowGrid(False)
        self.table.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.table.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.verticalHeader().setDefaultSectionSize(28)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().viewport().setAutoFillBackground(False)
        self.seed.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._source_row = QWidget()
        self._source_row.setLayout(row(self._names["source"], None, self.source))
        left = column(
            self._source_row,
            self._rest,
            self.val,
            self.test,
            4,
            self._names["by"],
            self.by,
            4,
            row(self._names["seed"], None, self.seed, self._dice),
            None,
            gap=10,
        )
        body = row((left, 4), (self.table, 5), gap=20)
        self.buttons.insertWidget(self.buttons.count() - 1, self.write)
        self.setLayout(column((body, 1), self.foot, gap=12, margins=(20, 18, 20, 18)))
        self._source_row.setVisible(len(self._sets) > 1)
        calm(self)
        self.setMinimumSize(720, 480)

    def _connect(self) -> None:
        self.source.currentIndexChanged.connect(lambda _: self.try_out())
        for slider in (self.val, self.test):
            slider.changed.connect(lambda _: self.try_out())
        self.by.chosen.connect(lambda _: self.try_out())
        self.seed.valueChanged.connect(lambda _: self.try_out())
        self._dice.clicked.connect(lambda: self.seed.setValue((self.seed.value() * 7919 + 104_729) % 1_000_000))
        self.start_button.clicked.connect(self.ask_file)
        self.write.clicked.connect(self._write_parts)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Make a split"))
        self._names["source"].setText(self.tr("Split this part"))
        self.source.setAccessibleName(self.tr("Split this part"))
        self.val.set_name(self.tr("val: to watch while training"))
        self.test.set_name(self.tr("test: to measure once at the end"))
        self._names["by"].setText(self.tr("Share out"))
        self.by.setTexts([self.tr("each class"), self.tr("by group"), self.tr("by chance")])
        self.by.setAccessibleName(self.tr("Share out"))
        self._names["seed"].setText(self.tr("Seed"))
        self.seed.setAccessibleName(self.tr("Seed"))
        self._dice.set_tip(self.tr("Another seed"))
        self.table.setAccessibleName(self.tr("What each part gets of each class"))
        self.start_button.setText(self.tr("Save as JSON"))
        self.write.setText(self.tr("Write the parts as a set"))
        super().retranslate()
        self._show_rest()
        self._show_counts()

    # Trying out

    @property
    def set_(self) -> AnySet:
        """The part that is split."""
        return list(self._sets.values())[max(0, self.source.currentIndex())]

    def shares(self) -> dict[str, float]:
        """How much each part gets; what val and test leave is to train on."""
        val, test = self.val.value() / 100, self.test.value() / 100
        found = {"train": 1 - val - test, "val": val, "test": test}
        return {name: round(share, 4) for name, share in found.items() if share > 1e-6}

    def _show_rest(self) -> None:
        rest = 100 - self.val.value() - self.test.value()
        self._rest.setText(self.tr("train: to learn from, {n:.0f}\u2009%").format(n=rest))

    def try_out(self) -> None:
        """Split with what is set now and show the counts; only the newest question is answered."""
        self._show_rest()
        if self._trying:
            self._trying.cancel()
        job = _split(self.set_, self.shares(), seed=self.seed.value(), by=_BY[self.by.index()])

        def end(run: JobRun) -> None:
            if run is not self._trying:
                return
            self._trying = None
            if run.state is JobState.DONE and isinstance(run.result, dict):
                self.parts = run.result
                self.tell(None)
            elif isinstance(run.result, Text):
                self.parts = {}
                self.tell(run.result, tone="bad")
            self._show_counts()

        self._trying = self._host.start(SPLITTING, job, lane="interactive", owner=self, on_end=end)

    def _show_counts(self) -> None:
        names, counts = counts_of(self.set_, self.parts)
        rows = [self.tr("all"), *(say(name) for name in names)] if self.parts else []
        self._counts.show(rows, list(self.parts), counts)
        for part in (self.start_button, self.write):
            part.setEnabled(bool(self.parts))

    @property
    def counts(self) -> np.ndarray:
        """(1 + classes, parts) int64: what is shown; the first row is all."""
        return self._counts.counts

    # Writing

    def ask_file(self) -> None:
        """Let the person choose where the JSON goes, without stopping the window."""
        dialog = QFileDialog(self, self.tr("Save the split"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.setNameFilter("JSON (*.json)")
        dialog.selectFile("split.json")
        dialog.fileSelected.connect(lambda path: self.save(Path(path)))
        dialog.open()

    def save(self, path: Path) -> None:
        """Write the split as JSON."""
        job = _save(path, self.set_, self.parts, seed=self.seed.value(), by=_BY[self.by.index()])
        done = Text("Saved: {path}", "저장했어요: {path}")(path=path)
        self.run(SAVING, job, lambda _: done, place=path.parent)

    def _write_parts(self) -> None:
        set_, parts = self.set_, self.parts

        def done(made: object) -> Text:
            self.parts_made.emit(made)
            return Text("The parts are ready to be written.", "부분을 쓸 준비가 됐어요.")

        self.run(SPLITTING, _parts(set_, parts), done)


def counts_of(set_: AnySet, parts: Parts) -> tuple[tuple[Text, ...], np.ndarray]:
    """Class names, and (1 + classes, parts) int64 counts: of items in all, then of each class.

    In sets of objects a class counts its objects; in sets with neither classes nor objects there is only the sum.
    """
    sums = np.array([len(indices) for indices in parts.values()], np.int64)[None]
    objects = set_.objects if isinstance(set_, PhotoSet) else None
    if set_.labels is None and objects is None:
        return (), sums
    count, columns = len(set_.classes), []
    for indices in parts.values():
        if set_.labels is not None:
            found = set_.labels[indices]
        else:
            found = np.concatenate([np.zeros(0, np.int64), *(objects[i].labels for i in indices if objects)])
        columns.append(np.bincount(found[found >= 0], minlength=count)[:count])
    table = np.stack(columns, axis=1) if columns else np.zeros((count, 0), np.int64)
    return tuple(set_.classes), np.concatenate((sums, table))


def _split(set_: AnySet, shares: dict[str, float], *, seed: int, by: By) -> Job:
    """The parts, or the sentence why there are none."""
    try:
        return make_split(set_, shares, seed=seed, by=by)
    except LabError as error:
        return error.text
    yield  # a job without events


def _save(path: Path, set_: AnySet, parts: Parts, *, seed: int, by: By) -> Job:
    save_split(path, set_, parts, seed=seed, by=by)
    return path
    yield  # a job without events


def _parts(set_: AnySet, parts: Parts) -> Job:
    """Each part as a set of its own: of many photographs the files are looked at."""
    made: dict[str, AnySet] = {}
    for name, indices in parts.items():
        made[name] = set_.part(indices, name)
    return made
    yield  # a job without events
