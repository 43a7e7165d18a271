"""What is done with benchmarks: listed, measured in a child, repeated to see whether they agree, put into a report."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.bench import Say
from engine.bench.catalogue import CARDS, bench_card
from engine.bench.charts import open_result
from engine.bench.child import measured, measured_each
from engine.bench.gathered_shown import with_shown
from engine.bench.history import compare
from engine.bench.peaks import yardstick
from engine.errors import LabError
from engine.jobs import Event, Job, Progress
from engine.text import Text, same

ALONE = ("dqn", "responsiveness")  # measures its memory; opens a window


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

    Returns the widest distance of a run from the middle of all, for every figure, and the same of a plain product
    before each run: what the machine itself does not repeat no benchmark can. Raises: `LabError` for no name.
    """
    if len(chosen) != 1:
        raise LabError(Text("Name one benchmark: bench agree layers.", "벤치마크 하나를 쓰세요: bench agree layers."))
    card, found = bench_card(str(chosen[0])), dict[str, list[float]]()
    loads, others, steady = [], [], list[float]()
    for number in range(times):
        say(Text("{name}: {n} of {all}", "{name}: {all}회 중 {n}회")(name=card.name, n=number + 1, all=times))
        yield Progress(number, times)
        steady.append(yardstick().median)
        result = yield from measure(card.id, words)
        loads.append(result["machine"].get("load"))
        others.append((result.get("method") or {}).get("others_share"))
        for name, value in result["headlines"].items():
            found.setdefault(name, []).append(value["median"])
    apart: dict[str, dict[str, Any]] = {}
    for name, values in found.items():
        apart[name] = {"values": values, "apart": _apart(values)}
    worst, machine = max(one["apart"] for one in apart.values()), _apart(steady)
    text = Text(
        "{n} runs lie at most {p:.0%} from their middle. A plain product, the same before each run, varied by {m:.0%}.",
        "{n}번의 값이 가운데에서 많아야 {p:.0%} 떨어져 있어요. 실행 앞마다 같은 곱셈 하나는 {m:.0%} 달라졌어요.",
    )
    return {
        "apart_worst": worst,
        "within_10_percent": worst <= 0.1,
        "machine_apart": machine,
        "words": text(n=times, p=worst, m=machine),
        "count": times,
        "figures": apart,
        "load": loads,
        "others_share": others,
    }


def _apart(values: Sequence[float]) -> float:
    middle = sorted(values)[len(values) // 2]
    return max(abs(value / middle - 1) for value in values)


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
    quick, extra = "--quick" in words, [word for word in words if word != "--quick"]
    wishes = {card.id: [*_fit(card.id, extra), *(card.quick if quick else ())] for card in cards}
    began = time.perf_counter()
    found = yield from every(wishes, say=say)
    results = [one for one in found.values() if isinstance(one, dict)]
    missing = {id: one for id, one in found.items() if isinstance(one, Text)}
    write_report(out, results, missing)
    return {"file": out, "count": len(results), "missing": missing, "seconds": time.perf_counter() - began}


def every(wishes: Mapping[str, Sequence[str]], *, say: Say) -> Job:
    """Measure several cards, with the options of each; a job, returns for each id a result, or the words why not.

    Most share one child; what asks for its own memory or for a window of its own gets a child of its own.
    """
    told = Text("{n} of {all}: {name}", "{all}개 중 {n}번째: {name}")
    begun: list[Text] = []

    def began(id: str) -> None:
        begun.append(told(n=len(begun) + 1, all=len(wishes), name=bench_card(id).name))
        say(begun[-1])

    def outer(event: Event) -> Event:
        """Where all of them are, from where one of them is."""
        if not (isinstance(event, Progress) and begun):
            return event
        part = event.done / event.total if event.total else 0.0
        note = same("{which}: {what}")(which=begun[-1], what=event.note) if event.note else begun[-1]
        return Progress(int(100 * (len(begun) - 1 + min(part, 1.0))), 100 * len(wishes), note)

    together = {id: words for id, words in wishes.items() if id not in ALONE}
    found = yield from _changed(measured_each(together, began=began), outer)
    for id in [id for id in wishes if id in ALONE]:
        began(id)
        try:
            found[id] = yield from _changed(measured(id, wishes[id]), outer)
        except LabError as error:  # is told; the others are still worth it
            found[id] = error.text
    return {id: with_shown(one) if isinstance(one := found[id], dict) else one for id in wishes}


def _changed(job: Job, change: Callable[[Event], Event]) -> Job:
    """The same job with each of its events changed."""
    try:
        while True:
            yield change(next(job))
    except StopIteration as end:
        return end.value
    finally:
        job.close()


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
