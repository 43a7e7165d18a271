"""The lesson of segmentation: a class for every pixel, marked by mean intersection over union (lecture row 66)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.data import decoded
from engine.data.photoset import PhotoSet
from engine.devices import Device
from engine.segment.augment import crop
from engine.text import Text
from engine.train.events import no_mistakes
from engine.train.figures import by_class, ious_of
from engine.train.lesson import Lost, Measured
from engine.train.looking import Glance, small, small_mask
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
        logits = scores_of(network, inputs, device)[
            :, :, :: now.every, :: now.every
        ]  # (B, classes, h / every, w / every)
        answers = answers[:, :: now.every, :: now.every]  # networks answer at a quarter: 2 costs little and saves much
        entropy, overlap = self._parts(logits, answers)
        right = batch_miou(logits.detach().argmax(1), answers, logits.shape[1])
        return Lost(entropy + overlap, right, {"entropy": entropy.detach(), "overlap": overlap.detach()})

    def _parts(self, logits: Tensor, answers: Tensor) -> tuple[Tensor, Tensor]:
        """Cross-entropy and missing overlap, both () float32; their sum is the loss."""
        weights = self._weights(answers[answers != VOID], logits.shape[1])
        entropy = functional.cross_entropy(logits, answers, weights, ignore_index=VOID).nan_to_num()
        return entropy, 0.5 * missing_overlap(logits, answers)

    def _weights(self, answers: Tensor, classes: int) -> Tensor:
        """(classes,) float32: what a pixel of each class counts in this batch; 1 on average."""
        share = torch.bincount(answers, minlength=classes)[:classes].float() / max(1, len(answers))
        weights = share.clamp(min=1e-3).pow(-self.balance)
        return weights / (weights * share).sum().clamp(min=1e-6)

    def measure(self, network: nn.Module, data: PhotoSet, device: Device) -> Measured:
        """Whole photographs at their own size, one at a time."""
        names = scored_classes(data)
        confusion, losses = np.zeros((len(names), len(names)), np.int64), []
        with _asking(network) as asked:
            for index in range(len(data)):
                logits = logits_of(asked, decoded.picture(data, index), device)  # (1, classes, H, W)
                mask = decoded.mask(data, index)
                confusion += confusion_of(classes_of(logits), mask, len(names), data.void)
                losses.append(self._loss_of(logits, mask, data.void))
        figures = {**figures_of(confusion), **by_class("iou", names, ious_of(confusion))}
        loss = float(np.mean(losses)) if losses else float("nan")
        return Measured(len(data), loss, figures["miou"], confusion, no_mistakes(), figures)

    def _loss_of(self, logits: Tensor, mask: np.ndarray, void: int | None) -> float:
        """The loss of one whole photograph, as in training; every second row and column of it stand for all."""
        if mask.shape != tuple(logits.shape[2:]):
            raise ValueError(f"{mask.shape} against {tuple(logits.shape[2:])}")
        logits = logits[:, :, ::2, ::2]
        answers = torch.from_numpy(mask[::2, ::2].astype(np.int64))[None].to(logits.device)
        answers[answers >= logits.shape[1] if void is None else (answers == void) | (answers >= logits.shape[1])] = VOID
        with torch.inference_mode():
            return float(sum(self._parts(logits, answers)))

    def look(self, network: nn.Module, data: PhotoSet, indices: Sequence[int], device: Device) -> tuple[Glance, ...]:
        """Photographs with the class of every pixel."""
        glances, classes = [], len(scored_classes(data))
        with _asking(network) as asked:
            for index in indices:
                picture, mask = decoded.picture(data, index), decoded.mask(data, index)
                answer = segment(asked, picture, device)
                little, _ = small(picture)
                figure = figures_of(confusion_of(answer, mask, classes, data.void))["miou"]
                glance = Glance(data.files[index], little, small_mask(mask, little), small_mask(answer, little))
                glances.append(replace(glance, figure=figure))
        return tuple(glances)


def scores_of(network: nn.Module, pictures: Tensor, device: Device) -> Tensor:
    """(B, 3, H, W) to (B, classes, H, W) float32, computed in the device's precision."""
    with torch.autocast(device.where.type, torch.bfloat16, enabled=device.precision is torch.bfloat16):
        return network(pictures).float()


def missing_overlap(logits: Tensor, answers: Tensor) -> Tensor:
    """1 − mean soft IoU over the classes in the batch, () float32: what is scored is learnt directly.

    Soft IoU of a class = Σ p·y / Σ (p + y − p·y) (Rahman, Wang, ISVC 2016).
    """
    classes, scored = logits.shape[1], answers != VOID
    shares = logits.softmax(1) * scored[:, None]  # (B, classes, h, w)
    named = answers.clamp(max=classes - 1)  # void anywhere: its shares are 0
    of_truth = shares.gather(1, named[:, None])[:, 0]  # (B, h, w), the share of the right class
    both = shares.new_zeros(classes).index_add(0, named.flatten(), of_truth.flatten())
    truth = torch.bincount(named[scored], minlength=classes).to(shares.dtype)
    either = shares.sum((0, 2, 3)) + truth - both
    present = truth > 0
    return 1 - ((both + 1) / (either + 1))[present].mean().nan_to_num(1.0)


def batch_miou(answer: Tensor, truth: Tensor, classes: int) -> Tensor:
    """Mean IoU of one batch, () float32: (B, h, w) against (B, h, w) with VOID; 0 where nothing is scored."""
    scored = truth != VOID
    counts = torch.bincount(truth[scored] * classes + answer[scored], minlength=classes * classes)
    confusion = counts.reshape(classes, classes).float()
    hits = confusion.diagonal()
    union = confusion.sum(0) + confusion.sum(1) - hits
    return (hits / union)[union > 0].mean().nan_to_num()


@contextmanager
def _asking(network: nn.Module) -> Iterator[nn.Module]:
    """The network in eval mode; afterwards in the mode it was in."""
    was_training = network.training
    network.eval()
    try:
        yield network
    finally:
        network.train(was_training)


def scored_classes(data: PhotoSet) -> tuple[Text, ...]:
    """The classes of a set that count: all but void, which is the last."""
    return tuple(name for number, name in enumerate(data.classes) if number != data.void)


def classes_of(logits: Tensor) -> np.ndarray:
    """(1, classes, H, W) to (H, W) uint8, the class of every pixel."""
    answer: np.ndarray = logits[0].argmax(0).to(torch.uint8).cpu().numpy()
    return answer


def segment(network: nn.Module, picture: np.ndarray, device: Device) -> np.ndarray:
    """(H, W, 3) uint8 RGB of any size to (H, W) uint8 class indices; `network` is in eval mode."""
    return classes_of(logits_of(network, picture, device))


def logits_of(network: nn.Module, picture: np.ndarray, device: Device) -> Tensor:
    """(H, W, 3) uint8 RGB of any size to (1, classes, H, W) float32; `network` is in eval mode."""
    height, width = picture.shape[:2]
    pixels = torch.from_numpy(np.require(picture, requirements=("C", "W"))).permute(2, 0, 1)[None]
    x = pixels.to(device.where, torch.float32, memory_format=torch.channels_last).div_(255)
    x = functional.pad(x, (0, -width % STEP, 0, -height % STEP), mode="replicate")  # (1, 3, H', W')
    with torch.inference_mode():
        scores = scores_of(network, x, device)
    return scores[:, :, :height, :width]


def confusion_of(answer: np.ndarray, truth: np.ndarray, classes: int, void: int | None) -> np.ndarray:
    """(classes, classes) int64 pixel counts, rows = truth; pixels whose truth is no class are left out."""
    if answer.shape != truth.shape:
        raise ValueError(f"{answer.shape} against {truth.shape}")
    scored = truth < classes if void is None else (truth < classes) & (truth != void)
    pairs = truth[scored].astype(np.int64) * classes + answer[scored]
    return np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)


def figures_of(confusion: np.ndarray) -> dict[str, float]:
    """mIoU over the classes that occur, pixel accuracy and mean class accuracy, all in [0, 1]."""
    hits, truth, ious = np.diag(confusion), confusion.sum(1), ious_of(confusion)
    return {
        "miou": float(np.nanmean(ious)) if np.isfinite(ious).any() else 0.0,
        "pixel_accuracy": float(hits.sum() / max(1, truth.sum())),
        "class_accuracy": float((hits[truth > 0] / truth[truth > 0]).mean()) if truth.any() else 0.0,
    }
