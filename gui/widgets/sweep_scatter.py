"""What a sweep found: a figure against each varied setting, a small chart for each, a dot for each run."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from gui import theme
from gui.widgets.chart_ticks import log_ticks, ticks
from gui.widgets.run_table import setting_words, share_words

GAP, LEFT, TOP, BOTTOM = 14, 40, 24, 22
NARROWEST, LOWEST = 190, 130
MOST = 6  # small charts
_REACH = 12


@dataclass(frozen=True, slots=True)
class Dot:
    """One run: its figure in [0, 1] and its settings."""

    folder: Path
    figure: float
    settings: Mapping[str, Any]
    metric: str = "accuracy"


@dataclass(frozen=True, slots=True)
class Scale:
    """One varied setting: its name for a person; `log` for a logarithmic axis; `words` where it has no numbers."""

    setting: str
    label: str
    log: bool = False
    words: tuple[Any, ...] = ()

    def place(self, value: Any) -> float:
        """Where a value stands on the axis, before it is scaled."""
        if self.words:
            return float(self.words.index(value)) if value in self.words else -1.0
        return math.log10(max(float(value), 1e-12)) if self.log else float(value)


def scales_for(dots: Sequence[Dot], settings: Sequence[tuple[str, str, bool]]) -> list[Scale]:
    """The axes for (setting, label, logarithmic) triples, those that differ among the dots, `MOST` at most."""
    found = []
    for setting, name, log in settings:
        values = [dot.settings[setting] for dot in dots if setting in dot.settings]
        if len(set(map(repr, values))) < 2:
            continue  # older runs do not have it
        numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)
        words = () if numbers else tuple(sorted(set(values), key=str))
        found.append(Scale(setting, name, log and numbers and all(value > 0 for value in values), words))
    return found[:MOST]


class SweepScatter(QWidget):
    """Small charts side by side with a common vertical axis. A click on a dot chooses its run in all of them.

    Signals:
        chosen: (Path) the run of a dot.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._dots: tuple[Dot, ...] = ()
        self._scales: tuple[Scale, ...] = ()
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def show_dots(self, dots: Sequence[Dot], scales: Sequence[Scale]) -> None:
        """Draw these runs against these settings."""
        before = self._dots[self._at].folder if self._at >= 0 else None
        self._dots = tuple(sorted(dots, key=lambda dot: dot.figure))
        self._scales = tuple(scales)
        self._at = next((i for i, dot in enumerate(self._dots) if dot.folder == before), -1)
        self.setMinimumHeight(self.heightForWidth(max(self.width(), NARROWEST)))
        self.setAccessibleDescription(", ".join(self._words(dot) for dot in reversed(self._dots)))
        self.update()

    def choose(self, folder: Path) -> None:
        """Choose without telling anybody."""
        self._at = next((i for i, dot in enumerate(self._dots) if dot.folder == folder), -1)
        self.update()

    def _words(self, dot: Dot) -> str:
        values = (f"{s.label} {setting_words(dot.settings.get(s.setting))}" for s in self._scales)
        return f"{share_words(dot.figure, dot.metric)}: {', '.join(values)}"

    # Geometry

    def _columns(self) -> int:
        return max(1, min(len(self._scales) or 1, 3, (self.width() + GAP) // (NARROWEST + GAP)))

    def sizeHint(self) -> QSize:
        return QSize(620, self.heightForWidth(620))

    def heightForWidth(self, width: int) -> int:
        columns = max(1, min(len(self._scales) or 1, 3, (width + GAP) // (NARROWEST + GAP)))
        return (LOWEST + GAP) * -(-max(1, len(self._scales)) // columns)

    def _cell(self, at: int) -> QRectF:
        """The drawing room of a chart, without its words."""
        columns = self._columns()
        rows = -(-len(self._scales) // columns)
        wide, high = (self.width() + GAP) / columns, (self.height() + GAP) / max(1, rows)
        x, y = at % columns * wide, at // columns * high
        return QRectF(x + LEFT, y + TOP, wide - GAP - LEFT - 8, high - GAP - TOP - BOTTOM)

    def _range(self, scale: Scale) -> tuple[float, float]:
        places = [scale.place(dot.settings[scale.setting]) for dot in self._dots if scale.setting in dot.settings]
        low, high = (min(places), max(places)) if places else (0.0, 1.0)
        room = 0.06 * (high - low) or 0.5
        return low - room, high + room

    def _figures(self) -> tuple[float, float]:
        low, high = self._dots[0].figure, self._dots[-1].figure
        room = 0.08 * (high - low) or 0.05
        return max(0.0, low - room), min(1.0, high + room)

    def position(self, at: int, dot: Dot) -> QPointF | None:
        """Where a dot stands in the chart `at`; None where its run does not have the setting."""
        scale, cell = self._scales[at], self._cell(at)
        if scale.setting not in dot.settings:
            return None
        left, right = self._range(scale)
        low, high = self._figures()
        x = cell.left() + cell.width() * (scale.place(dot.settings[scale.setting]) - left) / (right - left)
        return QPointF(x, cell.bottom() - cell.height() * (dot.figure - low) / max(high - low, 1e-9))

    def _under(self, point: QPointF) -> int:
        away = [
            (math.hypot(place.x() - point.x(), place.y() - point.y()), i)
            for at in range(len(self._scales))
            for i, dot in enumerate(self._dots)
            if (place := self.position(at, dot)) is not None
        ]
        distance, nearest = min(away, default=(math.inf, -1))
        return nearest if distance <= _REACH else -1

    # Hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        under = self._under(event.position())
        if event.button() is Qt.MouseButton.LeftButton and under >= 0:
            self._choose_at(under)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._under(event.position()) >= 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        if event.key() in moves and self._dots:  # up is better
            self._choose_at(max(0, min(len(self._dots) - 1, self._at + moves[Qt.Key(event.key())])))
        else:
            super().keyPressEvent(event)

    def _choose_at(self, at: int) -> None:
        self._at = at
        self.update()
        self.chosen.emit(self._dots[at].folder)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            under = self._under(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._words(self._dots[under]) if under >= 0 else "", self)
            return True
        return super().event(event)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._dots:
            return
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at in range(len(self._scales)):
            self._paint_axes(p, at)
            for number, dot in enumerate(self._dots):
                if number != self._at:
                    self._paint_dot(p, at, dot)
            if self._at >= 0:
                self._paint_dot(p, at, self._dots[self._at], chosen=True)

    def _paint_axes(self, p: QPainter, at: int) -> None:
        now, scale, cell = theme.current(), self._scales[at], self._cell(at)
        p.setFont(theme.font("caption", 600))
        p.setPen(QColor(now.dim))
        title = QRectF(cell.left() - LEFT, cell.top() - TOP, cell.width() + LEFT, TOP - 6)
        p.drawText(title, Qt.AlignmentFlag.AlignVCenter, scale.label)
        p.setFont(theme.font("caption"))
        low, high = self._figures()
        for value, words in ticks(100 * low, 100 * high, max(2, int(cell.height() / 32))):
            y = cell.bottom() - cell.height() * (value / 100 - low) / max(high - low, 1e-9)
            p.setPen(QPen(QColor(now.line), 1))
            p.drawLine(QPointF(cell.left(), y), QPointF(cell.right(), y))
            p.setPen(QColor(now.faint))
            right = QRectF(cell.left() - LEFT, y - 8, LEFT - 6, 16)
            p.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        self._paint_values(p, scale, cell)

    def _paint_values(self, p: QPainter, scale: Scale, cell: QRectF) -> None:
        left, right = self._range(scale)
        count = max(2, int(cell.width() / 52))
        if scale.words:
            marks = [(float(i), setting_words(word)) for i, word in enumerate(scale.words)]
        else:
            marks = log_ticks(left, right, count) if scale.log else ticks(left, right, count)
        p.setPen(QColor(theme.current().faint))
        for value, words in marks:
            x = cell.left() + cell.width() * (value - left) / (right - left)
            p.drawText(QRectF(x - 40, cell.bottom() + 4, 80, 16), Qt.AlignmentFlag.AlignHCenter, words)

    def _paint_dot(self, p: QPainter, at: int, dot: Dot, *, chosen: bool = False) -> None:
        now, place = theme.current(), self.position(at, dot)
        if place is None:
            return
        best = dot is self._dots[-1]
        ink = QColor(now.net)
        ink.setAlphaF(1.0 if best or chosen else 0.6)
        p.setPen(QPen(QColor(now.you), 2.4) if chosen else QPen(QColor(now.panel), 1))
        p.setBrush(ink)
        p.drawEllipse(place, *((6.0, 6.0) if chosen or best else (4.5, 4.5)))
        if best and at == 0:
            p.setFont(theme.font("caption", 600))
            p.setPen(QColor(now.net))
            words = share_words(dot.figure, dot.metric)
            wide = p.fontMetrics().horizontalAdvance(words)
            outside = place.x() + 9 + wide > self._cell(at).right() + 8
            p.drawText(QPointF(place.x() - 9 - wide if outside else place.x() + 9, place.y() + 4), words)
