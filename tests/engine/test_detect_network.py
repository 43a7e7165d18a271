"""The one-stage detector: what it answers, what it is taught, and that it learns."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from engine.detect.assign import assign, lesson_of
from engine.detect.decode import decode
from engine.detect.loss import loss
from engine.zoo.efficientnet_lite import pretrained
from engine.zoo.yolo_mini import GridAnswer, YoloMini, cells, fused

pytestmark = pytest.mark.usefixtures("one_core")

SIZE = (96, 128)
PLACES = 12 * 16 + 6 * 8 + 3 * 4


@pytest.fixture(scope="module")
def network() -> YoloMini:
    torch.manual_seed(0)
    return YoloMini(3, width=32).eval()


def answer_of(boxes: torch.Tensor | None = None, *, logit: float = -4.0, pictures: int = 1) -> GridAnswer:
    """Every place answers the same: a box of its own two cells, and nothing in it."""
    places = cells(*SIZE)
    around = torch.cat((places[:, :2] - places[:, 2:], places[:, :2] + places[:, 2:]), dim=1)
    boxes = around.expand(pictures, -1, -1).clone() if boxes is None else boxes
    low = torch.full((pictures, PLACES), logit)
    return GridAnswer(boxes, low, low[..., None].repeat(1, 1, 3).clone(), places, SIZE)


def target(*boxes: tuple[float, ...], labels: list[int] | None = None) -> tuple[torch.Tensor, torch.Tensor]:
    count = len(boxes)
    return torch.tensor(boxes).reshape(count, 4), torch.tensor(labels or [0] * count, dtype=torch.int64)


def test_every_cell_of_three_grids_answers(network: YoloMini) -> None:
    with torch.inference_mode():
        answer = network(torch.rand(2, 3, *SIZE))
    assert answer.boxes.shape == (2, PLACES, 4) and answer.objectness.shape == (2, PLACES)
    assert answer.classes.shape == (2, PLACES, 3) and answer.size == SIZE
    assert answer.places[0].tolist() == [4, 4, 8] and answer.places[-1].tolist() == [112, 80, 32]
    assert (answer.boxes[..., 2:] > answer.boxes[..., :2]).all()


def test_a_fused_network_answers_the_same(network: YoloMini) -> None:
    noisy = fused(network)  # a copy: the network itself can go on learning
    with torch.inference_mode():
        x = torch.rand(1, 3, *SIZE)
        for a, b in zip(network(x)[:3], noisy(x)[:3], strict=True):
            torch.testing.assert_close(a, b, atol=2e-3, rtol=1e-3)
    assert not any(isinstance(m, torch.nn.BatchNorm2d) for m in noisy.modules())
    assert any(isinstance(m, torch.nn.BatchNorm2d) for m in network.modules())


def test_an_object_is_learnt_by_places_in_it_and_no_place_learns_two() -> None:
    lesson = lesson_of([target((20, 20, 60, 60), (24, 24, 64, 64))], SIZE, torch.device("cpu"))
    found = assign(answer_of(), lesson)
    assert set(found.objects.tolist()) == {0, 1}
    assert len(set(found.places.tolist())) == len(found.places)
    x, y, _ = answer_of().places[found.places].unbind(dim=1)
    boxes = lesson.boxes[found.objects]
    assert ((x > boxes[:, 0]) & (x < boxes[:, 2]) & (y > boxes[:, 1]) & (y < boxes[:, 3])).all()


def test_a_large_object_goes_to_a_coarse_grid_and_a_small_one_to_a_fine_one() -> None:
    lesson = lesson_of([target((1, 1, 13, 13), (60, 20, 124, 90))], SIZE, torch.device("cpu"))
    found = assign(answer_of(), lesson)
    stride = answer_of().places[found.places, 2]
    assert stride[found.objects == 0].mean() < 16 < stride[found.objects == 1].mean()


def test_an_object_between_all_cell_centres_is_learnt_all_the_same() -> None:
    lesson = lesson_of([target((7, 7, 9, 9))], SIZE, torch.device("cpu"))
    assert len(assign(answer_of(), lesson).places) >= 1


def test_boxes_without_area_or_outside_or_without_numbers_are_not_learnt() -> None:
    boxes = ((5, 5, 5, 9), (-40, -40, -10, -10), (200, 10, 240, 50), (float("nan"), 1, 9, 9), (-20, 10, 30, 40))
    lesson = lesson_of([target(*boxes)], SIZE, torch.device("cpu"))
    assert lesson.origins.tolist() == [4]
    assert lesson.boxes[0].tolist() == [0, 10, 30, 40]


def test_a_picture_without_objects_teaches_only_that_nothing_is_there() -> None:
    answer = answer_of(pictures=2)
    parts = loss(answer, [target(), target()])
    assert parts["class"] == 0 and parts["box"] == 0 and parts["objectness"] > 0
    sure = answer._replace(objectness=torch.full((2, PLACES), -20.0))
    assert loss(sure, [target(), target()])["objectness"] < 1e-3


def test_places_in_a_crowd_are_not_called_wrong() -> None:
    loud = answer_of(logit=4.0)
    everywhere = target((0, 0, SIZE[1], SIZE[0]), labels=[-1])
    assert loss(loud, [everywhere])["objectness"] == 0
    assert loss(loud, [target()])["objectness"] > 100


def test_thousands_of_objects_in_a_picture_are_taught_at_once() -> None:
    rng = np.random.default_rng(0)
    corner = rng.uniform(0, 90, (5000, 2)).astype(np.float32)
    boxes = torch.from_numpy(np.concatenate((corner, corner + 6), axis=1))
    parts = loss(answer_of(), [(boxes, torch.zeros(5000, dtype=torch.int64))])
    assert all(torch.isfinite(part) for part in parts.values())


def test_it_learns_to_find_two_squares_by_colour() -> None:
    torch.manual_seed(0)
    network = YoloMini(2, pretrained(), width=32).train()
    network.encoder.eval().requires_grad_(False)  # it knows edges and colours from ImageNet
    picture = torch.full((1, 3, *SIZE), 0.45)
    picture[0, :, 20:60, 10:50] = torch.tensor([0.9, 0.1, 0.1])[:, None, None]
    picture[0, :, 30:80, 70:120] = torch.tensor([0.1, 0.1, 0.9])[:, None, None]
    truth = target((10, 20, 50, 60), (70, 30, 120, 80), labels=[0, 1])
    step = torch.optim.Adam([*network.neck.parameters(), *network.head.parameters()], 5e-3)
    for _ in range(30):
        step.zero_grad()
        sum(loss(network(picture), [truth]).values()).backward()
        step.step()
    with torch.inference_mode():
        found = decode(network(picture), score=0.3)[0]  # in train mode: its own norms have seen only this picture
    assert found.labels.tolist()[:2] in ([0, 1], [1, 0])
    for box, label in zip(found.boxes[:2], found.labels[:2], strict=True):
        assert np.abs(box - truth[0][label].numpy()).max() < 6


def test_of_boxes_on_one_object_the_best_stays_and_classes_do_not_compete() -> None:
    answer = answer_of(logit=-20.0)
    for place, (logit, label) in enumerate(((3.0, 0), (2.0, 0), (1.0, 1))):
        answer.boxes[0, place] = torch.tensor([10.0, 10, 50 + place, 50])
        answer.objectness[0, place] = 8.0
        answer.classes[0, place, label] = logit
    (found,) = decode(answer, score=0.3, iou=0.6)
    assert found.labels.tolist() == [0, 1]
    assert found.scores[0] == pytest.approx(1 / (1 + np.exp(-3)), abs=1e-3)
    assert found.boxes[0].tolist() == [10, 10, 50, 50]


def test_an_untrained_network_gives_a_bounded_list_of_boxes_inside_the_picture(network: YoloMini) -> None:
    with torch.inference_mode():
        (found,) = decode(network(torch.rand(1, 3, *SIZE)), score=0.0, limit=50)
    assert len(found) == 50 and (np.diff(found.scores) <= 0).all()
    assert found.boxes.min() >= 0 and (found.boxes <= np.array([128, 96, 128, 96])).all()
