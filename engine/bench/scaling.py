"""Learning shared out among processes (Fig. 8-16): speed-up against the ideal, and what communication costs.

On one machine the processes are started here. Across machines each starts the same command under torchrun, for
example `torchrun --nnodes 2 --node-rank 0 --nproc-per-node 2 --master-addr HOST main.py bench scaling --json`.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import torch
import torch.distributed as dist

from engine.bench import Say
from engine.bench.charts import Bar, Chart, Series, Shown, Table, series_of
from engine.bench.child import end, program
from engine.bench.method import Timed, Watch, step
from engine.bench.networks import RANDOM, net
from engine.bench.scaling_steps import CASES, LASTS, QUICK_LASTS, Raw, World, join, measure
from engine.devices import cores
from engine.errors import LabError
from engine.text import Text, same

_MOST = 8  # processes on one machine
QUICK_TURNS = 12
_ACROSS = "torchrun --nnodes 2 --node-rank 0 --nproc-per-node 2 --master-addr HOST main.py bench scaling --json"
Readings = dict[str, dict[int, dict[str, Timed]]]


def run(*, data: Path | None, repeats: int, say: Say, quick: bool = False, worker: str = "") -> dict[str, Any]:
    """Measure 1 … N processes in turn. worker: "RANK SIZE FILE" of one that another process started.

    Raises: `LabError` when the processes do not find each other.
    """
    cases, turns, lasts = (CASES[:1], QUICK_TURNS, QUICK_LASTS) if quick else (CASES, repeats, LASTS)
    if worker:
        rank, size, init = worker.split(" ", 2)
        _work(join(int(rank), int(size), init), cases, turns, lasts=lasts, say=say)
        return {"rank": int(rank)}
    watch = Watch()
    if dist.is_available() and "TORCHELASTIC_RUN_ID" in os.environ:
        rank, size, init = os.environ["RANK"], os.environ["WORLD_SIZE"], "env://"
        found, backend = _work(join(int(rank), int(size), init), cases, turns, lasts=lasts, say=say)
        if int(rank):
            return {"rank": int(rank)}
    else:
        found, backend = _here(min(_MOST, max(cores(), torch.cuda.device_count())), cases, turns, quick, repeats, say)
    timed = {f"{name} {n}": one["together"] for name, all_ in found.items() for n, one in all_.items()}
    method = watch.method(repeats=turns, warm_up=1, threads=1, timed=timed)
    torch.set_num_threads(cores())
    return {**_figures(found, backend), "shown": _shown(found, backend).json(), "method": method}


def _here(
    size: int, cases: tuple[tuple[str, int], ...], turns: int, quick: bool, repeats: int, say: Say
) -> tuple[Readings, str]:
    """Start the others, take part as the first, end them whatever comes."""
    with tempfile.TemporaryDirectory() as folder:
        init = (Path(folder) / "meeting").as_uri()
        step(say, 0, 1, Text("starting {n} processes", "프로세스 {n}개 시작")(n=size))
        words = [*program(), "bench", "scaling", "--json", "--repeats", str(repeats), *(["--quick"] if quick else [])]
        others = []
        try:
            for rank in range(1, size):
                out = subprocess.DEVNULL
                others.append(subprocess.Popen([*words, "--worker", f"{rank} {size} {init}"], stdout=out, stderr=out))
            lasts = QUICK_LASTS if quick else LASTS
            return _work(join(0, size, init), cases, turns, lasts=lasts, say=say)
        except (RuntimeError, dist.DistError) as error:
            text = Text(
                "The processes did not find each other, or one of them ended: {why} Measure again, with less running.",
                "프로세스들이 서로 찾지 못했거나 하나가 끝났어요: {why} 다른 프로그램을 닫고 다시 재 보세요.",
            )
            raise LabError(text(why=str(error).split("\n")[0][:120])) from error
        finally:
            for one in others:
                end(one.pid)
                one.wait()


def _work(
    world: World, cases: tuple[tuple[str, int], ...], turns: int, *, lasts: float, say: Say
) -> tuple[Readings, str]:
    """Take part as one of the processes."""
    total, began = turns * len(cases), {name: turns * place for place, (name, _) in enumerate(cases)}

    def told(turn: int, name: str) -> None:
        words = Text(
            "{name}: turn {n} of {all}, 1 to {most} processes", "{name}: {all}회 중 {n}회, 프로세스 1~{most}개"
        )
        if world.rank == 0:
            step(say, began[name] + turn, total, words(name=net(name).name, n=turn + 1, all=turns, most=world.size))

    try:
        raw = measure(world, cases, turns=turns, told=told, lasts=lasts)
        backend = dist.get_backend()
        dist.barrier()
    finally:
        dist.destroy_process_group()
    if world.rank:
        return {}, backend
    return {name: {n: _timed(one) for n, one in all_.items()} for name, all_ in raw.items()}, backend


def _timed(one: Raw) -> dict[str, Timed]:
    return {"together": Timed.of(one.together, one.together_quiet), "alone": Timed.of(one.alone, one.alone_quiet)}


def _ups(found: dict[int, dict[str, Timed]]) -> dict[int, Timed]:
    """Pictures a second with n processes over those with one: each takes as many pictures a step, so n times as many."""
    return {n: found[1]["together"].over(one["together"]).map(lambda r, n=n: n * r) for n, one in found.items()}  # type: ignore[misc]


def _lost(one: dict[str, Timed]) -> Timed:
    """The part of a step that goes into adding up gradients; below nothing is noise."""
    return one["alone"].over(one["together"]).map(lambda r: 1 - r)


def _figures(found: Readings, backend: str) -> dict[str, Any]:
    batches = dict(CASES)
    most = max(next(iter(found.values())))
    name = next(iter(found))
    up = _ups(found[name])[most]
    return {
        "processes": most,
        "backend": backend,
        "speed_up": up.median,
        "speed_up_spread": up.json(),
        "count": up.n,
        "headlines": {
            f"{case} {n} processes pictures/s": one["together"].map(lambda s, b=n * batches[case]: b / s).json()  # type: ignore[misc]
            for case, all_ in found.items()
            for n, one in all_.items()
        },
        "networks": {
            case: {
                n: {"speed_up": _ups(all_)[n].json(), "lost_in_communication": _lost(one).json() if n > 1 else None}
                for n, one in all_.items()
            }
            for case, all_ in found.items()
        },
    }


def _shown(found: Readings, backend: str) -> Shown:
    some = next(iter(found.values()))
    processes = tuple(map(float, some))
    series = [
        series_of(net(name).name, {float(n): t for n, t in _ups(one).items()}, tone="") for name, one in found.items()
    ]
    series.append(Series(Text("ideal", "이상"), processes, processes, style="dashed", tone="text"))
    chart = Chart(
        "scaling",
        Text("Learning with more processes", "프로세스를 늘려 학습하기"),
        Text("× one process", "× 프로세스 1개"),
        _reading(found),
        series=tuple(series),
        x_title=Text("processes, one core each", "프로세스, 각각 코어 하나"),
    )
    more = Text(
        "Across machines the same is measured by this command on each: {command}",
        "여러 컴퓨터에 나누려면 컴퓨터마다 이 명령을 실행하세요: {command}",
    )(command=_ACROSS)
    notes = (RANDOM, Text("Gradients are added with {b}.", "기울기는 {b}로 더해요.")(b=backend), more)
    charts = (chart, _waiting(found)) if len(some) > 1 else (chart,)
    return Shown(charts, (_table(found),), (), notes)


def _reading(found: Readings) -> Text:
    name, one = next(iter(found.items()))
    most = max(one)
    if most == 1:
        return Text(
            "This machine lends one core: one process is all there is.", "쓸 수 있는 코어가 하나라 프로세스도 하나예요."
        )
    up = _ups(one)[most]
    if up.median < 1.1 and not up.sure():
        return Text(
            "{n} processes learn {net} no faster than one ({a:.2f} to {b:.2f}×): the cores are taken, or the gradients cost what is won.",
            "프로세스 {n}개로 {net} 학습이 빨라지지 않았어요({a:.2f}~{b:.2f}배). 코어가 바쁘거나 기울기를 더하느라 이득이 없어요.",
        )(n=most, net=net(name).name, a=up.reach[0], b=up.reach[1])
    text = Text(
        "{n} processes learn {net} {s:.2f}× as fast ({a:.2f} to {b:.2f}); ideal would be {n}.",
        "프로세스 {n}개로 {net} 학습이 {s:.2f}배({a:.2f}~{b:.2f}) 빨라요. 이상은 {n}배예요.",
    )
    return text(n=most, net=net(name).name, s=up.median, a=up.reach[0], b=up.reach[1])


def _waiting(found: Readings) -> Chart:
    """What adding up the gradients takes of a step."""
    bars, worst = [], (0.0, "")
    for name, all_ in found.items():
        for n, one in all_.items():
            if n == 1:
                continue
            lost = _lost(one).map(lambda v: 100 * v)
            worst = max(worst, (lost.median, str(net(name).name)))
            sure = lost.median > 0 and one["together"].over(one["alone"]).sure()
            low, high = (max(0.0, value) for value in lost.reach)
            note = same("") if sure else Text("no difference seen", "차이를 보지 못함")
            title = Text("{net}, {n} processes", "{net}, 프로세스 {n}개")(net=net(name).name, n=n)
            bars.append(Bar(title, (("time", max(0.0, lost.median)),), note, low, high, lost.n))
    text = Text(
        "Most is lost by {net}: {p:.0f} % of each step goes into adding gradients. The more weights, the more to send.",
        "가장 많이 잃는 것은 {net}: 한 스텝의 {p:.0f} %가 기울기를 더하는 데 들어가요. 가중치가 많을수록 보낼 것도 많아요.",
    )
    none = Text(
        "No difference seen: adding the gradients costs less than this measurement can tell.",
        "차이를 보지 못했어요. 기울기를 더하는 값은 이 측정으로 알 수 없을 만큼 작아요.",
    )
    reading = text(net=worst[1], p=worst[0]) if worst[1] else none
    kinds = (("time", Text("adding gradients", "기울기 더하기")),)
    title = Text("Time lost in communication", "통신에 잃는 시간")
    return Chart("communication", title, same("%"), reading, tuple(bars), kinds)


def _table(found: Readings) -> Table:
    batches = dict(CASES)
    columns = (
        Text("Network", "신경망"),
        Text("Processes", "프로세스"),
        Text("pictures/s", "장/초"),
        Text("× one", "× 하나"),
        Text("lowest", "최소"),
        Text("highest", "최대"),
        Text("communication %", "통신 %"),
    )
    rows = []
    for name, all_ in found.items():
        for n, up in _ups(all_).items():
            rate = n * batches[name] / all_[n]["together"].median
            lost = round(100 * _lost(all_[n]).median, 1) if n > 1 else None
            rows.append(
                (
                    net(name).name,
                    float(n),
                    round(rate, 1),
                    round(up.median, 3),
                    round(up.low, 3),
                    round(up.high, 3),
                    lost,
                )
            )
    return Table(Text("Every size", "모든 크기"), columns, tuple(rows))
