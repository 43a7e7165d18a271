"""The right column of Train for photographs: the chosen one large, and the figure of each class."""

from __future__ import annotations

from math import isfinite

import numpy as np
from PySide6.QtWidgets import QWidget

from engine.detect.judge import IOU, SCORE
from engine.train.figures import CLASS_NAMES, OF_ONE_CLASS
from gui.pages.train_photo_words import EXPLANATIONS
from gui.pages.train_photos import PhotoEvidence
from gui.widgets.basics import Chip, column, label, row
from gui.widgets.class_figures import ClassFigures
from gui.widgets.glance_paint import Painted
from gui.widgets.glance_tiles import GlanceView
from gui.widgets.lens import explain
from gui.widgets.retold import Retold
from gui.widgets.room import is_small
from gui.words import say

TALL, TALL_SMALL = 224, 190


class Seen(Retold, QWidget):
    """What the evidence has chosen, large, with its words; below it the classes."""

    def __init__(self, evidence: PhotoEvidence) -> None:
        super().__init__()
        self._evidence = evidence
        self.view, self.classes = GlanceView(), ClassFigures()
        self._title, self._by_class, self._kind = label("section"), label("section"), label("caption")
        self._file, self._words = label("caption"), label("small", wrap=True)
        self._legend, self._chip = label("caption", wrap=True), Chip("measured")
        self._none = label("small", wrap=True)
        explain(self.view, EXPLANATIONS["one"])
        explain(self.classes, EXPLANATIONS["classes"])
        self.setLayout(
            column(
                row(self._title, None, self._file, gap=6),
                self.view,
                self._words,
                self._legend,
                row(self._by_class, self._kind, None, self._chip, gap=6),
                self._none,
                self.classes,
                None,
                gap=9,
                margins=(16, 14, 16, 10),
            )
        )
        evidence.chosen.connect(self.refresh)
        self.room_changed(is_small(self))
        self.retranslate()

    def room_changed(self, small: bool) -> None:
        """A lower picture in a small window."""
        self.view.setFixedHeight(TALL_SMALL if small else TALL)

    def refresh(self) -> None:
        """Show what is chosen now."""
        evidence = self._evidence
        self.view.show_glance(evidence.one, evidence.way)
        looked = evidence.looked
        names = [say(name) for name in looked.classes] if looked else []
        known = len(evidence.values) == len(names) and bool(np.isfinite(evidence.values).any())
        self.classes.setVisible(known)
        self._chip.setVisible(known)
        self._none.setVisible(not known)
        if known:
            self.classes.show_values(names, evidence.values)
        self._say()

    def retranslate(self) -> None:
        self._title.setText(self.tr("One photograph"))
        self._by_class.setText(self.tr("By class"))
        self._chip.setText(self.tr("measured"))
        self._none.setText(self.tr("The figure of each class appears here at the first check."))
        self.view.setAccessibleName(self.tr("The chosen photograph with what the network sees"))
        self.classes.setAccessibleName(self.tr("The figure of each class"))
        self.refresh()

    def _say(self) -> None:
        one, looked = self._evidence.one, self._evidence.looked
        figure = OF_ONE_CLASS.get(looked.metric, "") if looked else ""
        self._kind.setText(say(CLASS_NAMES[figure]) if figure in CLASS_NAMES else "")
        self._file.setText(one.glance.file.rsplit("/", 1)[-1][-26:] if one else "")
        self._words.setText(self._words_of(one) if one else self.tr("Choose a photograph under the curves."))
        boxes = one is not None and one.judged is not None
        legend = self.tr("Boxes with a score of {score:.0f} or more. TP overlaps its object by {iou:.0f} % or more.")
        if one is not None and one.glance.least_score == 0:
            legend = self.tr("One box for each picture. TP: its class is right and it overlaps by {iou:.0f} % or more.")
        self._legend.setText(legend.format(score=100 * SCORE, iou=100 * IOU).replace(" %", "\u2009%") if boxes else "")
        self._legend.setVisible(boxes and not is_small(self))

    def _words_of(self, one: Painted) -> str:
        if one.judged is not None:
            right, wrong, missed = one.counts
            words = self.tr("{right} right (TP), {wrong} wrong (FP), {missed} missed (FN)")
            return words.format(right=right, wrong=wrong, missed=missed)
        if not isfinite(one.glance.figure):
            return ""
        if one.glance.points is not None:
            words = self.tr("landmarks in place: {figure:.1f} %")
        else:
            words = self.tr("mIoU of this photograph: {figure:.1f} %")
        return words.format(figure=100 * one.glance.figure).replace(" %", "\u2009%")
