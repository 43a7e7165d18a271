"""The house set, under one name for pages: what `gui.widgets` offers for laying out and for setting values."""

from gui.widgets.chip import CHIPS, Chip
from gui.widgets.controls import LOOK_CHANGED, Button, Icon, IconButton, Segmented, Toggle, button
from gui.widgets.layout import column, frame, label, panel, restyle, role, row, rule
from gui.widgets.slider_row import SliderRow
from gui.widgets.stat_tile import StatTile
from gui.widgets.state import State

__all__ = [
    "CHIPS",
    "LOOK_CHANGED",
    "Button",
    "Chip",
    "Icon",
    "IconButton",
    "Segmented",
    "SliderRow",
    "StatTile",
    "State",
    "Toggle",
    "button",
    "column",
    "frame",
    "label",
    "panel",
    "restyle",
    "role",
    "row",
    "rule",
]
