"""The loop of PyTorch's tutorial "Neural Transfer Using PyTorch" on EfficientNet-Lite0's first layers.

As the tutorial does: losses are modules put behind the layers they watch, the network ends after the last of
them, its weights need no gradient, L-BFGS has its defaults, and the picture is clamped in the closure.
"""

from __future__ import annotations

import time

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.zoo.efficientnet_lite import MEAN, STD, EfficientNetLite0

STAGES, CONTENT = 4, 3  # stem and stages 1 to 4 are watched for style, stage 3 for content
STYLE_WEIGHT, CONTENT_WEIGHT = 1_000_000, 1  # the tutorial's


class _Normalization(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return (x - MEAN) / STD


class _ContentLoss(nn.Module):
    def __init__(self, target: Tensor) -> None:
        super().__init__()
        self.target = target.detach()

    def forward(self, x: Tensor) -> Tensor:
        self.loss = functional.mse_loss(x, self.target)
        return x


def _gram(x: Tensor) -> Tensor:
    a, b, c, d = x.size()
    features = x.view(a * b, c * d)
    return torch.mm(features, features.t()).div(a * b * c * d)


class _StyleLoss(nn.Module):
    def __init__(self, target: Tensor) -> None:
        super().__init__()
        self.target = _gram(target).detach()

    def forward(self, x: Tensor) -> Tensor:
        self.loss = functional.mse_loss(_gram(x), self.target)
        return x


def _model(
    network: EfficientNetLite0, photo: Tensor, style: Tensor
) -> tuple[nn.Sequential, list[_StyleLoss], list[_ContentLoss]]:
    model, styles, contents = nn.Sequential(_Normalization()), [], []
    for number, part in enumerate([network.stem, *network.stages[:STAGES]]):
        model.append(part)
        if number == CONTENT:
            contents.append(_ContentLoss(model(photo)))
            model.append(contents[-1])
        styles.append(_StyleLoss(model(style)))
        model.append(styles[-1])
    return model.eval().requires_grad_(False), styles, contents


def seconds_for(network: EfficientNetLite0, photo: Tensor, style: Tensor, *, evaluations: int) -> tuple[float, float]:
    """(wall, processor) seconds of at least so many evaluations, scaled to that number.

    photo, style: (1, 3, H, W) float32 RGB in [0, 1].
    """
    model, styles, contents = _model(network, photo, style)
    picture = photo.clone().requires_grad_(True)
    optimizer = torch.optim.LBFGS([picture])
    run = [0]
    wall, cpu = time.perf_counter(), time.process_time()
    while run[0] < evaluations:

        def closure() -> Tensor:
            with torch.no_grad():
                picture.clamp_(0, 1)
            optimizer.zero_grad()
            model(picture)
            style_score = torch.stack([one.loss for one in styles]).sum()
            content_score = torch.stack([one.loss for one in contents]).sum()
            loss = STYLE_WEIGHT * style_score + CONTENT_WEIGHT * content_score
            loss.backward()
            run[0] += 1
            return loss

        optimizer.step(closure)
    share = evaluations / run[0]
    return (time.perf_counter() - wall) * share, (time.process_time() - cpu) * share
