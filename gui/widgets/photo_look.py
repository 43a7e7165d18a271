"""One photograph as large as the stage allows: its marks over it, or beside it as the teacher's picture (row 83)."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from engine.data.browse import Opened
from engine.data.photoset import PhotoSet
from gui.widgets.basics import Chip, IconButton, Segmented, button, column, label, restyle, row
from gui.widgets.photo_legend import PhotoLegend, entries_of
from gui.widgets.photo_marks import Layers
from gui.widgets.photo_view import PhotoView
from gui.widgets.retold import Retold

OVER, BESIDE = 0, 1


class PhotoLook(Retold, QWidget):
    """Shows a photograph; Esc or the first button leads back to the grid.

    Signals:
        closed: a person wants the grid back.
        stepped: (int) the next picture (+1) or the one before (−1).
        class_asked: (int) a class of the legend was clicked.
    """

    closed = Signal()
    stepped = Signal(int)
    class_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.view, self.teacher = PhotoView(), PhotoView(teacher=True)
        self._layers, self._only = Layers(), frozenset[int]()
        self._photos: PhotoSet | None = None
        self._opened: Opened | None = None
        self._back, self._next = button("grid-four", kind="quiet", size="compact"), IconButton("caret-right")
        self._name, self._label = label("strong"), Chip("slide")
        self.panes = Segmented(2)
        self.legend = PhotoLegend(most=3)
        self._problem = label("small", wrap=True, tone="bad")
        self._captions = label("small", wrap=True, tone="slide")
        self._caption_of = (label("caption"), label("caption"))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(8)
        self._input, self._answer = QWidget(), QWidget()
        panes = (self._input, self.view, self._caption_of[0]), (self._answer, self.teacher, self._caption_of[1])
        for place, pane, words in panes:
            place.setLayout(column(words, (pane, 1), gap=4))
            split.addWidget(place)
        top = row(self._back, self._name, self._label, None, self.panes, self._next, gap=8)
        self.setLayout(column(top, self._problem, (split, 1), self._captions, self.legend, gap=10))
        self._connect()
        self.retranslate()
        self._arrange()

    def _connect(self) -> None:
        self._back.clicked.connect(self.closed)
        self._next.clicked.connect(self._step_on)
        self.panes.chosen.connect(self._arrange)
        self.legend.clicked.connect(self.class_asked)
        for pane, other in ((self.view, self.teacher), (self.teacher, self.view)):
            pane.stepped.connect(self.stepped)
            pane.opened.connect(self.closed)
            pane.viewed.connect(lambda a=pane, b=other: b.follow(a.view))
            pane.pointed.connect(lambda x, y, b=other: b.point(x, y))

    def retranslate(self) -> None:
        self._back.setText(self.tr("All pictures"))
        self._back.setToolTip(self.tr("Back to all pictures (Esc)"))
        self._next.set_tip(self.tr("Next picture (Page Down)"))
        self.panes.setTexts([self.tr("Over it"), self.tr("Side by side")])
        self.panes.setAccessibleName(self.tr("Where the marks are shown"))
        self._caption_of[0].setText(self.tr("Input"))
        self._caption_of[1].setText(self.tr("What a network should answer"))
        self.view.setAccessibleName(self.tr("The chosen picture; arrows read its pixels and boxes"))
        self.teacher.setAccessibleName(self.tr("What a network should answer for it"))
        self.legend.setAccessibleName(self.tr("Classes in this picture"))

    def show_set(self, photos: PhotoSet) -> None:
        """Another set: masks are shown side by side first, as the lecture does."""
        self._photos = photos
        marked = photos.masks is not None or photos.objects is not None
        self.panes.setVisible(marked)
        self.panes.choose(BESIDE if photos.masks is not None else OVER)
        self._arrange()

    def show_photo(self, photos: PhotoSet, opened: Opened, name: str, label: str) -> None:
        """Show a photograph with its name and the word it is labelled with ("" = none)."""
        self._photos, self._opened = photos, opened
        self._name.setText(name)
        self._label.setText(label)
        self._label.setVisible(bool(label))
        said = photos.captions[opened.index] if photos.captions is not None else ()
        self._captions.setText("\n".join(said))
        self._captions.setVisible(bool(said))
        self.legend.show_entries(photos, entries_of(photos, opened))
        self._arrange()

    def tell(self, problem: str) -> None:
        """Say in red what is wrong with this picture; "" = nothing."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def set_layers(self, layers: Layers, only: frozenset[int]) -> None:
        """Which marks are shown, and of which classes."""
        self._layers, self._only = layers, only
        self._arrange()

    @property
    def beside(self) -> bool:
        """True while input and answer stand side by side."""
        return self.panes.index() == BESIDE and not self.panes.isHidden()

    def _arrange(self, _index: int = 0) -> None:
        beside = self.beside
        self._answer.setVisible(beside)
        for words in self._caption_of:
            words.setVisible(beside)
        none = Layers(boxes=False, areas=False, keypoints=False, captions=False, names=False)
        self.view.set_layers(none if beside else self._layers, self._only)
        self.teacher.set_layers(replace(self._layers, areas=True), self._only)
        if self._photos is not None and self._opened is not None:
            self.view.show_photo(self._photos, self._opened)
            self.teacher.show_photo(self._photos, self._opened if beside else None)
        restyle(self._problem, tone="bad")

    def _step_on(self) -> None:
        self.stepped.emit(1)
