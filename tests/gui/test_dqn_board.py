"""Tic-tac-toe in the DQN tab: it is played at any time, by mouse and keys, while its table learns."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.rl.games.tic_tac_toe import O, X, cells, mover, perfect, ways
from engine.rl.table import TableSettings, TableStep
from gui import words
from gui.main_window import MainWindow
from gui.pages.dqn import DqnPage
from gui.pages.dqn_board import OFF, YOURS, BoardStage
from gui.pages.dqn_setup import PLAY, WATCH
from gui.pages.dqn_view import DqnView


@pytest.fixture
def view(open_window: Callable[..., MainWindow], qtbot: QtBot) -> DqnView:
    window = open_window()
    window.resize(1280, 800)
    with qtbot.waitSignal(window.painted):
        window.show()
    window.go("dqn")
    page = window.current_page
    assert isinstance(page, DqnPage)
    page.open({"game": "tic-tac-toe"})
    assert page.view.stages.currentWidget() is page.view.board
    return page.view


def click(stage: BoardStage, cell: int) -> None:
    QTest.mouseClick(stage.board, Qt.MouseButton.LeftButton, pos=stage.board.cell(cell).center().toPoint())


def newest(stage: BoardStage) -> TableStep:
    assert stage.last is not None
    return stage.last


def free(stage: BoardStage) -> list[int]:
    return [way.cell for way in ways(stage.now)]


def test_a_click_plays_the_agent_answers_and_what_is_taken_stays_taken(view: DqnView) -> None:
    stage = view.board
    click(stage, 4)
    assert cells(stage.now)[4] == X and cells(stage.now).count(O) == 1 and len(stage.past) == 3
    answer = cells(stage.now).index(O)
    assert stage.board.last == answer and f"It took {answer + 1}" in stage.told.text()
    click(stage, answer)
    assert len(stage.past) == 3
    QTest.mouseClick(stage.undo, Qt.MouseButton.LeftButton)
    assert stage.now == 0 and not stage.undo.isEnabled()


def test_keys_play_row_by_row_and_the_number_pad_where_the_key_lies(view: DqnView) -> None:
    QTest.keyClick(view, Qt.Key.Key_9)
    assert cells(view.board.now)[8] == X
    view.board.begin()
    QTest.keyClick(view, Qt.Key.Key_9, Qt.KeyboardModifier.KeypadModifier)
    assert cells(view.board.now)[2] == X
    before = view.board.now
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.board.now == before


def test_who_goes_second_sees_the_agents_move_first_and_cannot_take_that_back(view: DqnView) -> None:
    stage = view.board
    stage.first._group.button(1).click()
    assert cells(stage.now).count(X) == 1 and mover(stage.now) == O == stage.person
    assert not stage.undo.isEnabled()
    click(stage, free(stage)[0])
    stage.take_back()
    assert cells(stage.now).count(X) == 1 and cells(stage.now).count(O) == 0


def test_the_cells_show_what_the_agent_thought_or_what_it_thinks_of_your_moves_or_nothing(view: DqnView) -> None:
    stage = view.board
    click(stage, 0)
    asked, answer = stage.past[1][0], stage.past[2][1]
    values = stage.board.values
    assert values is not None and set(np.flatnonzero(~np.isnan(values))) == {way.cell for way in ways(asked)}
    assert answer in np.flatnonzero(~np.isnan(values)), "the move it chose keeps its value"
    stage.shown_q._group.button(YOURS).click()
    values = stage.board.values
    assert values is not None and set(np.flatnonzero(~np.isnan(values))) == set(free(stage))
    stage.shown_q._group.button(OFF).click()
    assert stage.board.values is None


def test_a_won_game_is_told_and_counted_and_undoing_its_last_move_uncounts_it(view: DqnView) -> None:
    stage = view.board
    stage._random.seed(1)
    while stage.ends.count(1) == 0:  # perfect play soon wins against a table that knows nothing
        stage.begin()
        while ways(stage.now):
            click(stage, stage._random.choice(perfect(stage.now)).cell)
    assert stage.told.text().startswith("You won") and "1 won" in stage._tally.text()
    click(stage, free(stage)[0] if free(stage) else 0)
    assert not ways(stage.now), "nothing is played after the end"
    stage.take_back()
    assert "0 won" in stage._tally.text() and mover(stage.now) == stage.person
    while ways(stage.now):
        click(stage, perfect(stage.now)[0].cell)
    assert stage.told.text().startswith("You won")


def test_it_learns_while_it_is_played_goes_on_after_a_stop_and_forgets_when_asked(view: DqnView, qtbot: QtBot) -> None:
    stage = view.board
    view.start()
    click(stage, 4)
    qtbot.waitUntil(lambda: stage.last is not None and stage.last.games > 300 and len(stage.perfect.points) > 2)
    assert "%" in stage._chip.text() and stage.chance.figures()[2].startswith("won")
    assert len(stage.past) == 3, "the game in front went on"
    assert view.mind.values.names[:2] == ("1", "2") and view.mind.bellman._sign.text() == "−"
    qtbot.waitUntil(lambda: "games" in view.bar._end or stage.own_game.board != 0)
    view.setup.table.sliders["alpha"].changed.emit(0.7)
    assert view.session.table_knobs.value.alpha == 0.7
    run = view.session.watched
    assert run is not None and view.toggle_pause() and run.paused
    assert view.toggle_pause() and not run.paused
    view.session.leave()
    qtbot.waitUntil(lambda: run.state.final)
    learnt = newest(stage).games
    view.session.table_knobs.replace(TableSettings())
    view.start()
    qtbot.waitUntil(lambda: newest(stage).games > learnt)
    view.session.table_knobs.replace(TableSettings(speed=20.0))
    QTest.mouseClick(stage.forget, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: stage.last is not None and stage.last.games < 10)


def test_the_policy_gives_a_taken_cell_no_chance(view: DqnView) -> None:
    values = view.mind.values
    view.mind.show_game(view.card, view.board.moves)
    values.show_policy(True, 0.3)
    thought = np.array([np.nan, -0.9, -0.2, *[np.nan] * 6])
    values.show_values(thought, 2, target=None, hand=False)
    assert values.likely == pytest.approx([0, 0.15, 0.85, *[0.0] * 6])
    assert "nan" not in values.accessibleDescription()


def test_one_step_of_a_paused_table_is_one_move(view: DqnView, qtbot: QtBot) -> None:
    stage = view.board

    def after(step: int) -> bool:
        return newest(stage).step > step

    view.start()
    qtbot.waitUntil(lambda: stage.last is not None and stage.last.games > 100)
    view.toggle_pause()
    qtbot.wait(400)  # a pause, not a look
    view._one_step()
    qtbot.wait(400)
    for _ in range(3):
        before = newest(stage).step
        view._one_step()
        qtbot.waitUntil(partial(after, before))
        assert newest(stage).step == before + 1
        qtbot.wait(400)


def test_it_has_one_room_and_other_games_have_theirs_again(view: DqnView) -> None:
    assert not view.setup.mode.isVisible() and view.setup.table.isVisible()
    view._take_game("bricks")
    view.show_mode(PLAY)
    view._take_game("tic-tac-toe")
    assert view.stages.currentWidget() is view.board and not view.setup._keys.isVisible()
    view._take_game("bricks")
    assert view.setup.mode.isVisible() and view.setup.mode.index() == PLAY
    assert view.mind.bellman._sign.text() == "+"
    view.show_mode(WATCH)


def test_the_card_says_what_alphago_has_instead_with_numbers_and_sources(view: DqnView) -> None:
    stage = view.board
    stage.room._group.button(1).click()
    assert stage.card.isVisible() and not stage.perfect.isVisible()
    told = " ".join(part.text() for part in stage.card.words) + stage.card._sources.text()
    for fact in ("5,478", "10¹⁷⁰", "1,600", "4.9 million", "Nature 529", "Nature 550", "(1989)"):
        assert fact in told


def test_its_words_follow_the_language_at_once(view: DqnView, marked: Callable[[], None], qtbot: QtBot) -> None:
    click(view.board, 4)
    marked()
    qtbot.waitUntil(lambda: view.board.told.text().startswith("‹"))
    stage = view.board
    for words_ in (stage.told, stage._tally, stage._hint, *stage.card.words):
        assert words_.text().startswith("‹"), words_.text()
    assert stage.again.text().startswith("‹")
    assert view.board.perfect.figures()[0].startswith("‹") and view.board._chip.text().startswith("‹")
    assert words.language() == "en"
