"""A photograph to its full sentence with beam 3: from the file on disk to the last word, with the bundled networks."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from engine.bench import Say, spread
from engine.caption.recipes import ATTENTION, NIC
from engine.caption.session import PHOTOS, open_photo
from engine.caption.speak import Ways
from engine.caption.trained import Describer, look_at, open_captioner, read_photo, shipped
from engine.jobs import result_of
from engine.text import Text

SIDE, ROUNDS = 500, 12  # pixels of the longer side, as photographs of Flickr8k have; times each photograph is told


def run(*, data: Path | None, repeats: int, say: Say, quick: bool = False) -> dict[str, Any]:
    """The median and the 95th percentile over packaged photographs, told again and again, worst of the repeats."""
    found: dict[str, Any] = {"count": len(PHOTOS) * (2 if quick else ROUNDS), "repeats": repeats, "beam": 3}
    with tempfile.TemporaryDirectory() as folder:
        files = _files(Path(folder))
        for recipe in (NIC, ATTENTION):
            if shipped(recipe.id) is None:
                continue
            one = open_captioner(recipe.id)
            told = [_round(one, files, 2 if quick else ROUNDS) for _ in range(repeats)]
            found |= _figures(recipe.id, told)
            text = Text("{id}: p95 {ms:.0f} ms", "{id}: p95 {ms:.0f}밀리초")
            say(text(id=recipe.id, ms=found[f"{_name(recipe.id)}milliseconds_p95"]))
    return found


def _files(folder: Path) -> list[Path]:
    """The packaged photographs as JPEG files of the usual size."""
    found = []
    for name in PHOTOS:
        picture = result_of(open_photo(name)).picture
        scale = SIDE / max(picture.shape[:2])
        size = (round(picture.shape[1] * scale), round(picture.shape[0] * scale))
        small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
        path = folder / f"{Path(name).stem}.jpg"
        path.write_bytes(cv2.imencode(".jpg", small[..., ::-1])[1].tobytes())
        found.append(path)
    return found


def _round(one: Describer, files: list[Path], rounds: int) -> list[tuple[float, float, float]]:
    """(whole, encoder alone, processor for the whole) in milliseconds, of every photograph in turn; the first is not counted."""
    ways: Ways = one.usual()
    one.tell(look_at(read_photo(files[0], SIDE)), ways)
    times = []
    for _ in range(rounds):
        for file in files:
            began, busy = time.perf_counter(), time.process_time()
            picture = read_photo(file, SIDE)
            start = time.perf_counter()
            seen = look_at(picture)
            looked = time.perf_counter() - start
            one.tell(seen, ways)
            spent, busy = time.perf_counter() - began, time.process_time() - busy
            times.append((1000 * spent, 1000 * looked, 1000 * busy))
    return times


def _name(id: str) -> str:
    return "" if id == NIC.id else f"{id.replace('-', '_')}_"


def _figures(id: str, told: list[list[tuple[float, float, float]]]) -> dict[str, Any]:
    name = _name(id)
    whole = [[a for a, _, _ in one] for one in told]
    p95 = [float(np.percentile(one, 95)) for one in whole]
    return {
        f"{name}milliseconds_p50": spread([float(np.median(one)) for one in whole])["median"],
        f"{name}milliseconds_p95": max(p95),
        f"{name}milliseconds_p95_spread": spread(p95),
        f"{name}encoder_milliseconds_p50": float(np.median([b for one in told for _, b, _ in one])),
        f"{name}processor_milliseconds_p50": float(np.median([c for one in told for _, _, c in one])),
        f"{name}processor_milliseconds_p95": float(np.percentile([c for one in told for _, _, c in one], 95)),
    }
