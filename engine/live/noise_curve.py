"""How much noise an answer stands: the same picture again and again, noisier each time (lecture row 54)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.jobs import Job, Progress
from engine.live.available import Desk
from engine.live.damage import damaged
from engine.live.overlays import CLASSIFY, Classified
from engine.live.settings import Damage, LiveSettings
from engine.text import Text

MOST, STEP, TIMES = 80, 10, 3  # grey levels of noise, between two of them, and how often each
LOOKING = Text("Adding noise", "노이즈 더하는 중")


@dataclass(frozen=True, slots=True, eq=False)
class NoiseCurve:
    """levels: (L,) standard deviations in grey levels. same: (L,) share of tries with the answer of the clean picture.

    probability: (L,) mean of what that answer got. name: the answer. holds: the largest noise that it stood every time.
    """

    levels: np.ndarray
    same: np.ndarray
    probability: np.ndarray
    name: Text
    holds: float


def noise_curve(picture: np.ndarray, overlay: str = CLASSIFY.id) -> Job:
    """Ask a classifier about (H, W, 3) uint8 under growing noise; a job, returns a `NoiseCurve`.

    Raises: `LabError` when the classifier cannot be opened.
    """
    desk, settings = Desk(), LiveSettings((overlay,))
    yield Progress(0, 0, LOOKING)
    seer = desk.open(overlay)
    try:
        clean = seer.infer(seer.prepare(picture))
        first = seer.finish(clean, picture, settings)
        assert isinstance(first, Classified)
        best = first.classes[0]
        levels = np.arange(0, MOST + STEP, STEP, dtype=float)
        same, share = np.zeros(len(levels)), np.zeros(len(levels))
        for place, level in enumerate(levels):
            tries = 1 if level == 0 else TIMES
            for turn in range(tries):
                answer = np.asarray(seer.infer(seer.prepare(damaged(picture, Damage(noise=level), seed=1 + turn))))
                shares = np.exp(answer - answer.max())
                same[place] += (int(answer.argmax()) == best) / tries
                share[place] += float(shares[best] / shares.sum()) / tries
            yield Progress(place + 1, len(levels), LOOKING)
    finally:
        desk.give_back({overlay: seer})
    stood = np.flatnonzero(same < 1)
    holds = levels[stood[0] - 1] if len(stood) else levels[-1]
    return NoiseCurve(levels, same, share, first.names[0], float(holds))
