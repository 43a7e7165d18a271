"""Atari as a program of its own: what stands beside the executable, so that ale-py (GPL-2.0) is no part of the app.

The app opens a line, starts this program with the line's address and writes the line's key to its standard input;
on the line they speak the protocol of `engine.rl.atari_wire`, as with the process that a checkout starts.
"""

from __future__ import annotations

import pickle
import secrets
import subprocess
import sys
import threading
from collections.abc import Sequence
from multiprocessing import resource_tracker
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path

from engine.rl.atari_wire import Wish

NAME = "convoscope-atari"


def beside_the_app() -> list[str] | None:
    """How the separate program is started; None in a checkout. The list is empty when a build left it out."""
    if not getattr(sys, "frozen", False):
        return None
    path = Path(sys.executable).with_name(NAME + Path(sys.executable).suffix)
    return [str(path)] if path.is_file() else []


class Program:
    """The separate program at work, with what a `multiprocessing.Process` can do that its asker needs."""

    def __init__(self, command: Sequence[str], wish: Wish, *, patience: float) -> None:
        """Start it and meet it on `pipe`. Raises: `EOFError` when it ended, or did not come within `patience` seconds."""
        key = secrets.token_bytes(32)
        with Listener(authkey=key) as line:
            self._child = subprocess.Popen([*command, str(line.address)], stdin=subprocess.PIPE)
            assert self._child.stdin
            self._child.stdin.write(key)
            self._child.stdin.close()
            self.pipe = self._meet(line, key, patience)
        self.pipe.send(wish)

    def _meet(self, line: Listener, key: bytes, patience: float) -> Connection:
        met: list[Connection] = []
        waiter = threading.Thread(target=lambda: met.append(line.accept()), name="atari line")
        waiter.start()
        for _ in range(round(patience / 0.1)):
            waiter.join(0.1)
            if met and self._child.poll() is None:
                return met[0]
            if self._child.poll() is not None:
                break
        self._child.kill()
        if waiter.is_alive():
            Client(line.address, authkey=key).close()  # nobody came: the waiter is let go of
        waiter.join()
        raise EOFError

    def is_alive(self) -> bool:
        return self._child.poll() is None

    def join(self, seconds: float | None = None) -> None:
        try:
            self._child.wait(seconds)
        except subprocess.TimeoutExpired:
            return

    def kill(self) -> None:
        self._child.kill()


def main() -> None:
    """Serve whoever started this program."""
    from engine.rl.atari_worker import serve

    if len(sys.argv) != 2:
        print("This program plays Atari for Convoscope, which starts it by itself.")
        return
    _leave_the_block_to_who_made_it()
    try:
        asked = Client(sys.argv[1], authkey=sys.stdin.buffer.read())
        serve(asked, asked.recv())
    except (EOFError, OSError, pickle.UnpicklingError):
        return  # nobody is there any more


def _leave_the_block_to_who_made_it() -> None:
    """Whoever asked frees the shared memory; Python's own tracker in this program would free it too, too early."""
    resource_tracker.register = lambda name, kind: None  # type: ignore[assignment]


if __name__ == "__main__":
    main()
