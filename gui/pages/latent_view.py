"""What the Latent tab holds: three rooms, Learn, Explore and Compare, with the same switch above each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from engine.host import EngineHost
from gui.context import Context
from gui.pages.latent_compare import CompareRoom
from gui.pages.latent_explore import ExploreRoom
from gui.pages.latent_learn import LearnRoom
from gui.widgets.basics import Segmented, column
from gui.widgets.retold import Retold

LEARN, EXPLORE, COMPARE = range(3)
ROOMS = ("learn", "explore", "compare")


class LatentView(Retold, QWidget):
    """The whole tab."""

    def __init__(self, host: EngineHost, context: Context) -> None:
        super().__init__()
        self._host, self._context = host, context
        self._heads = [Segmented(3, wide=True) for _ in ROOMS]
        boxes = [QWidget() for _ in ROOMS]
        for box, head in zip(boxes, self._heads, strict=True):
            box.setLayout(column(head, gap=0, margins=(16, 16, 16, 6)))
            head.chosen.connect(self.show_room)
        self.learn, self.explore = LearnRoom(host, boxes[LEARN]), ExploreRoom(host, boxes[EXPLORE])
        self.compare = CompareRoom(host, boxes[COMPARE])
        self.rooms = QStackedWidget()
        for room in (self.learn, self.explore, self.compare):
            self.rooms.addWidget(room)
        self.setLayout(column(self.rooms, gap=0))
        for to_learn in (self.explore.to_learn, self.compare.stage.to_learn):
            to_learn.clicked.connect(lambda: self.open({"recipe": "vae-mnist-2d"}))
        self.learn.grown.connect(self._look_round)
        self.retranslate()

    def _look_round(self) -> None:
        """A run has new weights."""
        if self.rooms.currentWidget() is not self.learn:
            self.explore.look_round()
            self.compare.look_round()

    def show_room(self, room: int) -> None:
        """Learn, Explore or Compare."""
        for head in self._heads:
            head.choose(room)
        self.rooms.setCurrentIndex(room)
        (self.learn.denoise.come_back if room == LEARN else self.learn.denoise.leave)()
        if room == EXPLORE:
            self.explore.look_round()
        elif room == COMPARE:
            self.compare.look_round()

    def shown(self) -> None:
        """The tab came to the front."""
        self.learn.look_round()
        if self.rooms.currentWidget() is self.learn:
            self.learn.denoise.come_back()

    def open(self, argument: dict[str, Any]) -> None:
        """{"room": "learn", "explore" or "compare"}; {"recipe": id} or {"lesson": id} chooses what is to learn."""
        if "room" in argument:
            self.show_room(ROOMS.index(str(argument["room"])))
        if "recipe" in argument or "lesson" in argument:
            self.show_room(LEARN)
            self.learn.choose(str(argument.get("recipe") or argument["lesson"]))

    def leave(self) -> None:
        """Another tab came to the front."""
        self.learn.leave()

    def toggle_pause(self) -> bool:
        """Space, in the room that has something to pause."""
        room = self.rooms.currentWidget()
        return isinstance(room, LearnRoom | CompareRoom) and room.bar.toggle_pause()

    def do_its_job(self, done: Callable[[], None]) -> None:
        """Play the contest of points until it can be seen."""
        self.show_room(LEARN)
        self.learn.do_its_job(done)

    def retranslate(self) -> None:
        for head in self._heads:
            head.setTexts([self.tr("Learn"), self.tr("Explore"), self.tr("Compare")])
            head.setAccessibleName(self.tr("Room"))
