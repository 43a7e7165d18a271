"""An annotated set is written in forms that read back as the same marks."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from annotating import BOX, SIZE, TRIANGLE, brushed, masked, now, saved, six_photographs
from PIL import Image

from engine.data import annotation_open, annotation_save, draft, shapes
from engine.data.annotation import VOID, Annotation
from engine.data.draft import Draft
from engine.data.edits import Add, Mark, Remove, SetClass, marks_of
from engine.data.forms import form
from engine.data.photoset import PhotoSet, with_fingerprint
from engine.errors import LabError
from engine.jobs import result_of


@pytest.fixture
def photos(tmp_path: Path) -> PhotoSet:
    return six_photographs(tmp_path / "set")


def test_boxes_saved_beside_the_pictures_are_read_again_as_they_were_drawn(photos: PhotoSet) -> None:
    annotation, log = Annotation(photos), Draft(photos)
    drawn = shapes.boxed((3, 4), (33.333, 25.719), 1, SIZE)
    assert drawn is not None
    annotation.do(1, Add(1, drawn))
    annotation.do(1, Add(2, TRIANGLE))
    annotation.do(3, Remove(0, now(annotation, 3, log).objects[0]))
    result = saved(annotation, log)
    assert result.place == photos.folder / "instances_train.json"
    again = result_of(form("coco").read(photos.folder, "train"))
    assert again.fingerprint == result.photos.fingerprint
    assert [marks_of(o) for o in again.objects] == [marks_of(o) for o in result.photos.objects or ()]
    assert marks_of(again.objects[1])[1:] == (drawn, TRIANGLE)
    assert len(again.objects[3]) == 0
    assert annotation.unsaved == 0


def test_steps_go_back_beyond_a_save_and_through_a_crash_after_it(photos: PhotoSet) -> None:
    annotation, log = Annotation(photos), Draft(photos)
    annotation.do(0, Add(1, BOX))
    annotation.do(0, Add(2, TRIANGLE))
    saved(annotation, log)
    annotation.undo(0)
    annotation.undo(0)
    assert len(now(annotation, 0, log).objects) == 1
    assert annotation.unsaved == 2
    annotation.do(0, SetClass(-1, 1))
    assert annotation.unsaved == 3  # two saved steps taken back for good, and a new one
    annotation.written(*log.write(annotation.said()))
    again = result_of(form("coco").read(photos.folder, "train"))
    found = result_of(draft.find(again))
    assert found.annotation.unsaved == 3
    assert now(found.annotation, 0, log) == now(annotation, 0, log)
    saved(annotation, log)
    assert len(result_of(form("coco").read(photos.folder, "train")).objects[0]) == 1


def test_a_set_saved_into_another_folder_is_a_set_of_its_own(photos: PhotoSet, tmp_path: Path) -> None:
    annotation, log = Annotation(photos), Draft(photos)
    annotation.add_class("bird")
    annotation.do(5, Add(1, Mark((0.0, 0.0, 9.0, 9.0), 2)))
    before = sorted(path.name for path in photos.folder.rglob("*"))
    result = saved(annotation, log, tmp_path / "new")
    assert sorted(path.name for path in photos.folder.rglob("*")) == before
    assert result.photos.folder == tmp_path / "new"
    again = result_of(form("coco").read(tmp_path / "new", "train"))
    assert [name.en for name in again.classes] == ["cat", "dog", "bird"]
    assert int(again.objects[5].labels[1]) == 2
    assert np.array_equal(again.read(5), photos.read(5))
    annotation.undo(5)
    assert len(now(annotation, 5, log).objects) == 1


def test_a_cancelled_save_leaves_the_marks_that_lay_there(photos: PhotoSet) -> None:
    result_of(form("coco").write(photos, photos.folder, pictures=False))  # type: ignore[misc]
    before = (photos.folder / "instances_train.json").read_bytes()
    annotation, log = Annotation(photos), Draft(photos)
    annotation.do(1, Add(1, BOX))
    job = annotation_save.save(annotation_save.Work.of(annotation, log.path), None)
    next(job)
    job.close()
    assert (photos.folder / "instances_train.json").read_bytes() == before
    assert not list(photos.folder.rglob("*.kept"))


def test_painted_masks_are_saved_as_png_and_the_old_ones_kept(photos: PhotoSet) -> None:
    masks = masked(photos)
    annotation, log = Annotation(masks), Draft(masks)
    old = masks.read_mask(2)
    marks = now(annotation, 2, log)
    annotation.do(2, brushed(marks, (10, 10), (40, 30), 1))
    wanted = now(annotation, 2, log).mask
    result = saved(annotation, log)
    again = result_of(form("camvid").read(masks.folder, "train"))
    assert again.fingerprint == result.photos.fingerprint
    assert np.array_equal(annotation_open.plain_mask(again, 2), wanted)
    assert np.array_equal(again.read_mask(3), masks.read_mask(3))
    kept = masks.folder / "trainannot" / "2.png.kept"
    assert np.array_equal(np.asarray(Image.open(kept)), old)
    annotation.undo(2)
    assert np.array_equal(now(annotation, 2, log).mask, np.where(old < 2, old, VOID))


def test_a_class_added_to_a_set_with_masks_does_not_take_the_number_of_no_class(photos: PhotoSet) -> None:
    masks = masked(photos)
    annotation, log = Annotation(masks), Draft(masks)
    bird = annotation.add_class("bird")
    annotation.do(0, brushed(now(annotation, 0, log), (10, 10), (40, 30), bird))
    saved(annotation, log)
    again = result_of(form("camvid").read(masks.folder, "train"))
    assert [name.en for name in again.classes] == ["cat", "dog", "bird"]
    for i in range(1, 6):
        assert not (again.read_mask(i) == bird).any()
    assert (again.read_mask(0) == bird).sum() > 100


def test_painting_begins_masks_in_a_set_that_has_none(photos: PhotoSet, tmp_path: Path) -> None:
    annotation, log = Annotation(photos), Draft(photos)
    annotation.do(0, brushed(now(annotation, 0, log), (10, 10), (40, 30), 1))
    saved(annotation, log, tmp_path / "both")
    masks = result_of(form("camvid").read(tmp_path / "both", "train"))
    assert len(masks) == 1 and (annotation_open.plain_mask(masks, 0) == 1).sum() > 100
    boxes = result_of(form("coco").read(tmp_path / "both", "train"))
    assert len(boxes) == 6 and len(boxes.objects[0]) == 1


def test_classes_of_pictures_saved_into_a_folder_are_folders(photos: PhotoSet, tmp_path: Path) -> None:
    plain = with_fingerprint(dataclasses.replace(photos, objects=None))
    annotation, log = Annotation(plain), Draft(plain)
    for i in range(6):
        annotation.do(i, SetClass(-1, i % 2))
    saved(annotation, log, tmp_path / "sorted")
    again = result_of(form("images").read(tmp_path / "sorted", "train"))
    assert again.labels.tolist() == [0, 0, 0, 1, 1, 1] and [c.en for c in again.classes] == ["cat", "dog"]


def test_nothing_to_save_is_said_so(photos: PhotoSet) -> None:
    plain = dataclasses.replace(photos, objects=None)
    with pytest.raises(LabError, match="mark something first"):
        result_of(annotation_save.save(annotation_save.Work.of(Annotation(plain), Path("none")), None))
