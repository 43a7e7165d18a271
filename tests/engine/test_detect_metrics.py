"""The figures of detection: areas by hand, COCO's against pycocotools, right and wrong picture by picture."""

from __future__ import annotations

import contextlib
import io

import numpy as np
import pytest
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from engine.data.photoset import Objects
from engine.detect.detections import Detections
from engine.detect.metrics import as_coco, as_results, measure
from engine.detect.overlap import ious, match, overlap


def found(*rows: tuple[float, float, float, float, float, int]) -> Detections:
    """Rows of x1 y1 x2 y2 score label."""
    table = np.array(rows, np.float64).reshape(-1, 6)
    return Detections(table[:, :4].astype(np.float32), table[:, 4].astype(np.float32), table[:, 5].astype(np.int64))


def split(pictures: int = 12, seed: int = 0) -> tuple[list[Objects], list[Detections]]:
    """Random objects of three classes (class 3 never occurs), some crowds, and detections near and far."""
    rng = np.random.default_rng(seed)
    truth, answers = [], []
    for _ in range(pictures):
        count = int(rng.integers(0, 9))
        corner, size = rng.uniform(0, 200, (count, 2)), rng.choice((20, 60, 140), (count, 1)) * rng.uniform(0.7, 1.3)
        boxes = np.concatenate((corner, corner + size), axis=1)
        labels = rng.integers(0, 3, count)
        truth.append(Objects.of(boxes, labels, crowd=rng.random(count) < 0.1))
        near = np.sort((boxes + rng.normal(0, 5, boxes.shape)).reshape(-1, 2, 2), axis=1).reshape(-1, 4)
        far = np.concatenate((a := rng.uniform(0, 200, (4, 2)), a + 30), axis=1)
        every = np.concatenate((near, far))
        names = np.concatenate((np.where(rng.random(count) < 0.85, labels, (labels + 1) % 3), rng.integers(0, 4, 4)))
        scores = rng.permutation(len(every)) / len(every) + rng.uniform(0, 0.01, len(every))
        answers.append(Detections(every.astype(np.float32), scores.astype(np.float32), names))
    return truth, answers


def by_pycocotools(truth: list[Objects], answers: list[Detections], kind: str, sizes: np.ndarray) -> COCOeval:
    with contextlib.redirect_stdout(io.StringIO()):
        coco = COCO()
        coco.dataset = as_coco(truth, classes=4, sizes=sizes)
        coco.createIndex()
        run = COCOeval(coco, coco.loadRes(as_results(answers, of=kind)), kind)  # type: ignore[arg-type]
        run.evaluate()
        run.accumulate()
        run.summarize()
    return run


@pytest.mark.parametrize("seed", range(3))
def test_every_figure_equals_pycocotools(seed: int) -> None:
    truth, answers = split(seed=seed)
    ours = measure(truth, answers, classes=4)
    theirs = by_pycocotools(truth, answers, "bbox", np.zeros((len(truth), 2), int))
    figures = [ours.map, ours.map50, ours.map75, ours.small, ours.medium, ours.large, ours.ar1, ours.ar10, ours.ar100]
    assert figures == pytest.approx(list(theirs.stats[:9]), abs=1e-9)
    assert 0.05 < ours.map < ours.map50 < 1
    for index, one in enumerate(ours.classes[:3]):
        curve = theirs.eval["precision"][0, :, index, 0, 2]
        np.testing.assert_allclose(one.precision, curve, atol=1e-9)
        assert one.ap50 == pytest.approx(curve.mean())
        assert one.ar == pytest.approx(theirs.eval["recall"][:, index, 0, 2].mean())


def test_masks_are_measured_as_pycocotools_does() -> None:
    sizes = np.array([[64, 48]] * 2)
    ring = np.array([[10, 10], [40, 10], [40, 30], [10, 30]], np.float32)
    truth = [
        Objects.of(np.array([[10, 10, 40, 30]]), np.array([1]), outlines=((ring,),)),
        Objects.of(np.zeros((0, 4)), np.zeros(0)),
    ]
    masks = np.zeros((1, 48, 64), bool)
    masks[0, 10:30, 13:40] = True  # IoU 0.9
    answers = [Detections(np.array([[13, 10, 40, 30]], np.float32), np.ones(1, np.float32), np.array([1]), masks)]
    answers.append(Detections.none())
    ours = measure(truth, answers, classes=4, sizes=sizes, of="segm")
    theirs = by_pycocotools(truth, answers, "segm", sizes)
    assert ours.map == pytest.approx(theirs.stats[0]) and ours.map50 == pytest.approx(1.0) and ours.map < 1


def test_a_class_that_does_not_occur_is_not_counted() -> None:
    truth, answers = split()
    ours = measure(truth, answers, classes=4)
    assert np.isnan(ours.classes[3].ap50) and ours.classes[3].objects == 0
    assert ours.map50 == pytest.approx(np.mean([c.ap50 for c in ours.classes[:3]]))
    assert ours.objects == sum(c.objects for c in ours.classes)


def test_nothing_found_is_zero_and_nothing_there_is_no_figure() -> None:
    truth, answers = split()
    silent = measure(truth, [Detections.none()] * len(truth), classes=4)
    assert silent.map50 == 0 and silent.classes[0].ap50 == 0 and np.isnan(silent.classes[3].ap50)
    empty = measure([Objects.of(np.zeros((0, 4)), np.zeros(0))], answers[:1], classes=4)
    assert np.isnan(empty.map50) and empty.objects == 0


def test_areas_are_compared_as_the_lecture_defines_them() -> None:
    half = overlap((0, 0, 10, 10), (5, 0, 25, 10))
    assert (half.shared, half.precision, half.recall, half.iou) == (50, 0.5, 0.25, 50 / 250)
    apart = overlap((0, 0, 10, 10), (20, 20, 30, 30))
    assert (apart.precision, apart.recall, apart.iou) == (0, 0, 0)
    nothing = overlap((5, 5, 5, 5), (5, 5, 5, 5))
    assert (nothing.precision, nothing.recall, nothing.iou) == (0, 0, 0)


def test_the_table_of_ious_agrees_with_each_pair() -> None:
    rng = np.random.default_rng(0)
    a, b = (np.concatenate((c := rng.uniform(0, 50, (n, 2)), c + rng.uniform(0, 40, (n, 2))), axis=1) for n in (5, 7))
    table = ious(a, b)
    assert table == pytest.approx(np.array([[overlap(x, y).iou for y in b] for x in a]))


def test_each_object_is_found_once_and_by_its_own_class() -> None:
    truth = Objects.of(np.array([[0, 0, 10, 10], [20, 0, 30, 10]]), np.array([0, 1]))
    answers = found((0, 0, 10, 11, 0.5, 0), (0, 0, 10, 10, 0.9, 0), (20, 0, 30, 10, 0.8, 0), (21, 0, 30, 10, 0.4, 1))
    matched = match(truth, answers)
    assert matched.partner.tolist() == [-1, 0, -1, 1]  # the surer of two on one object is right, the other is not
    assert matched.counts == (2, 2, 0)
    assert matched.iou[1] == 1 and matched.iou[2] == 0 and matched.iou[3] == pytest.approx(0.9)


def test_what_lies_on_a_crowd_is_neither_right_nor_wrong() -> None:
    truth = Objects.of(np.array([[0, 0, 100, 100], [200, 0, 220, 20]]), np.array([0, 0]), crowd=np.array([True, False]))
    matched = match(truth, found((10, 10, 30, 30, 0.9, 0), (300, 0, 310, 10, 0.8, 0)))
    assert matched.ignored.tolist() == [True, False] and matched.counts == (0, 1, 1)
    assert matched.missed.tolist() == [1]


def test_matching_copes_with_nothing_on_either_side() -> None:
    none = Objects.of(np.zeros((0, 4)), np.zeros(0))
    assert match(none, Detections.none()).counts == (0, 0, 0)
    assert match(none, found((0, 0, 5, 5, 0.9, 0))).counts == (0, 1, 0)
    assert match(Objects.of(np.array([[0, 0, 5, 5]]), np.array([0])), Detections.none()).counts == (0, 0, 1)
