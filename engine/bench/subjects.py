"""What precision is tried on: a network that has learnt, with real pictures and, where there are, their classes."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from engine.bench.networks import PHOTOS, naming
from engine.data import dataset, load
from engine.devices import choose
from engine.errors import LabError
from engine.jobs import result_of
from engine.text import Text
from engine.train.begin import choose_dataset
from engine.train.recipes import recipe
from engine.train.runs import list_runs
from engine.zoo.weights import open_weights, put

DIGITS = "mnist-deep"
_SIDE = 224
_LEARNT_ON = 40  # flowers of each class from which the last layer is fitted


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """A network with pictures it has not learnt from.

    pictures: (N, C, H, W) float32 in [0, 1]. labels: (N,) int64, or None where only agreement can be told.
    batch: pictures at once when it is timed. what: the pictures in words.
    """

    id: str
    name: Text
    module: nn.Module
    pictures: Tensor
    labels: np.ndarray | None
    batch: int
    what: Text


def trials(models: str, data: Path | None, *, quick: bool) -> tuple[Trial, ...]:
    """Those named in `models`, or digits and (not in a quick run) photographs. Raises: `LabError` for a network without weights here."""
    asked, known = [name.strip() for name in models.split(",") if name.strip()], [id for id, _ in naming()]
    if wrong := [name for name in asked if name not in known]:
        text = Text(
            "{name} is no network that learns to name pictures, so its precision is not tried. There are: {known}.",
            "{name} 신경망은 그림의 이름을 배우지 않아서 정밀도를 재지 않아요. 있는 것: {known}.",
        )
        raise LabError(text(name=wrong[0], known=", ".join(known)))
    return tuple(
        _photos(data, quick=quick) if name == PHOTOS else _of_recipe(name, data, quick=quick, own=bool(asked))
        for name in asked or ((DIGITS,) if quick else (DIGITS, PHOTOS))
    )


def _of_recipe(id: str, data: Path | None, *, quick: bool, own: bool) -> Trial:
    """A recipe that classifies pictures, with the last part of its data; `own`: a person's newest run comes first."""
    chosen = recipe(id)
    run = (
        next((one for one in result_of(list_runs()) if one.recipe == id and one.state == "done"), None) if own else None
    )
    tensors, about = open_weights(id, str(run.folder) if run else "bundled")
    network = chosen.make(**about["build"])
    put(network, tensors, id)
    learnt_from = run.dataset if run else about["dataset"]
    name = choose_dataset(chosen, learnt_from if run else "auto", data)
    split = dataset(name).last_split
    images: Any = result_of(load(name, split, data))
    count = min(len(images), 1000 if quick else 10_000)
    settings: Any = chosen.defaults
    plain = dataclasses.replace(settings, augment=0.0) if hasattr(settings, "augment") else settings
    draw = torch.Generator().manual_seed(0)
    some = np.random.default_rng(0).permutation(len(images))[:count]  # some sets are sorted by class
    pictures, _ = chosen.lesson.batch(images, some, plain, draw, choose("cpu", "fp32"))
    return Trial(
        id,
        chosen.card.name,
        network.eval(),
        pictures.float().contiguous(),
        np.asarray(images.labels[some]),
        100,
        _words(count, name, split, learnt_from, run.folder.name if run else ""),
    )


def _words(count: int, name: str, split: str, learnt_from: str, run: str) -> Text:
    text = Text("{n:,} pictures of {name}, {split}", "{name} {split} 사진 {n:,}장")
    what = text(n=count, name=name, split=split)
    if name != learnt_from:  # the packaged digits are some of those of MNIST's training part
        what = Text("{what}, some of which it may have learnt from", "{what}. 학습에 쓴 것이 섞였을 수 있어요")(
            what=what
        )
    return Text("{what}; run {run}", "{what}; 실행 {run}")(what=what, run=run) if run else what


class _Flowers(nn.Module):
    """EfficientNet-Lite0 with a last layer for other classes."""

    def __init__(self, body: Any, last: nn.Linear) -> None:
        super().__init__()
        self.body, self.last = body, last

    def forward(self, x: Tensor) -> Tensor:  # (B, 3, H, W) -> (B, classes)
        found: Tensor = self.last(self.body.features(x))
        return found


def _photos(data: Path | None, *, quick: bool) -> Trial:
    """EfficientNet-Lite0 on flowers where they are; else on crops of the packaged photographs, for agreement alone."""
    from engine.zoo.efficientnet_lite import pretrained

    body, card = pretrained(), dataset("flowers")
    name = Text("EfficientNet-Lite0 on photographs", "사진에 쓰는 EfficientNet-Lite0")
    if card.find(data) is None:
        pictures = packaged(32 if quick else 96, (3, _SIDE, _SIDE))
        what = Text(
            "{n} crops of scikit-image’s photographs: agreement, for their classes are not known",
            "scikit-image 사진 조각 {n}개: 정답이 없어서 답이 같은지만 봐요",
        )
        return Trial(PHOTOS, name, body, pictures, None, 4, what(n=len(pictures)))
    learnt: Any = result_of(load("flowers", card.splits[0], data))
    held: Any = result_of(load("flowers", card.splits[1], data))
    few = 16 if quick else _LEARNT_ON
    chosen = np.concatenate([np.flatnonzero(learnt.labels == k)[:few] for k in np.unique(learnt.labels)])
    some = np.random.default_rng(0).permutation(len(held))[: 96 if quick else 400]
    last = _fitted(body, _large(learnt.images[chosen]), np.asarray(learnt.labels[chosen]))
    what = Text("{n} photographs of flowers it has not seen", "본 적 없는 꽃 사진 {n}장")
    pictures = _large(held.images[some])
    return Trial(
        PHOTOS, name, _Flowers(body, last).eval(), pictures, np.asarray(held.labels[some]), 4, what(n=len(some))
    )


def _large(images: np.ndarray) -> Tensor:
    x = torch.from_numpy(np.ascontiguousarray(images)).permute(0, 3, 1, 2).float().div_(255)
    return torch.nn.functional.interpolate(x, (_SIDE, _SIDE), mode="bilinear", antialias=True).clamp_(0, 1)


def packaged(count: int, shape: tuple[int, ...]) -> Tensor:
    """(count, *shape) square crops of real photographs that come with scikit-image, float32 in [0, 1].

    A grey network gets their brightness, one for signals their rows.
    """
    from engine.live.bundled_picture import PICTURES, bundled_picture

    pictures = [result_of(bundled_picture(name)).picture for name in PICTURES]
    rng, crops = np.random.default_rng(0), []
    for number in range(count):
        whole = pictures[number % len(pictures)]
        side = int(rng.integers(min(whole.shape[:2]) // 2, min(whole.shape[:2])))
        y, x = (int(rng.integers(0, full - side + 1)) for full in whole.shape[:2])
        crops.append(_large(whole[None, y : y + side, x : x + side])[0])
    found = torch.stack(crops)
    if found.shape[1:] == shape:
        return found
    grey = found.mean(1, keepdim=True)
    size = shape[1:] if len(shape) == 3 else (shape[0], shape[1])
    small = torch.nn.functional.interpolate(found if shape[0] == 3 and len(shape) == 3 else grey, size)
    return small.expand(count, *shape).contiguous() if len(shape) == 3 else small[:, 0].contiguous()


@torch.inference_mode()
def _fitted(body: Any, pictures: Tensor, labels: np.ndarray) -> nn.Linear:
    """A last layer by ridge regression on the features, solved at once: what is tried is the precision, not learning."""
    rows = torch.cat([body.features(part) for part in pictures.split(16)]).double()
    wanted = torch.nn.functional.one_hot(torch.from_numpy(labels)).double()
    centre, mean = rows.mean(0), wanted.mean(0)
    x, y = rows - centre, wanted - mean
    weights = torch.linalg.solve(x @ x.T + 10.0 * torch.eye(len(x), dtype=torch.float64), y)
    last = nn.Linear(rows.shape[1], wanted.shape[1])
    last.weight.copy_((x.T @ weights).T)
    last.bias.copy_(mean - centre @ (x.T @ weights))
    return last
