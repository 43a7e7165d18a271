"""Curves read from TensorBoard files of any program, as those of a run."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from pathlib import Path

import numpy as np

from engine.errors import LabError
from engine.jobs import Event
from engine.text import Text
from engine.train.board_read import Curve, read_board
from engine.train.curves import CHECK, STEP, Columns
from gui.widgets.run_curves import Rows, RunCurves

_HELD_OUT = re.compile(r"held|val|eval|dev", re.I)
_TEST = re.compile(r"test", re.I)
_METRICS = (  # the last part of a tag first: "train/loss", "Loss/val", "epoch_val_accuracy", "lr-Adam"
    ("learning_rate", re.compile(r"learning.?rate|(^|[^a-z])lr([^a-z]|$)", re.I)),
    ("gradient_norm", re.compile(r"grad", re.I)),
    ("images_per_second", re.compile(r"images?.?per.?sec|throughput|fps", re.I)),
    ("accuracy", re.compile(r"acc|miou|map|f1|score", re.I)),
    ("loss", re.compile(r"loss|nll|error", re.I)),
)


def read_board_curves(path: Path) -> Generator[Event, None, RunCurves]:
    """The scalars in a file or folder as curves; a job.

    A tag's name says what it is: "val/acc" is held-out accuracy. Per cent become shares.
    Raises: `LabError` when no tag is a loss, an accuracy, a learning rate, a gradient or a speed.
    """
    board = yield from read_board(path)
    curves = RunCurves(path.name if path.is_dir() else path.parent.name)
    columns = as_columns(board.scalars)
    if not any(table.shape[1] for table in (columns.steps, columns.checks, columns.tests)):
        text = Text(
            "{path} has no curve that this chart knows. It has: {tags}.",
            "{path}에 이 차트가 아는 곡선이 없어요. 있는 것: {tags}.",
        )
        raise LabError(text(path=path, tags=", ".join(list(board.scalars)[:12])))
    curves.steps, curves.checks = Rows.of(STEP, columns.steps), Rows.of(CHECK, columns.checks)
    curves.tests = Rows.of(CHECK, columns.tests)
    return curves


def as_columns(scalars: Mapping[str, Curve]) -> Columns:
    """The tags that are understood, sorted into steps, checks and tests; what a step does not have is nan."""
    parts: dict[str, dict[str, Curve]] = {"steps": {}, "checks": {}, "tests": {}}
    for tag, curve in scalars.items():
        metric = next((name for name, pattern in _METRICS if pattern.search(tag)), None)
        if metric:
            part = "tests" if _TEST.search(tag) else "checks" if _HELD_OUT.search(tag) else "steps"
            if part == "steps" or metric in CHECK:
                parts[part].setdefault(metric, curve)
    epochs = next((curve for tag, curve in scalars.items() if tag.rsplit("/")[-1] == "epoch"), None)
    tables = {part: _table(STEP if part == "steps" else CHECK, found, epochs) for part, found in parts.items()}
    steps = tables["steps"].astype(np.float32)
    return Columns(steps, tables["checks"], tables["tests"])


def _table(names: tuple[str, ...], curves: Mapping[str, Curve], epochs: Curve | None) -> np.ndarray:
    """(names, n) float64 over all steps that any curve has."""
    if not curves:
        return np.zeros((len(names), 0))
    steps = np.unique(np.concatenate([curve.steps for curve in curves.values()]))
    table = np.full((len(names), len(steps)), np.nan)
    table[names.index("step")] = steps
    longest = max(curves.values(), key=lambda curve: len(curve.steps))
    table[names.index("seconds")] = np.interp(steps, longest.steps, longest.seconds)
    if epochs is not None:
        table[names.index("epoch")] = np.interp(steps, epochs.steps, epochs.values)
    for metric, curve in curves.items():
        values = curve.values / 100 if metric == "accuracy" and curve.values.max() > 1.5 else curve.values
        table[names.index(metric), np.searchsorted(steps, curve.steps)] = values
    return table
