"""A denoising autoencoder for photographs of any size (lecture row 122).

Vincent, Larochelle, Bengio, Manzagol, Extracting and composing robust features with denoising autoencoders, 2008:
shown a damaged picture, the network is to give back the whole one. This one has convolutions alone, so that it takes a
camera's picture as it takes a patch, and shortcuts from encoder to decoder (Ronneberger et al., U-Net, 2015), without
which the narrow middle would blur all that is fine.
"""

from __future__ import annotations

import cv2
import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

STEP = 0.2  # what the last layer says counts by this much: freshly drawn, it then begins near a plain grey
MULTIPLE = 8  # of which both sides of a picture are whole multiples inside the network


class Denoiser(nn.Module):
    """Damaged pictures (B, 3, H, W) in [0, 1] to whole ones; H and W are multiples of `MULTIPLE`.

    width: channels at half the side; twice as many at a quarter, three times at an eighth, which is the code.
    """

    def __init__(self, width: int = 24) -> None:
        super().__init__()
        self.width = width
        wide, widest = 2 * width, 3 * width
        self.head = nn.Sequential(_conv(12, width), _conv(width, width))  # 1/2
        self.down = nn.Sequential(_conv(width, wide, 2), _conv(wide, wide))  # 1/4
        self.code = nn.Sequential(_conv(wide, widest, 2), _conv(widest, widest), _conv(widest, widest))  # 1/8
        self.widen = nn.Conv2d(widest, 4 * wide, 1)
        self.up = _conv(wide, wide)
        self.widen_again = nn.Conv2d(wide, 4 * width, 1)
        self.last = nn.Sequential(_conv(width, width), nn.Conv2d(width, 12, 3, padding=1))

    def forward(self, x: Tensor) -> Tensor:  # (B, 3, H, W) -> (B, 3, H, W)
        fine = self.head(functional.pixel_unshuffle(2 * x - 1, 2))
        middle = self.down(fine)
        middle = self.up(middle + functional.pixel_shuffle(self.widen(self.code(middle)), 2))
        fine = fine + functional.pixel_shuffle(self.widen_again(middle), 2)
        return 0.5 + STEP * functional.pixel_shuffle(self.last(fine), 2)


def _conv(inputs: int, outputs: int, stride: int = 1) -> nn.Sequential:
    """Convolution, batch norm, ReLU: with norms the noise is found sooner (Zhang et al., DnCNN, 2017)."""
    convolution = nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1, bias=False)
    return nn.Sequential(convolution, nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


def harmed(x: Tensor, spread: Tensor, dropped: Tensor, random: torch.Generator) -> Tensor:
    """Pictures (B, 3, H, W) in [0, 1] with noise: Gaussian of (B,) `spread`, and a share of (B,) `dropped` of their
    pixels put out, black in all three colours. Values are cut to [0, 1] as a camera's are."""
    grain = torch.randn(x.shape, generator=random).to(x)
    stays = torch.rand(len(x), 1, *x.shape[2:], generator=random).to(x) >= dropped[:, None, None, None]
    return (x + spread[:, None, None, None] * grain).clamp(0, 1) * stays


def harm(picture: np.ndarray, *, spread: float, dropped: float, seed: int) -> np.ndarray:
    """The same to one picture, (H, W, 3) uint8. spread: in shares of the full range; seed: of this picture's noise."""
    cv2.setRNGSeed(seed % 2**31)
    found: np.ndarray = picture
    if spread > 0:
        grain = np.empty(picture.shape, np.int16)
        cv2.randn(grain, np.zeros(3), np.full(3, 255.0 * spread))
        found = np.asarray(cv2.add(picture, grain, dtype=cv2.CV_8U))
    if dropped > 0:
        chance = np.empty(picture.shape[:2], np.uint8)
        cv2.randu(chance, np.zeros(1), np.full(1, 256.0))
        found = found * (chance >= round(256 * dropped))[..., None].astype(np.uint8)
    return found


def psnr(found: np.ndarray, true: np.ndarray) -> float:
    """Peak signal-to-noise ratio of (H, W, 3) uint8 in decibels: 10 · log₁₀(255² / mean squared error); 99 if equal."""
    return min(99.0, float(cv2.PSNR(found, true))) if (found != true).any() else 99.0
