"""The jobs of the Caption tab; what needs torch is imported when one runs, not when the window opens."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.caption.session import Asked
from engine.jobs import Job

if TYPE_CHECKING:
    from engine.caption.batch import Captioned


def told_all(paths: Sequence[Path], asked: Asked) -> Job:
    """Tell every photograph of files and folders with what is set; see `engine.caption.batch.captions`."""
    from engine.caption.batch import captions, files_in

    ways: dict[str, Any] = {name: getattr(asked, name) for name in ("model", "method", "width", "temperature", "seed")}
    return (yield from captions(files_in(paths), **ways))


def kept(path: Path, items: Sequence[Captioned]) -> Job:
    """Write a table or a sheet; see `engine.caption.keeping.kept`."""
    from engine.caption.keeping import kept as write

    return (yield from write(path, items))


def taught(recipe: str, settings: Any, data: Path | None, resume: Path | None = None) -> Job:
    """Train a recipe on one core, or go on with a run; see `engine.caption.learn.train`."""
    from engine.caption.learn import train

    return (yield from train(recipe, settings, data=data, resume=resume))


def stopped() -> Job:
    """See `engine.caption.stopped.stopped_runs`."""
    from engine.caption.stopped import stopped_runs

    return (yield from stopped_runs())
