"""Watching: frames with what was seen in them, settings that act at once, sources that are let go of."""

from __future__ import annotations

import gc
import json
import threading
import weakref
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import skimage

from engine import cli
from engine.errors import LabError
from engine.jobs import Event, result_of
from engine.knobs import Box
from engine.live.available import Desk, overlays
from engine.live.keeping import VideoOut, keep_picture
from engine.live.overlays import Classified, Cover, Covered, DigitsRead, Kind
from engine.live.predicting import Asked, predict
from engine.live.redact import redact
from engine.live.seen import Held, Opened, Seen, Trouble
from engine.live.settings import Damage, LiveSettings
from engine.live.sources import Folder, Picture, Tour, VideoFile
from engine.live.watch import watch
from engine.memory import give_memory_back

PHOTOS = Path(skimage.__file__).parent / "data"

pytestmark = pytest.mark.usefixtures("one_core")


def next_seen(job: Generator[Event, None, int], where: object = lambda seen: True) -> Seen:
    """The next frame for which `where` holds."""
    assert callable(where)
    return next(event for event in job if isinstance(event, Seen) and where(event))


def top(seen: Seen) -> str:
    answer = next(r for r in seen.results if isinstance(r, Classified))
    return answer.names[0].en


def test_the_tour_is_named_while_it_is_shown_and_the_thread_ends_with_it() -> None:
    threads = set(threading.enumerate())
    job = watch(Tour(), Box(LiveSettings(("classify",))))
    seen = next_seen(job, lambda seen: bool(seen.results))
    assert "cat" in top(seen) and seen.backends["classify"] and seen.waiting == ()
    assert seen.timings.infer > 0 and seen.age > 0 and seen.picture.shape == (480, 640, 3)
    job.close()
    left = [t for t in set(threading.enumerate()) - threads if t.name.startswith("live frame")]
    assert left == []


def test_the_frame_that_a_window_goes_on_showing_holds_no_network() -> None:
    """It did, through the way to look at it again: 200 MiB after three overlays."""
    job = watch(Tour(rate=30), Box(LiveSettings(("digits",))))
    shown = next(event for event in job if isinstance(event, Seen) and event.results)
    job.close()
    network = weakref.ref(Desk().open("digits"))  # the one that was given back
    give_memory_back(at_once=True)
    gc.collect()
    assert network() is None
    assert shown.again is not None and shown.again() is None


def test_a_slider_acts_on_the_next_frame() -> None:
    settings = Box(LiveSettings(()))
    job = watch(Picture(PHOTOS / "chelsea.png"), settings)
    before = next_seen(job).picture
    settings.replace(replace(settings.value, damage=Damage(rotation=180), mirrored=True))
    after = next_seen(job, lambda seen: not np.array_equal(seen.picture, before)).picture
    flipped = before[::-1].astype(int)  # mirrored and turned by half = upside down
    assert np.abs(after.astype(int) - flipped).mean() < 3
    job.close()


def test_held_lets_go_of_the_source_and_goes_on_after() -> None:
    settings = Box(LiveSettings(()))
    job = watch(Tour(), settings)
    next_seen(job)
    settings.replace(replace(settings.value, held=True))
    assert any(isinstance(event, Held) for event in job)
    assert [t for t in threading.enumerate() if t.name.startswith("live frame")] == []
    settings.replace(replace(settings.value, held=False))
    assert next_seen(job).watched == 2
    assert [t for t in threading.enumerate() if t.name.startswith("live frame")]
    job.close()


def test_an_overlay_that_cannot_be_opened_is_said_once_and_the_picture_goes_on() -> None:
    job = watch(Tour(), Box(LiveSettings(("run:/nowhere/at-all",))))
    troubles: list[Event] = []
    for event in job:
        troubles += [event] if isinstance(event, Trouble) else []
        if isinstance(event, Seen) and event.watched > 5 and troubles:
            break
    job.close()
    assert [t.overlay for t in troubles if isinstance(t, Trouble)] == ["run:/nowhere/at-all"]


def test_every_nth_picture_of_a_folder_is_seen_once(tmp_path: Path) -> None:
    for number in range(5):
        keep_picture(tmp_path / f"{number}.png", np.full((4, 4, 3), number, np.uint8))
    events = list(watch(Folder(tmp_path), Box(LiveSettings(())), whole=True, every=2))
    seen = [event for event in events if isinstance(event, Seen)]
    assert [str(one.frame.name) for one in seen] == ["0.png", "2.png", "4.png"]
    assert [int(one.picture[0, 0, 0]) for one in seen] == [0, 2, 4]


def test_faces_are_covered_before_anything_is_shown_even_while_the_finder_is_not_ready() -> None:
    job = watch(Picture(PHOTOS / "astronaut.png"), Box(LiveSettings(("faces", "classify"))))
    first = next_seen(job)
    face = (slice(60, 170), slice(175, 275))
    original = first.frame.image
    assert np.abs(first.picture[face].astype(int) - original[face]).mean() > 10
    ready = next_seen(job, lambda seen: any(isinstance(r, Covered) for r in seen.results))
    found = next(r for r in ready.results if isinstance(r, Covered))
    assert found.cover is Cover.FACES and len(found.boxes) == 1 and found.scores[0] > 0.8
    assert np.abs(ready.picture[face].astype(int) - original[face]).mean() > 10
    assert np.array_equal(ready.picture[300:, :100], original[300:, :100])  # the rest is untouched
    job.close()


def test_the_list_of_overlays_says_which_are_here() -> None:
    cards = {card.id: card for card in result_of(overlays())}
    assert cards["classify"].here and cards["faces"].here and cards["digits"].here
    official = cards["ssdlite320-mobilenet-v3-large-coco-v1"]
    assert official.kind is Kind.DETECT and official.licence and official.bytes > 10_000_000
    assert cards["keypointrcnn-resnet50-fpn-coco-v1"].kind is Kind.KEYPOINTS


def test_digits_on_paper_are_read_in_order(digits: object, tmp_path: Path) -> None:
    from engine.data import ImageSet

    assert isinstance(digits, ImageSet)
    page = np.full((240, 640), 225, np.float32) - np.linspace(0, 60, 640, dtype=np.float32)  # a shadow falls on it
    wanted = "3141592"
    for place, digit in enumerate(wanted):
        ink = digits.images[np.flatnonzero(digits.labels == int(digit))[place]]
        large = cv2.resize(ink, (70, 70), interpolation=cv2.INTER_CUBIC).astype(np.float32)
        page[60:130, 30 + 85 * place : 100 + 85 * place] -= 0.6 * large
    keep_picture(tmp_path / "page.png", np.repeat(page.clip(0, 255).astype(np.uint8)[..., None], 3, axis=2))
    job = watch(Picture(tmp_path / "page.png"), Box(LiveSettings(("digits",))), whole=True)
    answer = next_seen(job).results[0]
    assert isinstance(answer, DigitsRead)
    assert answer.lines == (wanted,)


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """The astronaut's face wandering over a wall for a second, behind a post in the middle."""
    photo = cv2.imdecode(np.frombuffer((PHOTOS / "astronaut.png").read_bytes(), np.uint8), cv2.IMREAD_COLOR)
    wall = cv2.imdecode(np.frombuffer((PHOTOS / "brick.png").read_bytes(), np.uint8), cv2.IMREAD_COLOR)
    head, out = photo[20:190, 150:300], VideoOut(tmp_path / "clip.avi", 25)
    for step in range(25):
        frame = cv2.resize(wall, (640, 360))
        left = 40 + 16 * step
        frame[90 : 90 + head.shape[0], left : left + head.shape[1]] = head
        frame[:, 300:360] = (40, 90, 60)
        out.add(frame[..., ::-1].copy())
    out.close()
    return tmp_path / "clip.avi"


def test_no_frame_of_a_redacted_video_shows_the_face(clip: Path, tmp_path: Path) -> None:
    told = result_of(redact(clip, tmp_path / "safe.avi", style="solid"))
    assert told["frames"] == 25 and told["whole_share"] <= 0.05 and told["untouched_share"] > 0.7
    safe, seen = cv2.VideoCapture(str(tmp_path / "safe.avi")), 0
    from engine.live.faces import FaceSeer

    seer, settings = FaceSeer(), LiveSettings()
    while True:
        good, frame = safe.read()
        if not good:
            break
        picture = cv2.cvtColor(frame, cv2.COLOR_BGR2RGB)
        answer = seer.finish(seer.infer(seer.prepare(picture)), picture, settings)
        assert answer.scores.max(initial=0) < 0.5
        seen += 1
    safe.release()
    assert seen == 25


def test_a_broken_video_leaves_no_half_redacted_file(tmp_path: Path) -> None:
    (tmp_path / "bad.avi").write_bytes(b"nothing")
    with pytest.raises(LabError, match=r"bad\.avi is not a video"):
        result_of(redact(tmp_path / "bad.avi", tmp_path / "out.avi"))
    assert [p.name for p in tmp_path.iterdir() if p.suffix == ".avi"] == ["bad.avi"]


def test_predicting_a_video_writes_results_and_pictures(clip: Path, tmp_path: Path) -> None:
    told: list[dict[str, object]] = []
    figures = result_of(predict(Kind.CLASSIFY, Asked(str(clip), out=tmp_path / "out", every=5), told.append))
    assert figures["frames"] == 5 and [line["frame"] for line in told] == [0, 5, 10, 15, 20]
    assert len((tmp_path / "out" / "results.jsonl").read_text("utf-8").splitlines()) == 5
    assert (tmp_path / "out" / "results.csv").read_text("utf-8-sig").startswith("frame,seconds,overlay")
    video = cv2.VideoCapture(str(tmp_path / "out" / "overlay.avi"))
    assert int(video.get(cv2.CAP_PROP_FRAME_COUNT)) == 5
    video.release()
    with pytest.raises(LabError, match="never ends"):
        result_of(predict(Kind.CLASSIFY, Asked("tour"), told.append))


def test_the_command_line_tells_every_frame_and_the_figures_last(
    clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["predict", "faces", str(clip), "--every", "12", "--out", str(tmp_path / "out"), "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    frames = [line for line in lines if line["event"] == "frame"]
    assert [line["frame"] for line in frames] == [0, 12, 24] and frames[0]["found"][0]["kind"] == "faces"
    assert lines[-1]["event"] == "result" and lines[-1]["frames"] == 3
    assert (tmp_path / "out" / "results.coco.json").is_file()
    assert cli.main(["predict", "classify", "rtsp://127.0.0.1:9/x", "--frames", "2"]) == 2
    assert "Nothing answers at 127.0.0.1:9/x" in capsys.readouterr().err


def test_opened_tells_what_can_be_found() -> None:
    job = watch(Picture(PHOTOS / "chelsea.png"), Box(LiveSettings(("classify",))), whole=True)
    opened = next(event for event in job if isinstance(event, Opened))
    assert len(opened.card.classes) == 1000 and opened.card.classes[281].ko
    video = VideoFile(PHOTOS / "none.mp4")
    with pytest.raises(LabError, match="does not exist"):
        list(watch(video, Box(LiveSettings(()))))
    job.close()
