"""The Latent tab: a contest played move by move, a generator that learns, a code under a hand, two side by side."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.host import EngineHost
from engine.jobs import result_of
from engine.latent.gan import Move
from engine.latent.learn import train
from engine.latent.run_folder import dreams
from engine.latent.settings import VaeSettings
from engine.settings import Settings
from gui import theme, words
from gui.context import Context
from gui.pages.latent import LatentPage
from gui.pages.latent_explore import ExploreRoom
from gui.pages.latent_learn_setup import DENOISE, ENERGY, MELODY, MOVES
from gui.pages.latent_view import COMPARE, EXPLORE, LEARN, LatentView
from gui.widgets.latent_flow import GanFlow, Verdict

pytestmark = pytest.mark.usefixtures("one_core")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run of a VAE of 2 numbers that learnt for a moment."""
    out = tmp_path_factory.mktemp("runs") / "vae"
    settings = VaeSettings(epochs=0.4, batch_size=64, latent=2, hidden=16, check_every=0.2, held_out=50)
    result_of(train("vae-mnist-2d", settings, dataset="digits", out=out))
    return out


@pytest.fixture
def view(host: EngineHost, qtbot: QtBot, run: Path) -> Iterator[LatentView]:
    shutil.copytree(run, dreams() / "20260101-101500-vae-mnist-2d-ab12")
    page = LatentPage(host, Context(host, Settings(theme="dark", language="en")))
    qtbot.addWidget(page)
    page.resize(1264, 712)
    page.show()
    page.shown()
    yield page.view
    page.hidden()


def test_four_buttons_make_the_four_moves_and_only_the_next_can_be_made(view: LatentView, qtbot: QtBot) -> None:
    contest, learn = view.learn.contest, view.learn
    for number, move in enumerate(Move):
        button = contest.moves.buttons[move]
        assert [one for one, part in contest.moves.buttons.items() if part.isEnabled()] == [move]
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        following = list(Move)[(number + 1) % 4]
        qtbot.waitUntil(contest.moves.buttons[following].isEnabled, timeout=20_000)
        qtbot.waitUntil(lambda: learn.session.contest.paused, timeout=20_000)
    assert contest.flow._verdict.target == 1 and contest.flow._move is Move.FOOL
    assert learn.side.formula.numbers["E log D(x)"].text().startswith("−")
    assert contest.board.look is not None and contest.board.look.update == 1


@pytest.mark.parametrize(("move", "grey"), [(Move.REAL, "G"), (Move.FOOL, "D")])
def test_the_network_whose_turn_it_is_not_is_grey_and_the_gradient_ends_in_the_other(
    qtbot: QtBot, dressed: QApplication, move: Move, grey: str
) -> None:
    flow = GanFlow()
    qtbot.addWidget(flow)
    flow.resize(600, 180)
    flow.show_move(move, Verdict(0.5, move.target, 0.7), 1.0, 1.0)
    picture = flow.grab().toImage()

    def ground(name: str) -> QColor:
        corner = flow._box(name).bottomRight() - QPointF(8, 8)
        return picture.pixelColor(corner.toPoint())

    learns = "D" if grey == "G" else "G"
    assert ground(grey) == QColor(theme.current().hover) and ground(learns) == QColor(theme.current().net_soft)
    tip = [flow._at(name) + QPointF(0, flow._box(name).height() / 2 + 6) for name in (learns, grey)]
    assert picture.pixelColor(tip[0].toPoint()) == QColor(theme.current().warn)
    assert picture.pixelColor(tip[1].toPoint()) != QColor(theme.current().warn)


def test_play_runs_at_once_and_a_drawn_distribution_takes_its_place(view: LatentView, qtbot: QtBot) -> None:
    learn = view.learn
    learn.start()
    qtbot.waitUntil(
        lambda: learn.contest.board.look is not None and learn.contest.board.look.update > 3, timeout=20_000
    )
    board = learn.contest.board
    centre = board.rect().center()
    QTest.mousePress(board, Qt.MouseButton.LeftButton, pos=centre)
    for step in range(1, 8):
        QTest.mouseMove(board, centre + QPoint(6 * step, 0))
    QTest.mouseRelease(board, Qt.MouseButton.LeftButton, pos=centre)
    assert len(board.own()) >= 12, "a stroke leaves points"
    qtbot.waitUntil(lambda: board.look is not None, timeout=20_000)
    assert np.abs(learn._points).max() < 1, "it plays with what was drawn"
    learn.leave()
    qtbot.waitUntil(lambda: not learn.session.playing, timeout=20_000)


def test_the_same_moves_are_made_with_a_dcgan_and_real_digits(view: LatentView, qtbot: QtBot) -> None:
    learn = view.learn
    learn.choose(MOVES)
    learn.setup.set_settings(width=4, latent=8)
    for following in (Move.MAKE, Move.FAKE, Move.FOOL):
        learn.one_move()
        qtbot.waitUntil(learn.contest.moves.buttons[following].isEnabled, timeout=30_000)
        qtbot.waitUntil(lambda: learn.session.contest.paused, timeout=20_000)
    assert [wall.count for wall in learn.contest.batches.walls] == [16, 16, 16]
    assert learn.contest.batches.walls[1]._words[0] != "–", "the fakes were judged"


def test_a_generator_learns_with_pictures_film_and_figures_and_can_go_on(view: LatentView, qtbot: QtBot) -> None:
    learn = view.learn
    learn.choose("vae-mnist-2d")
    learn.setup.set_settings(epochs=500.0, hidden=16, check_every=0.25, held_out=50)  # it is stopped, it does not end
    learn.start()
    qtbot.waitUntil(lambda: learn.training.frames >= 2, timeout=60_000)
    learn.training.view._group.button(1).click()
    qtbot.waitUntil(lambda: learn.training.inside.count == 15 * 15, timeout=30_000)
    learn.session.learning.cancel()
    qtbot.waitUntil(lambda: not learn.session.busy and learn.setup.resume.count() > 1, timeout=30_000)
    assert "elbo" in learn.side._figures, "what the check measured is told"
    stopped = learn._started.folder
    learn.setup.resume.setCurrentIndex(1)
    learn.start()
    qtbot.waitUntil(lambda: learn._started is not None and learn._started.step > 0, timeout=60_000)
    assert learn._started.folder == stopped, "the same run goes on"
    learn.session.learning.cancel()
    qtbot.waitUntil(lambda: not learn.session.busy, timeout=30_000)


def test_a_knob_of_another_recipe_leaves_the_one_that_learns_as_it_is(view: LatentView, qtbot: QtBot) -> None:
    """A setting of the GAN looked at meanwhile was put into the autoencoder that learnt: an error, or its rate changed."""
    learn = view.learn
    learn.choose("vae-mnist-2d")
    learn.setup.set_settings(epochs=500.0, hidden=16, check_every=0.25, held_out=50)
    learn.start()
    qtbot.waitUntil(lambda: learn.training.frames >= 1, timeout=60_000)
    before = learn.session.knobs.value
    learn.choose("dcgan-mnist")
    for name, value in (("critic", 2), ("learning_rate", 0.0123)):
        learn.setup.knob_moved.emit(name, value)
    assert learn.session.knobs.value is before
    learn.choose("vae-mnist-2d")
    learn.setup.knob_moved.emit("learning_rate", 0.0123)
    assert learn.session.knobs.value.learning_rate == 0.0123
    learn.session.learning.cancel()
    qtbot.waitUntil(lambda: not learn.session.busy, timeout=30_000)


def test_the_energy_of_two_units_follows_the_hand(view: LatentView, qtbot: QtBot) -> None:
    learn = view.learn
    learn.choose(ENERGY)
    qtbot.waitUntil(lambda: len(learn.energy.rows.states) == 4, timeout=30_000)
    assert learn.energy.rows.states[0].energy == -3
    learn.energy.sliders[0]._change_to(-1.0)
    qtbot.waitUntil(lambda: learn.energy.rows.states[0].energy != -3, timeout=30_000)


def test_the_ring_the_sliders_and_a_click_change_the_picture(view: LatentView, qtbot: QtBot, tmp_path: Path) -> None:
    view.show_room(EXPLORE)
    room = view.explore
    qtbot.waitUntil(lambda: any(one.run for one in room.known), timeout=30_000)
    room.choose(next(place for place, one in enumerate(room.known) if one.run))
    opened = "20260101-101500-vae-mnist-2d-ab12"
    qtbot.waitUntil(
        lambda: bool(room.now.explored) and room.now.explored.trained.source.parent.name == opened, timeout=30_000
    )
    qtbot.waitUntil(lambda: room.now.dream is not None and room.now.film is not None, timeout=30_000)
    plane = room.stage.map
    QTest.mouseClick(plane, Qt.MouseButton.LeftButton, pos=plane.place(1.5, -1.0).toPoint())
    qtbot.waitUntil(lambda: np.allclose(room.now.dream.z, (1.5, -1.0), atol=0.03), timeout=30_000)
    assert room.setup.sliders[0].value() == pytest.approx(1.5, abs=0.03), "the sliders stand where the ring is"
    room.setup.sliders[1]._change_to(2.0)
    qtbot.waitUntil(lambda: room.now.dream.z[1] == pytest.approx(2.0), timeout=30_000)
    room.mark("A")
    qtbot.waitUntil(lambda: np.allclose(room.now.film.z[0], room.now.place.z), timeout=30_000)
    room.now.keep()
    qtbot.waitUntil(lambda: room.setup.kept.count == 1, timeout=30_000)
    seed = room.now.wall.z[0].copy()
    room.setup.seed.click()
    qtbot.waitUntil(lambda: not np.array_equal(room.now.wall.z[0], seed), timeout=30_000)
    qtbot.waitUntil(lambda: room.side.nearest is not None, timeout=30_000)
    room.export(tmp_path / "film.gif")
    qtbot.waitUntil(lambda: (tmp_path / "film.gif").exists(), timeout=20_000)


def test_before_anything_is_pressed_a_room_shows_what_came_with_the_app_or_says_what_to_press(
    view: LatentView, qtbot: QtBot
) -> None:
    learn, stage = view.learn, view.learn.training
    learn.choose("dcgan-cifar10")
    assert stage._stack.currentWidget() is stage.empty and "Press Start" in stage.empty.accessibleName()
    learn.choose("vae-mnist-16d")
    qtbot.waitUntil(lambda: stage.samples.count == 64 and stage._stack.currentWidget() is stage.samples)
    assert learn.side._figures["elbo"] < 0 and "10,000 samples" in learn.side._small.text()
    learn.choose(MOVES)
    batches = learn.contest.batches
    assert batches._stack.currentWidget() is batches.empty
    view.show_room(COMPARE)
    room = view.compare
    qtbot.waitUntil(lambda: all(side.samples.count == 64 for side in room.stage.sides), timeout=30_000)
    assert all(side.side is None and side.copies.isHidden() for side in room.stage.sides)
    names = [side._name.text() for side in room.stage.sides]
    room.right.setCurrentIndex(room.left.currentIndex())
    room.right.activated.emit(room.right.currentIndex())
    qtbot.waitUntil(lambda: room.stage.sides[1]._name.text() == names[0], timeout=30_000)


def test_without_a_run_of_ones_own_the_past_says_so_and_leads_to_learn(view: LatentView, qtbot: QtBot) -> None:
    shutil.rmtree(dreams())
    view.show_room(COMPARE)
    room = view.compare
    qtbot.waitUntil(lambda: room.left.count() > 1, timeout=30_000)
    room.kind._group.button(1).click()
    assert room.bar.isHidden() and room.left.isHidden() and room.stage.to_learn.isVisible()
    qtbot.mouseClick(room.stage.to_learn, Qt.MouseButton.LeftButton)
    assert view.rooms.currentWidget() is view.learn and view.learn.setup.choice == "vae-mnist-2d"


def _opened(room: ExploreRoom) -> str:
    return room.now.explored.trained.recipe.id if room.now.explored else ""


def test_a_generator_that_learnt_from_photographs_of_people_says_so(view: LatentView, qtbot: QtBot) -> None:
    view.show_room(EXPLORE)
    room = view.explore
    assert not room.setup._people.isVisible() and not room.setup._class_row.isVisible(), "none is open yet"
    for recipe, said in (("dcgan-faces", True), ("vae-mnist-2d", False)):
        qtbot.waitUntil(lambda: len(room.known) > 2, timeout=30_000)
        room.choose([one.recipe.id for one in room.known].index(recipe))
        qtbot.waitUntil(lambda recipe=recipe: _opened(room) == recipe, timeout=30_000)
        assert room.setup._people.isVisible() is said
    assert "people" in room.setup._people.text()


def test_two_generators_stand_side_by_side_with_their_figures(view: LatentView, qtbot: QtBot) -> None:
    view.show_room(COMPARE)
    room = view.compare
    qtbot.waitUntil(lambda: room.left.count() >= 1, timeout=20_000)
    room.count.set_value(200)
    room.kind._group.button(1).click()
    assert [room.left.currentIndex(), room.right.currentIndex()] == [0, len(room.moments) - 1]
    room.start()
    qtbot.waitUntil(lambda: all(side.side is not None for side in room.stage.sides), timeout=60_000)
    first, last = (side.side for side in room.stage.sides)
    assert last.figures["error"] < first.figures["error"], "it learnt between the two"


def test_every_word_of_the_tab_follows_the_language(
    view: LatentView, marked: Callable[[], None], qtbot: QtBot, qapp: object
) -> None:
    marked()
    qtbot.waitUntil(lambda: view.learn.setup._titles[0].text().startswith("‹"))
    view.show_room(LEARN)
    for label in (view.learn.contest._title, view.explore.setup._titles[0], view.compare.stage._title):
        assert label.text().startswith("‹")


def test_the_generators_to_compare_are_named_in_the_language_of_the_window(
    view: LatentView, qtbot: QtBot, qapp: QApplication
) -> None:
    view.show_room(COMPARE)
    room = view.compare
    qtbot.waitUntil(lambda: room.left.count() > 1, timeout=30_000)
    assert room.left.currentText() == "Autoencoder, bundled"
    words.set_language(qapp, "ko")
    qtbot.waitUntil(lambda: room.left.currentText() == "오토인코더, 내장")


def test_a_melody_is_written_at_once_shown_and_saved_and_without_a_sound_card_it_says_so(
    view: LatentView, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view.open({"lesson": MELODY})
    stage = view.learn.melody
    qtbot.waitUntil(lambda: len(stage.notes) >= 16 and stage.start.count() > 20, timeout=30_000)
    first = stage.notes
    stage.start.setCurrentIndex(4)
    qtbot.mouseClick(stage.write, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: stage.notes != first and stage.roll.given == 6, timeout=30_000)
    assert stage.notes[:6] == tuple(stage.start.currentData())
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)  # a machine without sound libraries
    qtbot.mouseClick(stage.listen, Qt.MouseButton.LeftButton)
    assert "No sound card" in stage._told.text()
    stage.save_to(tmp_path / "tune.wav")
    qtbot.waitUntil(lambda: "tune.wav" in stage._told.text(), timeout=30_000)
    assert (tmp_path / "tune.wav").stat().st_size > 10_000


def test_live_pictures_are_cleaned_at_once_and_let_go_of_when_nobody_looks(
    view: LatentView, qtbot: QtBot, tmp_path: Path
) -> None:
    view.open({"lesson": DENOISE})
    stage = view.learn.denoise
    qtbot.waitUntil(lambda: stage.last is not None and stage.last.after > stage.last.before)
    qtbot.waitUntil(lambda: stage.after_view.picture_size == (stage.last.clean.shape[1], stage.last.clean.shape[0]))
    stage.dropout.set_value(0.5)
    stage.dropout.changed.emit(0.5)
    qtbot.waitUntil(lambda: (stage.last.noisy.max(2) == 0).mean() > 0.4)
    view.show_room(EXPLORE)
    assert not stage.busy, "nobody looks"
    view.show_room(LEARN)
    assert stage.busy, "it goes on"
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no video")
    stage.open_path(broken)
    qtbot.waitUntil(lambda: not stage.busy and "broken.mp4" in stage._told.text())
    assert stage.go.text() == "Start"


def test_a_gan_plays_and_learns_with_the_pictures_of_a_folder(view: LatentView, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "내 그림"
    random = np.random.default_rng(0)
    for kind in ("a", "b"):
        (folder / kind).mkdir(parents=True)
        for number in range(18):
            picture = random.integers(0, 255, (40, 50, 3), np.uint8)
            Image.fromarray(picture).save(folder / kind / f"{number}.png")
    learn = view.learn
    learn.choose(MOVES)
    learn.setup.contest.setCurrentIndex(learn.setup.contest.findData("dcgan-own"))
    learn.setup.contest.activated.emit(learn.setup.contest.currentIndex())
    learn.setup.folder.take(str(folder))
    learn.setup.set_settings(width=4, latent=8, batch_size=8)
    learn.one_move()
    qtbot.waitUntil(learn.contest.moves.buttons[Move.MAKE].isEnabled, timeout=60_000)
    assert learn.contest.batches.walls[0].count == 8
    learn.choose("dcgan-own")
    assert learn.setup.dataset == str(folder)
    learn.setup.set_settings(width=4, latent=8, epochs=500.0, held_out=2, check_every=100.0)
    learn.start()
    qtbot.waitUntil(lambda: learn._started is not None, timeout=60_000)
    assert learn._started.dataset == str(folder.resolve()) and learn._started.train_count == 31, (
        "a tenth aside, two held out"
    )
    learn.session.learning.cancel()
    qtbot.waitUntil(lambda: not learn.session.busy, timeout=60_000)
