"""Which pictures the stage shows: what the classes, the find field, the tools and other views ask for, as one choice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine.data.choice import Choice, Reading, Sort, order_of
from engine.data.predictions import Predictions
from gui.widgets.basics import restyle
from gui.widgets.find_field import class_called, index_called
from gui.widgets.stage_content import Shown
from gui.widgets.stage_head import StageHead


class StageFilter(QObject):
    """Listens to the head of the stage and keeps the order of the pictures.

    choice:  what is asked for. order: (n,) int64 indices of the pictures shown; None = all in file order.
    go_to:   brings the picture with an index into view; False when it is filtered out.

    Signals:
        changed: `order` is new.
        reading_wanted: an order was chosen that needs a network's reading of the set.
    """

    changed = Signal()
    reading_wanted = Signal()

    def __init__(self, head: StageHead, go_to: Callable[[int], bool]) -> None:
        super().__init__(head)
        self._head, self._go_to = head, go_to
        self.content: Shown | None = None
        self.predictions: Predictions | None = None
        self.choice = Choice()
        self.order: np.ndarray | None = None
        self._found_class = False  # the filter came from the find field, and goes with it
        head.classes.changed.connect(self._classes_picked)
        head.tools.changed.connect(self._tools_changed)
        head.finder.textChanged.connect(self._find)

    def begin(self, content: Shown, *, same: bool) -> None:
        """Another set, or (`same`) another part of one, which keeps what it can of the filters."""
        self.content, self.predictions = content, None
        self.choice = self.choice.without_reading() if same else Choice()
        self.choice = replace(self.choice, picked=None, cell=None)
        if not same:
            self._head.classes.pick(frozenset())
            self._clear_find()

    def apply(self) -> None:
        """Find the pictures that are asked for: an index array, nothing is copied."""
        if self.content is None:
            return
        head = self._head
        choice = replace(self.choice, classes=head.classes.picked, sort=head.tools.sort)
        self.choice = choice = head.tools.panel.put_into(choice)
        head.tools.say_filters(choice.filters)
        self.order = order_of(
            choice,
            self.content.content,
            predictions=self.predictions,
            sizes=self.content.sizes,
            pixels=self.content.pixels,
        )
        self.changed.emit()

    @property
    def shows_readings(self) -> bool:
        """True while pictures are looked at for what a network read in them."""
        choice = self.choice
        by_reading = choice.reading is not Reading.ALL or choice.cell is not None or choice.read_as is not None
        return self.predictions is not None and (by_reading or choice.sort in (Sort.CONFIDENCE, Sort.LOSS))

    # What asks for others

    def pick_class(self, index: int) -> None:
        """Show only one class."""
        self._clear_find()
        self._head.classes.pick(frozenset({index}))
        self.apply()

    def pick_pictures(self, indices: np.ndarray | None) -> None:
        """Show only these of the pictures shown (a lasso in the map); None lets them go."""
        self.choice = replace(self.choice, picked=indices)
        self.apply()

    def show_only(self, indices: np.ndarray) -> None:
        """Show these pictures, whatever was filtered before."""
        self._clear_find()
        self._head.classes.pick(frozenset())
        self._head.tools.panel.put_back()
        self.choice = Choice(picked=indices, sort=self.choice.sort)
        self.apply()

    def pick_cell(self, cell: tuple[int, int] | None) -> None:
        """Show only one square of the confusion matrix, (label, reading); None shows all again."""
        self.choice = replace(self.choice, cell=cell)
        self.apply()

    def use_predictions(self, predictions: Predictions | None) -> None:
        """What a network read, to filter and sort by."""
        self.predictions = predictions
        if predictions is None:
            self.choice = self.choice.without_reading()

    def _classes_picked(self) -> None:
        self._clear_find()
        self.apply()

    def _clear_find(self) -> None:
        self._found_class = False
        self.choice = replace(self.choice, text="")
        finder = self._head.finder
        finder.blockSignals(True)
        finder.clear()
        finder.blockSignals(False)
        restyle(finder, bad=False)

    def _tools_changed(self) -> None:
        tools = self._head.tools
        if tools.sort in (Sort.CONFIDENCE, Sort.LOSS) and self.predictions is None:
            self.reading_wanted.emit()
        if tools.panel.untouched:  # "Clear filters" clears those too that are set elsewhere
            self.choice = replace(self.choice, cell=None, picked=None)
        self.apply()

    # Find

    def _find(self, text: str) -> None:
        """A class shows its pictures, a number goes to that picture, other words search names and captions."""
        if self.content is None:
            return
        text, classes = text.strip(), self.content.of.classes
        index = index_called(text, classes)
        of = class_called(text, classes) if index is None else None
        searched = text if index is None and of is None and self.content.content.words else ""
        if of is not None or self._found_class or searched != self.choice.text:
            self._head.classes.pick(frozenset() if of is None else frozenset({of}))
            self._found_class = of is not None
            self.choice = replace(self.choice, text=searched)
            self.apply()
        some = self.order is None or len(self.order) > 0
        found = not text or of is not None or bool(searched and some)
        if index is not None:
            found = self._found(index)
        restyle(self._head.finder, bad=not found)

    def _found(self, index: int) -> bool:
        assert self.content
        if index >= len(self.content.of):
            return False
        if not self._go_to(index):  # filtered out: a number means this picture, whatever its class
            self._head.classes.pick(frozenset())
            self.choice = Choice(sort=self.choice.sort)
            self._head.tools.panel.put_back()
            self.apply()
            self._go_to(index)
        return True
