"""`train` for captioners and the writer of text on the command line, with words for a person at a terminal."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path
from typing import Any

from engine.caption.evaluate import evaluate_captioner
from engine.caption.events import Checked, Learned, Started
from engine.caption.learn import summary, train
from engine.caption.recipes import caption_recipe
from engine.console import Console
from engine.errors import LabError
from engine.fields import changed, check
from engine.files import read_json
from engine.jobs import Event, Job
from engine.text import Text

EVERY = 10.0  # seconds between two lines of losses
_START = Text(
    "{recipe} on {dataset}: {train_count:,} to learn from, {held_out_count:,} held out, {words:,} words, {parameters:,} weights.",
    "{recipe}, 데이터 {dataset}: 배울 것 {train_count:,}, 따로 둔 것 {held_out_count:,}, 낱말 {words:,}개, 가중치 {parameters:,}개.",
)
_LINE = Text(
    "step {step:,}  epoch {epoch:.2f}  loss {loss:.3f}  ({seconds:,.0f} s)",
    "{step:,}스텝  에폭 {epoch:.2f}  손실 {loss:.3f}  ({seconds:,.0f}초)",
)
_CHECK = Text(
    "step {step:,}  epoch {epoch:.2f}  check: {words}  ({seconds:,.0f} s)\n  {example}",
    "{step:,}스텝  에폭 {epoch:.2f}  검증: {words}  ({seconds:,.0f}초)\n  {example}",
)


def is_caption_run(folder: Path) -> bool:
    """True for the run of a captioner or a writer of text."""
    about = folder / "run.json"
    return about.is_file() and "captioner" in read_json(about)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    """Run `train`; `args` as `engine.commands.training` declares them. Returns the run's summary."""
    if args.resume:
        text = Text(
            "{folder} cannot be continued: a captioner learns in minutes. Start it again.",
            "{folder} 실행은 이어 할 수 없어요. 캡션 모델은 몇 분이면 배워요. 새로 시작해 보세요.",
        )
        raise LabError(text(folder=args.resume))
    named = {"epochs": args.epochs, "seed": args.seed}
    known: dict[str, Any] = {key: value for key, value in named.items() if value is not None}
    usual = caption_recipe(args.recipe).defaults
    settings = changed(check(dataclasses.replace(usual, **known)), args.assignments)
    job = train(
        args.recipe,
        settings,
        data=args.data,
        dataset=args.dataset,
        device=args.device,
        precision=args.precision,
        out=args.out,
        seconds=args.seconds,
    )
    return summary(console.run(_told(job, console)))


def evaluated(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    """Run `evaluate`; `args` as `engine.commands.evaluating` declares them. Sentences are told with --json alone."""
    job = evaluate_captioner(args.id, weights=args.weights, data=args.data, dataset_id=args.dataset, split=args.split)
    figures: dict[str, Any] = console.run(job)
    if not args.json:
        for long in ("sentences", "ways"):
            figures.pop(long, None)
    return figures


def _told(job: Job, console: Console) -> Job:
    said = -EVERY
    try:
        while True:
            event = next(job)
            if not isinstance(event, Learned):
                _say(event, console)
            elif event.seconds - said > EVERY:
                said = event.seconds
                _say(event, console)
            yield event
    except StopIteration as end:
        return end.value
    finally:
        job.close()


def _say(event: Event, console: Console) -> None:
    if not isinstance(event, Started | Learned | Checked):
        return
    values = {f.name: getattr(event, f.name) for f in dataclasses.fields(event)}
    if console.as_json:
        console.line({"event": type(event).__name__.lower(), **values})
    elif isinstance(event, Started):
        console.say(_START(**values))
    elif isinstance(event, Learned):
        console.say(_LINE(**values))
    else:
        words = ", ".join(f"{name} {value:.4g}" for name, value in event.figures.items())
        console.say(_CHECK(**values, words=words))
