"""Faces stay covered: while they are watched from what came before, in a redacted video from both sides in time."""

from __future__ import annotations

import numpy as np
import pytest
from skimage import data

from engine.live.face_plan import planned
from engine.live.face_tracks import Tracks
from engine.live.overlays import Cover, Covered
from engine.live.privacy import Privacy, covered, hidden
from engine.live.settings import LiveSettings
from engine.text import Text

RATE, WIDTH, HEIGHT = 25.0, 320, 240
HEAD = np.ascontiguousarray(data.astronaut()[60:180:2, 175:275:2])  # (60, 50, 3)
GROUND = np.ascontiguousarray(np.repeat(data.brick()[:HEIGHT, :WIDTH, None], 3, axis=2))
POST = slice(150, 205)
BRUSH = (40, 90, 60)


def frame(left: float, top: int = 90, *, post: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """A head before a wall and behind a post; and which pixels of the face can be seen."""
    picture, seen = GROUND.copy(), np.zeros((HEIGHT, WIDTH), bool)
    x = round(left)
    low, high = max(0, x), min(WIDTH, x + HEAD.shape[1])
    if low < high:
        picture[top : top + 60, low:high] = HEAD[:, low - x : high - x]
        face = max(0, x + 12), min(WIDTH, x + 38)
        seen[top + 12 : top + 48, face[0] : max(face)] = True
    if post:
        picture[:, POST] = BRUSH
        seen[:, POST] = False
    return picture, seen


def box(left: float, top: int = 90) -> np.ndarray:
    return np.array([left + 8, top + 8, left + 42, top + 52], np.float32)


def followed(places: list[float], found: set[int], *, post: bool = True) -> list[tuple[np.ndarray, np.ndarray]]:
    """A head at each place in turn, found by the detector in some frames alone: pictures as redacted, pixels seen."""
    tracks, frames = Tracks(RATE), [frame(left, post=post) for left in places]
    for number, (picture, _) in enumerate(frames):
        here = number in found
        boxes = box(places[number])[None] if here else np.zeros((0, 4), np.float32)
        tracks.add(picture, np.clip(boxes, 0, [WIDTH, HEIGHT] * 2), np.full(len(boxes), 0.9, np.float32))
    plan, _ = planned(tracks, (WIDTH, HEIGHT), RATE)
    return [
        (hidden(p, "solid") if one.cover is Cover.WHOLE else covered(p, one.boxes, "solid"), seen)
        for (p, seen), one in zip(frames, plan, strict=True)
    ]


def bare(frames: list[tuple[np.ndarray, np.ndarray]]) -> list[int]:
    """Numbers of the frames in which more than a tenth of what can be seen of the face is not covered."""
    return [i for i, (p, seen) in enumerate(frames) if seen.any() and (p != 114).any(axis=2)[seen].mean() > 0.1]


def test_a_face_is_covered_before_it_was_found_behind_the_post_and_after() -> None:
    places = [40 + 4.0 * n for n in range(50)]  # behind the post from 23 to 42
    frames = followed(places, set(range(12, 20)) | set(range(46, 50)))
    assert bare(frames) == []
    untouched = np.mean([(p == frame(x)[0]).all(axis=2).mean() for (p, _), x in zip(frames, places, strict=True)])
    assert untouched > 0.7
    assert not any((p == 114).all() for p, _ in frames)


def test_a_dash_that_no_detector_follows_is_covered_along_its_way() -> None:
    places = [20.0] * 20 + [20 + 40.0 * n for n in range(1, 6)] + [240.0] * 20
    frames = followed(places, set(range(20)) | set(range(26, 45)), post=False)
    assert bare(frames) == []


def test_whoever_comes_in_over_the_border_is_covered_from_the_first_pixel() -> None:
    places = [-50 + 5.0 * n for n in range(30)]
    assert bare(followed(places, set(range(13, 30)), post=False)) == []


def live(*found: tuple[np.ndarray, float]) -> Covered:
    boxes = np.array([one for one, _ in found], np.float32).reshape(-1, 4)
    scores = np.array([score for _, score in found], np.float32)
    return Covered("faces", boxes, scores, np.full(len(boxes), -1, np.int64), Cover.FACES, Text("", ""))


def test_what_is_hardly_a_face_is_covered_at_once_and_forgotten_soon() -> None:
    privacy, settings = Privacy(), LiveSettings(("faces",), cover="solid")
    picture, seen = frame(60)
    shown, told = privacy.cover(picture, live((box(60), 0.13)), 0.0, settings)
    assert (shown[seen] == 114).all() and len(told.boxes) == 1
    shown, told = privacy.cover(GROUND, live(), 0.04, settings)
    assert np.array_equal(shown, GROUND) and told.cover is Cover.FACES


def test_answers_that_mean_nothing_alone_count_at_the_border_and_while_somebody_is_lost() -> None:
    privacy, settings = Privacy(), LiveSettings(("faces",), cover="solid")
    picture, _ = frame(60, post=False)
    weak = (box(60), 0.07)
    assert np.array_equal(privacy.cover(picture, live(weak), 0.0, settings)[0], picture)
    entering, seen = frame(-14, post=False)
    shown, _ = privacy.cover(entering, live((np.array([0, 98, 28, 142]), 0.07)), 0.04, settings)
    assert (shown[seen] == 114).all()
    privacy.cover(picture, live((box(60), 0.9)), 0.08, settings)
    picture, seen = frame(125, post=False)  # gone with a jump
    shown, _ = privacy.cover(picture, live((box(125), 0.07)), 0.12, settings)
    assert (shown[seen] == 114).all()


def watched_live(places: list[float], found: set[int], *, post: bool) -> list[tuple[np.ndarray, np.ndarray]]:
    """What is shown while it happens, and which pixels of the face can be seen."""
    privacy, settings, out = Privacy(), LiveSettings(("faces",), cover="solid"), []
    for number, left in enumerate(places):
        picture, seen = frame(left, post=post)
        answers = live((box(left), 0.9)) if number in found else live()
        out.append((privacy.cover(picture, answers, number / RATE, settings)[0], seen))
    return out


def test_who_goes_on_behind_something_is_covered_when_coming_out_of_it() -> None:
    places = [40 + 4.0 * n for n in range(50)]  # wholly behind the post from 28 to 32, then seen and never found
    shown = watched_live(places, set(range(24)), post=True)
    assert bare(shown) == []
    assert np.mean([(p == frame(x)[0]).all(axis=2).mean() for (p, _), x in zip(shown, places, strict=True)]) > 0.6


def test_what_dashes_away_from_where_a_face_was_lost_is_covered_although_nothing_answers_for_it() -> None:
    places = [155.0] * 8 + [400.0] * 6 + [150.0 - 60 * n for n in (1, 2)]  # hides, then dashes out of there
    frames = watched_live(places, set(range(8)), post=False)
    assert bare(frames) == []


def test_a_lost_face_is_not_taken_for_the_known_one_beside_it() -> None:
    rng = np.random.default_rng(3)
    privacy, settings = Privacy(), LiveSettings(("faces",), cover="solid")
    lost, known = box(100), box(40)  # less than two sizes apart
    picture = rng.integers(0, 255, (HEIGHT, WIDTH, 3), np.uint8)
    for step in range(5):
        privacy.cover(picture, live((lost, 0.9), (known, 0.9)), step / RATE, settings)
    other = rng.integers(0, 255, (HEIGHT, WIDTH, 3), np.uint8)  # nothing looks as it did
    for step in range(5, 15):
        shown, told = privacy.cover(other, live((known, 0.9)), step / RATE, settings)
        assert (shown[100:142, 110:140] == 114).all() and told.cover is Cover.NEAR


@pytest.mark.parametrize("style", ["blur", "mosaic"])
def test_a_cover_keeps_no_more_than_six_cells_of_a_face(style: str) -> None:
    picture, _ = frame(60, post=False)
    out = covered(picture, [box(60)], style)[98:142, 68:102].astype(float)
    assert np.abs(out - picture[98:142, 68:102]).mean() > 8
    sharp = np.abs(np.diff(picture[98:142, 68:102].astype(float), axis=1)).mean()
    assert np.abs(np.diff(out, axis=1)).mean() < 0.6 * sharp
