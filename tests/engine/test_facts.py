"""The lectures' numbers about famous sets against the lectures themselves, and against what is counted here."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data.content import content
from engine.data.facts import FACTS, about_which, compare, counted, references
from engine.data.photoset import Objects


def said(set_: str, year: int) -> dict[str, float]:
    return {fact.what: fact.value for fact in FACTS if (fact.set, fact.year) == (set_, year)}


def test_the_reference_lines_are_those_of_row_95() -> None:
    assert references() == (("ImageNet", 1.1), ("VOC", 2.4), ("COCO", 7.3))


def test_voc_is_row_93_and_its_average_follows_from_its_counts() -> None:
    voc = said("VOC", 2012)
    assert (voc["classes"], voc["pictures"], voc["objects"]) == (20, 11_530, 27_450)
    assert round(voc["objects"] / voc["pictures"], 1) == voc["objects_per_picture"] == 2.4


def test_coco_is_given_twice_with_its_years_as_in_row_94() -> None:
    first, later = said("COCO", 2015), said("COCO", 2017)
    assert (first["classes"], first["pictures"], first["objects"]) == (91, 200_000, 500_000)
    assert (later["classes"], later["stuff_classes"], later["pictures"]) == (80, 91, 330_000)
    assert (later["captions_per_picture"], later["people_with_keypoints"]) == (5, 250_000)


def test_what_does_not_fit_together_on_the_slide_is_said() -> None:
    first, later = said("COCO", 2015), said("COCO", 2017)
    assert first["objects"] / first["pictures"] == pytest.approx(2.5)  # and yet the slide says 7.3
    assert later["objects"] / later["labelled"] == pytest.approx(7.5)
    blank = content(classes=80, labels=None, count=1)
    notes = [compared.note for compared in compare("COCO", blank)]
    assert notes[0] is not None and "7.5" in notes[0].en and "7.5" in notes[0].ko


@pytest.fixture
def three_objects() -> tuple[Objects, ...]:
    def of(count: int) -> Objects:
        return Objects.of(np.zeros((count, 4)), np.zeros(count))

    return of(2), of(1), of(0), of(3)


def test_the_same_figures_are_counted_in_the_open_set(three_objects: tuple[Objects, ...]) -> None:
    here = counted(content(classes=7, labels=None, count=4, objects=three_objects), (("a", "b", "c"), ("d",), (), ()))
    assert here == {
        "classes": 7,
        "pictures": 4,
        "labelled": 3,
        "objects": 6,
        "objects_per_picture": 1.5,
        "captions_per_picture": 2.0,  # of the pictures that have any
    }


def test_a_figure_the_set_has_nothing_for_stays_empty(three_objects: tuple[Objects, ...]) -> None:
    found = compare("COCO", content(classes=7, labels=None, count=4, objects=three_objects))
    rows = {row.what.en: row.here for row in found[1].rows}
    assert rows["people with keypoints"] is None
    assert rows["captions a picture"] is None
    assert rows["objects"] == 6


def test_which_famous_set_a_card_is_about() -> None:
    assert about_which((65, 94, 95)) == "COCO"
    assert about_which((93,)) == "VOC"
    assert about_which((24, 25)) is None
