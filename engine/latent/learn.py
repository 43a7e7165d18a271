"""The training of every generator, from the window and the command line: one job.

Read `learn` from top to bottom: batch, update, tell, check, save. What a batch does is the learner's (learners.py).
"""

from __future__ import annotations

import math
import time
from collections.abc import Generator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from engine.errors import LabError
from engine.fields import fields_of
from engine.jobs import Event, Job
from engine.knobs import Box
from engine.latent.begin import Plan, begin, begin_again
from engine.latent.events import KnobMoved, Learned, Outcome, Saved, Started
from engine.latent.few_labels import tune
from engine.latent.marks import check, first, samples, save_last, snapshot, summary
from engine.latent.settings import LatentSettings
from engine.memory import keep_freed_memory
from engine.text import Text
from engine.train.state import order_of

SAVE_SECONDS = 60.0  # at most this much is learnt again after a crash
TELL_SECONDS = 0.5  # between two points of the curves
SHOW_SECONDS = 2.0  # between two grids of samples


def train(
    recipe_id: str,
    settings: LatentSettings | None = None,
    *,
    data: Path | None = None,
    dataset: str = "auto",
    device: str = "auto",
    precision: str = "auto",
    spare: int = 0,
    out: Path | None = None,
    resume: Path | None = None,
    knobs: Box[Any] | None = None,
    seconds: float | None = None,
) -> Job:
    """Teach a generator from nothing, or continue a run; a job.

    Args:
        settings: None takes the recipe's own. With `resume` the run's are used.
        data: the folder of data sets. dataset: its id, or "auto" for the recipe's first that is here.
        spare: CPU cores to leave for others. out: the run's folder; None makes one.
        knobs: a box whose live settings may be replaced while the job runs; it receives the run's settings.
        seconds: stop after this much learning.
    Yields:
        Started; Learned twice a second; Samples and Snapshot every two seconds and at each check; Checked, Noticed,
        Saved, KnobMoved; Progress while reading.
    Returns:
        `Outcome`. Cancelled or failed, the run keeps its last checkpoint and can be resumed.
    Raises:
        LabError: bad settings, no data, a folder that cannot be written, a loss that is not finite.
    """
    if resume:
        plan = yield from begin_again(resume, data=data, spare=spare)
    else:
        ways: dict[str, Any] = {"data": data, "dataset_id": dataset, "device": device, "precision": precision}
        plan = yield from begin(recipe_id, settings, spare=spare, out=out, **ways)
    if plan.where.threads:
        torch.set_num_threads(plan.where.threads)
        keep_freed_memory()
    knobs = knobs or Box(plan.settings)
    if settings is None or resume:
        knobs.replace(plan.settings)
    end = "stopped"
    try:
        yield started(plan)
        yield from first(plan)
        why = yield from learn(plan, knobs, seconds)
        outcome = yield from finish(plan, why)
        end = "done"
        return outcome
    finally:
        try:
            plan.folder.write_about(state=end)
        finally:
            plan.folder.close()


def started(plan: Plan) -> Started:
    """What is told before the first step."""
    return Started(
        folder=str(plan.folder.path),
        recipe=plan.recipe.id,
        dataset=plan.dataset,
        train_count=len(plan.train),
        held_out_count=len(plan.held_out),
        epochs=plan.settings.epochs,
        step=plan.step,
        parameters=sum(p.numel() for p in plan.learner.shown.parameters()),
        device=plan.where.words,
    )


def learn(plan: Plan, knobs: Box[Any], budget: float | None) -> Generator[Event, None, Text]:
    """Update until the epochs or the seconds are used up; returns why it ended."""
    now, tally = plan.settings, Tally()
    saved_at = shown_at = time.perf_counter()
    while (why := why_ended(plan, now, budget)) is None:
        events: list[Event] = []
        if knobs.value is not now:
            events, now = moved(plan, now, knobs.value), knobs.value
        began = time.perf_counter()
        before = int(plan.epoch / now.check_every + 1e-9)
        tally.add(update(plan, now))
        plan.seconds += time.perf_counter() - began  # what a pause takes between two steps does not count
        ended = why_ended(plan, now, budget) is not None
        is_check = ended or int(plan.epoch / now.check_every + 1e-9) > before
        if is_check or tally.is_due(plan.seconds):  # what is checked is also kept: its losses must be finite
            events.append(tally.told(plan))
        for event in events:
            plan.folder.record(event)
        if is_check:
            events += check(plan, now)
        elif time.perf_counter() - shown_at > SHOW_SECONDS:
            events += [samples(plan), snapshot(plan)]
            shown_at = time.perf_counter()
        if time.perf_counter() - saved_at > SAVE_SECONDS:
            save_last(plan, now)
            saved_at = time.perf_counter()
            events.append(Saved(plan.step))
        try:
            yield from events
        except GeneratorExit:
            save_last(plan, now)
            raise
    save_last(plan, now)
    return why


def update(plan: Plan, now: Any) -> dict[str, Tensor]:
    """One step of learning on the next batch; the terms of its loss, each ()."""
    chosen = _next_batch(plan, now.batch_size)
    total = now.epochs * len(plan.train)
    found = plan.learner.update(
        plan.train.images[chosen].to(plan.where.where),
        plan.train.labels[chosen].to(plan.where.where),
        now,
        min(plan.seen / total, 1 - 1e-9),
    )
    plan.step += 1
    plan.seen += len(chosen)
    return found


@lru_cache(maxsize=2)
def _order(epoch: int, count: int, seed: int) -> np.ndarray:
    return order_of(epoch, count, seed)


def _next_batch(plan: Plan, size: int) -> np.ndarray:
    """Which pictures come next in this epoch, (B,) int64; the last batch takes a small remainder with it."""
    epoch, at = divmod(plan.seen, len(plan.train))
    left = len(plan.train) - at
    size = left if left < 1.5 * size else size
    return _order(epoch, len(plan.train), plan.settings.seed)[at : at + size]


def why_ended(plan: Plan, now: Any, budget: float | None) -> Text | None:
    if plan.epoch >= now.epochs:
        return Text("All epochs are done.", "모든 에폭을 마쳤어요.")
    if budget is not None and plan.seconds >= budget:
        return Text("The time was used up.", "정한 시간을 다 썼어요.")
    return None


def moved(plan: Plan, before: Any, now: Any) -> list[Event]:
    """Which live settings a person changed since the last step."""
    was = {name: value for name, _, value in fields_of(before)}
    return [
        KnobMoved(plan.step, plan.epoch, plan.seconds, name, was[name], value)
        for name, field, value in fields_of(now)
        if field.live and value != was[name]
    ]


class Tally:
    """The losses since they were last told."""

    def __init__(self) -> None:
        self._told_at, self._told_seen = -math.inf, 0
        self._sums: dict[str, list[Tensor]] = {}

    def add(self, terms: dict[str, Tensor]) -> None:
        for name, value in terms.items():
            self._sums.setdefault(name, []).append(value)

    def is_due(self, seconds: float) -> bool:
        return seconds - self._told_at > TELL_SECONDS

    def told(self, plan: Plan) -> Learned:
        """The means since the last time. Raises `LabError` when one is no longer a finite number."""
        names = list(self._sums)
        means = torch.stack([torch.stack(self._sums[name]).mean() for name in names]).tolist()  # waits, once
        if not all(math.isfinite(value) for value in means):
            raise LabError(_exploded(plan))
        apart = plan.seconds - self._told_at
        speed = 0.0 if math.isinf(self._told_at) else (plan.seen - self._told_seen) / max(1e-6, apart)
        self._told_at, self._told_seen = plan.seconds, plan.seen
        self._sums.clear()
        return Learned(plan.step, plan.epoch, plan.seconds, dict(zip(names, means, strict=True)), speed)


def _exploded(plan: Plan) -> Text:
    text = Text(
        "The loss is no longer a finite number at step {step:,}. Try a third of the learning rate. The last checkpoint was kept.",
        "{step:,}스텝에서 손실이 유한한 수가 아니게 됐어요. 학습률을 3분의 1로 줄여 보세요. 마지막 체크포인트는 남겨 두었어요.",
    )
    return text(step=plan.step)


def finish(plan: Plan, why: Text) -> Generator[Event, None, Outcome]:
    """What is measured once, at the end, and the summary in run.json."""
    figures = dict(plan.folder.about().get("figures", {}))
    figures |= yield from tune(plan)
    outcome = Outcome(
        folder=str(plan.folder.path),
        recipe=plan.recipe.id,
        steps=plan.step,
        epochs=plan.epoch,
        seconds=plan.seconds,
        images_per_second=plan.seen / max(1e-9, plan.seconds),
        figures=figures,
        why=why,
    )
    plan.folder.write_about(summary=summary(outcome))
    return outcome
