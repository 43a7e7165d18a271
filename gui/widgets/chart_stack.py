"""Stacked charts of one or several runs over a common axis, with one hair line through all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from engine.cards import Explanation
from engine.train.figures import metric_name
from gui import theme
from gui.widgets.basics import label
from gui.widgets.chart_ticks import knob_figure
from gui.widgets.detail import Field
from gui.widgets.difference_plot import DifferencePlot
from gui.widgets.lens import explain
from gui.widgets.metric_plot import MetricPlot
from gui.widgets.metrics import DIFFERENCE, METRICS, PARTS
from gui.widgets.parts_plot import PartsPlot
from gui.widgets.retold import Retold
from gui.widgets.run_curves import AXES, RunCurves, Turn
from gui.widgets.run_fields import FieldWish
from gui.words import say

REDRAW_MS = 90  # curves jump about eleven times a second: more is not seen and costs the training
FIXED = ("accuracy", "loss")
EXTRA = ("", "learning_rate", "gradient_norm", "images_per_second", PARTS.id)


class ChartStack(Retold, QWidget):
    """Accuracy over loss, and one more metric below when asked for.

    Signals:
        extra_changed: (str) which metric the third chart shows; "" = none.
        field_wished:  (FieldWish) many runs are shown: somebody make this field in a job and give it to `show_field`.
        picked:        (RunCurves) a faded run was clicked.
    """

    extra_changed = Signal(str)
    field_wished = Signal(object)
    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[RunCurves, ...] = ()
        self._axis, self._window, self._log, self._extra = "step", 25, True, ""
        self._zoomed, self._expected = False, "accuracy"
        self._explanations: dict[str, Explanation] = {}
        self._wishes: dict[str, FieldWish] = {}
        self._knob_name: Callable[[str], str] = lambda name: name
        self._plots: dict[str, MetricPlot] = {}
        self._titles: dict[str, QLabel] = {}
        self._readouts: dict[str, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(2)
        self._soon = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._soon.timeout.connect(self.redraw)
        for metric in FIXED:
            self._add(metric)
        self._arrange()
        self.retranslate()

    def _add(self, metric: str) -> None:
        if metric == DIFFERENCE.id:
            plot: MetricPlot = DifferencePlot(self)
        elif metric == PARTS.id:
            plot = PartsPlot(self)
        else:
            plot = MetricPlot(METRICS[metric], flags=metric == "accuracy", parent=self)
        plot.set_log(self._log)
        plot.hovered.connect(self._show_hair)
        plot.left.connect(self._hide_hair)
        plot.resized.connect(self._fit_x)
        plot.picked.connect(self.picked)
        plot.zoomed.connect(self._zoom)
        plot.whole_asked.connect(self.show_whole)
        if metric == PARTS.id and metric in self._explanations:
            explain(plot, self._explanations[metric])
        title, readout = label("caption"), label("caption")
        readout.setTextFormat(Qt.TextFormat.RichText)
        readout.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._plots[metric], self._titles[metric], self._readouts[metric] = plot, title, readout
        first = self._plots[FIXED[0]]
        if plot is not first:
            plot.setXLink(first)

    def _arrange(self) -> None:
        """Put the shown charts below each other; only the lowest writes its x axis."""
        shown = [metric for metric in (*FIXED, self._extra) if metric]
        for metric, plot in self._plots.items():
            for widget in (plot, self._titles[metric], self._readouts[metric]):
                self._grid.removeWidget(widget)
                widget.setVisible(metric in shown)
        for row in range(2 * len(METRICS)):
            self._grid.setRowStretch(row, 0)
        for place, metric in enumerate(shown):
            self._grid.addWidget(self._titles[metric], 2 * place, 0)
            self._grid.addWidget(self._readouts[metric], 2 * place, 1)
            self._grid.addWidget(self._plots[metric], 2 * place + 1, 0, 1, 2)
            self._grid.setRowStretch(2 * place + 1, 11 if place == 0 else 10)
            self._plots[metric].show_x_axis(place == len(shown) - 1)
        self._grid.setColumnStretch(1, 1)

    # What is shown

    @property
    def axis(self) -> str:
        return self._axis

    @property
    def extra(self) -> str:
        """The metric of the third chart, or ""."""
        return self._extra

    def plot(self, metric: str) -> MetricPlot:
        """The chart of `metric`, which must be shown."""
        return self._plots[metric]

    def show_runs(self, runs: Sequence[RunCurves]) -> None:
        """Show these runs, the first as the main one."""
        if tuple(runs[:1]) != self._runs[:1]:
            self._zoomed = False
        self._runs = tuple(runs)
        self._name_charts()
        self.redraw()

    def changed(self) -> None:
        """The runs have new points: draw soon, once for all that comes meanwhile."""
        self._name_charts()  # the first check tells by which figure it is marked
        if not self._soon.isActive():
            self._soon.start()

    def set_axis(self, axis: str) -> None:
        """Over "epoch", "step" or "seconds"."""
        self._axis, self._zoomed = axis, False
        self.redraw()

    def next_axis(self) -> str:
        self.set_axis(AXES[(AXES.index(self._axis) + 1) % len(AXES)])
        return self._axis

    def set_smoothing(self, window: int) -> None:
        """Average over `window` steps; 1 = not at all."""
        self._window = max(1, window)
        self.redraw()

    def set_log(self, on: bool) -> None:
        """Logarithmic scales for loss and gradient norm."""
        self._log = on
        for plot in self._plots.values():
            plot.set_log(on)
        self.retranslate()

    def set_extra(self, metric: str) -> None:
        """Show a third chart: learning_rate, gradient_norm, images_per_second, parts, of a race the difference; "": none."""
        if metric == self._extra or metric not in (*EXTRA, DIFFERENCE.id):
            return
        self._extra = metric
        if metric and metric not in self._plots:
            self._add(metric)
        self._arrange()
        self.retranslate()
        self.redraw()
        self.extra_changed.emit(metric)

    def show_levels(self, levels: Sequence[tuple[float, str]]) -> None:
        """What the lesson said about accuracy, `(share, words)`."""
        self._plots["accuracy"].show_levels(levels)

    def expect(self, metric: str) -> None:
        """By what the next run will be marked: the name of the first chart while there is none."""
        self._expected = metric
        self._name_charts()

    def name_knobs(self, name: Callable[[str], str]) -> None:
        """How the flags of knob marks call a setting."""
        self._knob_name = name

    def explain(self, explanations: dict[str, Explanation]) -> None:
        """What the charts tell about themselves."""
        self._explanations = explanations
        for metric, plot in self._plots.items():
            if metric in explanations and metric in (*FIXED, PARTS.id):
                explain(plot, explanations[metric])

    # Drawing

    def redraw(self) -> None:
        """Draw all shown charts now."""
        self._soon.stop()
        turns = [self._mark(turn) for turn in self._runs[0].turns] if self._runs else []
        for metric, plot in self._plots.items():
            if metric in (*FIXED, self._extra):
                plot.show_runs(self._runs, axis=self._axis, window=self._window)
                plot.marks.show(turns)
        self._fit_x()
        self._describe()
        self._wish()

    def _wish(self) -> None:
        """Ask for the fields of faded runs that have changed."""
        for metric, plot in self._plots.items():
            wish = plot.wish() if metric in (*FIXED, self._extra) else None
            if wish is None:
                self._wishes.pop(metric, None)
            elif not wish.same_as(self._wishes.get(metric)):
                self._wishes[metric] = wish
                self.field_wished.emit(wish)

    def show_field(self, wish: FieldWish, field: Field | None) -> None:
        """The field that was asked for; one that is no longer wanted is let go."""
        if self._wishes.get(wish.metric.id) is wish:
            self._plots[wish.metric.id].show_field(field)

    def _zoom(self) -> None:
        self._zoomed = True
        self._say_zoom()

    def show_whole(self) -> None:
        """Show the runs from beginning to end again."""
        self._zoomed = False
        self._fit_x()
        self._say_zoom()

    def _say_zoom(self) -> None:
        words = self.tr("A part. Double click: the whole run") if self._zoomed else ""
        self._readouts[FIXED[0]].setText(words)

    def _mark(self, turn: Turn) -> tuple[float, str]:
        words = f"{self._knob_name(turn.name)} {knob_figure(turn.old)} → {knob_figure(turn.new)}"
        return float(getattr(turn, self._axis)), words

    def _fit_x(self) -> None:
        """From 0 to where the runs will end, with room for the names right of the last points."""
        if self._zoomed:
            return
        first = self._plots[FIXED[0]]
        width = max(1.0, first.getViewBox().width())
        room = max(
            (plot.names.width() for metric, plot in self._plots.items() if metric in (*FIXED, self._extra)), default=0
        )
        share = max(0.4, 1 - room / width)
        end = 0.0
        for run in self._runs:
            end = max(end, run.extent(self._axis) * 1.01, run.reach(self._axis) / share)
        for plot in self._plots.values():
            plot.show_x_numbers(end > 0)
        first.getViewBox().setLimits(xMin=-0.02 * (end or 1.0), xMax=1.3 * (end or 1.0))  # no hand gets lost
        first.getViewBox().setXRange(0.0, end or 1.0, padding=0)

    def _describe(self) -> None:
        """Say in a sentence what the chart shows, for those who do not see it."""
        if not self._runs:
            return
        for metric in FIXED:
            rows = self._runs[0].checks if len(self._runs[0].checks) else self._runs[0].steps
            if len(rows) < 2 or not np.isfinite(rows[metric][-2:]).all():
                continue
            now, before = rows[metric][-1], rows[metric][-2]
            way = self.tr("rising") if now > before else self.tr("falling") if now < before else self.tr("level")
            value = now * METRICS[metric].scale
            sentence = f"{self._titles[metric].text()}: {value:.{METRICS[metric].digits}f}, {way}"
            if self._plots[metric].accessibleDescription() != sentence:
                self._plots[metric].setAccessibleDescription(sentence)

    # The hair line

    def _show_hair(self, x: float) -> None:
        if not self._runs:
            return
        where = {"epoch": self.tr("epoch {x:.2f}"), "step": self.tr("step {x:,.0f}"), "seconds": self.tr("{x:.1f} s")}
        for place, metric in enumerate(m for m in (*FIXED, self._extra) if m):
            self._plots[metric].set_hair(x)
            plot = self._plots[metric]
            words = [self._coloured(*value, plot=plot) for value in plot.values_at(x)]
            head = [where[self._axis].format(x=max(0.0, x))] if place == 0 else []
            self._readouts[metric].setText("&nbsp;&nbsp;·&nbsp;&nbsp;".join(head + words))

    def _coloured(self, run: RunCurves, kind: str, value: str, *, plot: MetricPlot) -> str:
        if isinstance(plot, PartsPlot):
            return f'{kind} <span style="color:{plot.tone_of(run, kind)}"><b>{value}</b></span>'
        part = self.tr("validation") if kind == "checked" else self.tr("train")
        return f'{run.name} {part} <span style="color:{theme.current().series[run.colour]}"><b>{value}</b></span>'

    def _hide_hair(self) -> None:
        for metric, plot in self._plots.items():
            plot.set_hair(None)
            self._readouts[metric].clear()
        self._say_zoom()

    def readout(self) -> str:
        """The words of the values row, as markup."""
        return "\n".join(self._readouts[metric].text() for metric in (*FIXED, self._extra) if metric)

    # Language

    def metric_name(self, metric: str) -> str:
        """A metric with its unit, as the caption above its chart."""
        marked = self._runs[0].metric if self._runs else self._expected
        if metric == "accuracy" and marked != "accuracy":
            return f"{say(metric_name(marked))}, %"
        return {
            "accuracy": self.tr("Accuracy, %"),
            "loss": self.tr("Loss, log scale") if self._log else self.tr("Loss"),
            "learning_rate": self.tr("Learning rate"),
            "gradient_norm": self.tr("Gradient norm, log scale") if self._log else self.tr("Gradient norm"),
            "images_per_second": self.tr("Images per second"),
            "difference": self.tr("Held out: B less A, points"),
            "parts": self.tr("Parts of the loss, log scale") if self._log else self.tr("Parts of the loss"),
        }[metric]

    def retranslate(self) -> None:
        self._name_charts()
        self.redraw()

    def _name_charts(self) -> None:
        for metric, title in self._titles.items():
            name = self.metric_name(metric)
            if title.text() != name:
                title.setText(name)
                self._plots[metric].setAccessibleName(name)
