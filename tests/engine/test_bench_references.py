"""The loops our trainings are compared with teach the same networks, and each recipe can be measured alone."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
import torch
from torch import nn

from engine.bench.reference.plain_loop import Film, Letters, Sliding, Still
from engine.cli import main
from engine.data.animal_names import LETTERS, codes_of
from engine.signals import networks

pytestmark = pytest.mark.usefixtures("one_core")


def test_the_tutorials_letters_answer_as_ours() -> None:
    ours = networks.Letters().eval()
    theirs = Letters(len(LETTERS), 96, 5, 2, 0.5).eval()
    theirs.load_state_dict({name.replace("conv1", "conv"): value for name, value in ours.state_dict().items()})
    words = torch.stack([torch.from_numpy(codes_of(word)).float() for word in ("sea lion", "바다사자")])
    assert torch.allclose(ours(words), theirs(words), atol=1e-5)


def test_the_tutorials_film_answers_as_ours() -> None:
    ours, theirs = networks.Clip3d().eval(), Film((8, 24), 3, 4).eval()
    theirs.load_state_dict(ours.state_dict())
    clips = torch.rand(2, 3, 72, 72)
    assert torch.allclose(ours(clips), theirs(clips), atol=1e-4)


def test_the_tutorials_still_answers_as_ours() -> None:
    ours, theirs = networks.Clip2d().eval(), Still((24, 36), 3, 4).eval()
    theirs.load_state_dict(ours.state_dict())
    clips = torch.rand(2, 3, 72, 72)
    assert torch.allclose(ours(clips), theirs(clips), atol=1e-4)


@pytest.mark.parametrize(
    ("ours", "theirs", "shape"),
    [(networks.Next, (1, 10, 2, 10, 50, 1), (2, 3, 1)), (networks.Three, (3, 1, 5, 58, 50, 3), (2, 120, 3))],
)
def test_the_tutorials_sliding_networks_answer_as_the_slides(
    ours: Callable[[], nn.Module], theirs: tuple[int, ...], shape: tuple[int, ...]
) -> None:
    network, other = ours(), Sliding(*theirs)
    other.load_state_dict(network.state_dict())
    x = torch.randn(shape)
    assert torch.allclose(network(x), other(x), atol=1e-5)


def test_one_recipe_is_measured_alone_and_an_unknown_one_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "signals", "--model", "text-conv1d", "--repeats", "1", "--json"]) == 0
    found = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert list(found["recipes"]) == ["text-conv1d"]
    assert found["recipes"]["text-conv1d"]["reference"] == "engine/bench/reference/plain_loop.py"
    assert found["lowest_ratio"] == found["recipes"]["text-conv1d"]["ratio"] > 0
    assert main(["bench", "train", "--model", "magic", "--json"]) == 2
    assert "magic" in capsys.readouterr().err
