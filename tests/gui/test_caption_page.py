"""The Caption tab: a photo is told word by word, a changed word is gone on from, folders and text are told too."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import skimage.data
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from engine.host import EngineHost
from engine.settings import Settings
from gui.context import Context
from gui.pages.caption import CaptionPage
from gui.pages.caption_photo import CaptionPhotoRoom

pytestmark = pytest.mark.usefixtures("one_core")


@pytest.fixture
def page(host: EngineHost, qtbot: QtBot) -> Iterator[CaptionPage]:
    page = CaptionPage(host, Context(host, Settings(theme="dark", language="en")))
    qtbot.addWidget(page)
    page.resize(1264, 700)
    page.show()
    page.rooms.photo._words.setInterval(1)
    page.shown()
    return page


def told(room: CaptionPhotoRoom) -> bool:
    return room._answer is not None and not room._words.isActive() and bool(room.stage.gloss.text())


@pytest.fixture
def room(page: CaptionPage, qtbot: QtBot) -> CaptionPhotoRoom:
    qtbot.waitUntil(lambda: told(page.rooms.photo), timeout=30_000)
    return page.rooms.photo


def test_the_first_photo_is_told_at_once_with_bars_a_tree_and_a_gloss(room: CaptionPhotoRoom) -> None:
    assert room._answer is not None
    words = room.stage.sentence.words
    assert words == room._answer.told.words and len(words) > 3
    assert len(room.side.bars.words) == 10
    assert set(words) <= set(room.stage.tree.words)
    assert room.stage.gloss.text().endswith("요.")
    assert "BLEU-4" in room.side._figures.text()


def test_a_word_taken_from_the_bars_stands_there_and_the_network_goes_on(room: CaptionPhotoRoom, qtbot: QtBot) -> None:
    before = room.stage.sentence.words
    place = room.stage.sentence.places()[1]
    qtbot.mouseClick(room.stage.sentence, Qt.MouseButton.LeftButton, pos=place.center().toPoint())
    assert room.stage.sentence.at == 1
    row = next(i for i, word in enumerate(room.side.bars.words) if word not in (before[1], "(end)"))
    other, answer = room.side.bars.words[row], room._answer
    qtbot.mouseClick(room.side.bars, Qt.MouseButton.LeftButton, pos=room.side.bars.place(row).center().toPoint())
    qtbot.waitUntil(lambda: room._answer is not answer and told(room), timeout=20_000)
    assert room.stage.sentence.words[:2] == (before[0], other)
    assert room.stage.sentence._mine == {1}


def test_the_methods_are_switched_and_only_beams_have_a_tree(room: CaptionPhotoRoom, qtbot: QtBot) -> None:
    answer = room._answer
    room.setup.method._group.button(0).click()
    qtbot.waitUntil(lambda: room._answer is not answer and told(room), timeout=20_000)
    assert not room.stage.tree.isVisible()
    assert room.setup.temperature.isHidden()
    drawn = room._answer
    room.setup.method._group.button(2).click()
    qtbot.waitUntil(lambda: room._answer is not drawn and told(room), timeout=20_000)
    assert room.setup.temperature.isVisible()


def test_attention_shows_where_it_looked_for_the_chosen_word(room: CaptionPhotoRoom, qtbot: QtBot) -> None:
    answer = room._answer
    assert not room.stage.photo.veiled
    room.setup.choose_network("nic-attention")
    room.tell()
    qtbot.waitUntil(lambda: room._answer is not answer and told(room), timeout=20_000)
    room.choose_word(1)
    assert room.stage.photo.veiled


def test_a_pasted_and_a_dropped_photo_are_told_and_a_bad_file_is_said(
    room: CaptionPhotoRoom, qtbot: QtBot, tmp_path: Path, host: EngineHost
) -> None:
    rocket = np.ascontiguousarray(skimage.data.rocket())
    height, width = rocket.shape[:2]
    QGuiApplication.clipboard().setImage(QImage(rocket.data, width, height, 3 * width, QImage.Format.Format_RGB888))
    room.setup.paste.click()
    qtbot.waitUntil(lambda: room._shown is not None and room._shown.name.en == "Pasted photo", timeout=20_000)
    qtbot.waitUntil(lambda: told(room), timeout=20_000)
    assert np.array_equal(room._shown.picture, rocket)  # type: ignore[union-attr]
    bad = tmp_path / "나쁜.jpg"
    bad.write_text("words")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(bad))])
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    with qtbot.waitSignal(host.failed, timeout=10_000) as failed:
        room.dropEvent(QDropEvent(QPointF(600, 200), Qt.DropAction.CopyAction, data, left, none))
    assert "나쁜.jpg is not a picture" in str(failed.args[0].error.text)
    assert room.stage.sentence.words


def test_a_folder_is_told_on_a_wall_and_written_down(room: CaptionPhotoRoom, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("coffee", "rocket"):
        Image.fromarray(getattr(skimage.data, name)()).save(folder / f"{name}.png")
    (folder / "broken.png").write_bytes(b"none")
    room.tell_all([folder])
    qtbot.waitUntil(lambda: len(room.stage.items) == 2 and not room.bar.busy, timeout=30_000)
    assert room.stage.wall.count() == 2
    assert "1 files could not be read" in room.bar._name.text()
    room.batch.save_to(tmp_path / "all")
    qtbot.waitUntil(lambda: (tmp_path / "all.csv").exists(), timeout=10_000)
    assert "coffee.png" in (tmp_path / "all.csv").read_text("utf-8-sig")
    place = room.stage.wall.place(0)
    qtbot.mouseClick(room.stage.wall, Qt.MouseButton.LeftButton, pos=place.center().toPoint())
    qtbot.waitUntil(lambda: room._shown is not None and room._shown.name.en == "coffee.png", timeout=20_000)
    assert room.stage.views.currentIndex() == 0


def test_after_na_the_particle_neun_stands_first_and_text_goes_on(page: CaptionPage, qtbot: QtBot) -> None:
    text = page.rooms.text
    page.open({"start": "나"})
    qtbot.waitUntil(lambda: text.bars.words != () and text._lecture is not None, timeout=20_000)
    assert text.bars.words[0] == "는"
    assert "는 with" in text._row97.text()
    qtbot.mouseClick(text.bars, Qt.MouseButton.LeftButton, pos=text.bars.place(0).center().toPoint())
    assert text.text == "나는"
    text._letters.setInterval(1)
    text.length.set_value(20)
    text.write()
    qtbot.waitUntil(lambda: len(text.text) == 22 and not text.writing, timeout=20_000)
    assert text.text.startswith("나는")


def test_a_writer_learns_in_the_room_learn_and_is_tried(page: CaptionPage, qtbot: QtBot) -> None:
    learn = page.rooms.learn
    page.rooms.show_room("learn")
    learn.recipe.setCurrentIndex(2)
    form = learn.forms[2]
    form.set_value(dataclasses.replace(form.value(), epochs=0.2, width=16, state=24))
    learn.start()
    qtbot.waitUntil(lambda: learn.listen.isEnabled(), timeout=60_000)
    assert "likelihood" in learn._figures.text()
    assert learn.score.points
    learn.listen.click()
    qtbot.waitUntil(lambda: page.rooms.text.bars.words != (), timeout=20_000)
    assert page.rooms.text._model != "rnn-text"


def test_a_learning_that_was_stopped_goes_on_where_it_was(page: CaptionPage, qtbot: QtBot) -> None:
    learn = page.rooms.learn
    page.rooms.show_room("learn")
    learn.recipe.setCurrentIndex(2)
    form = learn.forms[2]
    form.set_value(dataclasses.replace(form.value(), epochs=900.0, width=16, state=24, check_every=1.0))
    assert learn.again.isHidden()
    learn.start()
    qtbot.waitUntil(lambda: len(learn.score.points) >= 2, timeout=60_000)
    assert learn.bar._run is not None
    learn.bar._run.cancel()
    qtbot.waitUntil(lambda: not learn.bar.busy and learn.again.count() == 2, timeout=60_000)
    stood, told = learn.loss.points[-1][0], list(learn.loss.points)
    learn.again.setCurrentIndex(1)
    assert form.isHidden()
    assert "the settings and the data it began with" in learn._data.text()
    learn.start()
    qtbot.waitUntil(lambda: bool(learn.loss.points) and learn.loss.points[-1][0] > stood, timeout=60_000)
    assert learn.loss.points[: len(told)] == told, "the curves of before are drawn again"
    learn.bar._run.cancel()
    qtbot.waitUntil(lambda: not learn.bar.busy, timeout=60_000)


def test_everything_the_tab_says_is_translated(
    room: CaptionPhotoRoom, page: CaptionPage, qtbot: QtBot, marked: Callable[[], None]
) -> None:
    words = {"Photos", "Network", "What a computer would say", "How good it is", "Beams"}
    marked()

    def said() -> set[str]:
        return {one.text() for one in page.findChildren(QLabel) if one.isVisible()}

    qtbot.waitUntil(lambda: {f"‹{word}›" for word in words} <= said())
    assert not words & said()


def test_a_copy_without_captioners_says_so_and_its_job_ends(
    host: EngineHost, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build without the restricted weights waited three minutes for a sentence that could not come."""
    from engine.caption import trained

    writer = trained.shipped("rnn-text")
    assert writer is not None
    shutil.copytree(writer.parent, tmp_path / "captions", ignore=shutil.ignore_patterns("nic*"))
    monkeypatch.setattr(trained.resources, "path", lambda *parts: tmp_path.joinpath(*parts))
    page = CaptionPage(host, Context(host, Settings(theme="dark", language="en")))
    qtbot.addWidget(page)
    page.show()
    failed, finished = [], []
    host.failed.connect(failed.append)
    page.do_its_job(lambda: finished.append(True))
    qtbot.waitUntil(lambda: finished == [True], timeout=30_000)
    words = " ".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())
    assert "No captioner came with this copy." in words and failed == []
