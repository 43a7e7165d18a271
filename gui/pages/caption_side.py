"""The right column of the photo room: what could stand at the chosen place, a word of one's own, how good it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.widgets.basics import Chip, button, column, label, row, rule
from gui.widgets.caption_bars import CaptionBars
from gui.widgets.retold import Retold

if TYPE_CHECKING:
    from engine.caption.session import Known
    from engine.caption.speak import Place


class CaptionSide(Retold, QWidget):
    """Next-word bars of one place, a field for another word, and the figures of the networks that ship.

    Signals:
        word_taken: (str) a person wants this word at the chosen place.
    """

    word_taken = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._places: tuple[Place, ...] = ()
        self._at = -1
        self._cards: tuple[Known, ...] = ()
        self._title, self._how, self._measured = label("section"), label("caption", wrap=True), label("section")
        self.bars, self.field, self.put = CaptionBars(), QLineEdit(), button(size="compact")
        self._chip = Chip("measured")
        self._names, self._figures = label("small", wrap=True), label("small", wrap=True)
        parts = (
            *(self._title, self.bars, self._how, row((self.field, 1), self.put, gap=6)),
            *(rule(), row(self._measured, None, self._chip), self._figures, self._names, None),
        )
        self.setLayout(column(*parts, gap=8, margins=(14, 14, 14, 14)))
        self.bars.chosen.connect(self._bar_taken)
        self.field.returnPressed.connect(self._typed)
        self.put.clicked.connect(self._typed)
        self.retranslate()

    def show_place(self, places: Sequence[Place], at: int) -> None:
        """The ten likeliest words of place `at`."""
        self._places, self._at = tuple(places), at
        self._say_place()

    def show_cards(self, known: Sequence[Known]) -> None:
        """What was measured of the networks that ship."""
        self._cards = tuple(one for one in known if one.card and "bleu4" in one.card)
        self._say_cards()

    def _say_place(self) -> None:
        if not 0 <= self._at < len(self._places):
            self._title.setText(self.tr("What could come next"))
            self.put.setEnabled(False)
            return
        place = self._places[self._at]
        before = self._places[self._at - 1].word if self._at else ""
        after = self.tr("After “{word}” comes").format(word=before)
        self._title.setText(after if before else self.tr("The first word"))
        words = [word or self.tr("(end)") for word, _ in place.likely]
        stands = next((i for i, (word, _) in enumerate(place.likely) if word == place.word), -1)
        self.bars.show_words(words, [share for _, share in place.likely], stands=stands, mine=place.chosen)
        self.put.setEnabled(True)

    def _bar_taken(self, number: int) -> None:
        word = self._places[self._at].likely[number][0]
        if word:
            self.word_taken.emit(word)

    def _typed(self) -> None:
        if self.field.text().strip():
            self.word_taken.emit(self.field.text().split()[0])
            self.field.clear()

    def _say_cards(self) -> None:
        lines = []
        for one in self._cards:
            assert one.card is not None
            values = {name: one.card[name] for name in ("bleu4", "nearest_bleu4", "cider_d", "distinct", "count")}
            line = self.tr(
                "{name}: BLEU-4 {bleu4:.3f} (a borrowed sentence {nearest_bleu4:.3f}), CIDEr-D {cider_d:.2f}, "
                "{distinct:.0%} of {count} sentences differ."
            )
            lines.append(line.format(name=one.id, **values))
        self._figures.setText("\n\n".join(lines) or self.tr("No network ships with this copy yet."))
        self._chip.setVisible(bool(lines))
        self._names.setText(
            self.tr("Measured once on photos that no network here was taught. Borrowed: of the most alike photo.")
            if lines
            else ""
        )

    def retranslate(self) -> None:
        self._how.setText(self.tr("Click a word of the sentence, then take another one here. The network goes on."))
        self.field.setPlaceholderText(self.tr("A word of your own"))
        self.field.setAccessibleName(self.tr("A word of your own"))
        self.put.setText(self.tr("Put it there"))
        self.bars.setAccessibleName(self.tr("The ten likeliest words"))
        self._measured.setText(self.tr("How good it is"))
        self._chip.setText(self.tr("measured"))
        self._say_place()
        self._say_cards()
