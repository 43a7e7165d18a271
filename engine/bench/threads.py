"""How much faster more threads are (row 49): measured speed-up against Amdahl's line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from engine.bench import Say
from engine.bench.charts import Chart, Series, Shown, Table, series_of
from engine.bench.method import Timed, Watch, interleaved, step
from engine.bench.networks import net
from engine.devices import cores
from engine.text import Text, same

_NETWORK, _SMALL = "resnet50", "mnist-deep"
_SECONDS = 7.5  # of a quick run's turns
_MOST = 16  # counts of threads that are tried on a machine with many cores


def counts(most: int) -> tuple[int, ...]:
    """1, 2, 4 … and all of `most` cores; every count where there are few."""
    few = range(1, most + 1) if most <= 6 else [2**i for i in range(_MOST) if 2**i < most]
    return tuple(sorted({*few, most}))


def parallel_share(speed_up: float, threads: int) -> float:
    """The part p of the work that was shared out, 0 to 1, from one measured speed-up (Karp and Flatt, 1990).

    p = (1 − 1/S) / (1 − 1/n), the inverse of Amdahl's S = 1 / ((1 − p) + p / n) (1967).
    """
    return min(1.0, max(0.0, (1 - 1 / speed_up) / (1 - 1 / threads)))


def amdahl(p: float, threads: int) -> float:
    """The speed-up that Amdahl's law allows."""
    return 1 / ((1 - p) + p / threads)


def run(*, data: Path | None, repeats: int, say: Say, quick: bool = False) -> dict[str, Any]:
    """Three kinds of work with 1 to all threads, in turn."""
    watch, threads, works = Watch(), counts(cores()), _works(quick)
    ways = {f"{name} {n}": _with(n, work) for n in threads for name, work in works.items()}

    def told(turn: int, turns: int) -> None:
        words = Text("1 to {n} threads, turn {turn} of {all}", "스레드 1~{n}개, {all}회 중 {turn}회")
        step(say, max(0, turn - 1), turns, words(n=max(threads), turn=max(1, turn), all=turns))

    times = interleaved(ways, repeats=3 if quick else repeats, budget=_SECONDS if quick else 0.0, told=told)
    torch.set_num_threads(cores())
    timed = {name: {n: times[f"{name} {n}"] for n in threads} for name in works}
    ups = {name: {n: found[1].over(found[n]) for n in threads} for name, found in timed.items()}
    method = watch.method(repeats=times["network 1"].n, warm_up=1, threads=max(threads), timed=times)
    return {**_figures(ups, timed), "shown": _shown(ups).json(), "method": method}


def _works(quick: bool) -> dict[str, Callable[[], object]]:
    side = 768 if quick else 1536
    a, b = torch.rand(side, side), torch.rand(side, side)
    large, small = net(_NETWORK), net(_SMALL)
    big, one = large.build(), large.pictures(1)
    little, few = small.build(), small.pictures(1)

    def product() -> object:
        return a @ b

    def network() -> object:
        with torch.inference_mode():
            return big(one)

    def tiny() -> object:
        with torch.inference_mode():
            return [little(few) for _ in range(20)]

    return {"product": product, "network": network, "small": tiny}


def _with(threads: int, work: Callable[[], object]) -> Callable[[], object]:
    """The same work with so many threads."""

    def bound() -> object:
        torch.set_num_threads(threads)
        return work()

    return bound


_NAMES = {
    "product": Text("large matrix product", "큰 행렬 곱"),
    "network": Text("ResNet-50, one picture", "ResNet-50, 사진 한 장"),
    "small": Text("digit network, one digit", "숫자 신경망, 숫자 하나"),
}


def _figures(ups: dict[str, dict[int, Timed]], timed: dict[str, dict[int, Timed]]) -> dict[str, Any]:
    most = max(ups["network"])
    return {
        "threads": most,
        "speed_up": ups["network"][most].median,
        "speed_up_spread": ups["network"][most].json(),
        "parallel_share": parallel_share(ups["network"][most].median, most) if most > 1 else None,
        "count": ups["network"][most].n,
        "headlines": {
            f"{name} {n} threads ms": one.map(lambda s: 1000 * s).json()
            for name, all_ in timed.items()
            for n, one in all_.items()
        },
        "speed_ups": {name: {n: one.json() for n, one in found.items()} for name, found in ups.items()},
    }


def _shown(ups: dict[str, dict[int, Timed]]) -> Shown:
    threads = sorted(ups["network"])
    most = threads[-1]
    series: list[Series] = [
        series_of(_NAMES[name], {float(n): one for n, one in found.items()}, tone="") for name, found in ups.items()
    ]
    many = tuple(map(float, threads))
    if most > 1:
        share = parallel_share(ups["network"][most].median, most)
        line = tuple(amdahl(share, n) for n in threads)
        words = Text("Amdahl, {p:.0%} shared out", "암달, {p:.0%} 나눔")(p=share)
        series.append(Series(words, many, line, style="dashed", tone="you"))
    series.append(Series(Text("ideal", "이상"), many, many, style="dashed", tone="text"))
    chart = Chart(
        "speed-up",
        Text("Speed-up with more threads", "스레드를 늘릴 때의 속도"),
        Text("× one thread", "× 스레드 1개"),
        _reading(ups, most),
        series=tuple(series),
        x_title=Text("threads", "스레드"),
    )
    helps = most > 1 and ups["network"][most].median >= 1.1
    return Shown((chart,), (_table(ups),), (), (_future(ups, most),) if helps else ())


def _reading(ups: dict[str, dict[int, Timed]], most: int) -> Text:
    if most == 1:
        return Text(
            "This machine lends one core: there is nothing to share out.", "쓸 수 있는 코어가 하나라 나눌 것이 없어요."
        )
    up, small = ups["network"][most], ups["small"][most]
    if up.median < 1.1:
        return Text(
            "{n} threads do not help ({a:.2f} to {b:.2f}×): other programs have the other cores now. Measure again when they have ended.",
            "스레드 {n}개가 도움이 되지 않아요({a:.2f}~{b:.2f}배). 다른 프로그램이 나머지 코어를 쓰고 있어요. 끝난 뒤에 다시 재 보세요.",
        )(n=most, a=up.reach[0], b=up.reach[1])
    text = Text(
        "{n} threads make ResNet-50 {s:.2f}× as fast: {p:.0%} of it was shared out. One digit is too small: {t:.2f}×.",
        "스레드 {n}개면 ResNet-50이 {s:.2f}배 빨라요. 그중 {p:.0%}를 나눴어요. 숫자 하나는 너무 작아요: {t:.2f}배.",
    )
    return text(n=most, s=up.median, p=parallel_share(up.median, most), t=small.median)


def _future(ups: dict[str, dict[int, Timed]], most: int) -> Text:
    share = parallel_share(ups["network"][most].median, most)
    text = Text(
        "Estimate: by Amdahl’s law 16 threads would make ResNet-50 {s:.1f}× as fast, and never more than {m}.",
        "추정: 암달의 법칙으로는 스레드 16개면 ResNet-50이 {s:.1f}배 빨라지고, 아무리 많아도 {m}까지예요.",
    )
    limit = f"{1 / (1 - share):.0f}×" if share < 0.995 else "∞"
    return text(s=amdahl(share, 16), m=limit)


def _table(ups: dict[str, dict[int, Timed]]) -> Table:
    columns = (
        Text("Work", "일"),
        Text("Threads", "스레드"),
        Text("×", "배"),
        Text("lowest", "최소"),
        Text("highest", "최대"),
        same("n"),
    )
    rows = tuple(
        (_NAMES[name], float(n), round(one.median, 3), round(one.low, 3), round(one.high, 3), float(one.n))
        for name, found in ups.items()
        for n, one in found.items()
    )
    return Table(Text("Speed-ups", "속도 향상"), columns, rows)
