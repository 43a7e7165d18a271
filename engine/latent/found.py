"""Which generators there are on this machine, of every recipe: bundled ones and one's own runs, newest first."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import LabError
from engine.files import read_json
from engine.jobs import Job, Progress
from engine.latent.recipes import RECIPES, LatentRecipe
from engine.latent.run_folder import dreams
from engine.text import Text, same
from engine.zoo.weights import bundled

_LOOKING = Text("Looking for generators", "생성기를 찾는 중")
_BUNDLED = Text("{name}, bundled", "{name}, 내장")
_RUN = same("{name} · {when}")


@dataclass(frozen=True, slots=True)
class Known:
    """One generator or run of one. weights: None before the first check. run: None for a bundled one.

    resumable: it was stopped and can go on. figures: of its best check, or of its card.
    """

    words: Text
    recipe: LatentRecipe
    weights: Path | None
    run: Path | None
    resumable: bool
    figures: dict[str, Any]
    started: str = ""
    state: str = "bundled"

    def as_json(self) -> dict[str, Any]:
        """For `list` and `runs list`."""
        return {
            "name": self.run.name if self.run else self.recipe.id,
            "recipe": self.recipe.id,
            "kind": self.recipe.kind,
            "state": self.state,
            "started": self.started,
            "weights": self.weights,
            "folder": self.run,
            "pack": self.recipe.pack,
            "figures": {name: value for name, value in self.figures.items() if isinstance(value, int | float)},
        }


def known_generators(only: str = "") -> Job:
    """A tuple of `Known`: the bundled ones, then the runs, newest first; of one recipe where named; a job."""
    yield Progress(0, 1, _LOOKING)
    cards = [card for card in RECIPES if only in ("", card.id)]
    found = [one for card in cards if (one := _bundled(card))]
    below = dreams()
    for folder in sorted(below.iterdir(), reverse=True) if below.is_dir() else ():
        if (folder / "run.json").is_file() and (one := _run(folder)) and one.recipe in cards:
            found.append(one)
    return tuple(found)


def _bundled(card: LatentRecipe) -> Known | None:
    with contextlib.suppress(LabError):
        ours = bundled(card.id)
        return Known(_BUNDLED(name=card.name), card, ours.path, None, False, ours.card, ours.card.get("date", ""))
    return None


def _when(folder: Path) -> str:
    """Month, day and time of a folder of ours, or another's name."""
    found = re.match(r"\d{4}(\d\d)(\d\d)-(\d\d)(\d\d)\d\d-", folder.name)
    return "{}-{} {}:{}".format(*found.groups()) if found else folder.name


def _run(folder: Path) -> Known | None:
    """A run as its run.json tells of it; None for a damaged one and for one of another version."""
    try:
        about = read_json(folder / "run.json")
    except LabError:
        return None
    card = next((card for card in RECIPES if card.id == about.get("recipe")), None)
    if card is None:
        return None
    best, last = folder / "best.safetensors", folder / "last.safetensors"
    state = str(about.get("state", ""))
    return Known(
        _RUN(name=card.name, when=_when(folder)),
        card,
        best if best.is_file() else None,
        folder,
        state != "done" and last.is_file(),
        dict(about.get("figures", {})),
        str(about.get("started", "")),
        state,
    )
