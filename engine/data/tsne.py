"""t-SNE: points that are near each other in many dimensions stay near each other on a flat map.

van der Maaten, Hinton, "Visualizing data using t-SNE", JMLR 2008. The repulsion between all pairs is
read from a grid by Fourier transform (Linderman et al., "Fast interpolation-based t-SNE", Nature
Methods 2019), so that a step of 5,000 points takes milliseconds, and a person can watch it and stop it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import torch
from scipy import fft, sparse

from engine.jobs import Event, Job, Progress
from engine.text import Text

PERPLEXITY = 30.0  # how many neighbours each point listens to, about
EARLY, LATE = 200, 350  # steps with and without exaggeration; more changed neither trustworthiness nor neighbours
EXAGGERATION = 12.0
BISECTIONS = 64
BLOCK = 8_000_000  # distances that are computed at once: some hundredths of a second
SPACING = 0.42  # of the grid at most, in units of the map; the kernel 1/(1+d²) is 2 wide at half its height …
NODES = 64, 320  # … and along each side: a narrow map gets a finer grid, a wide one a coarser
_NEIGHBOURS = Text("Looking for neighbours", "이웃을 찾는 중")


@dataclass(frozen=True, slots=True, eq=False)
class Moved(Event):
    """Where the points are now, (N, 2) float32, after `done` of `total` steps."""

    done: int
    total: int
    points: np.ndarray
    latest_only: ClassVar[bool] = True


def neighbours(x: np.ndarray, k: int) -> Job:
    """The `k` nearest of every row by exact distance; yields `Progress`.

    Args:
        x: (N, D) float32, N > k.
    Returns:
        squared distances (N, k) float32 ascending, indices (N, k) int64.
    """
    points = torch.from_numpy(np.ascontiguousarray(x, np.float32))
    square = (points * points).sum(1)
    near, index = np.empty((len(x), k), np.float32), np.empty((len(x), k), np.int64)
    block = max(1, BLOCK // max(1, len(x)))
    for start in range(0, len(x), block):
        yield Progress(start, len(x), _NEIGHBOURS)
        rows = points[start : start + block]
        d = torch.addmm(square[None], rows, points.T, alpha=-2)  # |row|² is missing: it changes no order
        own = torch.arange(len(rows))
        d[own, start + own] = torch.inf
        found, where = d.topk(k, largest=False)
        near[start : start + block] = (found + square[start : start + block, None]).clamp_(min=0).numpy()
        index[start : start + block] = where.numpy()
    return near, index


def affinities(near: np.ndarray, index: np.ndarray, perplexity: float) -> Job:
    """How much each pair of points wants to be together: a symmetric (N, N) csr_matrix that sums to 1 (equation 1).

    Each point gets the width at which its neighbours have this perplexity, found by bisection.
    """
    n, k = near.shape
    d = (near - near[:, :1]).astype(np.float64)
    beta, low, high = np.ones(n), np.zeros(n), np.full(n, np.inf)
    beta /= np.maximum(d.mean(1), 1e-12)
    for _ in range(BISECTIONS):
        yield Progress(n, n, _NEIGHBOURS)
        weight = np.exp(-d * beta[:, None])
        total = weight.sum(1)
        entropy = np.log(total) + beta * (d * weight).sum(1) / total
        wide = entropy > np.log(perplexity)
        low, high = np.where(wide, beta, low), np.where(wide, high, beta)
        if np.abs(entropy - np.log(perplexity)).max() < 1e-3:
            break
        beta = np.where(np.isinf(high), 2 * beta, (low + high) / 2)
    p = weight / total[:, None]
    directed = sparse.csr_matrix((p.ravel(), index.ravel(), np.arange(0, n * k + 1, k)), (n, n))
    both = (directed + directed.T).tocsr()
    both.sort_indices()
    return both / both.sum()


class Attraction:
    """The pull between neighbours: Σⱼ pᵢⱼ (yᵢ − yⱼ) / (1 + |yᵢ − yⱼ|²) for every i."""

    def __init__(self, p: sparse.csr_matrix) -> None:
        self._p = p.data.astype(np.float32)
        self._other, self._first, self._count = p.indices, p.indptr[:-1], np.diff(p.indptr)

    def __call__(self, y: np.ndarray) -> np.ndarray:
        across, down = np.ascontiguousarray(y[:, 0]), np.ascontiguousarray(y[:, 1])
        dx = np.repeat(across, self._count) - across[self._other]  # (edges,)
        dy = np.repeat(down, self._count) - down[self._other]
        pull = dx * dx
        pull += dy * dy
        pull += 1
        np.divide(self._p, pull, out=pull)
        dx *= pull
        dy *= pull
        return np.stack([np.add.reduceat(dx, self._first), np.add.reduceat(dy, self._first)], axis=1)


class Repulsion:
    """The push between all pairs: Σⱼ (yᵢ − yⱼ) / (1 + |yᵢ − yⱼ|²)², and Z = Σᵢ≠ⱼ 1 / (1 + |yᵢ − yⱼ|²).

    Every point is spread over the 16 grid nodes round it (cubic Lagrange weights), the grid is convolved
    with the kernels, and the result is read back with the same weights.
    """

    def __init__(self) -> None:
        self._key = (0, 0.0)
        self._kernels = np.zeros(0)

    def _prepare(self, nodes: int, spacing: float) -> None:
        if self._key == (nodes, spacing):
            return
        wrapped = fft.fftfreq(2 * nodes, 1 / (2 * nodes)) * spacing  # 0, 1, … n−1, −n, … −1 steps
        x, y = np.meshgrid(wrapped, wrapped, indexing="ij")
        q = 1 / (1 + x * x + y * y)
        self._kernels = fft.rfft2(np.stack([q, q * q * x, q * q * y]).astype(np.float32))
        self._key = (nodes, spacing)

    def __call__(self, y: np.ndarray) -> tuple[np.ndarray, float]:
        low = y.min(axis=0)
        span = float((y.max(axis=0) - low).max())
        wanted = max(min(SPACING, span / NODES[0]), span / NODES[1], 1e-9)
        spacing = float(2 ** (np.ceil(4 * np.log2(wanted)) / 4))  # in steps, so that the kernels are seldom made again
        nodes = 32 * -(-int(span / spacing + 5) // 32)
        self._prepare(nodes, spacing)
        at = (y - low) / spacing + 1
        cell = np.floor(at).astype(np.int64)
        weight, node = _spread(cell, (at - cell).astype(np.float32), nodes)
        charge = np.bincount(node.ravel(), weight.ravel(), nodes * nodes).astype(np.float32).reshape(nodes, nodes)
        whole = (2 * nodes, 2 * nodes)
        field = fft.irfft2(fft.rfft2(charge, whole) * self._kernels, whole)[:, :nodes, :nodes]
        read = (field.reshape(3, -1)[:, node] * weight).sum(axis=2)  # (3, N)
        return read[1:].T, float(read[0].sum()) - len(y)


def _spread(cell: np.ndarray, f: np.ndarray, nodes: int) -> tuple[np.ndarray, np.ndarray]:
    """Weights (N, 16) float32 and flat node numbers (N, 16) for points `f` ∈ [0, 1)² beyond `cell`."""
    w = np.stack(
        [
            -f * (f - 1) * (f - 2) / 6,
            (f + 1) * (f - 1) * (f - 2) / 2,
            -(f + 1) * f * (f - 2) / 2,
            (f + 1) * f * (f - 1) / 6,
        ],
        axis=2,
    )  # (N, 2, 4)
    step = np.arange(-1, 3)
    node = (cell[:, 0, None, None] + step[:, None]) * nodes + cell[:, 1, None, None] + step
    return (w[:, 0, :, None] * w[:, 1, None, :]).reshape(len(f), 16), node.reshape(len(f), 16)


def tsne(x: np.ndarray, *, perplexity: float = PERPLEXITY, early: int = EARLY, late: int = LATE) -> Job:
    """Lay out the rows of `x`; yields `Progress`, then `Moved` after each step; the same input gives the same map.

    Args:
        x: (N, D) float32; 20 to 50 dimensions are best, the first two being those of PCA: they are the start.
        perplexity: lowered for few points, to a third of their number at most.
    Returns:
        (N, 2) float32.
    """
    n = len(x)
    if n < 5:
        return np.ascontiguousarray(x[:, :2], np.float32) if x.shape[1] > 1 else np.zeros((n, 2), np.float32)
    perplexity = min(perplexity, (n - 1) / 3)
    near, index = yield from neighbours(x, min(n - 1, int(3 * perplexity)))
    attraction, repulsion = Attraction((yield from affinities(near, index, perplexity))), Repulsion()
    spread = max(float(x[:, 0].std()), 1e-12)
    y = np.zeros((n, 2), np.float32)
    y[:, : x.shape[1]] = x[:, :2] * (1e-4 / spread)
    rate = n / EXAGGERATION / 4  # Belkina et al., Nature Communications 2019, whose slope has no factor 4
    speed, gain = np.zeros_like(y), np.ones_like(y)
    for step in range(early + late):
        exaggeration, momentum = (EXAGGERATION, 0.5) if step < early else (1.0, 0.8)
        push, z = repulsion(y)
        slope = 4 * (exaggeration * attraction(y) - push / z)  # paper, equation 5
        gain = np.where(slope * speed > 0, gain * 0.8, gain + 0.2).clip(0.01)
        speed = (momentum * speed - rate * gain * slope).astype(np.float32)
        y = y + speed
        y -= y.mean(axis=0)
        yield Moved(step + 1, early + late, y.copy())
    return y
