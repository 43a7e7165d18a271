"""What could come next: the likeliest words as bars, the likeliest first; a click takes one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme

ROW, NAME, FIGURE = 26, 0.42, 58  # pixels of a row; share of the width for the word; pixels for the figure


class CaptionBars(QWidget):
    """Words with their probabilities. The word that stands in the sentence is marked; arrows and Enter choose.

    Signals:
        chosen: (int) a person took this row.
    """

    chosen = Signal(int)

    def __init__(self, rows: int = 10) -> None:
        super().__init__()
        self._rows = rows
        self.words: tuple[str, ...] = ()
        self.shares: tuple[float, ...] = ()
        self._stands, self._mine, self._under, self._at = -1, False, -1, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(round(rows * ROW * theme.scale()))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:
        return QSize(240, self.height())

    def show_words(
        self, words: Sequence[str], shares: Sequence[float], *, stands: int = -1, mine: bool = False
    ) -> None:
        """Show these, shares in [0, 1]; `stands`: the row of the word that was taken, −1 for none of them.

        `mine`: a person took it.
        """
        self.words, self.shares = tuple(words[: self._rows]), tuple(shares[: self._rows])
        self._stands, self._mine, self._at = stands, mine, max(0, stands)
        told = [f"{word} {share:.1%}" for word, share in zip(self.words, self.shares, strict=True)]
        self.setAccessibleDescription(", ".join(told))
        self.update()

    def place(self, row: int) -> QRectF:
        """Where a row lies."""
        high = self.height() / self._rows
        return QRectF(0, row * high, self.width(), high)

    def _row_at(self, y: float) -> int:
        row = int(y // (self.height() / self._rows))
        return row if 0 <= row < len(self.words) else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().y())
        if row != self._under:
            self._under = row
            self.setCursor(Qt.CursorShape.PointingHandCursor if row >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._under = -1
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().y())
        if event.button() == Qt.MouseButton.LeftButton and row >= 0:
            self._at = row
            self.chosen.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in moves and self.words:
            self._at = min(max(self._at + moves[Qt.Key(event.key())], 0), len(self.words) - 1)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at < len(self.words):
            self.chosen.emit(self._at)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        p, now = QPainter(self), theme.current()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max(self.shares, default=1.0) or 1.0
        for row, (word, share) in enumerate(zip(self.words, self.shares, strict=True)):
            self._paint_row(p, self.place(row), row, word, share, share / most)
        if self.hasFocus() and self.words:
            p.setPen(QPen(QColor(now.you), 2))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawRoundedRect(self.place(self._at).adjusted(1, 1, -1, -1), 6, 6)

    def _paint_row(self, p: QPainter, box: QRectF, row: int, word: str, share: float, part: float) -> None:
        now, stands = theme.current(), row == self._stands
        p.setPen(Qt.PenStyle.NoPen)
        if stands or row == self._under:
            ground = (now.you_soft if self._mine else now.net_soft) if stands else now.raised
            p.setBrush(QColor(ground))
            p.drawRoundedRect(box.adjusted(0, 1, 0, -1), 6, 6)
        name = QRectF(box.left() + 8, box.top(), box.width() * NAME - 12, box.height())
        p.setFont(theme.font("small", 600 if stands else 400))
        p.setPen(QColor(now.text if stands else now.dim))
        words = p.fontMetrics().elidedText(word, Qt.TextElideMode.ElideRight, int(name.width()))
        p.drawText(name, Qt.AlignmentFlag.AlignVCenter, words)
        figure = FIGURE * theme.scale()
        right = QRectF(box.right() - figure, box.top(), figure - 8, box.height())
        p.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{share * 100:.1f}\u2009%")
        track = QRectF(box.left() + box.width() * NAME, box.center().y() - 4, 0, 8)
        track.setRight(box.right() - figure)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(now.hover))
        p.drawRoundedRect(track, 3, 3)
        ink = QColor(now.you if stands and self._mine else now.net)
        ink.setAlphaF(1.0 if stands else 0.5)
        p.setBrush(ink)
        p.drawRoundedRect(QRectF(track.left(), track.top(), max(3.0, track.width() * part), track.height()), 3, 3)
