"""The body of the Live tab: left you set, in the middle you watch, right it answers."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.host import EngineHost
from engine.jobs import Event, Progress
from engine.live.overlays import FACES, OverlayCard
from engine.live.seen import Opened, Trouble
from engine.live.sources import Camera, Tour
from engine.text import Text, same
from gui.context import Context
from gui.pages import live_words
from gui.pages.live_keep import LiveKeep
from gui.pages.live_noise import NoisePanel
from gui.pages.live_panes import LivePanes
from gui.pages.live_pick import LivePick
from gui.pages.live_reading import LiveReading
from gui.pages.live_search import LiveSearch
from gui.pages.live_session import LiveSession
from gui.pages.live_setup import LiveSetup
from gui.pages.live_shown import Drawn, Look
from gui.pages.live_source import CAMERA
from gui.pages.live_stage import FAILED, LOOKING, NO_CAMERA, OPENING, PICTURE, READY, LiveStage
from gui.pages.live_views import VIEWS, WATCH, LiveViews
from gui.widgets.basics import column
from gui.widgets.columns import Columns
from gui.widgets.lens import Lens
from gui.words import say

READING_MS = 120  # the inspector is read, not watched: eight times a second is enough


class LiveView(QWidget):
    """Start, show events, ended: the three short methods of a live source, and what stands round them."""

    def __init__(self, host: EngineHost, context: Context) -> None:
        super().__init__()
        self.host, self.context = host, context
        self._shown = False
        self._read_at = 0.0
        self._on_done: Callable[[], None] | None = None
        self.session, self.search = LiveSession(host, self), LiveSearch(host, self)
        self.keep = LiveKeep(host, self.session)
        self.noise = NoisePanel(host, self.session)
        self.setup, self.stage, self.reading = (
            LiveSetup(self.noise),
            LiveStage(1 + len(VIEWS), self.keep),
            LiveReading(),
        )
        self.panes = LivePanes(self.session, self.stage, self.setup)
        self.pick = LivePick(self.session, self.stage.view, self.reading)
        self.views = LiveViews(host, context, self.stage.body)
        self.lens = Lens()
        self.columns = Columns(self.setup, self.stage, self.reading, foot=self.lens)
        self.setLayout(column(self.columns, gap=0))
        self.setAcceptDrops(True)
        self._connect()
        self._add_keys()
        self.lens.explain(live_words.SOURCE)
        self._settings_changed()
        self.retranslate()

    def _connect(self) -> None:
        setup, stage, session = self.setup, self.stage, self.session
        setup.changed.connect(self._settings_changed)
        setup.split.toggled.connect(self.panes.set_split)
        setup.source.chosen.connect(self._source_chosen)
        for asked in (setup.source.look_asked, stage.look_asked):
            asked.connect(self.search.look_for_cameras)
        self.search.cameras.connect(self._take_cameras)
        self.search.overlays.connect(self._take_cards)
        self.search.brought.connect(self._brought)
        self.views.overlay_made.connect(self._taught)
        self.search.refused.connect(lambda why: self.reading.show_trouble(say(why)))
        setup.overlays.file_asked.connect(self._ask_onnx)
        self.search.due.connect(self._look_if_needed)
        stage.view_chosen.connect(self.show_view)
        stage.tour_asked.connect(self.start_tour)
        stage.again_asked.connect(self.start)
        stage.snapshot_asked.connect(self.keep.snapshot)
        stage.bar.record_asked.connect(self.keep.toggle_recording)
        self.keep.recording.connect(stage.bar.show_recording)
        stage.overlay_asked.connect(self.toggle_overlay)
        stage.cover_asked.connect(self.cover_faces)
        stage.bar.main_asked.connect(self._main)
        stage.bar.stop_asked.connect(self.stop)
        setup.overlays.model_asked.connect(self.context.open_models)
        self.reading.class_clicked.connect(setup.keep_only)
        session.arrived.connect(self.show_picture)
        session.told.connect(self.show_event)
        session.over.connect(self.ended)
        session.changed.connect(self._show_state)

    def _add_keys(self) -> None:
        acts = (
            *(("S", self.keep.snapshot), ("R", self.keep.toggle_recording), ("O", self.toggle_overlay)),
            *(("B", self.cover_faces), ("Esc", self.leave_object)),
        )
        for key, act in acts:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # The tab

    def shown(self) -> None:
        """The tab came to the front: what was watched goes on; cameras and overlays are looked for."""
        self._shown = True
        self.search.go_on(True)
        self.search.list_overlays()
        if not self.session.come_back():
            self.search.look_for_cameras()
        self._show_state()

    def hidden(self) -> None:
        """Another tab came to the front: the camera is let go of."""
        self._shown = False
        self.search.go_on(False)
        self.keep.leave()
        self.session.leave()

    def _take_cards(self, cards: tuple[OverlayCard, ...]) -> None:
        self.setup.show_cards(cards)
        self.reading.know_cards(cards)

    def _ask_onnx(self) -> None:
        dialog = QFileDialog(self, self.tr("Bring a YOLO file (ONNX)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("ONNX (*.onnx)")
        dialog.fileSelected.connect(lambda path: self.search.bring(Path(path)))
        dialog.open()

    def _brought(self, card: OverlayCard) -> None:
        """A person's own network: it is listed first, and switched on."""
        self.reading.show_trouble("")
        self.setup.show_cards((card, *(known for known in self.setup.overlays.all if known.id != card.id)))
        self.setup.overlays.switch(card.id, True)

    def _taught(self, card: OverlayCard) -> None:
        """Classes that were taught just now: back to Watch, with them on."""
        self.show_view(0)
        self._brought(card)

    def _take_cameras(self, cameras: tuple[Camera, ...]) -> None:
        self.setup.source.show_cameras(cameras)
        self._show_state()

    def _look_if_needed(self) -> None:
        if not self.session.busy and self.setup.source.kinds.index() == CAMERA:
            self.search.look_for_cameras()

    # A source: start, show events, ended

    def start(self) -> None:
        """Watch what is chosen; where there is no camera, say so."""
        source = self.setup.source.source()
        if source is None:
            self._show_state()
            return
        self.keep.leave()
        self.reading.clear()
        self.session.start(source)
        self.stage.show_state(OPENING, source.title)

    def start_tour(self) -> None:
        """Watch the photographs that came with the app."""
        self.setup.source.choose(Tour())
        self.start()

    def open(self, argument: dict[str, Any]) -> None:
        """What another page wishes: {"path": a video, picture or folder}, {"tour": True} or {"start": True}."""
        if argument.get("tour"):
            self.start_tour()
        if path := argument.get("path"):
            self.setup.source.open_path(Path(path))
        if path or argument.get("start"):
            self.start()

    def stop(self) -> None:
        """Let go of the source; the picture goes with it."""
        self.keep.leave()
        self.session.stop()
        self.views.forget()
        self.panes.clear()
        self.reading.clear()

    def _main(self) -> None:
        if not self.session.toggle_pause():
            self.start()

    def toggle_pause(self) -> bool:
        """Space."""
        if self.session.toggle_pause():
            return True
        if self.setup.source.source() is None:
            return False
        self.start()
        return True

    def show_picture(self, drawn: Drawn) -> None:
        """The newest picture, and a few times a second what is written about it."""
        seen = drawn.seen
        if self.stage.state != PICTURE:
            self.stage.show_state(PICTURE, self._title())
        if self.views.index:
            self.views.feed(seen.picture, seen.frame.name if say(seen.frame.name) else self._title())
        else:
            self.panes.show(drawn)
        now = time.monotonic()
        if self.session.paused or 1000 * (now - self._read_at) >= READING_MS:  # no later picture follows a paused one
            self._read_at = now
            self._write_about(drawn)
        if self._on_done is not None and seen.results and not seen.waiting:
            done, self._on_done = self._on_done, None
            self._write_about(drawn)
            done()

    def _write_about(self, drawn: Drawn) -> None:
        seen, view = drawn.seen, self.stage.view
        self.reading.show_seen(seen, self.setup.settings().classes)
        t = seen.timings
        painted = view.paint_ms if view.isVisible() else 0.0  # another room paints by itself
        parts = (t.capture, t.prepare, t.infer, t.finish + drawn.milliseconds + painted)
        self.stage.bar.budget.show_parts(parts, self.tr("age {ms:.0f} ms").format(ms=seen.age))
        self.panes.say(seen)

    def show_event(self, event: Event) -> None:
        """An overlay is ready, a source is opened, something does not work."""
        if isinstance(event, Opened):
            self.setup.know_classes(event.card.classes)
        elif isinstance(event, Trouble):
            self.reading.show_trouble(say(event.text))
            self.setup.overlays.switch(event.overlay, False)
        elif isinstance(event, Progress) and event.note and self.stage.state != PICTURE:
            self.stage.show_state(OPENING, self._title(), event.note)

    def ended(self, problem: Text | None) -> None:
        """It is over: by itself, or because of what the sentence says."""
        self.keep.leave()
        if problem is not None:
            self.stage.show_state(FAILED, self._title(), problem)
        if self._on_done is not None:
            done, self._on_done = self._on_done, None
            done()

    def _title(self) -> Text:
        source = self.session.source if self.session.busy else self.setup.source.source()
        return source.title if source else same("")

    def _show_state(self) -> None:
        """Buttons, chip and, where there is no picture, the message that fits."""
        session, stage = self.session, self.stage
        source = self.setup.source.source()
        missing = source is None and self.setup.source.kinds.index() == CAMERA and not session.busy
        watch = self.views.index == 0
        ready = say(source.title) if source else None
        stage.bar.show_state(busy=session.busy, paused=session.paused, ready=ready, watch=watch)
        if not session.busy:
            stage.bar.budget.show_parts((), "")
            stage.view.show_words()
            if stage.state != FAILED or missing:
                looking = missing and self.setup.source.has_cameras is None
                stage.show_state(LOOKING if looking else NO_CAMERA if missing else READY, self._title())
        if session.busy:
            stage.show_chip(
                "plain" if session.paused else "live", self.tr("paused") if session.paused else self.tr("live")
            )
        else:
            stage.show_chip("live", "")
        for tool in (stage.snapshot, stage.overlay, stage.cover):
            tool.setVisible(watch)
            tool.setEnabled(session.busy)

    # What a hand changes

    def show_view(self, index: int) -> None:
        """Watch (0), or another way to look at the picture; there only faces are still covered."""
        self.stage.views.choose(index)
        self.views.show(index)
        self.setup.show_overlays(index == 0)
        self.columns.show_right(index == 0)
        self._settings_changed()
        self._show_state()

    def _settings_changed(self) -> None:
        settings = self.setup.settings()
        seen = settings.overlays if self.views.index == 0 else tuple(id for id in settings.overlays if id == FACES.id)
        self.session.settings.replace(dataclasses.replace(settings, overlays=seen))
        look = self.session.look.value
        self._look_again(dataclasses.replace(look, opacity=settings.opacity))
        self.session.look_again()

    def _look_again(self, look: Look) -> None:
        """Another way to show what was seen; a paused picture follows at once."""
        self.session.look.replace(look)
        if self.session.paused:
            self.panes.draw_again()

    def _source_chosen(self) -> None:
        if self.session.busy and self.setup.source.source() is not None:
            self.start()
        else:
            self.stage.show_state(READY, self._title())
            self._show_state()

    def toggle_overlay(self) -> None:
        """O: the picture with or without what lies over it. Covered faces are in the picture itself and stay."""
        look = self.session.look.value
        self._look_again(dataclasses.replace(look, over=not look.over))
        self.stage.show_overlay(self.session.look.value.over)

    def cover_faces(self) -> None:
        """B: cover all faces now."""
        self.setup.overlays.switch(FACES.id, True)

    def leave_object(self) -> None:
        """Esc: back to Watch; there no object is chosen any more."""
        if self.views.index:
            self.show_view(0)
            return
        self.pick.leave()

    # Words

    def retranslate(self) -> None:
        self.stage.name_views([say(WATCH), *(say(view.name) for view in VIEWS)])
        self._show_state()
        if self.session.busy:
            self.panes.draw_again()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.ActivationChange and self._shown and self.isActiveWindow():
            self.search.list_overlays()  # a dialog was left in which a model may have come

    # Files that are dropped on the tab

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = next((url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()), "")
        if path:
            self.open({"path": path})

    # For the self-test and the pictures

    def do_its_job(self, done: Callable[[], None]) -> None:
        """The tour with the classifier; `done` when it has answered."""
        self._on_done = done
        self.start_tour()
