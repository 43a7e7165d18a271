"""A ranking as painted lines: place, who, and a bar as long as its errors; papers in sand, this machine in mint."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.train.ranking import Ranked
from gui import theme

_LINE, _PLACE, _FIGURE, _GAP = 34, 30, 66, 12
_BAR = 0.34  # of the width


class RankingList(QWidget):
    """Lines of a ranking, the best first. What is cut off stands in the tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[Ranked, ...] = ()
        self._bundled = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: tuple[Ranked, ...], bundled: str) -> None:
        """Another ranking; `bundled`: the word for weights that came with the app."""
        self.lines, self._bundled = lines, bundled
        self.setAccessibleDescription("; ".join(f"{one.place}. {self._said(one)}, {_percent(one)}" for one in lines))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, self._line() * len(self.lines))

    def _line(self) -> int:
        return round(_LINE * theme.scale())

    def _said(self, one: Ranked) -> str:
        about = one.source or (one.folder.name if one.folder else self._bundled)
        return f"{one.name} · {about}"

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = event.pos().y() // self._line()
            if 0 <= at < len(self.lines):
                QToolTip.showText(event.globalPos(), self._said(self.lines[at]), self)
                return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max((one.errors for one in self.lines), default=1) or 1
        for at, one in enumerate(self.lines):
            self._paint(painter, QRectF(0, at * self._line(), self.width(), self._line()), one, most)

    def _paint(self, p: QPainter, box: QRectF, one: Ranked, most: int) -> None:
        now, ink = theme.current(), QColor(theme.current().net if one.here else theme.current().slide)
        middle = Qt.AlignmentFlag.AlignVCenter
        p.setPen(QColor(now.faint))
        p.setFont(theme.font("small", 500))
        p.drawText(QRectF(0, box.top(), _PLACE - 8, box.height()), middle | Qt.AlignmentFlag.AlignRight, str(one.place))
        bars = box.width() * _BAR
        room = box.width() - _PLACE - bars - _FIGURE - _GAP
        p.setFont(theme.font("small", 600 if one.here else 400))
        p.setPen(QColor(now.text if one.here else now.dim))
        said = p.fontMetrics().elidedText(self._said(one), Qt.TextElideMode.ElideRight, int(room))
        p.drawText(QRectF(_PLACE, box.top(), room, box.height()), middle, said)
        left = _PLACE + room + _GAP
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(ink)
        p.drawRoundedRect(QRectF(left, box.center().y() - 3, max(2.0, bars * one.errors / most), 6), 3, 3)
        p.setPen(ink)
        p.setFont(theme.font("small", 600))
        figure = QRectF(box.right() - _FIGURE, box.top(), _FIGURE, box.height())
        p.drawText(figure, middle | Qt.AlignmentFlag.AlignRight, _percent(one))


def _percent(one: Ranked) -> str:
    return f"{100 * one.accuracy:.2f} %"
