"""What each layer keeps of a photograph, and each group of layers of a style (Gatys et al. 2016, figure 1).

A picture is moved from noise until one layer sees the photograph in it, or until the layers up to one see the style's
Gram matrices in it. What the layer does not keep stays noise.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace

import numpy as np

from engine.jobs import Event, Progress
from engine.style.features import features
from engine.style.gatys import Painted, paint
from engine.style.settings import StyleSettings
from engine.text import Text

SIDE, EVALUATIONS = 128, 50
PICTURES = 10  # five of each kind
REBUILDING = Text("Rebuilding from the layers", "층에서 되살리는 중")


@dataclass(frozen=True, slots=True, eq=False)
class Rebuilt(Event):
    """What came back from a layer. kind: "content" of this layer alone, "style" of all style layers up to it.

    picture: (H, W, 3) uint8 RGB. loss: what is left of the loss, 1 = nothing came back.
    """

    kind: str
    layer: str
    picture: np.ndarray
    loss: float


def rebuild(
    photo: np.ndarray, style: np.ndarray, network: str, *, side: int = SIDE, evaluations: int = 0
) -> Generator[Event, None, tuple[Rebuilt, ...]]:
    """Rebuild `photo` from each of five layers and `style` from one to five of them; a job, returns all `Rebuilt`.

    All have the photograph's shape.

    Raises: `LabError` as `engine.style.gatys.paint`.
    """
    names = features(network).style  # five, from fine to coarse
    usual = StyleSettings(size=side, evaluations=evaluations or EVALUATIONS, network=network, start="noise", smooth=0.5)
    found: list[Rebuilt] = []
    for number, name in enumerate(names):
        content = replace(usual, content=1.0, style=0.0, content_layers=(name,), style_layers=names[:1])
        groups = replace(usual, content=0.0, style=10.0, content_layers=names[-1:], style_layers=names[: number + 1])
        for kind, settings in (("content", content), ("style", groups)):
            yield Progress(len(found), 2 * len(names), REBUILDING)
            last = yield from _quietly(photo, style, settings, len(found), 2 * len(names))
            one = Rebuilt(kind, name, last.picture, last.total / max(settings.content, settings.style))
            found.append(one)
            yield one
    return tuple(found)


def _quietly(
    photo: np.ndarray, style: np.ndarray, settings: StyleSettings, done: int, total: int
) -> Generator[Event, None, Painted]:
    """`paint`, of whose events only the progress is told."""
    job = paint(photo, style, settings)
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value
        yield Progress(done, total, REBUILDING)
