"""The room of networks in Train, and small colour photographs beside the charts."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from skimage import data as photographs
from small_colour import write_cifar

from engine.detect.explain.networks import TRAIN_INSTEAD
from engine.host import EngineHost
from engine.models import model
from engine.settings import Settings, save
from engine.train.ilsvrc import WINNERS
from engine.train.recipes import recipe
from engine.train.runs import RunSummary
from engine.zoo.lineage import LINE
from engine.zoo.transferred import BACKBONES
from gui import words
from gui.context import Context
from gui.main_window import MainWindow
from gui.pages.train import TrainPage
from gui.pages.train_lineage_room import BLOCKS, DROPOUT, FRAMEWORKS, ILSVRC, LINEAGE, SKIPS
from gui.pages.train_race import RaceDialog
from gui.pages.train_recipes import SHOWN
from gui.pages.train_view import TrainView

pytestmark = pytest.mark.usefixtures("one_core")
LONG = 30_000


@pytest.fixture
def view(qtbot: QtBot, host: EngineHost, tmp_path: Path) -> Iterator[TrainView]:
    root = write_cifar(tmp_path / "data")
    settings = Settings(theme="dark", language="en", data_folder=str(root))
    save(settings)
    page = TrainPage(host, Context(host, settings))
    qtbot.addWidget(page)
    page.resize(1280, 720)
    page.show()
    page.shown()
    qtbot.waitUntil(lambda: page.view.setup.dataset != "auto", timeout=LONG)
    yield page.view
    if page.view.session.run:
        page.view.session.run.cancel()


def test_the_line_is_counted_and_leads_to_a_small_version(view: TrainView, qtbot: QtBot) -> None:
    qtbot.mouseClick(view.setup.networks_button, Qt.MouseButton.LeftButton)
    room = view.networks.room
    assert room is not None and view.stage.currentWidget() is room
    qtbot.waitUntil(lambda: "138.36 M" in [cell.text() for cell in room.lineage._cells["vgg16"]], timeout=LONG)
    room.show_part(ILSVRC)
    place = room.ilsvrc.bars.rect_of(4).center().toPoint()  # 2014
    qtbot.mouseClick(room.ilsvrc.bars, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseClick(room.ilsvrc.show_button, Qt.MouseButton.LeftButton)
    assert room.lineage.net.layer.text().startswith("conv1: 64 × 112 × 112")  # GoogLeNet
    qtbot.mouseClick(room.lineage.line, Qt.MouseButton.LeftButton, pos=room.lineage.line.place_of(3).toPoint())
    qtbot.mouseClick(room.lineage.train_button, Qt.MouseButton.LeftButton)
    assert view.setup.recipe.id == "cifar-vgg-mini" and view.stage.currentIndex() == 0


def test_a_network_is_composed_of_blocks_and_trained(view: TrainView, qtbot: QtBot) -> None:
    room = view.networks.open()
    room.show_part(BLOCKS)
    blocks = room.blocks
    qtbot.waitUntil(lambda: "814,570" in blocks.tiles[0].accessibleName(), timeout=LONG)  # 2 2 2, as the recipe
    blocks.compose("2 2 3")
    assert "27" in blocks.said.text() and "VGG-16" in blocks.said.text()
    qtbot.waitUntil(
        lambda: "962,282" in blocks.tiles[0].accessibleName(), timeout=LONG
    )  # one 3·3·128·128 and norm more
    blocks.blocks[3].setCurrentText("1")
    blocks.blocks[3].activated.emit(1)
    assert blocks.plan == "2 2 3 1" and "60×60" in blocks.tiles[2].accessibleName()
    blocks.blocks[1].setCurrentText("0")
    blocks.blocks[1].activated.emit(0)
    assert blocks.plan == "2"
    blocks.compose("1 3")
    qtbot.mouseClick(blocks.train_button, Qt.MouseButton.LeftButton)
    assert view.setup.recipe.id == "cifar-vgg-mini" and view.stage.currentIndex() == 0
    assert view.setup.settings().plan == "1 3"


def test_every_network_of_the_line_and_every_winner_leads_to_what_there_is(view: TrainView, qtbot: QtBot) -> None:
    room = view.networks.open()
    for number, one in enumerate(LINE):
        view.networks.open().show_part(LINEAGE)
        room.lineage.choose(number)
        qtbot.mouseClick(room.lineage.train_button, Qt.MouseButton.LeftButton)
        assert view.setup.recipe.id == one.recipe
    view.networks.open()
    for number, winner in enumerate(WINNERS):
        room.show_part(ILSVRC)
        room.ilsvrc.choose(number)
        assert room.ilsvrc.show_button.isVisibleTo(room) == bool(winner.net)
        if winner.net:
            qtbot.mouseClick(room.ilsvrc.show_button, Qt.MouseButton.LeftButton)
            assert room.stack.currentIndex() == LINEAGE and room.lineage._one.id == winner.net


def test_what_a_transfer_starts_from_and_what_a_chapter_needs_have_cards() -> None:
    assert all(not one.official or model(one.official) for one in BACKBONES)
    assert all(recipe(id) in SHOWN for id in TRAIN_INSTEAD.values())


def test_a_cut_skip_takes_the_gradient_away(view: TrainView, qtbot: QtBot) -> None:
    room = view.networks.open()
    room.show_part(SKIPS)
    qtbot.waitUntil(lambda: len(room.skips.bars.values) == 32, timeout=LONG)
    assert room.skips.bars.values["conv1"] == 1.0
    place = room.skips.diagram.box_of(0).center().toPoint()
    qtbot.mouseClick(room.skips.diagram, Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: "1 of 15 skips cut" in room.skips.said.text(), timeout=LONG)
    qtbot.mouseClick(room.skips.all_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "15 of 15 skips cut: hardly any gradient" in room.skips.said.text(), timeout=LONG)
    assert room.skips.bars.values["conv1"] < 1e-3


def test_masks_are_drawn_and_averaged(view: TrainView, qtbot: QtBot) -> None:
    room = view.networks.open()
    room.show_part(DROPOUT)
    qtbot.waitUntil(lambda: "(mean of 20)" in room.masks.said.text(), timeout=LONG)
    first = room.masks.view.accessibleDescription()
    assert first.endswith("/ 50")
    room.masks.mode.choose(1)
    room.masks.mode.chosen.emit(1)
    assert room.masks.view.accessibleDescription() == "50 / 50"


def test_what_has_ended_since_the_slide_is_said_beside_it(view: TrainView) -> None:
    room = view.networks.open()
    room.show_part(FRAMEWORKS)
    ended = {entry.name for _, _, chip, entry in room.frameworks._cells if chip.isVisible()}
    assert "TorchServe" in ended and "PyTorch Hub" not in ended
    assert all(said.text() and now.text() for said, now, _, _ in room.frameworks._cells)


def test_a_colour_recipe_is_trained_and_reads_pictures(view: TrainView, qtbot: QtBot, tmp_path: Path) -> None:
    view.setup.choose_recipe("cifar-alexnet-mini")
    reading = view.watch.picture
    assert view.watch.right.currentWidget() is reading
    qtbot.waitUntil(lambda: reading.label.text() in ("airplane", "automobile", "bird", "cat"), timeout=LONG)
    quick = dataclasses.replace(view.setup.settings(), epochs=1.0, batch_size=32, held_out=32, average=0.0)
    view.setup.show_settings(quick)
    view.start()
    qtbot.waitUntil(lambda: not view.session.busy and view.bar.end_words != "", timeout=LONG)
    qtbot.waitUntil(lambda: reading.bars.values() is not None, timeout=LONG)
    assert view.evidence.matrix.accessibleDescription() != ""
    said = view.setup.recipes.cards["cifar-alexnet-mini"].said
    qtbot.waitUntil(lambda: "67\u2009%" in said.accessibleDescription() and "–" in said.accessibleDescription())
    photo = tmp_path / "사진.png"
    photo.write_bytes(cv2.imencode(".png", photographs.coffee()[:, :, ::-1])[1].tobytes())
    reading.open(photo)
    qtbot.waitUntil(lambda: reading.label.text() == "–", timeout=LONG)
    (tmp_path / "broken.png").write_bytes(b"no picture")
    reading.open(tmp_path / "broken.png")
    qtbot.waitUntil(lambda: "broken.png" in reading.note.text(), timeout=LONG)


def test_a_question_sets_both_sides_of_a_race(view: TrainView, host: EngineHost, qtbot: QtBot) -> None:
    view.setup.choose_recipe("cifar-resnet")
    dialog = RaceDialog(host, view.setup.recipe, view.setup.settings(), view)
    qtbot.addWidget(dialog)
    dialog.choose(1)
    a, b = dialog.sides
    assert (a.depth, a.skips, b.depth, b.skips) == (44, False, 44, True)
    assert "Both: Layers 44" in dialog.differs.text()
    qtbot.waitUntil(lambda: "658,586 parameters" in dialog.costs.text(), timeout=LONG)
    dialog.choose(0)
    assert dialog.sides[0] == view.setup.settings()


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_room_leaves_the_columns_beside_it_their_places(
    open_window: Callable[..., MainWindow], qapp: QApplication, qtbot: QtBot, language: str
) -> None:
    words.set_language(qapp, language)
    window = open_window()
    window.resize(1280, 800)
    window.show()
    window.go("train")
    page = window.page("train")
    assert isinstance(page, TrainPage)
    qtbot.waitUntil(lambda: page.view.setup.dataset != "auto", timeout=LONG)
    before = page.view.columns.sizes()
    room = page.view.networks.open()
    folder = Path("20261123-162512-mnist-deep-held-out-and-tested")
    figures = (150, 2.0, 0.975, 0.967, 4.0, False)
    room.show_runs([RunSummary(folder, "mnist-deep", "digits", "done", "2026-11-23T16:25:12", *figures)])
    for part in range(room.stack.count()):
        room.show_part(part)
        qapp.processEvents()
        assert page.view.columns.sizes() == before, part
