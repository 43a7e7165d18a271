"""Digits on paper: find what the pen drew, part it into digits, read each with the digit network (lecture rows 1, 34)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np

from engine.live.overlays import DIGITS, DigitsRead
from engine.live.settings import LiveSettings

_LONGEST = 1200  # pixels of the longer side that are looked at
_LEAST, _MOST = 0.012, 0.9  # of the shorter side: height of what can be a digit
_MANY = 150  # digits of a frame


@dataclass(frozen=True, slots=True, eq=False)
class _Strokes:
    """ink: (h, w) uint8. boxes: (N, 4) int x1 y1 x2 y2 in it. scale: of it against the picture."""

    ink: np.ndarray
    boxes: np.ndarray
    labels: np.ndarray
    which: tuple[tuple[int, ...], ...]
    scale: float


class DigitSeer:
    """Reads with the bundled network, all digits of a frame at once."""

    backend = "PyTorch fp32"

    def __init__(self) -> None:
        from engine.read import BUNDLED
        from engine.train.recipes import recipe
        from engine.zoo.weights import open_weights, put

        tensors, about = open_weights(BUNDLED)
        self._network = recipe(BUNDLED).make(**about["build"])
        put(self._network, tensors, BUNDLED)
        self._network.eval()
        self.card = replace(DIGITS, bytes=int(about.get("bytes", 0)))

    def prepare(self, picture: np.ndarray) -> tuple[_Strokes, np.ndarray]:
        """The strokes, and each as the network wants it: (N, 28, 28) uint8."""
        from engine.read import centred

        strokes = strokes_of(picture)
        seen = [centred(_alone(strokes, row)) for row in range(len(strokes.boxes))]
        return strokes, np.array(seen, np.uint8).reshape(-1, 28, 28)

    def infer(self, prepared: tuple[_Strokes, np.ndarray]) -> tuple[_Strokes, np.ndarray]:
        import torch

        strokes, seen = prepared
        if not len(seen):
            return strokes, np.zeros((0, 10), np.float32)
        with torch.inference_mode():
            x = torch.from_numpy(seen)[:, None].float().div_(255)  # (N, 1, 28, 28)
            return strokes, self._network(x).softmax(1).numpy()

    def finish(self, answer: tuple[_Strokes, np.ndarray], picture: np.ndarray, settings: LiveSettings) -> DigitsRead:
        strokes, shares = answer
        keep = np.flatnonzero(shares.max(axis=1, initial=0) >= settings.score)
        boxes = (strokes.boxes[keep] / strokes.scale).astype(np.float32).reshape(-1, 4)
        order, lines = reading_order(boxes)
        digits = shares[keep].argmax(axis=1)[order]
        said = tuple("".join(str(d) for d in digits[start:stop]) for start, stop in lines)
        return DigitsRead(self.card.id, boxes[order], digits.astype(np.int64), shares[keep][order], said)

    def faster(self) -> None:
        """A network of 0.1 million weights: nothing to gain."""
        return


def strokes_of(picture: np.ndarray) -> _Strokes:
    """What stands out from the paper in (H, W, 3) uint8 RGB, as connected strokes of a digit's size.

    The paper's own brightness, with its shadows, is what a wide closing (dark ink) shows; ink is what is darker.
    """
    scale = min(1.0, _LONGEST / max(picture.shape[:2]))
    size = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    ink = _ink(grey)
    level, _ = cv2.threshold(ink, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    mask = (ink > max(16.0, 0.6 * level)).astype(np.uint8)
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    groups = _digits(stats, min(grey.shape))
    boxes = np.array([_around(stats, group) for group in groups], np.int64).reshape(-1, 4)
    top = np.percentile(ink[mask > 0], 90) if mask.any() else 255
    scaled = np.where(mask > 0, np.clip(ink * (255.0 / max(top, 1)), 0, 255), 0).astype(np.uint8)
    return _Strokes(scaled, boxes, labels, tuple(groups), scale)


def _ink(grey: np.ndarray) -> np.ndarray:
    """(h, w) uint8: how much darker than the paper around it each pixel is, or lighter, on a dark board.

    A dark photograph of paper is no board: there the strokes are still the darker tail of all pixels.
    """
    low, middle, high = np.percentile(grey, (1, 50, 99))
    board = middle < 90 and high - middle > middle - low
    values = 255 - grey if board else grey
    side = max(9, min(grey.shape) // 8) | 1
    half = max(5, side // 2) | 1
    few = cv2.resize(values, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ground: Any = cv2.morphologyEx(few, cv2.MORPH_CLOSE, np.ones((half, half), np.uint8))
    ground = cv2.resize(cv2.blur(ground, (half, half)), grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    ink = cv2.subtract(ground, values)
    return np.where(ink > 12, ink, 0).astype(np.uint8)


def _digits(stats: np.ndarray, shorter: int) -> list[tuple[int, ...]]:
    """Groups of connected parts that are one digit: those of a digit's height; a loose stroke joins what it touches."""
    fits = []
    for part in range(1, len(stats)):
        _, _, width, height, area = stats[part]
        filled = area / max(1, width * height)
        if _LEAST * shorter <= height <= _MOST * shorter and height >= 8 and width <= 2.2 * height and filled < 0.95:
            fits.append(part)
    if not fits:
        return []
    usual = float(np.median([stats[part][3] for part in fits]))
    kept = [part for part in fits if 0.35 * usual <= stats[part][3] <= 3 * usual]
    return [(part,) for part in sorted(kept, key=lambda part: -stats[part][4])[:_MANY]]


def _around(stats: np.ndarray, group: tuple[int, ...]) -> tuple[int, int, int, int]:
    left, top = min(stats[p][0] for p in group), min(stats[p][1] for p in group)
    right, bottom = max(stats[p][0] + stats[p][2] for p in group), max(stats[p][1] + stats[p][3] for p in group)
    return left, top, right, bottom


def _alone(strokes: _Strokes, row: int) -> np.ndarray:
    """(h, w) uint8 ink of one digit, without what reaches into its box from its neighbours; thin pens made wider."""
    x1, y1, x2, y2 = strokes.boxes[row]
    own = np.isin(strokes.labels[y1:y2, x1:x2], strokes.which[row])
    ink: Any = np.where(own, strokes.ink[y1:y2, x1:x2], 0).astype(np.uint8)
    side = max(ink.shape)
    width = own.sum() / max(1, _length(own))  # pixels across a stroke
    wanted = side / 11  # as MNIST's: about two of twenty pixels
    if width < 0.7 * wanted:
        more = max(1, round(wanted - width))
        ink = cv2.copyMakeBorder(ink, more, more, more, more, cv2.BORDER_CONSTANT)
        ink = cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (more + 1, more + 1)))
    return ink


def _length(mask: np.ndarray) -> float:
    """About how long the strokes of a mask are: half the length of their outline."""
    inner = cv2.erode(mask.astype(np.uint8), np.ones((3, 3), np.uint8), borderValue=0)
    return max(1.0, float((mask & (inner == 0)).sum()) / 2)


def reading_order(boxes: np.ndarray) -> tuple[np.ndarray, list[tuple[int, int]]]:
    """Rows of (N, 4) boxes line by line, and where each line starts and stops in that order."""
    if not len(boxes):
        return np.zeros(0, np.int64), []
    middles, heights = (boxes[:, 1] + boxes[:, 3]) / 2, boxes[:, 3] - boxes[:, 1]
    lines: list[list[int]] = []
    for row in np.argsort(middles, kind="stable"):
        for line in lines:
            near = np.mean([middles[i] for i in line[-3:]])
            if abs(middles[row] - near) < 0.5 * np.median(heights[line]):
                line.append(int(row))
                break
        else:
            lines.append([int(row)])
    lines = [sorted(line, key=lambda i: boxes[i, 0]) for line in lines]
    order, spans = [i for line in lines for i in line], []
    start = 0
    for line in lines:
        spans.append((start, start + len(line)))
        start += len(line)
    return np.array(order, np.int64), spans
