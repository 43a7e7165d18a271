"""How it sees: one picture, and every way from the sliding window to masks told on it; measuring; segmentation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from engine.detect.explain.chapters import DETECTING, SEGMENTING, Chapter
from engine.detect.explain.stage import shrunk
from engine.host import EngineHost
from engine.text import Text
from gui.context import Context
from gui.pages.live_explain_align import AlignRoom
from gui.pages.live_explain_bench import BenchRoom
from gui.pages.live_explain_film import FilmRoom
from gui.pages.live_explain_panes import PanesRoom
from gui.pages.live_explain_pictures import PictureChoice
from gui.pages.live_explain_speed import SpeedRoom
from gui.widgets.basics import Segmented, column, frame, label, row
from gui.widgets.explain_chapters import ChapterRow
from gui.widgets.retold import Retold
from gui.words import say

ALIGN = "align"  # the chapter that is moved by hand and has a room of its own


class ChaptersRoom(Retold, QWidget):
    """A row of chapters above the one that is open.

    Signals:
        opened: (Chapter) another chapter is in view.
    """

    opened = Signal(object)

    def __init__(self, host: EngineHost, context: Context, chapters: Sequence[Chapter]) -> None:
        super().__init__()
        self._chapters = tuple(chapters)
        self.row = ChapterRow([c.name for c in chapters], [c.year for c in chapters])
        self.films = FilmRoom(host, context)
        self.align = AlignRoom(host) if any(c.id == ALIGN for c in chapters) else None
        self._rooms = QStackedWidget()
        self._rooms.addWidget(self.films)
        if self.align:
            self._rooms.addWidget(self.align)
        self.setLayout(column(frame("panel", column(self.row, margins=(6, 4, 6, 4))), (self._rooms, 1), gap=8))
        self.row.chosen.connect(self.open)
        self.films.timed.connect(self._timed)

    @property
    def chapter(self) -> Chapter:
        """The chapter in view."""
        return self._chapters[self.row.index]

    @property
    def untouched(self) -> bool:
        """True while nothing was made of the picture in view."""
        return self.chapter.id != ALIGN and self.films.untouched

    def open(self, index: int) -> None:
        """Bring a chapter into view."""
        self.row.choose(index)
        if self.align is not None and self.chapter.id == ALIGN:
            self._rooms.setCurrentWidget(self.align)
        else:
            self._rooms.setCurrentWidget(self.films)
            self.films.open(self.chapter)
        self.opened.emit(self.chapter)

    def open_id(self, id: str) -> None:
        """The same by the word on the command line."""
        self.open([c.id for c in self._chapters].index(id))

    def use_picture(self, picture: np.ndarray) -> None:
        """Explain on another picture."""
        self.films.use_picture(picture)
        if self.align:
            self.align.use_picture(picture)

    def _timed(self, id: str, words: str) -> None:
        self.row.show_time([c.id for c in self._chapters].index(id), words)

    def retranslate(self) -> None:
        self.row.setAccessibleName(self.tr("Chapters"))


class ExplainView(Retold, QWidget):
    """The Live page's view "How it sees"; it also stands alone.

    `use_picture` may be called for every frame: it is explained as long as nothing was begun on the one in view.
    """

    def __init__(self, host: EngineHost, context: Context) -> None:
        super().__init__()
        self.host, self.context = host, context
        self.pictures = PictureChoice(host)
        self.rooms = Segmented(5)
        self.detecting = ChaptersRoom(host, context, DETECTING)
        self._makers: list[Callable[[], QWidget]] = [
            lambda: self.detecting,
            BenchRoom,
            lambda: ChaptersRoom(host, context, SEGMENTING),
            lambda: PanesRoom(host, context),
            lambda: SpeedRoom(host, context),
        ]
        self._built: dict[int, QWidget] = {}
        self._given: dict[int, np.ndarray] = {}  # the picture each room was given last
        self._stack = QStackedWidget()
        self._picture: np.ndarray | None = None
        self._problem: Text | None = None
        self._bad = label("small", wrap=True, tone="bad")
        self._bad.hide()
        head = row(self.rooms, None, self.pictures, gap=8)
        self.setLayout(column(head, self._bad, (self._stack, 1), gap=8))
        self.setAcceptDrops(True)
        self.rooms.chosen.connect(self.open_room)
        self.pictures.chosen.connect(self._take)
        self.pictures.failed.connect(self._refuse)
        self.retranslate()
        self._started = False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._started:
            self._started = True
            self.open_room(self.rooms.index())

    @property
    def picture(self) -> np.ndarray | None:
        """What is explained, (H, W, 3) uint8 RGB."""
        return self._picture

    def open_room(self, index: int) -> QWidget:
        """0 detectors, 1 measuring, 2 segmentation, 3 four tasks, 4 speed."""
        self.rooms.choose(index)
        if index not in self._built:
            room = self._built[index] = self._makers[index]()
            self._stack.addWidget(room)
            if isinstance(room, ChaptersRoom):
                room.opened.connect(lambda chapter: self.pictures.start_with(chapter.start))
                room.open(0)
        room = self._built[index]
        self._stack.setCurrentWidget(room)
        self._give(index)
        if isinstance(room, ChaptersRoom):
            self.pictures.start_with(room.chapter.start)
        elif self._picture is None:
            self.pictures.start_with("motorcycle_left.png")
        return room

    def use_picture(self, picture: np.ndarray, name: Text) -> None:
        """A frame to explain, (H, W, 3) uint8 RGB; while a film of an earlier one is in view it waits in the list."""
        room = self._built.get(self.rooms.index())
        idle = room is None or (isinstance(room, ChaptersRoom) and room.untouched)
        self.pictures.take_frame(picture, name, shown=idle and self.pictures.follows)

    def _give(self, index: int) -> None:
        """Let a room explain the picture in view, if it does not yet."""
        if self._picture is not None and index in self._built and self._given.get(index) is not self._picture:
            self._given[index] = self._picture
            self._built[index].use_picture(self._picture)  # type: ignore[attr-defined]  # every room has it

    def _take(self, picture: np.ndarray, name: Text) -> None:
        self._picture = shrunk(picture)
        self._refuse(None)
        self._give(self.rooms.index())

    def _refuse(self, why: Text | None) -> None:
        self._problem = why
        self._bad.setText(say(why) if why else "")
        self._bad.setVisible(why is not None)

    def toggle_pause(self) -> bool:
        """Space: pause or go on with a film."""
        room = self._built.get(self.rooms.index())
        return isinstance(room, ChaptersRoom) and room.films.toggle_pause()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls()[:1]:
            self.pictures.open_file(Path(url.toLocalFile()))

    def retranslate(self) -> None:
        self.rooms.setTexts(
            [
                self.tr("Detectors"),
                self.tr("Measuring"),
                self.tr("Segmentation"),
                self.tr("Four tasks"),
                self.tr("Speed"),
            ]
        )
        self.rooms.setAccessibleName(self.tr("What is explained"))
        self._refuse(self._problem)
