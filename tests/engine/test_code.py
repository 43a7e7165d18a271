"""The script that a run exports repeats the run, without a line of this program."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from driving import drive, drive_to, quick
from repeating import ALIKE, agrees, run_alone, run_here
from small_colour import write_cifar

from engine.errors import LabError
from engine.fields import changed
from engine.jobs import Event, result_of
from engine.knobs import Box
from engine.train.begin import usual_settings
from engine.train.code import data, export, script_of
from engine.train.code.network import source_of
from engine.train.code.script import TOLERANCE
from engine.train.events import Checked, Step
from engine.train.fit import train
from engine.train.recipes import recipe
from engine.zoo import digits, segmenters


def test_the_script_learns_what_the_run_learnt(tmp_path: Path) -> None:
    how = ["epochs=2", "dropout=0.2", "shift=0.5", "rotate=5", "bend=0.3", "batch_size=50"]
    settings = changed(usual_settings(recipe("digits-quick"), "digits8"), how)
    _, outcome = drive(train("digits-quick", settings, out=tmp_path / "실행", **ALIKE))
    agrees(
        tmp_path / "실행", outcome, run_alone(result_of(export(tmp_path / "실행", tmp_path / "beside" / "again.py")))
    )


def test_the_script_of_a_shuffled_mlp_shuffles_alike(tmp_path: Path) -> None:
    how = ["epochs=0.5", "shuffle_pixels=yes", "schedule=constant", "weight_decay=0.1"]
    settings = changed(usual_settings(recipe("mnist-mlp"), "digits"), how)
    _, outcome = drive(train("mnist-mlp", settings, dataset="digits", out=tmp_path / "run", **ALIKE))
    agrees(tmp_path / "run", outcome, run_here(result_of(export(tmp_path / "run", tmp_path / "again.py"))))


def test_knobs_that_a_hand_turned_are_turned_again(tmp_path: Path) -> None:
    box = Box(quick(epochs=2.0))
    job = train("digits-quick", box.value, out=tmp_path / "run", knobs=box, **ALIKE)
    while True:
        try:
            event = next(job)
        except StopIteration as end:
            outcome = end.value
            break
        if isinstance(event, Step) and event.step == 8:
            box.replace(dataclasses.replace(box.value, learning_rate=0.001, batch_size=100))
    script = result_of(export(tmp_path / "run", tmp_path / "again.py"))
    assert "TURNED = {8: {" in script.read_text("utf-8")
    agrees(tmp_path / "run", outcome, run_here(script))


def test_a_run_that_was_broken_off_is_repeated_to_its_last_check(tmp_path: Path) -> None:
    events = drive_to(train("digits-quick", quick(epochs=9.0), out=tmp_path / "run", **ALIKE), _third_check())
    last = [event for event in events if isinstance(event, Checked)][-1]
    held_out, _, losses = run_here(result_of(export(tmp_path / "run", tmp_path / "again.py")))
    assert max(losses) == last.step
    best = max(event.accuracy for event in events if isinstance(event, Checked))
    assert held_out == pytest.approx(best, abs=TOLERANCE)


def _third_check() -> Callable[[Event], bool]:
    seen: list[Event] = []

    def enough(event: Event) -> bool:
        if isinstance(event, Checked):
            seen.append(event)
        return len(seen) == 3

    return enough


def test_pictures_that_no_package_brings_lie_beside_the_script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(data._SOURCES, "digits8")  # as for a folder of one's own
    _, outcome = drive(train("digits-quick", quick(epochs=1.0), out=tmp_path / "run", **ALIKE))
    script = result_of(export(tmp_path / "run", tmp_path / "out" / "again.py"))
    assert sorted(path.name for path in script.parent.iterdir()) == ["again.npz", "again.py"]
    agrees(tmp_path / "run", outcome, run_here(script))


def test_a_script_is_short_readable_and_needs_nothing_of_ours(tmp_path: Path) -> None:
    drive(train("digits-quick", quick(epochs=0.3), out=tmp_path / "run", **ALIKE))
    script = result_of(script_of(tmp_path / "run"))
    names = set()
    for node in ast.walk(ast.parse(script.text)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    assert names == {"math", "collections", "types", "numpy", "torch", "sklearn"}
    lines = script.text.splitlines()
    assert len(lines) <= 125
    assert max(map(len, lines)) <= 120
    assert "nn.Conv2d(1, 16, 3, padding=1, bias=False), norm1=nn.BatchNorm2d(16), relu1=nn.ReLU()" in script.text


def test_the_network_of_the_script_takes_the_weights_of_the_run() -> None:
    for make in (digits.deep, digits.simple, digits.mlp):
        network = make(batch_norm=True, dropout=0.3, shuffle_pixels=True)
        source = source_of(network, shape=(1, 28, 28), classes=10)
        names: dict[str, Any] = {}
        head = "import torch, numpy as np\nfrom torch import nn\nfrom collections import OrderedDict\n"
        exec(head + source, names)
        names["Net"]().load_state_dict(network.state_dict())


def test_a_network_of_many_files_says_that_it_has_no_short_script() -> None:
    with pytest.raises(LabError, match="does not fit one short script"):
        source_of(segmenters.UNet(), shape=(3, 64, 64), classes=11)


def test_the_script_of_a_colour_recipe_learns_what_the_run_learnt(tmp_path: Path) -> None:
    root, one = write_cifar(tmp_path / "data"), recipe("cifar-alexnet-mini")
    how = ["epochs=3", "batch_size=32", "held_out=32", "optimizer=sgd", "learning_rate=0.02", "flip=alternate"]
    how += ["start=identity", "average=0.5", "cutout=6", "rotate=4", "grey=on"]
    settings = changed(one.defaults, how)
    _, outcome = drive(train(one.id, settings, data=root, out=tmp_path / "run", **ALIKE))
    result_of(export(tmp_path / "run", tmp_path / "script.py", data=root))
    agrees(tmp_path / "run", outcome, run_here(tmp_path / "script.py"))
