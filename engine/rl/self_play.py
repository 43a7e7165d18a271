"""Q-learning that plays a board game against itself, one table for both sides. Lecture rows 133, 140.

Q(s, a) ← Q(s, a) + α (r − γ max Q(s′, ·) − Q(s, a))        s′ is the other's turn: its gain is my loss

Watkins 1989; for two players Littman 1994. AlphaGo has a network in place of the table, and looks ahead.
"""

from __future__ import annotations

import math
import time
from array import array
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

import numpy as np

from engine.fields import setting
from engine.jobs import Event
from engine.knobs import Box
from engine.rl.games.tic_tac_toe import BOARDS, CELLS, Way, perfect, positions, ways
from engine.rl.table import TableSettings, TableStep
from engine.text import Text

FRAME = 1 / 20  # seconds between two looks at the table, at full speed
HELD = 0.2  # seconds after which a look was no look but a pause: then every move is told, for who goes step by step


@dataclass(frozen=True, slots=True)
class BoardSettings(TableSettings):
    """What the command line sets. games: played against itself; 0 = until stopped."""

    games: int = setting(100_000, Text("Games", "판 수"), low=1, high=10_000_000, log=True)
    seed: int = setting(1, Text("Seed", "시드"), low=0, high=2**31 - 1)


class Shares(NamedTuple):
    """How all possible games end, each in [0, 1]."""

    lost: float
    drawn: float
    won: float


@dataclass(frozen=True, slots=True)
class Judged(Event):
    """How the best moves of the table do after `games` games; nothing is drawn by lot, every line is counted.

    chance: against random moves; lost = 0 means that nobody can beat it. perfect: against a minimax player who takes
    any of its best moves. Both as the mean of going first and second.
    """

    games: int
    chance: Shares
    perfect: Shares

    @property
    def unbeatable(self) -> bool:
        """Random moves play every line there is: who loses none of them cannot be beaten."""
        return self.chance.lost == 0


def empty_table() -> np.ndarray:
    """(boards, cells) float64: 0 where a move can be made, nan elsewhere."""
    table = np.full((BOARDS, CELLS), np.nan)
    for board, open_ways in positions().items():
        for way in open_ways:
            table[board, way.cell] = 0.0
    return table


def best_ways(table: Sequence[float], board: int) -> list[Way]:
    """The moves worth most, all that are equal; `table` is flat, a row of nine cells for each board."""
    open_ways, row = positions()[board], CELLS * board
    values = [table[row + way[0]] for way in open_ways]
    most = max(values)
    return [open_ways[i] for i, value in enumerate(values) if value == most]


def values_of(table: np.ndarray | None, board: int) -> np.ndarray:
    """Q of each cell for whose turn it is, (cells,), nan where none can be made; None: nothing was learnt yet."""
    if table is not None:
        return np.asarray(table[board])
    return np.array([0.0 if cell in {way.cell for way in ways(board)} else np.nan for cell in range(CELLS)])


def choose(values: np.ndarray, random: Random) -> int:
    """The cell worth most; among equal ones by lot."""
    return int(random.choice(np.flatnonzero(values == np.nanmax(values))))


def learn_board(
    knobs: Box[TableSettings], *, games: int = 0, seed: int = 1, before: TableStep | None = None
) -> Generator[Event, None, np.ndarray]:
    """Fill the table by self-play; a job. Ends after `games` games (0 = never); returns the table (boards, cells).

    before: goes on from what was learnt there. Yields: `TableStep` for eyes, `Judged` ever more seldom.
    """
    table = array("d", (empty_table() if before is None else before.table).tobytes())
    random, known = Random(seed), positions()
    step, played, score = (0, 0, 0.0) if before is None else (before.step, before.games, before.score)
    board, told, due = 0, 0.0, played
    while True:
        done = bool(games) and played >= games
        if played >= due or done:
            due = max(played + 100, math.ceil(played * 1.12))
            yield judge(table, played)
        if done:
            return _as_array(table)
        now, open_ways = knobs.value, known[board]
        guessed = random.random() < now.epsilon
        way = random.choice(open_ways if guessed else best_ways(table, board))
        ahead = 0.0 if way.over else max(table[CELLS * way.board + next_.cell] for next_ in known[way.board])
        place = CELLS * board + way.cell
        old, target = table[place], way.won - now.gamma * ahead
        table[place] += now.alpha * (target - old)
        step += 1
        if way.over:
            played, score = played + 1, float(way.won)
        moment = time.perf_counter()
        if now.speed or moment - told > FRAME or (way.over and played == games):
            numbers = (step, board, way.cell, float(way.won), way.board, way.over, old, ahead, target, table[place])
            yield TableStep(*numbers, guessed, played, score, _as_array(table))
            if now.speed:
                time.sleep(min(1.0, 1 / now.speed))
            told = time.perf_counter()
            told = 0.0 if told - moment > HELD else told
        board = 0 if way.over else way.board


def judge(table: Sequence[float], games: int) -> Judged:
    """Play every line of the best moves against both opponents; equal moves share."""
    return Judged(games, _shares(table, positions().__getitem__), _shares(table, perfect))


def _shares(table: Sequence[float], other: Callable[[int], tuple[Way, ...]]) -> Shares:
    """How games end in which the other takes any of the moves `other` names for a board, each as likely."""
    sides = (_ends(table, other, True), _ends(table, other, False))
    return Shares(*((first + second) / 2 for first, second in zip(*sides, strict=True)))


def _ends(table: Sequence[float], other: Callable[[int], tuple[Way, ...]], begins: bool) -> tuple[float, float, float]:
    """(lost, drawn, won) when the table goes first, or second."""
    known: dict[int, tuple[float, float, float]] = {}

    def after(board: int, ours: bool) -> tuple[float, float, float]:
        if board in known:
            return known[board]
        lost = drawn = won = 0.0
        may = best_ways(table, board) if ours else other(board)
        for way in may:
            if way.over:
                lost, drawn, won = lost + (way.won and not ours), drawn + (not way.won), won + (way.won and ours)
            else:
                more = after(way.board, not ours)
                lost, drawn, won = lost + more[0], drawn + more[1], won + more[2]
        known[board] = lost / len(may), drawn / len(may), won / len(may)
        return known[board]

    return after(0, begins)


def _as_array(table: array[float]) -> np.ndarray:
    """A copy that nobody writes, (boards, cells)."""
    return np.array(table).reshape(BOARDS, CELLS)
