"""The middle of Live: the views at its head, the picture or what is in the way of it, and the bar at its foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from engine.text import Text
from gui.pages import live_words
from gui.pages.live_bar import LiveBar
from gui.widgets.basics import Chip, IconButton, Segmented, State, button, column, role, row
from gui.widgets.columns import FrontStack
from gui.widgets.frame_view import FrameView
from gui.widgets.lens import explain
from gui.widgets.retold import Retold
from gui.words import say

PICTURE, READY, LOOKING, NO_CAMERA, OPENING, FAILED = range(6)


class LiveStage(Retold, QWidget):
    """A head with the views and what can be done to this picture, the picture, the bar.

    Signals:
        view_chosen: (int) another view of `views`.
        tour_asked, look_asked, again_asked: from the messages that stand instead of a picture.
        snapshot_asked, overlay_asked, cover_asked: the buttons at the head.
    """

    view_chosen = Signal(int)
    tour_asked = Signal()
    look_asked = Signal()
    again_asked = Signal()
    snapshot_asked = Signal()
    overlay_asked = Signal()
    cover_asked = Signal()

    def __init__(self, views: int, foot: QWidget) -> None:
        """`foot` stands under the picture."""
        super().__init__()
        self._foot = foot
        self._over = True
        self._state, self._name, self._problem = READY, Text("", ""), Text("", "")
        self.views, self.view, self.bar = Segmented(views), FrameView(), LiveBar()
        self.second = FrameView()
        self.chip = Chip("live")
        self.cover, self.overlay = IconButton("shield-check"), IconButton("eye")
        self.snapshot = IconButton("camera")
        self._tours = [button("play-fill", "primary"), button("film-strip")]
        self._look, self._again = button("arrow-counter-clockwise"), button("arrow-counter-clockwise")
        self._states = {
            READY: State("video-camera", stage=True),
            LOOKING: State("video-camera", stage=True),
            NO_CAMERA: State("video-camera", self._tours[0], self._look, stage=True),
            OPENING: State("video-camera", stage=True),
            FAILED: State("warning", self._again, self._tours[1], tone="bad", stage=True),
        }
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        self._first = QStackedWidget()
        panes = QWidget()
        panes.setLayout(row((self.view, 1), (self.second, 1), gap=8))
        self.second.hide()
        self._first.addWidget(panes)
        for state in (READY, LOOKING, NO_CAMERA, OPENING, FAILED):
            self._first.addWidget(self._states[state])
        self.body = FrontStack()
        self.body.addWidget(self._first)
        head = row(self.views, self.chip, None, self.cover, self.overlay, self.snapshot, gap=6)
        panel = QFrame()
        role(panel, "panel")
        panel.setLayout(column(head, (self.body, 1), self._foot, gap=10, margins=(12, 12, 12, 12)))
        self.setLayout(column((panel, 1), self.bar, gap=8))
        explain(self.view, live_words.STAGE)
        explain(self.second, live_words.SPLIT)
        explain(self.views, live_words.VIEWS)
        explain(self.snapshot, live_words.SNAPSHOT)
        explain(self.overlay, live_words.OPACITY)
        explain(self.cover, live_words.COVER)

    def _connect(self) -> None:
        self.views.chosen.connect(self.view_chosen)
        self.snapshot.clicked.connect(self.snapshot_asked)
        self.overlay.clicked.connect(self.overlay_asked)
        self.cover.clicked.connect(self.cover_asked)
        for tour in self._tours:
            tour.clicked.connect(self.tour_asked)
        self._look.clicked.connect(self.look_asked)
        self._again.clicked.connect(self.again_asked)

    def retranslate(self) -> None:
        self.view.setAccessibleName(self.tr("Live picture"))
        self.second.setAccessibleName(self.tr("The same picture, as the second network sees it"))
        self.snapshot.set_tip(self.tr("Snapshot, with and without what lies over it (S)"))
        self.cover.set_tip(self.tr("Cover all faces now (B)"))
        self.views.setAccessibleName(self.tr("Ways to look at the picture"))
        for tour in self._tours:
            tour.setText(self.tr("Watch the tour"))
        self._look.setText(self.tr("Look again"))
        self._again.setText(self.tr("Try again"))
        name = say(self._name)
        self._states[READY].set_words(
            self.tr("Ready: {source}").format(source=name),
            self.tr("Press Start, or the space bar. What the network sees appears over the picture."),
        )
        self._states[LOOKING].set_words(
            self.tr("Looking for cameras"), self.tr("Or choose a file, the screen or the tour at the left.")
        )
        self._states[NO_CAMERA].set_words(
            self.tr("No camera found"), self.tr("Plug one in and it appears here, or watch the bundled tour.")
        )
        self._states[OPENING].set_words(self.tr("Opening {source}").format(source=name), say(self._problem))
        self._states[FAILED].set_words(self.tr("This source stopped"), say(self._problem))
        self.show_overlay(self._over)

    def show_overlay(self, on: bool) -> None:
        """Whether what was seen lies over the picture."""
        self._over = on
        self.overlay.show_icon("eye" if on else "eye-slash", "dim" if on else "you")
        self.overlay.set_tip(self.tr("Hide what lies over the picture (O)") if on else self.tr("Show it again (O)"))

    def name_views(self, names: Sequence[str]) -> None:
        """What the views are called, Watch first."""
        self.views.setTexts(list(names))

    def show_state(self, state: int, name: Text, words: Text | None = None) -> None:
        """The picture, or one message: of which source, and why."""
        self._state, self._name, self._problem = state, name, words or Text("", "")
        self._first.setCurrentIndex(state)
        self.retranslate()

    @property
    def state(self) -> int:
        """What stands on the stage: PICTURE, READY, NO_CAMERA, OPENING or FAILED."""
        return self._state

    @property
    def sentence(self) -> str:
        """What is said instead of a picture, "" while there is one."""
        return "" if self._state == PICTURE else self._states[self._state].accessibleName()

    def show_chip(self, kind: str, words: str) -> None:
        """A word beside the views: live, paused, tour …; "" for none."""
        self.chip.setVisible(bool(words))
        if words:
            self.chip.set_kind(kind)
            self.chip.setText(words)
