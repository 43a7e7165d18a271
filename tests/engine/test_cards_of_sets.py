"""Sets with cards of their own, found below the data folder in the layouts they are handed round in."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from driving import write_idx
from form_sets import pictures

from engine.data import DATASETS, ImageSet, all_datasets, dataset, load
from engine.data.photoset import PhotoSet
from engine.data.signalset import SignalSet
from engine.data.small_photos import held_people
from engine.errors import LabError
from engine.jobs import result_of


def masks_by_chance(folder: Path) -> None:
    from PIL import Image

    for split in ("train", "val"):
        pictures(folder / split, ("0001.jpg", "0002.jpg"))
        (folder / f"{split}annot").mkdir()
        for name in ("0001", "0002"):
            mask = np.random.default_rng(0).integers(0, 12, (64, 96)).astype(np.uint8)
            Image.fromarray(mask).save(folder / f"{split}annot" / f"{name}.png")
        (folder / f"{split}.txt").write_text("0002\n0001\n")


def test_camvid_is_read_in_the_order_of_its_list_with_its_colours(tmp_path: Path) -> None:
    masks_by_chance(tmp_path / "camvid")
    photos = result_of(load("camvid", "val", tmp_path))
    assert isinstance(photos, PhotoSet) and photos.masks
    assert photos.files == ("val/0002.jpg", "val/0001.jpg")
    assert photos.void == 11 and len(photos.classes) == 11 and photos.colours is not None
    assert photos.colours[3].tolist() == [128, 64, 128] and photos.classes[3].ko == "도로"
    assert photos.read_mask(0).max() == 11 and photos.sizes.tolist() == [[96, 64]] * 2


@pytest.mark.parametrize("id", ["bccd", "coco_small", "people"])
def test_sets_with_boxes_are_read_with_their_classes(tmp_path: Path, id: str) -> None:
    folder = tmp_path / id
    for split in ("train", "val"):
        pictures(folder / ("images" if id == "bccd" else split), ("1.jpg", "2.jpg"))
        told = {
            "images": [{"id": n, "file_name": f"{n}.jpg", "width": 96, "height": 64} for n in (1, 2)],
            "annotations": [{"id": 1, "image_id": 2, "category_id": 0, "bbox": [1, 2, 3, 4]}],
            "categories": [{"id": 0, "name": "RBC" if id == "bccd" else "person"}],
        }
        name = f"{split}.json" if id == "bccd" else f"instances_{split}.json"
        (folder / name).write_text(json.dumps(told))
    (folder / "captions.json").write_text(json.dumps({"2.jpg": {"split": "val", "captions": ["둘"]}}))
    photos = result_of(load(id, "val", tmp_path))
    assert isinstance(photos, PhotoSet) and photos.objects
    assert (photos.id, [len(o) for o in photos.objects]) == (id, [0, 1])
    assert photos.objects[1].boxes.tolist() == [[1, 2, 4, 6]]
    assert photos.captions == ((), ("둘",))
    assert dataset(id).find(folder) == folder and dataset(id).find(tmp_path / "elsewhere") is None


def four_files(folder: Path, digits: ImageSet) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for prefix, part in (("train", digits.images[:40]), ("t10k", digits.images[40:50])):
        write_idx(folder / f"{prefix}-images-idx3-ubyte.gz", part)
        write_idx(folder / f"{prefix}-labels-idx1-ubyte.gz", np.arange(len(part)) % 10)
    return folder


@pytest.mark.parametrize("layout", ["FashionMNIST/raw", "fashion-mnist", "fashion"])
def test_fashion_mnist_and_mnist_are_told_apart_by_their_folders(
    tmp_path: Path, layout: str, digits: ImageSet, mnist_dir: Path
) -> None:
    root = tmp_path / "sets"
    four_files(root / layout, digits)
    clothes = result_of(load("fashion-mnist", "test", root))
    assert isinstance(clothes, ImageSet)
    assert len(clothes) == 10 and clothes.classes[9].en == "Ankle boot" and clothes.classes[9].ko == "앵클부츠"
    assert dataset("mnist").find(root) is None and dataset("mnist").find(root / layout) is None
    assert dataset("fashion-mnist").find(mnist_dir) is None
    shutil.copytree(mnist_dir, root, dirs_exist_ok=True)
    assert len(result_of(load("mnist", "test", root))) == 200
    assert len(result_of(load("fashion-mnist", "test", root))) == 10


def test_a_damaged_file_of_fashion_mnist_is_named_as_its_own(tmp_path: Path, digits: ImageSet) -> None:
    folder = four_files(tmp_path / "fashion", digits)
    write_idx(folder / "t10k-images-idx3-ubyte.gz", digits.images[:10, ::2, ::2])
    with pytest.raises(LabError, match="It is not Fashion-MNIST"):
        result_of(load("fashion-mnist", "test", tmp_path))


def test_no_person_is_in_both_parts_of_the_faces() -> None:
    names = np.array([f"person {n % 40}" for n in range(300)])
    held = held_people(names)
    assert not set(names[held]) & set(names[~held])
    assert len(set(names[held])) == 8
    assert np.array_equal(held, held_people(names))


def test_the_activities_are_split_by_person(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    people = np.repeat(np.arange(1, 13), 5).astype(np.uint8)
    np.savez(
        tmp_path / "usc_had_6act_50hz_win128.npz",
        x=rng.normal(size=(60, 128, 3)).astype(np.float32),
        y=np.arange(60, dtype=np.uint8) % 6,
        subject=people,
        classes=np.array([f"c{n}" for n in range(6)]),
    )
    train, val = (result_of(load("har", split, tmp_path)) for split in ("train", "val"))
    assert isinstance(train, SignalSet) and isinstance(val, SignalSet)
    assert train.groups is not None and val.groups is not None
    assert set(train.groups) == set(range(1, 11)) and set(val.groups) == {11, 12}
    assert (train.rate, train.unit, train.x.shape[1:]) == (50.0, "g", (128, 3))


def test_recordings_are_cut_into_windows_that_never_cross_two(tmp_path: Path) -> None:
    lengths, people = [300, 200, 129, 100, 400], [1, 2, 3, 4, 5]
    total = sum(lengths)
    np.savez(
        tmp_path / "sp_sw_har_accel.npz",
        accel=np.arange(total, dtype=np.float32)[:, None].repeat(3, 1),
        label=np.repeat([0, 1, 2, 1, 0], lengths).astype(np.uint8),
        t_ms=np.concatenate([np.arange(n) * 10 for n in lengths]).astype(np.int32),
        offsets=np.cumsum([0, *lengths]),
        subject=np.array(people, np.uint8),
        classes=np.array(["SEATED", "STANDING_UP", "WALKING"]),
    )
    train, val = (result_of(load("sp-sw-har", split, tmp_path)) for split in ("train", "val"))
    assert isinstance(train, SignalSet) and isinstance(val, SignalSet)
    assert train.groups is not None and train.groups.tolist() == [1, 1, 1, 2, 2, 3]
    assert val.groups is not None and set(val.groups) == {5}
    assert train.labels.tolist() == [0, 0, 0, 1, 1, 2] and train.rate == 100.0
    starts = train.x[:, 0, 0].astype(int).tolist()
    assert starts == [0, 64, 128, 300, 364, 500]
    assert (np.diff(train.x[:, :, 0], axis=1) == 1).all()


def test_cards_of_the_program_come_before_what_a_person_has_opened() -> None:
    assert [card.id for card in all_datasets()] == [card.id for card in DATASETS]


def test_photographs_are_dogs_or_people_as_most_sentences_say_and_none_denies(tmp_path: Path) -> None:
    dog, person = "A dog runs on grass .", "Two girls play ."
    said = {"mixed.jpg": [dog] * 4 + [person], "few.jpg": [dog] * 2 + ["Something runs ."] * 3}
    said |= {f"dog{n}.jpg": [dog] * 3 + ["It jumps ."] * 2 for n in range(5)}
    said |= {f"person{n}.jpg": [person] * 5 for n in range(8)}
    folder = tmp_path / "flickr8k_subset"
    pictures(folder / "images", tuple(said))
    lines = [f"{name},{line}" for name, sentences in said.items() for line in sentences]
    (folder / "captions.csv").write_text("\n".join(["image,caption", *lines]))
    names = list(said)
    (folder / "split.json").write_text(json.dumps({"train": names[::2], "val": names[1::2]}))
    train, val = (result_of(load("dogs-people", part, tmp_path)) for part in ("train", "val"))
    assert not set(train.files) & set(val.files) and (len(train), len(val)) == (6, 4)
    for part in (train, val):
        assert [Path(name).name.startswith("person") for name in part.files] == part.labels.astype(bool).tolist()
        assert part.labels.mean() == 0.5 and part.captions is None
