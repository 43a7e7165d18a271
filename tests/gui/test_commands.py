"""The commands that need the window, as real processes."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from gui.pages import PAGES

MAIN = Path(__file__).parents[2] / "main.py"


def run(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "CONVOSCOPE_HOME": str(home)}
    command = [sys.executable, str(MAIN), *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, cwd=home.parent, timeout=240)


def test_the_window_paints_and_closes_by_itself_when_asked(home: Path) -> None:
    done = run("--until-painted", home=home)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "painted"), done.stderr
    if sys.platform != "win32":
        assert "the mark was shown after" in done.stdout, "a start without a sign of life"


def test_shots_show_every_tab_after_it_did_its_job(home: Path, tmp_path: Path) -> None:
    done = run("shots", "--out", str(tmp_path / "그림"), "--lang", "ko", "--size", "1280x800", "--json", home=home)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout.splitlines()[-1])
    names = sorted(Path(file).name.split("-")[0] for file in result["files"])
    assert names == sorted(page.id for page in PAGES)
    for file in result["files"]:
        assert struct.unpack(">II", Path(file).read_bytes()[16:24]) == (1280, 800)  # from the PNG's header


@pytest.mark.parametrize(
    "wrong",
    [
        ("shots", "--out", "x", "--size", "big"),
        ("shots", "--out", str(MAIN)),
        ("shots", "--out", "x", "--scale", "nan"),
        ("bench", "idle", "--seconds", "nan"),
        ("bench", "nothing"),
        ("dance",),
    ],
)
def test_wrong_use_is_one_sentence_and_status_two(wrong: tuple[str, ...], home: Path) -> None:
    home.mkdir()
    done = run(*wrong, home=home)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_the_pad_benchmark_answers_every_stroke(home: Path) -> None:
    done = run("bench", "pad", "--json", home=home)
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["count"] == 50
    assert 0 < result["p50_ms"] <= result["p95_ms"] <= result["max_ms"]
    assert result["machine"]["torch"]
