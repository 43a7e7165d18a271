"""Masks painted in class colours, made into masks of class numbers (CamVid's own release, lecture row 89).

A colour table names them: `label_colors.txt` (R G B name) or `class_dict.csv` (name, r, g, b). The numbered
masks are kept in the cache, for a set opened in place is never written.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
from pathlib import Path

import numpy as np
from PIL import Image

from engine import places
from engine.data.forms.reading import read_text
from engine.errors import LabError
from engine.files import write_bytes
from engine.text import Text

TABLES = ("label_colors.txt", "class_dict.csv", "classes.txt")
VOID_NAMES = ("void", "unlabelled", "unlabeled", "ignore")
NO_CLASS = 255  # in our masks: a colour that the table does not name


def table_of(root: Path) -> tuple[list[str], np.ndarray] | None:
    """Class names and their colours (classes, 3) uint8 from the table beside the set, or None."""
    for name in TABLES:
        if (root / name).is_file():
            rows = [row for line in read_text(root / name).splitlines() if (row := _row(line)) is not None]
            if rows:
                return [row[0] for row in rows], np.array([row[1:] for row in rows], np.uint8)
    return None


def _row(line: str) -> tuple[str, int, int, int] | None:
    """A line "R G B name", "name R G B" or "name,R,G,B" (numbers 0 … 255), or None."""
    words = next(csv.reader(io.StringIO(line)), []) if "," in line else line.split()
    words = [word.strip() for word in words if word.strip()]
    if len(words) < 4:
        return None
    for numbers, rest in ((words[:3], words[3:]), (words[-3:], words[:-3])):
        if all(word.isascii() and word.isdigit() and int(word) < 256 for word in numbers):
            return (" ".join(rest), *(int(word) for word in numbers))  # type: ignore[return-value]
    return None


def is_painted(path: Path) -> bool:
    """True when a mask's pixels are colours, not class numbers."""
    try:
        with Image.open(path) as image:
            return image.mode not in ("L", "P", "1", "I;16", "I")
    except (OSError, ValueError, SyntaxError):
        return False


def numbered(path: Path, colours: np.ndarray) -> Path:
    """The mask at `path` with class numbers for colours, made once and kept in the cache.

    Raises: `LabError` naming a file that is no picture.
    """
    stat = path.stat()
    key = hashlib.sha256(f"{path} {stat.st_size} {stat.st_mtime_ns}".encode(errors="replace") + colours.tobytes())
    place = places.cache() / "masks" / f"{key.hexdigest()[:32]}.png"
    if not place.exists():
        try:
            with Image.open(path) as image:
                pixels = np.asarray(image.convert("RGB"), np.uint32)
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
            text = Text("{path} is not a picture this program can read.", "{path} 파일은 읽을 수 있는 그림이 아니에요.")
            raise LabError(text(path=path)) from error
        write_bytes(place, png_of(_classes(pixels, colours)))
    return place


def _classes(pixels: np.ndarray, colours: np.ndarray) -> np.ndarray:
    """(H, W, 3) colours as (H, W) uint8 numbers; `NO_CLASS` for a colour outside the table."""
    packed = pixels[..., 0] << 16 | pixels[..., 1] << 8 | pixels[..., 2]
    keys = colours.astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], np.uint32)
    order = np.argsort(keys, kind="stable")
    at = np.searchsorted(keys[order], packed).clip(0, len(keys) - 1)
    found = order[at].astype(np.uint8)
    found[keys[order][at] != packed] = NO_CLASS
    return found


def png_of(values: np.ndarray) -> bytes:
    """(H, W) uint8, or (H, W, 3) RGB, as the bytes of a PNG; the same values give the same bytes."""
    content = io.BytesIO()
    Image.fromarray(values).save(content, "PNG")
    return content.getvalue()


def pairs_of(names: set[str]) -> dict[str, tuple[str, str]]:
    """For each part its folder of photographs and its folder of masks, among the folders `names`."""
    found = {}
    for name in sorted(names):
        for tail in ("annot", "_labels", "_mask", "_masks", "_annot"):
            if name + tail in names:
                found[name] = (name, name + tail)
    for photos, masks in (("images", "masks"), ("images", "labels"), ("701_StillsRaw_full", "LabeledApproved_full")):
        if not found and {photos, masks} <= names:
            found["all"] = (photos, masks)
    return found


def stem_of_mask(name: str) -> str:
    """The stem of the photograph that a mask belongs to: CamVid and its kin add _L, _mask …"""
    stem = os.path.splitext(name)[0]
    for tail in ("_L", "_mask", "_label", "_gt"):
        if stem.endswith(tail):
            return stem[: -len(tail)]
    return stem
