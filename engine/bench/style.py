"""Gatys at 256×256 against the usual tutorial loop on the same network, in turn; the fast painter at two sizes."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from torch import Tensor

from engine.bench import Say, spread
from engine.bench.reference.style_loop import seconds_for
from engine.devices import choose
from engine.jobs import result_of
from engine.memory import give_memory_back
from engine.style.brush import open_brush
from engine.style.cards import STYLES, read_style
from engine.style.fast import STEADY
from engine.style.gatys import Painted, fitted, paint
from engine.style.offered import open_photo
from engine.style.settings import StyleSettings
from engine.style.steady import Steady
from engine.text import Text
from engine.zoo.efficientnet_lite import pretrained

SIDE, EVALUATIONS = 256, 160
FILM, FRAMES, MOVE, NOISE = (480, 360), 12, (4, 2), 4.0  # a film's size and frames; pixels right and down a frame; σ


def run(*, data: Path | None, repeats: int, say: Say, quick: bool = False) -> dict[str, Any]:
    """Interleaved repeats, 160 evaluations each (40 with `quick`); previews and the final judgement count for us."""
    torch.set_num_threads(choose().threads or torch.get_num_threads())
    count = 40 if quick else EVALUATIONS
    photo = result_of(open_photo("astronaut.png")).picture  # square
    style = read_style(STYLES[1])  # square: the tutorial needs both pictures alike
    small = [_tensor(fitted(one, SIDE)) for one in (photo, style)]
    cold = _ours(photo, style, 2)[2]
    seconds_for(pretrained(), *small, evaluations=2)
    ours, theirs, firsts = [], [], []
    for number in range(repeats):
        wall, processor, first = _ours(photo, style, count)
        ours.append((wall, processor))
        firsts.append(first)
        theirs.append(seconds_for(pretrained(), *small, evaluations=count))
        text = Text("repeat {n}: ours {a:.2f} s, reference {b:.2f} s", "{n}회: 우리 {a:.2f}초, 기준 {b:.2f}초")
        say(text(n=number + 1, a=ours[-1][0], b=theirs[-1][0]))
    return {
        "evaluations": count,
        "seconds": spread([a for a, _ in ours])["median"],
        "seconds_spread": spread([a for a, _ in ours]),
        "processor_seconds": spread([b for _, b in ours])["median"],
        "evaluations_per_second": count / spread([a for a, _ in ours])["median"],
        "first_preview_seconds": max(firsts),
        "first_preview_cold_seconds": cold,
        "ratio": spread([b[0] / a[0] for a, b in zip(ours, theirs, strict=True)])["median"],
        "ratio_spread": spread([b[0] / a[0] for a, b in zip(ours, theirs, strict=True)]),
        "ratio_processor": spread([b[1] / a[1] for a, b in zip(ours, theirs, strict=True)])["median"],
        "reference": "engine/bench/reference/style_loop.py",
        "reference_seconds": spread([a for a, _ in theirs])["median"],
        "count": repeats,
        **_fast(photo, repeats),
        **_flicker(photo),
    }


def _fast(photo: Any, repeats: int) -> dict[str, Any]:
    """The fast painter on pictures as they come, in and out as bytes: worst-case milliseconds are the 95th of 100."""
    brush = open_brush()
    found: dict[str, Any] = {"fast_first_ms": 0.0}
    for width, height in ((640, 480), (480, 360)):
        picture, code = (
            cv2.resize(photo, (width, height), interpolation=cv2.INTER_AREA),
            brush.code({brush.names[0]: 1.0}),
        )
        began = time.perf_counter()
        brush.paint(picture, code)
        found["fast_first_ms"] = max(found["fast_first_ms"], 1000 * (time.perf_counter() - began))
        brush.build(picture, code)
        took = []
        for _ in range(20 * repeats):
            began = time.perf_counter()
            brush.paint(picture, code)
            took.append(1000 * (time.perf_counter() - began))
        name = f"fast_{width}x{height}"
        found |= {f"{name}_ms": spread(took)["median"], f"{name}_p95_ms": float(np.percentile(took, 95))}
        found |= {f"{name}_frames_per_second": 1000 / spread(took)["median"], "fast_backend": brush.backend}
    return found


def _flicker(photo: Any) -> dict[str, float]:
    """Grey levels by which a painted film changes where nothing changes but its place, frame by itself and steadied.

    A camera that moves over a photograph by whole pixels, with the noise of a sensor (σ = 4): where each pixel came from
    is known, so that what is left is flicker (the warping error of Ruder et al. 2016; Lai et al. 2018).
    """
    brush, rng = open_brush(), np.random.default_rng(0)
    (width, height), (right, down) = FILM, MOVE
    large = cv2.resize(photo, (width + FRAMES * right, height + FRAMES * down), interpolation=cv2.INTER_AREA)
    code, steady = brush.code({brush.names[0]: 1.0}), Steady()
    films: dict[str, list[Any]] = {"photo": [], "alone": [], "steady": []}
    took = []
    for number in range(FRAMES):
        top, left = number * down, number * right
        frame = large[top : top + height, left : left + width] + rng.normal(0, NOISE, (height, width, 3))
        films["photo"].append(frame.clip(0, 255).astype(np.uint8))
        films["alone"].append(brush.paint(films["photo"][-1], code))
        began = time.perf_counter()
        films["steady"].append(steady.mix(films["photo"][-1], films["alone"][-1], STEADY))
        took.append(1000 * (time.perf_counter() - began))
    found = {f"flicker_{name}": _left_over(film) for name, film in films.items()}
    return {
        **found,
        "flicker_ratio": found["flicker_steady"] / found["flicker_alone"],
        "steady_ms": float(np.median(took)),
    }


def _left_over(film: list[Any]) -> float:
    right, down = MOVE
    pairs = pairwise(film[1:])  # the first frame has none before it to be steadied by
    return float(
        np.mean([cv2.absdiff(after[:-down, :-right], before[down:, right:]).mean() for before, after in pairs])
    )


def _ours(photo: Any, style: Any, evaluations: int) -> tuple[float, float, float]:
    """(wall, processor, first preview) seconds of a painting, network loaded only the first time."""
    if evaluations == 2:
        give_memory_back(at_once=True)
    wall, processor, first = time.perf_counter(), time.process_time(), 0.0
    for event in paint(photo, style, StyleSettings(size=SIDE, evaluations=evaluations)):
        if isinstance(event, Painted) and not first:
            first = time.perf_counter() - wall
    return time.perf_counter() - wall, time.process_time() - processor, first


def _tensor(picture: Any) -> Tensor:
    return torch.from_numpy(picture).permute(2, 0, 1)[None].float().div(255).contiguous()
