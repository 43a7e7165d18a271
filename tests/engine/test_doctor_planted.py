"""The doctor finds faults planted into real sets: recall at least 0.8 at a precision of at least 0.7, kind by kind."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.bench.doctor import rates
from engine.bench.planting import Planted, plant_in_classes, plant_in_pictures, plant_in_signals, score
from engine.bench.planting_photos import plant_in_photos
from engine.data import ImageSet
from engine.data.doctor import Finding, examine
from engine.jobs import result_of
from tests.engine.examined import cuts, walks

pytestmark = pytest.mark.usefixtures("one_core")


@pytest.fixture(scope="module")
def parts(digits: ImageSet) -> dict[str, ImageSet]:
    order = np.random.default_rng(0).permutation(len(digits))
    return {
        "train": digits.part(np.sort(order[:1200]), "train"),
        "test": digits.part(np.sort(order[1200:1500]), "test"),
    }


def found_in(sets: dict) -> tuple[Finding, ...]:
    findings: tuple[Finding, ...] = result_of(examine(sets)).findings
    return findings


def check(planted: Planted, before: tuple[Finding, ...] = ()) -> None:
    counted = score(planted, found_in(planted.sets), before)
    assert counted.keys() == planted.truth.keys()
    for kind, counts in counted.items():
        share = rates(counts)
        assert counts["planted"] > 0, kind
        assert (share["recall"] or 0) >= 0.8, (kind, counts)
        assert (share["precision"] or 0) >= 0.7, (kind, counts)


def test_faults_among_digits_are_found(parts: dict[str, ImageSet]) -> None:
    check(plant_in_pictures(parts, seed=0, each=15), found_in(parts))


def test_rare_and_missing_classes_are_found(parts: dict[str, ImageSet]) -> None:
    check(plant_in_classes(parts, seed=1))


def test_faults_among_photographs_and_their_marks_are_found(tmp_path: Path) -> None:
    sets = {
        "train": cuts(tmp_path / "from", "train", 130, seed=0),
        "val": cuts(tmp_path / "from", "val", 20, seed=1),
    }
    check(plant_in_photos(sets, seed=0, folder=tmp_path / "to", each=6), found_in(sets))


def test_faults_among_signals_are_found() -> None:
    sets = {"train": walks("train", 400, seed=0, people=range(6)), "val": walks("val", 100, seed=1, people=range(6, 9))}
    assert found_in(sets) == ()
    check(plant_in_signals(sets, seed=0, each=15))


def test_a_score_counts_what_was_there_before_neither_for_nor_against() -> None:
    def said(*indices: int) -> list[Finding]:
        from engine.data.doctor import Severity
        from engine.text import same

        return [Finding("blank", Severity.WARN, same(""), same(""), "train", np.array(indices))]

    planted = Planted({}, {"blank": {("train", 1), ("train", 2)}})
    counted = score(planted, said(1, 5, 6), said(5))["blank"]
    assert counted == {"planted": 2, "found": 2, "right": 1, "already_there": 1}
