"""One set in the list of sets: four of its pictures, name, size, where it is, and getting it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QProgressBar, QSizePolicy

from engine.data.imageset import DatasetCard
from gui import theme
from gui.widgets.basics import Chip, IconButton, button, column, label, restyle, row
from gui.widgets.inspector_parts import ShortLabel
from gui.widgets.lens import explain
from gui.widgets.pictures import Picture
from gui.widgets.signal_tiles import SignalTiles
from gui.words import say

MOSAIC = 44


class SetCard(QAbstractButton):
    """One set of the list.

    Signals:
        get_asked: download it; get_stopped: end the download. forget_asked: take it off the list.
    """

    get_asked = Signal()
    get_stopped = Signal()
    forget_asked = Signal()

    def __init__(self, card: DatasetCard) -> None:
        super().__init__()
        self.card = card
        self._windows: np.ndarray | None = None
        self._mosaic = Picture(smooth=True, radius=5)
        self._mosaic.setFixedSize(MOSAIC, MOSAIC)
        self._name, self._size, self._chip = ShortLabel("strong", lines=2), ShortLabel("caption", lines=2), Chip("warn")
        self.get, self.forget = button("download-simple", size="compact"), IconButton("x-circle", compact=True)
        self._bar, self._so_far = QProgressBar(), label("caption")
        self._bar.setTextVisible(False)
        top = row((self._name, 1), self._chip, self.forget, gap=4)
        words = column(top, row((self._size, 1), self.get, gap=4), self._bar, self._so_far, gap=2)
        self.setLayout(row(self._mosaic, (words, 1), gap=10, margins=(8, 6, 8, 6)))
        for part in (self._mosaic, self._name, self._size, self._chip, self._bar, self._so_far):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for hidden in (self.get, self.forget, self._bar, self._so_far):
            hidden.hide()
        self.get.clicked.connect(self._get_clicked)
        self.forget.clicked.connect(self.forget_asked)
        self._loading = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        explain(self, card.card.explanation)

    def set_words(self, warning: str, where: str, *, get: str, tip: str, forget: str) -> None:
        """Say its name and size in the language in force, and where it is.

        warning: a word on a chip, "" for none. where: its group. get: the size of its download, "" where it has none.
        tip, forget: what the two buttons do; forget "" = it cannot be taken off the list.
        """
        self._name.say(say(self.card.card.name))
        parts = say(self.card.size_words).split(" · ")
        self._size.say(" · ".join(part.replace(" ", "\u00a0") for part in parts))  # "7 channels" stays together
        self._chip.setText(warning)
        self._chip.setVisible(bool(warning))
        self.get.setText(get)
        self.get.setToolTip(tip)
        self.get.setAccessibleName(f"{tip} {say(self.card.card.name)}")
        self.get.setVisible(bool(get))
        self.forget.setVisible(bool(forget))
        self.forget.set_tip(forget)
        self.setAccessibleName(f"{say(self.card.card.name)}, {warning or where}")
        self.setAccessibleDescription(say(self.card.card.summary))
        self.setToolTip(say(self.card.card.summary))

    def show_pictures(self, images: np.ndarray) -> None:
        """Four pictures (4, H, W[, 3]) uint8, or windows (4, T, C) float32, as a mosaic, two by two."""
        self._windows = images if images.dtype != np.uint8 else None
        self._draw_mosaic(images)

    def _draw_mosaic(self, images: np.ndarray) -> None:
        drawn = SignalTiles(images, shape=(48, 48))[np.arange(4)] if images.dtype != np.uint8 else images
        self._mosaic.show_array(np.vstack([np.hstack([drawn[i], drawn[i + 1]]) for i in (0, 2)]))

    def follow_theme(self) -> None:
        """Drawn windows take the colours of the theme."""
        if self._windows is not None:
            self._draw_mosaic(self._windows)

    def show_progress(self, done: int, total: int, words: str) -> None:
        """A download is under way: `done` of `total` bytes; total 0 = it has ended."""
        self._loading = total > 0
        self._bar.setVisible(self._loading)
        self._so_far.setVisible(self._loading)
        self.get.show_icon("stop-fill" if self._loading else "download-simple")
        restyle(self.get, kind="stop" if self._loading else "secondary")
        if self._loading:
            self._bar.setRange(0, 1000)  # bytes of a large set do not fit into its 32 bits
            self._bar.setValue(round(1000 * done / total))
            self._so_far.setText(words)

    def _get_clicked(self) -> None:
        (self.get_stopped if self._loading else self.get_asked).emit()

    def sizeHint(self) -> QSize:
        return self.layout().sizeHint()  # type: ignore[union-attr]  # set in __init__

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.layout().minimumSize().height())  # type: ignore[union-attr]

    def paintEvent(self, event: QPaintEvent) -> None:
        now, p = theme.current(), QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            p.setBrush(QColor(now.you_soft if self.isChecked() else now.raised))
            p.drawRoundedRect(QRectF(self.rect()), 8, 8)
        if self.hasFocus():
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.setPen(QPen(QColor(now.you), 2))
            p.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
