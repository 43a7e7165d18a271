"""Boxes and outlines follow the pixels, whatever is done to the picture."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from engine.data.photoset import Objects
from engine.detect.augment import NONE, Changes, changed, mosaic, placed, recoloured, turned
from engine.detect.detections import Detections
from engine.detect.letterbox import GROUND, canvas_for, letterbox
from engine.detect.sample import Sample, sample_of

STILL = dataclasses.replace(Changes(), hue=0, colour=0, light=0)


def sample(height: int = 80, width: int = 120, box: tuple[int, ...] = (30, 20, 70, 50)) -> Sample:
    """A dark picture with one bright rectangle, marked by its box and its outline."""
    picture = np.zeros((height, width, 3), np.uint8)
    x1, y1, x2, y2 = box
    picture[y1:y2, x1:x2] = 255
    ring = np.array([[x1, y1], [x2, y1], [x2, y2], [x1, y2]], np.float32)
    return Sample(picture, np.array([box], np.float32), np.array([1]), ((ring,),))


def seen(picture: np.ndarray) -> list[int]:
    """The box round what is bright."""
    rows, columns = np.nonzero(picture[..., 0] > 200)
    return [columns.min(), rows.min(), columns.max() + 1, rows.max() + 1]


@pytest.mark.parametrize("seed", range(12))
def test_a_box_stays_on_its_object_when_the_picture_is_turned_sized_and_cut(seed: int) -> None:
    rng = np.random.default_rng(seed)
    changes = dataclasses.replace(STILL, mosaic=0, upside_down=0.5, turn=0.5)
    made = changed(sample(), sample, size=(96, 96), changes=changes, rng=rng)
    assert made.picture.shape == (96, 96, 3) and len(made.labels) == len(made.outlines)
    if len(made.labels):
        assert np.abs(made.boxes[0] - seen(made.picture)).max() <= 2.5  # a pixel of the source can be two here
        assert made.masks()[0][made.picture[..., 0] > 200].mean() > 0.9


def test_four_photographs_share_a_picture_each_with_its_own_boxes() -> None:
    rng = np.random.default_rng(3)
    full = Sample(np.full((60, 60, 3), 255, np.uint8), np.array([[0, 0, 60, 60]], np.float32), np.array([0]))
    changes = dataclasses.replace(STILL, smallest=1.5, largest=2.0)
    made = mosaic([full] * 4, size=(128, 128), changes=changes, rng=rng)
    assert made.labels.tolist() == [-1] * 4  # so little of each is left that none is learnt or called wrong
    assert (made.picture == 255).mean() > 0.9
    for box in made.boxes.astype(int):
        assert (made.picture[box[1] : box[3], box[0] : box[2]] == 255).mean() > 0.98
    assert made.boxes.min() == 0 and made.boxes.max() == 128


def test_the_same_numbers_make_the_same_picture() -> None:
    made = [changed(sample(), sample, size=(64, 96), changes=Changes(), rng=np.random.default_rng(7)) for _ in range(2)]
    assert (made[0].picture == made[1].picture).all() and (made[0].boxes == made[1].boxes).all()


def test_without_changes_the_whole_picture_is_there() -> None:
    made = changed(sample(), sample, size=(80, 120), changes=NONE, rng=np.random.default_rng(0))
    assert (made.picture == sample().picture).all() and (made.boxes == sample().boxes).all()


def test_an_object_of_which_little_is_left_becomes_a_crowd_and_a_sliver_is_dropped() -> None:
    boxes = np.array([[-90, 10, 10, 50], [-10, 10, 90, 50], [-90, 10, 1, 50], [5, 5, 5, 9]], np.float32)
    cut = Sample(np.zeros((80, 120, 3), np.uint8), boxes, np.array([0, 1, 0, 0])).cut()
    assert cut.labels.tolist() == [-1, 1]
    assert cut.boxes.tolist() == [[0, 10, 10, 50], [0, 10, 90, 50]]


def test_a_picture_without_objects_and_one_of_a_single_pixel_can_be_changed() -> None:
    none = Sample(np.zeros((1, 1, 3), np.uint8), np.zeros((0, 4), np.float32), np.zeros(0, np.int64))
    for seed in range(5):
        made = changed(none, lambda: none, size=(64, 64), changes=Changes(), rng=np.random.default_rng(seed))
        assert made.picture.shape == (64, 64, 3) and made.boxes.shape == (0, 4)


def test_colours_change_and_boxes_do_not() -> None:
    colourful = np.random.default_rng(0).integers(0, 256, (40, 40, 3)).astype(np.uint8)
    lighter = recoloured(colourful, dataclasses.replace(NONE, light=0.5), np.random.default_rng(2))
    assert lighter.dtype == np.uint8 and lighter.shape == colourful.shape
    assert abs(float(lighter.mean()) - float(colourful.mean())) > 5


def test_a_mirrored_picture_mirrors_its_marks() -> None:
    made = turned(sample(), dataclasses.replace(NONE, mirror=1.0), np.random.default_rng(0))
    assert made.boxes.tolist() == [[50, 20, 90, 50]] == [seen(made.picture)]
    assert made.outlines[0][0][:, 0].max() == 90


def test_a_smaller_picture_floats_on_grey() -> None:
    changes = dataclasses.replace(NONE, smallest=0.5, largest=0.5)
    made = placed(sample(), size=(80, 120), whole=(80, 120), changes=changes, rng=np.random.default_rng(1))
    assert (made.picture == GROUND).all(axis=2).mean() == pytest.approx(0.75, abs=0.02)


def test_crowds_of_a_set_become_marks_that_are_not_learnt() -> None:
    objects = Objects.of(np.array([[0, 0, 5, 5], [5, 5, 9, 9]]), np.array([2, 1]), crowd=np.array([False, True]))
    assert sample_of(np.zeros((10, 10, 3), np.uint8), objects).labels.tolist() == [2, -1]


@pytest.mark.parametrize("size", [(480, 640), (33, 900), (500, 20), (1, 1)])
def test_boxes_come_back_from_the_canvas_to_the_photograph(size: tuple[int, int]) -> None:
    picture = np.zeros((*size, 3), np.uint8)
    canvas, place = letterbox(picture, (320, 416))
    box = np.array([[size[1] * 0.25, size[0] * 0.25, size[1], size[0]]], np.float32)
    on_canvas = place.to_canvas(box)
    assert canvas.shape == (320, 416, 3) and on_canvas.min() >= -1 and on_canvas[0, 2] <= 417
    back = place.to_picture(Detections(on_canvas + 0.01, np.ones(1, np.float32), np.zeros(1, np.int64)))
    assert np.abs(back.boxes - box).max() < 0.05 / place.scale + 1e-3
    assert (back.boxes <= np.array([size[1], size[0]] * 2)).all()


def test_a_canvas_keeps_the_photographs_shape_in_steps_of_32() -> None:
    assert canvas_for(640, 480, longest=416) == (320, 416)
    assert canvas_for(480, 640, longest=512) == (512, 384)
    assert canvas_for(2000, 10, longest=416) == (32, 416)
