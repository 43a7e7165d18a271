"""The near end of a process that reads a camera, a video or a stream: starts it, asks for frames, ends it.

Frames come through shared memory and are copied once; the process decodes one ahead. Leaving a `Grabber` ends the
process and lets go of the device and the memory, also when the process hangs.
"""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.shared_memory import SharedMemory
from typing import Any

import numpy as np

from engine import grabber
from engine.grabber import SLOTS, Wish
from engine.unheard import unheard

PATIENCE = 0.05  # seconds between two looks whether it was closed
SILENCE = 20.0  # seconds without an answer after which a source counts as hung
_AHEAD = 2  # frames asked for before the first is taken


class Gone(Exception):
    """The process ended or said nothing for too long. hung: which of the two."""

    def __init__(self, *, hung: bool) -> None:
        super().__init__("hung" if hung else "gone")
        self.hung = hung


@dataclass(frozen=True, slots=True, eq=False)
class Grabbed:
    """One frame. image: (H, W, 3) uint8 RGB, ours alone. milliseconds: to read and decode. seconds: into the video."""

    image: np.ndarray
    milliseconds: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Facts:
    """What an opened source says of itself: frames a second and their number (0 = not known), pixels."""

    rate: float
    count: int
    width: int
    height: int


class Grabber:
    """A process at work. `answer` and what builds on it belong to one thread; `stop` may come from another.

    gentle: let it end by itself, as a camera wants; a file has nothing to lose.
    """

    def __init__(self, work: Callable[..., None], *arguments: object, gentle: bool = True) -> None:
        self._gentle = gentle
        spawn = multiprocessing.get_context("spawn")  # a fork would carry the threads of the window along
        self._line, theirs = spawn.Pipe()
        self._process = spawn.Process(target=work, args=(theirs, *arguments), daemon=True)
        with unheard():
            self._process.start()
        theirs.close()
        self._stopped = threading.Event()
        self._memory: SharedMemory | None = None
        self.pid = self._process.pid

    def __enter__(self) -> Grabber:
        return self

    def __exit__(self, *_: object) -> None:
        self.ask("end")
        self._line.close()
        if self._memory is not None:
            self._memory.close()
            self._memory.unlink()
        ends = (lambda: None, self._process.terminate, self._process.kill)
        for end in ends if self._gentle else ends[1:]:
            end()
            self._process.join(1.0)
            if self._process.exitcode is not None:
                self._process.close()
                return
        # stuck in the system: it is let go when the program ends

    def stop(self) -> None:
        """Let a waiting `answer` come back with None at once."""
        self._stopped.set()

    def ask(self, word: object) -> None:
        with suppress(OSError):  # it is gone; the next answer says so
            self._line.send(word)

    def waiting(self) -> Iterator[None]:
        """Yield while there is no answer yet; ends when there is one, or it was stopped. Raises `Gone` when hung."""
        last = time.monotonic() + SILENCE
        while not self._stopped.is_set():
            with _as_gone():
                if self._line.poll(PATIENCE):
                    return
            yield
            if time.monotonic() > last:
                raise Gone(hung=True)

    def answer(self) -> Any:
        """What it says next; None when stopped. Raises `Gone`."""
        for _ in self.waiting():
            pass
        if self._stopped.is_set():
            return None
        with _as_gone():
            return self._line.recv()

    def open(self) -> Facts | str | None:
        """The facts of the source, or "closed" or "unread" (`engine.grabber.serve`), None when stopped. Raises `Gone`."""
        said = self.answer()
        if said is None or said[0] != "open":
            return said[0] if said else None
        facts = Facts(*said[1:])
        with suppress(OSError):  # no shared memory here: through the line then
            self._memory = SharedMemory(create=True, size=SLOTS * max(1, facts.width * facts.height * 3))
        self.ask(("memory", self._memory.name if self._memory else ""))
        for _ in range(_AHEAD):
            self.ask("next")
        return facts

    def next(self) -> Grabbed | None:
        """The next frame; None at the end or when stopped. Raises `Gone`."""
        said = self.answer()
        if said is None or said[0] == "end":
            return None
        height, width, slot, milliseconds, at = said[1:]
        if slot < 0:
            with _as_gone():
                content = self._line.recv_bytes()
            image = np.frombuffer(content, np.uint8).reshape(height, width, 3)
        else:
            assert self._memory is not None and self._memory.buf is not None
            start = slot * (self._memory.size // SLOTS)
            view = np.frombuffer(self._memory.buf, np.uint8, height * width * 3, start)
            image = view.reshape(height, width, 3).copy()
            del view
        self.ask("next")
        return Grabbed(image, milliseconds, at)

    def again(self, seconds: float = 0.0) -> None:
        """After the end was told: go on at `seconds`."""
        for _ in range(_AHEAD - 1):
            self.answer()  # the other frame that was asked for ahead: the end as well
        self.ask(("seek", seconds))
        for _ in range(_AHEAD):
            self.ask("next")


@contextmanager
def _as_gone() -> Iterator[None]:
    try:
        yield
    except (EOFError, OSError) as error:
        raise Gone(hung=False) from error


def grabbing(wish: Wish) -> Grabber:
    """A process that reads what `wish` names."""
    return Grabber(grabber.serve, wish, gentle=isinstance(wish.source, int))


def looking() -> Grabber:
    """A process that looks which cameras there are: one answer, a list of (number, name, backend)."""
    return Grabber(grabber.look)
