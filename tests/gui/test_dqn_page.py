"""The DQN tab: a game is watched, taken over, learnt and edited without the window ever waiting."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.files import write_tensors
from engine.jobs import result_of
from engine.rl.dqn import train
from engine.rl.games import game
from engine.rl.networks import Build, QNetwork
from engine.rl.run_folder import agents
from engine.rl.settings import DqnSettings
from engine.rl.table import TableSettings
from engine.rl.watch import Player
from engine.text import same
from gui import words
from gui.main_window import MainWindow
from gui.pages.dqn import DqnPage
from gui.pages.dqn_setup import LEARN, PLAY, WATCH
from gui.pages.dqn_view import DqnView
from gui.widgets.game_values import GameValues


def untrained(path: Path, id: str) -> Path:
    """A network of the right shape that knows nothing."""
    card = game(id)
    network = QNetwork(Build(card.shape, card.eyes, card.stack, len(card.make().actions)))
    write_tensors(path, network.state_dict(), {"game": id, "build": network.build.as_json(), "step": 0})
    return path


@pytest.fixture
def view(open_window: Callable[..., MainWindow], qtbot: QtBot) -> DqnView:
    window = open_window()
    window.resize(1280, 800)
    with qtbot.waitSignal(window.painted):
        window.show()
    window.go("dqn")
    page = window.current_page
    assert isinstance(page, DqnPage)
    page.view.session.want(speed=16.0)
    return page.view


def test_watching_shows_the_game_its_values_and_the_bellman_numbers(view: DqnView, qtbot: QtBot, home: Path) -> None:
    folder = agents() / "20260101-000000-bricks"
    folder.mkdir(parents=True)
    (folder / "run.json").write_text('{"format": 1, "game": "bricks"}', encoding="utf-8")
    untrained(folder / "best.safetensors", "bricks")
    view.look_round()
    qtbot.waitUntil(lambda: view.setup.player.count() == 3, timeout=20_000)
    assert view.setup.player.itemText(0).startswith("bundled agent"), "the agent that came with the app stands first"
    assert folder.name in view.setup.player.itemText(1)
    view.start()
    qtbot.waitUntil(lambda: len(view.screens.timeline.values) > 3 and view.screens.frames.count == 4, timeout=10_000)
    assert view.mind.values.names == ("Stay", "Left", "Right") and np.abs(view.mind.values.values).max() > 0
    assert view.mind.bellman.numbers["γ"].text() == "0.99"
    loop, values = view.mind.loop, view.mind.values
    qtbot.waitUntil(lambda: loop.action in values.names and loop.reward != "", timeout=10_000)
    view.setup.saliency.setChecked(True)
    qtbot.waitUntil(lambda: view.screens.screens[0]._glow is not None)


def test_a_policy_is_certain_without_exploration_and_shares_it_out_with_it(view: DqnView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: view.look.done, timeout=20_000)
    view.start()
    qtbot.waitUntil(lambda: np.abs(view.mind.values.values).max(initial=0) > 0, timeout=20_000)
    view.toggle_pause()
    view.mind.kind._group.button(1).click()
    for epsilon, likely in ((0.0, [0.0, 0.0, 1.0]), (0.3, [0.1, 0.1, 0.8])):
        slider = view.setup.epsilon.slider
        slider.setValue(round(epsilon * slider.maximum()))
        assert sorted(view.mind.values.likely) == pytest.approx(likely) and view.mind.values.policy


def test_another_game_shows_its_own_beginning_and_nothing_of_the_last_one(view: DqnView, qtbot: QtBot) -> None:
    view.start()
    qtbot.waitUntil(lambda: view.screens.frames.count == 4 and view.mind.loop.action != "", timeout=20_000)
    view._take_game("track")
    assert view.screens.frames.count == 0 and view.mind.values.names == () and view.mind.loop.action == ""
    assert view.mind.bellman.numbers["r"].text() == "–"
    qtbot.waitUntil(lambda: view.screens.screens[0]._before is not None, timeout=20_000)
    assert view.screens.screens[0].empty, "it is not being played yet"
    qtbot.waitUntil(lambda: view.session.watched is not None and view.session.watched.state.final, timeout=20_000)
    assert view.bar._end == "", "the game that was left does not say that it stopped"


def test_before_anything_is_learnt_here_the_bundled_agents_own_curve_is_shown(view: DqnView, qtbot: QtBot) -> None:
    view.show_mode(LEARN)
    qtbot.waitUntil(lambda: len(view.learn.score.points) > 5, timeout=20_000)
    assert "bundled" in view.learn.score.accessibleName()
    view.start()
    assert not view.learn.score.points and "bundled" not in view.learn.score.accessibleName()
    qtbot.waitUntil(lambda: any(y for _, y in view.learn.q.beside), timeout=60_000)


def test_a_start_before_the_agents_were_looked_up_is_played_by_the_agent(view: DqnView, qtbot: QtBot) -> None:
    view._take_game("cartpole")  # begins to look round
    view.start()
    qtbot.waitUntil(lambda: view.screens.screens[0].accessibleName().startswith("bundled agent"))


def test_a_hand_takes_over_drives_with_the_keys_and_gives_back(view: DqnView, qtbot: QtBot) -> None:
    view._take_game("cartpole")  # keys decide every move
    view.start()
    qtbot.waitUntil(lambda: not view.screens.screens[0].empty, timeout=10_000)
    view.take_over()
    QTest.keyPress(view, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: view.mind.values.chosen == 1 and view.mind.values._hand)
    QTest.keyRelease(view, Qt.Key.Key_Right)
    QTest.keyPress(view, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: view.mind.values.chosen == 0 and view.mind.values._hand)
    assert view.toggle_pause() and not view.session.watched.paused, "Space is a key of the game while a hand drives"
    view.take_over()
    qtbot.waitUntil(lambda: not view.mind.values._hand)
    qtbot.waitUntil(lambda: len(view.scores.yours) + len(view.scores.theirs) > 0, timeout=10_000)


def test_playing_puts_you_and_the_agent_side_by_side(view: DqnView, qtbot: QtBot) -> None:
    view.show_mode(PLAY)
    view.start()
    qtbot.waitUntil(lambda: not view.screens.screens[1].empty and not view.screens.screens[0].empty, timeout=10_000)
    qtbot.waitUntil(lambda: len(view.scores.yours) > 0 and len(view.scores.theirs) > 0, timeout=20_000)
    assert [kind for _, _, kind in view.scores.rows()] == ["measured", "you"]


def test_an_agent_learns_is_paused_goes_on_and_can_be_watched_meanwhile(view: DqnView, qtbot: QtBot) -> None:
    view.show_mode(LEARN)
    view.start()
    qtbot.waitUntil(lambda: len(view.learn.loss.points) > 1 and view.learn.surprises.count > 0, timeout=30_000)
    qtbot.waitUntil(lambda: view.mind.loop.action in view.mind.values.names, timeout=30_000)
    view.setup.knobs.sliders["epsilon_end"].changed.emit(0.5)
    qtbot.waitUntil(lambda: bool(view.setup.knobs.notes()["epsilon_end"]), timeout=10_000)
    assert view.toggle_pause() and view.session.learning.paused
    assert view.toggle_pause() and not view.session.learning.paused
    view.show_mode(WATCH)
    assert view.setup.player.itemData(0) == "living"
    view.setup.player.setCurrentIndex(0)
    view.start()
    qtbot.waitUntil(lambda: np.abs(view.mind.values.values).max(initial=0) > 0, timeout=10_000)
    assert view.session.busy, "learning goes on behind"
    view.session.learning.cancel()
    qtbot.waitUntil(lambda: not view.session.busy, timeout=10_000)
    qtbot.waitUntil(lambda: len(view.setup.moments) >= 1, timeout=10_000)


def test_two_moments_of_the_time_machine_stand_side_by_side(view: DqnView, qtbot: QtBot) -> None:
    settings = DqnSettings(steps=900, warm_up=100, check_every=300, check_games=2, actors=4, memory=1_000)
    result_of(train("bricks", settings))
    view.show_mode(LEARN)
    view.look_round()
    qtbot.waitUntil(lambda: len(view.setup.moments) >= 3, timeout=10_000)
    view._compare()
    qtbot.waitUntil(lambda: not any(screen.empty for screen in view.screens.screens), timeout=10_000)
    assert view.screens.players[0].words.render("en").endswith("step 0")


def test_the_table_fills_and_an_edited_reward_begins_anew(view: DqnView, qtbot: QtBot) -> None:
    view._take_game("grid")
    view.start()
    qtbot.waitUntil(lambda: view.table.is_optimal(0.95), timeout=20_000)
    board = view.table.board
    assert board.table[4 * 6].max() > 0.3
    assert view.table.world.rewards[4][5] == 0
    view.session.table_knobs.replace(TableSettings(speed=60.0))  # slow enough that what is new is seen to be new
    learnt = view.table.last.step if view.table.last else 0
    centre = board._cell(4, 5).center().toPoint()
    QTest.mouseClick(board, Qt.MouseButton.LeftButton, pos=centre)
    assert view.table.world.rewards[4][5] == 1.0
    qtbot.waitUntil(lambda: view.table.last is not None and view.table.last.step < learnt, timeout=10_000)
    QTest.mouseClick(board, Qt.MouseButton.LeftButton, pos=centre)
    assert view.table.world.rewards[4][5] == -1.0


@pytest.mark.parametrize("suffix", [".mp4", ".gif"])
def test_a_game_is_recorded_and_the_film_can_be_opened(
    suffix: str, view: DqnView, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / f"한 판{suffix}"
    with qtbot.waitSignal(view.keep.told, check_params_cb=lambda words: path.name in words, timeout=20_000):
        view.keep.film(game("bricks"), Player(same("chance")), seed=2, epsilon=0.0, to=path)
    if suffix == ".gif":
        with Image.open(path) as film:
            assert film.n_frames > 3 and film.size == (320, 320)
    else:
        assert path.stat().st_size > 2_000


def test_every_word_of_the_tab_follows_the_language(
    view: DqnView, marked: Callable[[], None], qtbot: QtBot, qapp: object
) -> None:
    for mode in (WATCH, LEARN, PLAY):
        view.show_mode(mode)
    marked()
    qtbot.waitUntil(lambda: view.bar.take_over.text().startswith("‹"))
    for widget in (view.setup._player_title, view.mind._values_title, view.learn._surprise_title, view.screens._sees):
        assert widget.text().startswith("‹")
    assert words.language() == "en"


def test_the_tab_left_ends_the_game_but_not_the_learning(view: DqnView, qtbot: QtBot) -> None:
    view.show_mode(LEARN)
    view.start()
    view.show_mode(WATCH)
    view.start()
    view.window().go("home")
    qtbot.waitUntil(lambda: not view.session.watching)
    assert view.session.busy
    assert view.window().close(), "and the window can be closed in mid-training"


def test_where_atari_was_left_out_the_stage_says_so_and_names_games_that_need_none(
    view: DqnView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)  # a package without the program for Atari beside it
    absent = view.stages.absent
    qtbot.mouseClick(view.setup.games.cards["pong"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.stages.currentWidget() is absent, timeout=20_000)
    assert "Pong" in absent.state.accessibleName()
    assert "without Atari" in absent.state.accessibleName()
    for mode in (WATCH, PLAY, LEARN):
        view.show_mode(mode)
        assert view.stages.currentWidget() is absent
    view.show_mode(WATCH)
    qtbot.waitUntil(lambda: view.look.done, timeout=20_000)
    view.start()  # tried again it ends the same way, and nothing is said to be opened any more
    qtbot.waitUntil(lambda: view.session.watched is not None and view.session.watched.state.final, timeout=20_000)
    qtbot.waitUntil(lambda: not view.screens.players, timeout=20_000)
    assert "Opening" not in view.screens.screens[0].accessibleName()
    assert view.stages.currentWidget() is absent
    qtbot.mouseClick(absent.others["bricks"], Qt.MouseButton.LeftButton)
    assert view.card.id == "bricks"
    qtbot.waitUntil(lambda: view.look.done, timeout=20_000)
    view.start()
    qtbot.waitUntil(lambda: len(view.screens.timeline.values) > 3, timeout=10_000)
    assert view.stages.currentWidget() is view.screens


def test_a_hand_that_plays_without_an_agent_has_no_likely_moves(qtbot: QtBot) -> None:
    """It was looked up in an empty table while the window was painted, which ended the program."""
    rows = GameValues()
    qtbot.addWidget(rows)
    rows.set_names(("left", "right"))
    rows.show_policy(True, 0.1)
    rows.show_values(np.zeros(0, np.float32), -1, target=None, hand=True)
    assert rows.likely.tolist() == []
    assert not rows.grab().isNull()
