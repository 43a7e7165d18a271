"""Training on photographs from the command line: what is told, transferred, evaluated and predicted."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from pycocotools import mask as coco_masks

from engine.cli import main
from engine.data.photoset import Objects
from engine.data.pictures import read_rgb
from engine.detect.detections import Detections
from engine.detect.judge import IGNORED, RIGHT, WRONG, judge
from engine.errors import LabError
from engine.jobs import result_of
from engine.text import same
from engine.train.figures import ious_of, of_classes
from engine.train.fit import train
from engine.train.look_again import look_again
from engine.train.looking import Looked
from engine.train.pairs import offered, sides
from engine.train.recipes import recipe
from engine.train.transfer import transfer
from engine.zoo.weights import open_weights
from tests.engine.driving import drive, of
from tests.small_photos import write_bccd, write_camvid

SMALL = {"width": 64, "height": 64, "batch_size": 3, "held_out": 2, "epochs": 0.5, "pretrained": False}
Call = Callable[..., tuple[int, str, str]]


def settings_of(id: str) -> Any:
    import dataclasses

    return dataclasses.replace(recipe(id).defaults, **SMALL)  # type: ignore[arg-type]  # by name


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("data")
    write_camvid(root)
    return write_bccd(root)


@pytest.fixture(scope="module")
def runs(data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A short training of each kind: its folder and everything it said."""
    found = {}
    for id in ("camvid-segnet", "bccd-yolo-mini"):
        folder = tmp_path_factory.mktemp("runs") / id
        events, outcome = drive(train(id, settings_of(id), data=data, device="cpu", precision="fp32", out=folder))
        found[id] = folder, events, outcome
    return found


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str]) -> Call:
    def run(*arguments: object) -> tuple[int, str, str]:
        status = main([str(a) for a in arguments])
        return status, *capfd.readouterr()

    return run


def result_in(out: str) -> dict[str, Any]:
    last: dict[str, Any] = json.loads(out.splitlines()[-1])
    assert last["event"] == "result"
    return last


@pytest.mark.parametrize(("id", "metric"), [("camvid-segnet", "miou"), ("bccd-yolo-mini", "map50")])
def test_a_training_shows_photographs_before_it_learns_and_at_its_check(
    runs: dict[str, Any], id: str, metric: str
) -> None:
    _, events, outcome = runs[id]
    looks: list[Looked] = of(Looked, events)
    assert len(looks) == 2 and looks[0].step == 0 and looks[1].step > 0
    assert [g.file for g in looks[0].glances] == [g.file for g in looks[1].glances]  # the same photographs
    glance = looks[1].glances[0]
    assert max(glance.picture.shape) <= 320 and glance.picture.dtype == np.uint8
    assert (glance.mask is not None) == (metric == "miou") and (glance.found is not None) == (metric == "map50")
    assert len(looks[1].values) == len(looks[1].classes) == len(recipe(id).classes)
    assert outcome.metric == metric
    assert not np.isfinite(looks[0].values).any() and np.isfinite(looks[1].values).any()


def test_the_loss_of_a_check_is_a_loss(runs: dict[str, Any]) -> None:
    for _, events, _ in runs.values():
        checks = [event for event in events if type(event).__name__ == "Checked"]
        assert all(math.isfinite(check.loss) and check.loss > 0.1 for check in checks)


def test_an_earlier_run_looks_again_at_all_photographs(runs: dict[str, Any], data: Path) -> None:
    seen: Looked = result_of(look_again(runs["bccd-yolo-mini"][0], data=data))
    assert len(seen.glances) == 3 and seen.split == "val" and seen.curves.shape == (3, 101)
    assert np.isnan(seen.curves[2]).all()  # no platelets there
    assert len(seen.glances[2].truth) == 0  # type: ignore[arg-type]
    few: Looked = result_of(look_again(runs["camvid-segnet"][0], data=data, most=2, measure=False))
    assert len(few.glances) == 2 and np.isfinite(few.values).any()


def test_a_run_without_photographs_is_told_so(tmp_path: Path) -> None:
    result_of(train("digits-quick", dataset="digits8", out=tmp_path / "x", seconds=0.1))
    with pytest.raises(LabError, match="no photographs"):
        result_of(look_again(tmp_path / "x"))


def test_boxes_are_right_wrong_missed_or_in_a_crowd() -> None:
    boxes = np.array([[0, 0, 10, 10], [20, 0, 30, 10], [40, 0, 60, 20]])
    truth = Objects.of(boxes, np.array([0, 1, 0]), crowd=np.array([False, False, True]))
    found = Detections(
        np.array([[0, 0, 10, 9], [0, 0, 10, 10], [20, 0, 30, 10], [45, 5, 50, 10]], np.float32),
        np.array([0.9, 0.8, 0.7, 0.6], np.float32),
        np.array([0, 0, 0, 0]),
    )
    told = judge(truth, found)
    assert told.found.tolist() == [RIGHT, WRONG, WRONG, IGNORED]  # twice the same, another class, inside a crowd
    assert told.missed.tolist() == [False, True, False]
    assert told.counts == (1, 2, 1) and told.f1 == pytest.approx(0.4)
    nothing = judge(Objects.of(np.zeros((0, 4)), np.zeros(0)), Detections.none())
    assert nothing.counts == (0, 0, 0) and math.isnan(nothing.f1)


def test_the_figure_of_each_class_comes_from_an_older_runs_confusion_too() -> None:
    confusion = np.array([[6, 2, 0], [2, 2, 0], [0, 0, 0]])
    assert ious_of(confusion)[:2].tolist() == [0.6, pytest.approx(1 / 3)] and np.isnan(ious_of(confusion)[2])
    names = (same("a"), same("b"), same("c"))
    assert np.array_equal(of_classes("miou", {}, names, confusion), ious_of(confusion), equal_nan=True)


def test_what_fits_is_taken_and_the_rest_is_named() -> None:
    blood, people, digits = (recipe(id) for id in ("bccd-yolo-mini", "people-yolo-mini", "mnist-mlp"))
    source = blood.make().state_dict()
    target = people.make()
    taken = transfer(target, source, "blood")
    assert taken.parts == ("encoder", "neck") and taken.left == ("head",)
    assert all(value.equal(source[f"neck.{name}"]) for name, value in target.neck.state_dict().items())  # type: ignore[operator,union-attr]
    assert "encoder, neck" in taken.words.render("en") and "head" in taken.words.render("ko")
    street = recipe("camvid-pyramid").make()
    assert transfer(street, source, "blood").parts == ("encoder",)
    with pytest.raises(LabError, match="Nothing in digits fits"):
        transfer(target, digits.build(digits.defaults).state_dict(), "digits")


def test_a_training_starts_from_a_run_on_the_command_line(
    call: Call, runs: dict[str, Any], data: Path, tmp_path: Path
) -> None:
    changes = [f"{key}={value}" for key, value in SMALL.items()]
    words = ("train", "bccd-yolo-mini", "--data", data, "--out", tmp_path / "b", "--set", *changes)
    status, _, err = call(*words, "--from", runs["bccd-yolo-mini"][0])
    assert status == 0
    assert "100% of the network was taken (encoder, neck, head). Drawn anew: nothing." in err
    assert "mAP@0.5" in err and "accuracy" not in err
    about = json.loads((tmp_path / "b" / "run.json").read_text())
    assert about["from"]["source"] == str(runs["bccd-yolo-mini"][0])
    status, _, err = call(*words, "--from", "/nowhere/at/all")
    assert status == 2 and "no run, file or bundled network called /nowhere/at/all" in err


def test_evaluate_says_a_sentence_for_each_class(call: Call, runs: dict[str, Any], data: Path) -> None:
    weights = runs["bccd-yolo-mini"][0]
    status, _, err = call("evaluate", "bccd-yolo-mini", "--weights", weights, "--data", data)
    assert status == 0 and "RBC: AP@0.5 " in err and "Platelets: does not occur in this part." in err
    status, out, _ = call(
        *("evaluate", "camvid-segnet", "--weights", runs["camvid-segnet"][0], "--data", data, "--json")
    )
    result = result_in(out)
    assert status == 0 and {"miou", "pixel_accuracy", "iou_road"} <= set(result)
    assert result["miou"] == pytest.approx(np.mean([c["iou"] for c in result["classes"] if c["iou"] is not None]))


def odd_pictures(folder: Path) -> list[Path]:
    """Grey, RGBA, 16 bits, on its side by EXIF, and one pixel."""
    rng = np.random.default_rng(3)
    grey = rng.integers(0, 255, (40, 70), dtype=np.uint8)
    Image.fromarray(grey).save(folder / "grey.png")
    Image.fromarray(rng.integers(0, 255, (33, 47, 4), dtype=np.uint8), "RGBA").save(folder / "rgba.png")
    Image.fromarray(grey.astype(np.uint16) * 200).save(folder / "deep.png")
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(grey).save(folder / "side.jpg", exif=exif)
    Image.fromarray(np.full((1, 1, 3), 9, np.uint8)).save(folder / "한점.png")
    return [folder / name for name in ("grey.png", "rgba.png", "deep.png", "side.jpg", "한점.png")]


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # pycocotools with NumPy 2
@pytest.mark.parametrize(("task", "id"), [("detect", "bccd-yolo-mini"), ("segment", "camvid-segnet")])
def test_pictures_of_any_size_and_mode_get_an_answer_in_cocos_format(
    call: Call, runs: dict[str, Any], tmp_path: Path, task: str, id: str
) -> None:
    paths = odd_pictures(tmp_path)
    out_folder = tmp_path / "out"
    status, out, err = call("predict", task, *paths, "--model", runs[id][0], "--out", out_folder, "--json")
    assert status == 0, err
    result = result_in(out)
    sizes = [(item["width"], item["height"]) for item in result["items"]]
    assert sizes == [(70, 40), (47, 33), (70, 40), (40, 70), (1, 1)]
    assert [item["image_id"] for item in result["items"]] == [1, 2, 3, 4, 5]
    assert json.loads((out_folder / "results.json").read_text()) == result["results"]
    assert [read_rgb(Path(item["picture"])).shape[1::-1] for item in result["items"]] == sizes
    for one in result["results"]:
        width, height = sizes[one["image_id"] - 1]
        if task == "detect":
            x, y, w, h = one["bbox"]
            assert 0 <= x <= x + w <= width + 1e-3 and 0 <= y <= y + h <= height + 1e-3
        else:
            assert coco_masks.decode(one["segmentation"]).shape == (height, width)
    if task == "segment":  # the masks of a picture cover it once
        covered = sum(coco_masks.decode(r["segmentation"]).astype(int) for r in result["results"] if r["image_id"] == 4)
        assert (covered == 1).all()


def test_what_cannot_be_predicted_is_a_sentence(call: Call, runs: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "notes.png").write_text("no picture")
    run = runs["bccd-yolo-mini"][0]
    for words, said in (
        (("detect", tmp_path / "notes.png", "--model", run), "not a picture"),
        (("segment", odd_pictures(tmp_path)[0], "--model", run), "for another task (detect)"),
        (("detect", odd_pictures(tmp_path)[0], "--model", "mnist-deep"), "for another task (classify)"),
    ):
        status, out, err = call("predict", *words)
        assert (status, out) == (2, "") and said in err


@pytest.mark.parametrize(("kernel", "stride"), [(3, 1), (5, 1), (5, 2), (3, 2)])
def test_our_way_back_through_a_depthwise_convolution_is_torchs(kernel: int, stride: int) -> None:
    import torch
    from torch.nn import Conv2d

    from engine.zoo.depthwise import Depthwise
    from engine.zoo.efficientnet_lite import SameConv

    draw = torch.Generator().manual_seed(0)
    x = torch.randn(2, 6, 10, 13, generator=draw).contiguous(memory_format=torch.channels_last)
    plain = Conv2d(6, 6, kernel, stride, kernel // 2, groups=6, bias=False)
    ours = Depthwise(6, kernel, stride)
    ours.load_state_dict(plain.state_dict())
    same_size = SameConv(6, 6, kernel, stride=stride, groups=6)
    for layer, check in ((ours, plain), (same_size, same_size)):
        gradients = []
        for one, slow in ((layer, False), (check, True)):
            seen = (x.contiguous() if slow else x).clone().requires_grad_()  # only channels last goes our way
            one.zero_grad()
            one(seen).square().sum().backward()
            gradients.append((seen.grad, one.weight.grad))
        for mine, theirs in zip(*gradients, strict=True):
            torch.testing.assert_close(mine, theirs, atol=1e-4, rtol=1e-4)


def test_every_recipe_for_photographs_is_compared_with_the_well_known_loop(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import dataclasses

    from engine.bench import train_photos

    small = [
        dataclasses.replace(recipe(id), defaults=dataclasses.replace(settings_of(id), batch_size=2))
        for id in ("camvid-segnet", "bccd-yolo-mini")
    ]
    monkeypatch.setattr(train_photos, "RECIPES", small)
    monkeypatch.setattr(train_photos, "STEPS", 1)
    found = train_photos.compare(data=data, repeats=1, say=lambda text: None, only=[one.id for one in small])
    assert set(found) == {"camvid-segnet", "bccd-yolo-mini"}
    assert all(one["ratio"] > 0 and one["images_per_second"] > 0 and one["count"] == 1 for one in found.values())


def test_a_u_net_without_skips_is_a_setting_that_its_run_remembers(call: Call, data: Path, tmp_path: Path) -> None:
    small = [f"{name}={value}".lower() for name, value in {**SMALL, "skips": False}.items()]
    status, _, err = call("train", "camvid-unet", "--data", data, "--out", tmp_path / "flat", "--set", *small, "--json")
    assert status == 0, err
    _, said = open_weights("camvid-unet", str(tmp_path / "flat"))
    assert said["build"] == {"skips": False}
    assert result_of(look_again(tmp_path / "flat", data=data, most=1)).glances
    without, with_ = (one.skips for one in sides("skips", settings_of("camvid-unet")))
    assert (without, with_) == (False, True)


def test_a_pre_trained_encoder_is_raced_only_where_there_is_one() -> None:
    asked = {id: {pair.id for pair in offered(recipe(id).defaults)} for id in ("camvid-pyramid", "camvid-fcn")}
    assert "encoder" in asked["camvid-pyramid"] and asked["camvid-fcn"].isdisjoint({"encoder", "skips"})
