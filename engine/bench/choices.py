"""What one choice in a network costs on this machine: colour or grey (row 13), 1×1 before large kernels or not (row 43)."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from engine.bench import Say
from engine.bench.choices_learnt import QUICK_STEPS, SIDE, STEPS, Learnt, Lesson, learnt, lesson
from engine.bench.choices_shown import shown
from engine.bench.layers_trace import count, forward
from engine.bench.method import Timed, Watch, interleaved, step
from engine.devices import cores
from engine.text import Text, same
from engine.train.recipes import recipe

BATCH, QUICK_BATCH = 64, 16
_SECONDS = 3.5  # of a quick run's turns


@dataclass(frozen=True, slots=True)
class Choice:
    """One setting of a recipe's network that is one way or the other; the first way is the usual one."""

    recipe: str
    setting: str
    ways: tuple[tuple[Any, Text], tuple[Any, Text]]
    row: int


CHOICES: tuple[Choice, ...] = (
    Choice("cifar-alexnet-mini", "grey", ((False, Text("colour", "컬러")), (True, Text("grey", "흑백"))), 13),
    Choice(
        "cifar-inception-mini",
        "one_by_one",
        ((True, Text("with 1×1", "1×1 있음")), (False, Text("without 1×1", "1×1 없음"))),
        43,
    ),
)


@dataclass(frozen=True, slots=True)
class Found:
    """One way of a choice. forward, learn: seconds of a batch. numbers: of one picture as it comes in.

    maps: numbers of all maps of one picture, which learning keeps for the way back. learnt: what it learns meanwhile.
    """

    choice: Choice
    words: Text
    macs: int
    parameters: int
    numbers: int
    maps: int
    forward: Timed
    learn: Timed
    learnt: Learnt

    @property
    def name(self) -> Text:
        return same("{net}, {way}")(net=recipe(self.choice.recipe).card.name, way=self.words)


def run(*, data: Path | None, repeats: int, say: Say, quick: bool = False) -> dict[str, Any]:
    """Both ways of every choice in turn, answering and learning; then what each learns from the same pictures."""
    torch.set_num_threads(cores())
    watch, turns, batch = Watch(), 3 if quick else repeats, QUICK_BATCH if quick else BATCH
    of, total = lesson(data, quick=quick), 1 + 2 * len(CHOICES)
    step(say, 0, total, Text("answering and learning, in turn", "추론과 학습, 번갈아"))
    times = _timed(turns, batch, budget=_SECONDS if quick else 0.0)
    found = []
    for number, choice in enumerate(CHOICES):
        name = recipe(choice.recipe).card.name
        ends = []
        for place, way in enumerate(choice.ways):
            words = Text("{net}, {way}: learning", "{net}, {way}: 학습")(net=name, way=way[1])
            step(say, 1 + 2 * number + place, total, words)
            ends.append(_learnt(choice, way[0], of, quick=quick))
        found.append((_found(choice, 0, times, ends[0]), _found(choice, 1, times, ends[1])))
    timed = {
        f"{one.choice.setting} {one.words} {k}": t
        for pair in found
        for one in pair
        for k, t in (("f", one.forward), ("l", one.learn))
    }
    least = min(one.n for one in timed.values())
    method = watch.method(repeats=least, warm_up=1, threads=torch.get_num_threads(), timed=timed)
    return {**_figures(found, batch), "shown": shown(found, batch, of.what).json(), "method": method}


def _timed(turns: int, batch: int, *, budget: float) -> dict[str, Timed]:
    """Seconds of a batch: "SETTING forward 0" … "SETTING learn 1" for the first and the second way of every choice."""
    x = torch.rand(batch, 3, SIDE, SIDE, generator=torch.Generator().manual_seed(0))
    ways: dict[str, Callable[[], object]] = {}
    for choice in CHOICES:
        for number, (way, _) in enumerate(choice.ways):
            module = _built(choice, way)
            ways[f"{choice.setting} forward {number}"] = lambda module=module: _answer(module, x)  # type: ignore[misc]
            ways[f"{choice.setting} learn {number}"] = lambda module=module: _learn(module, x)  # type: ignore[misc]
    return interleaved(ways, repeats=turns, budget=budget)


def _built(choice: Choice, way: Any) -> torch.nn.Module:
    chosen = recipe(choice.recipe)
    return chosen.build(dataclasses.replace(chosen.defaults, **{choice.setting: way})).eval()


def _learnt(choice: Choice, way: Any, of: Lesson, *, quick: bool) -> Learnt:
    chosen = recipe(choice.recipe)
    settings = dataclasses.replace(chosen.defaults, **{choice.setting: way})
    return learnt(chosen, settings, of, steps=QUICK_STEPS if quick else STEPS)


def _found(choice: Choice, number: int, times: dict[str, Timed], end: Learnt) -> Found:
    way, words = choice.ways[number]
    module, x = _built(choice, way), torch.rand(1, 3, SIDE, SIDE)
    done = forward(module, x).done
    count(module, x, done)
    channels = 1 if choice.setting == "grey" and way else 3
    return Found(
        choice,
        words,
        sum(one.macs for one in done),
        sum(p.numel() for p in module.parameters()),
        channels * SIDE * SIDE,
        sum(math.prod(one.shape) for one in done),
        times[f"{choice.setting} forward {number}"],
        times[f"{choice.setting} learn {number}"],
        end,
    )


def _answer(module: torch.nn.Module, x: torch.Tensor) -> object:
    with torch.inference_mode():
        return module(x)


def _learn(module: torch.nn.Module, x: torch.Tensor) -> None:
    module.train()
    module(x).square().mean().backward()
    module.zero_grad(set_to_none=True)
    module.eval()


def _figures(found: list[tuple[Found, Found]], batch: int) -> dict[str, Any]:
    heads = {
        f"{one.choice.recipe} {one.choice.setting} {one.words.en} ms": one.forward.map(
            lambda s: 1000 * s / batch
        ).json()
        for pair in found
        for one in pair
    }
    pairs = {
        first.choice.setting: {
            "recipe": first.choice.recipe,
            "lecture_row": first.choice.row,
            "forward_ratio": second.forward.over(first.forward).json(),
            "learn_ratio": second.learn.over(first.learn).json(),
            "macs": [first.macs, second.macs],
            "parameters": [first.parameters, second.parameters],
            "numbers_of_a_picture": [first.numbers, second.numbers],
            "numbers_of_its_maps": [first.maps, second.maps],
            "accuracy": [first.learnt.share, second.learnt.share],
            "accuracy_interval": [first.learnt.interval, second.learnt.interval],
            "accuracy_difference": second.learnt.better_than(first.learnt),
            "places": first.learnt.count,
            "asked": first.learnt.asked,
            "learning_steps": first.learnt.steps,
        }
        for first, second in found
    }
    return {"choices": pairs, "count": found[0][0].forward.n, "batch_size": batch, "headlines": heads}
