"""The fast painter's part of the Style tab: what its one button does, and what comes of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.host import EngineHost
from engine.jobs import Event, JobRun, JobState
from engine.knobs import Box
from engine.style.cards import StyleCard
from engine.style.offered import Opened, own_tiles
from engine.text import Text
from gui.pages.style_repaint import Repainter
from gui.pages.style_setup import StyleSetup
from gui.widgets.job_bar import JobBar

if TYPE_CHECKING:
    from engine.style.own import OwnStyle

TILE = 220  # pixels, of a style's small picture
_OPENING = Text("Opening a picture", "사진 열기")
_FORGETTING = Text("Forgetting a style", "화풍 지우기")


class FastWay(QObject):
    """Knows what is chosen; paints it, learns it, or paints a video in it.

    Signals:
        shown: (ndarray) something to be seen in the photo's place.
        painted: (Repainted) the photo as it is wished. noted: (Text). ended: a run of the job bar is over.
        chosen: (OwnStyle) a style that was learnt, to be used now.
    """

    shown = Signal(object)
    painted = Signal(object)
    noted = Signal(object)
    ended = Signal()
    chosen = Signal(object)

    def __init__(self, host: EngineHost, setup: StyleSetup, bar: JobBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._host, self._setup, self._bar, self._window = host, setup, bar, parent
        self.repainter = Repainter(host, self)
        self.photo: Opened | None = None
        self.style: StyleCard | OwnStyle | Path | None = None
        self._picture: Opened | None = None
        self._wishes: Box[Any] | None = None
        self._learning = ""
        self.end: tuple[JobState, str] | None = None
        self.repainter.painted.connect(self.painted)
        self.repainter.noted.connect(self.noted)
        setup.fast.changed.connect(self.repaint)
        setup.fast.forget_asked.connect(self._forget_style)

    @property
    def learnt(self) -> bool:
        """Whether the painter knows the chosen style."""
        return not isinstance(self.style, Path)

    def use(self, style: StyleCard | OwnStyle | Path, opened: Opened) -> None:
        """Another style was chosen."""
        self.style, self._picture = style, opened

    def repaint(self) -> None:
        """Paint the photo as it is wished now; of a video its first frame."""
        if not self._setup.is_fast or self.photo is None or self.style is None or isinstance(self.style, Path):
            return
        wish = self._setup.fast.wish(self.style.id)
        if self._wishes is not None and self._bar.busy:
            self._wishes.replace(wish)  # the video that is being painted goes on so
        elif not self._bar.busy:
            self.repainter.wish(self.photo.picture, wish)

    def start(self) -> None:
        """The one button: learn the style, paint the video, or the photo again."""
        if self._bar.busy or self.photo is None or self._picture is None:
            return
        if isinstance(self.style, Path):
            self.learn(self.style.stem)
        elif self.photo.video:
            self._ask_video()
        else:
            self.repaint()

    def learn(self, name: str) -> None:
        """Learn the style of the chosen picture."""
        assert self._picture is not None and self.photo is not None
        self._learning = name
        run = self.repainter.learn(self._picture.picture, name, self.photo.picture, self._learns, self._learnt)
        self._bar.follow(run)
        self._setup.set_locked(True)

    def _learns(self, events: list[Event]) -> None:
        from engine.style.own import Learnt

        for event in events:
            if isinstance(event, Learnt):
                words = self.tr("{done:,} of {total:,} steps").format(done=event.step, total=event.steps)
                self._bar.show_progress(event.step, event.steps, words)
                self.shown.emit(event.preview)

    def _learnt(self, run: JobRun) -> None:
        from engine.style.own import slug

        self._finish(run, "learn")
        if run.state is not JobState.FAILED:
            self.read_own(f"own:{slug(self._learning)}")

    def read_own(self, then: str = "") -> None:
        """Read the styles that were learnt here; `then` choose this one."""

        def end(run: JobRun) -> None:
            if run.state is JobState.DONE:
                self._setup.show_own(run.result)
                for one in self._setup.own_styles:
                    if one.id == then:
                        self.chosen.emit(one)

        self._host.start(_OPENING, own_tiles(TILE), lane="io", owner=self, on_end=end)

    def _forget_style(self) -> None:
        from engine.style.cards import STYLES
        from engine.style.own import OwnStyle, forget

        def end(run: JobRun) -> None:
            self.read_own()
            self.chosen.emit(STYLES[0])

        if isinstance(self.style, OwnStyle) and not self._bar.busy:
            self._host.start(_FORGETTING, forget(self.style), lane="io", owner=self, on_end=end)

    def _ask_video(self) -> None:
        assert self.photo is not None and self.photo.video is not None
        usual = f"{self.photo.video.stem}-painted.mp4"
        kinds = self.tr("Videos ({kinds})").format(kinds="*.mp4 *.avi")
        name, _ = QFileDialog.getSaveFileName(self._window, self.tr("Save the painted video"), usual, kinds)
        if name:
            self.paint_video(Path(name))

    def paint_video(self, to: Path) -> None:
        """Paint the opened video into a file; without an ending an MP4."""
        assert self.photo is not None and self.photo.video is not None
        style = self.style
        assert style is not None and not isinstance(style, Path)
        self._wishes = Box(self._setup.fast.wish(style.id))
        target = to if to.suffix else to.with_suffix(".mp4")
        run = self.repainter.paint_video(self.photo.video, target, self._wishes, self._frames, self._video_ended)
        self._bar.follow(run)
        self._setup.method.setEnabled(False)

    def _frames(self, events: list[Event]) -> None:
        from engine.style.videos import FramePainted

        for event in events:
            if isinstance(event, FramePainted):
                words = self.tr("{done:,} frames, {rate:.1f} a second").format(done=event.done, rate=event.rate)
                self._bar.show_progress(event.done, event.total, words)
                self.shown.emit(event.picture)

    def _video_ended(self, run: JobRun) -> None:
        self._wishes = None
        self._finish(run, "video")

    def _finish(self, run: JobRun, what: str) -> None:
        self._setup.set_locked(False)
        self.end = (run.state, what)
        self.ended.emit()

    def end_words(self) -> str:
        """What came of the last run of the bar, in the language in force; "" before any."""
        if self.end is None:
            return ""
        state, what = self.end
        if state is JobState.FAILED:
            return self.tr("Nothing was painted") if what == "video" else self.tr("Nothing was learnt")
        if state is JobState.CANCELLED:
            return self.tr("Stopped; what was made is kept")
        return self.tr("The video is painted") if what == "video" else self.tr("The style is learnt")

    def start_words(self) -> tuple[str, str]:
        """The verb on the button and what it costs."""
        if not self.learnt:
            return self.tr("Learn this style"), self.tr("about a minute")
        if self.photo is not None and self.photo.video is not None:
            return self.tr("Paint the video"), self.tr("into a new file, without sound")
        return self.tr("Paint"), self.tr("painted anew whenever you move something")
