"""The training of captioners and of the writer of text, from the window and the command line: one job.

Read `_learn` from top to bottom: batch, update, tell, check, save.
"""

from __future__ import annotations

import math
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

from engine.caption.begin import Plan, begin, begin_again
from engine.caption.events import Checked, Learned, Outcome, Recalled, Saved, Started
from engine.errors import LabError
from engine.jobs import Event, Job
from engine.text import Text

TELL_SECONDS = 0.5
SAVE_SECONDS = 60.0  # at most this much is learnt again after a crash


def train(
    recipe_id: str,
    settings: Any = None,
    *,
    data: Path | None = None,
    dataset: str = "auto",
    device: str = "auto",
    precision: str = "auto",
    out: Path | None = None,
    resume: Path | None = None,
    seconds: float | None = None,
) -> Job:
    """Teach a captioner or a writer of text from nothing, or go on with a run; a job.

    Args:
        settings: None takes the recipe's own. data: the folder of data sets. With `resume` the run's are used.
        out: the run's folder; None makes one. seconds: stop after this much learning.
    Yields:
        Started, of a resumed run Recalled; Learned twice a second, Checked, Saved, and `Progress` while reading.
    Returns:
        `Outcome`. Cancelled or failed, the run keeps the best weights of its checks and can be resumed.
    Raises:
        LabError: bad settings, no data, a folder that cannot be written.
    """
    if resume:
        plan = yield from begin_again(resume, data=data)
    else:
        ways: dict[str, Any] = {"dataset": dataset, "device": device, "precision": precision}
        plan = yield from begin(recipe_id, settings, data=data, out=out, **ways)
    end = "stopped"
    try:
        yield _started(plan)
        if plan.before:
            yield Recalled(plan.before)
        outcome = yield from _learn(plan, seconds)
        end = "done"
        return outcome
    finally:
        try:
            plan.folder.write_about(state=end)
        finally:
            plan.folder.close()


def _started(plan: Plan) -> Started:
    ready = plan.ready
    return Started(
        folder=str(plan.folder.path),
        recipe=plan.recipe.id,
        dataset=ready.dataset,
        train_count=ready.counts[0],
        held_out_count=ready.counts[1],
        words=ready.words,
        epochs=plan.settings.epochs,
        parameters=sum(t.numel() for t in ready.learner.weights().values()),
        step=plan.step,
    )


def _learn(plan: Plan, budget: float | None) -> Generator[Event, None, Outcome]:
    learner, total = plan.ready.learner, max(1, round(plan.settings.epochs * plan.ready.learner.count))
    told_at, losses, saved_at = -math.inf, list[float](), time.perf_counter()
    while plan.seen < total and (budget is None or plan.seconds < budget):
        began = time.perf_counter()
        batch = learner.next_batch()
        losses.append(learner.update(batch, min(1.0, plan.seen / total)))
        plan.step, plan.seen = plan.step + 1, plan.seen + len(batch)
        plan.seconds += time.perf_counter() - began
        events: list[Event] = []
        if plan.seconds - told_at > TELL_SECONDS:
            events.append(Learned(plan.step, plan.epoch, plan.seconds, _mean(losses)))
            losses, told_at = [], plan.seconds
        ends = plan.seen >= total or (budget is not None and plan.seconds >= budget)
        checks = int(plan.epoch / plan.settings.check_every + 1e-9)
        if ends or checks > plan.checks:
            plan.checks = checks
            events.append(_check(plan))
        for event in events:
            plan.folder.record(event)
        if time.perf_counter() - saved_at > SAVE_SECONDS:
            save_last(plan)
            saved_at = time.perf_counter()
            events.append(Saved(plan.step))
        try:
            yield from events
        except GeneratorExit:
            save_last(plan)
            raise
    return _finished(plan, total)


def save_last(plan: Plan) -> None:
    """Write the checkpoint from which the run can go on."""
    names = ("step", "seen", "seconds", "checks", "best")
    about = {"recipe": plan.recipe.id, **{name: getattr(plan, name) for name in names}}
    plan.folder.save("last", plan.ready.learner.tensors(), about)


def _mean(losses: list[float]) -> float:
    mean = sum(losses) / len(losses)
    if not math.isfinite(mean):
        raise LabError(
            Text(
                "The loss is no longer a finite number. Try a third of the learning rate.",
                "손실이 유한한 수가 아니게 됐어요. 학습률을 3분의 1로 줄여 보세요.",
            )
        )
    return mean


def _check(plan: Plan) -> Checked:
    learner = plan.ready.learner
    found, example = learner.check()
    better = found[learner.chosen_by] > plan.best.get(learner.chosen_by, -math.inf)
    if better:
        plan.best = dict(found)
        about = {"recipe": plan.recipe.id, "step": plan.step, "pack": plan.recipe.pack}
        plan.folder.save("best", learner.weights(), {**about, **learner.about(), "figures": found})
    return Checked(plan.step, plan.epoch, plan.seconds, found, better, example)


def _finished(plan: Plan, total: int) -> Outcome:
    why = Text("All epochs are done.", "모든 에폭을 마쳤어요.")
    if plan.seen < total:
        why = Text("The time was used up.", "정한 시간을 다 썼어요.")
    folder = plan.folder.path
    outcome = Outcome(str(folder), plan.recipe.id, plan.step, plan.epoch, plan.seconds, plan.best, why)
    plan.folder.write_about(summary=summary(outcome))
    (folder / "last.safetensors").unlink(missing_ok=True)  # a run that has ended does not go on; it is ten times as big
    return outcome


def summary(outcome: Outcome) -> dict[str, Any]:
    """The outcome as plain values, for run.json and `--json`."""
    names = ("recipe", "folder", "steps", "epochs", "seconds")
    return {**{name: getattr(outcome, name) for name in names}, **outcome.figures, "why": outcome.why.en}
