"""How smooth the charts of Train stay with 100 runs of 100,000 points laid over each other, and how fast one is read."""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from PySide6.QtCore import QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from engine import settings
from engine.jobs import result_of
from engine.train.curves import CHECK, STEP, Columns, read_columns
from gui.app import make_application, open_window
from gui.heartbeat import Heartbeat
from gui.tour import borrowed_home, settle, turn
from gui.widgets.chart_stack import ChartStack
from gui.widgets.metric_plot import MetricPlot
from gui.widgets.run_curves import RunCurves

RUNS, POINTS = 100, 100_000
FRAME_MS = 16
SIZE = (1440, 900)
_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def run(seconds: float = 10.0, root: Path | None = None) -> dict[str, Any]:
    """Drag and wheel over the charts of the real Train page, one event a frame, for `seconds` in all.

    The curves are made up: falling losses and rising accuracies with noise on every step, in the form in which
    metrics.jsonl is read. Returns the gaps of the event loop while panning and zooming, the time until all
    curves are drawn, what the curves hold in memory, and the time to read such a run from its metrics.jsonl
    (`read_s`) and again from the cache beside it (`cached_ms`).
    """
    with borrowed_home() as home:
        window = open_window(make_application(), settings.load()[0])
        window.resize(*SIZE)
        window.show()
        window.go("train", None)
        settle(1500)
        before = psutil.Process().memory_info().rss
        curves = made_up(RUNS, POINTS)
        stack = window.current_page.findChildren(ChartStack)[0]
        drawn = _show(stack, curves)
        mib = (psutil.Process().memory_info().rss - before) / 2**20
        hand = _Hand(stack.plot("loss"))
        gaps = hand.move(seconds)
        window.close()
        reading = _reading(curves[0], home)
    return {
        **gaps,
        "runs": len(curves),
        "points": POINTS,
        "seconds": seconds,
        "events": hand.events,
        "frames": hand.frames,
        "drawn_s": drawn,
        "mib": mib,
        **reading,
        "made_up": True,
        "size": "×".join(map(str, SIZE)),
    }


def made_up(runs: int, points: int) -> list[RunCurves]:
    """Curves as trainings draw them, from a fixed seed; no check among them, so that every point is drawn."""
    chance = np.random.default_rng(0)
    steps = np.arange(1, points + 1, dtype=np.float32)
    found = []
    for number in range(runs):
        pace = chance.uniform(0.02, 0.3) * points
        loss = 2.3 * np.exp(-steps / pace) + chance.uniform(0.02, 0.4)
        loss *= np.exp(chance.normal(0, 0.25, points))
        share = np.clip(1 - loss / 2.6 + chance.normal(0, 0.02, points), 0, 1)
        rows = {"step": steps, "epoch": steps / 500, "seconds": steps * 0.02, "loss": loss, "accuracy": share}
        rows |= {"learning_rate": steps * 0 + 0.006, "gradient_norm": loss * 3, "images_per_second": steps * 0 + 5000}
        curves = RunCurves(f"made up {number + 1}", number % 8)
        table = np.stack([np.asarray(rows[name], np.float32) for name in STEP])
        curves.fill(Columns(table, np.zeros((len(CHECK), 0)), np.zeros((len(CHECK), 0))))
        found.append(curves)
    return found


def _show(stack: ChartStack, curves: list[RunCurves]) -> float:
    """Lay all curves over the charts; seconds until the last faded one is drawn."""
    started = time.perf_counter()
    stack.show_runs(curves)
    while any(stack.plot(metric).field.field is None for metric in ("accuracy", "loss")):
        settle(20)
    stack.repaint()
    return time.perf_counter() - started


class _Hand:
    """Real mouse events on a chart: drags left and right, then the wheel in and out, again and again."""

    def __init__(self, plot: MetricPlot) -> None:
        self._to: QWidget = plot.viewport()
        self._plot = plot
        self.events = self.frames = 0

    def move(self, seconds: float) -> dict[str, float]:
        """One event a frame for `seconds`; the gaps of the event loop meanwhile."""
        loop, pen = QEventLoop(), QTimer()
        pen.setTimerType(Qt.TimerType.PreciseTimer)
        pen.timeout.connect(self._next)
        self._plot.sigTransformChanged.connect(self._count)
        self._plot.getViewBox().sigXRangeChanged.connect(self._count)
        heart = Heartbeat()
        pen.start(FRAME_MS)
        QTimer.singleShot(round(1000 * seconds), loop.quit)
        turn(loop)
        pen.stop()
        return heart.stop()

    def _count(self, *_: object) -> None:
        self.frames += 1

    def _next(self) -> None:
        phase, turn = self.events % 60, self.events // 60 % 4
        wide = self._to.width()
        if turn % 2 == 0:
            self._wheel(QPointF(wide * 0.4, self._to.height() / 2), 120 if turn == 0 else -120)
        elif phase == 0:
            self._mouse(QMouseEvent.Type.MouseButtonPress, QPointF(wide * 0.3, 60), _LEFT)
        elif phase == 59:
            self._mouse(QMouseEvent.Type.MouseButtonRelease, QPointF(wide * 0.3, 60), Qt.MouseButton.NoButton)
        else:
            x = wide * (0.3 + 0.3 * np.sin(phase / 58 * 2 * np.pi))
            self._mouse(QMouseEvent.Type.MouseMove, QPointF(x, 60), _LEFT)
        self.events += 1

    def _mouse(self, kind: QMouseEvent.Type, at: QPointF, buttons: Qt.MouseButton) -> None:
        button = Qt.MouseButton.NoButton if kind == QMouseEvent.Type.MouseMove else _LEFT
        event = QMouseEvent(kind, at, QPointF(self._to.mapToGlobal(at.toPoint())), button, buttons, _NONE)
        QApplication.sendEvent(self._to, event)

    def _wheel(self, at: QPointF, notch: int) -> None:
        where = QPointF(self._to.mapToGlobal(at.toPoint()))
        nothing, phase = QPoint(), Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(at, where, nothing, QPoint(0, notch // 8), Qt.MouseButton.NoButton, _NONE, phase, False)
        QApplication.sendEvent(self._to, event)


def _reading(curves: RunCurves, below: Path) -> dict[str, float]:
    """Seconds to read a run from its metrics.jsonl, and milliseconds from the cache beside it."""
    with tempfile.TemporaryDirectory(dir=below) as name:
        folder = Path(name)
        table = np.stack([curves.steps[column] for column in STEP]).astype(float).T.tolist()
        with (folder / "metrics.jsonl").open("w", encoding="utf-8") as file:
            file.write('{"format": 1}\n')
            file.writelines(json.dumps({"event": "step", **dict(zip(STEP, row, strict=True))}) + "\n" for row in table)
        mib = (folder / "metrics.jsonl").stat().st_size / 2**20
        started = time.perf_counter()
        result_of(read_columns(folder))
        cold = time.perf_counter() - started
        started = time.perf_counter()
        result_of(read_columns(folder))
        return {"read_s": cold, "cached_ms": 1000 * (time.perf_counter() - started), "jsonl_mib": mib}
