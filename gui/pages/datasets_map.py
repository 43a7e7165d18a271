"""The map of a set on the Datasets stage: alike pictures near each other, watched while it is laid out."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QStackedWidget, QWidget

from engine.data import AnySet
from engine.data.embedding import EXPLAINED, Mapped, Method, SetMap, embed
from engine.data.features import features_of
from engine.data.tsne import Moved
from engine.host import EngineHost
from engine.jobs import Event, JobRun, Progress
from engine.text import Text
from gui.pages.datasets_map_run import Faces, Laying
from gui.widgets.basics import IconButton, Segmented, State, button, column, label, role, row
from gui.widgets.lens import explain, nearest_lens
from gui.widgets.retold import Retold
from gui.widgets.scatter_legend import ScatterLegend
from gui.widgets.scatter_map import MOST, ScatterMap
from gui.words import say

METHODS: tuple[Method, ...] = ("pca", "tsne")
SIZES = (1000, 5000, MOST)
_PARTS = 1000


class MapView(Retold, QFrame):
    """Lays a set out on a plane by what its pictures or windows are like.

    Signals:
        picked: (object) (n,) int64 indices inside a lasso, or None when they were let go.
    """

    picked = Signal(object)

    def __init__(self, host: EngineHost) -> None:
        super().__init__()
        role(self, "plain")
        self._set: AnySet | None = None
        self._among: np.ndarray | None = None
        self._kept, self._count, self._steps = 0.0, 0, (0, 0)
        self._doing: Progress | None = None
        self._problem: Text | None = None
        self._stopped, self._caught = False, 0
        self.features, self.method, self.many = Segmented(2), Segmented(2), Segmented(3)
        self.lasso, self.whole = IconButton("selection-background"), IconButton("arrows-out-simple")
        self.scatter, self.legend = ScatterMap(), ScatterLegend()
        self.state, self._again = State("warning", tone="bad"), button("arrow-counter-clockwise", size="compact")
        self.stop = button("stop-fill", "stop", "compact")
        self._bar, self.words = QProgressBar(), label("small", wrap=True)
        self._laying, self._faces = Laying(host, self), Faces(host, self)
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self.method.choose(1)
        self.lasso.setCheckable(True)
        self._bar.setTextVisible(False)
        self._bar.setRange(0, _PARTS)
        self._bar.setFixedWidth(120)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.scatter)
        message = QWidget()
        message.setLayout(column(None, self.state, None, None))
        self._stack.addWidget(message)
        head = row(self.features, self.method, self.many, None, self.lasso, self.whole, gap=8)
        self.words.setMinimumHeight(30)  # the map keeps its height when the buttons go
        foot = row((self.words, 1), self._bar, self.stop, self._again, gap=8, margins=(4, 0, 0, 0))
        self.setLayout(column(head, (self._stack, 1), self.legend, foot, gap=8, margins=(0, 0, 10, 0)))

    def _connect(self) -> None:
        for choice in (self.features, self.method, self.many):
            choice.chosen.connect(self._chosen)
        self.lasso.toggled.connect(self.scatter.set_lassoing)
        self.scatter.lassoing_changed.connect(self._lassoing_changed)
        self.whole.clicked.connect(self.scatter.fit)
        self.stop.clicked.connect(self._stop)
        self._again.clicked.connect(self._begin)
        self.legend.changed.connect(self.scatter.hide_classes)
        self.scatter.picture, self.scatter.words = self._faces, self._words_of
        self.scatter.picked.connect(self._picked)
        self._faces.came.connect(self.scatter.update)
        self._laying.said.connect(self._said)
        self._laying.ended.connect(self._ended)

    def retranslate(self) -> None:
        self._name_choices()
        self.method.setTexts(["PCA", "t-SNE"])
        self.features.setAccessibleName(self.tr("What is compared"))
        self.method.setAccessibleName(self.tr("How it is laid out"))
        self.many.setAccessibleName(self.tr("How many points"))
        self.lasso.set_tip(self.tr("Lasso: draw round points to pick them (L)"))
        self.whole.set_tip(self.tr("Show the whole map (double click)"))
        self.stop.setText(self.tr("Stop"))
        self._again.setText(self.tr("Lay out again"))
        self._bar.setAccessibleName(self.tr("Progress of the map"))
        self.scatter.setAccessibleName(self.tr("Map of the set; arrows move, plus and minus zoom, L lassoes"))
        self.legend.setAccessibleName(self.tr("Classes on the map; Space hides or shows one"))
        self._name_classes()
        self._refresh()

    @property
    def busy(self) -> bool:
        """True while a map is being laid out."""
        return self._laying.busy

    # What is mapped

    def show_set(self, set_: AnySet, order: np.ndarray | None) -> None:
        """Map this set, or only its indices in `order` ((n,) int64)."""
        self._set, self._among, self._caught = set_, order, 0
        self._faces.use(set_)
        self.legend.show_all()
        self.scatter.hide_classes(frozenset())
        self.scatter.mark(np.zeros(0, np.int64))
        ways, total = features_of(set_), self._total()
        self.features.choose(min(self.features.index(), max(0, len(ways) - 1)))
        self.features.setVisible(len(ways) > 1)
        few = self.tr("The set has fewer")
        for place, most in enumerate(SIZES[:-1]):
            self.many.enable(place, total > most, few)
        if self.many.index() < 2 and total <= SIZES[self.many.index()]:
            self.many.choose(2)
        self._name_choices()
        self._begin()

    def show_selection(self, indices: np.ndarray) -> None:
        """Bring out these pictures of the set on the map; none = all alike."""
        self.scatter.mark(np.asarray(indices, np.int64))

    def room_changed(self, small: bool) -> None:
        """Less room: a bar as short as it can be."""
        self._bar.setFixedWidth(72 if small else 120)

    def _total(self) -> int:
        if self._set is None:
            return 0
        return len(self._set) if self._among is None else len(self._among)

    def _chosen(self, _index: int) -> None:
        self._begin()
        if lens := nearest_lens(self):
            lens.explain(EXPLAINED[self._method])

    @property
    def _method(self) -> Method:
        return METHODS[self.method.index()]

    def _begin(self) -> None:
        """Lay out anew with what is chosen."""
        self._problem, self._doing, self._stopped, self._steps = None, None, False, (0, 0)
        explain(self.scatter, EXPLAINED[self._method])
        ways = features_of(self._set) if self._set is not None else ()
        self._count = 0
        self.scatter.clear()
        self._place(np.zeros(0, np.int64), np.zeros((0, 2), np.float32))
        if self._set is not None and self._total() and ways:
            way = ways[min(self.features.index(), len(ways) - 1)]
            most = SIZES[self.many.index()]
            self._laying.begin(embed(self._set, way, method=self._method, most=most, among=self._among))
        else:
            self._laying.stop()
            self._problem = Text("There is nothing to map here.", "지도에 놓을 것이 없어요.")
        self._refresh()

    def _place(self, index: np.ndarray, points: np.ndarray) -> None:
        """Put the points of a new map on the plane, PCA's places first."""
        set_ = self._set
        classes = len(set_.classes) if set_ is not None and set_.labels is not None else 0
        labels = set_.labels[index] if classes and set_ is not None and set_.labels is not None else None
        known = np.full(len(index), -1, np.int64) if labels is None else np.asarray(labels, np.int64)
        self._count = len(index)
        self.scatter.show_points(index, known, classes, points)
        self._name_classes()

    def _stop(self) -> None:
        self._laying.stop()
        self._stopped = True
        self._refresh()

    # News of the layout

    def _said(self, news: list[Event]) -> None:
        for event in news:
            if isinstance(event, Mapped):
                self._kept = event.kept
                self._place(event.index, event.points)
                self._doing = None
            elif isinstance(event, Progress):
                self._doing = event
        newest = next((event for event in reversed(news) if isinstance(event, Moved)), None)
        if newest is not None:
            self._doing, self._steps = None, (newest.done, newest.total)
            self.scatter.move_points(newest.points)
        self._refresh()

    def _ended(self, run: JobRun) -> None:
        self._doing = None
        if isinstance(run.result, SetMap):
            self.scatter.move_points(run.result.points)
        elif run.error is not None:
            self._problem = run.error.text
        self._refresh()

    # Hand

    def _lassoing_changed(self, on: bool) -> None:
        self.lasso.setChecked(on)
        self.lasso.show_icon("selection-background", "you" if on else "dim")

    def _picked(self, indices: np.ndarray | None) -> None:
        self._caught = 0 if indices is None else len(indices)
        self._refresh()
        self.picked.emit(indices)

    # Words

    def _name_choices(self) -> None:
        ways = features_of(self._set) if self._set is not None else ()
        names = [say(way.name) for way in ways] or [self.tr("Pixels"), self.tr("Network")]
        self.features.setTexts(names[:2])
        self.features.setToolTip("\n".join(f"{say(way.name)}: {say(way.note)}" for way in ways))
        every = self.tr("All {n}").format(n=f"{min(self._total(), MOST):,}") if self._total() else self.tr("All")
        self.many.setTexts([*(f"{n:,}" for n in SIZES[:-1]), every])

    def _name_classes(self) -> None:
        set_ = self._set
        if set_ is None or set_.labels is None or not self._count:
            self.legend.setVisible(bool(set_ is not None and set_.labels is not None))
            return
        classes = len(set_.classes)
        names = {number: say(set_.classes[number]) for number in self.scatter.classes if number < classes}
        if classes in self.scatter.classes:
            names[classes] = self.tr("no label")
        self.legend.show_classes(names, classes)
        self.legend.setVisible(True)

    def _words_of(self, index: int) -> str:
        set_ = self._set
        if set_ is None:
            return ""
        label_ = -1 if set_.labels is None else int(set_.labels[index])
        name = say(set_.classes[label_]) if 0 <= label_ < len(set_.classes) else ""
        return f"{name} · {index:,}" if name else f"{index:,}"

    def _refresh(self) -> None:
        """Say what is going on, and offer what can be done."""
        busy = self.busy
        self._stack.setCurrentIndex(1 if self._problem is not None else 0)
        if self._problem is not None:
            self.state.set_words(self.tr("The map could not be made"), say(self._problem))
        self.words.setText(self._sentence())
        self.scatter.setAccessibleDescription(self._sentence())
        self.stop.setVisible(busy)
        self._bar.setVisible(busy)
        self._again.setVisible(not busy and (self._stopped or self._problem is not None))
        done, total = self._steps if self._doing is None else (self._doing.done, self._doing.total)
        self._bar.setRange(0, _PARTS if total else 0)
        if total:
            self._bar.setValue(round(_PARTS * done / total))

    def _sentence(self) -> str:
        if self._doing is not None and self.busy:
            note, total = say(self._doing.note) if self._doing.note else "", self._doing.total
            return (
                self.tr("{what}: {done} of {total}").format(what=note, done=f"{self._doing.done:,}", total=f"{total:,}")
                if total
                else note
            )
        if self._problem is not None or not self._count:
            return ""
        of = self.tr("{n} of {total} points").format(n=f"{self._count:,}", total=f"{self._total():,}")
        if self._caught:
            return self.tr("{n} picked: Pictures shows only them. Esc lets them go.").format(n=f"{self._caught:,}")
        done, total = self._steps
        if not total:
            share = f"{100 * self._kept:.1f}\u2009%"
            return of + " · " + self.tr("two directions hold {share} of the spread").format(share=share)
        if self.busy or self._stopped:
            step = self.tr("stopped at step {done} of {total}") if self._stopped else self.tr("step {done} of {total}")
            return of + " · " + step.format(done=f"{done:,}", total=f"{total:,}")
        return of + " · " + self.tr("near points are alike; distances between islands mean little")

    # Room and time

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._laying.hold(False)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._laying.hold(True)
