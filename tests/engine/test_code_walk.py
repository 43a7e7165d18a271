"""The code of every recipe: a script that learns what the run learnt, or a sentence that says why there is none."""

from __future__ import annotations

import dataclasses
import json
from collections import OrderedDict
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from driving import drive, quick
from repeating import ALIKE, agrees, run_here
from small_colour import write_cifar
from torch import nn

from engine.errors import LabError
from engine.fields import changed
from engine.jobs import result_of
from engine.train.begin import usual_settings
from engine.train.branch import branch, steps_to_rewind
from engine.train.code import export, keras, script_of
from engine.train.code.colour import network_source
from engine.train.code.layers import own
from engine.train.fit import train
from engine.train.recipe import Recipe
from engine.train.recipes import RECIPES, recipe
from engine.zoo.colour import ColourNet

DIGITS = {"mnist-deep": "digits", "mnist-simple": "digits", "mnist-mlp": "digits", "digits-quick": "digits8"}
SCRIPTED = {*DIGITS, *(one.id for one in RECIPES if one.id.startswith("cifar-"))}


def learnt(one: Recipe, folder: Path, *how: str) -> Any:
    """A run of a few steps in `folder` / "run" and its outcome; all that is not said here is as the recipe has it."""
    if one.id in DIGITS:
        root, set_ = None, DIGITS[one.id]
        settings = changed(usual_settings(one, set_), ["epochs=0.2", "held_out=100", *how])
    else:
        root, set_ = write_cifar(folder / "data"), "cifar10"
        settings = changed(one.defaults, ["epochs=1", "batch_size=40", "held_out=40", *how])
    return drive(train(one.id, settings, data=root, dataset=set_, out=folder / "run", **ALIKE))[1]


def beginning(one: Recipe, folder: Path) -> Path:
    """The folder of a run that has just begun, of a recipe whose data need not be here."""
    settings = dataclasses.asdict(one.defaults)
    settings |= {"classes": 2} if "classes" in settings else {}
    about = {"recipe": one.id, "dataset": one.datasets[0], "settings": settings, "device": "cpu", "precision": "fp32"}
    (folder / "run").mkdir()
    (folder / "run" / "run.json").write_text(json.dumps(about), "utf-8")
    return folder / "run"


@pytest.mark.parametrize("one", RECIPES, ids=[one.id for one in RECIPES])
def test_every_recipe_has_a_script_that_learns_the_same_or_says_why_it_has_none(tmp_path: Path, one: Recipe) -> None:
    if one.id in SCRIPTED:
        outcome = learnt(one, tmp_path)
        agrees(tmp_path / "run", outcome, run_here(result_of(export(tmp_path / "run", tmp_path / "again.py"))))
    else:
        with pytest.raises(LabError, match="does not fit one short script"):
            result_of(script_of(beginning(one, tmp_path)))


@pytest.mark.parametrize(
    ("id", "how"),
    [
        ("cifar-fast", ("width=8", "epochs=3", "mix=0.7", "small=0.4", "average=0.5", "learning_rate=0.05")),
        ("cifar-fast", ("width=8", "optimizer=adam", "learning_rate=0.005", "grey=on", "dropout=0.1")),
        ("cifar-resnet", ("depth=8", "optimizer=sgd", "learning_rate=0.05", "order=before")),
        ("cifar-inception-mini", ("one_by_one=no", "small=0.5", "average=0.5")),
    ],
)
def test_other_settings_are_in_the_script_too(tmp_path: Path, id: str, how: tuple[str, ...]) -> None:
    outcome = learnt(recipe(id), tmp_path, *how)
    agrees(tmp_path / "run", outcome, run_here(result_of(export(tmp_path / "run", tmp_path / "again.py"))))


VARIANTS = [
    ("cifar-fast", ()),
    ("cifar-fast", ("moved=no",)),
    ("cifar-fast", ("mirror=no", "width=16")),
    ("cifar-fast", ("grey=on", "batch_norm=no")),
    ("cifar-fast", ("shuffle_pixels=yes", "mirror=no", "moved=no")),
    ("cifar-resnet", ("depth=14",)),
    ("cifar-resnet", ("depth=14", "skips=no", "mirror=yes")),
    ("cifar-resnet", ("depth=14", "order=before")),
    ("cifar-resnet", ("depth=14", "order=before", "skips=no", "batch_norm=no")),
    ("cifar-resnet", ("depth=14", "batch_norm=no")),
    ("cifar-inception-mini", ()),
    ("cifar-inception-mini", ("one_by_one=no", "grey=on")),
    ("cifar-inception-mini", ("batch_norm=no",)),
]


@pytest.mark.parametrize(("id", "how"), VARIANTS)
def test_the_network_in_the_script_is_the_network_of_the_run(id: str, how: tuple[str, ...]) -> None:
    one = recipe(id)
    network = one.build(changed(one.defaults, ["dropout=0", *how]))
    assert isinstance(network, ColourNet)
    names: dict[str, Any] = {"torch": torch, "np": np, "nn": nn, "F": nn.functional, "OrderedDict": OrderedDict}
    names |= {"now": SimpleNamespace(dropout=0.0), "draw": torch.Generator()}
    exec(network_source(network, classes=10, place=""), names)
    theirs = names["Net"]()
    assert [name for name, _ in theirs.named_parameters()] == [name for name, _ in network.named_parameters()]
    learning = [[name for name, p in net.named_parameters() if p.requires_grad] for net in (theirs, network)]
    assert learning[0] == learning[1]
    theirs.load_state_dict(network.state_dict())
    x = torch.rand(4, 3, 32, 32, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        for ours, other in ((network.train(), theirs.train()), (network.eval(), theirs.eval())):
            assert torch.allclose(ours(x), other(x), atol=1e-5)


def test_layers_of_ours_are_written_once_and_those_of_torch_by_torchs_name() -> None:
    one = recipe("cifar-fast")
    network = one.build(one.defaults)
    assert isinstance(network, ColourNet)
    source = network_source(network, classes=10, place="")
    assert [source.count(f"class {name}(") for name in ("Norm", "Whiten", "Smaller", "Dropout", "Net")] == [1] * 5
    assert "nn.MaxPool2d(2), norm1_1=Norm(64, 0.4)" in source
    assert own(nn.BatchNorm2d(4)) is None


def test_a_run_that_began_with_anothers_weights_says_that_no_script_repeats_it(tmp_path: Path) -> None:
    drive(train("digits-quick", quick(epochs=1.0), out=tmp_path / "first", **ALIKE))
    drive(train("digits-quick", quick(epochs=0.3), out=tmp_path / "taken", source=str(tmp_path / "first"), **ALIKE))
    step = steps_to_rewind(tmp_path / "first")[0]
    drive(branch(tmp_path / "first", step, ["learning_rate=0.001"], out=tmp_path / "branch", spare=999))
    for name in ("taken", "branch"):
        with pytest.raises(LabError, match="went on from first"):
            result_of(script_of(tmp_path / name))


def test_a_run_of_another_kind_or_version_is_a_sentence(tmp_path: Path) -> None:
    folder = beginning(recipe("digits-quick"), tmp_path)
    about = json.loads((folder / "run.json").read_text("utf-8"))
    for changes, words in (({"recipe": "vae"}, "no run of a recipe"), ({"settings": {"x": 1}}, "another version")):
        (folder / "run.json").write_text(json.dumps({**about, **changes}), "utf-8")
        with pytest.raises(LabError, match=words):
            result_of(script_of(folder))


def test_the_keras_code_asks_for_the_smoothed_answers_of_the_run_and_leaves_out_what_keras_has_not() -> None:
    one = recipe("cifar-alexnet-mini")

    def source(*how: str) -> str:
        settings = changed(one.defaults, list(how))
        return keras.source_of(one.build(settings), settings, dataset="cifar10", shape=(3, 32, 32))

    assert "CategoricalCrossentropy(label_smoothing=0.05)" in source() and "to_categorical(y_train)" in source()
    assert '"sparse_categorical_crossentropy"' in source("smoothing=0") and "to_categorical" not in source(
        "smoothing=0"
    )
    assert source("grey=on") == ""
    compile(source(), "again.py", "exec")
