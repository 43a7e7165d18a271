"""How a table is laid out: which column is the label, which the file, or are they pixels."""

from __future__ import annotations

import csv
import dataclasses
import gzip
import math
import zlib
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from engine.data.forms.reading import is_picture

_LABEL = (
    "label",
    "labels",
    "class",
    "class_name",
    "category",
    "target",
    "y",
    "digit",
    "species",
    "id_class",
    "정답",
    "클래스",
)
_FILE = (
    "file",
    "filename",
    "file_name",
    "image",
    "image_name",
    "image_path",
    "path",
    "name",
    "img",
    "id",
    "파일",
    "이미지",
)


_SAMPLE = 500  # lines that are looked at to find the label


@dataclass(frozen=True, slots=True)
class Shape:
    """How a table is laid out.

    label: the column of the class. file: the column of the picture's name, −1 in tables of pixels.
    width: columns. header: lines before the first row. comma: what parts the columns.
    """

    label: int
    file: int
    width: int
    header: int
    comma: str


def shape_of(path: Path) -> Shape | None:
    """The layout that the first lines show; None when they are no such table."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            lines = list(islice(iter(lambda: file.readline(1 << 20), b""), 4))
        text = b"".join(lines).decode("utf-8-sig", "replace")
    except (OSError, EOFError, zlib.error):
        return None
    comma = next((mark for mark in ("\t", ";") if mark in text and text.count(mark) >= text.count(",")), ",")
    rows = [cells(line, comma) for line in text.splitlines()]
    return _shape(rows, comma) if rows else None


def cells(line: str, comma: str) -> list[str]:
    """The cells of one line; each line is a row, so that a stray quotation mark spoils no other."""
    if '"' not in line:
        return line.split(comma)
    try:
        return next(csv.reader([line], delimiter=comma), [])
    except csv.Error:
        return []


def _shape(rows: list[list[str]], comma: str) -> Shape | None:
    """The layout of a table whose first rows are these, or None."""
    first = [word.strip().lower() for word in rows[0]]
    header = int(not all(_is_number(word) for word in first))
    width = len(first)
    label = next((first.index(word) for word in _LABEL if word in first), -1) if header else -1
    if width > 31:
        return Shape(max(label, 0), -1, width, header, comma) if side_of(width - 1) else None
    file = next((first.index(word) for word in _FILE if word in first), -1) if header else -1
    if not header and width == 2 and is_picture(first[0]):
        file, label = 0, 1
    return Shape(label, file, width, header, comma) if label >= 0 and file >= 0 and file != label else None


def settled(shape: Shape, lines: list[str]) -> Shape:
    """The layout once all lines are known: where no heading names the label it is the first column, unless that
    is the empty corner of every picture and the last column is not."""
    if shape.file >= 0 or (shape.header and cells(lines[0], shape.comma)[shape.label].strip().lower() in _LABEL):
        return shape
    some = lines[shape.header :: max(1, len(lines) // _SAMPLE)]
    rows = [row for line in some if len(row := cells(line, shape.comma)) == shape.width]
    firsts, lasts = ({row[at].strip() for row in rows} for at in (0, -1))
    at_end = {_number(word) for word in firsts} == {0.0} and {_number(word) for word in lasts} != {0.0}
    return dataclasses.replace(shape, label=shape.width - 1 if at_end else 0)


def _number(word: str) -> float | None:
    return float(word) if _is_number(word) else None


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


def side_of(count: int) -> tuple[int, ...] | None:
    """The shape of a square picture of `count` values, grey or RGB, or None."""
    side = math.isqrt(count)
    if side * side == count:
        return side, side
    side = math.isqrt(count // 3)
    return (side, side, 3) if 3 * side * side == count else None
