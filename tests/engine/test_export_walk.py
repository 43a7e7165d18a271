"""The network of every recipe as a file for other programs, with weights as they were drawn."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import onnx
import pytest
import torch
from small_colour import write_cifar
from small_photos import write_bccd, write_camvid, write_free_photos

from engine.devices import choose
from engine.errors import LabError
from engine.files import read_tensors, write_tensors
from engine.jobs import result_of
from engine.train.begin import fitted_to, fresh_state, read_part
from engine.train.export import CLOSE, Exported, export
from engine.train.recipe import Recipe
from engine.train.recipes import RECIPES, recipe

WRITTEN: dict[str, Callable[[Path], Path]] = {
    "camvid": write_camvid,
    "bccd": write_bccd,
    "cifar10": write_cifar,
    "free-photos": write_free_photos,
}
COME_ALONG = {"har": "phone-watch"}  # in the place of a set that does not
SMALL = {"width": 96, "height": 96}  # of the photographs that segmenters and detectors are asked about
ALIKE = {"people-yolo-mini", "transfer-photos"}  # the networks of bccd-yolo-mini and transfer-digits once more
ROWS = {
    "mnist-deep",
    "mnist-simple",
    "mnist-mlp",
    "digits-quick",
    "cifar-alexnet-mini",
    "cifar-lenet5",
    "cifar-vgg-mini",
}
OTHERS = [one for one in RECIPES if one.id not in ALIKE | ROWS]  # a row of torch's own layers is test_export.py's


def drawn(one: Recipe, folder: Path) -> tuple[Path, Path | None]:
    """The folder of a run that has learnt nothing, and that of its data."""
    id = COME_ALONG.get(one.datasets[0], one.datasets[0])
    root = WRITTEN[id](folder / "data") if id in WRITTEN else None
    settings = fitted_to(one, one.defaults, result_of(read_part(one, id, root)))
    if "every" in {field.name for field in dataclasses.fields(settings)}:
        settings = dataclasses.replace(settings, **SMALL)
    weights = fresh_state(one, settings, choose("cpu", "fp32")).weights()
    run = folder / "run"
    run.mkdir()
    write_tensors(run / "best.safetensors", weights, {"recipe": one.id, "build": one.build_arguments(settings)})
    about = {"recipe": one.id, "dataset": id, "settings": dataclasses.asdict(settings)}
    (run / "run.json").write_text(json.dumps(about), "utf-8")
    return run, root


@pytest.mark.parametrize("one", OTHERS, ids=[one.id for one in OTHERS])
def test_every_network_is_a_program_of_torch_that_takes_any_number(tmp_path: Path, one: Recipe) -> None:
    run, root = drawn(one, tmp_path)
    written: Exported = result_of(export(run, "torch-export", tmp_path / "net.pt2", data=root))
    assert written.difference is not None and written.difference <= CLOSE and written.count
    result_of(export(run, "safetensors", tmp_path / "net.safetensors"))
    assert set(read_tensors(tmp_path / "net.safetensors")[0]) == set(read_tensors(run / "best.safetensors")[0])


@pytest.mark.parametrize(
    ("id", "takes", "answers"),
    [
        ("activity-3", "windows", ["scores"]),
        ("next-number", "windows", ["answer"]),
        ("clips-conv3d", "pictures", ["scores"]),
        ("transfer-digits", "pictures", ["scores"]),
        ("style", "pictures", ["answer"]),
    ],
)
def test_an_onnx_file_says_what_it_takes_and_what_it_answers(
    tmp_path: Path, id: str, takes: str, answers: list[str]
) -> None:
    run, root = drawn(recipe(id), tmp_path)
    result_of(export(run, "onnx", tmp_path / "net.onnx", data=root))
    model = onnx.load(tmp_path / "net.onnx")
    assert [one.name for one in model.graph.input] == [takes]
    assert [one.name for one in model.graph.output] == answers
    told: dict[str, Any] = {one.key: one.value for one in model.metadata_props}
    assert takes in told and ("[0, 1]" in told[takes]) == (takes == "pictures")


def test_a_network_for_one_number_of_pictures_is_refused_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, root = drawn(recipe("clips-conv2d"), tmp_path)
    network = type(recipe("clips-conv2d").build(recipe("clips-conv2d").defaults))
    ask = network.forward
    monkeypatch.setattr(network, "forward", lambda self, x: ask(self, x) + torch.zeros(len(x), 4))
    for form in ("onnx", "torch-export"):
        with pytest.raises(LabError, match="Try another form"):
            result_of(export(run, form, tmp_path / "net", data=root))
    assert not (tmp_path / "net").exists()


def test_a_run_of_another_tab_is_no_file_of_any_form(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text('{"recipe": "vae", "settings": {}}', "utf-8")
    for form in ("code", "onnx", "torch-export", "safetensors", "csv"):
        with pytest.raises(LabError, match="no run of a recipe in the Train tab"):
            result_of(export(tmp_path, form, tmp_path / "out"))
