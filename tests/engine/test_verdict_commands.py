"""`verdict`, `forecast`, `experiment` and `bench verdict` on the command line, in this process."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from driving import drive, quick

from engine import cli
from engine.train.fit import train


def last(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return found


def test_the_verdict_of_a_run_names_its_folder_or_its_name(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drive(train("digits-quick", quick(epochs=3.0, learning_rate=6e-6), out=home / "runs" / "slow", spare=999))
    for name in ("slow", str(home / "runs" / "slow")):
        assert cli.main(["verdict", name, "--json"]) == 0
        result = last(capsys)
        assert (result["verdict"], result["recipe"]) == ("rate-too-low", "digits-quick")
        assert result["found"][0]["words"] == {"en": "Learning rate too low", "ko": "학습률이 너무 낮음"}
    assert cli.main(["verdict", "slow", "--lang", "ko"]) == 0
    assert "학습률이 너무 낮음: 한 스텝에" in capsys.readouterr().err
    assert cli.main(["verdict", str(tmp_path)]) == 2


def test_a_forecast_tells_seconds_and_that_it_is_an_estimate(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["forecast", "digits-quick", "--epochs", "5", "--set", "batch_size=100", "--json"]) == 0
    result = last(capsys)
    assert result["estimate"] is True and result["steps"] == 20
    assert 0 < result["seconds"] < 600


def test_the_experiment_of_row_1_gives_four_cells(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["experiment", "row1", "--dataset", "digits", "--epochs", "0.1", "--json"]) == 0
    result = last(capsys)
    assert len(result["cells"]) == 4
    lost = {cell["shuffled"]: cell["accuracy"] for cell in result["cells"] if cell["network"] == "CNN"}
    assert result["cnn_lost"] == pytest.approx(lost[False] - lost[True])
