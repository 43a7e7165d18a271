"""The stage of the dataset browser: find, split, classes, the wall of pictures, and what stands there instead."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from engine.data import AnySet, explained
from engine.data.browse import Opened
from engine.data.choice import Sort
from engine.data.content import Content
from engine.data.predictions import Predictions
from engine.text import Text
from gui.widgets.basics import Segmented, column, role
from gui.widgets.class_list import ClassList
from gui.widgets.fault_list import FaultList
from gui.widgets.image_grid import ImageGrid
from gui.widgets.instead import Instead
from gui.widgets.lens import explain
from gui.widgets.reading_marks import paint_reading
from gui.widgets.stage_content import Shown
from gui.widgets.stage_filter import StageFilter
from gui.widgets.stage_head import PICTURES, StageHead
from gui.widgets.stage_looks import StageLooks
from gui.words import say


class PictureStage(QFrame):
    """Shows any set, filtered by what is picked and found.

    Signals:
        chosen: (int) the index of the picture now chosen.
        filtered: other pictures are shown; see `order`.
        split_chosen: (str) a person wants another part of the set.
        view_chosen: (int) pictures, map, doctor or annotate; see `put_view`.
        reading_wanted: an order was chosen that needs a network's reading of the set.
        folder_asked, bundled_asked: buttons of what stands there instead of pictures.
    """

    chosen = Signal(int)
    filtered = Signal()
    split_chosen = Signal(str)
    view_chosen = Signal(int)
    reading_wanted = Signal()
    folder_asked = Signal()
    bundled_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        role(self, "panel")
        self.content: Shown | None = None
        self._can_read, self._back_to_message, self._sorted = False, False, (Sort.FILE, False)
        self._name = Text("", "")
        self.head, self.grid = StageHead(), ImageGrid()
        self.filter = StageFilter(self.head, self.grid.choose)
        self.finder, self.classes, self.tools = self.head.finder, self.head.classes, self.head.tools
        self.looks, self.class_list, self.instead = StageLooks(), ClassList(), Instead()
        self.close_look = self.looks.pixels
        self._faults: FaultList | None = None
        self._views: dict[int, QWidget] = {}
        self._stack = QStackedWidget()
        for part in (self.grid, self.looks, self.class_list, self.instead):
            self._stack.addWidget(part)
        self.setLayout(column(self.head, (self._stack, 1), gap=12, margins=(14, 12, 4, 12)))
        self._connect()
        explain(self.grid, explained.PIXELS)
        self.retranslate()

    def _connect(self) -> None:
        self.grid.describe = self._describe
        self.grid.chosen.connect(self._picture_chosen)
        self.grid.opened.connect(self._look_closely)
        self.looks.closed.connect(self.look_away)
        self.looks.stepped.connect(self._step)
        self.looks.class_asked.connect(self.pick_class)
        self.class_list.closed.connect(self.look_away)
        self.class_list.chosen.connect(self._class_listed)
        self.filter.changed.connect(self._filtered)
        self.filter.reading_wanted.connect(self.reading_wanted)
        self.tools.layers_changed.connect(self._layers_changed)
        self.tools.classes_asked.connect(self.list_classes)
        self.head.split_chosen.connect(self.split_chosen)
        self.head.view_chosen.connect(self._view_clicked)
        self.head.faults_asked.connect(self.list_faults)
        self.instead.folder_asked.connect(self.folder_asked)
        self.instead.bundled_asked.connect(self.bundled_asked)
        self.finder.left.connect(self.focus_pictures)

    def retranslate(self) -> None:
        self.grid.setAccessibleName(self.tr("Pictures; arrows choose, Enter looks closely"))
        self.name_classes()
        self.head.title.setText(say(self._name))
        self._say_count()

    @property
    def shown(self) -> AnySet | None:
        """The set that is open."""
        return self.content.of if self.content else None

    @property
    def order(self) -> np.ndarray | None:
        """Indices of the pictures shown; None = all in file order."""
        return self.filter.order

    @property
    def split(self) -> Segmented:
        """The switch between the parts of the set."""
        return self.head.split

    def split_word(self, split: str) -> str:
        """What a part of a set is called in the language in force."""
        return self.head.split_word(split)

    # What is shown

    def show_set(self, shown: AnySet, name: Text, splits: Sequence[str], content: Content) -> None:
        """Show all of `shown`, the first picture chosen; a filter stays on another part of the same set."""
        same = self.shown is not None and self.shown.id == shown.id
        self.content, self._name = Shown.of_set(shown, content), name
        self.filter.begin(self.content, same=same)
        if tuple(splits) != self.head.splits:
            self.head.put_splits(tuple(splits))
        if shown.split in splits:
            self.split.choose(list(splits).index(shown.split))
        self.name_classes()
        self.allow()
        if not same:
            self.tools.panel.put_back()
        self.looks.suit(self.content)
        tiles = self.content.tiles
        self.grid.blend = tiles.blend if tiles else None
        if tiles:
            tiles.layers = self.tools.layers
        self.grid.set_images(self.content.images, tile=self.content.tile)
        self.filter.apply()
        self.head.views.choose(PICTURES)
        self._stack.setCurrentWidget(self.grid)
        self._show_head(name)
        self.tell_faults()
        if not len(shown):
            self.instead.show_empty()
            self._show_instead(name)

    def allow(self, *, can_read: bool | None = None) -> None:
        """Offer the orders, filters and marks that the set has; `can_read`: some network knows its classes."""
        self._can_read = self._can_read if can_read is None else can_read
        if self.content is not None:
            self.tools.allow(
                sorts=self.content.sorts(can_read=self._can_read),
                marks=self.content.marks(),
                sizes=self.content.size_range(),
                can_read=self.filter.predictions is not None,
                names=self.class_names(),
            )

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
        place = self._stack.currentWidget()
        instead, other = place is self.instead, place in self._views.values() or place is self.class_list
        classes = bool(self.content and self.content.has_classes) and place is not self.looks  # it takes the room
        self.head.show_parts(pictures=not other, instead=instead, classes=classes)
        self.head.title.setText(say(self._name))
        self._say_count()

    def class_names(self) -> list[str]:
        """The classes of the set in the language in force."""
        return [say(name) for name in self.shown.classes] if self.shown else []

    def name_classes(self) -> None:
        """Say the classes again: another language, or more is known of their shares."""
        if self.content:
            counts, words = self.content.counts()
            self.classes.set_classes(self.class_names(), counts, words=words, colours=self.content.colours())
            self.tools.all_classes.setVisible(self.classes.hides_some and self.content.has_classes)

    def more_is_known(self) -> None:
        """More thumbnails have been read: show them, and what they told of sizes, masks and faults."""
        self.grid.refresh()
        self.tell_faults()

    def tell_faults(self) -> None:
        """Say how many files could not be read, also in the list if it is open."""
        faults = self.content.faults if self.content else ()
        self.head.tell_faults(len(faults))
        if self._faults is not None:
            self._faults.show_faults(faults)

    def list_faults(self) -> None:
        """Open the list of files that could not be read."""
        if self._faults is None:
            self._faults = FaultList(self)
        self._faults.show_faults(self.content.faults if self.content else ())
        self._faults.show()

    # Views beside the pictures

    def put_view(self, view: int, widget: QWidget) -> None:
        """Mount one of the views beside the pictures."""
        self._views[view] = widget
        self._stack.addWidget(widget)

    def view(self, view: int) -> QWidget | None:
        """A view that was mounted, or None."""
        return self._views.get(view)

    def show_view(self, view: int) -> None:
        """Bring a view to the front, as a click on its name does."""
        self.head.views.choose(view)
        self._view_clicked(view)

    def _view_clicked(self, view: int) -> None:
        self.view_chosen.emit(view)  # whoever listens mounts what is not there yet
        self._stack.setCurrentWidget(self._views.get(view, self.grid))
        self._show_head(self._name)

    def list_classes(self) -> None:
        """Show all classes of the set in a list to search."""
        if self.content is None:
            return
        counts, words = self.content.counts()
        most = max(1, *counts) if counts else 1
        self.show_class_list(self.content.of.classes, words or [f"{n:,}" for n in counts], [n / most for n in counts])

    def show_class_list(self, names: Sequence[Text], words: Sequence[str], shares: Sequence[float]) -> None:
        """Show these classes in a list to search."""
        self.class_list.show_classes(names, words, shares)
        self._back_to_message = self._stack.currentWidget() is self.instead
        self._stack.setCurrentWidget(self.class_list)
        self._show_head(self._name)
        self.class_list.finder.setFocus()

    def _class_listed(self, index: int) -> None:
        self.look_away()
        if self.shown is not None and index < len(self.shown.classes):
            self.pick_class(index)

    # Words

    def _say_count(self) -> None:
        self.head.count.setText(self.content.count_words(len(self.grid)) if self.content else "")

    def _describe(self, index: int) -> str:
        return self.content.words_of(index) if self.content else ""

    # Filter

    def pick_class(self, index: int) -> None:
        """Show only one class."""
        self.filter.pick_class(index)

    def use_predictions(self, predictions: Predictions | None) -> None:
        """What a network read, to filter and sort by."""
        self.filter.use_predictions(predictions)
        self.allow()
        self.filter.apply()

    def _filtered(self) -> None:
        assert self.content
        tiles = self.content.tiles
        if tiles:  # classes in masks and boxes: only those asked for are marked
            tiles.only = self.filter.choice.classes if self.content.content.labels is None else frozenset()
            self.looks.photo.set_layers(self.tools.layers, tiles.only)
        self.grid.overlay = self._overlay if tiles or self.filter.shows_readings else None
        self.grid.set_order(self.order)
        sorted_by = self.filter.choice.sort, self.filter.predictions is not None
        if sorted_by != self._sorted and len(self.grid):  # another order is looked at from its beginning
            if sorted_by[0] is not self._sorted[0] or self.filter.shows_readings:
                self.grid.choose(self.grid.first())
            self._sorted = sorted_by
        if self.grid.current() < 0 and len(self.grid):
            self.grid.choose(int(self.grid.visible()[0]))
        self._say_count()
        self.filtered.emit()

    # Marks

    def _overlay(self, p: QPainter, index: int, hole: QRectF) -> None:
        assert self.content
        if self.content.tiles:
            self.content.tiles.overlay(p, index, hole)
        if self.filter.predictions is not None and self.filter.shows_readings:
            paint_reading(p, self.filter.predictions, self.class_names(), index, hole)

    def _layers_changed(self) -> None:
        if self.content and self.content.tiles:
            self.content.tiles.layers = self.tools.layers
            self.looks.photo.set_layers(self.tools.layers, self.content.tiles.only)
        self.grid.refresh()

    # Close look

    def _picture_chosen(self, index: int) -> None:
        if self._stack.currentWidget() is self.looks and self.content:
            self.looks.show_index(self.content, index)
        self.chosen.emit(index)

    def look_closely(self) -> None:
        """Show the chosen picture with its numbers."""
        if self.grid.current() >= 0:
            self._look_closely(self.grid.current())

    def _look_closely(self, index: int) -> None:
        assert self.content
        self.looks.show_index(self.content, index)
        self._stack.setCurrentWidget(self.looks)
        self._show_head(self._name)
        self.looks.focus_view()

    def show_photo(self, opened: Opened, problem: str) -> None:
        """A photograph has been read: for the close look, whether it is open or not."""
        if self.content:
            self.looks.show_photo(self.content, opened, problem)

    def look_away(self) -> bool:
        """Back to the grid; False if it is already there."""
        if self._stack.currentWidget() in (self.grid, self.instead):
            return False
        if self._back_to_message and self._stack.currentWidget() is self.class_list:
            self._show_instead(self._name)
            return True
        self.show_view(PICTURES)
        self.grid.setFocus()
        return True

    def _step(self, by: int) -> None:
        self.grid.step(by)

    def focus_pictures(self) -> None:
        """Give the keyboard to the pictures."""
        if self._stack.currentWidget() is self.looks:
            self.looks.focus_view()
        else:
            self.grid.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.StyleChange and self.content:
            if self.content.tiles:  # thumbnails that are not known, and drawn signals, take the theme's colours
                self.content.tiles.follow_theme()
            self.grid.refresh()
