"""Planting known faults into a set of photographs: into copies of its files, its boxes, masks and captions."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from engine.bench.planting import Planted, altered
from engine.data.doctor_marks import TINY
from engine.data.photoset import Objects, PhotoSet, with_fingerprint


def plant_in_photos(sets: Mapping[str, PhotoSet], *, seed: int, folder: Path, each: int = 12) -> Planted:
    """Broken, empty, grey, CMYK, odd-sized and copied files, and faults in what is marked; all below `folder`.

    Each photograph gets one fault at most.
    """
    rng = np.random.default_rng(seed)
    made = Planted({split: _copied(set_, folder / split) for split, set_ in sets.items()})
    first, second = list(sets)[:2]
    a: PhotoSet = made.sets[first]
    free = [int(i) for i in rng.permutation(len(a)) if a.captions is None or a.captions[i]]
    for kind, change in _FILES:
        for i in _some(free, each):
            change(a.path(i), rng)
            made.note(kind, [(first, i)])
    a = _plant_shapes(made, a, free, each, rng)
    a = _plant_marks(made, a, free, each, rng)
    near = _some(free, each)
    made.sets[first] = a
    b: PhotoSet = made.sets[second]
    names = []
    for i in near:
        names.append(f"near-{i}.jpg")
        cv2.imwrite(str(b.folder / names[-1]), altered(a.read(i), rng)[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 90])
    exact = _some(free, each)
    for i in exact:
        names.append(f"same-{i}.jpg")
        shutil.copyfile(a.path(i), b.folder / names[-1])
    made.note("near_copies_between", ((second, len(b) + i) for i in range(len(near))))
    made.note("copies_between", ((second, len(b) + len(near) + i) for i in range(len(exact))))
    made.sets[second] = _longer(b, a, np.array([*near, *exact], np.int64), tuple(names))
    return made


def _copied(set_: PhotoSet, folder: Path) -> PhotoSet:
    """The set with its files under flat names in `folder`."""
    folder.mkdir(parents=True)
    files, masks = [], []
    for i, name in enumerate(set_.files):
        files.append(f"{i:05}{Path(name).suffix}")
        shutil.copyfile(set_.path(i), folder / files[-1])
        if set_.masks:
            masks.append(f"{i:05}-mask.png")
            shutil.copyfile(set_.folder / set_.masks[i], folder / masks[-1])
    kept = dataclasses.replace(set_, folder=folder, files=tuple(files), masks=tuple(masks) if masks else set_.masks)
    return with_fingerprint(kept)


def _longer(b: PhotoSet, a: PhotoSet, index: np.ndarray, names: tuple[str, ...]) -> PhotoSet:
    """`b` with the photographs `index` of `a` behind it, under `names`."""
    more = a.part(index, b.split)

    def joined(mine: tuple | None, other: tuple | None) -> tuple | None:
        return None if mine is None or other is None else (*mine, *other)

    masks = None
    if b.masks is not None and more.masks is not None:
        masks = (*b.masks, *(str(a.folder / name) for name in more.masks))
    labels = None if b.labels is None or more.labels is None else np.concatenate([b.labels, more.labels])
    longer = dataclasses.replace(
        b,
        files=(*b.files, *names),
        sizes=np.concatenate([b.sizes, more.sizes]),
        labels=labels,
        objects=joined(b.objects, more.objects),
        masks=masks,
        captions=joined(b.captions, more.captions),
    )
    return with_fingerprint(longer)


def _some(free: list[int], count: int) -> list[int]:
    """Up to `count` pictures that have no fault yet, taken out of `free`."""
    return [int(free.pop()) for _ in range(min(count, len(free)))]


# Files


def _cut_off(path: Path, rng: np.random.Generator) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 3])


def _empty(path: Path, rng: np.random.Generator) -> None:
    with Image.open(path) as image:
        size = image.size
    Image.new("RGB", size, tuple(int(v) for v in rng.integers(0, 255, 3))).save(path, quality=90)


def _without_colour(path: Path, rng: np.random.Generator) -> None:
    with Image.open(path) as image:
        grey = image.convert("L")
    grey.save(path, quality=90)


def _as_print(path: Path, rng: np.random.Generator) -> None:
    with Image.open(path) as image:
        inks = image.convert("CMYK")
    inks.save(path, quality=90)


_FILES: tuple[tuple[str, Callable[[Path, np.random.Generator], None]], ...] = (
    ("broken", _cut_off),
    ("blank", _empty),
    ("colour", _without_colour),
    ("colour", _as_print),
)


# Marks


def _plant_shapes(made: Planted, a: PhotoSet, free: list[int], each: int, rng: np.random.Generator) -> PhotoSet:
    """Photographs of a quarter of the size, width or height, with their marks scaled alike."""
    objects = list(a.objects or ())
    for i in _some(free, each):
        across, down = ((0.25, 0.25), (1, 0.25), (0.25, 1))[rng.integers(3)]
        with Image.open(a.path(i)) as image:
            size = max(20, int(image.width * across)), max(20, int(image.height * down))
            scale = np.array((size[0] / image.width, size[1] / image.height), np.float32)
            image.convert("RGB").resize(size).save(a.path(i), quality=95)
        if objects:
            objects[i] = Objects.of(objects[i].boxes * np.tile(scale, 2), objects[i].labels, crowd=objects[i].crowd)
            sides = objects[i].boxes[:, 2:] - objects[i].boxes[:, :2]
            made.note("box_tiny", ((a.split, i, int(o)) for o in np.flatnonzero(sides.min(axis=1) < TINY)))
        if a.masks:
            mask = cv2.resize(a.read_mask(i), size, interpolation=cv2.INTER_NEAREST)
            Image.fromarray(mask).save(a.folder / a.masks[i])
        made.note("odd_size", [(a.split, i)])
    return dataclasses.replace(a, objects=tuple(objects) if objects else a.objects)


def _plant_marks(made: Planted, a: PhotoSet, free: list[int], each: int, rng: np.random.Generator) -> PhotoSet:
    if a.objects is not None:
        a = _plant_boxes(made, a, free, each, rng)
    if a.masks is not None:
        for i in _some(free, each):
            mask = a.read_mask(i)
            smaller = cv2.resize(mask, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_NEAREST)
            Image.fromarray(smaller).save(a.folder / a.masks[i])
            made.note("mask_size", [(a.split, i)])
        for i in _some(free, each):
            mask = a.read_mask(i)
            mask[:20, :20] = 200
            Image.fromarray(mask).save(a.folder / a.masks[i])
            made.note("mask_unknown", [(a.split, i)])
    if a.captions is not None:
        said = list(a.captions)
        for i in _some(free, each):
            said[i] = ("", *said[i][1:])
            made.note("caption_empty", [(a.split, i)])
        spoken = [i for i in free if said[i]]
        for _ in range(min(each, len(spoken) // 2)):
            i, j = _some(spoken, 2)
            free[:] = [k for k in free if k not in (i, j)]
            said[i] = (said[j][0], *said[i][1:])
            made.note("caption_twice", [(a.split, i), (a.split, j)])
        a = dataclasses.replace(a, captions=tuple(said))
    return a


def _plant_boxes(made: Planted, a: PhotoSet, free: list[int], each: int, rng: np.random.Generator) -> PhotoSet:
    objects = list(a.objects or ())
    chosen = [i for i in free if len(objects[i])]
    for kind in ("box_empty", "box_outside", "box_tiny", "box_huge", "box_twice"):
        for i in (chosen.pop() for _ in range(min(each, len(chosen)))):
            free.remove(i)
            which, (w, h) = int(rng.integers(len(objects[i]))), (float(v) for v in a.sizes[i])
            boxes, labels = objects[i].boxes.copy(), objects[i].labels
            x, y = boxes[which, :2]
            if kind == "box_twice":
                boxes, labels = np.concatenate([boxes, boxes[which : which + 1] + 1]), np.append(labels, labels[which])
                which = len(boxes) - 1
            else:
                boxes[which] = {
                    "box_empty": (x, y, x, boxes[which, 3]),
                    "box_outside": (w - 20, y, w + 25, boxes[which, 3]),
                    "box_tiny": (x, y, x + 2, y + 2),
                    "box_huge": (1, 1, w - 1, h - 1),
                }[kind]
            objects[i] = Objects.of(boxes, labels)
            made.note(kind, [(a.split, int(i), which)])
    return dataclasses.replace(a, objects=tuple(objects))
