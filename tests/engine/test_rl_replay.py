"""The replay memory: stacks, n-step returns and priorities, checked against the game's own history."""

from __future__ import annotations

import numpy as np
import pytest

from engine.rl.priorities import Priorities
from engine.rl.replay import Replay, memory_mib

STACK, GAMMA = 4, 0.9


def history(rows: int, *, ends: tuple[int, ...], lost: tuple[int, ...] = (), capacity: int = 400) -> Replay:
    """Two games whose frame at time t is all t + 1 (+ 100 for the second); the action's reward at time t is t."""
    memory = Replay(capacity, games=2, shape=(2, 2), dtype="uint8", stack=STACK)
    both = np.array([True, True])
    for t in range(rows):
        frames = np.stack([np.full((2, 2), (t + 1 + 100 * g) % 256, np.uint8) for g in range(2)])
        fresh = both & (t == 0 or t - 1 in {e + 1 for e in ends})
        memory.add(
            frames,
            fresh,
            np.full(2, t % 3),
            np.full(2, float(t)),
            over=both & (t in ends),
            lost=both & (t in lost),
            idle=both & (t - 1 in ends),
        )
    return memory


def at(memory: Replay, time: int, n: int, **how: float | bool) -> tuple[float, float, int]:
    """(return, discount, rows ahead) of one time of the first game."""
    settings = {"clip": False, "life_reward": 0.0, **how}
    found = memory._returns(np.array([time]), np.array([0]), GAMMA, n, settings["clip"], settings["life_reward"])
    return float(found[0][0]), float(found[1][0]), int(found[2][0])


def test_a_stack_is_black_before_a_games_first_frame() -> None:
    memory = history(40, ends=(10,))  # frame 11 is the last of the first game, 12 the first of the next
    inside = memory.stacked(np.array([8]), np.array([0]))[0, :, 0, 0]
    across = memory.stacked(np.array([13]), np.array([0]))[0, :, 0, 0]
    assert inside.tolist() == [6, 7, 8, 9]
    assert across.tolist() == [0, 0, 13, 14]


def test_returns_add_n_rewards_and_stop_at_the_end_and_at_a_lost_life() -> None:
    memory = history(40, ends=(10,), lost=(20,))
    assert at(memory, 5, 3) == pytest.approx((5 + 0.9 * 6 + 0.81 * 7, 0.9**3, 3))
    total, discount, _ = at(memory, 9, 3)
    assert (total, discount) == pytest.approx((9 + 0.9 * 10, 0.0)), "nothing comes after the end"
    total, discount, _ = at(memory, 20, 3, life_reward=-2.0, clip=True)
    assert (total, discount) == pytest.approx((1 - 2, 0.0))


def test_a_game_that_was_cut_off_still_has_a_future() -> None:
    memory = Replay(400, games=1, shape=(1,), dtype="float32", stack=1)
    one = np.array([True])
    for t in range(30):
        memory.add(
            np.array([[float(t)]]), one & (t == 7), np.zeros(1), np.ones(1), over=~one, lost=~one, idle=one & (t == 6)
        )
    returns, discounts, ahead = memory._returns(np.array([4]), np.array([0]), GAMMA, 5, False, 0.0)
    assert returns[0] == pytest.approx(1.9) and discounts[0] == pytest.approx(0.81) and ahead[0] == 2
    assert memory.stacked(np.array([6]), np.array([0]))[0, 0, 0] == 6, "the frame the game was cut off at"


def test_what_is_drawn_is_still_in_the_ring_after_it_went_round_and_never_idle() -> None:
    memory = history(900, ends=tuple(range(9, 900, 12)))
    drawn = memory.draw(500, gamma=GAMMA, n=3, clip=True, life_reward=0.0)
    times = drawn.places[:, 0]
    assert times.min() >= 900 - memory.rows + STACK and times.max() < 900 - 3
    assert not np.isin((times - 1) % 12, [9]).any(), "the row between two games"
    newest = drawn.states[:, -1, 0, 0].astype(int)
    assert (newest == (times + 1 + 100 * drawn.places[:, 1]) % 256).all()


def test_priorities_are_drawn_as_often_as_they_weigh() -> None:
    tree, random = Priorities(100), np.random.default_rng(0)
    tree.add(np.arange(100), np.zeros(100, bool))
    tree.set(np.arange(100), np.where(np.arange(100) < 10, 5.0, 0.05))
    drawn = np.concatenate([tree.draw(64, random)[0] for _ in range(200)])
    weights = (np.where(np.arange(100) < 10, 5.0, 0.05) + 1e-3) ** 0.6
    counts = np.bincount(drawn, minlength=100) / len(drawn)
    np.testing.assert_allclose(counts, weights / weights.sum(), atol=0.01)


def test_a_hundred_thousand_atari_frames_take_less_than_800_megabytes() -> None:
    assert memory_mib(100_000, (84, 84), "uint8") * 2**20 <= 0.8e9
    assert Replay(1_000, games=8, shape=(84, 84), dtype="uint8", stack=4).frames.nbytes == 1_000 * 84 * 84
