"""Every tab used at random, through real events, for as long as is asked: what it costs in memory and threads.

`bench soak --seconds 1800`. A hand that knows nothing clicks, draws, drags, chooses and presses keys. It leaves out
what would leave the program: file browsers, downloads and folders of the system; a dialog is read for a moment and
closed. The data folder of the machine is not touched: settings, runs and data lie in a place of their own.

What a job needs while it runs is no growth: memory is compared at rest, with Home in front, all work stopped, what was
freed given back and the networks that wait for their next use let go, as the program itself does after a minute. The warm-up lets each tab do its job once, as the self-test does, and goes on at random.
"""

from __future__ import annotations

import gc
import os
import random
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import psutil
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QSlider, QWidget

from engine import settings
from engine.memory import give_memory_back
from gui.app import catch_errors, make_application, open_window
from gui.main_window import MainWindow
from gui.tour import borrowed_home, settle, visit
from gui.widgets.controls import Button, IconButton
from gui.words import say

TICK_MS, LOOK_SECONDS, TAB_SECONDS, REST_MS = 120, 2.0, 8.0, 6000
LEAVE_SECONDS, LEAVE_MS = 60.0, 200  # what was stopped may take so long to end; how often is looked
WARM_UP = 0.4  # part of the time after which memory is compared: every tab did its job, every library is loaded
RESTS = 6  # after the warm-up, the first at its end, the last at the end
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


class Look(NamedTuple):
    """What the program holds at a moment: seconds from the start, MiB, threads, processes it started."""

    seconds: float
    mib: float
    threads: int
    processes: int


class Soak:
    """The window in use: a hand, and eyes that look every two seconds."""

    def __init__(self, window: MainWindow, seed: int) -> None:
        self._window, self.hand = window, Hand(window, random.Random(seed))
        self._process, self._began = psutil.Process(), time.monotonic()
        self.looks: list[Look] = []
        self.rests: list[Look] = []
        self._hands, self._eyes, self._mind = QTimer(), QTimer(), QTimer()
        self._hands.timeout.connect(self.hand.act)
        self._mind.timeout.connect(self.hand.close_what_floats)  # a file browser or menu holds the hand until closed
        self._eyes.timeout.connect(lambda: self.looks.append(self._look()))
        self._mind.start(20 * TICK_MS)
        self._eyes.start(round(1000 * LOOK_SECONDS))

    def _look(self) -> Look:
        memory = self._process.memory_info().rss / 2**20
        passed = time.monotonic() - self._began
        return Look(passed, memory, self._process.num_threads(), len(self._process.children()))

    def use_until(self, seconds: float) -> None:
        """Act at random until so long after the start."""
        self._hands.start(TICK_MS)
        settle(max(0, round(1000 * (seconds - (time.monotonic() - self._began)))))
        self._hands.stop()

    def rest(self) -> None:
        """Home in front and nothing at work: what is held now stays."""
        while self.hand.close_what_floats():
            QApplication.processEvents()
        self._window.go("home")
        host, began = self._window.host, time.monotonic()
        for run in host.working:
            run.cancel()
        while host.working and time.monotonic() - began < LEAVE_SECONDS:  # a painting ends at its next step
            settle(LEAVE_MS)
        settle(REST_MS)
        gc.collect()
        give_memory_back(at_once=True)
        self.rests.append(self._look())

    def end(self) -> None:
        """Look no more."""
        self._eyes.stop()
        self._mind.stop()


def run(seconds: float = 1800.0, root: Path | None = None, *, seed: int = 0) -> dict[str, Any]:
    """Use the window for `seconds`; memory in MiB, looked at every two seconds. `root` is not used: see above."""
    with borrowed_home() as home:
        os.environ["CONVOSCOPE_DATA"] = str(home / "no-data")
        window = open_window(make_application(), settings.load()[0])
        stop = catch_errors(window)
        window.resize(1440, 900)
        window.show()
        settle(1500)
        soak = Soak(window, seed)
        for id in window.tabs:
            visit(window, id)
        for rest in range(RESTS):
            soak.use_until(seconds * (WARM_UP + (1 - WARM_UP) * rest / (RESTS - 1)))
            soak.rest()
        soak.end()
        told = [
            f"{say(one.text)} {one.details.strip().splitlines()[-1] if one.details.strip() else ''}"
            for one in window.notices.waiting
        ]
        window.close()
        stop()
    return {
        **summary(soak.rests, soak.looks),
        "seconds": seconds,
        "seed": seed,
        "actions": dict(soak.hand.done),
        "visits": dict(soak.hand.visits),
        "told": told,
    }


def summary(rests: Sequence[Look], looks: Sequence[Look]) -> dict[str, Any]:
    """What grew from the first rest, at the end of the warm-up, to the last; the most of all looks between."""
    first, last = rests[0], rests[-1]
    return {
        "memory_after_warm_up_mib": round(first.mib, 1),
        "memory_at_the_end_mib": round(last.mib, 1),
        "growth_mib": round(last.mib - first.mib, 1),
        "memory_at_rest_mib": [round(one.mib, 1) for one in rests],
        "rest_at_seconds": [round(one.seconds) for one in rests],
        "most_memory_mib": round(max(one.mib for one in (*looks, *rests)), 1),
        "threads_after_warm_up": first.threads,
        "threads_at_the_end": last.threads,
        "most_threads": max(one.threads for one in (*looks, *rests)),
        "processes_at_the_end": last.processes,
        "looks": len(looks),
    }
