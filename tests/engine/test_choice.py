"""Which pictures of a set are shown and in which order: every filter alone, and together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.data import ImageSet
from engine.data.choice import Choice, Reading, Sort, order_of
from engine.data.content import Content, content, look_into
from engine.data.photoset import Objects
from engine.data.predictions import Predictions
from engine.jobs import result_of
from engine.text import same


@pytest.fixture
def marked() -> Content:
    """Four photographs: two cats; a cat and a dog; nothing; a dog. Classes: cat, dog, bird."""

    def of(*labels: int) -> Objects:
        boxes = np.array([[0, 0, 10 * (i + 1), 10] for i in range(len(labels))], np.float32).reshape(-1, 4)
        return Objects.of(boxes, np.array(labels, np.int64))

    return content(
        classes=3,
        labels=None,
        count=4,
        sizes=np.array([[100, 50], [640, 480], [0, 0], [300, 600]]),
        words=("kitten.jpg\ntwo cats asleep", "yard.jpg\na dog and a cat", "empty.jpg", "hund.jpg\na dog runs"),
        objects=(of(0, 0), of(0, 1), of(), of(1)),
    )


@pytest.fixture
def read() -> Predictions:
    """Five pictures of classes 0 0 1 1 and none, read as 0 1 1 0 1."""
    labels = np.array([0, 0, 1, 1, -1])
    read_as = np.array([0, 1, 1, 0, 1])
    sure = np.array([0.9, 0.6, 0.99, 0.8, 0.7], np.float32)
    loss = np.array([0.1, 0.9, 0.01, 1.6, np.nan], np.float32)
    return Predictions("x", same("x"), labels, read_as, sure, loss, 2)


@pytest.fixture
def labelled() -> Content:
    return content(classes=2, labels=np.array([0, 0, 1, 1, -1]), count=5)


def test_nothing_asked_for_shows_all_in_file_order(marked: Content) -> None:
    assert order_of(Choice(), marked) is None


@pytest.mark.parametrize(("classes", "expected"), [({0}, [0, 1]), ({1}, [1, 3]), ({0, 1}, [0, 1, 3]), ({2}, [])])
def test_a_class_shows_the_photographs_that_hold_it(marked: Content, classes: set[int], expected: list[int]) -> None:
    order = order_of(Choice(classes=frozenset(classes)), marked)
    assert order is not None
    assert order.tolist() == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("dog", [1, 3]), ("DOG cat", [1]), ("kitten", [0]), (".jpg", None), ("horse", [])]
)
def test_words_are_sought_in_names_and_captions_and_all_must_occur(
    marked: Content, text: str, expected: list[int] | None
) -> None:
    order = order_of(Choice(text=text), marked)
    assert (None if order is None else order.tolist()) == expected


def test_sizes_bound_the_longer_side(marked: Content) -> None:
    order = order_of(Choice(sizes=(100, 600)), marked)
    assert order is not None
    assert order.tolist() == [0, 3]
    found = np.array([[100, 50], [640, 480], [120, 110], [300, 600]])  # what became known meanwhile
    order = order_of(Choice(sizes=(100, 600)), marked, sizes=found)
    assert order is not None
    assert order.tolist() == [0, 2, 3]


def test_sorting_by_size_shows_the_largest_first(marked: Content) -> None:
    order = order_of(Choice(sort=Sort.SIZE), marked)
    assert order is not None
    assert order.tolist() == [1, 3, 0, 2]


def test_sets_of_objects_sort_by_how_many_there_are(marked: Content) -> None:
    order = order_of(Choice(sort=Sort.LABEL), marked)
    assert order is not None
    assert order.tolist() == [0, 1, 3, 2]


def test_labels_sort_with_the_unlabelled_last(labelled: Content) -> None:
    shuffled = replace(labelled, labels=np.array([1, -1, 0, 1, 0]))
    order = order_of(Choice(sort=Sort.LABEL), shuffled)
    assert order is not None
    assert order.tolist() == [2, 4, 0, 3, 1]


@pytest.mark.parametrize(("reading", "expected"), [(Reading.RIGHT, [0, 2]), (Reading.WRONG, [1, 3])])
def test_right_and_wrong_leave_out_what_has_no_label(
    labelled: Content, read: Predictions, reading: Reading, expected: list[int]
) -> None:
    order = order_of(Choice(reading=reading), labelled, predictions=read)
    assert order is not None
    assert order.tolist() == expected


def test_read_as_and_a_square_of_the_matrix(labelled: Content, read: Predictions) -> None:
    order = order_of(Choice(read_as=1), labelled, predictions=read)
    assert order is not None and order.tolist() == [1, 2, 4]
    order = order_of(Choice(cell=(1, 0)), labelled, predictions=read)
    assert order is not None and order.tolist() == [3]


def test_hardest_first_is_by_loss_and_least_sure_by_confidence(labelled: Content, read: Predictions) -> None:
    order = order_of(Choice(sort=Sort.LOSS), labelled, predictions=read)
    assert order is not None and order.tolist() == [3, 1, 0, 2, 4]
    order = order_of(Choice(sort=Sort.CONFIDENCE), labelled, predictions=read)
    assert order is not None and order.tolist() == [1, 4, 3, 0, 2]
    assert order_of(Choice(sort=Sort.LOSS), labelled) is None  # nobody has read it yet


def test_a_lasso_and_a_class_are_both_kept(marked: Content) -> None:
    order = order_of(Choice(classes=frozenset({0}), picked=np.array([1, 2])), marked)
    assert order is not None
    assert order.tolist() == [1]


def test_filters_are_counted_without_class_and_text() -> None:
    assert Choice(classes=frozenset({1}), text="x", sort=Sort.SIZE).filters == 0
    assert Choice(sizes=(1, 2), reading=Reading.WRONG, read_as=3, cell=(0, 1), picked=np.arange(2)).filters == 5
    kept = Choice(text="x", reading=Reading.WRONG, sort=Sort.LOSS).without_reading()
    assert kept == Choice(text="x")


def test_masks_tell_which_photographs_hold_a_class() -> None:
    painted = content(classes=2, labels=None, count=3)
    pixels = np.array([[5, 0], [0, 7], [3, 3]])
    order = order_of(Choice(classes=frozenset({1})), painted, pixels=pixels)
    assert order is not None
    assert order.tolist() == [1, 2]


def test_the_content_of_pictures_counts_their_labels(digits: ImageSet) -> None:
    found: Content = result_of(look_into(digits))
    assert found.class_counts.tolist() == [400] * 10
    assert found.sizes is not None and found.sizes[5].tolist() == [28, 28]
    assert not found.marked


def test_the_content_of_marks_counts_objects_and_pictures(marked: Content) -> None:
    assert marked.class_counts.tolist() == [3, 2, 0]
    assert marked.per_picture.tolist() == [2, 2, 0, 1]
    assert marked.owner.tolist() == [0, 0, 1, 1, 3]
