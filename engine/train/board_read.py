"""Scalars out of TensorBoard files (events.out.tfevents.*) of any program, without TensorFlow.

A file is a row of records (TFRecord): length as uint64, its masked CRC-32C, the bytes, their masked CRC-32C, all
little-endian. A record is a protobuf `Event` with a `Summary`. Only what is needed of both is read here; the
field numbers are those of tensorflow/core/util/event.proto, framework/summary.proto and framework/tensor.proto.
A file that breaks off or is damaged is read up to there: a program that still writes leaves such an end.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

import numpy as np

from engine.errors import LabError, cannot_read
from engine.jobs import Event, Progress
from engine.text import Text

PATTERN = "*tfevents*"
LONGEST = 64 * 1024 * 1024  # bytes of one record; a longer one is no scalar but a damaged length
_HEAD = struct.Struct("<QI")
_FOOT = struct.Struct("<I")
_EVERY = 2000  # records between two words about progress
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_TYPES: dict[int, tuple[str, int]] = {  # DataType: (numpy's, the field of TensorProto that may hold its values)
    1: ("<f4", 5),
    2: ("<f8", 6),
    3: ("<i4", 7),
    9: ("<i8", 10),
}


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """One tag: steps (n,) int64 rising, values (n,) float64, seconds (n,) float64 since the board's first event."""

    steps: np.ndarray
    values: np.ndarray
    seconds: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """What was read: the curves by tag, from how many files and records, and how many files had a damaged end."""

    path: Path
    scalars: Mapping[str, Curve]
    files: int
    records: int
    damaged: int


def find_files(path: Path) -> tuple[Path, ...]:
    """The TensorBoard files that `path` is or that lie in that folder, oldest first."""
    if path.is_file():
        return (path,)
    return tuple(sorted(file for file in path.glob(PATTERN) if file.is_file()))


def read_board(path: Path) -> Generator[Event, None, Board]:
    """Every scalar in a file or in the files of a folder; a job. A step told twice keeps what was told last.

    Yields `Progress` in bytes. Raises: `LabError` when there is no such file, or none that holds a scalar.
    """
    files = find_files(path)
    total, done, records, damaged = sum(file.stat().st_size for file in files), 0, 0, 0
    points: dict[str, dict[int, tuple[float, float]]] = {}
    for file in files:
        try:
            with file.open("rb") as stream:
                for number, record in enumerate(read_records(stream)):
                    if number % _EVERY == 0:
                        yield Progress(done + stream.tell(), total, Text("Reading TensorBoard", "TensorBoard 읽는 중"))
                    if record is None:
                        damaged += 1
                        break
                    records += 1
                    _take(record, points)
        except OSError as error:
            raise cannot_read(file, error) from error
        done += file.stat().st_size
    if not points:
        raise LabError(_nothing(path, len(files)))
    return Board(path, _curves(points), len(files), records, damaged)


def _nothing(path: Path, files: int) -> Text:
    if not files:
        text = Text(
            "{path} holds no TensorBoard files. Choose the folder in which events.out.tfevents… lies.",
            "{path}에 TensorBoard 파일이 없어요. events.out.tfevents… 파일이 있는 폴더를 골라 주세요.",
        )
        return text(path=path)
    text = Text(
        "{path} is no TensorBoard file, or it holds no scalars.",
        "{path} 파일은 TensorBoard 파일이 아니거나 스칼라가 없어요.",
    )
    return text(path=path)


def _curves(points: Mapping[str, Mapping[int, tuple[float, float]]]) -> dict[str, Curve]:
    first = min(seconds for told in points.values() for _, seconds in told.values())
    curves = {}
    for tag, told in points.items():
        steps = np.array(sorted(told), np.int64)
        rows = np.array([told[int(step)] for step in steps], float)
        curves[tag] = Curve(steps, rows[:, 0], rows[:, 1] - first)
    return curves


# Records


def read_records(stream: BinaryIO) -> Iterator[bytes | None]:
    """The records of a TFRecord file; None, as the last, where it is cut off or does not match its checksums."""
    while head := stream.read(_HEAD.size):
        if len(head) < _HEAD.size:
            yield None
            return
        length, check = _HEAD.unpack(head)
        if masked_crc(head[:8]) != check or length > LONGEST:
            yield None
            return
        record, foot = stream.read(length), stream.read(_FOOT.size)
        if len(record) < length or len(foot) < _FOOT.size or masked_crc(record) != _FOOT.unpack(foot)[0]:
            yield None
            return
        yield record


@lru_cache(maxsize=1)
def _table() -> tuple[int, ...]:
    """CRC-32C (Castagnoli, reversed polynomial 0x82F63B78) of every byte."""
    table = []
    for byte in range(256):
        value = byte
        for _ in range(8):
            value = value >> 1 ^ (0x82F63B78 if value & 1 else 0)
        table.append(value)
    return tuple(table)


def masked_crc(content: bytes) -> int:
    """CRC-32C as TFRecord stores it: rotated by 15 bits, plus a constant."""
    table, crc = _table(), 0xFFFFFFFF
    for byte in content:
        crc = table[(crc ^ byte) & 0xFF] ^ crc >> 8
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


# Protobuf


def _fields(message: bytes) -> Iterator[tuple[int, int, int | bytes]]:
    """(field number, wire type, value) of a message. Raises `ValueError` or `IndexError` where it is none."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        kind = key & 7
        value: int | bytes
        if kind == _VARINT:
            value, at = _varint(message, at)
        elif kind in (_FIXED64, _FIXED32):
            size = 8 if kind == _FIXED64 else 4
            value, at = message[at : at + size], at + size
        elif kind == _BYTES:
            size, at = _varint(message, at)
            value, at = message[at : at + size], at + size
        else:
            raise ValueError(kind)
        if at > len(message):
            raise ValueError("cut off")
        yield key >> 3, kind, value


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
        if shift > 63:
            raise ValueError("no varint")


def _take(record: bytes, points: dict[str, dict[int, tuple[float, float]]]) -> None:
    """Put the scalars of one `Event` where they belong; a record of another kind says nothing."""
    try:
        step, seconds, values = 0, 0.0, list[bytes]()
        for number, kind, value in _fields(record):
            if number == 1 and kind == _FIXED64 and isinstance(value, bytes):
                (seconds,) = struct.unpack("<d", value)
            elif number == 2 and isinstance(value, int):
                step = value if value < 1 << 63 else value - (1 << 64)
            elif number == 5 and isinstance(value, bytes):
                values += [v for n, k, v in _fields(value) if n == 1 and k == _BYTES and isinstance(v, bytes)]
        for value in values:
            tag, figure = _scalar(value)
            if tag and figure is not None and math.isfinite(figure):
                points.setdefault(tag, {})[step] = figure, seconds
    except (ValueError, IndexError, struct.error, UnicodeDecodeError):
        return


def _scalar(message: bytes) -> tuple[str, float | None]:
    """Tag and value of one `Summary.Value`; None for a picture, a histogram or a sound."""
    tag, figure = "", None
    for number, kind, value in _fields(message):
        if number == 1 and isinstance(value, bytes):
            tag = value.decode("utf-8")
        elif number == 2 and kind == _FIXED32 and isinstance(value, bytes):
            (figure,) = struct.unpack("<f", value)
        elif number == 8 and isinstance(value, bytes):
            figure = _tensor(value)
    return tag, figure


def _tensor(message: bytes) -> float | None:
    """The one number in a `TensorProto`; None when it holds another count or another type."""
    kind, content, listed, whole = 0, b"", dict[int, bytes](), dict[int, int]()
    for number, wire, value in _fields(message):
        if number == 1 and isinstance(value, int):
            kind = value
        elif number == 4 and isinstance(value, bytes):
            content = value
        elif wire in (_BYTES, _FIXED32, _FIXED64) and isinstance(value, bytes):
            listed[number] = value
        elif isinstance(value, int):
            whole[number] = value
    if kind not in _TYPES:
        return None
    name, field = _TYPES[kind]
    if not content and field in (7, 10):  # whole numbers are listed as varints, not as they lie in memory
        packed = listed.get(field, b"")
        one = _varint(packed, 0)[0] if packed else whole.get(field)
        return None if one is None else float(one if one < 1 << 63 else one - (1 << 64))
    values = np.frombuffer(content or listed.get(field, b""), name)
    return float(values[0]) if len(values) == 1 else None
