"""What the Datasets tab says about a set of pictures, checked on small known pictures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.data import statistics
from engine.jobs import Progress, result_of


@pytest.fixture
def pictures() -> tuple[np.ndarray, np.ndarray]:
    """Six 2×2 pictures: three of class 0 (0, 10, 20), two of class 2 (100, 200), one of class 3 (255)."""
    values = np.array([0, 10, 20, 100, 200, 255], np.uint8)
    return np.repeat(values, 4).reshape(6, 2, 2), np.array([0, 0, 0, 2, 2, 3])


def test_class_counts_include_classes_without_pictures(pictures: tuple[np.ndarray, np.ndarray]) -> None:
    assert statistics.class_counts(pictures[1], 5).tolist() == [3, 0, 2, 1, 0]


def test_no_pictures_give_zeros_and_not_nan() -> None:
    none = np.zeros((0, 3, 3), np.uint8)
    summary = result_of(statistics.summarise(none, np.zeros(0, np.int64), classes=2))
    assert summary.count == 0
    assert not summary.mean.any()
    assert not summary.by_class.any()
    assert not summary.histogram.any()


def test_a_summary_in_many_steps_is_the_summary_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    images, labels = rng.integers(0, 256, (50, 4, 4, 3), dtype=np.uint8), rng.integers(0, 3, 50)
    index = np.flatnonzero(labels != 1)
    monkeypatch.setattr(statistics, "CHUNK_PIXELS", 200)
    summary = result_of(statistics.summarise(images, labels, classes=3, index=index))
    assert summary.count == len(index)
    assert summary.counts[1] == 0
    assert summary.mean == pytest.approx(images[index].mean(axis=0), abs=1e-3)
    assert summary.by_class[2] == pytest.approx(images[labels == 2].mean(axis=0), abs=1e-3)
    assert (summary.histogram == np.bincount(images[index].ravel(), minlength=256)).all()


def test_a_summary_says_how_far_it_is_and_can_be_closed_midway(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistics, "CHUNK_PIXELS", 40)
    job = statistics.summarise(np.zeros((100, 2, 2), np.uint8), np.zeros(100, np.int64), classes=1)
    first, second = next(job), next(job)
    assert isinstance(first, Progress)
    assert isinstance(second, Progress)
    assert (first.done, second.done, second.total) == (10, 20, 100)
    job.close()


def test_a_picture_from_a_memmap_is_summarised_like_one_in_memory(tmp_path: Path) -> None:
    images = np.random.default_rng(1).integers(0, 256, (20, 5, 5), dtype=np.uint8)
    images.tofile(tmp_path / "그림.bin")
    mapped = np.memmap(tmp_path / "그림.bin", np.uint8, "r", shape=images.shape)
    labels = np.arange(20) % 4
    a = result_of(statistics.summarise(images, labels, classes=4))
    b = result_of(statistics.summarise(mapped, labels, classes=4))
    assert (a.by_class == b.by_class).all()
    assert (a.histogram == b.histogram).all()
