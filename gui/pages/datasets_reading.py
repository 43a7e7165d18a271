"""A network reads the set that is open: which can, what it says, and what follows for the pictures shown."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.data.predictions import Predictions, Reader, predict, readers_of
from engine.jobs import Event, Job, JobRun, JobState, Progress
from engine.text import Text
from gui.pages.datasets_newest import Newest
from gui.pages.datasets_patient import Patient
from gui.pages.page import Page
from gui.widgets.picture_stage import PictureStage
from gui.widgets.set_reading import SetReading

FINDING = Text("Looking for networks", "신경망 찾기")
NAMING = Text("Listing ImageNet’s classes", "ImageNet 클래스 목록")
PREDICTING = Text("A network reads the set", "신경망이 데이터셋 읽기")


class Readings(QObject):
    """Asks for a network's reading when a person, or an order of the pictures, wants it.

    Signals:
        read: a network has read the set.
    """

    read = Signal()

    def __init__(self, page: Page, stage: PictureStage, panel: SetReading) -> None:
        super().__init__(page)
        self._stage, self._panel = stage, panel
        self._finding, self._reading = Patient(page), Patient(page)
        self._naming = Newest(page, lane="io")
        panel.asked.connect(self.start)
        panel.stopped.connect(self.stop)
        panel.cell_chosen.connect(self._cell)
        stage.reading_wanted.connect(self._wanted)

    @property
    def busy(self) -> bool:
        """True while networks are looked for, or one reads."""
        return self._finding.busy or self._reading.busy

    def begin(self) -> None:
        """Another set is on the stage: which networks know its classes?"""
        self.leave()
        if self._stage.shown is not None:
            self._finding.ask(FINDING, readers_of(self._stage.shown), self._found)

    def leave(self) -> None:
        """Forget what was read."""
        self._finding.cancel()
        self._reading.cancel()
        self._panel.show_readers(None)

    def _found(self, result: object) -> None:
        readers = result if isinstance(result, tuple) else ()
        self._panel.show_readers(readers)
        self._stage.allow(can_read=bool(readers))

    def _wanted(self) -> None:
        """An order needs a reading: the first network that fits makes one."""
        if not self._reading.busy and self._panel.first is not None:
            self.start(self._panel.first)

    def start(self, reader: Reader) -> None:
        """Let a network read the set."""
        shown = self._stage.shown
        if shown is not None:
            self._panel.show_progress(0, len(shown))
            self._reading.ask(PREDICTING, predict(shown, reader), self._was_read, self._reads)

    def stop(self) -> None:
        """End the reading; nothing is kept of it."""
        self._reading.cancel()
        self._panel.show_predictions(None, ())
        self._stage.use_predictions(None)

    def _reads(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Progress):
                self._panel.show_progress(event.done, event.total)

    def _was_read(self, result: object) -> None:
        if not isinstance(result, Predictions):  # it failed; the window has told why
            self.stop()
            return
        self._panel.show_predictions(result, self._stage.class_names())
        self._stage.use_predictions(result)
        self.read.emit()

    def _cell(self, label: int, read_as: int) -> None:
        """A square of the matrix: its pictures; the same once more, all of them."""
        now = self._stage.filter.choice.cell
        self._stage.filter.pick_cell(None if now == (label, read_as) else (label, read_as))

    # The classes that the network of photographs knows

    def list_imagenet(self) -> None:
        """The 1,000 classes of ImageNet on the stage (lecture row 39)."""
        self._naming.ask(NAMING, _imagenet(), self._listed)

    def _listed(self, run: JobRun) -> None:
        if run.state is JobState.DONE:
            self._stage.show_class_list(run.result, (), ())


def _imagenet() -> Job:
    """Their names; a job, for it imports torchvision."""
    yield Progress(0, 1)
    from engine.models.imagenet import names

    return names()
