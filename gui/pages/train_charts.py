"""The charts of Train with their title row: verdict, axis, smoothing, log scale, a third chart."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from engine.train.recipes import RECIPES
from gui.pages.train_photo_words import EXPLANATIONS as PHOTOS
from gui.pages.train_verdict import Findings, VerdictLine, judge
from gui.pages.train_words import EXPLANATIONS
from gui.widgets.basics import IconButton, Segmented, SliderRow, Toggle, column, label, panel, row
from gui.widgets.chart_stack import EXTRA, ChartStack
from gui.widgets.retold import Retold
from gui.widgets.run_curves import AXES, RunCurves
from gui.words import say


class Charts(Retold, QWidget):
    """Curves of the run and of those laid over it.

    Signals:
        extra_changed: (str) which metric the third chart shows.
        code_asked: show the script that repeats the run in front.
    """

    extra_changed = Signal(str)
    code_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._runs: tuple[RunCurves, ...] = ()
        self._title_words = self._suggested = ""
        self.stack = ChartStack()
        self.axis = Segmented(3)
        self.axis.choose(1)
        self._title, self.line, self.findings = label("title"), VerdictLine(), Findings()
        self.code = IconButton("code")
        self._options = IconButton("sliders-horizontal")
        self._options.setCheckable(True)
        self.smoothing = SliderRow(1, 201, 25, log=True)
        self.log, self._log_words = Toggle(True), label("small")
        self.extra, self._extra_words = QComboBox(), label("small")
        for metric in EXTRA:
            self.extra.addItem("", metric)
        self._lay_out()
        self._connect()
        self.stack.explain(EXPLANATIONS)
        self.retranslate()

    def _lay_out(self) -> None:
        head = row(self._title, (self.line, 1), self.axis, self.code, self._options, gap=8)
        self._drawer = QWidget()
        self.smoothing.setFixedWidth(190)
        self._drawer.setLayout(
            row(self.smoothing, 12, self.log, self._log_words, 12, self._extra_words, self.extra, None, gap=8)
        )
        self._drawer.hide()
        self.panel = panel(head, self._drawer, self.findings, (self.stack, 1), gap=4, pad=14)
        self.setLayout(column(self.panel, gap=0))
        self.code.setEnabled(False)

    def _connect(self) -> None:
        self.axis.chosen.connect(lambda index: self.stack.set_axis(AXES[index]))
        self._options.toggled.connect(self._drawer.setVisible)
        self.smoothing.changed.connect(lambda value: self.stack.set_smoothing(round(value)))
        self.smoothing.set_format(lambda value: f"{value:.0f}")
        self.log.toggled.connect(self.stack.set_log)
        self.extra.activated.connect(lambda: self.stack.set_extra(str(self.extra.currentData())))
        self.stack.extra_changed.connect(self._extra_moved)
        self.line.pressed.connect(lambda: self.findings.setVisible(self.findings.isHidden()))
        self.code.clicked.connect(self.code_asked)

    def show_title(self, words: str) -> None:
        """What is chosen to be trained."""
        self._title_words = words
        self._say_title()

    def _say_title(self) -> None:
        """The stage is called after the run whose curves it shows; before any, after what is chosen."""
        started = self._runs[0].started if self._runs else None
        names = {one.id: one.card.name for one in RECIPES}
        trained = names.get(started.recipe) if started else None
        self._title.setText(say(trained) if trained else self._title_words)

    def expect(self, metric: str) -> None:
        """By what the next run will be marked."""
        self.stack.expect(metric)
        self.stack.explain({**EXPLANATIONS, "accuracy": PHOTOS.get(metric, EXPLANATIONS["accuracy"])})

    def show_runs(self, runs: Sequence[RunCurves]) -> None:
        """Draw these, the first as the main one."""
        self._runs = tuple(runs)
        self.stack.show_runs(runs)
        self._say_title()
        self.code.setEnabled(bool(runs))
        self._say_verdict()

    def changed(self) -> None:
        """The main run has new points."""
        self.stack.changed()

    def checked(self) -> None:
        """A check arrived: the verdict may be another one."""
        self._say_verdict()

    def next_axis(self) -> None:
        """X: epoch, step, time."""
        self.axis.choose(AXES.index(self.stack.next_axis()))

    def toggle_extra(self, metric: str) -> None:
        """Plot `metric` below; asked again, or for one that is always shown, the third chart goes."""
        self.stack.set_extra("" if metric == self.stack.extra or metric not in EXTRA else metric)

    def suggest(self, metric: str) -> None:
        """The third chart that a recipe is best watched with, "" for none; one that a person chose stays."""
        if self.stack.extra in ("", self._suggested):
            self.stack.set_extra(metric)
        self._suggested = metric

    def _extra_moved(self, metric: str) -> None:
        self.extra.setCurrentIndex(self.extra.findData(metric))
        self.extra_changed.emit(metric)

    @property
    def verdict(self) -> QLabel:
        """The evidence beside the title."""
        return self.line.evidence

    def retranslate(self) -> None:
        self.axis.setTexts([self.tr("Epoch"), self.tr("Step"), self.tr("Time")])
        self.axis.setAccessibleName(self.tr("Axis (X)"))
        self.axis.setToolTip(self.tr("Next axis: X"))
        self._options.set_tip(self.tr("Smoothing, log scale, third chart"))
        self.code.set_tip(self.tr("See the code that repeats this run"))
        self.smoothing.set_name(self.tr("Smoothing, steps"))
        self._log_words.setText(self.tr("Log scale"))
        self.log.setAccessibleName(self.tr("Log scale"))
        self._extra_words.setText(self.tr("Third chart"))
        self.extra.setAccessibleName(self.tr("Third chart"))
        names = [self.tr("none"), self.tr("Learning rate"), self.tr("Gradient norm"), self.tr("Images per second")]
        names.append(self.tr("Parts of the loss"))
        for i, name in enumerate(names):
            self.extra.setItemText(i, name)
        self._say_verdict()

    def _say_verdict(self) -> None:
        found = judge(self._runs[0] if self._runs else None)
        self.line.show_verdicts(found)
        self.findings.show_verdicts(found)
        if not found or found[0].kind == "early":
            self.findings.hide()
