"""What is written in a form reads back as the same set, and writes the same bytes again."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from form_sets import NAMES, captioned, labelled, marked, masked, pictures, there_and_back, tree, waves
from PIL import Image
from skimage import data

from engine.data import ImageSet
from engine.data.export import export, forms_for
from engine.data.forms import FORMS, form
from engine.data.imageset import fingerprint
from engine.data.photoset import PhotoSet
from engine.data.signalset import SignalSet
from engine.errors import LabError
from engine.jobs import result_of
from engine.text import same


def colours(count: int = 8, side: int = 12) -> ImageSet:
    """Small colour pictures by chance with words as classes."""
    images = np.random.default_rng(1).integers(0, 256, (count, side, side, 3)).astype(np.uint8)
    labels = np.arange(count) % 3
    classes = (same("cat"), same("개"), same("bird"))
    return ImageSet("made", "test", images, labels, classes, same(""), fingerprint(images, labels))


def few(digits: ImageSet) -> ImageSet:
    return digits.part(np.arange(0, 4000, 100), "train")


def test_every_form_has_an_id_of_its_own_and_words_in_both_languages() -> None:
    assert len({one.id for one in FORMS}) == len(FORMS) == 10
    assert all(one.name.en and one.name.ko for one in FORMS)
    assert all(form(one.id) is one for one in FORMS)


def test_a_form_that_does_not_exist_is_answered_with_those_that_do() -> None:
    with pytest.raises(LabError) as caught:
        form("pickle")
    assert all(one.id in str(caught.value) for one in FORMS)


@pytest.mark.parametrize("keypoints", [False, True])
def test_coco_keeps_boxes_outlines_crowds_and_keypoints(tmp_path: Path, keypoints: bool) -> None:
    before = marked(tmp_path / "set", keypoints=keypoints)
    after = there_and_back(before, "coco", tmp_path)
    assert isinstance(after, PhotoSet) and before.objects and after.objects
    assert [Path(name).name for name in after.files] == list(NAMES)
    assert [name.en for name in after.classes] == ["person", "강아지", "traffic light"]
    assert (after.keypoint_names, after.skeleton) == (before.keypoint_names, before.skeleton)
    assert after.unreadable == ()
    for a, b in zip(before.objects, after.objects, strict=True):
        np.testing.assert_allclose(a.boxes, b.boxes, atol=0.005)
        assert a.labels.tolist() == b.labels.tolist() and a.crowd.tolist() == b.crowd.tolist()
        assert [len(rings) for rings in a.outlines] == [len(rings) for rings in b.outlines]
        for mine, its in zip(a.outlines, b.outlines, strict=True):
            for one, other in zip(mine, its, strict=True):
                np.testing.assert_allclose(np.sort(one, axis=0), np.sort(other, axis=0), atol=0.005)
        assert np.array_equal(a.keypoints, b.keypoints)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of pycocotools' own
def test_pycocotools_reads_what_is_written(tmp_path: Path) -> None:
    from pycocotools.coco import COCO

    before = marked(tmp_path / "set")
    result_of(form("coco").write(before, tmp_path / "out"))  # type: ignore[misc]
    with contextlib.redirect_stdout(io.StringIO()):
        coco = COCO(str(tmp_path / "out" / "instances_train.json"))
    assert len(coco.imgs) == 6
    assert len(coco.anns) == sum(map(len, before.objects or ()))
    crowd = next(mark for mark in coco.anns.values() if mark["iscrowd"])
    mask = coco.annToMask(crowd)
    assert mask.shape == (64, 96) and mask.sum() == crowd["area"] == 16 * 8
    assert mask[4:12, 4:20].all()
    triangle = next(mark for mark in coco.anns.values() if mark["segmentation"] and not mark["iscrowd"])
    assert abs(coco.annToMask(triangle).sum() - triangle["area"]) < 0.1 * triangle["area"]


def test_voc_keeps_boxes_and_calls_crowds_difficult(tmp_path: Path) -> None:
    before = marked(tmp_path / "set")
    after = there_and_back(before, "voc", tmp_path)
    assert isinstance(after, PhotoSet) and before.objects and after.objects
    assert [name.en for name in after.classes] == ["person", "강아지", "traffic light"]
    for a, b in zip(before.objects, after.objects, strict=True):
        np.testing.assert_allclose(a.boxes, b.boxes, atol=0.005)
        assert a.labels.tolist() == b.labels.tolist() and a.crowd.tolist() == b.crowd.tolist()
    xml = (tmp_path / "first" / "Annotations" / "plain.xml").read_text("utf-8")
    assert "<xmin>5</xmin>" in xml and "<xmax>20</xmax>" in xml  # pixels 5 … 20, counted from 1
    assert "<difficult>1</difficult>" in xml


def test_yolo_keeps_boxes_and_outlines_but_knows_no_crowds(tmp_path: Path) -> None:
    before = marked(tmp_path / "set")
    after = there_and_back(before, "yolo", tmp_path)
    assert isinstance(after, PhotoSet) and before.objects and after.objects
    assert len(after.files) == 6
    now = {Path(name).name: objects for name, objects in zip(after.files, after.objects, strict=True)}
    assert [len(now[name]) for name in NAMES] == [2, 2, 0, 0, 2, 2]
    np.testing.assert_allclose(now[NAMES[0]].boxes, before.objects[0].boxes, atol=0.005)
    np.testing.assert_allclose(now[NAMES[1]].outlines[0][0], before.objects[1].outlines[0][0], atol=0.001)
    text = (tmp_path / "first" / "labels" / "train" / "empty.txt").read_bytes()
    assert text == b""


def test_yolo_keeps_keypoints(tmp_path: Path) -> None:
    before = marked(tmp_path / "set", keypoints=True)
    after = there_and_back(before, "yolo", tmp_path)
    assert isinstance(after, PhotoSet) and before.objects and after.objects
    assert after.keypoint_names == before.keypoint_names
    first = [Path(name).name for name in after.files].index(NAMES[0])
    np.testing.assert_allclose(after.objects[first].keypoints, before.objects[0].keypoints, atol=0.001)


def test_yolo_takes_one_part_after_the_other_into_one_yaml(tmp_path: Path) -> None:
    for part in ("train", "val"):
        result_of(export(marked(tmp_path / part, part), "yolo", tmp_path / "out"))
    assert form("yolo").splits(tmp_path / "out") == ("train", "val")
    assert not list((tmp_path / "out").glob("*.kept"))
    for part in ("train", "val"):
        assert len(result_of(form("yolo").read(tmp_path / "out", part))) == 6


def test_masks_keep_classes_colours_and_void(tmp_path: Path) -> None:
    before = masked(tmp_path / "set")
    after = there_and_back(before, "camvid", tmp_path)
    assert isinstance(after, PhotoSet) and after.masks and after.colours is not None
    assert [name.en for name in after.classes] == ["road", "하늘"]
    assert after.colours.tolist() == [[128, 64, 128], [1, 2, 3]]
    assert after.void == 2
    for index in range(3):
        mask = after.read_mask(index)
        assert (mask[:5] == 2).all() and (mask[5:] == index % 2).all()


@pytest.mark.parametrize("kind", ["images", "csv"])
def test_labelled_pictures_keep_their_classes(tmp_path: Path, kind: str) -> None:
    before = labelled(tmp_path / "set")
    after = there_and_back(before, kind, tmp_path)
    assert isinstance(after, PhotoSet) and after.labels is not None and before.labels is not None
    assert len(after) == 6

    def told(photos: PhotoSet) -> dict[str, str]:
        assert photos.labels is not None
        names = [name.en.replace("/", "_") for name in photos.classes] + [""]
        return {Path(f).name: names[label] for f, label in zip(photos.files, photos.labels, strict=True)}

    assert told(after) == told(before)


def test_captions_keep_commas_quotes_and_hangul(tmp_path: Path) -> None:
    before = captioned(tmp_path / "set")
    after = there_and_back(before, "captions", tmp_path)
    assert isinstance(after, PhotoSet)
    assert after.captions == before.captions


@pytest.mark.parametrize("kind", ["npz", "idx", "csv"])
def test_small_pictures_keep_every_pixel(tmp_path: Path, kind: str, digits: ImageSet) -> None:
    for number, before in enumerate((few(digits), colours())):
        after = there_and_back(before, kind, tmp_path / str(number))
        assert isinstance(after, ImageSet)
        assert np.array_equal(after.images, before.images) and np.array_equal(after.labels, before.labels)
        assert [name.en for name in after.classes] == [name.en for name in before.classes]


def test_small_pictures_become_a_folder_for_each_class(tmp_path: Path, digits: ImageSet) -> None:
    before = few(digits)
    after = there_and_back(before, "images", tmp_path)
    assert isinstance(after, PhotoSet) and after.labels is not None
    assert len(after) == len(before)
    first = np.asarray(Image.open(after.path(0)))
    assert np.array_equal(first, before.images[np.flatnonzero(before.labels == after.labels[0])[0]])


@pytest.mark.parametrize("kind", ["signals", "csv"])
@pytest.mark.parametrize(("groups", "rate"), [(True, 50.0), (False, 0.0), (True, 102.4)])
def test_signals_keep_every_value(tmp_path: Path, kind: str, groups: bool, rate: float) -> None:
    before = waves(groups=groups, rate=rate)
    after = there_and_back(before, kind, tmp_path)
    assert isinstance(after, SignalSet)
    assert np.array_equal(after.x, before.x) and np.array_equal(after.labels, before.labels)
    assert (after.channels, after.unit, after.rate) == (before.channels, before.unit, before.rate)
    assert [name.en for name in after.classes] == [name.en for name in before.classes]
    assert (after.groups is None) == (before.groups is None)
    assert before.groups is None or np.array_equal(after.groups, before.groups)  # type: ignore[arg-type]


def test_every_set_can_be_written_in_some_form(tmp_path: Path, digits: ImageSet) -> None:
    def ids(set_: object) -> set[str]:
        return {one.id for one in forms_for(set_)}  # type: ignore[arg-type]

    assert ids(marked(tmp_path / "a")) == {"coco", "voc", "yolo", "images"}
    assert ids(masked(tmp_path / "b")) == {"camvid", "images"}
    assert ids(digits) == {"images", "csv", "npz", "idx"}
    assert ids(waves()) == {"signals", "csv"}


def test_a_form_that_cannot_hold_a_set_says_which_can(tmp_path: Path) -> None:
    with pytest.raises(LabError, match="signals"):
        result_of(export(waves(), "coco", tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_marks_can_be_written_without_the_pictures(tmp_path: Path) -> None:
    place = result_of(export(marked(tmp_path / "set"), "coco", tmp_path / "out", pictures=False))
    assert list(tree(tmp_path / "out")) == ["instances_train.json"]
    assert place == tmp_path / "out" / "instances_train.json"


def test_another_picture_in_the_way_is_never_replaced(tmp_path: Path) -> None:
    photos = marked(tmp_path / "set")
    (tmp_path / "out" / "train").mkdir(parents=True)
    (tmp_path / "out" / "train" / "plain.jpg").write_bytes(b"mine")
    with pytest.raises(LabError, match=r"plain\.jpg is there already"):
        result_of(export(photos, "coco", tmp_path / "out"))
    assert tree(tmp_path / "out") == {"train/plain.jpg": b"mine"}


def test_a_cancelled_export_takes_back_the_pictures_it_copied(tmp_path: Path) -> None:
    pictures(tmp_path / "set", NAMES[:1])
    for number in range(120):
        shutil.copy(tmp_path / "set" / NAMES[0], tmp_path / "set" / f"{number}.jpg")
    (tmp_path / "set" / NAMES[0]).unlink()
    photos = result_of(form("images").read(tmp_path / "set", "all"))
    job = export(photos, "images", tmp_path / "out")
    next(job)
    next(job)
    assert len(tree(tmp_path / "out")) == 50
    job.close()
    assert tree(tmp_path / "out") == {}
    result_of(export(photos, "images", tmp_path / "out"))
    assert len(tree(tmp_path / "out")) == 120


def test_marks_that_lay_there_are_kept_beside_the_new_ones(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "instances_train.json").write_text("my own")
    photos = marked(tmp_path / "set")
    for _ in range(2):
        result_of(export(photos, "coco", tmp_path / "out"))
    assert (tmp_path / "out" / "instances_train.json.kept").read_text() == "my own"
    assert len(json.loads((tmp_path / "out" / "instances_train.json").read_text("utf-8"))["images"]) == 6


def test_a_set_is_not_written_over_itself(tmp_path: Path) -> None:
    photos = marked(tmp_path / "set")
    with pytest.raises(LabError, match="Choose another one"):
        result_of(export(photos, "coco", tmp_path / "set"))


def test_an_imagenet_tree_is_read_with_the_words_for_its_numbers(tmp_path: Path) -> None:
    for folder, photo in (("n02123045", data.chelsea()), ("n07920052", data.coffee())):
        (tmp_path / "train" / folder).mkdir(parents=True)
        Image.fromarray(photo).save(tmp_path / "train" / folder / f"{folder}_1.JPEG")
    read = result_of(form("images").read(tmp_path, "train"))
    assert [(name.en, name.ko) for name in read.classes] == [("tabby", "태비고양이"), ("espresso", "에스프레소")]
