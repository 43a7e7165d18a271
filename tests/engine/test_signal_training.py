"""Networks for signals, learnt and asked: the slide's numbers, its activity network, people left out, sensors off."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from driving import drive

from engine.bench.reference.har_loop import Tutorial
from engine.cli import main
from engine.data.signalset import SignalSet
from engine.errors import LabError
from engine.signals.ablate import SensorBar, Sensors, ablate, sensors_of
from engine.signals.augment import _spread, _stretched, rotations
from engine.signals.folds import Fold, Folds, leave_one_out
from engine.signals.look import examples, hear
from engine.signals.networks import (
    WIDTHS,
    Activity,
    AlongLetters,
    Clip2d,
    Clip3d,
    Next,
    Product,
    Three,
    ThroughTime,
    frames_of,
)
from engine.signals.next_number import numbers_in
from engine.signals.recipes import three_of
from engine.train.events import Checked, Snapshot
from engine.train.fit import train
from engine.train.recipes import recipe

pytestmark = pytest.mark.usefixtures("one_core")


@pytest.fixture(scope="module")
def fused(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[object]]:
    """A run of sensor fusion on the recordings that come with the app, and what it told."""
    folder = tmp_path_factory.mktemp("fused") / "run"
    settings = dataclasses.replace(recipe("sensor-fusion").defaults, epochs=1.0)
    events, _ = drive(train("sensor-fusion", settings, device="cpu", precision="fp32", out=folder))
    return folder, list(events)


def test_the_slides_networks_have_the_slides_layers() -> None:
    next_, three = Next(), Three()
    assert next_(torch.zeros(2, 3, 1)).shape == (2, 1)
    assert sum(p.numel() for p in next_.parameters()) == (10 * 2 + 10) + (10 * 50 + 50) + (50 + 1)
    assert three(torch.zeros(2, 120, 3)).shape == (2, 3)
    assert sum(p.numel() for p in three.parameters()) == (3 * 5 + 1) + (58 * 50 + 50) + (50 * 3 + 3)


def test_after_70_80_90_comes_about_100(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = dataclasses.replace(recipe("next-number").defaults, epochs=700.0, keep_checkpoints=0)
    drive(train("next-number", settings, device="cpu", precision="fp32", out=tmp_path / "run"))
    assert main(["signals", "next", "70", "80", "90", "--model", str(tmp_path / "run"), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out.splitlines()[-1])["answer"]
    assert answer == pytest.approx(100, abs=6)


def test_what_is_not_three_numbers_is_refused_in_words() -> None:
    for words in ("", "1 2", "a b c", "1 2 nan"):
        with pytest.raises(LabError):
            numbers_in(words)


def test_the_slides_window_is_cut_out_of_longer_ones_and_other_classes_are_left_out() -> None:
    from engine.data import load
    from engine.jobs import result_of

    whole: SignalSet = result_of(load("phone-watch", "val"))
    part: SignalSet = result_of(three_of(whole))
    assert part.x.shape[1:] == (120, 3)
    assert [name.en for name in part.classes] == ["seated", "walking", "turning"]
    assert len(part) == int(np.isin(whole.labels, (0, 2, 3)).sum())


def test_fusion_learns_from_all_channels_that_there_are(fused: tuple[Path, list[object]]) -> None:
    folder, events = fused
    about = json.loads((folder / "run.json").read_text())
    assert (about["settings"]["channels"], about["settings"]["classes"]) == (7, 5)
    last = [event for event in events if isinstance(event, Checked)][-1]
    assert last.split == "val"
    assert last.accuracy > 0.7
    assert last.mistakes.images.shape[1:] == (128, 7)


def test_each_sensor_is_switched_off_in_turn(fused: tuple[Path, list[object]]) -> None:
    events, found = drive(ablate(str(fused[0]), device="cpu"))
    assert isinstance(found, Sensors)
    assert [bar.name for bar in found.bars[:2]] == ["phone", "watch"]
    assert len(found.bars) == 2 + 7
    assert [event for event in events if isinstance(event, SensorBar)] == list(found.bars)
    _, blind = drive(ablate(str(fused[0]), device="cpu", off=range(7)))
    assert blind.whole <= found.chance + 1e-9 or blind.whole < found.whole - 0.1
    assert len({round(bar.accuracy, 6) for bar in blind.bars}) == 1  # nothing is left to lose


def test_axes_of_one_sensor_belong_together() -> None:
    assert sensors_of(("a x", "a y", "a z", "time")) == [
        ("a", (0, 1, 2)),
        ("a x", (0,)),
        ("a y", (1,)),
        ("a z", (2,)),
        ("time", (3,)),
    ]


def test_a_kernel_answers_along_the_window(fused: tuple[Path, list[object]]) -> None:
    snapshot = [event for event in fused[1] if isinstance(event, Snapshot)][-1]
    _, some = drive(examples("sensor-fusion"))
    assert list(some.labels[:5]) == [0, 1, 2, 3, 4]  # one of every class first
    _, heard = drive(hear(some.x[0], "sensor-fusion", snapshot, kernel=3))
    assert heard.scores.shape == (5,)
    assert heard.scores.sum() == pytest.approx(1, abs=1e-4)
    assert heard.response.shape == (128,)
    assert heard.kernel.shape == (15, 7)
    assert heard.kernels == 32


def test_a_person_left_out_was_not_learnt_from() -> None:
    settings = dataclasses.replace(recipe("activity-conv1d").defaults, epochs=0.3)
    job = leave_one_out(settings=settings, dataset_id="phone-watch", device="cpu", precision="fp32", people=(5, 6))
    events, found = drive(job)
    assert isinstance(found, Folds)
    assert [event.person for event in events if isinstance(event, Fold)] == [5, 6]
    assert found.mean == pytest.approx(np.mean([fold.accuracy for fold in found.folds]))
    assert all(fold.count == fold.confusion.sum() for fold in found.folds)
    with pytest.raises(LabError):
        drive(leave_one_out(settings=settings, dataset_id="phone-watch", people=(999,)))


def test_turns_keep_lengths() -> None:
    turns = rotations(4, 90.0, torch.Generator().manual_seed(0))
    assert torch.allclose(turns @ turns.transpose(1, 2), torch.eye(3).expand(4, 3, 3), atol=1e-5)


def test_convolution_along_time_is_torchs_own() -> None:
    layer = Activity().layers[0]
    x = torch.randn(2, 7, 40)
    own = layer(x[:, :, None])[:, :, 0]
    theirs = torch.nn.functional.conv1d(x, layer.weight, None, 1, 3)
    assert torch.allclose(own, theirs, atol=1e-5)


def test_the_activity_network_learns_as_torchs_own_layers_do() -> None:
    ours, theirs = Activity(5, 4, 0.0).train(), Tutorial(WIDTHS, 5, 4).train()
    theirs.drop.p = 0.0
    with torch.no_grad():
        ours.norm.weight.uniform_(0.5, 2.0)
        ours.norm.bias.uniform_(-1.0, 1.0)  # what ends where the window does
    alike = dict(zip(ours.state_dict(), theirs.state_dict(), strict=True))
    theirs.load_state_dict({alike[name]: value for name, value in ours.state_dict().items()})
    x, wanted = torch.randn(6, 40, 4) * 3 + 1, torch.randint(0, 5, (6,))
    for network, windows in ((ours, x), (theirs, Activity.views(x))):
        torch.nn.functional.cross_entropy(network(windows), wanted).backward()
    for mine, other in zip(ours.parameters(), theirs.parameters(), strict=True):
        assert torch.allclose(mine.grad, other.grad, rtol=1e-3, atol=1e-5)
    for name, value in ours.state_dict().items():
        assert torch.allclose(value, theirs.state_dict()[alike[name]], atol=1e-5), name
    assert torch.allclose(ours.eval()(x), theirs.eval()(Activity.views(x)), atol=1e-4)


def test_a_product_of_windows_is_torchs_own_convolution() -> None:
    layer, x = Product(3, 4, 5), torch.randn(2, 20, 3)
    theirs = torch.nn.functional.conv1d(x.transpose(1, 2), layer.weight, layer.bias)
    assert torch.allclose(layer(x), theirs, atol=1e-5)


@pytest.mark.parametrize(("recipe_id", "places"), [("activity-3", 116), ("text-conv1d", 32)])
def test_what_a_kernel_answers_along_the_window_is_heard(recipe_id: str, places: int) -> None:
    chosen = recipe(recipe_id)
    network = chosen.build(chosen.defaults).eval()
    state = Snapshot(0, 0.0, recipe_id, network.state_dict(), chosen.build_arguments(chosen.defaults), {})
    window = np.random.default_rng(0).integers(0, 9, (120, 3) if places == 116 else (32, 1)).astype(np.float32)
    _, heard = drive(hear(window, recipe_id, state, kernel=chosen.layers[1].channels - 1))
    assert heard.response.shape == (places,)


def test_windows_are_stretched_by_what_lies_between_their_samples_and_stay_apart() -> None:
    rising = torch.arange(40.0) + torch.tensor([0.0, 1000.0])[:, None, None]
    read = _stretched(rising, 1.0, torch.Generator().manual_seed(0))
    steps = read[:, 0, 1:].diff(dim=1)
    assert (read[0] <= 39).all() and (read[1] >= 1000).all() and (steps >= -1e-3).all()
    assert steps[0].max().item() == pytest.approx(steps[0][steps[0] > 0.5].median().item(), rel=0.2)


def test_noise_is_measured_by_the_standard_deviation() -> None:
    x = torch.randn(3, 2, 50) * torch.tensor([[1.0], [9.0]]) + 5
    assert torch.allclose(_spread(x), x.std(2, keepdim=True), rtol=1e-4)


def test_a_convolution_through_frames_is_torchs_own() -> None:
    layer, film = ThroughTime(3, 8, 3, padding=1), torch.randn(2, 3, 9, 6, 5)
    own = layer(film.transpose(1, 2).flatten(0, 1)).view(2, 9, 8, 6, 5).transpose(1, 2)
    theirs = torch.nn.functional.conv3d(film, layer.weight, layer.bias, 1, 1)
    assert torch.allclose(own, theirs, atol=1e-5)
    (a,) = torch.autograd.grad(own.square().sum(), layer.weight)
    (b,) = torch.autograd.grad(theirs.square().sum(), layer.weight)
    assert torch.allclose(a, b, rtol=1e-4, atol=1e-4)


def test_letters_are_looked_up_as_torch_would_convolve_them() -> None:
    layer, codes = AlongLetters(11, 6, 5, padding=2), torch.randint(0, 11, (3, 8))
    own = layer(codes)
    letters = torch.nn.functional.one_hot(codes, 11).transpose(1, 2).float()
    theirs = torch.nn.functional.conv1d(letters, layer.weight, layer.bias, 1, 2)
    assert torch.allclose(own, theirs, atol=1e-5)
    (a,) = torch.autograd.grad(own.square().sum(), layer.weight)
    (b,) = torch.autograd.grad(theirs.square().sum(), layer.weight)
    assert torch.allclose(a, b, rtol=1e-4, atol=1e-4)


def test_only_the_strongest_place_of_a_word_learns_as_if_all_did() -> None:
    layer, codes = AlongLetters(11, 6, 5, padding=2), torch.randint(0, 11, (3, 8))
    short, long = layer.train().strongest(codes), layer(codes).amax(2)
    assert torch.allclose(short, long, atol=1e-6) and torch.allclose(layer.eval().strongest(codes), long, atol=1e-6)
    for a, b in zip(
        torch.autograd.grad(short.square().sum(), list(layer.parameters())),
        torch.autograd.grad(long.square().sum(), list(layer.parameters())),
        strict=True,
    ):
        assert torch.allclose(a, b, rtol=1e-4, atol=1e-5)


def test_conv3d_sees_the_order_of_frames_and_conv2d_does_not() -> None:
    pictures = torch.rand(2, 3, 72, 72)
    frames = frames_of(pictures)
    assert torch.equal(frames[0, 4], pictures[0, :, 24:48, 24:48] * 2 - 1)  # the middle one
    swapped = pictures.clone()
    swapped[:, :, :24, :24], swapped[:, :, 48:, 48:] = pictures[:, :, 48:, 48:], pictures[:, :, :24, :24]
    flat, deep = Clip2d().eval(), Clip3d().to(torch.device("cpu"), memory_format=torch.channels_last).eval()
    assert torch.allclose(flat(pictures), flat(swapped))
    assert not torch.allclose(deep(pictures), deep(swapped))
