"""Live classification and detection as tutorials write them: read, convert, predict, draw, one after another.

After PyTorch's "Real Time Inference on Raspberry Pi" tutorial and torchvision's model pages (BSD-3-Clause):
cv2.VideoCapture, a PIL picture, torchvision's transforms, the eager float32 network, cv2.putText or rectangles.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import torch
from PIL import Image
from torch import nn
from torchvision import transforms


def classified(video: Path, network: nn.Module, names: list[str]) -> tuple[int, float]:
    """Classify and draw every frame of a video: (frames, seconds). `network` takes [0, 1] and normalises itself."""
    prepare = transforms.Compose([transforms.Resize(256), transforms.CenterCrop(224), transforms.ToTensor()])
    count, began = 0, time.perf_counter()
    for frame in _frames(video):
        rgb = cv2.cvtColor(frame, cv2.COLOR_BGR2RGB)
        batch = prepare(Image.fromarray(rgb))[None]
        with torch.no_grad():
            shares = network(batch)[0].softmax(0)
        for line, index in enumerate(shares.topk(5).indices.tolist()):
            words = f"{names[index]} {shares[index]:.0%}"
            cv2.putText(rgb, words, (8, 24 + 22 * line), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (255, 255, 255), 2)
        count += 1
    return count, time.perf_counter() - began


def _frames(video: Path) -> Iterator[np.ndarray]:
    capture = cv2.VideoCapture(str(video))
    try:
        while True:
            good, frame = capture.read()
            if not good:
                return
            yield frame
    finally:
        capture.release()


def detected(picture: np.ndarray, network: nn.Module) -> dict[str, torch.Tensor]:
    """torchvision's eager detector on one (H, W, 3) uint8 picture."""
    with torch.no_grad():
        found: dict[str, torch.Tensor] = network([transforms.functional.to_tensor(Image.fromarray(picture))])[0]
    return found


def segmented(picture: np.ndarray, network: nn.Module) -> np.ndarray:
    """torchvision's eager segmenter on one (H, W, 3) uint8 picture: (H, W) int64 classes."""
    x = transforms.functional.to_tensor(Image.fromarray(picture))
    x = transforms.functional.normalize(x, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
    with torch.no_grad():
        labels: np.ndarray = network(x[None])["out"][0].argmax(0).numpy()
    return labels
