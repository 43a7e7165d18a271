"""The agent: it learns, is told apart by its game, survives a kill, and is counted in whole games."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from engine.errors import LabError
from engine.files import read_tensors, write_tensors
from engine.jobs import Event, Job, Progress, result_of
from engine.knobs import Box
from engine.rl import dqn, run_folder
from engine.rl.agent import open_agent
from engine.rl.dqn import train
from engine.rl.events import KnobMoved, Learned, Outcome, Saved, Started, Synced
from engine.rl.found import FoundAgent, found_agents, moments
from engine.rl.games import game
from engine.rl.networks import Build, QNetwork
from engine.rl.watch import Moment, Player, Seen, Watching, watch
from engine.rl.watching import Played, play_games
from engine.text import same

ROOT = Path(__file__).resolve().parents[2]
QUICK = replace(
    game("two-arms").defaults, steps=1_600, warm_up=200, epsilon_steps=800, check_every=400, check_games=4, actors=4
)


def run_through(job: Job, most: int = 1_000_000) -> tuple[list[Event], Any]:
    events: list[Event] = []
    for _ in range(most):
        try:
            events.append(next(job))
        except StopIteration as end:
            return events, end.value
    job.close()
    return events, None


def test_an_agent_learns_that_the_late_arm_pays_more_and_keeps_its_way_there(tmp_path: Path) -> None:
    events, outcome = run_through(train("two-arms", QUICK, out=tmp_path / "run"))
    assert isinstance(outcome, Outcome) and outcome.mean == 2.0, (
        "give one, take three; ε 0.01 may miss it, four games not"
    )
    assert any(isinstance(e, Synced) for e in events)
    recorded = run_folder.read_events(tmp_path / "run")
    assert [e.step for e in recorded if isinstance(e, Learned)] == sorted(
        e.step for e in recorded if isinstance(e, Learned)
    )
    kept: tuple[FoundAgent, ...] = result_of(moments(tmp_path / "run"))
    assert kept[0].step == 0 and len(kept) >= 4, "the time machine begins before the first decision"
    first, last = read_tensors(kept[0].path)[0], read_tensors(kept[-1].path)[0]
    assert any(not torch.equal(first[name], last[name]) for name in first)


@pytest.mark.parametrize("switch", ["double", "dueling", "prioritised", "n_step"])
def test_every_switch_learns_the_same_lesson(switch: str, tmp_path: Path) -> None:
    value: Any = 3 if switch == "n_step" else not getattr(QUICK, switch)
    outcome: Outcome = result_of(train("two-arms", replace(QUICK, **{switch: value}), out=tmp_path / "run"))
    assert outcome.mean == 2.0


def test_a_knob_moved_while_it_learns_acts_and_is_recorded(tmp_path: Path) -> None:
    knobs, told = Box(QUICK), []
    for event in train("two-arms", QUICK, out=tmp_path / "run", knobs=knobs):
        if isinstance(event, Started):
            knobs.replace(replace(QUICK, epsilon_end=0.5, learning_rate=1e-3))
        told.append(event)
    assert {e.name for e in told if isinstance(e, KnobMoved)} == {"epsilon_end", "learning_rate"}
    assert [e for e in told if isinstance(e, Learned)][-1].epsilon >= 0.5


def test_a_run_goes_on_after_kill_9_where_its_checkpoint_stands(tmp_path: Path) -> None:
    code = (
        "import sys, engine.rl.dqn as d\n"
        "from engine.rl.games import game\n"
        "from engine.rl.events import Saved\n"
        "from dataclasses import replace\n"
        "d.SAVE_SECONDS = 0.2\n"
        "s = replace(game('two-arms').defaults, steps=10_000_000, check_every=10_000_000)\n"
        "for e in d.train('two-arms', s, out=__import__('pathlib').Path(sys.argv[1])):\n"
        "    if isinstance(e, Saved) and e.step > 2000: print('saved', flush=True)\n"
    )
    run = tmp_path / "한글 run"
    child = subprocess.Popen([sys.executable, "-c", code, str(run)], cwd=ROOT, stdout=subprocess.PIPE)
    assert child.stdout is not None and child.stdout.readline().strip() == b"saved"
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    stood = int(read_tensors(run / "last.safetensors")[1]["step"])
    events, _ = run_through(train("", resume=run), 60)
    begun = next(e for e in events if isinstance(e, Started))
    assert begun.step == stood > 2000 and begun.refilled > 0, "and it says that the memory is filled again"
    tensors, about = read_tensors(run / "last.safetensors")
    assert about["step"] > stood and any(name.startswith("adam.") for name in tensors)


def test_who_stops_it_while_it_is_checked_keeps_what_it_learnt(tmp_path: Path) -> None:
    """A window closed while an agent played its trial games lost up to a minute of learning."""
    settings = replace(game("bricks").defaults, steps=5_000, warm_up=100, check_every=300, check_games=50)
    job = train("bricks", settings, out=tmp_path / "run")
    next(event for event in job if isinstance(event, Progress))
    job.close()
    assert int(read_tensors(tmp_path / "run" / "last.safetensors")[1]["step"]) >= 300


def test_a_loss_that_is_no_longer_finite_ends_the_run_with_a_sentence_and_keeps_the_weights(tmp_path: Path) -> None:
    settings = replace(QUICK, steps=200_000)
    knobs = Box(settings)
    job = train("two-arms", settings, out=tmp_path / "run", knobs=knobs)
    next(event for event in job if isinstance(event, Learned))
    knobs.replace(replace(settings, learning_rate=1e38))
    with pytest.raises(LabError) as caught:
        result_of(job)
    assert "유한한 수가 아니게" in caught.value.text.render("ko")
    for file in (tmp_path / "run").rglob("*.safetensors"):
        assert all(torch.isfinite(one.float()).all() for one in read_tensors(file)[0].values()), file.name


def test_what_is_told_as_saved_stands_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dqn, "SAVE_SECONDS", 0.0)  # after every decision, not once a minute
    monkeypatch.setattr(dqn, "TELL_SECONDS", 60.0)  # so that weights explode long before a loss is told
    settings = replace(QUICK, steps=4_000, check_every=100_000)
    knobs = Box(settings)
    file, told = tmp_path / "run" / "last.safetensors", list[tuple[int, int]]()

    def learn() -> None:
        for event in train("two-arms", settings, out=tmp_path / "run", knobs=knobs):
            if isinstance(event, Learned):
                knobs.replace(replace(settings, learning_rate=1e38))
            if isinstance(event, Saved):
                told.append((event.step, int(read_tensors(file)[1]["step"])))

    with pytest.raises(LabError, match="finite"):
        learn()
    assert len(told) > 10 and all(step == on_disk for step, on_disk in told)
    assert int(read_tensors(file)[1]["step"]) < 4_000


def test_weights_of_another_game_or_architecture_are_refused_in_words(tmp_path: Path) -> None:
    card = game("bricks")
    network = QNetwork(Build(card.shape, card.eyes, card.stack, 3))
    path = tmp_path / "agent.safetensors"
    about = {"agent": "dqn", "game": "bricks", "build": network.build.as_json()}
    write_tensors(path, network.state_dict(), about)
    assert open_agent(path, card).build.actions == 3
    with pytest.raises(LabError, match="does not play track but bricks"):
        open_agent(path, game("track"))
    write_tensors(path, network.state_dict(), {**about, "build": {**about["build"], "actions": 5}})
    with pytest.raises(LabError, match="another architecture"):
        open_agent(path, card)
    with pytest.raises(LabError, match="Train one"):
        result_of(play_games("two-arms", agent="bundled"))


def test_play_counts_whole_games_and_the_seed_repeats_them() -> None:
    once: Played = result_of(play_games("bricks", agent="random", episodes=30, seed=4))
    again: Played = result_of(play_games("bricks", agent="random", episodes=30, seed=4))
    assert once == again and len(once.scores) == 30
    values = once.as_json()
    assert values["count"] == 30 and 0 <= values["score_mean"] < 3 and values["score_deviation"] > 0


@pytest.mark.parametrize(("id", "least"), [("bricks", 5.0), ("cartpole", 400.0), ("shooter", 100.0), ("track", 20.0)])
def test_the_agents_that_came_with_the_app_play_far_better_than_chance(id: str, least: float) -> None:
    played = result_of(play_games(id, agent="bundled", episodes=2, seed=5)).as_json()
    assert played["score_mean"] > least


def test_two_players_have_the_same_game_and_a_hand_may_take_over(tmp_path: Path) -> None:
    card, wish = game("bricks"), Box(Watching(speed=1e6, seed=3, epsilon=0.0))
    network = QNetwork(Build(card.shape, card.eyes, card.stack, 3))
    write_tensors(tmp_path / "a", network.state_dict(), {"game": "bricks", "build": network.build.as_json()})
    players = (Player(same("a"), tmp_path / "a"), Player(same("b"), tmp_path / "a"))
    seen: dict[tuple[int, int], Seen] = {}
    for event in watch(card, players, wish, games=1):
        if isinstance(event, Seen):
            seen[event.player, event.step] = event
            wish.replace(replace(wish.value, hand=1, keys=frozenset({"Left"})))
    assert np.array_equal(seen[0, 1].frames, seen[1, 1].frames)
    driven = [one for (player, _), one in seen.items() if player == 1 and one.by_hand]
    assert driven and all(one.action == 1 for one in driven)
    assert not any(one.by_hand for (player, _), one in seen.items() if player == 0)


def test_the_bellman_numbers_of_a_watched_step_add_up() -> None:
    moments_ = [
        e
        for e in watch(game("two-arms"), (Player(same("x")),), Box(Watching(speed=1e6)), games=3)
        if isinstance(e, Moment)
    ]
    assert moments_ and all(e.target == pytest.approx(e.reward + e.gamma * e.ahead) for e in moments_)
    assert all(e.ahead == 0 for e in moments_ if e.over)


def test_a_full_disk_at_a_checkpoint_is_a_sentence_and_the_last_one_stays(tmp_path: Path, monkeypatch: Any) -> None:
    import errno

    run_through(train("two-arms", QUICK, out=tmp_path / "run"), 400)
    before = (tmp_path / "run" / "last.safetensors").read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("engine.files.os.replace", full)
    with pytest.raises(LabError, match="disk is full"):
        result_of(train("", resume=tmp_path / "run"))
    assert (tmp_path / "run" / "last.safetensors").read_bytes() == before


def test_found_agents_are_those_of_the_game(home: Path) -> None:
    result_of(train("two-arms", QUICK))
    assert [one.score for one in result_of(found_agents(game("two-arms")))] == [2.0]
    assert result_of(found_agents(game("grid"))) == ()
    bundled = result_of(found_agents(game("track")))[0]
    assert bundled.run is None and len(bundled.curve) > 2, "how it learnt is known from its card"
