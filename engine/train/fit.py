"""The training loop: one job for every supervised recipe, from the window and the command line.

Read `learn` from top to bottom: { batch, augment, forward, loss, backward, update }, check on
held-out pictures, save. `train` puts a beginning and an end around it.
"""

from __future__ import annotations

import dataclasses
import math
import time
from collections.abc import Generator, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch

from engine.errors import LabError
from engine.fields import fields_of
from engine.files import read_tensors
from engine.jobs import Event, Job
from engine.knobs import Box
from engine.memory import keep_freed_memory
from engine.text import Text
from engine.train.begin import Plan, begin, begin_again, read_part
from engine.train.checkpoints import keep
from engine.train.crew import ALONE, Alone, watched
from engine.train.events import Checked, KnobMoved, Outcome, Saved, Snapshot, Started, Step, no_mistakes
from engine.train.evidence import examine, gradients_of
from engine.train.lesson import Measured, Moment, TimedLesson
from engine.train.look_again import looked
from engine.train.looking import spread_over
from engine.train.settings import FitSettings
from engine.train.state import order_of
from engine.zoo.weights import put

SAVE_SECONDS = 10.0  # at most this much is trained again after a crash
WARM_UP = 0.15  # share of a one-cycle run in which the learning rate climbs


def train(
    recipe_id: str,
    settings: FitSettings | None = None,
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
    group: str = "",
    source: str = "",
    crew: Alone = ALONE,
) -> Job:
    """Train a recipe from zero, or continue a run; a job.

    Args:
        settings: None takes the recipe's own. With `resume` the run's are used.
        data: the folder of data sets. dataset: its id, or "auto" for the recipe's first that is here.
        spare: CPU cores to leave for others. out: the run's folder; None makes one.
        knobs: a box whose live settings may be replaced while the job runs; it receives the run's settings.
        seconds: stop after this much training. group: the sweep or race of a new run. crew: see distributed.py.
        source: weights to start from as far as they fit: a run, a file, the id of a recipe; see transfer.py.
    Yields:
        Started; Step for every update; Checked, Snapshot and Saved now and then; KnobMoved.
    Returns:
        `Outcome`. Cancelled or failed, the run keeps its last checkpoint and can be resumed.
    Raises:
        LabError: bad settings, no data, a folder that cannot be written, a loss that is no longer finite.
    """
    ways: dict[str, Any] = {"data": data, "spare": spare}
    if resume:
        plan = yield from begin_again(resume, **ways)
    else:
        ways |= {"dataset_id": dataset, "device": device, "precision": precision, "out": out, "group": group}
        plan = yield from begin(recipe_id, settings, source=source, **ways)
    plan = dataclasses.replace(plan, crew=crew)
    if plan.device.threads:
        torch.set_num_threads(crew.threads(plan.device.threads))
        keep_freed_memory()
    knobs = knobs or Box(plan.settings)
    if settings is None or resume:
        knobs.replace(plan.settings)
    end = "stopped"
    try:
        if plan.settings.tensorboard:
            plan.folder.also_to_tensorboard()
        yield from opening(plan)
        why = yield from watched(learn(plan, knobs, seconds), plan, lambda: save_last(plan, plan.settings))
        outcome = yield from finish(plan, why)
        end = "done"
        return outcome
    except Exception:
        end = "failed"
        raise
    finally:
        leave(plan, end)


def started(plan: Plan) -> Started:
    """What is told before the first step."""
    count = len(plan.train)
    return Started(
        folder=str(plan.folder.path),
        recipe=plan.recipe.id,
        dataset=plan.train.id,
        train_count=count,
        held_out_count=len(plan.held_out),
        epochs=plan.settings.epochs,
        total_steps=round(plan.settings.epochs * max(1, count // plan.settings.batch_size)),
        step=plan.state.step,
        parameters=sum(p.numel() for p in plan.state.network.parameters()),
        device=plan.device.words,
    )


def leave(plan: Plan, end: str) -> None:
    """Note how the run ended and free the folder."""
    try:
        plan.folder.flush()
        plan.folder.write_about(state=end)
    finally:
        plan.folder.close()


def learn(plan: Plan, knobs: Box[FitSettings], budget: float | None) -> Generator[Event, None, Text]:
    """Update the weights until the epochs, the seconds or the patience are used up; returns why it ended.

    All that a step brings is done and recorded before it is told: wherever the job is cancelled, the
    checkpoint written then stands between two steps.
    """
    state, now, saved_at = plan.state, plan.settings, time.perf_counter()
    state.network.train()
    while (why := plan.crew.agree(why_ended(plan, now, budget))) is None:
        wanted, moved = knobs.value, list[KnobMoved]()
        if wanted is not now:
            moved, now = _moved(plan, now, wanted), wanted
        for event in moved:
            plan.folder.record(event)
        step, *checked = advance(plan, now, budget)
        events: list[Event] = [*moved, step, *checked]
        finite = math.isfinite(step.loss)
        if finite and time.perf_counter() - saved_at > SAVE_SECONDS:
            save_last(plan, now)
            saved_at = time.perf_counter()
            events.append(Saved(state.step, best=False))
        try:
            yield from events
        except GeneratorExit:
            if finite:
                save_last(plan, now)
            raise
        if not finite:
            raise LabError(exploded(step))
    save_last(plan, now)
    return why


def advance(plan: Plan, now: FitSettings, budget: float | None = None) -> tuple[Step, *tuple[Event, ...]]:
    """One update and, where one is due, its check, both recorded: the step and what the check says."""
    state, began = plan.state, time.perf_counter()
    step = update(plan, now)
    state.seconds += time.perf_counter() - began  # what a pause takes between two steps does not count
    step = dataclasses.replace(step, seconds=state.seconds)
    plan.folder.record(step)
    if math.isfinite(step.loss) and (_check_is_due(plan, now) or (budget is not None and state.seconds >= budget)):
        return step, *_check(plan, now)
    return (step,)


def why_ended(plan: Plan, now: FitSettings, budget: float | None) -> Text | None:
    state = plan.state
    if budget is not None and state.seconds >= budget and state.best >= 0:
        return Text("The time was used up.", "정한 시간을 다 썼어요.")
    if now.patience and state.stale >= now.patience:
        return Text("It stopped getting better.", "더 나아지지 않아서 멈췄어요.")
    if state.seen >= now.epochs * len(plan.train):
        return Text("All epochs are done.", "모든 에폭을 마쳤어요.")
    return None


def update(plan: Plan, now: FitSettings) -> Step:
    """One step of learning: the next batch moves every weight once."""
    state, network, began = plan.state, plan.state.network, time.perf_counter()
    lesson, chosen = plan.recipe.lesson, _next_batch(plan, now.batch_size)  # (B,) int64
    rate = _set_rate(state.optimizer, now, state.seen / (now.epochs * len(plan.train)))
    inputs, answers = _batch(plan, plan.crew.share(chosen), now)

    lost = lesson.loss(plan.crew.wrapped(network), inputs, answers, now, plan.device)
    weights = [p for group in state.optimizer.param_groups for p in group["params"]]
    for p in weights:
        p.grad = None
    lost.total.backward()
    norms = torch._foreach_norm([p.grad for p in weights if p.grad is not None])
    state.optimizer.step()
    state.follow()

    state.step += 1
    state.seen += len(chosen)
    told = torch.stack((lost.total.detach(), lost.score, *lost.parts.values(), *norms))
    values = plan.crew.mean(told).tolist()  # waits, once a step
    parts = dict(zip(lost.parts, values[2:], strict=False))
    norm = math.hypot(*values[2 + len(parts) :])
    speed = len(chosen) / (time.perf_counter() - began)
    return Step(state.step, _epoch(plan), 0.0, values[0], values[1], rate, norm, speed, parts)


def _batch(plan: Plan, chosen: np.ndarray, now: FitSettings) -> tuple[torch.Tensor, Any]:
    """What the network is shown and the answers; some lessons show other things early than late."""
    lesson, state, count = plan.recipe.lesson, plan.state, len(plan.train)
    if hasattr(lesson, "batch_at"):  # to ask `isinstance` of a protocol takes longer than a small network's layer
        timed = cast(TimedLesson, lesson)
        moment = Moment(state.seen // count, state.seen / (now.epochs * count))
        return timed.batch_at(plan.train, chosen, now, state.generator, plan.device, moment)
    return lesson.batch(plan.train, chosen, now, state.generator, plan.device)


@lru_cache(maxsize=4)  # one order for each training that runs
def _order(epoch: int, count: int, seed: int) -> np.ndarray:
    return order_of(epoch, count, seed)


def _next_batch(plan: Plan, size: int) -> np.ndarray:
    """Which items come next in this epoch, (B,) int64. The last batch takes a small remainder with it, because
    batch norm needs more than one picture."""
    epoch, at = divmod(plan.state.seen, len(plan.train))
    left = len(plan.train) - at
    size = left if left < 1.5 * size else size
    return _order(epoch, len(plan.train), plan.settings.seed)[at : at + size]


def _set_rate(optimizer: torch.optim.Optimizer, now: FitSettings, progress: float) -> float:
    """The learning rate at `progress` in [0, 1] of the run, put into the optimizer.

    one-cycle (Smith, Topin 2018): linear climb to the full rate, then half a cosine down to zero.
    linear: straight down to zero.
    """
    share = max(0.0, 1 - progress) if now.schedule == "linear" else 1.0
    if now.schedule == "one-cycle":
        down = (progress - WARM_UP) / (1 - WARM_UP)
        share = max(progress, 0.1 * WARM_UP) / WARM_UP if down < 0 else 0.5 * (1 + math.cos(math.pi * min(down, 1.0)))
    for group in optimizer.param_groups:
        group["lr"] = now.learning_rate * share * group["share"]
        group["weight_decay"] = now.weight_decay * group.get("decay", 1.0)
    return now.learning_rate * share


def _moved(plan: Plan, before: FitSettings, now: FitSettings) -> list[KnobMoved]:
    """Which live settings a person changed since the last step."""
    state, was = plan.state, {name: value for name, _, value in fields_of(before)}
    return [
        KnobMoved(state.step, _epoch(plan), state.seconds, name, was[name], value)
        for name, field, value in fields_of(now)
        if field.live and value != was[name]
    ]


def _epoch(plan: Plan) -> float:
    return plan.state.seen / len(plan.train)


def _check_is_due(plan: Plan, now: FitSettings) -> bool:
    """True when the recipe’s share of an epoch went by since the last check, and at the end."""
    state, count = plan.state, len(plan.train)
    quarter = int(plan.recipe.checks * state.seen / count)
    return quarter > state.checked_at or state.seen >= now.epochs * count


def _check(plan: Plan, now: FitSettings) -> list[Event]:
    """Measure on the held-out part, keep the weights if they are the best so far; returns what to show."""
    state, began = plan.state, time.perf_counter()
    state.checked_at = int(plan.recipe.checks * state.seen / len(plan.train))
    found = plan.recipe.lesson.measure(state.answering, plan.held_out, plan.device)
    better = (found.accuracy, -found.loss) > (state.best, -state.best_loss)  # the loss decides between equals
    state.stale = 0 if better else state.stale + 1
    if better:
        state.best, state.best_loss = found.accuracy, found.loss
        plan.folder.save("best", state.weights(), _about(plan))
    examined, looked = examine(plan), look(plan, found)
    state.seconds += time.perf_counter() - began
    checked = _as_event(plan, plan.held_out, found)
    plan.folder.record(checked)
    plan.folder.record(examined)
    keep(
        plan.folder.path,
        step=state.step,
        number=state.checked_at,
        most=now.keep_checkpoints,
        tensors=state.tensors(),
        about=_progress(plan, now),
    )
    return [checked, examined, snapshot(plan), *looked, *([Saved(state.step, best=True)] if better else [])]


def look(plan: Plan, found: Measured) -> list[Event]:
    """A few held-out photographs as the network sees them now; nothing for recipes that show mistakes instead."""
    lesson, data = plan.recipe.lesson, plan.held_out
    glances = lesson.look(plan.state.answering, data, spread_over(len(data)), plan.device)
    return [looked(lesson.metric, data, glances, found, step=plan.state.step, epoch=_epoch(plan))] if glances else []


def opening(plan: Plan) -> Iterator[Event]:
    """What is told before the first step: the run, its weights, what they see before anything is learnt."""
    yield started(plan)
    yield snapshot(plan)
    yield from look(plan, Measured(0, math.nan, 0.0, np.zeros((0, 0), np.int64), no_mistakes()))


def _as_event(plan: Plan, data: Any, found: Measured) -> Checked:
    state = plan.state
    return Checked(
        state.step,
        _epoch(plan),
        state.seconds,
        data.split,
        found.count,
        found.loss,
        found.accuracy,
        found.confusion,
        found.mistakes,
        plan.recipe.lesson.metric,
        found.figures,
    )


def snapshot(plan: Plan) -> Snapshot:
    """The weights as they are now, for the pad and the pictures of filters."""
    state, build = plan.state, plan.recipe.build_arguments(plan.settings)
    return Snapshot(state.step, _epoch(plan), plan.recipe.id, state.weights(), build, gradients_of(state.network))


def _about(plan: Plan) -> dict[str, Any]:
    """What a file of weights says of itself."""
    return {"recipe": plan.recipe.id, "build": plan.recipe.build_arguments(plan.settings), **plan.state.about()}


def _progress(plan: Plan, now: FitSettings) -> dict[str, Any]:
    """What a checkpoint says of itself: how far it is, and with which settings it goes on."""
    return {"settings": dataclasses.asdict(now), **_about(plan)}


def save_last(plan: Plan, now: FitSettings) -> None:
    """Write the checkpoint from which the run can be continued."""
    plan.folder.save("last", plan.state.tensors(), _progress(plan, now))


def exploded(step: Step) -> Text:
    text = Text(
        "The loss is no longer a finite number at step {step} (learning rate {rate:g}). Try a third of that rate. The best weights before it were kept.",
        "{step}스텝에서 손실이 유한한 수가 아니게 됐어요(학습률 {rate:g}). 학습률을 3분의 1로 줄여 보세요. 그 전의 가장 좋은 가중치는 남겨 두었어요.",
    )
    return text(step=step.step, rate=step.learning_rate)


def finish(plan: Plan, why: Text) -> Generator[Event, None, Outcome]:
    """Measure the best weights on the last split, once, in float32; write the summary."""
    state, seconds = plan.state, plan.state.seconds
    tensors, _ = read_tensors(plan.folder.path / "best.safetensors")
    put(state.answering, tensors, plan.folder.path)
    test = yield from read_part(plan.recipe, plan.train.id, plan.root, last=True)
    found = plan.recipe.lesson.measure(state.answering, test, dataclasses.replace(plan.device, precision=torch.float32))
    checked = _as_event(plan, test, found)
    plan.folder.record(checked)
    yield checked
    outcome = Outcome(
        folder=str(plan.folder.path),
        recipe=plan.recipe.id,
        steps=state.step,
        epochs=_epoch(plan),
        seconds=seconds,
        images_per_second=state.seen / seconds,
        held_out_accuracy=state.best,
        accuracy=found.accuracy,
        test_count=found.count,
        why=why,
        metric=plan.recipe.lesson.metric,
        split=test.split,
    )
    plan.folder.write_about(summary=summary(outcome))
    return outcome


def summary(outcome: Outcome) -> dict[str, Any]:
    """The outcome as plain values, for run.json and `--json`."""
    values = {f.name: getattr(outcome, f.name) for f in dataclasses.fields(outcome)}
    return values | {"why": outcome.why.en, outcome.metric: outcome.accuracy}
