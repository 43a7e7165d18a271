"""What one choice in a network costs on this machine: colour or grey (row 13), 1×1 before large kernels or not (row 43)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from engine.bench import Say
from engine.bench.charts import Bar, Chart, Shown, Table
from engine.bench.layers_trace import count, forward
from engine.bench.method import Timed, Watch, interleaved, ratio_words, step
from engine.bench.networks import RANDOM
from engine.devices import cores
from engine.text import Text, same
from engine.train.recipes import recipe

BATCH, QUICK_BATCH, SIDE = 64, 16, 32


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
    """One way of a choice. forward, learn: seconds of a batch. numbers: of one picture as it comes in."""

    choice: Choice
    words: Text
    macs: int
    parameters: int
    numbers: int
    forward: Timed
    learn: Timed

    @property
    def name(self) -> Text:
        return same("{net}, {way}")(net=recipe(self.choice.recipe).card.name, way=self.words)


def run(*, data: Path | None, repeats: int, say: Say, quick: bool = False) -> dict[str, Any]:
    """Both ways of every choice in turn, answering and learning."""
    torch.set_num_threads(cores())
    watch, turns, batch = Watch(), 3 if quick else repeats, QUICK_BATCH if quick else BATCH
    found = []
    for number, choice in enumerate(CHOICES):
        step(say, number, len(CHOICES), recipe(choice.recipe).card.name)
        found.append(_both(choice, turns, batch))
    timed = {
        f"{one.choice.setting} {one.words} {k}": t
        for pair in found
        for one in pair
        for k, t in (("f", one.forward), ("l", one.learn))
    }
    method = watch.method(repeats=turns, warm_up=1, threads=torch.get_num_threads(), timed=timed)
    return {**_figures(found, batch), "shown": _shown(found, batch).json(), "method": method}


def _both(choice: Choice, turns: int, batch: int) -> tuple[Found, Found]:
    chosen = recipe(choice.recipe)
    x = torch.rand(batch, 3, SIDE, SIDE, generator=torch.Generator().manual_seed(0))
    modules = [
        chosen.build(dataclasses.replace(chosen.defaults, **{choice.setting: way})).eval() for way, _ in choice.ways
    ]
    ways: dict[str, Callable[[], object]] = {}
    for number, module in enumerate(modules):
        ways[f"forward {number}"] = lambda module=module: _answer(module, x)  # type: ignore[misc]
        ways[f"learn {number}"] = lambda module=module: _learn(module, x)  # type: ignore[misc]
    times = interleaved(ways, repeats=turns)
    parts = []
    for number, (module, (_, words)) in enumerate(zip(modules, choice.ways, strict=True)):
        done = forward(module, x[:1]).done
        count(module, x[:1], done)
        channels = 1 if choice.setting == "grey" and choice.ways[number][0] else 3
        macs, parameters = sum(one.macs for one in done), sum(p.numel() for p in module.parameters())
        parts.append(
            Found(
                choice,
                words,
                macs,
                parameters,
                channels * SIDE * SIDE,
                times[f"forward {number}"],
                times[f"learn {number}"],
            )
        )
    return parts[0], parts[1]


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
        }
        for first, second in found
    }
    return {"choices": pairs, "count": found[0][0].forward.n, "batch_size": batch, "headlines": heads}


def _shown(found: list[tuple[Found, Found]], batch: int) -> Shown:
    charts = [_chart(*pair, batch) for pair in found]
    note = Text(
        "What either way learns is not measured here: race the recipe in Train with this setting on and off.",
        "무엇을 배우는지는 여기서 재지 않아요. ‘학습’ 탭에서 이 설정을 켜고 꺼서 겨뤄 보세요.",
    )
    return Shown(tuple(charts), (_table(found, batch),), (), (RANDOM, note))


def _chart(first: Found, second: Found, batch: int) -> Chart:
    kinds = (("forward", Text("answering", "추론")), ("back", Text("learning besides", "학습에 더 드는 시간")))
    bars = []
    for one in (first, second):
        ahead = 1000 * one.forward.median / batch
        whole = one.learn.map(lambda s: 1000 * s / batch)
        note = same(f"{one.macs / 1e6:.1f} M MAC · {one.parameters / 1e3:.0f} k")
        bars.append(
            Bar(
                one.words,
                (("forward", ahead), ("back", max(0.0, whole.median - ahead))),
                note,
                whole.low,
                whole.high,
                whole.n,
            )
        )
    text = Text(
        "{way} against the other way, time of learning: {r}. Products {m:.2f}×, numbers in a picture {n:.2f}×.",
        "{way}, 다른 쪽과 견준 학습 시간: {r}. 곱셈은 {m:.2f}배, 사진 한 장의 수는 {n:.2f}배예요.",
    )
    reading = text(
        way=second.words,
        r=ratio_words(second.learn.over(first.learn)),
        m=second.macs / first.macs,
        n=second.numbers / first.numbers,
    )
    title = Text("{net}: one picture", "{net}: 사진 한 장")(net=recipe(first.choice.recipe).card.name)
    return Chart(first.choice.setting, title, same("ms"), reading, tuple(bars), kinds)


def _table(found: list[tuple[Found, Found]], batch: int) -> Table:
    columns = (
        Text("Network", "신경망"),
        Text("Answering ms", "추론 ms"),
        Text("Learning ms", "학습 ms"),
        same("M MAC"),
        Text("Parameters", "매개변수"),
        Text("Numbers in a picture", "사진 한 장의 수"),
    )
    rows = tuple(
        (
            one.name,
            round(1000 * one.forward.median / batch, 3),
            round(1000 * one.learn.median / batch, 3),
            round(one.macs / 1e6, 2),
            float(one.parameters),
            float(one.numbers),
        )
        for pair in found
        for one in pair
    )
    return Table(Text("Both ways", "두 방법"), columns, rows)
