"""What Home asks the engine for: small jobs on the io lane."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine import data
from engine.data.pictures import read_small
from engine.errors import LabError
from engine.jobs import Event
from engine.train.events import Checked
from engine.train.runs import RunSummary, list_runs, read_metrics
from engine.zoo.weights import bundled

RECIPE = "mnist-deep"
PAINTING, DREAMER = "starry-night", "dcgan-mnist"
SHOWN_RUNS = 6
MOSAIC_DIGITS, DREAMT_DIGITS = 600, 96


@dataclass(frozen=True)
class Curve:
    """A learning curve with what it reached; `run` is where it is from, None = the bundled network."""

    values: tuple[float, ...]
    reached: float
    run: str | None


@dataclass(frozen=True)
class Machine:
    """What is on this machine.

    accuracy, count: of the bundled network, and on how many test pictures; None without its card.
    kib:   size of its weights.
    mnist: where full MNIST is, or None.
    """

    accuracy: float | None
    count: int
    kib: float
    mnist: Path | None


def find_runs() -> Generator[Event, None, tuple[RunSummary, ...]]:
    """The runs of this machine, newest first."""
    runs: tuple[RunSummary, ...] = yield from list_runs()
    return tuple(sorted(runs, key=lambda run: run.started, reverse=True))


def best_curve(runs: Sequence[RunSummary]) -> Generator[Event, None, Curve | None]:
    """The curve of the best finished run here, else that of the bundled network; None without either."""
    finished = [run for run in runs if run.state == "done" and run.recipe.startswith("mnist")]
    for run in sorted(finished, key=lambda run: -(run.held_out_accuracy or 0)):
        events = yield from read_metrics(run.folder)
        values = tuple(e.accuracy for e in events if isinstance(e, Checked) and e.split == "held-out")
        if len(values) >= 2:
            return Curve(values, run.accuracy or run.held_out_accuracy or values[-1], run.recipe)
    card, _ = _bundled_card()
    if len(card.get("curve", ())) < 2:
        return None
    values = tuple(float(v) for v in card["curve"])
    return Curve(values, float(card.get("accuracy", values[-1])), None)


def look_round(folder: Path | None) -> Generator[Event, None, Machine]:
    """What the bundled network reached, and whether MNIST is here."""
    card, kib = _bundled_card()
    place = data.dataset("mnist").find(folder)
    return Machine(card.get("accuracy"), int(card.get("count", 0)), kib, place)
    yield  # a job without events


def some_digits() -> Generator[Event, None, np.ndarray]:
    """(n, 28, 28) uint8 of the bundled digits, mixed."""
    digits = yield from data.load("digits", data.dataset("digits").splits[0])
    pick = np.random.default_rng(3).permutation(len(digits))[:MOSAIC_DIGITS]
    return np.asarray(digits.images[np.sort(pick)][np.random.default_rng(4).permutation(len(pick))])


def tour_picture() -> Generator[Event, None, np.ndarray]:
    """(H, W, 3) uint8 RGB: the first picture of the Live tab's tour."""
    from engine.live.opening import open_source  # here: the first paint does not wait for it
    from engine.live.sources import Tour

    source = open_source(Tour(), whole=True)
    try:
        frame = source.read()
    finally:
        source.close()
    assert frame is not None, "the tour never ends"
    return frame.image
    yield  # a job without events


def painting() -> Generator[Event, None, np.ndarray]:
    """(h, w, 3) uint8 RGB: a bundled painting, small."""
    from engine.style.cards import STYLES  # here: the first paint does not wait for it

    chosen = next(card for card in STYLES if card.id == PAINTING)
    small, _ = read_small(chosen.path, 480)
    return small
    yield  # a job without events


def game_picture(moves: int = 60) -> Generator[Event, None, np.ndarray]:
    """(h, w, 3) uint8 RGB: our small Breakout after some moves that follow the ball."""
    from engine.rl.games.bricks import LEFT, RIGHT, STAY, Bricks  # here: the first paint does not wait for it

    game = Bricks()
    for _ in range(moves):
        way = game.ball[1] + game.flight[1] - game.paddle
        if game.step(LEFT if way < 0 else RIGHT if way > 1 else STAY).terminated:
            game.reset(0)
    return game.picture()
    yield  # a job without events


def dreams() -> Generator[Event, None, np.ndarray | None]:
    """(n, 28, 28) uint8 digits that the bundled generator makes; None where it did not come with this copy."""
    import torch  # here, as the next three: the first paint does not wait for it

    from engine.latent.marks import grid_images
    from engine.latent.model import pictures
    from engine.latent.trained import open_generator

    try:
        model = open_generator(DREAMER).model
    except LabError:
        return None
    z = torch.randn(DREAMT_DIGITS, model.latent, generator=torch.Generator().manual_seed(1))
    return grid_images(pictures(model, z))
    yield  # a job without events


def _bundled_card() -> tuple[dict[str, Any], float]:
    """What is known of the bundled weights, and their size in KiB; nothing when they are missing."""
    try:
        found = bundled(RECIPE)
    except LabError:
        return {}, 0.0
    return found.card, found.path.stat().st_size / 1024
