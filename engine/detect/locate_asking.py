"""Asking a network about pictures between two steps of its training: pictures as input, and its mode left as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch
from torch import Tensor, nn

from engine.devices import Device


@contextmanager
def asking(network: nn.Module) -> Iterator[nn.Module]:
    """The network in eval mode without gradients; afterwards in the mode it was in."""
    was_training = network.training
    network.eval()
    try:
        with torch.inference_mode():
            yield network
    finally:
        network.train(was_training)


def as_input(pictures: np.ndarray, device: Device) -> Tensor:
    """(B, H, W, 3) uint8 RGB to (B, 3, H, W) float32 in [0, 1], channels last in memory."""
    x = torch.from_numpy(pictures).permute(0, 3, 1, 2)
    return x.to(device.where, torch.float32, memory_format=torch.channels_last).div_(255)
