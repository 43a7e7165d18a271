"""What the choices benchmark shows of both ways: time, memory, how often each is right, and a table of it all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bench.charts import Bar, Chart, Shown, Table
from engine.bench.method import ratio_words
from engine.bench.networks import RANDOM
from engine.text import Text, same
from engine.train.recipes import recipe

if TYPE_CHECKING:
    from engine.bench.choices import Found

Pair = tuple["Found", "Found"]
_MIB, _TOGETHER, _SET = 2**20, 64, 50_000


def shown(found: list[Pair], batch: int, what: Text) -> Shown:
    """Three charts for each choice, one table. what: the pictures that were learnt from."""
    charts = [chart for pair in found for chart in (_time(*pair, batch), _memory(*pair), _right(*pair, what))]
    note = Text(
        "Learning ended after {n} steps of 64 pictures; a race in Train goes to the end.",
        "학습은 64장씩 {n}스텝에서 끝냈어요. ‘학습’ 탭의 경주는 끝까지 가요.",
    )(n=found[0][0].learnt.steps)
    return Shown(tuple(charts), (_table(found, batch),), (), (RANDOM, note))


def _net(one: Found) -> Text:
    return recipe(one.choice.recipe).card.name


def _time(first: Found, second: Found, batch: int) -> Chart:
    kinds = (("forward", Text("answering", "추론")), ("back", Text("learning besides", "학습에 더 드는 시간")))
    bars = []
    for one in (first, second):
        whole = one.learn.map(lambda s: 1000 * s / batch)
        ahead = min(1000 * one.forward.median / batch, whole.median)
        note = same(f"{one.macs / 1e6:.1f} M MAC · {one.parameters / 1e3:.0f} k")
        parts = (("forward", ahead), ("back", whole.median - ahead))
        bars.append(Bar(one.words, parts, note, *whole.reach, whole.n))
    text = Text(
        "{way} against the other way, time of learning: {r}. Products {m:.2f}×.",
        "{way}, 다른 쪽과 견준 학습 시간: {r}. 곱셈은 {m:.2f}배예요.",
    )
    ratio = ratio_words(second.learn.over(first.learn))
    reading = text(way=second.words, r=ratio, m=second.macs / first.macs)
    title = Text("{net}: time of one picture", "{net}: 사진 한 장의 시간")(net=_net(first))
    return Chart(first.choice.setting, title, same("ms"), reading, tuple(bars), kinds)


def _memory(first: Found, second: Found) -> Chart:
    """What learning from 64 pictures keeps at once, counted: float32, four bytes a number."""
    kinds = (("in", Text("pictures", "사진")), ("maps", Text("maps", "맵")), ("weights", Text("weights", "가중치")))
    bars = []
    for one in (first, second):
        numbers = (_TOGETHER * one.numbers, _TOGETHER * one.maps, one.parameters)
        parts = tuple((kind, 4 * n / _MIB) for (kind, _), n in zip(kinds, numbers, strict=True))
        bars.append(Bar(one.words, parts, Text("64 pictures at once", "한꺼번에 64장")))
    whole = bars[1].total / bars[0].total
    if first.numbers != second.numbers:
        text = Text(
            "A grey picture is a third of a colour one: {a:.0f} instead of {b:.0f} MB for 50,000. "
            "The maps inside stay as they are, so learning keeps {w:.2f}× as much.",
            "흑백은 컬러의 3분의 1이에요. 50,000장이면 {b:.0f} MB가 아니라 {a:.0f} MB. "
            "안의 맵은 그대로라 학습에 쓰는 메모리는 {w:.2f}배예요.",
        )
        reading = text(a=_SET * second.numbers / 1e6, b=_SET * first.numbers / 1e6, w=whole)
    else:
        text = Text(
            "Weights {p:.2f}×, maps {m:.2f}×, altogether {w:.2f}× of the other way.",
            "다른 쪽과 견주어 가중치 {p:.2f}배, 맵 {m:.2f}배, 모두 {w:.2f}배예요.",
        )
        reading = text(p=second.parameters / first.parameters, m=second.maps / first.maps, w=whole)
    title = Text("{net}: memory", "{net}: 메모리")(net=_net(first))
    id = f"{first.choice.setting}-memory"
    return Chart(id, title, same("MiB"), reading, tuple(bars), kinds, estimate=True)


def _right(first: Found, second: Found, what: Text) -> Chart:
    bars = []
    clustered = first.learnt.count < first.learnt.asked
    of = (
        Text("95 % interval over {n} places", "{n}곳에 대한 95 % 구간")
        if clustered
        else Text("95 % interval", "95 % 구간")
    )
    for one in (first, second):
        low, high = (100 * value for value in one.learnt.interval)
        words = of(n=one.learnt.count)
        bars.append(Bar(one.words, (("right", 100 * one.learnt.share),), words, low, high, one.learnt.asked))
    share, low, high = (100 * value for value in second.learnt.better_than(first.learnt))
    told = Text("{way}: {d} points ({a} to {b}).", "{way}: {d}점({a}~{b}).")
    noise = Text("No difference seen: {d} points ({a} to {b}).", "차이를 보지 못했어요: {d}점({a}~{b}).")
    d, a, b = (f"{value:+.1f}".replace("-", "−") for value in (share, low, high))
    said = (told if low > 0 or high < 0 else noise)(way=second.words, d=d, a=a, b=b)
    text = Text("{said} After {n} steps, one training each; {what}", "{said} {n}스텝 뒤, 학습은 한 번씩, {what}")
    title = Text("{net}: right answers", "{net}: 맞힌 답")(net=_net(first))
    kinds = (("right", Text("right", "맞음")),)
    reading = text(said=said, n=first.learnt.steps, what=what)
    return Chart(f"{first.choice.setting}-right", title, same("%"), reading, tuple(bars), kinds)


def _table(found: list[Pair], batch: int) -> Table:
    columns = (
        Text("Network", "신경망"),
        Text("Right %", "맞음 %"),
        Text("Answering ms", "추론 ms"),
        Text("Learning ms", "학습 ms"),
        same("M MAC"),
        Text("Parameters", "매개변수"),
        Text("Numbers in a picture", "사진 한 장의 수"),
        Text("Numbers in its maps", "맵의 수"),
    )
    rows = tuple(
        (
            one.name,
            round(100 * one.learnt.share, 1),
            round(1000 * one.forward.median / batch, 3),
            round(1000 * one.learn.median / batch, 3),
            round(one.macs / 1e6, 2),
            float(one.parameters),
            float(one.numbers),
            float(one.maps),
        )
        for pair in found
        for one in pair
    )
    return Table(Text("Both ways", "두 방법"), columns, rows)
