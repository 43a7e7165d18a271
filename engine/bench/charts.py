"""A result that can be seen: charts, tables and sentences as plain values, drawn by the window and by the report."""

from __future__ import annotations

import dataclasses
import math
import re
import tempfile
import types
import typing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.bench.method import Timed
from engine.errors import LabError
from engine.files import read_json, write_bytes, write_json
from engine.text import Text, same

Cell = Text | float | None
NONE = same("")


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, cut into parts by kind. low, high: spread of the total over n readings, but for outliers; None: not timed."""

    name: Text
    parts: tuple[tuple[str, float], ...]
    note: Text = NONE
    low: float | None = None
    high: float | None = None
    n: int = 0

    @property
    def total(self) -> float:
        return sum(value for _, value in self.parts)


@dataclass(frozen=True, slots=True)
class Series:
    """Points in an order. style: "line", "dashed" (what theory says) or "dots". low, high: spread of each, may be empty.

    tone: "net" measured here, "you", "slide" what the lecture says, or "" for the next colour.
    """

    name: Text
    x: tuple[float, ...]
    y: tuple[float, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    labels: tuple[Text, ...] = ()
    style: str = "line"
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars below each other, or series over an axis. reading: what it shows, in plain words. estimate: not measured."""

    id: str
    title: Text
    unit: Text
    reading: Text
    bars: tuple[Bar, ...] = ()
    kinds: tuple[tuple[str, Text], ...] = ()
    series: tuple[Series, ...] = ()
    x_title: Text = NONE
    log_x: bool = False
    log_y: bool = False
    estimate: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under names; numbers stand at the right."""

    title: Text
    columns: tuple[Text, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What a slide said beside what was found here; `here` is None where nothing can be said."""

    name: Text
    said: Text
    here: Text | None
    row: int
    estimate: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What is drawn of a result."""

    charts: tuple[Chart, ...]
    tables: tuple[Table, ...] = ()
    said: tuple[Said, ...] = ()
    notes: tuple[Text, ...] = ()

    def json(self) -> dict[str, Any]:
        """Plain values that `shown_of` takes back."""
        from engine.console import plain

        found: dict[str, Any] = plain(self)
        return found


def bar_of(name: Text, timed: Timed, *, kind: str = "time", note: Text = NONE, scale: float = 1.0) -> Bar:
    """A bar of one part with its spread."""
    low, high = sorted(value * scale for value in timed.reach)
    return Bar(name, ((kind, timed.median * scale),), note, low, high, timed.n)


def series_of(
    name: Text, points: dict[float, Timed], *, scale: float = 1.0, tone: str = "net", style: str = "line"
) -> Series:
    """Medians over x with their spreads."""
    some = list(points.values())
    return Series(
        name,
        tuple(points),
        tuple(one.median * scale for one in some),
        tuple(one.reach[0] * scale for one in some),
        tuple(one.reach[1] * scale for one in some),
        style=style,
        tone=tone,
    )


def shown_of(values: dict[str, Any]) -> Shown:
    """What a result's plain values show. Raises: `ValueError` when they are not of this form."""
    found: Shown = _read(Shown, values)
    return found


def _read(kind: Any, value: Any) -> Any:
    """`value` as `kind` (a dataclass, Text, a tuple, a union, a plain type). Raises: `ValueError`."""
    if kind is Any:
        return value
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return _read_one_of(inside, value)
    if kind is Text:
        if not (isinstance(value, dict) and all(isinstance(value.get(k), str) for k in ("en", "ko"))):
            raise ValueError("no text")
        return Text(value["en"], value["ko"])
    if origin is tuple:
        if not isinstance(value, list):
            raise ValueError("no list")
        kinds = inside[:1] * len(value) if inside[-1:] == (...,) else inside
        if len(kinds) != len(value):
            raise ValueError("wrong length")
        return tuple(_read(k, v) for k, v in zip(kinds, value, strict=True))
    if dataclasses.is_dataclass(kind):
        return _read_value(kind, value)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ValueError(f"no {kind}")
    return value


def _read_one_of(kinds: tuple[Any, ...], value: Any) -> Any:
    if value is None and type(None) in kinds:
        return None
    for kind in kinds:
        if kind is not type(None):
            try:
                return _read(kind, value)
            except ValueError:
                continue
    raise ValueError("of no kind")


def _read_value(kind: Any, value: Any) -> Any:
    if not isinstance(value, dict):
        raise ValueError("no object")
    hints = typing.get_type_hints(kind)
    given = {f.name: _read(hints[f.name], value[f.name]) for f in dataclasses.fields(kind) if f.name in value}
    try:
        return kind(**given)
    except TypeError as error:  # a field without a default is missing
        raise ValueError(str(error)) from error


def _check_figure(head: Any) -> None:
    """Raises what a figure without its spread raises: `ValueError`, `KeyError` or `TypeError`."""
    for values in (head, head.get("calm", head)):
        if not all(math.isfinite(values[key]) for key in ("min", "max")):
            raise ValueError("no figure")
    if not math.isfinite(head["median"]) or not isinstance(head["n"], int):
        raise ValueError("no figure")


def _check_method(method: dict[str, Any], load: Any) -> None:
    """Raises what a method without its numbers raises, as `_check_figure` does; {}: a result that does not tell it."""
    for key in ("repeats", "warm_up", "widest_spread", "outliers", "readings", "threads", "seconds") if method else ():
        if not math.isfinite(method[key]):
            raise ValueError("no method")
    if not all(value is None or isinstance(value, int | float) for value in (*method.values(), load)):
        raise ValueError("no method")


def save_result(path: Path, result: dict[str, Any]) -> None:
    """Write a result as JSON. Raises: `LabError` when it cannot be written."""
    from engine.console import plain

    write_json(path, plain(result))


def save_trace(path: Path, module: Any, x: Any) -> None:
    """A Chrome trace of one pass after two to warm up, for chrome://tracing or ui.perfetto.dev."""
    import torch
    from torch.profiler import ProfilerActivity, profile

    kinds = [ProfilerActivity.CPU, *([ProfilerActivity.CUDA] if x.device.type == "cuda" else [])]
    with torch.inference_mode(), tempfile.TemporaryDirectory() as folder:
        for _ in range(2):
            module(x)
        with profile(activities=kinds, record_shapes=True) as seen:
            module(x)
        half = Path(folder) / "trace.json"
        seen.export_chrome_trace(str(half))
        write_bytes(path, half.read_bytes())


def open_result(path: Path) -> dict[str, Any]:
    """A result that was written here or elsewhere. Raises: `LabError` when it is none."""
    found = read_json(path)
    try:
        if not re.fullmatch(r"[a-z_]{1,40}", found["bench"]) or not isinstance(found["machine"], dict):
            raise ValueError("no result")  # its name becomes part of a file's
        shown_of(found["shown"])
        for head in _read(dict, found.get("headlines", {})).values():
            _check_figure(head)
        _check_method(_read(dict, found.get("method") or {}), found["machine"].get("load"))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        text = Text(
            "{path} is not a benchmark result of Convoscope. Choose a file that Export wrote.",
            "{path} 파일은 Convoscope의 벤치마크 결과가 아니에요. ‘내보내기’로 만든 파일을 골라 주세요.",
        )
        raise LabError(text(path=path)) from error
    return found
