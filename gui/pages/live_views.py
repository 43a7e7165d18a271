"""The views of the Live stage beside Watch: built when first opened, and fed with the newest picture."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from engine.host import EngineHost
from engine.text import Text
from gui.context import Context

FEED_MS = 110  # a view gets nine pictures a second at most


class PictureView(Protocol):
    """What a view takes: pictures, (H, W, 3) uint8 RGB, each with the name of what it is of."""

    def use_picture(self, picture: np.ndarray, name: Text) -> None: ...


@dataclass(frozen=True, slots=True)
class View:
    """A view: its name on the stage's head, and how it is made."""

    name: Text
    make: Callable[[EngineHost, Context], QWidget]


def _net(host: EngineHost, context: Context) -> QWidget:
    from gui.pages.live_net import NetView

    return NetView(host, context)


def _lab(host: EngineHost, context: Context) -> QWidget:
    from gui.pages.live_lab import LabView

    return LabView(host, context)


def _teach(host: EngineHost, context: Context) -> QWidget:
    from gui.pages.live_teach import TeachView

    return TeachView(host, context)


def _explain(host: EngineHost, context: Context) -> QWidget:
    from gui.pages.live_explain import ExplainView

    return ExplainView(host, context)


WATCH = Text("Watch", "지켜보기")
VIEWS: tuple[View, ...] = (
    View(Text("Open the net", "신경망 열기"), _net),
    View(Text("Convolution lab", "합성곱 실험실"), _lab),
    View(Text("Teach", "가르치기"), _teach),
    View(Text("How it sees", "보는 원리"), _explain),
)
"""Those beside Watch, in the order of the head."""


class LiveViews(QObject):
    """Holds the views in a stack whose first widget is Watch.

    Signals:
        overlay_made: (OverlayCard) a view made something that can be laid over the picture of Watch.
    """

    overlay_made = Signal(object)

    def __init__(self, host: EngineHost, context: Context, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._host, self._context, self._stack = host, context, stack
        self._made: dict[int, QWidget] = {}
        self._fed = 0.0
        self._newest: tuple[np.ndarray, Text] | None = None

    @property
    def index(self) -> int:
        """0 = Watch, then the views of `VIEWS`."""
        return next((i for i, view in self._made.items() if view is self._stack.currentWidget()), 0)

    def view(self, index: int) -> QWidget:
        """The view at a place of the head (from 1), made when it is first asked for."""
        if index not in self._made:
            made: Any = VIEWS[index - 1].make(self._host, self._context)
            if hasattr(made, "overlay_made"):
                made.overlay_made.connect(self.overlay_made)
            self._made[index] = made
            self._stack.addWidget(made)
        return self._made[index]

    def show(self, index: int) -> None:
        """Bring a view to the front; it gets the newest picture at once."""
        if index == 0:
            self._stack.setCurrentIndex(0)
            return
        self._stack.setCurrentWidget(self.view(index))
        self._fed = 0.0
        if self._newest is not None:
            self.feed(*self._newest)

    def feed(self, picture: np.ndarray, name: Text) -> None:
        """The newest picture: the view in front gets it, unless it had one a moment ago."""
        self._newest = picture, name
        now = time.monotonic()
        view: QWidget | PictureView | None = self._made.get(self.index)
        if view is None or 1000 * (now - self._fed) < FEED_MS:
            return
        self._fed = now
        view.use_picture(picture, name)  # type: ignore[union-attr]  # every view of VIEWS has it

    def forget(self) -> None:
        """The source was let go of: the next view that is opened gets no picture of it."""
        self._newest = None
