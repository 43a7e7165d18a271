"""A map of up to 60,000 points: zoom, pan, look at a point, and pick points with a lasso."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.controls import LOOK_CHANGED
from gui.widgets.images import to_image
from gui.widgets.scatter_paint import Canvas, inside, palette, shapes

MOST = 60_000  # points for which painting stays below a screen update or two
MARGIN = 22  # logical pixels round the points
REACH = 9  # how near the pointer must come to a point
FACE = 92  # the picture beside the pointer
_FADED = 0.2
_STEP = 3.0  # logical pixels between two corners of the lasso
_DEEPEST = 400.0  # times the scale at which all is seen


class ScatterMap(QWidget):
    """Points by class; wheel zooms, drag pans, L lassoes, Esc lets go, double click shows all.

    picture: gives the picture of an index of the set, (H, W) or (H, W, 3) uint8, or None while it is not known.
    words:   says what an index is, in the language in force.

    Signals:
        hovered: (int) index of the point under the pointer, −1 = none.
        picked: (object) (n,) int64 indices inside the lasso, or None when they were let go.
        lassoing_changed: (bool) whether a drag draws a lasso.
    """

    hovered = Signal(int)
    picked = Signal(object)
    lassoing_changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.picture: Callable[[int], np.ndarray | None] = lambda _index: None
        self.words: Callable[[int], str] = str
        self._index = self._labels = np.zeros(0, np.int64)
        self._points = np.zeros((0, 2), np.float32)
        self._seen = np.zeros(0, bool)  # of a class that is shown
        self._marked: np.ndarray | None = None  # (n,) bool
        self._chosen = np.zeros(0, np.int64)  # indices of the set
        self._shuffled = np.zeros(0, np.int64)
        self._classes, self._hidden = 0, frozenset[int]()
        self._centre, self._scale, self._fitted = np.zeros(2), 1.0, True
        self._lassoing, self._outline = False, np.zeros((0, 2))
        self._drag: QPointF | None = None
        self._drawing, self._has_pick = False, False
        self._under, self._pointer = -1, QPointF()
        self._image: QImage | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(200, 160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    # What is shown

    def show_points(self, index: np.ndarray, labels: np.ndarray, classes: int, points: np.ndarray) -> None:
        """Show points anew.

        Args:
            index: (n,) int64 into the set, n ≤ `MOST`. labels: (n,) int64, −1 = none.
            classes: how many there are. points: (n, 2) float32.
        """
        self._index, self._classes = index, classes
        self._labels = np.where((labels >= 0) & (labels < classes), labels, classes)
        self._shuffled = np.random.default_rng(0).permutation(len(index))  # no class lies on top of all others
        self._fitted, self._has_pick = True, False
        self._forget_pointer()
        self.hide_classes(self._hidden)
        self.mark(self._chosen)
        self.move_points(points)

    def move_points(self, points: np.ndarray) -> None:
        """The same points at other places, (n, 2) float32; a lasso no longer lies where it was drawn."""
        self._points = np.asarray(points, np.float32)
        self._outline, self._drawing = np.zeros((0, 2)), False
        if self._fitted:
            self._fit()
        self._stale()

    def mark(self, chosen: np.ndarray) -> None:
        """Bring out these indices of the set; none or all = all alike."""
        self._chosen = chosen
        marked = np.isin(self._index, chosen)
        self._marked = None if marked.all() or not len(chosen) else marked
        self._stale()

    def hide_classes(self, hidden: frozenset[int]) -> None:
        """Leave these classes out; the number of classes stands for what has none."""
        self._hidden = hidden
        self._seen = ~np.isin(self._labels, list(hidden))
        self._forget_pointer()
        self._stale()

    @property
    def classes(self) -> list[int]:
        """The classes that occur, ascending; the number of classes stands for what has none."""
        return [int(number) for number in np.unique(self._labels)]

    @property
    def places(self) -> np.ndarray:
        """Where the points are in the widget, (n, 2) logical pixels."""
        middle = np.array([self.width() / 2, self.height() / 2])
        return (self._points - self._centre) * (self._scale, -self._scale) + middle

    @property
    def lassoing(self) -> bool:
        """Whether a drag draws a lasso."""
        return self._lassoing

    def set_lassoing(self, on: bool) -> None:
        """Let a drag draw a lasso, or pan."""
        if on != self._lassoing:
            self._lassoing = on
            self.setCursor(Qt.CursorShape.CrossCursor if on else Qt.CursorShape.ArrowCursor)
            self.lassoing_changed.emit(on)

    def clear(self) -> bool:
        """Let go of what the lasso picked; False if nothing was."""
        if not self._has_pick and not len(self._outline):
            return False
        told, self._has_pick = self._has_pick, False
        self._outline, self._drawing = np.zeros((0, 2)), False
        self.mark(np.zeros(0, np.int64))
        if told:
            self.picked.emit(None)
        return True

    # View

    def fit(self) -> None:
        """Show all points again."""
        self._fitted = True
        self._fit()
        self._stale()

    def _whole_scale(self) -> float:
        if not len(self._points):
            return 1.0
        span = np.maximum(np.ptp(self._points, axis=0), 1e-9)
        room = np.maximum([self.width() - 2 * MARGIN, self.height() - 2 * MARGIN], 20)
        return float(min(room / span))

    def _fit(self) -> None:
        if len(self._points):
            self._centre = (self._points.min(0).astype(float) + self._points.max(0)) / 2
        self._scale = self._whole_scale()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Magnify; the place `at` (the middle if None) stays where it is."""
        whole = self._whole_scale()
        scale = float(np.clip(self._scale * factor, whole / 4, whole * _DEEPEST))
        at = at or QPointF(self.width() / 2, self.height() / 2)
        away = np.array([at.x() - self.width() / 2, self.height() / 2 - at.y()])
        self._centre = self._centre + away / self._scale - away / scale
        self._scale, self._fitted = scale, False
        self._stale()

    def pan(self, x: float, y: float) -> None:
        """Move what is shown by logical pixels."""
        self._centre = self._centre - np.array([x, -y]) / self._scale
        self._fitted = False
        self._stale()

    def _stale(self) -> None:
        self._image = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._fitted:
            self._fit()
        self._stale()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in LOOK_CHANGED:
            self._stale()

    # Hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._drag, self._drawing = event.position(), self._lassoing
            if self._drawing:
                self._outline = self._in_map(event.position())[None]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._drag is None:
            self._look_at(at)
            return
        self._forget_pointer()
        moved = at - self._drag
        if not self._drawing:
            self.pan(moved.x(), moved.y())
            self._drag = at
        elif moved.manhattanLength() >= _STEP:
            self._outline = np.vstack([self._outline, self._in_map(at)])
            self._drag = at
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drawn, self._drag, self._drawing = self._drawing, None, False
        if not drawn:
            return
        caught = inside(self._points, self._outline) & self._seen
        if not caught.any():
            self.clear()
            return
        self._has_pick = True
        found = np.sort(self._index[caught])
        self.mark(found)
        self.picked.emit(found)

    def _in_map(self, at: QPointF) -> np.ndarray:
        return self._centre + np.array([at.x() - self.width() / 2, self.height() / 2 - at.y()]) / self._scale

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._forget_pointer()
        self.zoom(1.0015 ** event.angleDelta().y(), event.position())
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self._forget_pointer()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        pans = {Qt.Key.Key_Left: (48, 0), Qt.Key.Key_Right: (-48, 0), Qt.Key.Key_Up: (0, 48), Qt.Key.Key_Down: (0, -48)}
        zooms = {Qt.Key.Key_Plus: 1.25, Qt.Key.Key_Equal: 1.25, Qt.Key.Key_Minus: 0.8}
        if key in pans:
            self.pan(*pans[key])
        elif key in zooms:
            self.zoom(zooms[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_0):
            self.fit()
        elif key == Qt.Key.Key_L:
            self.set_lassoing(not self._lassoing)
        elif key == Qt.Key.Key_Escape and (self.clear() or self._lassoing):
            self.set_lassoing(False)
        else:
            super().keyPressEvent(event)

    def _look_at(self, at: QPointF) -> None:
        self._pointer = at
        under = -1
        if self._seen.any():
            away = ((self.places - (at.x(), at.y())) ** 2).sum(axis=1)
            away[~self._seen] = np.inf
            nearest = int(away.argmin())
            under = nearest if away[nearest] <= REACH**2 else -1
        if under != self._under:
            self._under = under
            self.hovered.emit(int(self._index[under]) if under >= 0 else -1)
        self.update()

    def _forget_pointer(self) -> None:
        if self._under >= 0:
            self._under = -1
            self.hovered.emit(-1)
            self.update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        if self._image is None or self._image.devicePixelRatio() != ratio:
            self._image = self._painted(ratio)
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole, now = QRectF(self.rect()), theme.current()
        path = QPainterPath()
        path.addRoundedRect(whole, 8, 8)
        p.setClipPath(path)
        p.drawImage(QPointF(0, 0), self._image)
        self._paint_lasso(p)
        if self._under >= 0:
            self._paint_face(p)
        p.setClipping(False)
        if self.hasFocus():
            p.setPen(QPen(QColor(now.you), 2))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawRoundedRect(whole.adjusted(1, 1, -1, -1), 8, 8)

    def _painted(self, ratio: float) -> QImage:
        canvas = Canvas(max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio)))
        order = self._shuffled[self._seen[self._shuffled]]
        count = max(1, len(order))
        size = np.clip(1.6 + 50 / count**0.5, 1.8, 4.5) * np.clip((self._scale / self._whole_scale()) ** 0.3, 1.0, 1.6)
        radius, at, kinds = round(float(size) * ratio, 1), self.places * ratio, shapes(self._classes)
        full = palette(self._classes)
        if self._marked is None:
            canvas.add(at[order], self._labels[order], full, kinds=kinds, radius=radius)
            return canvas.image(ratio)
        rest, chosen = order[~self._marked[order]], order[self._marked[order]]
        faded = palette(self._classes, strength=_FADED)
        canvas.add(at[rest], self._labels[rest], faded, kinds=kinds, radius=radius)
        canvas.add(at[chosen], self._labels[chosen], full, kinds=kinds, radius=radius)
        return canvas.image(ratio)

    def _paint_lasso(self, p: QPainter) -> None:
        if len(self._outline) < 2:
            return
        ink = QColor(theme.current().you)
        paper = QColor(ink)
        paper.setAlphaF(0.12)
        p.setPen(QPen(ink, 1.6, Qt.PenStyle.DashLine if self._drawing else Qt.PenStyle.SolidLine))
        p.setBrush(paper)
        middle = np.array([self.width() / 2, self.height() / 2])
        corners = (self._outline - self._centre) * (self._scale, -self._scale) + middle
        p.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))

    def _paint_face(self, p: QPainter) -> None:
        """The picture of the point under the pointer beside it, with what it is."""
        now, index = theme.current(), int(self._index[self._under])
        x, y = self.places[self._under]
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.setPen(QPen(QColor(now.you), 2.4))
        p.drawEllipse(QPointF(x, y), 8, 8)
        found, words = self.picture(index), self.words(index)
        p.setFont(theme.font("small", 600))
        metrics = QFontMetricsF(p.font())
        words = metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, 2.4 * FACE)
        high, wide = (FACE, FACE) if found is None else _within(found.shape[0], found.shape[1])
        if found is None:
            high = 0
        card = QSize(int(max(wide, metrics.horizontalAdvance(words)) + 16), int(high + metrics.height() + 18))
        left = x + 16 if x + 16 + card.width() < self.width() else x - 16 - card.width()
        top = min(max(4.0, y - card.height() / 2), self.height() - card.height() - 4.0)
        box = QRectF(max(4.0, left), top, card.width(), card.height())
        p.setPen(QPen(QColor(now.line), 1))
        p.setBrush(QColor(now.raised))
        p.drawRoundedRect(box, 8, 8)
        if found is not None:
            p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, min(found.shape[:2]) > FACE // 2)
            p.drawImage(QRectF(box.center().x() - wide / 2, box.top() + 8, wide, high), to_image(found))
        p.setPen(QColor(now.text))
        below = box.adjusted(8, high + 8, -8, -6)
        p.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, words)


def _within(height: int, width: int) -> tuple[float, float]:
    """(height, width) of a picture that fits the card, a long one no longer than 1.6 times its side."""
    scale = min(FACE / height, 1.6 * FACE / width)
    return height * scale, width * scale
