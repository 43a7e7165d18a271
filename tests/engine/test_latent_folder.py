"""A generator that learns from any folder of pictures, and pictures changed before the discriminator sees them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from engine.cli import main
from engine.errors import LabError
from engine.jobs import result_of
from engine.latent.augmented import POLICIES, mirrored, varied
from engine.latent.begin import find_dataset, read_pictures
from engine.latent.dcgan import Discriminator, Generator
from engine.latent.gan import GanStepper, Move
from engine.latent.layers import FromPicture
from engine.latent.own_pictures import is_folder, read_own
from engine.latent.recipes import latent_recipe

pytestmark = pytest.mark.usefixtures("one_core")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """40 pictures in two folders, one that is none, one that is cut off; the left half of each is red."""
    place = tmp_path / "내 그림"
    for number in range(40):
        below = place / ("rot" if number % 2 else "blau")
        below.mkdir(parents=True, exist_ok=True)
        picture = np.zeros((30, 60, 3), np.uint8)
        picture[:, :30, 0] = 250
        picture[:, 30:, 2] = 100 + number
        Image.fromarray(picture).save(below / f"{number:02d}.png")
    (place / "rot" / "note.txt").write_text("no picture")
    (place / "rot" / "99.png").write_bytes(b"\x89PNG cut off")
    return place


def test_a_folder_becomes_squares_with_its_folders_as_classes_and_a_tenth_aside(folder: Path) -> None:
    images, labels, names = result_of(read_own(folder, "train", 16))
    kept, _, _ = result_of(read_own(folder, "val", 16))
    assert images.shape[1:] == (16, 16, 3) and len(images) + len(kept) == 40 and len(kept) == 4
    assert [name.en for name in names] == ["blau", "rot"] and set(labels) == {0, 1}
    assert images[0, 8, 2].tolist() == [250, 0, 0] and images[0, 8, 13, 2] >= 100, "the middle square, both halves"


def test_a_folder_without_enough_pictures_and_one_that_is_not_there_are_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(LabError, match=r"empty holds 0 readable pictures"):
        result_of(read_own(tmp_path / "empty", "train", 16))
    own = latent_recipe("dcgan-own")
    with pytest.raises(LabError, match="There is no folder"):
        find_dataset(own, str(tmp_path / "nowhere"), None)
    with pytest.raises(LabError, match="Choose their folder first"):
        find_dataset(own, "auto", None)
    with pytest.raises(LabError, match="learns from mnist, digits"):
        find_dataset(latent_recipe("dcgan-mnist"), str(folder), None)


def test_a_gan_learns_from_a_folder_by_command_and_its_samples_are_made(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = tmp_path / "run"
    small = ["--set", "width=4", "latent=8", "batch_size=16", "held_out=2", "check_every=9.0"]
    command = ["train", "dcgan-own", "--dataset", str(folder), "--epochs", "1", *small, "--out", str(run), "--json"]
    assert main(command) == 0
    about = json.loads((run / "run.json").read_text("utf-8"))
    assert about["dataset"] == str(folder.resolve()) and about["pack"] == "restricted" and about["state"] == "done"
    assert 0 < about["figures"]["frechet_real"] < about["figures"]["frechet"], "other real pictures lie nearer"
    assert main(["generate", str(run), "--n", "4", "--out", str(tmp_path / "a.png"), "--json"]) == 0
    with Image.open(tmp_path / "a.png") as sheet:
        assert sheet.size == (128, 128)
    assert main(["evaluate", str(run), "--count", "100", "--json"]) == 0
    found = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert found["dataset"] == str(folder.resolve()) and found["count_real"] == 4 and found["small_sample"]
    assert main(["bundle", str(run), "--out", str(tmp_path / "x")]) != 0, "own pictures do not ship"


def test_a_data_set_is_meant_where_a_folder_of_its_name_lies_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "digits").mkdir()
    monkeypatch.chdir(tmp_path)
    assert not is_folder("digits") and is_folder("./digits")
    assert len(result_of(read_pictures(latent_recipe("dcgan-mnist"), "digits", "train", None)).images) > 1000


@pytest.mark.parametrize("policy", POLICIES)
def test_changed_pictures_keep_their_shape_differ_and_carry_the_gradient(policy: str) -> None:
    x = (torch.rand(6, 3, 16, 16) * 2 - 1).requires_grad_()
    seen = varied(x, policy, torch.Generator().manual_seed(1))
    assert seen.shape == x.shape and torch.equal(seen, x) == (policy == "none")
    seen.sum().backward()
    assert x.grad is not None and (x.grad.abs().flatten(1).sum(1) > 0).all()


def test_a_mirror_turns_about_half_of_the_pictures() -> None:
    x = torch.arange(16.0).repeat(400, 1, 16, 1)
    turned = (mirrored(x, torch.Generator().manual_seed(0))[:, 0, 0, 0] == 15).float().mean()
    assert 0.4 < turned < 0.6


@pytest.mark.parametrize("spectral", [False, True])
def test_three_moves_in_one_pass_teach_what_three_moves_teach(spectral: bool) -> None:
    def game() -> GanStepper:
        torch.manual_seed(0)
        made = Generator(latent=4, side=28, channels=1, width=4, classes=3)
        critic = Discriminator(side=28, channels=1, width=4, classes=3, batch_norm=not spectral, spectral=spectral)
        return GanStepper(made, critic, latent=4, random=torch.Generator().manual_seed(1))

    real, labels = torch.rand(6, 1, 28, 28) * 2 - 1, torch.arange(6) % 3
    single, joint = game(), game()
    if spectral:  # each pass goes one step of the power iteration: let it settle first
        for one in (single, joint):
            for _ in range(40):
                one.discriminator(real, labels)
    slow = [single.play(real, labels) for _ in range(3)]
    fast = joint.moves_1_to_3(real, labels)
    assert single.next is joint.next is Move.FOOL
    for a, b in zip(slow, fast, strict=True):
        torch.testing.assert_close(a.scores, b.scores, atol=2e-3 if spectral else 1e-5, rtol=1e-3)
    for a, b in zip(single.discriminator.parameters(), joint.discriminator.parameters(), strict=True):
        torch.testing.assert_close(a.grad, b.grad, atol=5e-3 if spectral else 1e-5, rtol=1e-2)


def test_the_quick_way_through_a_grey_picture_gives_what_torch_gives() -> None:
    layer = FromPicture(1, 8, 4, stride=2, padding=1)
    x = torch.randn(3, 1, 28, 28, requires_grad=True)
    usual = layer(x)
    (there,) = torch.autograd.grad((usual**2).sum(), x)
    layer.requires_grad_(False)
    quick = layer(x)
    (here,) = torch.autograd.grad((quick**2).sum(), x)
    assert torch.allclose(quick, usual.detach(), atol=1e-5, rtol=1e-4)
    assert torch.allclose(here, there, atol=1e-4, rtol=1e-4)
