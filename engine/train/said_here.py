"""What the slides said of a recipe, and what was measured here, side by side (lecture rows 25, 27, 34)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from engine.cards import SlideSaid
from engine.text import Text, same
from engine.train.figures import metric_name
from engine.train.recipe import Recipe
from engine.train.runs import RunSummary

_SECONDS = {
    "cpu_seconds_per_epoch": ("cpu", Text("epoch, CPU", "CPU 한 에폭")),
    "gpu_seconds_per_epoch": ("cuda", Text("epoch, GPU", "GPU 한 에폭")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One figure. said: the lecture's; here: this machine's, None where nothing was measured yet."""

    name: Text
    said: Text
    here: Text | None
    row: int


def lines(recipe: Recipe, runs: Iterable[RunSummary], bundled: float | None) -> tuple[Line, ...]:
    """A line for each figure that the lectures give of `recipe`.

    Args:
        runs: those of this machine; finished ones count, the best test figure and the fastest epoch.
        bundled: the test figure of the weights that came with the app, in [0, 1].
    Returns:
        Named by the figure; where the lectures give one twice, by who said it.
    """
    done = [run for run in runs if run.recipe == recipe.id and run.state == "done" and run.epoch > 0]
    found = [(said, _line(said, recipe, done, bundled)) for said in recipe.card.slide_said]
    names = Counter(line.name for _, line in found)
    return tuple(replace(line, name=said.note) if names[line.name] > 1 else line for said, line in found)


def _line(said: SlideSaid, recipe: Recipe, done: list[RunSummary], bundled: float | None) -> Line:
    if said.metric in _SECONDS:
        device, name = _SECONDS[said.metric]
        taken = [run.seconds / run.epoch for run in done if run.device == device]
        seconds = Text("{n:.0f} s", "{n:.0f}초")
        return Line(name, seconds(n=said.value), seconds(n=min(taken)) if taken else None, said.row)
    reached = [run.accuracy for run in done if run.metric == recipe.lesson.metric and run.accuracy is not None]
    best = max([*reached, *([bundled] if bundled is not None else [])], default=None)
    here = same("{n:.1f}\u2009%")(n=100 * best) if best is not None else None
    words = same("{n:g}\u2009%")(n=round(100 * said.value, 2))
    return Line(metric_name(recipe.lesson.metric), words, here, said.row)
