"""What is done with benchmarks: listed, measured in a child, repeated to see whether they agree, put into a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from engine.bench import Say
from engine.bench.catalogue import CARDS, bench_card
from engine.bench.charts import Bar, Chart, Shown, open_result
from engine.bench.child import measured
from engine.bench.history import compare
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.text import Text, same

_UNITS = ("_ms", "_per_second", "_seconds", "seconds", "_mib")
_NAMES = {
    "ratio": Text("ours / reference", "우리 / 기준"),
    "images_per_second": Text("pictures a second", "초당 사진 수"),
    "frames_per_second": Text("frames a second", "초당 프레임"),
    "steps_per_second": Text("steps a second", "초당 걸음"),
    "seconds": Text("start-up", "시작"),
    "p50_ms": Text("half of all gaps are shorter", "간격의 절반은 이보다 짧음"),
    "p99_ms": Text("99 of 100 gaps are shorter", "간격 100개 중 99개는 이보다 짧음"),
    "max_ms": Text("the longest gap", "가장 긴 간격"),
    "start_max_ms": Text("the longest gap at the start", "시작할 때 가장 긴 간격"),
    "overhead": Text("besides the network, ms", "신경망 밖의 시간, ms"),
    "start": Text("first frame, ms", "첫 프레임, ms"),
}
_MEASURED = (("time", Text("measured", "측정")),)


def names() -> list[str]:
    """The benchmarks a person may choose."""
    return [card.id for card in CARDS]


def listed() -> dict[str, Any]:
    """For `bench list`."""
    items = [{**card.json(), "file": card.summary.en} for card in CARDS]
    return {"count": len(items), "items": items}


def words_of(id: str, *, quick: bool, data: Path | None = None, model: str = "") -> list[str]:
    """The words of the command line that measure a card."""
    card = bench_card(id)
    found = [*card.quick] if quick else []
    if data and id not in ("machine", "layers", "threads", "scaling", "startup", "choices"):
        found += ["--data", str(data)]
    return [*found, *(["--model", model] if model and card.asks else [])]


def measure(id: str, words: Sequence[str]) -> Job:
    """Measure one card in a child; a job, returns a result that can be shown and kept."""
    result = yield from measured(id, words)
    return with_shown(result)


def with_shown(result: dict[str, Any]) -> dict[str, Any]:
    """`result`; the other tabs' benchmarks, which give figures alone, get charts of those that have a spread."""
    if "shown" in result:
        return result
    found = list(_spreads(result))
    ratios = [one for one in found if one[0] == "ratio"]
    others = [one for one in found if one[0] != "ratio"]
    charts = [_chart(group, number) for number, group in enumerate((ratios, others)) if group]
    figures = {key: value for key, value, *_ in found}
    heads = {name: {"median": m, "min": a, "max": b, "n": n} for name, m, a, b, n in found if name in figures}
    return {**result, "shown": Shown(tuple(charts)).json(), "headlines": heads}


def _spreads(result: dict[str, Any]) -> Iterator[tuple[str, float, float, float, int]]:
    """(name, median, lowest, highest, n) of every figure with a spread, and of gaps, whose spread is their own kind."""
    for key, value in result.items():
        if key.endswith("_spread") and isinstance(value, dict) and "median" in value:
            name = key.removesuffix("_spread")
            yield name, value["median"], value["min"], value["max"], int(result.get("count", 0) or 0)
    for key in ("p50_ms", "p99_ms", "max_ms", "start_max_ms"):
        if isinstance(result.get(key), int | float):
            yield key, result[key], result[key], result[key], int(result.get("gaps", 0) or result.get("count", 0) or 0)


def _chart(group: Sequence[tuple[str, float, float, float, int]], number: int) -> Chart:
    bars = tuple(
        Bar(_NAMES.get(name, same(name.replace("_", " "))), (("time", m),), same(""), a, b, n)
        for name, m, a, b, n in group
    )
    if group[0][0] == "ratio":
        _, m, a, b, n = group[0]
        text = Text(
            "{m:.2f} times the reference ({a:.2f} to {b:.2f}, n = {n}), in turn in one run.",
            "기준의 {m:.2f}배({a:.2f}~{b:.2f}, n = {n}). 한 실행에서 번갈아 쟀어요.",
        )
        return Chart(
            "ratio",
            Text("Against the reference", "기준과 견주기"),
            Text("×", "배"),
            text(m=m, a=a, b=b, n=n),
            bars,
            _MEASURED,
        )
    reading = Text("Each with its spread; units stand in the names.", "값마다 흩어짐이 있어요. 단위는 이름에 있어요.")
    return Chart(f"figures{number}", Text("Figures", "값"), same(""), reading, bars, _MEASURED)


def compared(files: Sequence[Path]) -> dict[str, Any]:
    """For `bench compare NEW OLD`. Raises: `LabError` for other than two results of one benchmark."""
    if len(files) != 2:
        raise LabError(
            Text("Name two results: the new one, then the old one.", "결과 두 개를 쓰세요. 새것, 그다음 옛것.")
        )
    chart = compare(open_result(files[0]), open_result(files[1]))
    ratios = {str(bar.name): {"ratio": bar.total, "low": bar.low, "high": bar.high, "n": bar.n} for bar in chart.bars}
    return {"ratios": ratios, "words": chart.reading}


def agree(words: Sequence[str], chosen: Sequence[Path], *, times: int, say: Say) -> Job:
    """Measure one benchmark several times, each in a child of its own, and see how far its figures lie apart.

    Returns the widest distance of a run from the middle of all, for every figure. Raises: `LabError` for no name.
    """
    if len(chosen) != 1:
        raise LabError(Text("Name one benchmark: bench agree layers.", "벤치마크 하나를 쓰세요: bench agree layers."))
    card, found = bench_card(str(chosen[0])), dict[str, list[float]]()
    loads = []
    for number in range(times):
        say(Text("{name}: {n} of {all}", "{name}: {all}회 중 {n}회")(name=card.name, n=number + 1, all=times))
        yield Progress(number, times)
        result = yield from measure(card.id, words)
        loads.append(result["machine"].get("load"))
        for name, value in result["headlines"].items():
            found.setdefault(name, []).append(value["median"])
    apart: dict[str, dict[str, Any]] = {}
    for name, values in found.items():
        middle = sorted(values)[len(values) // 2]
        apart[name] = {"values": values, "apart": max(abs(value / middle - 1) for value in values)}
    worst = max(one["apart"] for one in apart.values())
    return {"apart_worst": worst, "within_10_percent": worst <= 0.1, "count": times, "figures": apart, "load": loads}


def report(words: Sequence[str], out: Path | None, *, only: str, say: Say) -> Job:
    """Measure every card (or those in `only`) and write one HTML file; a job. Raises: `LabError`."""
    from engine.bench.report import write_report

    cards = [bench_card(name.strip()) for name in only.split(",") if name.strip()] or list(CARDS)
    if out is None:
        raise LabError(
            Text(
                "Say where to: bench report --out FILE.html.", "어디에 쓸지 정해 주세요: bench report --out 파일.html."
            )
        )
    quick, results, missing = "--quick" in words, [], dict[str, Text]()
    extra = [word for word in words if word != "--quick"]
    for number, card in enumerate(cards):
        say(Text("{n} of {all}: {name}", "{all}개 중 {n}번째: {name}")(n=number + 1, all=len(cards), name=card.name))
        yield Progress(number, len(cards), card.name)
        try:
            results.append((yield from measure(card.id, [*_fit(card.id, extra), *(card.quick if quick else ())])))
        except (
            LabError
        ) as error:  # one that cannot be measured here is told in the report, the others are still worth it
            missing[card.id] = error.text
    write_report(out, results, missing)
    return {"file": out, "count": len(results), "missing": missing}


def _fit(id: str, words: Sequence[str]) -> list[str]:
    """The words that a card understands: a folder of data, but no networks where none are asked for."""
    from engine.bench import BENCHES, takes

    found, left = [], list(words)
    while left:
        word, value = left.pop(0), left.pop(0) if left else ""
        if word == "--data" or (id in BENCHES and word.removeprefix("--") in takes(id)):
            found += [word, value]
    return found


def traced(path: Path, model: str) -> Job:
    """A Chrome trace of one pass of a network, made in a child; a job, returns `path`. Raises: `LabError`."""
    first = (model or "alexnet").split(",")[0]
    yield from measured("layers", ["--quick", "--model", first, "--trace", str(path)])
    return path
