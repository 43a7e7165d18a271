"""kill -9 twenty times at random moments: no file is ever half-written, and the run comes to the same numbers.

Real processes of the command line are killed; see zygote.py for how they start quickly.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest
from driving import learnt
from safetensors import safe_open

import engine
from engine.cli import main
from engine.train.run_folder import read_events

HERE = Path(__file__).parent
KILLS = 20
TRAIN = ["train", "digits-quick", "--set", "dropout=0.3", "rotate=15", "batch_size=160", "--json"]
LONG, SHORT = ["--epochs", "18", "--out"], ["--epochs", "3", "--out"]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")


class Zygote:
    """Real processes of the command line, one after another."""

    def __init__(self, errors: IO[str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "zygote.py"), "0.02"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env={**os.environ, "PYTHONPATH": str(Path(engine.__file__).parents[1])},
            bufsize=0,
        )
        assert self.process.stdin
        assert self.process.stdout
        self.stdin, self.stdout = self.process.stdin, self.process.stdout
        self.rest = b""

    def start(self, arguments: list[str]) -> int:
        """The pid of a new process."""
        self.stdin.write(json.dumps(arguments).encode() + b"\n")
        return int(json.loads(self.line())["pid"])

    def line(self, timeout: float | None = None) -> bytes:
        """The next line; b"" when none came in time."""
        while b"\n" not in self.rest:
            if timeout is not None and not select.select([self.stdout], [], [], timeout)[0]:
                return b""
            piece = self.stdout.read(65_536)
            assert piece, "the process that starts others died"
            self.rest += piece
        line, _, self.rest = self.rest.partition(b"\n")
        return line

    def ended(self) -> int:
        """Read on until the process has ended: its exit status."""
        while True:
            line = self.line()
            try:
                said = json.loads(line)
            except ValueError:
                continue  # what a killed process was just saying
            if "exit" in said:
                return int(said["exit"])


@pytest.fixture(scope="module")
def zygote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zygote]:
    with (tmp_path_factory.mktemp("zygote") / "stderr").open("w") as errors:
        zygote = Zygote(errors)
        yield zygote
        zygote.stdin.close()
        zygote.process.wait(60)
        zygote.stdout.close()


def check_whole(folder: Path) -> None:
    """Every file under `folder` that has its name is complete."""
    for path in folder.rglob("*"):
        if path.name.startswith(".part-"):
            continue  # what the killed process was just writing, under no name yet
        if path.suffix == ".json":
            assert json.loads(path.read_text("utf-8"))["format"] == 1
        elif path.suffix == ".safetensors":
            with safe_open(str(path), framework="pt") as file:
                for name in file.keys():  # noqa: SIM118
                    file.get_tensor(name)
        elif path.suffix == ".jsonl":
            for line in path.read_text("utf-8").splitlines()[:-1]:
                json.loads(line)


def live_a_while(zygote: Zygote, arguments: list[str], rng: random.Random) -> int:
    """Start a process and kill it after a random number of its checks, and a random moment more."""
    pid = zygote.start(arguments)
    if rng.random() < 0.85:  # else already while it starts
        for _ in range(1 + rng.randrange(4)):
            zygote.line()
    zygote.line(timeout=rng.uniform(0, 0.03))
    os.kill(pid, signal.SIGKILL)
    return zygote.ended()


def test_killed_twenty_times_a_run_comes_to_the_same_numbers_as_one_never_killed(
    zygote: Zygote, tmp_path: Path
) -> None:
    rng = random.Random(20)
    zygote.start([*TRAIN, *LONG, str(tmp_path / "whole")])
    assert zygote.ended() == 0
    whole = learnt(read_events(tmp_path / "whole"))

    folder, steps = tmp_path / "killed", []
    arguments = [*TRAIN, *LONG, str(folder)]
    for _ in range(KILLS):
        assert live_a_while(zygote, arguments, rng) == -signal.SIGKILL
        check_whole(folder)
        if (folder / "run.json").exists():
            arguments = ["train", "--resume", str(folder), "--json"]
            steps.append(len(read_events(folder)))
    zygote.start(arguments)
    assert zygote.ended() == 0
    check_whole(folder)
    assert learnt(read_events(folder)) == whole
    assert len(set(steps)) > KILLS // 5, "it hardly came further: the test killed too early to show anything"


def test_a_resumed_run_clears_away_what_a_killed_process_was_writing(zygote: Zygote, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    zygote.start([*TRAIN, *SHORT, str(folder)])
    zygote.line()
    zygote.line()
    (folder / ".part-of-a-killed-process").write_bytes(b"half")
    os.kill(pid_of(zygote), signal.SIGKILL)
    zygote.ended()
    zygote.start(["train", "--resume", str(folder), "--json"])
    assert zygote.ended() == 0
    assert list(folder.glob(".part-*")) == []


def pid_of(zygote: Zygote) -> int:
    children = Path(f"/proc/{zygote.process.pid}/task/{zygote.process.pid}/children").read_text().split()
    return int(children[0])


def test_a_process_told_to_stop_ends_with_130_between_two_steps_and_can_go_on(zygote: Zygote, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    pid = zygote.start([*TRAIN, *SHORT, str(folder)])
    for _ in range(2):
        zygote.line()
    os.kill(pid, signal.SIGINT)
    assert zygote.ended() == 130
    about: dict[str, Any] = json.loads((folder / "run.json").read_text("utf-8"))
    assert about["state"] == "stopped"
    zygote.start(["train", "--resume", str(folder), "--json"])
    assert zygote.ended() == 0


def test_two_processes_cannot_write_one_run(zygote: Zygote, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "run"
    pid = zygote.start([*TRAIN, *SHORT, str(folder)])
    zygote.line()
    zygote.line()
    os.kill(pid, signal.SIGSTOP)  # alive, and the writer, whatever the test's own speed
    before = (folder / "run.json").read_bytes()
    assert main(["train", "--resume", str(folder), "--lang", "ko"]) == 2
    assert "다른 Convoscope가" in capfd.readouterr().err
    assert main(["train", "digits-quick", "--out", str(folder)]) == 2
    assert "being trained by another" in capfd.readouterr().err
    assert (folder / "run.json").read_bytes() == before
    os.kill(pid, signal.SIGCONT)
    assert zygote.ended() == 0


def test_main_py_stopped_with_ctrl_c_ends_with_130_and_the_run_can_go_on(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    program = [sys.executable, str(Path(engine.__file__).parents[1] / "main.py")]
    command = [*program, "train", "digits-quick", "--epochs", "500", "--out", str(tmp_path / "run"), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout
        for _ in range(3):
            process.stdout.readline()
        process.send_signal(signal.SIGINT)
        err = process.communicate(timeout=120)[1]
    assert process.returncode == 130
    assert "Cancelled" in err
    assert main(["train", "--resume", str(tmp_path / "run"), "--seconds", "0.01", "--json"]) == 0
    result = json.loads(capfd.readouterr().out.splitlines()[-1])
    assert result["accuracy"] > 0.1
