"""DQN from top to bottom: Mnih et al., Human-level control through deep reinforcement learning, Nature 518, 2015.

    act      ε-greedy with the online network, in several games at once        (lecture rows 130, 134)
    remember every moment goes into the replay memory                          (135)
    learn    Q(s, a) → r + γ max Q⁻(s′, ·), Huber loss, one update for every `train_every` decisions   (133)
    sync     every `target_every` decisions the target network becomes a copy  (136)

Double (van Hasselt 2016), dueling (Wang 2016), n-step (Sutton 1988) and prioritised replay (Schaul 2016) are
switches in the settings. `learn` is the loop; `train` puts a beginning and an end around it.
"""

from __future__ import annotations

import math
import time
from collections.abc import Generator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from engine.fields import fields_of
from engine.jobs import Event, Job
from engine.knobs import Box
from engine.memory import keep_freed_memory
from engine.rl.actors import Turns
from engine.rl.agent import values_of
from engine.rl.begin import Plan, begin, begin_again
from engine.rl.events import Episode, Glimpse, KnobMoved, Learned, Outcome, Saved, Snapshot, Surprises, Synced
from engine.rl.marks import check, exploded, finish, first, save_last, started
from engine.rl.play import Recent, choose
from engine.rl.replay import Drawn
from engine.rl.settings import DqnSettings
from engine.text import Text

SAVE_SECONDS = 60.0  # at most this much is learnt again after a crash
TELL_SECONDS = 0.5  # between two points of the curves
GLIMPSE_SECONDS = 0.1
SHOW_SECONDS = 2.0  # between two copies of the networks for eyes


def train(
    game_id: str,
    settings: DqnSettings | None = None,
    *,
    device: str = "auto",
    precision: str = "auto",
    spare: int = 0,
    out: Path | None = None,
    resume: Path | None = None,
    knobs: Box[DqnSettings] | None = None,
    seconds: float | None = None,
) -> Job:
    """Teach an agent a game from nothing, or continue a run; a job.

    Args:
        settings: None takes the game's own. With `resume` the run's are used.
        spare: CPU cores to leave for others. out: the run's folder; None makes one.
        knobs: a box whose live settings may be replaced while the job runs; it receives the run's settings.
        seconds: stop after this much learning.
    Yields:
        Started; Learned twice a second; Episode, Synced, Checked, Saved, KnobMoved; Glimpse, Surprises and Snapshot
        for eyes.
    Returns:
        `Outcome`. Cancelled or failed, the run keeps its last checkpoint and can be resumed.
    Raises:
        LabError: bad settings, no such game, no ale-py, a folder that cannot be written, a loss that is not finite.
    """
    if resume:
        plan = begin_again(resume, spare=spare)
    else:
        plan = begin(game_id, settings, device=device, precision=precision, spare=spare, out=out)
    if plan.where.threads:
        torch.set_num_threads(plan.where.threads)
        keep_freed_memory()
    knobs = knobs or Box(plan.settings)
    if settings is None or resume:
        knobs.replace(plan.settings)
    end = "stopped"
    try:
        yield started(plan)
        first(plan)
        why = yield from learn(plan, knobs, seconds)
        outcome: Outcome = yield from finish(plan, why)
        end = "done"
        return outcome
    finally:
        try:
            plan.actors.close()
            plan.folder.write_about(state=end)
        finally:
            plan.folder.close()


def learn(plan: Plan, knobs: Box[DqnSettings], budget: float | None) -> Generator[Event, None, Text]:
    """Play, remember, update, until the steps, the seconds or the score are reached; returns why it ended."""
    state, now, actors = plan.state, plan.settings, plan.actors
    recent, turns = Recent(plan.card, actors.count), actors.reset(plan.settings.seed + state.step)
    recent.add(turns.frames, turns.fresh)
    tally, saved_at, began = Tally(actors.count), time.perf_counter(), time.perf_counter()
    ready_at = state.step + now.warm_up  # a resumed run fills its memory again, with the network it has
    while (why := why_ended(plan, now, budget)) is None:
        events: list[Event] = []
        if knobs.value is not now:
            events, now = moved(plan, now, knobs.value), knobs.value

        # act: one look of the network for all games
        learning = state.step >= ready_at
        epsilon = now.epsilon(state.step)
        values = values_of(state.online, recent.states, plan.where)
        actions = choose(values, 1.0 if state.step < now.warm_up else epsilon, plan.random)
        actors.send(actions)

        # learn, while the games are played by their own process
        state.owed += actors.count / now.train_every if learning else 0
        while state.owed >= 1:
            tally.add(update(plan, now))
            state.owed -= 1

        # remember what came of it
        before, turns = turns, actors.receive()
        remember(plan, before, actions, turns)
        recent.add(turns.frames, turns.fresh)
        previous, state.step = state.step, state.step + actors.count
        state.seconds += time.perf_counter() - began
        began = time.perf_counter()
        events += [Episode(state.step, state.seconds, *one) for one in tally.play(turns)]

        events += sync(plan, now, previous)

        if tally.is_due(state.seconds):
            events.append(tally.told(plan, now, 1.0 if state.step < now.warm_up else epsilon, learning))
            if not math.isfinite(tally.last_loss):
                raise exploded(plan)
        for event in events:
            plan.folder.record(event)
        try:
            if state.step // now.check_every > previous // now.check_every and learning:
                events += yield from check(plan)
            if time.perf_counter() - saved_at > SAVE_SECONDS:
                saved_at = time.perf_counter()
                events += [Saved(state.step)] if save_last(plan, now) else []
            yield from (*events, *tally.glimpses(plan, recent.states, values, actions, turns.rewards))
        except GeneratorExit:
            save_last(plan, now)
            raise
        began = time.perf_counter()  # a pause does not count
    save_last(plan, now)
    return why


def remember(plan: Plan, before: Turns, actions: np.ndarray, turns: Turns) -> None:
    """What was seen, done about it, and what came of it. A lost life ends the game for the learner alone."""
    lost = (turns.lives < before.lives) & ~turns.fresh
    ended = before.over | before.cut
    plan.memory.add(before.frames, before.fresh, actions, turns.rewards, over=turns.over, lost=lost, idle=ended)


def sync(plan: Plan, now: DqnSettings, previous: int) -> list[Event]:
    """Copy the online network to the target network when `target_every` decisions have gone by."""
    state = plan.state
    if state.step // now.target_every == previous // now.target_every:
        return []
    state.target.load_state_dict(state.online.state_dict())
    return [Synced(state.step, state.seconds)]


def update(plan: Plan, now: DqnSettings) -> tuple[Tensor, Drawn, Tensor]:
    """One step of learning: (loss, mean Q, mean Q⁻ of what follows) as a (3,) tensor, what was drawn, its errors (B,)."""
    state, where = plan.state, plan.where
    drawn = plan.memory.draw(
        now.batch_size,
        gamma=now.gamma,
        n=now.n_step,
        clip=now.clip,
        life_reward=now.life_reward,
        beta=0.4 + 0.6 * min(1.0, state.step / now.steps),
    )
    states, nexts, actions, returns, discounts, weights = (
        torch.from_numpy(part).to(where.where)
        for part in (drawn.states, drawn.nexts, drawn.actions, drawn.returns, drawn.discounts, drawn.weights)
    )
    with torch.autocast(where.where.type, where.precision, enabled=where.precision is torch.bfloat16):
        with torch.no_grad():
            nexts = state.online.seen(nexts)
            ahead = state.target.values(nexts)  # (B, actions), what the target network says of the next states
            best = (state.online.values(nexts) if now.double else ahead).argmax(1, keepdim=True)
            follows = ahead.gather(1, best)[:, 0]  # (B,)  Q⁻(s′, a′)
            goals = returns + discounts * follows  # (B,)  r + γ Q⁻(s′, a′)
        found = state.online(states).gather(1, actions[:, None])[:, 0]  # (B,)  Q(s, a)
    errors = (goals - found).detach()
    loss = (functional.smooth_l1_loss(found, goals, reduction="none") * weights).mean()
    for group in state.optimizer.param_groups:
        group["lr"] = now.learning_rate
    state.optimizer.zero_grad(set_to_none=True)
    loss.backward()
    state.optimizer.step()
    state.updates += 1
    if now.prioritised:
        plan.memory.surprised(drawn.places, errors.cpu().numpy())
    return torch.stack((loss.detach(), found.detach().mean(), follows.mean())), drawn, errors


def why_ended(plan: Plan, now: DqnSettings, budget: float | None) -> Text | None:
    state = plan.state
    if now.stop_at and state.best >= now.stop_at:
        return Text("It reached the score to stop at.", "멈출 점수에 닿았어요.")
    if state.step >= now.steps:
        return Text("All steps are done.", "모든 스텝을 마쳤어요.")
    if budget is not None and state.seconds >= budget:
        return Text("The time was used up.", "정한 시간을 다 썼어요.")
    return None


def moved(plan: Plan, before: DqnSettings, now: DqnSettings) -> list[Event]:
    """Which live settings a person changed since the last step."""
    was = {name: value for name, _, value in fields_of(before)}
    return [
        KnobMoved(plan.state.step, plan.state.seconds, name, was[name], value)
        for name, field, value in fields_of(now)
        if field.live and value != was[name]
    ]


class Tally:
    """What happened since it was last told: losses, values, scores of games in progress."""

    def __init__(self, games: int) -> None:
        self.scores, self.lengths = np.zeros(games), np.zeros(games, np.int64)
        self.told_at, self.told_step, self.last_loss = -math.inf, 0, 0.0
        self.glimpsed = self.shown = 0.0
        self._sums: list[Tensor] = []
        self._drawn: tuple[Drawn, Tensor] | None = None

    def add(self, updated: tuple[Tensor, Drawn, Tensor]) -> None:
        self._sums.append(updated[0])
        self._drawn = updated[1:]

    def play(self, turns: Turns) -> list[tuple[float, int]]:
        """Count a turn; (score, length) of the games that ended with it."""
        self.scores[turns.fresh], self.lengths[turns.fresh] = 0, 0
        self.scores += np.where(turns.fresh, 0, turns.rewards)
        self.lengths += ~turns.fresh
        ended = np.flatnonzero(turns.over | turns.cut)
        return [(float(self.scores[i]), int(self.lengths[i])) for i in ended]

    def is_due(self, seconds: float) -> bool:
        return seconds - self.told_at > TELL_SECONDS

    def told(self, plan: Plan, now: DqnSettings, epsilon: float, learning: bool) -> Learned:
        state = plan.state
        loss, q, ahead = torch.stack(self._sums).mean(0).tolist() if self._sums else (0.0, 0.0, 0.0)
        error = float(self._drawn[1].abs().mean()) if self._drawn else 0.0
        first = math.isinf(self.told_at)
        speed = 0.0 if first else (state.step - self.told_step) / max(1e-6, state.seconds - self.told_at)
        self.told_at, self.told_step, self.last_loss = state.seconds, state.step, loss
        self._sums.clear()
        rate = now.learning_rate
        return Learned(state.step, state.seconds, loss, q, error, epsilon, rate, speed, state.updates, learning, ahead)

    def glimpses(
        self, plan: Plan, states: np.ndarray, values: np.ndarray, actions: np.ndarray, rewards: np.ndarray
    ) -> list[Event]:
        """Something for the eyes, ten times a second: the first game; at times what surprised, and both networks."""
        state, now = plan.state, plan.state.seconds
        if now - self.glimpsed < GLIMPSE_SECONDS:
            return []
        self.glimpsed = now
        picture = states[0, -1] if plan.card.atari else plan.picture()
        done = int(actions[0]), float(self.scores[0]), float(rewards[0])
        found: list[Event] = [Glimpse(state.step, picture.copy(), values[0], *done)]
        if self._drawn and now - self.shown > SHOW_SECONDS:
            self.shown = now
            found += [_surprises(state.step, *self._drawn), snapshot(plan)]
        return found


def _surprises(step: int, drawn: Drawn, errors: Tensor, count: int = 8) -> Surprises:
    worst = errors.abs().argsort(descending=True)[:count].cpu().numpy()
    return Surprises(
        step, drawn.states[worst, -1], errors.cpu().numpy()[worst], drawn.actions[worst], drawn.returns[worst]
    )


def snapshot(plan: Plan) -> Snapshot:
    """Copies of both networks as they are now."""
    copies = [
        {name: value.detach().cpu().clone() for name, value in network.state_dict().items()}
        for network in (plan.state.online, plan.state.target)
    ]
    return Snapshot(plan.state.step, plan.card.id, plan.build.as_json(), *copies)
