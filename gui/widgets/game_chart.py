"""One curve of an agent's learning: its name and last value above, marks of syncs and moved knobs on the floor."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme

HEAD, LEFT, FOOT = 22, 52, 16
MOST_PLACES = 5  # behind the point, as far as the margin has room


class GameChart(QWidget):
    """A curve over steps. `smooth`: points drawn faint, their moving mean over 20 as the line; points may be marked.

    A second curve may go beside it in sand.
    """

    def __init__(self, tone: str = "net", *, smooth: bool = False, places: int = 3) -> None:
        super().__init__()
        self.points: list[tuple[float, float]] = []
        self._marked: list[tuple[float, float]] = []
        self.beside: list[tuple[float, float]] = []
        self._syncs: Sequence[float] = ()
        self._knobs: Sequence[float] = ()
        self._tone, self._smooth, self._places = tone, smooth, places
        self._title = self._mark_words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(76)

    def set_title(self, words: str, marked: str = "") -> None:
        """What it shows, and what its diamonds are."""
        self._title, self._mark_words = words, marked
        self.setAccessibleName(words)
        self.update()

    def clear(self) -> None:
        self.points, self._marked, self.beside = [], [], []
        self._syncs, self._knobs = (), ()
        self.update()

    def add(self, x: float, y: float) -> None:
        self.points.append((x, y))

    def add_beside(self, x: float, y: float) -> None:
        """A point of the second curve."""
        self.beside.append((x, y))

    def mark(self, x: float, y: float) -> None:
        """A point of more weight: a check."""
        self._marked.append((x, y))

    def show_marks(self, syncs: Sequence[float], knobs: Sequence[float]) -> None:
        """Where the target network was synced, and where a hand moved a knob."""
        self._syncs, self._knobs = syncs, knobs

    def paintEvent(self, event: QPaintEvent) -> None:
        p, now = QPainter(self), theme.current()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(LEFT, HEAD, self.width() - LEFT - 10, self.height() - HEAD - FOOT)
        self._head(p)
        data = np.array(self.points[-20_000:]).reshape(-1, 2)
        diamonds = np.array(self._marked).reshape(-1, 2)
        beside = np.array(self.beside[-20_000:]).reshape(-1, 2)
        whole = np.concatenate((data, diamonds, beside))
        if not len(whole):
            p.setPen(QColor(now.line))
            p.drawLine(box.bottomLeft(), box.bottomRight())
            return
        left, right = float(whole[:, 0].min()), float(whole[:, 0].max())
        low, high = float(whole[:, 1].min()), float(whole[:, 1].max())
        right, high = max(right, left + 1), high if high - low > 1e-9 else low + 1.0
        self._numbers(p, box, low, high, right)

        def at(points: np.ndarray) -> list[QPointF]:
            x = box.left() + box.width() * (points[:, 0] - left) / (right - left)
            y = box.bottom() - box.height() * (points[:, 1] - low) / (high - low)
            return [QPointF(a, b) for a, b in zip(x, y, strict=True)]

        self._floor(p, box, left, right)
        if len(beside) > 1:
            p.setPen(QPen(QColor(now.slide), 1.4))
            p.drawPolyline(QPolygonF(at(beside)))
        ink = QColor(getattr(now, self._tone))
        if len(data) > 1:
            stride = max(1, len(data) // max(1, int(box.width() * 2)))
            if self._smooth:
                faint = QColor(ink)
                faint.setAlphaF(0.28)
                p.setPen(QPen(faint, 1))
                p.drawPolyline(QPolygonF(at(data[::stride])))
                data = np.column_stack((data[:, 0], _mean(data[:, 1])))
            p.setPen(QPen(ink, 2.0))
            p.drawPolyline(QPolygonF(at(data[::stride])))
        p.setPen(QPen(QColor(now.panel), 1.2))
        p.setBrush(ink)
        for point in at(diamonds):
            p.drawEllipse(point, 4, 4)

    def _head(self, p: QPainter) -> None:
        now = theme.current()
        p.setFont(theme.font("caption", 600))
        p.setPen(QColor(now.dim))
        words = ""
        if self.points or self._marked:
            last = f"{(self._marked or self.points)[-1][1]:,.{self._places}f}"
            words = f"{self._mark_words} {last}" if self._marked else last
        room = self.width() - 20 - p.fontMetrics().horizontalAdvance(words)
        title = p.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideRight, room)
        p.drawText(QRectF(4, 0, room, HEAD - 4), Qt.AlignmentFlag.AlignVCenter, title)
        p.setPen(QColor(getattr(now, self._tone)))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        p.drawText(QRectF(0, 0, self.width() - 8, HEAD - 4), right, words.strip().replace("-", "−"))

    def _numbers(self, p: QPainter, box: QRectF, low: float, high: float, right: float) -> None:
        now = theme.current()
        p.setFont(theme.font("caption"))
        corner = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for share, words in zip((0.0, 1.0), ends(low, high, self._places), strict=True):
            y = box.bottom() - share * box.height()
            p.setPen(QColor(now.line))
            p.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            p.setPen(QColor(now.faint))
            p.drawText(QRectF(0, y - 8, LEFT - 6, 16), corner, words)
        p.drawText(
            QRectF(box.right() - 90, self.height() - FOOT, 90, FOOT), corner, self.tr("step {n:,.0f}").format(n=right)
        )

    def _floor(self, p: QPainter, box: QRectF, left: float, right: float) -> None:
        now = theme.current()
        p.setPen(QPen(QColor(now.slide), 1.4))
        for x in self._syncs[-200:]:
            at = box.left() + box.width() * (x - left) / (right - left)
            p.drawLine(QPointF(at, box.bottom() - 4), QPointF(at, box.bottom()))
        p.setPen(QPen(QColor(now.you), 1.2, Qt.PenStyle.DotLine))
        for x in self._knobs:
            at = box.left() + box.width() * (x - left) / (right - left)
            p.drawLine(QPointF(at, box.top()), QPointF(at, box.bottom()))


def ends(low: float, high: float, places: int) -> tuple[str, str]:
    """Both ends of a scale in words, with as many places more as they need not to read alike."""
    while places < MOST_PLACES and f"{low:.{places}f}" == f"{high:.{places}f}":
        places += 1
    return f"{low:,.{places}f}".replace("-", "−"), f"{high:,.{places}f}".replace("-", "−")


def _mean(values: np.ndarray, window: int = 20) -> np.ndarray:
    """Each with those before it, at most `window` together."""
    sums = np.concatenate(([0.0], np.cumsum(values)))
    ends = np.arange(1, len(values) + 1)
    starts = np.maximum(0, ends - window)
    return np.asarray((sums[ends] - sums[starts]) / (ends - starts))
