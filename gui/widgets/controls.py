"""What a hand moves: buttons, segments, switches. They follow the theme by themselves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from gui import theme
from gui.widgets.layout import role, row

LOOK_CHANGED = (QEvent.Type.StyleChange, QEvent.Type.PaletteChange)


class Icon(QWidget):
    """A picture of one colour that follows the theme; says nothing to a screen reader."""

    def __init__(self, name: str, tone: str = "dim", size: int = 16) -> None:
        super().__init__()
        self._name, self._tone, self._size = name, tone, size
        self.setFixedSize(size, size)

    def show_icon(self, name: str, tone: str | None = None) -> None:
        """Show another one."""
        self._name, self._tone = name, tone or self._tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = getattr(theme.current(), self._tone)
        QPainter(self).drawPixmap(0, 0, theme.pixmap(self._name, colour, self._size))


_INKS = {"primary": "on_fill", "stop": "bad", "quiet": "dim"}  # other kinds write in `text`


class Button(QPushButton):
    """A button whose icon takes the colour of its words; kind primary, secondary, quiet or stop."""

    def __init__(self, icon: str | None, kind: str, size: str | None) -> None:
        super().__init__()
        self._icon_name = icon
        self.setProperty("kind", kind)
        self.setProperty("size", size)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._tint()

    def show_icon(self, name: str | None) -> None:
        """Change the icon (Pause becomes Resume)."""
        self._icon_name = name
        self._tint()

    def _tint(self) -> None:
        if not self._icon_name:
            return
        ink = getattr(theme.current(), _INKS.get(self.property("kind"), "text"))
        found = QIcon(_with_gap(theme.pixmap(self._icon_name, ink, 16)))
        found.addPixmap(_with_gap(theme.pixmap(self._icon_name, theme.current().faint, 16)), QIcon.Mode.Disabled)
        self.setIcon(found)
        self.setIconSize(QSize(20, 16))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in LOOK_CHANGED:
            self._tint()


def _with_gap(picture: QPixmap) -> QPixmap:
    """4 px of nothing at the right: Qt sets icon and words too close."""
    ratio = picture.devicePixelRatio()
    out = QPixmap(int(20 * ratio), int(16 * ratio))
    out.setDevicePixelRatio(ratio)
    out.fill(Qt.GlobalColor.transparent)
    painter = QPainter(out)
    painter.drawPixmap(0, 0, picture)
    painter.end()
    return out


def button(icon: str | None = None, kind: str = "secondary", size: str | None = None) -> Button:
    """A button: kind primary, secondary, quiet or stop; size None, "large" or "compact"."""
    return Button(icon, kind, size)


class IconButton(QToolButton):
    """An icon alone; `set_tip` gives it its tooltip and accessible name."""

    def __init__(self, icon: str, tone: str = "dim", size: int = 18, compact: bool = False) -> None:
        super().__init__()
        self._icon_name, self._tone, self._pixels = icon, tone, size
        self.setProperty("kind", "icon")
        if compact:
            self.setProperty("size", "compact")
        self.setIconSize(QSize(size, size))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._tint()

    def set_tip(self, words: str) -> None:
        """Name it, for the pointer and for a screen reader."""
        self.setToolTip(words)
        self.setAccessibleName(words)

    def show_icon(self, name: str, tone: str | None = None) -> None:
        """Show another one."""
        self._icon_name, self._tone = name, tone or self._tone
        self._tint()

    def _tint(self) -> None:
        now = theme.current()
        self.setIcon(theme.icon(self._icon_name, getattr(now, self._tone), now.faint, self._pixels))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in LOOK_CHANGED:
            self._tint()


class Segmented(QFrame):
    """Two to five short views of which one is chosen; arrows move.

    Signals:
        chosen: (int) a person chose another one.
    """

    chosen = Signal(int)

    def __init__(self, count: int, wide: bool = False) -> None:
        super().__init__()
        role(self, "segments")
        self._group = QButtonGroup(self)
        box = row(gap=2, margins=(2, 2, 2, 2))
        self.setLayout(box)
        for i in range(count):
            part = QToolButton()
            part.setCheckable(True)
            part.setChecked(i == 0)
            part.setProperty("kind", "segment")
            if wide:
                part.setProperty("wide", True)
                part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._group.addButton(part, i)
            box.addWidget(part)
        policy = QSizePolicy.Policy.Expanding if wide else QSizePolicy.Policy.Maximum
        self.setSizePolicy(policy, QSizePolicy.Policy.Fixed)
        self._index = 0
        self._group.idToggled.connect(self._toggled)

    def setTexts(self, texts: list[str]) -> None:
        """Name the parts, in order."""
        for i, text in enumerate(texts):
            self._group.button(i).setText(text)

    def index(self) -> int:
        """The chosen one."""
        return self._index

    def enable(self, index: int, on: bool, why: str = "") -> None:
        """Let one be chosen or not; `why` not is told in its tooltip."""
        self._group.button(index).setEnabled(on)
        self._group.button(index).setToolTip("" if on else why)

    def choose(self, index: int) -> None:
        """Choose one without telling anybody."""
        self._index = index
        self._group.button(index).setChecked(True)

    def _toggled(self, index: int, on: bool) -> None:
        if on and index != self._index:
            self._index = index
            self.chosen.emit(index)


class Toggle(QCheckBox):
    """On or off, at once; on is filled and moved: not colour alone."""

    def __init__(self, on: bool = False) -> None:
        super().__init__()
        self.setChecked(on)
        self.setFixedSize(34, 24)  # drawn 34 × 20, the hit area is 24
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def hitButton(self, at: QPoint) -> bool:
        return self.rect().contains(at)

    def paintEvent(self, event: QPaintEvent) -> None:
        now, on = theme.current(), self.isChecked()
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = now.you if self.hasFocus() else now.edge
        p.setPen(Qt.PenStyle.NoPen if on and not self.hasFocus() else QPen(QColor(edge), 2 if self.hasFocus() else 1.2))
        p.setBrush(QColor((now.you_fill if on else now.well) if self.isEnabled() else now.hover))
        p.drawRoundedRect(QRectF(1, 3, 32, 18), 9, 9)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(now.on_fill if on else now.edge))
        p.drawEllipse(QPointF(24 if on else 10, 12), 6, 6)
