"""The head of the browser's stage: what is open, which view of it, how it is ordered, what to find, its classes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QWidget

from engine.data import explained
from engine.data.names import part_name
from gui.widgets.basics import Segmented, button, column, label, row
from gui.widgets.class_bar import ClassBar
from gui.widgets.find_field import FindField
from gui.widgets.lens import explain
from gui.widgets.retold import Retold
from gui.widgets.stage_tools import StageTools
from gui.words import say

PICTURES, MAP, DOCTOR, ANNOTATE = range(4)
CLASS_ROWS = 2


class StageHead(Retold, QWidget):
    """Title and views above, tools and finding below, then the classes.

    Signals:
        split_chosen: (str) a person wants another part of the set.
        view_chosen: (int) PICTURES, MAP, DOCTOR or ANNOTATE.
        faults_asked: the list of files that could not be read.
    """

    split_chosen = Signal(str)
    view_chosen = Signal(int)
    faults_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._splits: tuple[str, ...] = ()
        self._faults = 0
        self.title, self.count = label("title"), label("small")
        self.making = label("caption")
        self.faults = button("warning", kind="quiet", size="compact")
        self.views, self.tools, self.finder = Segmented(4), StageTools(), FindField()
        self.classes = ClassBar(most_rows=CLASS_ROWS)
        self.split = Segmented(1)
        self.split.setTexts(["–"])  # until a data set says which parts it has
        self._split_box = QWidget()
        self._split_place = row()
        self._split_box.setLayout(self._split_place)
        self.faults.clicked.connect(self.faults_asked)
        self.views.chosen.connect(self.view_chosen)
        self._first = row(self.title, self.count, self.making, None, self.faults, self.views, gap=10)
        self._second = row(self.tools, None, self.finder, self._split_box, gap=10)
        self.setLayout(column(self._first, self._second, self.classes, gap=10, margins=(0, 0, 12, 0)))
        self.put_splits(())
        self.tell_faults(0)
        explain(self.classes, explained.CLASSES)
        self.retranslate()

    def retranslate(self) -> None:
        self.finder.setPlaceholderText(self.tr("Find: class or index"))
        self.finder.setToolTip(
            self.tr(
                "A class shows only its pictures, an index (#123) goes to one, other words search names and captions. Key: /"
            )
        )
        self.finder.setAccessibleName(self.tr("Find a class or a picture"))
        self.classes.setAccessibleName(self.tr("Classes with their counts; Space shows only one"))
        self.split.setAccessibleName(self.tr("Part of the set"))
        self.split.setTexts([self.split_word(split) for split in self._splits])
        self.views.setTexts([self.tr("Pictures"), self.tr("Map"), self.tr("Doctor"), self.tr("Annotate")])
        self.views.setAccessibleName(self.tr("Pictures, their map, their faults, or marking them"))
        self.tell_faults(self._faults)

    def split_word(self, split: str) -> str:
        """What a part of a set is called in the language in force."""
        return say(part_name(split))

    @property
    def splits(self) -> tuple[str, ...]:
        """The parts that can be chosen."""
        return self._splits

    def put_splits(self, splits: tuple[str, ...]) -> None:
        """Offer these parts of a set."""
        self._splits = splits
        self.split.hide()
        self._split_place.removeWidget(self.split)
        self.split.deleteLater()
        self.split = Segmented(max(1, len(splits)))
        self.split.setTexts([self.split_word(split) for split in splits] or ["–"])
        self.split.setAccessibleName(self.tr("Part of the set"))
        self.split.chosen.connect(self._split_clicked)
        explain(self.split, explained.SPLIT)
        self._split_place.addWidget(self.split)
        before: QWidget = self.finder  # made late, it would come last under the Tab key
        for part in (*self.split.findChildren(QAbstractButton), self.classes):
            QWidget.setTabOrder(before, part)
            before = part

    def _split_clicked(self, index: int) -> None:
        self.split_chosen.emit(self._splits[index])

    def tell_faults(self, count: int) -> None:
        """How many files could not be read; the button leads to their list."""
        self._faults = count
        self.faults.setVisible(count > 0)
        self.faults.setText(self.tr("{n} unreadable").format(n=f"{count:,}"))
        self.faults.setToolTip(self.tr("Files that were passed over, and why"))

    def show_parts(self, *, pictures: bool, instead: bool, classes: bool) -> None:
        """What stands on the stage: pictures with all tools, another view, or a message `instead`."""
        self._put_split(above=not pictures)
        self.count.setVisible(pictures and not instead)
        self.views.setVisible(not instead)
        self.split.setVisible(not instead and len(self._splits) > 1)
        self.tools.setVisible(pictures and not instead)
        self.finder.setVisible(pictures and not instead)
        self.classes.setVisible(pictures and classes and not instead)
        if instead:
            self.making.clear()
            self.faults.hide()
        else:
            self.tell_faults(self._faults)

    def _put_split(self, *, above: bool) -> None:
        """Beside the find field, or in the first row where the second has nothing else."""
        place = self._first if above else self._second
        if place.indexOf(self._split_box) < 0:
            (self._second if above else self._first).removeWidget(self._split_box)
            place.insertWidget(place.count() - 1 if above else place.count(), self._split_box)
