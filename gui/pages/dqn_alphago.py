"""The reference card beside tic-tac-toe: what AlphaGo has in place of the table, with its numbers and sources."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from gui.widgets.basics import column, label
from gui.widgets.retold import Retold

SOURCES = (
    "Watkins, C. J. C. H. Learning from Delayed Rewards. PhD thesis, King’s College, Cambridge (1989).",
    "Silver, D. et al. Mastering the game of Go with deep neural networks and tree search. Nature 529, 484–489 (2016).",
    "Silver, D. et al. Mastering the game of Go without human knowledge. Nature 550, 354–359 (2017).",
    "Tromp, J. The number of legal Go positions. In Computers and Games, LNCS 10068, 183–190 (2016).",
)


class AlphaGoCard(Retold, QScrollArea):
    """Three steps from the table to AlphaGo, each with what stands here and what stands there."""

    def __init__(self) -> None:
        super().__init__()
        self.heads = tuple(label("strong", wrap=True, tone="net") for _ in range(3))
        self.words = tuple(label("small", wrap=True) for _ in range(3))
        self._sources = label("caption", wrap=True)
        self._sources.setText("\n".join(SOURCES))
        self._sources.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inner = QWidget()
        parts = [part for pair in zip(self.heads, self.words, strict=True) for part in pair]
        inner.setLayout(column(*parts, None, self._sources, gap=6, margins=(0, 0, 8, 0)))
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.retranslate()

    def retranslate(self) -> None:
        heads = (
            self.tr("A network in place of the table"),
            self.tr("A search through the moves to come"),
            self.tr("Self-play, as here"),
        )
        words = (
            self.tr(
                "Tic-tac-toe has 5,478 positions: each has a row in this table. Go has about 2.1 × 10¹⁷⁰ (Tromp 2016), "
                "more than there are atoms in the universe: a network says what a position is worth that it never saw."
            ),
            self.tr(
                "The table looks one move ahead. AlphaGo follows promising moves through a tree; AlphaGo Zero does so "
                "1,600 times for each move of its own games (Silver 2017)."
            ),
            self.tr(
                "AlphaGo began with 160,000 games of people, then played itself (Silver 2016). AlphaGo Zero began with "
                "nothing, as this table does: 4.9 million games in three days (Silver 2017). Here some 60,000 do, in "
                "seconds."
            ),
        )
        for part, text in zip((*self.heads, *self.words), (*heads, *words), strict=True):
            part.setText(text)
        self.setAccessibleName(self.tr("From here to AlphaGo"))
