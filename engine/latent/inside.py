"""What a generator holds inside, as pictures: weight tiles, the map of 2 numbers, layers growing, a Gibbs chain.

Lecture rows 107, 110, 119, 123.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import torch
from torch import Tensor

from engine.jobs import Event, Job
from engine.latent.autoencoder import Autoencoder
from engine.latent.dbn import Dbn
from engine.latent.dcgan import Generator
from engine.latent.events import Snapshot
from engine.latent.explore import plane
from engine.latent.marks import grid_images
from engine.latent.model import Generative, build, pictures
from engine.latent.rbm import Rbm
from engine.latent.stepping import Layer, layer_of, made_by
from engine.text import Text

TILES = 64
CHAINS, STEPS = 6, 10
REACH = 2.5
SIDE = 15  # pictures a side of the map
_TILES = Text("What the strongest hidden units look for", "가장 센 은닉 유닛이 찾는 것")
_PLANE = Text("Every picture between −2.5 and 2.5", "−2.5와 2.5 사이의 모든 그림")
_LAYERS = Text("One picture grows, layer by layer", "층마다 자라는 그림 하나")
_CODE = Text("Each number of the code alone, from −2 to 2", "코드의 숫자 하나만 −2에서 2까지")
_CHAIN = Text("Gibbs chains: noise at the left, each step to the right", "깁스 사슬: 왼쪽은 잡음, 오른쪽으로 한 걸음씩")


@dataclass(frozen=True, slots=True, eq=False)
class Inside(Event):
    """images: (H, W[, 3]) uint8 each, in rows of `columns`. words: one for each, or none."""

    title: Text
    images: tuple[np.ndarray, ...]
    columns: int
    words: tuple[str, ...] = ()
    latest_only: ClassVar[bool] = True


def revived(snapshot: Snapshot) -> Generative:
    """The generator of a snapshot, in eval mode."""
    model = build(snapshot.kind, dict(snapshot.build))
    model.load_state_dict(dict(snapshot.weights))
    return model.eval().requires_grad_(False)


def look_inside(snapshot: Snapshot, *, chain: bool = False) -> Job:
    """What a generator that is learning holds inside; a job that yields and returns `Inside`.

    chain: of a machine with an energy its Gibbs chain instead of its weights.
    """
    torch.set_num_threads(1)
    model = revived(snapshot)
    found = gibbs(model) if chain and isinstance(model, Rbm | Dbn) else inside_of(model)
    yield found
    return found


def inside_of(model: Generative) -> Inside:
    """Weight tiles of an RBM, the map of 2 numbers, else the layers of one picture, else its numbers one by one."""
    if isinstance(model, Rbm | Dbn):
        machine = model if isinstance(model, Rbm) else model.machine(0)
        count = min(TILES, machine.latent)
        return Inside(_TILES, _several((machine.tiles(count) * 255).to(torch.uint8)), 8)
    if model.latent == 2:
        return Inside(_PLANE, _several(pictures(model, plane(model, count=SIDE, reach=REACH))), SIDE)
    layers = grown_layers(model, model.draw(1, torch.Generator().manual_seed(0)), 0)
    if layers:
        images = tuple(one for layer in layers for one in layer.maps)
        words = tuple(
            f"{layer.name} {layer.shape}" if n == 0 else "" for layer in layers for n in range(len(layer.maps))
        )
        return Inside(_LAYERS, images, max(len(layer.maps) for layer in layers), words)
    return Inside(_CODE, _several(pictures(model, _one_by_one(model))), 9)


def gibbs(model: Rbm | Dbn, *, seed: int = 0) -> Inside:
    """Chains of the top machine that begin with noise, a step a picture."""
    machine = model if isinstance(model, Rbm) else model.machine(len(model.stack) - 1)
    random = torch.Generator().manual_seed(seed)
    v = (torch.rand(CHAINS, len(machine.a), generator=random) < 0.5).float()
    rows = [v]
    for number in range(1, STEPS):
        for _ in range(1 if number < 4 else 12):  # the first steps singly, then in strides
            v = machine.down((torch.rand(CHAINS, machine.latent, generator=random) < machine.up(v)).float())
            seen, v = v, (torch.rand(v.shape, generator=random) < v).float()
        rows.append(seen)
    states = torch.stack(rows, 1).flatten(0, 1)
    if isinstance(model, Dbn):
        for number in reversed(range(len(model.stack) - 1)):
            states = model.machine(number).down(states)
    shown = (states.view(-1, model.channels, model.side, model.side) * 255).round().to(torch.uint8)
    steps = [0, 1, 2, 3, *(3 + 12 * n for n in range(1, STEPS - 3))]
    words = tuple(f"{steps[n]}" if chain == 0 else "" for chain in range(CHAINS) for n in range(STEPS))
    return Inside(_CHAIN, _several(shown), STEPS, words)


@torch.inference_mode()
def grown_layers(model: Generative, z: Tensor, label: int) -> list[Layer]:
    """What each layer with maps gives for one code (1, d), from the smallest maps up to the picture; [] without any."""
    hows: list[tuple[str, ...]] = []
    if isinstance(model, Generator):
        maps, hows = model.grown(z, torch.tensor([label])), made_by(model.layers)
    elif isinstance(model, Autoencoder) and model.layers == "lecture":
        maps, x = [], z.view(-1, 8, 4, 4)
        for layer in model.up:
            x = layer(x)
            maps.append(x[0])
        maps[-1] = maps[-1].sigmoid()
    else:
        return []
    hows = hows or [()] * len(maps)
    return [layer_of(f"{one.shape[1]}×{one.shape[2]}", one, how) for one, how in zip(maps, hows, strict=True)]


def _one_by_one(model: Generative) -> Tensor:
    """Codes in which one number at a time goes from −2 to 2, the others 0: (9 · up to 12, d)."""
    rows = []
    for number in range(min(12, model.latent)):
        line = torch.zeros(9, model.latent)
        line[:, number] = torch.linspace(-2, 2, 9)
        rows.append(line)
    return torch.cat(rows)


def _several(values: Tensor) -> tuple[np.ndarray, ...]:
    return tuple(grid_images(values))
