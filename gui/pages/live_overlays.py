"""What can be laid over the picture: a switch for each thing that is here, a size for each that can be fetched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from engine.live.overlays import BUILT_IN, KINDS, Kind, OverlayCard
from engine.text import counted
from gui.pages import live_words
from gui.widgets.basics import button, column
from gui.widgets.lens import explain
from gui.widgets.live_rows import OverlaySwitch
from gui.widgets.retold import Retold
from gui.words import say

ICONS = {
    Kind.CLASSIFY: "text-t",
    Kind.DETECT: "bounding-box",
    Kind.SEGMENT: "selection-background",
    Kind.KEYPOINTS: "person-simple",
    Kind.FACES: "shield-check",
    Kind.DIGITS: "pencil-simple",
    Kind.STYLE: "paint-brush-broad",
}
_ALONE = (Kind.SEGMENT, Kind.CLASSIFY)  # two of these at once would lie on each other
MB = 1_000_000


class OverlayList(Retold, QWidget):
    """The cards in order: what is here first; of what is not, the smallest of each kind, the others when asked for.

    Signals:
        changed: (tuple) ids of the overlays that are on, in the order of the list.
        model_asked: (str) the model of a card that is not here, to be downloaded or imported.
        file_asked: a person wants to bring an ONNX file.
    """

    changed = Signal(tuple)
    model_asked = Signal(str)
    file_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._cards: tuple[OverlayCard, ...] = ()
        self.rows: dict[str, OverlaySwitch] = {}
        self._every = self._two = False
        self._box = QVBoxLayout()
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(4)
        self.more, self.own = button("caret-down", "quiet", "compact"), button("plus", "quiet", "compact")
        self.more.clicked.connect(self._toggle_all)
        self.own.clicked.connect(self.file_asked)
        explain(self.own, live_words.OWN)
        explain(self.more, live_words.OVERLAYS[Kind.DETECT])
        self.setLayout(column(self._box, column(self.more, self.own, gap=2), gap=4))
        self.show_cards(BUILT_IN)

    def show_cards(self, cards: Sequence[OverlayCard]) -> None:
        """List these; what was on stays on, as far as it is here."""
        if tuple(cards) == self._cards:
            return
        on = self.on()
        self._cards = tuple(cards)
        for old in self.rows.values():
            self._box.removeWidget(old)
            old.deleteLater()
        self.rows = {card.id: self._row(card) for card in sorted(cards, key=lambda card: not card.here)}
        self.show_on(on)
        self._show_some()
        self.retranslate()
        self._order_tabs()

    def _row(self, card: OverlayCard) -> OverlaySwitch:
        switch = OverlaySwitch(ICONS[card.kind], here=card.here)
        switch.toggled.connect(lambda on: self._toggled(card, on))
        switch.wanted.connect(lambda: self.model_asked.emit(card.model or card.id))
        explain(switch, live_words.OVERLAYS[card.kind])
        self._box.addWidget(switch)
        return switch

    def _order_tabs(self) -> None:
        """Rows made late would come last under the Tab key."""
        order: list[QWidget] = [self, *(row.hand for row in self.rows.values()), self.more, self.own]
        for first, second in pairwise(order):
            QFrame.setTabOrder(first, second)

    @property
    def all(self) -> tuple[OverlayCard, ...]:
        """Every card that is listed or hidden."""
        return self._cards

    def cards(self, ids: Iterable[str]) -> list[OverlayCard]:
        """The cards of these ids that are known."""
        wanted = set(ids)
        return [card for card in self._cards if card.id in wanted]

    def on(self) -> tuple[str, ...]:
        """Ids of the overlays that are switched on, in the order of the list."""
        return tuple(id for id, row in self.rows.items() if row.here and row.is_on())

    def show_on(self, ids: Iterable[str]) -> None:
        """Switch to these without telling anybody."""
        wanted = set(ids)
        for id, row in self.rows.items():
            row.set_on(row.here and id in wanted)

    def switch(self, id: str, on: bool) -> None:
        """Switch one as a person would; nothing happens when it is not here."""
        row = self.rows.get(id)
        if row is not None and row.here and row.is_on() != on:
            row.set_on(on)
            self._toggled(next(card for card in self._cards if card.id == id), on)

    def allow_two(self, on: bool) -> None:
        """Whether two of a kind may be on: they stand side by side."""
        self._two = on
        for card in self._cards if not on else ():
            if self.rows[card.id].is_on():
                self._leave(card, 1)
        self.changed.emit(self.on())

    def _toggled(self, card: OverlayCard, on: bool) -> None:
        if on:
            self._leave(card, 2 if self._two else 1)
        self.changed.emit(self.on())

    def _leave(self, card: OverlayCard, most: int) -> None:
        """Of the kind of `card`, where it stands alone, at most so many stay on, itself among them."""
        others = [
            *(c.id for c in self._cards if c.kind is card.kind and c.id != card.id and self.rows[c.id].is_on()),
        ]
        for id in others[: max(0, len(others) + 1 - most)] if card.kind in _ALONE else ():
            self.rows[id].set_on(False)

    def _toggle_all(self) -> None:
        self._every = not self._every
        self._show_some()
        self.retranslate()

    def _show_some(self) -> None:
        """Of what is not here only the smallest of each kind that nothing here can do, unless all are asked for."""
        first: dict[Kind, OverlayCard] = {}
        for card in sorted((c for c in self._cards if not c.here), key=lambda c: c.bytes):
            first.setdefault(card.kind, card)
        shown = {card.id for card in first.values()} | {card.id for card in self._cards if card.here}
        for id, row in self.rows.items():
            row.setVisible(self._every or id in shown)
        self._hidden = len(self._cards) - len(shown)
        self.more.setVisible(self._hidden > 0)
        self.more.show_icon("caret-up" if self._every else "caret-down")

    def retranslate(self) -> None:
        for card in self._cards:
            size = f"{max(1, round(card.bytes / MB)):,} MB" if card.bytes else self.tr("get")
            tip = "\n".join(part for part in (say(card.summary), say(card.figure), card.licence) if part)
            if card.here:
                self.rows[card.id].set_words(say(card.name), self._caption(card), size, tip)
            else:  # what it can do tells more than what it is called
                self.rows[card.id].set_words(say(KINDS[card.kind]), say(card.name), size, f"{say(card.name)}\n{tip}")
        if self._every:
            self.more.setText(self.tr("Show fewer"))
        else:
            self.more.setText(self.tr("{n} more to download").format(n=self._hidden))
        self.own.setText(self.tr("Bring a YOLO file (ONNX)"))

    def _caption(self, card: OverlayCard) -> str:
        """What it does, in so few words that they fit beside the switch."""
        words = {
            Kind.CLASSIFY: self.tr("names, {n} classes"),
            Kind.DETECT: self.tr("boxes, {n} classes"),
            Kind.SEGMENT: self.tr("areas, {n} classes"),
            Kind.KEYPOINTS: self.tr("17 points each"),
            Kind.FACES: self.tr("found and covered"),
            Kind.DIGITS: self.tr("written with a pen"),
            Kind.STYLE: self.tr("painted anew"),
        }[card.kind]
        count = len(card.classes) or (1000 if card.kind is Kind.CLASSIFY else 0)
        return counted(words.format(n=f"{count:,}")) if count else words.partition(",")[0]
