"""Every colour pair can be read, and widgets follow a switch of theme by themselves."""

from __future__ import annotations

import re

import numpy as np
import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import theme
from gui.widgets.basics import button, label, panel
from resources import path


@pytest.mark.parametrize("name", ["dark", "light"])
def test_every_pair_of_ink_and_ground_has_its_contrast(name: str) -> None:
    tokens = theme.TOKENS[name]
    low = [
        (a, b, theme.contrast(tokens[a], tokens[b]))
        for a, b, floor in theme.PAIRS
        if theme.contrast(tokens[a], tokens[b]) < floor
    ]
    assert low == []


@pytest.mark.parametrize("name", ["dark", "light"])
def test_every_series_colour_can_be_seen_on_a_panel(name: str) -> None:
    panel_colour = theme.TOKENS[name]["panel"]
    assert min(theme.contrast(c, panel_colour) for c in theme.TOKENS["series"][name]) >= 3


def test_no_colour_is_written_outside_the_tokens() -> None:
    found = {}
    for file in path("..", "gui").resolve().rglob("*.py"):
        if hits := re.findall(r"[\"']#[0-9A-Fa-f]{6}[\"']", file.read_text(encoding="utf-8")):
            found[file.name] = hits
    assert found == {}


def test_a_switch_of_theme_repaints_panel_label_and_icon(qapp: QApplication, qtbot: QtBot) -> None:
    words, act = label(tone="net"), button("trash")
    ground = panel(words, act)
    qtbot.addWidget(ground)
    ground.resize(200, 120)
    ground.show()
    before = (ground.grab().toImage().pixelColor(100, 5).name(), act.icon().cacheKey())
    theme.apply(qapp, "light")
    after = (ground.grab().toImage().pixelColor(100, 5).name(), act.icon().cacheKey())
    assert before[0] == theme.TOKENS["dark"]["panel"].lower()
    assert after[0] == theme.TOKENS["light"]["panel"].lower()
    assert words.palette().windowText().color() == QColor(theme.current().net)
    assert before[1] != after[1]


def test_a_ramp_begins_and_ends_with_its_stops() -> None:
    rgb = theme.ramp(np.array([[0.0, 0.5, 1.0]]), ["#000000", "#804020", "#FFFFFF"])
    assert rgb.tolist() == [[[0, 0, 0], [128, 64, 32], [255, 255, 255]]]


def test_a_font_keeps_figures_in_their_columns(qapp: QApplication) -> None:
    from PySide6.QtGui import QFontMetricsF

    metrics = QFontMetricsF(theme.font("figure", 500))
    assert len({round(metrics.horizontalAdvance(d), 3) for d in "0123456789"}) == 1
