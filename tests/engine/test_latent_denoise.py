"""Denoising (row 122): noise as asked, photographs and live pictures cleaned, learnt and shipped, and its command."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image
from skimage import data

from engine.cli import main
from engine.console import BAD_INPUT, DONE
from engine.errors import LabError
from engine.jobs import result_of
from engine.knobs import Box
from engine.latent.denoise_live import Cleaner, Denoised, Noise, look_for_denoisers, open_cleaner, watch_denoised
from engine.latent.denoiser import harm, psnr
from engine.live.sources import Picture, VideoFile

pytestmark = pytest.mark.usefixtures("one_core")


@pytest.fixture(scope="module")
def cat() -> np.ndarray:
    """(300, 451, 3): both sides are no multiples of what the network takes."""
    return np.asarray(data.chelsea())


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return open_cleaner()


def test_the_noise_is_as_strong_as_asked_and_the_same_for_the_same_seed() -> None:
    grey = np.full((200, 200, 3), 128, np.uint8)
    noisy = harm(grey, spread=0.1, dropped=0.0, seed=3)
    assert noisy.astype(float).std() == pytest.approx(25.5, rel=0.05)
    out = harm(grey, spread=0.0, dropped=0.3, seed=3)
    assert (out.max(2) == 0).mean() == pytest.approx(0.3, abs=0.02), "a pixel goes out in all colours"
    assert (harm(grey, spread=0.1, dropped=0.3, seed=3) == harm(grey, spread=0.1, dropped=0.3, seed=3)).all()
    assert (noisy != harm(grey, spread=0.1, dropped=0.0, seed=4)).any()
    assert (harm(grey, spread=0.0, dropped=0.0, seed=1) == grey).all()


@pytest.mark.parametrize(("noise", "better"), [((0.2, 0.0), 3.0), ((0.0, 0.5), 7.0), ((0.1, 0.3), 5.0)])
def test_the_denoiser_that_ships_takes_noise_out_and_fills_holes_better_than_a_median(
    cleaner: Cleaner, cat: np.ndarray, noise: tuple[float, float], better: float
) -> None:
    noisy = harm(cat, spread=noise[0], dropped=noise[1], seed=1)
    clean = cleaner.clean(noisy)
    assert clean.shape == cat.shape and clean.dtype == np.uint8
    assert psnr(clean, cat) > psnr(noisy, cat) + better
    if noise[1]:
        assert psnr(clean, cat) > psnr(np.asarray(cv2.medianBlur(noisy, 3)), cat) + 2


def test_a_live_picture_follows_the_hand_from_noise_to_none(tmp_path: Path, cat: np.ndarray) -> None:
    photo = tmp_path / "고양이.png"
    Image.fromarray(cat).save(photo)
    noise = Box(Noise(gaussian=0.2))
    job = watch_denoised(Picture(photo), noise)
    first = next(event for event in job if isinstance(event, Denoised))
    noise.replace(Noise(gaussian=0.0))
    second = next(event for event in job if isinstance(event, Denoised))
    job.close()
    assert first.before < first.after - 3 and first.noisy.shape == first.clean.shape
    assert second.before == 99 and (second.noisy == second.picture).all()
    assert second.after > 20, "a picture without noise stays nearly what it is"


def test_a_source_that_is_none_is_told_in_one_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "broken.avi"
    broken.write_bytes(b"no video")
    with pytest.raises(LabError, match=r"broken\.avi"):
        result_of(watch_denoised(VideoFile(broken, loop=False), Box(Noise())))
    with pytest.raises(LabError, match="nowhere"):
        result_of(watch_denoised(Picture(broken), Box(Noise()), str(tmp_path / "nowhere")))


def test_the_command_cleans_a_picture_and_a_video(
    tmp_path: Path, cat: np.ndarray, capsys: pytest.CaptureFixture[str]
) -> None:
    photo, film, out = tmp_path / "고양이.png", tmp_path / "cat.avi", tmp_path / "clean.png"
    Image.fromarray(cat).save(photo)
    writer = cv2.VideoWriter(str(film), cv2.VideoWriter.fourcc(*"MJPG"), 10, (160, 120))
    for shift in range(3):
        writer.write(np.ascontiguousarray(cat[shift : 120 + shift, 100:260, ::-1]))
    writer.release()
    assert main(["denoise", str(photo), "--out", str(out), "--dropout", "0.5", "--gaussian", "0", "--json"]) == DONE
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["pictures"] == 1 and told["psnr_after"] > told["psnr_before"] + 8
    assert psnr(np.asarray(Image.open(out)), cat) > 20
    assert main(["denoise", str(film), "--out", str(tmp_path / "both.avi"), "--beside", "--json"]) == DONE
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["pictures"] == 3
    reader = cv2.VideoCapture(str(tmp_path / "both.avi"))
    assert (reader.get(cv2.CAP_PROP_FRAME_COUNT), reader.get(cv2.CAP_PROP_FRAME_WIDTH)) == (3, 320)
    for wrong in (
        ["denoise", str(tmp_path / "none.mp4"), "--out", str(out)],
        ["denoise", str(photo), "--out", str(photo)],
        ["denoise", str(photo), "--out", str(out), "--gaussian", "7"],
        ["denoise", str(film), "--out", str(tmp_path / "v.txt")],
    ):
        assert main(wrong) == BAD_INPUT
        assert capsys.readouterr().err.strip().count("\n") == 0, "one sentence"


def test_it_is_learnt_from_photographs_found_in_the_window_and_bundled(
    tmp_path: Path, home: Path, cat: np.ndarray, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "coco_small"
    for split in ("train", "val"):
        (folder / split).mkdir(parents=True)
        images = []
        for number in range(4):
            Image.fromarray(cat[:96, 60 * number : 60 * number + 128]).save(folder / split / f"{number}.jpg")
            images.append({"id": number, "file_name": f"{number}.jpg", "width": 128, "height": 96, "license": 4})
        marks = {"images": images, "annotations": [], "categories": [{"id": 0, "name": "person"}]}
        (folder / f"instances_{split}.json").write_text(json.dumps(marks))
    (folder / "captions.json").write_text("{}")
    run, small = home / "runs" / "mine", ["side=32", "patches=2", "batch_size=2", "held_out=1", "width=8", "epochs=2"]
    asked = ["train", "ae-photos", "--data", str(tmp_path), "--dataset", "free-photos", "--out", str(run)]
    assert main([*asked, "--set", *small, "--json"]) == DONE
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (told["test_count"], told["metric"]) == (4, "noise_removed")
    found = result_of(look_for_denoisers())
    assert [which for _, which in found.networks] == ["bundled", str(run)]
    assert open_cleaner("mine").clean(cat).shape == cat.shape, "a run is found by its name too"
    assert main(["bundle", str(run), "--out", str(tmp_path / "pack")]) == DONE
    card = json.loads((tmp_path / "pack" / "ae-photos.json").read_text("utf-8"))
    assert (card["pack"], card["task"], card["build"]) == ("open", "denoise", {"width": 8})
    assert {"psnr_before_dropout_60", "psnr_after_dropout_60", "psnr_median_dropout_60"} <= set(card)
