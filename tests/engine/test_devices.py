"""What computes here, in which precision, and the reason in words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch

import engine
from engine.bench.machine_card import facts, why
from engine.devices import choose, cores, cpu_has_bf16
from engine.errors import LabError
from engine.memory import memory

ROOT = Path(engine.__file__).parents[1]


@pytest.mark.parametrize("device", ["tpu", "CPU", "", "cuda:9"])
def test_a_device_that_is_not_here_is_answered_with_those_that_are(device: str) -> None:
    with pytest.raises(LabError, match="cpu") as caught:
        choose(device)
    assert device in caught.value.text.render("ko")


@pytest.mark.skipif(torch.cuda.is_available(), reason="this machine has one")
def test_a_graphics_processor_that_is_missing_is_said_to_be() -> None:
    with pytest.raises(LabError, match="no device “cuda”"):
        choose("cuda")


@pytest.mark.parametrize("precision", ["fp16", "float32", ""])
def test_a_precision_that_does_not_exist_is_answered_with_those_that_do(precision: str) -> None:
    with pytest.raises(LabError, match="auto, fp32, bf16"):
        choose("cpu", precision)


def test_the_cpu_takes_bf16_by_itself_only_where_it_has_it() -> None:
    expected = torch.bfloat16 if cpu_has_bf16() else torch.float32
    assert choose("cpu").precision is expected


def test_a_precision_that_is_asked_for_is_taken() -> None:
    assert choose("cpu", "fp32").precision is torch.float32
    assert choose("cpu", "bf16").precision is torch.bfloat16


def test_a_core_is_left_for_the_window_when_there_are_two() -> None:
    assert choose("cpu").threads == cores()
    assert choose("cpu", spare=1).threads == max(1, cores() - 1)
    assert choose("cpu", spare=1000).threads == 1


def test_the_choice_is_told_in_words_of_both_languages() -> None:
    device = choose("cpu")
    for text in (device.words, device.why):
        assert text.render("en") != text.render("ko")
    assert str(cores()) in device.words.render("ko")


@pytest.mark.skipif(torch.cuda.is_available() or torch.backends.mps.is_available(), reason="this machine has one")
def test_the_report_card_says_once_that_there_is_no_gpu() -> None:
    """It began with it twice, in other words."""
    told = why(facts())
    assert sum("GPU" in text.render("en") or "raphics" in text.render("en") for text in told) == 1
    assert told[1].render("en") in choose("cpu").why.render("en")
    known = facts() | {"mps": True}
    assert "GPU" not in " ".join(text.render("en") for text in why(known)[1:])


def test_the_memory_in_use_is_less_than_the_machine_has() -> None:
    used, total = memory()
    assert 0 < used < total


_PROBE = """
import json, torch
from engine.devices import choose
from engine.jobs import result_of
from engine.train.fit import train
import engine.train.fit, dataclasses
from engine.train.begin import usual_settings
from engine.train.recipes import recipe
device = choose("cpu")
settings = dataclasses.replace(usual_settings(recipe("digits-quick"), "digits8"), epochs=0.3)
outcome = result_of(train("digits-quick", settings))
print(json.dumps([str(device.precision), device.why.render("en"), device.words.render("ko"), outcome.accuracy]))
"""


def test_a_laptop_with_avx2_only_takes_fp32_says_why_and_trains(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "ONEDNN_MAX_CPU_ISA": "AVX2",
        "CONVOSCOPE_HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT),
    }
    answer = subprocess.run(
        [sys.executable, "-c", _PROBE], env=environment, capture_output=True, encoding="utf-8", check=True
    )
    precision, why, words, accuracy = json.loads(answer.stdout)
    assert precision == "torch.float32"
    assert "no bf16 instructions, so fp32 is faster" in why
    assert "fp32" in words
    assert accuracy > 0.15
    (run,) = (tmp_path / "runs").iterdir()
    assert json.loads((run / "run.json").read_text("utf-8"))["precision"] == "fp32"
