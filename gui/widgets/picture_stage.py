"""The stage of the dataset browser: find, split, classes, the wall of pictures, and what stands there instead."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QAbstractButton, QFrame, QStackedWidget, QWidget

from engine.data import explained
from engine.data.imageset import ImageSet
from engine.data.statistics import class_counts
from engine.text import Text
from gui.widgets.basics import Segmented, column, label, restyle, role, row
from gui.widgets.class_bar import ClassBar
from gui.widgets.close_look import CloseLook
from gui.widgets.find_field import FindField, class_called, index_called
from gui.widgets.image_grid import ImageGrid
from gui.widgets.instead import Instead
from gui.widgets.lens import explain
from gui.words import say


class PictureStage(QFrame):
    """Shows an `ImageSet`, filtered by what is picked and found.

    Signals:
        chosen: (int) the index of the picture now chosen.
        filtered: other pictures are shown; see `order`.
        split_chosen: (str) a person wants another part of the set.
        folder_asked, bundled_asked: buttons of what stands there instead of pictures.
    """

    chosen = Signal(int)
    filtered = Signal()
    split_chosen = Signal(str)
    folder_asked = Signal()
    bundled_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        role(self, "panel")
        self.shown: ImageSet | None = None
        self.order: np.ndarray | None = None  # indices of the pictures shown; None = all
        self._splits: tuple[str, ...] = ()
        self._found_class = False  # the filter came from the find field, and goes with it
        self._name = Text("", "")
        self._title, self._count, self.finder = label("title"), label("small"), FindField()
        self._split_place = row()
        self.split = Segmented(1)
        self.classes, self.grid, self.close_look = ClassBar(), ImageGrid(), CloseLook()
        self._stack = QStackedWidget()
        self.instead = Instead()
        for part in (self.grid, self.close_look, self.instead):
            self._stack.addWidget(part)
        self._head = row(self._title, self._count, None, self.finder, self._split_place, gap=10)
        top = column(self._head, self.classes, gap=12, margins=(0, 0, 12, 0))  # the grid's scroll bar stands beside
        self.setLayout(column(top, (self._stack, 1), gap=12, margins=(14, 12, 4, 12)))
        self._connect()
        self._put_splits(())
        explain(self.classes, explained.CLASSES)
        explain(self.close_look, explained.PIXELS)
        explain(self.grid, explained.PIXELS)
        self.retranslate()

    def _connect(self) -> None:
        self.grid.describe = self._describe
        self.grid.chosen.connect(self._picture_chosen)
        self.grid.opened.connect(self._look_closely)
        self.close_look.closed.connect(self.look_away)
        self.close_look.stepped.connect(self._step)
        self.classes.changed.connect(self._classes_picked)
        self.instead.folder_asked.connect(self.folder_asked)
        self.instead.bundled_asked.connect(self.bundled_asked)
        self.finder.textChanged.connect(self._find)
        self.finder.left.connect(self.focus_pictures)

    def retranslate(self) -> None:
        self.finder.setPlaceholderText(self.tr("Find: class or index"))
        self.finder.setToolTip(self.tr("A class shows only its pictures, an index (#123) goes to one picture. Key: /"))
        self.finder.setAccessibleName(self.tr("Find a class or a picture"))
        self.grid.setAccessibleName(self.tr("Pictures; arrows choose, Enter looks closely"))
        self.classes.setAccessibleName(self.tr("Classes with their counts; Space shows only one"))
        self.split.setAccessibleName(self.tr("Part of the set"))
        self.split.setTexts([self.split_word(split) for split in self._splits])
        self._name_classes()
        self._title.setText(say(self._name))
        self._say_count()

    def split_word(self, split: str) -> str:
        """What a part of a set is called in the language in force."""
        words = {"train": self.tr("Train"), "test": self.tr("Test")}
        return words.get(split, split)

    # What is shown

    def show_set(self, shown: ImageSet, name: Text, splits: Sequence[str]) -> None:
        """Show all pictures of `shown`, the first one chosen; a filter stays on another part of the same set."""
        same = self.shown is not None and self.shown.id == shown.id
        self.shown, self._name = shown, name
        if not same:
            self.classes.pick(frozenset())
            self._clear_find()
        if tuple(splits) != self._splits:
            self._put_splits(tuple(splits))
        self.split.choose(splits.index(shown.split))
        self._name_classes()
        self.grid.set_images(shown.images)
        self._filter()
        self._stack.setCurrentWidget(self.grid)
        self._show_head(name)
        if not len(shown):
            self.instead.show_empty()
            self._show_instead(name)

    def show_loading(self, name: Text, done: int, total: int) -> None:
        """Say that a set is being read, and how far it is."""
        self.instead.show_loading(name, done, total)
        self._show_instead(name)

    def show_missing(self, name: Text) -> None:
        """Say that a set is not on this machine, and what to do."""
        self.instead.show_missing(name)
        self._show_instead(name)

    def show_problem(self, name: Text, problem: Text) -> None:
        """Say why a set could not be read."""
        self.instead.show_problem(problem)
        self._show_instead(name)

    def _show_instead(self, name: Text) -> None:
        self._stack.setCurrentWidget(self.instead)
        self._show_head(name)

    def _show_head(self, name: Text) -> None:
        self._name = name
        pictures = self._stack.currentWidget() is not self.instead
        parts: tuple[QWidget, ...] = (self._count, self.finder, self.split, self.classes)
        for part in parts:
            part.setVisible(pictures)
        self._title.setText(say(self._name))
        self._say_count()

    def _put_splits(self, splits: tuple[str, ...]) -> None:
        self._splits = splits
        self.split.hide()
        self._split_place.removeWidget(self.split)
        self.split.deleteLater()
        self.split = Segmented(max(1, len(splits)))
        self.split.setTexts([self.split_word(split) for split in splits])
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

    def class_names(self) -> list[str]:
        """The classes of the set in the language in force."""
        return [say(name) for name in self.shown.classes] if self.shown else []

    def _name_classes(self) -> None:
        if self.shown:
            self.classes.set_classes(
                self.class_names(), class_counts(self.shown.labels, len(self.shown.classes)).tolist()
            )

    # Words

    def _say_count(self) -> None:
        if not self.shown:
            self._count.setText("")
            return
        total, shown = len(self.shown), len(self.grid)
        if shown < total:
            words = self.tr("{n} of {total} pictures").format(n=f"{shown:,}", total=f"{total:,}")
        else:
            kinds = len(self.shown.classes)
            words = self.tr("{n} pictures, {k} kinds").format(n=f"{total:,}", k=kinds)
        self._count.setText(words)

    def _describe(self, index: int) -> str:
        assert self.shown
        name = say(self.shown.classes[int(self.shown.labels[index])])
        return self.tr("Index {i}: {label}").format(i=f"{index:,}", label=name)

    # Filter and find

    def pick_class(self, index: int) -> None:
        """Show only one class."""
        self._clear_find()
        self.classes.pick(frozenset({index}))
        self._filter()

    def _classes_picked(self) -> None:
        self._clear_find()
        self._filter()

    def _clear_find(self) -> None:
        self._found_class = False
        self.finder.blockSignals(True)
        self.finder.clear()
        self.finder.blockSignals(False)
        restyle(self.finder, bad=False)

    def _filter(self) -> None:
        """Show the pictures of the picked classes: an index array, nothing is copied."""
        assert self.shown
        picked = self.classes.picked
        wanted = np.zeros(len(self.shown.classes), bool)
        wanted[list(picked)] = True
        self.order = np.flatnonzero(wanted[self.shown.labels]) if picked else None
        self.grid.set_order(self.order)
        if self.grid.current() < 0 and len(self.grid):
            self.grid.choose(int(self.grid.visible()[0]))
        self._say_count()
        self.filtered.emit()

    def _find(self, text: str) -> None:
        """A class name shows that class, a number goes to the picture with that index."""
        if not self.shown:
            return
        text, classes = text.strip(), self.shown.classes
        index = index_called(text, classes)
        of = class_called(text, classes) if index is None else None
        if of is not None or self._found_class:
            self.classes.pick(frozenset() if of is None else frozenset({of}))
            self._found_class = of is not None
            self._filter()
        found = not text or of is not None
        if index is not None:
            found = self._go_to(index)
        restyle(self.finder, bad=not found)

    def _go_to(self, index: int) -> bool:
        assert self.shown
        if index >= len(self.shown):
            return False
        if not self.grid.choose(index):  # filtered out: a number means this picture, whatever its class
            self.classes.pick(frozenset())
            self._filter()
            self.grid.choose(index)
        return True

    # Close look

    def _picture_chosen(self, index: int) -> None:
        if self._stack.currentWidget() is self.close_look:
            self._show_close(index)
        self.chosen.emit(index)

    def look_closely(self) -> None:
        """Show the chosen picture with its numbers."""
        if self.grid.current() >= 0:
            self._look_closely(self.grid.current())

    def _look_closely(self, index: int) -> None:
        self._show_close(index)
        self._stack.setCurrentWidget(self.close_look)
        self.close_look.view.setFocus()

    def _show_close(self, index: int) -> None:
        assert self.shown
        name = self.tr("Index {i}").format(i=f"{index:,}")
        of = say(self.shown.classes[int(self.shown.labels[index])])
        self.close_look.show_picture(self.shown.images[index], name, of)

    def look_away(self) -> bool:
        """Back to the grid; False if it is already there."""
        if self._stack.currentWidget() is not self.close_look:
            return False
        self._stack.setCurrentWidget(self.grid)
        self.grid.setFocus()
        return True

    def _step(self, by: int) -> None:
        self.grid.step(by)

    def focus_pictures(self) -> None:
        """Give the keyboard to the pictures."""
        (self.close_look.view if self._stack.currentWidget() is self.close_look else self.grid).setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
