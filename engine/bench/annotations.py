"""Import and export of the annotations of 10,000 COCO images: seconds, and whether a second round gives the same bytes.

The marks are made up (numbers by chance, about seven objects a picture as COCO has, most with an outline, one in a
hundred a crowd of runs): what is timed is reading and writing, not what they mean. The pictures are one small
JPEG under 10,000 names, so that looking them up is timed as well.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from engine.bench import Say, spread
from engine.data.forms import coco
from engine.data.forms.rle import rle_of
from engine.data.names import COCO, listed
from engine.jobs import result_of
from engine.text import Text

IMAGES, PER_IMAGE, SEED = 10_000, 7.0, 0
BAR = 10.0  # seconds for import and export together
_SIZE = (640, 480)
_POINTS = 12  # of an outline
_CROWDS = 0.01


def run(*, data: Path | None, repeats: int, say: Say) -> dict[str, Any]:
    """Time `repeats` rounds of import and export; then import and export once more and compare the bytes."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        objects = _make(root)
        reads, writes, worked = [], [], []
        first, second = root / "first", root / "second"
        for number in range(repeats):
            began, cpu = time.perf_counter(), time.process_time()
            photos = result_of(coco.read_file(root / "instances_train.json", root, "train", id="made"))
            read = time.perf_counter()
            result_of(coco.write(photos, first, pictures=False))
            reads.append(read - began)
            writes.append(time.perf_counter() - read)
            worked.append(time.process_time() - cpu)
            text = Text(
                "repeat {n}: import {a:.2f} s, export {b:.2f} s", "{n}회: 가져오기 {a:.2f}초, 내보내기 {b:.2f}초"
            )
            say(text(n=number + 1, a=reads[-1], b=writes[-1]))
        again = result_of(coco.read_file(first / "instances_train.json", root, "train", id="made"))
        result_of(coco.write(again, second, pictures=False))
        files = [place / "instances_train.json" for place in (first, second)]
        stable, size = files[0].read_bytes() == files[1].read_bytes(), files[0].stat().st_size
    both = spread([a + b for a, b in zip(reads, writes, strict=True)])
    return {
        "seconds": both["median"],
        "seconds_spread": both,
        "cpu_seconds": spread(worked)["median"],  # what it takes on a machine that does nothing else
        "import_seconds": spread(reads)["median"],
        "export_seconds": spread(writes)["median"],
        "byte_stable": stable,
        "bar_seconds": BAR,
        "within_bar": both["max"] <= BAR and stable,
        "count": len(photos),
        "objects": sum(map(len, photos.objects or ())),
        "objects_made": objects,
        "objects_per_picture": objects / IMAGES,
        "mib": size / 2**20,
        "repeats": repeats,
        "data": "made up: numbers by chance",
        "seed": SEED,
    }


def _make(root: Path) -> int:
    """Write the pictures and `instances_train.json` below `root`; returns how many objects there are."""
    rng = np.random.default_rng(SEED)
    folder = root / "train"
    folder.mkdir()
    Image.new("RGB", (8, 8)).save(folder / "0.jpg")
    names = [f"{number:012d}.jpg" for number in range(1, IMAGES + 1)]
    for name in names:
        os.link(folder / "0.jpg", folder / name)
    images = [{"id": i + 1, "file_name": name, "width": _SIZE[0], "height": _SIZE[1]} for i, name in enumerate(names)]
    classes = listed(COCO)
    marks: list[dict[str, Any]] = []
    for image, count in enumerate(rng.poisson(PER_IMAGE, IMAGES), 1):
        for _ in range(count):
            kind = int(rng.integers(len(classes))) + 1
            marks.append({"id": len(marks) + 1, "image_id": image, "category_id": kind, **_mark(rng)})
    categories = [{"id": i + 1, "name": name} for i, name in enumerate(classes)]
    told = {"images": images, "annotations": marks, "categories": categories}
    (root / "instances_train.json").write_text(json.dumps(told), encoding="utf-8")
    return len(marks)


def _mark(rng: np.random.Generator) -> dict[str, Any]:
    """A box, with the outline of an egg in it or, now and then, a crowd of two rectangles."""
    centre = rng.uniform((60, 60), (_SIZE[0] - 60, _SIZE[1] - 60))
    half = rng.uniform(4, 56, 2)
    x, y, w, h = (round(float(value), 2) for value in (*(centre - half), *(2 * half)))
    box = {"bbox": [x, y, w, h], "area": round(w * h, 2)}
    if rng.random() < _CROWDS:
        mask = np.zeros(_SIZE[::-1], bool)
        mask[int(y) : int(y + h / 2) + 1, int(x) : int(x + w)] = True
        mask[int(y + h / 2) : int(y + h), int(x) : int(x + w / 2) + 1] = True
        return {**box, "iscrowd": 1, "segmentation": rle_of(mask)}
    angles = np.linspace(0, 2 * np.pi, _POINTS, endpoint=False)
    ring = centre + half * np.stack((np.cos(angles), np.sin(angles)), axis=1)
    return {**box, "iscrowd": 0, "segmentation": [[round(value, 2) for value in ring.ravel().tolist()]]}
