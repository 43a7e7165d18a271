"""From pressing Start in the Latent tab to digits that the digit classifier reads, as a person at the window sees it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest

from engine import settings
from engine.errors import LabError
from engine.latent.events import Checked, Samples
from engine.text import Text
from gui.app import make_application, open_window
from gui.tour import borrowed_home, settle, turn

RECIPE = "dcgan-mnist"
SHARES = (0.5, 0.8, 0.9)  # of 1,000 samples that are read with at least 0.95 confidence
LIMIT = 200  # seconds


class _Clock:
    """What came when since the button was pressed."""

    def __init__(self, loop: QEventLoop) -> None:
        self.loop, self.began, self.first, self.last, self.gap = loop, 0.0, 0.0, 0.0, 0.0
        self.curve: list[dict[str, float]] = []

    def beat(self) -> None:
        """Every few milliseconds, where the window is not kept from it."""
        now = time.perf_counter()
        self.gap, self.last = max(self.gap, now - (self.last or now)), now

    def take(self, events: list[Any]) -> None:
        """After the room has shown them."""
        gone = time.perf_counter() - self.began
        for event in events:
            if isinstance(event, Samples):
                self.first = self.first or gone
            elif isinstance(event, Checked):
                self.curve.append({"seconds": gone, "confident": event.figures["confident"], "step": event.step})
                if event.figures["confident"] >= SHARES[-1]:
                    self.loop.quit()


def run(seconds: float = 10.0, root: Path | None = None) -> dict[str, Any]:
    """A window is opened, DCGAN for digits chosen, Start pressed; ends when nine of ten are read, or after 200 s.

    seconds is not used: what must come takes a minute or two. Raises `LabError` when nothing was learnt.
    """
    with borrowed_home():
        window = open_window(make_application(), settings.load()[0])
        window.resize(1280, 800)
        window.show()
        settle(1500)
        window.go("latent", {"recipe": RECIPE})
        learn = window.page("latent").view.learn  # type: ignore[attr-defined]
        settle(1500)
        loop = QEventLoop()
        clock, heart = _Clock(loop), QTimer()
        learn.session.learned.connect(clock.take)
        learn.session.learned_over.connect(lambda _run: loop.quit())
        heart.timeout.connect(clock.beat)
        heart.start(5)
        QTimer.singleShot(1000 * LIMIT, loop.quit)
        clock.began = time.perf_counter()
        QTest.mouseClick(learn.bar._main, Qt.MouseButton.LeftButton)
        turn(loop)
        shown = learn.side._figures.get("confident", 0.0)
        learn.session.learning.cancel()
        settle(1000)
        window.close()
    if not clock.curve:
        raise LabError(Text("Nothing was learnt in {n} s.", "{n}초 동안 아무것도 배우지 못했어요.")(n=LIMIT))
    reached = {
        f"seconds_to_{100 * share:.0f}": next(p["seconds"] for p in clock.curve if p["confident"] >= share)
        for share in SHARES
        if any(p["confident"] >= share for p in clock.curve)
    }
    return {
        **reached,
        "first_samples_seconds": clock.first,
        "confident": shown,
        "longest_gap_ms": 1000 * clock.gap,
        "count": 1000,
        "curve": clock.curve,
    }
