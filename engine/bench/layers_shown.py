"""What the layer benchmark shows: bars by kind, shares, the roofline, a table, and what they say in words."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn

from engine.bench.charts import Bar, Chart, Said, Series, Shown, Table
from engine.bench.layers_trace import KINDS, Done, Pass, kind_words
from engine.bench.method import Timed
from engine.bench.networks import RANDOM, Net
from engine.bench.peaks import Peaks
from engine.text import Text, same

_LEAST = 0.004  # part of the time below which an operation is not worth a row
_DOTS = 0.01  # … or a dot


@dataclass(slots=True, eq=False)
class Network:
    """A network on one device with what was found of it."""

    net: Net
    place: torch.device
    module: nn.Module
    plain: Timed = Timed((1.0,))  # noqa: RUF009  frozen
    parts: Pass = None  # type: ignore[assignment]  # set right after it was measured
    back: Timed | None = None
    learnt: Pass | None = None
    learnt_batch: int = 0
    fastest: float = 0.0  # seconds of the operations together in the fastest pass
    inside: float = 1.0  # the operations together as a part of the very pass in which they were timed

    @property
    def sum(self) -> float:
        """Seconds of all operations together."""
        return sum(one.seconds for one in self.parts.done)

    @property
    def adds_up(self) -> float:
        """The operations together as a part of the whole pass that nobody watched, both in their fastest turns.

        A moment that another program takes falls into one operation or the other; the fastest turns had none.
        """
        return self.fastest / self.plain.low

    @property
    def macs(self) -> int:
        return sum(one.macs for one in self.parts.done)

    @property
    def parameters(self) -> int:
        return sum(one.numel() for one in self.module.parameters())

    @property
    def gflops(self) -> float:
        return 2 * self.macs / self.plain.median / 1e9

    @property
    def name(self) -> Text:
        return self.net.name if self.place.type == "cpu" else same("{n} · GPU")(n=self.net.name)

    @property
    def note(self) -> Text:
        """Year and parameters."""
        words = f"{self.parameters / 1e6:.1f} M"
        return same(f"{self.net.year} · {words}" if self.net.year else words)

    def weights(self, kind: str) -> float:
        """The part of all parameters that this kind of layer holds."""
        return sum(one.parameters for one in self.parts.done if one.kind == kind) / max(1, self.parameters)

    def of_kind(self, kind: str) -> float:
        return sum(one.seconds for one in self.parts.done if one.kind == kind)


def shown(found: list[Network], roofs: Peaks, batch: int) -> Shown:
    """Everything there is to see."""
    charts = [_times(found, batch), _shares(found)]
    if learnt := [one for one in found if one.learnt]:
        charts.append(_back(learnt))
    if cpu := [one for one in found if one.place.type == "cpu"]:
        charts += [_roofline(cpu, roofs), _rates(cpu, roofs)]
    notes = [RANDOM, _trust(found)]
    if all(one.place.type == "cpu" for one in found):
        notes.append(Text("No GPU found: nothing is said about one.", "GPU를 찾지 못했어요. GPU 값은 말하지 않아요."))
    return Shown(tuple(charts), tuple(_table(one) for one in found), _said(found), tuple(notes))


def _used(found: list[Network]) -> tuple[tuple[str, Text], ...]:
    return tuple((kind, words) for kind, words in KINDS if any(one.of_kind(kind) for one in found))


def _times(found: list[Network], batch: int) -> Chart:
    bars = []
    for one in found:
        scale = 1000 * one.plain.median / one.sum / batch  # what the parts do not hold is spread over them
        parts = tuple((kind, scale * one.of_kind(kind)) for kind, _ in _used(found))
        low, high = (1000 * value / batch for value in one.plain.reach)
        bars.append(Bar(one.name, parts, one.note, low, high, one.plain.n))
    return Chart(
        "time",
        Text("Where the time of one picture goes", "사진 한 장의 시간은 어디로 가나"),
        same("ms"),
        _times_words(found),
        tuple(bars),
        _used(found),
    )


def _times_words(found: list[Network]) -> Text:
    shares = [one.of_kind("conv") / one.sum for one in found]
    slow, fast = (pick(found, key=lambda one: one.plain.median) for pick in (max, min))
    if len(found) == 1:
        text = Text("Convolutions take {a:.0%} of the time.", "시간의 {a:.0%}가 합성곱이에요.")
        return text(a=shares[0])
    text = Text(
        "Convolutions take {a:.0%} to {b:.0%} of the time. {slow} needs {r:.0f} times as long as {fast}.",
        "합성곱이 시간의 {a:.0%}에서 {b:.0%}까지 차지해요. {slow}: {fast}보다 {r:.0f}배 오래 걸려요.",
    )
    times = slow.plain.median / fast.plain.median
    return text(a=min(shares), b=max(shares), slow=slow.net.name, fast=fast.net.name, r=times)


def _shares(found: list[Network]) -> Chart:
    bars = tuple(
        Bar(
            one.name,
            tuple((kind, 100 * one.of_kind(kind) / one.sum) for kind, _ in _used(found)),
            one.note,
            n=one.plain.n,
        )
        for one in found
    )
    heavy = max(found, key=lambda one: one.weights("fc"))
    text = Text(
        "In {net} fully connected layers hold {w:.0%} of the weights and take {t:.0%} of the time.",
        "{net}: 완전 연결층이 가중치의 {w:.0%}를 갖고 시간의 {t:.0%}를 써요.",
    )
    reading = text(net=heavy.net.name, w=heavy.weights("fc"), t=heavy.of_kind("fc") / heavy.sum)
    return Chart("share", Text("Share of each kind of layer", "층 종류별 비율"), same("%"), reading, bars, _used(found))


def _back(found: list[Network]) -> Chart:
    bars = []
    for one in found:
        assert one.learnt and one.back
        whole = sum(done.back for done in one.learnt.done) or 1.0
        scale = 1000 * one.back.median / whole / one.learnt_batch
        parts = tuple((k, scale * sum(d.back for d in one.learnt.done if d.kind == k)) for k, _ in _used(found))
        low, high = (1000 * value / one.learnt_batch for value in one.back.reach)
        bars.append(Bar(one.name, parts, one.note, low, high, one.back.n))
    times = [(one.learnt.back / one.learnt.seconds) for one in found if one.learnt]
    text = Text(
        "Going back takes {a:.1f} to {b:.1f} times as long as going forwards: two products for each one.",
        "역방향은 순방향의 {a:.1f}배에서 {b:.1f}배가 걸려요. 곱셈 하나마다 두 번 곱하거든요.",
    )
    title = Text("Learning: the way back, a picture", "학습: 역방향, 사진 한 장당")
    return Chart("back", title, same("ms"), text(a=min(times), b=max(times)), tuple(bars), _used(found))


def _roofline(found: list[Network], roofs: Peaks) -> Chart:
    """Operations a second over operations a byte, below what memory and the processor allow."""
    dots, waiting, counted = [], 0.0, 0.0
    for one in found:
        some = [done for done in one.parts.done if done.macs and done.seconds > _DOTS * one.sum]
        x = tuple(2 * done.macs / done.bytes for done in some)
        y = tuple(2 * done.macs / done.seconds / 1e9 for done in some)
        counted += sum(done.seconds for done in some)
        waiting += sum(done.seconds for done, at in zip(some, x, strict=True) if at < roofs.ridge)
        dots.append(Series(one.name, x, y, labels=tuple(_tag(one, done) for done in some), style="dots"))
    low = min((v for one in dots for v in one.x), default=0.1)
    high = max((v for one in dots for v in one.x), default=100.0)
    bounds = (min(low, roofs.ridge / 4), roofs.ridge, max(high, roofs.ridge * 4))
    roof = tuple(min(roofs.gflops.high, roofs.gbytes.high * at) for at in bounds)
    line = Series(Text("the most this processor does", "이 프로세서의 한계"), bounds, roof, style="dashed", tone="text")
    text = Text(
        "Roofline: left of {r:.0f} operations a byte a layer waits for memory: {p:.0%} of the time shown. "
        "Memory {b:.0f} GB/s, products {g:.0f} GFLOP/s, both measured.",
        "지붕선(roofline): 바이트당 연산이 {r:.0f}보다 적은 층은 메모리를 기다려요. 표시된 시간의 {p:.0%}예요. "
        "메모리 {b:.0f} GB/s, 곱셈 {g:.0f} GFLOP/s는 측정값이에요.",
    )
    reading = text(r=roofs.ridge, p=waiting / counted if counted else 0.0, b=roofs.gbytes.high, g=roofs.gflops.high)
    title = Text("Which layers wait for memory", "메모리를 기다리는 층")
    across = Text("operations a byte (bytes estimated)", "바이트당 연산 (바이트는 추정)")
    return Chart(
        "roofline", title, same("GFLOP/s"), reading, series=(line, *dots), x_title=across, log_x=True, log_y=True
    )


def _tag(one: Network, done: Done) -> Text:
    layer = same("{layer}, {ms:.2f} ms")(layer=done.layer or done.function, ms=1000 * done.seconds)
    return same("{net}, {layer}")(net=one.net.name, layer=layer)


def _rates(found: list[Network], roofs: Peaks) -> Chart:
    bars = []
    for one in found:
        rate = one.plain.map(lambda s, one=one: 2 * one.macs / s / 1e9)  # type: ignore[misc]
        note = same(f"{one.macs / 1e9:.2f} G MAC")
        bars.append(Bar(one.name, (("conv", rate.median),), note, *rate.reach, rate.n))
    best = max(found, key=lambda one: one.gflops)
    text = Text(
        "{name} uses the processor best: {p:.0%} of the {g:.0f} GFLOP/s of a large convolution.",
        "프로세서를 가장 잘 쓰는 것은 {name}: 큰 합성곱 {g:.0f} GFLOP/s의 {p:.0%}예요.",
    )
    reading = text(name=best.net.name, p=best.gflops / roofs.gflops.median, g=roofs.gflops.median)
    kinds = (("conv", Text("whole network", "신경망 전체")),)
    return Chart("rate", Text("How much work a second", "1초에 하는 일"), same("GFLOP/s"), reading, tuple(bars), kinds)


def _trust(found: list[Network]) -> Text:
    sums = [one.adds_up for one in found]
    text = Text(
        "The operations add up to {a:.0%} to {b:.0%} of a pass that nobody watched (fastest turns), and to {c:.0%} of their own pass.",
        "연산을 모두 더하면 지켜보지 않은 전체 시간(가장 빠른 회)의 {a:.0%}에서 {b:.0%}, 같은 실행 안에서는 {c:.0%}예요.",
    )
    return text(a=min(sums), b=max(sums), c=min(one.inside for one in found))


def _said(found: list[Network]) -> tuple[Said, ...]:
    rows = []
    for one in found:
        if one.net.id == "alexnet":
            here = same("{a:.0%}")(a=one.of_kind("conv") / one.sum)
            name = Text("AlexNet on the {p}, convolution", "AlexNet {p}, 합성곱")(p=one.place.type.upper())
            said = Text("a pie without figures", "숫자 없는 원그래프")
            rows.append(Said(name, said, here, 50))
    return tuple(rows)


def _table(one: Network) -> Table:
    columns = (
        Text("Layer", "층"),
        Text("Kind", "종류"),
        Text("Output", "출력"),
        Text("Parameters", "매개변수"),
        same("M MAC"),
        same("≈ MiB"),
        same("ms"),
        same("GFLOP/s"),
    )
    rows = []
    for done in one.parts.done:
        if done.seconds < _LEAST * one.sum and not done.macs:
            continue
        rate = 2 * done.macs / done.seconds / 1e9 if done.macs and done.seconds else None
        rows.append(
            (
                same(done.layer or done.function),
                kind_words(done.kind),
                same("×".join(map(str, done.shape))),
                float(done.parameters),
                round(done.macs / 1e6, 2),
                round(done.bytes / 2**20, 2),
                round(1000 * done.seconds, 3),
                round(rate, 1) if rate else None,
            )
        )
    return Table(one.name, columns, tuple(rows))
