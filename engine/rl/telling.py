"""`train dqn-GAME` and `train q-tic-tac-toe` on the command line, with their words for a person at a terminal."""

from __future__ import annotations

import argparse
import dataclasses
import time
from collections import deque
from typing import Any

from engine.console import Console
from engine.errors import LabError
from engine.fields import changed, check
from engine.jobs import Event, Job
from engine.knobs import Box
from engine.rl.dqn import train
from engine.rl.events import Checked, Episode, Learned, Started
from engine.rl.games import game
from engine.rl.games.tic_tac_toe import positions
from engine.rl.marks import summary
from engine.rl.self_play import BoardSettings, Judged, learn_board
from engine.rl.settings import DqnSettings
from engine.text import Text

EVERY = 10.0  # seconds between two lines about the last games
PREFIX = "dqn-"
_REFILL = Text(
    "The replay memory was not kept: it is filled again for {n:,} steps before learning goes on.",
    "재생 기억은 저장하지 않아요. {n:,}스텝 동안 다시 채운 뒤에 학습을 이어 가요.",
)
_START = Text(
    "{game}: {steps:,} steps, {parameters:,} weights, replay memory up to {mib:,.0f} MiB, {device}.",
    "{game}: {steps:,}스텝, 가중치 {parameters:,}개, 재생 기억 최대 {mib:,.0f} MiB, {device}.",
)
_CHECK = Text(
    "step {step:,}: {mean:.1f} ± {deviation:.1f} points in {games} whole games at ε 0.01  ({seconds:,.0f} s)",
    "{step:,}스텝: ε 0.01로 {games}판을 해서 {mean:.1f} ± {deviation:.1f}점  ({seconds:,.0f}초)",
)
_LINE = Text(
    "step {step:,}: {speed:,.0f} steps/s, ε {epsilon:.2f}, loss {loss:.4f}, Q {q:.2f}, last {n} games {mean:.1f}",
    "{step:,}스텝: 초당 {speed:,.0f}스텝, ε {epsilon:.2f}, 손실 {loss:.4f}, Q {q:.2f}, 최근 {n}판 {mean:.1f}점",
)
_JUDGED = Text(
    "{games:,} games: against perfect play {perfect_lost:.1%} lost, {perfect_drawn:.1%} drawn; "
    "against random moves {chance_lost:.1%} lost, {chance_won:.1%} won",
    "{games:,}판: 완벽한 상대에게 {perfect_lost:.1%} 패, {perfect_drawn:.1%} 무; "
    "무작위 상대에게 {chance_lost:.1%} 패, {chance_won:.1%} 승",
)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    """Run `train` for an agent; `args` as `engine.commands.training` declares them. Returns the run's summary."""
    settings: DqnSettings | None = None
    id = args.recipe.removeprefix(PREFIX)
    if not args.resume:
        if args.epochs is not None:
            raise LabError(Text("An agent has no epochs: --set steps=N.", "에이전트에는 에폭이 없어요: --set steps=N."))
        usual = game(id).defaults
        named = {} if args.seed is None else {"seed": args.seed}
        settings = changed(check(dataclasses.replace(usual, **named)), args.assignments)
    job = train(
        id,
        settings,
        device=args.device,
        precision=args.precision,
        out=args.out,
        resume=args.resume,
        seconds=args.seconds,
    )
    return summary(console.run(_told(job, console)))


def _told(job: Job, console: Console) -> Job:
    scores: deque[float] = deque(maxlen=100)
    said = -EVERY
    try:
        while True:
            event = next(job)
            if isinstance(event, Episode):
                scores.append(event.score)
            elif isinstance(event, Learned) and event.seconds - said > EVERY:
                said = event.seconds
                _say_learned(event, scores, console)
            else:
                _say(event, console)
            yield event
    except StopIteration as end:
        return end.value
    finally:
        job.close()


def _say_learned(event: Learned, scores: deque[float], console: Console) -> None:
    mean = sum(scores) / len(scores) if scores else 0.0
    if console.as_json:
        console.line({"event": "learned", **_values(event), "last_games": len(scores), "last_mean": mean})
    else:
        console.say(_LINE(**_values(event), n=len(scores), mean=mean))


def _say(event: Event, console: Console) -> None:
    if not isinstance(event, Started | Checked):
        return
    if console.as_json:
        console.line({"event": type(event).__name__.lower(), **_values(event)})
        return
    if isinstance(event, Checked):
        console.say(_CHECK(**_values(event)))
        return
    values = _values(event)
    console.say(
        _START(
            **{k: values[k] for k in ("steps", "parameters", "device")},
            game=game(event.game).name,
            mib=event.memory_mib,
        )
    )
    if event.refilled:
        console.say(_REFILL(n=event.refilled))


def _values(event: Any) -> dict[str, Any]:
    return {f.name: getattr(event, f.name) for f in dataclasses.fields(event)}


def run_board(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    """Run `train q-tic-tac-toe`: a table learns against itself and is judged; nothing of it is kept in a file."""
    if args.out or args.resume or args.source or args.data or args.epochs is not None or args.seconds:
        text = Text(
            "The table learns anew in seconds and is not kept: only --set and --seed act here.",
            "표는 몇 초면 다시 배우니 저장하지 않아요. 여기서는 --set과 --seed만 쓸 수 있어요.",
        )
        raise LabError(text)
    settings = changed(BoardSettings(**({} if args.seed is None else {"seed": args.seed})), args.assignments)
    judged, start = [], time.perf_counter()

    def told() -> Job:
        for event in learn_board(Box(settings), games=settings.games, seed=settings.seed):
            if isinstance(event, Judged):
                judged.append(event)
                _say_judged(event, console)
            yield event

    console.run(told())
    about = {"recipe": args.recipe, "seconds": time.perf_counter() - start, "positions": len(positions())}
    last = judged[-1]
    return {**about, **_shares(last), "unbeatable": last.unbeatable, "settings": dataclasses.asdict(settings)}


def _say_judged(event: Judged, console: Console) -> None:
    if console.as_json:
        console.line({"event": "judged", **_shares(event)})
    else:
        console.say(_JUDGED(**_shares(event)))


def _shares(event: Judged) -> dict[str, Any]:
    """games, and chance_lost … perfect_won."""
    both = (("chance", event.chance), ("perfect", event.perfect))
    return {"games": event.games, **{f"{who}_{end}": v for who, one in both for end, v in one._asdict().items()}}
