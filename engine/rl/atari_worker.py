"""Runs in a process of its own: plays Atari with ale-py, which is GPL-2.0-only: the program itself never imports it.

It speaks the protocol of `engine.rl.atari_wire`. A crash of the emulator ends this process, not the program.
"""

from __future__ import annotations

import signal
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from engine.rl.atari_wire import CUT, FRESH, OVER, SIDE, SKIP, Block, Wish

MOST_IDLE = 30  # no-op starts: up to this many frames before the game is handed over


def serve(asked: Connection, wish: Wish) -> None:
    """Answer on `asked` until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is meant for who asked; this process ends when the pipe does
    block: Block | None = None
    try:
        player = _opened(asked, wish)
        if player is None:
            return
        block = Block(max(1, wish.games), *(player.size if not wish.games else (0, 0)), name=asked.recv())
        while True:
            words = asked.recv_bytes()
            if words == b"step":
                player.step(block)
                asked.send_bytes(b"done")
            elif words == b"reset":
                player.reset(block, int(asked.recv()))
                asked.send_bytes(b"done")
            else:
                return
    except (EOFError, OSError):
        return  # nobody listens any more
    finally:
        if block:
            block.close(free=False)
        asked.close()


class Player(Protocol):
    """What plays: `size` is (height, width) of its pictures."""

    size: tuple[int, int]

    def reset(self, block: Block, seed: int) -> None: ...

    def step(self, block: Block) -> None: ...


def _opened(asked: Connection, wish: Wish) -> Player | None:
    """The player, after its names were told; None when there is no ale-py or no such title."""
    try:
        import ale_py
    except ImportError as error:
        asked.send(("refused", f"ale-py: {error}"))
        return None
    ale_py.ALEInterface.setLoggerMode(ale_py.LoggerMode.Error)
    if wish.title not in ale_py.roms.get_all_rom_ids():
        asked.send(("refused", wish.title))
        return None
    player: Many | One = Many(wish) if wish.games else One(wish)
    asked.send(("ready", [action.name for action in player.actions], *player.size))
    return player


class Many:
    """n games in ale-py's own vector environment: its threads play them beside each other.

    Lives and raw rewards are handed out; what the learner makes of them (a lost life ends, rewards are clipped)
    is its own business, so that a check sees the whole game.
    """

    size = (0, 0)

    def __init__(self, wish: Wish) -> None:
        from ale_py.vector_env import AtariVectorEnv

        self.env = AtariVectorEnv(
            wish.title,
            wish.games,
            stack_num=1,  # frames are stacked where they are drawn
            frameskip=SKIP,
            maxpool=True,
            noop_max=MOST_IDLE,
            use_fire_reset=True,
            episodic_life=False,
            reward_clipping=False,
            repeat_action_probability=wish.sticky,
            max_num_frames_per_episode=wish.longest,
            num_threads=wish.threads,
        )
        self.actions = self.env.ale.get_action_set()
        self._ended = np.zeros(wish.games, bool)

    def reset(self, block: Block, seed: int) -> None:
        frames, about = self.env.reset(seed=seed)
        nothing = np.zeros(len(frames), bool)
        self._write(block, frames, about, np.zeros(len(frames), np.float32), nothing, nothing, ~nothing)
        self._ended = nothing

    def step(self, block: Block) -> None:
        fresh = self._ended
        frames, rewards, over, cut, about = self.env.step(block["actions"].copy())
        cut = cut & ~over
        self._write(block, frames, about, rewards, over, cut, fresh)
        self._ended = over | cut

    @staticmethod
    def _write(
        block: Block,
        frames: np.ndarray,
        about: dict[str, Any],
        rewards: np.ndarray,
        over: np.ndarray,
        cut: np.ndarray,
        fresh: np.ndarray,
    ) -> None:
        block["frames"][:] = frames[:, 0]
        block["rewards"][:] = rewards
        block["lives"][:] = about["lives"]
        block["flags"][:] = over * OVER + cut * CUT + fresh * FRESH


class One:
    """One game with its colours. The same steps as `Many`, one by one: no-op start, fire, skip, max of two, shrink."""

    def __init__(self, wish: Wish) -> None:
        import ale_py

        self.ale = ale_py.ALEInterface()
        self.ale.setFloat("repeat_action_probability", wish.sticky)
        self.wish, self.rom = wish, str(ale_py.roms.get_rom_path(wish.title))
        self._load(0)
        self.actions = self.ale.getMinimalActionSet()
        self.size: tuple[int, int] = self.ale.getScreenDims()
        self._noop, self._fire = ale_py.Action.NOOP, ale_py.Action.FIRE

    def _load(self, seed: int) -> None:
        self.ale.setInt("random_seed", seed % 2**31)
        self.ale.loadROM(Path(self.rom))

    def reset(self, block: Block, seed: int) -> None:
        self._load(seed)
        self.ale.reset_game()
        for _ in range(int(np.random.default_rng(seed).integers(1, MOST_IDLE + 1))):
            self.ale.act(self._noop)
        if self._fire in self.actions:
            self.ale.act(self._fire)
        block["pictures"][:] = self.ale.getScreenRGB()
        self._write(block, self.ale.getScreenGrayscale(), 0.0, FRESH)

    def step(self, block: Block) -> None:
        action, reward = self.actions[int(block["actions"][0])], 0.0
        last = before = self.ale.getScreenGrayscale()
        for frame in range(SKIP):
            reward += self.ale.act(action)
            block["pictures"][frame] = self.ale.getScreenRGB()
            before, last = last, self.ale.getScreenGrayscale()
            if self.ale.game_over():
                block["pictures"][frame:] = block["pictures"][frame]
                break
        over = self.ale.game_over()
        cut = not over and self.ale.getEpisodeFrameNumber() >= self.wish.longest
        self._write(block, np.maximum(before, last), reward, over * OVER + cut * CUT)

    def _write(self, block: Block, grey: np.ndarray, reward: float, flags: int) -> None:
        import cv2

        block["frames"][0] = cv2.resize(grey, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
        block["rewards"][0], block["lives"][0], block["flags"][0] = reward, self.ale.lives(), flags
