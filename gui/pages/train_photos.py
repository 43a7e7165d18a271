"""Under the curves of a training on photographs: what the network sees in them, how sure it is, how it learns."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from engine.train.events import Checked, Snapshot
from engine.train.figures import BESIDE, metric_name, of_classes
from engine.train.looking import Looked
from gui.pages.train_photo_words import EXPLANATIONS
from gui.pages.train_words import EXPLANATIONS as COMMON
from gui.widgets.basics import Segmented, button, column, label, panel, row
from gui.widgets.confusion import Confusion
from gui.widgets.glance_paint import ANSWER, ERRORS, TRUTH, Painted, painted_of
from gui.widgets.glance_tiles import GlanceTiles
from gui.widgets.layer_bars import LayerBars
from gui.widgets.lens import explain
from gui.widgets.precision_plot import PrecisionPlot
from gui.widgets.retold import Retold
from gui.widgets.room import is_small
from gui.widgets.set_reading import Mistaken
from gui.words import say

WAYS = (ANSWER, TRUTH, ERRORS)
PHOTOGRAPHS, MEASURED, GRADIENTS = range(3)
LINE = 18  # logical pixels of a pair of classes, so that six fit into a small window


class PhotoEvidence(Retold, QWidget):
    """Validation photographs with masks or boxes, the confusion of pixels or precision over recall, the gradients.

    Signals:
        chosen:    another photograph, another way of looking, or other figures: see `one`, `way`, `values`.
        all_asked: look at all photographs of the last part.
    """

    chosen = Signal()
    all_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.looked: Looked | None = None
        self.values = np.zeros(0)
        self._checked: Checked | None = None
        self._note_words = ""
        self._boxes, self._metric = False, ""
        self.tiles, self.matrix, self.gradients = GlanceTiles(), Confusion(), LayerBars()
        self.precision, self.pairs = PrecisionPlot(), Mistaken()
        self.pairs.HIGH = LINE
        self.choice, self.ways = Segmented(3), Segmented(3)
        self.all_button = button("grid-four", size="compact")
        self._empty, self._unmeasured, self._note = (
            label("small", wrap=True),
            label("small", wrap=True),
            label("caption"),
        )
        self._lay_out()
        self._connect()
        self.retranslate()
        self.clear()

    def _lay_out(self) -> None:
        photographs, measured = QWidget(), QWidget()
        photographs.setLayout(column(self._empty, (self.tiles, 1), gap=0))
        confused = row((self.matrix, 1), (self.pairs, 1), gap=18)
        measured.setLayout(column(self._unmeasured, (confused, 1), (self.precision, 1), gap=0))
        self._parts = QStackedWidget()
        for part in (photographs, measured, self.gradients):
            self._parts.addWidget(part)
        head = row(self.choice, self._note, None, self.ways, self.all_button, gap=8)
        self.setLayout(column(panel(head, (self._parts, 1), gap=8, pad=14), gap=0))

    def _connect(self) -> None:
        self.choice.chosen.connect(self.show_part)
        self.ways.chosen.connect(self._turn)
        self.tiles.chosen.connect(lambda _: self.chosen.emit())
        self.tiles.opened.connect(self.all_asked)
        self.all_button.clicked.connect(self.all_asked)
        explain(self.tiles, EXPLANATIONS["answers"])
        explain(self.precision, EXPLANATIONS["precision"])
        explain(self.gradients, COMMON["gradients"])

    # What is shown

    @property
    def one(self) -> Painted | None:
        """The chosen photograph."""
        return self.tiles.shown[self.tiles.at] if self.tiles.shown else None

    @property
    def way(self) -> int:
        """ANSWER, TRUTH or ERRORS."""
        return WAYS[self.ways.index()]

    def set_metric(self, metric: str) -> None:
        """By which figure the network is marked; it decides what is measured besides."""
        self._boxes, self._metric = metric == "map50", metric
        self.retranslate()

    def clear(self) -> None:
        """Nothing was looked at yet."""
        self.looked, self._checked, self.values, self._note_words = None, None, np.zeros(0), ""
        self.tiles.show_glances([])
        self.gradients.show_values({})
        self._refresh()
        self.chosen.emit()

    def show_looked(self, looked: Looked) -> None:
        """What the network sees now."""
        self.looked = looked
        if np.isfinite(looked.values).any() or len(self.values) != len(looked.values):
            self.values = looked.values
        self.tiles.show_glances(painted_of(looked, [say(name) for name in looked.classes]))
        self._refresh()
        self.chosen.emit()

    def show_curves(self, measured: Looked) -> None:
        """Precision over recall and the figures, measured on more photographs than are shown."""
        if self.looked is not None:
            self.looked = dataclasses.replace(self.looked, curves=measured.curves, values=measured.values)
            self.values = measured.values
            self._refresh()
            self.chosen.emit()

    def show_check(self, checked: Checked) -> None:
        """What the newest check measured."""
        self._checked = checked
        if self.looked is not None:
            self.values = of_classes(checked.metric, checked.figures, self.looked.classes, checked.confusion)
        self._refresh()
        self.chosen.emit()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """The newest weights."""
        self.gradients.show_values(_coarse(snapshot.gradients))

    def say_note(self, words: str) -> None:
        """What is being done, or why it cannot be."""
        self._note_words = words
        self._refresh()

    def show_part(self, index: int) -> None:
        """PHOTOGRAPHS, MEASURED or GRADIENTS."""
        self.choice.choose(index)
        self._parts.setCurrentIndex(index)
        self._refresh()

    def _turn(self, index: int) -> None:
        self.tiles.show_way(WAYS[index])
        self.chosen.emit()

    def _refresh(self) -> None:
        looked, names = self.looked, []
        if looked is not None:
            names = [say(name) for name in looked.classes]
        curves = looked.curves if looked is not None else np.zeros((0, 101))
        confusion = self._checked.confusion if self._checked else np.zeros((0, 0), np.int64)
        matrix = not self._boxes and len(confusion) > 0 and len(names) == len(confusion)
        self.matrix.setVisible(matrix)
        self.pairs.setVisible(matrix)
        if matrix:
            self.matrix.show_matrix(confusion, [name[:1] for name in names])  # in the order of the right column
            self.pairs.show_matrix(confusion, names)
        self.precision.setVisible(self._boxes and len(curves) > 0)
        if self._boxes and len(curves):
            self.precision.show_curves(names, curves)
        self._unmeasured.setVisible(not matrix and not (self._boxes and len(curves) > 0))
        self._say()

    # Words

    def room_changed(self, small: bool) -> None:
        """The evidence line gives way in a small window."""
        self._note.setVisible(not small)

    def retranslate(self) -> None:
        measured = self.tr("Precision, recall") if self._boxes else self.tr("Confusion")
        measured = self.tr("Distance") if self._metric == "pck" else measured
        self.choice.setTexts([self.tr("Photographs"), measured, self.tr("Gradients")])
        self.choice.setAccessibleName(self.tr("What stands under the curves"))
        self.ways.setTexts([self.tr("Network"), self.tr("Truth"), self.tr("Errors")])
        self.ways.setAccessibleName(self.tr("What is drawn on the photographs"))
        self.all_button.setText(self.tr("All…"))
        self.all_button.setToolTip(self.tr("Look at all photographs of the validation part, worst first"))
        self.tiles.setAccessibleName(self.tr("Validation photographs with what the network sees"))
        pixels = self._metric != "located"
        rows = self.tr("Confusion of pixels, rows are the truth")
        self.matrix.setAccessibleName(rows if pixels else self.tr("Confusion of classes, rows are the truth"))
        most = self.tr("Classes mistaken most, in pixels")
        self.pairs.setAccessibleName(most if pixels else self.tr("Classes mistaken most, in pictures"))
        explain(self.matrix, EXPLANATIONS["pixels" if pixels else "pictures"])
        self.precision.setAccessibleName(self.tr("Precision over recall by class, per cent"))
        self.gradients.setAccessibleName(self.tr("Gradient by layer"))
        if self.looked is not None:
            self.tiles.show_glances(painted_of(self.looked, [say(name) for name in self.looked.classes]))
        self._refresh()

    def _say(self) -> None:
        photographs = self._parts.currentIndex() == PHOTOGRAPHS
        self.ways.setVisible(photographs)
        self._empty.setText(
            self._note_words
            or self.tr(
                "Press Start: validation photographs appear here with what the network sees, better at each check."
            )
        )
        self._empty.setVisible(not self.tiles.shown)
        waiting = self.tr("After the first check. Of an earlier run: press All.")
        self._unmeasured.setText(self._note_words or self._distance_words() or waiting)
        self._note.setText(self._figure_words() if photographs else "")
        self._note.setVisible(bool(self._note.text()) and not is_small(self))

    def _figure_words(self) -> str:
        found = self._checked
        if found is None:
            return self.tr("nothing learnt yet") if self.looked is not None else ""
        name, count = say(metric_name(found.metric)), found.count
        words = self.tr("{name} {figure:.1f} % on {n:,} photographs").format(
            name=name, figure=100 * found.accuracy, n=count
        )
        beside = (f"{say(metric_name(key))} {self._figure(key)}" for key in BESIDE.get(found.metric, ()))
        return " · ".join((words, *beside)).replace(" %", "\u2009%")

    def _figure(self, key: str) -> str:
        """A figure of the last check: per cent, of an overlap the share itself."""
        value = self._checked.figures.get(key, float("nan")) if self._checked else float("nan")
        return f"{value:.2f}" if key == "mean_iou" else f"{100 * value:.1f} %"

    def _distance_words(self) -> str:
        """How far landmarks are off, and which least and most."""
        if self._metric != "pck" or self._checked is None or self.looked is None or not np.isfinite(self.values).any():
            return ""
        names = [say(name) for name in self.looked.classes]
        best, worst = int(np.nanargmax(self.values)), int(np.nanargmin(self.values))
        words = self.tr(
            "On average a landmark is {distance} of the picture’s side off. Found best: {best}, {high:.0f} %. "
            "Hardest: {worst}, {low:.0f} %."
        )
        high, low = 100 * self.values[best], 100 * self.values[worst]
        words = words.format(
            distance=self._figure("mean_distance"), best=names[best], high=high, worst=names[worst], low=low
        )
        return words.replace(" %", "\u2009%")


def _coarse(gradients: Mapping[str, float]) -> dict[str, float]:
    """At most a dozen layers, evenly spread: a network for photographs has a hundred."""
    names = list(gradients)
    kept = sorted({int(i) for i in np.linspace(0, len(names) - 1, min(9, len(names)))}) if names else []
    return {_short(names[i]): gradients[names[i]] for i in kept}


def _short(name: str) -> str:
    parts = name.split(".")
    return ".".join((parts[0][:3], *parts[1:3]))[:9]
