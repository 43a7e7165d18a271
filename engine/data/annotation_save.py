"""Writing an annotated set: boxes and outlines as COCO, painted regions as CamVid, each file whole or not at all.

Beside the pictures only marks are written; what lay there is kept once as `….kept`. In another folder the
pictures are copied along, so that it is a set of its own.
"""

from __future__ import annotations

import colorsys
import dataclasses
import hashlib
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import numpy as np

from engine import places
from engine.data.annotation import VOID, Annotation, Move
from engine.data.annotation_open import marks_in, plain_mask
from engine.data.draft import marks_now
from engine.data.edits import Marks, Paint, objects_of
from engine.data.forms import form
from engine.data.forms.colours import png_of
from engine.data.forms.sizes import header_size
from engine.data.forms.writing import flat_names, put
from engine.data.photoset import Objects, PhotoSet, with_fingerprint
from engine.errors import LabError, cannot_write
from engine.jobs import Job, Progress
from engine.text import Text

_GATHERING = Text("Gathering the changes", "변경 모으는 중")
_STEP = 20


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """What is to be written: a set, what was done to some of its pictures, and the classes by now."""

    base: PhotoSet
    ways: Mapping[int, tuple[Move, ...]]
    classes: tuple[Text, ...]
    draft: Path

    @classmethod
    def of(cls, annotation: Annotation, draft: Path) -> Work:
        """All that is not saved yet, as it is at this moment."""
        ways = {index: annotation.way(index) for index in annotation.touched}
        return cls(annotation.base, ways, annotation.classes, draft)


@dataclass(frozen=True, slots=True, eq=False)
class Saved:
    """What was written: the set as it is now (same pictures, same order), and the place that opens it."""

    photos: PhotoSet
    place: Path


def save(work: Work, to: Path | None) -> Job:
    """Write an annotated set beside its pictures, or with copies of them into the folder `to`; returns `Saved`.

    Raises: `LabError` when there is nothing to write, a picture is gone, or the disk is full. A cancelled or
    failed save leaves marks as they were; only what was staged in the cache may stay.
    """
    photos = yield from _with_changes(work)
    forms = forms_of(photos) if to is not None else _changed_forms(photos, work.base)
    if not forms:
        raise LabError(_NOTHING)
    folder = photos.folder if to is None else to
    if to is None and "camvid" in forms:
        yield from _keep_masks(work.base, photos)
    place = folder
    for id in reversed(forms):  # the first of them says how the set is opened
        write = form(id).write
        assert write is not None
        place = yield from write(photos, folder, pictures=to is not None)
    photos = _settled(photos, annot=folder if "camvid" in forms else None)
    if to is not None:
        photos = yield from _moved(photos, forms[0], place)
    return Saved(with_fingerprint(photos), place)


_NOTHING = Text(
    "There is nothing to write yet: mark something first.", "아직 쓸 것이 없어요. 먼저 무언가를 표시해 주세요."
)


def forms_of(photos: PhotoSet) -> tuple[str, ...]:
    """In which forms this set is written with its pictures, the one that opens it first."""
    found = []
    if photos.objects is not None:
        found.append("coco")
    if photos.masks is not None and any(photos.masks):
        found.append("camvid")
    if photos.captions is not None:
        found.append("captions")
    if photos.labels is not None:
        found.append("images")
    return tuple(found)


def _changed_forms(photos: PhotoSet, base: PhotoSet) -> tuple[str, ...]:
    """In which forms the marks are written that differ from those of `base`, beside the pictures."""
    named = len(photos.classes) > len(base.classes)
    labels = photos.labels is not None and not np.array_equal(photos.labels, base.labels)  # type: ignore[arg-type]
    found = {
        "coco": photos.objects is not None and (photos.objects is not base.objects or named),
        "camvid": photos.masks is not None and any(photos.masks) and photos.masks != base.masks,
        "captions": photos.captions is not None and photos.captions != base.captions,
        "csv": labels,
    }
    return tuple(id for id, wanted in found.items() if wanted)


# The set with its changes


def _with_changes(work: Work) -> Job:
    """The set with all changes, a `PhotoSet`; painted masks lie in the cache until they are written."""
    base = work.base
    changed: dict[int, Marks] = {}
    staged: dict[int, str] = {}
    low = base.void is not None and base.void < len(base.classes)
    restage = base.masks is not None and (low or len(work.classes) > len(base.classes))
    for done, index in enumerate(range(len(base)) if restage else sorted(work.ways)):
        if done % _STEP == 0:
            yield Progress(done, len(base) if restage else len(work.ways), _GATHERING)
        way = work.ways.get(index, ())
        painted = any(isinstance(step, tuple | Paint) for _, step in way)
        if way:
            marks = marks_now(marks_in(base, index, _size(base, index), pixels=painted), way, work.draft)
            changed[index] = dataclasses.replace(marks, mask=None)
            if painted and marks.mask is not None:
                staged[index] = _stage(base, index, marks.mask)
            elif painted:
                staged[index] = ""
        if restage and index not in staged and base.masks and base.masks[index]:
            staged[index] = _stage(base, index, plain_mask(base, index))
    return _merged(work, changed, staged)


def _merged(work: Work, changed: Mapping[int, Marks], staged: Mapping[int, str]) -> PhotoSet:
    base = work.base
    objects, labels, captions, masks = base.objects, base.labels, base.captions, base.masks
    if any(marks.objects for marks in changed.values()) or (objects is not None and changed):
        objects = _objects(base, changed)
    if labels is not None or any(marks.label >= 0 for marks in changed.values()):
        labels = np.full(len(base), -1, np.int64) if labels is None else labels.copy()
        for index, marks in changed.items():
            labels[index] = marks.label
    if captions is not None or any(marks.captions for marks in changed.values()):
        captions = _replaced(captions or ((),) * len(base), {i: m.captions for i, m in changed.items()})
    if masks is not None or any(staged.values()):
        masks = _replaced(masks or ("",) * len(base), staged)
    return dataclasses.replace(
        base,
        classes=work.classes,
        objects=objects,
        labels=labels,
        captions=captions,
        masks=masks,
        colours=_colours(base, len(work.classes)),
        void=VOID if staged and base.void is None else base.void,
    )


def _objects(base: PhotoSet, changed: Mapping[int, Marks]) -> tuple[Objects, ...]:
    joints = len(base.keypoint_names)
    none = objects_of((), joints)
    kept = base.objects or (none,) * len(base)
    return _replaced(kept, {index: objects_of(marks.objects, joints) for index, marks in changed.items()})


def _replaced(values: Sequence, by: Mapping[int, object]) -> tuple:
    return tuple(by.get(index, value) for index, value in enumerate(values))


def _colours(base: PhotoSet, count: int) -> np.ndarray | None:
    """The set's own colours, (count, 3) uint8; classes that were added get hues far from each other."""
    if base.colours is None or count == len(base.classes):
        return base.colours
    golden = 0.618034  # of the circle: no two of a few are near (Martin Ankerl, 2009)
    hues = [colorsys.hsv_to_rgb(n * golden % 1.0, 0.7, 0.95) for n in range(count - len(base.classes))]
    more = (np.array(hues) * 255).astype(np.uint8)
    return np.concatenate((base.colours[: len(base.classes)], more))


def _size(base: PhotoSet, index: int) -> tuple[int, int]:
    width, height = (int(n) for n in base.sizes[index])
    if width and height:
        return width, height
    found = header_size(base.path(index))
    if found is None:
        text = Text("{path} is not a picture this program can read.", "{path} 파일은 읽을 수 있는 그림이 아니에요.")
        raise LabError(text(path=base.path(index)))
    return found


# Masks


def _stage(base: PhotoSet, index: int, mask: np.ndarray) -> str:
    """Put a painted mask into the cache; returns its path."""
    words = f"{base.path(index)} {base.split}"
    path = places.cache() / "painted" / f"{hashlib.sha256(words.encode()).hexdigest()[:32]}.png"
    put(path, png_of(mask))
    return str(path)


def _keep_masks(base: PhotoSet, photos: PhotoSet) -> Job:
    """Keep each mask that is about to be replaced by a painted one once, beside it."""
    for index, (before, after) in enumerate(zip(base.masks or (), photos.masks or (), strict=False)):
        if not before or before == after:
            continue
        path = base.folder / before
        kept = path.with_name(f"{path.name}.kept")
        if path.is_file() and not kept.exists() and path.is_relative_to(base.folder):
            try:
                shutil.copy2(path, kept)
            except OSError as error:
                raise cannot_write(kept, error) from error
        if index % _STEP == 0:
            yield Progress(index, len(photos), _GATHERING)


# What the set is after it was written


def _settled(photos: PhotoSet, *, annot: Path | None) -> PhotoSet:
    """`photos` as reading them again would give them: coordinates of two decimals, masks at their place."""
    if photos.objects is not None:
        photos = dataclasses.replace(photos, objects=tuple(_rounded(objects) for objects in photos.objects))
    if annot is None or photos.masks is None:
        return photos
    stems = [PurePosixPath(name).stem for name in flat_names(photos)]
    names = [f"{photos.split}annot/{stem}.png" for stem in stems]
    if annot != photos.folder:
        names = [str(annot / name) for name in names]
    masks = tuple(name if mask else "" for name, mask in zip(names, photos.masks, strict=True))
    void = len(photos.classes) if photos.void is not None else None
    return dataclasses.replace(photos, masks=masks, void=void)


def _rounded(objects: Objects) -> Objects:
    boxes = np.round(objects.boxes.astype(np.float64), 2).astype(np.float32)
    outlines = tuple(
        tuple(np.round(ring.astype(np.float64), 2).astype(np.float32) for ring in rings) for rings in objects.outlines
    )
    return dataclasses.replace(objects, boxes=boxes, outlines=outlines)


def _moved(photos: PhotoSet, id: str, place: Path) -> Job:
    """The set at its new place if it reads back as the same pictures, else `photos`, whose pictures are the old ones."""
    found = yield from form(id).read(place, photos.split)
    if [_last(name) for name in found.files] != [_last(name) for name in photos.files]:
        return photos
    return dataclasses.replace(
        photos, folder=found.folder, files=found.files, masks=found.masks or _below(photos.masks, found.folder)
    )


def _below(masks: tuple[str, ...] | None, folder: Path) -> tuple[str, ...] | None:
    """Masks named relative to the folder they now belong to."""
    if masks is None:
        return None
    return tuple(Path(mask).relative_to(folder).as_posix() if mask else "" for mask in masks)


def _last(name: str) -> str:
    return PurePosixPath(name).name
