"""A camera or video shows its newest frame and keeps what a hand asks for; whatever breaks is a sentence."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import psutil
import pytest

from engine.data.camera import Frame, Recorded, Recording, find_cameras, watch
from engine.data.capture import CaptureBin
from engine.data.forms import form
from engine.data.pictures import read_rgb
from engine.errors import LabError
from engine.jobs import Event, result_of
from engine.knobs import Box

FRAMES, RATE = 12, 24.0


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Half a second of a bar that moves to the right, left half red (MJPG avi)."""
    path = tmp_path_factory.mktemp("video") / "영상.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), RATE, (96, 64))
    for number in range(FRAMES):
        picture = np.zeros((64, 96, 3), np.uint8)
        picture[:, :48, 2] = 200  # red, in the order of OpenCV
        picture[:, 48 + 4 * number : 50 + 4 * number] = 255
        writer.write(picture)
    writer.release()
    return path


def test_every_frame_of_a_video_comes_in_order_at_its_own_speed(video: Path, tmp_path: Path) -> None:
    events = list(watch(video, Box(Recording()), CaptureBin(tmp_path)))
    frames = [event for event in events if isinstance(event, Frame)]
    assert [frame.number for frame in frames] == list(range(FRAMES))
    assert [frame.seconds for frame in frames] == pytest.approx([n / RATE for n in range(FRAMES)])
    image = frames[3].image
    assert image.shape == (64, 96, 3) and image.dtype == np.uint8 and image.flags.c_contiguous
    assert image[32, 20, 0] > 150 and image[32, 20, 2] < 60  # red comes first
    assert Frame.latest_only and not any(isinstance(event, Recorded) for event in events)
    assert not list(tmp_path.iterdir())


def test_frames_are_kept_in_the_class_while_it_is_asked_for(video: Path, tmp_path: Path) -> None:
    wanted, told = Box(Recording(per_second=12)), []
    for event in watch(video, wanted, CaptureBin(tmp_path)):
        if isinstance(event, Frame):
            wanted.replace(Recording("left" if event.number < 5 else "오른쪽" if event.number < 8 else "", 12, True))
        elif isinstance(event, Recorded):
            told.append((event.name, event.count))
    assert told == [("left", 1), ("left", 2), ("left", 3), ("오른쪽", 1), ("오른쪽", 2)]  # frames 1 3 5, 6 8
    found = result_of(form("images").read(tmp_path, "all"))
    assert [name.en for name in found.classes] == ["left", "오른쪽"]
    assert np.bincount(found.labels).tolist() == [3, 2]
    assert found.read(1)[32, 70, 0] > 150  # mirrored: red is at the right


def test_a_second_recording_goes_on_where_the_first_ended(video: Path, tmp_path: Path) -> None:
    for _ in range(2):
        assert result_of(watch(video, Box(Recording("a", 6)), CaptureBin(tmp_path))) == 3
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == [f"{n:05d}.jpg" for n in range(1, 7)]


def children() -> list[psutil.Process]:
    found = psutil.Process().children(recursive=True)
    return [child for child in found if "spawn_main" in " ".join(child.cmdline())]


def test_a_cancelled_recording_lets_go_of_its_source(video: Path, tmp_path: Path) -> None:
    job = watch(video, Box(Recording()), CaptureBin(tmp_path))
    assert any(isinstance(event, Frame) for event in job)
    assert len(children()) == 1
    job.close()
    assert children() == []


def test_a_decoder_that_crashes_costs_a_sentence_not_the_program(video: Path, tmp_path: Path) -> None:
    job = watch(video, Box(Recording("a", 24)), CaptureBin(tmp_path))
    while not isinstance(next(job), Recorded):
        pass
    children()[0].kill()
    with pytest.raises(LabError, match=r"영상\.avi stopped at 0:00"):
        list(job)
    assert read_rgb(tmp_path / "a" / "00001.jpg").shape == (64, 96, 3)  # what was kept before is whole


@pytest.mark.parametrize("content", [b"", b"not a video at all", b"RIFF\x00\x00\x00\x00AVI LIST"])
def test_a_file_that_is_no_video_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.avi"
    path.write_bytes(content)
    with pytest.raises(LabError, match=r"x\.avi is not a video"):
        result_of(watch(path, Box(Recording()), CaptureBin(tmp_path)))


def test_a_video_that_lost_its_end_is_a_sentence(video: Path, tmp_path: Path) -> None:
    whole = video.read_bytes()
    path = tmp_path / "cut.avi"
    path.write_bytes(whole[: len(whole) // 2])  # its index stood at the end
    with pytest.raises(LabError, match=r"cut\.avi is not a video"):
        result_of(watch(path, Box(Recording()), CaptureBin(tmp_path / "none")))


def test_where_there_is_no_camera_it_is_said_what_to_do_instead(tmp_path: Path) -> None:
    if result_of(find_cameras()):
        pytest.skip("this machine has a camera")
    with pytest.raises(LabError, match="No camera found"):
        result_of(watch(0, Box(Recording()), CaptureBin(tmp_path)))


def test_a_silent_source_can_be_cancelled_at_once(video: Path, tmp_path: Path) -> None:
    events: list[Event] = []
    job = watch(video, Box(Recording()), CaptureBin(tmp_path))
    events.append(next(job))  # the process is still starting: the job says so instead of waiting
    assert not isinstance(events[0], Frame)
    job.close()
    assert children() == []
