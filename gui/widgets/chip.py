"""A word about where a thing or a number comes from."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.widgets.controls import LOOK_CHANGED

CHIPS: dict[str, tuple[str, str, str | None]] = {  # kind: (ink, paper, icon)
    "measured": ("net", "net_soft", "gauge"),
    "estimate": ("info", "info_soft", "waveform"),
    "bundled": ("dim", "hover", "check"),
    "here": ("dim", "hover", "hard-drives"),
    "download": ("you", "you_soft", "download-simple"),
    "slide": ("slide", "slide_soft", "book-open"),
    "good": ("good", "good_soft", "check"),
    "warn": ("warn", "warn_soft", "warning"),
    "bad": ("bad", "bad_soft", "x-circle"),
    "live": ("net", "net_soft", None),
    "plain": ("dim", "hover", None),
    "you": ("you", "you_soft", "cursor-click"),
}


def chip_size(kind: str, text: str) -> QSize:
    """How large a chip with these words is."""
    sign = CHIPS[kind][2] or kind == "live"
    words = QFontMetricsF(theme.font(11, 600)).horizontalAdvance(text)
    return QSize(int(words + 17 + (15 if sign else 0)), round(20 * theme.scale()))


def paint_chip(p: QPainter, box: QRectF, kind: str, text: str) -> None:
    """Paint a chip into `box`, as `Chip` does; for lists, which have no widgets in their rows."""
    ink, paper, sign = CHIPS[kind]
    now = theme.current()
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(QColor(getattr(now, paper)))
    p.drawRoundedRect(box, 5, 5)
    x, middle = 8.0, box.center().y()
    if sign:
        p.drawPixmap(QPointF(box.left() + 7, middle - 6), theme.pixmap(sign, getattr(now, ink), 12))
        x = 23
    elif kind == "live":
        p.setBrush(QColor(getattr(now, ink)))
        p.drawEllipse(QPointF(box.left() + 12, middle), 3.5, 3.5)
        x = 22
    p.setPen(QColor(getattr(now, ink)))
    p.setFont(theme.font(11, 600))
    p.drawText(box.adjusted(x, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)


class Chip(QWidget):
    """A word about where a thing or a number comes from: icon, word and tint, never colour alone."""

    def __init__(self, kind: str = "plain") -> None:
        super().__init__()
        self._kind, self._text = kind, ""
        self.setFixedHeight(20)
        self.setText("")

    def set_kind(self, kind: str) -> None:
        """Speak in another voice; see `CHIPS`."""
        self._kind = kind
        self.setText(self._text)

    def text(self) -> str:
        return self._text

    def setText(self, text: str) -> None:
        """Say it; the chip grows to fit."""
        self._text = text
        self.setAccessibleName(text)
        self._fit()
        self.update()

    def _fit(self) -> None:
        self.setFixedSize(chip_size(self._kind, self._text))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in LOOK_CHANGED:
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_chip(QPainter(self), QRectF(self.rect()), self._kind, self._text)
