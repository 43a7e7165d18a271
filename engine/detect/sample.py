"""A photograph with its marks, as a value that can be moved: boxes and outlines always follow the pixels."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from engine.data.photoset import Objects

Rings = tuple[np.ndarray, ...]

LEAST_PART = 0.25  # of a box's area must still be seen, else what is left is neither learnt nor called wrong
LEAST_SIDE = 2.0  # pixels


class Sample(NamedTuple):
    """A photograph and what is marked in it.

    picture:  (H, W, 3) uint8 RGB.
    boxes:    (n, 4) float32 x1 y1 x2 y2 in pixels.
    labels:   (n,) int64; −1 marks a crowd, which is neither learnt nor counted as a mistake.
    outlines: for each object its rings, each (P, 2) float32 x y in pixels; () where nobody asks for masks.
    """

    picture: np.ndarray
    boxes: np.ndarray
    labels: np.ndarray
    outlines: tuple[Rings, ...] = ()

    def moved(self, grow: tuple[float, float], shift: tuple[float, float]) -> Sample:
        """The marks at (x, y) · grow + shift; a negative `grow` mirrors. The picture is left as it is."""
        by, to = np.array(grow, np.float32), np.array(shift, np.float32)
        a, b = self.boxes[:, :2] * by + to, self.boxes[:, 2:] * by + to
        boxes = np.concatenate((np.minimum(a, b), np.maximum(a, b)), axis=1)
        outlines = tuple(tuple(ring * by + to for ring in rings) for rings in self.outlines)
        return self._replace(boxes=boxes, outlines=outlines)

    def transposed(self) -> Sample:
        """x and y change places, in the picture and in its marks."""
        outlines = tuple(tuple(ring[:, ::-1] for ring in rings) for rings in self.outlines)
        picture = np.ascontiguousarray(self.picture.transpose(1, 0, 2))
        return Sample(picture, self.boxes[:, [1, 0, 3, 2]], self.labels, outlines)

    def cut(self) -> Sample:
        """Boxes cut at the edges of the picture; where too little of an object is left, it becomes a crowd (−1)."""
        height, width = self.picture.shape[:2]
        boxes = np.clip(self.boxes, 0, np.array([width, height] * 2)).astype(np.float32)
        sides = boxes[:, 2:] - boxes[:, :2]
        before = (self.boxes[:, 2:] - self.boxes[:, :2]).prod(axis=1)
        labels = np.where(sides.prod(axis=1) < LEAST_PART * before, -1, self.labels)
        keep = (sides >= LEAST_SIDE).all(axis=1)
        outlines = tuple(self.outlines[i] for i in np.flatnonzero(keep)) if self.outlines else ()
        return Sample(self.picture, boxes[keep], labels[keep], outlines)

    def masks(self) -> np.ndarray:
        """(n, H, W) uint8, 1 inside each object's outlines; its whole box where it has none."""
        masks = np.zeros((len(self.labels), *self.picture.shape[:2]), np.uint8)
        for i, mask in enumerate(masks):
            rings = self.outlines[i] if self.outlines else ()
            if rings:
                cv2.fillPoly(mask, [np.round(ring).astype(np.int32) for ring in rings], 1)
            else:
                left, top, right, bottom = np.round(self.boxes[i]).astype(int)
                mask[top:bottom, left:right] = 1
        return masks


def sample_of(picture: np.ndarray, objects: Objects, *, outlines: bool = False) -> Sample:
    """A photograph and its objects as they come from a set; crowds get the label −1."""
    labels = np.where(objects.crowd, -1, objects.labels)
    return Sample(picture, objects.boxes, labels, objects.outlines if outlines else ())
