"""Small pictures of a set of photographs, made in the background, those in view first.

A wall of 20,000 photographs cannot be read before it is shown: `Thumbnails` stands for the array of
all of them from the first moment, with a quiet neutral where a photograph was not read yet, and
`fill` reads them a few at a time, so that other work on its lane can come between.
In memory and on disk they are JPEG; only those in view are ever unpacked.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import cv2
import numpy as np
from PIL import Image

from engine.data.photoset import PhotoSet, Unreadable
from engine.data.pictures import read_small
from engine.data.thumbnail_store import Kept, ThumbnailStore
from engine.errors import LabError, cannot_read
from engine.jobs import Job, Progress
from engine.text import Text

SIDE, SIDE_OF_MANY = 112, 96  # pixels: the side of a square with as many pixels as a thumbnail
MANY = 10_000
QUALITY = 82
UNPACKED = 1500  # thumbnails; about 50 MB
FLATTEST, TALLEST = 1.5, 0.75  # width over height of a tile
NEUTRAL = (40, 45, 55)
_COUNTS = 256 * 8  # bytes: how many pixels of each class stand before a packed mask
_READING = Text("Making thumbnails", "작은 그림을 만드는 중")


def tile_shape(photos: PhotoSet) -> tuple[int, int]:
    """(height, width) of the thumbnails of a set: in the shape most of its photographs have; square when unknown."""
    side = SIDE if len(photos) <= MANY else SIDE_OF_MANY
    known = photos.sizes[(photos.sizes > 0).all(axis=1)]
    if not len(known):
        return side, side
    aspect = float(np.clip(np.median(known[:, 0] / known[:, 1]), TALLEST, FLATTEST)) ** 0.5
    return round(side / aspect), round(side * aspect)


def crop_of(size: tuple[int, int], tile: tuple[int, int]) -> tuple[float, float, float, float]:
    """x, y, width and height of the middle part of a picture of `size` (w, h) that fills a `tile` (h, w)."""
    width, height = size
    scale = max(tile[1] / width, tile[0] / height)
    w, h = min(width, tile[1] / scale), min(height, tile[0] / scale)
    return (width - w) / 2, (height - h) / 2, w, h


class Thumbnails:
    """What every photograph of a set looks like, indexed like a (N, h, w, 3) uint8 RGB array.

    known:      (N,) bool: which have been read, or tried.
    sizes:      (N, 2) int32 width and height as found; 0 where not known yet.
    faults:     what could not be read, by index.
    wanted:     (n,) int64 indices to read first; replaced whole by whoever scrolls.
    quiet:      (r, g, b) of the unknown.
    pixels:     (N, classes) int64 how many pixels of each mask are of each class, for sets with masks.
    """

    def __init__(self, photos: PhotoSet, tile: tuple[int, int] | None = None) -> None:
        self.photos = photos
        self.tile = tile or tile_shape(photos)
        self.shape = (len(photos), *self.tile, 3)
        self.known = np.zeros(len(photos), bool)
        self.sizes = photos.sizes.astype(np.int32, copy=True)
        self.faults: dict[int, Unreadable] = {}
        self.wanted = np.zeros(0, np.int64)
        self.quiet: tuple[int, int, int] = NEUTRAL
        self.pixels = np.zeros((len(photos) if photos.masks else 0, len(photos.classes)), np.int64)
        self._jpegs: list[bytes] = [b""] * len(photos)
        self._masks: dict[int, bytes] = {}
        self._unpacked: OrderedDict[int, np.ndarray] = OrderedDict()
        self._next = 0

    def __len__(self) -> int:
        return self.shape[0]

    @property
    def complete(self) -> bool:
        """True when every photograph was read, or tried."""
        return bool(self.known.all())

    def __getitem__(self, which: Any) -> np.ndarray:
        """Thumbnails by index, as of an array: `t[3]`, `t[[1, 2]]`, `t[indices, ::2, ::2]`."""
        index, *rest = which if isinstance(which, tuple) else (which,)
        if isinstance(index, (int, np.integer)):
            return self._one(int(index))[tuple(rest)]
        rows = np.arange(len(self))[index]
        found = np.empty((len(rows), *self.shape[1:]), np.uint8)
        for row, i in enumerate(rows):
            found[row] = self._one(int(i))
        return found[(slice(None), *rest)]

    def _one(self, index: int) -> np.ndarray:
        kept = self._unpacked.get(index)
        if kept is None:
            jpeg = self._jpegs[index]
            if not jpeg:
                return np.broadcast_to(np.array(self.quiet, np.uint8), self.shape[1:])
            kept = np.asarray(cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR_RGB))
            self._unpacked[index] = kept
            while len(self._unpacked) > UNPACKED:
                self._unpacked.popitem(last=False)
        return kept

    def mask(self, index: int) -> np.ndarray | None:
        """The class of each pixel of a thumbnail, (h, w) uint8; None where there is no mask, or it is not read."""
        packed = self._masks.get(index)
        if packed is None:
            return None
        return np.frombuffer(zlib.decompress(packed), np.uint8, offset=_COUNTS).reshape(self.tile)

    def take(self, index: int, kept: Kept) -> None:
        """Remember what was read of one photograph."""
        self._jpegs[index] = kept.jpeg
        self.sizes[index] = kept.width, kept.height
        if kept.mask:
            counts = np.frombuffer(zlib.decompress(kept.mask), np.int64, 256)
            self.pixels[index] = counts[: self.pixels.shape[1]]
            self._masks[index] = kept.mask
        self.known[index] = True

    def fail(self, index: int, why: Text) -> None:
        """Remember that one photograph cannot be read, and why."""
        self.faults[index] = Unreadable(self.photos.files[index], why)
        self.known[index] = True

    def ahead(self, count: int) -> list[int]:
        """Up to `count` photographs to read next: those wanted first, then in file order."""
        wanted = self.wanted
        first = wanted[~self.known[wanted]][:count]
        if len(first):
            return [int(i) for i in first]
        while self._next < len(self) and self.known[self._next]:
            self._next += 1
        rest = np.flatnonzero(~self.known[self._next : self._next + 8 * count])[:count] + self._next
        if not len(rest) and not self.complete:
            rest = np.flatnonzero(~self.known)[:count]
        return [int(i) for i in rest]


def fill(thumbnails: Thumbnails, *, keep: bool = True) -> Job:
    """Read every photograph, those wanted first; yields `Progress` after each few, returns `thumbnails`.

    A file that cannot be read is listed in `thumbnails.faults`; it is never the end of the others.
    keep: use the thumbnails kept from earlier times, and keep the new ones.
    """
    store = ThumbnailStore(thumbnails.photos.folder) if keep else None
    for _ in store.open() if store else ():
        yield _progress(thumbnails)
    workers = max(1, min(4, (os.cpu_count() or 2) - 1))
    read = partial(_read, thumbnails.photos, thumbnails.tile, store)
    with ThreadPoolExecutor(workers) as pool:
        while chunk := thumbnails.ahead(4 * workers):
            for index, found in zip(chunk, pool.map(read, chunk), strict=True):
                _put(thumbnails, index, found, store)
            yield _progress(thumbnails)
    if store:
        store.flush()
    return thumbnails


def _progress(thumbnails: Thumbnails) -> Progress:
    return Progress(int(thumbnails.known.sum()), len(thumbnails), _READING)


@dataclass(slots=True)
class _Found:
    """What came of one photograph: its thumbnail (new, or kept from before), or what is wrong with it, or both."""

    key: bytes = b""
    kept: Kept | None = None
    fresh: bool = True
    fault: Text | None = None


def _read(photos: PhotoSet, tile: tuple[int, int], store: ThumbnailStore | None, index: int) -> _Found:
    found = _Found()
    try:
        found.key = _key(photos, index, tile)
        if store and (kept := store.get(found.key)):
            return _Found(found.key, kept, fresh=False)
        small, size = read_small(photos.path(index), round(0.75 * max(tile)))
        found.kept = Kept(_jpeg(fitted(small, tile)), *size)
        if photos.masks and photos.masks[index]:  # a photograph is shown even where its mask is damaged
            found.kept = replace(found.kept, mask=_packed(photos, index, tile))
    except LabError as error:
        found.fault = error.text
    except OSError as error:
        found.fault = cannot_read(photos.path(index), error).text
    return found


def _put(thumbnails: Thumbnails, index: int, found: _Found, store: ThumbnailStore | None) -> None:
    if found.kept:
        thumbnails.take(index, found.kept)
    if found.fault:
        thumbnails.fail(index, found.fault)
    elif store and found.fresh and found.kept:
        store.add(found.key, found.kept)


def fitted(image: np.ndarray, tile: tuple[int, int]) -> np.ndarray:
    """The middle part of (H, W, 3) uint8 as a (h, w, 3) uint8 tile."""
    x, y, w, h = crop_of((image.shape[1], image.shape[0]), tile)
    made = Image.fromarray(image).resize(tile[::-1], Image.Resampling.BILINEAR, (x, y, x + w, y + h))
    return np.asarray(made)


def _jpeg(tile: np.ndarray) -> bytes:
    return cv2.imencode(".jpg", tile[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1].tobytes()


def _packed(photos: PhotoSet, index: int, tile: tuple[int, int]) -> bytes:
    """Pixels of each class of a mask, (256,) int64, then the mask of the thumbnail, (h, w) uint8, zipped."""
    mask = photos.read_mask(index)
    counts = np.bincount(mask.ravel(), minlength=256).astype(np.int64)
    x, y, w, h = crop_of((mask.shape[1], mask.shape[0]), tile)
    rows = np.clip((y + (np.arange(tile[0]) + 0.5) * h / tile[0]).astype(int), 0, mask.shape[0] - 1)
    columns = np.clip((x + (np.arange(tile[1]) + 0.5) * w / tile[1]).astype(int), 0, mask.shape[1] - 1)
    return zlib.compress(counts.tobytes() + np.ascontiguousarray(mask[rows][:, columns]).tobytes(), 1)


def _key(photos: PhotoSet, index: int, tile: tuple[int, int]) -> bytes:
    """What a thumbnail depends on: the file as it is now (and its mask), and the tile."""
    parts = [f"{tile}"]
    for name in (photos.files[index], photos.masks[index] if photos.masks else ""):
        if name:
            about = (photos.folder / name).stat()
            parts.append(f"{name} {about.st_mtime_ns} {about.st_size}")
    return hashlib.blake2b("\n".join(parts).encode("utf-8", "surrogateescape"), digest_size=16).digest()
