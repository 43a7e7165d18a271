"""A GAN of points in the plane: small enough to see all of it (lecture row 103; after GAN Lab, Kahng et al., 2018).

The discriminator is a heat map, the generator a bent sheet, and each fake has an arrow: where it is pushed to.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import torch
from torch import Tensor, nn

from engine.errors import LabError
from engine.jobs import Event, Job
from engine.knobs import Box
from engine.latent.gan import GanStepper, Move, Played, Terms, terms_of
from engine.latent.learners import options_of
from engine.latent.settings import GanSettings
from engine.text import Text

POINT_SETS = ("ring", "eight", "moons", "spiral", "two", "line")
REACH = 1.5  # the picture shows −1.5 … 1.5 both ways
HEAT = 48  # cells of the heat map a side
SHEET = 13  # lines of the generator's sheet a side
SHOWN = 200  # fakes in the picture
POINT_SETTINGS = GanSettings(
    epochs=100, batch_size=128, learning_rate=1e-3, latent=2, width=32, batch_norm=False, average=0.0, held_out=2
)


@dataclass(frozen=True, slots=True)
class Played2D(Event):
    """The whole game at one moment.

    made: (200, 2) float32 fakes. heat: (48, 48) float32, D in [0, 1] from the top left of ±1.5. sheet: (13, 13, 2)
    where the generator puts an even grid of noise. pushes: (200, 2) the gradient of log D at each fake.
    """

    update: int
    terms: Terms
    made: np.ndarray
    heat: np.ndarray
    sheet: np.ndarray
    pushes: np.ndarray
    latest_only: ClassVar[bool] = True


class Bend(nn.Module):
    """A small fully connected network, (B, inputs) → (B, outputs), or (B,) for one output; it asks for no class."""

    def __init__(self, inputs: int, outputs: int, width: int) -> None:
        super().__init__()
        self.outputs = outputs
        self.layers = nn.Sequential(
            nn.Linear(inputs, width),
            nn.LeakyReLU(0.2),
            nn.Linear(width, width),
            nn.LeakyReLU(0.2),
            nn.Linear(width, outputs),
        )

    def forward(self, x: Tensor, labels: Tensor | None = None) -> Tensor:
        found = self.layers(x)
        return found[:, 0] if self.outputs == 1 else found


def draw_points(name: str, count: int, *, seed: int) -> np.ndarray:
    """`count` points of a named distribution, (count, 2) float32 within ±1.5. Raises `LabError` for other names."""
    random = np.random.default_rng(seed)
    t, noise = random.random(count), random.normal(0, 0.04, (count, 2))
    around = 2 * np.pi * t
    if name == "ring":
        points = np.stack((np.cos(around), np.sin(around)), 1)
    elif name == "eight":
        corner = 2 * np.pi * random.integers(8, size=count) / 8
        points = np.stack((np.cos(corner), np.sin(corner)), 1)
    elif name == "moons":
        upper = random.random(count) < 0.5
        x, y = np.cos(np.pi * t), np.sin(np.pi * t)
        points = np.where(upper[:, None], np.stack((x - 0.5, y - 0.25), 1), np.stack((0.5 - x, 0.25 - y), 1)) * 0.8
    elif name == "spiral":
        points = np.stack((np.cos(1.75 * around), np.sin(1.75 * around)), 1) * (0.15 + t)[:, None]
    elif name == "two":
        points = np.where(random.random((count, 1)) < 0.5, (-0.7, -0.5), (0.7, 0.5))
        noise = noise * 3
    elif name == "line":
        points = np.stack((2 * t - 1, 0.5 * (2 * t - 1)), 1)
    else:
        text = Text(
            "There is no distribution “{name}”. There are: {known}.", "‘{name}’ 분포는 없어요. 있는 것: {known}."
        )
        raise LabError(text(name=name, known=", ".join(POINT_SETS)))
    return (points + noise).clip(-REACH, REACH).astype(np.float32)


class PointLab:
    """A game with points, one move at a time. points: (N, 2) float32 within ±1.5, drawn by hand or by `draw_points`.

    Raises: `LabError` for fewer than 10 points.
    """

    def __init__(self, points: np.ndarray, settings: GanSettings = POINT_SETTINGS, *, seed: int) -> None:
        if len(points) < 10:
            raise LabError(Text("Draw at least 10 points.", "점을 10개 이상 그려 주세요."))
        torch.manual_seed(seed)
        self.random = torch.Generator().manual_seed(seed)
        self.points, self.settings = torch.from_numpy(np.ascontiguousarray(points, np.float32)), settings
        generator, critic = Bend(2, 2, settings.width), Bend(2, 1, settings.width)
        if settings.spectral:
            for layer in list(critic.layers):
                if isinstance(layer, nn.Linear):
                    nn.utils.parametrizations.spectral_norm(layer)
        self.stepper = GanStepper(generator, critic, latent=2, random=self.random, options=options_of(settings))
        self.noise = torch.randn(SHOWN, 2, generator=self.random)
        self._last: dict[Move, Played] = {}

    def play(self) -> Played:
        """The next move."""
        self.stepper.options = options_of(self.settings)
        played = self.stepper.play(self._batch())
        self._last[played.move] = played
        return played

    def round(self) -> Terms:
        """All moves until the generator has moved; the formula's numbers."""
        while self.play().move is not Move.FOOL:
            pass
        return self.terms

    @property
    def terms(self) -> Terms:
        """The formula's numbers of the last round; 0 where a move was not made yet."""
        if len(self._last) < len(Move):
            return Terms(self.stepper.update, *[0.0] * 8)
        return terms_of(list(self._last.values()))

    def belief(self, points: Tensor) -> Tensor:
        """D at points (N, 2), (N,) in [0, 1]."""
        return self.stepper.discriminator(points).sigmoid()

    def look(self) -> Played2D:
        """The whole game as it stands."""
        line = torch.linspace(-REACH, REACH, HEAT)
        y, x = torch.meshgrid(line.flip(0), line, indexing="ij")
        even = torch.linspace(-2, 2, SHEET)
        v, u = torch.meshgrid(even, even, indexing="ij")
        generator, was = self.stepper.generator, self.stepper.discriminator.training
        self.stepper.discriminator.eval()  # spectral norm's power iteration is for learning alone
        with torch.no_grad():
            heat = self.belief(torch.stack((x.flatten(), y.flatten()), 1)).view(HEAT, HEAT)
            sheet = generator(torch.stack((u.flatten(), v.flatten()), 1)).view(SHEET, SHEET, 2)
            made = generator(self.noise)
        places = made.clone().requires_grad_()
        believed = nn.functional.logsigmoid(self.stepper.discriminator(places)).sum()
        (pushes,) = torch.autograd.grad(believed, places)
        self.stepper.discriminator.train(was)
        return Played2D(
            self.stepper.update, self.terms, made.numpy(), heat.numpy(), sheet.numpy(), pushes.detach().numpy()
        )

    def _batch(self) -> Tensor:
        chosen = torch.randint(len(self.points), (self.settings.batch_size,), generator=self.random)
        return self.points[chosen]


def play_points(
    points: np.ndarray,
    settings: GanSettings = POINT_SETTINGS,
    *,
    rounds: int,
    seed: int = 0,
    every: int = 10,
    knobs: Box[GanSettings] | None = None,
) -> Job:
    """Play `rounds` rounds; a job that yields `Played2D` at first and after every `every` rounds, and returns the lab.

    knobs: a box whose live settings (learning rate, penalty …) may be replaced meanwhile.
    """
    torch.set_num_threads(1)
    lab = PointLab(points, settings, seed=seed)
    yield lab.look()
    for number in range(rounds):
        if knobs is not None:
            live = {name: getattr(knobs.value, name) for name in ("learning_rate", "penalty", "critic", "smooth")}
            lab.settings = dataclasses.replace(lab.settings, **live)
        lab.round()
        if (number + 1) % every == 0:
            yield lab.look()
    return lab
