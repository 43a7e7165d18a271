"""A drawing set into 28×28 as MNIST's own digits were, and the answer in words."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from engine.data import ImageSet
from engine.read import centred, sentence


def mass_centre(picture: np.ndarray) -> tuple[float, float]:
    m = cv2.moments(picture)
    return m["m10"] / m["m00"], m["m01"] / m["m00"]


def drawn(*points: tuple[int, int], side: int = 280, width: int = 22) -> np.ndarray:
    ink = np.zeros((side, side), np.uint8)
    cv2.polylines(ink, [np.array(points, np.int32)], False, 255, width, cv2.LINE_AA)
    return ink


DRAWINGS = {
    "a one": drawn((140, 30), (140, 250)),
    "a thin one": drawn((140, 30), (140, 250), width=1),
    "a small one in a corner": drawn((20, 20), (20, 60), width=6),
    "a seven": drawn((60, 60), (220, 60), (120, 240)),
    "a four with its mass to the right": drawn((180, 20), (60, 170), (230, 170), (180, 170), (180, 260)),
    "a line across": drawn((10, 140), (270, 140)),
    "a dot": drawn((140, 140), (140, 140)),
    "one pixel": np.pad(np.full((1, 1), 255, np.uint8), ((7, 20), (20, 7))),
    "everything": np.full((280, 280), 255, np.uint8),
    "a tall sheet": np.pad(drawn((140, 30), (140, 250)), ((200, 0), (0, 0))),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_becomes_28_by_28_with_its_mass_in_the_middle(name: str) -> None:
    seen = centred(DRAWINGS[name])
    assert seen.shape == (28, 28)
    assert seen.dtype == np.uint8
    assert seen.max() > 100
    assert mass_centre(seen) == pytest.approx((14, 14), abs=1.0)


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_fits_into_the_box_of_20(name: str) -> None:
    ys, xs = np.nonzero(centred(DRAWINGS[name]))
    assert np.ptp(ys) < 20
    assert np.ptp(xs) < 20


@pytest.mark.parametrize("shape", [(1, 1), (28, 28), (280, 280)])
def test_an_empty_pad_stays_empty(shape: tuple[int, int]) -> None:
    assert not centred(np.zeros(shape, np.uint8)).any()


def test_the_faint_edge_of_a_pen_is_not_ink() -> None:
    assert not centred(np.full((50, 50), 10, np.uint8)).any()


def test_where_it_was_drawn_does_not_matter() -> None:
    here = drawn((40, 40), (120, 40), (60, 160), width=14)
    there = np.roll(here, (90, 110), axis=(0, 1))
    assert np.array_equal(centred(here), centred(there))


def test_how_large_it_was_drawn_hardly_matters() -> None:
    large = drawn((60, 60), (220, 60), (120, 240))
    small = cv2.resize(large, (140, 140), interpolation=cv2.INTER_AREA)
    assert np.abs(centred(large).astype(int) - centred(small)).mean() < 6


def test_a_digit_of_mnist_stays_exactly_where_its_publishers_put_it(digits: ImageSet) -> None:
    order = np.random.default_rng(1).permutation(len(digits))[:300]
    changes = [np.abs(centred(one).astype(int) - one).mean() for one in digits.images[order]]
    assert np.mean(np.array(changes) < 0.5) > 0.98  # only ink too faint to count is lost


def test_a_network_for_8_by_8_gets_8_by_8() -> None:
    seen = centred(DRAWINGS["a seven"], side=8)
    assert seen.shape == (8, 8)
    assert seen.any()


def chances(**of: float) -> np.ndarray:
    rest = (1 - sum(of.values())) / (10 - len(of))
    return np.array([of.get(f"d{n}", rest) for n in range(10)], np.float32)


SENTENCES = [
    (chances(d3=0.99), "This is a 3.", "3 같아요."),
    (chances(d8=0.99), "This is an 8.", "8 같아요."),
    (chances(d3=0.8, d8=0.15), "Looks like a 3, a little like an 8.", "3 같아요. 8하고도 조금 닮았어요."),
    (chances(d8=0.6, d0=0.3), "Looks like an 8, a little like a 0.", "8 같아요. 0하고도 조금 닮았어요."),
    (chances(d1=0.4, d7=0.35), "Not sure: perhaps a 1, perhaps a 7.", "잘 모르겠어요. 1 아니면 7 같아요."),
]


@pytest.mark.parametrize(("probabilities", "english", "korean"), SENTENCES)
def test_the_answer_reads_as_a_sentence_in_both_languages(probabilities: np.ndarray, english: str, korean: str) -> None:
    words = sentence(probabilities)
    assert (words.render("en"), words.render("ko")) == (english, korean)


def test_every_digit_can_be_the_answer() -> None:
    assert all(str(n) in sentence(chances(**{f"d{n}": 0.99})).render("ko") for n in range(10))
