"""Open the net: choose a layer, see its kernels and maps of the live picture, and where a class was seen (rows 5, 6, 23)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QWidget

from engine.data.packaged import one_digit
from engine.host import EngineHost
from engine.jobs import Job
from engine.live.bundled_picture import PICTURES, Shown, bundled_picture
from engine.live.open_net import BUNDLED, OURS, Looked, Wish, class_names, list_nets, look
from engine.text import Text
from gui import theme
from gui.context import Context
from gui.pages import live_net_words as told
from gui.pages.live_net_side import NetSide
from gui.pages.live_newest import Newest
from gui.widgets.basics import button, column, label, row
from gui.widgets.images import coloured, heat_stops
from gui.widgets.lab_side import with_side
from gui.widgets.lens import explain
from gui.widgets.net_diagram import NetDiagram
from gui.widgets.net_pane import NetPane
from gui.widgets.pictures import Tiles
from gui.words import say

_LOOKING = Text("Looking into the network", "신경망 들여다보기")
_OPENING = Text("Opening a photograph", "사진을 여는 중")
_LISTING = Text("Listing networks", "신경망 목록")
MOST_MAPS, TILE, KERNEL = 96, 64, 34


class NetView(QWidget):
    """The Live page's view "Open the net"; it also stands alone, on a photograph that came with the app."""

    def __init__(self, host: EngineHost, context: Context) -> None:
        super().__init__()
        self.host, self.context = host, context
        self.nets, self.another, self.name = QComboBox(), button("image"), label("small")
        self.diagram, self.pane, self.side = NetDiagram(), NetPane(), NetSide()
        self.maps, self.kernels = Tiles(TILE, smooth=False), Tiles(KERNEL, radius=3, smooth=False)
        self.cortex = label("caption")
        self.layer, self.maps_title, self.kernels_title = label("lead"), label("caption"), label("caption")
        self.bad = label("small", wrap=True, tone="bad")
        self.bad.hide()
        self._picture: np.ndarray | None = None
        self._name: Text | None = None
        self._wish = Wish()
        self._enlarged: int | None = None  # the channel that is shown large
        self._order = np.zeros(0, np.int64)
        self._own, self._begun, self._named, self._live = 0, False, "", False
        self._newest = Newest(host, _LOOKING, self)
        self._first = Newest(host, _OPENING, self, last_only=True)
        self._listing = Newest(host, _LISTING, self)
        self._found: Looked | None = None
        self._problem: Text | None = None
        self._choices: tuple[tuple[str, Text], ...] = OURS
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        self.nets.setMinimumWidth(210)
        self.kernels.setFixedHeight(2 * KERNEL + 4)
        tiles = column(self.kernels_title, self.kernels, self.maps_title, (self.maps, 1), gap=6)
        middle = row((self.pane, 2), (tiles, 3), gap=12)
        stage = QWidget()
        stage.setLayout(column(self.diagram, row(self.layer, None, self.cortex), self.bad, (middle, 1), gap=8))
        body, self.lens = with_side(stage, self.side)
        head = row(self.nets, self.another, None, self.name, gap=8)
        self.setLayout(column(head, (body, 1), gap=10))
        for widget, words in (
            *((self.diagram, told.DIAGRAM), (self.nets, told.DIAGRAM), (self.maps, told.MAPS)),
            *((self.kernels, told.KERNELS), (self.pane, told.HEAT), (self.another, told.ANSWER)),
        ):
            explain(widget, words)
        self.lens.explain(told.DIAGRAM)

    def _connect(self) -> None:
        self.nets.activated.connect(self._net_chosen)
        self.another.clicked.connect(self.next_picture)
        self.diagram.chosen.connect(self.open_layer)
        self.maps.clicked.connect(self._enlarge)
        self.pane.left.connect(self._leave_map)
        self.side.target_chosen.connect(self._target_chosen)
        self.side.here_chosen.connect(self._here_chosen)
        self.side.opacity_changed.connect(self.pane.set_opacity)
        self._newest.answered.connect(self._show)
        self._newest.refused.connect(self._refuse)
        self._first.answered.connect(self._take_own)
        self._first.refused.connect(self._refuse)
        self._listing.answered.connect(self._take_list)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._begun:
            self._begun = True
            self._name_nets()
            self._open_own()

    @property
    def found(self) -> Looked | None:
        """What is shown."""
        return self._found

    # Pictures

    def use_picture(self, picture: np.ndarray, name: Text) -> None:
        """The newest frame, (H, W, 3) uint8 RGB, and what it is of."""
        self._live = True
        self._use(picture, name)

    def _use(self, picture: np.ndarray, name: Text) -> None:
        self._picture, self._name = picture, name
        self.name.setText(say(name))
        self._look()

    def next_picture(self) -> None:
        """Another of the pictures that came with the app."""
        self._own += 1
        self._open_own()

    def _open_own(self) -> None:
        number = self._own
        make: Callable[[], Job] = lambda: bundled_picture(PICTURES[number % len(PICTURES)])  # noqa: E731
        if self._wish.net == BUNDLED:
            make = lambda: _digit(number)  # noqa: E731
        self._live = False
        self._first.ask(make)

    def _take_own(self, shown: Shown) -> None:
        if not self._live:  # a live picture may have come first
            self._use(shown.picture, shown.name)

    # What a hand chooses

    def _net_chosen(self, index: int) -> None:
        self._wish = Wish(net=self.nets.itemData(index), heat_here=self._wish.heat_here)
        self._enlarged = None
        self.layer.setText(self.tr("Opening the network"))
        if not self._live:
            self._open_own()
        else:
            self._look()

    def open_layer(self, index: int) -> None:
        """Look at another layer."""
        self._wish = dataclasses.replace(self._wish, layer=index)
        self._enlarged = None
        self._look()

    def _target_chosen(self, target: int | None) -> None:
        self._wish = dataclasses.replace(self._wish, target=target)
        self._leave_map()
        self._look()

    def _here_chosen(self, here: bool) -> None:
        self._wish = dataclasses.replace(self._wish, heat_here=here)
        self._leave_map()
        self._look()

    def _look(self) -> None:
        picture, wish = self._picture, self._wish
        if picture is not None:
            self._newest.ask(lambda: look(picture, wish))

    def _enlarge(self, place: int) -> None:
        self._enlarged = int(self._order[place])
        self._show_pane()

    def _leave_map(self) -> None:
        self._enlarged = None
        self._show_pane()

    # What came out

    def _show(self, found: Looked) -> None:
        if found.wish.net != self._wish.net:
            return  # of the network before
        self._found, self._problem = found, None
        if self._named != found.wish.net:
            if not self._named:  # the first answer is there: now there is time to look what else can be opened
                self._listing.ask(list_nets)
            self._named = found.wish.net
            self.side.use_names(class_names(found.wish.net))
        self._say()

    def _refuse(self, why: Text) -> None:
        self._problem = why
        self._say()

    def _say(self) -> None:
        self.bad.setVisible(self._problem is not None)
        self.bad.setText(say(self._problem) if self._problem else "")
        if self._found is None:
            return
        found = self._found
        at = min(found.wish.layer, len(found.parts) - 1)
        self.diagram.show_parts(found.parts, found.zeros, at)
        self.layer.setText(say(found.parts[at].name))
        front = sum(not part.back for part in found.parts)
        self.cortex.setText(say(told.cortex_of(at, front)) if not found.parts[at].back else "")
        self.side.show_looked(found)
        self._show_tiles(found)
        self._show_pane()

    def _show_tiles(self, found: Looked) -> None:
        maps = found.maps
        if maps.shape[1:] == (1, 1):  # neurons have no places: their numbers in rows
            self._order = np.zeros(1, np.int64)
            self.maps.set_tiles([coloured(in_rows(maps), heat_stops())])
            self.maps_title.setText(self.tr("{n} neurons, one number each").format(n=f"{len(maps):,}"))
        else:
            self._order = np.argsort(-maps.std((1, 2)))[:MOST_MAPS]
            tiles = [coloured(levels(maps[k]), heat_stops()) for k in self._order]
            self.maps.set_tiles(tiles, tips=[f"{k + 1} / {len(maps)}" for k in self._order])
            words = self.tr("Feature maps: the strongest of {n}. Click one.")
            self.maps_title.setText(words.format(n=f"{len(maps):,}"))
        kernels = found.kernels
        self.kernels.setVisible(kernels is not None)
        if kernels is None:
            none = self.tr("No kernels to see here: 1×1 and dense layers only mix numbers.")
            self.kernels_title.setText(none)
            return
        self.kernels.set_tiles([kernel_picture(k) for k in kernels[:MOST_MAPS]])
        words = self.tr("Kernels {k}×{k}, {n} of them")
        self.kernels_title.setText(words.format(k=kernels.shape[1], n=f"{len(kernels):,}"))

    def _show_pane(self) -> None:
        found = self._found
        if found is None:
            return
        if self._enlarged is not None and self._enlarged < len(found.maps):
            neurons = found.maps.shape[1:] == (1, 1)
            large = in_rows(found.maps) if neurons else levels(found.maps[self._enlarged])
            word = f"{len(found.maps):,}" if neurons else f"{self._enlarged + 1} / {len(found.maps)}"
            self.pane.show_map(large, word)
            return
        name = class_names(found.wish.net)[found.target]
        self.pane.show_picture(found.seen, found.heat, say(name))

    def _take_list(self, found: tuple[tuple[str, Text], ...]) -> None:
        self._choices = found
        self._name_nets()

    def _name_nets(self) -> None:
        self.nets.clear()
        for id, name in self._choices:
            self.nets.addItem(say(name), id)
        self.nets.setCurrentIndex(max(0, self.nets.findData(self._wish.net)))

    def retranslate(self) -> None:
        self.nets.setAccessibleName(self.tr("Network"))
        self.another.setText(self.tr("Another picture"))
        self.diagram.setAccessibleName(self.tr("Layers of the network"))
        self.diagram.set_halves(self.tr("front half: features"), self.tr("back half: classifies"))
        self.maps.setAccessibleName(self.tr("Feature maps"))
        self.kernels.setAccessibleName(self.tr("Kernels"))
        self.pane.setAccessibleName(self.tr("What the network got, and where it saw the class"))
        self.name.setText(say(self._name) if self._name else "")
        self._name_nets()
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.StyleChange and self._found is not None:
            self._show_tiles(self._found)  # the colours of maps follow the theme


def _digit(number: int) -> Job:
    digit = yield from one_digit(number)
    return Shown(digit, Text("Digit {n}", "숫자 {n}")(n=number + 1))


def levels(values: np.ndarray) -> np.ndarray:
    """(h, w) activations to uint8, 0 (and below) dark, the largest bright."""
    top = float(values.max())
    return np.asarray(np.clip(values / top if top > 0 else values * 0, 0, 1) * 255, np.uint8)


def in_rows(neurons: np.ndarray) -> np.ndarray:
    """(n, 1, 1) numbers side by side in a square of uint8, from the smallest to the largest brightness."""
    flat = neurons.ravel()
    side = int(np.ceil(np.sqrt(len(flat))))
    low, high = float(flat.min()), float(flat.max())
    square = np.zeros(side * side, np.float32)
    square[: len(flat)] = (flat - low) / ((high - low) or 1.0)
    return np.asarray(square.reshape(side, side) * 255, np.uint8)


def kernel_picture(kernel: np.ndarray) -> np.ndarray:
    """(k, k) weights through the diverging colours with 0 in the middle; (k, k, 3) as colour, 0 is grey."""
    top = float(np.abs(kernel).max()) or 1.0
    if kernel.ndim == 3:
        return np.asarray(128 + kernel / top * 127, np.uint8)
    return theme.ramp(kernel, theme.current().diverging, -top, top)
