"""Mode collapse, found from the samples and named, with what to try against it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.text import Text, same

BINS = 24
LOW_COVER, LOW_SPREAD = 0.6, 0.5
MISSING, CROWD = 0.02, 0.35  # of the samples: a class nearly gone, a class that takes over

REMEDIES = (
    Text("Switch on WGAN-GP: its score never saturates.", "WGAN-GP를 켜 보세요. 점수가 포화하지 않아요."),
    Text(
        "Switch on spectral norm, so that the discriminator cannot win too fast.",
        "스펙트럼 정규화를 켜 보세요. 판별기가 너무 빨리 이기지 못해요.",
    ),
    Text("Lower the learning rate to a half.", "학습률을 절반으로 낮춰 보세요."),
    Text(
        "Tell both networks the class: then every class must be made.",
        "클래스 조건을 켜 보세요. 그러면 모든 클래스를 만들어야 해요.",
    ),
    Text("Use larger batches with batch norm on.", "배치 정규화를 켜고 배치를 키워 보세요."),
)


@dataclass(frozen=True, slots=True)
class Variety:
    """How varied samples are beside real ones.

    cover: Σ min(share made, share real) over regions of the real ones, in [0, 1]; 1 = the same everywhere.
    spread: mean distance between two samples over that between two real ones; 0 = all alike.
    """

    cover: float
    spread: float


@dataclass(frozen=True, slots=True)
class Collapse:
    """What is wrong with the samples; `REMEDIES` may help."""

    words: Text


def variety(made: np.ndarray, real: np.ndarray, *, seed: int = 0) -> Variety:
    """Compare features (or points) of samples (N, d) and real ones (M, d); both at least 2.

    The regions are those nearest to each of up to 24 real ones chosen far from each other (as Richardson, Weiss, On
    GANs and GMMs, 2018, count samples in bins).
    """
    anchors = _far_apart(real, min(BINS, len(real)), seed)
    shares = [np.bincount(_nearest(values, anchors), minlength=len(anchors)) / len(values) for values in (made, real)]
    random = np.random.default_rng(seed)
    apart = _mean_distance(made, random) / max(1e-12, _mean_distance(real, random))
    return Variety(float(np.minimum(*shares).sum()), float(apart))


def collapse_of(found: Variety, shares: np.ndarray | None = None, names: tuple[Text, ...] = ()) -> Collapse | None:
    """The collapse that the figures show, in words; None where the samples are varied enough.

    shares: (classes,) share of the samples read as each class, where a classifier can tell.
    """
    if found.spread < LOW_SPREAD:
        text = Text(
            "Mode collapse: the samples are nearly alike. Their spread is {spread:.0%} of the real pictures’.",
            "모드 붕괴: 표본이 거의 똑같아요. 퍼진 정도가 진짜의 {spread:.0%}예요.",
        )
        return Collapse(text(spread=found.spread))
    if shares is not None and (shares.max() > CROWD or shares.min() < MISSING):
        return Collapse(_class_words(shares, names))
    if found.cover < LOW_COVER:
        text = Text(
            "Mode collapse: only {cover:.0%} of the variety of real ones is reached.",
            "모드 붕괴: 진짜의 다양함 가운데 {cover:.0%}만 나와요.",
        )
        return Collapse(text(cover=found.cover))
    return None


def _class_words(shares: np.ndarray, names: tuple[Text, ...]) -> Text:
    most, least = int(shares.argmax()), int(shares.argmin())
    name = [names[i] if i < len(names) else same(str(i)) for i in range(len(shares))]
    if shares[most] > CROWD:
        text = Text(
            "Mode collapse: {share:.0%} of the samples are {name}.", "모드 붕괴: 표본의 {share:.0%}가 {name}이에요."
        )
        return text(share=shares[most], name=name[most])
    text = Text(
        "Mode collapse: {name} hardly occurs ({share:.1%} of the samples).",
        "모드 붕괴: {name}이(가) 거의 나오지 않아요(표본의 {share:.1%}).",
    )
    return text(name=name[least], share=shares[least])


def _far_apart(values: np.ndarray, count: int, seed: int) -> np.ndarray:
    """`count` of the values, each chosen with a chance that grows with its distance from those before (k-means++)."""
    random = np.random.default_rng(seed)
    chosen = [int(random.integers(len(values)))]
    far = ((values - values[chosen[0]]) ** 2).sum(1)
    for _ in range(count - 1):
        total = far.sum()
        chosen.append(int(random.choice(len(values), p=far / total)) if total > 0 else chosen[0])
        far = np.minimum(far, ((values - values[chosen[-1]]) ** 2).sum(1))
    return values[chosen]


def _nearest(values: np.ndarray, anchors: np.ndarray) -> np.ndarray:
    distances = (values**2).sum(1)[:, None] - 2 * values @ anchors.T + (anchors**2).sum(1)
    return distances.argmin(1)


def _mean_distance(values: np.ndarray, random: np.random.Generator, pairs: int = 2000) -> float:
    a, b = random.integers(len(values), size=(2, pairs))
    apart = a != b
    return float(np.linalg.norm(values[a[apart]] - values[b[apart]], axis=1).mean())
