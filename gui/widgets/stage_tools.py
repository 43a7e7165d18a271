"""How the pictures on the stage are ordered, filtered and marked: three small buttons with what opens from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QComboBox, QFrame, QMenu, QWidget

from engine.data.choice import Choice, Reading, Sort
from gui.widgets.basics import Button, Segmented, SliderRow, button, column, frame, label, row
from gui.widgets.photo_marks import Layers

READINGS = (Reading.ALL, Reading.RIGHT, Reading.WRONG)


class FilterPanel(QFrame):
    """Filters beside class and text, in a panel that floats below its button.

    Signals:
        changed: one was moved.
    """

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.smallest, self.largest = SliderRow(0, 1, 0), SliderRow(0, 1, 1)
        self.reading = Segmented(3, wide=True)
        self.read_as = QComboBox()
        self.clear = button("x-circle", size="compact")
        self._size_title, self._read_title, self._hint = label("section"), label("section"), label("caption", wrap=True)
        self._as_title = label("small")
        self._as_title.setBuddy(self.read_as)
        self._sizes = frame("plain", column(self._size_title, self.smallest, self.largest, gap=8))
        as_row = row(self._as_title, (self.read_as, 1), gap=8)
        inner = column(
            self._sizes,
            self._read_title,
            self._hint,
            self.reading,
            as_row,
            self.clear,
            gap=10,
            margins=(14, 12, 14, 14),
        )
        outer = column(frame("card", inner), gap=0)
        self.setLayout(outer)
        self.setFixedWidth(280)
        for slider in (self.smallest, self.largest):
            slider.changed.connect(self.changed)
        self.reading.chosen.connect(self.changed)
        self.read_as.currentIndexChanged.connect(self.changed)
        self.clear.clicked.connect(self.reset)
        self._names: Sequence[str] = ()
        self._range, self._can_read = (0, 0), False
        self.retranslate()

    def retranslate(self) -> None:
        self._size_title.setText(self.tr("Longer side"))
        self.smallest.set_name(self.tr("From"))
        self.largest.set_name(self.tr("To"))
        self._read_title.setText(self.tr("What a network read"))
        self._hint.setText(self.tr("First let a network read the set, in the right column."))
        self.reading.setTexts([self.tr("All"), self.tr("Right"), self.tr("Wrong")])
        self.reading.setAccessibleName(self.tr("What a network read"))
        self._as_title.setText(self.tr("Read as"))
        self.read_as.setAccessibleName(self.tr("Read as"))
        self.clear.setText(self.tr("Clear filters"))
        if self.read_as.count():
            self.read_as.setItemText(0, self.tr("any class"))

    def allow(self, *, sizes: tuple[int, int], can_read: bool, names: Sequence[str]) -> None:
        """Offer what the set has: a range of longer sides in pixels, a network's reading, its classes."""
        self._can_read = can_read
        if sizes != self._range:
            self._range = sizes
            self._set_range(*sizes)
        self._sizes.setVisible(sizes[1] > sizes[0])
        self._hint.setVisible(not can_read)
        for part in (self.reading, self.read_as, self._as_title):
            part.setEnabled(can_read)
        if list(names) != list(self._names):
            self._names = list(names)
            self.read_as.blockSignals(True)
            self.read_as.clear()
            self.read_as.addItems([self.tr("any class"), *names])
            self.read_as.blockSignals(False)

    def _set_range(self, low: int, high: int) -> None:
        for slider, value in ((self.smallest, low), (self.largest, high)):
            slider.set_range(low, max(high, low + 1), value)
            slider.set_format(lambda v: f"{v:,.0f} px")

    def reset(self) -> None:
        """Back to all pictures."""
        self.put_back()
        self.changed.emit()

    def put_back(self) -> None:
        """The same without telling anybody."""
        self._set_range(*self._range)
        self.reading.choose(0)
        self.read_as.blockSignals(True)
        self.read_as.setCurrentIndex(0)
        self.read_as.blockSignals(False)

    @property
    def untouched(self) -> bool:
        """True while nothing is filtered here."""
        return self.put_into(Choice()) == Choice()

    def put_into(self, choice: Choice) -> Choice:
        """`choice` with what is set here."""
        low, high = round(self.smallest.value()), round(self.largest.value())
        whole = (low, high) == self._range or self._range[0] == self._range[1]
        read_as = self.read_as.currentIndex() - 1
        return replace(
            choice,
            sizes=None if whole else (low, high),
            reading=READINGS[self.reading.index()] if self._can_read else Reading.ALL,
            read_as=read_as if self._can_read and read_as >= 0 else None,
        )


class StageTools(QWidget):
    """Sort, Filter, Marks.

    Signals:
        changed: sort or filter. layers_changed: which marks are shown. classes_asked: the list of all classes.
    """

    changed = Signal()
    layers_changed = Signal()
    classes_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sort, self.layers = Sort.FILE, Layers()
        self._sort, self._filter = _opener("sort-ascending"), _opener("funnel")
        self._marks, self.all_classes = _opener("eye"), _opener("grid-four")
        self._sorts, self._group = QMenu(self), QActionGroup(self)
        self._sort_actions = {sort: self._add_sort(sort) for sort in Sort}
        self._mark_menu = QMenu(self)
        self._mark_actions = {f.name: self._add_mark(f.name) for f in fields(Layers)}
        self.panel = FilterPanel(self)
        self.panel.changed.connect(self._panel_changed)
        self._sort.setMenu(self._sorts)
        self._marks.setMenu(self._mark_menu)
        self._filter.clicked.connect(self._open_panel)
        self.all_classes.clicked.connect(self.classes_asked)
        self._filters = 0
        self._sizes_word = False
        self.setLayout(row(self._sort, self._filter, self._marks, self.all_classes, gap=2))
        self.retranslate()

    def _add_sort(self, sort: Sort) -> QAction:
        action = self._sorts.addAction("")
        action.setCheckable(True)
        action.setChecked(sort is Sort.FILE)
        self._group.addAction(action)
        action.triggered.connect(partial(self._sorted_by, sort))
        return action

    def _add_mark(self, name: str) -> QAction:
        action = self._mark_menu.addAction("")
        action.setCheckable(True)
        action.setChecked(getattr(self.layers, name))
        action.toggled.connect(partial(self._mark_toggled, name))
        return action

    def retranslate(self) -> None:
        sorts = {
            Sort.FILE: self.tr("File order"),
            Sort.LABEL: self.tr("Most objects first") if self._sizes_word else self.tr("By label"),
            Sort.SIZE: self.tr("Largest first"),
            Sort.CONFIDENCE: self.tr("Least sure first"),
            Sort.LOSS: self.tr("Hardest first"),
        }
        for sort, words in sorts.items():
            self._sort_actions[sort].setText(words)
        self._sort.setText(sorts[self.sort])
        self._sort.setToolTip(self.tr("The order of the pictures"))
        self._filter.setText(self.tr("Filter") if not self._filters else self.tr("Filter: {n}").format(n=self._filters))
        self._filter.setToolTip(self.tr("Show only some: by size, by what a network read"))
        self._marks.setText(self.tr("Marks"))
        self._marks.setToolTip(self.tr("What is shown over the pictures"))
        self.all_classes.setText(self.tr("Classes"))
        self.all_classes.setToolTip(self.tr("A list of all classes to search, in English and Korean"))
        marks = {
            "boxes": self.tr("Boxes"),
            "areas": self.tr("Masks and outlines"),
            "keypoints": self.tr("Keypoints"),
            "captions": self.tr("Captions"),
            "names": self.tr("Names"),
        }
        for name, words in marks.items():
            self._mark_actions[name].setText(words)

    # What there is to choose from

    def allow(
        self,
        *,
        sorts: Sequence[Sort],
        marks: Sequence[str],
        sizes: tuple[int, int],
        can_read: bool,
        names: Sequence[str],
    ) -> None:
        """Offer what the set has; an order that it cannot have goes back to file order."""
        for sort, action in self._sort_actions.items():
            action.setVisible(sort in sorts)
        if self.sort not in sorts:
            self.choose_sort(Sort.FILE)
        for name, action in self._mark_actions.items():
            action.setVisible(name in marks)
        self._marks.setVisible(bool(marks))
        self.panel.allow(sizes=sizes, can_read=can_read, names=names)
        self._sizes_word = "boxes" in marks
        self.retranslate()

    def choose_sort(self, sort: Sort) -> None:
        """Choose an order without telling anybody."""
        self.sort = sort
        self._sort_actions[sort].setChecked(True)
        self.retranslate()

    def say_filters(self, count: int) -> None:
        """Write on the button how many filters are set."""
        if count != self._filters:
            self._filters = count
            self.retranslate()

    # Hand

    def _sorted_by(self, sort: Sort, _on: bool = True) -> None:
        self.choose_sort(sort)
        self.changed.emit()

    def _mark_toggled(self, name: str, on: bool) -> None:
        self.layers = replace(self.layers, **{name: on})
        self.layers_changed.emit()

    def _panel_changed(self) -> None:
        self.changed.emit()

    def _open_panel(self) -> None:
        self.panel.adjustSize()
        self.panel.move(self._filter.mapToGlobal(QPoint(0, self._filter.height() + 4)))
        self.panel.show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.panel.retranslate()


def _opener(icon: str) -> Button:
    return button(icon, kind="quiet", size="compact")
