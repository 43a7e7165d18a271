"""The board of the points' game: the discriminator as a heat map, the generator's sheet, fakes with their pushes."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.latent.points import REACH, Played2D
from gui import theme
from gui.widgets.controls import LOOK_CHANGED
from gui.widgets.images import to_image

PUSH = 0.16  # length of the longest arrow, in the picture's unit
SPRAY, SPREAD = 6, 0.035  # points for one touch of the hand, and how far they scatter
SHOWN = 500  # real points in the picture


class PointBoard(QWidget):
    """±1.5 both ways. Sand: real points. Mint: fakes. A drag draws one's own distribution.

    Signals:
        drawn: (ndarray (N, 2) float32) a hand has drawn; after the stroke.
    """

    drawn = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._real = np.zeros((0, 2), np.float32)
        self._own: list[np.ndarray] = []
        self._look: Played2D | None = None
        self._heat: QImage | None = None
        self._lit = ""
        self.arrows = self.sheet = True
        self._random = np.random.default_rng(0)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 200)

    def sizeHint(self) -> QSize:
        return QSize(420, 420)

    @property
    def look(self) -> Played2D | None:
        """What is shown of the game."""
        return self._look

    def show_real(self, points: np.ndarray) -> None:
        """Another distribution, (N, 2); what was drawn by hand goes."""
        self._real, self._own = points, []
        self._look = self._heat = None
        self.update()

    def show_look(self, look: Played2D | None, lit: str = "") -> None:
        """The game at one moment; `lit` "D" or "G" is the network whose turn it is."""
        self._look, self._lit = look, lit
        self._heat = None
        self.update()

    def own(self) -> np.ndarray:
        """What a hand drew, (N, 2) float32."""
        return np.concatenate(self._own) if self._own else np.zeros((0, 2), np.float32)

    # Drawing

    def _square(self) -> QRectF:
        side = min(self.width(), self.height()) - 2
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def _to(self, points: np.ndarray) -> np.ndarray:
        """Places in the widget of points (N, 2)."""
        box = self._square()
        return np.column_stack(
            (
                box.left() + (points[:, 0] + REACH) / (2 * REACH) * box.width(),
                box.top() + (REACH - points[:, 1]) / (2 * REACH) * box.height(),
            )
        )

    def _spray(self, at: QPointF) -> None:
        box = self._square()
        x = (at.x() - box.left()) / box.width() * 2 * REACH - REACH
        y = REACH - (at.y() - box.top()) / box.height() * 2 * REACH
        around = np.array((x, y)) + self._random.normal(0, SPREAD, (SPRAY, 2))
        self._own.append(around.clip(-REACH, REACH).astype(np.float32))
        self._real = self.own()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._look = self._heat = None
            self._spray(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._spray(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._own:
            self.drawn.emit(self.own())

    # Painting

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in LOOK_CHANGED:
            self._heat = None

    def paintEvent(self, event: QPaintEvent) -> None:
        p, now, box = QPainter(self), theme.current(), self._square()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.fillRect(box, QColor(now.well))
        p.setClipRect(box)
        if self._look is not None:
            self._paint_heat(p, box)
            if self.sheet:
                self._paint_sheet(p)
        self._dots(p, self._real[:: max(1, len(self._real) // SHOWN)], now.slide, 1.9)
        if self._look is not None:
            if self.arrows:
                self._paint_pushes(p)
            self._dots(p, self._look.made, now.net, 2.4)
        p.setClipping(False)
        p.setPen(QPen(QColor(now.line), 1))
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawRect(box)

    def _dots(self, p: QPainter, points: np.ndarray, ink: str, radius: float) -> None:
        p.setPen(QPen(QColor(ink), 2 * radius, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        if len(points):
            p.drawPoints(QPolygonF([QPointF(x, y) for x, y in self._to(points)]))

    def _paint_heat(self, p: QPainter, box: QRectF) -> None:
        assert self._look is not None
        if self._heat is None:
            now = theme.current()
            self._heat = to_image(
                theme.ramp(self._look.heat, [now.net, now.net_soft, now.well, now.slide_soft, now.slide], 0.0, 1.0)
            )
        p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        p.setOpacity(0.45 if self._lit == "G" else 1.0)
        p.drawImage(box, self._heat, QRectF(self._heat.rect()))
        p.setOpacity(1.0)

    def _paint_sheet(self, p: QPainter) -> None:
        assert self._look is not None
        ink = QColor(theme.current().net)
        ink.setAlphaF(0.18 if self._lit == "D" else 0.5)
        p.setPen(QPen(ink, 1))
        p.setBrush(Qt.BrushStyle.NoBrush)
        side = len(self._look.sheet)
        places = self._to(self._look.sheet.reshape(-1, 2)).reshape(side, side, 2)
        for number in range(side):
            for line in (places[number], places[:, number]):
                p.drawPolyline(QPolygonF([QPointF(x, y) for x, y in line]))

    def _paint_pushes(self, p: QPainter) -> None:
        assert self._look is not None
        pushes = self._look.pushes
        longest = float(np.linalg.norm(pushes, axis=1).max(initial=1e-9))
        made = self._look.made[::3]
        lengths = np.linalg.norm(pushes[::3], axis=1, keepdims=True).clip(1e-12)
        ends = self._to(made + pushes[::3] / lengths * np.sqrt(lengths / longest) * PUSH)
        ink = QColor(theme.current().text)
        ink.setAlphaF(0.55)
        p.setPen(QPen(ink, 1))
        p.drawLines([QLineF(a, b, c, d) for (a, b), (c, d) in zip(self._to(made), ends, strict=True)])
