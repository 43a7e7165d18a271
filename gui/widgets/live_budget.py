"""Where the time of one frame goes: one bar cut by step, with milliseconds above it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme

_SERIES = (1, 4, 0, 2)  # capture, prepare, infer (the network's mint), draw


class TimeBudget(QWidget):
    """Four parts in a row; the widths of the bar are their milliseconds."""

    HIGH = 36

    def __init__(self) -> None:
        super().__init__()
        self._names: Sequence[str] = ("", "", "", "")
        self._ms: tuple[float, ...] = ()
        self._right = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(120)
        self._fit()

    def set_names(self, names: Sequence[str]) -> None:
        """What the parts are called: capture, prepare, infer, draw."""
        self._names = names
        self._describe()

    def show_parts(self, milliseconds: Sequence[float], right: str) -> None:
        """Milliseconds of each part, () = nothing measured; `right`: words at the right end (frame age)."""
        self._ms, self._right = tuple(milliseconds), right
        self._describe()

    @property
    def parts(self) -> tuple[float, ...]:
        """The milliseconds that are shown."""
        return self._ms

    def _describe(self) -> None:
        words = ", ".join(f"{name} {ms:.1f} ms" for name, ms in zip(self._names, self._ms, strict=False))
        self.setAccessibleDescription(f"{words}. {self._right}" if words else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, self.height())

    def _fit(self) -> None:
        self.setFixedHeight(round(self.HIGH * theme.scale()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        now = theme.current()
        middle = self.height() * 0.36
        if not self._ms:
            return  # nothing was timed yet
        self._write(p, middle)
        whole = sum(self._ms) or 1.0
        x, room = 0.0, self.width() - 2.0 * (len(self._ms) - 1)
        for ms, series in zip(self._ms, _SERIES, strict=False):
            width = max(2.0, room * ms / whole)
            self._track(p, QRectF(x, self.height() - 12, width, 8), now.series[series])
            x += width + 2

    @staticmethod
    def _track(p: QPainter, r: QRectF, colour: str) -> None:
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(colour))
        p.drawRoundedRect(r, min(2.0, r.width() / 2), 2)

    def _write(self, p: QPainter, middle: float) -> None:
        """Names with figures, and the words at the right where there is room for all; else the figures alone."""
        pieces, right = self._pieces(named=True), self._right
        wide, room = (
            sum(width for *_, width in pieces),
            QFontMetricsF(theme.font("small")).horizontalAdvance(right) + 12,
        )
        if wide + room > self.width():
            right = ""
        if wide > self.width():
            pieces = self._pieces(named=False)
        x = 0.0
        for i, (name, figure, width) in enumerate(pieces):
            self._track(p, QRectF(x, middle - 5, 10, 10), theme.current().series[_SERIES[i]])
            at = x + 14
            at = self._word(p, name, at, middle, "dim") + 5 if name else at
            self._word(p, figure, at, middle, "text")
            x += width
        if right:
            self._word(p, right, self.width() - room + 12, middle, "dim")

    def _pieces(self, *, named: bool) -> list[tuple[str, str, float]]:
        """(name, figure, width) of each part."""
        small, strong = QFontMetricsF(theme.font("small")), QFontMetricsF(theme.font("small", 600))
        found = []
        for i, (name, ms) in enumerate(zip(self._names, self._ms, strict=False)):
            name, figure = name if named else "", f"{ms:.1f}" + (" ms" if i == len(self._ms) - 1 else "")
            words = small.horizontalAdvance(name) + 5 if name else 0.0
            found.append((name, figure, 14 + words + strong.horizontalAdvance(figure) + 11))
        return found

    @staticmethod
    def _word(p: QPainter, words: str, x: float, middle: float, ink: str) -> float:
        """Write, and say where the words end."""
        font = theme.font("small", 600 if ink == "text" else 400)
        width = QFontMetricsF(font).horizontalAdvance(words)
        p.setFont(font)
        p.setPen(QColor(getattr(theme.current(), ink)))
        p.drawText(QRectF(x, 0, width + 2, 2 * middle), Qt.AlignmentFlag.AlignVCenter, words)
        return x + width
