"""From a finished run to weights that ship: the tensors and the JSON card beside them."""

from __future__ import annotations

import dataclasses
import math
import shlex
from pathlib import Path
from typing import Any

from torch import Tensor

import resources
from engine.cards import Task
from engine.errors import LabError
from engine.files import read_json, read_tensors, sha256, write_json, write_tensors
from engine.jobs import Job, Progress
from engine.text import Text
from engine.train.evaluate import wilson
from engine.train.events import Checked
from engine.train.recipes import Recipe, recipe
from engine.train.run_folder import read_events
from engine.train.settings import FitSettings

LOSSY = "a JPEG-coded (lossy) copy of the published pictures; figures on the lossless ones differ a little"


def bundle(run: Path, *, to: Path | None = None) -> Job:
    """Copy a finished run's best weights to resources/models with their card; a job, returns the card.

    The figures are those the run measured itself: held-out while it trained, test once at its end.
    Raises: `LabError` for a run that has not ended.
    """
    yield Progress(0, 1)
    about = read_json(run / "run.json")
    if about["state"] != "done":
        raise LabError(
            Text(
                "This run has not ended; only a finished run has a test figure.",
                "아직 끝나지 않은 실행이에요. 끝난 실행에만 시험 결과가 있어요.",
            )
        )
    chosen = recipe(about["recipe"])
    tensors, weights_about = read_tensors(run / "best.safetensors")
    path = (to or resources.path("models")) / f"{chosen.id}.safetensors"
    write_tensors(path, halved(tensors), {"recipe": chosen.id, "build": weights_about["build"]})
    card = {**_what_it_is(chosen, about), **_figures(run), "build": weights_about["build"]}
    card |= {
        "sha256": sha256(path),
        "bytes": path.stat().st_size,
        "parameters": sum(t.numel() for t in tensors.values()),
    }
    write_json(path.with_suffix(".json"), card)
    return card


def halved(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """Kernels and matrices as float16, half as large to pass on; norms and biases, small and delicate, as they are."""
    return {name: t.half() if t.is_floating_point() and t.ndim > 1 else t for name, t in tensors.items()}


def _what_it_is(chosen: Recipe, about: dict[str, Any]) -> dict[str, Any]:
    card = chosen.card
    return {
        "id": chosen.id,
        "recipe": chosen.id,
        "task": card.task.value,
        "pack": chosen.pack,
        "command": command_of(chosen, chosen.settings_from(about["settings"]), about["dataset"]),
        "dataset": about["dataset"],
        "fingerprint": about["fingerprint"],
        **({"data_note": LOSSY} if about.get("lossy") else {}),
        **({"from": Path(about["from"]["source"]).name} if "from" in about else {}),
        "selected_on": _selected_on(chosen, about["settings"]["held_out"]),
        "settings": about["settings"],
        "seed": about["settings"]["seed"],
        "date": about["started"][:10],
        "versions": about["versions"],
        "device": about["device"],
        "precision": about["precision"],
        "code_licence": card.code_licence,
        "data_licence": card.data_licence,
        "weights_licence": card.weights_licence,
        "source": card.source,
    }


def _selected_on(chosen: Recipe, count: int) -> str:
    if chosen.card.task is Task.SIGNAL:
        return f"at least {count} windows of whole people held out of train"
    return f"{count} pictures held out of train"


def command_of(chosen: Recipe, settings: FitSettings, dataset: str) -> str:
    """The command line that repeats a training; DIR stands for the folder of data sets."""
    changes = [
        f"{f.name}={getattr(settings, f.name)}"
        for f in dataclasses.fields(settings)
        if "field" in f.metadata  # what follows from the data nobody sets
        and getattr(settings, f.name) != getattr(chosen.defaults, f.name)
    ]
    words = ["python", "main.py", "train", chosen.id, "--data", "DIR", "--dataset", dataset]
    return shlex.join([*words, *(["--set", *changes] if changes else [])])


def _figures(run: Path) -> dict[str, Any]:
    checks = [event for event in read_events(run) if isinstance(event, Checked)]
    held_out, test = [c for c in checks if c.split == "held-out"], checks[-1]
    sure = wilson(round(test.accuracy * test.count), test.count) if test.metric == "accuracy" else None
    step = max(1, len(held_out) // 100)  # enough for a curve a thumb wide
    return {
        "metric": test.metric,
        test.metric: test.accuracy,
        **({"accuracy_low": sure[0], "accuracy_high": sure[1]} if sure else {}),
        **test.figures,
        "count": test.count,
        "split": test.split,
        **({"loss": test.loss} if math.isfinite(test.loss) else {}),
        f"held_out_{test.metric}": max(c.accuracy for c in held_out),
        "held_out_count": held_out[0].count,
        "epochs": held_out[-1].epoch,
        "seconds": held_out[-1].seconds,
        "curve": [round(c.accuracy, 4) for c in held_out[::step]],
    }
