"""The R-CNN family and YOLO explained on one picture: counts, stages and the difference each idea makes."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import torch
from skimage import data as photographs
from torchvision.models.detection import FasterRCNN

from engine.data.photoset import Objects, PhotoSet
from engine.detect.explain import faster, grid, pooling, rcnn, svm
from engine.detect.explain.regions import Hierarchy, search
from engine.detect.explain.scan import Looked, likeliest, scan, scorer, windows
from engine.detect.explain.stage import Stage, drawn
from engine.detect.overlap import ious
from engine.detect.torchvision_family import faster_rcnn, mask_rcnn
from engine.errors import LabError
from engine.jobs import Event, Job, result_of
from engine.text import same
from engine.zoo.efficientnet_lite import EfficientNetLite0, pretrained
from engine.zoo.yolo_mini import YoloMini


@pytest.fixture(scope="module")
def encoder() -> EfficientNetLite0:
    return pretrained()


@pytest.fixture(scope="module")
def astronaut() -> np.ndarray:
    return cv2.resize(photographs.astronaut(), (160, 160), interpolation=cv2.INTER_AREA)


def played(job: Job) -> tuple[list[Event], object]:
    events = []
    while True:
        try:
            events.append(next(job))
        except StopIteration as end:
            return events, end.value


def named(events: list[Event]) -> list[str]:
    """The stages in order, each name once."""
    return list(dict.fromkeys(e.name.en for e in events if isinstance(e, Stage)))


# The sliding window


def test_windows_are_counted_by_the_formula_and_stay_inside() -> None:
    places = windows(130, 100, window=32, step=16)
    assert len(places) == ((130 - 32) // 16 + 1) * ((100 - 32) // 16 + 1) == 35
    assert places[:, 2].max() <= 130 and places[:, 3].max() <= 100
    assert len(windows(20, 100, window=32, step=16)) == 0


def brightness(cuts: np.ndarray) -> np.ndarray:
    return cuts.mean(axis=(1, 2, 3)) / 255


def test_a_window_finds_what_has_its_size_and_the_pyramid_what_is_larger() -> None:
    picture = np.zeros((128, 128, 3), np.uint8)
    picture[32:96, 32:96] = 255
    events, one = played(scan(picture, brightness, window=32, step=16, least=0.99))
    assert sum(len(e.boxes) for e in events if isinstance(e, Looked)) == 49
    best = ious(one.boxes, np.array([[32, 32, 96, 96]]))
    assert best.max() <= 0.25  # every window is a quarter of the square
    events, two = played(scan(picture, brightness, window=32, step=16, scales=(1.0, 0.5), least=0.99))
    assert ious(two.boxes, np.array([[32, 32, 96, 96]])).max() == 1
    assert isinstance(events[-1], Stage) and events[-1].figures["windows"] == 49 + 9


def test_a_picture_smaller_than_the_window_is_looked_at_whole() -> None:
    events, _ = played(scan(np.zeros((10, 40, 3), np.uint8), brightness, window=32, step=8))
    assert [e.total for e in events if isinstance(e, Looked)] == [4]


def test_the_cat_is_found_where_it_is(encoder: EfficientNetLite0) -> None:
    picture = cv2.resize(photographs.chelsea(), (225, 150), interpolation=cv2.INTER_AREA)
    target = likeliest(encoder, picture)
    assert target in range(281, 286)  # ImageNet's house cats
    shares = scorer(encoder, target, side=96)(np.stack([picture[:128, 60:188], np.zeros((128, 128, 3), np.uint8)]))
    assert shares[0] > 5 * shares[1]


# Selective search


@pytest.fixture(scope="module")
def hierarchy(astronaut: np.ndarray) -> Hierarchy:
    return result_of(search(astronaut))


def test_merging_ends_with_one_region_that_is_the_picture(hierarchy: Hierarchy) -> None:
    count = int(hierarchy.first.max()) + 1
    assert len(hierarchy.merges) == count - 1 and len(hierarchy.boxes) == 2 * count - 1
    assert hierarchy.boxes[-1].tolist() == [0, 0, 160, 160]
    assert (hierarchy.after(0) == hierarchy.first).all()
    for merges in (1, count // 2, count - 1):
        assert len(np.unique(hierarchy.after(merges))) == count - merges


def test_only_neighbours_merge_and_a_box_holds_both(hierarchy: Hierarchy) -> None:
    count = int(hierarchy.first.max()) + 1
    for i, (a, b) in enumerate(hierarchy.merges):
        both = np.stack((hierarchy.boxes[a], hierarchy.boxes[b]))
        assert (hierarchy.boxes[count + i] == [*both[:, :2].min(axis=0), *both[:, 2:].max(axis=0)]).all()
    a, b = hierarchy.merges[0]
    grown = cv2.dilate((hierarchy.first == a).astype(np.uint8), np.ones((3, 3), np.uint8))
    assert (grown[hierarchy.first == b] > 0).any()


def test_a_plain_object_on_a_plain_ground_is_proposed() -> None:
    picture = np.full((120, 160, 3), 200, np.uint8)
    picture[30:90, 40:120] = (160, 30, 40)
    boxes = result_of(search(picture)).proposals()
    assert ious(boxes, np.array([[40, 30, 120, 90]])).max() > 0.9


def test_proposals_are_all_different_and_a_picture_of_one_colour_has_one(hierarchy: Hierarchy) -> None:
    boxes = hierarchy.proposals(1)
    assert len(np.unique(boxes, axis=0)) == len(boxes) > 20
    assert (np.sort(boxes, axis=0) == np.sort(hierarchy.proposals(2), axis=0)).all()
    plain = result_of(search(np.full((40, 60, 3), 90, np.uint8)))
    assert plain.proposals().tolist() == [[0, 0, 60, 40]]


# R-CNN and Fast R-CNN


@pytest.fixture(scope="module")
def balls(tmp_path_factory: pytest.TempPathFactory) -> PhotoSet:
    """Photographs with a red disc and a blue square on them, both marked."""
    folder = tmp_path_factory.mktemp("balls")
    rng, files, objects = np.random.default_rng(0), [], []
    ground = cv2.resize(photographs.coffee(), (160, 120), interpolation=cv2.INTER_AREA) // 3 + 90
    for number in range(6):
        picture = ground.copy()
        x, y = rng.integers(25, 55), rng.integers(25, 95)
        cv2.circle(picture, (int(x), int(y)), 18, (230, 20, 20), -1)
        left, top = (int(v) for v in (rng.integers(85, 120), rng.integers(5, 80)))
        cv2.rectangle(picture, (left, top), (left + 30, top + 30), (20, 20, 230), -1)
        cv2.imwrite(str(folder / f"{number}.png"), picture[:, :, ::-1])
        files.append(f"{number}.png")
        boxes = np.array([[x - 18, y - 18, x + 19, y + 19], [left, top, left + 31, top + 31]])
        objects.append(Objects.of(boxes, np.array([0, 1])))
    classes = (same("disc"), same("square"))
    sizes = np.array([[160, 120]] * 6, np.int32)
    return PhotoSet("balls", "train", folder, tuple(files), sizes, classes, same(""), objects=tuple(objects))


@pytest.mark.parametrize("way", ["rcnn", "fast"])
def test_both_find_what_they_were_taught(way: str, encoder: EfficientNetLite0, balls: PhotoSet) -> None:
    describe, job = (svm.slowly, rcnn.rcnn) if way == "rcnn" else (svm.fast, rcnn.fast)
    taught = result_of(svm.teach(balls.part(np.arange(4), "train"), describe(encoder)))
    assert taught.examples[0] >= 4 and taught.examples[2] > 10
    events, found = played(job(balls.read(5), encoder, taught, top=40))
    middle = ["Cut and warp", "CNN on every cut"] if way == "rcnn" else ["One CNN pass", "RoI pooling"]
    assert named(events) == ["Regions", "Merging", "Proposals", *middle, "Linear SVM"]
    stages = [e for e in events if isinstance(e, Stage)]
    spent = {e.name.en: e.milliseconds for e in reversed(stages)}  # of several pictures of one step the first is timed
    assert all(ms > 0 for ms in spent.values()) and all(e.said.ko for e in stages)
    assert balls.objects is not None
    table = ious(found.boxes, balls.objects[5].boxes) * (found.labels[:, None] == balls.objects[5].labels)
    assert (table.max(axis=0) > 0.5).all()


def test_an_svm_cannot_be_taught_without_boxes(encoder: EfficientNetLite0, balls: PhotoSet) -> None:
    none = PhotoSet("bare", "train", balls.folder, balls.files, balls.sizes, balls.classes, same(""))
    with pytest.raises(LabError, match="bare has no boxes"):
        result_of(svm.teach(none, svm.fast(encoder)))


# RoIPool and RoIAlign


def test_on_a_ramp_roi_align_moves_with_the_box_and_roi_pool_jumps() -> None:
    ramp = torch.arange(40.0).repeat(40, 1)[None, None]  # the value of a cell is its column
    moves = result_of(pooling.shift(ramp, np.array([64.0, 64, 176, 176]), stride=16, pixels=16, steps=9))
    middle = np.arange(7) + 4.5 - 0.5  # centres of the 7 cells of one map cell each, in map coordinates
    for at in moves:
        np.testing.assert_allclose(at.align[3], middle + at.shift / 16, atol=1e-4)
    jumps = np.diff([at.pool[3, 3] for at in moves])
    assert sorted(np.unique(jumps).tolist()) == [0.0, 1.0] and (jumps > 0).sum() == 1
    assert moves[0].align_change == 0 and moves[-1].align_change > 0


def test_the_rounded_box_is_the_one_roi_pool_reads() -> None:
    values = torch.zeros(1, 1, 20, 20)
    box = np.array([20.0, 20, 60, 60], np.float32)
    left, top, right, bottom = (int(v) // 8 for v in pooling.rounded(box, 8))
    values[0, 0, top:bottom, left:right] = 1
    inside, _ = pooling.both(values, box, 8)
    assert inside.min() == 1
    outside, _ = pooling.both(1 - values, box, 8)
    assert outside.max() == 0


# Faster R-CNN, Mask R-CNN


@pytest.fixture(scope="module")
def two_stage(encoder: EfficientNetLite0) -> FasterRCNN:
    torch.manual_seed(0)
    network = mask_rcnn(2, width=32).eval()
    with torch.no_grad():
        network.roi_heads.box_predictor.cls_score.bias[0] = -9
    return network


def test_every_stage_from_anchors_to_masks_is_shown(two_stage: FasterRCNN, astronaut: np.ndarray) -> None:
    events, found = played(faster.look(astronaut[:120], two_stage))
    names = ["One CNN pass", "Anchors", "Objectness", "Proposals", "RoIAlign", "Class and box", "Masks"]
    assert named(events) == names
    stages = dict(zip(names, (e for e in events if isinstance(e, Stage)), strict=True))
    cells = sum((384 // s) * (512 // s) for s in (8, 16, 32))
    assert stages["Anchors"].figures["anchors"] == 6 * cells and len(stages["Anchors"].boxes) == 18
    heat = stages["Objectness"].heat
    assert heat is not None and heat.shape == (48, 64) and 0 <= heat.min() <= heat.max() <= 1
    assert stages["RoIAlign"].tiles.shape[1:] == (56, 56, 3)
    assert all(drawn(stage).shape == stage.picture.shape for stage in stages.values())
    assert found.masks is not None and len(found.masks) == len(found)


def test_anchors_lie_round_the_place_that_is_asked(two_stage: FasterRCNN, astronaut: np.ndarray) -> None:
    canvas, _ = faster.canvas_of(astronaut)
    first = faster.propose(two_stage, *faster.maps_of(two_stage, canvas))
    boxes = faster.anchors_at(first, (0.25, 0.75))
    centre = (boxes[:, :2] + boxes[:, 2:]) / 2 / 512
    assert np.abs(centre - [0.25, 0.75]).max() <= 16 / 512


def test_proposals_are_those_the_network_itself_uses(two_stage: FasterRCNN, astronaut: np.ndarray) -> None:
    canvas, _ = faster.canvas_of(astronaut)
    x, maps = faster.maps_of(two_stage, canvas)
    first = faster.propose(two_stage, x, maps)
    seen = []
    hook = two_stage.rpn.register_forward_hook(lambda _m, _i, answer: seen.append(answer[0][0]))
    with torch.inference_mode():
        two_stage(list(x))
    hook.remove()
    torch.testing.assert_close(first.proposals, seen[0])
    assert (first.scores.diff() <= 0).all() and first.scores.max() <= 1


def test_refining_keeps_to_the_same_objects(two_stage: FasterRCNN, astronaut: np.ndarray) -> None:
    events, last = played(faster.refine(astronaut, two_stage, rounds=3, least=0.0))
    rounds = [e for e in events if isinstance(e, faster.Refined)]
    assert [e.round for e in rounds] == [0, 1, 2, 3]
    assert len({len(e.boxes) for e in rounds}) == 1 and rounds[1].moved > 0
    assert last.boxes.min() >= 0 and last.boxes.max() <= 512


def test_refining_nothing_ends_with_nothing(astronaut: np.ndarray) -> None:
    torch.manual_seed(0)
    events, last = played(faster.refine(astronaut, faster_rcnn(1, width=32).eval(), least=1.1))
    assert len(last) == 0 and len(events) == 5


# The grid of YOLO


def test_the_papers_grid_has_98_boxes_and_1470_numbers() -> None:
    paper = grid.count(20)
    assert (paper.cells, paper.boxes, paper.each, paper.numbers) == (49, 98, 30, 1470)
    taught = grid.teacher(np.array([[0.4, 0.4, 0.6, 0.6]]), np.array([7]))
    assert taught.size == paper.numbers
    assert np.argwhere(taught.any(axis=2)).tolist() == [[3, 3]]
    assert taught[3, 3, 4] == taught[3, 3, 9] == taught[3, 3, 10 + 7] == 1
    assert taught[3, 3, :4] == pytest.approx([0.5, 0.5, 0.2**0.5, 0.2**0.5], abs=1e-6)


def test_yolo_mini_is_shown_as_two_boxes_for_each_of_49_cells(astronaut: np.ndarray) -> None:
    torch.manual_seed(0)
    network = YoloMini(3, width=32).eval()
    events, found = played(grid.look(astronaut, network, least=0.0))
    stages = [e for e in events if isinstance(e, Stage)]
    assert named(events) == ["The grid", "Two boxes a cell", "A class for each cell", "Score, threshold, no doubles"]
    assert len(stages[1].boxes) == 98 and stages[1].figures["numbers"] == 49 * 13
    assert len(stages[2].boxes) == 49 and stages[0].heat.shape == (7, 7)
    assert 0 < len(found) <= 98 * 3
