"""How few bits are enough (rows 53, 54): accuracy, size and time in each precision, down to 2 bits, and with noise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from engine.bench import Say, layers_trace
from engine.bench.method import Timed, Watch, interleaved, step
from engine.bench.precision_shown import shown
from engine.bench.rounding import with_rounded_maps, with_rounded_weights
from engine.bench.subjects import Trial, trials
from engine.bench.ways import CALIBRATED_ON, Missing, Subject, Way, asked, made, way
from engine.devices import cores
from engine.text import Text, same
from engine.train.evaluate import wilson

IDS = ("torch-last", "torch-bf16", "torch-fp16", "onnx", "onnx-int8", "openvino", "openvino-bf16", "openvino-int8")
QUICK_IDS = ("torch-last", "torch-bf16", "onnx", "onnx-int8", "openvino", "openvino-bf16")
BITS, QUICK_BITS = (8, 6, 5, 4, 3, 2), (8, 4, 3, 2)
NOISE = (0.0, 0.02, 0.05, 0.1, 0.15, 0.2)  # standard deviation, where white is 1
LOST = 0.005  # of accuracy: what counts as nothing lost
_FLOAT = 4  # bytes
_SECONDS = 3.5  # of a quick run's turns


@dataclass(slots=True, eq=False)
class Tried:
    """Everything found of one trial. Shares of pictures named right (or, without classes, named as in float32).

    maps: bytes of float32 maps that its layers read and write for one picture.
    """

    trial: Trial
    right: dict[str, float] = field(default_factory=dict)
    agreed: dict[str, float] = field(default_factory=dict)
    times: dict[str, Timed] = field(default_factory=dict)
    missing: list[Missing] = field(default_factory=list)
    bits: dict[str, dict[int, float]] = field(default_factory=dict)
    noise: dict[str, dict[float, float]] = field(default_factory=dict)
    full: float = 0.0
    parameters: int = 0
    maps: float = 0.0

    def traffic(self, bits: float) -> tuple[float, float]:
        """Bytes that must be read and written for one picture where a number has so many bits: of weights, which all
        pictures of a batch share, and of maps. The least there can be: an estimate, caches and copies are not seen."""
        return self.parameters * bits / 8 / self.trial.batch, self.maps * bits / 32

    def ratio(self, one: Way) -> Timed | None:
        """How many times faster than float32 of the same backend; None for float32 itself."""
        base = next((id for id in self.times if way(id).backend == one.backend and way(id).precision == "fp32"), None)
        if base is None or base == one.id or one.id not in self.times:
            return None
        return self.times[base].over(self.times[one.id])

    def lost(self, id: str) -> float:
        """Accuracy lost against float32 of torch."""
        return self.full - self.right[id]


def run(*, data: Path | None, repeats: int, say: Say, quick: bool = False, model: str = "") -> dict[str, Any]:
    """Try digits and photographs (or the networks in `model`) in every precision that is here.

    Raises: `LabError` for a network without weights.
    """
    torch.set_num_threads(cores())
    watch, found = Watch(), []
    step(say, 0, 1, Text("reading pictures", "사진을 읽는 중"))
    for trial in trials(model, data, quick=quick):
        found.append(_tried(trial, 3 if quick else repeats, say=say, quick=quick))
    timed = {f"{one.trial.id} {id}": times for one in found for id, times in one.times.items()}
    least = min(one.n for one in timed.values())
    left_out = Text("Photographs are left out of a quick run.", "빠른 실행에서는 사진을 뺐어요.")
    notes = (left_out,) if quick and not model else ()
    method = watch.method(repeats=least, warm_up=1, threads=torch.get_num_threads(), timed=timed)
    return {**_figures(found), "shown": shown(found, notes).json(), "method": method}


def _tried(trial: Trial, turns: int, *, say: Say, quick: bool) -> Tried:
    found = Tried(trial, parameters=sum(one.numel() for one in trial.module.parameters()), maps=_maps(trial))
    bits = QUICK_BITS if quick else BITS
    ids = QUICK_IDS if quick else IDS
    total = len(ids) + turns + 2 * len(bits) + 2
    done = 0.0

    def told(words: Text, part: float = 1.0) -> None:
        nonlocal done
        done = min(done + part, total)
        step(say, int(done), total, same("{name}: {words}")(name=trial.name, words=words))

    subject = Subject(trial.module, trial.pictures[: trial.batch], trial.pictures[: max(CALIBRATED_ON, trial.batch)])
    asks, found.missing = made(subject, ids, say=lambda one: told(one.name))
    answers = {id: asked(ask, trial.pictures, trial.batch) for id, ask in asks.items()}
    truth = answers["torch-last"].argmax(1)
    labels = trial.labels if trial.labels is not None else truth
    for id, rows in answers.items():
        found.right[id] = _share(rows.argmax(1), labels)
        found.agreed[id] = _share(rows.argmax(1), truth)
    found.full = found.right["torch-last"]
    sample = subject.sample.numpy()
    ways: dict[str, Callable[[], object]] = {id: lambda ask=ask: ask(sample) for id, ask in asks.items()}  # type: ignore[misc]
    turned = Text("turn {n} of {all}", "{all}회 중 {n}회")

    def once(turn: int, all_: int) -> None:
        if turn:
            told(turned(n=turn, all=all_), turns / all_)

    found.times = interleaved(ways, repeats=turns, budget=_SECONDS if quick else 0.0, told=once)
    some = (
        trial.pictures[: 200 if quick else 1000]
        if trial.id != "efficientnet-lite0"
        else trial.pictures[: 64 if quick else 400]
    )
    _fewer_bits(found, bits, some, labels[: len(some)], told)
    _noisy(found, NOISE, some, labels[: len(some)], {id: asks[id] for id in asks if id in ("torch-last", "onnx-int8")})
    return found


def _maps(trial: Trial) -> float:
    """Bytes of float32 that all layers together read and write for one picture, without their weights."""
    x = trial.pictures[:1]
    parts = layers_trace.forward(trial.module, x)
    layers_trace.count(trial.module, x, parts.done)
    return float(sum(one.bytes - _FLOAT * one.parameters for one in parts.done))


def _fewer_bits(
    found: Tried, bits: tuple[int, ...], pictures: Tensor, labels: np.ndarray, told: Callable[[Text], None]
) -> None:
    ways = {"weights": with_rounded_weights, "maps": with_rounded_maps}
    text = Text("{n} bits", "{n}비트")
    for kind, change in ways.items():
        found.bits[kind] = {}
        for number in bits:
            told(text(n=number))
            found.bits[kind][number] = _share(
                _names(change(found.trial.module, number), pictures, found.trial.batch), labels
            )


def _noisy(found: Tried, noise: tuple[float, ...], pictures: Tensor, labels: np.ndarray, asks: dict[str, Any]) -> None:
    """The same noise for every way: what differs is the precision."""
    four = with_rounded_weights(found.trial.module, 4)
    for strength in noise:
        draw = torch.Generator().manual_seed(0)
        spoilt = (pictures + strength * torch.randn(pictures.shape, generator=draw)).clamp_(0, 1)
        for id, ask in asks.items():
            names = asked(ask, spoilt, found.trial.batch).argmax(1)
            found.noise.setdefault(way(id).precision, {})[strength] = _share(names, labels)
        found.noise.setdefault("4 bits", {})[strength] = _share(_names(four, spoilt, found.trial.batch), labels)


@torch.inference_mode()
def _names(module: torch.nn.Module, pictures: Tensor, batch: int) -> np.ndarray:
    return torch.cat([module(part).argmax(1) for part in pictures.split(batch)]).numpy()


def _share(names: np.ndarray, labels: np.ndarray) -> float:
    return float((names == labels).mean())


def _figures(found: list[Tried]) -> dict[str, Any]:
    """The best speed-up of a lower precision that loses next to nothing, and everything else by name."""
    best: dict[str, Any] = {"ratio": None}
    for one in found:
        for id in one.times:
            ratio = one.ratio(way(id))
            if ratio and one.trial.labels is not None and one.lost(id) <= LOST and ratio.median > (best["ratio"] or 0):
                best = {
                    "ratio": ratio.median,
                    "ratio_spread": ratio.json(),
                    "ratio_of": f"{one.trial.id} {id}",
                    "lost": one.lost(id),
                }
    return {
        **best,
        "count": found[0].times["torch-last"].n,
        "lost_at_most": LOST,
        "headlines": {
            f"{one.trial.id} {id} ms": times.map(lambda s, b=one.trial.batch: 1000 * s / b).json()  # type: ignore[misc]
            for one in found
            for id, times in one.times.items()
        },
        "trials": [_plain(one) for one in found],
    }


def _plain(one: Tried) -> dict[str, Any]:
    count = len(one.trial.pictures)
    sure = {id: wilson(round(share * count), count) for id, share in one.right.items()}
    return {
        "id": one.trial.id,
        "pictures": one.trial.what,
        "count": count,
        "classes_known": one.trial.labels is not None,
        "accuracy": one.right,
        "accuracy_interval": sure,
        "agreement": one.agreed,
        "milliseconds": {id: times.map(lambda s: 1000 * s / one.trial.batch).json() for id, times in one.times.items()},
        "ratio_same_backend": {id: r.json() for id in one.times if (r := one.ratio(way(id)))},
        "traffic_bytes": {id: sum(one.traffic(way(id).bits)) for id in one.times},
        "bits": one.bits,
        "noise": one.noise,
        "missing": {miss.way.id: miss.why for miss in one.missing},
    }
