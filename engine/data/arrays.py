"""NumPy's files read with distrust: no pickles, no arrays larger than memory, sentences for damage."""

from __future__ import annotations

import io
import math
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np

from engine.errors import LabError, cannot_read
from engine.files import write_whole
from engine.text import Text

LARGEST = 8 << 30  # bytes of one array
_BROKEN = (ValueError, zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError)
_EPOCH = (1980, 1, 1, 0, 0, 0)  # so that the same arrays make the same bytes


def damaged(path: Path) -> LabError:
    text = Text(
        "{path} is damaged, cut off, or holds objects that could run a program. Only plain arrays are read.",
        "{path} 파일이 손상됐거나 잘렸거나, 프로그램을 실행할 수 있는 객체가 들어 있어요. 일반 배열만 읽어요.",
    )
    return LabError(text(path=path))


def headers(path: Path) -> dict[str, tuple[tuple[int, ...], np.dtype[Any]]]:
    """Shape and kind of each array in an NPZ, read from the arrays' headers alone. {} when it is none."""
    found = {}
    try:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".npy"):
                    with archive.open(name) as file:
                        found[name.removesuffix(".npy")] = _header(file)
    except (*_BROKEN, OSError):
        return {}
    return found


def _header(file: IO[bytes]) -> tuple[tuple[int, ...], np.dtype[Any]]:
    version = np.lib.format.read_magic(file)
    read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    shape, _, kind = read(file)
    if kind.hasobject:
        raise ValueError("objects")
    return shape, kind


def read_arrays(path: Path, names: list[str]) -> dict[str, np.ndarray]:
    """The named arrays of an NPZ. Raises `LabError` when it is damaged or holds anything but plain arrays."""
    try:
        about = headers(path)
        if any(name not in about or math.prod(about[name][0]) * about[name][1].itemsize > LARGEST for name in names):
            raise ValueError("size")
        with np.load(path, allow_pickle=False) as file:
            return {name: file[name] for name in names}
    except OSError as error:
        raise cannot_read(path, error) from error
    except (*_BROKEN, MemoryError) as error:
        raise damaged(path) from error


def write_arrays(path: Path, arrays: Mapping[str, np.ndarray]) -> None:
    """An NPZ of these arrays; the same arrays give the same bytes (np.savez writes the time into it)."""

    def fill(file: IO[bytes]) -> None:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, values in arrays.items():
                content = io.BytesIO()
                np.lib.format.write_array(content, np.ascontiguousarray(values), allow_pickle=False)
                info = zipfile.ZipInfo(f"{name}.npy", _EPOCH)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, content.getvalue())

    write_whole(path, fill)
