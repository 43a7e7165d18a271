"""`signals`: what is asked of networks that read numbers over time."""

from __future__ import annotations

import argparse
from typing import Any

from engine.commands.options import Commands, common, for_training
from engine.console import Console
from engine.jobs import Job


def add(commands: Commands) -> None:
    one = commands.add_parser("signals", help="leave one person out, switch sensors off, the next number")
    one.add_argument("action", choices=("people", "sensors", "next"), help="which of the three")
    one.add_argument("numbers", nargs="*", default=[], help="next: three numbers")
    one.add_argument("--recipe", default="activity-conv1d", help="people: what is trained once for each person")
    for_training(one)
    one.add_argument("--person", type=int, nargs="*", default=[], help="people: leave out only these")
    one.add_argument("--model", default="", help="sensors, next: a run, its name, or a file")
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    return {"people": _people, "sensors": _sensors, "next": _next}[args.action](args, console)


def _people(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.commands.options import settings_for
    from engine.signals.folds import Fold, Folds, leave_one_out
    from engine.text import Text

    settings, dataset = settings_for(args)
    text = Text(
        "without person {person}: {percent:.1f}\u2009% of {count:,} windows, {seconds:.0f} s",
        "{person}번을 뺐을 때: 구간 {count:,}개 중 {percent:.1f}\u2009%, {seconds:.0f}초",
    )

    def tell(fold: Fold) -> None:
        console.say(text(person=fold.person, percent=100 * fold.accuracy, count=fold.count, seconds=fold.seconds))

    job = leave_one_out(
        args.recipe,
        settings,
        data=args.data,
        dataset_id=dataset,
        device=args.device,
        precision=args.precision,
        people=tuple(args.person),
    )
    found: Folds = console.run(_told(job, Fold, tell))
    console.say(found.words)
    return {
        "recipe": found.recipe,
        "dataset": found.dataset,
        "mean": found.mean,
        "sd": found.spread,
        "pooled": found.pooled,
        "people": len(found.folds),
        "seconds": found.seconds,
        "folds": [{name: getattr(fold, name) for name in fold.__slots__} for fold in found.folds],
    }


def _sensors(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.signals.ablate import SensorBar, Sensors, ablate
    from engine.text import Text

    text = Text("without {name}: {percent:.1f}\u2009%", "{name} 없이: {percent:.1f}\u2009%")

    def tell(bar: SensorBar) -> None:
        console.say(text(name=bar.name, percent=100 * bar.accuracy))

    job = ablate(args.model, data=args.data, dataset_id=args.dataset, device=args.device)
    found: Sensors = console.run(_told(job, SensorBar, tell))
    return {
        "dataset": found.dataset,
        "accuracy": found.whole,
        "count": found.count,
        "chance": found.chance,
        "without": {bar.name: bar.accuracy for bar in found.bars},
    }


def _next(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.signals.next_number import follows, numbers_in
    from engine.text import same

    values = numbers_in(" ".join(args.numbers))
    answer = console.run(follows(values, args.model))
    console.say(same("{words} → {answer:.1f}")(words=" ".join(f"{one:g}" for one in values), answer=answer))
    return {"input": list(values), "answer": answer}


def _told(job: Job, kind: type, tell: Any) -> Job:
    """`job`, with every event of `kind` told as it comes."""
    try:
        while True:
            event = next(job)
            if isinstance(event, kind):
                tell(event)
            yield event
    except StopIteration as end:
        return end.value
    finally:
        job.close()
