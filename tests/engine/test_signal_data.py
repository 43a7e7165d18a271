"""Sets of signals as trainings use them: who is held out, sets in one piece, those that come with the app."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from driving import drive

from engine.cards import Task
from engine.data import clips, load
from engine.data.animal_names import LENGTH, codes_of, letters_of
from engine.data.learnable import load_to_judge, load_to_learn
from engine.data.signalset import SignalSet
from engine.data.toy import X, Y
from engine.jobs import result_of


@pytest.fixture(scope="module")
def pair() -> SignalSet:
    """Phone and watch together, as they come with the app."""
    found: SignalSet = result_of(load("phone-watch", "train"))
    return found


def test_phone_and_watch_come_with_the_app_in_real_units_and_nobody_is_in_both_parts(pair: SignalSet) -> None:
    held: SignalSet = result_of(load("phone-watch", "val"))
    assert pair.groups is not None
    assert held.groups is not None
    assert not set(pair.groups) & set(held.groups)
    assert pair.x.shape[1:] == (128, 7)
    still = pair.x[pair.labels == 0]  # sitting: both sensors feel gravity and little else
    for first in (0, 3):
        assert np.median(np.linalg.norm(still[:, :, first : first + 3], axis=2)) == pytest.approx(9.8, abs=0.6)
    assert np.allclose(np.diff(pair.x[:, :, 6], axis=1), 0.02, atol=1e-4)  # 50 Hz


def test_whole_people_are_held_out(pair: SignalSet) -> None:
    rest, held = pair.divided(400, seed=7)
    assert rest.groups is not None
    assert held.groups is not None
    assert not set(rest.groups) & set(held.groups)
    assert 400 <= len(held) < 700
    assert len(rest) + len(held) == len(pair)


def test_windows_without_people_are_held_out_by_chance(pair: SignalSet) -> None:
    rest, held = dataclasses.replace(pair, groups=None).divided(400, seed=7)
    assert (len(rest), len(held)) == (len(pair) - 400, 400)


def test_the_slides_four_sequences_are_all_learnt_and_all_looked_at() -> None:
    toy: SignalSet = result_of(load_to_learn("toy-sequence", None))
    again: SignalSet = result_of(load_to_judge("toy-sequence", None))
    assert toy.x[..., 0].tolist() == [list(row) for row in X]
    assert toy.targets is not None
    assert toy.targets.tolist() == list(Y)
    assert again.split == "train"  # nothing was kept apart, and it says so


def test_a_clip_moves_where_its_class_says() -> None:
    photo = np.random.default_rng(0).integers(0, 255, (200, 200, 3)).astype(np.uint8)
    for label, (x, y) in enumerate(clips.DIRECTIONS):
        frames = clips.clip(photo, label, np.random.default_rng(label)).astype(float)
        moved = [np.abs(np.roll(frames[0], (s * y, s * x), (0, 1)) - frames[1])[4:-4, 4:-4].mean() for s in (1, 2)]
        still = np.abs(frames[0] - frames[1])[4:-4, 4:-4].mean()
        assert min(moved) < 0.4 * still


def test_hangul_is_read_letter_by_letter_and_translations_share_a_part() -> None:
    assert len(letters_of("곰")) == 3
    assert codes_of("sea lion").shape == (LENGTH, 1)
    train, test = (result_of(load("names", split)) for split in ("train", "test"))
    assert not set(train.groups) & set(test.groups)
    assert len(train) + len(test) == 2000


def test_every_set_of_signals_can_be_looked_at_as_any_set(pair: SignalSet) -> None:
    events, found = drive(load("clips", "test"))
    assert events
    assert found.images.shape == (400, 72, 72, 3)
    from engine.data import dataset

    assert dataset("phone-watch").card.task is Task.SIGNAL
    assert dataset("phone-watch").counts[0] == len(pair)
