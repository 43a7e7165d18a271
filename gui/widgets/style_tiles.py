"""Pictures to choose from: framed styles with title and painter, the layers of a network, the steps of a painting."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui import theme
from gui.widgets.images import to_image

GAP = 8


class Tiles(QWidget):
    """A grid of pictures with lines of words under each; one is chosen, or several where `many`.

    Signals:
        chosen: (int) a person chose a tile, or with `many` switched it.
    """

    chosen = Signal(int)

    def __init__(self, columns: int, height: int, lines: int, *, many: bool = False, framed: bool = False) -> None:
        super().__init__()
        self._columns, self._height, self._lines = columns, height, lines
        self._many, self._framed = many, framed
        self._pictures: list[QImage] = []
        self._words: list[tuple[str, ...]] = []
        self._on: set[int] = set()
        self._at = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_tiles(self, pictures: Sequence[np.ndarray], words: Sequence[tuple[str, ...]]) -> None:
        """Show these, (H, W) or (H, W, 3) uint8, each with its lines."""
        self._pictures = [to_image(picture) for picture in pictures]
        self.show_words(words)

    def show_words(self, words: Sequence[tuple[str, ...]]) -> None:
        """Other words under the same pictures."""
        self._words = list(words)
        self.updateGeometry()
        self.update()

    def choose(self, *places: int) -> None:
        """Mark these without telling anybody."""
        self._on = set(places)
        self._at = min(places, default=0)
        said = [", ".join(self._words[place]) for place in sorted(self._on) if place < len(self._words)]
        self.setAccessibleDescription("; ".join(said))
        self.update()

    def on(self) -> tuple[int, ...]:
        """Which are chosen, in order."""
        return tuple(sorted(self._on))

    def count(self) -> int:
        """How many tiles there are."""
        return len(self._pictures)

    def _tall(self) -> float:
        return self._height + self._lines * 16 * theme.scale() + 6

    def sizeHint(self) -> QSize:
        rows = -(-max(1, len(self._pictures)) // self._columns)
        return QSize(200, int(rows * (self._tall() + GAP)))

    def place(self, number: int) -> QRectF:
        """Where a tile lies, words included."""
        wide = (self.width() - GAP * (self._columns - 1)) / self._columns
        line, column = divmod(number, self._columns)
        return QRectF(column * (wide + GAP), line * (self._tall() + GAP), wide, self._tall())

    def _under(self, at: QPointF) -> int:
        return next((i for i in range(len(self._pictures)) if self.place(i).contains(at)), -1)

    def _press(self, number: int) -> None:
        if self._many:
            self.choose(*(self._on ^ {number}))
        else:
            self.choose(number)
        self._at = number
        self.chosen.emit(number)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and (number := self._under(event.position())) >= 0:
            self._press(number)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        moves |= {Qt.Key.Key_Up: -self._columns, Qt.Key.Key_Down: self._columns}
        if event.key() in moves and self._pictures:
            to = min(max(self._at + moves[Qt.Key(event.key())], 0), len(self._pictures) - 1)
            if self._many:
                self._at = to
                self.update()
            else:
                self._press(to)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._pictures:
            self._press(self._at)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            number = self._under(QPointF(event.pos()))  # type: ignore[attr-defined]  # a QHelpEvent
            if number >= 0:
                QToolTip.showText(event.globalPos(), "\n".join(self._words[number]))  # type: ignore[attr-defined]
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._framed)
        for number, picture in enumerate(self._pictures):
            self._paint_tile(p, number, picture)

    def _paint_tile(self, p: QPainter, number: int, picture: QImage) -> None:
        now, tile = theme.current(), self.place(number)
        box = QRectF(tile.left() + 1, tile.top() + 1, tile.width() - 2, self._height - 2)
        on = number in self._on
        p.setBrush(QColor(now.well))
        focused = self.hasFocus() and number == self._at
        p.setPen(QPen(QColor(now.you if on or focused else now.line), 2 if on or focused else 1))
        p.drawRoundedRect(box, 6, 6)
        room = box.adjusted(*((5, 5, -5, -5) if self._framed else (3, 3, -3, -3)))
        size = picture.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        inner = QRectF(QPointF(), size.toSizeF())
        inner.moveCenter(room.center())
        p.setOpacity(0.35 if self._many and not on else 1.0)
        p.drawImage(inner, picture, QRectF(picture.rect()))
        p.setOpacity(1.0)
        if self._many and on:
            p.drawPixmap(int(box.right() - 18), int(box.top() + 4), theme.pixmap("check", now.you, 14))
        self._paint_words(p, number, tile, on)

    def _paint_words(self, p: QPainter, number: int, tile: QRectF, on: bool) -> None:
        now = theme.current()
        for line, words in enumerate(self._words[number]):
            p.setFont(theme.font("caption", 600 if line == 0 and on else 400))
            p.setPen(QColor(now.text if line == 0 else now.faint))
            shown = p.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(tile.width()))
            top = tile.top() + self._height + 2 + line * 16 * theme.scale()
            p.drawText(QRectF(tile.left(), top, tile.width(), 16 * theme.scale()), Qt.AlignmentFlag.AlignVCenter, shown)
