"""The rooms of the Caption tab: a photo told, text that goes on, and learning; one at a time."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from engine.host import EngineHost
from gui.context import Context
from gui.pages.caption_learn import CaptionLearn
from gui.pages.caption_photo import CaptionPhotoRoom
from gui.pages.caption_text import CaptionText
from gui.widgets.basics import Segmented, column, frame, label, row
from gui.widgets.retold import Retold

ROOMS = ("photo", "text", "learn")


class CaptionRooms(Retold, QWidget):
    """A switch above, the chosen room below."""

    def __init__(self, host: EngineHost, context: Context) -> None:
        super().__init__()
        self.photo, self.text, self.learn = CaptionPhotoRoom(host), CaptionText(host), CaptionLearn(host, context)
        self.switch, self._told = Segmented(len(ROOMS)), label("small")
        self.stack = QStackedWidget()
        for room in (self.photo, self.text, self.learn):
            self.stack.addWidget(room)
        head: QFrame = frame("panel", row(self.switch, (self._told, 1), gap=14, margins=(12, 6, 14, 6)))
        self.setLayout(column(head, (self.stack, 1), gap=8))
        self.switch.chosen.connect(lambda number: self.show_room(ROOMS[number]))
        self.learn.learnt.connect(self._learnt)
        self.learn.wanted.connect(self._wanted)
        self.retranslate()

    def show_room(self, name: str) -> None:
        """Bring a room to the front and let it begin."""
        self.switch.choose(ROOMS.index(name))
        self.stack.setCurrentIndex(ROOMS.index(name))
        self.retranslate()
        self.shown()

    def shown(self) -> None:
        """The tab, or a room in it, came to the front."""
        room = (self.photo, self.text, self.learn)[self.stack.currentIndex()]
        room.shown()

    def open(self, argument: dict[str, Any]) -> None:
        """See `CaptionPage.open`."""
        if "start" in argument:
            self.show_room("text")
            self.text.begin(str(argument["start"]))
        elif argument.get("room") in ROOMS:
            self.show_room(str(argument["room"]))
        if "path" in argument:
            self.show_room("photo")
            self.photo.take(argument["path"])

    def toggle_pause(self) -> bool:
        room = self.stack.currentWidget()
        bar = getattr(room, "bar", None)
        return bool(bar and bar.toggle_pause())

    def _learnt(self, folder: str) -> None:
        """A training ended: the other rooms offer it."""
        self.photo.look_round()

    def _wanted(self, recipe: str, folder: str) -> None:
        """A person wants to hear what has just learnt."""
        if recipe == "rnn-text":
            self.text.use(folder)
            self.show_room("text")
        else:
            self.photo.use(folder)
            self.show_room("photo")

    def retranslate(self) -> None:
        self.switch.setTexts([self.tr("Photo"), self.tr("Text"), self.tr("Learn")])
        told = (
            self.tr("A network sees a photo and tells it, one word after the other."),
            self.tr("A network reads what you begin and says which character comes next."),
            self.tr("Train these networks yourself, in minutes."),
        )
        self._told.setText(told[self.stack.currentIndex()])
