"""The checkpoints a run keeps on its way, so that it can be rewound: as many as asked for, evenly spread.

A checkpoint is made at a check, when the held-out figure is known. With room for n of them, every check is
kept until there are more than n; from then on every second, every fourth and so on: always those whose number
is a multiple of the stride, so that a resumed run keeps the same ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torch import Tensor

from engine.errors import LabError, cannot_write
from engine.files import read_tensors, write_tensors
from engine.text import Text

FOLDER = "checkpoints"
ROOM = 256 * 1024 * 1024  # bytes one run's checkpoints may take together; one is kept whatever its size


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One kept state of a run: after `step` updates, at its check number `number`."""

    step: int
    number: int
    path: Path


def keep(run: Path, *, step: int, number: int, most: int, tensors: Mapping[str, Tensor], about: dict[str, Any]) -> bool:
    """Keep the state of the run in folder `run` at check `number` if it is one of those to keep; drop the others.

    Args:
        most: how many to keep at most; fewer where `ROOM` would not do.
    Returns:
        True when a checkpoint was written.
    Raises:
        LabError: the disk is full or the folder may not be written.
    """
    size = sum(tensor.numel() * tensor.element_size() for tensor in tensors.values())
    stride = stride_of(number, max(1, min(most, ROOM // max(1, size))))
    for old in kept(run):
        if old.number % stride or old.number > number:
            drop(old)
    if most < 1 or number % stride:
        return False
    write_tensors(run / FOLDER / f"{number:06d}-{step}.safetensors", tensors, about)
    return True


def stride_of(number: int, most: int) -> int:
    """The smallest power of two of which there are at most `most` multiples up to `number`."""
    stride = 1
    while number // stride > most:
        stride *= 2
    return stride


def kept(run: Path) -> tuple[Checkpoint, ...]:
    """The checkpoints of the run in folder `run`, oldest first; files with other names are passed over."""
    found = []
    for path in (run / FOLDER).glob("*-*.safetensors"):
        number, _, step = path.stem.partition("-")
        if number.isdecimal() and step.isdecimal():
            found.append(Checkpoint(int(step), int(number), path))
    return tuple(sorted(found, key=lambda one: one.step))


def drop(checkpoint: Checkpoint) -> None:
    """Delete one. Raises `LabError` when it may not be."""
    try:
        checkpoint.path.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(checkpoint.path, error) from error


def forget_after(run: Path, step: int) -> None:
    """Delete the checkpoints after `step`: a resumed run makes them again."""
    for one in kept(run):
        if one.step > step:
            drop(one)


def read_checkpoint(run: Path, step: int) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """The tensors and words of the checkpoint at `step`: a kept one, or the run's last.

    Raises: `LabError` naming the steps there are when there is none at `step`.
    """
    steps = []
    for one in kept(run):
        if one.step == step:
            return read_tensors(one.path)
        steps.append(one.step)
    last = run / "last.safetensors"
    if last.is_file():
        tensors, about = read_tensors(last)
        if about.get("step") == step:
            return tensors, about
        steps.append(int(about.get("step", 0)))
    text = Text(
        "{run} has no checkpoint at step {step}. There are some at: {steps}.",
        "{run} 실행에는 {step}스텝의 체크포인트가 없어요. 있는 스텝: {steps}.",
    )
    raise LabError(text(run=run.name, step=step, steps=", ".join(map(str, sorted(set(steps)))) or "–"))


def read_settings(run: Path, step: int) -> dict[str, Any]:
    """The settings in force at the checkpoint at `step`. Raises `LabError` as `read_checkpoint` does."""
    _, about = read_checkpoint(run, step)
    settings = about.get("settings")
    return dict(settings) if isinstance(settings, dict) else {}
