"""Annotation as values: each edit with its undo, and shapes as a hand moves them."""

from __future__ import annotations

import json

import numpy as np
import pytest
from annotating import BOX, SIZE, TRIANGLE, brushed

from engine.data import shapes
from engine.data.annotation import VOID
from engine.data.edit_lines import from_json, to_json
from engine.data.edits import (
    Add,
    Change,
    Mark,
    Marks,
    Paint,
    Remove,
    SetCaptions,
    SetClass,
    marks_of,
    objects_of,
    painted,
)


def some_marks() -> Marks:
    mask = np.zeros((SIZE[1], SIZE[0]), np.uint8)
    return Marks(SIZE, (BOX, TRIANGLE), 1, ("a cat",), mask)


EDITS = {
    "add": Add(1, Mark((0.0, 0.0, 3.0, 3.0), 1)),
    "remove": Remove(0, BOX),
    "move": Change(0, BOX, shapes.moved(BOX, 4, -3, SIZE)),
    "resize": Change(0, BOX, shapes.resized(BOX, "se", (40, 38), SIZE)),
    "relabel": Change(1, TRIANGLE, Mark(TRIANGLE.box, 0, TRIANGLE.rings)),
    "picture class": SetClass(1, 0),
    "captions": SetCaptions(("a cat",), ("a cat on a mat", "고양이 한 마리")),
    "paint": brushed(some_marks(), (10, 10), (30, 20), 1),
    "first paint": brushed(Marks(SIZE, (BOX, TRIANGLE), 1, ("a cat",)), (10, 10), (30, 20), 1),
}


# One edit


@pytest.mark.parametrize("name", list(EDITS))
def test_what_is_undone_is_as_it_was_and_the_marks_before_are_untouched(name: str) -> None:
    edit = EDITS[name]
    before = some_marks() if name != "first paint" else Marks(SIZE, (BOX, TRIANGLE), 1, ("a cat",))
    copy = before.mask.copy() if before.mask is not None else None
    after = edit.apply(before)
    assert after != before
    assert edit.undo(after) == before
    assert before.mask is None or np.array_equal(before.mask, copy)


@pytest.mark.parametrize("name", list(EDITS))
def test_an_edit_is_the_same_after_it_was_written_and_read(name: str) -> None:
    assert from_json(json.loads(json.dumps(to_json(EDITS[name])))) == EDITS[name]


@pytest.mark.parametrize(
    "values",
    [
        None,
        {},
        {"kind": "format the disk"},
        {"kind": "add", "at": "0", "mark": {}},
        {**to_json(EDITS["add"]), "at": True},
        {**to_json(EDITS["add"]), "mark": {**to_json(EDITS["add"])["mark"], "box": [0, 0, 1, float("nan")]}},
        {**to_json(EDITS["paint"]), "width": 0},
        {**to_json(EDITS["paint"]), "before": "\u00e9"},
    ],
)
def test_a_damaged_edit_is_refused(values: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  whatever is wrong with it
        from_json(values)


def test_an_edit_does_not_fit_marks_it_was_not_made_for() -> None:
    with pytest.raises(ValueError, match="not the one"):
        Remove(0, TRIANGLE).apply(some_marks())
    with pytest.raises(ValueError, match="outside"):
        Paint(50, 30, 20, 20, EDITS["paint"].before, EDITS["paint"].after).apply(some_marks())  # type: ignore[union-attr]
    with pytest.raises(ValueError, match="fill"):
        Paint(0, 0, 60, 40, EDITS["paint"].before, EDITS["paint"].after).apply(some_marks())  # type: ignore[union-attr]


def test_painting_what_is_painted_already_is_no_edit() -> None:
    marks = some_marks()
    after = brushed(marks, (10, 10), (30, 20), 1).apply(marks)
    assert after.mask is not None
    same_again = after.mask.copy()
    region = shapes.brush(same_again, (10, 10), (30, 20), width=5, value=1)
    assert painted(after, same_again, region, VOID) is None


def test_marks_become_objects_and_marks_again() -> None:
    marks = (BOX, Mark(TRIANGLE.box, 1, TRIANGLE.rings, True, ((1.0, 2.0, 2.0), (3.5, 4.25, 1.0))))
    found = marks_of(objects_of(marks, keypoints=2))
    assert found[1] == marks[1]
    assert found[0].box == BOX.box and found[0].keypoints == ((0.0, 0.0, 0.0),) * 2


# Shapes


def test_a_box_drawn_out_of_the_picture_is_cut_to_it() -> None:
    found = shapes.boxed((-10, 50), (30, -7), 0, SIZE)
    assert found and found.box == (0, 0, 30, 40)
    assert shapes.boxed((10, 10), (10, 30), 0, SIZE) is None
    assert shapes.boxed((-9, 10), (0, 30), 0, SIZE) is None


@pytest.mark.parametrize("handle", shapes.HANDLES)
def test_a_handle_moves_its_own_sides_and_never_turns_a_box_inside_out(handle: str) -> None:
    x, y = shapes.handles(BOX.box)[handle]
    moved = shapes.resized(BOX, handle, (x + 3, y + 2), SIZE).box
    changed = {side for side, a, b in zip("wnes", BOX.box, moved, strict=True) if a != b}
    assert changed == set(handle)
    for far in ((-99, -99), (99, 99)):
        assert shapes.large_enough(shapes.resized(BOX, handle, far, SIZE).box)


def test_an_outline_moves_with_its_object_and_stays_in_the_picture() -> None:
    found = shapes.moved(TRIANGLE, -99, 4, SIZE)
    assert found.rings == (((0.0, 14.0), (20.0, 14.0), (10.0, 29.0)),)
    assert found.box == shapes.around(found.rings)


def test_a_point_lies_in_a_triangle_and_not_beside_it() -> None:
    assert shapes.holds(TRIANGLE, (20, 15))
    assert not shapes.holds(TRIANGLE, (11, 20))  # in its box only


@pytest.mark.parametrize("width", [1, 2, 3, 8, 21])
def test_a_brush_is_as_wide_as_it_says(width: int) -> None:
    mask = np.zeros((60, 80), np.uint8)
    region = shapes.brush(mask, (20.4, 30.2), (50.6, 30.2), width=width, value=1)
    assert mask[:, 35].sum() == width
    x1, y1, x2, y2 = region
    assert mask[y1:y2, x1:x2].sum() == mask.sum()


def test_a_filled_outline_has_the_pixels_whose_middle_lies_inside() -> None:
    mask = np.zeros((40, 60), np.uint8)
    shapes.fill(mask, ((2, 2), (12, 2), (12, 7), (2, 7)), value=1)
    assert mask.sum() == 50 and mask[2:7, 2:12].all()
    shapes.fill(mask, ((-30, -30), (90, -30), (90, 90), (-30, 90)), value=2)
    assert (mask == 2).all()
