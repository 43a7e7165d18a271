"""A run's beginning, checks and end: what is measured and saved beside the learning itself."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Generator
from typing import Any

import numpy as np
import torch
from torch import Tensor

from engine.errors import LabError
from engine.jobs import Event
from engine.rl.agent import about_weights
from engine.rl.begin import Plan
from engine.rl.events import Checked, Outcome, Started
from engine.rl.play import play
from engine.rl.replay import memory_mib
from engine.rl.settings import DqnSettings
from engine.text import Text
from engine.train.checkpoints import keep

CHECK_LONGEST = 4_500  # decisions of one game in a check: five minutes of Atari


def started(plan: Plan) -> Started:
    """What is told before the first decision."""
    return Started(
        folder=str(plan.folder.path),
        game=plan.card.id,
        step=plan.state.step,
        steps=plan.settings.steps,
        parameters=sum(p.numel() for p in plan.state.online.parameters()),
        memory_mib=memory_mib(plan.settings.memory, plan.card.shape, plan.card.dtype),
        refilled=plan.state.refilled,
        device=plan.where.words,
        actions=plan.actors.actions,
    )


def first(plan: Plan) -> None:
    """Keep the network as it was drawn: where the time machine begins."""
    if plan.state.step == 0:
        _keep(plan, {name: value.detach().clone() for name, value in plan.state.online.state_dict().items()}, None)


def check(plan: Plan) -> Generator[Event, None, list[Event]]:
    """Play whole games, keep the weights if they are the best so far and a checkpoint for the time machine.

    The clock stands still meanwhile: it counts learning. Raises `LabError` where the weights are no numbers any more.
    """
    state, settings = plan.state, plan.settings
    if not _is_finite(plan):
        raise exploded(plan)
    games = play(
        plan.card,
        state.online,
        plan.where,
        games=settings.check_games,
        seed=settings.seed + 10_000,
        longest=min(plan.card.longest, CHECK_LONGEST),
        sticky=settings.sticky,
    )
    scores = np.array([one.score for one in (yield from games)])
    mean, better = float(scores.mean()), bool(scores.mean() > state.best)
    weights = {name: value.detach().clone() for name, value in state.online.state_dict().items()}
    if better:
        state.best, state.best_deviation = mean, float(scores.std())
        plan.folder.save("best", weights, about_weights(plan.card, plan.build, state.step, score_mean=mean))
    _keep(plan, weights, mean)
    checked = Checked(state.step, state.seconds, len(scores), mean, float(scores.std()), better)
    plan.folder.record(checked)
    return [checked]


def _keep(plan: Plan, weights: dict[str, Tensor], mean: float | None) -> None:
    settings, step = plan.settings, plan.state.step
    about = about_weights(plan.card, plan.build, step, score_mean=mean)
    number = step // settings.check_every
    keep(plan.folder.path, step=step, number=number, most=settings.keep_checkpoints, tensors=weights, about=about)


def _is_finite(plan: Plan) -> bool:
    return all(bool(torch.isfinite(one).all()) for one in plan.state.online.parameters())


def exploded(plan: Plan) -> LabError:
    """The sentence for a loss that is no number any more."""
    text = Text(
        "The loss is no longer a finite number at step {step:,} (learning rate {rate:g}). Try a third of that rate. The last checkpoint was kept.",
        "{step:,}스텝에서 손실이 유한한 수가 아니게 됐어요(학습률 {rate:g}). 학습률을 3분의 1로 줄여 보세요. 마지막 체크포인트는 남겨 두었어요.",
    )
    rate = plan.state.optimizer.param_groups[0]["lr"]  # as a hand may have set it meanwhile
    return LabError(text(step=plan.state.step, rate=rate))


def save_last(plan: Plan, now: DqnSettings) -> bool:
    """Write the checkpoint from which the run can be continued, unless the weights exploded; whether it was written."""
    state = plan.state
    if not _is_finite(plan):
        return False
    more: dict[str, Any] = {
        "settings": dataclasses.asdict(now),
        "updates": state.updates,
        "seconds": state.seconds,
        "best": state.best if math.isfinite(state.best) else None,
        "best_deviation": state.best_deviation,
    }
    plan.folder.save("last", state.tensors(), about_weights(plan.card, plan.build, state.step, **more))
    return True


def finish(plan: Plan, why: Text) -> Generator[Event, None, Outcome]:
    """A last check, and the summary in run.json."""
    state = plan.state
    if not plan.settings.stop_at or state.best < plan.settings.stop_at:
        yield from (yield from check(plan))
    outcome = Outcome(
        folder=str(plan.folder.path),
        game=plan.card.id,
        steps=state.step,
        seconds=state.seconds,
        games=plan.settings.check_games,
        mean=state.best,
        deviation=state.best_deviation,
        why=why,
    )
    plan.folder.write_about(summary=summary(outcome))
    return outcome


def summary(outcome: Outcome) -> dict[str, Any]:
    """The outcome as plain values, for run.json and `--json`."""
    return {
        "game": outcome.game,
        "folder": outcome.folder,
        "steps": outcome.steps,
        "seconds": outcome.seconds,
        "steps_per_second": outcome.steps / max(1e-9, outcome.seconds),
        "score_mean": outcome.mean,
        "score_deviation": outcome.deviation,
        "count": outcome.games,
        "why": outcome.why.en,
    }
