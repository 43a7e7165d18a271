"""A game as people see it: every pixel a crisp square, its player and score above, what it looks at on top."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.images import to_image

HEAD = 26  # pixels for the words above the picture
FAINT = 0.4  # how much of the game is seen before it is played
ATARI_ASPECT = 4 / 3  # a television's: Atari's pixels were not square


class GameScreen(QWidget):
    """The newest picture, as large as there is room for.

    `set_wide(True)` shows it as wide as a television did.
    """

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._glow: QImage | None = None
        self._before: QImage | None = None
        self._player = self._score = ""
        self._wide = self._hand = False
        self.shown = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 160)

    def sizeHint(self) -> QSize:
        return QSize(480, 420)

    def set_wide(self, wide: bool) -> None:
        self._wide = wide

    def show_picture(self, picture: np.ndarray, saliency: np.ndarray | None = None) -> None:
        """(H, W, 3) uint8 RGB or (H, W) grey; saliency in [0, 1] of any size laid over it in mint."""
        if picture.ndim == 2:
            picture = np.repeat(picture[..., None], 3, 2)
        self._image = to_image(np.ascontiguousarray(picture))
        self._glow = None if saliency is None or saliency.ndim != 2 else _glow(saliency)
        self.shown += 1
        self.update()

    def show_before(self, picture: np.ndarray | None) -> None:
        """What stands there, faint, until something is played; None for nothing."""
        self._before = None if picture is None else to_image(np.ascontiguousarray(picture))
        self.update()

    @property
    def empty(self) -> bool:
        """True while there is no picture."""
        return self._image is None

    def clear(self) -> None:
        """Nothing is played."""
        self._image = self._glow = None
        self.update()

    def say(self, player: str, score: str, *, hand: bool = False) -> None:
        """Who plays, and how it stands; `hand`: a person drives."""
        if (player, score, hand) != (self._player, self._score, self._hand):
            self._player, self._score, self._hand = player, score, hand
            self.setAccessibleName(f"{player}, {score}")
            self.update()

    def _place(self, image: QImage) -> QRect:
        """Where the picture goes: as large as there is room for, in the middle."""
        aspect = ATARI_ASPECT if self._wide else image.width() / image.height()
        room = self.rect().adjusted(0, HEAD, 0, 0)
        height = min(room.height(), int(room.width() / aspect))
        width = int(height * aspect)
        return QRect(room.x() + (room.width() - width) // 2, room.y() + (room.height() - height) // 2, width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        p, now = QPainter(self), theme.current()
        head = QRectF(0, 0, self.width(), HEAD - 4)
        p.setFont(theme.font("small", 600))
        p.setPen(QColor(now.you if self._hand else now.net))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        shown = p.fontMetrics().elidedText(self._player, Qt.TextElideMode.ElideMiddle, int(self.width() * 0.7))
        p.drawText(head, left, shown)
        p.setPen(QColor(now.slide))
        p.drawText(head, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._score)
        if self._image is None:
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(now.well))
            p.drawRoundedRect(self.rect().adjusted(0, HEAD, 0, 0), 8, 8)
            if self._before:
                p.setOpacity(FAINT)
                p.drawImage(self._place(self._before), self._before)
            return
        place = self._place(self._image)
        p.drawImage(place, self._image)
        if self._glow:
            p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            p.drawImage(place, self._glow)


def _glow(saliency: np.ndarray) -> QImage:
    """Mint where the value hangs on, clear elsewhere."""
    ink = QColor(theme.TOKENS["dark"]["net"])
    rgba = np.empty((*saliency.shape, 4), np.uint8)
    rgba[..., 0], rgba[..., 1], rgba[..., 2] = ink.red(), ink.green(), ink.blue()
    rgba[..., 3] = (np.sqrt(saliency) * 190).astype(np.uint8)
    height, width = saliency.shape
    return QImage(rgba.tobytes(), width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
