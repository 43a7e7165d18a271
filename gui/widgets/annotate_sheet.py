"""A photograph shown as large as there is room for; the wheel zooms at the pointer, a drag moves it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme

ZOOM_STEP = 1.25
LARGEST = 40.0  # logical pixels for one of the picture
MARGIN = 14  # logical pixels round the picture, so that a hand can begin outside of it


def _view(picture: np.ndarray) -> QImage:
    """(H, W, 3) uint8 RGB, contiguous and never written, as an image that does not own its bytes."""
    height, width = picture.shape[:2]
    return QImage(picture.data, width, height, 3 * width, QImage.Format.Format_RGB888)


class Sheet(QWidget):
    """A picture with a view of it: where a point of the picture is in the widget, and back.

    Signals:
        zoomed: the scale changed.
    """

    zoomed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self._arrays: tuple[np.ndarray | None, np.ndarray | None] = (None, None)
        self._preview, self._reduced = QImage(), QPixmap()
        self._zoom, self._middle = 1.0, QPointF(0.5, 0.5)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    def show_picture(self, picture: np.ndarray | None, preview: np.ndarray | None = None) -> None:
        """Show (H, W, 3) uint8 RGB, whole; None shows nothing. `preview`: the same, already reduced if it is large."""
        self._arrays = picture, preview  # the images are views of them: a large photograph is not copied
        self._image = QImage() if picture is None else _view(picture)
        self._preview = self._image if preview is None or preview is picture else _view(preview)
        self.fit()

    @property
    def picture_size(self) -> tuple[int, int]:
        """Width and height of the picture in its own pixels; (0, 0) without one."""
        return self._image.width(), self._image.height()

    # Where things are

    @property
    def scale(self) -> float:
        """Logical pixels of the screen for one pixel of the picture."""
        return self._fitting() * self._zoom

    def _fitting(self) -> float:
        width, height = self.picture_size
        if not width or not height:
            return 1.0
        room = max(1, self.width() - 2 * MARGIN), max(1, self.height() - 2 * MARGIN)
        return min(room[0] / width, room[1] / height, LARGEST)

    def target(self) -> QRectF:
        """Where the whole picture lies in the widget; partly outside when zoomed."""
        width, height = self.picture_size
        w, h = width * self.scale, height * self.scale
        x, y = self._start(w, self.width(), self._middle.x()), self._start(h, self.height(), self._middle.y())
        ratio = self.devicePixelRatioF()
        return QRectF(round(x * ratio) / ratio, round(y * ratio) / ratio, w, h)

    @staticmethod
    def _start(length: float, room: float, middle: float) -> float:
        if length <= room - 2 * MARGIN:
            return (room - length) / 2
        return min(float(MARGIN), max(room - MARGIN - length, room / 2 - middle * length))

    def to_picture(self, point: QPointF) -> tuple[float, float]:
        """A point of the widget in pixels of the picture; beside it too."""
        target, scale = self.target(), self.scale
        return (point.x() - target.x()) / scale, (point.y() - target.y()) / scale

    def to_widget(self, x: float, y: float) -> QPointF:
        """A point of the picture in the widget."""
        target, scale = self.target(), self.scale
        return QPointF(target.x() + x * scale, target.y() + y * scale)

    def rect_to_widget(self, x1: float, y1: float, x2: float, y2: float) -> QRectF:
        return QRectF(self.to_widget(x1, y1), self.to_widget(x2, y2))

    # Moving the view

    def fit(self) -> None:
        """Show the whole picture."""
        self._zoom, self._middle = 1.0, QPointF(0.5, 0.5)
        self._changed()

    def zoom_by(self, factor: float, about: QPointF | None = None) -> None:
        """Zoom so that what is under `about` (the middle of the widget) stays there."""
        if self._image.isNull():
            return
        about = about or QPointF(self.width() / 2, self.height() / 2)
        x, y = self.to_picture(about)
        fitting = self._fitting()
        self._zoom = min(max(self._zoom * factor, 1.0), max(1.0, LARGEST / fitting))
        width, height = self.picture_size
        shift = (QPointF(self.width() / 2, self.height() / 2) - about) / self.scale
        self._middle = QPointF((x + shift.x()) / width, (y + shift.y()) / height)
        self._keep_middle()
        self._changed()

    def pan_by(self, dx: float, dy: float) -> None:
        """Move the picture by so many logical pixels, as far as there is more of it."""
        target = self.target()
        if target.width() and target.height():
            self._middle -= QPointF(dx / target.width(), dy / target.height())
            self._keep_middle()
            self.update()

    def show_point(self, x: float, y: float) -> None:
        """Bring a point of the picture into view."""
        width, height = self.picture_size
        if width and height and not self.rect().toRectF().contains(self.to_widget(x, y)):
            self._middle = QPointF(x / width, y / height)
            self._keep_middle()
            self.update()

    def _keep_middle(self) -> None:
        """The middle never where the view cannot follow: else the next drag would first do nothing."""
        width, height = self.picture_size
        for length, room, get, put in (
            (width * self.scale, self.width(), self._middle.x, self._middle.setX),
            (height * self.scale, self.height(), self._middle.y, self._middle.setY),
        ):
            half = max(0.0, min(0.5, (room / 2 - MARGIN) / length if length else 0.5))
            put(min(max(get(), half), 1.0 - half))

    def _changed(self) -> None:
        self._reduced = QPixmap()
        self.update()
        self.zoomed.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / 120
        if notches:
            self.zoom_by(ZOOM_STEP**notches, event.position())
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._changed()

    # Paint

    def paint_picture(self, p: QPainter) -> None:
        """The ground and the picture; pixels stay crisp when they are large."""
        p.fillRect(self.rect(), QColor(theme.current().well))
        if self._image.isNull():
            return
        if self.scale * self.devicePixelRatioF() >= 1.0:
            p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.scale < 2)
            p.drawImage(self.target(), self._image)
            return
        if self._reduced.isNull():  # made smaller once for a size, not for every stroke
            ratio = self.devicePixelRatioF()
            size = (self.target().size() * ratio).toSize().expandedTo(QSize(1, 1))
            small = self._preview if size.width() <= self._preview.width() else self._image
            smooth = Qt.TransformationMode.SmoothTransformation
            self._reduced = QPixmap.fromImage(small.scaled(size, mode=smooth))
            self._reduced.setDevicePixelRatio(ratio)
        p.drawPixmap(self.target().topLeft(), self._reduced)
