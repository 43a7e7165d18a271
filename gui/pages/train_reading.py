"""The right column of Train: a pad that the network being trained reads, epoch by epoch."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from engine.host import EngineHost
from engine.train.events import Snapshot
from gui.pages.train_answering import Answering
from gui.widgets.basics import IconButton, column, label, row
from gui.widgets.digit_reader import DigitReader
from gui.widgets.pictures import FeatureMaps
from gui.widgets.retold import Retold
from gui.widgets.room import is_small

PAD, PAD_SMALL = 200, 176
LAYERS, LAYERS_SMALL = 3, 2


class Reading(Retold, QWidget):
    """Pad, what the network sees, its answer, its maps. Before a run the bundled network answers, and says so."""

    def __init__(self, host: EngineHost) -> None:
        super().__init__()
        self.reader = DigitReader(host, self, maps=FeatureMaps(rows=LAYERS))
        self._answering = Answering()
        self._draw_title, self._maps_title = label("section"), label("section")
        self._sees, self._size, self._layers = label("caption"), label("caption"), label("caption")
        self._clear = IconButton("eraser", compact=True)
        self._clear.clicked.connect(self.reader.pad.clear)
        self.reader.answered.connect(lambda _: self._say())
        self.reader.seen.setFixedSize(84, 84)
        side = column(self._sees, self.reader.seen, self._size, None, gap=4)
        self.setLayout(
            column(
                row(self._draw_title, None, self._clear, gap=6),
                row(self.reader.pad, side, None, gap=14),
                self._answering,
                self.reader.bars,
                row(self._maps_title, None, self._layers, gap=6),
                self.reader.maps,
                None,
                gap=9,
                margins=(16, 14, 16, 10),
            )
        )
        self.room_changed(is_small(self))
        self.retranslate()

    def use(self, snapshot: Snapshot | None) -> None:
        """Let these weights answer from now on; None is the bundled network."""
        self._answering.use(snapshot)
        self.reader.use(snapshot)
        self._say()

    def set_running(self, running: bool) -> None:
        """Whether the answering network is still learning."""
        self._answering.set_running(running)

    def room_changed(self, small: bool) -> None:
        """A smaller pad, closer bars and fewer layers in a small window."""
        side = PAD_SMALL if small else PAD
        self.reader.pad.setFixedSize(side, side)
        self.reader.bars.set_row_height(16 if small else 19)
        self.reader.maps.set_rows(LAYERS_SMALL if small else LAYERS)
        self._say()

    def retranslate(self) -> None:
        self._draw_title.setText(self.tr("Draw here"))
        self._clear.set_tip(self.tr("Clear (Del)"))
        self._sees.setText(self.tr("network sees"))
        self._size.setText("28 × 28")
        self._maps_title.setText(self.tr("What its layers see"))
        self._say()

    def _say(self) -> None:
        names = [name.removeprefix("conv") for name in self.reader.maps.layers()]
        self._layers.setText("conv " + " · ".join(names) if names else "")
