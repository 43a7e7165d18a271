"""Kept dreams: codes a person wants to find again, with the generator they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from engine.files import read_json, write_json
from engine.jobs import Job, Progress
from engine.latent.explorer import Explored, Wall
from engine.latent.marks import as_png, grid_images, sheet
from engine.latent.model import pictures
from engine.latent.run_folder import dreams
from engine.text import Text

MOST = 64  # for one generator
_KEEPING = Text("Keeping", "보관하는 중")


def place() -> Path:
    """The file they are in."""
    return dreams() / "kept.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """A code and the class it was asked with."""

    z: tuple[float, ...]
    label: int


def owner_of(explored: Explored) -> str:
    """What a kept code belongs to: a bundled generator by its recipe, a run by its file."""
    source = explored.trained.source
    return str(source) if source.is_relative_to(dreams()) else explored.trained.recipe.id


def _all() -> dict[str, list[dict[str, Any]]]:
    found = read_json(place()) if place().is_file() else {}
    kept: dict[str, list[dict[str, Any]]] = found.get("kept", {})
    return kept


def kept_of(explored: Explored) -> Job:
    """What was kept of a generator, as a `Wall`; a job."""
    yield Progress(0, 1, _KEEPING)
    return _as_wall(explored, _all().get(owner_of(explored), []))


def keep(explored: Explored, z: np.ndarray, label: int) -> Job:
    """Keep one more; the oldest goes when there are too many; a job, returns all as a `Wall`. Raises `LabError`."""
    yield Progress(0, 1, _KEEPING)
    every = _all()
    own = [*every.get(owner_of(explored), []), {"z": [float(v) for v in z], "label": int(label)}][-MOST:]
    return _write(explored, {**every, owner_of(explored): own})


def let_go(explored: Explored, number: int) -> Job:
    """Forget one; a job, returns the rest as a `Wall`. Raises `LabError`."""
    yield Progress(0, 1, _KEEPING)
    every = _all()
    own = every.get(owner_of(explored), [])
    return _write(explored, {**every, owner_of(explored): [*own[:number], *own[number + 1 :]]})


def _write(explored: Explored, every: dict[str, list[dict[str, Any]]]) -> Wall:
    place().parent.mkdir(parents=True, exist_ok=True)
    write_json(place(), {"kept": every})
    return _as_wall(explored, every[owner_of(explored)])


def _as_wall(explored: Explored, rows: list[dict[str, Any]]) -> Wall:
    width = explored.model.latent
    rows = [row for row in rows if len(row["z"]) == width]
    z = np.array([row["z"] for row in rows], np.float32).reshape(-1, width)
    labels = np.array([row["label"] for row in rows], np.int64)
    images = grid_images(pictures(explored.model, torch.from_numpy(z), torch.from_numpy(labels)))
    return Wall(images, z, labels)


def exported(job: Job, to: Path) -> Job:
    """Write the `Wall` that another job brings as a film or a sheet; a job, returns the file. Raises `LabError`."""
    wall: Wall = yield from job
    return (yield from export(to, wall.images))


def export(to: Path, images: np.ndarray, *, columns: int = 0) -> Job:
    """Write pictures (n, S, S[, 3]) uint8: as one sheet (.png), or one after the other as a film (.gif, .mp4).

    A job, returns the file. Raises: `LabError` for another ending, or when the file cannot be written.
    """
    from engine.files import write_bytes
    from engine.latent.generate import check_name, write_film

    yield Progress(0, 1, Text("Writing pictures", "그림을 쓰는 중"))
    film = to.suffix.lower() != ".png"
    check_name(to, film)
    if film:
        write_film(to, images)
    else:
        write_bytes(to, as_png(sheet(images, columns)))
    return to
