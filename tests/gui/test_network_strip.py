"""The diagram of a network: its captions never overlap and never leave it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from engine.train.recipes import RECIPES, Recipe
from gui.widgets.network_strip import NetworkStrip


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.id)
def test_captions_stand_side_by_side_within_the_strip(qtbot: QtBot, recipe: Recipe) -> None:
    strip = NetworkStrip()
    qtbot.addWidget(strip)
    strip.resize(206, 78)
    strip.show_blocks(recipe.layers)
    places = [rect for _, rect in strip.captions()]
    assert places
    assert all(QRectF(-1, 0, 208, 78).contains(rect) for rect in places)
    assert all(a.right() <= b.left() for a, b in pairwise(places))
