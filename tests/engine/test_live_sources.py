"""Every source hands out frames, newest first, ends cleanly, and says in words what is wrong with it."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import cv2
import numpy as np
import psutil
import pytest
from PIL import Image

from engine.errors import LabError
from engine.jobs import result_of
from engine.live import devices_read, screen_read
from engine.live.frames import Frame, NewestFrame
from engine.live.opening import found_cameras, open_source, source_of
from engine.live.sources import Camera, Folder, Picture, Screen, Source, Stream, Tour, VideoFile
from engine.text import same

FRAMES, RATE = 10, 50.0


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fifth of a second in which the whole picture grows brighter (MJPG)."""
    path = tmp_path_factory.mktemp("video") / "영상.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), RATE, (96, 64))
    for number in range(FRAMES):
        writer.write(np.full((64, 96, 3), 20 * number, np.uint8))
    writer.release()
    return path


def all_frames(source: Source) -> list[Frame]:
    opened = open_source(source, whole=True)
    try:
        return list(iter(opened.read, None))
    finally:
        opened.close()


def said_of(source: Source) -> str:
    with pytest.raises(LabError) as error:
        all_frames(source)
    return str(error.value)


def children() -> list[psutil.Process]:
    found = psutil.Process().children(recursive=True)
    return [child for child in found if "spawn_main" in " ".join(child.cmdline())]


def test_a_video_read_whole_gives_every_frame_in_order(video: Path) -> None:
    frames = all_frames(VideoFile(video))
    assert [frame.number for frame in frames] == list(range(FRAMES))
    assert [frame.seconds for frame in frames] == pytest.approx([n / RATE for n in range(FRAMES)])
    assert [int(frame.image.mean() + 10) // 20 for frame in frames] == list(range(FRAMES))  # none overwrites another
    assert frames[0].image.flags.c_contiguous and frames[0].count == FRAMES and frames[0].rate == RATE


def test_a_watched_video_plays_again_and_again_and_leaves_nothing_behind(video: Path) -> None:
    before = set(threading.enumerate())
    newest = NewestFrame(open_source(VideoFile(video)))
    numbers: list[int] = []
    while not numbers or numbers[-1] < 2 * FRAMES:
        frame = newest.take(10)
        assert frame is not None
        numbers.append(frame.number)
    assert (numbers == sorted(set(numbers)) and newest.drops == numbers[-1] + 1 - len(numbers)) or newest.drops > 0
    newest.close()
    assert set(threading.enumerate()) <= before and children() == []


def test_a_slow_reader_sees_the_newest_frame_and_the_others_are_counted() -> None:
    newest = NewestFrame(open_source(Tour(rate=400)))
    first = newest.take(10)
    assert first is not None
    late = first
    while late.number < 20:  # as a slow network would: it asks again only after a while
        threading.Event().wait(0.02)
        taken = newest.take(10)
        assert taken is not None
        assert taken.number > late.number
        late = taken
    assert newest.drops > 0
    newest.close()


def test_a_decoder_that_dies_costs_a_sentence_not_the_program(video: Path) -> None:
    opened = open_source(VideoFile(video))
    assert opened.read() is not None
    children()[0].kill()
    with pytest.raises(LabError, match=r"영상\.avi is damaged: the decoder gave up at 0:00"):
        list(iter(opened.read, None))
    opened.close()


def test_what_is_wrong_with_a_source_is_said(tmp_path: Path, video: Path) -> None:
    noise = tmp_path / "noise.mp4"
    noise.write_bytes(b"not a video at all")
    empty = tmp_path / "empty"
    empty.mkdir()
    whole = video.read_bytes()
    frames_lost = tmp_path / "lost.avi"
    middle = whole.index(b"00dc", len(whole) // 2)  # the chunks of the later frames lose their pictures
    frames_lost.write_bytes(whole[:middle].replace(b"\xff\xd8", b"\x00\x00"))
    assert "noise.mp4 is not a video" in said_of(VideoFile(noise))
    assert "none.mp4 does not exist" in said_of(VideoFile(tmp_path / "none.mp4"))
    assert "lost.avi" in said_of(VideoFile(frames_lost))
    assert "no picture in" in said_of(Folder(empty))
    assert "Nothing answers at 127.0.0.1:9" in said_of(Stream("http://user:secret@127.0.0.1:9/x"))
    assert "secret" not in said_of(Stream("http://user:secret@127.0.0.1:9/x"))
    with pytest.raises(LabError, match="is no source"):
        source_of("nowhere.mp4")


def test_a_camera_that_is_not_there_is_said_and_none_is_invented() -> None:
    found = result_of(found_cameras())
    if found:
        pytest.skip("this machine has a camera")
    assert found == ()
    assert "Desk camera" in said_of(Camera(7, same("Desk camera")))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="cameras are no files there")
def test_a_camera_that_another_program_uses_or_the_system_forbids_is_said_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "video97").write_bytes(b"")  # it is there, and does not open
    monkeypatch.setattr(devices_read, "NODE", str(tmp_path / "video{n}"))
    camera = Camera(97, same("Desk camera"))
    assert "Another program may be using it" in said_of(camera)
    monkeypatch.setattr(os, "access", lambda *_: False)  # to root nothing is forbidden
    assert "Allow this program to use the camera" in said_of(camera)


def test_where_the_screen_may_not_be_read_the_reason_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen_read.sys, "platform", "linux")
    monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
    assert "Wayland lets no program see the screen" in said_of(Screen())
    monkeypatch.setenv("XDG_SESSION_TYPE", "x11")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    assert "there is no display" in said_of(Screen())


def test_pictures_of_every_kind_become_frames(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    Image.fromarray(rng.integers(0, 255, (30, 40), np.uint8)).save(tmp_path / "a grey.png")
    Image.fromarray(rng.integers(0, 255, (30, 40, 4), np.uint8)).save(tmp_path / "b rgba.png")
    Image.fromarray(rng.integers(0, 65535, (30, 40), np.uint16)).save(tmp_path / "c sixteen.png")
    Image.fromarray(np.zeros((1, 1, 3), np.uint8)).save(tmp_path / "d one.png")
    turned = Image.fromarray(rng.integers(0, 255, (30, 40, 3), np.uint8))
    turned.getexif()[0x0112] = 6
    turned.save(tmp_path / "e turned.jpg", exif=turned.getexif())
    (tmp_path / "f broken.png").write_bytes(b"\x89PNG broken")
    shapes = [frame.image.shape for frame in all_frames(Folder(tmp_path))]
    assert shapes == [(30, 40, 3)] * 3 + [(1, 1, 3), (40, 30, 3)]  # the broken one is passed over
    assert "f broken.png" in said_of(Picture(tmp_path / "f broken.png"))


def test_an_animated_picture_moves_and_a_huge_one_is_reduced_while_live(tmp_path: Path) -> None:
    frames = [Image.fromarray(np.full((8, 8, 3), value, np.uint8)) for value in (0, 128, 255)]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:], duration=20)
    assert [int(f.image.mean()) // 100 for f in all_frames(Picture(tmp_path / "a.gif"))] == [0, 1, 2]
    Image.fromarray(np.zeros((1500, 6000), np.uint8)).save(tmp_path / "huge.png")
    live = open_source(Picture(tmp_path / "huge.png"))
    frame = live.read()
    assert frame is not None and frame.image.shape == (480, 1920, 3)
    live.close()


def test_the_tour_moves_without_a_camera() -> None:
    opened = open_source(Tour(rate=1000))
    first, second = opened.read(), opened.read()
    assert first is not None and second is not None
    assert first.image.shape == (480, 640, 3) and first.image.std() > 20
    assert not np.array_equal(first.image, second.image)
    opened.close()
