"""A picture with boxes that a hand can move and resize."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.explain_paint import Shown
from gui.widgets.photo_marks import Frame, paint_tag, tag_rect

REACH = 9.0  # logical pixels round an edge at which it is taken hold of
SMALLEST = 4.0  # pixels of the picture


@dataclass(slots=True, eq=False)
class BoardBox:
    """box: x1 y1 x2 y2 in pixels of the picture. tone: colour of the theme. words: on its tag, below when `low`.

    faded: steps back.
    """

    box: np.ndarray
    tone: str
    words: str = ""
    faded: bool = False
    low: bool = False


class BoxBoard(QWidget):
    """Drag a box to move it, its edges to resize it. Arrows move the chosen one by a pixel (Shift: eight; Ctrl:
    its lower right corner), PageUp and PageDown choose another.

    Signals:
        began: (int) a drag or the first key begins. moved: (int) the box lies elsewhere. chosen: (int) another one.
    """

    began = Signal(int)
    moved = Signal(int)
    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.boxes: list[BoardBox] = []
        self.ghosts: Sequence[tuple[np.ndarray, str, str]] = ()  # box, tone, words: dashed, not to be moved
        self.cells = 0  # pixels between faint lines, 0 = none
        self._shown: Shown | None = None
        self._at = -1
        self._drag: tuple[QPointF, np.ndarray, tuple[bool, bool, bool, bool]] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 150)

    def sizeHint(self) -> QSize:
        return QSize(480, 360)

    def show_picture(self, picture: np.ndarray) -> None:
        """(H, W, 3) uint8 RGB under the boxes."""
        self._shown = Shown(picture)
        self.update()

    @property
    def picture_size(self) -> tuple[int, int]:
        """Width and height of the picture in its pixels; (0, 0) without one."""
        return (self._shown.width, self._shown.height) if self._shown else (0, 0)

    @property
    def at(self) -> int:
        """The chosen box, −1 = none."""
        return self._at

    def choose(self, index: int) -> None:
        """Choose a box without telling anybody."""
        self._at = index if index < len(self.boxes) else -1
        self.update()

    def _frame(self) -> Frame:
        assert self._shown
        return self._shown.frame(QRectF(self.rect()))[1]

    def point_of(self, x: float, y: float) -> QPointF:
        """Where a pixel of the picture is in the widget."""
        return self._frame().point(x, y)

    # Hand

    def _hit(self, at: QPointF) -> tuple[int, tuple[bool, bool, bool, bool]]:
        """The box under a point and which of its edges (left, top, right, bottom) are held; none = all of it moves."""
        frame, best = self._frame(), (-1, (False, False, False, False))
        order = sorted(range(len(self.boxes)), key=lambda i: (i != self._at, _area(self.boxes[i].box)))
        for index in order:
            r = frame.box(self.boxes[index].box)
            if not r.adjusted(-REACH, -REACH, REACH, REACH).contains(at):
                continue
            edges = (
                abs(at.x() - r.left()) <= REACH,
                abs(at.y() - r.top()) <= REACH,
                abs(at.x() - r.right()) <= REACH,
                abs(at.y() - r.bottom()) <= REACH,
            )
            if any(edges) or r.contains(at):
                both = (edges[0] and edges[2]) or (edges[1] and edges[3])  # tiny: hold its lower right
                return index, (False, False, True, True) if both else edges
        return best

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._shown is None:
            return
        index, edges = self._hit(event.position())
        if index < 0:
            return
        if index != self._at:
            self._at = index
            self.chosen.emit(index)
        self._drag = (event.position(), self.boxes[index].box.copy(), edges)
        self.began.emit(index)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is None:
            self._show_cursor(event.position())
            return
        start, before, edges = self._drag
        frame, moved = self._frame(), event.position() - start
        self._place(before, moved.x() / frame.across, moved.y() / frame.down, edges)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag = None

    def _show_cursor(self, at: QPointF) -> None:
        index, edges = self._hit(at) if self._shown else (-1, (False,) * 4)
        if index < 0:
            shape = Qt.CursorShape.ArrowCursor
        elif not any(edges):
            shape = Qt.CursorShape.SizeAllCursor
        elif (edges[0] or edges[2]) and (edges[1] or edges[3]):
            falling = (edges[0] and edges[1]) or (edges[2] and edges[3])
            shape = Qt.CursorShape.SizeFDiagCursor if falling else Qt.CursorShape.SizeBDiagCursor
        else:
            shape = Qt.CursorShape.SizeHorCursor if edges[0] or edges[2] else Qt.CursorShape.SizeVerCursor
        self.setCursor(shape)

    def _place(self, before: np.ndarray, dx: float, dy: float, edges: tuple[bool, bool, bool, bool]) -> None:
        """Move the chosen box, or those edges of it, and keep it in the picture."""
        width, height = self.picture_size
        box = before.astype(np.float64)
        if any(edges):
            x1, y1, x2, y2 = (v + (d if held else 0) for v, d, held in zip(box, (dx, dy, dx, dy), edges, strict=True))
            x1, x2 = _ordered(x1, x2, width, left=edges[0])
            y1, y2 = _ordered(y1, y2, height, left=edges[1])
        else:
            dx = min(max(dx, -box[0]), width - box[2])
            dy = min(max(dy, -box[1]), height - box[3])
            x1, y1, x2, y2 = box + np.array([dx, dy, dx, dy])
        self.boxes[self._at].box = np.array([x1, y1, x2, y2], np.float32)
        self.update()
        self.moved.emit(self._at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
        turns = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        key = Qt.Key(event.key())
        if key in turns and self.boxes:
            self._at = (self._at + turns[key]) % len(self.boxes)
            self.chosen.emit(self._at)
            self.update()
        elif key in steps and self._at >= 0 and self._shown:
            by = 8 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            corner = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if not event.isAutoRepeat():
                self.began.emit(self._at)
            dx, dy = (by * s for s in steps[key])
            self._place(self.boxes[self._at].box, dx, dy, (False, False, corner, corner))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._at < 0 and self.boxes:
            self._at = 0
            self.chosen.emit(0)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    # Paint

    def paintEvent(self, event: QPaintEvent) -> None:
        p, now = QPainter(self), theme.current()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect())
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(now.well))
        p.drawRoundedRect(room, 8, 8)
        if self._shown is None:
            return
        self._shown.paint(p, room)
        target, frame = self._shown.frame(room)
        p.setBrush(Qt.BrushStyle.NoBrush)
        if self.cells:
            self._paint_cells(p, target, frame)
        for box, tone, words in self.ghosts:
            self._paint_box(p, frame, target, BoardBox(box, tone, words, low=True), dashed=True)
        for index in sorted(range(len(self.boxes)), key=lambda i: i == self._at):
            self._paint_box(p, frame, target, self.boxes[index], chosen=index == self._at)
        if self.hasFocus():
            p.setPen(QPen(QColor(now.you), 2))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawRoundedRect(room.adjusted(1, 1, -1, -1), 8, 8)

    def _paint_cells(self, p: QPainter, target: QRectF, frame: Frame) -> None:
        line = QColor(theme.Theme("dark").text)
        line.setAlphaF(0.22)
        p.setPen(QPen(line, 1))
        width, height = self.picture_size
        for x in range(0, width + 1, self.cells):
            p.drawLine(frame.point(x, 0), frame.point(x, height))
        for y in range(0, height + 1, self.cells):
            p.drawLine(frame.point(0, y), frame.point(width, y))

    def _paint_box(
        self, p: QPainter, frame: Frame, room: QRectF, one: BoardBox, *, chosen: bool = False, dashed: bool = False
    ) -> None:
        marks = theme.Theme("dark")
        colour = QColor(getattr(marks, one.tone))
        if one.faded:
            colour.setAlphaF(0.4)
        r = frame.box(one.box)
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.setPen(QPen(QColor(marks.ink), 4 if chosen else 3))
        p.drawRect(r)
        pen = QPen(colour, 3 if chosen else 2, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine)
        p.setPen(pen)
        p.drawRect(r)
        if chosen:
            p.setPen(QPen(QColor(marks.ink), 1))
            p.setBrush(colour)
            for corner in (r.topLeft(), r.topRight(), r.bottomLeft(), r.bottomRight()):
                p.drawRect(QRectF(corner.x() - 4, corner.y() - 4, 8, 8))
        if one.words:
            p.setFont(theme.font(11, 600))
            tag = tag_rect(p, one.words, QPointF(r.x(), r.y()), room)
            if one.low:
                tag.moveBottom(min(r.bottom() + tag.height(), room.bottom()))
            paint_tag(p, tag, one.words, colour)


def _area(box: np.ndarray) -> float:
    return float((box[2] - box[0]) * (box[3] - box[1]))


def _ordered(low: float, high: float, end: float, *, left: bool) -> tuple[float, float]:
    """Both inside 0 … end and at least `SMALLEST` apart; the edge that is not held stays."""
    low, high = min(max(low, 0.0), end), min(max(high, 0.0), end)
    if high - low < SMALLEST:
        low, high = (max(0.0, high - SMALLEST), high) if left else (low, min(end, low + SMALLEST))
    return low, high
