"""What goes wrong beside the program: streams that break off, cameras that are pulled, sleep, memory that is full."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from skimage import data
from torch import Tensor, nn

from engine import cli
from engine.grabber import Wish
from engine.jobs import Event
from engine.knobs import Box
from engine.live import backends, devices_read
from engine.live.backends import Fastest, Network
from engine.live.opening import open_source
from engine.live.seen import Seen, Trouble
from engine.live.seers import near_tie
from engine.live.settings import LiveSettings
from engine.live.sources import Camera, Source, Stream, VideoFile
from engine.live.watch import watch
from engine.text import same

RATE, FRAMES = 25.0, 40


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("video") / "clip.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), RATE, (96, 64))
    for number in range(FRAMES):
        writer.write(np.full((64, 96, 3), 5 * number, np.uint8))
    writer.release()
    return path


@pytest.fixture
def breaking_stream() -> Iterator[str]:
    """The address of a camera that shows forty pictures, hangs up, and is there again when it is called again."""
    jpeg = cv2.imencode(".jpg", data.coffee()[:120, :160])[1].tobytes()
    part = b"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(jpeg) + jpeg + b"\r\n"
    over, called = threading.Event(), threading.Event()

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            count = 100_000 if called.is_set() else 40
            called.set()
            self.send_response(200)
            self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
            self.end_headers()
            for _ in range(count):
                try:
                    self.wfile.write(part)
                except OSError:
                    return
                if over.wait(0.01):
                    return

        def log_message(self, format: str, *args: object) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/camera.mjpg"
    over.set()
    server.shutdown()
    server.server_close()
    thread.join()


def goes_on_after_trouble(source: Source) -> str:
    """Watch until it broke off and came back; what was said meanwhile."""
    said = ""
    job = watch(source, Box(LiveSettings(())))
    events: Iterator[Event] = iter(job)
    assert any(isinstance(event, Seen) for event in events)
    for event in events:
        if isinstance(event, Trouble):
            said = str(event.text)
        elif isinstance(event, Seen) and said:
            break
    job.close()
    return said


def test_a_stream_that_breaks_off_is_told_tried_again_and_goes_on(breaking_stream: str) -> None:
    assert "went silent. It is tried again until it is back" in goes_on_after_trouble(Stream(breaking_stream))


def test_a_camera_that_was_pulled_is_told_and_goes_on_when_it_is_back(
    video: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices_read, "_wish", lambda source: Wish(str(video)))  # a camera of forty frames
    monkeypatch.setattr(devices_read.sys, "platform", "win32")  # where no device file is asked for first
    assert "Desk camera stopped: it was unplugged" in goes_on_after_trouble(Camera(7, same("Desk camera")))


def test_a_video_goes_on_where_it_was_after_the_computer_slept(video: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = open_source(VideoFile(video))
    assert opened.read() is not None
    awake = time.monotonic
    monkeypatch.setattr(devices_read.time, "monotonic", lambda: awake() + 3600)
    first = opened.read()
    later = [opened.read() for _ in range(5)]
    opened.close()
    assert first is not None and first.number == 1
    last = later[-1]
    assert last is not None and last.taken - first.taken > 4 / RATE  # at its own speed, not all at once


class _Full(nn.Module):
    """A network for whose half-precision products there is no memory, as on a graphics card in use."""

    def forward(self, x: Tensor) -> Tensor:
        if torch.is_autocast_enabled("cpu"):
            raise torch.OutOfMemoryError
        return x.mean((2, 3))


def test_a_graphics_card_without_room_leaves_the_work_to_the_processor() -> None:
    full = Fastest(Network("full", _Full), (8, 8), fixed=("PyTorch cuda fp16", lambda pixels: ()))
    full._run = backends.on_gpu(_Full(), torch.device("cpu"), full._fell_back)
    for _ in range(2):
        np.testing.assert_allclose(full(np.full((8, 8, 3), 51, np.uint8))[0], [[0.2, 0.2, 0.2]], rtol=1e-5)
        assert full.backend == backends.EAGER  # the name shown is that of what computes


class _Means(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return 10 * x.mean((2, 3))


def test_a_close_call_in_half_precision_is_asked_again_and_a_clear_one_is_not() -> None:
    def rounded(pixels: np.ndarray) -> tuple[np.ndarray, ...]:
        return (np.round(pixels.mean((0, 1)) / 25.5)[None],)

    network = Network("means", _Means, close=near_tie)
    way = Fastest(network, (4, 4), device=torch.device("cpu"), fixed=("PyTorch bf16", rounded))
    picture = np.full((4, 4, 3), (100, 101, 20), np.uint8)  # both round to 4
    assert way(picture)[0].argmax() == 1 and way.again == 1
    assert way(np.full((4, 4, 3), (100, 200, 20), np.uint8))[0].tolist() == [[4, 8, 1]] and way.again == 1
    exact = Fastest(network, (4, 4), device=torch.device("cpu"), fixed=(backends.EAGER, rounded))
    assert exact(picture)[0].tolist() == [[4, 4, 1]] and exact.again == 0


def test_names_of_a_picture_are_drawn_into_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = tmp_path / "cup.png", tmp_path / "out"
    path.write_bytes(cv2.imencode(".png", data.coffee()[:, :, ::-1])[1].tobytes())
    assert cli.main(["predict", "classify", str(path), "--out", str(out)]) == 0
    assert sorted(p.name for p in out.iterdir()) == [
        "cup-0000.png",
        "results.coco.json",
        "results.csv",
        "results.jsonl",
    ]
    (tmp_path / "mine.onnx").write_bytes(b"just words")
    assert cli.main(["predict", "detect", str(path), "--model", str(tmp_path / "mine.onnx")]) == 2
    assert "mine.onnx is not a network in the ONNX format" in capsys.readouterr().err
