"""The film of an explanation: every stage as a small picture with its name and its milliseconds."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QToolTip, QWidget

from engine.text import Text
from gui import theme
from gui.widgets.explain_paint import Shown
from gui.words import say

WIDE, HIGH, GAP = 108, 72, 6  # logical pixels of a picture


@dataclass(frozen=True)
class Still:
    """One picture of the film. milliseconds: measured here, 0 = was paid for by another."""

    shown: Shown
    name: Text
    milliseconds: float


def in_time(milliseconds: float) -> str:
    """Milliseconds in words with a unit: 4.2 ms, 318 ms, 2.4 s; nothing for 0."""
    if milliseconds <= 0:
        return ""
    if milliseconds >= 1000:
        return f"{milliseconds / 1000:.1f} s"
    return f"{milliseconds:.1f} ms" if milliseconds < 10 else f"{milliseconds:.0f} ms"


class _Strip(QWidget):
    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.stills: list[Still] = []
        self.at = -1
        self.nothing = ""
        self._images: list[QImage] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.fit()

    def fit(self) -> None:
        """As wide as the film is long."""
        self.setFixedSize(max(420, len(self.stills) * (WIDE + GAP)), HIGH + round(36 * theme.scale()))
        self.update()

    def add(self, still: Still) -> None:
        """One more at the end."""
        self.stills.append(still)
        self._images.append(self._small(still.shown))
        self.fit()

    def clear(self) -> None:
        """An empty film."""
        self.stills, self._images, self.at = [], [], -1
        self.fit()

    def _small(self, shown: Shown) -> QImage:
        """Painted once at twice the size, so that a repaint costs nothing."""
        image = QImage(2 * WIDE, 2 * HIGH, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        p = QPainter(image)
        shown.paint(p, QRectF(0, 0, 2 * WIDE, 2 * HIGH), tags=False)
        p.end()
        return image

    def place(self, index: int) -> QRectF:
        """Where a picture is."""
        return QRectF(index * (WIDE + GAP), 0, WIDE, HIGH)

    def index_at(self, at: QPointF) -> int:
        """The picture there, or −1."""
        index = int(at.x() // (WIDE + GAP))
        return index if 0 <= index < len(self.stills) else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (index := self.index_at(event.position())) >= 0:
            self.chosen.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: self.at - 1, Qt.Key.Key_Right: self.at + 1, Qt.Key.Key_Home: 0}
        steps[Qt.Key.Key_End] = len(self.stills) - 1
        index = steps.get(Qt.Key(event.key()), -1)
        if 0 <= index < len(self.stills):
            self.chosen.emit(index)
        elif Qt.Key(event.key()) not in steps:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            index = self.index_at(QPointF(event.pos()))  # type: ignore[attr-defined]
            QToolTip.showText(event.globalPos(), say(self.stills[index].name) if index >= 0 else "", self)  # type: ignore[attr-defined]
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        p, now = QPainter(self), theme.current()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.stills:
            p.setPen(QColor(now.faint))
            p.setFont(theme.font("small"))
            p.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.nothing)
        for index, still in enumerate(self.stills):
            place = self.place(index)
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(now.well))
            p.drawRoundedRect(place, 4, 4)
            p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            p.drawImage(place, self._images[index])
            if index == self.at:
                p.setBrush(Qt.BrushStyle.NoBrush)
                p.setPen(QPen(QColor(now.you), 2))
                p.drawRoundedRect(place.adjusted(1, 1, -1, -1), 4, 4)
            self._words(p, still, place, index == self.at)

    def _words(self, p: QPainter, still: Still, place: QRectF, chosen: bool) -> None:
        now, high = theme.current(), 16 * theme.scale()
        first = QRectF(place.x(), place.bottom() + 3, WIDE, high)
        p.setFont(theme.font("caption", 600 if chosen else 500))
        p.setPen(QColor(now.text if chosen else now.dim))
        middle = Qt.AlignmentFlag.AlignVCenter
        words = QFontMetricsF(p.font()).elidedText(say(still.name), Qt.TextElideMode.ElideRight, WIDE)
        p.drawText(first, middle, words)
        p.setFont(theme.font("caption", 500))
        p.setPen(QColor(now.net))
        p.drawText(first.translated(0, high), middle, in_time(still.milliseconds))


class FilmStrip(QScrollArea):
    """The stages side by side; the chosen one has an iris frame. Left and Right step, Home and End jump.

    Signals:
        chosen: (int) a person asked for that stage.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._strip = _Strip()
        self.setWidget(self._strip)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._strip.chosen.connect(self.chosen)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(400, self.height())

    def _fit(self) -> None:
        self.setFixedHeight(HIGH + round(36 * theme.scale()) + 10)

    @property
    def count(self) -> int:
        """How many stages there are."""
        return len(self._strip.stills)

    @property
    def at(self) -> int:
        """The chosen one, −1 = none."""
        return self._strip.at

    def add(self, still: Still) -> None:
        """One more stage at the end."""
        self._strip.add(still)

    def clear(self) -> None:
        """An empty film."""
        self._strip.clear()

    def choose(self, index: int) -> None:
        """Mark a stage and bring it into view, without telling anybody."""
        self._strip.at = index
        self._strip.update()
        middle = round(self._strip.place(index).center().x())
        self.ensureVisible(middle, 10, WIDE, 0)

    def set_name(self, name: str, nothing: str) -> None:
        """For a screen reader; and what stands here while there is no film."""
        self._strip.setAccessibleName(name)
        self._strip.nothing = nothing
        self._strip.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LanguageChange):
            self._strip.fit()
            self._fit()
