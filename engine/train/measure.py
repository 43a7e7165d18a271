"""How well a network reads a set of pictures."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.data import ImageSet
from engine.devices import Device
from engine.train.events import Mistakes
from engine.train.lesson import Measured

BATCH = 1000
SHOWN = 60  # mistakes kept for looking at


def as_input(images: np.ndarray, device: Device) -> Tensor:
    """(B, H, W) grey or (B, H, W, 3) uint8 to (B, C, H, W) float32 in [0, 1] on the device, channels last in memory."""
    pixels = torch.from_numpy(np.require(images, requirements=("C", "W")))  # a copy where it is read-only
    pixels = pixels.to(device.where, torch.float32).div_(255)  # before it is turned: that takes a third of the time
    return pixels[:, None] if pixels.ndim == 3 else pixels.permute(0, 3, 1, 2)


def logits_of(network: nn.Module, pictures: Tensor, device: Device) -> Tensor:
    """(B, C, H, W) in [0, 1] to (B, classes) float32, computed in the device's precision."""
    with torch.autocast(device.where.type, torch.bfloat16, enabled=device.precision is torch.bfloat16):
        return network(pictures).float()


def measure(network: nn.Module, data: ImageSet, device: Device) -> Measured:
    """Read every picture of `data` with dropout off; leaves the network in the mode it was in."""
    was_training = network.training
    network.eval()
    with torch.inference_mode():
        parts = [
            logits_of(network, as_input(data.images[i : i + BATCH], device), device).cpu()
            for i in range(0, len(data), BATCH)
        ]
    network.train(was_training)
    logits, labels = torch.cat(parts), torch.from_numpy(data.labels)
    return _measured(logits, labels, data)


def _measured(logits: Tensor, labels: Tensor, data: ImageSet) -> Measured:
    confidence, predictions = logits.softmax(1).max(1)
    classes = len(data.classes)
    confusion = torch.bincount(labels * classes + predictions, minlength=classes**2).reshape(classes, classes)
    wrong = torch.nonzero(predictions != labels)[:, 0]
    worst = wrong[confidence[wrong].argsort(descending=True)][:SHOWN].numpy()
    mistakes = Mistakes(
        np.ascontiguousarray(data.images[worst]),
        data.labels[worst],
        predictions.numpy()[worst],
        confidence.numpy()[worst],
    )
    return Measured(
        len(labels),
        functional.cross_entropy(logits, labels).item(),
        (predictions == labels).double().mean().item(),
        confusion.numpy(),
        mistakes,
    )
