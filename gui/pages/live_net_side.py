"""What an opened network says, of which class the heat is shown, and the chosen layer in figures."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QGridLayout, QWidget

from engine.live.open_net import Looked, Part
from engine.text import Text
from gui.pages import live_net_words as told
from gui.widgets.basics import Segmented, SliderRow, column, label, rule
from gui.widgets.lens import explain
from gui.widgets.net_diagram import shape_words
from gui.widgets.pictures import Bars
from gui.widgets.retold import Retold
from gui.words import say

_ROW, _NAMES = 24, 128


class _ClickBars(Bars):
    """Bars of which one can be chosen.

    Signals:
        clicked: (int) which.
    """

    clicked = Signal(int)

    def __init__(self) -> None:
        super().__init__(row_height=_ROW, name_width=_NAMES)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit(int(event.position().y() // _ROW))


class NetSide(Retold, QWidget):
    """Signals:
    target_chosen: (object) show the heat of this class (int), or of the best answer (None).
    opacity_changed: (float) 0 to 1.
    here_chosen: (bool) the heat at the chosen layer, or at the last map.
    """

    here_chosen = Signal(bool)
    target_chosen = Signal(object)
    opacity_changed = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.bars, self.targets = _ClickBars(), QComboBox()
        self.opacity = SliderRow(0, 1, 0.6, step=0.05, live=True)
        self.where, self.how = Segmented(2, wide=True), label("caption", wrap=True)
        self._titles = {name: label("section") for name in ("says", "heat", "layer")}
        self._facts = [(label("small"), label("strong")) for _ in range(5)]
        self._names: Sequence[Text] = ()
        self._classes: tuple[int, ...] = ()
        self._looked: Looked | None = None
        self.targets.setEditable(True)
        self.targets.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.targets.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.targets.setMinimumContentsLength(12)
        completer = self.targets.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        for i, (name, value) in enumerate(self._facts):
            grid.addWidget(name, i, 0)
            grid.addWidget(value, i, 1, Qt.AlignmentFlag.AlignRight)
        self._table = QWidget()
        self._table.setLayout(grid)
        title = self._titles
        self.setLayout(
            column(
                *(title["says"], self.bars, rule(), title["heat"], self.targets, self.where, self.opacity, self.how),
                *(rule(), title["layer"], self._table, None),
                gap=8,
                margins=(0, 0, 10, 4),
            )
        )
        self.bars.clicked.connect(self._bar_clicked)
        self.targets.activated.connect(self._target_activated)
        self.opacity.changed.connect(self.opacity_changed)
        self.where.chosen.connect(self._where_chosen)
        self.opacity.set_format(lambda v: f"{v * 100:.0f}\u2009%")
        for widget, words in (
            *((self.bars, told.ANSWER), (self.where, told.HEAT), (self.targets, told.HEAT), (self.opacity, told.HEAT)),
            (self._table, told.FACTS),
        ):
            explain(widget, words)
        self.retranslate()

    def use_names(self, names: Sequence[Text]) -> None:
        """The classes of another network."""
        self._names = names
        self.targets.blockSignals(True)
        self.targets.clear()
        self.targets.addItem(self.tr("The best answer"), None)
        for i, name in enumerate(names):
            self.targets.addItem(say(name), i)
        self.targets.setCurrentIndex(0)
        self.targets.blockSignals(False)

    def show_looked(self, found: Looked) -> None:
        """Show an answer and the layer that was looked at."""
        self._looked, self._classes = found, found.classes
        self._say()

    def _say(self) -> None:
        found = self._looked
        if found is None or not self._names:
            self.bars.set_values([""] * 5, None)
            return
        self.bars.set_values([say(self._names[i]) for i in found.classes], np.asarray(found.probabilities))
        backward = self.tr("Grad-CAM: made with one backward pass.")
        plain = self.tr("CAM: weights times the last map, no backward pass.")
        empty = self.tr("Nothing in this layer speaks for the class.")
        nothing = found.heat is not None and found.heat.max() <= 0
        self.how.setText(empty if nothing else backward if found.backward else plain)
        index = min(found.wish.layer, len(found.parts) - 1)
        self._say_facts(found.parts[index], found.zeros[index], found)

    def _say_facts(self, part: Part, zeros: float, found: Looked) -> None:
        none = "–"
        kernel = f"{part.kernel}×{part.kernel}" if part.kernel else none
        share = none if math.isnan(zeros) else f"{zeros * 100:.0f}\u2009%"
        total = sum(p.parameters for p in found.parts)
        values = (
            (self.tr("Comes out"), shape_words(part)),
            (self.tr("Kernel"), kernel),
            (self.tr("Weights here"), f"{part.parameters:,}"),
            (self.tr("Weights in all"), f"{total:,}"),
            (self.tr("Activations at 0"), share),
        )
        for (name, value), (words, figure) in zip(self._facts, values, strict=True):
            name.setText(words)
            value.setText(figure)

    def _bar_clicked(self, place: int) -> None:
        if place < len(self._classes):
            self.targets.setCurrentIndex(self._classes[place] + 1)
            self.target_chosen.emit(self._classes[place])

    def _where_chosen(self, index: int) -> None:
        self.here_chosen.emit(index == 1)

    def _target_activated(self, index: int) -> None:
        self.target_chosen.emit(self.targets.itemData(index))

    def retranslate(self) -> None:
        title = self._titles
        title["says"].setText(self.tr("The network says"))
        title["heat"].setText(self.tr("Where it saw"))
        title["layer"].setText(self.tr("This layer"))
        self.bars.setAccessibleName(self.tr("The five likeliest classes"))
        self.targets.setAccessibleName(self.tr("Class of the heat map"))
        self.where.setTexts([self.tr("at the last map"), self.tr("at this layer")])
        self.where.setAccessibleName(self.tr("Where it saw"))
        self.opacity.set_name(self.tr("Opacity"))
        if self._names:
            chosen = self.targets.currentIndex()
            self.use_names(self._names)
            self.targets.setCurrentIndex(chosen)
        self._say()
