"""Results that come from elsewhere: what is none is refused before anything is drawn or divided."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine import places
from engine.bench import history
from engine.bench.charts import Shown, open_result
from engine.bench.method import Timed
from engine.errors import LabError
from engine.jobs import result_of


def a_result() -> dict[str, Any]:
    heads = {"AlexNet ms": Timed((1.0, 1.1, 1.2)).json()}
    return {"bench": "layers", "machine": {"load": 0.1}, "headlines": heads, "shown": Shown(()).json()}


def test_an_honest_result_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text(json.dumps({"format": 1, **a_result()}), encoding="utf-8")
    assert result_of(history.brought(path))["bench"] == "layers"
    assert len(list(places.benchmarks().iterdir())) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"headlines": {"x": {"median": "1", "min": 1.0, "max": 2.0, "n": 3}}},
        {"headlines": {"x": {"median": 1.0}}},
        {"headlines": {"x": None}},
        {"headlines": ["x"]},
        {"method": {"repeats": "many"}},
        {"machine": {"load": "high"}},
        {"bench": "../layers"},
    ],
    ids=str,
)
def test_a_result_whose_figures_are_none_is_refused_and_not_kept(tmp_path: Path, change: dict[str, Any]) -> None:
    """They were drawn and divided: a defect in the window, a traceback from `bench compare`."""
    path = tmp_path / "other.json"
    path.write_text(json.dumps({"format": 1, **a_result(), **change}), encoding="utf-8")
    with pytest.raises(LabError, match="is not a benchmark result"):
        result_of(history.brought(path))
    assert not places.benchmarks().exists() or not list(places.benchmarks().iterdir())


def test_a_result_that_has_no_place_in_the_window_is_refused_there_and_still_compared(tmp_path: Path) -> None:
    path = tmp_path / "caption.json"
    path.write_text(json.dumps({"format": 1, **a_result(), "bench": "caption"}), encoding="utf-8")
    with pytest.raises(LabError, match="no benchmark called “caption”"):
        result_of(history.brought(path))
    assert open_result(path)["bench"] == "caption"
