"""The large picture of an explanation, and the small pictures a stage may bring with it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.explain_paint import Shown
from gui.widgets.images import to_image

_STEP = 0.05  # of width and height, that an arrow moves the place pointed at


class StagePicture(QWidget):
    """One stage, as large as there is room. A place of it may be pointed at, where that means something.

    Signals:
        pointed: (float, float) a person clicked there; x and y as shares of width and height.
    """

    pointed = Signal(float, float)

    def __init__(self) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self._place: tuple[float, float] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 100)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        return QSize(480, 400)

    @property
    def shown(self) -> Shown | None:
        """What is painted now."""
        return self._shown

    def show_stage(self, shown: Shown | None) -> None:
        """Show a stage; None = nothing yet."""
        self._shown = shown
        self.update()

    def mark_place(self, place: tuple[float, float] | None) -> None:
        """Let a place be pointed at, and mark it; None = none can be."""
        self._place = place
        self.setCursor(Qt.CursorShape.CrossCursor if place else Qt.CursorShape.ArrowCursor)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._place is None or self._shown is None:
            return
        target, _ = self._shown.frame(QRectF(self.rect()))
        at = event.position()
        if target.contains(at):
            self._point((at.x() - target.x()) / target.width(), (at.y() - target.y()) / target.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
        step = steps.get(Qt.Key(event.key()))
        if self._place is None or step is None:
            super().keyPressEvent(event)
            return
        self._point(*(min(max(v + _STEP * s, 0.0), 0.999) for v, s in zip(self._place, step, strict=True)))

    def _point(self, x: float, y: float) -> None:
        self._place = (x, y)
        self.update()
        self.pointed.emit(x, y)

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
        if self._place is not None:
            self._paint_place(p, self._shown.frame(room)[0])
        if self.hasFocus():
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.setPen(QPen(QColor(now.you), 2))
            p.drawRoundedRect(room.adjusted(1, 1, -1, -1), 8, 8)

    def _paint_place(self, p: QPainter, target: QRectF) -> None:
        assert self._place is not None
        marks = theme.Theme("dark")
        at = QPointF(target.x() + self._place[0] * target.width(), target.y() + self._place[1] * target.height())
        p.setBrush(Qt.BrushStyle.NoBrush)
        for ink, width in ((marks.ink, 4), (marks.you, 2)):
            p.setPen(QPen(QColor(ink), width))
            p.drawEllipse(at, 7, 7)


class SmallPictures(QWidget):
    """The tiles of a stage in rows, as many as fit; none takes no room."""

    GAP = 3

    def __init__(self) -> None:
        super().__init__()
        self._tiles: list[QImage] = []
        self._side = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_tiles(self, tiles: np.ndarray | None) -> None:
        """Show (n, h, w, 3) uint8 pictures; None or none hides the widget."""
        self._tiles = [] if tiles is None else [to_image(tile) for tile in tiles]
        self.setVisible(bool(self._tiles))
        self.setAccessibleDescription(str(len(self._tiles)))
        self._arrange()

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._tiles)

    def _arrange(self) -> None:
        count = len(self._tiles)
        columns = 1 if count == 1 else 2 if count == 2 else 4 if count <= 8 else 6
        self._side = min(168, (max(60, self.width()) - (columns - 1) * self.GAP) // columns)
        rows = -(-count // columns) if count else 0
        self._columns = columns
        self.setFixedHeight(max(1, rows * (self._side + self.GAP)))
        self.update()

    def resizeEvent(self, event: object) -> None:
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        for number, tile in enumerate(self._tiles):
            row, column = divmod(number, self._columns)
            step = self._side + self.GAP
            p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, tile.width() > self._side)
            p.drawImage(QRectF(column * step, row * step, self._side, self._side), tile)
