"""What a person may choose about a chapter: the window, how many proposals, what an SVM was taught on, which network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from engine.text import Text
from gui.widgets.basics import SliderRow, column, label
from gui.widgets.retold import Retold
from gui.words import say

if TYPE_CHECKING:
    from engine.detect.explain.networks import Network

FACES = "faces"  # what needs no data set; `engine.detect.explain.teaching.FACES`


class Knobs(Retold, QWidget):
    """The values of `engine.detect.explain.films.Ask` that the chapter in view understands.

    Signals:
        changed: a person chose another value; a film made with the old ones is out of date.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._sets: tuple[tuple[str, Text], ...] = ()
        self._networks: tuple[Network, ...] = ()
        self._place = (0.5, 0.5)
        self.sliders = {
            "window": SliderRow(48, 192, 96, step=16),
            "step": SliderRow(8, 64, 32, step=8),
            "top": SliderRow(20, 400, 120, step=20),
            "margin": SliderRow(-1.0, 2.0, 0.0, step=0.05),
            "least": SliderRow(0.05, 0.95, 0.3, step=0.05),
            "rounds": SliderRow(1, 8, 4, step=1),
        }
        self.taught, self.network = QComboBox(), QComboBox()
        self._taught_name, self._network_name = label("small"), label("small")
        self._boxes = {
            "network": _pair(self._network_name, self.network),
            "taught": _pair(self._taught_name, self.taught),
        }
        self.setLayout(column(*self._boxes.values(), *self.sliders.values(), gap=8))
        for slider in self.sliders.values():
            slider.changed.connect(self.changed)
        for box in (self.taught, self.network):
            box.setMinimumContentsLength(8)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.activated.connect(self.changed)
        self.show_for(())
        self.retranslate()

    def show_for(self, knobs: Sequence[str]) -> None:
        """Only these; the cell of the anchors is chosen on the picture itself."""
        for name, widget in (*self._boxes.items(), *self.sliders.items()):
            widget.setVisible(name in knobs)
        self.setVisible(any(name != "cell" for name in knobs))

    def show_sets(self, sets: Sequence[tuple[str, Text]]) -> None:
        """Which marked data sets are here to teach an SVM, besides the faces."""
        self._sets = tuple(sets)
        self.retranslate()

    def show_networks(self, networks: Sequence[Network]) -> None:
        """The networks that are here and fit the chapter."""
        self._networks = tuple(networks)
        self.retranslate()

    def point(self, x: float, y: float) -> None:
        """Where the anchors are shown, as shares of width and height."""
        self._place = (x, y)

    def values(self) -> dict[str, Any]:
        """What `Ask` takes."""
        at = {name: slider.value() for name, slider in self.sliders.items()}
        whole = {name: round(at[name]) for name in ("window", "step", "top", "rounds")}
        return {
            **at,
            **whole,
            "cell": self._place,
            "taught": self.taught.currentData() or FACES,
            "network": self.network.currentData() or "",
        }

    def retranslate(self) -> None:
        words = {
            "window": self.tr("Window, pixels"),
            "step": self.tr("Step, pixels"),
            "top": self.tr("Proposals looked at"),
            "margin": self.tr("Least margin of the SVM"),
            "least": self.tr("Least score"),
            "rounds": self.tr("Looks"),
        }
        for name, slider in self.sliders.items():
            slider.set_name(words[name])
        self._taught_name.setText(self.tr("SVM taught on"))
        self._network_name.setText(self.tr("Network"))
        self.taught.setAccessibleName(self._taught_name.text())
        self.network.setAccessibleName(self._network_name.text())
        faces = (FACES, self.tr("Faces (come with the app)"))
        _fill(self.taught, [faces, *((id, say(name)) for id, name in self._sets)])
        _fill(self.network, [(n.id, say(n.name)) for n in self._networks])


def _pair(name: QWidget, box: QComboBox) -> QWidget:
    both = QWidget()
    both.setLayout(column(name, box, gap=2))
    return both


def _fill(box: QComboBox, entries: Sequence[tuple[str, str]]) -> None:
    """The entries anew, the chosen one still chosen where it is still there."""
    chosen = box.currentData()
    box.clear()
    for id, words in entries:
        box.addItem(words, id)
    box.setCurrentIndex(max(0, box.findData(chosen)))
