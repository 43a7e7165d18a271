"""The parts of the executable that can be tried without building it."""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest

import resources
from engine.rl import atari, atari_program
from engine.rl.atari_wire import Wish
from resources.packaging.notices import notice
from resources.packaging.parts import Build, assets, component, kept, restricted_files, weigh, why_out


def test_what_is_never_read_while_the_app_runs_stays_out() -> None:
    out = (
        "torch/include/ATen/ATen.h",
        "torch/bin/protoc",
        "triton/_C/libtriton.so",
        "sklearn/tests/test_base.py",
        "PySide6/Qt/qml/QtQuick/x.so",
        "PySide6/Qt/lib/libQt6WebEngineCore.so.6",
    )
    assert [place for place in out if not why_out(place, Build())] == []
    needed = (
        "torch/bin/torch_shm_manager",
        "torch/lib/libtorch_cpu.so",
        "torchvision/_C_stable.so",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/lib/libQt6Widgets.so.6",
        "resources/models/mnist-deep.safetensors",
        "skimage/data/astronaut.png",
    )
    assert [place for place in needed if why_out(place, Build())] == []


def test_gpu_libraries_that_a_start_needs_stay_in_a_build_without_gpu() -> None:
    without = Build(gpu=False)
    assert why_out("nvidia/cudnn/lib/libcudnn_engines_precompiled.so.9", without) == "GPU libraries"
    assert why_out("nvidia/cudnn/lib/libcudnn.so.9", without) == ""  # libtorch_cuda.so is linked with it
    assert kept([("nvidia/cudnn/lib/libcudnn_ops.so.9", "x", "BINARY")], Build()) != []


def test_weights_of_the_restricted_pack_are_left_out_when_asked() -> None:
    everything, free = (dict(assets(Build(restricted=kept))) for kept in (True, False))
    gone = {Path(file).name for file in set(everything) - set(free)}
    assert gone == {path.name for path in restricted_files()}
    assert {"dcgan-faces.safetensors", "dcgan-faces.json", "nic.safetensors"} <= gone
    assert str(resources.path("models", "mnist-deep.safetensors")) in free
    assert everything[str(resources.path("tokens.json"))] == "resources"


def test_the_choice_reaches_the_spec_through_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in Build(gpu=False, restricted=False).as_environment().items():
        monkeypatch.setenv(name, value)
    assert Build.asked() == Build(gpu=False, atari=True, restricted=False)


def test_sizes_are_told_by_component(tmp_path: Path) -> None:
    for name, count in (("numpy/core.so", 10), ("numpy.libs/libopenblas.so", 20), ("libQt6Core.so.6", 5)):
        path = tmp_path / "_internal" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes(count))
    (tmp_path / "convoscope").write_bytes(bytes(3))
    assert weigh(tmp_path) == {"numpy": 30, "Python and system libraries": 5, "programs": 3}
    assert component(("torch", "lib", "libtorch.so")) == "torch"


def test_the_notice_names_every_part_with_its_licence_and_text() -> None:
    text = notice({"numpy", "PySide6"}, atari=False, restricted=False)
    head = text.split("=" * 100)[0]
    for name in ("numpy", "PySide6"):
        assert f"{name} {metadata.version(name)}: " in head
    assert "LGPL-3.0" in head
    assert "ale-py" not in head
    assert "SIL OPEN FONT LICENSE" in text.upper()
    assert "mnist-deep: weights" in text
    assert "dcgan-faces" not in text
    assert "ale-py" in notice({"numpy"}, atari=True, restricted=True).split("=" * 100)[0]


def test_atari_as_a_program_of_its_own_plays_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("ale_py")
    command = [sys.executable, "-m", "engine.rl.atari_program"]
    monkeypatch.setattr(atari, "beside_the_app", lambda: command)
    game = atari.AtariGame("pong")
    assert isinstance(game._worker.process, atari_program.Program)
    assert game.reset(3).shape == (84, 84)
    assert game.step(0).observation.dtype == np.uint8
    assert game.picture().shape == (210, 160, 3)
    process = game._worker.process
    game.close()
    assert not process.is_alive()


def test_a_program_that_ends_at_once_or_was_left_out_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EOFError):
        atari_program.Program([sys.executable, "-c", "pass"], Wish("pong", 0, 0.0, 100), patience=60)
    monkeypatch.setattr(atari, "beside_the_app", list)
    with pytest.raises(atari.LabError, match="built without Atari"):
        atari.AtariGame("pong")
