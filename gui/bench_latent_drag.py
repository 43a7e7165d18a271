"""From a mouse's move on the latent plane to the painted picture of where it is: the bundled VAE of 2 numbers."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from engine import settings
from engine.errors import LabError
from engine.text import Text
from gui.app import make_application, open_window
from gui.tour import borrowed_home, settle, turn

MOVES, WARM_UP = 120, 10
PATIENCE = 20_000  # milliseconds until the generator must be open


def _send(plane: QWidget, kind: QEvent.Type, at: QPointF) -> None:
    button = Qt.MouseButton.LeftButton
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else button
    event = QMouseEvent(kind, at, plane.mapToGlobal(at), button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(plane, event)


def run(seconds: float = 10.0, root: Path | None = None) -> dict[str, Any]:
    """120 moves of a held button along a bent path; the first ten warm up. Raises `LabError` without a generator."""
    with borrowed_home():
        window = open_window(make_application(), settings.load()[0])
        window.resize(1440, 900)
        window.show()
        settle(1500)
        page: Any = window.page("latent")
        window.go("latent")
        page.open({"room": "explore"})
        room, loop = page.view.explore, QEventLoop()
        room.now.dreamt.connect(lambda _dream: loop.quit())
        QTimer.singleShot(PATIENCE, loop.quit)
        turn(loop)
        if room.now.dream is None or room.now.explored.map is None:
            raise LabError(
                Text("No generator of 2 numbers came with this copy.", "숫자 2개 생성기가 들어 있지 않아요.")
            )
        settle(1500)
        times, forwards = _drag(room)
        window.close()
    kept = np.array(times[WARM_UP:])
    p50, p95, p99 = np.percentile(kept, (50, 95, 99))
    return {
        "p50_ms": float(p50),
        "p95_ms": float(p95),
        "p99_ms": float(p99),
        "max_ms": float(kept.max()),
        "first_ms": float(times[0]),
        "forward_ms_median": float(np.median(forwards)),
        "count": len(kept),
    }


def _drag(room: Any) -> tuple[list[float], list[float]]:
    """Milliseconds from each move to the painted picture, and of the network alone."""
    plane, loop, painted = room.stage.map, QEventLoop(), [0.0]

    def seen() -> None:
        painted[0] = time.perf_counter()
        QTimer.singleShot(0, loop.quit)  # after this paint

    room.side.painted.connect(seen)
    box, times, forwards = plane.square(), [], []
    for number in range(MOVES):
        t = number / MOVES * 6.28
        at = box.center() + QPointF(np.cos(t) * box.width() * 0.4, np.sin(2 * t) * box.height() * 0.4)
        began = time.perf_counter()
        _send(plane, QEvent.Type.MouseButtonPress if not number else QEvent.Type.MouseMove, at)
        QTimer.singleShot(2000, loop.quit)
        turn(loop)
        times.append(1000 * (painted[0] - began))
        forwards.append(room.now.dream.milliseconds)
        settle(5)
    _send(plane, QEvent.Type.MouseButtonRelease, box.center())
    return times, forwards
