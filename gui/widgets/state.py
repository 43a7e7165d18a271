"""What a place shows when there is nothing to show yet, or when something is in the way."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFrame, QWidget

from gui.widgets.controls import Icon
from gui.widgets.layout import column, label, role, row

WIDEST = 520  # logical pixels; longer lines are hard to read


class State(QFrame):
    """Icon, title, one sentence and at most two buttons (given once, in order).

    stage: it has a whole stage for itself, and stands in the middle a little above, no wider than can be read.
    """

    def __init__(self, icon: str, *buttons: QAbstractButton, tone: str = "dim", stage: bool = False) -> None:
        super().__init__()
        role(self, "plain")
        self._icon = Icon(icon, tone, 28)
        self._title, self._sentence = label("strong"), label("small", wrap=True)
        words = column(self._title, self._sentence, gap=3)
        if buttons:
            words.addSpacing(6)
            words.addLayout(row(*buttons, None, gap=8))
        box = row((self._icon, 0), (words, 1), gap=14, margins=(14, 12, 14, 12))
        box.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop)
        if not stage:
            self.setLayout(column(None, box, None, gap=0))  # given more room it stands together in the middle
            return
        self._words = QWidget()
        self._words.setLayout(box)
        self._words.setMaximumWidth(WIDEST)
        self.setLayout(column(None, row(None, (self._words, 4), None), None, None))

    def set_words(self, title: str, sentence: str) -> None:
        """What is so, and what to do."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self.setAccessibleName(f"{title}. {sentence}")

    def show_icon(self, name: str, tone: str | None = None) -> None:
        """Another sign for another state."""
        self._icon.show_icon(name, tone)
