"""What the doctor says of a set: in words, in order, about the right pictures; and that it can be stopped."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine import cli
from engine.data import ImageSet
from engine.data.doctor import Examination, Finding, Found, Severity, examine
from engine.data.doctor_copies import overlap
from engine.data.doctor_labels import doubts
from engine.data.doctor_samples import MOST, samples
from engine.data.photoset import Objects, Unreadable
from engine.jobs import Progress, result_of
from engine.text import Text
from tests.engine.driving import drive, drive_to, of
from tests.engine.examined import HIGH, WIDE, cuts, walks

pytestmark = pytest.mark.usefixtures("one_core")


@pytest.fixture
def some(digits: ImageSet) -> ImageSet:
    return digits.part(np.arange(0, len(digits), 13), "train")  # 308


def examined(**sets: object) -> dict[str, Finding]:
    """The findings by kind, the last of a kind."""
    return {f.kind: f for f in result_of(examine(sets)).findings}  # type: ignore[arg-type]


# The whole


def test_a_sound_set_gets_a_clear_word_and_what_was_checked(tmp_path: Path) -> None:
    found: Examination = result_of(examine({"train": cuts(tmp_path, "train", 30, seed=0)}))
    assert found.findings == ()
    assert found.count == 30
    for language, word in (("en", "nothing is wrong"), ("ko", "문제를 찾지 못했어요")):
        sentence = found.all_good().render(language)
        assert word in sentence
        for check in found.checked:
            assert check.render(language) in sentence
    assert {"boxes", "masks", "captions", "wrong labels", "broken files"} <= {check.en for check in found.checked}


def test_what_a_set_has_not_is_not_checked(some: ImageSet) -> None:
    found: Examination = result_of(examine({"train": some}))
    assert not {"boxes", "masks", "captions", "broken files"} & {check.en for check in found.checked}


def test_findings_are_told_as_they_come_and_sorted_at_the_end(some: ImageSet) -> None:
    images = some.images.copy()
    images[:5] = 0
    images[200] = images[100]
    broken = dataclasses.replace(some, images=images)
    events, found = drive(examine({"train": broken, "test": broken.part(np.arange(10, 308, 7), "test")}))
    assert {f.finding.kind for f in of(Found, events)} == {f.kind for f in found.findings}
    severities = [f.severity for f in found.findings]
    assert severities == sorted(severities, reverse=True)
    assert severities[0] is Severity.BAD
    assert {"copies_between", "copies_disagree"} == {f.kind for f in found.findings if f.severity is Severity.BAD}


def test_progress_never_goes_back_and_can_be_stopped_anywhere(some: ImageSet) -> None:
    events, _ = drive(examine({"train": some}))
    shares = [event.done / event.total for event in of(Progress, events)]
    assert shares == sorted(shares)
    assert all(event.note for event in of(Progress, events))
    for stop_at in (0.05, 0.4, 0.9):
        job = examine({"train": some})
        drive_to(job, lambda e, at=stop_at: isinstance(e, Progress) and e.done >= at * e.total)
        with pytest.raises(StopIteration):
            next(job)


def test_every_sentence_reads_in_both_languages(tmp_path: Path) -> None:
    photos = cuts(tmp_path, "train", 30, seed=0)
    (photos.folder / photos.files[3]).write_bytes(b"cut")
    Image.new("L", (10, 10)).save(photos.folder / photos.masks[5])  # type: ignore[index]
    objects = list(photos.objects or ())
    objects[7] = Objects.of(np.array([[5, 5, 5, 9.0]]), np.array([1]))
    said = (("",), *(photos.captions or ())[1:])
    faulty = dataclasses.replace(photos, objects=tuple(objects), captions=said)
    found = examined(train=faulty, val=faulty.part(np.arange(3), "val"))
    assert {"broken", "mask_size", "box_empty", "caption_empty", "copies_between"} <= found.keys()
    for finding in found.values():
        for language in ("en", "ko"):
            sentence = finding.as_sentence().render(language)
            assert "{" not in sentence
            assert f"{finding.count:,}" in sentence


def test_an_empty_set_is_no_problem(some: ImageSet) -> None:
    assert result_of(examine({"train": some.part(np.zeros(0, np.int64), "train")})).findings == ()
    assert result_of(examine({})).checked == ()


# Single checks


def test_files_that_were_passed_over_while_reading_are_told_of(tmp_path: Path) -> None:
    photos = cuts(tmp_path, "train", 20, seed=0)
    (photos.folder / photos.files[2]).unlink()
    photos = dataclasses.replace(photos, unreadable=(Unreadable("odd.jpg", Text("cut off", "잘렸어요")),))
    broken = examined(train=photos)["broken"]
    assert broken.indices.tolist() == [2]
    assert broken.evidence["files"] == [photos.files[2], "odd.jpg"]
    assert "odd.jpg" in broken.words.render("ko")


def test_a_mask_that_is_missing_or_damaged_is_told_of(tmp_path: Path) -> None:
    photos = cuts(tmp_path, "train", 20, seed=0)
    assert photos.masks
    (photos.folder / photos.masks[4]).write_bytes(b"no mask")
    photos = dataclasses.replace(photos, masks=("", *photos.masks[1:]))
    found = examined(train=photos)
    assert found["mask_missing"].indices.tolist() == [0]
    assert found["mask_broken"].indices.tolist() == [4]


def test_the_void_index_of_masks_is_no_fault(tmp_path: Path) -> None:
    photos = cuts(tmp_path, "train", 20, seed=0)
    assert photos.masks
    Image.fromarray(np.full((HIGH, WIDE), 255, np.uint8)).save(photos.folder / photos.masks[4])
    assert examined(train=photos)["mask_unknown"].indices.tolist() == [4]
    assert "mask_unknown" not in examined(train=dataclasses.replace(photos, void=255))


def test_copies_with_different_labels_are_worse_than_copies(some: ImageSet) -> None:
    labels, images = some.labels.copy(), some.images.copy()
    images[30], images[41] = images[20], images[40]
    labels[30], labels[41] = (labels[20] + 1) % 10, labels[40]
    found = examined(train=dataclasses.replace(some, labels=labels, images=images))
    assert found["copies_disagree"].indices.tolist() == [20, 30]
    assert found["copies_disagree"].severity is Severity.BAD
    assert found["copies"].count == 2


def test_a_burst_of_alike_frames_is_found_as_one_group(tmp_path: Path) -> None:
    photos = cuts(tmp_path, "train", 40, seed=0, marks=False)
    first = photos.read(0)
    for step in range(1, 4):
        Image.fromarray(np.roll(first, 2 * step, axis=1)).save(photos.folder / photos.files[3 * step], quality=92)
    groups = examined(train=photos)["near_copies"].evidence["groups"]
    assert [group.tolist() for group in groups] == [[0, 3, 6, 9]]


def test_an_overlap_sees_through_shifts_and_zooms_but_not_through_other_pictures(tmp_path: Path) -> None:
    photos = cuts(tmp_path, "train", 2, seed=0)
    one, other = (np.asarray(Image.fromarray(photos.read(i)).convert("L").resize((40, 40))) for i in range(2))
    inner = np.asarray(Image.fromarray(one).resize((40, 40), box=(1.6, 1.6, 38.4, 38.4)))
    assert overlap(one, one) > 0.999
    assert overlap(np.roll(one, 2, axis=1), one) > 0.97
    assert overlap(inner, one) > 0.97
    assert overlap(one, other) < 0.7


def test_the_share_of_labels_drawn_by_chance_is_estimated() -> None:
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 4, 1500)
    rows = (np.eye(4)[truth] * 3 + rng.normal(size=(1500, 4))).astype(np.float32)
    clean = result_of(doubts(rows, truth))
    assert len(clean.listed) < 15
    labels = truth.copy()
    wrong = rng.permutation(1500)[:150]
    labels[wrong] = (labels[wrong] + rng.integers(1, 4, 150)) % 4
    found = result_of(doubts(rows, labels))
    assert found.share == pytest.approx(150 / 1500 * 4 / 3, rel=0.35)  # by chance a quarter of them is right
    assert np.isin(found.listed, wrong).mean() > 0.7
    assert np.isin(wrong, found.listed).mean() > 0.6


def test_classes_that_nothing_tells_apart_give_a_warning_instead_of_false_alarms(tmp_path: Path) -> None:
    photos = cuts(tmp_path, "train", 90, seed=0, marks=False)
    labels = np.random.default_rng(0).integers(0, 3, 90)
    found = examined(train=dataclasses.replace(photos, labels=labels))
    assert found["labels_unclear"].severity is Severity.INFO
    assert "mislabel" not in found or len(found["mislabel"].indices) < 15


def test_pictures_without_a_label_are_left_alone(some: ImageSet) -> None:
    labels = some.labels.copy()
    labels[::2] = -1
    found = examined(train=dataclasses.replace(some, labels=labels))
    assert "mislabel" not in found


def test_people_in_two_parts_are_named_by_number() -> None:
    sets = {"train": walks("train", 60, 0, people=range(3)), "val": walks("val", 30, 1, people=range(2, 5))}
    found = examined(**sets)["group_between"]
    assert found.evidence["groups"].tolist() == [2]
    assert (sets["val"].groups[found.indices] == 2).all()  # type: ignore[index]


# Samples for the cards


def test_copies_stand_beside_each_other_in_the_samples(some: ImageSet) -> None:
    test = some.part(np.arange(40, 90), "test")
    finding = examined(train=some, test=test)["copies_between"]
    found = result_of(samples({"train": some, "test": test}, finding))
    assert len(found) == MOST
    for one, other in zip(found[::2], found[1::2], strict=True):
        assert (one.split, other.split) == ("train", "test")
        assert (one.picture == other.picture).all()


def test_a_doubtful_label_is_shown_with_what_the_reader_says(some: ImageSet) -> None:
    labels = some.labels.copy()
    labels[[10, 90, 170]] = (labels[[10, 90, 170]] + 5) % 10
    set_ = dataclasses.replace(some, labels=labels)
    finding = examined(train=set_)["mislabel"]
    assert {10, 90, 170} <= set(finding.indices.tolist())
    for sample in result_of(samples({"train": set_}, finding)):
        if sample.index in (10, 90, 170):
            assert sample.label == set_.classes[labels[sample.index]]
            assert sample.read == set_.classes[some.labels[sample.index]]


def test_a_box_is_shown_in_its_neighbourhood(tmp_path: Path) -> None:
    photos = cuts(tmp_path, "train", 20, seed=0)
    objects = list(photos.objects or ())
    objects[3] = Objects.of(np.array([[100, 50, 101, 90.0]]), np.array([0]))
    photos = dataclasses.replace(photos, objects=tuple(objects))
    (sample,) = result_of(samples({"train": photos}, examined(train=photos)["box_tiny"]))
    assert sample.picture is not None and sample.picture.shape[0] <= 2 * 112
    assert sample.box is not None
    x1, y1, x2, y2 = sample.box
    assert 0 <= x1 < x2 <= 1 and 0 <= y1 < y2 <= 1


# The command


def test_the_command_says_what_is_wrong_and_where(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["doctor", "digits8", "--split", "test", "--json"]) == 0
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert last["event"] == "result"
    assert last["dataset"] == "digits8" and last["splits"] == {"test": 359}
    assert "wrong labels" in last["checked"]
    for item in last["items"]:
        assert item["severity"] in ("info", "warn", "bad") and item["words"]["ko"]


def test_the_command_names_the_sets_that_exist(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["doctor", "nothing"]) == 2
    assert "digits8" in capsys.readouterr().err
