"""Row 1: one fixed shuffle of all pixels, as data and as a part of a network, and its experiment."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch
from driving import drive, drive_to, of

from engine import places
from engine.data.permute import permutation, shuffled
from engine.jobs import result_of
from engine.train.experiments import Cell, Going, Row1, row1, said
from engine.train.recipes import recipe
from engine.train.runs import list_runs
from engine.zoo import digits


def test_every_pixel_goes_to_one_place_and_always_the_same() -> None:
    order = permutation(784)
    assert sorted(order) == list(range(784))
    assert (order == permutation(784)).all()
    assert (order != permutation(784, seed=2)).any()
    assert abs(np.corrcoef(order, np.arange(784))[0, 1]) < 0.2  # neighbours are no longer near


@pytest.mark.parametrize("shape", [(3, 8, 8), (3, 8, 8, 3)])
def test_all_pictures_are_shuffled_alike_and_lose_nothing(shape: tuple[int, ...]) -> None:
    images = np.random.default_rng(0).integers(256, size=shape, dtype=np.uint8)
    found = shuffled(images)
    assert found.shape == shape and found.dtype == np.uint8
    order = permutation(64)
    assert (found.reshape(3, 64, -1) == images.reshape(3, 64, -1)[:, order]).all()


def test_the_shuffle_in_the_network_is_the_shuffle_of_the_pictures() -> None:
    for make, side in ((digits.mlp, 28), (digits.simple, 28), (digits.deep, 28)):
        plain, mixed = (make(batch_norm=False, dropout=0.0, shuffle_pixels=on).eval() for on in (False, True))
        mixed.load_state_dict({**mixed.state_dict(), **plain.state_dict()})
        images = np.random.default_rng(1).random((4, side, side), np.float32)
        with torch.inference_mode():
            by_data = plain(torch.from_numpy(shuffled(images))[:, None])
            by_network = mixed(torch.from_numpy(images)[:, None])
        assert torch.allclose(by_data, by_network, atol=1e-6)


def test_the_shuffle_changes_no_count_of_parameters_and_no_bundled_network() -> None:
    for id in ("mnist-mlp", "mnist-simple", "mnist-deep", "digits-quick"):
        chosen = recipe(id)
        settings = dataclasses.replace(chosen.defaults, shuffle_pixels=True)  # type: ignore[call-arg]
        counts = {sum(p.numel() for p in chosen.build(one).parameters()) for one in (chosen.defaults, settings)}
        assert len(counts) == 1
        assert "layers.shuffle.order" not in chosen.build(chosen.defaults).state_dict()


def test_the_experiment_trains_four_networks_and_says_what_the_shuffle_cost() -> None:
    events, found = drive(row1(dataset="digits", epochs=0.2, spare=999))
    assert isinstance(found, Row1)
    assert [(cell.network, cell.shuffled) for cell in found.cells] == [
        ("MLP", False),
        ("MLP", True),
        ("CNN", False),
        ("CNN", True),
    ]
    assert of(Cell, events) == list(found.cells)
    assert {cell.count for cell in found.cells} == {1000}
    assert found.cell("MLP", True).parameters == found.cell("MLP", False).parameters == 109_386
    going = of(Going, events)
    assert going[0].done < 0.5 and going[-1].done == 1.0
    kept = {run.folder for run in result_of(list_runs())}
    assert kept == {Path(cell.folder) for cell in found.cells}
    assert found.words.render("en").startswith("MLP: ")
    assert found.words.render("ko").count("섞으면") == 2


def test_a_cancelled_experiment_keeps_what_was_trained_and_frees_the_rest() -> None:
    drive_to(row1(dataset="digits", epochs=0.2, spare=999), lambda event: isinstance(event, Going) and event.shuffled)
    states = {run.state for run in result_of(list_runs(places.runs()))}
    assert states == {"done", "stopped"}


def cell(network: str, *, shuffled: bool, accuracy: float, count: int = 1000) -> Cell:
    return Cell(network, "mnist-mlp", shuffled, 10, accuracy, count, accuracy, 1.0, "folder")


def test_a_difference_that_chance_would_make_is_none() -> None:
    mlp = [cell("MLP", shuffled=False, accuracy=0.94), cell("MLP", shuffled=True, accuracy=0.93)]
    cnn = [cell("CNN", shuffled=False, accuracy=0.98), cell("CNN", shuffled=True, accuracy=0.93)]
    words = said([*mlp, *cnn]).render("en")
    assert "MLP: 94.0\u2009% as they are, 93.0\u2009% shuffled: no difference seen." in words
    assert "5.0 points lost, because it looks at neighbours." in words
