"""The stage of the denoising lesson: a camera's pictures, a video's or the tour's, noisy at the left, cleaned at the right."""

from __future__ import annotations

import dataclasses
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from engine.errors import LabError
from engine.host import EngineHost
from engine.jobs import Event, Job, JobRun, JobState, Progress
from engine.knobs import Box
from engine.live.sources import Camera, Folder, Picture, Source, Tour, VideoFile
from engine.text import Text
from gui.widgets.basics import Segmented, SliderRow, StatTile, button, column, label, panel, row
from gui.widgets.frame_view import FrameView
from gui.widgets.retold import Retold
from gui.words import say

if TYPE_CHECKING:
    from engine.latent.denoise_live import Denoised, Denoisers

_LOOKING = Text("Looking for cameras", "카메라 찾는 중")
_OPENING = Text("Looking for denoisers", "잡음 제거 신경망 찾는 중")
_BEGINNING = Text("Opening the network and the pictures", "신경망과 화면 소스를 여는 중")
_CLEANING = Text("Denoising: {source}", "잡음 제거: {source}")
_PICTURES = "*.jpg *.jpeg *.png *.bmp *.webp *.tif *.tiff *.gif"
_VIDEOS = "*.mp4 *.avi *.mov *.mkv *.webm *.m4v *.mpg *.wmv"
FILE, FOLDER = "file", "folder"  # entries of the sources that ask
NOISY, PLAIN = range(2)


class DenoiseStage(Retold, QWidget):
    """It runs while it is looked at, and lets go of its source when not.

    Signals:
        cleaned: a picture came through. known: (Denoisers) what was found on this machine.
    """

    cleaned = Signal()
    known = Signal(object)

    def __init__(self, host: EngineHost) -> None:
        super().__init__()
        self._host = host
        self.source, self.network = QComboBox(), QComboBox()
        self.go = button("play-fill", "primary")
        self.gaussian = SliderRow(0.0, 0.5, 0.2, step=0.01, live=True)
        self.dropout = SliderRow(0.0, 0.9, 0.0, step=0.01, live=True)
        self.before_view, self.after_view = FrameView(), FrameView()
        self.side = Segmented(2)
        self.before, self.after = StatTile("slide", "raised"), StatTile("net", "raised")
        self._title, self._words, self._told = label("title"), label("caption", wrap=True), label("small", wrap=True)
        self._source_words, self._right = label("small"), label("small")
        self._sources: list[tuple[Text | None, Any]] = [(Tour().title, Tour())]
        self._networks: tuple[tuple[Text, str], ...] = ()
        self._noise: Box[Any] | None = None
        self._run: JobRun | None = None
        self._away = False
        self._problem: Text | None = None
        self.last: Denoised | None = None
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        for combo in (self.source, self.network):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(12)
        left = column(row(self.side, None, gap=8), (self.before_view, 1), self.before, gap=8)
        right = column(row(self._right, None, gap=8), (self.after_view, 1), self.after, gap=8)
        self._right.setFixedHeight(self.side.sizeHint().height())
        top = panel(
            row(self._title, None, self.network, gap=10),
            self._words,
            row(self._source_words, (self.source, 1), self.go, gap=8),
            row((self.gaussian, 1), (self.dropout, 1), gap=16),
            (row((left, 1), (right, 1), gap=12), 1),
            self._told,
            gap=10,
            pad=14,
        )
        self.setLayout(column(top, gap=0))

    def _connect(self) -> None:
        self.go.clicked.connect(self._toggle)
        self.source.activated.connect(lambda _: self._source_chosen())
        self.network.activated.connect(lambda _: self.start())
        for slider in (self.gaussian, self.dropout):
            slider.set_format(lambda value: f"{value:.2f}")
            slider.changed.connect(lambda _: self._noise_moved())
        self.dropout.set_format(lambda value: f"{100 * value:.0f}\u2009%")
        self.side.chosen.connect(lambda _: self._show_left())

    # What runs

    @property
    def busy(self) -> bool:
        """True while pictures come."""
        return self._run is not None

    def begin(self) -> None:
        """The lesson came up: the tour, without a click; a camera is only opened by a person who chose it."""
        self._host.start(_OPENING, _known(), lane="io", owner=self, on_end=self._take_known)
        self._host.start(_LOOKING, _cameras(), lane="io", owner=self, on_end=self._take_cameras)
        self.start()

    def start(self) -> None:
        """Clean what the chosen source shows from now on."""
        chosen = self.source.currentData()
        if not isinstance(chosen, str):
            self._watch(chosen)

    def _watch(self, source: Source) -> None:
        from engine.latent.denoise_live import Noise, watch_denoised

        self._cancel()
        self._away, self._problem = False, None
        self._noise = Box(Noise(self.gaussian.value(), self.dropout.value()))
        job = _attempt(watch_denoised(source, self._noise, str(self.network.currentData() or "bundled")))
        run: list[JobRun] = []

        def told(events: list[Event]) -> None:
            if run and run[0] is self._run:
                self._take(events)

        name = _CLEANING(source=source.title)
        run.append(self._host.start(name, job, lane="live", owner=self, on_events=told, on_end=self._ended))
        self._run = run[0]
        self._say()

    def _toggle(self) -> None:
        if self.busy:
            self.stop()
        else:
            self.start()

    def leave(self) -> None:
        """Another room or tab: the source is let go of until `come_back`."""
        away = self._away or self.busy
        self.stop()
        self._away = away

    def stop(self) -> None:
        """Let go of the source."""
        self._away = False
        self._cancel()
        self._say()

    def come_back(self) -> None:
        """Seen again: what ran goes on."""
        if self._away:
            self.start()

    def _cancel(self) -> None:
        run, self._run = self._run, None
        if run is not None:
            run.cancel()

    def _take(self, events: list[Event]) -> None:
        from engine.latent.denoise_live import Denoised
        from engine.live.seen import Trouble

        for event in events:
            if isinstance(event, Trouble):
                self._problem = event.text
            elif isinstance(event, Denoised):
                self._problem = None
                self._show(event)
        self._say()

    def _show(self, event: Denoised) -> None:
        self.last = event
        self.after_view.show_frame(event.clean)
        self._show_left()
        for tile, value in ((self.before, event.before), (self.after, event.after)):
            tile.show_value("∞" if value >= 99 else f"{value:.1f}", "dB")
            tile.add_point(value)
        self.cleaned.emit()

    def _show_left(self) -> None:
        if self.last is not None:
            self.before_view.show_frame(self.last.noisy if self.side.index() == NOISY else self.last.picture)

    def _ended(self, run: JobRun) -> None:
        if run is not self._run:
            return
        self._run = None
        if run.state is not JobState.CANCELLED:
            self._problem = (
                run.result.text if isinstance(run.result, LabError) else run.error.text if run.error else None
            )
        self._say()

    def _noise_moved(self) -> None:
        if self._noise is not None:
            changed = {"gaussian": self.gaussian.value(), "dropout": self.dropout.value()}
            self._noise.replace(dataclasses.replace(self._noise.value, **changed))

    # Sources

    def _take_known(self, run: JobRun) -> None:
        if run.state is not JobState.DONE:
            return
        found: Denoisers = run.result
        self._networks = found.networks
        self._fill()
        self.known.emit(found)

    def _take_cameras(self, run: JobRun) -> None:
        if run.state is not JobState.DONE:
            return
        others = [(words, one) for words, one in self._sources if not isinstance(one, Camera | Tour)]
        self._sources = [(Tour().title, Tour()), *((one.title, one) for one in run.result), *others]
        self._fill()

    def _source_chosen(self) -> None:
        asked = self.source.currentData()
        if not isinstance(asked, str):
            self.start()
            return
        if asked == FOLDER:
            name = QFileDialog.getExistingDirectory(self, self.tr("Open a folder of pictures"))
        else:
            kinds = self.tr("Videos and pictures") + f" ({_VIDEOS} {_PICTURES})"
            name, _ = QFileDialog.getOpenFileName(self, self.tr("Open a video or a picture"), "", kinds)
        if name:
            self.open_path(Path(name))
        else:
            self.source.setCurrentIndex(0)

    def open_path(self, path: Path) -> None:
        """Clean this video, picture or folder."""
        still = f"*{path.suffix.lower()}" in _PICTURES.split()
        source = Folder(path) if path.is_dir() else Picture(path) if still else VideoFile(path)
        self._sources.append((source.title, source))
        self._fill()
        self.source.setCurrentIndex(len(self._sources) - 1)
        self.start()

    def _fill(self) -> None:
        before = self.source.currentData()
        self.source.clear()
        for words, source in self._sources:
            self.source.addItem(say(words) if words else "", source)
        self.source.addItem(self.tr("Video or picture…"), FILE)
        self.source.addItem(self.tr("Folder of pictures…"), FOLDER)
        place = (number for number, (_, source) in enumerate(self._sources) if source == before)
        self.source.setCurrentIndex(next(place, 0))
        chosen = self.network.currentData()
        self.network.clear()
        for words, which in self._networks:
            self.network.addItem(say(words), which)
        self.network.setCurrentIndex(max(0, self.network.findData(chosen)))
        self.network.setVisible(len(self._networks) > 1)

    # Words

    def _say(self) -> None:
        self.go.setText(self.tr("Stop") if self.busy else self.tr("Start"))
        self.go.show_icon("stop-fill" if self.busy else "play-fill")
        words = ""
        if self._problem is not None:
            words = say(self._problem)
        elif self.last is not None:
            told = self.tr("{ms:.0f} ms a picture in the network, {rate:.0f} pictures a second · {backend}")
            words = told.format(ms=self.last.milliseconds, rate=self.last.rate, backend=self.last.backend)
        elif self.busy:
            words = say(_BEGINNING)
        self._told.setText(words)

    def retranslate(self) -> None:
        self._title.setText(self.tr("Noise out of live pictures"))
        self._words.setText(
            self.tr(
                "Noise is added to each picture, the autoencoder takes it out. "
                "Train it anew in the Train tab: ae-photos. With both noises at 0 it cleans the camera’s own grain."
            )
        )
        self._source_words.setText(self.tr("Pictures from"))
        self.source.setAccessibleName(self.tr("Pictures from"))
        self.network.setAccessibleName(self.tr("Denoiser"))
        self.gaussian.set_name(self.tr("Gaussian noise σ"))
        self.dropout.set_name(self.tr("Pixels put out (dropout)"))
        self.side.setTexts([self.tr("With noise"), self.tr("As it came")])
        self.side.setAccessibleName(self.tr("Left picture"))
        self._right.setText(self.tr("Cleaned"))
        self.before_view.setAccessibleName(self.tr("With noise"))
        self.after_view.setAccessibleName(self.tr("Cleaned"))
        self.before.set_title(self.tr("PSNR with noise"))
        self.after.set_title(self.tr("PSNR cleaned"))
        self._fill()
        self._say()


def _known() -> Job:
    """`look_for_denoisers`, imported in the job's thread."""
    yield Progress(0, 0)
    from engine.latent.denoise_live import look_for_denoisers

    return (yield from look_for_denoisers())


def _cameras() -> Job:
    """`found_cameras`, imported in the job's thread."""
    yield Progress(0, 0)
    from engine.live.opening import found_cameras

    return (yield from found_cameras())


def _attempt(job: Generator[Event, None, Any]) -> Generator[Event, None, Any]:
    """`job`, whose expected trouble is an answer: it is told on the stage and not in the window's notices."""
    try:
        return (yield from job)
    except LabError as error:
        return error
