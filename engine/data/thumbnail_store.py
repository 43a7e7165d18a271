"""Thumbnails kept on disk between starts: made again at any time, so never more than a bounded amount.

One folder for each folder of photographs, in it segments that are written whole and never changed. A
segment that is cut off or damaged is passed over; its thumbnails are simply made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine import places
from engine.files import write_bytes

BOUND = 512 * 2**20  # bytes of all sets together
SEGMENT = 4 * 2**20  # bytes gathered before they are written
_MAGIC = b"convoscope thumbnails 1\n"
_HEAD = struct.Struct("<16sIIII")  # key, width and height of the photograph, bytes of the picture, bytes of its mask


@dataclass(frozen=True, slots=True)
class Kept:
    """One thumbnail: a JPEG of it, the size of its photograph in pixels, and what is kept of its mask (or nothing)."""

    jpeg: bytes
    width: int
    height: int
    mask: bytes = b""


class ThumbnailStore:
    """The kept thumbnails of one folder of photographs; used by one thread at a time."""

    def __init__(self, photographs: Path, *, bound: int = BOUND) -> None:
        name = hashlib.sha256(str(photographs.absolute()).encode("utf-8", "surrogateescape")).hexdigest()[:24]
        self._above = places.cache() / "thumbnails"
        self._folder = self._above / name
        self._bound = bound
        self._kept: dict[bytes, Kept] = {}
        self._new: list[bytes] = []
        self._gathered = 0

    def open(self) -> Iterator[int]:
        """Read what is kept, segment by segment; yields how many thumbnails are known so far."""
        for path in sorted(self._folder.glob("*.seg")) if self._folder.is_dir() else ():
            with contextlib.suppress(OSError):
                content = path.read_bytes()
                for key, kept in _entries(content):
                    self._kept[key] = kept
                path.touch()  # the least recently used folder goes first
            yield len(self._kept)

    def get(self, key: bytes) -> Kept | None:
        """The thumbnail kept under `key` (16 bytes)."""
        return self._kept.get(key)

    def add(self, key: bytes, kept: Kept) -> None:
        """Keep one more; written once enough have gathered, and by `flush`."""
        head = _HEAD.pack(key, kept.width, kept.height, len(kept.jpeg), len(kept.mask))
        self._new += (head, kept.jpeg, kept.mask)
        self._gathered += len(head) + len(kept.jpeg) + len(kept.mask)
        if self._gathered >= SEGMENT:
            self.flush()

    def flush(self) -> None:
        """Write what gathered. Raises `LabError` when it cannot be written."""
        if not self._new:
            return
        body = b"".join(self._new)
        name = hashlib.sha256(body).hexdigest()[:24]
        self._new, self._gathered = [], 0
        write_bytes(self._folder / f"{name}.seg", _MAGIC + struct.pack("<I", zlib.crc32(body)) + body)
        self._make_room()

    def forget(self) -> None:
        """Let go of what was read; what is on disk stays."""
        self._kept.clear()

    def _make_room(self) -> None:
        """Remove whole folders, the least recently used first, until all fit the bound."""
        sizes: dict[Path, tuple[float, int]] = {}
        for segment in self._above.glob("*/*.seg"):
            with contextlib.suppress(OSError):
                about = segment.stat()
                newest, total = sizes.get(segment.parent, (0.0, 0))
                sizes[segment.parent] = (max(newest, about.st_mtime), total + about.st_size)
        over = sum(total for _, total in sizes.values()) - self._bound
        for folder, (_, total) in sorted(sizes.items(), key=lambda item: (item[0] == self._folder, item[1])):
            if over <= 0:
                return
            shutil.rmtree(folder, ignore_errors=True)
            over -= total


def _entries(content: bytes) -> Iterator[tuple[bytes, Kept]]:
    """What a segment holds; nothing when it is not one of ours or damaged."""
    start = len(_MAGIC) + 4
    if content[: len(_MAGIC)] != _MAGIC or len(content) < start:
        return
    body = memoryview(content)[start:]
    if zlib.crc32(body) != struct.unpack("<I", content[len(_MAGIC) : start])[0]:
        return
    at = 0
    while at + _HEAD.size <= len(body):
        key, width, height, jpeg, mask = _HEAD.unpack_from(body, at)
        at += _HEAD.size
        yield key, Kept(bytes(body[at : at + jpeg]), width, height, bytes(body[at + jpeg : at + jpeg + mask]))
        at += jpeg + mask
