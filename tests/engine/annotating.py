"""Photographs to annotate, and what the tests of annotation do with them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from engine.data import annotation_open, annotation_save, draft, shapes
from engine.data.annotation import VOID, Annotation
from engine.data.draft import Draft
from engine.data.edits import Mark, Marks, Paint, painted
from engine.data.forms import form
from engine.data.photoset import Objects, PhotoSet, with_fingerprint
from engine.jobs import result_of
from engine.text import same

SIZE = (60, 40)
BOX = Mark((5.0, 6.0, 20.0, 30.0), 0)
TRIANGLE = Mark((10.0, 10.0, 30.0, 25.0), 1, (((10.0, 10.0), (30.0, 10.0), (20.0, 25.0)),))


def six_photographs(folder: Path) -> PhotoSet:
    """Six photographs of 60×40 below `folder`, with one box each."""
    (folder / "images").mkdir(parents=True)
    rng = np.random.default_rng(0)
    names = []
    for i in range(6):
        names.append(f"images/{i}.png")
        Image.fromarray(rng.integers(0, 256, (40, 60, 3), np.uint8)).save(folder / names[-1])
    objects = tuple(Objects.of(np.array([[1, 2, 11, 12]], np.float32), np.array([i % 2])) for i in range(6))
    return with_fingerprint(
        PhotoSet(
            id="six",
            split="train",
            folder=folder,
            files=tuple(names),
            sizes=np.tile(np.array(SIZE, np.int32), (6, 1)),
            classes=(same("cat"), same("dog")),
            note=same(""),
            objects=objects,
        )
    )


def masked(photos: PhotoSet) -> PhotoSet:
    """The same photographs as a set with masks in CamVid's layout; void is the number after the classes."""
    folder = photos.folder
    (folder / "train").mkdir()
    (folder / "trainannot").mkdir()
    rng = np.random.default_rng(1)
    for i, name in enumerate(photos.files):
        (folder / name).rename(folder / "train" / f"{i}.png")
        Image.fromarray(rng.integers(0, 3, (40, 60), np.uint8)).save(folder / "trainannot" / f"{i}.png")
    (folder / "classes.txt").write_text("cat 250 0 0\ndog 0 250 0\nvoid 0 0 0\n")
    return result_of(form("camvid").read(folder, "train"))


def now(annotation: Annotation, index: int, log: Draft) -> Marks:
    photos = annotation.base
    return draft.marks_now(annotation_open.marks_in(photos, index, SIZE), annotation.way(index), log.path)


def brushed(marks: Marks, a: shapes.Point, b: shapes.Point, value: int) -> Paint:
    mask = np.full((SIZE[1], SIZE[0]), VOID, np.uint8) if marks.mask is None else marks.mask.copy()
    edit = painted(marks, mask, shapes.brush(mask, a, b, width=5, value=value), VOID)
    assert edit is not None
    return edit


def saved(annotation: Annotation, log: Draft, to: Path | None = None) -> annotation_save.Saved:
    """Write all that is not saved, as the page does it."""
    result = result_of(annotation_save.save(annotation_save.Work.of(annotation, log.path), to))
    annotation.saved(result.photos)
    log.move(result.photos)
    annotation.written(*log.write(annotation.said()))
    return result
