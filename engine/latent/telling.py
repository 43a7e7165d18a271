"""`train` for generators on the command line: the training with its words for a person at a terminal."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.commands.options import dataset_meant
from engine.console import Console
from engine.jobs import Event
from engine.latent.events import Checked, Learned, Noticed, Started
from engine.latent.learn import train
from engine.latent.marks import summary
from engine.latent.recipes import latent_recipe
from engine.text import Text
from engine.train.event_telling import Words, figures_told, is_run_of, settings_of, told

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
    return is_run_of(folder, "generator")


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    """Run `train` for a generator; `args` as `engine.commands.training` declares them. Returns the run's summary."""
    settings = None
    if not args.resume:
        chosen = latent_recipe(args.recipe)
        settings, args.dataset = settings_of(args, chosen.defaults), dataset_meant(args, chosen.datasets)
    names = ("data", "dataset", "device", "precision", "out", "resume", "seconds")
    job = train(args.recipe, settings, **{name: getattr(args, name) for name in names})
    words: dict[type[Event], Words] = {
        Started: lambda v: _START(**v),
        Learned: lambda v: _LINE(**v, words=figures_told(v["losses"])),
        Checked: _checked,
        Noticed: lambda v: Text(v["en"], v["ko"]),
    }
    return summary(console.run(told(job, console, words, losses=Learned)))


def _checked(values: Mapping[str, Any]) -> Text:
    return _CHECK(**values, words=figures_told(values["figures"]))
