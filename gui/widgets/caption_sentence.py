"""A sentence set large, word by word; each word can be chosen, and the ones a person put are in iris."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme

PAD = 5  # pixels around a word
LINES = 2  # that are always kept free, so that nothing below moves


class CaptionSentence(QWidget):
    """Words in lines; one is chosen. Left and right choose, Enter asks for another word there.

    Signals:
        chosen: (int) a person chose this word.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.words: tuple[str, ...] = ()
        self.at = -1
        self._mine: frozenset[int] = frozenset()
        self._hint = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._fit()

    def set_hint(self, words: str) -> None:
        """What stands there while there is no sentence."""
        self._hint = words
        self.update()

    def show_words(self, words: Sequence[str], *, mine: Sequence[int] = (), at: int = -1) -> None:
        """Show these; `mine`: places of words that a person put; `at`: the chosen one."""
        self.words, self._mine, self.at = tuple(words), frozenset(mine), at
        self.setAccessibleDescription(" ".join(words))
        self._fit()
        self.update()

    def _font_height(self) -> float:
        return QFontMetricsF(theme.font("title", 600)).height() + 8

    def _fit(self) -> None:
        lines = max((int(box.top() // self._font_height()) + 1 for box in self.places()), default=1)
        self.setFixedHeight(round(max(LINES, lines) * self._font_height()))

    def sizeHint(self) -> QSize:
        return QSize(480, self.height())

    def places(self) -> list[QRectF]:
        """Where each word lies."""
        metrics, x, y, found = QFontMetricsF(theme.font("title", 600)), 0.0, 0.0, list[QRectF]()
        high = self._font_height()
        for number in range(len(self.words)):
            wide = metrics.horizontalAdvance(self._shown(number)) + 2 * PAD
            if x and x + wide > self.width():
                x, y = 0.0, y + high
            found.append(QRectF(x, y, wide, high))
            x += wide + 1
        return found

    def _shown(self, number: int) -> str:
        word = self.words[number]
        return f"{word[0].upper()}{word[1:]}" if number == 0 and word else word

    def _under(self, event: QMouseEvent) -> int:
        return next((i for i, box in enumerate(self.places()) if box.contains(event.position())), -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hand = self._under(event) >= 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        number = self._under(event)
        if event.button() == Qt.MouseButton.LeftButton and number >= 0:
            self.chosen.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Space: 1}
        if event.key() in moves and self.words:
            self.chosen.emit(min(max(self.at + moves[Qt.Key(event.key())], 0), len(self.words) - 1))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        p, now = QPainter(self), theme.current()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.words:
            p.setFont(theme.font("lead"))
            p.setPen(QColor(now.faint))
            p.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, self._hint)
            return
        p.setFont(theme.font("title", 600))
        for number, box in enumerate(self.places()):
            mine, chosen = number in self._mine, number == self.at
            if chosen or mine:
                p.setPen(QPen(QColor(now.you), 2) if chosen and self.hasFocus() else Qt.PenStyle.NoPen)
                p.setBrush(QColor(now.you_soft if mine else now.net_soft))
                p.drawRoundedRect(box.adjusted(1, 3, -1, -3), 6, 6)
            p.setPen(QColor(now.you if mine else now.net if chosen else now.text))
            p.drawText(box, Qt.AlignmentFlag.AlignCenter, self._shown(number))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
