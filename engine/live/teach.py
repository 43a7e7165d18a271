"""Teach your own classes: a new head on EfficientNet-Lite0's features, learnt in seconds (lecture rows 55, 59).

The network stays as it is and turns every frame into 1,280 numbers once; only a linear head learns. Frames of one
recording are nearly the same picture, so how well the head does is measured on whole recordings it never saw.
A second head that sees nothing but the border tells whether the background gives the answer away.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.errors import LabError
from engine.jobs import Event, Job, Progress
from engine.memory import kept
from engine.models.imagenet import middle_of
from engine.text import Text
from engine.zoo.efficientnet_lite import HEAD, SIDE, EfficientNetLite0, for_reading

FEWEST, MOST = 2, 5  # classes
FOLDS = 5  # at most; as many as the class with the fewest recordings has
COVERED = 0.7  # share of each side that is covered for the head that sees the border alone
_BATCH, _GREY = 16, 127
_DECAY = 3e-3  # of the weights; features outnumber pictures, so without it any head is right on what it saw
_NEAR = 0.05  # a background head that comes this near to the whole one has found the answer too


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """Frames of one class taken in one go.

    label: index of the class. features, border: (n, 1280) float32 of the frames and of their borders alone.
    small: (n, 56, 56, 3) uint8, the frames to look at.
    """

    label: int
    features: np.ndarray
    border: np.ndarray
    small: np.ndarray

    def __len__(self) -> int:
        return len(self.features)


@dataclass(frozen=True, slots=True, eq=False)
class Taught:
    """A head and what is known of it.

    weights (K, 1280), bias (K,), centre (1280,), scale: logits = weights · (features − centre) / scale + bias.
    accuracy:   share of right frames in recordings that were held out, in [0, 1]; None with one recording a class.
    by_frame:   the same when single frames are held out: too good, for their neighbours were learnt.
    background: of a head that sees the border alone, held out by recording.
    confusion:  (K, K) int64, right class in rows, answer in columns, held out by recording; None as accuracy.
    """

    classes: tuple[str, ...]
    weights: np.ndarray
    bias: np.ndarray
    centre: np.ndarray
    scale: float
    frames: int
    recordings: int
    accuracy: float | None
    by_frame: float | None
    background: float | None
    confusion: np.ndarray | None
    seconds: float

    @property
    def warning(self) -> Text | None:
        """What is wrong with how it was recorded, or None."""
        if self.accuracy is None or self.background is None:
            return Text(
                "Record every class at least twice: only then can whole recordings be held out, and the figure is honest.",
                "클래스마다 두 번 이상 녹화하세요. 그래야 녹화 하나를 통째로 남겨 두고 정직하게 잴 수 있어요.",
            )
        chance = 1 / len(self.classes)
        if self.background >= max(self.accuracy - _NEAR, (1 + chance) / 2):
            return Text(
                "The background gives the answer away: a head that sees the border alone is right in {share:.0%}. "
                "Record every class in front of the same background.",
                "배경만 봐도 답을 알 수 있어요. 가장자리만 보는 헤드가 {share:.0%} 맞혔어요. "
                "모든 클래스를 같은 배경에서 녹화하세요.",
            )(share=self.background)
        return None

    def probabilities(self, features: np.ndarray) -> np.ndarray:
        """(n, 1280) features to (n, K) float32 that add up to 1."""
        logits = (features - self.centre) / self.scale @ self.weights.T + self.bias
        shares = np.exp(logits - logits.max(1, keepdims=True))
        return np.asarray(shares / shares.sum(1, keepdims=True), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Guess(Event):
    """What a taught head says of one picture: (K,) float32 probabilities; milliseconds of network and head."""

    classes: tuple[str, ...]
    probabilities: np.ndarray
    milliseconds: float
    latest_only: ClassVar[bool] = True


@kept()
def encoder() -> EfficientNetLite0:
    """EfficientNet-Lite0 with ImageNet weights, in eval mode."""
    return for_reading()


def border_of(frames: np.ndarray) -> np.ndarray:
    """(n, S, S, 3) uint8 frames with their middle covered in grey: what is left is mostly background."""
    side = frames.shape[1]
    edge = round(side * (1 - COVERED) / 2)
    found = frames.copy()
    found[:, edge : side - edge, edge : side - edge] = _GREY
    return found


def _features(frames: np.ndarray) -> np.ndarray:
    x = torch.from_numpy(frames).permute(0, 3, 1, 2).float().div_(255)  # (n, 3, 224, 224)
    with torch.inference_mode():
        return np.asarray(encoder().features(x.contiguous(memory_format=torch.channels_last)).numpy(), np.float32)


_DESCRIBING = Text("Describing the frames", "프레임을 특징으로 바꾸는 중")


def described(frames: Sequence[np.ndarray], label: int) -> Job:
    """A recording from its frames; a job with Progress, returns `Recording`.

    Args:
        frames: each (H, W, 3) uint8 RGB of any size; the middle square is used.
    Raises:
        LabError: there are no frames.
    """
    if not len(frames):
        raise LabError(
            Text("Nothing was recorded. Hold the button longer.", "녹화된 것이 없어요. 단추를 더 오래 누르세요.")
        )
    features, border, small = [], [], []
    for start in range(0, len(frames), _BATCH):
        yield Progress(start, len(frames), _DESCRIBING)
        batch = np.stack([middle_of(frame) for frame in frames[start : start + _BATCH]])
        features.append(_features(batch))
        border.append(_features(border_of(batch)))
        small.append(batch[:, ::4, ::4])
    return Recording(label, np.concatenate(features), np.concatenate(border), np.concatenate(small))


@dataclass(frozen=True, slots=True, eq=False)
class _Head:
    weights: np.ndarray
    bias: np.ndarray
    centre: np.ndarray
    scale: float

    def answers(self, features: np.ndarray) -> np.ndarray:
        return np.asarray(((features - self.centre) / self.scale @ self.weights.T + self.bias).argmax(1))


def _fit(features: np.ndarray, labels: np.ndarray, classes: int) -> _Head:
    """Multinomial logistic regression with L2, by L-BFGS; every class counts the same, however often it was filmed."""
    centre = features.mean(0)
    scale = float(features.std()) or 1.0
    x = torch.from_numpy((features - centre) / scale)
    y = torch.from_numpy(labels)
    shares = torch.bincount(y, minlength=classes).clamp(min=1).float().reciprocal()
    shares = shares / shares.mean()
    head = nn.Linear(features.shape[1], classes)
    nn.init.zeros_(head.weight)
    nn.init.zeros_(head.bias)
    solver = torch.optim.LBFGS(head.parameters(), max_iter=60, history_size=8, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        solver.zero_grad()
        value = functional.cross_entropy(head(x), y, weight=shares) + _DECAY * head.weight.square().sum()
        value.backward()
        return value

    with torch.enable_grad():
        solver.step(loss)
    return _Head(head.weight.detach().numpy(), head.bias.detach().numpy(), centre, scale)


def _held_out(features: np.ndarray, labels: np.ndarray, folds: np.ndarray, classes: int) -> np.ndarray:
    """What heads say of frames they did not learn: (n,) int64."""
    found = np.zeros(len(labels), np.int64)
    for fold in np.unique(folds):
        out = folds == fold
        found[out] = _fit(features[~out], labels[~out], classes).answers(features[out])
    return found


def _folds(recordings: Sequence[Recording], classes: int, seed: int = 0) -> np.ndarray | None:
    """The fold of every recording, so that each class is in each; None when a class was recorded once only."""
    labels = np.array([r.label for r in recordings])
    count = min(FOLDS, *np.bincount(labels, minlength=classes).tolist())
    if count < 2:
        return None
    rng, folds = np.random.default_rng(seed), np.zeros(len(labels), np.int64)
    for label in range(classes):
        own = np.flatnonzero(labels == label)
        folds[rng.permutation(own)] = np.arange(len(own)) % count
    return folds


def teach(recordings: Sequence[Recording], classes: Sequence[str]) -> Job:
    """Learn a head and measure it; a job with Progress, returns `Taught`.

    Raises: `LabError` for fewer than two or more than five classes, or a class without a recording.
    """
    _check(recordings, classes)
    torch.set_num_threads(1)  # a small matrix: more threads only wait for each other
    began, count = time.perf_counter(), len(classes)
    features = np.concatenate([r.features for r in recordings])
    border = np.concatenate([r.border for r in recordings])
    sizes = [len(r) for r in recordings]
    labels = np.repeat(np.array([r.label for r in recordings], np.int64), sizes)
    yield Progress(0, 4, Text("Learning the head", "헤드를 학습하는 중"))
    head = _fit(features, labels, count)
    dealt = _folds(recordings, count)
    accuracy = by_frame = background = confusion = None
    if dealt is not None:
        folds = np.repeat(dealt, sizes)
        yield Progress(1, 4, Text("Holding out whole recordings", "녹화를 통째로 남겨 두고 재는 중"))
        answers = _held_out(features, labels, folds, count)
        accuracy = float((answers == labels).mean())
        confusion = np.zeros((count, count), np.int64)
        np.add.at(confusion, (labels, answers), 1)
        yield Progress(2, 4, Text("Looking at the border alone", "가장자리만 보는 중"))
        background = float((_held_out(border, labels, folds, count) == labels).mean())
        yield Progress(3, 4, Text("Holding out single frames", "프레임을 하나씩 남겨 두고 재는 중"))
        mixed = np.random.default_rng(0).permutation(folds)
        by_frame = float((_held_out(features, labels, mixed, count) == labels).mean())
    seconds = time.perf_counter() - began
    known = (accuracy, by_frame, background, confusion)
    return Taught(
        tuple(classes), head.weights, head.bias, head.centre, head.scale, len(labels), len(sizes), *known, seconds
    )


def _check(recordings: Sequence[Recording], classes: Sequence[str]) -> None:
    if not FEWEST <= len(classes) <= MOST:
        raise LabError(
            Text(
                "Two to five classes can be taught, not {n}. Add or remove some.",
                "클래스는 두 개에서 다섯 개까지예요. 지금은 {n}개예요. 더하거나 빼 주세요.",
            )(n=len(classes))
        )
    there = {r.label for r in recordings}
    for label, name in enumerate(classes):
        if label not in there:
            raise LabError(
                Text(
                    "“{name}” has no recording yet. Record it, or remove the class.",
                    "‘{name}’ 클래스에 녹화가 없어요. 녹화하거나 클래스를 지우세요.",
                )(name=name)
            )


def guess(picture: np.ndarray, taught: Taught) -> Job:
    """Ask a taught head about (H, W, 3) uint8 RGB; a job, yields and returns a `Guess`."""
    torch.set_num_threads(1)  # one small picture: more threads only wait for each other
    began = time.perf_counter()
    found = taught.probabilities(_features(middle_of(picture)[None]))[0]
    answer = Guess(taught.classes, found, 1000 * (time.perf_counter() - began))
    yield answer
    return answer


def whole_network(taught: Taught) -> EfficientNetLite0:
    """Encoder and head as one network: (B, 3, 224, 224) in [0, 1] to (B, K) logits."""
    network = EfficientNetLite0(len(taught.classes))
    own = {k: v for k, v in encoder().state_dict().items() if not k.startswith("classifier.")}
    weights = torch.from_numpy(taught.weights) / taught.scale  # the centre and the scale go into the head
    own["classifier.weight"] = weights
    own["classifier.bias"] = torch.from_numpy(taught.bias) - weights @ torch.from_numpy(taught.centre)
    network.load_state_dict(own)
    return network.eval()


EXAMPLE_SHAPE = (1, 3, SIDE, SIDE)
FEATURES = HEAD
