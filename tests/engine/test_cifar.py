"""CIFAR-10 in all its packings; above all, that its pickles are read and never run."""

from __future__ import annotations

import io
import os
import pickle
import struct
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from skimage import data

from engine.data import ImageSet, load
from engine.data.plain_pickle import NotPlain, read_plain
from engine.errors import LabError
from engine.jobs import result_of

COUNT = 6  # pictures of a small batch
BATCHES = (*(f"data_batch_{n}" for n in range(1, 6)), "test_batch")


def pixels(seed: int) -> np.ndarray:
    """Six crops of a real photograph, (6, 32, 32, 3) uint8."""
    photo = data.chelsea()
    rng = np.random.default_rng(seed)
    corners = zip(rng.integers(0, 260, COUNT), rng.integers(0, 400, COUNT), strict=True)
    return np.stack([photo[y : y + 32, x : x + 32] for y, x in corners])


def rows(images: np.ndarray) -> np.ndarray:
    """As the official batches hold them: all red, then green, then blue values of a picture."""
    return np.ascontiguousarray(images.transpose(0, 3, 1, 2).reshape(len(images), 3072))


def by_python_2(values: np.ndarray, labels: list[int]) -> bytes:
    """A batch with the very instructions of the official ones: protocol 2, written by Python 2."""

    def text(word: bytes) -> bytes:
        return b"U" + bytes([len(word)]) + word

    shape = b"".join(b"M" + struct.pack("<H", n) for n in values.shape)
    kind = b"cnumpy\ndtype\nq\x07(" + text(b"u1") + b"K\x00K\x01tq\x08Rq\x09(K\x03" + text(b"|") + b"NNN"
    kind += b"J" + struct.pack("<i", -1) + b"J" + struct.pack("<i", -1) + b"K\x00tb"
    array = b"cnumpy.core.multiarray\n_reconstruct\nq\x04(cnumpy\nndarray\nq\x05(K\x00t" + text(b"b") + b"tq\x06R("
    array += b"K\x01(" + shape + b"t" + kind + b"\x89T" + struct.pack("<I", values.size) + values.tobytes() + b"tb"
    numbers = b"](" + b"".join(b"K" + bytes([label]) for label in labels) + b"e"
    names = b"](" + b"".join(text(b"cat_%d.png" % n) for n in range(len(labels))) + b"e"
    items = (
        text(b"data")
        + array
        + text(b"labels")
        + numbers
        + text(b"batch_label")
        + text(b"one")
        + text(b"filenames")
        + names
    )
    return b"\x80\x02}q\x01(" + items + b"u."


def by_python_3(protocol: int) -> Callable[[np.ndarray, list[int]], bytes]:
    return lambda values, labels: pickle.dumps({b"data": values, b"labels": labels, b"batch_label": b"x"}, protocol)


MAKERS = {"python 2": by_python_2, **{f"protocol {n}": by_python_3(n) for n in (2, 3, 4)}}


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_a_batch_is_read_without_unpickling(make: Callable[[np.ndarray, list[int]], bytes]) -> None:
    values, labels = rows(pixels(0)), [3, 1, 4, 1, 5, 9]
    content = make(values, labels)
    told = read_plain(content)
    assert np.array_equal(told[b"data"], values) and told[b"data"].dtype == np.uint8
    assert told[b"labels"] == labels
    theirs = pickle.loads(content, encoding="bytes")
    assert theirs[b"labels"] == labels and np.array_equal(theirs[b"data"], values)


def official(folder: Path, make: Callable[[np.ndarray, list[int]], bytes] = by_python_2) -> Path:
    """The folder that the official archive unpacks to, with six pictures in each batch."""
    place = folder / "cifar-10-batches-py"
    place.mkdir(parents=True)
    for seed, name in enumerate(BATCHES):
        (place / name).write_bytes(make(rows(pixels(seed)), [(seed + n) % 10 for n in range(COUNT)]))
    (place / "readme.html").write_text("<html>")
    return folder


def archive(folder: Path) -> Path:
    """The official archive itself."""
    source = official(folder / "source")
    with tarfile.open(folder / "cifar-10-python.tar.gz", "w:gz") as tar:
        tar.add(source / "cifar-10-batches-py", "cifar-10-batches-py")
    return folder


def read(root: Path, split: str = "train") -> ImageSet:
    found = result_of(load("cifar10", split, root))
    assert isinstance(found, ImageSet)
    return found


@pytest.mark.parametrize("packing", [official, archive])
def test_the_official_files_are_read_where_they_lie(tmp_path: Path, packing: Callable[[Path], Path]) -> None:
    root = packing(tmp_path / "데이터")
    train, test = read(root), read(root, "test")
    assert np.array_equal(train.images, np.concatenate([pixels(seed) for seed in range(5)]))
    assert np.array_equal(test.images, pixels(5))
    assert test.labels.tolist() == [5, 6, 7, 8, 9, 0]
    assert [name.en for name in test.classes][:4] == ["airplane", "automobile", "bird", "cat"]
    assert test.classes[9].ko == "트럭"


def test_the_packed_jpegs_are_read(tmp_path: Path) -> None:
    arrays: dict[str, Any] = {}
    for split, seed in (("train", 0), ("test", 1)):
        files = [cv2.imencode(".png", one[:, :, ::-1])[1].ravel() for one in pixels(seed)]
        arrays |= {
            f"{split}_jpeg": np.concatenate(files),
            f"{split}_offsets": np.cumsum([0, *map(len, files)]),
            f"{split}_labels": np.arange(COUNT).astype(np.uint8),
        }
    (tmp_path / "cifar10").mkdir()
    np.savez(tmp_path / "cifar10" / "cifar10_jpeg.npz", **arrays)
    assert np.array_equal(read(tmp_path, "test").images, pixels(1))


class Evil:
    """What unpickles into a program that runs."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return (os.mkdir, (str(self.path),))


@pytest.mark.parametrize("protocol", range(5))
def test_a_pickle_that_would_run_a_program_is_refused_and_does_not_run(tmp_path: Path, protocol: int) -> None:
    root = official(tmp_path / "data")
    target = tmp_path / "hacked"
    content = pickle.dumps({b"data": Evil(target), b"labels": []}, protocol)
    (root / "cifar-10-batches-py" / "data_batch_3").write_bytes(content)
    with pytest.raises(LabError, match="It was not run") as caught:
        read(root)
    assert "data_batch_3" in str(caught.value)
    assert not target.exists()
    pickle.loads(content)
    assert target.exists()  # the same bytes do run when they are unpickled


FORBIDDEN = {
    "a call": b"c__builtin__\neval\n(S'1'\ntR.",
    "a call by stack": b"\x80\x04\x8c\x02os\x8c\x06system\x93\x8c\x02ls\x85R.",
    "an object": b"(ios\nsystem\n.",
    "an old object": b"(c__main__\nA\no.",
    "a new object": b"\x80\x02c__main__\nA\n)\x81.",
    "a numpy function": b"cnumpy\nfromfile\n(S'/etc/passwd'\ntR.",
    "a persistent id": b"Pmodule\n.",
    "an extension": b"\x80\x02\x82\x01.",
    "numbers called": b"K\x01)R.",
    "an array of objects": b"cnumpy\ndtype\n(S'O8'\nK\x00K\x01tR.",
    "a filled list": b"]}b.",
    "nothing": b"",
    "no end": b"\x80\x02}q\x00",
    "an empty stack": b".",
    "half a number": b"J\x00",
    "no mark": b"K\x01t.",
    "an unknown memory": b"h\x07.",
}


@pytest.mark.parametrize("content", FORBIDDEN.values(), ids=FORBIDDEN)
def test_anything_but_plain_values_ends_the_reading(content: bytes) -> None:
    with pytest.raises(NotPlain):
        read_plain(content)


def test_plain_values_are_read_as_python_reads_them() -> None:
    value = {"a": [1, -2, 3.5, None, True, (4, "다섯"), b"six", 10**30, {}], "b": ((), [[]])}
    for protocol in range(5):
        assert read_plain(pickle.dumps(value, protocol)) == value


@pytest.mark.filterwarnings("ignore:invalid escape sequence:DeprecationWarning")  # of pickletools, for damaged text
def test_damage_by_chance_is_always_the_same_kind_of_error() -> None:
    rng = np.random.default_rng(0)
    content = by_python_2(rows(pixels(0))[:1], [3])
    for _ in range(300):
        damaged = bytearray(content[: rng.integers(1, len(content) + 1)])
        for _ in range(rng.integers(1, 4)):
            damaged[rng.integers(min(len(damaged), 250))] = rng.integers(256)
        try:
            read_plain(bytes(damaged))
        except NotPlain:
            continue


@pytest.mark.parametrize("keep", [0, 100, 5000, -50])
def test_a_cut_archive_is_one_sentence(tmp_path: Path, keep: int) -> None:
    root = archive(tmp_path / "data")
    path = root / "cifar-10-python.tar.gz"
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(LabError, match=r"cifar-10-python\.tar\.gz"):
        read(root)


def test_an_archive_with_a_batch_missing_is_one_sentence(tmp_path: Path) -> None:
    source = official(tmp_path / "source") / "cifar-10-batches-py"
    with tarfile.open(tmp_path / "cifar-10-python.tar.gz", "w:gz") as tar:
        for name in BATCHES[1:]:
            tar.add(source / name, f"cifar-10-batches-py/{name}")
    assert len(read(tmp_path, "test")) == COUNT
    with pytest.raises(LabError, match="does not hold the batches"):
        read(tmp_path)


def test_a_link_in_the_archive_is_not_followed(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "cifar-10-python.tar.gz", "w:gz") as tar:
        link = tarfile.TarInfo("cifar-10-batches-py/test_batch")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
        tar.addfile(tarfile.TarInfo("x"), io.BytesIO())
    with pytest.raises(LabError, match="does not hold the batches"):
        read(tmp_path, "test")


def test_labels_that_are_no_classes_are_one_sentence(tmp_path: Path) -> None:
    root = official(tmp_path / "data")
    (root / "cifar-10-batches-py" / "test_batch").write_bytes(by_python_2(rows(pixels(0)), [10] * COUNT))
    with pytest.raises(LabError, match="do not fit"):
        read(root, "test")
