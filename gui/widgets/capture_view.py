"""The live picture of a camera, with a word on it while frames are kept."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.images import to_image


class CaptureView(QWidget):
    """One frame after another, as large as there is room; nothing is smoothed or rounded over a moving picture."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self._word = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 240)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def sizeHint(self) -> QSize:
        return QSize(560, 420)

    def show_frame(self, frame: np.ndarray | None) -> None:
        """Show (H, W, 3) uint8 RGB; None shows nothing."""
        self._image = QImage() if frame is None else to_image(frame)
        self.update()

    @property
    def frame_size(self) -> tuple[int, int]:
        """Width and height of the frame in view, (0, 0) before the first."""
        return self._image.width(), self._image.height()

    def show_recording(self, word: str) -> None:
        """The class frames are kept in; "" = none."""
        self._word = word
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), QColor(theme.current().well))
        if self._image.isNull():
            return
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRectF(
            (self.width() - size.width()) / 2, (self.height() - size.height()) / 2, size.width(), size.height()
        )
        p.drawImage(target, self._image)
        if self._word:
            self._paint_word(p, target)

    def _paint_word(self, p: QPainter, target: QRectF) -> None:
        """A red dot and the class, on the dark tag that all marks on pictures have."""
        marks = theme.Theme("dark")
        font = theme.font("body", 600)
        width = QFontMetricsF(font).horizontalAdvance(self._word) + 34
        tag = QRectF(target.left() + 10, target.top() + 10, width, 26)
        paper = QColor(marks.ink)
        paper.setAlphaF(0.8)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(paper)
        p.drawRoundedRect(tag, 5, 5)
        p.setBrush(QColor(marks.bad))
        p.drawEllipse(QPointF(tag.left() + 14, tag.center().y()), 5, 5)
        p.setPen(QColor(marks.text))
        p.setFont(font)
        p.drawText(tag.adjusted(26, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._word)
