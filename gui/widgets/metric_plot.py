"""One chart of a training metric: curves of several runs, names at their ends, marks where a knob moved."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.widgets.chart_marks import EndNames, KnobMarks, Levels
from gui.widgets.chart_ticks import figure, log_ticks, ticks
from gui.widgets.metrics import Metric
from gui.widgets.run_curves import RunCurves

AXIS_WIDTH = 46
SMOOTH_POINTS = 240  # a dashed pen is dear, and a smoothed curve needs no more
_FLOOR = 1e-5  # the lowest value a logarithmic scale shows
_ACCURACY_FLOORS = (0, 20, 40, 60, 70, 80, 85, 88, 90, 92, 94, 95, 96, 97)


class MetricPlot(pg.PlotWidget):
    """A chart of the house: no box, faint horizontal rules, the last value written at the curve's end.

    Signals:
        hovered: (float) x under the pointer, in the unit of the axis.
        left:    the pointer went away.
        resized: the room for the names changed.
    """

    hovered = Signal(float)
    left = Signal()
    resized = Signal()

    def __init__(self, metric: Metric, *, flags: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        plot = self.getPlotItem()
        self.metric = metric
        self.names = EndNames(plot)
        self.levels = Levels(plot)
        self.marks = KnobMarks(plot, flags=flags)
        self._log = False
        self._runs: tuple[RunCurves, ...] = ()
        self._axis, self._window, self._x_numbers = "step", 1, False
        self._lines: dict[tuple[int, str], pg.PlotDataItem] = {}
        self._range, self._ticks = (0.0, 0.0), [(0.0, "")]
        self._hair = pg.InfiniteLine(angle=90)
        self._hair.hide()
        plot.addItem(self._hair, ignoreBounds=True)
        self._prepare(plot)
        self._themed()
        self._ready = True

    def _prepare(self, plot: pg.PlotItem) -> None:
        plot.hideButtons()
        plot.setMenuEnabled(False)
        plot.setMouseEnabled(x=True, y=False)
        plot.vb.disableAutoRange()
        plot.getAxis("left").setWidth(AXIS_WIDTH)
        plot.getAxis("left").setStyle(hideOverlappingLabels=False)  # the round number at the top stays
        plot.setContentsMargins(0, 6, 0, 0)
        for side in ("left", "bottom"):
            plot.getAxis(side).setStyle(tickLength=0, tickTextOffset=6)
        plot.vb.sigXRangeChanged.connect(self._x_moved)
        self.scene().sigMouseMoved.connect(self._moved)
        self.setMinimumHeight(64)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    # What it shows

    def set_log(self, on: bool) -> None:
        """A logarithmic scale, for the metrics that have one."""
        self._log = on and self.metric.log
        self.redraw()

    def show_runs(self, runs: Sequence[RunCurves], *, axis: str, window: int) -> None:
        """Draw `runs` over `axis`, the first as the main one, smoothed over `window` steps."""
        here = {id(run) for run in runs}
        for key in [key for key in self._lines if key[0] not in here]:
            self.removeItem(self._lines.pop(key))
        main_changed = tuple(runs[:1]) != self._runs[:1]
        self._runs, self._axis, self._window = tuple(runs), axis, window
        self.redraw()
        if main_changed:
            self._themed()

    def show_levels(self, levels: Sequence[tuple[float, str]]) -> None:
        """Dashed lines of the lesson at `(value, words)`, the value in the metric's own unit."""
        self.levels.show([(float(self._y(np.array(v * self.metric.scale))), words) for v, words in levels])

    def show_x_axis(self, on: bool) -> None:
        """Only the lowest of stacked charts writes its numbers along x."""
        axis = self.getAxis("bottom")
        axis.setStyle(showValues=on)
        axis.setHeight(22 if on else 4)

    def show_x_numbers(self, on: bool) -> None:
        """No numbers while there is nothing to measure along x."""
        if on != self._x_numbers:
            self._x_numbers = on
            self._x_moved()

    def _x_moved(self) -> None:
        low, high = self.getViewBox().viewRange()[0]
        count = max(2, min(7, int(self.getViewBox().width() / 80)))
        self.getAxis("bottom").setTicks([ticks(low, high, count) if self._x_numbers else []])
        self._place_marks()

    def points(self, run: RunCurves, kind: str) -> tuple[np.ndarray, np.ndarray]:
        """The curve as drawn, (x, y) in the metric's shown unit; kind: "train", "raw", "checked" or "test"."""
        line = self._lines.get((id(run), kind))
        if line is None or line.xData is None:
            return np.empty(0), np.empty(0)
        y = np.asarray(line.yData)
        return np.asarray(line.xData), 10**y if self._log else y

    def values_at(self, x: float) -> list[tuple[RunCurves, str, str]]:
        """What the curves say at `x`: (run, kind, figure) for the nearest point of each."""
        found = []
        for run in self._runs:
            for kind in ("checked", "train"):
                xs, ys = self.points(run, kind)
                if len(xs) and xs[0] <= x <= xs[-1]:
                    found.append((run, kind, figure(float(ys[np.abs(xs - x).argmin()]), self.metric)))
        return found

    def set_hair(self, x: float | None) -> None:
        """The vertical line under the pointer, shared by stacked charts; None takes it away."""
        self._hair.setVisible(x is not None)
        if x is not None:
            self._hair.setPos(x)

    # Drawing

    def redraw(self) -> None:
        """Bring every curve up to its run: one `setData` each."""
        for place, run in enumerate(self._runs):
            self._draw(run, main=place == 0)
        self._name_ends()
        self._fit_y()

    def _draw(self, run: RunCurves, *, main: bool) -> None:
        metric, scale = self.metric, self.metric.scale
        checked = metric.checked and len(run.checks) > 1
        if main or not checked:
            x = run.steps[self._axis]
            if metric.raw and main:
                self._set(run, "raw", x, run.steps[metric.id] * scale)
            y = run.smoothed(metric.id, self._window) if metric.smooth else run.steps[metric.id]
            self._set(run, "train", *thinned(x, y * scale))
        else:
            for kind in ("raw", "train"):
                self._set(run, kind, np.empty(0), np.empty(0))
        if metric.checked:
            self._set(run, "checked", run.checks[self._axis], run.checks[metric.id] * scale)
            self._set(run, "test", run.tests[self._axis], run.tests[metric.id] * scale)

    def _y(self, values: np.ndarray) -> np.ndarray:
        return np.log10(np.maximum(values, _FLOOR)) if self._log else values

    def _set(self, run: RunCurves, kind: str, x: np.ndarray, y: np.ndarray) -> None:
        line = self._lines.get((id(run), kind))
        if line is None:
            if not len(x):
                return
            line = self._lines[id(run), kind] = self._new_line(run, kind)
        line.setData(x.copy(), self._y(y))  # a copy: the run goes on writing its buffer

    def _new_line(self, run: RunCurves, kind: str) -> pg.PlotDataItem:
        line = pg.PlotDataItem(antialias=kind != "raw")
        line.setDownsampling(auto=True, method="peak")
        line.setClipToView(True)
        line.setZValue({"raw": 0, "train": 1, "checked": 2, "test": 3}[kind])
        self._pen(line, run, kind)
        self.addItem(line, ignoreBounds=True)
        return line

    def _pen(self, line: pg.PlotDataItem, run: RunCurves, kind: str) -> None:
        ink = QColor(theme.current().series[run.colour])
        if kind == "test":
            line.setPen(None)
            line.setSymbol("d")
            line.setSymbolSize(10)
            line.setSymbolBrush(ink)
            line.setSymbolPen(pg.mkPen(theme.current().panel, width=1.5))
            return
        main = self._runs[:1] == (run,)
        width, alpha = {"raw": (1.0, 0.28), "train": (1.6, 0.8), "checked": (2.4 if main else 1.6, 1.0)}[kind]
        ink.setAlphaF(alpha)
        pen = pg.mkPen(ink, width=width)
        if kind == "train" and self.metric.checked:
            pen.setDashPattern([4, 2.5])
        line.setPen(pen)

    # Names at the ends

    def _name_ends(self) -> None:
        named = []
        for place, run in enumerate(self._runs):
            for kind, text in self._end_words(run, main=place == 0).items():
                x, y = self.points(run, kind)
                if len(x):
                    tone = "dim" if kind == "train" and self.metric.checked else run.colour
                    at = float(x[-1]), float(self._y(y[-1:])[0])
                    self.names.put((id(run), kind), text, at=at, tone=tone)
                    named.append((id(run), kind))
        self.names.keep(named)

    def _end_words(self, run: RunCurves, *, main: bool) -> dict[str, str]:
        """Which of a run's curves are named, and how."""
        metric = self.metric
        last = {
            k: figure(float(y[-1]), metric) for k in ("train", "checked", "test") if len(y := self.points(run, k)[1])
        }
        words = {}
        if metric.id == "loss" and main and "train" in last:
            words["train"] = self.tr("train batches")
        carrier = "checked" if "checked" in last else "train"
        if carrier in last:
            alone = metric.id == "loss" and len(self._runs) == 1 and carrier == "checked"
            name = self.tr("validation") if alone else run.name  # the extractor does not look into f-strings
            words[carrier] = f"{name}  {last[carrier]}"
        if "test" in last:
            name = self.tr("test")
            words["test"] = f"{name}  {last['test']}"
        return words

    def _place_marks(self) -> None:
        self.names.place(self.levels.heights())
        self.levels.place()
        self.marks.place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_ready"):  # pyqtgraph resizes while it is being made
            self._fit_y()
            self._x_moved()
            self.resized.emit()

    # The vertical scale

    def _fit_y(self) -> None:
        low, high = self._y_range()
        was_low, was_high = self._range
        inside = was_low <= low and high <= was_high and (high - low) > 0.85 * (was_high - was_low)
        if not inside:  # a scale that moves with every point costs a repaint of its axis, and cannot be read
            room = 0.04 * (high - low)
            self._range = (low - room, high + room) if self._log else (low, high + room)
            self.getViewBox().setYRange(*self._range, padding=0)
        count = max(2, min(6, int(self.getViewBox().height() / 26)))
        at = log_ticks(*self._range, count) if self._log else ticks(*self._range, count)
        if at != self._ticks:
            self._ticks = at
            self.getAxis("left").setTicks([at])
        self._place_marks()

    def _y_range(self) -> tuple[float, float]:
        kinds = ("checked", "train", "test")
        curves = [y for run in self._runs for kind in kinds if len(y := self.points(run, kind)[1])]
        if self.metric.id == "accuracy":
            floor = accuracy_floor(curves)
            return floor - 0.035 * (100 - floor), 100.0
        if not curves:
            return (-2.0, 0.5) if self._log else (0.0, 1.0)
        if not self.metric.checked:  # nothing but the batches themselves: show all but the rarest of them
            raw = [y for run in self._runs[:1] if len(y := self.points(run, "raw")[1])]
            curves += [np.percentile(y, (2, 98)) for y in raw]
        low, high = min(float(y.min()) for y in curves), max(float(y.max()) for y in curves)
        if self._log:
            low, high = (float(v) for v in self._y(np.array([low, high])))
            return low - 0.05, high + 0.05
        return 0.0, high * 1.04 or 1.0

    # The pointer, the theme, the language

    def _moved(self, position: QPointF) -> None:
        box = self.getViewBox()
        if box.sceneBoundingRect().contains(position):
            self.hovered.emit(box.mapSceneToView(position).x())
        else:
            self.left.emit()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if not hasattr(self, "_ready"):
            return
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self._themed()
        elif event.type() == QEvent.Type.LanguageChange:
            self.redraw()

    def _themed(self) -> None:
        now = theme.current()
        self.setBackground(now.panel)
        plot = self.getPlotItem()
        for side in ("left", "bottom"):
            axis = plot.getAxis(side)
            axis.setPen(pg.mkPen(now.line) if side == "bottom" else pg.mkPen(None))
            axis.setTickPen(pg.mkPen(now.faint) if side == "left" else pg.mkPen(None))
            axis.setTextPen(now.faint)
            axis.setTickFont(theme.font("caption"))
        plot.showGrid(x=False, y=True, alpha=0.13 if now.name == "dark" else 0.16)
        self._hair.setPen(pg.mkPen(now.edge, width=1))
        by_id = {id(run): run for run in self._runs}
        for (run, kind), line in self._lines.items():
            self._pen(line, by_id[run], kind)
        for marks in (self.names, self.levels, self.marks):
            marks.themed()


def thinned(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """At most `SMOOTH_POINTS` of a smooth curve, evenly, the last always among them."""
    if len(x) <= SMOOTH_POINTS:
        return x, y
    keep = np.unique(np.linspace(0, len(x) - 1, SMOOTH_POINTS).astype(int))
    return x[keep], y[keep]


def accuracy_floor(curves: Sequence[np.ndarray]) -> float:
    """The lowest per cent worth showing: near the top the differences are small and need the room."""
    if not curves:
        return 0.0
    room = 100 - 3.5 * (100 - min(float(y[-1]) for y in curves))
    return float(max((floor for floor in _ACCURACY_FLOORS if floor <= room), default=0))
