"""How the program and an Atari process talk: the whole protocol, without anything of ale-py.

One process plays one title: n games at once to learn from ("many"), or one game for eyes ("one"). Over a pipe go
short messages, over one block of shared memory what is large; the process that asks makes and frees the block.

    asker -> worker   Wish                                           once
    worker -> asker   ("ready", action names, height, width)  or  ("refused", why)
    asker -> worker   name of a block laid out as `Block` says       once
    asker -> worker   ("reset", seed)   then   worker -> asker   "done": the block holds the games' first turn
    asker -> worker   b"step"           then   worker -> asker   b"done": it read `actions` and wrote the next turn
    asker -> worker   ("end",), or the pipe closes: the worker ends

Whoever dies closes the pipe; the other notices at its next word.
"""

from __future__ import annotations

from dataclasses import dataclass
from multiprocessing.shared_memory import SharedMemory

import numpy as np

SIDE, SKIP = 84, 4
OVER, CUT, FRESH = 1, 2, 4  # bits of `flags`


@dataclass(frozen=True, slots=True)
class Wish:
    """What a worker is to play.

    title: as ale-py names it. games: how many at once; 0 = one game for eyes, with coloured pictures.
    sticky: probability that a move is repeated instead of the new one. longest: frames before a game is cut off.
    threads: for the games of one step.
    """

    title: str
    games: int
    sticky: float
    longest: int
    threads: int = 1


class Block:
    """The shared memory of n games, as arrays.

    actions (n,) int32, asker to worker. rewards (n,) float32, lives (n,) int32, flags (n,) uint8,
    frames (n, 84, 84) uint8 grey: the newest observation of each game.
    pictures (SKIP, height, width, 3) uint8 RGB: with one game for eyes, the frames of its last step, newest last.
    """

    def __init__(self, games: int, height: int = 0, width: int = 0, name: str | None = None) -> None:
        parts: tuple[tuple[str, str, tuple[int, ...]], ...] = (
            ("actions", "int32", (games,)),
            ("rewards", "float32", (games,)),
            ("lives", "int32", (games,)),
            ("flags", "uint8", (games,)),
            ("frames", "uint8", (games, SIDE, SIDE)),
            ("pictures", "uint8", (SKIP, height, width, 3)),
        )
        sizes = [int(np.prod(shape)) * np.dtype(kind).itemsize for _, kind, shape in parts]
        self.memory = SharedMemory(name, create=name is None, size=sum(sizes) + 64)
        self._arrays: dict[str, np.ndarray] = {}
        at = 0
        for (part, kind, shape), size in zip(parts, sizes, strict=True):
            self._arrays[part] = np.ndarray(shape, kind, self.memory.buf, at)
            at += size

    def __getitem__(self, part: str) -> np.ndarray:
        return self._arrays[part]

    def close(self, *, free: bool) -> None:
        """Let go of the memory; `free` gives it back to the system (the asker does, once)."""
        self._arrays.clear()
        self.memory.close()
        if free:
            self.memory.unlink()
