"""What the layers keep: the photograph rebuilt from each layer, the style from more and more of them (Gatys, figure 1)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine.host import EngineHost
from engine.jobs import Event, Job, JobRun
from engine.text import Text
from gui.widgets.basics import column, label
from gui.widgets.retold import Retold
from gui.widgets.style_tiles import Tiles

REBUILDING = Text("Rebuilding from the layers", "층에서 되살리기")
_KINDS = ("content", "style")
_SIDE = 132  # pixels of a tile's height


def _rebuild(photo: np.ndarray, style: np.ndarray, network: str) -> Job:
    from engine.style.layers import rebuild  # here: the window does not wait for torch

    return (yield from rebuild(photo, style, network))


class StyleLayers(Retold, QWidget):
    """Two rows of five pictures; a click shows one large.

    Signals:
        picture_chosen: (ndarray) one to be seen large, (H, W, 3) uint8 RGB.
    """

    picture_chosen = Signal(object)

    def __init__(self, host: EngineHost) -> None:
        super().__init__()
        self._host = host
        self._titles = {kind: label("strong") for kind in _KINDS}
        self._hints = {kind: label("small", wrap=True) for kind in _KINDS}
        self.tiles = {kind: Tiles(5, _SIDE, 1) for kind in _KINDS}
        self._found: dict[str, list[tuple[str, np.ndarray]]] = {kind: [] for kind in _KINDS}
        self.total = 0
        parts: list[QWidget | int | None] = []
        for kind in _KINDS:
            parts += [self._titles[kind], self._hints[kind], self.tiles[kind], 12]
            self.tiles[kind].chosen.connect(lambda number, of=kind: self._chosen(of, number))
        self.setLayout(column(*parts, None, gap=6))
        self.retranslate()

    @property
    def count(self) -> int:
        """How many pictures came back so far."""
        return sum(len(found) for found in self._found.values())

    def clear(self) -> None:
        """Another photo, style or network."""
        self._found = {kind: [] for kind in _KINDS}
        for kind in _KINDS:
            self.tiles[kind].show_tiles([], [])

    def rebuild(
        self,
        photo: np.ndarray,
        style: np.ndarray,
        network: str,
        on_events: Callable[[list[Event]], None],
        on_end: Callable[[JobRun], None],
    ) -> JobRun:
        """Rebuild both from the layers of a network; a run that can be paused and stopped."""
        self.clear()

        def told(events: list[Event]) -> None:
            self._take(events)
            on_events(events)

        return self._host.train(REBUILDING, _rebuild(photo, style, network), owner=self, on_events=told, on_end=on_end)

    def _take(self, events: list[Event]) -> None:
        from engine.style.layers import Rebuilt

        for event in events:
            if isinstance(event, Rebuilt):
                self._found[event.kind].append((event.layer, event.picture))
                self._show(event.kind)

    def _show(self, kind: str) -> None:
        found = self._found[kind]
        self.tiles[kind].show_tiles([picture for _, picture in found], [(name,) for name in self._names(kind)])

    def _names(self, kind: str) -> list[str]:
        names = [name for name, _ in self._found[kind]]
        if kind == "content":
            return names
        return [names[0], *(self.tr("up to {layer}").format(layer=name) for name in names[1:])] if names else []

    def _chosen(self, kind: str, number: int) -> None:
        self.picture_chosen.emit(self._found[kind][number][1])

    def retranslate(self) -> None:
        self._titles["content"].setText(self.tr("What each layer keeps of the photo"))
        self._hints["content"].setText(self.tr("Fine layers keep every pixel; coarse ones only what is where."))
        self._titles["style"].setText(self.tr("What the layers keep of the style"))
        self._hints["style"].setText(
            self.tr("From left to right one layer more: first colours and grain, then strokes and shapes.")
        )
        for kind in _KINDS:
            self.tiles[kind].setAccessibleName(self._titles[kind].text())
            self.tiles[kind].show_words([(name,) for name in self._names(kind)])
