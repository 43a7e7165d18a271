"""Writing YOLO's text files and `data.yaml`, to which parts may be added one after the other.

YOLO knows no crowds, so they are left out. An outline of several rings becomes one, its rings joined by lines
of no width.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from engine.data.forms.form import AnySet
from engine.data.forms.reading import PARTS, read_text
from engine.data.forms.writing import WRITING, check_part, copy_files, flat_names, size_of, write_marks
from engine.data.photoset import Objects, PhotoSet
from engine.errors import LabError
from engine.files import write_bytes
from engine.jobs import Job, Progress

_STEP = 200


def write(set_: AnySet, folder: Path, *, pictures: bool = True) -> Job:
    """Write one part; returns the folder."""
    assert isinstance(set_, PhotoSet) and set_.objects is not None
    part = check_part(set_.split)
    names = flat_names(set_)
    if pictures:
        yield from copy_files([(set_.path(i), folder / "images" / part / name) for i, name in enumerate(names)])
    for index, name in enumerate(names):
        if index % _STEP == 0:
            yield Progress(index, len(names), WRITING)
        lines = _lines(set_.objects[index], size_of(set_, index), joints=len(set_.keypoint_names))
        path = folder / "labels" / part / f"{Path(name).stem}.txt"
        write_marks(path, "".join(f"{line}\n" for line in lines).encode(), one_of_many=True)
    _write_yaml(folder / "data.yaml", set_, part)
    return folder


def _lines(objects: Objects, size: tuple[int, int], *, joints: int) -> list[str]:
    lines = []
    for i in np.flatnonzero(~objects.crowd):
        label, rings = int(objects.labels[i]), objects.outlines[i]
        if joints:
            points = objects.keypoints[i].astype(np.float64) / (*size, 1)
            values = [*_box(objects.boxes[i], size), *_outline(points)]
        elif rings:
            values = _outline(_joined(rings).astype(np.float64) / size)
        else:
            values = _box(objects.boxes[i], size)
        lines.append(" ".join([str(label), *values]))
    return lines


def _box(box: np.ndarray, size: tuple[int, int]) -> list[str]:
    """Centre and size as shares of the picture; eight decimals keep a hundredth of a pixel in any picture."""
    x1, y1, x2, y2 = np.round(box.astype(np.float64), 2)
    shares = ((x1 + x2) / 2 / size[0], (y1 + y2) / 2 / size[1], (x2 - x1) / size[0], (y2 - y1) / size[1])
    return [_short(value, 8) for value in shares]


def _outline(values: np.ndarray) -> list[str]:
    """Six decimals: fewer than float32 holds, so that what is read is written the same again."""
    return [_short(value, 6) for value in values.ravel().tolist()]


def _short(value: float, decimals: int) -> str:
    return f"{value:.{decimals}f}".rstrip("0").rstrip(".") or "0"


def _joined(rings: tuple[np.ndarray, ...]) -> np.ndarray:
    """All rings as one: from the first point of the first ring to each other ring, round it, and back."""
    if len(rings) == 1:
        return rings[0]
    start = rings[0][:1]
    pieces = [rings[0], start]
    for ring in rings[1:]:
        pieces += [ring, ring[:1], start]
    return np.concatenate(pieces[:-1])


def _write_yaml(path: Path, photos: PhotoSet, part: str) -> None:
    """Add the part to `data.yaml` if it names the same classes; else write a new one, the old one kept."""
    import yaml  # here: the window's first paint does not wait for it

    names = {index: name.en for index, name in enumerate(photos.classes)}
    before = _before(path)
    same_classes = before.get("names") == names
    parts = {key: value for key, value in before.items() if same_classes and str(value).startswith("images/")}
    parts[part] = f"images/{part}"
    order = [key for key in PARTS if key in parts] + [key for key in parts if key not in PARTS]
    told: dict[str, Any] = {key: parts[key] for key in order}
    if photos.keypoint_names:
        told |= {"kpt_shape": [len(photos.keypoint_names), 3], "kpt_names": {0: list(photos.keypoint_names)}}
    told["names"] = names
    content = yaml.safe_dump(told, allow_unicode=True, sort_keys=False).encode()
    if same_classes:
        write_bytes(path, content)
    else:
        write_marks(path, content)


def _before(path: Path) -> dict[Any, Any]:
    import yaml

    if not path.is_file():
        return {}
    try:
        said = yaml.safe_load(read_text(path))
    except (yaml.YAMLError, LabError, ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
