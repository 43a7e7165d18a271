"""The min–max formula with the live value of each term, and what the slide says of it (lecture rows 106, 113)."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from engine.latent.gan import Move, Terms
from gui.widgets.basics import Chip, column, label, restyle, row
from gui.widgets.retold import Retold

LIT = {Move.REAL: "E log D(x)", Move.FAKE: "E log(1 − D(G(z)))", Move.FOOL: "E log(1 − D(G(z)))"}


class GanFormula(Retold, QWidget):
    """min_G max_D  E log D(x) + E log(1 − D(G(z))), each term with its number below."""

    TERMS = ("E log D(x)", "+", "E log(1 − D(G(z)))")

    def __init__(self) -> None:
        super().__init__()
        self._head, self._value = label("strong"), label("strong", tone="net")
        self.numbers: dict[str, QLabel] = {}
        self._terms: dict[str, QLabel] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        for place, term in enumerate(self.TERMS):
            head = label("small", tone="faint" if term == "+" else None)
            head.setText(term)
            grid.addWidget(head, 0, place)
            if term != "+":
                self._terms[term] = head
                self.numbers[term] = label("strong", tone="net")
                grid.addWidget(self.numbers[term], 1, place)
        grid.setColumnStretch(len(self.TERMS), 1)
        self._beliefs = label("small")
        self._losses, self._guess = label("small"), label("caption", wrap=True)
        self._slide, self._slide_words = Chip("slide"), label("caption", wrap=True)
        self._slide_words.setMinimumHeight(32)
        parts = (row(self._head, None, self._value), grid, self._beliefs, self._losses, self._guess)
        self.setLayout(column(*parts, row(self._slide, None), self._slide_words, gap=6))
        self._shown: Terms | None = None
        self.clear()
        self.retranslate()

    def clear(self) -> None:
        """Nothing was played yet."""
        self._shown = None
        for number in self.numbers.values():
            number.setText("–")
        self._value.setText("–")
        self._beliefs.setText("D(x) –   D(G(z)) –")
        self._losses.setText("")

    def show_terms(self, terms: Terms, move: Move | None = None) -> None:
        """The numbers of a round; the term that `move` is about is lit."""
        self._shown = terms
        self.numbers["E log D(x)"].setText(_signed(terms.log_real))
        self.numbers["E log(1 − D(G(z)))"].setText(_signed(terms.log_fake))
        self._value.setText(_signed(terms.value))
        self._beliefs.setText(f"D(x) {terms.real:.2f}   D(G(z)) {terms.fake:.2f} → {terms.fooled:.2f}")
        words = self.tr("loss D {d:.3f}, loss G {g:.3f}")
        self._losses.setText(words.format(d=terms.loss_d, g=terms.loss_g))
        for term, head in self._terms.items():
            restyle(head, tone="you" if move and LIT.get(move) == term else "text")

    def show_values(self, values: dict[str, float]) -> None:
        """The same from a training's means; only what is there is shown."""
        real, fake = values.get("log D(x)"), values.get("log(1−D(G(z)))")
        if real is None or fake is None:
            return
        believed = values.get("D(G(z))", 0.0)
        terms = Terms(0, values.get("D(x)", 0.0), believed, believed, real, fake, 0.0, 0.0, 0.0)
        self.show_terms(terms)
        self._beliefs.setText(f"D(x) {terms.real:.2f}   D(G(z)) {terms.fake:.2f}")
        words = self.tr("loss D {d:.3f}, loss G {g:.3f}")
        self._losses.setText(words.format(d=values.get("loss D", 0.0), g=values.get("loss G", 0.0)))

    def retranslate(self) -> None:
        self._head.setText("min G  max D  V(D, G) =")
        self._guess.setText(self.tr("−1.386 where the police can only guess; 0 where they never err."))
        self._slide.setText(self.tr("slide note"))
        self._slide_words.setText(
            self.tr("The slide’s headings are swapped: max belongs to the discriminator, min to the generator.")
        )
        self.setAccessibleName(self.tr("The min–max formula with this round’s numbers"))
        if self._shown is not None:
            self.show_terms(self._shown)


def _signed(value: float) -> str:
    return f"{value:+.3f}".replace("-", "−")
