"""The lesson of segmentation: a class for every pixel, marked by mean intersection over union (lecture row 66)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.data import decoded
from engine.data.photoset import PhotoSet
from engine.devices import Device
from engine.segment.augment import crop
from engine.train.events import no_mistakes
from engine.train.lesson import Lost, Measured
from engine.train.settings import PhotoSettings

STEP = 32  # networks need sides that are multiples of this
VOID = 255  # in a batch: not scored


class Segment:
    """Weighted cross-entropy plus the share of overlap that is missing; marked by mIoU.

    balance: rare classes (a pole, a bicyclist) count more: a class with share f of the pixels weighs f^−balance.
    """

    metric = "miou"

    def __init__(self, balance: float = 0.4) -> None:
        self.balance = balance

    def batch(
        self, data: PhotoSet, chosen: np.ndarray, now: PhotoSettings, generator: torch.Generator, device: Device
    ) -> tuple[Tensor, Tensor]:
        """(B, 3, h, w) float32 in [0, 1] and (B, h, w) int64, VOID where nothing is to be learnt."""
        seed = int(torch.randint(2**62, (), generator=generator))
        rng = np.random.default_rng(seed)
        void = VOID if data.void is None else data.void
        pairs = [
            crop(
                *(decoded.picture(data, int(i)), decoded.mask(data, int(i))),
                (now.height, now.width),
                void=void,
                strength=now.augment,
                rng=rng,
            )
            for i in chosen
        ]
        pictures = torch.from_numpy(np.stack([picture for picture, _ in pairs])).permute(0, 3, 1, 2)  # (B, 3, h, w)
        masks = torch.from_numpy(np.stack([mask for _, mask in pairs])).to(device.where, torch.int64)
        masks[masks == void] = VOID
        return pictures.to(device.where, torch.float32, memory_format=torch.channels_last).div_(255), masks

    def loss(self, network: nn.Module, inputs: Tensor, answers: Tensor, now: PhotoSettings, device: Device) -> Lost:
        logits = scores_of(network, inputs, device)  # (B, classes, h, w)
        scored = answers != VOID
        right = (logits.detach().argmax(1) == answers)[scored].float().mean().nan_to_num()
        weights = self._weights(answers[scored], logits.shape[1])
        entropy = functional.cross_entropy(logits, answers, weights, ignore_index=VOID).nan_to_num()
        overlap = 0.5 * missing_overlap(logits, answers)
        return Lost(entropy + overlap, right, {"entropy": entropy.detach(), "overlap": overlap.detach()})

    def _weights(self, answers: Tensor, classes: int) -> Tensor:
        """(classes,) float32: what a pixel of each class counts in this batch; 1 on average."""
        share = torch.bincount(answers, minlength=classes)[:classes].float() / max(1, len(answers))
        weights = share.clamp(min=1e-3).pow(-self.balance)
        return weights / (weights * share).sum().clamp(min=1e-6)

    def measure(self, network: nn.Module, data: PhotoSet, device: Device) -> Measured:
        """Whole photographs at their own size, one at a time."""
        classes = len([c for n, c in enumerate(data.classes) if n != data.void])
        confusion = np.zeros((classes, classes), np.int64)
        for index, answer in enumerate(answers_of(network, data, device)):
            confusion += confusion_of(answer, decoded.mask(data, index), classes, data.void)
        figures = figures_of(confusion)
        return Measured(len(data), 0.0, figures["miou"], confusion, no_mistakes(), figures)


def scores_of(network: nn.Module, pictures: Tensor, device: Device) -> Tensor:
    """(B, 3, H, W) to (B, classes, H, W) float32, computed in the device's precision."""
    with torch.autocast(device.where.type, torch.bfloat16, enabled=device.precision is torch.bfloat16):
        return network(pictures).float()


def missing_overlap(logits: Tensor, answers: Tensor) -> Tensor:
    """1 − mean soft IoU over the classes in the batch, () float32: what is scored is learnt directly.

    Soft IoU of a class = Σ p·y / Σ (p + y − p·y) (Rahman, Wang, ISVC 2016).
    """
    scored = (answers != VOID)[:, None]
    shares = logits.softmax(1) * scored  # (B, classes, h, w)
    truth = functional.one_hot(answers.clamp(max=logits.shape[1] - 1), logits.shape[1]).permute(0, 3, 1, 2) * scored
    both = (shares * truth).sum((0, 2, 3))
    either = (shares + truth).sum((0, 2, 3)) - both
    present = truth.sum((0, 2, 3)) > 0
    return 1 - ((both + 1) / (either + 1))[present].mean().nan_to_num(1.0)


def answers_of(network: nn.Module, data: PhotoSet, device: Device) -> Iterator[np.ndarray]:
    """The class of every pixel of each photograph, (H, W) uint8, one after another."""
    was_training = network.training
    network.eval()
    try:
        for index in range(len(data)):
            yield segment(network, decoded.picture(data, index), device)
    finally:
        network.train(was_training)


def segment(network: nn.Module, picture: np.ndarray, device: Device) -> np.ndarray:
    """(H, W, 3) uint8 RGB of any size to (H, W) uint8 class indices; `network` is in eval mode."""
    height, width = picture.shape[:2]
    pixels = torch.from_numpy(np.require(picture, requirements=("C", "W"))).permute(2, 0, 1)[None]
    x = pixels.to(device.where, torch.float32, memory_format=torch.channels_last).div_(255)
    x = functional.pad(x, (0, -width % STEP, 0, -height % STEP), mode="replicate")  # (1, 3, H', W')
    with torch.inference_mode():
        scores = scores_of(network, x, device)
    answer: np.ndarray = scores[0, :, :height, :width].argmax(0).to(torch.uint8).cpu().numpy()
    return answer


def confusion_of(answer: np.ndarray, truth: np.ndarray, classes: int, void: int | None) -> np.ndarray:
    """(classes, classes) int64 pixel counts, rows = truth; pixels whose truth is no class are left out."""
    if answer.shape != truth.shape:
        raise ValueError(f"{answer.shape} against {truth.shape}")
    scored = truth < classes if void is None else (truth < classes) & (truth != void)
    pairs = truth[scored].astype(np.int64) * classes + answer[scored]
    return np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)


def figures_of(confusion: np.ndarray) -> dict[str, float]:
    """mIoU over the classes that occur, pixel accuracy and mean class accuracy, all in [0, 1].

    IoU of a class = pixels that are it and were called it / pixels that are it or were called it.
    """
    hits, truth, called = np.diag(confusion), confusion.sum(1), confusion.sum(0)
    union = truth + called - hits
    occurs = union > 0
    ious = hits[occurs] / union[occurs]
    return {
        "miou": float(ious.mean()) if occurs.any() else 0.0,
        "pixel_accuracy": float(hits.sum() / max(1, truth.sum())),
        "class_accuracy": float((hits[truth > 0] / truth[truth > 0]).mean()) if truth.any() else 0.0,
    }
