"""A photograph of any size on the canvas a network takes, and boxes back from there to the photograph."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from engine.detect.detections import Detections

GROUND = 114  # grey level of what is not picture; close to the mean of photographs


@dataclass(frozen=True, slots=True)
class Letterbox:
    """Where a picture of `width` × `height` pixels lies on a canvas: times `scale`, then `left` and `top` pixels in."""

    scale: float
    left: int
    top: int
    width: int
    height: int

    def to_canvas(self, boxes: np.ndarray) -> np.ndarray:
        """(N, 4) boxes of the picture on the canvas, float32."""
        shift = np.array([self.left, self.top, self.left, self.top], np.float32)
        return (np.asarray(boxes, np.float32) * self.scale + shift).astype(np.float32)

    def to_picture(self, found: Detections) -> Detections:
        """Detections on the canvas as those on the picture, cut at its edges. `found` has no masks."""
        shift = np.array([self.left, self.top, self.left, self.top], np.float32)
        end = np.array([self.width, self.height, self.width, self.height], np.float32)
        boxes = np.clip((found.boxes - shift) / self.scale, 0, end).astype(np.float32)
        return Detections(boxes, found.scores, found.labels)


def letterbox(picture: np.ndarray, size: tuple[int, int]) -> tuple[np.ndarray, Letterbox]:
    """The whole picture as large as fits on a grey canvas, its shape kept, in the middle.

    Args:
        picture: (h, w, 3) uint8.
        size:    (H, W) of the canvas in pixels.
    Returns:
        (H, W, 3) uint8, and where the picture lies on it.
    """
    (h, w), (height, width) = picture.shape[:2], size
    scale = min(height / h, width / w)
    inner = max(1, round(w * scale)), max(1, round(h * scale))
    left, top = (width - inner[0]) // 2, (height - inner[1]) // 2
    canvas = np.full((height, width, 3), GROUND, np.uint8)
    canvas[top : top + inner[1], left : left + inner[0]] = resized(picture, inner)
    return canvas, Letterbox(scale, left, top, w, h)


def resized(picture: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """`picture` at `size` (width, height) pixels: areas averaged when smaller, bilinear when larger."""
    if size == (picture.shape[1], picture.shape[0]):
        return picture
    smaller = size[0] * size[1] < picture.shape[0] * picture.shape[1]
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA if smaller else cv2.INTER_LINEAR)


def canvas_for(width: int, height: int, *, longest: int, multiple: int = 32) -> tuple[int, int]:
    """(H, W) of the smallest canvas, in multiples of 32, that takes a picture whose longer side becomes `longest`."""
    scale = longest / max(width, height)
    h, w = (max(multiple, -(-round(side * scale) // multiple) * multiple) for side in (height, width))
    return h, w
