"""What a room of the Live tab is made of: the stage, and beside it what is set, with the explanation at its foot."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QWidget

from gui.widgets.basics import column, label, role, row
from gui.widgets.lens import Lens

SIDE = 284  # logical pixels, its scroll bar included
_BAR = 12


def scrolled(inner: QWidget) -> QScrollArea:
    """`inner` in a frameless area that scrolls up and down only."""
    area = QScrollArea()
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    inner.setAutoFillBackground(False)
    return area


def with_side(stage: QWidget, inner: QWidget) -> tuple[QHBoxLayout, Lens]:
    """The stage, and right of it `inner` over an explanation card."""
    lens = Lens()
    side = QWidget()
    side.setFixedWidth(SIDE)
    side.setLayout(column((scrolled(inner), 1), lens, gap=8))
    return row((stage, 1), side, gap=12), lens


class Sums(QFrame):
    """Lines of arithmetic in a well: as long as they are, they wrap and scroll; they can be copied."""

    def __init__(self, high: int) -> None:
        super().__init__()
        role(self, "well")
        self._lines: QLabel = label("small", wrap=True)
        self._lines.setProperty("mono", True)
        self._lines.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lines.setAlignment(Qt.AlignmentFlag.AlignTop)
        holder = QWidget()
        holder.setLayout(column(self._lines, None, margins=(12, 8, _BAR, 8)))
        self.setLayout(column(scrolled(holder), gap=0))
        self.setFixedHeight(high)

    def say(self, lines: str) -> None:
        """Show these lines."""
        self._lines.setText(lines)

    def text(self) -> str:
        """What stands there."""
        return self._lines.text()
