"""Starting from a learnt network: what is frozen stays, what is few is few, and it pays."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch
from driving import drive

from engine.cli import main
from engine.data import load
from engine.data.learnable import load_to_judge, load_to_learn
from engine.data.opened import open_place
from engine.devices import choose
from engine.errors import LabError
from engine.jobs import result_of
from engine.train.events import Snapshot
from engine.train.fit import train
from engine.train.recipes import recipe
from engine.train.transfer_curves import Compared, compare, settings_of
from engine.train.transfer_lesson import views_of
from engine.zoo.transferred import Transferred

pytestmark = pytest.mark.usefixtures("one_core")
QUICK = dataclasses.replace(recipe("transfer-digits").defaults, epochs=1.5, held_out=60)


def test_with_ten_pictures_of_each_digit_what_was_learnt_elsewhere_wins(tmp_path: Path) -> None:
    job = compare("transfer-digits", settings=QUICK, ways=("scratch", "frozen", "tuned"), counts=(10,), below=tmp_path)
    _, found = drive(job)
    assert isinstance(found, Compared)
    scratch, frozen, tuned = (found.cell(way, 10) for way in ("scratch", "frozen", "tuned"))
    assert scratch is not None
    assert frozen is not None
    assert tuned is not None
    assert min(frozen.accuracy, tuned.accuracy) > 0.8 > scratch.accuracy
    fewer = found.fewer(10)
    assert fewer is not None
    assert fewer > 3
    assert (tmp_path / "frozen-10" / "best.safetensors").is_file()


def test_a_source_unlike_the_new_pictures_helps_less(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["transfer", "transfer-digits", "--ways", "scratch", "frozen", "unlike", "--images", "10", "--json"]
    assert main([*words, "--set", "held_out=60", "--epochs", "1.5", "--seed", "7", "8", "--out", str(tmp_path)]) == 0
    result = json.loads(capsys.readouterr().out.splitlines()[-1])
    errors = {way: result["errors"][way]["10"] for way in ("scratch", "frozen", "unlike")}
    assert errors["frozen"][0] < errors["unlike"][0] - 0.1  # digits teach digits, photographs hardly
    assert all(spread > 0 for _, spread in errors.values())
    assert result["count"] == 2 and len(result["cells"]) == 6
    assert result["times_fewer_errors"]["10"] == pytest.approx(errors["scratch"][0] / errors["frozen"][0])
    assert "MNIST" in result["words"]["en"] and "ImageNet" in result["words"]["en"]
    assert (tmp_path / "seed-8" / "unlike-10" / "best.safetensors").is_file()


def test_frozen_layers_do_not_move_and_the_others_do(tmp_path: Path) -> None:
    settings = dataclasses.replace(QUICK, freeze=4, per_class=6, epochs=2.0)
    events, _ = drive(train("transfer-digits", settings, device="cpu", precision="fp32", out=tmp_path / "run"))
    first, *_, last = (event for event in events if isinstance(event, Snapshot))
    network = recipe("transfer-digits").make(**first.build)
    assert isinstance(network, Transferred)
    assert 0 < network.frozen < len(network.encoder)
    still = [f"encoder.{number}." for number in range(network.frozen)]
    for name, before in first.weights.items():
        moved = not torch.equal(before, last.weights[name])
        if name.startswith(tuple(still)):
            assert not moved, name
        elif name.startswith("fc"):
            assert moved


def test_only_so_many_pictures_of_each_class_are_learnt_from(tmp_path: Path) -> None:
    settings = dataclasses.replace(QUICK, per_class=3, epochs=0.5, freeze=9)
    events, _ = drive(train("transfer-digits", settings, device="cpu", precision="fp32", out=tmp_path / "run"))
    started = next(event for event in events if type(event).__name__ == "Started")
    assert started.train_count == 30  # type: ignore[attr-defined]


def test_from_nothing_nothing_is_frozen() -> None:
    assert settings_of("scratch", 50, QUICK).freeze == 0
    assert settings_of("frozen", 50, QUICK).freeze == 9
    assert settings_of("tuned", 200, QUICK).epochs < settings_of("tuned", 10, QUICK).epochs


def test_a_folder_with_a_folder_for_each_class_can_be_learnt(tmp_path: Path) -> None:
    digits = result_of(load("digits8", "train"))
    for index in range(60):
        folder = tmp_path / "Hände 손" / str(int(digits.labels[index]) % 2)
        folder.mkdir(parents=True, exist_ok=True)
        picture = cv2.resize(digits.images[index], (40, 30))
        (folder / f"{index}.png").write_bytes(cv2.imencode(".png", picture)[1].tobytes())
    card = result_of(open_place(tmp_path / "Hände 손"))[0]
    learnt, judged = result_of(load_to_learn(card.id, None)), result_of(load_to_judge(card.id, None))
    assert not set(learnt.files) & set(judged.files)
    assert len(learnt) + len(judged) == 60
    settings = dataclasses.replace(QUICK, per_class=5, held_out=10, epochs=1.0, freeze=9)
    _, done = drive(
        train("transfer-digits", settings, dataset=card.id, device="cpu", precision="fp32", out=tmp_path / "run")
    )
    assert done.test_count == len(judged)


def test_ways_that_do_not_exist_are_refused() -> None:
    with pytest.raises(LabError):
        drive(compare("transfer-digits", ways=("magic",)))
    with pytest.raises(LabError):
        drive(compare("mnist-deep"))


def test_what_frozen_layers_said_of_a_view_does_not_depend_on_when_it_was_asked_for() -> None:
    one, now = recipe("transfer-digits"), dataclasses.replace(QUICK, freeze=9, classes=10)
    data, device, keys = (
        result_of(load("digits8", "train")),
        choose("cpu", "fp32"),
        torch.tensor([[3, 0], [9, 7], [3, 5]]),
    )
    together, alone = one.build(now), one.build(now)
    alone.load_state_dict(together.state_dict())
    lesson: Any = one.lesson
    at_once = lesson._remembered(together.train(), keys, data, now, device)
    one_by_one = [lesson._remembered(alone.train(), key[None], data, now, device)[0] for key in keys.flip(0)]
    assert torch.allclose(at_once.flip(0), torch.stack(one_by_one), atol=1e-5)
    assert not torch.allclose(at_once[0], at_once[2])  # two views of the same picture
    assert len(together.known) == 3  # type: ignore[arg-type]


def test_views_of_a_photograph_stay_in_range_and_of_a_digit_are_not_mirrored() -> None:
    now = recipe("transfer-photos").defaults
    colour = torch.rand(8, 3, 32, 32)
    seen = views_of(colour, now, torch.Generator().manual_seed(0))
    assert seen.shape == colour.shape
    assert 0 <= float(seen.min()) <= float(seen.max()) <= 1
    assert not torch.allclose(seen, colour)
    left = torch.zeros(16, 1, 28, 28)
    left[:, :, 8:20, 4:8] = 1.0  # a bar at the left
    centre = views_of(left, now, torch.Generator().manual_seed(0)).sum((1, 2)).numpy() @ np.arange(28)
    mass = views_of(left, now, torch.Generator().manual_seed(0)).sum((1, 2, 3)).numpy()
    assert (centre / mass < 14).all()
