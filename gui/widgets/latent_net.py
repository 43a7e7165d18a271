"""An encoder and a decoder as a labelled diagram: the layers with their sizes, and the four names of the code."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.retold import Retold

Stages = tuple[tuple[str, int], ...]
"""(what stands under a stage, its side or width) from input to output; the middle one is the code."""

LECTURE: Stages = (
    ("28×28", 28),
    ("Conv 16", 28),
    ("pool", 14),
    ("Conv 8", 14),
    ("pool", 7),
    ("Conv 8 /2", 4),
    ("4×4×8", 4),
    ("Conv 8", 4),
    ("up", 8),
    ("Conv 8", 8),
    ("up", 16),
    ("Conv 16", 14),
    ("up", 28),
    ("28×28", 28),
)


class CodeDiagram(Retold, QWidget):
    """Bars as high as their maps are wide, the code in iris; encoder left, decoder right."""

    def __init__(self) -> None:
        super().__init__()
        self._stages: Stages = ()
        self._words: dict[str, str] = {}
        self._code = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def show_stages(self, stages: Stages, code: int) -> None:
        """The layers of another network; `code` is the number of the stage that is the code."""
        self._stages, self._code = stages, code
        self.setVisible(bool(stages))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(270, round(200 * theme.scale()))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._stages:
            return
        p, now, s = QPainter(self), theme.current(), theme.scale()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        top, tall = 36 * s, 60 * s
        wide = self.width() / len(self._stages)
        high = max(side for _, side in self._stages)
        middle = top + tall / 2
        for number, (words, side) in enumerate(self._stages):
            h = max(5.0, tall * side / high)
            box = QRectF(number * wide + 2, middle - h / 2, wide - 4, h)
            code = number == self._code
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(now.you if code else now.net))
            p.setOpacity(1.0 if code or number in (0, len(self._stages) - 1) else 0.55)
            p.drawRoundedRect(box, 2, 2)
            p.setOpacity(1.0)
            self._below(p, number * wide + wide / 2, top + tall + 4, words)
        self._sides(p, wide, top)
        p.setPen(QColor(now.you))
        p.setFont(theme.font("caption", 600))
        names = QRectF(0, self.height() - 34 * s, self.width(), 34 * s)
        p.drawText(names, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words["code"])

    def _below(self, p: QPainter, x: float, y: float, words: str) -> None:
        """A layer's name, standing on its side where bars are narrow."""
        p.save()
        p.translate(QPointF(x, y))
        p.rotate(90)
        p.setPen(QColor(theme.current().dim))
        p.setFont(theme.font("caption"))
        p.drawText(QRectF(0, -8, 64 * theme.scale(), 16), Qt.AlignmentFlag.AlignVCenter, words)
        p.restore()

    def _sides(self, p: QPainter, wide: float, top: float) -> None:
        now, at = theme.current(), self._code * wide
        p.setFont(theme.font("caption", 600))
        for left, right, name in ((0.0, at, "encoder"), (at + wide, float(self.width()), "decoder")):
            p.setPen(QColor(now.dim))
            room = QRectF(left, 0, right - left, top - 4)
            p.drawText(room, Qt.AlignmentFlag.AlignCenter, self._words[name].replace(" = ", " =\n"))
            p.setPen(QPen(QColor(now.line), 1))
            p.drawPolyline(QPolygonF([QPointF(left + 3, top - 3), QPointF(right - 3, top - 3)]))

    def retranslate(self) -> None:
        self._words = {
            "encoder": self.tr("encoder = recognition net"),
            "decoder": self.tr("decoder = generative net"),
            "code": self.tr("code = latent variable = feature = hidden representation"),
        }
        self.setAccessibleName(self.tr("Encoder, code and decoder"))
        self.update()
