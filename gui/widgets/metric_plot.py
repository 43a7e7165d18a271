"""One chart of a training metric: curves of several runs, names at their ends, marks where a knob moved.

Up to `MANY` runs are lines. Of more, the first is one; the others are faded into a field behind it, from which
the pointer picks.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.widgets.chart_marks import EndNames, KnobMarks, LeftAxis, Levels
from gui.widgets.chart_ticks import figure, log_ticks, ticks
from gui.widgets.curve_field import CurveField
from gui.widgets.detail import Field
from gui.widgets.metrics import Metric
from gui.widgets.run_curves import RunCurves
from gui.widgets.run_fields import FLOOR, FieldWish
from gui.widgets.run_lines import Key, RunLines

AXIS_WIDTH = 46
MANY = 8  # runs; with more all but the first are faded

_ACCURACY_FLOORS = (0, 20, 40, 60, 70, 80, 85, 88, 90, 92, 94, 95, 96, 97)


class MetricPlot(pg.PlotWidget):
    """A chart of the house: no box, faint horizontal rules, the last value written at the curve's end.

    Signals:
        hovered: (float) x under the pointer, in the unit of the axis.
        left:    the pointer went away.
        resized: the room for the names changed.
        picked:  (RunCurves) a faded run was clicked.
        zoomed:  a hand moved along the axis or zoomed. whole_asked: a double click.
    """

    hovered = Signal(float)
    left = Signal()
    resized = Signal()
    picked = Signal(object)
    zoomed = Signal()
    whole_asked = Signal()
    _fewest_ticks = 2

    def __init__(self, metric: Metric, *, flags: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent, axisItems={"left": LeftAxis()})
        plot = self.getPlotItem()
        self.metric = metric
        self.names = EndNames(plot)
        self.levels = Levels(plot)
        self.marks = KnobMarks(plot, flags=flags)
        self._log = False
        self._all: tuple[RunCurves, ...] = ()
        self._runs: tuple[RunCurves, ...] = ()  # those drawn as lines
        self._axis, self._window, self._x_numbers = "step", 1, False
        self._lines = RunLines(plot, self._y)
        self.field = CurveField()
        plot.addItem(self.field, ignoreBounds=True)
        self._pointed: RunCurves | None = None
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
        plot.vb.sigRangeChangedManually.connect(lambda *_: self.zoomed.emit())
        self.scene().sigMouseMoved.connect(self._moved)
        self.scene().sigMouseClicked.connect(self._clicked)
        self.setMinimumHeight(64)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    # What it shows

    def set_log(self, on: bool) -> None:
        """A logarithmic scale, for the metrics that have one."""
        log = on and self.metric.log
        if log != self._log:
            self._log = log
            self.show_field(None)  # it was made for the other scale; who wished for it wishes again
        self.redraw()

    def show_runs(self, runs: Sequence[RunCurves], *, axis: str, window: int) -> None:
        """Draw `runs` over `axis`, the first as the main one, smoothed over `window` steps."""
        lined = runs if len(runs) <= MANY else runs[:1]
        here = {id(run) for run in lined}
        self._lines.drop([key for key in self._lines.keys if key[0] not in here])
        main_changed = tuple(runs[:1]) != self._all[:1]
        self._all, self._runs, self._axis, self._window = tuple(runs), tuple(lined), axis, window
        if len(runs) <= MANY:
            self.show_field(None)
        self.redraw()
        if main_changed:
            self._themed()

    def wish(self) -> FieldWish | None:
        """The field of faded runs that this chart needs; None while all are lines."""
        if len(self._all) <= MANY:
            return None
        return FieldWish(self.metric, self._axis, self._window, self._log, self._all[1:])

    def show_field(self, field: Field | None) -> None:
        """Put the faded runs behind the main one."""
        self._pointed = None
        self.field.show_field(field)
        self._fit_y()

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
        self._lines.view_changed()
        self._place_marks()

    def points(self, run: RunCurves, kind: str) -> tuple[np.ndarray, np.ndarray]:
        """The curve as drawn, (x, y) in the metric's shown unit; kind: "train", "raw", "checked" or "test"."""
        return self._lines.points((id(run), kind))

    @property
    def pointed(self) -> RunCurves | None:
        """The faded run under the pointer."""
        return self._pointed

    def values_at(self, x: float) -> list[tuple[RunCurves, str, str]]:
        """What the curves say at `x`: (run, kind, figure) for the nearest point of each."""
        found = []
        for run in (*self._runs, *([self._pointed] if self._pointed else [])):
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
        other = metric.id == "accuracy" and not run.alike  # the batches are marked by another figure
        if (main or not checked) and not other:
            x = run.steps[self._axis]
            if metric.raw and main:
                self._set(run, "raw", x, run.steps[metric.id] * scale)
            y = run.smoothed(metric.id, self._window) if metric.smooth else run.steps[metric.id]
            self._set(run, "train", x, y * scale)
        else:
            for kind in ("raw", "train"):
                self._set(run, kind, np.empty(0), np.empty(0))
        if metric.checked:
            for kind, rows in (("checked", run.checks), ("test", run.tests)):
                known = np.isfinite(rows[metric.id])  # a loss that was not computed
                self._set(run, kind, rows[self._axis][known], rows[metric.id][known] * scale)

    def _y(self, values: np.ndarray) -> np.ndarray:
        return np.log10(np.maximum(values, FLOOR)) if self._log else values

    def _set(self, run: RunCurves, kind: str, x: np.ndarray, y: np.ndarray) -> None:
        if self._lines.put((id(run), kind), x, y):
            self._pen((id(run), kind), run)

    def _pen(self, key: Key, run: RunCurves) -> None:
        ink, kind = QColor(theme.current().series[run.colour]), key[1]
        if kind == "test":
            self._lines.style(key, None, diamond=(pg.mkPen(theme.current().panel, width=1.5), ink))
            return
        main = self._all[:1] == (run,)
        width, alpha = {"raw": (1.0, 0.28), "train": (1.6, 0.8), "checked": (2.4 if main else 1.6, 1.0)}[kind]
        ink.setAlphaF(alpha)
        pen = pg.mkPen(ink, width=width)
        if kind == "train" and self.metric.checked:
            pen.setDashPattern([4, 2.5])
        self._lines.style(key, pen)

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
            alone = metric.id == "loss" and len(self._all) == 1 and carrier == "checked"
            name = self.tr("validation") if alone else run.name  # the extractor does not look into f-strings
            words[carrier] = f"{name}  {last[carrier]}"
        if "test" in last and (main or len(self._all) <= 2):
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
        count = max(self._fewest_ticks, min(6, int(self.getViewBox().height() / 26)))
        at = log_ticks(*self._range, count) if self._log else ticks(*self._range, count)
        if at != self._ticks:
            self._ticks = at
            self.getAxis("left").setTicks([at])
        self._place_marks()

    def _y_range(self) -> tuple[float, float]:
        kinds = ("checked", "train", "test")
        curves = [y for run in self._runs for kind in kinds if len(y := self.points(run, kind)[1])]
        if field := self.field.field:
            heights = np.array([field.lowest, field.highest, min(float(trace.y[-1]) for trace in field.traces)])
            curves.append(10.0**heights if self._log else heights)
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
        if not box.sceneBoundingRect().contains(position):
            self.left.emit()
            return
        if self.field.moving:  # nobody reads values while the curves slide by
            return
        at = box.mapSceneToView(position)
        self._point(self.field.nearest(at.x(), at.y()))
        self.hovered.emit(at.x())

    def _point(self, key: object) -> None:
        """Draw the faded run under the pointer in its own colour."""
        run = next((run for run in self._all if id(run) == key), None)
        if run is self._pointed:
            return
        before, self._pointed = self._pointed, run
        if before is not None:
            self._lines.drop([k for k in self._lines.keys if k[0] == id(before)])
        if run is not None:
            self._draw(run, main=False)

    def _clicked(self, event: MouseClickEvent) -> None:
        if event.double():
            self.whole_asked.emit()
        elif self._pointed is not None:
            self.picked.emit(self._pointed)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point(None)
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
        by_id: dict[object, RunCurves] = {id(run): run for run in self._all}
        for key in self._lines.keys:
            self._pen(key, by_id[key[0]])
        for marks in (self.names, self.levels, self.marks):
            marks.themed()


def accuracy_floor(curves: Sequence[np.ndarray]) -> float:
    """The lowest per cent worth showing: near the top the differences are small and need the room."""
    if not curves:
        return 0.0
    room = 100 - 3.5 * (100 - min(float(y[-1]) for y in curves))
    return float(max((floor for floor in _ACCURACY_FLOORS if floor <= room), default=0))
