"""Recording what is seen: the video as it looked, and all results beside it in forms that others read."""

from __future__ import annotations

import csv
import json
import threading
import time
from collections.abc import Generator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image
from skimage import data

from engine.detect.detections import Detections
from engine.errors import LabError
from engine.jobs import Event, result_of
from engine.knobs import Box
from engine.live.frames import Frame
from engine.live.overlays import Classified, Cover, Covered, DigitsRead, Found, Segmented
from engine.live.record import RATE, Kept, NotKept, recorded, snapshot
from engine.live.rows import COLUMNS
from engine.live.seen import Seen, Timings
from engine.text import Text

PHOTO = np.ascontiguousarray(data.chelsea())  # (300, 451, 3)
PACE = threading.Event()  # never set: waiting for it is the pace of a source
CAT, DOG = Text("cat", "고양이"), Text("dog", "개")


def seen(number: int, picture: np.ndarray = PHOTO) -> Seen:
    """What a classifier, a detector, a segmenter, a face finder and a digit reader could say of one picture."""
    box = np.array([[10.0, 20.0, 110.0, 220.0]], np.float32)
    one = np.array([0.9], np.float32)
    track = np.array([7])
    points = np.array([[[30.0, 40.0, 1.0], [0.0, 0.0, 0.0]]], np.float32)
    results = (
        Classified("classify", (281, 207), (CAT, DOG), np.array([0.8, 0.1], np.float32)),
        Found("boxes", Detections(box, one, np.array([0])), (CAT, DOG), track, ((0, 1),), points),
        Segmented("areas", np.zeros(picture.shape[:2], np.uint8), (CAT, DOG), np.array([1.0, 0.0], np.float32)),
        Covered("faces", box, one, track, Cover.NEAR, Text("A face was lost.", "얼굴을 놓쳤어요.")),
        DigitsRead("digits", box, np.array([3]), np.eye(10, dtype=np.float32)[[3]], ("3",)),
    )
    frame = Frame(picture, number, number / 30, time.monotonic())
    return Seen(frame, picture, results, Timings(1, 1, 1, 1), 5.0, 0, number + 1, 30.0, {})


def pictures(count: int, wanted: Box[Path | None], until: int | None = None) -> Generator[Event, None, None]:
    """Pictures as they come, 50 a second; the wish to record ends before picture number `until`."""
    for number in range(count):
        if number == until:
            wanted.replace(None)
        yield seen(number)
        PACE.wait(0.02)


def frames_of(video: Path) -> list[np.ndarray]:
    capture, found = cv2.VideoCapture(str(video)), []
    while (read := capture.read())[0]:
        found.append(read[1])
    capture.release()
    return found


def test_a_recording_plays_as_long_as_it_took_and_looks_as_it_was_painted(tmp_path: Path) -> None:
    wanted: Box[Path | None] = Box(tmp_path / "녹화")
    green = np.full_like(PHOTO, (20, 200, 40))
    events = list(recorded(pictures(12, wanted, until=10), wanted, lambda _: green))
    assert sum(isinstance(event, Seen) for event in events) == 12  # what is watched goes on unhindered
    kept = [event for event in events if isinstance(event, Kept)]
    assert [one.ended for one in kept] == [False] * 10 + [True]
    frames = frames_of(kept[-1].video)
    assert len(frames) == kept[-1].frames
    assert len(frames) / RATE == pytest.approx(kept[-2].seconds, abs=1.1 / RATE)
    assert frames[0].shape == (300, 450, 3)  # even sides
    assert frames[3].reshape(-1, 3).mean(0) == pytest.approx((40, 200, 20), abs=8)


def test_the_results_lie_beside_it_as_lines_a_table_and_coco(tmp_path: Path) -> None:
    wanted: Box[Path | None] = Box(tmp_path)
    result_of(recorded(pictures(2, wanted), wanted, lambda one: one.picture))
    lines = [json.loads(line) for line in (tmp_path / "results.jsonl").read_text("utf-8").splitlines()]
    assert len(lines) == 2
    assert [one["kind"] for one in lines[0]["found"]] == [
        *("classify", "classify", "keypoints", "segment", "faces", "digits")
    ]
    assert lines[0]["found"][0]["name_ko"] == "고양이"
    assert (lines[0]["cover"], lines[0]["why"], lines[0]["lines"]) == ("near", "A face was lost.", ["3"])
    with (tmp_path / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    boxed = next(row for row in rows if row["kind"] == "keypoints")
    assert (boxed["name"], boxed["track"], float(boxed["x2"]), float(boxed["score"])) == ("cat", "7", 110.0, 0.9)
    coco = json.loads((tmp_path / "results.coco.json").read_text("utf-8"))
    assert [one["bbox"] for one in coco["annotations"][:1]] == [[10.0, 20.0, 100.0, 200.0]]
    assert coco["annotations"][0]["keypoints"] == [30.0, 40.0, 2, 0.0, 0.0, 0]
    assert {one["name"] for one in coco["categories"]} == {"cat", "face", "3"}
    assert {one["image_id"] for one in coco["annotations"]} <= {one["id"] for one in coco["images"]}


def test_a_cancelled_job_leaves_a_whole_recording(tmp_path: Path) -> None:
    wanted: Box[Path | None] = Box(tmp_path)
    job = recorded(pictures(100, wanted), wanted, lambda one: one.picture)
    for _ in range(14):
        next(job)
    job.close()
    (video,) = tmp_path.glob("video.*")
    assert len(frames_of(video)) >= 3
    assert (tmp_path / "results.coco.json").is_file()


def test_a_picture_of_another_shape_stands_in_the_middle_of_the_first_ones_frame(tmp_path: Path) -> None:
    wanted: Box[Path | None] = Box(tmp_path)

    def turning() -> Generator[Event, None, None]:
        yield seen(0, np.full((100, 200, 3), 255, np.uint8))
        PACE.wait(0.05)
        yield seen(1, np.full((200, 100, 3), 255, np.uint8))
        PACE.wait(0.05)

    result_of(recorded(turning(), wanted, lambda one: one.picture))
    (video,) = tmp_path.glob("video.*")
    last = frames_of(video)[-1]
    assert last.shape == (100, 200, 3)
    assert last[50, 100].mean() > 240
    assert last[50, 10].mean() < 15


def test_a_folder_that_cannot_be_written_is_told_and_watching_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    wanted: Box[Path | None] = Box(tmp_path / "file" / "recording")
    events = list(recorded(pictures(3, wanted), wanted, lambda one: one.picture))
    assert sum(isinstance(event, Seen) for event in events) == 3
    (told,) = [event for event in events if isinstance(event, NotKept)]
    assert "recording" in str(told.text)
    assert wanted.value is None


def test_a_snapshot_is_kept_with_and_without_what_lay_over_it(tmp_path: Path) -> None:
    painted = 255 - PHOTO
    first, second = (result_of(snapshot(seen(4), painted, tmp_path)) for _ in range(2))
    assert first != second  # two within one second
    assert (np.asarray(Image.open(first)) == painted).all()
    assert (np.asarray(Image.open(first.with_name(f"{first.stem}-plain.png"))) == PHOTO).all()
    assert json.loads(first.with_suffix(".json").read_text("utf-8"))["found"][0]["name"] == "cat"
    (tmp_path / "closed").write_text("")
    with pytest.raises(LabError):
        result_of(snapshot(seen(4), painted, tmp_path / "closed" / "in"))
