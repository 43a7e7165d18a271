"""Small colour photographs: networks as their diagrams say, pictures changed as promised, trainings to the end."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from small_colour import write_cifar

from engine.data import load
from engine.data.augment_colour import GREY, cut_out, framed, pasted
from engine.devices import choose
from engine.errors import LabError
from engine.fields import check, fields_of
from engine.files import read_json
from engine.jobs import result_of
from engine.train.code import keras
from engine.train.colour_settings import ColourSettings
from engine.train.cost import anatomy_of, cost_of
from engine.train.events import Outcome
from engine.train.fit import train
from engine.train.lesson import Moment
from engine.train.masks import ensemble
from engine.train.pairs import offered, sides
from engine.train.race import RaceOutcome, race
from engine.train.recipe import Recipe
from engine.train.recipes import recipe
from engine.train.recipes_colour import RECIPES
from engine.train.runs import list_runs
from engine.train.said_here import lines
from engine.train.skips import cut
from engine.train.state import TrainState
from engine.zoo.bundle import bundle
from engine.zoo.lineage import count_of
from engine.zoo.vgg import sees

pytestmark = pytest.mark.usefixtures("one_core")


def quick(one: Recipe, **values: Any) -> Any:
    """A few steps of a recipe."""
    usual = {"epochs": 2.0, "batch_size": 32, "held_out": 32, "average": 0.0}
    return replace(one.defaults, **{**usual, **values})


def numbered(count: int) -> np.ndarray:
    """(count, 8, 8) pictures; each pixel says where it was."""
    return np.arange(count * 64, dtype=np.uint8).reshape(count, 8, 8)


@pytest.mark.parametrize("one", RECIPES, ids=[one.id for one in RECIPES])
def test_every_network_is_what_its_diagram_says(one: Recipe) -> None:
    found = [layer for layer in anatomy_of(one, one.defaults).layers if "whiten" not in layer.name]
    told = [block for block in one.layers if block.name not in ("input", "whiten")]
    assert [layer.shape[0] for layer in found] == [block.channels for block in told]
    sides_ = [layer.shape[-1] if len(layer.shape) == 3 else 0 for layer in found]
    assert sides_ == [block.side for block in told]
    defaults: Any = one.defaults
    for other in (replace(defaults, grey=True), replace(defaults, batch_norm=not defaults.batch_norm)):
        assert one.build(other)(torch.rand(2, 3, 32, 32)).shape == (2, 10)


def test_a_plain_and_a_residual_network_start_from_the_same_weights() -> None:
    one = recipe("cifar-resnet")
    plain, residual = sides("residual", one.defaults)
    states = [TrainState.fresh(one.build(side), torch.device("cpu"), 7) for side in (plain, residual)]
    weights = [state.weights() for state in states]
    assert weights[0].keys() == weights[1].keys()
    assert all(torch.equal(weights[0][name], weights[1][name]) for name in weights[0])
    x = torch.rand(2, 3, 32, 32)
    assert not torch.allclose(states[0].network.eval()(x), states[1].network.eval()(x))


def test_one_by_one_convolutions_save_weights_and_work() -> None:
    one = recipe("cifar-inception-mini")
    with_, without = (cost_of(one, side) for side in sides("one-by-one", one.defaults))
    assert with_.parameters * 3 < without.parameters and with_.macs * 3 < without.macs
    colour, grey = (cost_of(one, side) for side in sides("grey", one.defaults))
    assert grey.picture * 3 == colour.picture and grey.macs < colour.macs


def test_a_vgg_is_built_as_its_plan_says_and_sees_as_far_as_it_is_said() -> None:
    one = recipe("cifar-vgg-mini")
    for plan, field in (("2", 5), ("3", 7), ("1 3", 16), ("2 2 2", 32)):
        found = anatomy_of(one, replace(one.defaults, plan=plan))  # type: ignore[call-arg]
        assert len([layer for layer in found.layers if not layer.back]) == sum(map(int, plan.split()))
        assert sees(plan) == field
        network = one.build(replace(one.defaults, plan=plan, batch_norm=False, mirror=False))  # type: ignore[call-arg]
        assert _seen_by(network) == field
    for plan in ("", "0 2", "2 2 2 2 2", "5", "2,2"):
        with pytest.raises(LabError, match="2 2 3"):
            check(replace(one.defaults, plan=plan))  # type: ignore[call-arg]


def _seen_by(network: Any) -> int:
    """Rows of the picture that the middle value of the last convolution depends on."""
    layers = [layer for layer in network.layers if not isinstance(layer, torch.nn.ReLU)]
    last = max(number for number, layer in enumerate(layers) if isinstance(layer, torch.nn.Conv2d))
    for layer in network.modules():
        if isinstance(layer, torch.nn.Conv2d):
            torch.nn.init.ones_(layer.weight)
    picture = torch.ones(1, 3, 96, 96, requires_grad=True)
    maps = torch.nn.functional.avg_pool2d  # every value counts, not the largest alone
    x = picture
    for layer in layers[: last + 1]:
        x = maps(x, 2) if isinstance(layer, torch.nn.MaxPool2d) else layer(x)
    x[0, 0, x.shape[2] // 2, x.shape[3] // 2].backward()
    assert picture.grad is not None
    return int((picture.grad[0, 0].abs().sum(1) > 0).sum())


def test_two_epochs_of_alternating_flips_show_each_picture_both_ways() -> None:
    images, draw = numbered(40), torch.Generator().manual_seed(1)
    first, second = (
        framed(images, np.arange(40), shift=0, flip="alternate", epoch=epoch, generator=draw) for epoch in (4, 5)
    )
    straight = (first == images).all((1, 2))
    assert 8 < straight.sum() < 32
    assert np.array_equal(second[straight], images[straight][:, :, ::-1])
    assert np.array_equal(first[~straight], images[~straight][:, :, ::-1])
    assert framed(images, np.arange(40), shift=0, flip="none", epoch=0, generator=draw) is images


def test_a_moved_picture_is_filled_with_its_own_reflection() -> None:
    image = numbered(1)
    seen = set()
    for seed in range(12):
        draw = torch.Generator().manual_seed(seed)
        moved = framed(image, np.zeros(1, np.int64), shift=1, flip="none", epoch=0, generator=draw)[0]
        wide = np.pad(image[0], 1, mode="reflect")
        places = [(y, x) for y in range(3) for x in range(3) if np.array_equal(wide[y : y + 8, x : x + 8], moved)]
        assert len(places) == 1
        seen.add(places[0])
    assert len(seen) > 3


def test_smaller_pictures_are_offered_only_where_a_network_takes_them() -> None:
    x = torch.rand(2, 3, 24, 24)
    for one in RECIPES:
        if "small" in {name for name, _, _ in fields_of(one.defaults)}:
            assert one.build(one.defaults)(x).shape == (2, 10)
        else:
            with pytest.raises(RuntimeError):
                one.build(one.defaults)(x)


def test_the_fastest_answers_the_mean_of_six_views_and_learns_from_one() -> None:
    one = recipe("cifar-fast")
    network = one.build(replace(one.defaults, width=8)).eval()  # type: ignore[call-arg]
    plain = one.build(replace(one.defaults, width=8, moved=False, mirror=False)).eval()  # type: ignore[call-arg]
    plain.load_state_dict(network.state_dict())
    x = torch.rand(3, 3, 32, 32)
    around = torch.nn.functional.pad(x, (1, 1, 1, 1), mode="reflect")
    with torch.inference_mode():
        views = [(plain(v) + plain(v.flip(3))) / 2 for v in (x, around[:, :, :32, :32], around[:, :, 2:, 2:])]
        assert torch.allclose(network(x), views[0] / 2 + (views[1] + views[2]) / 4, atol=1e-5)
        assert torch.allclose(network.train()(x), plain.train()(x), atol=1e-5)
    assert cost_of(one, replace(one.defaults, width=8)) == cost_of(one, replace(one.defaults, width=8, moved=False))  # type: ignore[call-arg]


def test_a_square_is_cut_out_of_every_picture() -> None:
    pictures = torch.ones(20, 3, 16, 16)
    cut_ = cut_out(pictures, 6, torch.Generator().manual_seed(0))
    areas = (cut_ == GREY).all(1).sum((1, 2))  # fewer at an edge
    assert (areas > 0).all() and areas.max() == 36
    assert cut_out(pictures, 0, torch.Generator()) is pictures


def test_mixed_pictures_and_their_answers_have_the_same_shares() -> None:
    count, random = 20, torch.Generator().manual_seed(0)
    pictures = torch.arange(count, dtype=torch.float32).view(-1, 1, 1, 1).expand(-1, 3, 16, 16)
    shares = []
    for _ in range(30):
        mixed, order, share = pasted(pictures, random)
        wanted = (1 - share) * pictures[:, 0, 0, 0] + share * pictures[order, 0, 0, 0]
        assert torch.allclose(mixed.mean((1, 2, 3)), wanted, atol=1e-4)
        shares.append(share)
    assert min(shares) < 0.2 and max(shares) > 0.8


def test_the_last_tenth_of_a_run_sees_whole_pictures_and_one_answer_each(tmp_path: Path) -> None:
    data = result_of(load("cifar10", "train", write_cifar(tmp_path / "data")))
    one, random, where = recipe("cifar-fast"), torch.Generator().manual_seed(0), choose()
    now = replace(one.defaults, mix=1.0)  # type: ignore[call-arg]

    def answers(progress: float) -> torch.Tensor:
        moment, chosen = Moment(0, progress), np.arange(16)
        return one.lesson.batch_at(data, chosen, now, random, where, moment)[1]  # type: ignore[attr-defined]

    early, late = answers(0.5), answers(0.95)
    assert early.shape == (16, 10) and torch.allclose(early.sum(1), torch.ones(16)) and (early.amax(1) < 1).any()
    assert torch.equal(late, torch.from_numpy(data.labels[:16]))


def test_questions_are_asked_only_of_recipes_that_can_answer() -> None:
    asked = {one.id: {pair.id for pair in offered(one.defaults)} for one in RECIPES}
    assert "residual" in asked["cifar-resnet"] and "residual" not in asked["cifar-vgg-mini"]
    assert "depth" in asked["cifar-vgg-mini"] and "depth" not in asked["cifar-resnet"]  # one convolution is no ResNet
    assert {"dropout", "augment", "batch-norm"} == {pair.id for pair in offered(recipe("mnist-simple").defaults)}
    with pytest.raises(LabError, match="no experiment called “residual”"):
        sides("residual", recipe("cifar-fast").defaults)


@pytest.mark.parametrize("id", ["cifar-alexnet-mini", "cifar-fast"])
def test_a_recipe_learns_real_photographs_to_the_end_and_resumes_the_same(tmp_path: Path, id: str) -> None:
    root, one = write_cifar(tmp_path / "data"), recipe(id)
    more = {"width": 8, "batch_size": 16, "learning_rate": 0.1, "small": 0.4, "mix": 0.2} if id == "cifar-fast" else {}
    settings = quick(one, epochs=4.0, average=0.5, **more)
    whole: Outcome = result_of(train(id, settings, data=root, out=tmp_path / "whole"))
    assert whole.accuracy is not None and whole.accuracy > 0.4 and whole.test_count == 60
    about = read_json(tmp_path / "whole" / "run.json")
    assert about["lossy"] is True
    job = train(id, settings, data=root, out=tmp_path / "part")
    while getattr(event := next(job), "step", 0) < 7:
        assert event is not None
    job.close()
    again: Outcome = result_of(train(id, data=root, resume=tmp_path / "part"))
    assert again.accuracy == whole.accuracy and again.held_out_accuracy == whole.held_out_accuracy
    card = result_of(bundle(tmp_path / "whole", to=tmp_path))
    assert "JPEG" in card["data_note"] and card["recipe"] == id


def test_a_race_of_colour_and_grey_says_what_each_cost(tmp_path: Path) -> None:
    root, one = write_cifar(tmp_path / "data"), recipe("cifar-alexnet-mini")
    a, b = sides("grey", quick(one))
    end: RaceOutcome = result_of(race(one.id, a, b, data=root))
    assert set(end.varied) == {"grey"} and end.costs is not None
    assert end.costs[0].parameters - end.costs[1].parameters == 2 * 32 * 25
    assert "620,522" in end.words.render("en") and "620,522" in end.words.render("ko")
    here = lines(one, result_of(list_runs()), None)
    assert [line.said.en for line in here] and here[1].here is not None and here[2].here is None


def test_cutting_all_skips_keeps_the_gradient_from_the_first_layer(tmp_path: Path) -> None:
    root = write_cifar(tmp_path / "data", train=40)
    whole = result_of(cut(frozenset(), depth=20, data=root))
    none = result_of(cut(frozenset(whole.blocks), depth=20, data=root))
    assert len(whole.blocks) == 9 and none.cut == frozenset(whole.blocks) and whole.accuracy is None
    assert none.gradients["conv1"] < 1e-2 * whole.gradients["conv1"]
    with pytest.raises(LabError, match="no block called “block9_9”"):
        result_of(cut(frozenset({"block9_9"}), depth=20, data=root))


def test_the_mean_of_many_masks_is_better_than_one() -> None:
    found = result_of(ensemble("mnist-deep", p=0.5, members=6))
    assert found.count == 1000 and found.whole > 0.97 and len(found.single) == len(found.together) == 6
    assert found.together[-1] > float(np.mean(found.single)) + 0.02
    assert found.masks[0].shape == (50,) and 10 < found.masks[0].sum() < 40
    with pytest.raises(LabError, match="no dropout behind a hidden layer"):
        result_of(ensemble(str(_resnet_weights())))


def _resnet_weights() -> Path:
    from engine import places
    from engine.files import write_tensors

    one, path = recipe("cifar-resnet"), places.runs() / "resnet.safetensors"
    path.parent.mkdir(parents=True, exist_ok=True)
    network = one.build(one.defaults)
    tensors = {name: value.clone() for name, value in network.state_dict().items()}
    write_tensors(path, tensors, {"recipe": one.id, "build": one.build_arguments(one.defaults)})
    return path


def _photographs(id: str) -> ColourSettings:
    settings = recipe(id).defaults
    assert isinstance(settings, ColourSettings)
    return settings


def test_the_keras_code_has_the_layers_of_the_network() -> None:
    one, settings = recipe("cifar-alexnet-mini"), _photographs("cifar-alexnet-mini")
    source = keras.source_of(one.build(settings), settings, dataset="cifar10", shape=(3, 32, 32))
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    names = [call.func.attr for call in calls if isinstance(call.func, ast.Attribute)]
    assert (names.count("Conv2D"), names.count("Dense"), names.count("Dropout")) == (3, 2, 2)
    assert "cifar10.load_data()" in source and 'layers.Conv2D(32, 5, padding="same", use_bias=False)' in source
    deep, settings = recipe("cifar-resnet"), _photographs("cifar-resnet")
    assert keras.source_of(deep.build(settings), settings, dataset="cifar10", shape=(3, 32, 32)) == ""


@pytest.mark.parametrize(
    ("id", "parameters", "macs"),
    [("lenet-5", 61_706, 416_520), ("alexnet", 61_100_840, 714_188_480), ("resnet50", 25_557_032, 4_089_184_256)],
)
def test_the_line_of_networks_is_counted(id: str, parameters: int, macs: int) -> None:
    found = result_of(count_of(id))
    assert (found.parameters, found.macs) == (parameters, macs)
    assert found.layers[-1].back and not found.layers[0].back


def test_a_figure_that_the_lectures_give_twice_is_named_by_who_said_it() -> None:
    assert [line.name.en for line in lines(recipe("mnist-deep"), (), None)] == ["the book", "slides, about"]
    assert [line.name.en for line in lines(recipe("mnist-simple"), (), None)] == ["accuracy"]
