"""Atari as games like any other: played in a process of its own, see `engine.rl.atari_wire`.

Standard preparation (Mnih et al. 2015; Machado et al. 2018): no-op starts, every fourth frame with the maximum of
the last two, 84 × 84 grey, fire at the start; a game is cut off after 108,000 frames.
"""

from __future__ import annotations

import contextlib
import multiprocessing
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

import numpy as np

from engine.errors import LabError
from engine.rl.actors import Turns
from engine.rl.atari_cards import LONGEST_FRAMES
from engine.rl.atari_program import Program, beside_the_app
from engine.rl.atari_wire import CUT, FRESH, OVER, Block, Wish
from engine.rl.game import Action, GameCard, Turn
from engine.text import Text
from engine.unheard import unheard

PATIENCE = 30.0  # seconds for the process to start, on a busy machine
_ENDED = Text(
    "The Atari process ended in the middle of {title}. Start it again; the other games still work.",
    "{title} 도중에 아타리 프로세스가 끝났어요. 다시 시작해 보세요. 다른 게임은 그대로 돼요.",
)
_MISSING = Text(
    "Atari needs the package ale-py ({why}). Install it with: pip install ale-py. The other games work without it.",
    "아타리에는 ale-py 패키지가 필요해요({why}). pip install ale-py로 설치하세요. 다른 게임은 없어도 돼요.",
)
_LEFT_OUT = Text(
    "This package was built without Atari. Take the one with Atari to play it. The other games work without it.",
    "이 꾸러미에는 아타리가 빠져 있어요. 하려면 아타리가 든 꾸러미를 받으세요. 다른 게임은 그대로 돼요.",
)
_UP, _DOWN, _LEFT, _RIGHT, _FIRE = (
    (Text("up", "위"), "Up"),
    (Text("down", "아래"), "Down"),
    (Text("left", "왼쪽"), "Left"),
    (Text("right", "오른쪽"), "Right"),
    (Text("fire", "발사"), "Space"),
)


def action_of(name: str) -> Action:
    """ale-py's name ("UPRIGHTFIRE") as an action with its keys."""
    parts = [
        part
        for word, part in zip(("UP", "DOWN", "LEFT", "RIGHT", "FIRE"), (_UP, _DOWN, _LEFT, _RIGHT, _FIRE), strict=True)
        if word in name
    ]
    if not parts:
        return Action(Text("nothing", "가만히"))
    english, korean = " ".join(text.en for text, _ in parts), " ".join(text.ko for text, _ in parts)
    return Action(Text(english, korean), tuple(key for _, key in parts))


class _Process:
    """A worker with its pipe and its block."""

    def __init__(self, wish: Wish) -> None:
        self.wish = wish
        self._block: Block | None = None
        self._pipe, self.process = self._started()
        with contextlib.ExitStack() as undo:
            undo.callback(self.close)
            self.actions = self._greet()
            undo.pop_all()

    def _started(self) -> tuple[Connection, SpawnProcess | Program]:
        """The program beside the executable; in a checkout a process of this Python."""
        from engine.rl.atari_worker import serve

        command = beside_the_app()
        if command is None:
            context = multiprocessing.get_context("spawn")
            pipe, theirs = context.Pipe()
            process = context.Process(
                target=serve, args=(theirs, self.wish), daemon=True, name=f"atari-{self.wish.title}"
            )
            with unheard():
                process.start()
            theirs.close()
            return pipe, process
        if not command:
            raise LabError(_LEFT_OUT)
        try:
            program = Program(command, self.wish, patience=PATIENCE)
        except (EOFError, OSError) as error:
            raise self._ended() from error
        return program.pipe, program

    def _greet(self) -> tuple[Action, ...]:
        try:
            if not self._pipe.poll(PATIENCE):
                raise self._ended()
            answer: tuple[Any, ...] = self._pipe.recv()
            if answer[0] == "refused":
                raise LabError(_MISSING(why=answer[1]))
            _, names, height, width = answer
            self._block = Block(max(1, self.wish.games), height, width)
            self._pipe.send(self._block.memory.name)
        except (EOFError, OSError) as error:
            raise self._ended() from error
        return tuple(action_of(name) for name in names)

    @property
    def block(self) -> Block:
        if self._block is None:
            raise self._ended()
        return self._block

    def ask(self, words: bytes, number: int | None = None) -> None:
        try:
            self._pipe.send_bytes(words)
            if number is not None:
                self._pipe.send(number)
        except OSError as error:
            raise self._ended() from error

    def wait(self) -> None:
        try:
            self._pipe.recv_bytes()
        except (EOFError, OSError) as error:
            raise self._ended() from error

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._pipe.send_bytes(b"end")
        self._pipe.close()
        self.process.join(2.0)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        if self._block:
            self._block.close(free=True)
            self._block = None

    def _ended(self) -> LabError:
        return LabError(_ENDED(title=self.wish.title))


class AtariActors:
    """n games at once for the learner; see `engine.rl.actors`."""

    def __init__(self, card: GameCard, count: int, *, sticky: float = 0.0, threads: int = 1) -> None:
        self.count = count
        self._worker = _Process(Wish(card.atari, count, sticky, LONGEST_FRAMES, threads))

    @property
    def actions(self) -> tuple[Action, ...]:
        return self._worker.actions

    def reset(self, seed: int) -> Turns:
        self._worker.ask(b"reset", seed)
        return self.receive()

    def send(self, actions: np.ndarray) -> None:
        self._worker.block["actions"][:] = actions
        self._worker.ask(b"step")

    def receive(self) -> Turns:
        self._worker.wait()
        block = self._worker.block
        flags = block["flags"]
        return Turns(
            block["frames"].copy(),
            block["rewards"].copy(),
            (flags & OVER) > 0,
            (flags & CUT) > 0,
            (flags & FRESH) > 0,
            block["lives"].astype(np.int64),
        )

    def close(self) -> None:
        self._worker.close()


class AtariGame:
    """One game for eyes; see `engine.rl.game.Game`. `pictures` holds the four frames of the last step."""

    def __init__(self, title: str, *, sticky: float = 0.0) -> None:
        self._worker = _Process(Wish(title, 0, sticky, LONGEST_FRAMES))
        self.pictures: tuple[np.ndarray, ...] = ()

    @property
    def actions(self) -> tuple[Action, ...]:
        return self._worker.actions

    @property
    def lives(self) -> int:
        return int(self._worker.block["lives"][0])

    def reset(self, seed: int) -> np.ndarray:
        self._worker.ask(b"reset", seed)
        return self._taken().observation

    def step(self, action: int) -> Turn:
        self._worker.block["actions"][0] = action
        self._worker.ask(b"step")
        return self._taken()

    def _taken(self) -> Turn:
        self._worker.wait()
        block = self._worker.block
        flags = int(block["flags"][0])
        self.pictures = tuple(block["pictures"].copy())
        return Turn(block["frames"][0].copy(), float(block["rewards"][0]), bool(flags & OVER), bool(flags & CUT))

    def picture(self) -> np.ndarray:
        return self.pictures[-1]

    def close(self) -> None:
        self._worker.close()
