"""Under the curves of Train: four measured figures, what was read wrong, the filters, the confusion matrix."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from engine.signals.recipes import is_signal
from engine.text import counted
from engine.train.events import Checked, Snapshot
from engine.train.figures import metric_name
from gui.pages.train_words import EXPLANATIONS
from gui.widgets.basics import IconButton, Segmented, StatTile, column, label, panel, row
from gui.widgets.chart_ticks import figure
from gui.widgets.filters import Filters
from gui.widgets.layer_bars import LayerBars
from gui.widgets.lens import explain
from gui.widgets.metrics import METRICS
from gui.widgets.pictures import Confusion, Tiles
from gui.widgets.retold import Retold
from gui.widgets.room import is_small
from gui.widgets.run_curves import RunCurves
from gui.words import say

TILES = ("accuracy", "loss", "gradient_norm", "images_per_second")
MEAN_OF = 50  # steps a figure is averaged over
_POINTS = 24  # a sparkline gets a point for so many steps at least
HEIGHT, HEIGHT_SMALL = 232, 176


class Figures(Retold, QWidget):
    """Stat tiles: validation accuracy, loss, gradient norm, speed. A click plots the metric.

    Signals:
        asked: (str) the metric of the tile that was clicked.
    """

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.tiles = {name: StatTile(tone="net" if name == "accuracy" else None) for name in TILES}
        self._run: RunCurves | None = None
        self._expected = "accuracy"
        self._seen = dict.fromkeys(TILES, 0)
        for name, tile in self.tiles.items():
            tile.setCursor(Qt.CursorShape.PointingHandCursor)
            tile.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            tile.installEventFilter(self)
            explain(tile, EXPLANATIONS[name])
        self.setLayout(row(*((tile, 1) for tile in self.tiles.values()), gap=8))
        self.retranslate()

    def expect(self, metric: str) -> None:
        """By what the next run will be marked."""
        self._expected = metric
        self._say_metric()

    def follow(self, run: RunCurves) -> None:
        """Show the figures of another run, from its beginning."""
        self._run = run
        self._seen = dict.fromkeys(TILES, 0)
        for tile in self.tiles.values():
            tile.clear()
        self._say_metric()
        self.refresh()

    def refresh(self) -> None:
        """Bring the tiles up to the run: the newest figures, and points on the small curves."""
        if self._run is None:
            return
        checks, steps = self._run.checks, self._run.steps
        for value in checks["accuracy"][self._seen["accuracy"] :]:
            self.tiles["accuracy"].add_point(float(value))
        self._seen["accuracy"] = len(checks)
        for name in TILES[1:]:
            every = max(1, min(_POINTS, len(steps) // 40))
            while len(steps) - self._seen[name] >= every:
                at = self._seen[name]
                self.tiles[name].add_point(float(steps[name][at : at + every].mean()))
                self._seen[name] = at + every
        self._say()

    def _say(self) -> None:
        run = self._run
        if run is None:
            return
        self._say_metric()
        if len(run.checks):
            pictures, photographs = self.tr("{n:,} held-out pictures"), self.tr("{n:,} held-out photographs")
            words = pictures if run.metric == "accuracy" else photographs
            if run.started and is_signal(run.started.recipe):
                words = self.tr("{n:,} held-out windows")
            note = words.format(n=run.started.held_out_count) if run.started else ""
            self.tiles["accuracy"].show_value(f"{100 * run.checks['accuracy'][-1]:.1f}", "%", note)
        if not len(run.steps):
            return
        last = {name: run.steps[name][-MEAN_OF:] for name in TILES}
        count = len(last["loss"])
        mean = counted(self.tr("mean of {n} steps").format(n=count))
        self.tiles["loss"].show_value(figure(last["loss"].mean(), METRICS["loss"]), "", mean)
        norm = float(last["gradient_norm"].mean())
        self.tiles["gradient_norm"].show_value(figure(norm, METRICS["gradient_norm"]), "", self._norm_words(norm))
        device = counted(self.tr("median of {n} steps").format(n=count))
        speed = float(np.median(last["images_per_second"]))
        words = f"{speed:,.0f}" if speed >= 10 else f"{speed:.1f}"
        self.tiles["images_per_second"].show_value(words, self.tr("images/s"), device)

    def _say_metric(self) -> None:
        """The first tile is named as the run is marked."""
        metric = self._run.metric if self._run else self._expected
        words = self.tr("Validation accuracy")
        if metric != "accuracy":
            words = self.tr("Validation {name}").format(name=say(metric_name(metric)))
        self.tiles["accuracy"].set_title(words)

    def _norm_words(self, norm: float) -> str:
        if norm < 1e-3:
            return self.tr("vanishing: hardly a slope")
        if norm > 100:
            return self.tr("exploding: lower the rate")
        return self.tr("neither vanishing nor exploding")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.MouseButtonPress
        pressed |= event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)  # type: ignore[attr-defined]
        if pressed:
            for name, tile in self.tiles.items():
                if tile is watched:
                    self.asked.emit(name)
        return False

    def retranslate(self) -> None:
        self._say_metric()
        self.tiles["loss"].set_title(self.tr("Loss"))
        self.tiles["gradient_norm"].set_title(self.tr("Gradient norm"))
        self.tiles["images_per_second"].set_title(self.tr("Speed"))
        for tile in self.tiles.values():
            tile.setToolTip(self.tr("Click to plot it"))
        self._say()


class Evidence(Retold, QWidget):
    """What was read wrong, the filters or the gradients, and beside them the confusion matrix."""

    def __init__(self) -> None:
        super().__init__()
        self._checked: Checked | None = None
        self._names: list[str] = [str(i) for i in range(10)]
        self._only: tuple[int, int] | None = None
        self._snapshot: Snapshot | None = None
        self.gallery, self.filters, self.matrix = Tiles(), Filters(), Confusion()
        self.gradients = LayerBars()
        self.choice = Segmented(3)
        self._label, self._read_as = label("caption", tone="slide"), label("caption", tone="net")
        self._title, self._matrix_title, self._matrix_note = label("section"), label("section"), label("caption")
        self._empty, self._all = label("small", wrap=True), IconButton("x-circle", compact=True)
        self._all.hide()
        self._lay_out()
        self.choice.chosen.connect(self.show_part)
        self.matrix.chosen.connect(self._filter)
        self._all.clicked.connect(lambda: self._filter(-1, -1))
        explain(self.gallery, EXPLANATIONS["mistakes"])
        explain(self.filters, EXPLANATIONS["filters"])
        explain(self.gradients, EXPLANATIONS["gradients"])
        explain(self.matrix, EXPLANATIONS["confusion"])
        self.retranslate()
        self.clear()
        self.room_changed(is_small(self))

    def _lay_out(self) -> None:
        self._parts = QStackedWidget()
        mistakes = QWidget()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        mistakes.setLayout(column(self._empty, (self.gallery, 1), gap=0))
        self._parts.addWidget(mistakes)
        self._parts.addWidget(self.filters)
        self._parts.addWidget(self.gradients)
        head = row(
            self.choice,
            self._title,
            self._all,
            None,
            self._label,
            self._read_as,
            gap=8,
        )
        left = panel(head, (self._parts, 1), gap=8, pad=14)
        right = panel(row(self._matrix_title, None, self._matrix_note), (self.matrix, 1), gap=8, pad=14)
        right.setFixedWidth(212)
        self.setLayout(row((left, 1), right, gap=8))

    def room_changed(self, small: bool) -> None:
        """Three rows of digits, two in a small window."""
        self.setFixedHeight(HEIGHT_SMALL if small else HEIGHT)
        self._refresh()

    @property
    def empty(self) -> bool:
        """True before the first check."""
        return self._checked is None

    def clear(self) -> None:
        """Nothing was checked yet."""
        self._checked, self._only, self._snapshot = None, None, None
        self.gradients.show_values({})
        self.matrix.show_matrix(np.zeros((len(self._names), len(self._names)), np.int64), self._names)
        self._refresh()

    def name_classes(self, names: list[str]) -> None:
        """What the classes are called, before the first check or in another language; the check of others keeps its own."""
        checked = self._checked
        if checked is None:
            self._names = names
            self.matrix.show_matrix(np.zeros((len(names), len(names)), np.int64), names)
        elif len(checked.confusion) == len(names):
            self.show_check(checked, names)

    def show_check(self, checked: Checked, names: list[str]) -> None:
        """What the newest check found."""
        self._checked, self._names = checked, names
        self.matrix.show_matrix(checked.confusion, names)
        self._refresh()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """The newest weights; the filters are drawn when they can be seen."""
        self._snapshot = snapshot
        self.gradients.show_values(snapshot.gradients)
        if self._parts.currentIndex() == 1:
            self._show_filters()

    def _show_filters(self) -> None:
        if self._snapshot is None:
            return
        weights = {
            name.removeprefix("layers.").removesuffix(".weight"): tensor.float().cpu().numpy()
            for name, tensor in self._snapshot.weights.items()
            if tensor.ndim == 4
        }
        self.filters.show_weights(weights)

    def show_part(self, index: int) -> None:
        """0: the mistakes, 1: the filters, 2: the gradients."""
        self.choice.choose(index)
        self._parts.setCurrentIndex(index)
        if index == 1:
            self._show_filters()
        self._refresh()

    def _filter(self, label_: int, read_as: int) -> None:
        """Show only the digits of one square of the matrix; the same square again shows all."""
        self._only = None if label_ == read_as or self._only == (label_, read_as) else (label_, read_as)
        if self._only:
            self.show_part(0)
        self._refresh()

    @property
    def checked(self) -> Checked | None:
        """The check that is shown."""
        return self._checked

    @property
    def only(self) -> tuple[int, int] | None:
        """The (label, reading) the gallery is filtered by."""
        return self._only

    def _refresh(self) -> None:
        mistakes = self._checked.mistakes if self._checked else None
        shown = list(range(len(mistakes.labels))) if mistakes else []
        if mistakes and self._only:
            shown = [i for i in shown if (mistakes.labels[i], mistakes.predictions[i]) == self._only]
        if mistakes is not None:
            self.gallery.set_tiles(
                [mistakes.images[i] for i in shown],
                [self._names[mistakes.labels[i]] for i in shown],
                [self._names[mistakes.predictions[i]] for i in shown],
                [self._tip(i) for i in shown],
            )
        else:
            self.gallery.set_tiles([])
        self._say(len(shown))

    def _tip(self, i: int) -> str:
        assert self._checked
        m = self._checked.mistakes
        words = self.tr("label {label}, read as {read}, {sure:.1f} % sure")
        return words.format(
            label=self._names[m.labels[i]], read=self._names[m.predictions[i]], sure=100 * m.confidence[i]
        )

    def retranslate(self) -> None:
        self.choice.setTexts([self.tr("Mistakes"), self.tr("Filters"), self.tr("Gradients")])
        self.choice.setAccessibleName(self.tr("Mistakes, filters or gradients"))
        self.gradients.setAccessibleName(self.tr("Gradient by layer"))
        self._matrix_title.setText(self.tr("Confusion"))
        self._label.setText(self.tr("label"))
        self._read_as.setText(self.tr("read as"))
        self._all.set_tip(self.tr("Show all mistakes"))
        self.gallery.setAccessibleName(self.tr("Pictures read wrong, most certain first"))
        self.matrix.setAccessibleName(self.tr("Confusion matrix"))
        self._refresh()

    def _say(self, shown: int) -> None:
        mistakes, filters = self._parts.currentIndex() == 0, self._parts.currentIndex() == 1
        self._label.setVisible(mistakes)
        self._read_as.setVisible(mistakes)
        self._all.setVisible(mistakes and self._only is not None)
        words = "" if filters else self.tr("By layer, log scale")
        if mistakes:
            words = self.tr("Read wrong, most certain first")
        if mistakes and self._only:
            words = self.tr("{label} read as {read}").format(
                label=self._names[self._only[0]], read=self._names[self._only[1]]
            )
        self._title.setText(words)
        self._title.setVisible(bool(self._only) or not is_small(self))  # the chosen button says it too
        empty = self.tr("After the first check the pictures it reads wrong appear here.")
        if self._checked:
            empty = self.tr("None of these was kept to show.") if self._only else self.tr("It reads all of them right.")
            if not self._only and self._checked.confusion.sum() > np.trace(self._checked.confusion):
                empty = self.tr("The pictures of earlier runs are not kept, only their counts.")
        self._empty.setText(empty)
        self._empty.setVisible(shown == 0)
        self._matrix_note.setText(self._count_words())

    def _count_words(self) -> str:
        if not self._checked:
            return ""
        words = self.tr("{n:,} test") if self._checked.split == "test" else self.tr("{n:,} held out")
        return words.format(n=self._checked.count)
