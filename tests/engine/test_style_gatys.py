"""Painting: the losses fall, the colours stay when asked, a stopped painting is the best so far, bad pictures are named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

import engine
from engine.cli import main
from engine.console import BAD_INPUT, DONE
from engine.errors import LabError
from engine.jobs import Event, result_of
from engine.knobs import Box
from engine.memory import give_memory_back
from engine.style.cards import STYLES, read_picture, read_style
from engine.style.features import features, gram
from engine.style.gatys import GramPicture, Losses, Noted, Painted, affordable, levels, paint, with_colours_of
from engine.style.moves import Adam, Lbfgs
from engine.style.offered import open_photo
from engine.style.settings import StyleSettings
from engine.zoo.efficientnet_lite import pretrained

pytestmark = pytest.mark.usefixtures("one_core")
ROOT = Path(engine.__file__).parents[1]
SMALL = StyleSettings(size=96, evaluations=14)


@pytest.fixture(scope="module")
def cat() -> np.ndarray:
    return result_of(open_photo("chelsea.png")).picture


@pytest.fixture(scope="module")
def wave() -> np.ndarray:
    return read_style(STYLES[1])


def painted(photo: np.ndarray, style: np.ndarray, settings: StyleSettings | Box[StyleSettings]) -> list[Event]:
    return list(paint(photo, style, settings))


def test_the_fast_features_are_the_networks_own_maps_at_even_and_odd_sizes(cat: np.ndarray) -> None:
    plain, fast = pretrained(), features("efficientnet-lite0")
    for height, width in ((64, 96), (63, 65)):
        x = torch.from_numpy(cat[:height, :width]).permute(2, 0, 1)[None].float() / 255
        with torch.no_grad():
            found = fast.maps(x, set(fast.layers))
            for ours, theirs in zip(found.values(), plain.maps(x), strict=True):
                torch.testing.assert_close(ours, theirs, atol=1e-3, rtol=1e-3)


def test_a_gram_matrix_is_the_mean_product_of_two_channels() -> None:
    x = torch.tensor([[[[1.0, 2.0]], [[3.0, -1.0]]]])  # (1, 2, 1, 2)
    assert gram(x).tolist() == [[2.5, 0.5], [0.5, 5.0]]


def test_painting_lowers_the_style_loss_and_shows_a_gram_picture_of_each_layer(
    cat: np.ndarray, wave: np.ndarray
) -> None:
    events = painted(cat, wave, SMALL)
    losses = [e for e in events if isinstance(e, Losses)]
    assert [e.step for e in losses] == list(range(1, 15))
    assert losses[-1].style < 0.4 * losses[0].style
    assert [e.layer for e in events if isinstance(e, GramPicture)] == ["stem", "stage1", "stage2", "stage3", "stage4"]
    last = [e for e in events if isinstance(e, Painted)][-1]
    assert last.picture.shape == (64, 96, 3)
    assert (last.step, last.steps) == (14, 14)
    assert last.total <= min(e.total for e in losses)


def test_a_stopped_painting_is_the_best_so_far(cat: np.ndarray, wave: np.ndarray) -> None:
    job = paint(cat, wave, StyleSettings(size=96, evaluations=1000))
    seen = [next(e for e in job if isinstance(e, Painted)) for _ in range(3)]
    job.close()
    assert seen[0].picture.std() > 10  # a picture, not a blank
    assert seen[2].total < seen[1].total


def test_adam_and_a_start_from_noise_learn_too(cat: np.ndarray, wave: np.ndarray) -> None:
    settings = StyleSettings(size=64, evaluations=25, optimiser="adam", start="noise")
    losses = [e.total for e in painted(cat, wave, settings) if isinstance(e, Losses)]
    assert losses[-1] < 0.6 * losses[0]


def test_our_moves_are_those_of_torchs_optimisers_without_its_compiler() -> None:
    import subprocess
    import sys

    def walked(move: Callable[[torch.Tensor, torch.Tensor], None]) -> torch.Tensor:
        x = torch.tensor([1.5, -1.0, 0.7])
        for _ in range(12):
            y = x.detach().requires_grad_(True)
            loss = (1 - y[0]) ** 2 + 5 * (y[1] - y[0] ** 2) ** 2 + (y[2] * y[0]) ** 2
            move(x, torch.autograd.grad(loss, y)[0])
        return x

    theirs: dict[str, Any] = {
        "lbfgs": lambda x: torch.optim.LBFGS([x], lr=1.0, max_iter=1, history_size=4, tolerance_change=0.0),
        "adam": lambda x: torch.optim.Adam([x], lr=0.02),
    }
    for name, ours in (("lbfgs", Lbfgs(history=4)), ("adam", Adam(rate=0.02))):
        made: list[torch.optim.Optimizer] = []

        def usual(x: torch.Tensor, gradient: torch.Tensor, name: str = name, made: list[Any] = made) -> None:
            made[:] = made or [theirs[name](x)]
            x.grad = gradient
            made[0].step(lambda: 0.0)

        torch.testing.assert_close(walked(ours.move), walked(usual), atol=1e-5, rtol=1e-4)
    code = "import engine.style.gatys, sys; engine.style.gatys._mover(engine.style.gatys.StyleSettings()); sys.exit('torch._dynamo' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_only_the_chosen_layers_are_compared_and_an_unknown_one_is_named(cat: np.ndarray, wave: np.ndarray) -> None:
    few = StyleSettings(size=64, evaluations=1, style_layers=("stage2",), content_layers=("stage5",))
    assert [e.layer for e in painted(cat, wave, few) if isinstance(e, GramPicture)] == ["stage2"]
    with pytest.raises(LabError, match=r"conv9_9.*stage7"):
        painted(cat, wave, StyleSettings(style_layers=("conv9_9",)))


def test_a_weight_in_a_box_acts_while_it_paints(cat: np.ndarray, wave: np.ndarray) -> None:
    box = Box(SMALL)
    totals = []
    for event in paint(cat, wave, box):
        if isinstance(event, Losses):
            totals.append(event.total - box.value.content * event.content - box.value.smooth * event.smooth)
            box.replace(StyleSettings(size=96, evaluations=14, style=0.0))
    assert totals[0] > 1
    assert totals[1:] == pytest.approx([0] * 13, abs=1e-4)


def test_a_large_painting_grows_from_a_small_one() -> None:
    assert levels(256, 160) == [(256, 160)]
    assert levels(2048, 160) == [(256, 160), (512, 80), (1024, 40), (2048, 20)]


def test_the_sizes_of_a_painting_from_coarse_to_fine_end_at_the_one_asked(cat: np.ndarray, wave: np.ndarray) -> None:
    pictures = [e for e in painted(cat, wave, StyleSettings(size=330, evaluations=2)) if isinstance(e, Painted)]
    assert [max(e.picture.shape) for e in pictures if e.step in (2, 3)] == [165, 330]
    assert pictures[-1].step == pictures[-1].steps == 3


def test_more_than_fits_into_memory_is_painted_smaller_with_a_word() -> None:
    asked = StyleSettings(size=2048, network="vgg19-random")
    size, why = affordable((2048, 2048, 3), asked)
    import psutil

    enough = psutil.virtual_memory().available > 40 * 2**30
    assert (size == 2048 and why is None) if enough else (size < 2048 and why is not None and str(size) in str(why))


def test_a_style_with_the_photos_colours_has_their_mean_and_spread(cat: np.ndarray, wave: np.ndarray) -> None:
    turned = with_colours_of(wave, cat).reshape(-1, 3).astype(float)
    wanted = cat.reshape(-1, 3).astype(float)
    np.testing.assert_allclose(turned.mean(0), wanted.mean(0), atol=5)
    np.testing.assert_allclose(np.cov(turned.T), np.cov(wanted.T), rtol=0.2, atol=60)


def test_random_vgg_paints_and_the_published_one_says_how_to_get_it(
    cat: np.ndarray, wave: np.ndarray, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = StyleSettings(size=64, evaluations=6, network="vgg19-random")
    losses = [e.total for e in painted(cat, wave, settings) if isinstance(e, Losses)]
    assert losses[-1] < losses[0]
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    give_memory_back(at_once=True)
    with pytest.raises(LabError, match=r"models get vgg19.*EfficientNet-Lite0"):
        painted(cat, wave, StyleSettings(network="vgg19"))


def test_styles_that_come_with_the_app_say_who_painted_them_and_are_small() -> None:
    assert len(STYLES) >= 4
    assert all(card.artist.en and card.title.ko and card.year.en and card.source for card in STYLES)
    assert sum(card.path.stat().st_size for card in STYLES) < 1_000_000
    assert all(min(read_style(card).shape[:2]) >= 256 for card in STYLES)


def write(path: Path, mode: str, size: tuple[int, int], **how: object) -> Path:
    Image.effect_noise(size, 90).convert(mode).save(path, **how)  # type: ignore[arg-type]
    return path


def test_pictures_of_every_kind_become_rgb_with_a_word_where_something_is_left_out(tmp_path: Path) -> None:
    kinds = {"grey.png": "L", "ink.jpg": "CMYK", "clear.png": "RGBA"}
    for name, mode in kinds.items():
        picture, note = read_picture(write(tmp_path / name, mode, (60, 40)))
        assert (picture.shape, picture.dtype, note) == ((40, 60, 3), np.uint8, None)
    frames = [Image.effect_noise((60, 40), s) for s in (20, 60)]
    frames[0].save(tmp_path / "moves.gif", save_all=True, append_images=frames[1:])
    assert "first frame" in str(read_picture(tmp_path / "moves.gif")[1])
    wide, note = read_picture(write(tmp_path / "wide.png", "L", (20_000, 400)))
    assert wide.shape == (41, 2048, 3)
    assert "20000 × 400" in str(note)


def test_bad_pictures_are_refused_in_one_sentence(tmp_path: Path, cat: np.ndarray, wave: np.ndarray) -> None:
    with pytest.raises(LabError, match="1 × 1 pixels"):
        read_picture(write(tmp_path / "dot.png", "L", (1, 1)))
    (tmp_path / "words.png").write_text("no picture")
    with pytest.raises(LabError, match=r"words\.png is not a picture"):
        read_picture(tmp_path / "words.png")
    with pytest.raises(LabError, match="too narrow"):
        painted(cat[:4], wave, SMALL)


def test_the_command_writes_a_painting_and_tells_its_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], cat: np.ndarray
) -> None:
    photo, out = tmp_path / "고양이.png", tmp_path / "painted.png"
    Image.fromarray(cat).save(photo)
    asked = ["stylize", str(photo), "--style", "great-wave", "--size", "64", "--set", "evaluations=4"]
    assert main([*asked, "--out", str(out), "--json"]) == DONE
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (told["width"], told["evaluations"], told["style"]["year"]) == (64, 4, {"en": "c. 1831", "ko": "1831년쯤"})
    with Image.open(out) as kept:
        assert kept.size == (64, 43)
    assert main([*asked, "--out", str(tmp_path / "x.txt"), "--json"]) == BAD_INPUT
    assert main(["stylize", str(photo), "--style", "nobody", "--out", str(out)]) == BAD_INPUT
    assert "starry-night" in capsys.readouterr().err


def test_a_picture_that_fits_is_painted_without_a_word(cat: np.ndarray, wave: np.ndarray) -> None:
    assert not [e for e in painted(cat, wave, StyleSettings(size=64, evaluations=1)) if isinstance(e, Noted)]
