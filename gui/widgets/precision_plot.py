"""Precision over recall for each class of a detector (lecture row 67)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.widgets.photo_marks import class_colour

RECALLS = np.linspace(0, 1, 101)
_TICKS = [(v, f"{100 * v:.0f}") for v in (0.0, 0.25, 0.5, 0.75, 1.0)]


class PrecisionPlot(pg.PlotWidget):
    """One curve a class, in the class's colour, its name and AP at its end; axes in per cent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: list[str] = []
        self._curves = np.zeros((0, 101), np.float32)
        self._items: list[pg.PlotDataItem] = []
        self._tags: list[pg.TextItem] = []
        plot = self.getPlotItem()
        plot.hideButtons()
        plot.setMenuEnabled(False)
        plot.setMouseEnabled(x=False, y=False)
        plot.vb.disableAutoRange()
        plot.vb.setRange(xRange=(0, 1.3), yRange=(0, 1.04), padding=0)
        for side in ("left", "bottom"):
            axis = plot.getAxis(side)
            axis.setStyle(tickLength=0, tickTextOffset=6)
            axis.setTicks([_TICKS])
        plot.getAxis("left").setWidth(34)
        plot.getAxis("bottom").setHeight(20)
        self._themed()

    @property
    def curves(self) -> np.ndarray:
        """(classes, 101) what is drawn."""
        return self._curves

    def show_curves(self, names: Sequence[str], curves: np.ndarray) -> None:
        """(classes, 101) precision at recalls 0 … 1; a class that does not occur is nan and not drawn."""
        self._names, self._curves = list(names), curves
        plot = self.getPlotItem()
        for item in (*self._items, *self._tags):
            plot.removeItem(item)
        self._items, self._tags, taken = [], [], list[float]()
        told = []
        for index, (name, curve) in enumerate(zip(self._names, curves, strict=False)):
            if not np.isfinite(curve).all():
                continue
            item = pg.PlotDataItem(RECALLS, curve)
            plot.addItem(item)
            tag = pg.TextItem(anchor=(0, 0.5))
            at = _free(float(curve.mean()), taken)
            taken.append(at)
            tag.setPos(1.02, at)
            plot.addItem(tag, ignoreBounds=True)
            self._items.append(item)
            self._tags.append(tag)
            words = f"{name}  AP {100 * curve.mean():.1f}\u2009%"
            told.append(words)
            self._dress(item, tag, index, words)
        self.setAccessibleDescription(", ".join(told))

    def _dress(self, item: pg.PlotDataItem, tag: pg.TextItem, index: int, words: str) -> None:
        item.setPen(pg.mkPen(class_colour(index), width=2))
        tag.setFont(theme.font("small"))
        tag.setText(words, color=QColor(theme.current().dim))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange) and hasattr(self, "_tags"):
            self._themed()

    def _themed(self) -> None:
        now, plot = theme.current(), self.getPlotItem()
        self.setBackground(now.panel)
        for side in ("left", "bottom"):
            axis = plot.getAxis(side)
            axis.setPen(pg.mkPen(now.line) if side == "bottom" else pg.mkPen(None))
            axis.setTextPen(now.faint)
            axis.setTickFont(theme.font("caption"))
        plot.showGrid(x=False, y=True, alpha=0.13 if now.name == "dark" else 0.16)
        self.show_curves(self._names, self._curves)


def _free(at: float, taken: list[float]) -> float:
    """A height near `at` that no other name has."""
    while any(abs(at - other) < 0.12 for other in taken):
        at -= 0.02
    return at
