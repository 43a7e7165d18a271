"""Sentences written down: a table as CSV or JSON, and a contact sheet of photographs with their sentences."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

import resources
from engine.caption.batch import Captioned
from engine.caption.gloss import gloss
from engine.caption.words import as_sentence
from engine.files import FORMAT, write_bytes
from engine.jobs import Job, Progress
from engine.text import Text

_COLUMNS = ("file", "caption", "gloss_ko", "log_probability", "milliseconds", "model")
COLUMNS, CELL, LINES = 5, 300, 5  # photographs side by side; pixels of a cell; lines of words below each
_PAD, _LINE = 12, 22
_PAPER, _INK, _DIM = (255, 255, 255), (22, 26, 34), (74, 83, 99)  # of paper, not of the window


def write_captions(path: Path, items: Sequence[Captioned]) -> None:
    """All sentences as .csv (UTF-8 with a mark, so that spreadsheets read Korean) or .json. Raises `LabError`."""
    rows = [{**one.as_json(), "file": str(one.file)} for one in items]
    if path.suffix.lower() == ".json":
        told = {"format": FORMAT, "count": len(rows), "items": rows}
        write_bytes(path, (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode())
        return
    table = io.StringIO()
    writer = csv.DictWriter(table, _COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_bytes(path, table.getvalue().encode("utf-8-sig"))


def write_sheet(path: Path, items: Sequence[Captioned]) -> None:
    """The photographs with their sentences and glosses on one picture. Raises `LabError`."""
    columns = min(COLUMNS, len(items))
    rows = -(-len(items) // columns)
    tall = CELL * 3 // 4 + LINES * _LINE + 2 * _PAD
    sheet = Image.new("RGB", (columns * (CELL + _PAD) + _PAD, rows * tall + _PAD), _PAPER)
    draw = ImageDraw.Draw(sheet)
    for number, one in enumerate(items):
        line, place = divmod(number, columns)
        _put(sheet, draw, one, _PAD + place * (CELL + _PAD), _PAD + line * tall)
    out = io.BytesIO()
    sheet.save(out, "PNG" if path.suffix.lower() == ".png" else "JPEG", quality=92)
    write_bytes(path, out.getvalue())


def _put(sheet: Image.Image, draw: ImageDraw.ImageDraw, one: Captioned, x: int, y: int) -> None:
    high = CELL * 3 // 4
    picture = Image.fromarray(np.ascontiguousarray(one.picture))
    picture.thumbnail((CELL, high), Image.Resampling.LANCZOS)
    sheet.paste(picture, (x + (CELL - picture.width) // 2, y + (high - picture.height) // 2))
    words = one.caption.split()
    y += high + 6
    for text, weight, ink, width in ((as_sentence(words), "SemiBold", _INK, 38), (gloss(words), "Regular", _DIM, 25)):
        for line in textwrap.wrap(text, width)[: LINES // 2 + 1]:
            draw.text((x, y), line, fill=ink, font=_font(weight))
            y += _LINE


def _font(weight: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(resources.path("fonts", f"Pretendard-{weight}.otf")), 15)


def kept(path: Path, items: Sequence[Captioned]) -> Job:
    """Write a table or a sheet, as the name's ending says; a job, returns the path."""
    yield Progress(0, 1, Text("Saving the sentences", "문장 저장"))
    (write_captions if path.suffix.lower() in (".csv", ".json") else write_sheet)(path, items)
    return path
