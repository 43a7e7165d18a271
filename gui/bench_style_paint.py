"""From pressing Paint to the first painted preview by Gatys's method, in a window just opened and then once more."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest

from engine import settings
from engine.errors import LabError
from engine.text import Text
from gui.app import make_application, open_window
from gui.tour import borrowed_home, settle, turn
from gui.widgets.style_compare import StyleCompare

PATIENCE = 60_000  # milliseconds for what must come at all
LOOK = 20  # milliseconds between two looks at whether the button can be pressed
AGAIN = 2  # presses after the first


class _PaintWatch(QObject):
    """Notes when a painting was first drawn on the screen since `begin`."""

    def __init__(self, compare: StyleCompare) -> None:
        super().__init__(compare)
        self._compare, self.loop, self.drawn = compare, QEventLoop(), 0.0
        compare.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._compare.painted and not self.drawn:
            QTimer.singleShot(0, self._done)  # after this paint
        return False

    def _done(self) -> None:
        self.drawn = self.drawn or time.perf_counter()
        self.loop.quit()


def run(seconds: float = 10.0, root: Path | None = None) -> dict[str, Any]:
    """A window is opened, the tab chosen, the method switched, and Paint pressed as soon as it can be; three times."""
    with borrowed_home():
        window = open_window(make_application(), settings.load()[0])
        window.resize(1280, 800)
        window.show()
        settle(300)
        began = time.perf_counter()
        window.go("style")
        page: Any = window.page("style")
        view = page.view
        view.setup.method._group.button(1).click()  # Gatys
        _until(lambda: view._photo is not None and view._style is not None)
        ready = time.perf_counter() - began
        times = [_pressed(view) for _ in range(1 + AGAIN)]
        window.close()
    return {
        "ready_seconds": ready,
        "first_preview_seconds": times[0],
        "again_seconds": max(times[1:]),
        "size": view.setup.settings().size,
        "count": len(times),
    }


def _pressed(view: Any) -> float:
    """Seconds from the button to the first painting on the screen; then the painting is stopped."""
    view.compare.show_painting(None)
    watch, began = _PaintWatch(view.compare), time.perf_counter()
    QTest.mouseClick(view.bar._main, Qt.MouseButton.LeftButton)
    QTimer.singleShot(PATIENCE, watch.loop.quit)
    turn(watch.loop)
    if not watch.drawn:
        raise LabError(Text("Nothing was painted in a minute.", "1분 안에 아무것도 그려지지 않았어요."))
    view.compare.removeEventFilter(watch)
    view.bar._run.cancel()
    _until(lambda: not view.bar.busy)
    return watch.drawn - began


def _until(holds: Any) -> None:
    """Run the event loop until it holds. Raises `LabError` when it does not in a minute."""
    began = time.perf_counter()
    while not holds():
        if time.perf_counter() - began > PATIENCE / 1000:
            raise LabError(Text("The Style tab did not get ready.", "화풍 탭이 준비되지 않았어요."))
        settle(LOOK)
