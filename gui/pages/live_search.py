"""What there is to choose in the Live tab, looked for beside the window: cameras by name, overlays on this machine."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from engine.errors import LabError
from engine.host import EngineHost
from engine.jobs import Job, JobRun, JobState, Progress
from engine.live.opening import found_cameras
from engine.live.overlays import OverlayCard
from engine.text import Text

LOOKING = Text("Looking for cameras", "카메라 찾기")
LISTING = Text("Looking for overlays", "오버레이 찾기")
OPENING = Text("Opening {name}", "{name} 여는 중")
LOOK_MS = 6_000  # a camera that is plugged in appears within this


class LiveSearch(QObject):
    """Looks once when asked, and for cameras again and again while the tab is shown.

    Signals:
        cameras: (tuple) the cameras there are. overlays: (tuple) the cards of all overlays.
        brought: (OverlayCard) a person's own file can be laid over. refused: (Text) it cannot, and why.
        due: it would look for cameras again now; `look_for_cameras` does, where somebody waits for one.
    """

    cameras = Signal(tuple)
    overlays = Signal(tuple)
    brought = Signal(object)
    refused = Signal(object)
    due = Signal()

    def __init__(self, host: EngineHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._looking: JobRun | None = None
        self._listing: JobRun | None = None
        self._own: list[OverlayCard] = []
        self._hotplug = QTimer(self)
        self._hotplug.setInterval(LOOK_MS)
        self._hotplug.timeout.connect(self.due)

    def go_on(self, on: bool) -> None:
        """Whether somebody may be waiting for a camera."""
        if on:
            self._hotplug.start()
        else:
            self._hotplug.stop()

    def look_for_cameras(self) -> None:
        """See which cameras there are."""
        if self._looking is None:
            self._looking = self._host.start(LOOKING, found_cameras(), lane="io", owner=self, on_end=self._looked)

    def _looked(self, run: JobRun) -> None:
        self._looking = None
        self.cameras.emit(run.result if run.state is JobState.DONE else ())

    def list_overlays(self) -> None:
        """See what can be laid over a picture, and what of it is here."""
        if self._listing is None:
            self._listing = self._host.start(LISTING, _listed(), lane="io", owner=self, on_end=self._listed)

    def _listed(self, run: JobRun) -> None:
        self._listing = None
        if run.state is JobState.DONE:
            own = [card for card in self._own if card not in run.result]
            self.overlays.emit((*own, *run.result))

    def bring(self, path: Path) -> None:
        """See whether a person's own ONNX file can be laid over a picture."""
        self._host.start(OPENING(name=path.name), _card_of(path), lane="io", owner=self, on_end=self._brought)

    def _brought(self, run: JobRun) -> None:
        if isinstance(run.result, OverlayCard):
            self._own = [run.result, *(card for card in self._own if card.id != run.result.id)]
            self.list_overlays()
            self.brought.emit(run.result)
        elif isinstance(run.result, LabError):
            self.refused.emit(run.result.text)


def _listed() -> Job:
    """`overlays`, imported in the job's thread: torchvision takes a second to load."""
    yield Progress(0, 0, LISTING)
    from engine.live.available import overlays

    return (yield from overlays())


def _card_of(path: Path) -> Job:
    """`card_of_onnx`, whose expected trouble is an answer: it is told beside the overlays."""
    yield Progress(0, 0, OPENING(name=path.name))
    from engine.live.available import card_of_onnx

    try:
        return (yield from card_of_onnx(path))
    except LabError as error:
        return error
