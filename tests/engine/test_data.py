"""Sets of labelled pictures: what arrives, how it is split, and what a damaged folder is told."""

from __future__ import annotations

import dataclasses
import gzip
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from driving import drive, learnt, write_idx

from engine import places
from engine.data import DATASETS, DatasetCard, ImageSet, load, mnist
from engine.data.idx import read_idx
from engine.data.imageset import fingerprint, split_by_class
from engine.errors import LabError
from engine.jobs import Event, Progress, result_of
from engine.train.fit import train
from engine.train.recipes import recipe

BUNDLED = [card for card in DATASETS if card.bundled]


@pytest.mark.parametrize("card", BUNDLED, ids=lambda card: card.id)
def test_a_bundled_set_is_here_without_any_folder(card: DatasetCard) -> None:
    assert card.find(None) is not None


@pytest.mark.parametrize("card", BUNDLED, ids=lambda card: card.id)
def test_the_splits_of_a_bundled_set_are_as_large_as_its_card_says(card: DatasetCard) -> None:
    for split, count in zip(card.splits, card.counts, strict=True):
        found = result_of(load(card.id, split))
        assert len(found) == count
        if isinstance(found, ImageSet):
            assert len(found.images) == count
            assert found.images.dtype == np.uint8
            assert found.labels.dtype == np.int64
            assert set(found.labels) == set(range(len(found.classes)))


def test_the_digits_are_real_ones_500_of_each(digits: ImageSet) -> None:
    test = result_of(load("digits", "test"))
    labels = np.concatenate((digits.labels, test.labels))
    assert np.bincount(labels).tolist() == [500] * 10
    assert digits.images.shape == (4000, 28, 28)
    assert 25 < digits.images.mean() < 45  # MNIST's mean brightness is 33


def test_small_digits_use_the_whole_range_of_brightness() -> None:
    images = result_of(load("digits8", "train")).images
    assert images.shape[1:] == (8, 8)
    assert (images.min(), images.max()) == (0, 255)


@pytest.mark.parametrize("card", BUNDLED, ids=lambda card: card.id)
def test_the_splits_are_the_same_each_time(card: DatasetCard) -> None:
    first, second = (result_of(load(card.id, card.last_split)) for _ in range(2))
    assert first.fingerprint == second.fingerprint


@pytest.mark.parametrize("share", [0.1, 0.2, 0.5])
def test_a_split_by_class_is_disjoint_complete_and_fair(share: float) -> None:
    labels = np.repeat(np.arange(5), [10, 20, 30, 40, 50])
    kept, taken = split_by_class(labels, share, seed=3)
    assert np.array_equal(np.sort(np.concatenate((kept, taken))), np.arange(150))
    assert np.bincount(labels[taken]).tolist() == [round(share * n) for n in (10, 20, 30, 40, 50)]


def test_reading_says_how_far_it_is() -> None:
    events, _ = drive(load("digits8", "test"))
    assert all(isinstance(event, Progress) and event.done <= event.total for event in events)
    assert len(events) > 5


def test_reading_can_be_cancelled_midway() -> None:
    job = load("digits", "train")
    assert isinstance(next(job), Event)
    job.close()


def test_a_set_that_does_not_exist_is_answered_with_those_that_do() -> None:
    with pytest.raises(LabError) as caught:
        result_of(load("cats", "train"))
    assert "cats" in str(caught.value)
    assert all(card.id in str(caught.value) for card in DATASETS)


@pytest.mark.parametrize("card", DATASETS, ids=lambda card: card.id)
def test_a_split_that_does_not_exist_is_answered_with_those_that_do(card: DatasetCard) -> None:
    with pytest.raises(LabError) as caught:
        result_of(load(card.id, "validation"))
    assert all(split in str(caught.value) for split in card.splits)


def test_a_fingerprint_notices_one_changed_pixel_label_or_shape(digits: ImageSet) -> None:
    images, labels = digits.images[:50].copy(), digits.labels[:50].copy()
    before = fingerprint(images, labels)
    assert fingerprint(images.copy(), labels.copy()) == before
    images[49, 27, 27] += 1
    assert fingerprint(images, labels) != before
    images[49, 27, 27] -= 1
    labels[0] = (labels[0] + 1) % 10
    assert fingerprint(images, labels) != before
    assert fingerprint(images.reshape(50, 14, 56), digits.labels[:50]) != before


def test_a_part_of_a_set_has_its_own_fingerprint(digits: ImageSet) -> None:
    part = digits.part(np.array([3, 1]), "held-out")
    assert np.array_equal(part.images, digits.images[[3, 1]])
    assert part.split == "held-out"
    assert part.fingerprint != digits.fingerprint


# MNIST from a folder

LAYOUTS = ["", "MNIST/raw", "raw", "mnist", "mnist/MNIST/raw", "MNIST"]
Make = Callable[[Path], Path]


def moved(mnist_dir: Path, layout: str, *, root: Path) -> Path:
    shutil.copytree(mnist_dir / "MNIST" / "raw", root / layout, dirs_exist_ok=True)
    return root


@pytest.mark.parametrize("layout", LAYOUTS)
def test_mnist_is_found_in_every_usual_layout(mnist_dir: Path, tmp_path: Path, layout: str) -> None:
    root = moved(mnist_dir, layout, root=tmp_path / "데이터 폴더")
    train, test = (result_of(load("mnist", split, root)) for split in ("train", "test"))
    assert (len(train), len(test)) == (1000, 200)
    assert train.images.shape[1:] == (28, 28)


def test_mnist_unpacked_is_mnist_packed(mnist_dir: Path, tmp_path: Path) -> None:
    root = tmp_path / "plain"
    root.mkdir()
    for packed in (mnist_dir / "MNIST" / "raw").iterdir():
        (root / packed.stem).write_bytes(gzip.decompress(packed.read_bytes()))
    packed_set, plain_set = (result_of(load("mnist", "train", folder)) for folder in (mnist_dir, root))
    assert packed_set.fingerprint == plain_set.fingerprint


def test_mnist_with_dots_in_its_names_is_found_too(mnist_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "dots").mkdir()
    for packed in (mnist_dir / "MNIST" / "raw").iterdir():
        shutil.copy(packed, tmp_path / "dots" / packed.name.replace("-idx", ".idx"))
    assert len(result_of(load("mnist", "test", tmp_path / "dots"))) == 200


def test_the_folder_named_by_the_variable_is_used(mnist_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVOSCOPE_DATA", str(mnist_dir))
    assert len(result_of(load("mnist", "test"))) == 200


def test_the_folder_given_is_stronger_than_the_variable(mnist_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVOSCOPE_DATA", "/nowhere")
    assert len(result_of(load("mnist", "test", mnist_dir))) == 200


def sentence_for(root: Path | None, split: str = "train") -> LabError:
    with pytest.raises(LabError) as caught:
        result_of(load("mnist", split, root))
    assert any("가" <= letter <= "힣" for letter in caught.value.text.render("ko"))
    return caught.value


def test_without_any_folder_mnist_says_how_to_name_one() -> None:
    assert "--data" in str(sentence_for(None))


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "빈 폴더").mkdir()
    assert f"{tmp_path / '빈 폴더'} does not hold MNIST" in str(sentence_for(tmp_path / "빈 폴더"))


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert f"{tmp_path / '없음'} does not exist" in str(sentence_for(tmp_path / "없음"))


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert str(tmp_path / "file") in str(sentence_for(tmp_path / "file"))


def test_a_folder_with_one_of_the_four_files_missing_is_not_mnist(mnist_dir: Path) -> None:
    (mnist_dir / "MNIST" / "raw" / "t10k-labels-idx1-ubyte.gz").unlink()
    assert "does not hold MNIST" in str(sentence_for(mnist_dir))


@pytest.fixture
def raw(mnist_dir: Path) -> Path:
    return mnist_dir / "MNIST" / "raw"


HEADERS = {
    "another type": b"\0\0\x0d\x03",
    "another number of axes": b"\0\0\x08\x01",
    "little endian": b"\x03\x08\0\0",
    "text": b"<!do",
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_an_idx_file_with_a_bad_header_is_refused_by_name(mnist_dir: Path, raw: Path, header: bytes) -> None:
    path = raw / "train-images-idx3-ubyte.gz"
    content = gzip.decompress(path.read_bytes())
    path.write_bytes(gzip.compress(header + content[4:], 1))
    assert f"{path} is not an IDX file" in str(sentence_for(mnist_dir))


@pytest.mark.parametrize("count", [999, 1001, 60_000, 2**31, 2**32 - 1])
def test_an_idx_file_with_another_count_than_its_header_says_is_refused(mnist_dir: Path, raw: Path, count: int) -> None:
    path = raw / "train-images-idx3-ubyte.gz"
    content = gzip.decompress(path.read_bytes())
    path.write_bytes(gzip.compress(content[:4] + count.to_bytes(4, "big") + content[8:], 1))
    assert f"{path} is cut off or damaged" in str(sentence_for(mnist_dir))
    assert not places.cache().exists() or list(places.cache().iterdir()) == []


@pytest.mark.parametrize("keep", [0, 3, 10, 18, 1000, -1, -8])
def test_a_packed_file_that_was_cut_off_is_refused(mnist_dir: Path, raw: Path, keep: int) -> None:
    path = raw / "train-images-idx3-ubyte.gz"
    path.write_bytes(path.read_bytes()[:keep])
    assert str(path) in str(sentence_for(mnist_dir))


def test_a_packed_file_with_a_flipped_byte_is_refused(mnist_dir: Path, raw: Path) -> None:
    path = raw / "train-images-idx3-ubyte.gz"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    assert "cut off or damaged" in str(sentence_for(mnist_dir))


def test_a_file_that_only_pretends_to_be_packed_is_refused(mnist_dir: Path, raw: Path) -> None:
    path = raw / "train-images-idx3-ubyte.gz"
    path.write_bytes(gzip.decompress(path.read_bytes()))
    assert "cut off or damaged" in str(sentence_for(mnist_dir))


def test_an_empty_plain_file_is_refused(mnist_dir: Path, raw: Path) -> None:
    (raw / "train-images-idx3-ubyte").write_bytes(b"")
    assert "is not an IDX file" in str(sentence_for(mnist_dir))


def test_labels_of_another_count_do_not_fit(mnist_dir: Path, raw: Path, digits: ImageSet) -> None:
    write_idx(raw / "train-labels-idx1-ubyte.gz", digits.labels[:999])
    assert "does not fit its labels" in str(sentence_for(mnist_dir))


def test_labels_above_nine_do_not_fit(mnist_dir: Path, raw: Path) -> None:
    write_idx(raw / "train-labels-idx1-ubyte.gz", np.full(1000, 10))
    assert "does not fit its labels" in str(sentence_for(mnist_dir))


def test_pictures_of_another_size_are_refused(mnist_dir: Path, raw: Path, digits: ImageSet) -> None:
    write_idx(raw / "train-images-idx3-ubyte.gz", digits.images[:1000, ::2, ::2])
    assert "28" in str(sentence_for(mnist_dir))


def test_a_set_without_pictures_is_refused(mnist_dir: Path, raw: Path, digits: ImageSet) -> None:
    write_idx(raw / "t10k-images-idx3-ubyte.gz", digits.images[:0])
    write_idx(raw / "t10k-labels-idx1-ubyte.gz", digits.labels[:0])
    assert "no pictures" in str(sentence_for(mnist_dir, "test"))


# Sets larger than memory


@pytest.fixture
def idx_pair(tmp_path: Path, digits: ImageSet) -> tuple[Path, Path]:
    """The same 300 digits packed and plain."""
    packed, plain = tmp_path / "파일.gz", tmp_path / "파일"
    write_idx(packed, digits.images[:300])
    plain.write_bytes(gzip.decompress(packed.read_bytes()))
    return packed, plain


def test_a_set_above_the_bound_stays_on_disk_with_the_same_pictures(
    idx_pair: tuple[Path, Path], digits: ImageSet
) -> None:
    for path in idx_pair:
        mapped = read_idx(path, 3, memory_bound=1000)
        assert isinstance(mapped, np.memmap)
        assert np.array_equal(mapped, digits.images[:300])
        in_memory = read_idx(path, 3)
        assert not isinstance(in_memory, np.memmap)
        assert np.array_equal(mapped, in_memory)


def test_a_mapped_set_cannot_be_written(idx_pair: tuple[Path, Path]) -> None:
    for path in idx_pair:
        with pytest.raises(ValueError, match="read-only"):
            read_idx(path, 3, memory_bound=1000)[0] = 0


def test_a_packed_set_is_unpacked_into_the_cache_once(idx_pair: tuple[Path, Path]) -> None:
    read_idx(idx_pair[0], 3, memory_bound=1000)
    (unpacked,) = places.cache().iterdir()
    before = unpacked.stat().st_mtime_ns
    read_idx(idx_pair[0], 3, memory_bound=1000)
    assert [p.stat().st_mtime_ns for p in places.cache().iterdir()] == [before]


def test_a_packed_set_that_changed_is_unpacked_again(idx_pair: tuple[Path, Path], digits: ImageSet) -> None:
    read_idx(idx_pair[0], 3, memory_bound=1000)
    write_idx(idx_pair[0], digits.images[300:700])
    assert np.array_equal(read_idx(idx_pair[0], 3, memory_bound=1000), digits.images[300:700])


@pytest.mark.parametrize("which", [0, 1])
def test_a_large_file_that_was_cut_off_is_refused(idx_pair: tuple[Path, Path], which: int) -> None:
    path = idx_pair[which]
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(LabError, match="cut off or damaged"):
        read_idx(path, 3, memory_bound=1000)


def test_an_unpacked_file_is_never_left_half_in_the_cache(idx_pair: tuple[Path, Path]) -> None:
    idx_pair[0].write_bytes(idx_pair[0].read_bytes()[:-100])
    with pytest.raises(LabError):
        read_idx(idx_pair[0], 3, memory_bound=1000)
    assert not places.cache().exists() or list(places.cache().iterdir()) == []


@pytest.fixture
def on_disk(mnist_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The MNIST folder, with so low a bound that its pictures stay on disk."""
    monkeypatch.setattr(mnist, "read_idx", lambda path, axes: read_idx(path, axes, memory_bound=10_000))
    return mnist_dir


def test_a_set_on_disk_has_the_fingerprint_of_the_same_set_in_memory(
    on_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mapped = result_of(load("mnist", "train", on_disk))
    monkeypatch.undo()
    assert isinstance(mapped.images, np.memmap)
    assert mapped.fingerprint == result_of(load("mnist", "train", on_disk)).fingerprint


def test_a_part_of_a_set_on_disk_stays_there(on_disk: Path) -> None:
    whole = result_of(load("mnist", "train", on_disk))
    order = np.random.default_rng(0).permutation(1000)
    part = whole.part(order[:900], "train")
    assert part.images.shape == (900, 28, 28)
    assert np.array_equal(part.images[5:9], whole.images[order[5:9]])
    assert len(part.images) == 900
    assert not isinstance(part.images, np.ndarray)


def test_a_training_on_a_set_on_disk_learns_what_it_learns_in_memory(
    on_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = dataclasses.replace(recipe("mnist-mlp").defaults, epochs=0.3, held_out=100, batch_size=50)
    runs = []
    for name in ("disk", "memory"):
        runs.append(drive(train("mnist-mlp", settings, data=on_disk, dataset="mnist", out=tmp_path / name))[0])
        monkeypatch.undo()
    assert learnt(runs[0]) == learnt(runs[1])
