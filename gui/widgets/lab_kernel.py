"""A kernel to type into: 1×1 to 7×7 numbers and what their sum is divided by."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from engine.live.convolution import LARGEST_KERNEL, Weights, number
from gui.widgets.basics import column, label, restyle, row
from gui.widgets.retold import Retold

CELL, GAP = 35, 3
LARGEST = 9999.0  # a weight; beyond it a picture is only black and white


class KernelEditor(Retold, QWidget):
    """Signals:
    changed: a person typed another number; `weights` and `divisor` have it.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._size = 3
        self._cells = [[self._cell() for _ in range(LARGEST_KERNEL)] for _ in range(LARGEST_KERNEL)]
        self._divisor, self._divide = self._cell(), label("small")
        self._divisor.setFixedWidth(64)
        self._divide.setBuddy(self._divisor)
        self._problem = label("caption", wrap=True, tone="bad")
        self._problem.hide()
        grid = QGridLayout()
        grid.setSpacing(GAP)
        grid.setContentsMargins(0, 0, 0, 0)
        for r, line in enumerate(self._cells):
            for c, cell in enumerate(line):
                grid.addWidget(cell, r, c)
        below = row(self._divide, None, self._divisor)
        self.setLayout(column(row(grid, None), self._problem, below, gap=6))
        self.show_kernel(((1.0,),), 1.0)
        self.retranslate()

    def _cell(self) -> QLineEdit:
        cell = QLineEdit()
        cell.setFixedWidth(CELL)
        cell.setAlignment(Qt.AlignmentFlag.AlignCenter)
        cell.setStyleSheet("padding: 0")
        cell.textEdited.connect(self._typed)
        return cell

    def retranslate(self) -> None:
        self._divide.setText(self.tr("Divide the sum by"))
        self._divisor.setAccessibleName(self.tr("Divide the sum by"))
        for r, line in enumerate(self._cells):
            for c, cell in enumerate(line):
                cell.setAccessibleName(self.tr("Weight in row {row}, column {column}").format(row=r + 1, column=c + 1))
        self._check()

    @property
    def side(self) -> int:
        """How many rows it has."""
        return self._size

    @property
    def weights(self) -> Weights | None:
        """The numbers; None while something else stands in a cell."""
        rows = [[_value(cell.text()) for cell in line[: self._size]] for line in self._cells[: self._size]]
        if any(v is None for line in rows for v in line):
            return None
        return tuple(tuple(float(v) for v in line if v is not None) for line in rows)

    @property
    def divisor(self) -> float | None:
        """What sums are divided by; None while it is no number, or 0."""
        return _value(self._divisor.text()) or None

    def show_kernel(self, weights: Weights, divisor: float) -> None:
        """Show these numbers without telling anybody."""
        self._fit(len(weights))
        for r, line in enumerate(weights):
            for c, value in enumerate(line):
                self._cells[r][c].setText(number(value))
        self._divisor.setText(number(divisor))
        self._check()

    def resize_kernel(self, size: int) -> None:
        """Another size: what is there stays in the middle, new places get 0."""
        old = self.weights or tuple((0.0,) * self._size for _ in range(self._size))
        shift = (size - self._size) // 2 if size >= self._size else -((self._size - size) // 2)
        grown = [[0.0] * size for _ in range(size)]
        for r, line in enumerate(old):
            for c, value in enumerate(line):
                if 0 <= r + shift < size and 0 <= c + shift < size:
                    grown[r + shift][c + shift] = value
        self.show_kernel(tuple(map(tuple, grown)), self.divisor or 1.0)

    def _fit(self, size: int) -> None:
        self._size = size
        for r, line in enumerate(self._cells):
            for c, cell in enumerate(line):
                cell.setVisible(r < size and c < size)

    def _typed(self) -> None:
        if self._check():
            self.changed.emit()

    def _check(self) -> bool:
        """Mark what is no number; True when all are."""
        cells = [cell for line in self._cells[: self._size] for cell in line[: self._size]]
        for cell in cells:
            restyle(cell, bad=_value(cell.text()) is None)
        restyle(self._divisor, bad=self.divisor is None)
        good = self.weights is not None and self.divisor is not None
        self._problem.setText("" if good else self.tr("Numbers only, and never divide by 0."))
        self._problem.setVisible(not good)
        return good


def _value(text: str) -> float | None:
    try:
        value = float(text.strip().replace("−", "-").replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= LARGEST else None
