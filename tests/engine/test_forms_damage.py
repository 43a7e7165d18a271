"""What a stranger's files may hold: damage is listed or told in one sentence, never fatal, and never leaves the folder."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from form_sets import NAMES, SIZE, marked, masked, pictures, tree
from PIL import Image

from engine.data.forms import form
from engine.data.forms.rle import filled, mask_of, rings_of, rle_of
from engine.data.forms.writing import short_names
from engine.data.photoset import PhotoSet
from engine.errors import LabError
from engine.jobs import result_of

Marks = list[dict[str, Any]]


def coco(folder: Path, marks: Marks, *, images: Any = None, categories: Any = None) -> Path:
    """A COCO folder with two pictures, "a.jpg" (id 1) and "b.jpg" (id 2), and these marks."""
    pictures(folder / "train", ("a.jpg", "b.jpg"))
    told = {
        "images": images
        or [{"id": i + 1, "file_name": f"{n}.jpg", "width": SIZE[0], "height": SIZE[1]} for i, n in enumerate("ab")],
        "annotations": [{"id": i, "image_id": 1, "category_id": 7, **mark} for i, mark in enumerate(marks)],
        "categories": categories or [{"id": 7, "name": "dog"}],
    }
    (folder / "instances_train.json").write_text(json.dumps(told), "utf-8")
    return folder


def read(folder: Path, kind: str = "coco", split: str = "train") -> PhotoSet:
    found = result_of(form(kind).read(folder, split))
    assert isinstance(found, PhotoSet)
    return found


def why(photos: PhotoSet) -> str:
    return " | ".join(f"{bad.file}: {bad.why}" for bad in photos.unreadable)


@pytest.mark.parametrize(
    ("box", "kept", "word"),
    [
        ([10, 10, 0, 5], None, "without width or height"),
        ([10, 10, 5, -5], None, "without width or height"),
        ([200, 10, 5, 5], None, "outside"),
        ([-10, 10, 20, 5], [0, 10, 10, 15], "cut"),
        ([90, 60, 50, 50], [90, 60, 96, 64], "cut"),
        (["10", "1", 2, 3], [10, 1, 12, 4], ""),
        (["ten", 1, 2, 3], None, "no usable numbers"),
        ([float("nan"), 1, 2, 3], None, "no usable numbers"),
        ([1, 2, 3], None, "no usable numbers"),
        (None, None, "no usable numbers"),
        ([1e300, 1, 2, 3], None, "no usable numbers"),
        ([-0.4, 0, 10, 10], [0, 0, 9.6, 10], ""),
    ],
)
def test_boxes_outside_or_without_size_are_cut_or_left_out_and_said(
    tmp_path: Path, box: Any, kept: list[float] | None, word: str
) -> None:
    photos = read(coco(tmp_path / "set", [{"bbox": box}, {"bbox": [1, 1, 2, 2]}]))
    assert photos.objects
    assert len(photos) == 2
    boxes = photos.objects[0].boxes
    assert boxes[-1].tolist() == [1, 1, 3, 3]
    np.testing.assert_allclose(boxes[:-1], [kept] if kept else np.zeros((0, 4)), atol=1e-5)
    assert word in why(photos) and bool(word) == bool(photos.unreadable)


def test_a_cut_file_gives_what_stands_before_the_cut(tmp_path: Path) -> None:
    folder = coco(tmp_path / "set", [{"bbox": [1, 1, 5, 5]}] * 50)
    file = folder / "instances_train.json"
    text = file.read_text("utf-8")
    categories = text[text.index(', "categories"') : -1]
    body = text.replace(categories, "").replace("{", "{" + categories[2:] + ", ", 1)
    file.write_text(body[: body.index('"id": 30,')], "utf-8")
    photos = read(folder)
    assert photos.objects and len(photos.objects[0]) == 30
    assert "cut off" in why(photos)


def test_marks_before_their_images_are_read_too(tmp_path: Path) -> None:
    folder = coco(tmp_path / "set", [{"bbox": [1, 1, 5, 5]}])
    file = folder / "instances_train.json"
    told = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps({key: told[key] for key in ("annotations", "categories", "images")}), "utf-8")
    photos = read(folder)
    assert photos.objects and len(photos.objects[0]) == 1 and photos.unreadable == ()


def test_marks_of_unknown_classes_and_pictures_are_left_out_and_said(tmp_path: Path) -> None:
    marks = [{"category_id": 8, "bbox": [1, 1, 5, 5]}, {"image_id": 9, "bbox": [1, 1, 5, 5]}, {"bbox": [2, 2, 5, 5]}]
    photos = read(coco(tmp_path / "set", marks))
    assert photos.objects and photos.objects[0].boxes.tolist() == [[2, 2, 7, 7]]
    assert "unknown class" in why(photos) and "belong to no picture" in why(photos)


def test_missing_and_doubled_pictures_are_left_out_and_said(tmp_path: Path) -> None:
    names = ["a.jpg", "gone.jpg", "a.jpg", "../../secret.jpg", "/etc/passwd", 5, ""]
    images = [{"id": i, "file_name": name, "width": 96, "height": 64} for i, name in enumerate(names)]
    photos = read(coco(tmp_path / "set", [], images=images))
    assert photos.files == ("train/a.jpg",)
    said = why(photos)
    assert "gone.jpg: the picture is not there" in said and "named twice" in said
    assert "secret.jpg: its name points outside" in said and "passwd: its name points outside" in said


def test_a_file_none_of_whose_pictures_is_here_is_one_sentence(tmp_path: Path) -> None:
    folder = coco(tmp_path / "set", [], images=[{"id": 1, "file_name": "gone.jpg"}])
    with pytest.raises(LabError, match="None of the 1 picture"):
        read(folder)


def test_classes_are_counted_in_the_order_of_their_ids_with_gaps(tmp_path: Path) -> None:
    categories = [
        {"id": 90, "name": "toothbrush"},
        {"id": 1, "name": "person"},
        {"name": "lost"},
        {"id": 44, "name": "고래"},
    ]
    photos = read(coco(tmp_path / "set", [{"category_id": 44, "bbox": [1, 1, 2, 2]}], categories=categories))
    assert [name.en for name in photos.classes] == ["person", "고래", "toothbrush"]
    assert [name.ko for name in photos.classes] == ["사람", "고래", "칫솔"]
    assert photos.objects and photos.objects[0].labels.tolist() == [1]


def test_damaged_outlines_and_masks_leave_the_box(tmp_path: Path) -> None:
    bad: list[Any] = [
        [[1, 2, 3]],
        [["x"] * 6],
        {"size": [64, 96], "counts": [5]},
        {"counts": "~~~"},
        "text",
        [[[1]] * 6],
    ]
    photos = read(coco(tmp_path / "set", [{"bbox": [1, 1, 5, 5], "segmentation": one} for one in bad]))
    assert photos.objects and len(photos.objects[0]) == len(bad)
    assert all(rings == () for rings in photos.objects[0].outlines)
    assert "fewer than three points" in why(photos) and "damaged mask" in why(photos)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of pycocotools' own
def test_outlines_of_any_mask_cover_exactly_its_pixels_by_our_reckoning_and_pycocotools() -> None:
    from pycocotools import mask as tools

    rng = np.random.default_rng(0)
    for _ in range(60):
        height, width = rng.integers(1, 30, 2)
        mask = rng.random((height, width)) < rng.random()
        packed = tools.encode(np.asfortranarray(mask.astype(np.uint8)))
        assert np.array_equal(mask_of({"size": packed["size"], "counts": packed["counts"].decode()}), mask)
        assert np.array_equal(mask_of(rle_of(mask)), mask)
        rings = rings_of(mask)
        again = filled(rings, (int(width), int(height)))
        assert again is not None and np.array_equal(again, mask)
        if rings:
            parts = tools.frPyObjects([ring.ravel().tolist() for ring in rings], int(height), int(width))
            assert np.array_equal(tools.decode(tools.merge(parts)).astype(bool), mask)


def test_rings_that_are_no_pixel_edges_are_not_taken_for_a_mask() -> None:
    triangle = np.array([[0, 0], [4, 0], [2, 4]], np.float32)
    assert filled((triangle,), (9, 9)) is None
    assert filled((triangle + 0.5,), (9, 9)) is None


def test_a_picture_whose_name_points_outside_is_never_written(tmp_path: Path) -> None:
    import dataclasses

    photos = dataclasses.replace(marked(tmp_path / "set"), files=("../out.jpg", *marked(tmp_path / "b").files[1:]))
    with pytest.raises(LabError, match="points outside"):
        short_names(photos)
    with pytest.raises(LabError, match="points outside"):
        result_of(form("coco").write(photos, tmp_path / "x" / "y"))  # type: ignore[misc]
    assert not (tmp_path / "x").exists()


# VOC


def voc(folder: Path) -> Path:
    result_of(form("voc").write(marked(folder.parent / "source"), folder))  # type: ignore[misc]
    return folder


def test_a_broken_xml_is_listed_and_the_others_are_read(tmp_path: Path) -> None:
    folder = voc(tmp_path / "set")
    xml = folder / "Annotations" / "plain.xml"
    xml.write_text(xml.read_text("utf-8")[:200], "utf-8")
    photos = read(folder, "voc")
    assert len(photos) == 5
    assert "plain.xml: it is no XML" in why(photos)


def test_an_xml_that_would_grow_or_fetch_is_not_read(tmp_path: Path) -> None:
    folder = voc(tmp_path / "set")
    bomb = '<!DOCTYPE a [<!ENTITY x "lol"><!ENTITY y "&x;&x;&x;">]><annotation><object><name>&y;</name></object></annotation>'
    (folder / "Annotations" / "plain.xml").write_text(bomb, "utf-8")
    photos = read(folder, "voc")
    assert len(photos) == 5 and "plain.xml" in why(photos)


def test_voc_counts_from_one_and_takes_boxes_of_tools_that_do_not(tmp_path: Path) -> None:
    folder = tmp_path / "set"
    pictures(folder, ("a.jpg",))
    box = "<bndbox><xmin>{}</xmin><ymin>1</ymin><xmax>96</xmax><ymax>64</ymax></bndbox>"
    objects = "".join(f"<object><name>dog</name>{box.format(xmin)}</object>" for xmin in (1, 0))
    (folder / "a.xml").write_text(f"<annotation><filename>a.jpg</filename>{objects}</annotation>")
    photos = read(folder, "voc", "all")
    assert photos.objects and photos.objects[0].boxes.tolist() == [[0, 0, 96, 64]] * 2
    assert photos.sizes.tolist() == [list(SIZE)]  # the XML did not say
    assert len(photos.classes) == 20  # all names are VOC's own


def test_the_parts_of_a_voc_set_count_the_classes_alike(tmp_path: Path) -> None:
    for part, kind in (("train", "zebra-fish"), ("test", "ant")):
        folder = tmp_path / "set" / part
        pictures(folder, (f"{part}.jpg",))
        box = "<bndbox><xmin>1</xmin><ymin>1</ymin><xmax>9</xmax><ymax>9</ymax></bndbox>"
        (folder / f"{part}.xml").write_text(f"<annotation><object><name>{kind}</name>{box}</object></annotation>")
    assert form("voc").splits(tmp_path / "set") == ("train", "test")
    train, test = (read(tmp_path / "set", "voc", part) for part in ("train", "test"))
    assert [name.en for name in train.classes] == [name.en for name in test.classes] == ["ant", "zebra-fish"]
    assert train.objects and train.objects[0].labels.tolist() == [1]


# YOLO


def test_damaged_lines_are_left_out_and_said_with_their_number(tmp_path: Path) -> None:
    folder = tmp_path / "set"
    result_of(form("yolo").write(marked(tmp_path / "source"), folder))  # type: ignore[misc]
    (folder / "labels" / "train" / "plain.txt").write_text(
        "0 .5 .5 .1 .1\n0 .5\nx 1 2 3 4\n9 .5 .5 .1 .1\n0 .5 .5 0 .1\n"
    )
    photos = read(folder, "yolo")
    at = [Path(name).name for name in photos.files].index("plain.jpg")
    assert photos.objects and len(photos.objects[at]) == 1
    assert all(f"line {n}" in why(photos) for n in (2, 3, 4))
    assert "without width or height" in why(photos)


def test_a_yaml_of_another_machine_finds_its_folders_here(tmp_path: Path) -> None:
    folder = tmp_path / "set"
    pictures(folder / "train" / "images", ("a.jpg",))
    (folder / "train" / "labels").mkdir()
    (folder / "train" / "labels" / "a.txt").write_text("1 0.5 0.5 0.5 0.5\n")
    (folder / "data.yaml").write_text(
        "train: ../train/images\nval: /content/gone/images\nnc: 2\nnames: [cat, 개]\n", "utf-8"
    )
    assert form("yolo").splits(folder) == ("train",)
    photos = read(folder, "yolo")
    assert photos.files == ("train/images/a.jpg",)
    assert [name.en for name in photos.classes] == ["cat", "개"]
    assert photos.objects and photos.objects[0].boxes.tolist() == [[24, 16, 72, 48]]


def test_a_yaml_that_would_build_objects_is_no_data_set(tmp_path: Path) -> None:
    pictures(tmp_path / "images", ("a.jpg",))
    (tmp_path / "data.yaml").write_text("names: !!python/object/apply:os.system ['touch hacked']\ntrain: images\n")
    assert form("yolo").recognise(tmp_path) is None
    assert not (tmp_path / "hacked").exists()


# Masks


def test_a_photograph_without_a_mask_is_listed(tmp_path: Path) -> None:
    folder = masked(tmp_path / "set").folder
    (folder / "trainannot" / "plain.png").unlink()
    photos = read(folder, "camvid")
    assert len(photos) == 2 and "plain.jpg: it has no mask" in why(photos)


@pytest.mark.parametrize("table", ["label_colors.txt", "class_dict.csv"])
def test_masks_painted_in_the_colours_of_a_table_become_class_numbers(tmp_path: Path, table: str) -> None:
    folder = tmp_path / "CamVid"
    pictures(folder / "train", ("0001.jpg",))
    (folder / "train_labels").mkdir()
    painted = np.zeros((*SIZE[::-1], 3), np.uint8)
    painted[:20] = (64, 128, 64)
    painted[20:40] = (192, 0, 128)
    painted[40:50] = (7, 7, 7)  # in no table
    Image.fromarray(painted).save(folder / "train_labels" / "0001_L.png")
    rows = [("Animal", 64, 128, 64), ("자전거", 192, 0, 128), ("Void", 0, 0, 0), ("Wall", 64, 192, 0)]
    lines = {
        "label_colors.txt": [f"{r} {g} {b}\t\t{name}" for name, r, g, b in rows],
        "class_dict.csv": ["name,r,g,b", *(f"{name},{r},{g},{b}" for name, r, g, b in rows)],
    }
    (folder / table).write_text("\n".join(lines[table]), "utf-8")
    before = tree(folder)
    photos = read(folder, "camvid")
    assert [name.en for name in photos.classes] == ["Animal", "자전거", "Wall"]
    mask = photos.read_mask(0)
    assert (mask[:20] == 0).all() and (mask[20:40] == 1).all() and (mask[40:50] == 255).all()
    assert photos.void == 3 and (mask[50:] == 3).all()  # void is given the last number
    assert tree(folder) == before  # what is opened in place is never written


def test_random_damage_is_always_a_sentence_or_a_set(tmp_path: Path) -> None:
    """Bytes cut, changed and put in by chance in every text file of every form; anything but a LabError is a defect."""
    rng = random.Random(0)
    sources = {}
    for kind in ("coco", "voc", "yolo"):
        sources[kind] = tmp_path / kind
        result_of(form(kind).write(marked(tmp_path / f"{kind}-source"), sources[kind]))  # type: ignore[misc]
    outcomes = {"set": 0, "sentence": 0, "nothing": 0}
    for kind, source in sources.items():
        texts = [path for path in source.rglob("*") if path.suffix in (".json", ".xml", ".txt", ".yaml")]
        for turn in range(12):
            folder = tmp_path / "work" / f"{kind}{turn}"
            shutil.copytree(source, folder)
            file = folder / rng.choice(texts).relative_to(source)
            content = bytearray(file.read_bytes())
            at = rng.randrange(len(content) + 1)
            content[at : at + rng.randrange(40)] = bytes(rng.randrange(256) for _ in range(rng.randrange(4)))
            file.write_bytes(content)
            try:
                found = form(kind).recognise(folder)
                outcomes["nothing" if found is None else "set"] += 1
                if found is not None:
                    assert len(read(folder, kind)) <= len(NAMES)
            except LabError:
                outcomes["sentence"] += 1
    assert outcomes["set"] > 20
