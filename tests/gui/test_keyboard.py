"""Whoever has no mouse: the Tab key comes to everything that can be pressed or moved, and leaves it again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from clipping import controls
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.pages import PAGES

Open = Callable[..., MainWindow]
MOST = 300  # presses: more than any tab has controls


@pytest.mark.parametrize("name", [page.id for page in PAGES])
def test_the_tab_key_comes_to_all_and_round_again(name: str, open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    window.resize(1280, 800)
    with qtbot.waitSignal(window.painted):
        window.show()
    window.go(name)
    came = walk(window)
    assert len(came) < MOST, f"the Tab key does not leave {came[-3:]}"
    page = window.current_page
    missed = [w for w in controls(page) if w.isVisible() and w.isEnabled() and not reached(w, came)]
    assert missed == [], [(type(w).__name__, w.accessibleName(), type(w.parentWidget()).__name__) for w in missed]


def walk(window: MainWindow) -> list[QWidget]:
    """What has the focus, one press of Tab after another, until it comes back to the tabs."""
    window.header.tabs.setFocus()
    came: list[QWidget] = []
    while len(came) < MOST:
        at = window.focusWidget()
        assert at is not None
        if came and at is came[0]:
            break
        came.append(at)
        QTest.keyClick(at, Qt.Key.Key_Tab)
    return came


def reached(w: QWidget, came: list[QWidget]) -> bool:
    """Whether the keyboard comes to it: by Tab, or by the arrow keys from one beside it of which one is chosen."""
    if w in came or any(w.isAncestorOf(one) for one in came):
        return True
    if not isinstance(w, QAbstractButton) or not (w.group() or w.autoExclusive()):
        return False
    parent = w.parentWidget()
    beside = w.group().buttons() if w.group() else parent.findChildren(QAbstractButton) if parent else []
    return any(one in came for one in beside)
