"""From zero to recognisable digits: `dcgan-mnist` as the window's Start trains it, looked at until nine of ten are read."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from engine.bench import Say
from engine.latent.events import Checked
from engine.latent.learn import train
from engine.latent.recipes import latent_recipe
from engine.text import Text

SHARES = (0.5, 0.8, 0.9)  # of 1,000 samples that the digit classifier reads with at least 0.95 confidence
LIMIT = 240.0  # seconds
SPARE = 1  # the core that the window keeps for itself


def run(*, data: Path | None, repeats: int, say: Say) -> dict[str, Any]:
    """Seconds from the start of the job, reading the data and every check included, until each share is reached.

    repeats is not used: one training takes minutes. A share that is not reached within four minutes is left out.
    """
    chosen, reached, curve = latent_recipe("dcgan-mnist"), dict[float, float](), list[dict[str, float]]()
    began = time.perf_counter()
    text = Text("{seconds:.0f} s: {share:.1%} are read", "{seconds:.0f}초: {share:.1%}를 읽어요")
    with tempfile.TemporaryDirectory() as place:
        job = train(chosen.id, data=data, spare=SPARE, out=Path(place) / "run")
        try:
            for event in job:
                gone = time.perf_counter() - began
                if isinstance(event, Checked):
                    share = event.figures["confident"]
                    say(text(seconds=gone, share=share))
                    curve.append({"seconds": gone, "confident": share, "step": event.step})
                    reached |= {one: gone for one in SHARES if share >= one and one not in reached}
                if len(reached) == len(SHARES) or gone > LIMIT:
                    break
        finally:
            job.close()
    seconds = {f"seconds_to_{100 * share:.0f}": value for share, value in reached.items()}
    return {
        **seconds,
        "count": 1000,
        "limit": LIMIT,
        "curve": curve,
        "confident": curve[-1]["confident"] if curve else 0,
    }
