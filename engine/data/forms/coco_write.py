"""Writing COCO's JSON: `instances_PART.json` beside a folder of the part's pictures.

Coordinates have two decimals, as in COCO itself, so that what was written reads back as the same numbers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from engine.data.forms.form import AnySet
from engine.data.forms.rle import filled, rle_of
from engine.data.forms.writing import WRITING, check_part, copy_files, short_names, size_of, write_marks
from engine.data.photoset import Objects, PhotoSet
from engine.jobs import Job, Progress

_STEP = 500


def write(set_: AnySet, folder: Path, *, pictures: bool = True) -> Job:
    """Write one part; returns the folder (or the JSON file when the pictures stay where they are)."""
    assert isinstance(set_, PhotoSet)
    part = check_part(set_.split)
    names = short_names(set_)
    if pictures:
        yield from copy_files([(set_.path(i), folder / part / name) for i, name in enumerate(names)])
    lists: dict[str, list[str]] = {"images": [], "annotations": [], "categories": _categories(set_)}
    marks = lists["annotations"]
    for index, name in enumerate(names):
        if index % _STEP == 0:
            yield Progress(index, len(names), WRITING)
        width, height = size_of(set_, index)
        lists["images"].append(_line({"id": index + 1, "file_name": name, "width": width, "height": height}))
        for mark in _marks(set_.objects[index], (width, height)) if set_.objects else ():
            marks.append(f'{{"id": {len(marks) + 1}, "image_id": {index + 1}, {mark}}}')
    file = folder / f"instances_{part}.json"
    write_marks(file, json_of(lists))
    return folder if pictures else file


def json_of(lists: dict[str, list[str]]) -> bytes:
    """A JSON object of lists, one element a line, so that two versions can be compared by eye."""
    inner = ",\n".join('"{}": [\n{}\n]'.format(key, ",\n".join(lines)) for key, lines in lists.items())
    return f"{{{inner}}}\n".encode()


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _categories(photos: PhotoSet) -> list[str]:
    with_joints = _classes_with_joints(photos)
    lines = []
    for index, name in enumerate(photos.classes):
        category: dict[str, Any] = {"id": index + 1, "name": name.en}
        if index in with_joints:
            category["keypoints"] = list(photos.keypoint_names)
            category["skeleton"] = [[a + 1, b + 1] for a, b in photos.skeleton]
        lines.append(_line(category))
    return lines


def _classes_with_joints(photos: PhotoSet) -> set[int]:
    """The classes any of whose objects has a keypoint; the first class when none has, so that the names stay."""
    if not photos.keypoint_names:
        return set()
    found = {int(o.labels[i]) for o in photos.objects or () for i in np.flatnonzero(o.keypoints[..., 2].any(axis=1))}
    return found or {0}


def _marks(objects: Objects, size: tuple[int, int]) -> Iterator[str]:
    """Each object as the inside of a JSON object; Python writes lists of numbers as JSON does, only faster."""
    boxes = rounded(objects.boxes).tolist()
    labels, crowd, joints = objects.labels.tolist(), objects.crowd.tolist(), objects.keypoints.shape[1]
    for i, (x1, y1, x2, y2) in enumerate(boxes):
        width, height = round(x2 - x1, 2), round(y2 - y1, 2)
        outline, area = _outline(objects.outlines[i], crowd[i], size)
        mark = (
            f'"category_id": {labels[i] + 1}, "bbox": [{x1}, {y1}, {width}, {height}], '
            f'"area": {round(width * height, 2) if area is None else area}, "iscrowd": {int(crowd[i])}, '
            f'"segmentation": {outline}'
        )
        if joints and objects.keypoints[i, :, 2].any():
            points = [value for x, y, v in rounded(objects.keypoints[i]).tolist() for value in (x, y, int(v))]
            seen = int((objects.keypoints[i, :, 2] > 0).sum())
            mark += f', "keypoints": {points}, "num_keypoints": {seen}'
        yield mark


def rounded(values: np.ndarray) -> np.ndarray:
    """Coordinates as they are written: float64 with two decimals."""
    return np.round(values.astype(np.float64), 2)


def _outline(rings: tuple[np.ndarray, ...], crowd: bool, size: tuple[int, int]) -> tuple[str, float | None]:
    """What stands under "segmentation", and the area it covers; a crowd's pixels are written as runs."""
    if not rings:
        return "[]", None
    if crowd and (mask := filled(rings, size)) is not None:
        return _line(rle_of(mask)), float(np.count_nonzero(mask))
    written = [rounded(ring).ravel().tolist() for ring in rings]
    return str(written), round(sum(map(_area, written)), 2)


def _area(ring: list[float]) -> float:
    """The shoelace formula, in square pixels, of x y x y …"""
    x, y = ring[-2:]
    twice = 0.0
    for next_x, next_y in zip(ring[::2], ring[1::2], strict=True):
        twice += x * next_y - next_x * y
        x, y = next_x, next_y
    return abs(twice) / 2
