"""What makes pictures worse before a network sees them: watch the answer hold, or break (lecture rows 20, 21, 38)."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from engine.live.settings import Damage

_GREY = (114, 114, 114)


def damaged(picture: np.ndarray, damage: Damage, *, seed: int = 0) -> np.ndarray:
    """(H, W, 3) uint8 RGB, worse: turned, darker or brighter, blurred, noisy, in fewer bits, through a JPEG.

    In the order in which a camera would: it stands askew, exposes, is out of focus, has a poor sensor, and stores.
    seed: of the noise; the frame's number, so that it changes as a camera's does and can be repeated.
    """
    if damage.none:
        return picture
    height, width = picture.shape[:2]
    out: Any = picture
    if damage.rotation:
        turn = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), damage.rotation, 1.0)
        out = cv2.warpAffine(out, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=_GREY)
    if damage.brightness != 1.0:
        out = cv2.convertScaleAbs(out, alpha=damage.brightness)
    if damage.blur > 0:
        out = cv2.GaussianBlur(out, (0, 0), damage.blur * max(width, 64) / 640)
    if damage.noise > 0:
        out = _noisy(out, damage.noise, seed)
    if damage.bits < 8:
        out = _TABLES[damage.bits][out]
    if damage.jpeg < 100:
        _, content = cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, damage.jpeg])
        out = cv2.imdecode(content, cv2.IMREAD_COLOR)  # the order of the channels comes back as it went in
    return np.ascontiguousarray(out)


def _noisy(picture: np.ndarray, spread: float, seed: int) -> np.ndarray:
    cv2.setRNGSeed(seed % 2**31)
    grain: Any = np.empty(picture.shape, np.int16)
    cv2.randn(grain, np.zeros(3), np.full(3, spread))
    return cv2.add(picture, grain, dtype=cv2.CV_8U)


def _table(bits: int) -> np.ndarray:
    """(256,) uint8: each value's nearest of 2^bits that are spread evenly from 0 to 255."""
    steps = 2**bits - 1
    return np.round(np.round(np.arange(256) / 255 * steps) / steps * 255).astype(np.uint8)


_TABLES = {bits: _table(bits) for bits in range(1, 8)}
