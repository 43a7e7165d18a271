"""Charts of the other tabs' benchmarks, which give figures alone: one chart for each unit, each figure with its spread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.bench.charts import Bar, Chart, Shown
from engine.text import Text, same

_MEASURED = (("time", Text("measured", "측정")),)
_TIMES, _MS, _RATE, _SECONDS, _OTHER = "ratio", "ms", "rate", "seconds", "other"
_UNITS = {
    _TIMES: (Text("Against the reference", "기준과 견주기"), Text("×", "배")),
    _MS: (Text("Milliseconds", "밀리초"), same("ms")),
    _RATE: (Text("Speed", "속도"), Text("a second", "초당")),
    _SECONDS: (Text("Seconds", "초"), Text("s", "초")),
    _OTHER: (Text("Figures", "값"), same("")),
}
_NAMES = {
    "ratio": (_TIMES, Text("ours / reference", "우리 / 기준")),
    "ratio_ssdlite": (_TIMES, Text("detector (SSDLite)", "검출기 (SSDLite)")),
    "ratio_lraspp": (_TIMES, Text("segmenter (LR-ASPP)", "분할기 (LR-ASPP)")),
    "images_per_second": (_RATE, Text("pictures, ours", "사진, 우리")),
    "frames_per_second": (_RATE, Text("frames, ours", "프레임, 우리")),
    "reference_frames_per_second": (_RATE, Text("frames, plain loop", "프레임, 단순 반복문")),
    "steps_per_second": (_RATE, Text("steps, ours", "걸음, 우리")),
    "seconds": (_SECONDS, Text("painted window", "창이 그려질 때까지")),
    "reference": (_SECONDS, Text("the libraries alone", "라이브러리만")),
    "p50_ms": (_MS, Text("half of all gaps are shorter", "간격의 절반은 이보다 짧음")),
    "p99_ms": (
        _MS,
        Text("99 of 100 gaps of a usual second are shorter", "보통 1초에 간격 100개 중 99개는 이보다 짧음"),
    ),
    "max_ms": (_MS, Text("the longest gap", "가장 긴 간격")),
    "start_max_ms": (_MS, Text("the longest gap at the start", "시작할 때 가장 긴 간격")),
    "overhead": (_MS, Text("besides the network", "신경망 밖의 시간")),
    "start": (_MS, Text("first answer", "첫 답")),
    "age_p95": (_MS, Text("age of 95 of 100 frames is less", "프레임 100개 중 95개의 나이")),
    "infer": (_MS, Text("the network, one frame", "신경망, 프레임 하나")),
}
_LONGEST = ("max_ms", "start_max_ms")  # one reading each, no two runs have the same: shown, never compared
_ALONE = {  # figures without a spread of their own, and what counts them
    "p50_ms": "gaps",
    "p99_ms": "gaps",
    "max_ms": "gaps",
    "start_max_ms": "start_gaps",
}


@dataclass(frozen=True, slots=True)
class _Figure:
    """One figure over n readings; low and high are None where the readings are no spread of it."""

    key: str
    name: Text
    unit: str
    median: float
    low: float | None
    high: float | None
    n: int

    def head(self) -> dict[str, float]:
        low, high = (self.median if value is None else value for value in (self.low, self.high))
        return {"median": self.median, "min": low, "max": high, "n": self.n}


def with_shown(result: dict[str, Any]) -> dict[str, Any]:
    """`result` with charts, the figures that are compared, and a date, where it has none."""
    if "shown" in result:
        return result
    found = list(_figures(result))
    groups = {unit: [one for one in found if one.unit == unit] for unit in _UNITS}
    charts = tuple(_chart(unit, group) for unit, group in groups.items() if group)
    heads = {one.key: one.head() for one in found if one.key not in _LONGEST}
    date = {"date": f"{datetime.now():%Y-%m-%dT%H:%M:%S}"}
    return {**date, **result, "shown": Shown(charts).json(), "headlines": heads}


def _figures(result: Mapping[str, Any]) -> Iterator[_Figure]:
    count = int(result.get("count", 0) or 0)
    rate = next((key for key in ("images_per_second", "steps_per_second") if key in result), "")
    for key, value in result.items():
        if not (key.endswith("_spread") and isinstance(value, dict)):
            continue
        name = key.removesuffix("_spread")
        if "median" in value:
            yield _figure(name, value, int(result.get(f"{name}_count", 0) or count))
        elif name == "reference" and rate:  # one for each number of its workers or games
            for part, one in value.items():
                words = Text("the reference, {part}", "기준, {part}")(part=_part(result, part))
                yield _figure(f"reference {part}", one, count, unit=_RATE, words=words)
    for key, counted in _ALONE.items():
        if isinstance(result.get(key), int | float):
            unit, words = _NAMES[key]
            yield _Figure(key, words, unit, float(result[key]), None, None, int(result.get(counted, 0) or 0))


def _part(result: Mapping[str, Any], part: str) -> Text:
    if "reference_games" in result:
        return Text("{n} games", "게임 {n}개")(n=part)
    return Text("{n} workers", "작업자 {n}개")(n=part)


def _figure(key: str, spread: Mapping[str, float], n: int, *, unit: str = "", words: Text | None = None) -> _Figure:
    known = _NAMES.get(key)
    name = words or (known[1] if known else same(key.replace("_", " ")))
    unit = unit or (known[0] if known else _unit(key))
    return _Figure(key, name, unit, spread["median"], spread["min"], spread["max"], n)


def _unit(key: str) -> str:
    if key.startswith("ratio"):
        return _TIMES
    ends = (("_ms", _MS), ("_per_second", _RATE), ("seconds", _SECONDS))
    return next((unit for end, unit in ends if key.endswith(end)), _OTHER)


def _chart(unit: str, group: Sequence[_Figure]) -> Chart:
    bars = tuple(Bar(one.name, (("time", one.median),), same(""), one.low, one.high, one.n) for one in group)
    title, words = _UNITS[unit]
    return Chart(unit, title, words, _reading(unit, group, words), bars, _MEASURED)


def _reading(unit: str, group: Sequence[_Figure], words: Text) -> Text:
    by_key = {one.key: one for one in group}
    if "p99_ms" in by_key:
        text = Text(
            "The window’s pauses: 99 of 100 are shorter than {p:.0f} ms, the longest was {m:.0f} ms. "
            "Below 100 ms a hand notices nothing.",
            "창이 멈칫한 시간: 100번 중 99번은 {p:.0f} ms보다 짧고 가장 긴 것은 {m:.0f} ms예요. "
            "100 ms보다 짧으면 손은 느끼지 못해요.",
        )
        return text(p=by_key["p99_ms"].median, m=by_key["max_ms"].median)
    if unit == _SECONDS and "reference" in by_key and "seconds" in by_key:
        text = Text(
            "The window can be used after {s:.1f} s; loading the libraries alone takes {r:.1f} s of that.",
            "{s:.1f}초 뒤에 창을 쓸 수 있어요. 그중 라이브러리만 불러오는 데 {r:.1f}초가 걸려요.",
        )
        return text(s=by_key["seconds"].median, r=by_key["reference"].median)
    first = group[0]
    if unit == _TIMES and first.low is not None and first.high is not None:
        sure = first.low > 1 or first.high < 1
        text = Text(
            "{m:.2f} times the reference ({a:.2f} to {b:.2f}, n = {n}), in turn in one run.",
            "기준의 {m:.2f}배({a:.2f}~{b:.2f}, n = {n}). 한 실행에서 번갈아 쟀어요.",
        )
        found = text(m=first.median, a=first.low, b=first.high, n=first.n)
        swallowed = Text("No difference seen: {words}", "차이를 보지 못했어요: {words}")
        return found if sure or first.n < 2 else swallowed(words=found)
    told = Text(
        "{name}: {m:,.4g} {unit}, the middle of n = {n} readings.",
        "{name}: {m:,.4g} {unit}, n = {n}번 잰 값의 가운데예요.",
    )
    return told(name=first.name, m=first.median, unit=words, n=first.n)
