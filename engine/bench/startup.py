"""From process start to a painted, usable window, against importing the big libraries alone."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path
from typing import Any

from engine.bench import Say, spread
from engine.bench.child import program
from engine.bench.fresh import LIBRARIES, in_new_process, libraries
from engine.errors import LabError
from engine.text import Text


def _seconds(command: list[str]) -> float:
    """Wall time from starting a process to its first line of output."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    environment.pop(
        "PYTHONDONTWRITEBYTECODE", None
    )  # a person's Python compiles our files once, as it did the libraries'
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment) as process:
        assert process.stdout
        line = process.stdout.readline()
        took = time.perf_counter() - began
        process.communicate(timeout=60)
    if not line:
        raise LabError(Text("The started program said nothing.", "시작한 프로그램이 아무 답도 하지 않았어요."))
    return took


def run(*, data: Path | None, repeats: int, say: Say) -> dict[str, Any]:
    """Interleaved starts of the bare imports and of the app; the first pair only warms the disk cache."""
    bare, ours = [], []
    for number in range(repeats + 1):
        pair = (
            in_new_process(libraries)[1],
            _seconds([*program(), "--until-painted"]),
        )
        if number:
            bare.append(pair[0])
            ours.append(pair[1])
            say(
                Text("repeat {n}: imports {a:.2f} s, window {b:.2f} s", "{n}회: 불러오기 {a:.2f}초, 창 {b:.2f}초")(
                    n=number, a=pair[0], b=pair[1]
                )
            )
    ratios = spread([b / a for a, b in zip(bare, ours, strict=True)])
    return {
        "ratio": ratios["median"],
        "ratio_spread": ratios,
        "seconds": spread(ours)["median"],
        "seconds_spread": spread(ours),
        "reference": f"import {LIBRARIES}",
        "reference_seconds": spread(bare)["median"],
        "reference_spread": spread(bare),
        "count": len(ours),
        "platform": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
    }
