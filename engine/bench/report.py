"""One HTML file with everything that was measured: no script from elsewhere, both languages, charts as SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from engine.bench.catalogue import CARDS
from engine.bench.charts import Bar, Chart, Series, Shown, Table, shown_of
from engine.bench.machine_card import fact_rows, facts, why
from engine.files import write_bytes
from engine.text import LANGUAGES, Text

_INKS = ("#08745A", "#4150D6", "#AC8A3C", "#C9609C", "#4D340A", "#5E1580", "#AA4A00", "#00484B")  # light theme's series
_WIDE, _NAMES, _ENDS, _ROW = 760, 190, 150, 44
_PLOT = (60, 20, 700, 260)  # left, top, right, bottom of the field of a chart with axes
_ROWS = 60  # of a table; the JSON holds the rest
_STYLE = """
body{font:15px/1.5 Pretendard,"Segoe UI","Malgun Gothic","Apple SD Gothic Neo","Noto Sans CJK KR",sans-serif;margin:0;
background:#E9ECF1;color:#161A22}main{max-width:860px;margin:0 auto;padding:24px}section{background:#fff;border-radius:10px;
padding:20px 24px;margin:0 0 12px}h1{font-size:24px;margin:0 0 4px}h2{font-size:18px;margin:0 0 8px}h3{font-size:15px;margin:18px 0 2px}
.dim{color:#4A5363;font-size:13px}.said{border-left:3px solid #08745A;background:#F5F6F9;padding:8px 12px;border-radius:8px;margin:6px 0}
.est{background:#E2EEFB;color:#175A9C;border-radius:5px;padding:1px 7px;font-size:12px}.sand{color:#765510}
table{border-collapse:collapse;font-size:12px;width:100%;margin-top:8px}td,th{padding:3px 8px;text-align:right;border-bottom:1px solid #DDE2EA;
font-variant-numeric:tabular-nums}td:first-child,th:first-child,.t{text-align:left}svg{max-width:100%;height:auto}
nav{position:sticky;top:0;padding:8px 24px;background:#E9ECF1;text-align:right}nav label{margin-left:12px;cursor:pointer}
.ko{display:none}body:has(#ko:checked) .ko{display:revert}body:has(#ko:checked) .en{display:none}details{margin-top:8px}
"""


def write_report(path: Path, results: Sequence[dict[str, Any]], missing: dict[str, Text]) -> None:
    """Write `results` (and, by id, why others are missing) as one file. Raises: `LabError` when it cannot be written."""
    found = facts()
    parts = [_head(), _machine(found), *map(_result, results)]
    if missing:
        names = {card.id: card.name for card in CARDS}
        rows = "".join(f"<p>{_both(names[id])}: {_both(words)}</p>" for id, words in missing.items())
        parts.append(f"<section><h2>{_both(Text('Not measured', '재지 못한 것'))}</h2>{rows}</section>")
    body = "".join(parts)
    page = f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Convoscope benchmark</title><style>{_STYLE}</style></head><body>{_SWITCH}<main>{body}</main></body></html>\n'
    write_bytes(path, page.encode())


_SWITCH = (
    '<nav><label><input type="radio" name="lang" id="en" checked> English</label>'
    '<label><input type="radio" name="lang" id="ko"> 한국어</label></nav>'
)


def _both(text: Text, tag: str = "span") -> str:
    return "".join(f'<{tag} class="{one}" lang="{one}">{escape(text.render(one))}</{tag}>' for one in LANGUAGES)


def _head() -> str:
    words = Text(
        "Measured {when}. A time is the middle of the calmest quarter of its turns: others only make a turn longer. Beside "
        "it stand the spread of all turns, but for those far off, and n; comparisons are ratios from one run, taken in turn.",
        "{when} 측정. 시간은 가장 조용한 4분의 1의 중앙값이에요. 다른 프로그램은 시간을 늘리기만 하거든요. 멀리 떨어진 값을 뺀 "
        "전체의 흩어짐과 n이 함께 있어요. 비교는 한 실행에서 번갈아 잰 비예요.",
    )(when=f"{datetime.now():%Y-%m-%d %H:%M}")
    return f'<section><h1>Convoscope</h1><div class="dim">{_both(words)}</div></section>'


def _machine(found: dict[str, Any]) -> str:
    rows = "".join(
        f'<tr><td>{_both(name)}</td><td class="t">{_both(value)}</td></tr>' for name, value in fact_rows(found)
    )
    told = "".join(f'<div class="said">{_both(one)}</div>' for one in why(found))
    return f"<section><h2>{_both(Text('This machine', '이 컴퓨터'))}</h2><table>{rows}</table>{told}</section>"


def _result(result: dict[str, Any]) -> str:
    card = next((one for one in CARDS if one.id == result["bench"]), None)
    shown = shown_of(_plain(result["shown"]))
    title = _both(card.name) if card else escape(result["bench"])
    charts = "".join(map(_chart, shown.charts))
    notes = "".join(f'<p class="dim">{_both(note)}</p>' for note in shown.notes)
    tables = "".join(map(_table, shown.tables))
    return f"<section><h2>{title}</h2>{_said(shown)}{charts}{notes}{_method(result)}{tables}</section>"


def _plain(value: Any) -> Any:
    from engine.console import plain

    return plain(value)


def _said(shown: Shown) -> str:
    rows = []
    for one in shown.said:
        mark = f' <span class="est">{_both(Text("estimate", "추정"))}</span>' if one.estimate else ""
        here = _both(one.here) if one.here else "–"
        rows.append(f'<tr><td>{_both(one.name)}</td><td class="sand">{_both(one.said)}</td><td>{here}{mark}</td></tr>')
    if not rows:
        return ""
    head = "".join(f"<th>{_both(t)}</th>" for t in (Text("", ""), Text("slide said", "슬라이드"), Text("here", "여기")))
    return f"<table><tr>{head}</tr>{''.join(rows)}</table>"


def _method(result: dict[str, Any]) -> str:
    how = result.get("method")
    if not how:
        return ""
    text = Text(
        "{n} turns after {w} to warm up, in turn; widest spread ±{p:.0%}; {k} of {r} readings far from the others; "
        "{t} threads; others used {o} of the processor{busy}.",
        "준비 {w}회 뒤 {n}회를 번갈아 쟀어요. 가장 넓은 흩어짐 ±{p:.0%}, 값 {r}개 중 {k}개가 멀리 떨어짐, 스레드 {t}개, "
        "다른 프로그램이 프로세서의 {o} 사용{busy}.",
    )
    others = f"{how['others_share']:.0%}" if how.get("others_share") is not None else "?"
    busy = Text(": busy, measure again", ": 바빴어요. 다시 재 보세요") if how.get("busy") else Text("", "")
    words = text(
        n=how["repeats"],
        w=how["warm_up"],
        p=how["widest_spread"],
        k=how["outliers"],
        r=how["readings"],
        t=how["threads"],
        o=others,
        busy=busy,
    )
    if (waited := how.get("waited", 0.0)) >= 1:
        more = Text("{words} {s:.0f} s were waited for calm moments.", "{words} 조용한 순간을 {s:.0f}초 기다렸어요.")
        words = more(words=words, s=waited)
    return f'<p class="dim">{_both(words)}</p>'


def _table(table: Table) -> str:
    def cell(value: Any) -> str:
        if isinstance(value, Text):
            return f'<td class="t">{_both(value)}</td>'
        return f"<td>{'–' if value is None else f'{value:,.4g}'}</td>"

    head = "".join(f"<th>{_both(name)}</th>" for name in table.columns)
    rows = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in table.rows[:_ROWS])
    return f"<details><summary>{_both(table.title)}</summary><table><tr>{head}</tr>{rows}</table></details>"


def _chart(chart: Chart) -> str:
    mark = f' <span class="est">{_both(Text("estimate", "추정"))}</span>' if chart.estimate else ""
    unit = f'<span class="dim">{_both(chart.unit)}</span>'
    pictures = "".join(
        f'<div class="{one}" lang="{one}">{_bars(chart, one) if chart.bars else _lines(chart, one)}</div>'
        for one in LANGUAGES
    )
    return f'<h3>{_both(chart.title)}{mark} {unit}</h3>{pictures}<div class="said">{_both(chart.reading)}</div>'


def _figure(value: float) -> str:
    if not value or not math.isfinite(value):
        return "0"
    return f"{value:,.{min(4, max(0, 2 - math.floor(math.log10(abs(value)))))}f}"


def _text(x: float, y: float, words: str, *, anchor: str = "start", ink: str = "#161A22", size: int = 12) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{ink}" font-size="{size}">{escape(words)}</text>'
    )


def _bars(chart: Chart, lang: str) -> str:
    kinds = [kind for kind, _ in chart.kinds]
    most = max((max(bar.total, bar.high or 0.0) for bar in chart.bars), default=1.0) or 1.0
    scale = (_WIDE - _NAMES - _ENDS) / most
    parts = [_one_bar(bar, 24 + _ROW * i, scale, kinds, lang) for i, bar in enumerate(chart.bars)]
    if len(kinds) > 1:
        x = float(_NAMES)
        for number, (_, words) in enumerate(chart.kinds):
            parts.append(f'<rect x="{x:.0f}" y="2" width="10" height="10" rx="3" fill="{_ink(number)}"/>')
            parts.append(_text(x + 14, 11, words.render(lang), ink="#4A5363", size=11))
            x += 26 + sum(11.0 if letter > "ᄀ" else 6.2 for letter in words.render(lang))  # Hangul is wider
    high = 30 + _ROW * len(chart.bars)
    return f'<svg viewBox="0 0 {_WIDE} {high}" role="img" aria-label="{escape(chart.title.render(lang))}">{"".join(parts)}</svg>'


def _ink(number: int) -> str:
    return _INKS[number % len(_INKS)]


def _one_bar(bar: Bar, y: float, scale: float, kinds: list[str], lang: str) -> str:
    name, note = bar.name.render(lang), bar.note.render(lang)
    found = [_text(_NAMES - 10, y + (10 if note else 16), name, anchor="end")]
    if note:
        found.append(_text(_NAMES - 10, y + 24, note, anchor="end", ink="#5F6979", size=11))
    x = float(_NAMES)
    for kind, value in bar.parts:
        ink = _ink(kinds.index(kind) if kind in kinds else 0)
        words = f"{name} {_figure(value)}"
        found.append(
            f'<rect x="{x:.1f}" y="{y}" width="{max(0.5, value * scale):.1f}" height="22" fill="{ink}"><title>{escape(words)}</title></rect>'
        )
        x += value * scale
    spread = f"n = {bar.n}" if bar.n else ""
    if bar.low is not None and bar.high is not None and bar.n > 1:
        low, high = _NAMES + bar.low * scale, _NAMES + bar.high * scale
        found.append(f'<path d="M{low:.1f} {y + 24}v6m0 -3H{high:.1f}m0 -3v6" stroke="#4A5363" fill="none"/>')
        spread = f"{_figure(bar.low)}–{_figure(bar.high)}, n = {bar.n}"
        x = max(x, high)
    found += [
        _text(x + 6, y + 10, _figure(bar.total), ink="#08745A"),
        _text(x + 6, y + 24, spread, ink="#5F6979", size=11),
    ]
    return "".join(found)


class _Field:
    """From values to places of a chart with axes."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        xs = [self._x(v) for one in chart.series for v in one.x]
        ys = [self._y(v) for one in chart.series for v in (*one.y, *one.low, *one.high) if v > 0 or not chart.log_y]
        self.left, self.right = min(xs), max(xs)
        self.low, self.high = (min(ys) if chart.log_y else min(0.0, *ys)), max(ys)

    def _x(self, value: float) -> float:
        return math.log10(max(value, 1e-12)) if self.chart.log_x else value

    def _y(self, value: float) -> float:
        return math.log10(max(value, 1e-12)) if self.chart.log_y else value

    def at(self, x: float, y: float) -> tuple[float, float]:
        left, top, right, bottom = _PLOT
        wide, high = (self.right - self.left) or 1.0, (self.high - self.low) or 1.0
        return left + (right - left) * (self._x(x) - self.left) / wide, bottom - (bottom - top) * (
            self._y(y) - self.low
        ) / high


def _round_values(low: float, high: float, *, log: bool) -> list[float]:
    """Round numbers of an axis from `low` to `high`, which are powers of ten when `log`."""
    if log:
        whole = range(math.floor(low), math.ceil(high) + 1)
        values = [m * 10.0**power for power in whole for m in ((1, 2, 5) if high - low < 2.5 else (1,))]
        return [v for v in values if low <= math.log10(v) <= high]
    rough = (high - low) / 5 or 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= rough)
    return [round(n * step, 10) for n in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _lines(chart: Chart, lang: str) -> str:
    field = _Field(chart)
    left, top, right, bottom = _PLOT
    parts = [f'<path d="M{left} {bottom}H{right}" stroke="#DDE2EA"/>']
    for value in _round_values(field.low, field.high, log=chart.log_y):
        _, y = field.at(1.0, value)
        parts.append(f'<path d="M{left} {y:.1f}H{right}" stroke="#DDE2EA" stroke-width=".6"/>')
        parts.append(_text(left - 6, y + 4, f"{value:,g}", anchor="end", ink="#5F6979", size=11))
    every = sorted({v for one in chart.series for v in one.x})
    for value in every if len(every) <= 10 else _round_values(field.left, field.right, log=chart.log_x):
        at, _ = field.at(value, 10**field.low if chart.log_y else field.low)
        parts.append(_text(at, bottom + 16, f"{value:,g}", anchor="middle", ink="#5F6979", size=11))
    parts.append(_text((left + right) / 2, bottom + 34, chart.x_title.render(lang), anchor="middle", ink="#4A5363"))
    for number, one in enumerate(chart.series):
        parts.append(_one_line(field, one, _ink(number), lang))
        parts.append(_text(right + 6, top + 14 + 18 * number, one.name.render(lang), ink=_ink(number), size=11))
    title = escape(chart.title.render(lang))
    return f'<svg viewBox="0 0 {_WIDE + 160} {bottom + 44}" role="img" aria-label="{title}">{"".join(parts)}</svg>'


def _one_line(field: _Field, one: Series, ink: str, lang: str) -> str:
    places = [field.at(x, y) for x, y in zip(one.x, one.y, strict=True)]
    found = []
    if one.style != "dots":
        dash = ' stroke-dasharray="5 4"' if one.style == "dashed" else ""
        way = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
        found.append(f'<path d="M{way}" stroke="{ink}" stroke-width="2" fill="none"{dash}/>')
    if one.style != "dashed":
        for i, (x, y) in enumerate(places):
            words = one.labels[i].render(lang) if len(one.labels) > i else one.name.render(lang)
            told = escape(f"{words} {_figure(one.y[i])}")
            found.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{ink}"><title>{told}</title></circle>')
            if len(one.low) > i and len(one.high) > i:
                (_, a), (_, b) = field.at(one.x[i], one.low[i]), field.at(one.x[i], one.high[i])
                found.append(f'<path d="M{x:.1f} {a:.1f}V{b:.1f}" stroke="{ink}"/>')
    return "".join(found)
