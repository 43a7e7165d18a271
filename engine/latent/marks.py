"""A generator's checks: its samples, its figures, what is kept of it, and the film."""

from __future__ import annotations

import dataclasses
import io
import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from engine.files import write_bytes
from engine.jobs import Event
from engine.latent.autoencoder import damaged
from engine.latent.begin import Plan
from engine.latent.collapse import collapse_of, variety
from engine.latent.events import Checked, Noticed, Outcome, Samples, Snapshot
from engine.latent.measure import class_shares, figures, frechet
from engine.latent.model import pictures
from engine.latent.settings import AeSettings
from engine.train.checkpoints import keep

SHOWN = 64  # samples in a grid
JUDGED = 1000  # samples looked at in a check
FIRST_LOOK = 2.0  # epochs before which samples are alike because nothing is learnt yet


def samples(plan: Plan) -> Samples:
    """What the generator makes of the same codes each time; of an autoencoder or VAE, pictures and what came through."""
    if not plan.learner.pairs:
        model = plan.learner.shown
        return Samples(plan.step, plan.epoch, grid_images(pictures(model, fixed_codes(plan, SHOWN))))
    x = plan.held_out.images[: SHOWN // 2]
    if isinstance(plan.settings, AeSettings):  # one that takes noise away is shown what it gets
        same_each_time = torch.Generator().manual_seed(plan.settings.seed)
        seen = damaged(x.float() / 255, plan.settings.noise, plan.settings.level, same_each_time)
        x = (seen * 255).round().to(torch.uint8)
    return Samples(plan.step, plan.epoch, grid_images(_in_pairs(x, _through(plan, x))), pairs=True)


@torch.inference_mode()
def _through(plan: Plan, x: Tensor) -> Tensor:
    code = plan.learner.shown.encode(x.float() / 255)
    assert code is not None
    return pictures(plan.learner.shown, code)


def _in_pairs(a: Tensor, b: Tensor) -> Tensor:
    return torch.stack((a, b), 1).flatten(0, 1)


def fixed_codes(plan: Plan, count: int) -> Tensor:
    """The same codes at every moment of a run."""
    return plan.learner.shown.draw(count, torch.Generator().manual_seed(plan.settings.seed))


def grid_images(images: Tensor) -> np.ndarray:
    """(N, C, S, S) uint8 as (N, S, S) grey or (N, S, S, 3) RGB."""
    values = images[:, 0] if images.shape[1] == 1 else images.permute(0, 2, 3, 1)
    return np.ascontiguousarray(values.numpy())


def sheet(images: np.ndarray, columns: int = 0) -> np.ndarray:
    """(n, S, S[, 3]) uint8 side by side as one picture, (rows · S, columns · S[, 3]); nearly square by itself."""
    columns = columns or math.ceil(math.sqrt(len(images)))
    rows = math.ceil(len(images) / columns)
    room = np.zeros((rows * columns, *images.shape[1:]), np.uint8)
    room[: len(images)] = images
    lines = room.reshape(rows, columns, *images.shape[1:])
    return np.concatenate([np.concatenate(list(line), axis=1) for line in lines], axis=0)


def as_png(picture: np.ndarray) -> bytes:
    """An (H, W[, 3]) uint8 picture as a PNG."""
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "PNG")
    return out.getvalue()


def snapshot(plan: Plan) -> Snapshot:
    """A copy of the generator as it is now."""
    weights = {name: value.detach().cpu().clone() for name, value in plan.learner.shown.state_dict().items()}
    return Snapshot(plan.step, plan.recipe.kind, plan.build, weights)


def first(plan: Plan) -> Iterator[Event]:
    """The untrained generator is kept and shown: where the film begins."""
    if plan.step == 0:
        _keep(plan, plan.settings)
        shown = samples(plan)
        _film(plan, shown)
        yield shown


def check(plan: Plan, now: Any) -> list[Event]:
    """Measure, keep the weights if they are the best so far, a checkpoint and a picture of the film."""
    learner, plan.checks = plan.learner, plan.checks + 1
    found, told = learner.check(plan.held_out.images), list[Event]()
    if learner.judged:
        more, told = judge(plan)
        found = {**found, **more}
    value = found.get(learner.metric, -float(plan.checks))  # without a metric the newest is the best
    better = value < plan.best
    if better:
        plan.best = value
        plan.folder.save("best", _weights(plan), about_weights(plan, found))
        plan.folder.write_about(figures=found)
    _keep(plan, now)
    checked = Checked(plan.step, plan.epoch, plan.seconds, found, better)
    shown = samples(plan)
    _film(plan, shown)
    for event in (checked, *told):
        plan.folder.record(event)
    return [checked, *told, shown, snapshot(plan)]


def judge(plan: Plan) -> tuple[dict[str, float], list[Event]]:
    """Figures of 1,000 samples beside real pictures, and the collapse if there is one."""
    look = plan.recipe.judge()
    count = min(JUDGED, max(100, len(plan.train) // 10))
    made = look(pictures(plan.learner.shown, fixed_codes(plan, count)))
    if plan.real is None:
        half = min(count, len(plan.train) // 2)
        plan.real, other = look(plan.train.images[:half]), look(plan.train.images[half : 2 * half])
        plan.usual = frechet(other.features, plan.real.features)
    real = plan.real
    found = {**figures(made, real), "frechet_real": plan.usual}
    varied = variety(made.features, real.features)
    shares = class_shares(made.probabilities) if made.reads else None
    early = plan.epoch < FIRST_LOOK
    fallen = None if early else collapse_of(varied, shares, plan.train.classes)
    told: list[Event] = (
        [Noticed(plan.step, plan.epoch, fallen.words.render("en"), fallen.words.render("ko"))] if fallen else []
    )
    return {**found, "cover": varied.cover, "spread": varied.spread}, told


def _weights(plan: Plan) -> dict[str, Tensor]:
    return {name: value.detach().clone() for name, value in plan.learner.shown.state_dict().items()}


def about_weights(plan: Plan, found: dict[str, float]) -> dict[str, Any]:
    """What a file of a generator's weights says of itself."""
    about = {"recipe": plan.recipe.id, "generator": plan.recipe.kind, "build": plan.build, "step": plan.step}
    return {**about, "dataset": plan.dataset, "epoch": plan.epoch, "figures": found, "pack": plan.recipe.pack}


def _keep(plan: Plan, now: Any) -> None:
    keep(
        plan.folder.path,
        step=plan.step,
        number=plan.checks,
        most=now.keep_checkpoints,
        tensors=_weights(plan),
        about=about_weights(plan, {}),
    )


def _film(plan: Plan, shown: Samples) -> None:
    write_bytes(plan.folder.path / "film" / f"{plan.step:08d}.png", as_png(sheet(shown.images)))


def save_last(plan: Plan, now: Any) -> None:
    """Write the checkpoint from which the run can be continued."""
    about = {
        **about_weights(plan, {}),
        "settings": dataclasses.asdict(now),
        "seen": plan.seen,
        "seconds": plan.seconds,
        "checks": plan.checks,
        "best": plan.best if math.isfinite(plan.best) else None,
    }
    plan.folder.save("last", plan.learner.tensors(), about)


def summary(outcome: Outcome) -> dict[str, Any]:
    """The outcome as plain values, for run.json and `--json`."""
    names = ("recipe", "folder", "steps", "epochs", "seconds", "images_per_second")
    return {**{name: getattr(outcome, name) for name in names}, **outcome.figures, "why": outcome.why.en}
