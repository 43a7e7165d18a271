"""The agent and its environment (Sutton and Barto, figure 3.1), each arrow with this step's real s, a and r.

An action flies out, then reward and state come back: the arrows light up one after the other. Lecture rows 125, 128.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.rl.settings import LOOP
from gui import theme
from gui.widgets.images import to_image
from gui.widgets.lens import explain
from gui.widgets.retold import Retold

HIGH, BOX, RIM, ARROW = 138, 30, 14, 5  # pixels: all, one of the two boxes, from the rim to the arrows, an arrow's head
GLOW = 500  # milliseconds that both arrows together shine
STATE = QSize(60, 45)


class AgentLoop(Retold, QWidget):
    """Fed with every step that can be seen; between two games it shows the loop without numbers."""

    def __init__(self) -> None:
        super().__init__()
        self._state: QImage | str = ""
        self.action = self.reward = ""
        self._names = ("", "")
        self._shine = QVariantAnimation(self, duration=GLOW, startValue=0.0, endValue=1.0)
        self._shine.valueChanged.connect(lambda _value: self.update())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HIGH)
        explain(self, LOOP)
        self.retranslate()

    def sizeHint(self) -> QSize:
        return QSize(260, HIGH)

    def clear(self) -> None:
        """No game."""
        self._state, self.action, self.reward = "", "", ""
        self._shine.stop()
        self.update()

    def show_state(self, state: np.ndarray | int) -> None:
        """(H, W, 3) uint8 RGB or (H, W) grey: what the environment shows now; or the number of a state in a table."""
        if not isinstance(state, int) and state.ndim == 2:
            state = np.repeat(state[..., None], 3, 2)
        self._state = str(state) if isinstance(state, int) else to_image(np.ascontiguousarray(state))
        self.update()

    def show_step(self, action: str, reward: float) -> None:
        """What the agent did, and what it got for it, in the rewards' unit."""
        self.action, self.reward = action, f"{reward:+g}".replace("-", "−") if reward else "0"
        self.setAccessibleDescription(f"a: {self.action}, r: {self.reward}")
        if self._shine.state() is not QVariantAnimation.State.Running:  # at high speed each glow is still seen whole
            self._shine.start()
        self.update()

    def retranslate(self) -> None:
        self._names = self.tr("Agent"), self.tr("Environment")
        self.setAccessibleName(self.tr("Agent and environment"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        p, now = QPainter(self), theme.current()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right = self.width() * 0.26, self.width() * 0.74
        p.setFont(theme.font("small", 600))
        for y, name in zip((1.0, HIGH - BOX - 1.0), self._names, strict=True):
            box = QRectF(left, y, right - left, BOX)
            p.setPen(QPen(QColor(now.edge), 1))
            p.setBrush(QColor(now.well))
            p.drawRoundedRect(box, 6, 6)
            p.setPen(QColor(now.text))
            p.drawText(box, Qt.AlignmentFlag.AlignCenter, name)
        above, below, rim = 1 + BOX / 2, HIGH - 1 - BOX / 2, self.width() - RIM
        went, came = self._brightness()
        self._arrow(p, QColor(now.net), went, [(right, above), (rim, above), (rim, below), (right, below)])
        self._arrow(p, QColor(now.slide), came, [(left, below), (RIM, below), (RIM, above), (left, above)])
        self._words(p, QRectF(RIM + 8, BOX + 4, rim - RIM - 16, HIGH - 2 * BOX - 8))

    def _brightness(self) -> tuple[float, float]:
        """Of the action's arrow and of the reward's, in [0, 1]: the one fades while the other lights up."""
        if self._shine.state() is not QVariantAnimation.State.Running:
            return 0.45, 0.45
        at = float(self._shine.currentValue())
        return (1.0, 0.3) if at < 0.5 else (0.3, 1.0)

    @staticmethod
    def _arrow(p: QPainter, ink: QColor, bright: float, corners: list[tuple[float, float]]) -> None:
        ink.setAlphaF(bright)
        p.setPen(QPen(ink, 1.0 + bright))
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawPolyline(QPolygonF([QPointF(*corner) for corner in corners]))
        (x, y), side = corners[-1], 1 if corners[-2][0] > corners[-1][0] else -1
        p.setBrush(ink)
        p.drawPolygon(QPolygonF([QPointF(x, y), *(QPointF(x + side * 2 * ARROW, y + d) for d in (-ARROW, ARROW))]))

    def _words(self, p: QPainter, room: QRectF) -> None:
        """State and reward at the left, the action at the right."""
        now = theme.current()
        middle = Qt.AlignmentFlag.AlignVCenter
        shown = QRectF(room.left() + 14, room.center().y() - STATE.height() / 2, STATE.width(), STATE.height())
        p.setFont(theme.font("small", 600))
        p.setPen(QColor(now.dim))
        p.drawText(QRectF(room.left(), room.top(), 14, room.height()), Qt.AlignmentFlag.AlignLeft | middle, "s")
        if isinstance(self._state, str):
            p.drawText(shown, Qt.AlignmentFlag.AlignLeft | middle, f" {self._state}")
        else:
            p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            p.drawImage(shown, self._state)
        p.setPen(QColor(now.slide))
        reward = QRectF(shown.right() + 8, room.top(), 70, room.height())
        p.drawText(reward, Qt.AlignmentFlag.AlignLeft | middle, f"r {self.reward}" if self.reward else "r")
        p.setPen(QColor(now.net))
        action = QRectF(reward.right(), room.top(), room.right() - reward.right(), room.height())
        words = f"a  {self.action}" if self.action else "a"
        words = p.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(action.width()))
        p.drawText(action, Qt.AlignmentFlag.AlignRight | middle, words)
