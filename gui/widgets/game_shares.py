"""How games against one opponent end, over the games played: lost, drawn and won, stacked to 100 %."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.rl.self_play import Shares
from gui import theme

LINE, LEFT, FOOT = 18, 40, 16
FIRST = 100.0  # games at the left edge: what comes before is the beginning
TONES = ("bad", "slide", "net")  # lost, drawn, won


class GameShares(QWidget):
    """Games on a logarithmic axis: all that happens, happens early."""

    def __init__(self) -> None:
        super().__init__()
        self.points: list[tuple[int, Shares]] = []
        self._title, self._names = "", ("", "", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(92)

    def set_words(self, title: str, names: tuple[str, str, str]) -> None:
        """What it shows, and what lost, drawn and won are called."""
        self._title, self._names = title, names
        self.setAccessibleName(title)
        self._describe()

    def add(self, games: int, shares: Shares) -> None:
        self.points.append((games, shares))
        self._describe()

    def clear(self) -> None:
        self.points = []
        self._describe()

    def figures(self) -> list[str]:
        """The newest shares in words; a loss is never rounded away."""
        if not self.points:
            return list(self._names)
        return [f"{name} {percent(share)}" for name, share in zip(self._names, self.points[-1][1], strict=True)]

    def _describe(self) -> None:
        self.setAccessibleDescription(", ".join(self.figures()))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        p, now = QPainter(self), theme.current()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        head = self._paint_head(p)
        box = QRectF(LEFT, head, self.width() - LEFT - 10, self.height() - head - FOOT)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(now.well))
        p.drawRect(box)
        most = max(self.points[-1][0] if self.points else 0, 1_000)

        def across(games: float) -> float:
            return box.left() + box.width() * math.log(max(games, FIRST) / FIRST) / math.log(most / FIRST)

        if len(self.points) > 1:
            xs, floor = [across(games) for games, _ in self.points], [box.bottom()] * len(self.points)
            for part, tone in enumerate(TONES):
                tops = [y - box.height() * one[part] for y, (_, one) in zip(floor, self.points, strict=True)]
                ink = QColor(getattr(now, tone))
                ink.setAlphaF(0.75)
                p.setBrush(ink)
                edge = [QPointF(x, y) for x, y in zip(xs, tops, strict=True)]
                p.drawPolygon(QPolygonF(edge + [QPointF(x, y) for x, y in zip(xs[::-1], floor[::-1], strict=True)]))
                floor = tops
        p.setFont(theme.font("caption"))
        p.setPen(QColor(now.faint))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for share in (0, 1):
            p.drawText(QRectF(0, box.bottom() - share * box.height() - 8, LEFT - 6, 16), right, f"{share:.0%}")
        written = float(LEFT)
        for games in (10**k for k in range(3, 9) if 10**k <= most):
            x, words = across(games), f"{games:,}"
            p.drawLine(QPointF(x, box.bottom() - 4), QPointF(x, box.bottom()))
            if x - p.fontMetrics().horizontalAdvance(words) > written:  # else it would touch the one before
                p.drawText(QRectF(x - 80, self.height() - FOOT, 84, FOOT), right, words)
                written = x + 8

    def _paint_head(self, p: QPainter) -> float:
        """The name and the newest shares, in two lines where one is too short; its height."""
        now, end, gap = theme.current(), float(self.width() - 10), 10
        middle = Qt.AlignmentFlag.AlignVCenter
        p.setFont(theme.font("caption", 600))
        wide = p.fontMetrics().horizontalAdvance
        line = LINE * theme.scale()
        top = 0.0 if wide(self._title) + sum(wide(words) + gap for words in self.figures()) < end else line
        p.setPen(QColor(now.dim))
        p.drawText(QRectF(4, 0, end, line), middle, self._title)
        for tone, words in reversed(list(zip(TONES, self.figures(), strict=True))):
            end -= wide(words)
            p.setPen(QColor(getattr(now, tone)))
            p.drawText(QRectF(end, top, self.width(), line), middle, words)
            end -= gap
        return top + line + 4


def percent(share: float) -> str:
    """“0 %” and “100 %” only where they are exact."""
    words = f"{share:.1%}"
    if 0 < share < 1 and words in ("0.0%", "100.0%"):
        return "<0.1%" if share < 0.5 else ">99.9%"
    return words.replace(".0%", "%") if share in (0, 1) else words
