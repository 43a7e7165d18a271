"""What the slides said and what was measured here: a few figures in two columns, sand and mint."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from engine.train.said_here import Line
from gui.widgets.layout import label, restyle
from gui.widgets.retold import Retold
from gui.words import say


class SaidHere(Retold, QWidget):
    """A line for each figure; where nothing was measured yet it says so."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Line, ...] = ()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(0, 1)
        self.setLayout(self._grid)
        self._said, self._here = label("caption", tone="slide"), label("caption", tone="net")
        self._rows: list[tuple[QLabel, ...]] = []
        for place, head in ((1, self._said), (2, self._here)):
            self._grid.addWidget(head, 0, place, Qt.AlignmentFlag.AlignRight)
        self.retranslate()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these figures; without any it is hidden."""
        self._lines = tuple(lines)
        self.setVisible(bool(lines))
        while len(self._rows) < len(lines):
            cells = (label("caption"), label("small", tone="slide"), label("small", tone="net"))
            for place, cell in enumerate(cells):
                side = Qt.AlignmentFlag.AlignRight if place else Qt.AlignmentFlag.AlignLeft
                self._grid.addWidget(cell, len(self._rows) + 1, place, side)
            self._rows.append(cells)
        self._say()

    def retranslate(self) -> None:
        self._said.setText(self.tr("slide said"))
        self._here.setText(self.tr("here"))
        self._say()

    def _say(self) -> None:
        for number, cells in enumerate(self._rows):
            shown = number < len(self._lines)
            for cell in cells:
                cell.setVisible(shown)
            if not shown:
                continue
            line, (name, said, here) = self._lines[number], cells
            name.setText(say(line.name))
            said.setText(say(line.said))
            here.setText(say(line.here) if line.here else self.tr("not run yet"))
            restyle(here, tone="net" if line.here else "faint")
        words = (f"{say(x.name)}: {say(x.said)}, {say(x.here) if x.here else '–'}" for x in self._lines)
        self.setAccessibleDescription("; ".join(words))
