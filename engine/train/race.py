"""Two settings raced: the same pictures in the same order, the same starting weights, a step each in turn.

What differs at the end is then due to the settings (and, below a certain size, to nothing: the paired test says
so). Both begin each step with the same random numbers, drawn from seed and step alone, so that augmentation and
dropout of one do not shift those of the other.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch

from engine import places
from engine.cards import Task
from engine.data import ImageSet, dataset, load
from engine.errors import LabError
from engine.fields import check
from engine.jobs import Event, Job
from engine.memory import keep_freed_memory
from engine.text import Text
from engine.train.begin import Plan, begin, fresh_state
from engine.train.cost import Cost, cost_of
from engine.train.events import Outcome
from engine.train.fit import advance, exploded, finish, leave, save_last, snapshot, started, why_ended
from engine.train.measure import BATCH, as_input, logits_of
from engine.train.run_folder import RunFolder, new_folder

Side = Literal["a", "b"]
SIDES: tuple[Side, Side] = ("a", "b")
SHARED = ("seed", "held_out", "batch_size")  # these decide which pictures are seen when


@dataclass(frozen=True, slots=True)
class Raced(Event):
    """An event of one side."""

    side: Side
    event: Event


@dataclass(frozen=True, slots=True)
class RaceOutcome:
    """What a race ends with.

    a, b:    the outcomes; None for a side whose loss exploded.
    varied:  the settings that differ, (a's, b's) by name.
    difference: b's figure on the last split less a's; None when one side failed.
    only_a, only_b: pictures of that split that only one side read right. p: how likely so uneven a split of
        them is by chance (exact McNemar test); None where the figure is not a share of pictures read right.
    costs:   what each side's network costs for one picture; None where that is not counted.
    """

    a: Outcome | None
    b: Outcome | None
    varied: Mapping[str, tuple[Any, Any]]
    difference: float | None
    only_a: int = 0
    only_b: int = 0
    p: float | None = None
    costs: tuple[Cost, Cost] | None = None

    @property
    def words(self) -> Text:
        """Who was ahead, in a sentence, and what each cost where that differs."""
        if self.a is None or self.b is None or self.costs is None or self.costs[0] == self.costs[1]:
            return self._ahead
        a, b = self.costs
        text = Text(
            "{ahead} A: {a:,} parameters, {ma:.1f} M multiplications, {ta:.0f} s. B: {b:,}, {mb:.1f} M, {tb:.0f} s.",
            "{ahead} A: 파라미터 {a:,}개, 곱셈 {ma:.1f}M번, {ta:.0f}초. B: {b:,}개, {mb:.1f}M번, {tb:.0f}초.",
        )
        values = {"a": a.parameters, "ma": a.macs / 1e6, "ta": self.a.seconds}
        return text(ahead=self._ahead, b=b.parameters, mb=b.macs / 1e6, tb=self.b.seconds, **values)

    @property
    def _ahead(self) -> Text:
        """Who was ahead, in a sentence; where chance explains it, no difference was seen."""
        if self.difference is None:
            return Text("One side’s loss exploded: there is no comparison.", "한쪽의 손실이 터져서 비교할 수 없어요.")
        if self.p is not None and self.p >= 0.05:
            text = Text(
                "No difference seen: of the pictures only one side read, A read {a} and B {b} (p = {p:.2f}).",
                "차이가 보이지 않아요. 한쪽만 맞힌 그림: A {a}장, B {b}장 (p = {p:.2f}).",
            )
            return text(a=self.only_a, b=self.only_b, p=self.p)
        points, count = 100 * abs(self.difference), self.a.test_count if self.a else 0
        ahead = "B" if self.difference > 0 else "A"
        text = Text(
            "{ahead} is ahead by {n:.2f} points on {count:,} pictures neither has seen.",
            "{ahead} 쪽이 {n:.2f}점 앞서요. 둘 다 본 적 없는 그림 {count:,}장으로 쟀어요.",
        )
        if self.p is not None:
            text = Text(
                "{ahead} is ahead by {n:.2f} points on {count:,} pictures neither has seen (p {chance}).",
                "{ahead} 쪽이 {n:.2f}점 앞서요. 둘 다 본 적 없는 그림 {count:,}장으로 쟀어요 (p {chance}).",
            )
            chance = f"= {self.p:.2g}" if self.p > 1e-4 else "< 0.0001"
            return text(ahead=ahead, n=points, count=count, chance=chance)
        return text(ahead=ahead, n=points, count=count)


def varied_between(a: Any, b: Any) -> dict[str, tuple[Any, Any]]:
    """The settings in which `a` and `b` differ."""
    one, two = dataclasses.asdict(a), dataclasses.asdict(b)
    return {name: (one[name], two[name]) for name in one if one[name] != two.get(name)}


def check_pair(a: Any, b: Any) -> dict[str, tuple[Any, Any]]:
    """What differs. Raises `LabError` when nothing does, or something that would show them other pictures."""
    varied = varied_between(check(a), check(b))
    if not varied:
        raise LabError(
            Text("Both sides are the same. Change a setting of one.", "양쪽이 같아요. 한쪽의 설정을 바꿔 보세요.")
        )
    for name in SHARED:
        if name in varied:
            text = Text(
                "{name} must be the same on both sides: it decides which pictures they see.",
                "{name} 설정은 양쪽이 같아야 해요. 어떤 그림을 볼지 정하는 값이에요.",
            )
            raise LabError(text(name=name))
    return varied


def race(
    recipe_id: str,
    a: Any,
    b: Any,
    *,
    data: Path | None = None,
    dataset: str = "auto",
    device: str = "auto",
    precision: str = "auto",
    spare: int = 0,
    seconds: float | None = None,
    out: Path | None = None,
) -> Job:
    """Train `recipe_id` with settings `a` and `b` side by side; a job.

    Args:
        seconds: stop after this much training of each side. out: a folder for both runs, `a` and `b` in it.
    Yields: `Progress` while reading, then `Raced` with the events of each side.
    Returns: `RaceOutcome`. Both runs are kept as runs of their own.
    Raises:
        LabError: settings that do not differ or would show other pictures, no data, no room on the disk.
    """
    varied = check_pair(a, b)
    first = yield from begin(
        recipe_id,
        a,
        data=data,
        dataset_id=dataset,
        device=device,
        precision=precision,
        spare=spare,
        out=out / "a" if out else None,
    )
    second: Plan | None = None
    try:
        second = _rival(first, b, out / "b" if out else None)
    finally:
        if second is None:
            leave(first, "failed")
    if first.device.threads:
        torch.set_num_threads(first.device.threads)
        keep_freed_memory()
    return (yield from _Race(first, second, varied, seconds).run())


def _rival(plan: Plan, settings: Any, out: Path | None) -> Plan:
    """The same training with other settings, in a folder of its own; data and device are shared."""
    folder = RunFolder(out or new_folder(places.runs(), plan.recipe.id))
    group = f"race-{plan.folder.path.name}"
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    plan.folder.write_about(group=group)
    about = {**plan.folder.about(), "settings": dataclasses.asdict(settings), "started": now, "group": group}
    folder.write_about(**about)
    state = fresh_state(plan.recipe, settings, plan.device)
    return dataclasses.replace(plan, settings=settings, folder=folder, state=state)


class _Race:
    """The loop. A side that has ended waits for the other."""

    def __init__(self, a: Plan, b: Plan, varied: Mapping[str, tuple[Any, Any]], seconds: float | None) -> None:
        self._plans: dict[Side, Plan] = {"a": a, "b": b}
        self._varied, self._seconds = varied, seconds
        self._ends: dict[Side, str] = dict.fromkeys(SIDES, "running")
        self._whys: dict[Side, Text] = {}
        self._outcomes: dict[Side, Outcome | None] = dict.fromkeys(SIDES)

    def run(self) -> Generator[Event, None, RaceOutcome]:
        try:
            for side, plan in self._plans.items():
                if plan.settings.tensorboard:
                    plan.folder.also_to_tensorboard()
                plan.state.network.train()
                yield Raced(side, started(plan))
                yield Raced(side, snapshot(plan))
            yield from self._steps()
            outcome = yield from self._finish()
        except GeneratorExit:
            for side in self._running():
                save_last(self._plans[side], self._plans[side].settings)
            self._ends = {side: "stopped" if end == "running" else end for side, end in self._ends.items()}
            raise
        finally:
            for side, plan in self._plans.items():
                leave(plan, "failed" if self._ends[side] == "running" else self._ends[side])
        return outcome

    def _running(self) -> list[Side]:
        return [side for side in SIDES if side not in self._whys and self._ends[side] == "running"]

    def _steps(self) -> Generator[Event, None, None]:
        """A step of each side in turn until both have ended."""
        while running := self._running():
            for side in running:
                plan = self._plans[side]
                why = why_ended(plan, plan.settings, self._seconds)
                if why is None:
                    yield from self._step(side, plan)
                else:
                    save_last(plan, plan.settings)
                    self._whys[side] = why

    def _step(self, side: Side, plan: Plan) -> Generator[Event, None, None]:
        plan.state.generator.manual_seed(chance_of(plan.settings.seed, plan.state.step))
        step, *checked = advance(plan, plan.settings, self._seconds)
        for event in (step, *checked):
            yield Raced(side, event)
        if not math.isfinite(step.loss):  # this side is out; the other shows what it missed
            self._ends[side] = "failed"
            plan.folder.write_about(error=exploded(step).render("en"))

    def _finish(self) -> Generator[Event, None, RaceOutcome]:
        for side, why in self._whys.items():
            job = finish(self._plans[side], why)
            try:
                while True:
                    yield Raced(side, next(job))
            except StopIteration as end:
                self._outcomes[side] = end.value
            self._ends[side] = "done"
        a, b = self._outcomes["a"], self._outcomes["b"]
        if a is None or b is None or a.accuracy is None or b.accuracy is None:
            return RaceOutcome(a, b, self._varied, None)
        outcome = RaceOutcome(a, b, self._varied, b.accuracy - a.accuracy, costs=self._costs())
        if a.metric != "accuracy":
            return outcome
        only_a, only_b = yield from self._disagreement()
        return dataclasses.replace(outcome, only_a=only_a, only_b=only_b, p=by_chance(only_a, only_b))

    def _costs(self) -> tuple[Cost, Cost] | None:
        """What each side's network costs; None for recipes whose pictures have no size of their own."""
        a, b = self._plans["a"], self._plans["b"]
        if a.recipe.card.task is not Task.CLASSIFY:
            return None
        return cost_of(a.recipe, a.settings), cost_of(b.recipe, b.settings)

    def _disagreement(self) -> Generator[Event, None, tuple[int, int]]:
        """On how many pictures of the last split only one side is right."""
        plan = self._plans["a"]
        test = yield from load(plan.train.id, dataset(plan.train.id).last_split, plan.root)
        if not isinstance(test, ImageSet):
            return 0, 0
        right = {side: _right(plan, test) for side, plan in self._plans.items()}
        return int((right["a"] & ~right["b"]).sum()), int((right["b"] & ~right["a"]).sum())


def _right(plan: Plan, data: ImageSet) -> np.ndarray:
    """(n,) bool: which pictures the plan's best weights (put there by `finish`) read right, in float32."""
    network, device = plan.state.answering.eval(), dataclasses.replace(plan.device, precision=torch.float32)
    with torch.inference_mode():
        parts = [
            logits_of(network, as_input(data.images[i : i + BATCH], device), device).argmax(1).cpu().numpy()
            for i in range(0, len(data), BATCH)
        ]
    return np.concatenate(parts) == data.labels


def by_chance(only_a: int, only_b: int) -> float:
    """How likely a split at least as uneven is when both sides are equally good: the exact McNemar test (1947)."""
    total = only_a + only_b
    tail = sum(math.comb(total, k) for k in range(min(only_a, only_b) + 1))
    return min(1.0, 2 * tail / 2**total)


def chance_of(seed: int, step: int) -> int:
    """The seed of a step's random numbers, the same for both sides."""
    return int(np.random.SeedSequence((seed, step)).generate_state(1, np.uint64)[0] >> np.uint64(1))
