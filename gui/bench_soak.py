"""Every tab used at random, through real events, for as long as is asked: what it costs in memory and threads.

`bench soak --seconds 1800`. A hand that knows nothing clicks, draws, drags, chooses and presses keys. It leaves out
what would leave the program: file browsers, downloads and folders of the system; a dialog is read for a moment and
closed. The data folder of the machine is not touched: settings, runs and data lie in a place of their own.
"""

from __future__ import annotations

import os
import random
import statistics
import time
from collections import Counter
from pathlib import Path
from typing import Any

import psutil
from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QSlider, QWidget

from engine import settings
from gui.app import catch_errors, make_application, open_window
from gui.main_window import MainWindow
from gui.tour import borrowed_home, settle
from gui.widgets.controls import Button, IconButton
from gui.words import say

TICK_MS, LOOK_SECONDS, TAB_SECONDS = 120, 2.0, 8.0
WARM_UP = 0.25  # part of the time after which memory is compared: every tab was opened, every library loaded
_LEAVES_THE_PROGRAM = {"folder-open", "download-simple", "export", "globe", "camera"}
_KEYS = (
    Qt.Key.Key_Space,
    Qt.Key.Key_Escape,
    Qt.Key.Key_F1,
    Qt.Key.Key_F6,
    Qt.Key.Key_F11,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Period,
    Qt.Key.Key_Delete,
)


class Hand:
    """Does one thing at a time, chosen by `dice`."""

    def __init__(self, window: MainWindow, dice: random.Random) -> None:
        self._window, self._dice = window, dice
        self._came = 0.0
        self.done: Counter[str] = Counter()
        self.visits: Counter[str] = Counter()
        self._ways = ((self._click, 10), (self._draw, 4), (self._drag, 3), (self._choose, 2), (self._key, 2))

    def act(self) -> None:
        """Close what stands in the way, else go to another tab when it is time, else do something here."""
        if self.close_what_floats():
            return
        if time.monotonic() - self._came > TAB_SECONDS:
            self._go_on()
            return
        self._dice.choices([way for way, _ in self._ways], [weight for _, weight in self._ways])[0]()

    def _go_on(self) -> None:
        least = min(self.visits[id] for id in self._window.tabs)
        page = self._dice.choice([i for i, id in enumerate(self._window.tabs) if self.visits[id] <= least + 1])
        self._came = time.monotonic()
        self.visits[self._window.tabs[page]] += 1
        tabs = self._window.header.tabs
        QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(page).center())

    def close_what_floats(self) -> bool:
        """Close a menu or a dialog; True when there was one."""
        popup = QApplication.activePopupWidget()
        floating = popup or QApplication.activeModalWidget()
        if floating is None:
            return False
        self.done["closed"] += 1
        floating.close()
        return True

    def _some(self, kind: type[QWidget]) -> QWidget | None:
        seen = [w for w in self._window.current_page.findChildren(kind) if w.isVisible() and w.isEnabled()]
        seen = [w for w in seen if getattr(w, "_icon_name", None) not in _LEAVES_THE_PROGRAM and w.width() > 4]
        return self._dice.choice(seen) if seen else None

    def _click(self) -> None:
        button = self._some(QAbstractButton)
        if isinstance(button, (Button, IconButton)) or (button is not None and self._dice.random() < 0.5):
            self.done["click"] += 1
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def _point(self, widget: QWidget) -> QPoint:
        return QPoint(self._dice.randrange(max(1, widget.width())), self._dice.randrange(max(1, widget.height())))

    def _draw(self) -> None:
        """A stroke on anything that is painted: a pad, a chart, a picture, a grid."""
        widget = self._some(QWidget)
        if widget is None or not type(widget).__module__.startswith("gui.") or isinstance(widget, QAbstractButton):
            return
        self.done["draw"] += 1
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=self._point(widget))
        for _ in range(4):
            QTest.mouseMove(widget, self._point(widget))
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=self._point(widget))

    def _drag(self) -> None:
        slider = self._some(QSlider)
        if slider is not None:
            self.done["drag"] += 1
            QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=self._point(slider))

    def _choose(self) -> None:
        box = self._some(QComboBox)
        if isinstance(box, QComboBox) and box.count():
            self.done["choose"] += 1
            box.setFocus()
            QTest.keyClick(box, self._dice.choice((Qt.Key.Key_Down, Qt.Key.Key_Up)))

    def _key(self) -> None:
        self.done["key"] += 1
        QTest.keyClick(self._window.focusWidget() or self._window, self._dice.choice(_KEYS))


def run(seconds: float = 1800.0, root: Path | None = None, *, seed: int = 0) -> dict[str, Any]:
    """Use the window for `seconds`; memory in MiB, looked at every two seconds. `root` is not used: see above."""
    with borrowed_home() as home:
        os.environ["CONVOSCOPE_DATA"] = str(home / "no-data")
        window = open_window(make_application(), settings.load()[0])
        stop = catch_errors(window)
        window.resize(1440, 900)
        window.show()
        settle(1500)
        hand, process = Hand(window, random.Random(seed)), psutil.Process()
        looks: list[tuple[float, float, int, int]] = []
        began = time.monotonic()

        def look() -> None:
            memory = process.memory_info().rss / 2**20
            looks.append((time.monotonic() - began, memory, process.num_threads(), len(process.children())))

        loop, hands, eyes, mind = QEventLoop(), QTimer(), QTimer(), QTimer()
        hands.timeout.connect(hand.act)
        mind.timeout.connect(hand.close_what_floats)  # a file browser or menu holds the hand until it is closed
        mind.start(20 * TICK_MS)
        eyes.timeout.connect(look)
        hands.start(TICK_MS)
        eyes.start(round(1000 * LOOK_SECONDS))
        QTimer.singleShot(round(1000 * seconds), loop.quit)
        loop.exec()
        hands.stop()
        eyes.stop()
        mind.stop()
        look()
        told = [
            f"{say(one.text)} {one.details.strip().splitlines()[-1] if one.details.strip() else ''}"
            for one in window.notices.waiting
        ]
        window.close()
        stop()
    return {
        **_summary(looks, seconds),
        "seed": seed,
        "actions": dict(hand.done),
        "visits": dict(hand.visits),
        "told": told,
    }


def _summary(looks: list[tuple[float, float, int, int]], seconds: float) -> dict[str, Any]:
    """What grew between the first tenth after the warm-up and the last tenth, by their medians."""
    part = max(4 * LOOK_SECONDS, seconds * 0.1)
    first = [one for one in looks if seconds * WARM_UP <= one[0] <= seconds * WARM_UP + part] or looks
    last = [one for one in looks if one[0] >= looks[-1][0] - part]
    mean = [[statistics.median(one[i] for one in some) for some in (first, last)] for i in (1, 2, 3)]
    return {
        "seconds": seconds,
        "looks": len(looks),
        "memory_after_warm_up_mib": round(mean[0][0], 1),
        "memory_at_the_end_mib": round(mean[0][1], 1),
        "growth_mib": round(mean[0][1] - mean[0][0], 1),
        "most_memory_mib": round(max(one[1] for one in looks), 1),
        "threads_after_warm_up": mean[1][0],
        "threads_at_the_end": mean[1][1],
        "most_threads": max(one[2] for one in looks),
        "processes_at_the_end": mean[2][1],
    }
