"""The right column of Live: what the network says in words and bars, what is in the picture, the clicked object, speed."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine.live.overlays import Classified, Covered, DigitsRead, Found, OverlayCard, Segmented
from engine.live.seen import Seen
from engine.text import Text
from gui.pages import live_words
from gui.pages.live_shown import answer_of, name_of, percent
from gui.widgets.basics import Chip, StatTile, column, label, row, rule
from gui.widgets.frame_marks import Mark
from gui.widgets.lens import explain
from gui.widgets.live_rows import Amount, LiveLegend
from gui.widgets.pictures import Bars, Picture
from gui.widgets.retold import Retold
from gui.words import say

SURE, ALSO = 0.5, 0.15  # as engine.models.imagenet says it of one photograph
TURN_S = 1.0  # the five names change places at most this often
_NAMES = 104


class LiveReading(Retold, QWidget):
    """What was seen in the newest picture; empty parts are hidden.

    Signals:
        class_clicked: (str) the English name of a class in the legend.
    """

    class_clicked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._seen: Seen | None = None
        self._turned = 0.0
        self._order: tuple[int, ...] = ()
        self._mark: tuple[Mark | None, str] | None = None
        self._legend_names: dict[int, Text] = {}
        self._cards: dict[str, Text] = {}
        self._titles = {name: label("section") for name in ("says", "legend", "chosen", "speed")}
        self._kind, self.chip = label("caption"), Chip("live")
        self.bars, self.said = Bars(row_height=24, name_width=_NAMES), label("small", wrap=True)
        self.legend, self.lines = LiveLegend(), label("lead", wrap=True, tone="net")
        self.crop, self.details = Picture(smooth=True), label("small", wrap=True)
        self.rate, self.dropped = StatTile(ground="card"), StatTile(ground="card", spark=False)
        self.backend, self.trouble = label("caption", wrap=True), label("small", wrap=True, tone="bad")
        self._hint = label("small", wrap=True)
        self._parts = self._make_parts()
        self.crop.setFixedSize(72, 72)
        self.legend.clicked.connect(self._clicked)
        self.setLayout(column(self._hint, *self._parts.values(), self.trouble, None, gap=12, margins=(16, 16, 14, 14)))
        self.trouble.hide()
        self.retranslate()
        self.clear()

    def _make_parts(self) -> dict[str, QWidget]:
        t = self._titles
        parts = {
            "says": column(row(t["says"], None, self.chip), self.bars, self.said, gap=8),
            "lines": column(self.lines),
            "legend": column(row(t["legend"], None, self._kind), self.legend, gap=6),
            "chosen": column(t["chosen"], row(self.crop, (self.details, 1), gap=12), gap=8),
            "speed": column(rule(), t["speed"], row((self.rate, 1), (self.dropped, 1)), self.backend, gap=8),
        }
        found = {}
        for name, layout in parts.items():
            found[name] = QWidget()
            found[name].setLayout(layout)
        for name, words in (
            ("says", live_words.ANSWER),
            ("legend", live_words.LEGEND),
            ("chosen", live_words.DETAILS),
            ("speed", live_words.SPEED),
        ):
            explain(found[name], words)
        return found

    def retranslate(self) -> None:
        self._titles["says"].setText(self.tr("The network says"))
        self._titles["chosen"].setText(self.tr("The chosen object"))
        self._titles["speed"].setText(self.tr("Speed"))
        self.chip.setText(self.tr("live"))
        self.bars.setAccessibleName(self.tr("The five likeliest names"))
        self.legend.setAccessibleName(self.tr("Classes in the picture; Enter shows one alone"))
        self.crop.setAccessibleName(self.tr("The chosen object, cut out"))
        self._hint.setText(
            self.tr("Start a source, and what the networks see in it stands here: names, objects, areas, speed.")
        )
        self.rate.set_title(self.tr("Speed"))
        self.dropped.set_title(self.tr("Dropped"))
        self._order, self._turned = (), 0.0
        if self._seen is not None:
            self.show_seen(self._seen)
        self._show_mark()

    # What was seen

    def clear(self) -> None:
        """Nothing is watched."""
        self._seen, self._mark = None, None
        self._order = ()
        for part in self._parts.values():
            part.hide()
        self._hint.show()
        self.show_trouble("")

    def show_seen(self, seen: Seen, only: Sequence[str] = ()) -> None:
        """The newest picture's results; `only`: English names of the classes that are kept."""
        self._seen = seen
        self._hint.hide()
        answer = answer_of(seen)
        self._parts["says"].setVisible(answer is not None)
        if answer is not None:
            self._show_answer(answer)
        self._show_lines(seen)
        self._show_legend(seen, only)
        self._show_speed(seen)

    def _show_answer(self, answer: Classified) -> None:
        now = time.monotonic()
        if not self._order or (answer.classes != self._order and now - self._turned >= TURN_S):
            self._order, self._turned = answer.classes, now
        by_class = dict(zip(answer.classes, range(len(answer.classes)), strict=True))
        if any(index not in by_class for index in self._order):
            return  # another five: shown at the next turn
        at = [by_class[index] for index in self._order]
        values = answer.probabilities[at]
        self.bars.set_values([say(answer.names[i]) for i in at], values)
        self.said.setText(self._sentence(answer))

    def _sentence(self, answer: Classified) -> str:
        first, second = (float(v) for v in answer.probabilities[:2])
        name, other = say(answer.names[0]), say(answer.names[1])
        if first < SURE:
            return self.tr("Not sure: no answer above 50 %. Show one thing alone, and larger.").replace(" %", "\u2009%")
        if second > ALSO:
            return self.tr("{name}, or a little like: {other}").format(name=name, other=other)
        return name

    def _show_lines(self, seen: Seen) -> None:
        read = next((r for r in seen.results if isinstance(r, DigitsRead)), None)
        words = " · ".join(line for line in read.lines if line) if read else ""
        self._parts["lines"].setVisible(read is not None)
        self.lines.setText(words or self.tr("No digits on paper yet."))

    def _show_legend(self, seen: Seen, only: Sequence[str]) -> None:
        rows: list[Amount] = []
        names: dict[int, Text] = {}
        areas = False
        for result in seen.results:
            if isinstance(result, Segmented):
                rows, areas = _areas(result), True
                names.update(enumerate(result.classes))
            elif isinstance(result, Found) and not areas:
                rows += _objects(result)
                names.update(enumerate(result.classes))
            elif isinstance(result, Covered):
                rows.append(
                    Amount(9, self.tr("faces covered"), f"{len(result.boxes)}", 1.0 if len(result.boxes) else 0.0)
                )
        shows = any(isinstance(r, Segmented | Found | Covered) for r in seen.results)
        self._parts["legend"].setVisible(shows)
        self._legend_names = names
        title = self.tr("What covers the picture") if areas else self.tr("What was found")
        self._titles["legend"].setText(title)
        self._kind.setText(self.tr("share of pixels") if areas else self.tr("how many now"))
        kept = frozenset(i for i, name in names.items() if name.en in only)
        self.legend.show_rows(rows, kept)

    def _clicked(self, index: int) -> None:
        if index in self._legend_names:
            self.class_clicked.emit(self._legend_names[index].en)

    def _show_speed(self, seen: Seen) -> None:
        self._parts["speed"].show()
        share = seen.drops / max(1, seen.drops + seen.watched)
        self.rate.show_value(f"{seen.rate:.1f}", self.tr("frames/s"), self.tr("seen lately"))
        self.rate.add_point(seen.rate)
        self.dropped.show_value(f"{seen.drops:,}", percent(share), self.tr("newest frame wins"))
        self.backend.setText(" · ".join(f"{self._overlay_name(k)}: {v}" for k, v in seen.backends.items()))

    def know_cards(self, cards: Sequence[OverlayCard]) -> None:
        """What the overlays are called."""
        self._cards = {card.id: card.name for card in cards}

    def _overlay_name(self, id: str) -> str:
        return say(self._cards[id]) if id in self._cards else id

    def show_trouble(self, words: str) -> None:
        """A sentence about what stopped working while the rest goes on; "" for none."""
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    # The clicked object

    def show_mark(self, mark: Mark | None, more: str = "") -> None:
        """The chosen object, cut out of the newest picture; without one, words about a place; "" = nothing."""
        self._mark = (mark, more) if mark is not None or more else None
        self._show_mark()

    def _show_mark(self) -> None:
        self._parts["chosen"].setVisible(self._mark is not None and self._seen is not None)
        if self._mark is None or self._seen is None:
            return
        mark, more = self._mark
        self.crop.setVisible(mark is not None)
        if mark is None:
            self.details.setText(more)
            return
        picture = self._seen.picture
        height, width = picture.shape[:2]
        x1, y1, x2, y2 = mark.box
        left, top = (int(np.clip(v, 0, m - 1)) for v, m in ((x1, width), (y1, height)))
        right, bottom = int(np.clip(x2, left + 1, width)), int(np.clip(y2, top + 1, height))
        self.crop.show_array(picture[top:bottom, left:right])
        share = percent((x2 - x1) * (y2 - y1) / (width * height), 1)
        lines = [mark.words or self.tr("covered face"), f"{x2 - x1:.0f} × {y2 - y1:.0f} px · {share}"]
        if mark.number >= 0:
            lines.append(self.tr("number {n}").format(n=mark.number))
        self.details.setText("\n".join(lines))


def _areas(result: Segmented) -> list[Amount]:
    order = np.argsort(-result.shares, kind="stable")
    return [
        Amount(int(i), say(result.classes[i]), percent(float(result.shares[i]), 1), float(result.shares[i]))
        for i in order
        if result.shares[i] >= 0.001 and int(i) != result.ground
    ]


def _objects(result: Found) -> list[Amount]:
    most = max((count for _, count in result.counts), default=1)
    return [Amount(label, name_of(result.classes, label), str(count), count / most) for label, count in result.counts]
