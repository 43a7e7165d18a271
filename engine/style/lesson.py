"""The lesson of the fast painter: photographs in, paintings out, judged by what Gatys' optimiser is judged by.

The figure that counts is how much of Gatys' loss goes away when the photograph is painted: 0 for the photograph
itself, near 1 for a painting with all of the style and all of the content.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import torch
from torch import Tensor, nn

from engine.data import decoded
from engine.data.photoset import PhotoSet
from engine.devices import Device
from engine.fields import setting
from engine.style.cards import STYLES
from engine.style.gatys import fitted
from engine.style.painter import MULTIPLE, Painter
from engine.style.perceptual import as_batch, bundled_grams, compare, judge, maps_of
from engine.text import Text
from engine.train.events import no_mistakes
from engine.train.lesson import Lost, Measured
from engine.train.looking import Glance
from engine.train.settings import FitSettings

WEIGHTS: dict[str, float] = {}  # of the style, where the usual one paints too little or too much
USUAL = 25.0
SEEN = 192  # pixels of a photograph's longer side when it is measured
STYLE_SIDE = 384  # pixels of a painting's longer side: the larger, the larger the brushwork
PHOTO_SHARE, PHOTO_WEIGHT = 0.08, 30.0  # how often the photograph itself is asked for, and what its pixels count


@dataclass(frozen=True, slots=True)
class PainterSettings(FitSettings):
    """What decides the training of a fast painter.

    styles:   ids of bundled styles, joined by commas. side: of the square crops it learns from, pixels.
    strength: factor on every style's weight; at 1 faces and houses are lost in the strokes, at 0.2 they stay.
    width, blocks: of `Painter`. average: β of the averaged weights.
    """

    epochs: float = setting(700.0, Text("Epochs", "에폭 수"), low=0.1, high=100_000)
    batch_size: int = setting(4, Text("Batch size", "배치 크기"), low=1, high=64, live=True, log=True)
    styles: str = setting(",".join(card.id for card in STYLES), Text("Styles", "화풍"))
    side: int = setting(160, Text("Crop", "자르는 크기"), low=64, high=512, step=16, unit=" px")
    strength: float = setting(0.2, Text("Style strength", "화풍 세기"), low=0.01, high=100.0, log=True, live=True)
    width: int = setting(48, Text("Channels", "채널 수"), low=8, high=128, step=4)
    blocks: int = setting(5, Text("Residual blocks", "잔차 블록 수"), low=1, high=10)
    average: float = setting(0.99, Text("Averaging β", "평균 β"), low=0.0, high=0.9999)


class Paint:
    """Content, style and smoothness of each painting; the photograph itself is one more style, judged by its pixels."""

    metric = "loss_removed"

    def batch(
        self, data: PhotoSet, chosen: np.ndarray, now: PainterSettings, generator: torch.Generator, device: Device
    ) -> tuple[Tensor, Tensor]:
        """(B, 3, side, side) float32 in [0, 1] and (B,) int64, which code each is painted with."""
        rng = np.random.default_rng(int(torch.randint(2**62, (), generator=generator)))
        crops = np.stack([crop(decoded.picture(data, int(i)), now.side, rng) for i in chosen])
        count = len(now.styles.split(","))
        asked = rng.integers(0, count, len(chosen))
        asked[rng.random(len(chosen)) < PHOTO_SHARE] = count
        return as_batch(crops, device), torch.from_numpy(asked).to(device.where)

    def loss(self, network: nn.Module, inputs: Tensor, answers: Tensor, now: PainterSettings, device: Device) -> Lost:
        assert isinstance(network, Painter)
        styles = network.names[:-1]
        plain = answers == len(styles)
        painted = paint(network, inputs, network.codes[answers], device)
        with torch.no_grad():
            photo = maps_of(inputs, device)
            wanted = _wanted(styles, answers, device)
            weight = now.strength * weights_of(styles, device)[answers.clamp(max=len(styles) - 1)] * ~plain
            before = compare(inputs, photo, photo, wanted).total(weight)
        found = judge(painted, photo, wanted, device)
        pixels = PHOTO_WEIGHT * (painted - inputs).square().mean((1, 2, 3)) * plain
        each = torch.where(plain, found.content + pixels, found.total(weight))
        removed = (1 - each / before.clamp(min=1e-6)).clamp(0, 1)[~plain].mean().nan_to_num()
        painted_ones = (~plain).float() / (~plain).sum().clamp(min=1)
        parts = {
            "content": (found.content * painted_ones).sum().detach(),
            "style": (found.style * painted_ones).sum().detach(),
        }
        return Lost(each.mean(), removed.detach(), parts)

    def measure(self, network: nn.Module, data: PhotoSet, device: Device) -> Measured:
        """Every photograph in every style, whole, at 192 pixels."""
        assert isinstance(network, Painter)
        was_training, rows = network.training, []
        network.eval()
        for index in range(len(data)):
            every = torch.arange(len(network.names) - 1, device=device.where)
            rows.append(self._measured(network, seen(decoded.picture(data, index)), every, device))
        network.train(was_training)
        removed, losses = (np.array([row[part] for row in rows]) for part in (0, 1))  # (N, S)
        means = zip(network.names[:-1], removed.mean(0), strict=True)
        figures = {f"removed_{name.replace('-', '_')}": float(value) for name, value in means}
        value = float(removed.clip(0, 1).mean())
        nothing = np.zeros((0, 0), np.int64)
        return Measured(len(data), float(losses.mean()), value, nothing, no_mistakes(), {self.metric: value, **figures})

    @torch.no_grad()
    def _measured(
        self, network: Painter, picture: np.ndarray, asked: Tensor, device: Device
    ) -> tuple[np.ndarray, np.ndarray]:
        """(S,) share of the loss removed and (S,) loss of one photograph in the styles that are asked for, (S,) int64."""
        styles = network.names[:-1]
        inputs = as_batch(picture[None], device).expand(len(asked), -1, -1, -1)
        painted = paint(network, inputs, network.codes[asked], device)
        photo, wanted = maps_of(inputs, device), _wanted(styles, asked, device)
        weight = PainterSettings().strength * weights_of(styles, device)[asked]
        before = compare(inputs, photo, photo, wanted).total(weight)
        after = judge(painted, photo, wanted, device).total(weight)
        return (1 - after / before).cpu().numpy(), after.cpu().numpy()

    def look(self, network: nn.Module, data: PhotoSet, indices: Sequence[int], device: Device) -> tuple[Glance, ...]:
        """Photographs painted, each in another style."""
        assert isinstance(network, Painter)
        was_training, glances = network.training, []
        network.eval()
        for place, index in enumerate(indices):
            picture, style = seen(decoded.picture(data, index)), place % (len(network.names) - 1)
            asked = torch.tensor([style], device=device.where)
            with torch.no_grad():
                painted = paint(network, as_batch(picture[None], device), network.codes[asked], device)
            figure = float(self._measured(network, picture, asked, device)[0][0])
            glances.append(Glance(data.files[index], as_picture(painted), figure=figure))
        network.train(was_training)
        return tuple(glances)


LESSON = Paint()


def paint(network: nn.Module, photos: Tensor, codes: Tensor, device: Device) -> Tensor:
    """(B, 3, H, W) and (B, P) to (B, 3, H, W) float32, computed in the device's precision."""
    with torch.autocast(device.where.type, torch.bfloat16, enabled=device.precision is torch.bfloat16):
        painted: Tensor = network(photos, codes)
    return painted.float()


def weights_of(styles: Sequence[str], device: Device) -> Tensor:
    """(S,) float32: what each style's loss counts."""
    return torch.tensor([WEIGHTS.get(name, USUAL) for name in styles], device=device.where)


def _wanted(styles: tuple[str, ...], asked: Tensor, device: Device) -> dict[str, Tensor]:
    """(B, C, C) Gram matrices of the styles that are asked for; of the first one where it is the photograph."""
    every = bundled_grams(styles, STYLE_SIDE, device)
    return {layer: one[asked % len(styles)] for layer, one in every.items()}


def crop(picture: np.ndarray, side: int, rng: np.random.Generator) -> np.ndarray:
    """A random square of a photograph, (side, side, 3) uint8: mirrored or not, a little lighter or darker."""
    least = min(picture.shape[:2])
    size = int(rng.uniform(min(0.8 * side, least), least)) if least > 0.8 * side else least
    top, left = (int(rng.integers(0, length - size + 1)) for length in picture.shape[:2])
    part = picture[top : top + size, left : left + size]
    part = cv2.resize(part, (side, side), interpolation=cv2.INTER_AREA if size > side else cv2.INTER_CUBIC)
    if rng.random() < 0.5:
        part = part[:, ::-1]
    lightness, contrast = rng.uniform(-0.1, 0.1), rng.uniform(0.8, 1.2)
    table = ((np.arange(256) / 255 - 0.5) * contrast + 0.5 + lightness).clip(0, 1) * 255
    return table.round().astype(np.uint8)[part]


def seen(picture: np.ndarray) -> np.ndarray:
    """A photograph at the size at which it is measured; both sides are what the network takes."""
    small = fitted(picture, SEEN)
    return small[: small.shape[0] // MULTIPLE * MULTIPLE, : small.shape[1] // MULTIPLE * MULTIPLE]


def as_picture(painted: Tensor) -> np.ndarray:
    """(1, 3, H, W) in [0, 1] to (H, W, 3) uint8."""
    found: np.ndarray = painted[0].clamp(0, 1).mul(255).round().byte().permute(1, 2, 0).contiguous().cpu().numpy()
    return found
