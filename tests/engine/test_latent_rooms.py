"""What the rooms of the Latent tab ask of the engine: moves, insides, codes under a hand, kept dreams, comparisons."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from engine.cli import main
from engine.errors import LabError
from engine.jobs import Job, Progress, result_of
from engine.knobs import Box
from engine.latent import favourites
from engine.latent.bundle import bundle_generator
from engine.latent.compare import Side, compare, sharpness
from engine.latent.energy_example import USUAL, energies
from engine.latent.events import Snapshot
from engine.latent.explorer import (
    Explored,
    alike,
    between,
    code_of,
    dream_of,
    landed,
    layers_of,
    open_to_explore,
    real_pictures,
    wall_of,
    wander,
)
from engine.latent.few_labels import Point, curve
from engine.latent.found import known_generators
from engine.latent.gan import Move
from engine.latent.generate import glimpse
from engine.latent.inside import look_inside
from engine.latent.learn import train
from engine.latent.points import POINT_SETTINGS, draw_points
from engine.latent.run_folder import dreams
from engine.latent.settings import AeSettings, GanSettings, VaeSettings
from engine.latent.stepping import Moved, Pace, step_pictures, step_points

SMALL = GanSettings(latent=8, width=4, batch_size=16, average=0.0)


def moves(job: Job, count: int) -> list[Moved]:
    found: list[Moved] = []
    while len(found) < count:
        event = next(job)
        if isinstance(event, Moved):
            found.append(event)
    job.close()
    return found


@pytest.fixture(scope="module")
def vae(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run of a VAE of 2 numbers that learnt for a moment."""
    settings = VaeSettings(epochs=1, batch_size=64, latent=2, hidden=32, check_every=0.5, held_out=50)
    out = tmp_path_factory.mktemp("runs") / "vae"
    result_of(train("vae-mnist-2d", settings, dataset="digits", out=out))
    return out


@pytest.fixture(scope="module")
def explored(vae: Path) -> Explored:
    return result_of(open_to_explore(str(vae)))


def test_the_points_game_is_told_move_by_move_in_the_lectures_order() -> None:
    told = moves(step_points(draw_points("ring", 300, seed=0), Box(Pace(1e-4, POINT_SETTINGS))), 8)
    assert [one.move for one in told] == [*Move, *Move]
    assert [one.next for one in told[:4]] == [Move.MAKE, Move.FAKE, Move.FOOL, Move.REAL]
    assert np.isnan(told[1].belief) and 0 < told[0].belief < 1
    assert told[3].terms.update == 1 and told[7].terms.value != told[3].terms.value
    assert told[7].points is not None and told[7].points.heat.shape == (48, 48)
    assert told[3].grad_g > 0


def test_at_full_speed_whole_rounds_are_told_and_the_game_goes_on_between() -> None:
    told = moves(step_points(draw_points("line", 300, seed=0), Box(Pace(0.0, POINT_SETTINGS))), 3)
    assert {one.move for one in told} == {Move.FOOL}
    assert told[0].terms.update < told[1].terms.update < told[2].terms.update


def test_the_pictures_game_shows_batches_verdicts_and_layers_that_grow_and_shrink() -> None:
    told = moves(step_pictures("dcgan-mnist", Box(Pace(1e-4, SMALL)), dataset="digits"), 4)
    seen = told[2].seen
    assert seen is not None and seen.real.shape == seen.made.shape == (16, 28, 28)
    assert ((seen.scores_real > 0) & (seen.scores_real < 1) & (seen.scores_made > 0)).all()
    assert told[1].seen is not None and np.isnan(told[1].seen.scores_made).all(), "made, but not yet judged"
    assert [layer.maps.shape[1] for layer in seen.grows] == [7, 14, 28]
    assert [layer.maps.shape[1] for layer in seen.shrinks] == [14, 7]
    assert [layer.how for layer in seen.grows] == [
        ("z →", "BN", "ReLU"),
        ("stride ½", "BN", "ReLU"),
        ("stride ½", "tanh"),
    ]
    assert [layer.how for layer in seen.shrinks] == [("stride 2", "LeakyReLU"), ("stride 2", "BN", "LeakyReLU")]
    assert np.abs(seen.pushes).max() > 0


def test_an_rbm_shows_tiles_and_a_gibbs_chain_and_two_units_their_energy() -> None:
    from engine.latent.rbm import Rbm

    machine = Rbm(latent=16, side=28, channels=1)
    snapshot = Snapshot(0, "rbm", {"side": 28, "channels": 1, "latent": 16}, machine.state_dict())
    assert len(result_of(look_inside(snapshot)).images) == 16
    chain = result_of(look_inside(snapshot, chain=True))
    assert len(chain.images) == 6 * 10 and chain.columns == 10
    states = result_of(energies(*USUAL)).states
    assert states[0].energy == -3 and states[0].visible == states[0].hidden == (-1.0,)


def test_a_hand_moves_in_a_code_and_every_question_is_answered(explored: Explored) -> None:
    assert explored.map is not None and explored.map.shape == (21 * 21, 28, 28)
    one, other = (result_of(dream_of(explored, np.array(z, np.float32))) for z in ((0, 0), (2, -2)))
    assert not np.array_equal(one.image, other.image) and one.thick >= 0
    film = result_of(between(explored, one.z, other.z, label=0, count=5))
    assert np.array_equal(film.images[0], one.image) and np.array_equal(film.images[-1], other.image)
    assert len(result_of(wander(explored, one.z, label=0, seed=3, count=7)).images) == 7
    wall = result_of(wall_of(explored, seed=1, truncation=0.5, label=None, count=9))
    assert wall.images.shape == (9, 28, 28) and np.abs(wall.z).max() < 2.5
    assert result_of(layers_of(explored, one.z, 0)) == (), "fully connected layers have no maps"


def test_real_pictures_land_in_the_code_and_the_most_alike_are_found(explored: Explored, tmp_path: Path) -> None:
    real = result_of(real_pictures(explored))
    found = result_of(landed(explored, real))
    assert found.points.shape == (2000, 2) and found.measured.shape == (2000, 2)
    picture = real.images[5, 0].numpy()
    near = result_of(alike(real, picture))
    assert near.distances[0] == pytest.approx(0, abs=1e-3) and np.array_equal(near.images[0], picture)
    assert (np.diff(near.distances) >= -1e-6).all()
    Image.fromarray(picture).save(tmp_path / "다섯.png")
    z, _, shown = result_of(code_of(explored, tmp_path / "다섯.png"))
    assert z.shape == (2,) and shown.shape == (28, 28)


def test_a_picture_sought_is_found_with_its_class_and_of_a_photograph_the_middle_square(tmp_path: Path) -> None:
    digits = result_of(open_to_explore("dcgan-mnist"))
    drawn = digits.model.draw(64, torch.Generator().manual_seed(0))[17:18].numpy()  # one the search begins with
    seven = result_of(dream_of(digits, drawn[0], 7)).image
    z, label, shown = result_of(code_of(digits, seven))
    assert label == 7 and np.array_equal(shown, seven)
    apart = [np.abs(result_of(dream_of(digits, z, n)).image.astype(int) - seven).mean() for n in (7, 0)]
    assert apart[0] < 4 < 10 < apart[1], "asked with another class it would be another digit"
    wide = np.zeros((40, 80, 3), np.uint8)
    wide[:, 20:60] = 200
    Image.fromarray(wide).save(tmp_path / "wide.png")
    _, _, shown = result_of(code_of(result_of(open_to_explore("dcgan-faces")), tmp_path / "wide.png"))
    assert shown.shape == (64, 64) and shown.min() == 200, "not squeezed: what is left and right of it is cut off"


def test_a_glimpse_of_a_generator_needs_nothing_but_its_name(vae: Path) -> None:
    which, words, samples = result_of(glimpse(str(vae), count=8))
    assert which == str(vae) and "VAE" in words.render("en") and samples.shape == (8, 28, 28)
    assert np.array_equal(samples, result_of(glimpse(str(vae), count=8))[2])


def test_what_is_asked_of_slant_and_thickness_is_come_near(explored: Explored) -> None:
    lean = explored.lean
    assert lean is not None
    here = np.zeros(2, np.float32)
    for asked in lean.measured[:3]:
        dream = result_of(dream_of(explored, lean.nearest((asked[0], asked[1]), here)))
        assert abs(dream.lean - asked[0]) < 8 and abs(dream.thick - asked[1]) < 0.8


def test_kept_dreams_come_back_and_are_let_go_and_exported(explored: Explored, tmp_path: Path) -> None:
    z = np.array((0.5, -1.0), np.float32)
    result_of(favourites.keep(explored, z, 0))
    result_of(favourites.keep(explored, -z, 0))
    again = result_of(favourites.kept_of(explored))
    assert np.array_equal(again.z, [z, -z])
    assert np.array_equal(result_of(favourites.let_go(explored, 0)).z, [-z])
    result_of(favourites.export(tmp_path / "a.png", again.images))
    with Image.open(tmp_path / "a.png") as sheet:
        assert sheet.size == (56, 28)
    with pytest.raises(LabError, match=r"ends in"):
        result_of(favourites.export(tmp_path / "a.bmp", again.images))


def test_two_generators_are_compared_alike_and_a_blurred_picture_counts_as_blurred(vae: Path) -> None:
    job = compare((str(vae), str(vae)), count=200)
    events = list(job)
    sides = [event for event in events if isinstance(event, Side)]
    assert any(isinstance(event, Progress) and event.note for event in events)
    assert np.array_equal(sides[0].samples, sides[1].samples), "the same codes"
    assert sides[0].figures["frechet_real"] < sides[0].figures["frechet"] and sides[0].small
    assert sides[0].restored.shape == sides[0].real.shape == (8, 28, 28)
    assert sides[0].figures["sharpness"] < 1, "what has hardly learnt is blurred"
    with pytest.raises(LabError, match="at least 100"):
        result_of(compare((str(vae),), count=10))
    edge = np.zeros((1, 28, 28), np.uint8)
    edge[:, :, 14:] = 255
    soft = np.repeat(np.linspace(0, 255, 28, dtype=np.uint8)[None, None], 28, 1)
    assert sharpness(edge) > 3 * sharpness(soft)


def test_the_curve_over_labels_needs_layers_to_begin_with(vae: Path) -> None:
    with pytest.raises(LabError, match="no layers that a classifier"):
        result_of(curve(str(vae)))
    settings = AeSettings(epochs=0.1, layers="full", latent=8, check_every=0.1, held_out=50)
    run = result_of(train("ae-mnist", settings, dataset="digits")).folder
    job = curve(run, labels=(20, 40), epochs=1, most_test=200)
    points = [event for event in job if isinstance(event, Point)]
    assert [one.compared.labels for one in points] == [20, 40]


def test_runs_are_known_listed_and_bundled(vae: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run = dreams() / "20260101-101500-vae-mnist-2d-ab12"
    shutil.copytree(vae, run)
    known = result_of(known_generators("vae-mnist-2d"))
    mine = next(one for one in known if one.run == run)
    assert mine.words.render("en").endswith("01-01 10:15")
    assert mine.weights == run / "best.safetensors" and not mine.resumable and mine.figures["elbo"] < 0
    assert main(["runs", "generators", "--json"]) == 0
    rows = json.loads(capfd.readouterr().out.splitlines()[-1])["items"]
    assert run.name in [row["name"] for row in rows]
    assert main(["list", "recipes", "--json"]) == 0
    assert "rbm-mnist" in capfd.readouterr().out
    card = result_of(bundle_generator(run, to=tmp_path, count=200))
    assert card["task"] == "generate" and card["count"] == 200 and card["weights_licence"] == "MIT"
    opened = result_of(open_to_explore(str(tmp_path / "vae-mnist-2d.safetensors")))
    assert opened.trained.recipe.id == "vae-mnist-2d", "weights of half the size are read as any"
