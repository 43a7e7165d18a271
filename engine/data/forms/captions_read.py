"""The files in which sentences about pictures come, each as (picture, sentence, part)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.data.forms.pieces import pieces
from engine.data.forms.reading import Faults, is_picture, read_text
from engine.errors import LabError
from engine.text import Text

_IMAGE = ("image", "image_name", "file", "filename", "file_name", "img", "photo", "이미지", "파일")
_CAPTION = ("caption", "captions", "comment", "sentence", "text", "raw", "description", "설명", "캡션")
_SPLIT = ("split", "part", "set")
BAD_LINE = Text(
    "line {n} names no picture and sentence, so it was left out", "{n}번째 줄에 그림과 문장이 없어서 뺐어요"
)


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence about one picture; `split` is "" where the file does not say the part."""

    picture: str
    caption: str
    split: str = ""


def looks_like(file: Path) -> bool:
    """True when the start of a file shows pictures and sentences."""
    try:
        with file.open("rb") as opened:
            start = opened.read(1 << 16).decode("utf-8-sig", "replace")
    except OSError:
        return False
    if file.suffix.lower() == ".json":
        named = file.name.startswith("captions") and '"images"' in start  # of COCO: its sentences come far below
        said = '"caption' in start or '"sentences"' in start
        return start.lstrip().startswith("{") and (named or said or _maps(start))
    line = start.partition("\n")[0].rstrip("\r")
    return _columns(line) is not None or _is_token(line)


def _maps(start: str) -> bool:
    """{"a.jpg": [sentences]}"""
    key = start.lstrip()[1:].lstrip().partition(":")[0].strip()
    return is_picture(key.strip('"'))


def _is_token(line: str) -> bool:
    name, tab, _ = line.partition("\t")
    return bool(tab) and "#" in name and is_picture(name.rpartition("#")[0])


def _columns(line: str) -> tuple[str, int, int, int] | None:
    """(what parts the columns, column of the picture, of the sentence, of the part or −1) from a heading."""
    for mark in ("|", "\t", ";", ","):
        words = [word.strip().strip('"').lower() for word in line.split(mark)]
        image = next((words.index(word) for word in _IMAGE if word in words), -1)
        caption = next((words.index(word) for word in _CAPTION if word in words), -1)
        if image >= 0 and caption >= 0:
            return mark, image, caption, next((words.index(word) for word in _SPLIT if word in words), -1)
    return None


def said_in(file: Path, faults: Faults) -> Iterator[Said]:
    """Every sentence of a file; what is damaged is passed over and said."""
    if file.suffix.lower() == ".json":
        yield from _json(file, faults)
        return
    text = read_text(file)
    columns = _columns(text.partition("\n")[0].rstrip("\r"))
    if columns is None:
        yield from _tokens(text, file, faults)
        return
    mark, image, caption, part = columns
    reader = csv.reader(io.StringIO(text), delimiter=mark)
    next(reader, None)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            faults.add(file.name, BAD_LINE(n=reader.line_num))
            continue
        if len(row) <= max(image, caption, part) or not row[image].strip():
            if row:
                faults.add(file.name, BAD_LINE(n=reader.line_num))
            continue
        split = row[part].strip() if part >= 0 else ""
        yield Said(row[image].strip(), row[caption].strip(), split)


def _tokens(text: str, file: Path, faults: Faults) -> Iterator[Said]:
    """Flickr8k.token.txt: `1000268201.jpg#0<tab>A child …`"""
    for number, line in enumerate(text.splitlines(), 1):
        name, tab, caption = line.partition("\t")
        if tab and caption.strip():
            yield Said(name.rpartition("#")[0] or name, caption.strip())
        elif line.strip():
            faults.add(file.name, BAD_LINE(n=number))


def _json(file: Path, faults: Faults) -> Iterator[Said]:
    """COCO's captions, Karpathy's list of images with sentences, or one entry for each picture."""
    names: dict[Any, str] = {}
    waiting: list[tuple[Any, str]] = []
    for key, value in pieces(read_text(file), file, faults):
        if key == "images" and isinstance(value, dict):
            yield from _karpathy(value)
            if isinstance(value.get("id"), int | str):
                names[value["id"]] = str(value.get("file_name", ""))
        elif key == "annotations" and isinstance(value, dict):
            if isinstance(value.get("caption"), str) and isinstance(value.get("image_id"), int | str):
                waiting.append((value["image_id"], value["caption"].strip()))
        elif is_picture(key):
            yield from _entry(key, value)
    for id, caption in waiting:
        if names.get(id):
            yield Said(names[id], caption)
        else:
            why = Text("a sentence belongs to no picture and was left out", "어느 그림 것도 아닌 문장을 뺐어요")
            faults.add(file.name, why)


def _karpathy(image: dict[str, Any]) -> Iterator[Said]:
    name = image.get("filename")
    sentences = image.get("sentences")
    if not isinstance(name, str) or not isinstance(sentences, list):
        return
    folder = image.get("filepath")
    split = "train" if image.get("split") == "restval" else str(image.get("split", ""))
    for sentence in sentences:
        raw = sentence.get("raw") if isinstance(sentence, dict) else sentence
        if isinstance(raw, str):
            yield Said(f"{folder}/{name}" if isinstance(folder, str) and folder else name, raw.strip(), split)


def _entry(name: str, value: Any) -> Iterator[Said]:
    """{"a.jpg": "…"}, {"a.jpg": ["…"]} (as pieces, one each) or {"a.jpg": {"split": …, "captions": […]}}."""
    if isinstance(value, str):
        yield Said(name, value.strip())
    elif isinstance(value, dict):
        for caption in value.get("captions") if isinstance(value.get("captions"), list) else ():  # type: ignore[union-attr]
            if isinstance(caption, str):
                yield Said(name, caption.strip(), str(value.get("split") or ""))


def shared_out(root: Path) -> dict[str, list[str]]:
    """The pictures of each part in `split.json`, or Flickr8k's lists of names; {} when there are none."""
    file = root / "split.json"
    if file.is_file():
        try:
            told = json.loads(read_text(file))
        except (ValueError, LabError, RecursionError):
            return {}
        parts = told.items() if isinstance(told, dict) else ()
        return {str(k): [n for n in v if isinstance(n, str)] for k, v in parts if isinstance(v, list)}
    found = {}
    for part, name in (("train", "trainImages"), ("dev", "devImages"), ("test", "testImages")):
        for lists in (root / f"Flickr_8k.{name}.txt", root / f"Flickr8k.{name}.txt"):
            if lists.is_file():
                found[part] = [line.strip() for line in read_text(lists).splitlines() if line.strip()]
    return found
