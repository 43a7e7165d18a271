"""Training speed of a DCGAN against the tutorial's loop: same networks, batch, threads; and one picture's delay."""

from __future__ import annotations

import dataclasses
import multiprocessing
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from engine.bench import Say, spread
from engine.bench.reference.dcgan_loop import images_per_second
from engine.devices import choose
from engine.errors import LabError
from engine.jobs import result_of
from engine.latent.begin import Plan, find_dataset, fresh, read_pictures
from engine.latent.dcgan import Discriminator, Generator
from engine.latent.generate import dream
from engine.latent.layers import FromCode, FromPicture, HalvedNorm, ToPicture, Verdict
from engine.latent.learn import update
from engine.latent.learners import GanLearner
from engine.latent.marks import grid_images
from engine.latent.model import Generative
from engine.latent.recipes import latent_recipe
from engine.latent.settings import GanSettings
from engine.text import Text

STEPS, WARM_UP = 20, 4
FORWARDS = 100
WORKERS = (0, 2)  # of the reference's loader
FEW = 8192  # pictures the reference draws from


def run(*, data: Path | None, repeats: int, say: Say) -> dict[str, Any]:
    """Interleaved repeats; the better of 0 and 2 workers counts for the reference. Without classes, as the tutorial.

    ratio: our step in this process, as `train` runs it, against the tutorial's loop as a script, in a process of its own
    with the C library's usual memory. ratio_same_memory: against the same loop in this process, which so gains from our
    memory setting too.
    """
    chosen = latent_recipe("dcgan-mnist")
    id = find_dataset(chosen, "auto", data)
    pictures = result_of(read_pictures(chosen, id, "train", data))
    assert isinstance(chosen.defaults, GanSettings)
    settings = dataclasses.replace(chosen.defaults, conditional=False)
    where = choose()
    torch.set_num_threads(where.threads or torch.get_num_threads())
    ours: list[float] = []
    theirs: dict[int, list[float]] = {workers: [] for workers in WORKERS}
    beside: dict[int, list[float]] = {workers: [] for workers in WORKERS}
    arrays = grid_images(pictures.images[:FEW])
    for number in range(repeats):
        build, learner = fresh(chosen, settings, where, len(pictures.classes))
        assert isinstance(learner, GanLearner)
        plan = Plan(chosen, settings, where, id, data, pictures, pictures, build, learner, None)  # type: ignore[arg-type]
        loop = Loop(build, arrays, settings.batch_size, torch.get_num_threads())
        ours.append(_ours(plan))
        for workers, rate in in_a_process_of_its_own(loop).items():
            theirs[workers].append(rate)
        for workers, rate in reference(loop).items():
            beside[workers].append(rate)
        text = Text(
            "repeat {n}: ours {a:,.0f}, reference {b:,.0f} and {c:,.0f} images/s, with our memory setting {d:,.0f} and {e:,.0f}",
            "{n}회: 우리 {a:,.0f}, 기준 {b:,.0f}, {c:,.0f}장/초. 우리 메모리 설정으로는 {d:,.0f}, {e:,.0f}",
        )
        told = zip("bcde", (*theirs.values(), *beside.values()), strict=True)
        say(text(n=number + 1, a=ours[-1], **{letter: rates[-1] for letter, rates in told}))
    same = _figures(ours, beside)
    more = {"ratio_same_memory": same["ratio"], "ratio_same_memory_spread": same["ratio_spread"]}
    return {
        **_figures(ours, theirs),
        **more,
        **_delay(learner.shown),
        "batch_size": settings.batch_size,
        "dataset": id,
    }


@dataclass(frozen=True, slots=True, eq=False)
class Loop:
    """What the tutorial's loop is given: what decides the networks, (N, 28, 28) uint8, batch size, threads."""

    build: dict[str, Any]
    images: np.ndarray
    batch: int
    threads: int


def reference(loop: Loop) -> dict[int, float]:
    """Pictures per second of the tutorial's loop for each number of workers."""
    torch.set_num_threads(loop.threads)
    found = {}
    for workers in WORKERS:
        torch.manual_seed(0)
        build = loop.build
        critic = Discriminator(side=build["side"], channels=build["channels"], width=build["width"])
        found[workers] = images_per_second(
            as_torch_has_them(Generator(**build)),
            as_torch_has_them(critic),
            loop.images,
            latent=build["latent"],
            side=build["side"],
            batch=loop.batch,
            workers=workers,
            steps=STEPS,
            warm_up=WARM_UP,
        )
    return found


def as_torch_has_them(network: nn.Module) -> nn.Module:
    """The same network with torch's own convolutions in place of ours (layers.py), as the tutorial has them."""
    usual: dict[type[nn.Module], type[nn.Module]] = {
        FromPicture: nn.Conv2d,
        ToPicture: nn.ConvTranspose2d,
        FromCode: nn.ConvTranspose2d,
        Verdict: nn.Conv2d,
        HalvedNorm: nn.BatchNorm2d,
    }
    for layer in network.modules():
        layer.__class__ = usual.get(type(layer), type(layer))
    return network


def in_a_process_of_its_own(loop: Loop) -> dict[int, float]:
    """`reference` as a script would run it. Raises `LabError` when the process ends without an answer."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_answer, args=(there, loop))
    child.start()
    there.close()
    try:
        found: dict[int, float] = here.recv()
    except EOFError as error:
        text = Text("The reference ended without a figure.", "기준 학습이 값 없이 끝났어요.")
        raise LabError(text) from error
    finally:
        here.close()
        child.join()
    return found


def _answer(to: Connection, loop: Loop) -> None:
    to.send(reference(loop))
    to.close()


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
