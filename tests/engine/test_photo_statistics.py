"""What the Datasets tab says about photographs and signals, checked on small known ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.data import ImageSet
from engine.data.content import content, look_into
from engine.data.photo_statistics import (
    MOST_COUNTED,
    Described,
    common_sizes,
    count_objects,
    describe,
    memory_of,
    summarise_photos,
    summarise_signals,
)
from engine.data.photoset import Objects, PhotoSet
from engine.data.signalset import SignalSet
from engine.data.statistics import Summary
from engine.jobs import result_of
from engine.text import same


@pytest.fixture
def flat(tmp_path: Path) -> PhotoSet:
    """Four photographs of one colour each, (200, 100, 0) three times and (0, 100, 200); the last is damaged."""
    for number, colour in enumerate(((200, 100, 0),) * 3 + ((0, 100, 200),)):
        Image.new("RGB", (60, 40), colour).save(tmp_path / f"{number}.png")
    (tmp_path / "4.png").write_text("no picture")
    files = tuple(f"{n}.png" for n in range(5))
    sizes = np.array([[60, 40]] * 4 + [[0, 0]])
    return PhotoSet("flat", "all", tmp_path, files, sizes, (same("a"), same("b")), same(""), np.array([0, 0, 0, 1, 1]))


def test_photographs_are_described_by_those_that_can_be_read(flat: PhotoSet) -> None:
    found: Summary = result_of(summarise_photos(flat, tile=(8, 8)))
    assert (found.count, found.total) == (4, 5)
    assert found.channel_mean == pytest.approx([150, 100, 50])
    assert found.channel_std == pytest.approx([np.sqrt(7500), 0, np.sqrt(7500)])
    assert found.counts.tolist() == [3, 1]
    assert found.by_class[1][0, 0] == pytest.approx([0, 100, 200])
    assert found.histogram[[0, 100, 200]].tolist() == [4 * 2400, 4 * 2400, 4 * 2400]


def test_only_some_of_many_are_opened_and_it_says_how_many(flat: PhotoSet) -> None:
    found: Summary = result_of(summarise_photos(flat, tile=(8, 8), index=np.array([0, 1, 3]), most=2))
    assert (found.count, found.total) == (2, 3)
    assert found.counts.tolist() == [1, 1]  # the first and the last of them


def test_pictures_of_one_size_tell_mean_and_spread_of_their_channel(digits: ImageSet) -> None:
    inside = result_of(look_into(digits))
    found: Described = result_of(describe(digits, inside, index=None, rows=(24,), sizes=None))
    assert found.pixels is not None and found.objects is None
    pixels = digits.images.astype(np.float64)
    assert found.pixels.channel_mean == pytest.approx([pixels.mean()])
    assert found.pixels.channel_std == pytest.approx([pixels.std()])
    assert found.compared == ()


def test_colour_takes_three_times_the_memory_of_grey(digits: ImageSet, flat: PhotoSet) -> None:
    grey = memory_of(digits)
    assert grey.is_grey and (grey.grey, grey.colour) == (4000 * 784, 3 * 4000 * 784)
    photos = memory_of(flat)
    assert not photos.is_grey and (photos.grey, photos.known) == (4 * 2400, 4)


def of(*sides: float) -> Objects:
    boxes = np.array([[0, 0, side, side] for side in sides], np.float32).reshape(-1, 4)
    return Objects.of(boxes, np.zeros(len(sides)))


def test_objects_are_counted_with_the_empty_pictures_and_by_cocos_sizes() -> None:
    inside = content(classes=1, labels=None, count=4, objects=(of(10, 40), of(), of(96, 95, 31.9), of(*[200] * 30)))
    found = count_objects(inside)
    assert (found.pictures, found.objects, found.empty, found.most) == (4, 35, 1, 30)
    assert found.mean == pytest.approx(35 / 4)
    assert found.per_picture[[0, 2, 3, MOST_COUNTED]].tolist() == [1, 1, 1, 1]
    assert found.per_picture.sum() == 4
    assert (found.small, found.medium, found.large) == pytest.approx((2 / 35, 2 / 35, 31 / 35))


def test_counts_are_those_of_the_pictures_shown() -> None:
    inside = content(classes=1, labels=None, count=3, objects=(of(10, 40), of(), of(99)))
    found = count_objects(inside, np.array([2, 1]))
    assert (found.pictures, found.objects, found.empty) == (2, 1, 1)
    assert found.large == 1.0


def test_the_commonest_sizes_come_first_and_unknown_ones_are_left_out() -> None:
    sizes = np.array([[4, 3], [0, 0], [8, 6], [8, 6], [0, 0], [0, 0]])
    assert common_sizes(sizes) == [(8, 6, 2), (4, 3, 1)]


def test_signals_are_described_channel_by_channel() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(2, 3, (50, 20, 2)).astype(np.float32)
    labels = np.arange(50) % 3
    signals = SignalSet("w", "train", x, labels, tuple(map(same, "abc")), ("x", "y"), "g", 50.0, same(""))
    chosen = np.flatnonzero(labels != 2)
    found = result_of(summarise_signals(signals, index=chosen))
    assert found.counts.tolist() == [17, 17, 0]
    assert found.channel_mean == pytest.approx(x[chosen].mean((0, 1)), abs=1e-4)
    assert found.channel_std == pytest.approx(x[chosen].std((0, 1)), abs=1e-4)
    assert found.low == pytest.approx(x[chosen].min((0, 1)))
    assert found.by_class[1] == pytest.approx(x[labels == 1].mean(0), abs=1e-5)
