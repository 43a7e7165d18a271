"""The lesson of transfer: pictures of a few classes for a network that has learnt others (lecture rows 55–61)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.cards import Explanation
from engine.data.imageset import ImageSet
from engine.devices import Device
from engine.fields import setting
from engine.text import Text, same
from engine.train.classify import Classify
from engine.train.lesson import Lost
from engine.train.measure import as_input
from engine.train.settings import FitSettings
from engine.zoo.transferred import BACKBONES, PARTS, Transferred

VARIANTS = 8  # views of each picture that frozen parts look at once and remember
DRAWS = 10  # random numbers that decide a view
SMOOTH = 0.1

_FREEZE = Explanation(
    Text("Frozen layers", "얼린 층 (frozen layers)"),
    Text(
        "All frozen: seconds. None frozen: minutes, and a higher curve if there are pictures enough.",
        "모두 얼리면 몇 초, 하나도 안 얼리면 몇 분이 걸려요. 그림이 넉넉하면 곡선이 더 올라가요.",
    ),
    Text(
        "The first layers see edges and colours that all pictures share; the last see things. Frozen ones stay as they "
        "were learnt, and every batch norm does: few pictures say little of the world’s mean.",
        "앞쪽 층은 어느 그림에나 있는 선과 색을, 뒤쪽 층은 사물을 봐요. 얼린 층은 배운 그대로 남고, 배치 정규화는 모두 "
        "그대로예요. 그림 몇 장으로는 세상의 평균을 알기 어려우니까요.",
    ),
    "∂L/∂w = 0   for layers 1 … k",
)


@dataclass(frozen=True, slots=True)
class TransferSettings(FitSettings):
    """What decides a training that starts from a learnt backbone, or the same network from nothing.

    freeze:    parts of the backbone that stay as they are, of nine; only the last layer learns at 9.
    per_class: pictures of each class to learn from; 0 = all.
    backbone_rate: learning rate of what is not frozen in the backbone, as a share of the new layer's.
    classes:   follows from the data.
    """

    batch_size: int = setting(16, Text("Batch size", "배치 크기"), low=2, high=512, live=True, log=True)
    backbone: str = setting(
        "efficientnet-lite0", Text("Backbone", "백본"), choices=tuple((one.id, one.name) for one in BACKBONES)
    )
    pretrained: bool = setting(True, Text("Learnt weights", "배운 가중치로 시작"))
    freeze: int = setting(9, Text("Frozen layers", "얼린 층"), low=0, high=PARTS, help=_FREEZE)
    per_class: int = setting(50, Text("Pictures per class", "클래스마다 그림 수"), low=0, high=10000)
    held_out: int = setting(100, Text("Held out", "따로 둘 그림"), low=1, high=30000)
    side: int = setting(160, Text("Picture side", "그림 한 변"), low=28, high=320, unit=" px")
    encoder_rate: float = setting(0.2, Text("Backbone’s rate", "백본 학습률 비율"), low=0.0, high=1.0)
    average: float = setting(0.95, Text("Averaging β", "평균 β"), low=0.0, high=0.9999)
    augment: float = setting(1.0, Text("Augmentation", "증강 세기"), low=0.0, high=1.0, step=0.05, live=True)
    mirror: bool = setting(True, same("Mirror"))
    classes: int = 0


class Transfer(Classify):
    """Cross-entropy over the new classes. What frozen parts say of a picture is computed once for each of its views."""

    def batch(
        self, data: ImageSet, chosen: np.ndarray, now: Any, generator: torch.Generator, device: Device
    ) -> tuple[Tensor, Any]:
        """Augmented pictures and labels; with frozen layers (index, view) of each picture instead, (B, 2) int64."""
        labels = torch.from_numpy(data.labels[chosen]).to(device.where)
        if now.freeze:
            views = torch.randint(VARIANTS, (len(chosen),), generator=generator)
            return torch.stack((torch.from_numpy(chosen), views), 1), (labels, data)
        return views_of(as_input(data.images[chosen], device), now, generator), (labels, None)

    def loss(self, network: nn.Module, inputs: Tensor, answers: Any, now: Any, device: Device) -> Lost:
        labels, data = answers
        with torch.autocast(device.where.type, torch.bfloat16, enabled=device.precision is torch.bfloat16):
            if data is None:
                logits = network(inputs).float()
            else:
                logits = network(self._remembered(network, inputs, data, now, device), True).float()
        right = (logits.detach().argmax(1) == labels).float().mean()
        return Lost(functional.cross_entropy(logits, labels, label_smoothing=SMOOTH), right)

    def _remembered(self, network: nn.Module, keys: Tensor, data: ImageSet, now: Any, device: Device) -> Tensor:
        """What leaves the frozen parts for these views, computed where it is asked for the first time."""
        own = getattr(network, "module", network)  # inside torch's wrapper for several processes
        assert isinstance(own, Transferred)
        wanted = (keys[:, 0] * VARIANTS + keys[:, 1]).tolist()
        missing = [view for view in dict.fromkeys(wanted) if view not in own.known]
        if missing:
            pictures = as_input(data.images[np.array(missing) // VARIANTS], device)
            seen = _viewed(pictures, now, _chances(len(data), now.seed)[missing])
            own.known |= zip(missing, own.before(seen).float().unbind(0), strict=True)
        return torch.stack([own.known[view] for view in wanted])


@lru_cache(maxsize=2)
def _chances(count: int, seed: int) -> Tensor:
    """What decides every view of `count` pictures, (count · VARIANTS, DRAWS): a view asked for again is the same."""
    return torch.rand(count * VARIANTS, DRAWS, generator=torch.Generator().manual_seed(seed))


def views_of(x: Tensor, now: Any, generator: torch.Generator) -> Tensor:
    """Each picture cropped, mirrored, turned and lit by its own random amount: (B, C, H, W) in [0, 1] to the same.

    Grey pictures, which are digits here, are neither mirrored nor lit.
    """
    return _viewed(x, now, torch.rand(len(x), DRAWS, generator=generator))


def _viewed(x: Tensor, now: Any, r: Tensor) -> Tensor:
    """As `views_of`, by given numbers r, (B, DRAWS) in [0, 1)."""
    if not now.augment:
        return x
    count, colour = len(x), x.shape[1] == 3
    even = 2 * r - 1
    size = 1 - now.augment * (0.45 if colour else 0.15) * r[:, 0]
    stretch = 1 + now.augment * 0.15 * even[:, 1]
    angle = now.augment * (0.2 if colour else 0.15) * even[:, 2]
    flip = torch.where((r[:, 3] < 0.5) & torch.tensor(bool(now.mirror and colour)), -1.0, 1.0)
    room = (1 - size) if colour else torch.full_like(size, 0.1 * now.augment)
    cos, sin = angle.cos() * size, angle.sin() * size
    to_x = torch.stack((flip * cos * stretch, -sin, room * even[:, 4]), 1)
    to_y = torch.stack((flip * sin, cos / stretch, room * even[:, 5]), 1)
    grid = functional.affine_grid(torch.stack((to_x, to_y), 1).to(x.device), list(x.shape), align_corners=False)
    edge = "reflection" if colour else "zeros"
    x = functional.grid_sample(x, grid, padding_mode=edge, align_corners=False)
    if colour:
        light = 1 + now.augment * 0.3 * even[:, 6].to(x.device)[:, None, None, None]
        tint = 1 + now.augment * 0.1 * even[:, 7:].to(x.device).view(count, 3, 1, 1)
        x = x.mul_(light * tint).clamp_(0, 1)  # `grid_sample` made it anew
    return x.contiguous(memory_format=torch.channels_last)
