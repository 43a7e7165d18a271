"""What the precision benchmark shows: time and accuracy of each precision, the fall towards 2 bits, noise, size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bench.charts import Bar, Chart, Series, Shown, Table
from engine.bench.method import ratio_words
from engine.bench.ways import way, with_missing
from engine.text import Text, same

if TYPE_CHECKING:
    from engine.bench.precision import Tried

_KINDS = (("time", Text("time", "시간")),)
_MIB = 2**20


def shown(found: list[Tried], more: tuple[Text, ...] = ()) -> Shown:
    """Charts of every trial, one table."""
    charts = []
    for one in found:
        charts += [_times(one), _bits(one), _noise(one)]
    charts += [_size(found), _traffic(found)]
    notes = [same("{name}: {what}.")(name=one.trial.name, what=one.trial.what) for one in found]
    text = same("{way}: {why}.")
    notes += [text(way=miss.way.name, why=miss.why) for one in found for miss in one.missing]
    return Shown(tuple(charts), (_table(found),), (), (*notes, *more))


def _right(one: Tried) -> Text:
    return Text("accuracy", "정확도") if one.trial.labels is not None else Text("named as in fp32", "fp32와 같은 답")


def _times(one: Tried) -> Chart:
    bars = []
    for id, times in one.times.items():
        note = same("{what} {v:.1%}")(what=_right(one), v=one.right[id])
        ms = times.map(lambda s: 1000 * s / one.trial.batch)
        bars.append(Bar(way(id).name, (("time", ms.median),), note, *ms.reach, ms.n))
    ratios = [(ratio, id) for id in one.times if (ratio := one.ratio(way(id)))]
    best = max(ratios, key=lambda pair: pair[0].median, default=None)
    reading = Text("No lower precision is here.", "더 낮은 정밀도가 없어요.")
    if best:
        text = Text(
            "{way} against fp32 of the same program: {r}; accuracy lost: {lost:.1f} points.",
            "{way}, 같은 프로그램의 fp32와 견주면: {r}. 잃은 정확도: {lost:.1f}점.",
        )
        reading = text(way=way(best[1]).name, r=ratio_words(best[0]), lost=100 * one.lost(best[1]))
    reading = with_missing(reading, one.missing)
    title = Text("{name}: time of a picture", "{name}: 사진 한 장의 시간")(name=one.trial.name)
    return Chart(f"{one.trial.id}-time", title, same("ms"), reading, tuple(bars), _KINDS)


def _bits(one: Tried) -> Chart:
    names = {
        "weights": Text("weights rounded", "가중치만 반올림"),
        "maps": Text("weights and maps rounded", "가중치와 맵을 반올림"),
    }
    series = []
    for kind, points in one.bits.items():
        ordered = sorted(points)
        y = tuple(100 * points[number] for number in ordered)
        series.append(Series(names[kind], tuple(map(float, ordered)), y, tone="net" if kind == "weights" else "you"))
    most = max(max(points) for points in one.bits.values())
    least = min(min(points) for points in one.bits.values())
    level = (100 * one.full,) * 2
    series.append(Series(same("fp32"), (float(least), float(most)), level, style="dashed", tone="text"))
    safe = min((n for n, v in one.bits["weights"].items() if one.full - v <= 0.01), default=None)
    text = Text(
        "Weights may be rounded to {n} bits for at most 1 point. Kept as float32 while computing: this is about accuracy, not time.",
        "가중치를 {n}비트까지 줄여도 1점 넘게 잃지 않아요. 계산은 float32로 해서 시간이 아니라 정확도만 봐요.",
    )
    none = Text("Every rounding tried costs more than 1 point.", "어떤 반올림도 1점 넘게 잃어요.")
    title = Text("{name}: fewer bits", "{name}: 비트 줄이기")(name=one.trial.name)
    unit = same("% {what}")(what=_right(one))
    return Chart(
        f"{one.trial.id}-bits",
        title,
        unit,
        text(n=safe) if safe else none,
        series=tuple(series),
        x_title=Text("bits of a number", "수 하나의 비트"),
    )


def _noise(one: Tried) -> Chart:
    names = {"fp32": same("fp32"), "int8": same("int8"), "4 bits": Text("weights in 4 bits", "가중치 4비트")}
    series = tuple(
        Series(names.get(kind, same(kind)), tuple(points), tuple(100 * v for v in points.values()))
        for kind, points in one.noise.items()
    )
    full = one.noise["fp32"]
    small = max((strength for strength, v in full.items() if full[0.0] - v <= 0.02), default=0.0)
    text = Text(
        "Noise of up to {s:g} of the brightness costs at most 2 points: small noise hardly changes the answer.",
        "밝기의 {s:g}까지 잡음을 섞어도 2점 넘게 잃지 않아요. 작은 잡음은 답을 거의 바꾸지 않아요.",
    )
    title = Text("{name}: with noise", "{name}: 잡음 섞기")(name=one.trial.name)
    unit = same("% {what}")(what=_right(one))
    across = Text("noise, where white is 1", "잡음 (흰색이 1)")
    return Chart(f"{one.trial.id}-noise", title, unit, text(s=small), series=series, x_title=across)


def _size(found: list[Tried]) -> Chart:
    bars = []
    for one in found:
        for bits in (32, 16, 8, 4, 2):
            value = one.parameters * bits / 8 / _MIB
            bars.append(
                Bar(Text("{name}, {n} bits", "{name}, {n}비트")(name=same(one.trial.id), n=bits), (("time", value),))
            )
    text = Text("Half the bits, half the memory.", "비트가 절반이면 메모리도 절반이에요.")
    kinds = (("time", Text("weights", "가중치")),)
    return Chart(
        "size", Text("Memory of the weights", "가중치의 메모리"), same("MiB"), text, tuple(bars), kinds, estimate=True
    )


def _traffic(found: list[Tried]) -> Chart:
    """What must come through the bus for one picture: weights are fetched once for a batch, maps for each picture."""
    bars = []
    for one in found:
        for bits in (32, 16, 8):
            weights, maps = (value / _MIB for value in one.traffic(bits))
            name = Text("{name}, {n} bits", "{name}, {n}비트")(name=same(one.trial.id), n=bits)
            bars.append(Bar(name, (("weights", weights), ("maps", maps))))
    first = found[0]
    weights, maps = first.traffic(32)
    text = Text(
        "{name}, {n} pictures at once: {p:.0%} of what is moved is maps. Half the bits, half the traffic; a layer that waits for memory wins as much.",
        "{name}, 한 번에 {n}장: 옮기는 양의 {p:.0%}가 맵이에요. 비트가 절반이면 옮기는 양도 절반이고, 메모리를 기다리는 층은 그만큼 빨라져요.",
    )
    reading = text(name=first.trial.name, n=first.trial.batch, p=maps / (weights + maps))
    kinds = (("weights", Text("weights", "가중치")), ("maps", Text("maps", "맵")))
    title = Text("Memory traffic of a picture", "사진 한 장에 옮기는 메모리")
    return Chart("traffic", title, same("MiB"), reading, tuple(bars), kinds, estimate=True)


def _table(found: list[Tried]) -> Table:
    columns = (
        Text("Network", "신경망"),
        Text("Way", "방법"),
        Text("Right %", "맞음 %"),
        Text("As fp32 %", "fp32와 같음 %"),
        same("ms"),
        Text("× same program", "× 같은 프로그램"),
        Text("MiB weights", "가중치 MiB"),
        Text("MiB moved", "옮기는 MiB"),
    )
    rows = []
    for one in found:
        for id, times in one.times.items():
            ratio = one.ratio(way(id))
            rows.append(
                (
                    same(one.trial.id),
                    way(id).name,
                    round(100 * one.right[id], 2) if one.trial.labels is not None else None,
                    round(100 * one.agreed[id], 2),
                    round(1000 * times.median / one.trial.batch, 3),
                    round(ratio.median, 2) if ratio else None,
                    round(one.parameters * way(id).bits / 8 / _MIB, 2),
                    round(sum(one.traffic(way(id).bits)) / _MIB, 3),
                )
            )
    return Table(Text("Every precision", "모든 정밀도"), columns, tuple(rows))
