"""What was seen, as plain values and as files others read: JSON lines, a CSV table, COCO annotations."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from engine.files import write_bytes
from engine.live.overlays import Classified, Covered, DigitsRead, Found, Result, Segmented
from engine.live.seen import Seen
from engine.text import Text, same

COLUMNS = ("frame", "seconds", "overlay", "kind", "track", "label", "name", "score", "x1", "y1", "x2", "y2")
_LEAST_SHARE = 0.001  # of a class in a segmented picture


@dataclass(frozen=True, slots=True)
class Thing:
    """One named thing in a picture. score: probability, or share of the pixels. box: x1 y1 x2 y2 pixels, or None."""

    kind: str
    overlay: str
    label: int
    name: Text
    score: float
    box: tuple[float, float, float, float] | None = None
    track: int = -1
    points: tuple[tuple[float, float, float], ...] = ()


def things_of(seen: Seen) -> tuple[Thing, ...]:
    """All that was seen in one picture, in the order of the overlays."""
    return tuple(thing for result in seen.results for thing in _things(result))


def _things(result: Result) -> Iterator[Thing]:
    if isinstance(result, Classified):
        for label, name, p in zip(result.classes, result.names, result.probabilities, strict=True):
            yield Thing("classify", result.overlay, label, name, float(p))
    elif isinstance(result, Found):
        yield from _found(result)
    elif isinstance(result, Segmented):
        for label in np.argsort(-result.shares, kind="stable"):
            if result.shares[label] >= _LEAST_SHARE:
                share = float(result.shares[label])
                yield Thing("segment", result.overlay, int(label), result.classes[label], share)
    elif isinstance(result, Covered):
        for box, score, track in zip(result.boxes, result.scores, result.ids, strict=True):
            yield Thing("faces", result.overlay, 0, _FACE, float(score), _box(box), int(track))
    else:
        yield from _digits(result)


_FACE = Text("face", "얼굴")


def _found(result: Found) -> Iterator[Thing]:
    kind = "detect" if result.points is None else "keypoints"
    for i in range(len(result.found)):
        label = int(result.found.labels[i])
        name = result.classes[label] if label < len(result.classes) else same(str(label))
        points = () if result.points is None else tuple((float(x), float(y), float(v)) for x, y, v in result.points[i])
        score, box = float(result.found.scores[i]), _box(result.found.boxes[i])
        yield Thing(kind, result.overlay, label, name, score, box, int(result.ids[i]), points)


def _digits(result: DigitsRead) -> Iterator[Thing]:
    for box, digit, p in zip(result.boxes, result.digits, result.probabilities, strict=True):
        yield Thing("digits", result.overlay, int(digit), same(str(int(digit))), float(p.max()), _box(box))


def _box(values: np.ndarray) -> tuple[float, float, float, float]:
    x1, y1, x2, y2 = (round(float(v), 2) for v in values)
    return x1, y1, x2, y2


def line_of(seen: Seen, frame: int, seconds: float) -> dict[str, Any]:
    """One picture as a plain value: `frame` and `seconds` say where it stands in the recording or the file."""
    notes: dict[str, Any] = {}
    for result in seen.results:
        if isinstance(result, Covered):
            notes |= {"cover": result.cover.value, "why": result.why.en}
        elif isinstance(result, DigitsRead):
            notes |= {"lines": list(result.lines)}
    height, width = seen.picture.shape[:2]
    found = [_plain(thing) for thing in things_of(seen)]
    return {"frame": frame, "seconds": round(seconds, 3), "width": width, "height": height, "found": found, **notes}


def _plain(thing: Thing) -> dict[str, Any]:
    plain: dict[str, Any] = {"overlay": thing.overlay, "kind": thing.kind, "label": thing.label}
    plain |= {"name": thing.name.en, "name_ko": thing.name.ko, "score": round(thing.score, 5)}
    if thing.box is not None:
        plain["box"] = list(thing.box)
    if thing.track >= 0:
        plain["track"] = thing.track
    if thing.points:
        plain["points"] = [[round(v, 2) for v in point] for point in thing.points]
    return plain


@dataclass(slots=True)
class Tables:
    """What a recording gathers, written as `results.jsonl`, `results.csv` and `results.coco.json` at its end.

    Texts only: a picture with ten objects takes about two kilobytes.
    """

    _lines: list[str] = field(default_factory=list)
    _cells: list[tuple[object, ...]] = field(default_factory=list)
    _pictures: list[dict[str, Any]] = field(default_factory=list)
    _marked: list[dict[str, Any]] = field(default_factory=list)
    _kinds: dict[tuple[str, int], tuple[int, str]] = field(default_factory=dict)

    def add(self, seen: Seen, frame: int, seconds: float, *, file: str = "") -> None:
        """Add one picture; `file` is what COCO calls it, "" = its number."""
        self._lines.append(json.dumps(line_of(seen, frame, seconds), ensure_ascii=False))
        height, width = seen.picture.shape[:2]
        name = file or f"frame_{frame:06d}"
        self._pictures.append({"id": frame, "file_name": name, "width": width, "height": height})
        for thing in things_of(seen):
            self._cells.append(_cells(thing, frame, seconds))
            if thing.box is not None:
                self._marked.append(self._annotation(thing, frame))

    def _annotation(self, thing: Thing, frame: int) -> dict[str, Any]:
        assert thing.box is not None
        key = (thing.kind if thing.kind in ("faces", "digits") else thing.overlay, thing.label)
        kind = self._kinds.setdefault(key, (len(self._kinds) + 1, thing.name.en))[0]
        x1, y1, x2, y2 = thing.box
        box = [x1, y1, round(x2 - x1, 2), round(y2 - y1, 2)]
        made: dict[str, Any] = {"id": len(self._marked) + 1, "image_id": frame, "category_id": kind, "bbox": box}
        made |= {"area": round(box[2] * box[3], 2), "iscrowd": 0, "score": round(thing.score, 5)}
        if thing.track >= 0:
            made["track_id"] = thing.track
        if thing.points:
            flat = [[round(x, 2), round(y, 2), 2 if v > 0 else 0] for x, y, v in thing.points]
            made |= {"keypoints": [v for point in flat for v in point], "num_keypoints": sum(p[2] > 0 for p in flat)}
        return made

    def line(self, index: int) -> str:
        """One picture as a line of JSON."""
        return self._lines[index]

    def write(self, folder: Path) -> tuple[Path, ...]:
        """Write the three files into `folder`; returns their paths. Raises `LabError` when they cannot be."""
        paths = tuple(folder / f"results.{end}" for end in ("jsonl", "csv", "coco.json"))
        write_bytes(paths[0], "".join(line + "\n" for line in self._lines).encode())
        table = io.StringIO()
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(self._cells)
        write_bytes(paths[1], table.getvalue().encode("utf-8-sig"))  # with its mark: spreadsheets read Hangul right
        kinds = [{"id": number, "name": name} for number, name in self._kinds.values()]
        coco = {"images": self._pictures, "categories": kinds, "annotations": self._marked}
        write_bytes(paths[2], json.dumps(coco, ensure_ascii=False).encode())
        return paths


def _cells(thing: Thing, frame: int, seconds: float) -> tuple[object, ...]:
    box: tuple[object, ...] = thing.box or ("", "", "", "")
    track: object = thing.track if thing.track >= 0 else ""
    score = f"{thing.score:.5f}"
    return (
        *(frame, f"{seconds:.3f}", thing.overlay, thing.kind, track),
        *(thing.label, thing.name.en, score, *box),
    )
