"""A picture and what a convolution made of it, side by side; a click chooses the pixel that is explained."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.live.convolution import Convolved
from gui import theme
from gui.widgets.images import to_image

GAP, CAPTION = 12, 20
_STEPS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}


class PicturePair(QWidget):
    """Input left, result right; the window of the chosen pixel is framed in both. Arrow keys move it.

    Signals:
        pointed: (int, int) row and column of the output pixel a person chose.
    """

    pointed = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._found: Convolved | None = None
        self._images = (QImage(), QImage())
        self._captions = ("", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(360, 170)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def sizeHint(self) -> QSize:
        return QSize(640, 300)

    def show_found(self, found: Convolved, captions: tuple[str, str]) -> None:
        """Show an answer of the lab, with a word over each picture."""
        self._found, self._captions = found, captions
        self._images = (to_image(found.picture), to_image(found.result))
        self.update()

    def _rooms(self) -> tuple[QRectF, QRectF]:
        """Where the pictures lie: both with the same scale of the input."""
        wide = (self.width() - GAP) / 2
        rooms = []
        for i, image in enumerate(self._images):
            if image.isNull():
                rooms.append(QRectF())
                continue
            free = QSize(int(wide), self.height() - CAPTION)
            size = image.size().scaled(free, Qt.AspectRatioMode.KeepAspectRatio)
            top = CAPTION + (free.height() - size.height()) / 2
            rooms.append(QRectF(i * (wide + GAP) + (wide - size.width()) / 2, top, size.width(), size.height()))
        return rooms[0], rooms[1]

    # Choosing

    def _choose(self, row: int, column: int) -> None:
        assert self._found is not None
        height, width = self._found.sizes[1]
        self.pointed.emit(min(max(row, 0), height - 1), min(max(column, 0), width - 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._point(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._point(event.position())

    def _point(self, at: QPointF) -> None:
        if self._found is None:
            return
        left, right = self._rooms()
        height, width = self._found.sizes[1]
        room = right if at.x() > left.right() + GAP / 2 else left
        if room.isEmpty() or not room.adjusted(-6, -6, 6, 6).contains(at):
            return
        across, down = (at.x() - room.x()) / room.width(), (at.y() - room.y()) / room.height()
        self._choose(int(down * height), int(across * width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or self._found is None:
            event.ignore()
            return
        self._choose(self._found.at[0] + step[0], self._found.at[1] + step[1])

    # Paint

    def paintEvent(self, event: QPaintEvent) -> None:
        p, now = QPainter(self), theme.current()
        p.setFont(theme.font("caption"))
        wide = (self.width() - GAP) / 2
        rooms = self._rooms()
        for i, (room, image) in enumerate(zip(rooms, self._images, strict=True)):
            p.setPen(QColor(now.faint))
            caption = QRectF(i * (wide + GAP), 0, wide, CAPTION - 4)
            p.drawText(caption, Qt.AlignmentFlag.AlignCenter, self._captions[i])
            if image.isNull():
                p.fillRect(QRectF(i * (wide + GAP), CAPTION, wide, self.height() - CAPTION), QColor(now.well))
            else:
                p.drawImage(room, image)
        if self._found is not None:
            self._paint_lost(p, rooms[0], self._found)
            self._paint_window(p, rooms, self._found)
        if self.hasFocus():
            p.setPen(QPen(QColor(now.you), 2))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _paint_lost(self, p: QPainter, room: QRectF, found: Convolved) -> None:
        """Valid padding: no output pixel has its middle in this border (lecture row 14)."""
        layer, width = found.settings.layer, found.picture.shape[1]
        if layer.same or layer.size == 1:
            return
        scale, edge = room.width() / width, (layer.size - 1) / 2
        inner = room.adjusted(edge * scale, edge * scale, -edge * scale, -edge * scale)
        colour = QColor(theme.TOKENS["dark"]["bad"])
        p.setPen(QPen(colour, max(1.0, edge * scale)))
        p.setBrush(Qt.BrushStyle.NoBrush)
        half = max(1.0, edge * scale) / 2
        p.drawRect(inner.adjusted(-half, -half, half, half))

    def _paint_window(self, p: QPainter, rooms: tuple[QRectF, QRectF], found: Convolved) -> None:
        inks = theme.TOKENS["dark"]  # marks on pictures keep the dark theme's inks
        layer, row_column = found.settings.layer, found.terms.at
        top, left = layer.window(row_column)
        scale = rooms[0].width() / found.picture.shape[1]
        box = QRectF(rooms[0].x() + left * scale, rooms[0].y() + top * scale, layer.size * scale, layer.size * scale)
        _frame(p, box, QColor(inks["you"]), QColor(inks["ink"]))
        step = rooms[1].width() / found.result.shape[1]
        one = QRectF(rooms[1].x() + found.at[1] * step, rooms[1].y() + found.at[0] * step, step, step)
        _frame(p, one, QColor(inks["net"]), QColor(inks["ink"]))


def _frame(p: QPainter, box: QRectF, colour: QColor, ground: QColor) -> None:
    """A frame that can be seen on any picture, at least 9 px across."""
    grow = max(0.0, (9 - box.width()) / 2)
    box = box.adjusted(-grow, -grow, grow, grow)
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.setPen(QPen(ground, 4))
    p.drawRect(box)
    p.setPen(QPen(colour, 2))
    p.drawRect(box)
