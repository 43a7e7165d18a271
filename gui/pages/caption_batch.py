"""Many photographs told: the job, its progress on the stage, and writing the sentences down."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from engine.caption.session import Asked
from engine.host import EngineHost
from engine.jobs import Event, JobRun, JobState, Progress
from engine.text import Text, counted
from gui.pages.caption_jobs import kept, told_all

if TYPE_CHECKING:
    from gui.pages.caption_photo import CaptionPhotoRoom

_TELLING = Text("Telling photos", "사진들을 말로 옮기기")
_SAVING = Text("Saving the sentences", "문장 저장")


class CaptionBatch(QObject):
    """Tells a folder on the stage of a room."""

    def __init__(self, host: EngineHost, room: CaptionPhotoRoom) -> None:
        super().__init__(room)
        self._host, self._room = host, room
        self.paths: tuple[Path, ...] = ()
        room.stage.save_asked.connect(self._ask_save)

    def start(self, paths: Sequence[Path], asked: Asked) -> None:
        """Tell every photograph of these files and folders."""
        stage = self._room.stage
        if stage.bar.busy:
            return
        self.paths = tuple(paths)
        stage.items = []
        stage.add_items([])
        stage.show_wall(True)
        run = self._host.train(_TELLING, told_all(paths, asked), owner=self, on_events=self._came, on_end=self._ended)
        stage.bar.follow(run)

    def _came(self, events: list[Event]) -> None:
        from engine.caption.batch import Captioned

        stage = self._room.stage
        stage.add_items([event for event in events if isinstance(event, Captioned)])
        for event in events:
            if isinstance(event, Progress) and event.total:
                words = self.tr("{done} of {total} photos").format(done=event.done, total=event.total)
                stage.bar.show_progress(event.done, event.total, words)
        stage.show_wall(True)

    def _ended(self, run: JobRun) -> None:
        stage = self._room.stage
        words = counted(self.tr("{n} photos told").format(n=len(stage.items)))
        if run.state is JobState.DONE and run.result.unreadable:
            words = self.tr("{n} photos told, {bad} files could not be read").format(
                n=len(stage.items), bad=len(run.result.unreadable)
            )
        if run.state is JobState.DONE:
            stage.bar.show_progress(1, 1)
        stage.bar.show_end(words)
        stage.show_wall(bool(stage.items))

    def _ask_save(self) -> None:
        kinds = self.tr("Tables and sheets ({kinds})").format(kinds="*.csv *.json *.png")
        name = QFileDialog.getSaveFileName(self._room, self.tr("Save the sentences"), "captions.csv", kinds)[0]
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Write the sentences as the name says; without an ending a CSV."""
        target = path if path.suffix else path.with_suffix(".csv")
        self._host.start(_SAVING, kept(target, tuple(self._room.stage.items)), lane="io", owner=self)
