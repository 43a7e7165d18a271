"""Selective search: cheap proposals of where objects may be, from before deep learning (lecture rows 73, 80).

Uijlings, van de Sande, Gevers, Smeulders, "Selective Search for Object Recognition", IJCV 2013. The picture falls
into small even regions (Felzenszwalb, Huttenlocher, IJCV 2004, from scikit-image); then the two most alike
neighbours become one, again and again, until one region is left. Every region that ever was is a proposal.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import cv2
import numpy as np
from skimage.segmentation import felzenszwalb

from engine.detect.explain.stage import Stage, plain, timed
from engine.detect.letterbox import resized
from engine.jobs import Job
from engine.text import Text

LONGEST = 320  # pixels of the longer side on which regions are made
COLOURS = 25  # bins of each of hue, saturation and value
STRENGTHS, DIRECTIONS = 10, 8  # bins of each of 8 directions of change, in each colour channel
SNAPSHOTS = 6  # of the merging that are shown


@dataclass(frozen=True, slots=True, eq=False)
class Hierarchy:
    """Regions and what became of them; region n + i was made by merge i of the n first ones.

    first:    (h, w) int32, the region of each pixel at the start, 0 … n − 1.
    merges:   (n − 1, 2) int64, which two regions each merge joined.
    likeness: (n − 1,) float32 in [0, 4], of the two.
    boxes:    (2n − 1, 4) float32 x1 y1 x2 y2 of every region in pixels of the photograph.
    """

    first: np.ndarray
    merges: np.ndarray
    likeness: np.ndarray
    boxes: np.ndarray

    def after(self, merges: int) -> np.ndarray:
        """(h, w) int32: the region of each pixel after so many merges."""
        count = len(self.merges) + 1
        name = np.arange(2 * count - 1, dtype=np.int32)
        for i in reversed(range(merges)):  # the last merge first, so that names only look forward
            name[self.merges[i]] = name[count + i]
        return name[self.first]

    def proposals(self, seed: int = 0) -> np.ndarray:
        """(N, 4) float32, every different box, likely ones first: by place in the hierarchy times chance, as in §3.3."""
        order = np.arange(len(self.boxes), 0, -1)  # the whole picture is 1
        rank = order * np.random.default_rng(seed).random(len(order))
        ranked = self.boxes[np.argsort(rank, kind="stable")]
        _, first = np.unique(ranked, axis=0, return_index=True)
        return ranked[np.sort(first)]


def search(picture: np.ndarray, *, scale: float = 100, seed: int = 0) -> Job:
    """Propose boxes in (H, W, 3) uint8 RGB; yields a `Stage` for the regions, the merging and the proposals.

    Args:
        scale: how large the first regions are; larger gives fewer.
    Returns:
        `Hierarchy`.
    """
    first, ms = timed(lambda: first_regions(picture, scale))
    count = int(first.max()) + 1
    said = Text("{n} regions, each of even colour.", "색이 고른 영역 {n}개로 나눴어요.")
    yield Stage(REGIONS, said(n=count), ms, painted(picture, first), figures={"regions": count})
    found, ms = timed(lambda: merged(picture, first))
    for left in np.unique(np.geomspace(max(1, count // 2), 4, SNAPSHOTS).astype(int))[::-1]:
        if left < count:
            said = Text("{n} regions are left.", "영역이 {n}개 남았어요.")
            shown = painted(picture, found.after(count - left))
            yield Stage(MERGING, said(n=int(left)), ms, shown, figures={"regions": float(left)})
            ms = 0.0  # the whole merging was paid for by the first
    boxes, ms = timed(lambda: found.proposals(seed))
    said = Text("{n} boxes where something may be.", "무언가 있을 만한 상자 {n}개를 골랐어요.")
    yield Stage(PROPOSALS, said(n=len(boxes)), ms, picture, plain(boxes), figures={"proposals": len(boxes)})
    return found


REGIONS = Text("Regions", "영역 나누기")
MERGING = Text("Merging", "비슷한 영역 합치기")
PROPOSALS = Text("Proposals", "후보 상자 (region proposal)")


def first_regions(picture: np.ndarray, scale: float = 100) -> np.ndarray:
    """(h, w) int32 regions 0 … n − 1 of the photograph made small."""
    small = _small(picture)
    least = max(4, small.shape[0] * small.shape[1] // 2500)  # 40 or so pixels
    return np.asarray(felzenszwalb(small, scale=scale, sigma=0.8, min_size=least), np.int32)


def merged(picture: np.ndarray, first: np.ndarray) -> Hierarchy:
    """Join the most alike neighbours until one region is left."""
    forest = _Forest(_small(picture), first)
    merges, likeness = [], []
    while forest.waiting:
        like, a, b = heapq.heappop(forest.waiting)
        if forest.gone[a] or forest.gone[b]:
            continue
        forest.join(a, b)
        merges.append((a, b))
        likeness.append(-like)
    grow = np.array([picture.shape[1] / first.shape[1], picture.shape[0] / first.shape[0]] * 2)
    return Hierarchy(
        first,
        np.array(merges, np.int64).reshape(-1, 2),
        np.array(likeness, np.float32),
        (forest.boxes[: forest.count] * grow).astype(np.float32),
    )


class _Forest:
    """The regions alive, what each looks like, and the pairs of neighbours waiting, most alike first."""

    def __init__(self, picture: np.ndarray, first: np.ndarray) -> None:
        self.count = count = int(first.max()) + 1
        room = 2 * count - 1
        self.pixels = first.size
        self.gone = np.zeros(room, bool)
        self.sizes = np.zeros(room)
        self.sizes[:count] = np.bincount(first.ravel(), minlength=count)
        looks = np.concatenate((_colours(picture, first, count), _textures(picture, first, count)), axis=1)
        self.looks = np.zeros((room, looks.shape[1]), np.float32)
        self.looks[:count] = looks
        self.boxes = np.zeros((room, 4))
        self.boxes[:count] = _boxes(first, count)
        self.near: list[set[int]] = [set() for _ in range(room)]
        for a, b in _touching(first):
            self.near[a].add(b)
            self.near[b].add(a)
        self.waiting: list[tuple[float, int, int]] = []
        for a in range(count):
            self._wait(a, [b for b in self.near[a] if b > a])

    def join(self, a: int, b: int) -> None:
        """Make one region of two: histograms are averaged by size, so no pixel is read again."""
        new, self.count = self.count, self.count + 1
        self.gone[[a, b]] = True
        self.sizes[new] = self.sizes[a] + self.sizes[b]
        share = self.sizes[a] / self.sizes[new]
        self.looks[new] = share * self.looks[a] + (1 - share) * self.looks[b]
        self.boxes[new] = _around(self.boxes[a], self.boxes[b])
        self.near[new] = {n for n in self.near[a] | self.near[b] if not self.gone[n]}
        for n in self.near[new]:
            self.near[n].add(new)
        self._wait(new, sorted(self.near[new]))

    def _wait(self, a: int, others: list[int]) -> None:
        """Likeness = colour + texture + size + fill (equations 2–5 of the paper), each in [0, 1]."""
        if not others:
            return
        shared = np.minimum(self.looks[a], self.looks[others]).sum(axis=1)  # of both histograms, each sums to 1
        together = (self.sizes[a] + self.sizes[others]) / self.pixels
        box = _around(self.boxes[a], self.boxes[others])
        hole = (box[:, 2] - box[:, 0]) * (box[:, 3] - box[:, 1]) / self.pixels - together
        likeness = shared + (1 - together) + (1 - hole)
        for b, like in zip(others, likeness.tolist(), strict=True):
            heapq.heappush(self.waiting, (-like, a, b))


def _small(picture: np.ndarray) -> np.ndarray:
    scale = min(1.0, LONGEST / max(picture.shape[:2]))
    return resized(picture, (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale))))


def _around(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The smallest box that holds both, (…, 4)."""
    return np.concatenate((np.minimum(a[..., :2], b[..., :2]), np.maximum(a[..., 2:], b[..., 2:])), axis=-1)


def _colours(picture: np.ndarray, regions: np.ndarray, count: int) -> np.ndarray:
    """(count, 75) float32 histograms of hue, saturation and value, summing to 1."""
    hsv = cv2.cvtColor(picture, cv2.COLOR_RGB2HSV_FULL)
    bins = hsv.astype(np.int64) * COLOURS // 256
    return _histograms([bins[..., c] for c in range(3)], regions, count, COLOURS)


def _textures(picture: np.ndarray, regions: np.ndarray, count: int) -> np.ndarray:
    """(count, 240) float32 histograms of how strongly each channel changes in 8 directions, summing to 1."""
    smooth = cv2.GaussianBlur(picture, (0, 0), 1.0).astype(np.float32)
    across, down = cv2.Sobel(smooth, cv2.CV_32F, 1, 0) / 8, cv2.Sobel(smooth, cv2.CV_32F, 0, 1) / 8
    bins = []
    for angle in np.arange(DIRECTIONS) * 2 * np.pi / DIRECTIONS:
        change = np.clip(np.cos(angle) * across + np.sin(angle) * down, 0, None)  # grey levels per pixel
        bins += [np.minimum(change[..., c] * STRENGTHS / 64, STRENGTHS - 1).astype(np.int64) for c in range(3)]
    return _histograms(bins, regions, count, STRENGTHS)


def _histograms(bins: list[np.ndarray], regions: np.ndarray, count: int, size: int) -> np.ndarray:
    """For each region the histograms of all maps of `bins` side by side, (count, len(bins) · size) float32."""
    found = [np.bincount((regions * size + b).ravel(), minlength=count * size).reshape(count, size) for b in bins]
    together = np.concatenate(found, axis=1).astype(np.float32)
    return together / np.maximum(together.sum(axis=1, keepdims=True), 1)


def _boxes(regions: np.ndarray, count: int) -> np.ndarray:
    """(count, 4) x1 y1 x2 y2 round the pixels of each region."""
    rows, columns = np.indices(regions.shape)
    boxes = np.tile(np.array([np.inf, np.inf, 0, 0]), (count, 1))
    flat = regions.ravel()
    np.minimum.at(boxes[:, 0], flat, columns.ravel())
    np.minimum.at(boxes[:, 1], flat, rows.ravel())
    np.maximum.at(boxes[:, 2], flat, columns.ravel() + 1)
    np.maximum.at(boxes[:, 3], flat, rows.ravel() + 1)
    return boxes


def _touching(regions: np.ndarray) -> list[tuple[int, int]]:
    """Every pair of regions that share an edge between two pixels, once."""
    pairs = np.concatenate(
        [
            np.stack((a.ravel(), b.ravel()), axis=1)
            for a, b in ((regions[:, :-1], regions[:, 1:]), (regions[:-1], regions[1:]))
        ]
    )
    pairs = np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1), axis=0)
    return [(int(a), int(b)) for a, b in pairs]


def painted(picture: np.ndarray, regions: np.ndarray) -> np.ndarray:
    """Every region in its own mean colour with a fine border, at the photograph's size, uint8."""
    small = _small(picture).astype(np.float64)
    names, flat = np.unique(regions, return_inverse=True)
    flat = flat.ravel()
    sizes = np.bincount(flat, minlength=len(names))
    means = [np.bincount(flat, weights=small[..., c].ravel(), minlength=len(names)) / sizes for c in range(3)]
    shown = np.stack(means, axis=1)[flat].reshape(small.shape)
    border = np.zeros(regions.shape, bool)
    border[:, 1:] |= regions[:, 1:] != regions[:, :-1]
    border[1:] |= regions[1:] != regions[:-1]
    shown[border] = 255
    return cv2.resize(shown.astype(np.uint8), (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_NEAREST)
