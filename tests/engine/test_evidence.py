"""What lies behind a check: dead units, fading gradients, the size of a step, and how a network errs."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

import numpy as np
import pytest
import torch
from driving import drive, drive_to, learnt, of, quick
from torch import nn

from engine.data import ImageSet, load
from engine.devices import choose
from engine.jobs import result_of
from engine.train.events import Checked, Examined
from engine.train.evidence import Readings, dead_shares, gradients_of, readings, surer, update_ratios
from engine.train.fit import train
from engine.train.run_folder import read_events
from engine.zoo.digits import DigitNet


@pytest.fixture(scope="module")
def small() -> ImageSet:
    return result_of(load("digits8", "train"))


def three_layers() -> DigitNet:
    layers = OrderedDict(
        flatten=nn.Flatten(), fc1=nn.Linear(64, 32), relu1=nn.ReLU(), fc2=nn.Linear(32, 20), relu2=nn.ReLU()
    )
    return DigitNet(OrderedDict(**layers, fc3=nn.Linear(20, 10)))


def test_a_unit_is_dead_when_it_answers_no_picture_at_all() -> None:
    network, pictures = three_layers().eval(), torch.rand(50, 1, 8, 8)
    with torch.no_grad():
        network.layers.fc1.bias[:8] = -1000.0
        network.layers.fc1.bias[8:] = 1000.0
        network.layers.fc2.bias[:] = -100_000.0
    with torch.inference_mode():
        assert dead_shares(network, pictures) == {"relu1": 0.25, "relu2": 1.0}


def test_a_channel_is_alive_when_it_answers_anywhere_in_any_picture() -> None:
    network = nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU())
    with torch.no_grad():
        network[0].weight.zero_()
        network[0].weight[1:3, 0, 1, 1] = 1.0
        network[0].bias.copy_(torch.tensor([-1.0, -0.5, -2.0, -1.0]))
    pictures = torch.zeros(3, 1, 8, 8)
    pictures[2, 0, 4, 4] = 1.0  # enough for the second channel alone
    with torch.inference_mode():
        assert dead_shares(network, pictures) == {"1": 0.75}


def test_watching_for_dead_units_leaves_nothing_behind() -> None:
    network = three_layers().eval()
    with torch.inference_mode():
        dead_shares(network, torch.rand(5, 1, 8, 8))
    assert not network.layers.relu1._forward_hooks


def test_the_update_ratio_is_what_adam_really_did() -> None:
    torch.manual_seed(0)
    network = three_layers()
    adam = torch.optim.AdamW(network.parameters(), lr=0.01, weight_decay=0.0)
    assert update_ratios(network, adam) == {}
    for _ in range(4):
        before = {name: weight.detach().clone() for name, weight in network.named_parameters()}
        loss = nn.functional.cross_entropy(network(torch.rand(30, 1, 8, 8)), torch.randint(10, (30,)))
        adam.zero_grad()
        loss.backward()
        adam.step()
    found = update_ratios(network, adam)
    assert list(found) == list(gradients_of(network)) == ["fc1", "fc2", "fc3"]
    for name, ratio in found.items():
        weight = dict(network.named_parameters())[f"layers.{name}.weight"].detach()
        moved = (weight - before[f"layers.{name}.weight"]).square().mean().sqrt()
        assert ratio == pytest.approx((moved / weight.square().mean().sqrt()).item(), rel=1e-3)


def test_readings_tell_loss_choice_and_certainty_of_each_picture(small: ImageSet) -> None:
    network, some = three_layers().eval(), small.part(np.arange(40), "train")
    with torch.inference_mode():
        found = readings(network, some, choose("cpu", "fp32"))
        scores = network(torch.from_numpy(some.images)[:, None] / 255)
    order = scores.argsort(1, descending=True)
    labels = torch.from_numpy(some.labels)
    assert np.allclose(found.loss, nn.functional.cross_entropy(scores, labels, reduction="none"), atol=1e-5)
    assert (found.right == (order[:, 0] == labels).numpy()).all()
    assert (found.second == (order[:, 1] == labels).numpy()).all()
    assert np.allclose(found.sure, scores.softmax(1).max(1).values, atol=1e-5)


@pytest.mark.parametrize(
    ("sure", "right", "expected"),
    [
        ([0.9, 0.8, 0.3, 0.2], [True, True, False, False], 1.0),
        ([0.2, 0.3, 0.8, 0.9], [True, True, False, False], 0.0),
        ([0.5, 0.5, 0.5, 0.5], [True, True, False, False], 0.5),
        ([0.9, 0.4, 0.6, 0.1], [True, True, False, False], 0.75),
        ([0.9, 0.4], [True, True], 0.5),
    ],
)
def test_surer_is_the_share_of_pairs_in_which_the_right_one_was_surer(
    sure: list[float], right: list[bool], expected: float
) -> None:
    nothing = np.zeros(len(sure))
    assert surer(Readings(nothing, np.array(right), nothing > 0, np.array(sure))) == pytest.approx(expected)


def test_every_check_of_a_run_has_its_evidence_recorded(tmp_path: Path) -> None:
    events, _ = drive(train("digits-quick", quick(epochs=1.0), out=tmp_path / "run"))
    examined, checks = of(Examined, events), [c for c in of(Checked, events) if c.split == "held-out"]
    assert [one.step for one in examined] == [one.step for one in checks]
    last = examined[-1]
    assert last.train_count == 512
    assert last.held_out_count == checks[-1].count == 143
    assert last.wrong == round((1 - checks[-1].accuracy) * 143)
    assert 0 <= last.second <= last.wrong
    assert set(last.dead) == {"relu1", "relu2", "relu_fc1"}
    assert set(last.gradients) == set(last.updates) == {"conv1", "conv2", "fc1", "fc2"}
    assert of(Examined, read_events(tmp_path / "run")) == examined


def test_looking_for_evidence_does_not_change_what_is_learnt(tmp_path: Path) -> None:
    whole, _ = drive(train("digits-quick", quick(epochs=1.0, dropout=0.3), out=tmp_path / "whole"))
    first = drive_to(train("digits-quick", quick(epochs=1.0, dropout=0.3), out=tmp_path / "half"), _second_evidence())
    drive(train("digits-quick", resume=tmp_path / "half"))
    assert learnt(first)[-1][1] < learnt(whole)[-1][1]
    assert learnt(whole) == learnt(read_events(tmp_path / "half"))


def _second_evidence() -> object:
    seen: list[object] = []

    def enough(event: object) -> bool:
        if isinstance(event, Examined):
            seen.append(event)
        return len(seen) == 2

    return enough
