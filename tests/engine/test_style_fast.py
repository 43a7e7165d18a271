"""The fast painter: it paints like Gatys, strength leads back to the photo, new styles are learnt, videos play."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from PIL import Image

from engine.cli import main
from engine.console import BAD_INPUT, DONE
from engine.devices import choose
from engine.errors import LabError
from engine.files import read_tensors, write_tensors
from engine.jobs import result_of
from engine.knobs import Box
from engine.live.opening import open_source
from engine.live.seen import Seen
from engine.live.settings import LiveSettings
from engine.live.sources import Picture, VideoFile
from engine.live.watch import watch
from engine.style.brush import Brush, open_brush
from engine.style.cards import STYLES, read_style
from engine.style.fast import Wish, code_named, repaint
from engine.style.gatys import fitted
from engine.style.layers import PICTURES, Rebuilt, rebuild
from engine.style.offered import PHOTOS, open_photo, packaged_photo
from engine.style.own import Learnt, OwnStyle, code_of, forget, learn_style, own_styles
from engine.style.perceptual import STYLE, as_batch, bundled_grams, compare, maps_of
from engine.style.steady import Steady
from engine.style.videos import FramePainted, paint_video

pytestmark = pytest.mark.usefixtures("one_core")
FP32 = choose("cpu", "fp32")


@pytest.fixture(scope="module")
def brush() -> Brush:
    return open_brush()


@pytest.fixture(scope="module")
def cat() -> np.ndarray:
    return fitted(packaged_photo("chelsea.png"), 192)


@torch.no_grad()
def style_loss(picture: np.ndarray, photo: np.ndarray, style: str) -> float:
    wanted = bundled_grams((style,), 384, FP32)
    seen, before = as_batch(picture[None], FP32), as_batch(photo[None], FP32)
    return float(compare(seen, maps_of(seen, FP32), maps_of(before, FP32), {n: wanted[n][:1] for n in STYLE}).style)


@pytest.mark.parametrize("style", ["starry-night", "scream"])
def test_a_painting_has_most_of_the_style_and_more_of_its_own_than_of_another(
    brush: Brush, cat: np.ndarray, style: str
) -> None:
    painted = brush.paint(cat, brush.code({style: 1}))
    assert style_loss(painted, cat, style) < 0.4 * style_loss(cat, cat, style)
    other = brush.paint(cat, brush.code({"great-wave": 1}))
    assert style_loss(painted, cat, style) < style_loss(other, cat, style)


def test_strength_leads_from_the_photo_to_the_style_and_a_blend_lies_between(brush: Brush, cat: np.ndarray) -> None:
    def apart(one: np.ndarray, other: np.ndarray) -> float:
        return float(np.abs(one.astype(float) - other).mean())

    far = [apart(brush.paint(cat, brush.code({"scream": 1}, s), s), cat) for s in (0.0, 0.3, 0.6, 1.0)]
    assert far[0] == 0
    assert sorted(far) == far
    ends = [brush.paint(cat, brush.code({name: 1})) for name in ("scream", "great-wave")]
    between = brush.paint(cat, brush.code({"scream": 1, "great-wave": 1}))
    assert max(apart(between, end) for end in ends) < apart(*ends)


def test_any_size_is_painted_at_its_size_and_a_sliver_is_refused(brush: Brush, cat: np.ndarray) -> None:
    for height, width in ((33, 47), (9, 150), (8, 8)):
        small = cv2.resize(cat, (width, height))
        assert brush.paint(small, brush.codes[0]).shape == (height, width, 3)
    with pytest.raises(LabError, match=r"200 × 4 pixels.*too narrow"):
        result_of(repaint(np.zeros((4, 200, 3), np.uint8), Wish({"scream": 1.0}), Box(brush)))


def test_what_openvino_paints_is_what_torch_paints(cat: np.ndarray) -> None:
    brush, small = open_brush(), fitted(cat, 64)
    code = brush.code({"wheat-field": 1})
    first = brush.paint(small, code).astype(float)
    assert brush.backend.startswith("PyTorch")
    brush.build(small, code, always=True)
    again = brush.paint(small, code).astype(float)
    assert brush.backend.startswith("OpenVINO")
    assert np.abs(first - again).mean() < 4


def test_a_style_of_ones_own_is_learnt_kept_found_by_its_picture_and_forgotten(brush: Brush, tmp_path: Path) -> None:
    picture = read_style(STYLES[5])[:300, :300, ::-1].copy()  # other colours: no style that it knows
    events = list(learn_style(picture, "내 그림 1", brush, steps=8))
    losses = [event.loss for event in events if isinstance(event, Learnt)]
    assert losses[-1] < losses[0]
    (own,) = own_styles()
    assert (own.id, str(own.name), own.picture.is_file()) == ("own:내-그림-1", "내 그림 1", True)
    code = code_of(own, brush)
    assert np.abs(code - brush.codes[:-1]).max(axis=1).min() > 0.01
    assert np.array_equal(result_of(code_named(brush, "내 그림 1")), code)
    tensors, about = read_tensors(own.file)
    write_tensors(own.file, tensors, {**about, "painter": "another"})
    with pytest.raises(LabError, match="another painter"):
        code_of(own, brush)
    result_of(forget(own))
    assert own_styles() == ()
    with pytest.raises(LabError, match="no letter or digit"):
        result_of(learn_style(picture, "!?", brush))


def test_a_learning_that_is_stopped_keeps_what_it_has(brush: Brush, cat: np.ndarray) -> None:
    job = learn_style(cat, "cat", brush, steps=400)
    next(event for event in job if isinstance(event, Learnt))
    job.close()
    assert [one.id for one in own_styles()] == ["own:cat"]


def video(path: Path, photo: np.ndarray, frames: int) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (96, 64))
    for number in range(frames):
        writer.write(np.roll(cv2.resize(photo, (96, 64)), 3 * number, axis=1))
    writer.release()
    return path


def frames_of(path: Path) -> list[np.ndarray]:
    frames, found = open_source(VideoFile(path, loop=False), whole=True), []
    while (frame := frames.read()) is not None:
        found.append(frame.image)
    frames.close()
    return found


def test_a_video_is_painted_frame_by_frame_and_one_that_is_stopped_plays_as_far_as_it_came(
    brush: Brush, cat: np.ndarray, tmp_path: Path
) -> None:
    source, wishes = video(tmp_path / "고양이.avi", cat, 8), Box(Wish({"starry-night": 1.0}, 1.0, 96))
    told = result_of(paint_video(source, tmp_path / "whole.avi", wishes, Box(brush)))
    assert (told["frames"], told["width"], told["height"]) == (8, 96, 64)
    painted = frames_of(tmp_path / "whole.avi")
    assert len(painted) == 8
    assert np.abs(painted[0].astype(float) - frames_of(source)[0]).mean() > 10
    job, seen = paint_video(source, tmp_path / "half.avi", wishes, Box(brush)), 0
    for event in job:
        seen += isinstance(event, FramePainted)
        if seen == 1:
            break
    job.close()
    assert 1 <= len(frames_of(tmp_path / "half.avi")) < 8
    (tmp_path / "words.mp4").write_text("no video")
    for bad, to, words in (
        (tmp_path / "words.mp4", tmp_path / "x.avi", "not a video"),
        (source, source, "must not be the old one"),
        (source, tmp_path / "x.png", "must end in"),
    ):
        with pytest.raises(LabError, match=words):
            result_of(paint_video(bad, to, wishes, Box(brush)))
    assert not (tmp_path / "x.avi").exists()
    assert result_of(open_photo(source)).picture.shape == (64, 96, 3)


def test_a_steadied_film_flickers_half_as_much_follows_the_camera_and_forgets_at_a_cut(
    brush: Brush, cat: np.ndarray
) -> None:
    rng, code, large = (
        np.random.default_rng(0),
        brush.code({"starry-night": 1}),
        fitted(packaged_photo("coffee.png"), 240),
    )

    def flicker(share: float) -> float:
        steady, found, last = Steady(), list[float](), None
        for number in range(6):
            frame = large[number : number + 120, 3 * number : 3 * number + 180] + rng.normal(0, 4, (120, 180, 3))
            photo = frame.clip(0, 255).astype(np.uint8)
            now = steady.mix(photo, brush.paint(photo, code), share).astype(float)
            found += [] if last is None else [float(np.abs(now[:-1, :-3] - last[1:, 3:]).mean())]
            last = now
        return float(np.mean(found))

    assert flicker(0.7) < 0.5 * flicker(0.0)
    steady, other = Steady(), cv2.resize(cat, (180, 120))
    steady.mix(large[:120, :180], brush.paint(large[:120, :180], code), 0.7)
    painted = brush.paint(other, code)
    assert np.abs(steady.mix(other, painted, 0.7).astype(float) - painted).mean() < 8, "another scene is painted anew"


def test_the_layers_give_back_a_photo_the_finer_the_closer(cat: np.ndarray) -> None:
    made = [e for e in rebuild(cat, read_style(STYLES[0]), "efficientnet-lite0", side=64, evaluations=25)
            if isinstance(e, Rebuilt)]  # fmt: skip
    assert len(made) == PICTURES
    content, small = [one for one in made if one.kind == "content"], fitted(cat, 64).astype(float)
    alike = [np.corrcoef(one.picture.ravel(), small.ravel())[0, 1] for one in content]
    assert alike[0] > 0.9
    assert alike[0] > alike[-1]


def test_the_commands_paint_a_photo_a_sheet_and_a_video(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], cat: np.ndarray
) -> None:
    photo = tmp_path / "cat.png"
    Image.fromarray(cat).save(photo)
    fast = ["--method", "fast", "--json", "--out"]
    assert main(["stylize", str(photo), "--style", "scream", "--size", "96", *fast, str(tmp_path / "a.png")]) == DONE
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (told["width"], told["method"], told["milliseconds"] > 0) == (96, "fast", True)
    two = ["stylize", str(photo), str(photo), "--style", "scream", "great-wave", "metzinger", "--size", "64"]
    assert main([*two, *fast, str(tmp_path / "sheet.jpg")]) == DONE
    with Image.open(tmp_path / "sheet.jpg") as sheet:
        assert (sheet.width, sheet.height) == (4 * 248 + 8, 28 + 3 * 188)
    source = video(tmp_path / "cat.avi", cat, 3)
    assert (
        main(["stylize", str(source), "--style", "scream", "great-wave", "--blend", *fast, str(tmp_path / "v.mp4")])
        == DONE
    )
    assert len(frames_of(tmp_path / "v.mp4")) == 3
    assert main(["stylize", str(source), "--style", "scream", "--out", str(tmp_path / "v.mp4")]) == BAD_INPUT


def test_the_recipe_learns_from_the_photographs_that_may_be_passed_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "coco_small"
    for split, licences in (("train", (4, 5, 3, 4)), ("val", (4, 1))):
        (folder / split).mkdir(parents=True)
        images = []
        for number, (name, licence) in enumerate(zip(PHOTOS, licences, strict=False)):
            Image.fromarray(fitted(packaged_photo(name), 96)).save(folder / split / f"{number}.jpg")
            images.append({"id": number, "file_name": f"{number}.jpg", "width": 96, "height": 64, "license": licence})
        marks = {"images": images, "annotations": [], "categories": [{"id": 0, "name": "person"}]}
        (folder / f"instances_{split}.json").write_text(json.dumps(marks))
    (folder / "captions.json").write_text("{}")
    small = ["side=64", "batch_size=2", "held_out=1", "width=16", "blocks=1", "styles=scream,great-wave", "epochs=2"]
    asked = ["train", "style", "--data", str(tmp_path), "--dataset", "free-photos", "--out", str(tmp_path / "run")]
    assert main([*asked, "--set", *small, "--json"]) == DONE
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (told["steps"], told["test_count"], told["metric"]) == (2, 1, "loss_removed")
    assert open_brush(str(tmp_path / "run")).names == ("scream", "great-wave")
    assert main(["bundle", str(tmp_path / "run"), "--out", str(tmp_path / "pack")]) == DONE
    card = json.loads((tmp_path / "pack" / "style.json").read_text("utf-8"))
    assert (card["pack"], card["task"], card["build"]["width"]) == ("open", "style", 16)


def test_live_shows_the_painting_in_place_of_the_picture(tmp_path: Path, cat: np.ndarray) -> None:
    photo = tmp_path / "cat.png"
    Image.fromarray(cat).save(photo)

    def seen(strength: float) -> Seen:
        job = watch(Picture(photo), Box(LiveSettings(("style",), style="scream", style_strength=strength)), whole=True)
        return next(event for event in job if isinstance(event, Seen))

    painted, plain = seen(1.0), seen(0.0)
    assert painted.results == ()
    assert painted.picture.shape == cat.shape
    assert np.abs(painted.picture.astype(float) - cat).mean() > 20
    assert np.array_equal(plain.picture, cat)


def test_an_own_style_whose_picture_is_gone_is_not_offered(brush: Brush, cat: np.ndarray) -> None:
    from engine.style.offered import own_tiles

    style: OwnStyle = result_of(learn_style(cat, "cat", brush, steps=1))
    assert [one.id for one, _ in result_of(own_tiles(32))] == ["own:cat"]
    style.picture.unlink()
    assert result_of(own_tiles(32)) == ()
