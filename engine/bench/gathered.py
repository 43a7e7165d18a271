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
from engine.bench.history import REPEATS, compare
from engine.bench.method import middle
from engine.bench.peaks import yardstick
from engine.errors import LabError
from engine.jobs import Event, Job, Progress
from engine.text import Text, same

QUIET = 0.05  # other programs may use this part of the processor while five runs are to agree
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

    Returns the widest distance of a run from the middle of all, for every figure, and the same of two plain works
    (`yardstick`) before each run and after the last: what the machine itself does not repeat no benchmark can.
    Raises: `LabError` for no name, and for a benchmark that has no figures to compare.
    """
    if len(chosen) != 1:
        raise LabError(Text("Name one benchmark: bench agree layers.", "벤치마크 하나를 쓰세요: bench agree layers."))
    card, found = bench_card(str(chosen[0])), dict[str, list[float]]()
    loads, others, steady = [], [], dict[str, list[float]]()
    for number in range(times):
        say(Text("{name}: {n} of {all}", "{name}: {all}회 중 {n}회")(name=card.name, n=number + 1, all=times))
        yield Progress(number, times)
        _note(steady, {name: one.median for name, one in yardstick().items()})
        result = yield from measure(card.id, words)
        loads.append(result["machine"].get("load"))
        others.append((result.get("method") or {}).get("others_share"))
        _note(found, {name: value["median"] for name, value in result["headlines"].items()})
    if not found:
        text = Text("{name} has no figures to compare.", "{name}: 견줄 값이 없어요.")
        raise LabError(text(name=card.name))
    _note(steady, {name: one.median for name, one in yardstick().items()})
    return {**_agreement(found, steady, others), "count": times, "load": loads}


def _note(found: dict[str, list[float]], values: Mapping[str, float]) -> None:
    for name, value in values.items():
        found.setdefault(name, []).append(value)


def _agreement(
    found: Mapping[str, Sequence[float]], steady: Mapping[str, Sequence[float]], others: Sequence[float | None]
) -> dict[str, Any]:
    """How far each figure of the runs lies apart, how far the machine's own, and both in words.

    others: of each run, the part of the processor that other programs used, None where it was not measured.
    """
    apart: dict[str, dict[str, Any]] = {
        name: {"values": values, "apart": _apart(values)} for name, values in found.items()
    }
    machine = {name: _apart(values) for name, values in steady.items()}
    name = max(apart, key=lambda name: apart[name]["apart"])
    text = Text(
        "{n} runs lie at most {p:.1%} from their middle ({name}). The machine itself, measured between them: "
        "a plain product varied by {a:.1%}, a chain of small convolutions on all threads by {b:.1%}.",
        "{n}번의 값이 가운데에서 많아야 {p:.1%} 떨어져 있어요({name}). 그 사이에 잰 컴퓨터 자체: "
        "곱셈 하나는 {a:.1%}, 모든 스레드로 이어서 한 작은 합성곱은 {b:.1%} 달라졌어요.",
    )
    worst, taken = apart[name]["apart"], max((one for one in others if one is not None), default=None)
    words = text(n=len(found[name]), p=worst, name=name, a=machine["product"], b=machine["chain"])
    if taken is not None and taken > QUIET:
        busy = Text(
            "{words} It was not quiet: other programs used up to {p:.0%} of the processor. Measure again when they have ended.",
            "{words} 조용하지 않았어요. 다른 프로그램이 프로세서를 {p:.0%}까지 썼어요. 끝난 뒤에 다시 재 보세요.",
        )
        words = busy(words=words, p=taken)
    return {
        "apart_worst": worst,
        "apart_worst_of": name,
        "within_10_percent": worst <= REPEATS,
        "machine_apart": machine,
        "quiet": None if taken is None else taken <= QUIET,
        "others_share": list(others),
        "words": words,
        "figures": apart,
        "machine_seconds": dict(steady),
    }


def _apart(values: Sequence[float]) -> float:
    """The widest distance of a value from the middle one, as a part of it."""
    centre = middle(values)
    return max(abs(value / centre - 1) for value in values) if centre else 0.0


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
