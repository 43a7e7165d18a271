"""From the end of a stroke to the painted answer: the bundled network on Home's pad."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from engine import settings
from gui.app import make_application, open_window
from gui.tour import borrowed_home, settle, turn
from gui.widgets.digit_reader import DigitReader
from gui.widgets.draw_pad import DrawPad
from gui.widgets.pictures import Bars

STROKES = 60
POINTS = 24


class _PaintWatch(QObject):
    """Notes when the bars were painted after the newest ink had been answered."""

    def __init__(self, reader: DigitReader, bars: Bars) -> None:
        super().__init__(bars)
        self.reader, self.painted_at, self.loop = reader, 0.0, QEventLoop()
        bars.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self.reader.busy:
            QTimer.singleShot(0, self._done)  # after this paint
        return False

    def _done(self) -> None:
        if not self.reader.busy:
            self.painted_at = time.perf_counter()
            self.loop.quit()


def _send(pad: QWidget, kind: QEvent.Type, at: QPointF) -> None:
    button = Qt.MouseButton.LeftButton
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else button
    event = QMouseEvent(kind, at, pad.mapToGlobal(at), button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(pad, event)


def _stroke(pad: DrawPad, watch: _PaintWatch, rng: np.random.Generator) -> float:
    """Draw one random stroke as a mouse does; milliseconds from its release to painted bars."""
    points = np.cumsum(rng.normal(0, pad.width() / 14, (POINTS, 2)), axis=0) + pad.width() / 2
    points = points.clip(8, pad.width() - 8)
    _send(pad, QEvent.Type.MouseButtonPress, QPointF(*points[0]))
    for point in points[1:]:
        _send(pad, QEvent.Type.MouseMove, QPointF(*point))
        settle(4)
    began = time.perf_counter()
    _send(pad, QEvent.Type.MouseButtonRelease, QPointF(*points[-1]))
    QTimer.singleShot(2000, watch.loop.quit)
    turn(watch.loop)
    return 1000 * (watch.painted_at - began)


def run(seconds: float = 10.0, root: Path | None = None) -> dict[str, Any]:
    """Sixty strokes; the first ten warm up and are reported apart."""
    with borrowed_home():
        window = open_window(make_application(), settings.load()[0])
        window.resize(1440, 900)
        window.show()
        settle(1500)
        page = window.page("home")
        reader = page.findChildren(DigitReader)[0]
        watch, rng = _PaintWatch(reader, reader.bars), np.random.default_rng(0)
        times = []
        for _ in range(STROKES):
            times.append(_stroke(reader.pad, watch, rng))
            reader.pad.clear()
            settle(20)
        window.close()
    kept = np.array(times[10:])
    p50, p95, p99 = np.percentile(kept, (50, 95, 99))
    return {
        "p50_ms": float(p50),
        "p95_ms": float(p95),
        "p99_ms": float(p99),
        "max_ms": float(kept.max()),
        "first_ms": float(times[0]),
        "count": len(kept),
    }
