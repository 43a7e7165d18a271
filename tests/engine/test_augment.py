"""Small random changes to a batch of training pictures."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import torch

from engine.data import ImageSet
from engine.data.augment import augment
from engine.data.browse import augmented
from engine.jobs import result_of
from engine.train.settings import TrainSettings

STILL = dataclasses.replace(TrainSettings(), shift=0.0, rotate=0.0, scale=0.0, stretch=0.0)
ALL = dataclasses.replace(STILL, shift=3.0, rotate=20.0, scale=0.2, stretch=0.2)
AMOUNTS = [
    {"shift": 3.0},
    {"rotate": 45.0},
    {"scale": 0.5},
    {"stretch": 0.5},
    {"shift": 8.0, "rotate": 45.0, "scale": 0.5, "stretch": 0.5},
]


def generator(seed: int = 5) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.fixture
def batch(digits: ImageSet) -> torch.Tensor:
    return torch.from_numpy(digits.images[:64].copy())[:, None].float().div(255)  # (64, 1, 28, 28)


def test_nothing_to_change_gives_the_very_same_pictures(batch: torch.Tensor) -> None:
    assert augment(batch, STILL, generator()) is batch


def test_a_strength_of_zero_switches_everything_off(batch: torch.Tensor) -> None:
    assert augment(batch, dataclasses.replace(ALL, augment=0.0), generator()) is batch


def test_switched_off_it_draws_no_random_number(batch: torch.Tensor) -> None:
    used = generator()
    augment(batch, STILL, used)
    assert torch.equal(used.get_state(), generator().get_state())


@pytest.mark.parametrize("amounts", AMOUNTS, ids=lambda amounts: "+".join(amounts))
def test_the_same_random_state_gives_the_same_pictures(batch: torch.Tensor, amounts: dict[str, float]) -> None:
    how = dataclasses.replace(STILL, **amounts)
    first, again, other = (augment(batch, how, generator(seed)) for seed in (1, 1, 2))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


@pytest.mark.parametrize("amounts", AMOUNTS, ids=lambda amounts: "+".join(amounts))
def test_brightness_stays_finite_and_between_paper_and_ink(batch: torch.Tensor, amounts: dict[str, float]) -> None:
    made = augment(batch, dataclasses.replace(STILL, **amounts), generator())
    assert made.shape == batch.shape
    assert made.isfinite().all()
    assert made.min() >= -1e-6
    assert made.max() <= 1 + 1e-6


def test_it_leaves_the_pictures_it_was_given(batch: torch.Tensor) -> None:
    before = batch.clone()
    augment(batch, ALL, generator())
    assert torch.equal(batch, before)


def test_each_picture_of_a_batch_changes_in_its_own_way(batch: torch.Tensor) -> None:
    same = batch[:1].expand(8, -1, -1, -1).contiguous()
    made = augment(same, ALL, generator())
    assert all(not torch.equal(made[0], made[i]) for i in range(1, 8))


def centre_of_mass(pictures: torch.Tensor) -> torch.Tensor:
    """(B, 1, H, W) to (B, 2), x and y in pixels."""
    mass = pictures[:, 0].double()
    total = mass.sum((1, 2))
    xs = (mass.sum(1) * torch.arange(mass.shape[2])).sum(1) / total
    ys = (mass.sum(2) * torch.arange(mass.shape[1])).sum(1) / total
    return torch.stack((xs, ys), dim=1)


def blobs(count: int) -> torch.Tensor:
    pictures = torch.zeros(count, 1, 28, 28)
    pictures[:, :, 12:16, 11:16] = torch.rand(4, 5, generator=generator())
    return pictures


def test_a_shift_moves_the_content_by_up_to_the_amount_and_no_further() -> None:
    before = blobs(256)
    made = augment(before, dataclasses.replace(STILL, shift=4.0), generator())
    moved = centre_of_mass(made) - centre_of_mass(before)
    assert moved.abs().max() <= 4.0 + 1e-3
    assert moved.min(0).values.max() < -3.5
    assert moved.max(0).values.min() > 3.5
    assert torch.allclose(made.sum((1, 2, 3)), before.sum((1, 2, 3)), rtol=1e-4)  # nothing is lost inside


def test_a_shift_by_whole_pixels_is_a_plain_move() -> None:
    before = blobs(1)
    amounts = torch.rand(1, 6, generator=generator()).mul(2).sub(1)[0, 4:]  # as augment draws them
    moved = augment(before, dataclasses.replace(STILL, shift=2 / float(amounts[0].abs())), generator())
    dx = round(float((centre_of_mass(moved) - centre_of_mass(before))[0, 0]))
    assert abs(dx) == 2
    across = moved.sum(2)[0, 0]  # brightness of each column
    assert torch.allclose(across, torch.roll(before.sum(2)[0, 0], dx), atol=1e-4)


def test_a_turn_keeps_the_middle_where_it_is() -> None:
    before = blobs(64)
    before[:] = 0
    before[:, :, 12:16, 12:16] = 1
    made = augment(before, dataclasses.replace(STILL, rotate=45.0), generator())
    assert torch.allclose(centre_of_mass(made), centre_of_mass(before), atol=0.05)


def test_what_comes_in_from_outside_is_paper() -> None:
    full = torch.ones(16, 1, 28, 28)
    made = augment(full, dataclasses.replace(STILL, shift=8.0), generator())
    assert made.min() == 0


def test_half_the_strength_moves_half_as_far() -> None:
    before = blobs(32)
    whole = centre_of_mass(augment(before, dataclasses.replace(STILL, shift=4.0), generator())) - centre_of_mass(before)
    half_how = dataclasses.replace(STILL, shift=4.0, augment=0.5)
    half = centre_of_mass(augment(before, half_how, generator())) - centre_of_mass(before)
    assert torch.allclose(whole, 2 * half, atol=1e-3)


@pytest.mark.parametrize("shape", [(28, 28), (12, 20, 3)])
def test_the_preview_shows_as_many_versions_as_asked_for_in_the_pictures_own_form(shape: tuple[int, ...]) -> None:
    image = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    made = result_of(augmented(image, ALL, count=7, seed=1))
    assert made.shape == (7, *shape)
    assert made.dtype == np.uint8


def test_the_preview_without_any_change_is_the_picture_itself(digits: ImageSet) -> None:
    made = result_of(augmented(digits.images[0], STILL, count=3, seed=1))
    assert all(np.array_equal(one, digits.images[0]) for one in made)


def test_the_preview_of_one_seed_is_always_the_same(digits: ImageSet) -> None:
    first, second = (result_of(augmented(digits.images[0], ALL, count=3, seed=4)) for _ in range(2))
    assert np.array_equal(first, second)
