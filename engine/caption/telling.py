"""`train` for captioners and the writer of text on the command line, with words for a person at a terminal."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.caption.evaluate import evaluate_captioner
from engine.caption.events import Checked, Learned, Started
from engine.caption.learn import summary, train
from engine.caption.recipes import caption_recipe
from engine.console import Console
from engine.jobs import Event
from engine.text import Text, same
from engine.train.event_telling import Words, figures_told, is_run_of, settings_of, told

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


_ON = Text(" It goes on from step {step:,}.", " {step:,}스텝부터 이어 해요.")


def is_caption_run(folder: Path) -> bool:
    """True for the run of a captioner or a writer of text."""
    return is_run_of(folder, "captioner")


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    """Run `train`; `args` as `engine.commands.training` declares them. Returns the run's summary."""
    settings = None if args.resume else settings_of(args, caption_recipe(args.recipe).defaults)
    names = ("data", "dataset", "device", "precision", "out", "resume", "seconds")
    job = train(args.recipe, settings, **{name: getattr(args, name) for name in names})
    words: dict[type[Event], Words] = {Started: _started, Learned: lambda v: _LINE(**v), Checked: _checked}
    return summary(console.run(told(job, console, words, losses=Learned)))


def evaluated(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    """Run `evaluate`; `args` as `engine.commands.evaluating` declares them. Sentences are told with --json alone."""
    job = evaluate_captioner(args.id, weights=args.weights, data=args.data, dataset_id=args.dataset, split=args.split)
    figures: dict[str, Any] = console.run(job)
    if not args.json:
        for long in ("sentences", "ways"):
            figures.pop(long, None)
    return figures


def _started(values: Mapping[str, Any]) -> Text:
    begun = _START(**values)
    return same("{begun}{on}")(begun=begun, on=_ON(step=values["step"])) if values["step"] else begun


def _checked(values: Mapping[str, Any]) -> Text:
    return _CHECK(**values, words=figures_told(values["figures"]))
