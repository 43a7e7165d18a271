"""How it sees, without the window: chapters as films, the metrics bench, the networks a chapter may look into."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from skimage import data as photographs
from torch import nn
from torchvision.models.detection import fasterrcnn_mobilenet_v3_large_320_fpn

from engine import places
from engine.cli import main
from engine.data.photoset import Objects
from engine.detect import metrics
from engine.detect.detections import Detections
from engine.detect.explain import faster
from engine.detect.explain.bench import judge
from engine.detect.explain.chapters import CHAPTERS, chapter, played
from engine.detect.explain.films import Ask
from engine.detect.explain.networks import AsPublished, Need, Network, chosen, detected, listed, opened
from engine.detect.explain.panes import Pane, same_thing, shares_in, thing_at
from engine.detect.explain.panes import look as four
from engine.detect.explain.speed import Paced
from engine.detect.explain.speed import measure as timed_detectors
from engine.detect.explain.stage import Moving, Stage, drawn
from engine.errors import LabError
from engine.files import write_json, write_tensors
from engine.jobs import Event, Job, result_of
from engine.text import same
from engine.zoo.yolo_mini import YoloMini

pytestmark = pytest.mark.usefixtures("one_core")


@pytest.fixture(scope="module")
def cat() -> np.ndarray:
    return cv2.resize(photographs.chelsea(), (192, 128), interpolation=cv2.INTER_AREA)


def events_of(job: Job) -> list[Event]:
    return list(job)


def stages_of(job: Job) -> list[Stage]:
    return [event for event in job if isinstance(event, Stage)]


@pytest.fixture
def trained_here() -> str:
    """A detector in the folder of runs, as a training leaves it; returns its id."""
    folder = places.runs() / "2026-01-02-people"
    folder.mkdir(parents=True)
    torch.manual_seed(0)
    network = YoloMini(1)
    nn.init.constant_(network.head.box.bias[4:5], 6.0)  # type: ignore[index]  # it sees an object in every cell
    nn.init.constant_(network.head.classes.bias, 6.0)
    write_tensors(folder / "best.safetensors", network.state_dict(), {"recipe": "people-yolo-mini", "build": {}})
    write_json(folder / "run.json", {"recipe": "people-yolo-mini", "dataset": "persons", "settings": {}})
    return folder.name


# Chapters


def test_every_chapter_speaks_both_languages_and_has_a_job() -> None:
    assert len({c.id for c in CHAPTERS}) == len(CHAPTERS) == 12
    for one in CHAPTERS:
        texts = (one.name, one.first, one.explanation.title, one.explanation.look, one.explanation.words)
        assert all(text.en and text.ko for text in texts)
        assert one.needs in ("", *(n.value for n in Need))
    with pytest.raises(LabError, match="no chapter called “yolov9”"):
        chapter("yolov9")


@pytest.mark.parametrize("id", ["window", "align", "enlarge", "unpool", "naive", "shapes"])
def test_a_chapter_that_needs_nothing_tells_its_stages_on_any_picture(id: str, cat: np.ndarray) -> None:
    events = events_of(played(chapter(id), Ask(cat)))
    stages = [e for e in events if isinstance(e, Stage)]
    assert len(stages) >= 3 and sum(s.milliseconds for s in stages) > 0
    for stage in stages:
        assert "{" not in stage.said.render("en") + stage.said.render("ko") + stage.name.render("ko")
        assert drawn(stage).shape == stage.picture.shape and stage.picture.dtype == np.uint8
    if id == "window":
        moving = [e for e in events if isinstance(e, Moving)]
        assert moving[-1].done == moving[-1].total == stages[-1].figures["windows"]
    if id == "enlarge":
        lost = {s.name.render("en"): s.figures.get("lost", 0) for s in stages}
        assert lost["Max unpooling"] < 1 and len(stages) == 7
    if id == "naive":
        assert stages[-1].figures["ratio"] > 10
    if id == "align":
        assert stages[2].figures["pool_change"] == 0 < stages[2].figures["align_change"]


def test_fast_rcnn_taught_on_packaged_faces_finds_the_astronauts_face() -> None:
    stages = stages_of(played(chapter("fast"), Ask(photographs.astronaut(), top=200)))
    found = stages[-1].boxes
    assert found is not None and len(found) and stages[-1].classes[0].en == "face"
    x, y = (found.boxes[0, :2] + found.boxes[0, 2:]) / 2
    assert 170 < x < 280 and 60 < y < 200  # where her face is
    assert "100 small faces" in stages[-1].said.render("en")


@pytest.mark.usefixtures("without_detectors")
def test_yolo_without_a_network_counts_98_boxes_and_1470_numbers(cat: np.ndarray) -> None:
    grid, boxes, taught = stages_of(played(chapter("yolo"), Ask(cat)))
    assert grid.boxes is not None and len(grid.boxes) == 49
    assert boxes.boxes is not None and len(boxes.boxes) == 98 and boxes.figures["numbers"] == 1470
    assert taught.heat is not None and taught.heat.sum() == 1  # one cell answers for one object


def test_yolo_with_a_network_trained_here_shows_its_answers_after_the_count(cat: np.ndarray, trained_here: str) -> None:
    stages = stages_of(played(chapter("yolo"), Ask(cat, network=trained_here)))
    assert [s.name.render("en") for s in stages[2:]] == [
        "The grid",
        "Two boxes a cell",
        "A class for each cell",
        "Score, threshold, no doubles",
    ]
    assert stages[-1].classes[0].ko == "사람"


@pytest.mark.usefixtures("without_detectors")
def test_what_is_missing_is_said_with_its_name_and_how_to_get_it(cat: np.ndarray) -> None:
    with pytest.raises(LabError, match="models get fasterrcnn-mobilenet-v3-large-320-fpn-coco-v1"):
        events_of(played(chapter("faster"), Ask(cat)))
    with pytest.raises(LabError, match="train people-yolo-mini"):
        result_of(chosen(Need.GRID))
    with pytest.raises(LabError, match="No network called “x”"):
        result_of(chosen(Need.MASK, "x"))
    missing = result_of(listed(Need.MASK))
    assert not missing[0].here and missing[0].bytes > 100_000_000 and missing[0].classes[0].ko == "사람"


# Networks


def test_a_published_network_is_looked_into_with_its_own_mean_and_spread(cat: np.ndarray) -> None:
    torch.manual_seed(1)
    network = fasterrcnn_mobilenet_v3_large_320_fpn(weights=None, weights_backbone=None).eval()
    network.transform = AsPublished(network.transform.image_mean, network.transform.image_std)
    canvas, _ = faster.canvas_of(cat)
    x, maps = faster.maps_of(network, canvas)
    first = faster.propose(network, x, maps)
    with torch.inference_mode():
        images, _ = network.transform([x[0]])
        theirs, _ = network.rpn(images, network.backbone(images.tensors))
    torch.testing.assert_close(first.proposals, theirs[0])
    names = [s.name.render("en") for s in stages_of(faster.look(cat, network))]
    assert names == ["One CNN pass", "Anchors", "Objectness", "Proposals", "RoIAlign", "Class and box"]


@pytest.mark.usefixtures("without_detectors")
def test_detectors_here_are_timed_and_those_not_here_are_named(cat: np.ndarray, trained_here: str) -> None:
    missing: list[Network] = []

    def heard() -> Job:
        missing.extend((yield from timed_detectors(cat, runs=2)))

    events = events_of(heard())
    paced = [e for e in events if isinstance(e, Paced)]
    assert [p.id for p in paced] == [trained_here] and len(paced[0].milliseconds) == 2 and paced[0].found > 0
    assert len(missing) == 8 and not any(n.here for n in missing)


# Four tasks


@pytest.mark.usefixtures("without_detectors")
def test_four_tasks_answer_or_say_what_is_missing(cat: np.ndarray, trained_here: str) -> None:
    panes = {pane.task: pane for pane in result_of(four(cat))}
    names = [name.en for name, _ in panes["classification"].answers]
    assert len(names) == 5 and any("cat" in name or name == "tabby" for name in names)
    found = panes["detection"].found
    assert found is not None and len(found) > 0 and panes["detection"].missing is None
    assert found.boxes[:, 2].max() <= 192 and found.boxes[:, 3].max() <= 128
    street = panes["semantic"]  # comes with the app
    assert street.missing is None and street.pixels is not None and street.pixels.shape == cat.shape[:2]
    instance = panes["instance"]
    assert instance.missing and instance.found is None and instance.pixels is None


def test_the_same_thing_is_met_in_boxes_and_in_pixels() -> None:
    boxes = np.array([[0, 0, 60, 60], [10, 10, 30, 30]], np.float32)
    found = Detections(boxes, np.ones(2, np.float32), np.zeros(2, np.int64))
    pixels = np.zeros((64, 64), np.uint8)
    pixels[10:30, 12:32] = 3
    pixels[50:60, 50:60] = 3  # another one of the class, not joined
    semantic, detection = Pane("semantic", pixels=pixels, ground=0), Pane("detection", found=found)
    box = thing_at(semantic, 20, 20)
    assert box is not None and box.tolist() == [12, 10, 32, 30]
    assert thing_at(semantic, 40, 40) is None
    small = thing_at(detection, 20, 20)
    assert small is not None and small.tolist() == [10, 10, 30, 30]
    assert same_thing(found, box) == 1 and same_thing(found, np.array([50, 50, 60, 60])) == -1
    assert shares_in(semantic, box) == ((3, 1.0),)


def test_masks_of_a_detector_fit_the_picture_it_was_asked_about(cat: np.ndarray) -> None:
    from engine.detect.torchvision_family import mask_rcnn

    torch.manual_seed(0)
    network = mask_rcnn(2).eval()
    found = detected(network, cat, least=0.0)
    assert found.masks is not None and found.masks.shape == (len(found), 128, 192)


# The metrics bench


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_bench_says_what_the_library_measures(seed: int) -> None:
    rng = np.random.default_rng(seed)
    corner = rng.uniform(0, 80, (5, 2))
    truth = np.concatenate((corner, corner + rng.uniform(15, 40, (5, 2))), axis=1).astype(np.float32)
    found = np.concatenate((truth + rng.normal(0, 3, (5, 4)), truth[:3] + 60)).astype(np.float32)
    scores = rng.permutation(8).astype(np.float32) / 10 + 0.1
    said = judge(truth, found, scores)
    labels = np.zeros(5, np.int64)
    measured = metrics.measure(
        [Objects.of(truth, labels)], [Detections(found, scores, np.zeros(8, np.int64))], classes=1
    )
    assert said.ap == pytest.approx(measured.map50, abs=1e-6)
    assert said.ap_mean == pytest.approx(measured.map, abs=1e-6)
    np.testing.assert_allclose(said.curve.envelope, measured.classes[0].precision, atol=1e-6)


def test_the_bench_without_boxes_or_without_objects_divides_by_nothing() -> None:
    none = np.zeros((0, 4), np.float32)
    one = np.array([[0, 0, 10, 10]], np.float32)
    nothing = judge(none, one, np.array([0.5], np.float32))
    assert (nothing.right, nothing.wrong, nothing.missed) == (0, 1, 0) and np.isnan(nothing.ap)
    assert np.isnan(nothing.recall) and nothing.best[0][0] == -1
    silent = judge(one, none, np.zeros(0, np.float32))
    assert silent.missed == 1 and silent.ap == 0 and np.isnan(silent.precision)
    low = judge(one, one, np.array([0.2], np.float32), least=0.5)
    assert low.partner.tolist() == [-2] and low.missed == 1


# The command


def test_the_command_writes_each_stage_with_its_milliseconds(
    cat: np.ndarray, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo = tmp_path / "고양이.png"
    photo.write_bytes(cv2.imencode(".png", cat[..., ::-1])[1].tobytes())
    assert main(["explain", "enlarge", str(photo), "--out", str(tmp_path / "out"), "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["event"] for line in lines] == ["stage"] * 7 + ["result"]
    assert lines[-1]["count"] == 7 and lines[-1]["milliseconds"] > 0
    files = sorted((tmp_path / "out").iterdir())
    assert [str(f) for f in files] == [item["file"] for item in lines[-1]["items"]]
    assert files[5].name == "05-transposed-convolution-3-3.png"
    assert main(["explain", "mask", str(photo)]) == 2
    assert "MaskRCNN ResNet50 FPN is not on this machine" in capsys.readouterr().err
    assert main(["explain", "yolo", str(tmp_path / "none.png")]) == 2


def test_an_opened_network_is_refused_when_its_file_is_of_another(trained_here: str) -> None:
    found = result_of(chosen(Need.GRID, trained_here))
    assert found.path is not None and found.name.render("ko") == "사람 (여기서 학습)"
    assert isinstance(opened(found), YoloMini)
    write_tensors(found.path, {"head.class_tower.x": torch.zeros(1)}, {"recipe": "people-yolo-mini"})
    with pytest.raises(LabError, match="belong to another network"):
        opened(result_of(chosen(Need.GRID, trained_here)))
    assert same("") == found.said
