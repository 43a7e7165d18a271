"""The same networks by other programs: torch in three forms, torch.compile, ONNX Runtime, OpenVINO; do they agree?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch

from engine.bench import Say
from engine.bench.charts import Bar, Chart, Shown, Table
from engine.bench.method import Timed, Watch, interleaved, ratio_words, step
from engine.bench.networks import Net, chosen
from engine.bench.subjects import packaged
from engine.bench.ways import WAYS, Missing, Subject, asked, made, way, with_missing
from engine.devices import cores
from engine.text import Text, same

USUAL, QUICK = "alexnet,resnet50,mobilenet_v3_large,efficientnet-lite0", "mobilenet_v3_large"
AGREED_ON = 8  # real pictures on which answers are compared
AGREE = 0.05  # how far apart they may lie at most, as a part of the largest answer
_BASE = "torch"
_SECONDS = 4.0  # of a quick run's turns
_SLOW = Text("left out of a quick run: it takes long to get ready", "빠른 실행에서는 뺐어요. 준비가 오래 걸려요")


class Found:
    """What was found of one network."""

    def __init__(self, net: Net) -> None:
        self.net = net
        self.times: dict[str, Timed] = {}
        self.apart: dict[str, float] = {}
        self.missing: list[Missing] = []

    def alike(self, id: str) -> bool:
        """Whether this way answers as plain torch does, but for rounding."""
        return self.apart[id] <= AGREE

    def ratio(self, id: str) -> Timed:
        """How many times faster than plain torch, turn by turn."""
        return self.times[_BASE].over(self.times[id])


def run(*, data: Path | None, repeats: int, say: Say, quick: bool = False, model: str = "") -> dict[str, Any]:
    """One picture at a time through every way, in turn. Raises: `LabError` for an unknown network."""
    torch.set_num_threads(cores())
    watch, turns = Watch(), 5 if quick else repeats
    nets = chosen(model or (QUICK if quick else USUAL), quick=quick)
    found = [_of(net, turns, place=n, count=len(nets), say=say, quick=quick) for n, net in enumerate(nets)]
    timed = {f"{one.net.id} {id}": times for one in found for id, times in one.times.items()}
    method = watch.method(repeats=found[0].times[_BASE].n, warm_up=1, threads=torch.get_num_threads(), timed=timed)
    return {**_figures(found), "shown": _shown(found).json(), "method": method}


def _of(net: Net, turns: int, *, place: int, count: int, say: Say, quick: bool) -> Found:
    found = Found(net)
    pictures = packaged(AGREED_ON, net.shape)
    subject = Subject(net.build(), pictures[:1], pictures)
    ids = tuple(one.id for one in WAYS if not (quick and one.slow))
    total, done = count * (len(ids) + turns), float(place * (len(ids) + turns))

    def told(words: Text, part: float = 1.0) -> None:
        nonlocal done
        done += part
        step(say, min(int(done), total), total, same("{net}: {words}")(net=net.name, words=words))

    asks, found.missing = made(subject, ids, say=lambda one: told(one.name))
    if quick:
        found.missing += [Missing(one, _SLOW) for one in WAYS if one.slow]
    answers = {id: asked(ask, pictures, 1) for id, ask in asks.items()}
    base = answers[_BASE]
    for id, rows in answers.items():
        found.apart[id] = float(np.abs(rows - base).max() / (np.abs(base).max() + 1e-9))
    sample = subject.sample.numpy()

    def once(turn: int, all_: int) -> None:
        if turn:
            told(Text("turn {n} of {all}", "{all}회 중 {n}회")(n=turn, all=all_), turns / all_)

    ways: dict[str, Callable[[], object]] = {id: lambda ask=ask: ask(sample) for id, ask in asks.items()}  # type: ignore[misc]
    found.times = interleaved(ways, repeats=turns, budget=_SECONDS if quick else 0.0, told=once)
    return found


def _figures(found: list[Found]) -> dict[str, Any]:
    best = max((one.ratio(id).median, one.net.id, id) for one in found for id in one.times if one.alike(id))
    ratio = next(one for one in found if one.net.id == best[1]).ratio(best[2])
    return {
        "ratio": ratio.median,
        "ratio_spread": ratio.json(),
        "ratio_of": f"{best[1]} {best[2]} against torch",
        "count": ratio.n,
        "all_alike": all(one.alike(id) for one in found for id in one.times),
        "headlines": {
            f"{one.net.id} {id} ms": times.map(lambda s: 1000 * s).json()
            for one in found
            for id, times in one.times.items()
        },
        "networks": [
            {
                "id": one.net.id,
                "milliseconds": {id: times.map(lambda s: 1000 * s).json() for id, times in one.times.items()},
                "ratio": {id: one.ratio(id).json() for id in one.times},
                "apart": one.apart,
                "alike": {id: one.alike(id) for id in one.times},
                "missing": {miss.way.id: miss.why for miss in one.missing},
            }
            for one in found
        ],
    }


def _shown(found: list[Found]) -> Shown:
    charts = [_chart(one) for one in found]
    text = same("{net}, {way}: {why}.")
    notes = [text(net=one.net.name, way=miss.way.name, why=miss.why) for one in found for miss in one.missing]
    return Shown(tuple(charts), (_table(found),), (), tuple(notes))


def _chart(one: Found) -> Chart:
    bars = []
    agrees = Text("agrees, {p:.2f} % apart", "답이 같음, 차이 {p:.2f} %")
    differs = Text("differs, {p:.0f} % apart", "답이 다름, 차이 {p:.0f} %")
    for id in sorted(one.times, key=lambda id: one.times[id].median):
        ms = one.times[id].map(lambda s: 1000 * s)
        note = (agrees if one.alike(id) else differs)(p=100 * one.apart[id])
        bars.append(Bar(way(id).name, (("time", ms.median),), note, *ms.reach, ms.n))
    best = min((id for id in one.times if one.alike(id)), key=lambda id: one.times[id].median)
    text = Text(
        "{way} is the fastest here. Against plain torch: {r}. Answers compared on {n} photographs.",
        "여기서 가장 빠른 것은 {way}. 보통 torch와 견주면: {r}. 답은 사진 {n}장에서 견주었어요.",
    )
    reading = text(way=way(best).name, r=ratio_words(one.ratio(best)), n=AGREED_ON)
    if best == _BASE:
        reading = Text("Plain torch is the fastest here.", "여기서는 보통 torch가 가장 빨라요.")
    reading = with_missing(reading, one.missing)
    title = Text("{name}: one picture by each way", "{name}: 방법별 사진 한 장")(name=one.net.name)
    return Chart(one.net.id, title, same("ms"), reading, tuple(bars), (("time", Text("time", "시간")),))


def _table(found: list[Found]) -> Table:
    columns = (
        Text("Network", "신경망"),
        Text("Way", "방법"),
        same("ms"),
        Text("lowest", "최소"),
        Text("highest", "최대"),
        same("× torch"),
        Text("answers apart %", "답의 차이 %"),
    )
    rows = []
    for one in found:
        for id, times in one.times.items():
            ms = times.map(lambda s: 1000 * s)
            apart = round(100 * one.apart[id], 3)
            ratio = round(one.ratio(id).median, 2)
            rows.append(
                (one.net.name, way(id).name, round(ms.median, 2), round(ms.low, 2), round(ms.high, 2), ratio, apart)
            )
    return Table(Text("Every way", "모든 방법"), columns, tuple(rows))
