"""One measured figure: name, value with unit, one line of evidence, and its way here as a small curve."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF, QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from gui import theme
from gui.widgets.chip import Chip
from gui.widgets.layout import column, label, role, row
from gui.widgets.room import is_small


class Spark(QWidget):
    """The last values as a line without axes; a dot marks the newest."""

    KEPT = 120

    def __init__(self, tone: str = "net") -> None:
        super().__init__()
        self._tone = tone
        self._values: deque[float] = deque(maxlen=self.KEPT)
        self.setFixedHeight(22)
        self.setMinimumWidth(20)  # the figure beside it comes first
        self.setMaximumWidth(60)

    def sizeHint(self) -> QSize:
        return QSize(self.maximumWidth(), 22)

    def add(self, value: float) -> None:
        self._values.append(value)
        self.update()

    def clear(self) -> None:
        self._values.clear()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if len(self._values) < 2:
            return
        low, high = min(self._values), max(self._values)
        w, h, n = self.width() - 6, self.height() - 6, len(self._values)
        span = (high - low) or 1.0
        points = [QPointF(3 + w * i / (n - 1), 3 + h * (1 - (v - low) / span)) for i, v in enumerate(self._values)]
        colour = QColor(getattr(theme.current(), self._tone))
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(QPen(colour, 1.4))
        p.drawPolyline(QPolygonF(points))
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(colour)
        p.drawEllipse(points[-1], 2.2, 2.2)


class StatTile(QFrame):
    """Caption, figure and unit, evidence, sparkline. `tone` colours the figure (mint: the network's)."""

    def __init__(self, tone: str | None = None, ground: str = "panel", *, spark: bool = True) -> None:
        """`spark`: whether it has a small curve."""
        super().__init__()
        role(self, ground)
        self._title, self._note = label("caption"), label("caption")
        self._figure, self._unit = label("figure", tone=tone), label("small")
        self._chip, self._spark = Chip("measured"), Spark()
        self._chip.hide()
        self._spark.setVisible(spark)
        head = row(self._title, None, self._chip, gap=4)
        value = row(self._figure, self._unit, None, self._spark, gap=4)
        self.setLayout(column(head, value, self._note, gap=2, margins=(14, 9, 14, 10)))
        self._figure.setText("–")

    def set_title(self, title: str) -> None:
        """What is measured."""
        self._title.setText(title)

    def show_value(self, value: str, unit: str = "", note: str = "", chip: tuple[str, str] | None = None) -> None:
        """Show a figure with its unit and evidence; `chip` is (kind, word)."""
        self._figure.setText(value)
        self._unit.setText(unit)
        self._note.setText(note)
        self._chip.setVisible(chip is not None)
        if chip:
            self._chip.set_kind(chip[0])
            self._chip.setText(chip[1])
        self.setAccessibleName(f"{self._title.text()} {value} {unit}. {note}")

    def add_point(self, value: float) -> None:
        """Lengthen the small curve."""
        self._spark.add(value)

    def clear(self) -> None:
        """Nothing measured yet."""
        self._spark.clear()
        self.show_value("–")

    def room_changed(self, small: bool) -> None:
        """In small windows the evidence line goes and the curve gets shorter."""
        self._note.setVisible(not small)
        self._spark.setMaximumWidth(44 if small else 60)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.room_changed(is_small(self))
