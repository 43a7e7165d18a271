"""The states of a machine of two units as a row each: its units, its energy worked out, and how likely it is."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.latent.rbm import State
from gui import theme
from gui.widgets.retold import Retold

ROW = 84


class EnergyRows(Retold, QWidget):
    """Least energy first. The sum stands beside each: E = −a·v − b·h − v·w·h."""

    def __init__(self) -> None:
        super().__init__()
        self.states: tuple[State, ...] = ()
        self._numbers = (0.0, 0.0, 0.0)
        self._words = ("", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.retranslate()

    def sizeHint(self) -> QSize:
        return QSize(480, 4 * ROW)

    def show_states(self, states: tuple[State, ...], numbers: tuple[float, float, float]) -> None:
        """The states of the machine with these w, a and b."""
        self.states, self._numbers = states, numbers
        said = [f"{s.visible[0]:+.0f}/{s.hidden[0]:+.0f}: {s.energy:.2f}" for s in states]
        self.setAccessibleDescription("; ".join(said))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        tall = min(float(ROW) * theme.scale(), self.height() / 4)
        for number, state in enumerate(self.states):
            self._paint_state(p, QRectF(0, number * tall, self.width(), tall), state, least=number == 0)

    def _paint_state(self, p: QPainter, r: QRectF, state: State, *, least: bool) -> None:
        now, (w, a, b) = theme.current(), self._numbers
        p.setPen(QPen(QColor(now.net if least else now.line), 2 if least else 1))
        p.setBrush(QColor(now.net_soft if least else now.well))
        card = r.adjusted(1, 3, -1, -3)
        p.drawRoundedRect(card, 8, 8)
        v, h = state.visible[0], state.hidden[0]
        y = card.center().y()
        left, right = QPointF(card.left() + 34, y), QPointF(card.left() + 104, y)
        p.setPen(QPen(QColor(now.dim), 1.0 + min(6.0, 2.5 * abs(w))))
        p.drawLine(left, right)
        for place, value, name in ((left, v, "v"), (right, h, "h")):
            p.setPen(QPen(QColor(now.edge), 1.2))
            p.setBrush(QColor(now.slide if value > 0 else now.panel))
            p.drawEllipse(place, 19, 19)
            p.setPen(QColor(now.panel if value > 0 else now.text))
            p.setFont(theme.font("small", 600))
            box = QRectF(place.x() - 19, place.y() - 19, 38, 38)
            p.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{name} {value:+.0f}".replace("-", "−"))
        words = card.adjusted(140, 8, -12, -8)
        p.setPen(QColor(now.text))
        p.setFont(theme.font("body", 600))
        half = words.height() / 2
        line = QRectF(words.left(), words.top(), words.width(), half)
        sums = f"E = −({a:g})({v:g}) − ({b:g})({h:g}) − ({v:g})({w:g})({h:g}) = {state.energy:g}".replace("-", "−")
        p.drawText(
            line,
            Qt.AlignmentFlag.AlignVCenter,
            p.fontMetrics().elidedText(sums, Qt.TextElideMode.ElideRight, int(line.width())),
        )
        self._paint_chance(p, QRectF(words.left(), words.top() + half, words.width(), half), state, least=least)

    def _paint_chance(self, p: QPainter, r: QRectF, state: State, *, least: bool) -> None:
        now = theme.current()
        track = QRectF(r.left(), r.center().y() - 4, r.width() * 0.5, 8)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(now.hover))
        p.drawRoundedRect(track, 4, 4)
        p.setBrush(QColor(now.net))
        p.drawRoundedRect(QRectF(track.left(), track.top(), max(4.0, track.width() * state.probability), 8), 4, 4)
        p.setPen(QColor(now.net if least else now.dim))
        p.setFont(theme.font("small", 600 if least else 400))
        words = f"p = {100 * state.probability:.1f}\u2009%" + (f"   {self._words[0]}" if least else "")
        p.drawText(QRectF(track.right() + 12, r.top(), r.width(), r.height()), Qt.AlignmentFlag.AlignVCenter, words)

    def retranslate(self) -> None:
        self._words = (self.tr("least energy, most likely"), "")
        self.setAccessibleName(self.tr("All four states with their energy"))
        self.update()
