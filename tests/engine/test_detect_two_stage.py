"""Faster R-CNN, Mask R-CNN, single-object localisation and landmarks: what they answer and what they are taught."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torchvision.models.detection import MaskRCNN

from engine.data.photoset import Objects
from engine.data.stick_figures import NAMES, SKELETON, figure
from engine.detect import localise
from engine.detect.localise import Localiser, main_object
from engine.detect.torchvision_family import detect, faster_rcnn, losses, mask_rcnn
from engine.zoo import landmarks
from engine.zoo.landmarks import LandmarkNet, error_of

SIZE = (96, 128)


@pytest.fixture(scope="module")
def masked() -> MaskRCNN:
    torch.manual_seed(0)
    return mask_rcnn(2, width=32)


def targets() -> list[tuple[torch.Tensor, torch.Tensor]]:
    boxes = torch.tensor([[10.0, 10, 60, 60], [5, 5, 5, 9], [0, 0, 90, 90]])
    return [(boxes, torch.tensor([1, 0, -1])), (torch.zeros(0, 4), torch.zeros(0, dtype=torch.int64))]


def test_both_stages_and_the_masks_are_taught_with_empty_boxes_crowds_and_empty_pictures(masked: MaskRCNN) -> None:
    masks = [torch.zeros(3, *SIZE), torch.zeros(0, *SIZE)]
    masks[0][0, 10:60, 10:60] = 1
    parts = losses(masked.train(), torch.rand(2, 3, *SIZE), targets(), masks)
    assert set(parts) == {"class", "box", "objectness", "proposals", "mask"}
    sum(parts.values()).backward()
    assert all(torch.isfinite(p.grad).all() for p in masked.parameters() if p.grad is not None)
    assert masked.roi_heads.mask_predictor.mask_fcn_logits.weight.grad.abs().sum() > 0


def test_boxes_and_masks_come_back_in_pixels_with_our_labels(masked: MaskRCNN) -> None:
    with torch.no_grad():  # ground never wins, so that the untrained network has something to say
        masked.roi_heads.box_predictor.cls_score.bias[0] = -9
    found = detect(masked.eval(), torch.rand(2, 3, *SIZE), score=0.0, limit=7)
    assert len(found) == 2 and len(found[0]) == 7
    assert found[0].masks is not None and found[0].masks.shape == (7, *SIZE) and found[0].masks.dtype == bool
    assert set(found[0].labels.tolist()) <= {0, 1}
    assert (np.diff(found[0].scores) <= 0).all() and found[0].boxes.max() <= 128


def test_faster_rcnn_has_anchors_of_three_shapes() -> None:
    network = faster_rcnn(1, width=32)
    for anchors in network.rpn.anchor_generator.cell_anchors:
        sides = anchors[:, 2:] - anchors[:, :2]
        assert {round(float((h / w).log2()), 0) for w, h in sides} == {-1, 0, 1}  # 1:2, 1:1, 2:1 in whole pixels


def test_alpha_weighs_class_against_box_and_never_changes_the_curves() -> None:
    located = localise.Located(torch.tensor([[2.0, 0.0]]), torch.tensor([[0.0, 0.0, 0.5, 0.5]]))
    labels, boxes = torch.tensor([1]), torch.tensor([[0.1, 0.0, 0.5, 0.7]])
    quarter = localise.loss(located, labels, boxes, alpha=0.25)
    softmax, l2 = float(torch.tensor(1 + np.exp(2.0)).log()), 1.0**2 + 2.0**2  # in tenths of the side
    assert float(quarter["softmax"]) == pytest.approx(softmax, abs=1e-5)
    assert float(quarter["l2"]) == pytest.approx(l2, abs=1e-5)
    assert float(quarter["class"] + quarter["box"]) == pytest.approx(0.25 * softmax + 0.75 * l2, abs=1e-5)
    assert localise.loss(located, labels, boxes, alpha=1.0)["box"] == 0
    assert localise.loss(located, labels, boxes, alpha=0.0)["class"] == 0


def test_with_alpha_zero_only_the_box_is_learnt() -> None:
    torch.manual_seed(0)
    network = Localiser(2)
    parts = localise.loss(network(torch.rand(2, 3, 64, 96)), torch.tensor([0, 1]), torch.rand(2, 4), alpha=0.0)
    (parts["class"] + parts["box"]).backward()
    assert network.box.weight.grad is not None and network.box.weight.grad.abs().sum() > 0
    assert network.classes.weight.grad is not None and network.classes.weight.grad.abs().sum() == 0


def test_a_picture_is_of_its_largest_object() -> None:
    boxes = np.array([[0, 0, 5, 5], [0, 0, 9, 9], [0, 0, 50, 50]])
    assert main_object(Objects.of(boxes, np.zeros(3), crowd=np.array([False, False, True]))) == 1
    assert main_object(Objects.of(np.zeros((0, 4)), np.zeros(0))) is None
    assert main_object(Objects.of(np.array([[3, 3, 3, 3]]), np.zeros(1))) is None


def test_a_landmark_is_the_mean_place_of_its_map() -> None:
    torch.manual_seed(0)
    answer = LandmarkNet(5, width=32).eval()(torch.rand(2, 3, 64, 96))
    assert answer.points.shape == (2, 5, 2) and answer.maps.shape == (2, 5, 8, 12)
    torch.testing.assert_close(answer.maps.sum((2, 3)), torch.ones(2, 5))
    peaked = torch.zeros(1, 1, 8, 12)
    peaked[0, 0, 2, 9] = 1
    at = torch.tensor([[[9.5 / 12, 2.5 / 8]]])
    parts = landmarks.loss(landmarks.Landmarks(at, peaked), at, torch.ones(1, 1, dtype=torch.bool))
    assert parts["place"] == 0 and parts["spread"] == pytest.approx(0, abs=1e-9)


def test_landmarks_that_are_not_marked_are_not_asked() -> None:
    points = torch.rand(1, 3, 2)
    answer = landmarks.Landmarks(points, torch.full((1, 3, 4, 4), 1 / 16))
    truth = points.clone()
    truth[0, 2] += 5
    seen = torch.tensor([[True, True, False]])
    assert landmarks.loss(answer, truth, seen)["place"] == 0
    assert error_of(points, truth, seen) == (0.0, 1.0)
    assert error_of(points, truth, ~seen)[1] == 0.0
    nothing = landmarks.loss(answer, truth, torch.zeros(1, 3, dtype=torch.bool))
    assert nothing["place"] == 0 and nothing["spread"] == 0


def test_a_stick_figure_lies_inside_its_picture_and_its_limbs_are_drawn() -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        picture, points = figure(rng, 96)
        assert picture.shape == (96, 96, 3) and picture.dtype == np.uint8
        assert points.shape == (len(NAMES), 2) and points.min() >= 0 and points.max() < 96
    ground = np.median(picture, axis=(0, 1))
    for a, b in SKELETON:
        x, y = ((points[a] + points[b]) / 2).round().astype(int)
        assert np.abs(picture[y, x].astype(float) - ground).max() > 15


def test_no_two_figures_are_the_same_and_the_same_numbers_draw_the_same() -> None:
    first, again = (figure(np.random.default_rng(5))[0] for _ in range(2))
    assert (first == again).all()
    assert (first != figure(np.random.default_rng(6))[0]).any()
