"""What a hand that knows nothing found: clicks that come when what they mean has gone."""

from __future__ import annotations

import numpy as np
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from engine.host import EngineHost
from engine.latent.explorer import Wall
from engine.settings import Settings
from gui.bench_soak import Look, summary
from gui.context import Context
from gui.details_dialog import DetailsDialog
from gui.keys_dialog import KeysDialog
from gui.pages.benchmark import BenchmarkPage
from gui.pages.latent_exploration import STRAIGHT, Exploration
from gui.pages.train import TrainPage
from gui.pages.train_race import RaceDialog
from gui.pages.train_setup import Setup


def test_a_sample_of_the_generator_before_is_no_place_in_the_one_that_is_open(host: EngineHost, qtbot: QtBot) -> None:
    owner = QObject()
    exploration = Exploration(host, owner)
    with qtbot.waitSignal(exploration.opened):
        exploration.open("vae-mnist-16d")
    place = exploration.place
    assert place is not None
    with qtbot.assertNotEmitted(exploration.moved):
        exploration.go(np.zeros(500, np.float32))
    with qtbot.waitSignal(exploration.moved):
        exploration.go(np.ones(16, np.float32))
    assert place.z.shape == (16,) and place.z.all()


def test_a_film_asked_for_while_another_generator_opens_is_not_shown_with_that_one(
    host: EngineHost, qtbot: QtBot
) -> None:
    owner = QObject()
    exploration = Exploration(host, owner)
    with qtbot.waitSignal(exploration.opened):
        exploration.open("vae-mnist-16d")
    films: list[Wall] = []
    exploration.filmed.connect(films.append)
    with qtbot.waitSignal(exploration.opened):
        exploration.open("vae-mnist-2d")
        exploration.show_path(STRAIGHT, 3)  # of the one with 16 numbers; its result comes after the other is open
    with qtbot.waitSignal(exploration.filmed):
        exploration.show_path(STRAIGHT, 3)
    qtbot.waitUntil(lambda: films[-1].z.shape == (3, 2))
    assert [film.z.shape for film in films] == [(3, 2)]


def test_deleting_a_result_twice_does_nothing_the_second_time(host: EngineHost, qtbot: QtBot) -> None:
    page = BenchmarkPage(host, Context(host, Settings()))
    qtbot.addWidget(page)
    with qtbot.assertNotEmitted(host.failed, wait=300):
        page.view.side.forget_asked.emit(None)


def test_a_knob_of_whole_numbers_tells_whole_numbers(qtbot: QtBot) -> None:
    """Qt made a float of the batch size on its way, and the training that it was turned in failed."""
    setup = Setup()
    qtbot.addWidget(setup)
    slider = setup.knobs.sliders["batch_size"]
    with qtbot.waitSignal(setup.knob_moved) as moved:
        slider.slider.setValue(slider.slider.value() - 100)
    assert moved.args is not None and moved.args[0] == "batch_size"
    assert isinstance(moved.args[1], int)


def test_a_dialog_that_was_closed_is_gone(host: EngineHost, qtbot: QtBot) -> None:
    """Each one that was ever opened stayed with the window: ten of the settings, twenty of the comparison."""
    page = TrainPage(host, Context(host, Settings(language="en")))
    qtbot.addWidget(page)
    view = page.view
    view.setup.choose_recipe("transfer-digits")
    asking = (view.asking.ways, view.asking.parts, view.asking.people, view.asking.sensors, view.show_experiment)
    for ask in (*asking, lambda: KeysDialog(page), lambda: DetailsDialog(page, "words", "details")):
        dialog = ask()
        dialog.close()
        qtbot.waitUntil(lambda dialog=dialog: not shiboken6.isValid(dialog))  # type: ignore[misc]
    view.many.ask_race()
    race = view.findChild(RaceDialog)
    race.reject()
    qtbot.waitUntil(lambda: not shiboken6.isValid(race))
    assert page.findChildren(QDialog) == []


def test_growth_is_what_stays_at_rest_and_not_what_a_job_needs_meanwhile() -> None:
    rests = [Look(450, 1000.0, 20, 0), Look(900, 1030.0, 20, 0), Look(1800, 1040.0, 21, 1)]
    found = summary(rests, [Look(700, 2600.0, 33, 4)])
    assert (found["growth_mib"], found["most_memory_mib"], found["most_threads"]) == (40.0, 2600.0, 33)
    assert found["memory_at_rest_mib"] == [1000.0, 1030.0, 1040.0] and found["processes_at_the_end"] == 1
