"""What a network costs before it is trained: numbers to learn, multiplications, memory for one picture (rows 13, 43)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from engine.jobs import Job, Progress
from engine.text import Text, same
from engine.train.recipe import Recipe
from engine.zoo.lineage import Anatomy, anatomy

FLOAT = 4  # bytes


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one picture. macs: multiplications to read it. picture: bytes as it is kept (one a channel of a pixel).

    learning: bytes of float32 that its layers answer, all of which wait for the backward pass while it learns.
    """

    parameters: int
    macs: int
    picture: int
    learning: int

    @property
    def words(self) -> Text:
        """In one line."""
        text = Text(
            "{parameters:,} parameters · {macs:.1f} M multiplications · {picture:,} bytes a picture, {learning:,.0f} kB while learning",
            "파라미터 {parameters:,}개 · 곱셈 {macs:.1f}M번 · 그림 한 장 {picture:,}바이트, 학습 중 {learning:,.0f}kB",
        )
        return text(
            parameters=self.parameters, macs=self.macs / 1e6, picture=self.picture, learning=self.learning / 1000
        )


def cost_of(recipe: Recipe, settings: Any) -> Cost:
    """The cost of what `settings` build. The picture is as large as the first block of the recipe's diagram."""
    network, first = _once(recipe, settings), recipe.layers[0]
    channels = 1 if getattr(settings, "grey", False) else first.channels
    with _Answers(network) as answers:
        found = anatomy(recipe.id, network, torch.zeros(1, first.channels, first.side, first.side))
    return Cost(found.parameters, found.macs, channels * first.side**2, FLOAT * answers.numbers)


def costs_of(recipe: Recipe, both: Iterable[Any]) -> Job:
    """A job that returns the `Cost` of each of some settings, as a tuple."""
    yield Progress(0, 1, Text("Counting weights and multiplications", "가중치와 곱셈 세기"))
    return tuple(cost_of(recipe, settings) for settings in both)


def anatomy_of(recipe: Recipe, settings: Any) -> Anatomy:
    """The layers of what `settings` build, each with its weights and multiplications."""
    network, first = _once(recipe, settings), recipe.layers[0]
    return anatomy(recipe.id, network, torch.zeros(1, first.channels, first.side, first.side))


def counted(recipe: Recipe, settings: Any) -> Job:
    """A job that returns the `Anatomy` of what `settings` build."""
    yield Progress(0, 1, Text("Counting weights and multiplications", "가중치와 곱셈 세기"))
    return anatomy_of(recipe, settings)


def _once(recipe: Recipe, settings: Any) -> nn.Module:
    """The network as it learns: it looks at a picture once, even where it answers after several looks."""
    looks = {name: False for name in ("mirror", "moved") if getattr(settings, name, False)}
    return recipe.build(dataclasses.replace(settings, **looks)).eval()


class _Answers:
    """Counts the numbers that the innermost modules of a network answer while it is open."""

    def __init__(self, network: nn.Module) -> None:
        self.numbers = 0
        self._leaves = [module for module in network.modules() if not list(module.children())]
        self._handles: list[Any] = []

    def __enter__(self) -> _Answers:
        self._handles = [module.register_forward_hook(self._count) for module in self._leaves]
        return self

    def __exit__(self, *error: object) -> None:
        for handle in self._handles:
            handle.remove()

    def _count(self, module: nn.Module, given: object, answer: Tensor) -> None:
        if not getattr(module, "inplace", False):  # those write over what came in
            self.numbers += answer.numel()


def both_words(a: Cost, b: Cost) -> Text:
    """Two costs in two lines."""
    return same("{a}\n{b}")(a=same("A: {words}")(words=a.words), b=same("B: {words}")(words=b.words))
