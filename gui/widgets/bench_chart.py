"""A benchmark's chart: bars cut by kind with their spread, or series over an axis; values on hover."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QWidget

from engine.bench.charts import Bar, Chart, Series
from gui import theme
from gui.widgets.chart_ticks import log_ticks, ticks
from gui.words import say

_TALL = 0.42  # of the room of a bar
_SLOTS = 4  # bars that the room is made for at least
_ORDER = (0, 1, 2, 3, 7, 5, 4, 6)  # series colours in the order of kinds
_REACH = 18  # pixels from the pointer to a dot that is meant
_FEW = 24  # dots of a series up to which each has its spread drawn


def colour(number: int) -> str:
    """The colour of the n-th kind or series."""
    return theme.current().series[_ORDER[number % len(_ORDER)]]


def figure(value: float) -> str:
    """Three digits as people write them."""
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else "–"
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:,.{min(digits, 4)}f}".replace("-", "−")


class BenchChart(pg.PlotWidget):
    """Draws a `Chart`.

    Signals:
        told: (str) what is under the pointer; "" when nothing is.
    """

    told = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: Chart | None = None
        self._items: list[pg.GraphicsObject] = []
        plot = self.getPlotItem()
        plot.hideButtons()
        plot.setMenuEnabled(False)
        plot.setMouseEnabled(x=False, y=False)
        plot.vb.disableAutoRange()
        for side in ("left", "bottom"):
            plot.getAxis(side).setStyle(tickLength=0, tickTextOffset=8, autoExpandTextSpace=False)
        plot.getAxis("left").setStyle(hideOverlappingLabels=False)
        self.scene().sigMouseMoved.connect(self._moved)
        self.setMinimumHeight(120)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._dress()

    @property
    def chart(self) -> Chart | None:
        """What is drawn."""
        return self._chart

    def show_chart(self, chart: Chart | None) -> None:
        """Draw this one; None for an empty one."""
        self._chart = chart
        self._draw()

    def colour_of(self, number: int) -> QColor:
        """The colour of the n-th kind, or of the n-th series."""
        chart = self._chart
        if chart and chart.series and chart.series[number].tone:
            return QColor(getattr(theme.current(), chart.series[number].tone))
        return QColor(
            colour(number - sum(bool(s.tone) for s in chart.series[:number]) if chart and chart.series else number)
        )

    def picture(self, size: QSize) -> QImage:
        """The chart as it stands, for a file."""
        image = QImage(size, QImage.Format.Format_ARGB32)
        image.fill(QColor(theme.current().panel))
        painter = QPainter(image)
        self.render(painter)
        painter.end()
        return image

    def _draw(self) -> None:
        plot = self.getPlotItem()
        for item in self._items:
            plot.removeItem(item)
        self._items = []
        chart = self._chart
        if chart is None:
            return
        if chart.bars:
            self._draw_bars(chart)
        else:
            self._draw_series(chart)
        self.setAccessibleName(say(chart.title))
        self.setAccessibleDescription(say(chart.reading))

    def _add(self, item: pg.GraphicsObject) -> None:
        self._items.append(item)
        self.getPlotItem().addItem(item, ignoreBounds=True)

    # Bars

    def _draw_bars(self, chart: Chart) -> None:
        now, plot = theme.current(), self.getPlotItem()
        kinds = [kind for kind, _ in chart.kinds]
        most = max((max(bar.total, bar.high or 0.0) for bar in chart.bars), default=1.0) or 1.0
        for place, bar in enumerate(chart.bars):
            left, y = 0.0, -float(place)
            for kind, value in bar.parts:
                brush = self.colour_of(kinds.index(kind) if kind in kinds else 0)
                part = pg.BarGraphItem(
                    x0=[left], width=[value], y=[y], height=[_TALL], brush=brush, pen=pg.mkPen(now.panel)
                )
                self._add(part)
                left += value
            if bar.low is not None and bar.high is not None and bar.n > 1:
                self._add(_whisker(bar.low, bar.high, y - _TALL / 2 - 0.1))
            self._add(self._end_words(bar, chart, left, y))
        names = [(-float(place), self._name(bar)) for place, bar in enumerate(chart.bars)]
        axis = plot.getAxis("left")
        axis.setTicks([names])
        axis.setWidth(self._names_width(chart))
        ends = max(theme.type_sizes()["small"] * 9, 90) / max(200, self.width() - axis.width())
        spare = max(0, _SLOTS - len(chart.bars)) / 2  # a few bars stand in the middle
        y_range = (-len(chart.bars) + 0.35 - spare, 0.6 + spare)
        plot.vb.setRange(xRange=(0, most * (1 + 1.35 * ends)), yRange=y_range, padding=0)
        plot.getAxis("bottom").setTicks([ticks(0, most, 6)])
        plot.showGrid(x=False, y=False)

    def _name(self, bar: Bar) -> str:
        return "\n".join(part for part in (say(bar.name), say(bar.note)) if part)

    def _names_width(self, chart: Chart) -> int:
        wide = QFontMetricsF(theme.font("small"))
        words = [line for bar in chart.bars for line in self._name(bar).split("\n")]
        return min(220, int(max(map(wide.horizontalAdvance, words), default=40)) + 18)

    def _end_words(self, bar: Bar, chart: Chart, left: float, y: float) -> pg.TextItem:
        now = theme.current()
        unit = say(chart.unit)
        first = f"<span style='color:{now.net};font-weight:600'>{figure(bar.total)} {unit}</span>"
        if bar.low is not None and bar.high is not None and bar.n > 1:
            spread = f"{figure(bar.low)}–{figure(bar.high)}, n = {bar.n}"
        else:
            spread = f"n = {bar.n}" if bar.n else ""
        second = f"<br><span style='color:{now.faint}'>{spread}</span>" if spread else ""
        item = pg.TextItem(html=first + second, anchor=(0, 0.5))
        item.setFont(theme.font("small"))
        item.setPos(max(left, bar.high or 0.0), y)
        return item

    # Series

    def _draw_series(self, chart: Chart) -> None:
        plot = self.getPlotItem()
        for number, one in enumerate(chart.series):
            self._draw_one(chart, number, one)
        xs = [self._x(chart, v) for one in chart.series for v in one.x]
        heights = [
            self._y(chart, v) for one in chart.series for v in (*one.y, *one.high, *one.low) if v > 0 or not chart.log_y
        ]
        if not xs or not heights:
            return
        low, high = (min(heights), max(heights)) if chart.log_y else (min(0.0, *heights), max(heights))
        room, side = 0.08 * ((high - low) or 1.0), 0.06 * ((max(xs) - min(xs)) or 1.0)
        plot.vb.setRange(
            xRange=(min(xs) - side, max(xs) + side), yRange=(low - (room if chart.log_y else 0), high + room), padding=0
        )
        left = log_ticks(low, high, 5) if chart.log_y else ticks(low, high + room, 6)
        plot.getAxis("left").setTicks([left])
        wide = QFontMetricsF(theme.font("caption"))
        plot.getAxis("left").setWidth(int(max((wide.horizontalAdvance(w) for _, w in left), default=30)) + 16)
        plot.getAxis("bottom").setTicks([self._x_ticks(chart, xs)])
        plot.showGrid(x=False, y=True, alpha=0.13 if theme.current().name == "dark" else 0.16)

    def _x_ticks(self, chart: Chart, xs: list[float]) -> list[tuple[float, str]]:
        values = sorted({v for one in chart.series for v in one.x})
        if len(values) <= 10 and all(
            float(v).is_integer() for v in values
        ):  # numbers that were measured, not round ones between them
            return [(self._x(chart, v), f"{v:g}") for v in values]
        return log_ticks(min(xs), max(xs), 6) if chart.log_x else ticks(min(xs), max(xs), 6)

    @staticmethod
    def _x(chart: Chart, value: float) -> float:
        return math.log10(max(value, 1e-12)) if chart.log_x else value

    @staticmethod
    def _y(chart: Chart, value: float) -> float:
        return math.log10(max(value, 1e-12)) if chart.log_y else value

    def _draw_one(self, chart: Chart, number: int, one: Series) -> None:
        ink = self.colour_of(number)
        x = np.array([self._x(chart, v) for v in one.x])
        y = np.array([self._y(chart, v) for v in one.y])
        if one.style == "dots":
            self._add(pg.ScatterPlotItem(x=x, y=y, size=8, brush=ink, pen=pg.mkPen(theme.current().panel, width=1)))
            return
        pen = pg.mkPen(ink, width=1.6 if one.style == "dashed" else 2.2)
        if one.style == "dashed":
            pen.setDashPattern([4, 3])
        self._add(pg.PlotDataItem(x, y, pen=pen))
        if one.style == "line":
            self._add(pg.ScatterPlotItem(x=x, y=y, size=7, brush=ink, pen=None))
            if len(one.low) == len(x) <= _FEW:
                low, high = (np.array([self._y(chart, v) for v in values]) for values in (one.low, one.high))
                bars = pg.ErrorBarItem(x=x, y=y, top=high - y, bottom=y - low, beam=0, pen=pg.mkPen(ink, width=1))
                self._add(bars)

    # Pointer and look

    def _moved(self, position: QPointF) -> None:
        box = self.getViewBox()
        if self._chart is None or not box.sceneBoundingRect().contains(position):
            self.told.emit("")
            return
        at = box.mapSceneToView(position)
        self.told.emit(self.words_at(at.x(), at.y()))

    def words_at(self, x: float, y: float) -> str:
        """What stands at a place of the chart, in the axes' own numbers."""
        chart = self._chart
        if chart is None:
            return ""
        return self._bar_at(chart, x, y) if chart.bars else self._dot_at(chart, x, y)

    def _bar_at(self, chart: Chart, x: float, y: float) -> str:
        place = round(-y)
        if not 0 <= place < len(chart.bars) or abs(-y - place) > _TALL:
            return ""
        bar, left, unit = chart.bars[place], 0.0, say(chart.unit)
        for kind, value in bar.parts:
            if left <= x < left + value:
                share = f" · {value / bar.total:.0%}" if len(bar.parts) > 1 and bar.total else ""
                return f"{say(bar.name)} · {say(dict(chart.kinds).get(kind, bar.name))}: {figure(value)} {unit}{share}"
            left += value
        spread = (
            f" ({figure(bar.low)}–{figure(bar.high)}, n = {bar.n})"
            if bar.low is not None and bar.high is not None
            else ""
        )
        return f"{say(bar.name)}: {figure(bar.total)} {unit}{spread}"

    def _dot_at(self, chart: Chart, x: float, y: float) -> str:
        size = self.getViewBox().viewPixelSize()
        best, words = float(_REACH), ""
        for one in chart.series:
            for i, (a, b) in enumerate(zip(one.x, one.y, strict=True)):
                dx = (self._x(chart, a) - x) / (size[0] or 1.0)
                dy = (self._y(chart, b) - y) / (size[1] or 1.0)
                if (away := math.hypot(dx, dy)) < best:
                    spread = f" ({figure(one.low[i])}–{figure(one.high[i])})" if len(one.low) > i else ""
                    tag = say(one.labels[i]) if len(one.labels) > i else f"{say(one.name)} · {a:g}"
                    best, words = away, f"{tag}: {figure(b)} {say(chart.unit)}{spread}"
        return words

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        if getattr(self, "_chart", None) is not None:
            self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if not hasattr(self, "_items"):
            return
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self._dress()

    def _dress(self) -> None:
        now, plot = theme.current(), self.getPlotItem()
        self.setBackground(now.panel)
        for side in ("left", "bottom"):
            axis = plot.getAxis(side)
            axis.setPen(pg.mkPen(now.line) if side == "bottom" else pg.mkPen(None))
            axis.setTextPen(now.dim if side == "left" else now.faint)
            axis.setTickFont(theme.font("small" if side == "left" else "caption"))
        plot.getAxis("bottom").setHeight(24)
        self._draw()


def _whisker(low: float, high: float, y: float) -> pg.GraphicsObject:
    """The spread of a bar: a thin line with ends below it."""
    tall = 0.05
    x = np.array([low, low, low, high, high, high])
    heights = np.array([y - tall, y + tall, y, y, y - tall, y + tall])
    return pg.PlotDataItem(x, heights, pen=pg.mkPen(theme.current().dim, width=1.4))
