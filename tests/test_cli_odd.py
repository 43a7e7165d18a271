"""Odd values of options: one sentence and status 2, before anything is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import places
from engine.bench.charts import open_result
from engine.cli import main
from engine.files import read_json

ODD = [
    (["bench", "agree", "layers", "--times", "0"], ["times", "2"]),
    (["bench", "signals", "--repeats", "0"], ["repeats"]),
    (["bench", "layers", "alexnet"], ["bench layers", "alexnet"]),  # all networks were measured
    (["bench", "report", "layers", "--out", "/nowhere/r.html"], ["bench report", "layers"]),  # all of them were
    (["bench", "layers", "--only", "alexnet"], ["--only"]),
    (["bench", "agree", "machine", "--out", "/dev/null/a.json"], ["a file stands"]),  # it measured first
    (["generate", "dcgan-mnist", "--out", "/dev/null/g.png"], ["a file stands"]),
    (["play", "bricks", "--seed", "-1"], ["seed"]),
    (["play", "bricks", "--epsilon", "nan"], ["epsilon"]),
    (["write", "once", "--seed", "1" + "0" * 30], ["seed"]),
    (["datasets", "split", "digits", "--seed", "-1", "--out", "/nowhere/s.json"], ["seed"]),
    (["generate", "dcgan-mnist", "--truncation", "nan", "--out", "/nowhere/g.png"], ["truncation"]),
    (["predict", "faces", "tour", "--every", "0"], ["every"]),
    (["transfer", "transfer-digits", "--images", "10", "0"], ["images"]),
    (["train", "digits-quick", "--seconds", "nan"], ["seconds"]),
    (["few-labels", "dbn-mnist", "--epochs", "0"], ["epochs"]),
]


@pytest.mark.parametrize(("arguments", "words"), ODD, ids=lambda v: " ".join(v) if isinstance(v, list) else None)
def test_a_value_that_cannot_be_meant_is_refused_in_a_sentence(
    capfd: pytest.CaptureFixture[str], arguments: list[str], words: list[str]
) -> None:
    """They ended in a traceback, or were taken without a word."""
    assert main(arguments) == 2
    out, err = capfd.readouterr()
    assert out == "" and len(err.strip().splitlines()) == 1
    assert all(word in err for word in words), err
    assert main([*arguments, "--lang", "ko"]) == 2
    assert "요." in capfd.readouterr().err
    assert not places.runs().exists()


def test_what_any_benchmark_writes_is_a_result(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Only what the window had exported was one."""
    path = tmp_path / "기계.json"
    assert main(["bench", "signals", "--model", "text-conv1d", "--repeats", "2", "--out", str(path)]) == 0
    assert open_result(path)["bench"] == "signals"


@pytest.mark.parametrize("asked", [("machine", "--out"), ("layers", "--quick", "--trace")], ids=" ".join)
def test_a_place_that_cannot_be_written_is_told_before_measuring(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, asked: tuple[str, ...]
) -> None:
    assert main(["bench", *asked, str(tmp_path)]) == 2
    lines = capfd.readouterr().err.strip().splitlines()
    assert len(lines) == 1 and lines[0].endswith("it is a folder."), "no step was taken"


def test_a_comparison_is_written_where_it_is_told(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """--out was not looked at."""
    path, out = tmp_path / "new.json", tmp_path / "compared.json"
    assert main(["bench", "machine", "--quick", "--out", str(path)]) == 0
    assert main(["bench", "compare", str(path), str(path), "--out", str(out), "--lang", "ko"]) == 0
    assert read_json(out)["ratios"]
