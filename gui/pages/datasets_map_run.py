"""The long work of the map, a fraction of a second at a time, and only while somebody looks."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine.data import AnySet
from engine.data.browse import Finished, slice_of
from engine.data.features import picture
from engine.data.imageset import ImageSet
from engine.data.photoset import PhotoSet
from engine.data.signalset import SignalSet
from engine.errors import LabError
from engine.host import EngineHost
from engine.jobs import Event, Job, JobRun, JobState, Progress
from engine.text import Text
from gui.widgets.scatter_map import FACE
from gui.widgets.signal_tiles import SignalTiles

SLICE = 0.25  # seconds; thumbnails and files being read come between
KEPT = 256  # photographs read for the pointer
LAYING = Text("Laying out the map", "지도 그리기")
LOOKING = Text("Reading a photograph for the map", "지도의 사진 읽기")


class Laying(QObject):
    """One long job at a time, a layout if nothing else is said; the newest wins. It can be held while nobody looks.

    Signals:
        said: (object) list of events. ended: (object) `JobRun` in its final state, its result unwrapped.
    """

    said = Signal(object)
    ended = Signal(object)

    def __init__(self, host: EngineHost, owner: QObject, name: Text = LAYING) -> None:
        super().__init__(owner)
        self._host, self._name = host, name
        self._job: Job | None = None
        self._run: JobRun | None = None
        self._held = False

    @property
    def busy(self) -> bool:
        """True until it is at its end, also while held."""
        return self._job is not None

    def begin(self, job: Job) -> None:
        """Begin anew."""
        self.stop()
        self._job = job
        if not self._held:
            self._go_on()

    def stop(self) -> None:
        """Let go of it; what was told stays true."""
        if self._run is not None:
            self._run.cancel()  # closes the job on its thread
        elif self._job is not None:
            self._job.close()
        self._job = self._run = None

    def hold(self, on: bool) -> None:
        """Do no more slices, or go on."""
        self._held = on
        if not on and self._job is not None and self._run is None:
            self._go_on()

    def _go_on(self) -> None:
        assert self._job is not None
        of = self._job

        def events(news: list[Event]) -> None:
            if self._job is of:
                self.said.emit(news)

        def end(run: JobRun) -> None:
            if self._job is not of:
                return
            self._run = None
            if run.state is not JobState.DONE or isinstance(run.result, Finished):
                self._job = None
                run.result = run.result.result if isinstance(run.result, Finished) else None
                self.ended.emit(run)
            elif not self._held:
                self._go_on()

        self._run = self._host.start(
            self._name, slice_of(of, SLICE), lane="io", owner=self, on_events=events, on_end=end
        )


class Faces(QObject):
    """The picture of any index of a set, for the pointer; photographs are read in the background.

    Signals:
        came: a photograph that was asked for is known now.
    """

    came = Signal()

    def __init__(self, host: EngineHost, owner: QObject) -> None:
        super().__init__(owner)
        self._host = host
        self._set: AnySet | None = None
        self._signals: SignalTiles | None = None
        self._known: OrderedDict[int, np.ndarray | None] = OrderedDict()
        self._asked = -1
        self._run: JobRun | None = None

    def use(self, set_: AnySet) -> None:
        """Give the pictures of this set from now on."""
        self._set = set_
        self._known.clear()
        self._asked = -1
        self._signals = SignalTiles(set_.x) if isinstance(set_, SignalSet) and len(set_) else None

    def __call__(self, index: int) -> np.ndarray | None:
        """(H, W) or (H, W, 3) uint8; None while it is read, or when it cannot be."""
        if isinstance(self._set, ImageSet):
            return np.asarray(self._set.images[index])
        if self._signals is not None:
            return self._signals[index]
        if not isinstance(self._set, PhotoSet) or index in self._known:
            return self._known.get(index)
        self._ask(self._set, index)
        return None

    def _ask(self, photos: PhotoSet, index: int) -> None:
        if index == self._asked:
            return
        if self._run is not None:
            self._run.cancel()
        self._asked = index

        def end(run: JobRun) -> None:
            if photos is not self._set or run.state is not JobState.DONE:
                return
            self._known[index] = run.result
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
            self.came.emit()

        self._run = self._host.start(LOOKING, _read(photos, index), lane="interactive", owner=self, on_end=end)


def _read(photos: PhotoSet, index: int) -> Job:
    yield Progress(0, 1, LOOKING)
    try:
        return picture(photos, index, 2 * FACE)
    except LabError:  # the browser lists what cannot be read
        return None
