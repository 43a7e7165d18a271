"""A GAN's contest move by move, for eyes: the points' game and the pictures' game, at any pace (lecture rows 103–108).

A job plays and tells after each move; the page holds it between two moves, lets it make one, or sets another pace.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import torch
from torch import Tensor, nn

from engine.devices import choose
from engine.jobs import Event, Job, Progress
from engine.knobs import Box
from engine.latent.begin import Pictures, find_dataset, fresh, read_pictures
from engine.latent.collapse import Collapse, collapse_of, variety
from engine.latent.dcgan import Discriminator
from engine.latent.dcgan import Generator as Dcgan
from engine.latent.gan import GanStepper, Move, Played, Terms, terms_of
from engine.latent.learners import GanLearner, options_of
from engine.latent.marks import grid_images
from engine.latent.points import Played2D, PointLab
from engine.latent.recipes import latent_recipe
from engine.latent.settings import GanSettings
from engine.settings import load as load_settings
from engine.text import Text

SHOWN = 16  # pictures of a batch that are shown
MAPS = 8  # of each layer
FRAME = 1 / 25  # seconds between two pictures at full speed
NAP = 0.03  # seconds slept at most between two looks at what a hand wants
LIVE = ("learning_rate", "batch_size", "penalty", "critic", "smooth")
_READING = Text("Reading pictures", "그림을 읽는 중")


@dataclass(frozen=True, slots=True)
class Pace:
    """What a hand wants. seconds: for one move; 0 = as fast as it goes. settings: the live ones act at the next move."""

    seconds: float = 0.0
    settings: GanSettings = dataclasses.field(default_factory=GanSettings)


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """Some maps of one layer: name, its shape in words, maps (n, h, w) uint8, each from its own lowest to highest;
    how: what made them, as "stride ½", "BN", "ReLU"."""

    name: str
    shape: str
    maps: np.ndarray
    how: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """The pictures of one round. real, made: (16, S, S[, 3]) uint8; scores_*: (16,) D in [0, 1], nan before they were
    judged. pushes: (16, S, S) float32, where brighter or darker would please the discriminator. grows, shrinks: the
    layers of generator and discriminator on the first fake and the first real picture."""

    real: np.ndarray
    made: np.ndarray
    scores_real: np.ndarray
    scores_made: np.ndarray
    pushes: np.ndarray
    grows: tuple[Layer, ...]
    shrinks: tuple[Layer, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Moved(Event):
    """One move was made, or at full speed the last of many.

    next: whose turn it is. belief: mean D of what was looked at, nan for MAKE. grad_d, grad_g: lengths of the gradients
    that lie in the two networks now. points, seen: the picture of the game, one of them. fallen: mode collapse, named.
    """

    move: Move
    next: Move
    belief: float
    loss: float
    terms: Terms
    grad_d: float
    grad_g: float
    points: Played2D | None = None
    seen: Seen | None = None
    fallen: Collapse | None = None
    latest_only: ClassVar[bool] = True


def step_points(points: np.ndarray, pace: Box[Pace]) -> Job:
    """Play with points, (N, 2) float32 within ±1.5, until cancelled; a job that yields `Moved`. Raises `LabError`."""
    torch.set_num_threads(1)
    lab = PointLab(points, pace.value.settings, seed=pace.value.settings.seed)
    real = lab.points.numpy()

    def tell(played: Played) -> Moved:
        look = lab.look()
        fallen = collapse_of(variety(look.made, real)) if look.update > 600 and look.update % 20 == 0 else None
        return dataclasses.replace(_told(lab.stepper, played, lab.terms), points=look, fallen=fallen)

    def play() -> Played:
        lab.settings = _with_live(lab.settings, pace)
        return lab.play()

    yield from _paced(lab.stepper, play, tell, pace)


def step_pictures(recipe_id: str, pace: Box[Pace], *, data: Path | None = None, dataset: str = "auto") -> Job:
    """Play with the pictures of a recipe's data set until cancelled; a job that yields `Moved`. Raises `LabError`."""
    chosen = latent_recipe(recipe_id)
    root = data or load_settings()[0].data()
    yield Progress(0, 0, _READING)
    whole: Pictures = yield from read_pictures(chosen, find_dataset(chosen, dataset, root), "train", root)
    where = choose()
    torch.set_num_threads(max(1, (where.threads or 2) - 1))
    settings = pace.value.settings
    _, learner = fresh(chosen, settings, where, len(whole.classes))
    assert isinstance(learner, GanLearner)
    lab = PictureLab(learner, settings, whole)

    def play() -> Played:
        lab.settings = _with_live(lab.settings, pace)
        return lab.play()

    def tell(played: Played) -> Moved:
        return dataclasses.replace(_told(lab.stepper, played, lab.terms), seen=lab.look())

    yield from _paced(lab.stepper, play, tell, pace)


def _paced(
    stepper: GanStepper, play: Callable[[], Played], tell: Callable[[Played], Moved], pace: Box[Pace]
) -> Generator[Event, None, None]:
    """Move after move: each told and held for its time, or at full speed one in every `FRAME` seconds, after a round."""
    told = 0.0
    while True:
        played = play()
        slow = pace.value.seconds > 0
        if slow or (stepper.next is Move.REAL and time.perf_counter() - told > FRAME):
            told = time.perf_counter()
            yield tell(played)
        else:
            yield Progress(stepper.update)
        while pace.value.seconds and (left := told + pace.value.seconds - time.perf_counter()) > 0:
            time.sleep(min(NAP, left))
            yield Progress(stepper.update)


def _with_live(settings: GanSettings, pace: Box[Pace]) -> GanSettings:
    live: dict[str, Any] = {name: getattr(pace.value.settings, name) for name in LIVE}
    return dataclasses.replace(settings, **live)


def _told(stepper: GanStepper, played: Played, terms: Terms) -> Moved:
    return Moved(
        played.move,
        stepper.next,
        played.belief,
        float(played.loss + played.penalty),
        terms,
        _steepness(stepper.discriminator),
        _steepness(stepper.generator),
    )


def _steepness(network: nn.Module) -> float:
    """Length of the gradient that lies in a network's weights, 0 before the first."""
    found = [weight.grad for weight in network.parameters() if weight.grad is not None]
    return float(torch.stack([g.float().norm() for g in found]).norm()) if found else 0.0


class PictureLab:
    """A game with pictures, one move at a time; the networks are those that `train` would teach."""

    def __init__(self, learner: GanLearner, settings: GanSettings, pictures: Pictures) -> None:
        self.stepper, self.settings, self.pictures = learner.stepper, settings, pictures
        self._where = learner.where.where
        self._last: dict[Move, Played] = {}
        self._real = torch.zeros(0)
        self._made = torch.zeros(0)
        self._judged = {Move.REAL: np.full(SHOWN, np.nan), Move.FAKE: np.full(SHOWN, np.nan)}

    def play(self) -> Played:
        """The next move; a new batch of real pictures when it is their turn."""
        stepper = self.stepper
        stepper.options = options_of(self.settings)
        if stepper.next is Move.REAL:
            rows = torch.randint(len(self.pictures), (self.settings.batch_size,), generator=stepper.random)
            real = self.pictures.images[rows].to(self._where).float() / 127.5 - 1
            asks = stepper.discriminator.classes  # a conditional one is told the classes
            labels = self.pictures.labels[rows].to(self._where) if asks else None
            self._real = real.contiguous(memory_format=torch.channels_last)
            played = stepper.play(self._real, labels)
        else:
            played = stepper.play(self._real)
        self._keep(played)
        return played

    def _keep(self, played: Played) -> None:
        self._last[played.move] = played
        if played.made is not None:
            self._made = played.made
            self._judged[Move.FAKE] = np.full(SHOWN, np.nan)
        elif played.move is not Move.MAKE:
            place = Move.REAL if played.move is Move.REAL else Move.FAKE
            self._judged[place] = played.scores[:SHOWN].sigmoid().float().cpu().numpy()

    @property
    def terms(self) -> Terms:
        """The formula's numbers of the last round; 0 where a move was not made yet."""
        if len(self._last) < len(Move):
            return Terms(self.stepper.update, *[0.0] * 8)
        return terms_of(list(self._last.values()))

    def look(self) -> Seen:
        """The game as it stands."""
        network = self.stepper.discriminator
        assert isinstance(network, Discriminator) and isinstance(self.stepper.generator, Dcgan)
        real, made = self._real[:SHOWN], self._made[:SHOWN]
        was = network.training
        network.eval()
        try:
            pushes = self._pushes(network, made)
            shrinks = tuple(_layers(network.layers, real[:1], nn.LeakyReLU)) if len(real) else ()
        finally:
            network.train(was)
        return Seen(
            _as_pictures(real),
            _as_pictures(made),
            self._judged[Move.REAL],
            self._judged[Move.FAKE],
            pushes,
            tuple(self._grows()),
            shrinks,
        )

    def _pushes(self, network: Discriminator, made: Tensor) -> np.ndarray:
        if not len(made):
            return np.zeros((0, 1, 1), np.float32)
        places = made.detach().clone().requires_grad_()
        labels = torch.zeros(len(places), dtype=torch.int64) if network.classes else None
        score = nn.functional.logsigmoid(network(places, labels).float()).sum()
        (found,) = torch.autograd.grad(score, places)
        return found.mean(1).float().cpu().numpy()

    def _grows(self) -> list[Layer]:
        generator = self.stepper.generator
        assert isinstance(generator, Dcgan)
        was = generator.training
        generator.eval()
        z = torch.randn(1, generator.latent, generator=torch.Generator().manual_seed(0)).to(self._where)
        maps = generator.grown(z, torch.zeros(1, dtype=torch.int64, device=self._where))
        generator.train(was)
        steps = zip(maps, made_by(generator.layers), strict=True)
        return [layer_of(f"G{number + 1}", one, how) for number, (one, how) in enumerate(steps)]


def _as_pictures(values: Tensor) -> np.ndarray:
    if not len(values):
        return np.zeros((0, 1, 1), np.uint8)
    return grid_images(((values.detach().float() + 1) * 127.5).round().clamp(0, 255).to(torch.uint8).cpu())


@torch.no_grad()
def _layers(layers: nn.Sequential, x: Tensor, after: type[nn.Module]) -> list[Layer]:
    """What each layer that ends with `after` gives for one picture."""
    found, hows = list[Layer](), made_by(layers)
    for layer in layers:
        x = layer(x)
        if isinstance(layer, after):
            found.append(layer_of(f"D{len(found) + 1}", x[0].float().clone(), hows[len(found)]))
    return found


def made_by(layers: nn.Sequential) -> list[tuple[str, ...]]:
    """What stands before each of the maps that `_layers` and `Dcgan.grown` give, as short signs (rows 107, 108, 110)."""
    found, parts = list[tuple[str, ...]](), list[str]()
    for layer in layers:
        if isinstance(layer, nn.BatchNorm2d):
            parts.append("BN")
        elif isinstance(layer, nn.Conv2d | nn.ConvTranspose2d):
            grows = isinstance(layer, nn.ConvTranspose2d)
            parts.append(("z →" if layer.stride[0] == 1 else "stride ½") if grows else f"stride {layer.stride[0]}")
        else:
            found.append((*parts, type(layer).__name__.replace("Tanh", "tanh")))
            parts.clear()
    return found


def layer_of(name: str, maps: Tensor, how: tuple[str, ...] = ()) -> Layer:
    """Maps (C, h, w) as a `Layer`: those that vary most first."""
    order = maps.flatten(1).std(1).argsort(descending=True)[:MAPS]
    chosen = maps[order].cpu()
    low, high = chosen.amin((1, 2), keepdim=True), chosen.amax((1, 2), keepdim=True)
    grey = ((chosen - low) / (high - low).clamp_min(1e-9) * 255).to(torch.uint8).numpy()
    return Layer(name, f"{len(maps)}×{maps.shape[1]}×{maps.shape[2]}", grey, how)
