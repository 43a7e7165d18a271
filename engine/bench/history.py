"""Results kept on this machine, brought from others, and compared: a ratio of two results says what noise swallows."""

from __future__ import annotations

import math
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from engine import places
from engine.bench.catalogue import bench_card
from engine.bench.charts import Bar, Chart, open_result, save_result
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.text import Text, same

REPEATS = 0.1  # within this part two runs of one benchmark agree on a quiet machine (`bench agree`)
_READING = Text("Reading kept results", "저장한 결과를 읽는 중")


@dataclass(frozen=True, slots=True)
class Kept:
    """A result on disk. here: whether it was measured on this machine."""

    path: Path
    bench: str
    date: str
    processor: str
    here: bool


def keep(result: dict[str, Any]) -> Job:
    """Write a result among those kept; a job, returns its path."""
    yield Progress(0, 1)
    name = f"{datetime.now():%Y%m%d-%H%M%S}-{result['bench']}-{secrets.token_hex(2)}.json"
    path = places.benchmarks() / name
    save_result(path, result)
    return path


def kept(bench: str = "") -> Job:
    """Results of one benchmark ("" = of all), newest first; a job, returns a tuple of `Kept`. Broken ones are left out."""
    from engine.bench import _processor

    yield Progress(0, 0, _READING)
    found, own = list[Kept](), _processor()
    for path in sorted(places.benchmarks().glob("*.json"), reverse=True):
        if bench and f"-{bench}-" not in path.name:
            continue
        try:
            result = open_result(path)
        except LabError:
            continue
        yield Progress(len(found), 0, _READING)
        processor = str(result["machine"].get("processor", ""))
        found.append(Kept(path, result["bench"], str(result.get("date", "")), processor, processor == own))
    return tuple(sorted(found, key=lambda one: one.date, reverse=True))


def opened(path: Path) -> Job:
    """A result from anywhere; a job, returns its plain values. Raises: `LabError` when it is none that has a card."""
    yield Progress(0, 1)
    found = open_result(path)
    bench_card(found["bench"])
    return found


def brought(path: Path) -> Job:
    """A result of another machine put among those kept; a job, returns its plain values. Raises: `LabError`."""
    result = yield from opened(path)
    yield from keep(result)
    return result


def exported(result: dict[str, Any], path: Path) -> Job:
    """Write a result where a person said; a job. Raises: `LabError`."""
    yield Progress(0, 1)
    save_result(path, result)
    return path


def forget(path: Path) -> Job:
    """Delete a kept result; a job. Raises: `LabError` when it cannot be deleted."""
    from engine.errors import cannot_write

    yield Progress(0, 1)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from error


def compare(now: dict[str, Any], before: dict[str, Any]) -> Chart:
    """`now` as a part of `before`, figure by figure. Raises: `LabError` when they have no figure in common.

    Two results were not taken in turn: a difference counts only where their calm turns do not touch, and where it is
    more than two runs of the same machine lie apart (`REPEATS`). Older results know the spread of all turns alone.
    """
    a, b = now.get("headlines", {}), before.get("headlines", {})
    both = [name for name in a if name in b and b[name]["median"]]
    if now["bench"] != before["bench"] or not both:
        text = Text(
            "These two results have no figure in common: {a} and {b}. Choose two of the same benchmark.",
            "두 결과에 같은 값이 없어요: {a}, {b}. 같은 벤치마크의 결과 두 개를 고르세요.",
        )
        raise LabError(text(a=now["bench"], b=before["bench"]))
    bars, sure = [], 0
    for name in both:
        ratio = a[name]["median"] / b[name]["median"]
        mine, theirs = (one[name].get("calm", one[name]) for one in (a, b))
        low, high = mine["min"] / (theirs["max"] or math.inf), mine["max"] / (theirs["min"] or math.inf)
        apart = not 1 / (1 + REPEATS) <= ratio <= 1 + REPEATS and not low <= 1 <= high
        sure += apart
        note = same("") if apart else Text("no difference seen", "차이를 보지 못함")
        bars.append(Bar(same(name), (("ratio", ratio),), note, low, high, min(a[name]["n"], b[name]["n"])))
    text = Text(
        "{k} of {n} figures differ by more than their spreads and more than 10 %; the others are noise. 1 is the kept result of {date}.",
        "값 {n}개 중 {k}개가 흩어짐보다 크고 10 %보다 많이 달라요. 나머지는 잡음이에요. 1은 저장한 결과({date})예요.",
    )
    reading = text(k=sure, n=len(both), date=str(before.get("date", "?")).replace("T", " ")[:16])
    title = Text("Now against a kept result", "지금과 저장한 결과")
    kinds = (("ratio", Text("now / kept", "지금 / 저장")),)
    return Chart("compare", title, Text("×", "배"), reading, tuple(bars), kinds)


def over_time(results: list[dict[str, Any]]) -> Chart | None:
    """The newest five figures of one benchmark on one machine, result after result; None for fewer than two results."""
    from engine.bench.charts import Series

    ordered = sorted(results, key=lambda one: str(one.get("date", "")))
    if len(ordered) < 2:
        return None
    series = []
    for name in list(ordered[-1].get("headlines", {}))[:5]:
        points = [
            (i + 1.0, one["headlines"][name]) for i, one in enumerate(ordered) if name in one.get("headlines", {})
        ]
        first = points[0][1]["median"] or 1.0
        x, marks = zip(*points, strict=True)
        low, mid, high = (tuple(m[key] / first for m in marks) for key in ("min", "median", "max"))
        labels = tuple(same(str(ordered[int(at) - 1].get("date", ""))) for at in x)
        series.append(Series(same(name), x, mid, low, high, labels))
    text = Text(
        "{n} results of this machine, each as a part of its first.", "이 컴퓨터의 결과 {n}개를 첫 결과와 견주었어요."
    )
    title = Text("Over time", "시간에 따라")
    across = Text("result number", "결과 번호")
    return Chart("history", title, Text("×", "배"), text(n=len(ordered)), series=tuple(series), x_title=across)
