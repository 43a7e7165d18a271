"""What is done with benchmarks: listed, measured in a child, repeated to see whether they agree, put into a report."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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
    (`yardstick`) before and after each run: what the machine itself does not repeat no benchmark can. A run during
    which the machine was not left alone, or did those works at another speed than in most runs, is set aside, told,
    and measured once more, `times` runs more at most; when too few are left even then, all count. The figures of a run
    never decide whether it counts. Raises: `LabError` for no name, and for a benchmark without figures.
    """
    if len(chosen) != 1:
        raise LabError(Text("Name one benchmark: bench agree layers.", "벤치마크 하나를 쓰세요: bench agree layers."))
    card, runs, before = bench_card(str(chosen[0])), list[_Run](), _plain_works()
    while len(runs) < 2 * times and len(_alike(runs)) < times:
        found = len(_alike(runs))
        say(Text("{name}: {n} of {all}", "{name}: {all}회 중 {n}회")(name=card.name, n=found + 1, all=times))
        yield Progress(found, times)
        result = yield from measure(card.id, words)
        figures = {name: value["median"] for name, value in result["headlines"].items()}
        if not figures:
            text = Text("{name} has no figures to compare.", "{name}: 견줄 값이 없어요.")
            raise LabError(text(name=card.name))
        method, after = result.get("method") or {}, _plain_works()
        runs.append(
            _Run(
                figures,
                {name: max(before[name], after[name]) for name in after},
                method.get("others_share"),
                int(method.get("disturbed_figures") or 0),
                float(method.get("waited") or 0.0),
            )
        )
        before = after
    counted = alike if len(alike := _alike(runs)) >= times else runs
    return {**_agreement(counted, aside=[one for one in runs if one not in counted]), "count": len(counted)}


def _plain_works() -> dict[str, float]:
    """Seconds of each of the machine's own works now."""
    return {name: one.median for name, one in yardstick().items()}


@dataclass(frozen=True, slots=True)
class _Run:
    """One of the runs that are to agree. steady: seconds of the plain works, of those before it and those after it the
    slower. disturbed: figures of it for which there was no calm moment. others: the part of the processor that other
    programs used, None if not known."""

    figures: Mapping[str, float]
    steady: Mapping[str, float]
    others: float | None
    disturbed: int
    waited: float

    @property
    def calm(self) -> bool:
        """Whether the machine was left alone."""
        return not self.disturbed and (self.others is None or self.others <= QUIET)

    def json(self) -> dict[str, Any]:
        told = {"others_share": self.others, "disturbed_figures": self.disturbed, "waited": self.waited}
        return {"figures": dict(self.figures), "machine_seconds": dict(self.steady), **told}


def _alike(runs: Sequence[_Run]) -> list[_Run]:
    """The calm runs beside which each plain work took what it took beside most of them, within `REPEATS`."""
    calm = [one for one in runs if one.calm]
    usual = {name: middle([one.steady[name] for one in calm]) for name in calm[0].steady} if calm else {}
    return [one for one in calm if all(abs(one.steady[name] / usual[name] - 1) <= REPEATS for name in usual)]


def _agreement(runs: Sequence[_Run], aside: Sequence[_Run] = ()) -> dict[str, Any]:
    """How far each figure of the runs lies apart, how far the machine's own, and both in words."""
    names = [name for name in runs[0].figures if all(name in one.figures for one in runs)]
    found = {name: [one.figures[name] for one in runs] for name in names}
    apart = {name: {"values": values, "apart": _apart(values)} for name, values in found.items()}
    machine = {name: _apart([one.steady[name] for one in runs]) for name in runs[0].steady}
    name = max(names, key=lambda name: _apart(found[name]))
    worst, calm = _apart(found[name]), all(one.calm for one in runs)
    text = Text(
        "{n} runs lie at most {p:.1%} from their middle ({name}). The machine itself, measured between them: "
        "a plain product varied by {a:.1%}, a chain of small convolutions on all threads by {b:.1%}.",
        "{n}번의 값이 가운데에서 많아야 {p:.1%} 떨어져 있어요({name}). 그 사이에 잰 컴퓨터 자체: "
        "곱셈 하나는 {a:.1%}, 모든 스레드로 이어서 한 작은 합성곱은 {b:.1%} 달라졌어요.",
    )
    words = text(n=len(runs), p=worst, name=name, a=machine["product"], b=machine["chain"])
    return {
        "apart_worst": worst,
        "apart_worst_of": name,
        "within_10_percent": worst <= REPEATS,
        "machine_apart": machine,
        "quiet": calm,
        "others_share": [one.others for one in runs],
        "waited": [one.waited for one in runs],
        "set_aside": [one.json() for one in aside],
        "words": _with_disturbance(words, runs, aside),
        "figures": apart,
        "machine_seconds": {name: [one.steady[name] for one in runs] for name in runs[0].steady},
    }


def _with_disturbance(words: Text, runs: Sequence[_Run], aside: Sequence[_Run]) -> Text:
    """`words`, and what was set aside or not calm."""
    if aside:
        text = Text(
            "{words} {k} more runs are set aside: the machine was not left alone meanwhile, or was itself faster or "
            "slower than in the others.",
            "{words} 실행 {k}개는 따로 두었어요. 그동안 다른 것이 컴퓨터를 썼거나, 컴퓨터 자체의 빠르기가 달랐어요.",
        )
        return text(words=words, k=len(aside))
    if all(one.calm for one in runs):
        return words
    text = Text(
        "{words} It was not quiet: in {k} of them something else slowed the machine. Measure again when it has ended.",
        "{words} 조용하지 않았어요. 그중 {k}번은 다른 것이 컴퓨터를 느리게 했어요. 끝난 뒤에 다시 재 보세요.",
    )
    return text(words=words, k=sum(not one.calm for one in runs))


def _apart(values: Sequence[float]) -> float:
    """The widest distance of a value from the middle one, as a part of it."""
    centre = middle(values)
    return max(abs(value / centre - 1) for value in values) if centre else 0.0


def report(words: Sequence[str], out: Path | None, *, only: str, say: Say) -> Job:
    """Measure every card (or those in `only`) and write one HTML file; a job. Raises: `LabError`."""
    from engine.bench.report import write_report
    from engine.files import check_place

    cards = [bench_card(name.strip()) for name in only.split(",") if name.strip()] or list(CARDS)
    if out is None:
        raise LabError(
            Text(
                "Say where to: bench report --out FILE.html.", "어디에 쓸지 정해 주세요: bench report --out 파일.html."
            )
        )
    check_place(out)
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
