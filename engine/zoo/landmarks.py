"""Places as numbers: a network that answers x and y of K landmarks (lecture row 71, pose as regression).

Each landmark gets a map of where it might be; what is answered is the mean place under that map, which is a
regression from picture to coordinates, differentiable and finer than a cell (Sun, Xiao, Wei, Liang, Wei, "Integral
Human Pose Regression", ECCV 2018).
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn

from engine.zoo.efficientnet_lite import EfficientNetLite0
from engine.zoo.pyramid import Pyramid, Separable, without_classifier


class Landmarks(NamedTuple):
    """What `LandmarkNet` answers for B pictures.

    points: (B, K, 2) float32 x, y as shares of width and height, in (0, 1).
    maps:   (B, K, H / 8, W / 8) float32, where each might be; each sums to 1.
    """

    points: Tensor
    maps: Tensor


class LandmarkNet(nn.Module):
    """(B, 3, H, W) RGB in [0, 1], H and W multiples of 32, to `Landmarks`."""

    def __init__(self, points: int, encoder: EfficientNetLite0 | None = None, *, width: int = 64) -> None:
        super().__init__()
        self.encoder = without_classifier(encoder or EfficientNetLite0())
        self.neck = Pyramid(width=width, up_again=False)
        self.head = nn.Sequential(Separable(width, width), nn.Conv2d(width, points, 1))

    def forward(self, x: Tensor) -> Landmarks:
        said = self.head(self.neck(self.encoder.pyramid(x))[0]).float()  # (B, K, H / 8, W / 8)
        maps = said.flatten(2).softmax(dim=2).view_as(said)
        height, width = said.shape[2:]
        x_at = (torch.arange(width, device=said.device) + 0.5) / width
        y_at = (torch.arange(height, device=said.device) + 0.5) / height
        points = torch.stack(((maps.sum(2) * x_at).sum(2), (maps.sum(3) * y_at).sum(2)), dim=2)  # (B, K, 2)
        return Landmarks(points, maps)


def loss(answer: Landmarks, points: Tensor, seen: Tensor) -> dict[str, Tensor]:
    """How far the points are off, and how spread their maps are; the sum is what training makes small.

    Args:
        points: (B, K, 2) float32 as shares of width and height.
        seen:   (B, K) bool: landmarks that are marked; the others are not asked.
    Returns:
        "place": mean absolute error · 10. "spread": variance of the maps round the true point, which keeps a map from
        answering with the mean of two far places (Nibali et al., 2018, in its plainest form) · 10.
    """
    count = seen.sum().clamp(min=1)
    off = (answer.points - points).abs().sum(dim=2)
    height, width = answer.maps.shape[2:]
    y = (torch.arange(height, device=points.device) + 0.5) / height - points[..., 1:]  # (B, K, H / 8)
    x = (torch.arange(width, device=points.device) + 0.5) / width - points[..., :1]  # (B, K, W / 8)
    spread = (answer.maps.sum(3) * y.square()).sum(2) + (answer.maps.sum(2) * x.square()).sum(2)
    return {"place": 10 * (off * seen).sum() / count, "spread": 10 * (spread * seen).sum() / count}


def error_of(points: Tensor, truth: Tensor, seen: Tensor, *, within: float = 0.05) -> tuple[float, float]:
    """Mean distance as a share of the picture's longer side, and the share of landmarks closer than `within` (PCK).

    Args:
        points, truth: (B, K, 2) as shares of width and height of square pictures.
        seen: (B, K) bool.
    """
    distance = (points - truth).square().sum(dim=2).sqrt()[seen]
    return float(distance.mean()), float((distance < within).float().mean())
