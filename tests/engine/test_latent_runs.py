"""Generators trained, stopped, continued, asked and measured, from the job and from the command line."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from engine.cli import main
from engine.data.pictures import read_grey
from engine.errors import LabError
from engine.files import read_json, read_tensors, write_tensors
from engine.jobs import Job, result_of
from engine.knobs import Box
from engine.latent.evaluate import evaluate_generator
from engine.latent.events import Checked, KnobMoved, Learned, Outcome, Samples, Started
from engine.latent.found import known_generators
from engine.latent.generate import dream, generate, write_film
from engine.latent.learn import train
from engine.latent.recipes import RECIPES
from engine.latent.run_folder import dreams, read_events
from engine.latent.settings import DbnSettings, GanSettings, VaeSettings
from engine.latent.trained import moments, open_generator
from engine.train.checkpoints import kept

SMALL_GAN = GanSettings(
    epochs=0.06,
    batch_size=32,
    learning_rate=2e-3,
    latent=8,
    width=4,
    average=0.5,
    conditional=True,
    check_every=0.03,
    held_out=50,
)
SMALL_VAE = VaeSettings(epochs=0.2, batch_size=64, latent=2, hidden=32, check_every=0.1, held_out=50)


def one_by_one(job: Job) -> tuple[list[Any], Any]:
    events = []
    while True:
        try:
            events.append(next(job))
        except StopIteration as end:
            return events, end.value


@pytest.fixture(scope="module")
def vae_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A VAE of 2 numbers that learnt for a moment."""
    out = tmp_path_factory.mktemp("runs") / "vae"
    result_of(train("vae-mnist-2d", SMALL_VAE, dataset="digits", out=out))
    return out


@pytest.fixture(scope="module")
def gan_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Any], Outcome]:
    """A small conditional DCGAN with everything it said."""
    out = tmp_path_factory.mktemp("runs") / "gan"
    events, outcome = one_by_one(train("dcgan-mnist", SMALL_GAN, dataset="digits", out=out))
    return out, events, outcome


def test_a_run_tells_checks_films_and_keeps(gan_run: tuple[Path, list[Any], Outcome]) -> None:
    out, events, outcome = gan_run
    assert [type(e) for e in events if isinstance(e, Started | Checked)] == [Started, Checked, Checked]
    grids = [e for e in events if isinstance(e, Samples)]
    assert grids[0].step == 0 and grids[0].images.shape == (64, 28, 28)
    assert not np.array_equal(grids[0].images, grids[-1].images)
    learned = next(e for e in events if isinstance(e, Learned))
    assert {"D(x)", "D(G(z))", "log D(x)", "log(1−D(G(z)))", "loss D", "loss G"} == set(learned.losses)
    checks = [e for e in events if isinstance(e, Checked)]
    assert {"frechet", "confident", "share_min", "share_max", "cover"} <= set(checks[0].figures)
    about = read_json(out / "run.json")
    assert about["state"] == "done" and about["summary"]["steps"] == outcome.steps
    assert [e for e in read_events(out) if isinstance(e, Checked)] == checks
    film = sorted((out / "film").glob("*.png"))
    assert [int(p.stem) for p in film] == [0, *(c.step for c in checks)]
    with Image.open(film[0]) as frame:
        assert frame.size == (8 * 28, 8 * 28)
    assert [m.step for m in moments(out)] == [one.step for one in kept(out)] and kept(out)[0].step == 0


def test_a_stopped_run_goes_on_as_if_it_had_not_stopped(tmp_path: Path) -> None:
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    result_of(train("dcgan-mnist", SMALL_GAN, dataset="digits", out=whole))
    job = train("dcgan-mnist", SMALL_GAN, dataset="digits", out=parts)
    while not isinstance(next(job), Checked):
        pass
    job.close()
    assert read_json(parts / "run.json")["state"] == "stopped"
    outcome = result_of(train("", resume=parts))
    assert outcome.steps == read_json(whole / "run.json")["summary"]["steps"]
    a, b = (read_tensors(folder / "last.safetensors")[0] for folder in (whole, parts))
    assert a.keys() == b.keys() and all(torch.equal(a[name], b[name]) for name in a)
    with pytest.raises(LabError, match="has ended"):
        result_of(train("", resume=parts))


def test_a_knob_moved_while_it_learns_is_noted(tmp_path: Path) -> None:
    knobs = Box(SMALL_VAE)
    job = train("vae-mnist-2d", SMALL_VAE, dataset="digits", out=tmp_path / "run", knobs=knobs)
    while not isinstance(next(job), Learned):
        pass
    knobs.replace(dataclasses.replace(SMALL_VAE, beta=4.0))
    moved = [e for e in one_by_one(job)[0] if isinstance(e, KnobMoved)]
    assert [(m.name, m.old, m.new) for m in moved] == [("beta", 1.0, 4.0)]


def test_a_stack_ends_with_the_comparison_it_is_for(tmp_path: Path) -> None:
    settings = DbnSettings(epochs=0.2, widths="24-16", labels=50, tune_epochs=1, held_out=50, check_every=0.1)
    outcome = result_of(train("dbn-mnist", settings, dataset="digits", out=tmp_path / "run"))
    assert outcome.figures["labels"] == 50 and outcome.figures["count"] == 1000
    assert 0 < outcome.figures["error_pretrained"] <= 1 and 0 < outcome.figures["error_scratch"] <= 1


def test_the_same_seed_makes_the_same_sheet_and_another_another(vae_run: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"{n}.png" for n in range(3)]
    for file, seed in zip(files, (1, 1, 2), strict=True):
        made = result_of(generate(str(vae_run), out=file, seed=seed, count=12))
    assert made.count == 12
    sheets = [read_grey(file) for file in files]
    assert sheets[0].shape == (3 * 28, 4 * 28)
    assert np.array_equal(sheets[0], sheets[1]) and not np.array_equal(sheets[0], sheets[2])


@pytest.mark.parametrize("name", ["walk.gif", "walk.mp4"])
def test_a_walk_is_a_film(vae_run: Path, tmp_path: Path, name: str) -> None:
    import cv2

    made = result_of(generate(str(vae_run), out=tmp_path / name, count=2, walking=True))
    film = cv2.VideoCapture(str(tmp_path / name))
    frames = 0
    while film.read()[0]:
        frames += 1
    film.release()
    assert frames == made.count == 40


def test_a_walk_that_cannot_be_written_leaves_the_film_that_was_there(tmp_path: Path) -> None:
    """It was written over before its first picture."""
    import cv2

    to = tmp_path / "walk.mp4"
    to.write_bytes(b"an older film")
    with pytest.raises(cv2.error):
        write_film(to, np.zeros((3, 28, 28, 2), np.uint8))  # two channels are no picture
    assert to.read_bytes() == b"an older film" and len(list(tmp_path.iterdir())) == 1


def test_a_conditional_generator_makes_what_is_asked(gan_run: tuple[Path, list[Any], Outcome], tmp_path: Path) -> None:
    result_of(generate(str(gan_run[0]), out=tmp_path / "a.png", label=3, count=4))
    result_of(generate(str(gan_run[0]), out=tmp_path / "b.png", label=4, count=4))
    assert (tmp_path / "a.png").read_bytes() != (tmp_path / "b.png").read_bytes()
    with pytest.raises(LabError, match="no class 10"):
        result_of(generate(str(gan_run[0]), out=tmp_path / "c.png", label=10))


def test_a_slider_gets_its_picture(vae_run: Path) -> None:
    model = open_generator(str(vae_run)).model
    one = result_of(dream(model, np.array([0.5, -1.0])))
    other = result_of(dream(model, np.array([2.0, 1.0])))
    assert one.image.shape == (28, 28) and one.image.dtype == np.uint8
    assert not np.array_equal(one.image, other.image)


def test_what_cannot_be_generated_is_said_in_a_sentence(vae_run: Path, tmp_path: Path) -> None:
    with pytest.raises(LabError, match="no recipe, no run and no file"):
        result_of(generate("nothing", out=tmp_path / "a.png"))
    with pytest.raises(LabError, match=r"ends in \.png"):
        result_of(generate(str(vae_run), out=tmp_path / "a.jpg"))
    with pytest.raises(LabError, match="without classes"):
        result_of(generate(str(vae_run), out=tmp_path / "a.png", label=1))
    write_tensors(tmp_path / "other.safetensors", {"w": torch.zeros(1)}, {"recipe": "mnist-deep"})
    with pytest.raises(LabError):
        result_of(generate(str(tmp_path / "other.safetensors"), out=tmp_path / "a.png"))


def test_a_generator_is_measured_beside_real_pictures_and_its_untrained_self(vae_run: Path) -> None:
    found = result_of(evaluate_generator(str(vae_run), dataset_id="digits", count=300))
    assert found["count"] == 300 and found["count_real"] == 1000
    assert found["frechet_real"] < found["frechet"] < found["frechet_untrained"]
    assert sum(found["shares"].values()) == pytest.approx(1)
    assert 0 <= found["confident"] <= 1 and found["elbo"] < 0 and 0 < found["error"] < 0.4
    assert 1 <= found["plane_classes"] <= 10 and found["collapse"] is not None, "it has hardly learnt"


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.id)
def test_every_recipe_builds_a_generator_that_draws_and_decodes(recipe: Any) -> None:
    from engine.latent.model import build, pictures

    torch.manual_seed(0)
    settings = recipe.defaults
    if isinstance(settings, GanSettings):
        settings = dataclasses.replace(settings, width=4)
    arguments = recipe.learner.build(settings, side=recipe.side, channels=recipe.channels, classes=10)
    model = build(recipe.kind, json.loads(json.dumps(arguments)))
    made = pictures(model, model.draw(3, torch.Generator().manual_seed(0)))
    assert made.shape == (3, recipe.channels, recipe.side, recipe.side) and made.dtype == torch.uint8


def test_the_command_line_trains_lists_generates_and_measures(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    few = ["--epochs", "0.05", "--set", "hidden=16", "held_out=50"]
    assert main(["train", "vae-mnist-2d", "--dataset", "digits", *few, "--json"]) == 0
    lines = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert lines[0]["event"] == "started" and lines[-1]["event"] == "result" and lines[-1]["elbo"] < 0
    run = Path(lines[-1]["folder"])
    assert run.parent == dreams()
    assert [one for one in result_of(known_generators()) if one.run == run]
    assert main(["generate", run.name, "--out", str(tmp_path / "a.png"), "--json"]) == 0
    assert (tmp_path / "a.png").is_file()
    assert main(["evaluate", run.name, "--dataset", "digits", "--count", "200", "--json"]) == 0
    found = json.loads(capfd.readouterr().out.splitlines()[-1])
    assert found["count"] == 200 and found["frechet"] > found["frechet_real"]
    assert main(["train", "vae-mnist-2d", "--dataset", "flowers"]) == 2
    assert "learns from mnist, digits" in capfd.readouterr().err
    assert main(["generate", "nothing", "--out", str(tmp_path / "b.png")]) == 2


@pytest.mark.parametrize("epochs", [0.4, 5.0], ids=["before it is next told", "later"])
@pytest.mark.parametrize(("recipe", "settings"), [("vae-mnist-2d", SMALL_VAE), ("dcgan-mnist", SMALL_GAN)])
def test_a_loss_that_is_no_longer_finite_ends_a_generators_run_with_a_sentence(
    recipe: str, settings: Any, epochs: float, tmp_path: Path
) -> None:
    box = Box(dataclasses.replace(settings, epochs=epochs))
    job = train(recipe, box.value, dataset="digits", out=tmp_path / "run", knobs=box)
    next(event for event in job if isinstance(event, Checked))
    box.replace(dataclasses.replace(box.value, learning_rate=1e38))
    with pytest.raises(LabError) as caught:
        result_of(job)
    assert "no longer a finite number" in str(caught.value)
    assert "유한한 수가 아니게" in caught.value.text.render("ko")
    for file in (tmp_path / "run").glob("*.safetensors"):
        assert all(torch.isfinite(one.float()).all() for one in read_tensors(file)[0].values()), file.name
