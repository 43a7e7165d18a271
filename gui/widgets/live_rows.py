"""Rows of the Live tab: an overlay with its switch, and classes with how much there is of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QFrame, QSizePolicy, QWidget

from gui import theme
from gui.widgets.basics import Icon, Toggle, column, restyle, role, row
from gui.widgets.chip import chip_size, paint_chip
from gui.widgets.controls import LOOK_CHANGED
from gui.widgets.inspector_parts import ShortLabel
from gui.widgets.photo_marks import class_colour


class SizeButton(QAbstractButton):
    """What is missing, as its size on a chip: a button that leads to where it can be had."""

    def __init__(self) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._fit()

    def say(self, words: str) -> None:
        """The size."""
        self.setText(words)
        self._fit()

    def _fit(self) -> None:
        size = chip_size("download", self.text())
        self.setFixedSize(size.width() + 4, max(24, size.height() + 4))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in LOOK_CHANGED:
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        paint_chip(p, QRectF(self.rect()).adjusted(0, 1, 0, -1), "download", self.text())
        if self.hasFocus() or self.underMouse():
            p.setPen(QPen(QColor(theme.current().you), 2 if self.hasFocus() else 1))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawRoundedRect(QRectF(self.rect()).adjusted(1, 2, -1, -2), 5, 5)


class OverlaySwitch(QFrame):
    """One thing that can be laid over the picture: icon, name, a caption, and a switch, or the size of what is missing.

    Signals:
        toggled: (bool) a person switched it. wanted: a person pressed the size.
    """

    toggled = Signal(bool)
    wanted = Signal()

    def __init__(self, icon: str, *, here: bool) -> None:
        super().__init__()
        role(self, "plain")
        self.here = here
        self._sign, self._icon = icon, Icon(icon, "dim", 16)
        self._name, self._words = ShortLabel("strong", lines=2), ShortLabel("caption", lines=2)
        self._switch, self._get = Toggle(), SizeButton()
        other = self._get if here else self._switch
        other.setParent(self)
        other.hide()
        self._switch.toggled.connect(self._switched)
        self._get.clicked.connect(self.wanted)
        if here:
            words: QBoxLayout = row((column(self._name, self._words, gap=0), 1), self._switch, gap=10)
        else:  # what is to be had is a network with a long name: it has the whole line
            words = column(row((self._name, 1), self._get, gap=6), self._words, gap=0)
        self.setLayout(row(self._icon, (words, 1), gap=10, margins=(10, 6, 8, 6)))

    def set_words(self, name: str, caption: str, size: str, tip: str) -> None:
        """What it is called, what it does in three words and in a sentence, and how large what is missing is."""
        self.setToolTip(tip)
        self._name.say(name)
        self._words.say(caption)
        self._get.say(size)
        self._switch.setAccessibleName(f"{name}: {tip}")
        self._get.setAccessibleName(f"{name}: {size}")

    @property
    def name(self) -> str:
        """What it is called."""
        return self._name.accessibleName()

    @property
    def hand(self) -> QWidget:
        """What the Tab key comes to. Not a focus proxy: where the order is set anew, a row behind its own switch leads
        back to it, and the Tab key never leaves the list."""
        return self._switch if self.here else self._get

    def is_on(self) -> bool:
        return self._switch.isChecked()

    def set_on(self, on: bool) -> None:
        """Switch it without telling anybody."""
        self._switch.blockSignals(True)
        self._switch.setChecked(on)
        self._switch.blockSignals(False)
        self._switch.update()
        self._show(on)

    def _switched(self, on: bool) -> None:
        self._show(on)
        self.toggled.emit(on)

    def _show(self, on: bool) -> None:
        restyle(self, role="card" if on else "plain")
        self._icon.show_icon(self._sign, "net" if on else "dim")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The whole row is the switch's target."""
        if (
            self.here
            and event.button() == Qt.MouseButton.LeftButton
            and self.rect().contains(event.position().toPoint())
        ):
            self._switch.toggle()


@dataclass(frozen=True, slots=True)
class Amount:
    """One class in the picture: its number (its colour), its name, how much in words, and its share in [0, 1]."""

    index: int
    name: str
    words: str
    share: float


class LiveLegend(QWidget):
    """Classes with their colour, a bar and an amount; a click or Enter keeps one alone on the picture.

    Signals:
        clicked: (int) a class.
    """

    clicked = Signal(int)
    HIGH = 23

    def __init__(self, most: int = 10) -> None:
        super().__init__()
        self._rows: Sequence[Amount] = ()
        self._most, self._at, self._only = most, 0, frozenset[int]()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._fit()

    def show_rows(self, rows: Sequence[Amount], only: frozenset[int] = frozenset()) -> None:
        """Show these, in this order; `only`: those that are kept on the picture, empty = all."""
        self._rows, self._only = rows[: self._most], only
        self._at = min(self._at, max(0, len(self._rows) - 1))
        self.setAccessibleDescription(", ".join(f"{r.name} {r.words}" for r in self._rows))
        self._fit()
        self.update()

    @property
    def rows(self) -> Sequence[Amount]:
        """What is shown."""
        return self._rows

    def _high(self) -> int:
        return round(self.HIGH * theme.scale())

    def _fit(self) -> None:
        if (high := max(1, len(self._rows)) * self._high()) != self.height():
            self.setFixedHeight(high)

    def sizeHint(self) -> QSize:
        return QSize(240, self.height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in LOOK_CHANGED:
            self._fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = int(event.position().y() // self._high())
        if 0 <= at < len(self._rows):
            self._at = at
            self.clicked.emit(self._rows[at].index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self._rows:
            self._at = (self._at + step) % len(self._rows)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._rows:
            self.clicked.emit(self._rows[self._at].index)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = self._high()
        for place, one in enumerate(self._rows):
            self._paint_row(p, QRectF(0, place * high, self.width(), high), one)
        if self.hasFocus() and self._rows:
            p.setPen(QPen(QColor(theme.current().you), 2))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawRoundedRect(QRectF(1, self._at * high + 1, self.width() - 2, high - 2), 4, 4)

    def _paint_row(self, p: QPainter, r: QRectF, one: Amount) -> None:
        now, scale = theme.current(), theme.scale()
        p.setOpacity(0.4 if self._only and one.index not in self._only else 1.0)
        colour = class_colour(one.index)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(colour)
        p.drawRoundedRect(QRectF(4, r.center().y() - 5, 10, 10), 3, 3)
        p.setFont(theme.font("small"))
        metrics = QFontMetricsF(p.font())
        name_room, figure = (r.width() - 24) * 0.42, 58 * scale
        p.setPen(QColor(now.text))
        name = metrics.elidedText(one.name, Qt.TextElideMode.ElideRight, name_room - 6)
        p.drawText(QRectF(22, r.y(), name_room, r.height()), Qt.AlignmentFlag.AlignVCenter, name)
        track = QRectF(22 + name_room, r.center().y() - 2, max(4.0, r.width() - 26 - name_room - figure), 4)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(now.hover))
        p.drawRoundedRect(track, 2, 2)
        p.setBrush(colour)
        p.drawRoundedRect(QRectF(track.x(), track.y(), max(4.0, track.width() * min(1.0, one.share)), 4), 2, 2)
        p.setPen(QColor(now.dim))
        end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        p.drawText(r.adjusted(0, 0, -4, 0), end, one.words)
        p.setOpacity(1.0)
