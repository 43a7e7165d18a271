"""What the frozen encoder sees of a set's photographs, kept on disk: the costly part of a captioner's training."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from engine import places
from engine.caption.encoder import CELLS, CHANNELS, POOLED, SIDE, Seen, see, view, whole
from engine.data.photoset import PhotoSet
from engine.errors import LabError
from engine.files import read_tensors, write_tensors
from engine.jobs import Event, Progress
from engine.text import Text

_LOOKING = Text("Looking at {set}", "{set} 사진을 보는 중")
_BATCH = 8  # views looked at together


@dataclass(frozen=True, slots=True, eq=False)
class Views:
    """N photographs in V views each, the first of them whole: pooled (N, V, 1280), maps (N, V, CELLS², 320), float16."""

    pooled: Tensor
    maps: Tensor

    def __len__(self) -> int:
        return len(self.pooled)

    def part(self, rows: Tensor) -> Views:
        return Views(self.pooled[rows], self.maps[rows])

    def seen(self, rows: Tensor, which: Tensor) -> Seen:
        """View `which` (B,) of photographs `rows` (B,), as the encoder gave it."""
        return Seen(self.pooled[rows, which].float(), self.maps[rows, which].float())

    def whole(self, row: int) -> Seen:
        """One photograph, whole."""
        return Seen(self.pooled[row : row + 1, 0].float(), self.maps[row : row + 1, 0].float())


def look(photos: PhotoSet, *, views: int, seed: int) -> Generator[Event, None, Views]:
    """Look at every photograph in `views` views, or read what was seen before; yields `Progress`.

    Raises: `LabError` naming a photograph that cannot be read.
    """
    path = _file(photos, views, seed)
    with contextlib.suppress(LabError):  # not there, or damaged: look again
        found, _ = read_tensors(path)
        kept = Views(found["pooled"], found["maps"])
        if kept.pooled.shape == (len(photos), views, POOLED):
            return kept
    pooled = torch.empty(len(photos), views, POOLED, dtype=torch.float16)
    grids = torch.empty(len(photos), views, CELLS * CELLS, CHANNELS, dtype=torch.float16)
    note = _LOOKING(set=photos.id)
    for row in range(len(photos)):
        yield Progress(row, len(photos), note)
        picture = photos.read(row)
        rng = np.random.default_rng((seed, row))
        squares = [whole(picture), *(view(picture, rng) for _ in range(views - 1))]
        for at in range(0, views, _BATCH):
            seen = see(squares[at : at + _BATCH])
            pooled[row, at : at + _BATCH], grids[row, at : at + _BATCH] = seen.pooled, seen.maps
    write_tensors(path, {"pooled": pooled, "maps": grids}, {"views": views, "side": SIDE, "set": photos.id})
    return Views(pooled, grids)


def _file(photos: PhotoSet, views: int, seed: int) -> Path:
    about = f"{photos.fingerprint} {views} {seed} {SIDE} efficientnet-lite0 1"
    name = f"{photos.id}-{photos.split}-{hashlib.sha256(about.encode()).hexdigest()[:16]}"
    return places.cache() / "captions" / f"{name}.safetensors"
