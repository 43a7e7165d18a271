"""The contest as a picture: counterfeiter and police, what goes from one to the other, and where the gradient runs."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.latent.gan import Move
from gui import theme
from gui.widgets.images import to_image
from gui.widgets.retold import Retold

PLACES = {"z": 0.06, "G": 0.25, "fake": 0.46, "D": 0.67, "loss": 0.90}
DOWN = {"real": 0.24, "row": 0.62}
BACK = 0.88  # where the gradient runs


@dataclass(frozen=True)
class Verdict:
    """What is written at the end: mean D in [0, 1], the target it is compared with, and the loss."""

    belief: float
    target: int | None
    loss: float


class GanFlow(Retold, QWidget):
    """z → G → fake → D → verdict, the real ones from above. The frozen network is grey, the gradient's way dashed."""

    def __init__(self) -> None:
        super().__init__()
        self._move: Move | None = None
        self._verdict = Verdict(math.nan, None, math.nan)
        self._steep = (0.0, 0.0)
        self._pictures: dict[str, QImage] = {}
        self._words: dict[str, str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(round(156 * theme.scale()))
        self.retranslate()

    def sizeHint(self) -> QSize:
        return QSize(520, round(156 * theme.scale()))

    def show_move(self, move: Move | None, verdict: Verdict, grad_d: float, grad_g: float) -> None:
        """The move that was made and what came of it; lengths of the gradients in both networks."""
        self._move, self._verdict, self._steep = move, verdict, (grad_d, grad_g)
        self.setAccessibleDescription(self._words["frozen"] + ": " + (move.frozen if move else "–"))
        self.update()

    def show_pictures(self, real: np.ndarray | None, fake: np.ndarray | None) -> None:
        """One real and one made picture for the places they pass, (H, W[, 3]) uint8; None draws dots."""
        both = {"real": real, "fake": fake}
        self._pictures = {name: to_image(one) for name, one in both.items() if one is not None and one.size > 1}
        self.update()

    # Painting

    def _at(self, name: str) -> QPointF:
        if name == "real":
            return QPointF(self.width() * PLACES["fake"], self.height() * DOWN["real"])
        return QPointF(self.width() * PLACES[name], self.height() * DOWN["row"])

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        move = self._move
        lit = {None: (), Move.REAL: ("real",), Move.MAKE: ("z", "G"), Move.FAKE: ("fake",), Move.FOOL: ("fake",)}[move]
        for a, b in (("z", "G"), ("G", "fake"), ("fake", "D"), ("real", "D"), ("D", "loss")):
            on = a in lit or (a == "D" and move is not None and move is not Move.MAKE)
            self._arrow(p, self._at(a), self._at(b), on)
        if move is not None and move.path:
            self._gradient(p, move)
        self._thing(p, "real", "slide")
        self._thing(p, "fake", "net")
        self._noise(p)
        self._network(p, "G", "paint-brush-broad")
        self._network(p, "D", "shield-check")
        self._answer(p)

    def _arrow(self, p: QPainter, a: QPointF, b: QPointF, on: bool) -> None:
        now = theme.current()
        p.setPen(QPen(QColor(now.text if on else now.line), 2.2 if on else 1.4))
        p.drawLine(a, b)

    def _gradient(self, p: QPainter, move: Move) -> None:
        """From the loss back: into D, or through the frozen D and the picture into G."""
        now, y = theme.current(), self.height() * BACK
        ends = "G" if move is Move.FOOL else "D"
        start, stop = self._at("loss"), self._at(ends)
        ink = QColor(now.warn)
        p.setPen(QPen(ink, 2, Qt.PenStyle.DashLine))
        p.setBrush(Qt.BrushStyle.NoBrush)
        half = self._box(ends).height() / 2
        way = [QPointF(start.x(), start.y() + 24), QPointF(start.x(), y), QPointF(stop.x(), y)]
        p.drawPolyline(QPolygonF([*way, QPointF(stop.x(), stop.y() + half)]))
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(ink)
        tip = QPointF(stop.x(), stop.y() + half)
        p.drawPolygon(QPolygonF([tip, tip + QPointF(-5, 8), tip + QPointF(5, 8)]))
        steep = self._steep[1] if ends == "G" else self._steep[0]
        p.setPen(ink)
        p.setFont(theme.font("caption", 600))
        line = QRectF(stop.x() + 10, y + 1, start.x() - stop.x() - 12, 16 * theme.scale())
        p.drawText(line, Qt.AlignmentFlag.AlignCenter, f"{self._words['gradient']}  ‖∇‖ {steep:.3g}")

    def _box(self, name: str) -> QRectF:
        at, tall = self._at(name), 52 * theme.scale()
        wide = self.width() * 0.2
        return QRectF(at.x() - wide / 2, at.y() - tall / 2, wide, tall)

    def _network(self, p: QPainter, name: str, sign: str) -> None:
        now, box = theme.current(), self._box(name)
        frozen = self._move is not None and self._move.frozen == name
        learns = self._move is not None and self._move.learns == name
        p.setPen(QPen(QColor(now.net if learns else now.line), 2 if learns else 1))
        p.setBrush(QColor(now.hover if frozen else now.net_soft))
        p.drawRoundedRect(box, 8, 8)
        ink = now.faint if frozen else now.text
        p.drawPixmap(QPointF(box.left() + 8, box.center().y() - 9), theme.pixmap(sign, ink, 18))
        room = box.adjusted(30, 4, -4, -4)
        p.setPen(QColor(ink))
        p.setFont(theme.font("small", 600))
        half = room.height() / 2
        line = p.fontMetrics().elidedText(self._words[name], Qt.TextElideMode.ElideRight, int(room.width()))
        p.drawText(QRectF(room.left(), room.top(), room.width(), half), Qt.AlignmentFlag.AlignVCenter, line)
        p.setFont(theme.font("caption"))
        word = self._words["frozen"] if frozen else self._words["learns"] if learns else name
        p.drawText(QRectF(room.left(), room.top() + half, room.width(), half), Qt.AlignmentFlag.AlignVCenter, word)

    def _thing(self, p: QPainter, name: str, tone: str) -> None:
        now, at, side = theme.current(), self._at(name), 46 * theme.scale()
        box = QRectF(at.x() - side / 2, at.y() - side / 2, side, side)
        p.setPen(QPen(QColor(getattr(now, tone)), 1.4))
        p.setBrush(QColor(now.well))
        p.drawRoundedRect(box, 5, 5)
        if name in self._pictures:
            p.drawImage(box.adjusted(3, 3, -3, -3), self._pictures[name], QRectF(self._pictures[name].rect()))
        else:
            p.setPen(QPen(QColor(getattr(now, tone)), 5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            around = [at + QPointF(math.cos(a), math.sin(a)) * side * 0.28 for a in np.linspace(0, 6.28, 9)[:-1]]
            p.drawPoints(QPolygonF(around))
        p.setPen(QColor(getattr(now, tone)))
        p.setFont(theme.font("caption", 600))
        words = QRectF(at.x() - 70, box.top() - 17 * theme.scale(), 140, 16 * theme.scale())
        if name == "real":
            words = QRectF(box.left() - 96, box.top(), 90, side)
            p.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._words[name])
        else:
            p.drawText(words.translated(0, side + 17 * theme.scale()), Qt.AlignmentFlag.AlignCenter, self._words[name])

    def _noise(self, p: QPainter) -> None:
        now, at = theme.current(), self._at("z")
        p.setPen(QPen(QColor(now.dim), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        grid = np.random.default_rng(3).normal(0, 9, (40, 2))
        p.drawPoints(QPolygonF([at + QPointF(x, y) for x, y in grid]))
        p.setFont(theme.font("caption", 600))
        p.drawText(QRectF(at.x() - 40, at.y() + 24, 80, 16 * theme.scale()), Qt.AlignmentFlag.AlignCenter, "z")

    def _answer(self, p: QPainter) -> None:
        """D's mean answer as a dial from 0 to 1, with the target beside it."""
        now, at, said = theme.current(), self._at("loss"), self._verdict
        wide, tall = self.width() * 0.13, 8.0
        bar = QRectF(at.x() - wide / 2, at.y() + 6, wide, tall)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(now.hover))
        p.drawRoundedRect(bar, 4, 4)
        known = not math.isnan(said.belief)
        if known:
            p.setBrush(QColor(now.net))
            p.drawRoundedRect(QRectF(bar.left(), bar.top(), max(4.0, wide * said.belief), tall), 4, 4)
        p.setFont(theme.font("lead", 600))
        p.setPen(QColor(now.text if known else now.faint))
        figure = f"D = {said.belief:.2f}" if known else "D = –"
        p.drawText(QRectF(at.x() - 60, at.y() - 22, 120, 24), Qt.AlignmentFlag.AlignCenter, figure)
        p.setFont(theme.font("caption", 600))
        p.setPen(QColor(now.slide))
        words = "" if said.target is None else self._words["target"].format(n=said.target)
        p.drawText(QRectF(at.x() - 70, at.y() - 44, 140, 18), Qt.AlignmentFlag.AlignCenter, words)
        if said.target is not None:
            x = bar.left() + bar.width() * said.target
            p.setPen(QPen(QColor(now.slide), 2.5))
            p.drawLine(QPointF(x, bar.top() - 4), QPointF(x, bar.bottom() + 4))

    def retranslate(self) -> None:
        self._words = {
            "G": self.tr("Counterfeiter"),
            "D": self.tr("Police"),
            "real": self.tr("real x"),
            "fake": self.tr("fake G(z)"),
            "frozen": self.tr("frozen"),
            "learns": self.tr("learns"),
            "gradient": self.tr("gradient"),
            "target": self.tr("target ‘{n}’"),
        }
        self.setAccessibleName(self.tr("Counterfeiter and police"))
        self.update()
