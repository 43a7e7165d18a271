"""Small parts of the sample inspector: tiles of a steady height, a pixel's colour, a caption of one line."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui import theme
from gui.widgets.layout import role
from gui.widgets.pictures import Tiles


class InspectorTiles(Tiles):
    """Tiles in a fixed number of columns. Their height never depends on the width: the scroll bar that a
    higher column brings would change the width again, and so on for ever."""

    def __init__(self, columns: int) -> None:
        super().__init__(gap=5)
        self._across, self._count, self._largest = columns, columns, 52
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumSize(0, 0)
        self.show_count(columns)

    def show_count(self, count: int) -> None:
        """Keep room for this many tiles, two rows at least; one or two tiles take the height of both."""
        self._count = count
        rows = max(2, -(-count // self._across))
        self.setFixedHeight(rows * (self._largest + self._gap) - self._gap)
        self._fit()

    def set_largest(self, side: int) -> None:
        """How large a tile may be, in logical pixels; smaller where the column is narrow."""
        self._largest = side
        self.show_count(self._count)

    def _fit(self) -> None:
        few = self._count <= 2
        largest, across = (self.height(), 2) if few else (self._largest, self._across)
        self._tile = min(largest, max(16, (self.width() + self._gap) // across - self._gap))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()


class Swatch(QWidget):
    """The colour of one pixel."""

    def __init__(self) -> None:
        super().__init__()
        self._colour: QColor | None = None
        self.setFixedSize(28, 28)

    def show_value(self, value: np.ndarray | None) -> None:
        """A grey value or an RGB triple; None for nothing."""
        if value is None:
            self._colour = None
        else:
            r, g, b = (int(v) for v in np.broadcast_to(value, 3))
            self._colour = QColor(r, g, b)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(QColor(theme.current().line))
        p.setBrush(self._colour or QColor(theme.current().well))
        p.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


class OneLine(QWidget):
    """A caption whose second part is shortened in its middle instead of pushing the column wider."""

    def __init__(self) -> None:
        super().__init__()
        self._first, self._rest = "", ""
        self.setFixedHeight(round(16 * theme.scale()))

    def show_words(self, first: str, rest: str) -> None:
        """Say `first` and as much of `rest` (a path, a remark) as fits; all of it is in the tooltip."""
        self._first, self._rest = first, rest
        self.setToolTip(f"{first}\n{rest}".strip())
        self.setAccessibleName(f"{first}. {rest}".strip(". "))
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedHeight(round(16 * theme.scale()))

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setFont(theme.font("caption"))
        p.setPen(QColor(theme.current().faint))
        first = f"{self._first} · " if self._rest else self._first
        taken = p.fontMetrics().horizontalAdvance(first)
        rest = p.fontMetrics().elidedText(self._rest, Qt.TextElideMode.ElideMiddle, max(0, self.width() - taken))
        p.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, first + rest)


class ShortLabel(QLabel):
    """A label that ends in "…" where it has no room, and never asks for more width; all of it is in the tooltip.

    lines: how many it may take before that.
    """

    def __init__(self, kind: str, *, lines: int = 1) -> None:
        super().__init__()
        self._lines = lines
        role(self, kind)
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(lines > 1)
        self.setSizePolicy(policy)
        self._words = ""

    def say(self, words: str) -> None:
        """Show as much of `words` as fits."""
        self._words = words
        self.setAccessibleName(words)
        self._fit()

    def _laid(self, room: int) -> list[str]:
        """The words in lines; only the last may be wider than `room`, or a word that is."""
        metrics, lines, rest = self.fontMetrics(), list[str](), self._words.split(" ")
        while rest and len(lines) < self._lines - 1:
            fits = 1
            while fits < len(rest) and metrics.horizontalAdvance(" ".join(rest[: fits + 1])) <= room:
                fits += 1
            lines.append(" ".join(rest[:fits]))
            rest = rest[fits:]
        return lines + ([" ".join(rest)] if rest else [])

    def _fit(self) -> None:
        metrics, room = self.fontMetrics(), max(0, self.width())
        lines = self._laid(room)
        shown = [metrics.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in lines]
        self.setText("\n".join(shown))
        self.setToolTip(self._words if shown != lines else "")

    def heightForWidth(self, width: int) -> int:
        return self.fontMetrics().size(0, "\n".join(self._laid(width))).height()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._words), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fit()
