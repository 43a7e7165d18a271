"""Which class was read as which: rows are labels (sand), columns what was read (mint)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui import theme


class Confusion(QWidget):
    """The confusion matrix as squares; mistakes are warm and carry their count where it fits.

    Signals:
        chosen: (int, int) label and reading of the square clicked.
    """

    chosen = Signal(int, int)
    MARGIN = 18  # for the names

    def __init__(self) -> None:
        super().__init__()
        self._matrix: np.ndarray | None = None
        self._names: Sequence[str] = ()
        self.setMinimumSize(110, 110)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_matrix(self, matrix: np.ndarray | None, names: Sequence[str] = ()) -> None:
        """Show (n, n) int64 counts, rows = label; None for none yet."""
        matrix = matrix if matrix is not None and len(matrix) else None  # a lesson without classes has none
        self._matrix, self._names = matrix, names
        if matrix is not None:
            wrong = int(matrix.sum() - np.trace(matrix))
            self.setAccessibleDescription(f"{int(np.trace(matrix)):,} / {int(matrix.sum()):,}, −{wrong:,}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(180, 180)

    def _square(self) -> tuple[float, float]:
        """Left edge and side of one square."""
        assert self._matrix is not None
        side = min(self.width(), self.height()) - self.MARGIN
        return (self.width() - side - self.MARGIN) / 2, side / len(self._matrix)

    def at(self, point: QPointF) -> tuple[int, int] | None:
        """Label and reading under a point."""
        if self._matrix is None:
            return None
        left, c = self._square()
        i, j = int(point.y() // c), int((point.x() - left - self.MARGIN) // c)
        n = len(self._matrix)
        return (i, j) if 0 <= i < n and 0 <= j < n else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (found := self.at(event.position())) is not None:
            self.chosen.emit(*found)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tip(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def _tip(self, point: QPointF) -> str:
        found = self.at(point)
        if found is None or self._matrix is None:
            return ""
        i, j = found
        return f"{self._names[i]} → {self._names[j]}: {int(self._matrix[i, j]):,}"

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._matrix is None:
            return
        now = theme.current()
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setFont(theme.font(10))
        left, c = self._square()
        n, x0 = len(self._matrix), left + self.MARGIN
        share = self._matrix / np.maximum(self._matrix.sum(1, keepdims=True), 1)
        for i in range(n):
            p.setPen(QColor(now.slide))
            p.drawText(QRectF(left, i * c, 14, c), Qt.AlignmentFlag.AlignCenter, self._short(i))
            p.setPen(QColor(now.net))
            p.drawText(QRectF(x0 + i * c, n * c, c, self.MARGIN), Qt.AlignmentFlag.AlignCenter, self._short(i))
            for j in range(n):
                square = QRectF(x0 + j * c + 0.5, i * c + 0.5, c - 1, c - 1)
                self._paint_square(p, square, int(self._matrix[i, j]), float(share[i, j]), right=i == j)

    def _short(self, i: int) -> str:
        if i >= len(self._names):
            return str(i)
        name = self._names[i]
        return name[:1] if name[:1] >= "\u1100" else name[:2]  # one Hangul syllable is as wide as two letters

    @staticmethod
    def _paint_square(p: QPainter, r: QRectF, count: int, share: float, *, right: bool) -> None:
        now = theme.current()
        stops = now.sequential if right else [now.sequential[0], now.warn_soft, now.warn]
        strength = 0.93 * share if right else min(1.0, share * 22) * 0.75
        rgb = theme.ramp(np.array([[strength]]), stops)[0, 0]
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(*(int(v) for v in rgb)) if count else QColor(now.well))
        p.drawRoundedRect(r, 2, 2)
        if not right and count and r.width() >= 13 and share > 0.004:
            p.setPen(QColor(now.text))
            p.drawText(r, Qt.AlignmentFlag.AlignCenter, str(count))
