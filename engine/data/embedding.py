"""The map of a set: every picture or window as a point, alike ones near each other.

PCA is there at once; t-SNE starts from it and can be watched and stopped at any step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch

from engine.cards import Explanation
from engine.data.features import Features, describe
from engine.data.forms.form import AnySet
from engine.data.tsne import tsne
from engine.devices import choose
from engine.jobs import Event, Job, Progress
from engine.text import Text, same

Method = Literal["pca", "tsne"]
SIZES = (1000, 2000, 5000, 10_000, 20_000)  # how many points a map may have
COMPONENTS = 50  # what t-SNE sees: fewer are faster, and drop noise (van der Maaten, Hinton 2008)
SPARE, POWERS = 10, 5  # more directions than asked for, and rounds, until the first fifty stand
ENOUGH = 10_000  # rows that say where the directions are; of more, every second or third
_FLATTENING = Text("Finding the main directions", "주된 방향을 찾는 중")

PCA = Explanation(
    Text("PCA", "주성분 분석 (PCA)"),
    Text(
        "Points that lie apart differ most. Look which classes already part, and which lie on each other.",
        "멀리 떨어진 점일수록 많이 달라요. 어떤 클래스가 갈라지고 어떤 것이 겹치는지 보세요.",
    ),
    Text(
        "The flat picture that keeps the most spread: the two directions in which the data vary most, and nothing is bent. "
        "Classes that overlap here may still part in other directions.",
        "퍼짐이 가장 많이 남는 평면이에요. 데이터가 가장 많이 변하는 두 방향만 남기고 구부리지 않아요. "
        "여기서 겹쳐도 다른 방향에서는 갈라질 수 있어요.",
    ),
    "C = (1/n) Σᵢ (xᵢ − x̄)(xᵢ − x̄)ᵀ,   C vₖ = λₖ vₖ,   yᵢ = [v₁ v₂]ᵀ (xᵢ − x̄)",
)
TSNE = Explanation(
    same("t-SNE"),
    Text(
        "Trust who is whose neighbour. Do not read the sizes of the islands or the distances between them.",
        "누가 누구의 이웃인지만 믿으세요. 섬의 크기나 섬 사이의 거리는 읽지 마세요.",
    ),
    Text(
        "Neighbours pull each other, all points push each other, until the map rests. "
        "A point of one colour in another colour’s island is worth a look: it may be mislabelled.",
        "이웃끼리는 당기고 모든 점은 서로 밀면서 지도가 자리를 잡아요. "
        "다른 색 섬에 있는 점은 볼 만해요. 이름표가 틀렸을 수 있거든요.",
    ),
    "min KL(P‖Q) = Σᵢⱼ pᵢⱼ log(pᵢⱼ / qᵢⱼ),   qᵢⱼ ∝ 1 / (1 + |yᵢ − yⱼ|²)",
)
EXPLAINED: dict[Method, Explanation] = {"pca": PCA, "tsne": TSNE}


@dataclass(frozen=True, slots=True, eq=False)
class Mapped(Event):
    """Where the points of a map begin: which of the set they are, and their places by PCA.

    index: (n,) int64 into the set. points: (n, 2) float32. kept: share of the spread that two directions hold, [0, 1].
    """

    index: np.ndarray
    points: np.ndarray
    kept: float


@dataclass(frozen=True, slots=True, eq=False)
class SetMap:
    """A finished map: index (n,) int64 into the set, points (n, 2) float32, and by which method."""

    index: np.ndarray
    points: np.ndarray
    method: Method


def embed(set_: AnySet, way: Features, *, method: Method, most: int = 5000, among: np.ndarray | None = None) -> Job:
    """Lay the set out on a plane; yields `Progress`, `Mapped` (PCA) and, for t-SNE, `tsne.Moved` after each step.

    Args:
        most:  at most this many points, drawn with a fixed seed.
        among: (m,) int64, the part of the set to lay out; None = all.
    Returns:
        `SetMap`.
    """
    torch.set_num_threads(choose(spare=1).threads or 1)  # of this thread only; the window keeps a core
    index = sample(len(set_), most, among)
    if not len(index):
        return SetMap(index, np.zeros((0, 2), np.float32), method)
    rows = way.comparable((yield from describe(set_, index, way)))
    yield Progress(0, 0, _FLATTENING)
    flat = reduced(rows, COMPONENTS)
    points = np.zeros((len(index), 2), np.float32)
    points[:, : flat.shape[1]] = flat[:, :2]
    spread = float(rows.var(axis=0).sum()) if len(rows) else 0.0
    yield Mapped(index, points, float(points.var(axis=0).sum() / spread) if spread else 1.0)
    if method == "tsne":
        points = yield from tsne(flat)
    return SetMap(index, points, method)


def sample(count: int, most: int, among: np.ndarray | None) -> np.ndarray:
    """At most `most` of 0 … count−1 (or of `among`), drawn with a fixed seed, ascending (n,) int64."""
    whole = np.arange(count) if among is None else np.unique(among)
    if len(whole) <= most:
        return whole
    return np.sort(np.random.default_rng(0).choice(whole, most, replace=False))


def reduced(rows: np.ndarray, most: int) -> np.ndarray:
    """Principal components of (n, D) rows, the strongest first: (n, min(most, n, D)) float32, mean 0 each.

    By the randomized range finder (Halko, Martinsson, Tropp, SIAM Review 2011, algorithm 4.4): a fraction of a
    second where all D directions would take many. The sign of each is fixed by its largest weight, so that a
    map does not flip from time to time.
    """
    whole = torch.from_numpy(np.ascontiguousarray(rows, np.float32))
    whole = whole - whole.mean(0)
    most = min(most, *whole.shape)
    x = whole[:: -(-len(whole) // ENOUGH)] if len(whole) else whole
    begin = torch.randn(x.shape[1], min(most + SPARE, x.shape[1]), generator=torch.Generator().manual_seed(0))
    basis = begin  # (D, most + SPARE)
    for _ in range(POWERS):
        basis = torch.linalg.qr(x.T @ (x @ basis)).Q
    axes = basis @ torch.linalg.svd(x @ basis, full_matrices=False).Vh.T[:, :most]
    axes = axes * axes.gather(0, axes.abs().argmax(0, keepdim=True)).sign()
    return np.asarray((whole @ axes).numpy())
