"""How smooth the window is while `mnist-deep` trains in it and its pad is drawn on."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer

from engine import settings
from engine.errors import LabError
from engine.jobs import result_of
from engine.text import Text
from engine.train.runs import list_runs
from gui.app import make_application, open_window
from gui.heartbeat import Heartbeat
from gui.tour import borrowed_home, settle, turn
from gui.widgets.draw_pad import DrawPad

_PATIENCE = 240  # half seconds until a training is no longer waited for
THREE = [
    [(0.33, 0.24), (0.5, 0.165), (0.67, 0.24), (0.63, 0.39), (0.46, 0.465), (0.7, 0.6), (0.63, 0.77), (0.34, 0.765)]
]


def _wait_for_the_run() -> None:
    """On a slow or busy machine the training is not there yet. Raises: `LabError` when it does not come."""
    for _ in range(_PATIENCE):
        if result_of(list_runs()):
            return
        settle(500)
    raise LabError(
        Text(
            "The training in the window did not begin. Close other programs and measure again.",
            "창에서 학습이 시작되지 않았어요. 다른 프로그램을 닫고 다시 재 보세요.",
        )
    )


def run(seconds: float = 10.0, root: Path | None = None) -> dict[str, Any]:
    """Start the training as a person does and watch the event loop for `seconds` once curves are drawn."""
    if root:
        os.environ["CONVOSCOPE_DATA"] = str(root)
    with borrowed_home():
        window = open_window(make_application(), settings.load()[0])
        window.resize(1440, 900)
        window.show()
        settle(1500)
        first = Heartbeat()
        window.go("train", {"recipe": "mnist-deep", "start": True})
        settle(4000)  # data is read, the first curves are there
        _wait_for_the_run()
        start = first.stop()
        heart, loop, pen = Heartbeat(), QEventLoop(), QTimer()
        pads = window.current_page.findChildren(DrawPad)
        pen.timeout.connect(lambda: pads[0].draw(THREE))
        pen.start(500)
        QTimer.singleShot(round(1000 * seconds), loop.quit)
        turn(loop)
        pen.stop()
        gaps = heart.stop()
        going = len(window.host.trainings)
        window.close()
        (trained,) = result_of(list_runs())
    return {
        **gaps,
        "seconds": seconds,
        "recipe": trained.recipe,
        "dataset": trained.dataset,
        "steps": trained.steps,
        "trained_throughout": bool(going),
        "start_max_ms": start["max_ms"],
    }
