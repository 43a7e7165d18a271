"""Atari in a process of its own: the same pictures for eyes and for learning, and what happens when it dies."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.errors import LabError
from engine.jobs import result_of
from engine.rl import atari
from engine.rl.actors import open_actors
from engine.rl.atari import AtariActors, AtariGame
from engine.rl.dqn import train
from engine.rl.events import Learned
from engine.rl.games import game
from engine.rl.play import Recent
from engine.rl.watching import play_games

pytest.importorskip("ale_py")


@pytest.fixture(scope="module")
def eyes() -> Iterator[AtariGame]:
    one = AtariGame("breakout")
    yield one
    one.close()


@pytest.fixture(scope="module")
def many() -> Iterator[AtariActors]:
    actors = AtariActors(game("breakout"), 2)
    yield actors
    actors.close()


def test_a_game_for_eyes_has_colours_lives_and_the_frames_between_and_its_seed_repeats_it(eyes: AtariGame) -> None:
    def moves(seed: int) -> list[np.ndarray]:
        first = eyes.reset(seed)
        return [first, *(eyes.step(a).observation for a in (1, 2, 2, 3, 0, 2) * 5)]

    once = moves(7)
    assert eyes.lives == 5 and once[0].shape == (84, 84) and once[0].dtype == np.uint8
    assert eyes.picture().shape == (210, 160, 3) and len(eyes.pictures) == 4
    assert len(np.unique(eyes.picture().reshape(-1, 3), axis=0)) > 5, "the wall has its colours"
    assert all(np.array_equal(a, b) for a, b in zip(once, moves(7), strict=True))
    assert not all(np.array_equal(a, b) for a, b in zip(once, moves(8), strict=True)), "another no-op start"


def test_lives_are_told_games_end_and_begin_anew_and_rewards_are_raw(many: AtariActors) -> None:
    turns = many.reset(1)
    assert turns.fresh.all() and (turns.lives == 5).all()
    ended, began, lost = 0, 0, 0
    for _ in range(600):
        before = turns
        many.send(np.random.default_rng(0).integers(0, 2, 2))
        turns = many.receive()
        lost += int(((turns.lives < before.lives) & ~turns.fresh).sum())
        ended += int(turns.over.sum())
        began += int(turns.fresh.sum())
        assert (turns.fresh == (before.over | before.cut)).all()
    assert ended >= 2 and began in (ended, ended - 1, ended - 2) and lost >= 5 * began


def test_what_is_watched_looks_like_what_was_learnt_from(eyes: AtariGame, many: AtariActors) -> None:
    """The wall, the frame and the score stand where they stood; only ball and paddle may differ."""
    watched, learnt = eyes.reset(3).astype(int), many.reset(3).frames[0].astype(int)
    assert (np.abs(watched - learnt) > 12).mean() < 0.02


def test_an_agent_learns_from_it_and_only_single_frames_are_kept(tmp_path: Path) -> None:
    card = game("pong")
    settings = replace(card.defaults, memory=600, warm_up=60, actors=2, steps=10_000, check_every=10_000)
    job, learned = train("pong", settings, out=tmp_path / "run"), []
    for event in job:
        learned += [event] if isinstance(event, Learned) and event.updates else []
        if learned:
            break
    job.close()
    assert learned[0].loss > 0 and (tmp_path / "run" / "last.safetensors").is_file()


def test_a_process_killed_in_mid_game_is_a_sentence_and_other_games_stay() -> None:
    one = AtariGame("pong")
    one.reset(0)
    one._worker.process.kill()
    one._worker.process.join()
    with pytest.raises(LabError, match="pong"):
        one.step(0)
    one.close()
    bricks = open_actors(game("bricks"), 2)
    assert bricks.reset(0).fresh.all()


def test_without_ale_py_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "ale_py.py").write_text("raise ImportError('not here')\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])  # handed on to the process
    with pytest.raises(LabError, match="pip install ale-py"):
        AtariGame("pong")


def test_names_of_moves_become_words_and_keys() -> None:
    assert atari.action_of("UPRIGHTFIRE").keys == ("Up", "Right", "Space")
    assert atari.action_of("NOOP").keys == ()


def test_the_stack_an_actor_sees_is_the_stack_the_memory_gives_back() -> None:
    card = game("breakout")
    recent = Recent(card, 1)
    for number in range(1, 7):
        frame = np.full((1, 84, 84), number, np.uint8)
        states = recent.add(frame, np.array([number in (1, 4)]))
    assert states[0, :, 0, 0].tolist() == [0, 4, 5, 6]


@pytest.mark.parametrize(("id", "least"), [("pong", 9.3), ("breakout", 8.0), ("space-invaders", 262.0)])
def test_the_agents_that_came_with_the_app_play_atari(id: str, least: float) -> None:
    """Pong: a person's score in the paper. The others: several times what chance gets (1.4 and 131)."""
    played = result_of(play_games(id, agent="bundled", episodes=1 if id == "pong" else 3, seed=5)).as_json()
    assert played["score_mean"] > least
