"""From a run to weights that ship: measured once on the split that was never learnt from, with a card beside them."""

from __future__ import annotations

import dataclasses
import shlex
from collections.abc import Generator
from pathlib import Path
from typing import Any

import resources
from engine.caption.evaluate import evaluate_captioner
from engine.caption.events import RECORDED, Checked
from engine.caption.learner import describe_all
from engine.caption.pairs import divided, read_pairs
from engine.caption.recipes import CaptionRecipe, caption_recipe
from engine.caption.scores import cider_d
from engine.caption.trained import open_captioner
from engine.errors import LabError
from engine.files import read_json, read_tensors, sha256, write_json, write_tensors
from engine.jobs import Event, Job, Progress
from engine.settings import load as load_settings
from engine.text import Text
from engine.train.event_folder import read_events
from engine.zoo.bundle import halved

_NOT_KEPT = (
    "id",
    "weights",
    "sentences",
    "milliseconds",
)  # how long it took belongs to the machine, not to the weights
HINTS = (0.7, 1.0, 1.4)  # weights of the word detector that are tried


def bundle_captioner(run: Path, *, to: Path | None = None, data: Path | None = None) -> Job:
    """Copy the best weights of a finished run to resources/captions with their card; a job, returns the card.

    Of a captioner the weight of its hints is chosen on the photographs that the run held out; then it is measured once
    on the set's last split, with the halved weights that ship. `data`: the data sets.
    Raises: `LabError` for a run that has not ended, or where the set is not on this machine.
    """
    about = read_json(run / "run.json")
    if about["state"] != "done":
        raise LabError(
            Text(
                "This run has not ended; only a finished run is bundled.",
                "아직 끝나지 않은 실행이에요. 끝난 실행만 묶을 수 있어요.",
            )
        )
    chosen = caption_recipe(about["recipe"])
    tensors, beside = read_tensors(run / "best.safetensors")
    path = (to or resources.path("captions")) / f"{chosen.id}.safetensors"
    write_tensors(path, halved(tensors), beside)
    tried: dict[str, float] = {}
    if chosen.kind != "text":
        tried = yield from _hints(path, chosen, about, data)
        beside["hints"] = float(max(tried, key=lambda word: tried[word]))
        write_tensors(path, halved(tensors), beside)
    found = yield from evaluate_captioner(chosen.id, weights=str(path), data=data)
    card = {
        **_what_it_is(chosen, about),
        **{name: value for name, value in found.items() if not name.startswith(_NOT_KEPT)},
        "build": beside["build"],
        "held_out": beside["figures"],
        **({"hints_tried": tried} if tried else {}),
        "curve": _curve(run, chosen),
        "sha256": sha256(path),
        "bytes": path.stat().st_size,
        "parameters": sum(t.numel() for t in tensors.values()),
    }
    write_json(path.with_suffix(".json"), card)
    return card


def _hints(
    path: Path, chosen: CaptionRecipe, about: dict[str, Any], data: Path | None
) -> Generator[Event, None, dict[str, float]]:
    """CIDEr-D on the photographs held out of train for each weight of the hints, by its figure as a word."""
    settings = chosen.settings_from(about["settings"])
    root = data or load_settings()[0].data()
    one = open_captioner(str(path))
    _, whole = yield from read_pairs(about["dataset"], "train", root, views=settings.views, seed=settings.seed)
    _, held_out = divided(whole, settings)
    found = {}
    for number, hints in enumerate(HINTS):
        yield Progress(number, len(HINTS), Text("Choosing the hints", "힌트를 고르는 중"))
        ways = dataclasses.replace(one.usual(), hints=hints)
        told = [each.words for each in describe_all(one.network, one.vocabulary, held_out, ways)]
        found[f"{hints:g}"] = round(cider_d(told, held_out.said), 4)
    return found


def _what_it_is(chosen: CaptionRecipe, about: dict[str, Any]) -> dict[str, Any]:
    card, settings = chosen.card, chosen.settings_from(about["settings"])
    changes = [
        f"{f.name}={getattr(settings, f.name)}"
        for f in dataclasses.fields(settings)
        if getattr(settings, f.name) != getattr(chosen.defaults, f.name)
    ]
    words = ["python", "main.py", "train", chosen.id, *(["--data", "DIR"] if chosen.kind != "text" else [])]
    kept = ("dataset", "fingerprint", "settings", "versions", "device", "precision", "threads", "words", "counts")
    return {
        "id": chosen.id,
        "recipe": chosen.id,
        "task": card.task.value,
        "pack": chosen.pack,
        "command": shlex.join([*words, *(["--set", *changes] if changes else [])]),
        **{name: about[name] for name in kept},
        "selected_on": f"{about['counts'][1]} {'characters' if chosen.kind == 'text' else 'photographs held out of train'}",
        "seed": settings.seed,
        "date": about["started"][:10],
        "seconds": about["summary"]["seconds"],
        "code_licence": card.code_licence,
        "data_licence": card.data_licence,
        "weights_licence": card.weights_licence,
        "source": card.source,
    }


def _curve(run: Path, chosen: CaptionRecipe) -> list[float]:
    name = "likelihood" if chosen.kind == "text" else "cider_d"
    return [round(e.figures[name], 4) for e in read_events(run, RECORDED) if isinstance(e, Checked)]
