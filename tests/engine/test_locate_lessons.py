"""One object's class and box, and landmarks, as trainings: what α does, what is measured, asked and continued."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from engine.cli import main
from engine.data import drawn, load
from engine.data.photoset import PhotoSet
from engine.detect.landmark_lesson import Place
from engine.detect.localise import Located
from engine.detect.locate_changes import Pointed, changed
from engine.detect.locate_lesson import Locate, overlap
from engine.detect.locate_recipes import PAIRS
from engine.devices import choose
from engine.jobs import result_of
from engine.train.begin import fresh_state
from engine.train.curves import CACHE, read_columns
from engine.train.events import Checked, Step
from engine.train.fit import train
from engine.train.looking import Looked
from engine.train.recipes import recipe
from engine.zoo.landmarks import Landmarks
from tests.engine.driving import drive, of

SMALL: dict[str, Any] = {"width": 64, "height": 64, "batch_size": 6, "held_out": 4, "epochs": 1.0}


@pytest.fixture(scope="module")
def drawn_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch, home: Path, drawn_home: Path) -> None:
    """Small parts, drawn once for this file."""
    monkeypatch.setenv("CONVOSCOPE_HOME", str(drawn_home))
    monkeypatch.setitem(drawn.COUNTS, "train", 16)
    monkeypatch.setitem(drawn.COUNTS, "val", 6)


def settings_of(id: str, **changes: Any) -> Any:
    return dataclasses.replace(recipe(id).defaults, **{**SMALL, **changes})


def steps(id: str, count: int, **changes: Any) -> tuple[list[dict[str, float]], torch.nn.Module]:
    """A few steps on one batch: the parts of the loss before each, and the network after."""
    chosen, now, where = recipe(id), settings_of(id, augment=0.0, **changes), choose("cpu", "fp32")
    photos = result_of(load(chosen.datasets[0], "train"))
    state = fresh_state(chosen, now, where)
    batch = chosen.lesson.batch(photos, np.arange(6), now, state.generator, where)
    for group in state.optimizer.param_groups:
        group["lr"], group["weight_decay"] = 2e-3, 0.0
    state.network.train()
    found = []
    for _ in range(count):
        lost = chosen.lesson.loss(state.network, *batch, now, where)
        state.optimizer.zero_grad()
        lost.total.backward()
        state.optimizer.step()
        found.append({**{k: float(v) for k, v in lost.parts.items()}, "sum": float(lost.total.detach())})
    return found, state.network


@pytest.mark.parametrize("id", ["locate-digit", "stick-landmarks"])
def test_a_few_steps_lower_the_loss_and_its_parts_add_up(id: str) -> None:
    told, _ = steps(id, 8)
    assert told[-1]["sum"] < 0.6 * told[0]["sum"]
    for one in told:
        assert one["sum"] == pytest.approx(sum(v for k, v in one.items() if k != "sum"), rel=1e-4)


@pytest.mark.parametrize(("alpha", "learnt", "still"), [(1.0, "classes", "box"), (0.0, "box", "classes")])
def test_at_its_ends_alpha_teaches_only_the_name_or_only_the_place(alpha: float, learnt: str, still: str) -> None:
    chosen = recipe("locate-digit")
    torch.manual_seed(0)
    begun = fresh_state(chosen, settings_of("locate-digit"), choose("cpu", "fp32")).network.state_dict()
    told, network = steps("locate-digit", 3, alpha=alpha)
    after = network.state_dict()
    assert after[f"{still}.weight"].equal(begun[f"{still}.weight"])
    assert not after[f"{learnt}.weight"].equal(begun[f"{learnt}.weight"])
    silent = {"classes": "class", "box": "box"}[still]
    assert all(one[silent] == 0 < one["sum"] for one in told)
    assert float(after["alpha"]) == alpha  # by which a check weighs its loss as well


class _Says(torch.nn.Module):
    """A network whose answers are known."""

    def __init__(self, answers: Any) -> None:
        super().__init__()
        self.answers, self.at = answers, 0
        self.register_buffer("alpha", torch.tensor(0.25))

    def forward(self, x: torch.Tensor) -> Any:
        some = [part[self.at : self.at + len(x)] for part in self.answers]
        self.at += len(x)
        return type(self.answers)(*some)


def test_a_picture_is_located_when_class_and_box_are_right_at_once() -> None:
    photos: PhotoSet = result_of(load("placed-digits", "val"))
    assert photos.objects
    labels = torch.tensor([int(o.labels[0]) for o in photos.objects])
    boxes = torch.from_numpy(np.stack([o.boxes[0] for o in photos.objects]) / drawn.SIDE)
    logits = torch.nn.functional.one_hot(labels, 10).float() * 20
    logits[0] = logits[0].roll(1)  # named wrongly
    boxes[1] += 0.5  # placed wrongly
    found = Locate().measure(_Says(Located(logits, boxes)), photos, choose("cpu", "fp32"))
    assert found.accuracy == pytest.approx(4 / 6) and found.count == 6
    assert found.figures["class_right"] == pytest.approx(5 / 6)
    assert found.figures["mean_iou"] == pytest.approx(5 / 6, abs=0.02)
    assert found.confusion.sum() == 6 and np.trace(found.confusion) == 5
    assert found.loss == pytest.approx(0.25 * 20 / 6 + 0.75 * 100 / 6, rel=0.01)  # α = 0.25; 4 · 0.5² in tenths = 100
    assert overlap(torch.tensor([[0.0, 0, 2, 2]]), torch.tensor([[1.0, 0, 3, 2]])).item() == pytest.approx(1 / 3)


def test_landmarks_count_within_five_per_cent_and_each_has_its_own_figure() -> None:
    photos: PhotoSet = result_of(load("stick-figures", "val"))
    assert photos.objects
    points = torch.from_numpy(np.stack([o.keypoints[0, :, :2] for o in photos.objects]) / drawn.SIDE)
    points[:, 0, 0] += 0.04  # heads: near enough
    points[:, 3, 1] += 0.06  # right hands: not
    maps = torch.full((6, 11, 4, 4), 1 / 16)
    found = Place().measure(_Says(Landmarks(points, maps)), photos, choose("cpu", "fp32"))
    assert found.accuracy == pytest.approx(10 / 11)
    assert (found.figures["pck_head"], found.figures["pck_right_hand"]) == (1.0, 0.0)
    assert found.figures["mean_distance"] == pytest.approx(0.1 / 11, abs=1e-4)


def test_changed_pictures_keep_their_points_on_what_they_mark_and_inside() -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        picture = np.zeros((80, 100, 3), np.uint8)
        spots = rng.integers(8, 70, (2, 2))
        for x, y in spots:
            picture[y - 3 : y + 4, x - 3 : x + 4] = 255
        made = changed(Pointed(picture, spots.astype(np.float32)), strength=1.0, rng=rng)
        assert (made.points >= 0).all() and (made.points <= (100, 80)).all()
        for x, y in made.points.round().astype(int):
            assert made.picture[min(y, 79), min(x, 99)].max() > 100
    same = changed(Pointed(picture, spots.astype(np.float32)), strength=0.0, rng=rng)
    assert same.picture is picture


def test_a_mirrored_figure_still_raises_its_own_right_hand() -> None:
    lesson, points = Place(pairs=PAIRS), np.tile(np.arange(11, dtype=np.float32)[:, None], 2)
    mirrored = lesson._mirrored(Pointed(np.zeros((20, 20, 3), np.uint8), points)).points
    assert mirrored[3].tolist() == [20 - 5, 5] and mirrored[5].tolist() == [20 - 3, 3]  # right hand, left hand
    assert mirrored[0].tolist() == [20, 0]
    assert sorted(i for pair in PAIRS for i in pair) == [2, 3, 4, 5, 7, 8, 9, 10]


Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str]) -> Call:
    def run(*arguments: object) -> tuple[int, str, str]:
        status = main([str(a) for a in arguments])
        return status, *capfd.readouterr()

    return run


def test_a_localiser_is_trained_continued_measured_and_asked(call: Call, tmp_path: Path) -> None:
    run, ways = tmp_path / "run", {"device": "cpu", "precision": "fp32"}
    job = train("locate-digit", settings_of("locate-digit", epochs=2.0), out=run, **ways)
    for event in job:
        if isinstance(event, Checked):
            break
    job.close()
    events, outcome = drive(train("locate-digit", resume=run))
    assert outcome.metric == "located" and outcome.epochs == 2.0 and of(Step, events)[0].step > 1
    looked = of(Looked, events)[-1]
    glance = looked.glances[0]
    assert len(glance.found) == 1 and glance.least_score == 0.0 and len(looked.classes) == 10
    columns = result_of(read_columns(run))
    assert list(columns.parts) == ["class", "box"] and len(columns.parts["box"]) == columns.steps.shape[1]
    assert np.allclose(columns.parts["class"] + columns.parts["box"], columns.steps[3], rtol=1e-4)
    weights = run / "best.safetensors"
    status, out, err = call("evaluate", "locate-digit", "--weights", weights, "--json")
    result = json.loads(out.splitlines()[-1])
    assert status == 0 and {"located", "class_right", "mean_iou"} <= set(result) and len(result["classes"]) == 10
    picture = result_of(load("placed-digits", "val")).path(0)
    status, out, err = call("predict", "detect", picture, "--model", run, "--json")
    assert status == 0, err
    assert all(r["category_id"] in range(10) for r in json.loads(out.splitlines()[-1])["results"])
    few = [f"{k}={v}" for k, v in {**SMALL, "epochs": 0.5}.items()]
    status, _, err = call("train", "stick-landmarks", "--out", tmp_path / "b", "--set", *few, "--from", run)
    assert status == 0 and "(encoder)" in err and "landmarks within 5 %" in err


def test_parts_of_older_runs_and_of_older_caches_are_read(tmp_path: Path) -> None:
    row = {"event": "step", "step": 1, "epoch": 0.1, "seconds": 1.0, "loss": 3.0, "accuracy": 0.5}
    row |= {"learning_rate": 0.1, "gradient_norm": 1.0, "images_per_second": 5.0}
    lines = [{**row, "step": n, "parts": {"class": n / 2, "box": n / 4} if n > 700 else {}} for n in range(1, 1401)]
    (tmp_path / "metrics.jsonl").write_text("\n".join(map(json.dumps, [{"format": 1}, *lines])) + "\n")
    for _ in range(2):  # from the file, then from the cache
        columns = result_of(read_columns(tmp_path))
        assert (tmp_path / CACHE).is_file()
        assert math.isnan(columns.parts["box"][699]) and columns.parts["box"][700] == pytest.approx(701 / 4)
    content = (tmp_path / CACHE).read_bytes()
    (tmp_path / CACHE).write_bytes(
        content.replace(b'\\"parts\\"', b'\\"porte\\"')
    )  # as a version without them wrote it
    assert result_of(read_columns(tmp_path)).parts["class"][-1] == 700


def test_landmarks_of_a_run_are_predicted_where_the_figure_is(call: Call, tmp_path: Path) -> None:
    run = tmp_path / "run"
    now = settings_of("stick-landmarks", width=96, height=96)
    result_of(train("stick-landmarks", now, out=run, device="cpu", precision="fp32"))
    photos: PhotoSet = result_of(load("stick-figures", "val"))
    status, _, err = call("predict", "keypoints", photos.path(0), "--model", run, "--out", tmp_path / "o", "--json")
    assert status == 0, err
    told = json.loads((tmp_path / "o" / "results.coco.json").read_text())
    marks = told["annotations"] if isinstance(told, dict) else told
    glance = recipe("stick-landmarks").lesson.look(_opened(run), photos, [0], choose("cpu", "fp32"))[0]
    assert glance.points is not None and len(marks) == 1
    assert np.allclose(np.reshape(marks[0]["keypoints"], (-1, 3))[:, :2], glance.points[:, :2], atol=1.0)


def _opened(run: Path) -> torch.nn.Module:
    from engine.cards import Task
    from engine.train.trained import open_trained

    return open_trained(str(run), Task.LANDMARKS).network
