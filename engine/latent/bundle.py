"""From a generator's run to weights that ship: measured once more on the set's last split, the tensors and their card."""

from __future__ import annotations

import dataclasses
import shlex
from pathlib import Path
from typing import Any

import resources
from engine.data import dataset, load
from engine.errors import LabError
from engine.files import read_json, read_tensors, sha256, write_json, write_tensors
from engine.jobs import Job
from engine.latent.evaluate import SAMPLES, evaluate_generator
from engine.latent.events import Checked
from engine.latent.own_pictures import is_folder
from engine.latent.recipes import LatentRecipe, latent_recipe
from engine.latent.run_folder import read_events
from engine.settings import load as load_settings
from engine.text import Text
from engine.zoo.bundle import halved

LEFT_OUT = {"model", "weights", "collapse", "plane_shows", "seconds", "truncation", "step", "dataset"}


def bundle_generator(run: Path, *, to: Path | None = None, count: int = SAMPLES) -> Job:
    """Copy the best weights of a run to resources/models with their card; a job, returns the card.

    The figures are of `count` samples against the set's last split, measured here. fp16 where a tensor has two axes or
    more. Raises: `LabError` for a run without weights yet.
    """
    about, best = read_json(run / "run.json"), run / "best.safetensors"
    if not best.is_file():
        text = Text(
            "{path} has no weights yet. Let it learn until its first check.",
            "{path} 실행에는 아직 가중치가 없어요. 첫 검증까지 배우게 해 주세요.",
        )
        raise LabError(text(path=run.name))
    chosen = latent_recipe(about["recipe"])
    if is_folder(about["dataset"]):
        text = Text(
            "{name} learnt from pictures of your own: they stay yours and do not ship.",
            "{name}: 내 그림으로 배운 가중치라 앱에 넣지 않아요.",
        )
        raise LabError(text(name=run.name))
    tensors, weights_about = read_tensors(best)
    path = (to or resources.path("models")) / f"{chosen.id}.safetensors"
    kept = {name: weights_about[name] for name in ("recipe", "generator", "build", "step")}
    write_tensors(path, halved(tensors), kept)
    whole = yield from load(
        about["dataset"], "train", Path(about["data"]) if about["data"] else load_settings()[0].data()
    )
    figures: dict[str, Any] = yield from evaluate_generator(str(path), dataset_id=about["dataset"], count=count)
    card = {
        **_what_it_is(chosen, about, whole.fingerprint),
        **kept,
        **{name: value for name, value in figures.items() if name not in LEFT_OUT},
        **_at_its_end(about),
        "curve": _curve(run),
        "sha256": sha256(path),
        "bytes": path.stat().st_size,
        "parameters": sum(t.numel() for t in tensors.values()),
    }
    write_json(path.with_suffix(".json"), card)
    return card


def _what_it_is(chosen: LatentRecipe, about: dict[str, Any], fingerprint: str) -> dict[str, Any]:
    terms = dataset(about["dataset"]).card.data_licence
    settings = chosen.settings_from(about["settings"])
    changes = [
        f"{f.name}={getattr(settings, f.name)}"
        for f in dataclasses.fields(settings)
        if getattr(settings, f.name) != getattr(chosen.defaults, f.name)
    ]
    words = ["python", "main.py", "train", chosen.id, "--data", "DIR", "--dataset", about["dataset"]]
    return {
        "id": chosen.id,
        "task": "generate",
        "pack": chosen.pack,
        "command": shlex.join([*words, *(["--set", *changes] if changes else [])]),
        "dataset": about["dataset"],
        "fingerprint": fingerprint,
        "selected_on": f"the best of its checks on {settings.held_out} pictures held out of train or on samples",
        "settings": about["settings"],
        "seed": settings.seed,
        "date": about["started"][:10],
        "versions": about["versions"],
        "device": about["device"],
        "precision": about["precision"],
        "threads": about["threads"],
        "code_licence": "MIT",
        "data_licence": terms,
        "weights_licence": "MIT" if chosen.pack == "open" else terms,
        "metric": "confident" if chosen.channels == 1 and chosen.side == 28 else "frechet",
    }


def _at_its_end(about: dict[str, Any]) -> dict[str, Any]:
    """What the run itself measured once at its end: few labels, with and without pre-training."""
    names = ("labels", "error_pretrained", "error_scratch", "fewer_errors", "epochs", "seconds", "images_per_second")
    found = about.get("summary", {})
    return {name: found[name] for name in names if name in found}


def _curve(run: Path) -> list[dict[str, float]]:
    """Each check: step and its most telling figure."""
    rows = []
    for check in (event for event in read_events(run) if isinstance(event, Checked)):
        name = next((name for name in ("frechet", "elbo", "error") if name in check.figures), "")
        if name:
            rows.append({"step": check.step, name: round(float(check.figures[name]), 4)})
    return rows[:: max(1, len(rows) // 100)]
