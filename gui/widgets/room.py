"""How much room the window has. Small windows hide evidence lines and narrow the side columns."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

SMALL_WIDTH, SMALL_HEIGHT = 1400, 860


def is_small(widget: QWidget) -> bool:
    """True where the window of `widget` is narrower than 1400 or lower than 860 logical pixels."""
    window = widget.window()
    return window.width() < SMALL_WIDTH or window.height() < SMALL_HEIGHT


def tell_room(widget: QWidget, small: bool) -> None:
    """Call `room_changed(small)` of `widget` and all below it that have one."""
    for w in (widget, *widget.findChildren(QWidget)):
        if (follow := getattr(w, "room_changed", None)) is not None:
            follow(small)
