"""The stage of a training: what the generator makes now, its insides, its curves, and the film of its checks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from engine.jobs import Event
from engine.latent.events import Checked, Learned, Samples
from engine.latent.inside import Inside
from engine.latent.recipes import LatentRecipe
from gui.widgets.basics import Segmented, State, column, label, panel, row
from gui.widgets.game_chart import GameChart
from gui.widgets.latent_wall import LatentWall
from gui.widgets.retold import Retold
from gui.words import say

FRAMES = 24  # at most this many of the film are kept on the screen
THUMB = 16  # samples in a frame of the strip
SAMPLES, INSIDE, CHAIN = range(3)


class TrainStage(Retold, QWidget):
    """Fed with the events of `engine.latent.learn.train`.

    Signals:
        view_chosen: (int) SAMPLES, INSIDE or CHAIN.
    """

    view_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._card: LatentRecipe | None = None
        self.samples, self.inside, self.empty = LatentWall(), LatentWall(), State("planet", stage=True)
        self.film = LatentWall(side=74)
        self.film.setMaximumHeight(96)
        self.charts = tuple(GameChart(tone, smooth=smooth, places=2) for tone, smooth in _CHARTS)
        self.view = Segmented(3)
        self._title, self._what = label("title"), label("caption", wrap=True)
        self._film_title, self._film_hint = label("section"), label("caption")
        self._frames: list[tuple[int, np.ndarray]] = []
        self._names: list[str] = []
        self._inside: Inside | None = None
        self._pairs = self._rewound = False
        self._stack = QStackedWidget()
        for part in (self.samples, self.inside, self.empty):
            self._stack.addWidget(part)
        curves = QWidget()
        curves.setLayout(column(*((chart, 1) for chart in self.charts), gap=6))
        body = row((self._stack, 3), (curves, 2), gap=14)
        top = panel(row(self._title, None, self.view, gap=10), self._what, (body, 1), gap=8, pad=14)
        strip = panel(row(self._film_title, None, self._film_hint), self.film, gap=4, pad=12)
        strip.setMaximumHeight(146)
        self.setLayout(column((top, 1), strip, gap=8))
        self.view.chosen.connect(self._show_view)
        self.film.chosen.connect(self._rewind)
        self.retranslate()

    def show_card(self, card: LatentRecipe) -> None:
        """Another recipe; what was shown of the last one goes."""
        self._card = card
        self.view.choose(SAMPLES)
        self._show_view(SAMPLES)
        self.clear()
        self.retranslate()

    def clear(self) -> None:
        """Nothing learnt yet."""
        self._frames, self._names, self._inside, self._rewound = [], [], None, False
        for wall in (self.samples, self.inside, self.film):
            wall.show_images(())
        for chart in self.charts:
            chart.clear()
            chart.hide()
        self._say()

    @property
    def view_index(self) -> int:
        """Which view is open."""
        return self.view.index()

    @property
    def frames(self) -> int:
        """How many frames the film has."""
        return len(self._frames)

    def _show_view(self, index: int) -> None:
        self._say()
        self.view_chosen.emit(index)

    def show_glimpse(self, images: np.ndarray) -> None:
        """Samples of the generator that came with the app, until one's own begins."""
        if not self._frames:
            self.samples.show_images(images)
            self._say()

    def take(self, events: Sequence[Event]) -> None:
        """What a tick brought."""
        checked = False
        for event in events:
            if isinstance(event, Learned):
                self._take_losses(event)
            elif isinstance(event, Checked):
                checked = True
                self._take_check(event)
            elif isinstance(event, Samples):
                self._take_samples(event, keep=checked or not self._frames)
        for chart in self.charts:
            chart.update()

    def _take_samples(self, event: Samples, *, keep: bool) -> None:
        self._pairs = event.pairs
        if not self._rewound:
            self.samples.show_images(event.images)
        if keep:
            self._frames.append((event.step, event.images))
            if len(self._frames) > max(4, min(FRAMES, self.film.fitting)):
                del self._frames[1::2]  # every second one: the first stays the first
            shown = [_small(images) for _, images in self._frames]
            self.film.show_images(shown, [f"{step:,}" for step, _ in self._frames])
        self._say()

    def _rewind(self, number: int) -> None:
        """Look at an earlier moment; the newest frame goes on with what comes."""
        self._rewound = number < len(self._frames) - 1
        self.samples.show_images(self._frames[number][1])
        self.view.choose(SAMPLES)
        self._show_view(SAMPLES)

    def _take_losses(self, event: Learned) -> None:
        for name, value in event.losses.items():
            if name in _PLOTTED and (chart := self._chart(name)):
                chart.add(event.step, value)

    def _take_check(self, event: Checked) -> None:
        for name in ("frechet", "confident", "error", "elbo"):
            if name in event.figures and (chart := self._chart(name)):
                chart.mark(event.step, event.figures[name])

    def _chart(self, name: str) -> GameChart | None:
        """The curve of this name; the first come have one."""
        if name not in self._names and len(self._names) < len(self.charts):
            self._names.append(name)
            self.charts[len(self._names) - 1].set_title(self._said(name))
            self.charts[len(self._names) - 1].show()
        return self.charts[self._names.index(name)] if name in self._names else None

    def _said(self, name: str) -> str:
        words = {
            "error": self.tr("Reconstruction error"),
            "frechet": self.tr("Fréchet distance"),
            "confident": self.tr("Read with confidence"),
            "reconstruction": self.tr("Reconstruction, nats"),
            "cross-entropy": self.tr("Cross-entropy"),
            "stages in use": self.tr("Layers learnt so far"),
            "energy data − dream": self.tr("Energy, data less dream"),
        }
        return words.get(name, name)

    def show_inside(self, inside: Inside) -> None:
        """What a job found inside."""
        self._inside = inside
        self.inside.set_columns(inside.columns)
        self.inside.show_images(inside.images, inside.words)
        self._say()

    def _say(self) -> None:
        wall = self.samples if self.view.index() == SAMPLES else self.inside
        self._stack.setCurrentWidget(wall if wall.count else self.empty)
        self._film_hint.setText("" if self._frames else self.tr("Each check adds a frame."))
        self._say_what()

    def _say_what(self) -> None:
        kind = self._card.kind if self._card else ""
        if self.view.index() != SAMPLES:
            self._what.setText(say(self._inside.title) if self._inside else "")
            return
        if not self._frames:
            words = [say(self._card.summary) if self._card else ""]
            if self.samples.count:
                words.append(self.tr("What came with the app dreams this. Start teaches one of your own from nothing."))
            if self._card and self._card.pack != "open":
                words.append(
                    self.tr("Its weights stay in a pack of their own: photographs of people or unclear terms.")
                )
            self._what.setText(" · ".join(words))
        elif self._pairs:
            self._what.setText(self.tr("Pairs: a picture it never learnt from, and what came through the code."))
        elif kind in ("rbm", "dbn"):
            self._what.setText(self.tr("Dreams at the end of long Gibbs chains, always from the same noise."))
        else:
            self._what.setText(self.tr("Always the same 64 codes."))

    def retranslate(self) -> None:
        self._title.setText(say(self._card.name) if self._card else "")
        energy = bool(self._card and self._card.kind in ("rbm", "dbn"))
        self.view.setTexts([self.tr("Samples"), self.tr("Inside"), self.tr("Gibbs chain")])
        self.view.enable(CHAIN, energy, self.tr("Only machines with an energy have one."))
        self.empty.set_words(
            self.tr("Press Start below"),
            self.tr("Every two seconds this place shows what it makes by then."),
        )
        self._film_title.setText(self.tr("Film of checks"))
        self.film.setAccessibleName(self.tr("Film of checks"))
        self.film.setToolTip(self.tr("Click a moment to see it large"))
        self.samples.setAccessibleName(self.tr("Samples"))
        for name, chart in zip(self._names, self.charts, strict=False):
            chart.set_title(self._said(name))
        self._say()


_CHARTS = (("net", True), ("slide", True), ("info", True), ("you", False))
_PLOTTED = {
    *("D(x)", "D(G(z))", "loss G", "−ELBO", "reconstruction", "KL", "cross-entropy", "error"),
    *("energy data − dream", "stages in use", "error 1", "error 2", "error 3"),
}


def _small(images: np.ndarray) -> np.ndarray:
    """A few samples of a grid as one picture."""
    few = images[:THUMB]
    side = int(np.sqrt(len(few)))
    rows = few[: side * side].reshape(side, side, *images.shape[1:])
    return np.concatenate([np.concatenate(list(line), axis=1) for line in rows], axis=0)
