"""Training speed of a DCGAN against the tutorial's loop: same networks, batch, threads; and one picture's delay."""

from __future__ import annotations

import copy
import dataclasses
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch

from engine.bench import Say, spread
from engine.bench.reference.dcgan_loop import images_per_second
from engine.devices import choose
from engine.jobs import result_of
from engine.latent.begin import Plan, find_dataset, fresh, read_pictures
from engine.latent.generate import dream
from engine.latent.learn import update
from engine.latent.learners import GanLearner
from engine.latent.marks import grid_images
from engine.latent.model import Generative
from engine.latent.recipes import latent_recipe
from engine.latent.settings import GanSettings
from engine.text import Text

STEPS, WARM_UP = 12, 3
FORWARDS = 100


def run(*, data: Path | None, repeats: int, say: Say) -> dict[str, Any]:
    """Interleaved repeats; the better of 0 and 2 workers counts for the reference. Without classes, as the tutorial."""
    chosen = latent_recipe("dcgan-mnist")
    id = find_dataset(chosen, "auto", data)
    pictures = result_of(read_pictures(chosen, id, "train", data))
    assert isinstance(chosen.defaults, GanSettings)
    settings = dataclasses.replace(chosen.defaults, conditional=False)
    where = choose()
    torch.set_num_threads(where.threads or torch.get_num_threads())
    ours: list[float] = []
    theirs: dict[int, list[float]] = {0: [], 2: []}
    arrays = grid_images(pictures.images)
    for number in range(repeats):
        build, learner = fresh(chosen, settings, where, len(pictures.classes))
        assert isinstance(learner, GanLearner)
        stepper = learner.stepper
        plan = Plan(chosen, settings, where, id, data, pictures, pictures, build, learner, None)  # type: ignore[arg-type]
        ours.append(_ours(plan))
        for workers, rates in theirs.items():
            rates.append(
                images_per_second(
                    copy.deepcopy(stepper.generator).to(memory_format=torch.contiguous_format),
                    copy.deepcopy(stepper.discriminator).to(memory_format=torch.contiguous_format),
                    arrays,
                    latent=settings.latent,
                    side=chosen.side,
                    batch=settings.batch_size,
                    workers=workers,
                    steps=STEPS,
                    warm_up=WARM_UP,
                )
            )
        text = Text(
            "repeat {n}: ours {a:,.0f}, reference {b:,.0f} and {c:,.0f} images/s",
            "{n}회: 우리 {a:,.0f}, 기준 {b:,.0f}, {c:,.0f}장/초",
        )
        say(text(n=number + 1, a=ours[-1], b=theirs[0][-1], c=theirs[2][-1]))
    return {**_figures(ours, theirs), **_delay(learner.shown), "batch_size": settings.batch_size, "dataset": id}


def _ours(plan: Plan) -> float:
    """Pictures per second of the learner's own step, batches included, on the run's device."""
    began = seen = 0.0
    for number in range(WARM_UP + STEPS):
        if number == WARM_UP:
            began, seen = time.perf_counter(), plan.seen
        terms = update(plan, plan.settings)
    torch.stack(list(terms.values())).tolist()  # waits until all is computed
    return (plan.seen - seen) / (time.perf_counter() - began)


def _figures(ours: list[float], theirs: dict[int, list[float]]) -> dict[str, Any]:
    best = max(theirs, key=lambda workers: spread(theirs[workers])["median"])
    ratios = spread([a / b for a, b in zip(ours, theirs[best], strict=True)])
    return {
        "images_per_second": spread(ours)["median"],
        "images_per_second_spread": spread(ours),
        "ratio": ratios["median"],
        "ratio_spread": ratios,
        "count": len(ours),
        "reference": "engine/bench/reference/dcgan_loop.py",
        "reference_workers": best,
        "reference_images_per_second": spread(theirs[best])["median"],
        "reference_spread": {str(workers): spread(rates) for workers, rates in theirs.items()},
        "reference_precision": "fp32",
        "threads": torch.get_num_threads(),
        "steps": STEPS,
    }


def _delay(model: Generative) -> dict[str, float]:
    """Milliseconds of the generator for one picture, as a slider asks for it."""
    threads = torch.get_num_threads()
    random = np.random.default_rng(0)
    taken = [result_of(dream(model, random.standard_normal(model.latent))).milliseconds for _ in range(FORWARDS + 10)][
        10:
    ]
    torch.set_num_threads(threads)
    return {"forward_ms_median": float(np.median(taken)), "forward_ms_p95": float(np.quantile(taken, 0.95))}
