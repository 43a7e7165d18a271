"""The number that follows, asked of a trained network of the slide (lecture row 17)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch

from engine.cards import Task
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.signals.ablate import newest_run
from engine.text import Text
from engine.train.fit import train
from engine.train.trained import open_trained

RECIPE = "next-number"


def numbers_in(words: str) -> tuple[float, float, float]:
    """ "70 80 90" or "70, 80, 90" as three numbers. Raises `LabError` for anything else."""
    try:
        found = tuple(float(word) for word in words.replace(",", " ").split())
    except ValueError:
        found = ()
    if len(found) != 3 or not all(math.isfinite(one) for one in found):
        text = Text(
            "“{words}” is not three numbers. Write them like 70 80 90.",
            "‘{words}’ 입력은 숫자 세 개가 아니에요. 70 80 90처럼 쓰세요.",
        )
        raise LabError(text(words=words))
    return found[0], found[1], found[2]


def follows(values: Sequence[float], model: str = "") -> Job:
    """The number that a trained network puts behind three others; a job, returns a float.

    Args:
        model: a run, its name or a file; "" for the newest run, and where there is none one is trained (in seconds).
    """
    yield Progress(0, 1, Text("Asking the network", "신경망에 묻는 중"))
    try:
        source = model or newest_run(RECIPE)
    except LabError:
        source = (yield from train(RECIPE, device="cpu", precision="fp32")).folder
    trained = open_trained(source, Task.SIGNAL, device="cpu")
    if trained.recipe.id != RECIPE:
        text = Text("{model} is not a network of {id}.", "{model} 신경망은 {id} 레시피의 것이 아니에요.")
        raise LabError(text(model=source, id=RECIPE))
    with torch.inference_mode():
        window = torch.tensor(values, dtype=torch.float32)[None, :, None]  # (1, 3, 1)
        return float(trained.network(window)[0, 0])
