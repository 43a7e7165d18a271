"""A wall of up to hundreds of thousands of small pictures, as one widget.

Nothing is kept per picture: each paint gathers the visible tiles from the uint8 array (which may
be a memmap, or thumbnails that are still being made) into one sheet and draws it once, then lays a
pattern of rounded holes over it. All geometry is in device pixels, so that tiles stay sharp at a
pixel ratio of 1.5.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, QVariantAnimation, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QStyle, QToolTip, QWidget

from gui import theme
from gui.widgets.contact_sheet import TILE, Plan
from gui.widgets.grid_layers import RADIUS, Blend, GridLayers, Overlay

CRISP_BELOW = 16  # pictures of fewer pixels show their pixels instead of a blur
GLIDE_MS = 140
WHEEL_ROWS = 1.5  # rows a notch of the wheel moves


class ImageGrid(QAbstractScrollArea):
    """Thumbnails of an array of pictures in a given order, with one of them chosen.

    `overlay` paints marks on the tile of a picture, `blend` changes the pixels of some before they are laid out.

    Signals:
        chosen: (int) the index, in the array, of the picture now chosen.
        opened: (int) Enter or a double click on it.
    """

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.describe: Callable[[int], str] | None = None  # words about the picture with this index
        self.overlay: Overlay | None = None
        self.blend: Blend | None = None
        self.frames = 0  # paints so far, for the benchmark
        self._images: Any = np.zeros((0, 1, 1), np.uint8)
        self._order = np.zeros(0, np.int64)
        self._position, self._hover = -1, -1
        self._plan = Plan.of(1, 1.0, 1)
        self._tile = TILE
        self._layers = GridLayers()
        self._glide = QVariantAnimation(self)
        self._glide.setDuration(GLIDE_MS)
        self._glide.valueChanged.connect(self._glided)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().sliderPressed.connect(self._glide.stop)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setMouseTracking(True)

    # What is shown

    def set_images(self, images: Any, order: np.ndarray | None = None, *, tile: int = TILE) -> None:
        """Show `images` ((N, H, W) or (N, H, W, 3) uint8, kept and never written), those named by `order`.

        tile: the narrowest a tile may be, in logical pixels.
        """
        self._images, self._tile = images, tile
        self._position = self._hover = -1
        self.verticalScrollBar().setValue(0)
        self.set_order(order)

    def set_order(self, order: np.ndarray | None) -> None:
        """Show only the pictures at these indices, in this order; the chosen one stays chosen if it is there."""
        index = self.current()
        self._order = np.arange(len(self._images)) if order is None else order
        found = np.flatnonzero(self._order == index)  # none for −1
        self._position, self._hover = int(found[0]) if len(found) else -1, -1
        self._layers.forget()
        self._glide.stop()
        self._arrange()
        if self._position >= 0:
            self._reveal()
        else:
            self.verticalScrollBar().setValue(0)
        self.viewport().update()

    def refresh(self) -> None:
        """The pictures, or what is painted over them, have changed: lay them out anew."""
        self._layers.forget()
        self.viewport().update()

    def __len__(self) -> int:
        return len(self._order)

    @property
    def columns(self) -> int:
        return self._plan.columns

    @property
    def rows(self) -> int:
        return -(-len(self._order) // self._plan.columns)

    def current(self) -> int:
        """The index of the chosen picture in the array, or −1."""
        return int(self._order[self._position]) if 0 <= self._position < len(self._order) else -1

    def first(self) -> int:
        """The index of the first picture in the order, or −1."""
        return int(self._order[0]) if len(self._order) else -1

    def visible(self) -> np.ndarray:
        """Indices of the pictures that can be seen now, in reading order."""
        first, last = self._visible_rows()
        return self._order[first * self.columns : last * self.columns]

    def near(self) -> np.ndarray:
        """Indices of the pictures in view, then of those one view further down and up: the next to be seen."""
        first, last = self._visible_rows()
        high = (last - first) * self.columns
        start, end = first * self.columns, last * self.columns
        return np.concatenate(
            (self._order[start:end], self._order[end : end + high], self._order[max(0, start - high) : start])
        )

    # Choosing and moving

    def choose(self, index: int) -> bool:
        """Choose the picture with this index and bring it into view; False if it is not shown."""
        found = np.flatnonzero(self._order == index)
        if len(found):
            self._choose_at(int(found[0]))
        return bool(len(found))

    def scroll_to(self, row: int) -> None:
        """Bring `row` to the top."""
        self._glide.stop()
        self.verticalScrollBar().setValue(int(row * self._plan.pitch_y / self._plan.ratio))

    def _choose_at(self, position: int) -> None:
        if not len(self._order):
            return
        position = min(max(position, 0), len(self._order) - 1)
        changed = position != self._position
        self._position = position
        self._reveal()
        self.viewport().update()
        if changed:
            if self.describe:
                self.setAccessibleDescription(self.describe(self.current()))
            self.chosen.emit(self.current())

    def _reveal(self) -> None:
        plan, bar = self._plan, self.verticalScrollBar()
        top = self._position // plan.columns * plan.pitch_y / plan.ratio
        bottom = top + plan.hole_y / plan.ratio
        if top < bar.value():
            self._glide.stop()
            bar.setValue(int(top))
        elif bottom > bar.value() + self.viewport().height():
            self._glide.stop()
            bar.setValue(-int(-(bottom - self.viewport().height()) // 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        page = max(1, self.viewport().height() * self._plan.ratio // self._plan.pitch_y) * self.columns
        moves = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self.columns,
            Qt.Key.Key_Down: self.columns,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_Home: -len(self._order),
            Qt.Key.Key_End: len(self._order),
        }
        key = Qt.Key(event.key())
        if key in moves:
            self.step(int(moves[key]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() >= 0:
            self.opened.emit(self.current())
        else:
            event.ignore()  # “/” and others belong to the page

    def step(self, by: int) -> None:
        """Choose the picture `by` places on; the first in view when none is chosen."""
        if self._position < 0:
            self._choose_at(self._visible_rows()[0] * self.columns)
        elif abs(by) == self.columns and not 0 <= self._position + by < len(self._order):
            return  # up from the first row and down from the last stay where they are
        else:
            self._choose_at(self._position + by)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and at >= 0:
            self._choose_at(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._at(event.position().toPoint()) >= 0:
            self.opened.emit(self.current())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover_at(self._at(event.position().toPoint()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        bar, pixels = self.verticalScrollBar(), event.pixelDelta().y()
        if pixels:  # a touchpad is smooth by itself
            self._glide.stop()
            bar.setValue(bar.value() - pixels)
        else:
            gliding = self._glide.state() is QVariantAnimation.State.Running
            start = int(self._glide.endValue()) if gliding else bar.value()
            rows = event.angleDelta().y() / 120 * WHEEL_ROWS
            self._glide_to(int(start - rows * self._plan.pitch_y / self._plan.ratio))
        event.accept()

    def _glide_to(self, value: int) -> None:
        bar = self.verticalScrollBar()
        value = min(max(value, 0), bar.maximum())
        self._glide.stop()
        if not self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self):
            bar.setValue(value)  # the system asks for less motion
            return
        self._glide.setStartValue(bar.value())
        self._glide.setEndValue(value)
        self._glide.start()

    def _glided(self, value: int) -> None:
        self.verticalScrollBar().setValue(value)

    def _hover_at(self, position: int) -> None:
        if position != self._hover:
            self._hover = position
            self.viewport().update()

    def _at(self, point: QPoint) -> int:
        """The position under a point of the viewport, or −1."""
        plan = self._plan
        column = int(point.x() * plan.ratio) // plan.pitch
        row = (int(point.y() * plan.ratio) + self._top()) // plan.pitch_y
        position = row * plan.columns + column
        return position if 0 <= column < plan.columns and 0 <= position < len(self._order) else -1

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            at = self._at(event.pos())
            words = self.describe(int(self._order[at])) if self.describe and at >= 0 else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        if event.type() is QEvent.Type.Leave:
            self._hover_at(-1)
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()

    # Geometry and paint

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        """Fit columns to the width; the first picture in view stays in view."""
        old, bar = self._plan, self.verticalScrollBar()
        first = self._top() // old.pitch_y * old.columns
        tall, side = self._images.shape[1:3]
        ratio, tile = self.viewport().devicePixelRatioF(), round(self._tile * theme.scale())
        self._plan = plan = Plan.of(self.viewport().width(), ratio, side, tall=tall, tile=tile)
        height = (self.rows * plan.pitch_y - (plan.pitch_y - plan.hole_y)) / plan.ratio
        bar.setRange(0, max(0, -int(-height // 1) - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(max(1, int(plan.pitch_y / plan.ratio)))
        if plan.columns != old.columns:
            bar.setValue(int(first // plan.columns * plan.pitch_y / plan.ratio))

    def _top(self) -> int:
        return round(self.verticalScrollBar().value() * self._plan.ratio)

    def _visible_rows(self) -> tuple[int, int]:
        bottom = self._top() + int(self.viewport().height() * self._plan.ratio)
        return self._top() // self._plan.pitch_y, min(self.rows, bottom // self._plan.pitch_y + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        self.frames += 1
        p = QPainter(self.viewport())
        p.fillRect(self.viewport().rect(), QColor(theme.current().panel))
        first, last = self._visible_rows()
        if first >= last:
            return
        plan = self._plan
        p.scale(1 / plan.ratio, 1 / plan.ratio)
        at = p.deviceTransform()
        p.translate(round(at.dx()) - at.dx(), round(at.dy()) - at.dy())  # a viewport may begin between two pixels
        y = first * plan.pitch_y - self._top() - plan.hole_at
        target = QRect(-plan.hole_at, y, plan.columns * plan.pitch, (last - first) * plan.pitch_y)
        p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, max(self._images.shape[1:3]) >= CRISP_BELOW)
        index = self._order[first * plan.columns : last * plan.columns]
        p.drawImage(target, self._layers.pictures(self._images, index, plan, last - first, self.blend))
        if self.overlay:
            p.drawImage(target.topLeft(), self._layers.marks(index, plan, last - first, self.overlay))
        p.drawTiledPixmap(target, self._layers.holes(plan))
        self._cover_the_rest(p)
        self._paint_rings(p)

    def _cover_the_rest(self, p: QPainter) -> None:
        """Hide the empty cells after the last picture."""
        plan = self._plan
        over = len(self._order) % plan.columns
        if over:
            y = (self.rows - 1) * plan.pitch_y - self._top() - plan.hole_at
            x = over * plan.pitch - plan.hole_at
            p.fillRect(x, y, plan.columns * plan.pitch - x, plan.pitch_y, QColor(theme.current().panel))

    def _paint_rings(self, p: QPainter) -> None:
        t, plan = theme.current(), self._plan
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setBrush(Qt.BrushStyle.NoBrush)
        if self._hover >= 0 and self._hover != self._position:
            self._ring(p, self._hover, t.edge, 1.5)
        if self._position >= 0:
            self._ring(p, self._position, t.you, 3 if self.hasFocus() else 2)
            if self.hasFocus():  # a second line inside tells where the keys go
                self._ring(p, self._position, t.panel, 1, inset=3 * plan.ratio)

    def _ring(self, p: QPainter, position: int, colour: str, width: float, inset: float = 0.0) -> None:
        plan = self._plan
        width *= plan.ratio
        x = position % plan.columns * plan.pitch
        y = position // plan.columns * plan.pitch_y - self._top()
        inset += width / 2
        p.setPen(QPen(QColor(colour), width))
        radius = max(1.0, RADIUS * plan.ratio - inset)
        p.drawRoundedRect(QRectF(x, y, plan.hole, plan.hole_y).adjusted(inset, inset, -inset, -inset), radius, radius)
