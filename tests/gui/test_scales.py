"""Nothing is cut off at 150 and 200 %, in either language; the colours of series differ for every eye."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from skimage.color import deltaE_ciede2000, rgb2lab

from gui import theme

ROOT = Path(__file__).resolve().parents[2]
LOOK = """
import json, sys
sys.path[:0] = [{root!r}, {here!r}]
import torch
from clipping import clipped, squeezed
from engine import settings
from gui import words
from gui.app import make_application, open_window
from gui.pages import PAGES
from gui.tour import settle
app = make_application()
window = open_window(app, settings.load()[0])
window.resize(1280, 800)
window.show()
found = {{}}
for page in PAGES:
    window.go(page.id)
    for language in ("en", "ko"):
        words.set_language(app, language)
        settle(150)
        wrong = clipped(window) + squeezed(window)
        if wrong:
            settle(1500)  # words that came from a job are laid out one turn later
            wrong = clipped(window) + squeezed(window)
        if wrong:
            found[f"{{page.id}} {{language}}"] = wrong
print(json.dumps([window.devicePixelRatio(), found]))
window.close()
"""


@pytest.mark.parametrize("scale", [1.5, 2.0])
def test_no_word_is_clipped_at_larger_scales(scale: float, home: Path) -> None:
    code = LOOK.format(root=str(ROOT), here=str(Path(__file__).parent))
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(scale)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, encoding="utf-8", timeout=280, check=False
    )
    assert done.returncode == 0, done.stderr
    ratio, wrong = json.loads(done.stdout.splitlines()[-1])
    assert ratio == scale
    assert wrong == {}


# Machado, Oliveira and Fernandes 2009, full strength, on linear RGB.
EYES = {
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def seen(colour: str, eye: str) -> np.ndarray:
    """The Lab value of a colour as this eye sees it."""
    rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    linear = np.clip(np.array(EYES[eye]) @ linear, 0, 1)
    rgb = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    lab: np.ndarray = rgb2lab(rgb.reshape(1, 1, 3))[0, 0]
    return lab


@pytest.mark.parametrize("eye", list(EYES))
@pytest.mark.parametrize("name", ["dark", "light"])
def test_series_are_told_apart_by_eyes_that_mix_up_colours(name: str, eye: str) -> None:
    found = [seen(colour, eye) for colour in theme.TOKENS["series"][name]]
    assert min(float(deltaE_ciede2000(a, b)) for a, b in combinations(found, 2)) > 10
