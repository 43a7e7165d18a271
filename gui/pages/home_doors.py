"""Home's doors: one click each to what the lab does, each with a real picture that a small job brings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QWidget

from engine.cards import Explanation
from engine.host import EngineHost
from engine.jobs import JobRun, JobState
from engine.text import Text
from gui.context import Context
from gui.pages import home_jobs, home_words
from gui.widgets.doors import CurvePicture, Door, Mosaic, Photo
from gui.widgets.lens import explain
from gui.widgets.retold import Retold

ACROSS, LATER_MS = 3, 1500
_PHOTO, _DIGITS = Text("Reading a photograph", "사진 읽기"), Text("Reading some digits", "숫자 읽기")
_PAINTING, _GAME = Text("Opening a painting", "그림 열기"), Text("Playing a few moves", "게임 몇 수 두기")
_DREAMING = Text("Dreaming some digits", "숫자 몇 개 그려 내기")


@dataclass(frozen=True, slots=True)
class _Way:
    """Where a door leads, and what stands on it."""

    page: str
    wish: dict[str, Any]
    icon: str
    key: str
    about: Explanation
    picture: Callable[[], QWidget]
    job: Callable[[], Any] | None = None
    doing: Text = _PHOTO
    late: bool = False  # it needs torch, which the first second leaves alone


WAYS: tuple[_Way, ...] = (
    _Way("train", {}, "chart-line-up", "Ctrl+3", home_words.LEARN, CurvePicture),
    _Way("live", {}, "video-camera", "Ctrl+4", home_words.POINT, Photo, home_jobs.tour_picture),
    _Way(
        *("style", {"style": home_jobs.PAINTING}, "paint-brush-broad", "Ctrl+6", home_words.PAINT),
        *(lambda: Photo(finder=False), home_jobs.painting, _PAINTING),
    ),
    _Way(
        "latent",
        {"room": "explore"},
        "planet",
        "Ctrl+7",
        home_words.DREAM,
        Mosaic,
        home_jobs.dreams,
        _DREAMING,
        late=True,
    ),
    _Way(
        *("dqn", {"game": "bricks", "start": True}, "game-controller", "Ctrl+8", home_words.PLAY),
        *(lambda: Photo(finder=False, crisp=True), home_jobs.game_picture, _GAME),
    ),
    _Way(
        "datasets",
        {"dataset": "digits"},
        "database",
        "Ctrl+2",
        home_words.BROWSE,
        Mosaic,
        home_jobs.some_digits,
        _DIGITS,
    ),
)


class Doors(Retold, QWidget):
    """All doors in a grid; asks for their pictures when first shown."""

    def __init__(self, host: EngineHost, context: Context) -> None:
        super().__init__()
        self._host, self._waiting = host, 0
        self._asked = False
        self.pictures = [way.picture() for way in WAYS]
        self.doors = [Door(p, way.icon, way.key) for p, way in zip(self.pictures, WAYS, strict=True)]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for i, (door, way) in enumerate(zip(self.doors, WAYS, strict=True)):
            grid.addWidget(door, i // ACROSS, i % ACROSS)
            door.clicked.connect(lambda way=way: context.go(way.page, way.wish or None))
            explain(door, way.about)
        self.retranslate()

    @property
    def curve(self) -> CurvePicture:
        """The picture of the door to training."""
        picture = self.pictures[0]
        assert isinstance(picture, CurvePicture)
        return picture

    @property
    def busy(self) -> bool:
        """True until every picture that can be had is there."""
        return not self._asked or self._waiting > 0

    def ask(self) -> None:
        """Get the pictures, once."""
        if self._asked:
            return
        self._asked = True
        for picture, way in zip(self.pictures, WAYS, strict=True):
            if way.job:
                self._waiting += 1
                begin = partial(self._begin, way.doing, way.job, picture)
                QTimer.singleShot(LATER_MS if way.late else 0, self, begin)

    def _begin(self, doing: Text, job: Callable[[], Any], picture: QWidget) -> None:
        self._host.start(doing, job(), lane="io", owner=self, on_end=self._giver(picture))

    def _giver(self, picture: QWidget) -> Callable[[JobRun], None]:
        def ended(run: JobRun) -> None:
            self._waiting -= 1
            if run.state is JobState.DONE and run.result is not None:
                show = picture.show_digits if isinstance(picture, Mosaic) else picture.show_picture  # type: ignore[attr-defined]
                show(run.result)

        return ended

    def retranslate(self) -> None:
        said = (
            (self.tr("Watch it learn"), self.tr("from guessing to reading")),
            (self.tr("Point the camera"), self.tr("or the bundled tour")),
            (self.tr("Paint like Van Gogh"), self.tr("your photo in his strokes")),
            (self.tr("Dream a digit"), self.tr("none of these was ever written")),
            (self.tr("Play Breakout"), self.tr("an agent learns it from nothing")),
            (self.tr("Browse the digits"), self.tr("all of them, pixel by pixel")),
        )
        for door, (name, words) in zip(self.doors, said, strict=True):
            door.set_words(name, words)
