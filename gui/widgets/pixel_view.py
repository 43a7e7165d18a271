"""One picture with crisp pixels, to be read pixel by pixel: pointer or arrows, zoom, values as numbers."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme

NUMBER_CELL = 19  # logical pixels a cell needs before a three-digit number can be read in it
ZOOM_STEP, MOST_ZOOM = 1.25, 16.0
BRIGHT = 118  # above this a number is written dark: both inks then keep 4.5 or nearly so on every grey


class PixelView(QWidget):
    """A small picture shown large; one pixel of it may be pointed at.

    Signals:
        pointed: (int, int) x and y of the pixel pointed at; −1, −1 when none is.
        opened: Enter or a double click.
        stepped: (int) PageDown (+1) or PageUp (−1), for the next picture.
        viewed: another part of the picture is shown; see `view`.
    """

    pointed = Signal(int, int)
    opened = Signal()
    stepped = Signal(int)
    viewed = Signal()

    def __init__(self, side: int = 0, parent: QWidget | None = None) -> None:
        """A view of `side` logical pixels square, or one that takes the room it gets."""
        super().__init__(parent)
        self._image = np.zeros((0, 0), np.uint8)
        self._shown, self._small = QImage(), QImage()
        self._probe = (-1, -1)
        self._numbers = False
        self._zoom, self._centre = 1.0, QPointF(0.5, 0.5)
        self._dragged: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        if side:
            self.setFixedSize(side, side)
        else:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(400, 400)

    # What is shown

    def show_image(self, image: np.ndarray | None) -> None:
        """Show (H, W) or (H, W, 3) uint8; the pixel pointed at stays if the new picture has it."""
        image = np.zeros((0, 0), np.uint8) if image is None else np.ascontiguousarray(image)
        if image.shape[:2] != self._image.shape[:2]:
            self._zoom, self._centre = 1.0, QPointF(0.5, 0.5)
        self._image = image
        height, width = image.shape[:2]
        form = QImage.Format.Format_Grayscale8 if image.ndim == 2 else QImage.Format.Format_RGB888
        self._shown = QImage(image.data, width, height, image.strides[0], form) if image.size else QImage()
        self._small = QImage()
        x, y = self._probe
        self.point(x, y, again=True)
        self.update()

    def set_numbers(self, on: bool) -> None:
        """Write the values over the pixels, once cells are large enough."""
        self._numbers = on
        self.update()

    @property
    def numbers_fit(self) -> bool:
        """True when cells are large enough for numbers at the present zoom."""
        return bool(self._image.size) and self._cell() >= self._needed_cell()

    @property
    def probe(self) -> tuple[int, int]:
        """x and y of the pixel pointed at; (−1, −1) when none is."""
        return self._probe

    def point(self, x: int, y: int, *, again: bool = False) -> None:
        """Point at a pixel; outside of the picture means none. Tells only of changes, unless `again`."""
        height, width = self._image.shape[:2]
        found = (x, y) if 0 <= x < width and 0 <= y < height else (-1, -1)
        if found != self._probe or again:
            self._probe = found
            self.update()
            self.pointed.emit(*found)

    @property
    def view(self) -> tuple[float, float, float]:
        """Zoom (1 = all of it) and the place in the middle of the view, as shares of width and height."""
        return self._zoom, self._centre.x(), self._centre.y()

    def follow(self, view: tuple[float, float, float]) -> None:
        """Show the same part as another view of the same picture, without telling anybody."""
        self._zoom, self._centre = view[0], QPointF(view[1], view[2])
        self.update()

    # Geometry

    def _cell(self) -> float:
        """Logical pixels for one pixel of the picture; whole device pixels where that is large enough."""
        height, width = self._image.shape[:2]
        fit = min(self.width() / width, self.height() / height) * self._zoom
        ratio = self.devicePixelRatioF()
        whole = int(fit * ratio)
        return whole / ratio if whole >= 6 else fit

    def _needed_cell(self) -> float:
        return NUMBER_CELL * theme.scale() * (1.0 if self._image.ndim == 2 else 1.8)

    def _target(self) -> QRectF:
        """Where the whole picture lies in the widget; larger than it when zoomed."""
        cell = self._cell()
        height, width = self._image.shape[:2]
        w, h = width * cell, height * cell
        x = self._start(w, self.width(), self._centre.x())
        y = self._start(h, self.height(), self._centre.y())
        ratio = self.devicePixelRatioF()
        return QRectF(round(x * ratio) / ratio, round(y * ratio) / ratio, w, h)

    @staticmethod
    def _start(length: float, room: float, centre: float) -> float:
        if length <= room:
            return (room - length) / 2
        return min(0.0, max(room - length, room / 2 - centre * length))

    def pixel_at(self, point: QPointF) -> tuple[int, int]:
        """The pixel under a point of the widget; (−1, −1) beside the picture."""
        if not self._image.size:
            return -1, -1
        target, cell = self._target(), self._cell()
        if not target.contains(point):
            return -1, -1
        height, width = self._image.shape[:2]
        x, y = int((point.x() - target.x()) / cell), int((point.y() - target.y()) / cell)
        return min(x, width - 1), min(y, height - 1)

    def rect_of(self, x: int, y: int) -> QRectF:
        """Where a pixel of the picture is in the widget."""
        target, cell = self._target(), self._cell()
        return QRectF(target.x() + x * cell, target.y() + y * cell, cell, cell)

    # Hand

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._dragged is not None and self._zoom > 1:
            target, moved = self._target(), at - self._dragged
            self._centre -= QPointF(moved.x() / target.width(), moved.y() / target.height())
            self._keep_centre()
            self._dragged = at
            self.update()
            self.viewed.emit()
        self.point(*self.pixel_at(at))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragged = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit()

    def leaveEvent(self, event: QEvent) -> None:
        if not self.hasFocus():  # with the keyboard the pixel stays until the keyboard leaves
            self.point(-1, -1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / 120
        if self._image.size and notches:
            self._zoom_by(ZOOM_STEP**notches, event.position())
        event.accept()

    def _zoom_by(self, factor: float, about: QPointF) -> None:
        """Zoom so that the pixel under `about` stays under it."""
        old = self._target()
        u, v = (about.x() - old.x()) / old.width(), (about.y() - old.y()) / old.height()
        self._zoom = min(max(self._zoom * factor, 1.0), MOST_ZOOM)
        cell = self._cell()
        height, width = self._image.shape[:2]
        w, h = width * cell, height * cell
        self._centre = QPointF(u + (self.width() / 2 - about.x()) / w, v + (self.height() / 2 - about.y()) / h)
        self._keep_centre()
        self.update()
        self.viewed.emit()

    def _keep_centre(self) -> None:
        self._centre = QPointF(min(max(self._centre.x(), 0.0), 1.0), min(max(self._centre.y(), 0.0), 1.0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrows = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        key, middle = Qt.Key(event.key()), QPointF(self.width() / 2, self.height() / 2)
        if key in arrows and self._image.size:
            self._step(*arrows[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.stepped.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal) and self._image.size:
            self._zoom_by(ZOOM_STEP, middle)
        elif key == Qt.Key.Key_Minus and self._image.size:
            self._zoom_by(1 / ZOOM_STEP, middle)
        else:
            event.ignore()

    def _step(self, dx: int, dy: int) -> None:
        """Point at the neighbour of the pixel pointed at (the middle one at first) and keep it in view."""
        height, width = self._image.shape[:2]
        x, y = self._probe if self._probe != (-1, -1) else (width // 2 - dx, height // 2 - dy)
        x, y = min(max(x + dx, 0), width - 1), min(max(y + dy, 0), height - 1)
        if self._zoom > 1 and not QRectF(self.rect()).contains(self.rect_of(x, y)):
            self._centre = QPointF((x + 0.5) / width, (y + 0.5) / height)
            self.viewed.emit()
        self.point(x, y)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if not self.underMouse():
            self.point(-1, -1)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.update()

    # Paint

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        now = theme.current()
        if not self._image.size:
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(now.well))
            p.drawRoundedRect(QRectF(self.rect()), 8, 8)
            return
        target = self._target()
        visible = target.intersected(QRectF(self.rect()))
        path = QPainterPath()
        path.addRoundedRect(visible, 6, 6)
        p.save()
        p.setClipPath(path)
        self._paint_picture(p, target)
        self._paint_marks(p, target)
        if self._numbers and self.numbers_fit:
            self._paint_numbers(p, visible)
        p.restore()
        if self._probe != (-1, -1):
            self._paint_probe(p)
        if self.hasFocus():
            p.setPen(QPen(QColor(now.you), 2))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawRoundedRect(visible.adjusted(1, 1, -1, -1), 6, 6)

    def _paint_picture(self, p: QPainter, target: QRectF) -> None:
        """Crisp pixels where they are large; a picture larger than its place is reduced once and kept."""
        if self._cell() * self.devicePixelRatioF() >= 1:
            p.drawImage(target, self._shown)
            return
        size = (target.size() * self.devicePixelRatioF()).toSize()
        if self._small.size() != size:
            smooth = Qt.TransformationMode.SmoothTransformation
            self._small = self._shown.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
        p.drawImage(target, self._small)

    def _paint_marks(self, p: QPainter, target: QRectF) -> None:
        """Whatever lies over the picture; `target` is where all of it is."""

    def _paint_numbers(self, p: QPainter, visible: QRectF) -> None:
        marks, cell = theme.Theme("dark"), self._cell()  # marks on pictures are the same in both themes
        inks = QColor(marks.text), QColor(marks.ink)
        empty = QColor(marks.faint)  # many, and they say little
        p.setFont(
            theme.font(max(7, min(13, int(cell * (0.42 if self._image.ndim == 2 else 0.24) / theme.scale()))), 500)
        )
        x0, y0 = self.pixel_at(visible.topLeft() + QPointF(0.5, 0.5))
        x1, y1 = self.pixel_at(visible.bottomRight() - QPointF(0.5, 0.5))
        for y in range(y0, y1 + 1):
            for x in range(x0, x1 + 1):
                value = self._image[y, x]
                p.setPen(inks[float(value.mean()) > BRIGHT] if value.any() else empty)
                words = str(value) if self._image.ndim == 2 else "\n".join(str(v) for v in value)
                p.drawText(self.rect_of(x, y), Qt.AlignmentFlag.AlignCenter, words)

    def _paint_probe(self, p: QPainter) -> None:
        marks, cell = theme.Theme("dark"), self.rect_of(*self._probe)
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.setPen(QPen(QColor(marks.ink), 1))
        p.drawRect(cell.adjusted(-2, -2, 2, 2))
        p.setPen(QPen(QColor(marks.you), 2))
        p.drawRect(cell.adjusted(-0.5, -0.5, 0.5, 0.5))
