"""Speed against accuracy of every detector that is here: milliseconds measured now, AP as its card quotes it (row 72)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from engine.detect.explain.networks import Need, Network, detected, listed, opened
from engine.detect.explain.stage import timed
from engine.files import read_json
from engine.jobs import Event, Job, Progress
from engine.text import Text, same

RUNS = 5  # timed, after one that prepares memory
PATIENCE = 8000  # milliseconds; a detector that has taken longer is not asked again


@dataclass(frozen=True, slots=True, eq=False)
class Paced(Event):
    """One detector.

    milliseconds: (n,) each answer on this machine; n ≤ RUNS, fewer of a detector that takes seconds. ap: AP@[.5:.95] in [0, 1], nan where its card has none.
    ap_on:        whose pictures that is of. found: how many objects it sees in this picture.
    """

    name: Text
    id: str
    milliseconds: np.ndarray
    ap: float
    ap_on: Text
    found: int

    @property
    def median(self) -> float:
        return float(np.median(self.milliseconds))


def measure(picture: np.ndarray, *, runs: int = RUNS) -> Job:
    """Time every detector that is here on (H, W, 3) uint8 RGB; yields `Paced`, returns those not here."""
    known = yield from listed(Need.DETECT)
    here = [n for n in known if n.here]
    for done, network in enumerate(here):
        yield Progress(done, len(here), Text("Timing {name}", "{name} 시간 재는 중")(name=network.name))
        yield from _paced(picture, network, runs)
    return tuple(n for n in known if not n.here)


def _paced(picture: np.ndarray, of: Network, runs: int) -> Job:
    network = opened(of)
    found = detected(network, picture)
    spent: list[float] = []
    while not spent or (len(spent) < runs and sum(spent) < PATIENCE):
        yield Progress(0, 0)
        _, ms = timed(partial(detected, network, picture))
        spent.append(ms)
    ap, on = _quoted(of)
    yield Paced(of.name, of.id, np.array(spent), ap, on, len(found))


def _quoted(of: Network) -> tuple[float, Text]:
    """The AP of a network's card, and on which pictures it was measured."""
    if of.card is not None:
        from engine.models.official import published_as

        metrics = published_as(of.card)[1].value.meta["_metrics"].get("COCO-val2017", {})
        return metrics.get("box_map", float("nan")) / 100, same("COCO val2017")
    assert of.path is not None
    card = of.path.with_suffix(".json")
    values = read_json(card) if card.is_file() else {}
    return float(values.get("map", "nan")), same(f"{values.get('dataset', '')} {values.get('split', '')}".strip())
