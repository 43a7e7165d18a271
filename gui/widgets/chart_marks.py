"""What stands on a chart beside its curves: names at their ends, the lesson's levels, knob marks."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from gui import theme

NAME_GAP = 15  # pixels between the names at the curves' ends
FLAG_GAP = 22

Tone = str | int
"""A colour by its name in the theme, or a series by its index."""


def colour(tone: Tone) -> str:
    """The tone in the theme in force."""
    now = theme.current()
    return now.series[tone] if isinstance(tone, int) else str(getattr(now, tone))


def text_width(text: str) -> float:
    """Pixels a mark's words take."""
    return QFontMetricsF(theme.font("caption", 600)).horizontalAdvance(text)


def _words(text: str, tone: Tone, anchor: tuple[float, float]) -> pg.TextItem:
    item = pg.TextItem(text, color=colour(tone), anchor=anchor)
    item.setFont(theme.font("caption", 600))
    return item


@dataclass(slots=True)
class _Name:
    item: pg.TextItem
    tone: Tone
    x: float = 0.0
    y: float = 0.0


class LeftAxis(pg.AxisItem):
    """A left axis whose highest and lowest number may stand half outside; with a grid pyqtgraph drops them."""

    def __init__(self) -> None:
        super().__init__("left")

    def boundingRect(self) -> QRectF:
        return QRectF(super().boundingRect()).adjusted(0, -8, 0, 8)


class EndNames:
    """The name and last value of each curve, right of its end, pushed apart where they would overlap."""

    def __init__(self, plot: pg.PlotItem) -> None:
        self._plot = plot
        self._names: dict[Hashable, _Name] = {}

    def put(self, key: Hashable, text: str, *, at: tuple[float, float], tone: Tone) -> None:
        """Write `text` for the curve `key`, which ends `at` (x, y)."""
        name = self._names.get(key)
        if name is None:
            name = self._names[key] = _Name(_words(text, tone, (0, 0.5)), tone)
            name.item.setZValue(5)
            self._plot.addItem(name.item, ignoreBounds=True)
        if name.item.toPlainText() != text:
            name.item.setPlainText(text)
        name.x, name.y = at

    def keep(self, keys: Iterable[Hashable]) -> None:
        """Take away the names of all other curves."""
        for key in self._names.keys() - set(keys):
            self._plot.removeItem(self._names.pop(key).item)

    def texts(self) -> list[str]:
        """What is written, top to bottom."""
        return [name.item.toPlainText() for name in sorted(self._names.values(), key=lambda name: -name.y)]

    def width(self) -> float:
        """Pixels needed to the right of the last point."""
        return max((text_width(name.item.toPlainText()) + 14 for name in self._names.values()), default=0.0)

    def place(self, avoid: Sequence[float] = ()) -> None:
        """Put each name beside its curve's end, lowest first; a pile that grew past the top moves down.

        `avoid`: heights of lines that would strike a name through.
        """
        box = self._plot.vb
        pixel = box.viewPixelSize()[1]
        low, high = box.viewRange()[1]
        floor, ceiling, edge = low + 7 * pixel, high - 7 * pixel, -np.inf
        ys = {}
        for key, name in sorted(self._names.items(), key=lambda pair: pair[1].y):
            edge = ys[key] = max(min(name.y, ceiling), floor, edge + NAME_GAP * pixel)
        for key in reversed(ys):
            y = min(ys[key], ceiling)
            struck = [line for line in avoid if abs(line - y) < 8 * pixel]
            ys[key] = min(struck) - 9 * pixel if struck else y
            ceiling = ys[key] - NAME_GAP * pixel
        for key, name in self._names.items():
            name.item.setPos(name.x, ys[key])

    def themed(self) -> None:
        for name in self._names.values():
            name.item.setColor(colour(name.tone))
            name.item.setFont(theme.font("caption", 600))


class Levels:
    """Dashed sand lines: what the lesson said, with its words at the left."""

    def __init__(self, plot: pg.PlotItem) -> None:
        self._plot = plot
        self._levels: list[tuple[float, pg.InfiniteLine, pg.TextItem]] = []

    def show(self, levels: Sequence[tuple[float, str]]) -> None:
        """Draw lines at `(y, words)` instead of those drawn before."""
        for _, line, words in self._levels:
            self._plot.removeItem(line)
            self._plot.removeItem(words)
        self._levels = [(y, pg.InfiniteLine(y, angle=0), _words(text, "slide", (0, 0))) for y, text in sorted(levels)]
        for _, line, words in self._levels:
            self._plot.addItem(line, ignoreBounds=True)
            self._plot.addItem(words, ignoreBounds=True)
        self.themed()
        self.place()

    def texts(self) -> list[str]:
        return [words.toPlainText() for _, _, words in self._levels]

    def heights(self) -> list[float]:
        """The y of each line."""
        return [y for y, _, _ in self._levels]

    def place(self) -> None:
        """Keep the words at the left edge, under their lines; beside each other where lines are close."""
        box = self._plot.vb
        across, up = box.viewPixelSize()
        x, under = box.viewRange()[0][0] + 8 * across, None
        for y, line, words in self._levels:
            line.setVisible(under is None or y - under > 3 * up)  # two lines in one would read as a heavy one
            if under is None or y - under > 18 * up:
                x, under = box.viewRange()[0][0] + 8 * across, y
            words.setPos(x, under)
            x += (text_width(words.toPlainText()) + 20) * across

    def themed(self) -> None:
        for _, line, words in self._levels:
            line.setPen(pg.mkPen(colour("slide"), width=1.2, dash=[5, 4]))
            words.setColor(colour("slide"))
            words.setFont(theme.font("caption", 600))


class KnobMarks:
    """Where a person turned a knob: a dotted iris line, with a flag in the chart that carries flags."""

    def __init__(self, plot: pg.PlotItem, *, flags: bool) -> None:
        self._plot = plot
        self._flags = flags
        self._marks: list[tuple[pg.InfiniteLine, pg.TextItem | None]] = []

    def show(self, turns: Sequence[tuple[float, str]]) -> None:
        """Mark each `(x, words)`."""
        while len(self._marks) > len(turns):
            for item in filter(None, self._marks.pop()):
                self._plot.removeItem(item)
        while len(self._marks) < len(turns):
            self._marks.append(self._new_mark())
        for (x, text), (line, flag) in zip(turns, self._marks, strict=True):
            line.setPos(x)
            if flag and flag.toPlainText() != text:
                flag.setPlainText(text)
        self.place()

    def _new_mark(self) -> tuple[pg.InfiniteLine, pg.TextItem | None]:
        line, flag = pg.InfiniteLine(0, angle=90), None
        line.setPen(pg.mkPen(colour("you"), width=1.2, style=Qt.PenStyle.DotLine))
        self._plot.addItem(line, ignoreBounds=True)
        if self._flags:
            flag = pg.TextItem("", color=colour("you"), anchor=(0, 1), fill=pg.mkBrush(colour("you_soft")))
            flag.setFont(theme.font("caption", 600))
            flag.setZValue(10)
            self._plot.addItem(flag, ignoreBounds=True)
        return line, flag

    def texts(self) -> list[str]:
        return [flag.toPlainText() for _, flag in self._marks if flag]

    def place(self) -> None:
        """Flags stand on the floor of the chart; one that would cover its neighbour stands higher."""
        box = self._plot.vb
        across, up = box.viewPixelSize()
        (_, right), (floor, _) = box.viewRange()
        taken: list[tuple[float, float, int]] = []
        for line, flag in self._marks:
            if flag is None:
                continue
            start = line.value()
            end = start + (text_width(flag.toPlainText()) + 12) * across
            if outside := end > right:
                start, end = 2 * start - end, start
            used = {level for low, high, level in taken if low < end and start < high}
            level = next(i for i in range(len(used) + 1) if i not in used)
            taken.append((start, end, level))
            flag.setAnchor((1, 1) if outside else (0, 1))
            flag.setPos(line.value(), floor + (4 + FLAG_GAP * level) * up)

    def themed(self) -> None:
        for line, flag in self._marks:
            line.setPen(pg.mkPen(colour("you"), width=1.2, style=Qt.PenStyle.DotLine))
            if flag:
                flag.setColor(colour("you"))
                flag.fill = pg.mkBrush(colour("you_soft"))
                flag.setFont(theme.font("caption", 600))
