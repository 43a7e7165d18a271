"""Games: the protocol every one keeps, their rules, and the table that Q-learning fills."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.errors import LabError
from engine.knobs import Box
from engine.rl.game import GameCard, held
from engine.rl.games import GAMES, OURS, game
from engine.rl.games.bricks import LEFT, RIGHT, SIDE, STAY, Bricks
from engine.rl.games.grid_world import USUAL, GridWorld
from engine.rl.games.two_arms import TwoArms
from engine.rl.table import TableSettings, TableStep, best_values, learn_table, walk

ROOT = Path(__file__).resolve().parents[2]


def moves_of(card: GameCard, seed: int, count: int = 60) -> list[tuple[bytes, float, bool]]:
    """What `count` fixed moves bring."""
    one, random = card.make(), np.random.default_rng(3)
    found = [(one.reset(seed).tobytes(), 0.0, False)]
    for _ in range(count):
        turn = one.step(int(random.integers(len(one.actions))))
        found.append((turn.observation.tobytes(), turn.reward, turn.terminated))
        if turn.terminated:
            break
    one.close()
    return found


@pytest.mark.parametrize("card", OURS, ids=lambda card: card.id)
def test_a_game_keeps_the_protocol_and_its_seed_decides_it(card: GameCard) -> None:
    one = card.make()
    seen = one.reset(5)
    assert seen.shape == card.shape and seen.dtype == card.dtype
    picture = one.picture()
    assert picture.ndim == 3 and picture.shape[2] == 3 and picture.dtype == np.uint8
    assert len(card.planes) == (card.shape[0] if card.eyes == "planes" else 0)
    assert moves_of(card, 5) == moves_of(card, 5)
    if card.id not in ("grid", "two-arms"):  # those begin in one state
        assert moves_of(card, 5) != moves_of(card, 6)


def test_a_player_who_follows_the_ball_breaks_the_wall_and_one_who_stands_loses() -> None:
    def score(follows: bool) -> float:
        total = 0.0
        for seed in range(20):
            one = Bricks()
            one.reset(seed)
            for _ in range(300):
                ahead = min(max(one.ball[1] + one.flight[1], 0), SIDE - 1) if one.flight[0] > 0 else one.ball[1]
                move = STAY if one.paddle <= ahead <= one.paddle + 1 else LEFT if ahead < one.paddle else RIGHT
                turn = one.step(move if follows else STAY)
                total += turn.reward
                if turn.terminated:
                    break
        return total / 20

    assert score(True) > 10 * max(score(False), 0.1)


def test_keys_held_together_mean_the_move_that_uses_most_of_them() -> None:
    from engine.rl.atari import action_of

    actions = tuple(map(action_of, ("NOOP", "FIRE", "RIGHT", "LEFT", "RIGHTFIRE")))
    assert held(actions, frozenset()) == 0
    assert held(actions, frozenset({"Right", "Space"})) == 4
    assert held(actions, frozenset({"Up", "Left"})) == 3


def filled(game_: GridWorld | TwoArms, games: int, **settings: float) -> tuple[np.ndarray, list[TableStep]]:
    job, steps = learn_table(game_, Box(TableSettings(**settings)), games=games), []
    while True:
        try:
            event = next(job)
            assert isinstance(event, TableStep)
            steps.append(event)
        except StopIteration as end:
            return end.value, steps


def test_the_table_of_the_grid_world_reaches_what_a_perfect_player_gets() -> None:
    table, steps = filled(GridWorld(), 400, gamma=0.95)
    best = best_values(USUAL, 0.95)
    assert walk(USUAL, table)[-1] == (0, 5)
    assert table[4 * 6].max() == pytest.approx(best[USUAL.start], abs=0.02)
    one = next(step for step in steps if step.reward > 0)
    assert one.target == pytest.approx(one.reward) and one.over, "nothing comes after the end"
    assert one.now == pytest.approx(one.before + 0.3 * (one.target - one.before))


def test_an_edited_reward_moves_the_best_way() -> None:
    world = USUAL.edited((4, 5), 3.0)
    table, _ = filled(GridWorld(world), 600, gamma=0.95, epsilon=0.4)
    assert walk(world, table)[-1] == (4, 5)


@pytest.mark.parametrize(("gamma", "best"), [(0.7, 0), (0.98, 1)])
def test_only_a_far_sighted_player_gives_one_to_take_three(gamma: float, best: int) -> None:
    table, _ = filled(TwoArms(), 300, gamma=gamma)
    assert table[0].argmax() == best


def test_the_program_knows_atari_without_importing_ale_py_and_without_it_has_the_other_games() -> None:
    code = (
        "import sys\n"
        "from engine.rl.games import GAMES\n"
        "import engine.rl.dqn, engine.rl.watch, engine.rl.atari\n"
        "print('ale_py' in sys.modules, len(GAMES))"
    )
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert answer.stdout.split() == ["False", str(len(GAMES))]


def test_an_unknown_game_is_a_sentence_that_names_some() -> None:
    with pytest.raises(LabError, match="bricks"):
        game("tetris-9000")
