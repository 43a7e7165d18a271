"""The commands of agents: train, play and bundle, as other programs call them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.cli import main
from engine.files import read_json
from engine.jobs import result_of
from engine.rl.bundle import bundle_agent
from engine.rl.watching import play_games

QUICK = ["steps=1600", "warm_up=200", "epsilon_steps=800", "check_every=400", "check_games=4", "actors=4"]


def said(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_an_agent_is_trained_played_and_bundled_from_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = tmp_path / "run"
    assert main(["train", "dqn-two-arms", "--out", str(run), "--json", "--set", *QUICK]) == 0
    lines = said(capsys)
    assert lines[0]["event"] == "started" and lines[0]["memory_mib"] > 0
    assert lines[-1]["score_mean"] == 2.0 and lines[-1]["count"] == 4 and lines[-1]["steps"] == 1600
    assert main(["play", "two-arms", "--agent", str(run), "--episodes", "20", "--seed", "3", "--json"]) == 0
    played = said(capsys)[-1]
    assert played["score_mean"] > 1.9 and played["count"] == 20 and "score_deviation" in played
    card = result_of(bundle_agent(run, to=tmp_path / "out", games=10))
    assert card == {k: v for k, v in read_json(tmp_path / "out" / "dqn-two-arms.json").items() if k != "format"}
    assert card["random_score_mean"] < card["score_mean"] and card["curve"][-1]["step"] == 1600
    assert (tmp_path / "out" / "dqn-two-arms.safetensors").stat().st_size == card["bytes"]


def test_what_is_wrong_is_one_sentence_and_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words, told in (
        (["train", "dqn-nothing"], "There is no game called"),
        (["train", "dqn-bricks", "--set", "gamma=2"], "gamma = 2.0 will not do"),
        (["play", "bricks", "--agent", str(tmp_path / "none.safetensors")], "does not exist"),
        (["play", "bricks", "--agent", "random", "--episodes", "0"], "at least one game"),
    ):
        assert main(words) == 2
        assert told in capsys.readouterr().err


def test_a_film_takes_its_place_only_when_it_is_whole(tmp_path: Path) -> None:
    """It was written over the older one from its first picture on, and taken away when the game was cut off."""
    for name in ("game.mp4", "game.avi", "game.gif"):
        to = tmp_path / name
        to.write_bytes(b"an older film")
        job = play_games("bricks", agent="random", episodes=1, seed=1, video=to)
        seen = [next(job)]
        while to.read_bytes() == b"an older film" and len(list(tmp_path.iterdir())) == 1 and name != "game.gif":
            seen.append(next(job))  # the film has begun when something lies beside
        job.close()
        assert [path.name for path in tmp_path.iterdir()] == [name] and to.read_bytes() == b"an older film"
        played = result_of(play_games("bricks", agent="random", episodes=1, seed=1, video=to))
        assert played.scores and to.stat().st_size > 1000 and len(list(tmp_path.iterdir())) == 1
        to.unlink()


@pytest.mark.parametrize(("name", "told"), [("game.txt", ".mp4"), ("in the way/game.mp4", "a file stands")])
def test_where_a_film_cannot_be_written_is_told_before_a_game_is_played(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str, told: str
) -> None:
    """Thirty games were played first, and OpenCV wrote lines of its own to stderr."""
    (tmp_path / "in the way").write_text("")
    assert main(["play", "bricks", "--agent", "random", "--episodes", "2000", "--video", str(tmp_path / name)]) == 2
    err = capfd.readouterr().err.strip().splitlines()
    assert len(err) == 1 and told in err[0]
