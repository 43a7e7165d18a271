"""Laying out: labels, rows, columns, panels. Texts are set by the page in its `retranslate`."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

Margins = tuple[int, int, int, int]


def role(widget: QWidget, name: str, **properties: Any) -> QWidget:
    """Say what `widget` is to the style sheet."""
    widget.setProperty("role", name)
    for key, value in properties.items():
        widget.setProperty(key, value)
    return widget


def restyle(widget: QWidget, **properties: Any) -> None:
    """Change properties the style sheet looks at, and let it look again."""
    if all(widget.property(key) == value for key, value in properties.items()):
        return
    for key, value in properties.items():
        widget.setProperty(key, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def label(kind: str = "body", wrap: bool = False, tone: str | None = None) -> QLabel:
    """A line of text: kind body, caption, section, small, dim, strong, lead, title, display or figure.

    `tone` names a colour of the theme; change it later with `restyle(w, tone=…)`.
    """
    w = QLabel()
    role(w, kind, tone=tone)
    w.setWordWrap(wrap)
    w.setTextFormat(Qt.TextFormat.PlainText)
    return w


def row(*items: Any, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """Side by side: widgets, layouts, (item, stretch), an int for space, None for the rest of the room."""
    box = QHBoxLayout()
    _fill(box, items, gap, margins)
    return box


def column(*items: Any, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """Below each other; items as in `row`."""
    box = QVBoxLayout()
    _fill(box, items, gap, margins)
    return box


def _fill(box: QBoxLayout, items: tuple[Any, ...], gap: int, margins: Margins) -> None:
    box.setSpacing(gap)
    box.setContentsMargins(*margins)
    for item in items:
        stretch = 0
        if isinstance(item, tuple):
            item, stretch = item
        if item is None:
            box.addStretch(1)
        elif isinstance(item, int):
            box.addSpacing(item)
        elif isinstance(item, QWidget):
            box.addWidget(item, stretch)
        else:
            box.addLayout(item, stretch)


def frame(kind: str, layout: QLayout, **properties: Any) -> QFrame:
    """A ground for a layout: panel, card, well, note."""
    f = QFrame()
    role(f, kind, **properties)
    f.setLayout(layout)
    return f


def panel(*items: Any, gap: int = 12, pad: int = 16) -> QFrame:
    """A panel with its items below each other."""
    return frame("panel", column(*items, gap=gap, margins=(pad, pad, pad, pad)))


def rule() -> QFrame:
    """A thin line between groups."""
    f = QFrame()
    role(f, "rule")
    return f
