"""The lesson of the denoising autoencoder: patches of photographs, damaged anew each time, and the patch as it was.

The figure that counts is how much of the damage goes away: 1 − squared error after / squared error before, over four
kinds of noise that are the same at every check.
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
from engine.latent.denoiser import MULTIPLE, harm, harmed, psnr
from engine.style.gatys import fitted
from engine.style.lesson import as_picture, crop
from engine.style.perceptual import as_batch
from engine.text import Text
from engine.train.events import no_mistakes
from engine.train.lesson import Lost, Measured
from engine.train.looking import Glance
from engine.train.settings import FitSettings

NOISES = {
    "gaussian_10": (0.1, 0.0),
    "gaussian_20": (0.2, 0.0),
    "dropout_30": (0.0, 0.3),
    "dropout_60": (0.0, 0.6),
}  # at which it is measured: spread, share put out
SEEN = 320  # pixels of a photograph's longer side when it is measured
MOST_SPREAD, MOST_DROPPED = 0.35, 0.75  # it learns up to these
BOTH = 0.2  # share of the patches that get both kinds


@dataclass(frozen=True, slots=True)
class DenoiserSettings(FitSettings):
    """What decides the training. side: of the square patches. patches: of each photograph of a batch. width: channels."""

    batch_size: int = setting(4, Text("Batch size", "배치 크기"), low=1, high=64, live=True, log=True)
    side: int = setting(80, Text("Patch", "조각 크기"), low=32, high=256, step=8, unit=" px")
    patches: int = setting(2, Text("Patches of a photograph", "사진마다 조각 수"), low=1, high=32)
    width: int = setting(24, Text("Channels", "채널 수"), low=8, high=64, step=4)


class Denoise:
    """Mean absolute error to the photograph as it was."""

    metric = "noise_removed"

    def batch(
        self, data: PhotoSet, chosen: np.ndarray, now: DenoiserSettings, generator: torch.Generator, device: Device
    ) -> tuple[Tensor, Tensor]:
        """(B, 3, side, side) damaged and as they were, float32 in [0, 1]."""
        rng = np.random.default_rng(int(torch.randint(2**62, (), generator=generator)))
        every = [decoded.picture(data, int(i)) for i in chosen]
        whole = as_batch(np.stack([crop(one, now.side, rng) for one in every for _ in range(now.patches)]), device)
        count = len(whole)
        kind = rng.random(count)
        spread = rng.uniform(0.02, MOST_SPREAD, count) * (kind < 0.5 + BOTH / 2)
        dropped = rng.uniform(0.05, MOST_DROPPED, count) * (kind >= 0.5 - BOTH / 2)
        strong, dark = (torch.from_numpy(values).to(whole) for values in (spread, dropped))
        return harmed(whole, strong, dark, generator), whole

    def loss(self, network: nn.Module, inputs: Tensor, answers: Tensor, now: DenoiserSettings, device: Device) -> Lost:
        found = cleaned(network, inputs, device)
        with torch.no_grad():
            before, after = (((one - answers) ** 2).mean() for one in (inputs, found.clamp(0, 1)))
        return Lost((found - answers).abs().mean(), (1 - after / before).clamp(0, 1))

    def measure(self, network: nn.Module, data: PhotoSet, device: Device) -> Measured:
        """Every photograph under each of `NOISES`; beside it what a median of 3×3 pixels would do."""
        rows = [self._measured(network, decoded.picture(data, index), index, device) for index in range(len(data))]
        means = {name: float(np.mean([row[name] for row in rows])) for name in rows[0]}
        value = max(0.0, means["removed"])
        figures = {self.metric: value, **{name: one for name, one in means.items() if name not in ("removed", "loss")}}
        nothing = np.zeros((0, 0), np.int64)
        return Measured(len(data), means["loss"], value, nothing, no_mistakes(), figures)

    def _measured(self, network: nn.Module, picture: np.ndarray, seed: int, device: Device) -> dict[str, float]:
        true, found = seen(picture), dict[str, float]()
        removed, lost = [], []
        for name, (spread, dropped) in NOISES.items():
            noisy = harm(true, spread=spread, dropped=dropped, seed=seed)
            clean = self._clean(network, noisy, device)
            errors = [float(np.mean((one.astype(np.float32) - true) ** 2)) for one in (noisy, clean)]
            removed.append(1 - errors[1] / max(errors[0], 1e-6))
            lost.append(float(np.abs(clean.astype(np.float32) - true).mean()) / 255)
            found[f"psnr_before_{name}"] = psnr(noisy, true)
            found[f"psnr_after_{name}"] = psnr(clean, true)
            found[f"psnr_median_{name}"] = psnr(np.asarray(cv2.medianBlur(noisy, 3)), true)
        return {"removed": float(np.mean(removed)), "loss": float(np.mean(lost)), **found}

    def _clean(self, network: nn.Module, noisy: np.ndarray, device: Device) -> np.ndarray:
        was_training = network.training
        network.eval()
        with torch.no_grad():
            found = as_picture(cleaned(network, as_batch(noisy[None], device), device))
        network.train(was_training)
        return found

    def look(self, network: nn.Module, data: PhotoSet, indices: Sequence[int], device: Device) -> tuple[Glance, ...]:
        """Photographs damaged, and beside each what came back."""
        glances, noises = [], list(NOISES.values())
        for place, index in enumerate(indices):
            spread, dropped = noises[place % len(noises)]
            true = seen(decoded.picture(data, index))
            noisy = harm(true, spread=spread, dropped=dropped, seed=index)
            clean = self._clean(network, noisy, device)
            errors = [float(np.mean((one.astype(np.float32) - true) ** 2)) for one in (noisy, clean)]
            pair = np.concatenate((noisy, clean), axis=1 if true.shape[0] > true.shape[1] else 0)
            glances.append(Glance(data.files[index], pair, figure=1 - errors[1] / max(errors[0], 1e-6)))
        return tuple(glances)


LESSON = Denoise()


def cleaned(network: nn.Module, inputs: Tensor, device: Device) -> Tensor:
    """(B, 3, H, W) float32, computed in the device's precision."""
    with torch.autocast(device.where.type, torch.bfloat16, enabled=device.precision is torch.bfloat16):
        found: Tensor = network(inputs)
    return found.float()


def seen(picture: np.ndarray) -> np.ndarray:
    """A photograph at the size at which it is measured; both sides are what the network takes."""
    small = fitted(picture, SEEN)
    high, wide = (side // MULTIPLE * MULTIPLE for side in small.shape[:2])
    return np.ascontiguousarray(small[:high, :wide])
