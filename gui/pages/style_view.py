"""The whole of the Style tab: photo and manner at the left, the painting growing, what the layers keep at the right."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.host import EngineHost
from engine.jobs import Event, JobRun, JobState
from engine.knobs import Box
from engine.style.cards import STYLES, StyleCard, style_named
from engine.style.offered import Opened, StyleTile, open_photo, open_style, tiles
from engine.style.settings import StyleSettings
from engine.text import Text
from gui.pages.style_jobs import grams_of, painted, saved
from gui.pages.style_setup import GATYS, StyleSetup
from gui.pages.style_side import StyleSide
from gui.pages.style_stage import StyleStage
from gui.pages.style_way import TILE, FastWay
from gui.widgets.basics import column
from gui.widgets.columns import Columns
from gui.widgets.job_bar import JobBar
from gui.widgets.lens import Lens
from gui.widgets.retold import Retold
from gui.words import say

_OPENING = Text("Opening a picture", "사진 열기")
_PAINTING = Text("Painting", "그리기")
_LOOKING = Text("Looking at the style", "화풍 보기")
_SAVING = Text("Saving the painting", "그림 저장")

if TYPE_CHECKING:
    from engine.style.own import OwnStyle


class StyleView(Retold, QWidget):
    """Paint is the one primary action; everything else says what and how."""

    def __init__(self, host: EngineHost) -> None:
        super().__init__()
        self._host = host
        self._photo: Opened | None = None
        self._style: Opened | None = None
        self._network = self._asked = ""  # whose layers the right column shows; whose it was asked to show
        self._box = Box(StyleSettings())
        self._painting: np.ndarray | None = None
        self._painted_from: tuple[Opened, Opened] | None = None
        self._done: Callable[[], None] | None = None
        self._note: Text | None = None
        self._end: JobState | None = None
        self._took: tuple[float, str] | None = None
        self._paint_when_ready = self._started = False
        self.setup, self.side = StyleSetup(), StyleSide()
        self.stage, self.bar = StyleStage(host), JobBar(host)
        self.compare, self.layers, self.save = self.stage.compare, self.stage.layers, self.stage.save
        self.fast = FastWay(host, self.setup, self.bar, self)
        middle = QWidget()
        middle.setLayout(column((self.stage, 1), self.bar, gap=8))
        self.columns = Columns(self.setup, middle, self.side, Lens())
        self.setLayout(column(self.columns, gap=0))
        self.setAcceptDrops(True)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.setup.photo_asked.connect(self.take_photo)
        self.setup.style_asked.connect(self.take_style)
        self.setup.changed.connect(self._settings_changed)
        self.setup.method_changed.connect(self._method_changed)
        self.fast.painted.connect(self._repainted)
        self.fast.shown.connect(self.compare.show_painting)
        self.fast.noted.connect(self._noted)
        self.fast.ended.connect(self._fast_ended)
        self.fast.chosen.connect(self.take_style)
        self.stage.room_chosen.connect(self._room_chosen)
        self.side.layers_changed.connect(lambda: self._settings_changed(self.setup.settings()))
        self.side.frame_chosen.connect(self.compare.show_painting)
        self.bar.start_asked.connect(self.paint)
        self.save.clicked.connect(self._ask_save)

    def shown(self) -> None:
        """The tab came to the front: read what it starts with, once."""
        if self._started:
            return
        self._started = True
        self.side.show_method(fast=self.setup.is_fast)
        self._host.start(_OPENING, tiles(TILE), lane="io", owner=self, on_events=self._tiles_read)
        self.fast.read_own()
        if self._photo is None:
            self.take_photo("chelsea.png")
        if self._style is None:
            self.take_style(STYLES[0])

    def open(self, argument: dict[str, Any]) -> None:
        """{"path": …} a photo; {"style": id or path}."""
        self.shown()
        if "path" in argument:
            self.take_photo(Path(argument["path"]))
        if "style" in argument:
            self.take_style(style_named(str(argument["style"])))

    def take_photo(self, photo: str | Path) -> None:
        """Paint this photo: one that is packaged, or a file."""

        def end(run: JobRun) -> None:
            if run.state is JobState.DONE:
                self._photo = self.fast.photo = run.result
                self.setup.show_photo(photo, run.result)
                self._forget_painting()

        self._host.start(_OPENING, open_photo(photo), lane="io", owner=self, on_end=end)

    def take_style(self, style: StyleCard | OwnStyle | Path) -> None:
        """Paint in the manner of this picture."""

        def end(run: JobRun) -> None:
            if run.state is JobState.DONE:
                self._style = run.result
                self.setup.show_style(style, run.result.note)
                self.fast.use(style, run.result)
                self.layers.clear()
                if self.setup.is_fast and not self.fast.learnt:  # what stands there is in another style
                    self._painting, self._took = None, None
                    self.compare.show_painting(None)
                self._look_at_style()
                self.fast.repaint()
                self._say_state()

        self._host.start(_OPENING, open_style(style), lane="io", owner=self, on_end=end)

    def _tiles_read(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, StyleTile):
                self.setup.add_tile(event)

    def _look_at_style(self) -> None:
        """The Gram pictures of the style in every layer of the network that is set."""
        from engine.style.gatys import GramPicture

        if self._style is None:
            return
        network = self._asked = self.setup.settings().network
        found: list[GramPicture] = []

        def end(run: JobRun) -> None:
            if network != self._asked:  # another was chosen meanwhile
                return
            if run.state is JobState.DONE:
                self.side.show_grams(found, run.result.style, run.result.content)
                self._network = network
            else:
                self.side.show_no_layers()
            self._ready()

        def gather(events: list[Event]) -> None:
            found.extend(event for event in events if isinstance(event, GramPicture))

        job = grams_of(self._style.picture, network)
        self._host.start(_LOOKING, job, lane="io", owner=self, on_events=gather, on_end=end)

    def _ready(self) -> None:
        if self._paint_when_ready and self._photo and self._style:
            self._paint_when_ready = False
            self.paint()

    def _settings_changed(self, settings: StyleSettings) -> None:
        if settings.network != self._asked and not self.bar.busy:
            self._look_at_style()
        self._box.replace(self._with_layers(settings) if not self.bar.busy else self._only_weights(settings))
        self._say_state()

    def _with_layers(self, settings: StyleSettings) -> StyleSettings:
        """With the layers chosen at the right; with the network's usual ones while those shown are of another."""
        if settings.network != self._network:
            return settings
        style, content = self.side.style_layers(), self.side.content_layers()
        return dataclasses.replace(settings, style_layers=style, content_layers=content)

    def _only_weights(self, settings: StyleSettings) -> StyleSettings:
        return dataclasses.replace(
            self._box.value, style=settings.style, content=settings.content, smooth=settings.smooth
        )

    def paint(self) -> None:
        """Begin a painting with what is set, or what else the one button says."""
        if self.bar.busy or self._photo is None or self._style is None:
            return
        if self.stage.in_layers:
            self.rebuild()
            return
        if self.setup.is_fast:
            self.fast.start()
            self._say_state()
            return
        if self.setup.form.go_to_problem():
            return
        self._box = Box(self._with_layers(self.setup.settings()))
        self._painted_from, self._painting = (self._photo, self._style), None
        self.side.clear()
        self.setup.set_locked(True)
        self.side.set_locked(True)
        job = painted(self._photo.picture, self._style.picture, self._box)
        run = self._host.train(_PAINTING, job, owner=self, on_events=self._grew, on_end=self._ended)
        self.bar.follow(run)
        self._say_state()

    def _grew(self, events: list[Event]) -> None:
        from engine.style.gatys import Frame, Losses, Noted, Painted

        self.side.add_losses([event for event in events if isinstance(event, Losses)])
        for event in events:
            if isinstance(event, Painted):
                self._show_painted(event)
            elif isinstance(event, Frame):
                self.side.add_frame(event)
            elif isinstance(event, Noted):
                self._note = event.words
                self._say_state()

    def _show_painted(self, event: Any) -> None:
        if self._painted_from and self._painted_from[0] is self._photo:
            self._painting = event.picture
            self.compare.show_painting(event.picture)
        left = event.seconds / event.step * (event.steps - event.step)
        words = self.tr("{done:,} of {total:,} evaluations").format(done=event.step, total=event.steps)
        self.bar.show_progress(event.step, event.steps, words, self.tr("about {s:.0f} s left").format(s=left))
        self.save.setEnabled(self._painting is not None)

    def _ended(self, run: JobRun) -> None:
        self.bar.show_end("")
        self.setup.set_locked(False)
        self.side.set_locked(False)
        self._end = run.state
        self._say_end()
        self._say_state()
        if self._done:
            done, self._done = self._done, None
            done()

    def rebuild(self) -> None:
        """Rebuild photo and style from the layers of the network that is set."""
        assert self._photo is not None and self._style is not None
        self.setup.set_locked(True)
        network = self.setup.settings().network
        run = self.layers.rebuild(self._photo.picture, self._style.picture, network, self._rebuilt, self._ended)
        self.bar.follow(run)
        self._say_state()

    def _rebuilt(self, events: list[Event]) -> None:
        from engine.style.layers import PICTURES

        self.bar.show_progress(self.layers.count, PICTURES)

    def _room_chosen(self) -> None:
        """The layers are rebuilt when they are first looked at."""
        if self.stage.in_layers and not self.layers.count:
            self.paint()
        self._say_state()

    def _method_changed(self) -> None:
        """The painting of the other method goes."""
        self.side.show_method(fast=self.setup.is_fast)
        self.fast.repainter.forget()
        self._end = None
        self._forget_painting()

    def _repainted(self, event: Any) -> None:
        if not self.setup.is_fast:
            return
        self._painting, self._end = event.picture, None
        self._took = event.milliseconds, event.backend
        self.compare.show_painting(event.picture)
        self.side.show_code(event.code)
        self._say_state()

    def _noted(self, words: Text) -> None:
        self._note = words
        self._say_state()

    def _fast_ended(self) -> None:
        self.bar.show_end(self.fast.end_words())
        self._say_state()

    def _say_end(self) -> None:
        """What came of the last painting, in the language in force."""
        if self.setup.is_fast and self.fast.end is not None and not self.bar.busy:
            self.bar.show_end(self.fast.end_words())
        if self._end is None or self.bar.busy:
            return
        ends = {
            JobState.DONE: self.tr("Painted"),
            JobState.CANCELLED: self.tr("Stopped; the best so far is kept"),
            JobState.FAILED: self.tr("Nothing was painted"),
        }
        self.bar.show_end(ends[self._end])

    def _forget_painting(self) -> None:
        """Another photo or method: the painting of the one before goes."""
        if self._photo is None:
            return
        self._painting, self._note, self._took = None, None, None
        self.compare.show_photo(self._photo.picture)
        self.layers.clear()
        self.fast.repaint()
        self._say_state()
        self._ready()

    def _ask_save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save the painting"),
            "painting.png",
            self.tr("Pictures ({kinds})").format(kinds="*.png *.jpg"),
        )
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Write the painting as it stands; without an ending a PNG."""
        if self._painting is not None:
            target = path if path.suffix else path.with_suffix(".png")
            self._host.start(_SAVING, saved(target, self._painting), lane="io", owner=self)

    def do_its_job(self, done: Callable[[], None]) -> None:
        """Paint a small packaged photo for a few evaluations."""
        self.setup.choose_method(GATYS)
        self.side.show_method(fast=self.setup.is_fast)
        settings = dataclasses.replace(StyleSettings(), size=128, evaluations=24)
        self.setup.set_settings(settings)
        self._done, self._paint_when_ready = done, True
        self.shown()
        if self.side.style_layers():
            self._ready()

    def _say_state(self) -> None:
        title = ""
        if self._photo and self._style:
            title = self.tr("{photo}, in the style of {style}")
            title = title.format(photo=say(self._photo.name), style=say(self._style.name))
        self.stage.say(title, self._hint_words())
        self.save.setEnabled(self._painting is not None)
        set_now = self.setup.settings()
        cost = self.tr("{n:,} evaluations at {size:,} px").format(n=set_now.evaluations, size=set_now.size)
        if self.stage.in_layers:
            self.bar.set_start(self.tr("Rebuild"), self.tr("ten pictures, some seconds"))
        elif self.setup.is_fast:
            self.bar.set_start(*self.fast.start_words())
        else:
            self.bar.set_start(self.tr("Paint"), cost)

    def _hint_words(self) -> str:
        if self._note:
            return say(self._note)
        if self.stage.in_layers:
            return self.tr("Click a picture to see it large.")
        if self.setup.is_fast and self._took:
            return self.tr("Painted in {ms:.0f} ms by {way}. Drag the line.").format(
                ms=self._took[0], way=self._took[1]
            )
        if self.setup.is_fast and not self.fast.learnt:
            return self.tr("Let the painter learn this style first.")
        if self.compare.painted:
            return self.tr("Drag the line. Hold H to see the photo.")
        return self.tr("Choose a photo and a style, then Paint.")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A picture on the left column is a style, anywhere else a photo."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths and not self.bar.busy:
            left = event.position().x() < self.columns.sizes()[0]
            (self.take_style if left else self.take_photo)(paths[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_H and not event.isAutoRepeat():
            self.compare.hold(True)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_H and not event.isAutoRepeat():
            self.compare.hold(False)
        else:
            super().keyReleaseEvent(event)

    def retranslate(self) -> None:
        self.bar.set_name(self.tr("Painting"))
        self._say_end()
        self._say_state()
