"""A set as a training needs it: a part to learn from and another to be measured on, whatever parts it came in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from engine.data import all_datasets, dataset, load
from engine.data.imageset import split_by_class
from engine.data.photoset import PhotoSet
from engine.data.signalset import FEW, SignalSet
from engine.errors import LabError
from engine.jobs import Job
from engine.text import Text

_SHARE, _SEED = 0.2, 0  # of a set that comes in one piece, what is kept for the last measurement


def known_datasets(chosen: Any) -> tuple[str, ...]:
    """The ids a recipe can learn from: its own, then the opened sets of the task it takes."""
    if chosen.takes is None:
        return tuple(chosen.datasets)
    opened = (card.id for card in all_datasets() if card.card.task is chosen.takes and not card.bundled)
    return tuple(dict.fromkeys((*chosen.datasets, *(id for id in opened if _is_opened(id)))))


def _is_opened(id: str) -> bool:
    from engine.data.opened import opened

    return any(card.id == id for card in opened())


def load_to_learn(id: str, root: Path | None) -> Job:
    """Read the part to learn from; of a set in one piece, four fifths. A job, returns an `AnySet`."""
    card = dataset(id)
    if len(card.splits) > 1:
        return (yield from load(id, "train" if "train" in card.splits else card.splits[0], root))
    whole = yield from load(id, card.splits[0], root)
    return _cut(whole)[0]


def load_to_judge(id: str, root: Path | None, split: str = "auto") -> Job:
    """Read the part `split`; "auto" is the last one, or the fifth that `load_to_learn` leaves."""
    card = dataset(id)
    if split not in ("auto", "test") or len(card.splits) > 1:
        return (yield from load(id, card.last_split if split == "auto" else split, root))
    whole = yield from load(id, card.splits[0], root)
    return _cut(whole)[1]


def _cut(whole: Any) -> tuple[Any, Any]:
    """(four fifths, one fifth): whole groups of signals, or a share of every class."""
    if isinstance(whole, SignalSet):
        rest, held = whole.divided(round(_SHARE * len(whole)), _SEED)
        return rest, held.part(np.arange(len(held)), "train" if len(whole) < FEW else "test")
    labels: Any = whole.labels
    if isinstance(whole, PhotoSet) and (labels is None or (labels < 0).any()):
        text = Text(
            "{name} has pictures without a class. Put each into the folder of its class.",
            "{name}에 클래스가 없는 그림이 있어요. 그림을 클래스 이름의 폴더에 넣어 주세요.",
        )
        raise LabError(text(name=whole.id))
    kept, taken = split_by_class(np.asarray(labels), _SHARE, _SEED)
    return whole.part(kept, "train"), whole.part(taken, "test")
