"""The IDX format of MNIST: a big-endian header, then raw bytes; plain or gzipped.

Header: two zero bytes, the type (0x08 = uint8), the number of axes, then each axis' length as
a 32-bit big-endian integer (http://yann.lecun.com/exdb/mnist).
"""

from __future__ import annotations

import gzip
import math
import shutil
import struct
import zlib
from pathlib import Path
from typing import BinaryIO

import numpy as np

from engine import places
from engine.errors import LabError, cannot_read
from engine.files import write_whole
from engine.text import Text

MEMORY_BOUND = 1 << 30  # bytes; larger sets stay on disk and are mapped


def read_idx(path: Path, axes: int, *, memory_bound: int = MEMORY_BOUND) -> np.ndarray:
    """The array in an IDX file: `axes` axes of uint8; a read-only np.memmap above `memory_bound` bytes.

    Raises: `LabError` naming the file when it is missing, cut off, or not what its header says.
    """
    try:
        with _open(path) as file:
            shape = _shape(file.read(4 + 4 * axes), axes, path)
            size = math.prod(shape)
            if size > memory_bound:
                return _mapped(path, shape, 4 + 4 * axes)
            content = file.read(size + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise _cut_off(path) from error
    except OSError as error:
        raise cannot_read(path, error) from error
    if len(content) != size:
        raise _cut_off(path)
    return np.frombuffer(content, np.uint8).reshape(shape)


def _open(path: Path) -> BinaryIO:
    return gzip.open(path) if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]


def _shape(header: bytes, axes: int, path: Path) -> tuple[int, ...]:
    if len(header) < 4 + 4 * axes or header[:4] != bytes((0, 0, 8, axes)):
        text = Text(
            "{path} is not an IDX file with {axes} axes: its header is wrong. Get the file again.",
            "{path} 파일의 머리글이 잘못됐어요. 축이 {axes}개인 IDX 파일이 아니에요. 파일을 다시 받아 보세요.",
        )
        raise LabError(text(path=path, axes=axes))
    return struct.unpack(f">{axes}I", header[4:])


def _cut_off(path: Path) -> LabError:
    text = Text(
        "{path} is cut off or damaged: it holds another number of bytes than its header says. Get the file again.",
        "{path} 파일이 잘렸거나 손상됐어요. 바이트 수가 머리글과 달라요. 파일을 다시 받아 보세요.",
    )
    return LabError(text(path=path))


def _mapped(path: Path, shape: tuple[int, ...], offset: int) -> np.ndarray:
    """Map the file itself; a gzipped one is unpacked into the cache first."""
    place = path
    if path.suffix == ".gz":
        place = places.cache() / f"{path.stem}-{path.stat().st_size}-{path.stat().st_mtime_ns}"
        if not place.exists():
            with gzip.open(path) as packed:
                write_whole(place, lambda file: shutil.copyfileobj(packed, file))
    if place.stat().st_size != offset + math.prod(shape):
        if place != path:
            place.unlink()
        raise _cut_off(path)
    return np.memmap(place, np.uint8, "r", offset, shape)
