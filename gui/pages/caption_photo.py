"""The photo room of the Caption tab: a photograph, its sentence word by word, and what else could have been said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from engine.caption.session import (
    PHOTOS,
    Answer,
    PhotoTile,
    Shown,
    camera_photo,
    describe,
    networks,
    open_photo,
    replaced,
    tiles,
)
from engine.host import EngineHost
from engine.jobs import Event, Job, JobRun, JobState
from engine.text import Text
from gui.pages.caption_batch import CaptionBatch
from gui.pages.caption_setup import CaptionSetup
from gui.pages.caption_side import CaptionSide
from gui.pages.caption_stage import CaptionStage
from gui.widgets.basics import column
from gui.widgets.columns import Columns
from gui.widgets.lens import Lens, explain
from gui.widgets.retold import Retold

if TYPE_CHECKING:
    from engine.caption.session import Known

_OPENING = Text("Opening a photo", "사진 열기")
_TELLING = Text("Telling the photo", "사진을 말로 옮기기")
_LOOKING = Text("Looking for networks", "신경망 찾기")
WRITER = "rnn-text"  # of the networks found the one that tells no photographs
TILE, WORD_MS = 128, 130  # pixels of a small photo; milliseconds between two words


class CaptionPhotoRoom(Retold, QWidget):
    """Opens a photograph and tells it at once; everything else changes how."""

    def __init__(self, host: EngineHost) -> None:
        super().__init__()
        self._host = host
        self._shown: Shown | None = None
        self._photo: object = None
        self._answer: Answer | None = None
        self._mine: frozenset[int] = frozenset()
        self._own: tuple[Known, ...] = ()
        self._known: tuple[Known, ...] = ()
        self._run: JobRun | None = None
        self._done: Callable[[], None] | None = None
        self._started = False
        self.setup, self.side, self.lens = CaptionSetup(), CaptionSide(), Lens()
        self.stage = CaptionStage(host)
        self.batch = CaptionBatch(host, self)
        self.bar = self.stage.bar
        self.columns = Columns(self.setup, self.stage, self.side, self.lens)
        self.setLayout(column(self.columns, gap=0))
        self.setAcceptDrops(True)
        self._words = QTimer(self)
        self._words.setInterval(WORD_MS)
        self._words.timeout.connect(self._next_word)
        self._connect()

    def _connect(self) -> None:
        self.setup.photo_asked.connect(self.take)
        self.setup.folder_asked.connect(lambda path: self.tell_all([path]))
        self.setup.paste_asked.connect(self.paste)
        self.setup.camera_asked.connect(self.look_through_camera)
        self.setup.changed.connect(self.tell)
        self.stage.word_chosen.connect(self.choose_word)
        self.stage.tell_asked.connect(self._again)
        self.stage.photo_chosen.connect(self.take)
        self.side.word_taken.connect(self.put_word)

    def shown(self) -> None:
        """The room came to the front: read what it starts with, once."""
        if self._started:
            return
        self._started = True
        self._host.start(_OPENING, tiles(TILE), lane="io", owner=self, on_events=self._tiles_read)
        self.look_round()
        if self._shown is None:
            self.take(next(iter(PHOTOS)))

    def look_round(self) -> None:
        """Which networks are here."""

        def end(run: JobRun) -> None:
            if run.state is JobState.DONE:
                self._known = run.result
                self.setup.show_networks(self._known, self._own)
                self.side.show_cards(self._known)
                self._explain()
                if self._answer is None:
                    self.tell()

        self._host.start(_LOOKING, networks(), lane="io", owner=self, on_end=end)

    def use(self, folder: str) -> None:
        """Tell with a network that has just learnt: a run's folder."""
        from engine.caption.session import Known as One

        words = Text("Learnt here: {run}", "여기서 학습: {run}")(run=Path(folder).name)
        self._own = (*(one for one in self._own if one.id != folder), One(folder, words, True, words, None))
        self.setup.show_networks(self._known, self._own)
        self.setup.choose_network(folder)
        self.tell()

    def _tiles_read(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, PhotoTile):
                self.setup.add_tile(event)
        self.setup.show_photo(self._photo)

    def take(self, photo: object) -> None:
        """Tell this photo: one that is packaged, a file, or a picture."""
        assert isinstance(photo, str | Path | np.ndarray)
        self._open(open_photo(photo), photo)

    def look_through_camera(self) -> None:
        """Tell what the camera sees now."""
        self._open(camera_photo(), None)

    def _open(self, job: Job, photo: object) -> None:
        def end(run: JobRun) -> None:
            if run.state is JobState.DONE:
                self._shown, self._photo = run.result, photo
                self.setup.show_photo(photo)
                self.stage.show_photo(run.result)
                self.tell()

        self._host.start(_OPENING, job, lane="io", owner=self, on_end=end)

    def paste(self) -> None:
        """Tell the picture in the clipboard."""
        image = QGuiApplication.clipboard().image()
        if image.isNull():
            self.stage.say_note(self.tr("There is no picture in the clipboard. Copy one first."))
            return
        image = image.convertToFormat(QImage.Format.Format_RGB888)
        flat = np.frombuffer(image.constBits(), np.uint8)
        lines = flat.reshape(image.height(), image.bytesPerLine())[:, : 3 * image.width()]
        self.take(lines.reshape(image.height(), image.width(), 3).copy())

    def tell(self) -> None:
        """A new sentence about the photograph that is shown."""
        self._mine = frozenset()
        self._ask((), 0)

    def _again(self) -> None:
        """The one photograph once more, or all on the wall."""
        if self.stage.views.currentIndex() == 1 and self.batch.paths:
            self.tell_all(self.batch.paths)
        else:
            self.tell()

    def put_word(self, word: str) -> None:
        """Put `word` at the chosen place; the network goes on from there."""
        if self._answer is None or self.stage.sentence.at < 0 or not word.strip():
            return
        at = self.stage.sentence.at
        self._mine = frozenset({i for i in self._mine if i < at} | {at})
        self._ask(replaced(self._answer.told.places, at, word.strip().lower()), at)

    def _ask(self, before: Sequence[str], at: int) -> None:
        if self._shown is None or not self._known:
            return
        if self._lacks_captioners:
            self.retranslate()
            self._tell_done()
            return
        if self._run is not None:
            self._run.cancel()  # the newest wish wins
        shown = self._shown

        def end(run: JobRun) -> None:
            if run is self._run:
                self._run = None
            if run.state is JobState.DONE and shown is self._shown:
                self._take_answer(run.result, at)
            elif run.state is JobState.FAILED:
                self.stage.say_note(self.tr("Choose another network, or train this one in the room Learn."))

        job = describe(shown, self.setup.asked(), before)
        self._run = self._host.start(_TELLING, job, lane="interactive", owner=self, on_end=end)

    @property
    def _lacks_captioners(self) -> bool:
        """A copy may come without them: their photographs are not free for every use."""
        return bool(self._known) and not any(one.here for one in (*self._known, *self._own) if one.id != WRITER)

    def retranslate(self) -> None:
        if self._answer:
            self.stage.end_answer(self._answer)
        elif self._lacks_captioners:
            self.stage.say_note(
                self.tr("No captioner came with this copy. Train one in the room Learn; the room Text works without.")
            )

    def _tell_done(self) -> None:
        if self._done:
            done, self._done = self._done, None
            done()

    def _take_answer(self, answer: Answer, at: int) -> None:
        self._answer = answer
        self.stage.begin_answer(answer)
        self._spoken = at
        self._words.start()
        self._next_word()

    def _next_word(self) -> None:
        """One word more is said; its bars stand at the right."""
        assert self._answer is not None
        words = self._answer.told.words
        if self._spoken < len(words):
            self._spoken += 1
            self._show(self._spoken - 1, self._spoken)
        if self._spoken >= len(words):
            self._words.stop()
            self.stage.end_answer(self._answer)
            self._tell_done()

    def _show(self, at: int, count: int) -> None:
        assert self._answer is not None
        told = self._answer.told
        mine = [i for i in self._mine if i < count]
        self.stage.sentence.show_words(told.words[:count], mine=mine, at=at)
        if 0 <= at < len(told.places):
            self.stage.photo.show_looked(told.places[at].looked)
            self.side.show_place(told.places, at)

    def choose_word(self, at: int) -> None:
        """What else could stand there, and where the network looked."""
        if self._answer is not None and not self._words.isActive():
            self._show(at, len(self._answer.told.words))

    def tell_all(self, paths: Sequence[Path]) -> None:
        """Tell every photograph of files and folders."""
        self.batch.start(paths, self.setup.asked())

    def _explain(self) -> None:
        from engine.caption.recipes import ATTENTION, NIC

        for one in (self.stage.sentence, self.setup.network):
            explain(one, NIC.card.explanation)
        explain(self.stage.photo, ATTENTION.card.explanation)
        self.lens.explain(NIC.card.explanation)

    def do_its_job(self, done: Callable[[], None]) -> None:
        """Tell the packaged photograph to its last word."""
        self._done = done
        self._words.setInterval(10)
        if self._started:
            self.tell()
        else:
            self.shown()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if len(paths) == 1 and not paths[0].is_dir():
            self.take(paths[0])
        elif paths:
            self.tell_all(paths)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Space and self._answer and not self.bar.busy:
            count = len(self._answer.told.words)
            self.choose_word((self.stage.sentence.at + 1) % max(1, count))
        else:
            super().keyPressEvent(event)
