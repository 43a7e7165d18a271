"""The close look at one picture, in the way that suits what it is: pixels, marks, or a signal."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from engine.data import explained
from engine.data.browse import Opened
from engine.data.imageset import ImageSet
from engine.data.photoset import PhotoSet
from engine.data.signalset import SignalSet
from gui.widgets.close_look import CloseLook
from gui.widgets.lens import explain
from gui.widgets.photo_look import PhotoLook
from gui.widgets.signal_look import SignalLook
from gui.widgets.stage_content import Shown


class StageLooks(QStackedWidget):
    """Shows the chosen picture of any set, large.

    Signals:
        closed: a person wants the grid back. stepped: (int) the next picture (+1) or the one before (−1).
        class_asked: (int) a class of the legend was clicked.
    """

    closed = Signal()
    stepped = Signal(int)
    class_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.pixels, self.photo, self.signal = CloseLook(), PhotoLook(), SignalLook()
        for look in (self.pixels, self.photo, self.signal):
            self.addWidget(look)
            look.closed.connect(self.closed)
            look.stepped.connect(self.stepped)
        self.photo.class_asked.connect(self.class_asked)
        explain(self.pixels, explained.PIXELS)
        explain(self.photo, explained.TEACHER)

    def suit(self, content: Shown) -> None:
        """Make ready for a set."""
        looks: dict[type, QWidget] = {ImageSet: self.pixels, PhotoSet: self.photo, SignalSet: self.signal}
        self.setCurrentWidget(looks[type(content.of)])
        if isinstance(content.of, PhotoSet):
            self.photo.show_set(content.of)

    def show_index(self, content: Shown, index: int) -> None:
        """Show one picture; a photograph comes later, when it has been read (`show_photo`)."""
        shown, of = content.of, content.label_of(index)
        name = self.tr("Index {i}").format(i=f"{index:,}")
        if isinstance(shown, ImageSet):
            self.pixels.show_picture(shown.images[index], name, of)
        elif isinstance(shown, SignalSet):
            self.signal.show_window(shown, index, name, of)

    def show_photo(self, content: Shown, opened: Opened, problem: str) -> None:
        """A photograph that has been read, or what is wrong with it."""
        if isinstance(content.of, PhotoSet):
            name = self.tr("Index {i}").format(i=f"{opened.index:,}")
            name = f"{name} · {content.file_of(opened.index)}"
            self.photo.show_photo(content.of, opened, name, content.label_of(opened.index))
            self.photo.tell(problem)

    def focus_view(self) -> None:
        """Give the keyboard to the picture."""
        look = self.currentWidget()
        (
            self.signal.trace if look is self.signal else self.photo.view if look is self.photo else self.pixels.view
        ).setFocus()
