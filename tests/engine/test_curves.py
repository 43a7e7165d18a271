"""A run's numbers as columns: the same as its metrics.jsonl says, whatever happened to the cache beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from driving import drive, of, quick

from engine.jobs import result_of
from engine.train import curves
from engine.train.curves import CACHE, CHECK, STEP, Columns, read_columns, totals_of
from engine.train.events import Checked, Step
from engine.train.fit import train
from engine.train.run_folder import last_check_of, others_of, read_events


def step(n: int) -> dict[str, Any]:
    values = {name: float(n) for name in STEP}
    return {"event": "step", **values, "step": n, "loss": 1 / n, "parts": {"box": 0.5}}


def check(n: int, split: str = "held-out") -> dict[str, Any]:
    values = {name: float(n) for name in CHECK}
    return {"event": "checked", **values, "step": n, "accuracy": n / 1e6, "split": split, "confusion": [[n]]}


def write(folder: Path, events: list[dict[str, Any]]) -> Path:
    lines = [json.dumps({"format": 1}), *(json.dumps(event) for event in events)]
    (folder / "metrics.jsonl").write_text("\n".join(lines) + "\n")
    return folder


def long(count: int = 2000) -> list[dict[str, Any]]:
    return [event for n in range(1, count + 1) for event in (step(n), *([check(n)] if n % 500 == 0 else []))]


def plain(columns: Columns) -> tuple[Any, ...]:
    tables = (columns.steps, columns.checks, columns.tests)
    return (*(table.tolist() for table in tables), list(columns.others), dict(columns.last))


def fresh(folder: Path) -> tuple[Any, ...]:
    """What the run says when nothing was cached."""
    (folder / CACHE).unlink(missing_ok=True)
    return plain(result_of(read_columns(folder)))


def test_the_columns_are_what_was_recorded(tmp_path: Path) -> None:
    result_of(train("digits-quick", quick(), out=tmp_path / "run"))
    columns, events = result_of(read_columns(tmp_path / "run")), read_events(tmp_path / "run")
    steps, checks = of(Step, events), of(Checked, events)
    for row, name in enumerate(STEP):
        assert np.allclose(columns.steps[row], [getattr(step, name) for step in steps])
    assert columns.checks[CHECK.index("accuracy")].tolist() == [c.accuracy for c in checks if c.split == "held-out"]
    assert columns.tests.shape[1] == 1
    others = [event for event in events if not isinstance(event, Step | Checked)]
    assert [(type(event), getattr(event, "step", 0)) for event in others_of(columns)] == [
        (type(event), getattr(event, "step", 0)) for event in others
    ]
    last = last_check_of(columns)
    assert last is not None
    assert last.split == "test"
    assert np.array_equal(last.confusion, checks[-1].confusion)


def test_a_second_reading_comes_from_the_cache_and_says_the_same(tmp_path: Path) -> None:
    write(tmp_path, long())
    before = plain(result_of(read_columns(tmp_path)))
    events, columns = drive(read_columns(tmp_path))
    assert events == []  # nothing was read of metrics.jsonl
    assert plain(columns) == before


def test_a_run_that_grew_is_read_from_where_the_cache_ends(tmp_path: Path) -> None:
    write(tmp_path, long())
    result_of(read_columns(tmp_path))
    with (tmp_path / "metrics.jsonl").open("a") as file:
        file.write(json.dumps(step(2001)) + "\n")
    events, columns = drive(read_columns(tmp_path))
    assert len(events) == 1
    assert columns.steps[0, -1] == 2001
    assert plain(columns) == fresh(tmp_path)


def test_a_run_that_was_cut_back_and_went_on_otherwise_is_read_anew(tmp_path: Path) -> None:
    write(tmp_path, long())
    result_of(read_columns(tmp_path))
    other = [{**event, "seconds": 7.0} for event in long()[1000:]]
    write(tmp_path, [*long()[:1000], *other, step(2001)])
    columns = result_of(read_columns(tmp_path))
    assert columns.steps[STEP.index("seconds"), 1500] == 7.0
    assert plain(columns) == fresh(tmp_path)


@pytest.mark.parametrize("damage", [b"", b"{}", b"\x00" * 4000, b"\x08\x00\x00\x00\x00\x00\x00\x00{broken}"])
def test_a_damaged_cache_is_no_matter(tmp_path: Path, damage: bytes) -> None:
    write(tmp_path, long())
    before = plain(result_of(read_columns(tmp_path)))
    (tmp_path / CACHE).write_bytes(damage)
    assert plain(result_of(read_columns(tmp_path))) == before


def test_a_cache_cut_off_in_its_numbers_is_no_matter(tmp_path: Path) -> None:
    write(tmp_path, long())
    before = plain(result_of(read_columns(tmp_path)))
    content = (tmp_path / CACHE).read_bytes()
    (tmp_path / CACHE).write_bytes(content[:-1000])
    assert plain(result_of(read_columns(tmp_path))) == before


def test_a_folder_that_may_not_be_written_is_read_without_a_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, long())
    (tmp_path / CACHE).mkdir()  # no file can take its place
    assert result_of(read_columns(tmp_path)).steps.shape == (len(STEP), 2000)


def test_the_line_at_which_a_process_died_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, long(100))
    with (tmp_path / "metrics.jsonl").open("a") as file:
        file.write('{"event": "step", "step": 101, "ep')
    assert result_of(read_columns(tmp_path)).steps[0].tolist() == list(range(1, 101))
    with (tmp_path / "metrics.jsonl").open("a") as file:
        file.write("\n" + json.dumps(step(102)) + "\n")
    assert result_of(read_columns(tmp_path)).steps[0].tolist() == list(range(1, 101))


def test_a_long_run_is_read_in_parts_that_join(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, long())
    whole = fresh(tmp_path)
    monkeypatch.setattr(curves, "_BLOCK", 1000)  # bytes: five lines
    assert fresh(tmp_path) == whole


def test_a_loss_that_is_no_number_stays_where_it_was(tmp_path: Path) -> None:
    write(tmp_path, [step(1), {**step(2), "loss": float("nan")}, {**step(3), "loss": float("inf")}, step(4)])
    columns = result_of(read_columns(tmp_path))
    assert columns.steps[0].tolist() == [1, 2, 3, 4]
    assert np.isfinite(columns.steps[STEP.index("loss")]).tolist() == [True, False, False, True]


def test_the_totals_of_a_cached_run_are_read_without_its_curves(tmp_path: Path) -> None:
    write(tmp_path, long())
    first = result_of(totals_of(tmp_path))
    events, again = drive(totals_of(tmp_path))
    assert events == []
    assert again == first
    assert (again["step"], again["best"]) == (2000, 0.002)


def test_a_run_without_metrics_has_none(tmp_path: Path) -> None:
    assert result_of(read_columns(tmp_path)).steps.shape == (len(STEP), 0)
    assert result_of(totals_of(tmp_path))["best"] is None
