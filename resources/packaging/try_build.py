"""Tries a built folder as a stranger's computer would: `python -m resources.packaging.try_build DIST/convoscope`.

No Python on PATH, HOME unset, another working directory, a folder with a Hangul name, nothing of it writable (as
root: another user runs it). There the self-test visits every tab, commands do their work in processes of their own,
and the window's first picture is timed. Prints one JSON object a check; exit 0 when all of them passed.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from skimage import data as samples

NOBODY = 65534
SUFFIX = ".exe" if sys.platform == "win32" else ""
MUST_HOLD = ("NOTICE.txt", "INSTALL.txt", "VERSION")


class Failed(Exception):
    """A check that did not pass, and why."""


class Stranger:
    """The build in a read-only folder called 콘볼루션, and how it is started there."""

    def __init__(self, folder: Path, scratch: Path) -> None:
        self.folder, self.scratch = folder, scratch
        console = folder / f"convoscope-cli{SUFFIX}"
        self.program = console if console.is_file() else folder / f"convoscope{SUFFIX}"
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "WINDIR") if name in os.environ}
        empty = scratch / "empty"
        empty.mkdir()
        self.environment = {**kept, "PATH": str(empty), "TMPDIR": str(scratch), "QT_QPA_PLATFORM": "offscreen"}
        self.user: dict[str, Any] = {}
        if hasattr(os, "geteuid") and os.geteuid() == 0:  # root may write anywhere: somebody else runs it
            self.user = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
            scratch.chmod(0o777)

    def run(self, *words: str, seconds: float = 600, home: bool = True) -> str:
        """What `convoscope words…` says on stdout. Raises `Failed` when it ends with anything but 0."""
        environment = dict(self.environment)
        if home:
            environment["CONVOSCOPE_HOME"] = str(self.scratch / "집")
        done = subprocess.run(
            [str(self.program), *words],
            cwd=self.scratch,
            env=environment,
            capture_output=True,
            timeout=seconds,
            check=False,
            **self.user,
        )
        if done.returncode:
            raise Failed(f"exit {done.returncode}: {done.stderr.decode('utf-8', 'replace')[-2000:]}")
        return done.stdout.decode("utf-8")

    def result(self, *words: str, home: bool = True) -> dict[str, Any]:
        """The last line of a command as JSON."""
        said: dict[str, Any] = json.loads(self.run(*words, home=home).strip().splitlines()[-1])
        return said


@contextlib.contextmanager
def settled_in(build: Path) -> Iterator[Stranger]:
    """The build under a Hangul name (its files linked, not copied), with a scratch folder beside it."""
    with tempfile.TemporaryDirectory(prefix="convoscope-try-", dir=build.parent) as place:
        os.chmod(place, 0o755)
        folder, scratch = Path(place, "콘볼루션 앱"), Path(place, "다른 곳")
        shutil.copytree(build, folder, copy_function=os.link, symlinks=True)
        scratch.mkdir()
        folders = [folder, *(path for path in folder.rglob("*") if path.is_dir() and not path.is_symlink())]
        for path in folders:
            path.chmod(0o555)
        try:
            yield Stranger(folder, scratch)
        finally:
            for path in folders:
                path.chmod(0o755)


def holds_its_papers(one: Stranger) -> dict[str, Any]:
    """Notice, instructions, version."""
    missing = [name for name in MUST_HOLD if not (one.folder / name).is_file()]
    if missing:
        raise Failed(f"missing: {', '.join(missing)}")
    notice = (one.folder / "NOTICE.txt").read_text("utf-8")
    parts = notice.split("PARTS\n", 1)[1].split("\n===")[0].splitlines()
    unclear = [line for line in parts if line.endswith(": see below")]
    return {"notice_kb": len(notice) // 1024, "parts": len(parts), "without_a_named_licence": unclear}


def cannot_be_written_to(one: Stranger) -> dict[str, Any]:
    """The folder really is read-only for who runs the program."""
    if os.name != "posix":
        return {"skipped": "folders have no such mode here"}
    touched = subprocess.run(["/bin/touch", str(one.folder / "new")], capture_output=True, check=False, **one.user)
    if touched.returncode == 0:
        raise Failed("a file could be made in the installed folder")
    return {}


def every_tab_does_its_job(one: Stranger) -> dict[str, Any]:
    """`--self-test`, without a place of its own for settings."""
    began = time.perf_counter()
    found = one.result("--self-test", home=False)
    return {"tabs": len(found["tabs"]), "seconds": round(time.perf_counter() - began, 1)}


def the_window_comes_soon(one: Stranger) -> dict[str, Any]:
    """Seconds from the start to the first painted window, and to the mark before it; the first start and the best of more."""
    seconds, marks = [], []
    for _ in range(4):
        began = time.perf_counter()
        environment = {**one.environment, "CONVOSCOPE_HOME": str(one.scratch / "집")}
        with subprocess.Popen(
            [str(one.program), "--until-painted"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            **one.user,
        ) as process:
            assert process.stdout
            if b"painted" not in process.stdout.readline():
                raise Failed("the window was never painted")
            seconds.append(round(time.perf_counter() - began, 2))
            marks += [float(word) for word in process.stdout.readline().split() if word.replace(b".", b"").isdigit()]
    if marks and max(marks) > 3.0:
        raise Failed(f"the mark came after {max(marks)} s")
    return {
        "first": seconds[0],
        "best": min(seconds[1:]),
        "mark_first": marks[:1],
        "mark_best": min(marks, default=None),
    }


def a_training_runs_and_is_exported(one: Stranger) -> dict[str, Any]:
    """Train, then export as ONNX."""
    run = one.scratch / "run"
    trained = one.result("train", "digits-quick", "--seconds", "4", "--out", str(run), "--json")
    one.result("export", str(run), "--form", "onnx", "--out", str(one.scratch / "net.onnx"), "--json")
    return {"accuracy": trained.get("accuracy"), "onnx_kb": (one.scratch / "net.onnx").stat().st_size // 1024}


def a_strangers_video_is_read_by_a_process_of_its_own(one: Stranger) -> dict[str, Any]:
    """`predict classify` of a video, and of a picture with a Hangul name."""
    video, picture = one.scratch / "영상.mp4", one.scratch / "고양이.png"
    photo = cv2.cvtColor(samples.chelsea(), cv2.COLOR_RGB2BGR)
    picture.write_bytes(cv2.imencode(".png", photo)[1].tobytes())
    plain = one.scratch / "video.mp4"
    frame = cv2.resize(photo, (320, 240))
    film = cv2.VideoWriter(str(plain), cv2.VideoWriter.fourcc(*"mp4v"), 10.0, (320, 240))
    for shift in range(10):
        film.write(np.roll(frame, 3 * shift, 1))
    film.release()
    plain.rename(video)
    one.result("redact", str(video), "--out", str(one.scratch / "가림.mp4"), "--json")
    said = one.result("predict", "classify", str(picture), "--json")
    return {"picture": str(said)[:120]}


def atari_plays_in_its_own_program(one: Stranger) -> dict[str, Any]:
    """One game of Pong by chance; where the build has no Atari, it says so."""
    words = ("play", "pong", "--agent", "random", "--episodes", "1", "--seed", "1", "--json")
    if (one.folder / f"convoscope-atari{SUFFIX}").is_file():
        return {"score": one.result(*words).get("mean", "played")}
    try:
        one.run(*words)
    except Failed as why:
        if "Atari" in str(why):
            return {"left_out": True}
        raise
    raise Failed("Atari played without its program")


def small_jobs_work(one: Stranger) -> dict[str, Any]:
    """A game of ours, a benchmark in a process of its own, the lists."""
    one.result("play", "bricks", "--agent", "random", "--episodes", "1", "--json")
    models = one.result("list", "models", "--json")
    one.result("bench", "precision", "--quick", "--json")
    return {"models": models.get("count")}


CHECKS: tuple[Callable[[Stranger], dict[str, Any]], ...] = (
    holds_its_papers,
    cannot_be_written_to,
    the_window_comes_soon,
    every_tab_does_its_job,
    a_training_runs_and_is_exported,
    a_strangers_video_is_read_by_a_process_of_its_own,
    atari_plays_in_its_own_program,
    small_jobs_work,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the build; 0 when every check passed."""
    parser = argparse.ArgumentParser(prog="try_build", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("build", type=Path)
    parser.add_argument("--only", default="", help="checks whose name contains this")
    args = parser.parse_args(arguments)
    bad = 0
    with settled_in(args.build.resolve()) as stranger:
        for check in CHECKS:
            if args.only not in check.__name__:
                continue
            try:
                said = {"passed": True, **check(stranger)}
            except (Failed, subprocess.TimeoutExpired, json.JSONDecodeError, OSError) as error:
                said, bad = {"passed": False, "why": str(error)}, bad + 1
            print(json.dumps({"check": check.__name__.replace("_", " "), **said}, ensure_ascii=False), flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
