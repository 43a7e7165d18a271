"""`train` for generators on the command line: the training with its words for a person at a terminal."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path
from typing import Any

from engine.console import Console
from engine.fields import changed, check
from engine.files import read_json
from engine.jobs import Event, Job
from engine.latent.events import Checked, Learned, Noticed, Started
from engine.latent.learn import train
from engine.latent.marks import summary
from engine.latent.recipes import latent_recipe
from engine.latent.settings import LatentSettings
from engine.text import Text

EVERY = 10.0  # seconds between two lines of losses
_START = Text(
    "{recipe} on {dataset}: {train_count:,} pictures, {held_out_count:,} held out, {parameters:,} weights, {device}.",
    "{recipe}, 데이터 {dataset}: 그림 {train_count:,}장, 따로 둔 그림 {held_out_count:,}장, 가중치 {parameters:,}개, {device}.",
)
_LINE = Text(
    "step {step:,}  epoch {epoch:.2f}  {words}  {images_per_second:,.0f} images/s",
    "{step:,}스텝  에폭 {epoch:.2f}  {words}  초당 {images_per_second:,.0f}장",
)
_CHECK = Text(
    "step {step:,}  epoch {epoch:.2f}  check: {words}  ({seconds:,.0f} s)",
    "{step:,}스텝  에폭 {epoch:.2f}  검증: {words}  ({seconds:,.0f}초)",
)


def is_latent_run(folder: Path) -> bool:
    """True for the run of a generator."""
    about = folder / "run.json"
    return about.is_file() and "generator" in read_json(about)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    """Run `train` for a generator; `args` as `engine.commands.training` declares them. Returns the run's summary."""
    settings: LatentSettings | None = None
    if not args.resume:
        named = {"epochs": args.epochs, "seed": args.seed}
        usual = latent_recipe(args.recipe).defaults
        known = {key: value for key, value in named.items() if value is not None}
        settings = changed(check(dataclasses.replace(usual, **known)), args.assignments)
    job = train(
        args.recipe,
        settings,
        data=args.data,
        dataset=args.dataset,
        device=args.device,
        precision=args.precision,
        out=args.out,
        resume=args.resume,
        seconds=args.seconds,
    )
    return summary(console.run(_told(job, console)))


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
    if not isinstance(event, Started | Learned | Checked | Noticed):
        return
    values = {f.name: getattr(event, f.name) for f in dataclasses.fields(event)}
    if console.as_json:
        console.line({"event": type(event).__name__.lower(), **values})
    elif isinstance(event, Started):
        console.say(_START(**values))
    elif isinstance(event, Noticed):
        console.say(Text(event.en, event.ko))
    elif isinstance(event, Learned):
        console.say(_LINE(**values, words=_figures(event.losses)))
    else:
        console.say(_CHECK(**values, words=_figures(event.figures)))


def _figures(values: Any) -> str:
    return ", ".join(f"{name} {value:.4g}" for name, value in values.items())
