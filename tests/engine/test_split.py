"""Parts made of a set: whole, disjoint, fair, and the same for the same seed."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from form_sets import captioned, labelled, marked, waves

from engine.data import AnySet, ImageSet
from engine.data.split import load_split, make_split, parse_shares, save_split
from engine.errors import LabError

THIRDS = {"train": 0.7, "val": 0.2, "test": 0.1}


def whole(parts: dict[str, np.ndarray], count: int) -> bool:
    every = np.sort(np.concatenate([*parts.values()]))
    rising = all((np.diff(indices) > 0).all() and indices.dtype == np.int64 for indices in parts.values())
    return rising and np.array_equal(every, np.arange(count))


def test_every_class_is_shared_out_alike(digits: ImageSet) -> None:
    parts = make_split(digits, THIRDS, seed=1)
    assert list(parts) == list(THIRDS) and whole(parts, 4000)
    for name, share in THIRDS.items():
        assert np.bincount(digits.labels[parts[name]]).tolist() == [round(share * 400)] * 10


def test_many_classes_of_few_still_give_each_part_its_share(digits: ImageSet) -> None:
    few = dataclasses.replace(digits, labels=np.arange(4000) // 3)
    parts = make_split(few, {"train": 0.8, "val": 0.2}, seed=0)
    assert whole(parts, 4000) and 700 < len(parts["val"]) < 900


@pytest.mark.parametrize("by", ["class", "random"])
def test_the_same_seed_gives_the_same_parts_and_another_gives_others(digits: ImageSet, by: str) -> None:
    first, again, other = (make_split(digits, THIRDS, seed=seed, by=by) for seed in (5, 5, 6))  # type: ignore[arg-type]
    assert all(np.array_equal(first[name], again[name]) for name in THIRDS)
    assert not np.array_equal(first["val"], other["val"])
    assert whole(first, 4000) and len(first["val"]) == 800


def test_who_was_recorded_is_in_one_part_only() -> None:
    signals = waves()
    groups = np.repeat(np.arange(30), 10)
    many = dataclasses.replace(signals, x=np.zeros((300, 4, 3), np.float32), labels=groups % 3, groups=groups)
    parts = make_split(many, THIRDS, seed=3, by="group")
    assert whole(parts, 300)
    people = [set(groups[indices]) for indices in parts.values()]
    assert sum(map(len, people)) == 30 and set.union(*people) == set(range(30))
    assert [len(one) for one in people] == [21, 6, 3]
    assert not np.array_equal(parts["val"], make_split(many, THIRDS, seed=4, by="group")["val"])


def test_every_part_gets_a_group_when_there_are_just_enough() -> None:
    parts = make_split(waves(), THIRDS, seed=0, by="group")
    assert sorted(map(len, parts.values())) == [4, 4, 4]


def test_pictures_with_objects_are_shared_out_by_their_rarest_class(tmp_path: Path) -> None:
    photos = marked(tmp_path)
    many = photos.part(np.tile(np.arange(6), 20), "train")
    parts = make_split(many, {"train": 0.5, "val": 0.5}, seed=0)
    assert whole(parts, 120)
    crowds = [sum(bool(many.objects[i].crowd.any()) for i in indices) for indices in parts.values()]  # type: ignore[index]
    assert sum(crowds) == 20 and min(crowds) >= 7


@pytest.mark.parametrize(
    ("make", "by", "word"),
    [
        (lambda folder: captioned(folder), "class", "no classes"),
        (lambda folder: labelled(folder), "group", "recorded together"),
        (lambda folder: waves(groups=False), "group", "recorded together"),
        (lambda folder: waves().part(np.arange(6), "train"), "group", "2 groups cannot fill 3"),
        (lambda folder: waves().part(np.arange(2), "train"), "random", "too few"),
    ],
)
def test_what_cannot_be_split_so_is_told_in_a_sentence(tmp_path: Path, make: object, by: str, word: str) -> None:
    set_: AnySet = make(tmp_path)  # type: ignore[operator]
    with pytest.raises(LabError, match=word) as caught:
        make_split(set_, THIRDS, seed=0, by=by)  # type: ignore[arg-type]
    assert caught.value.text.ko != caught.value.text.en


@pytest.mark.parametrize(
    "shares", [{}, {"a": 0.5}, {"a": 1.5, "b": -0.5}, {"a": float("nan"), "b": 1.0}, {"a": 1.0, "b": 0.0}]
)
def test_shares_that_do_not_add_up_are_refused(digits: ImageSet, shares: dict[str, float]) -> None:
    with pytest.raises(LabError, match="add up to 1"):
        make_split(digits, shares, seed=0)


def test_shares_are_read_from_words() -> None:
    assert parse_shares("train=.8, val=0.2") == {"train": 0.8, "val": 0.2}
    for bad in ("", "train", "train=x", "=1", "train=.5,,val=.5"):
        with pytest.raises(LabError, match="is not a share"):
            parse_shares(bad)


@pytest.mark.parametrize("kind", ["photos", "arrays"])
def test_parts_are_kept_and_belong_to_their_set_alone(tmp_path: Path, kind: str, digits: ImageSet) -> None:
    set_: AnySet = labelled(tmp_path / "set") if kind == "photos" else digits
    parts = make_split(set_, {"train": 0.5, "val": 0.5}, seed=2, by="random")
    save_split(tmp_path / "나눔.json", set_, parts, seed=2, by="random")
    again = load_split(tmp_path / "나눔.json", set_)
    assert list(again) == ["train", "val"]
    assert all(np.array_equal(parts[name], again[name]) for name in parts)
    other: AnySet = set_.part(np.arange(2), "few")
    with pytest.raises(LabError, match="made for another set"):
        load_split(tmp_path / "나눔.json", other)


@pytest.mark.parametrize(
    "parts", ["[]", '{"a": [0, 0]}', '{"a": [-1]}', '{"a": [[0]]}', '{"a": 7}', '{"a": ["x"]}', "null"]
)
def test_a_file_that_holds_no_parts_is_refused(tmp_path: Path, parts: str, digits: ImageSet) -> None:
    (tmp_path / "s.json").write_text(f'{{"format": 1, "parts": {parts}}}')
    with pytest.raises(LabError, match=r"s\.json"):
        load_split(tmp_path / "s.json", digits)
