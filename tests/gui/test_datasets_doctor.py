"""The doctor's cards: told while it looks, the worst first, with pictures, and a click that leads to them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from skimage import data

from engine.data import ImageSet
from engine.data.doctor import Severity
from engine.data.photoset import PhotoSet, with_fingerprint
from engine.data.signalset import SignalSet
from engine.host import EngineHost
from engine.text import Text, same
from gui import theme, words
from gui.pages.datasets_doctor import DoctorView
from gui.widgets.lens import explanation_of

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot: QtBot, host: EngineHost) -> DoctorView:
    view = DoctorView(host)
    qtbot.addWidget(view)
    view.resize(700, 560)
    view.show()
    return view


@pytest.fixture
def faulty(digits: ImageSet) -> dict[str, ImageSet]:
    """Digits with four empty ones, two that are also in the test part, and three wrong labels."""
    train = digits.part(np.arange(0, len(digits), 13), "train")
    test = digits.part(np.setdiff1d(np.arange(5, len(digits), 40), np.arange(0, len(digits), 13)), "test")
    images, labels, leaked = train.images.copy(), train.labels.copy(), test.images.copy()
    images[:4] = 0
    leaked[[7, 9]] = images[[50, 60]]
    labels[[80, 160, 240]] = (labels[[80, 160, 240]] + 4) % 10
    return {
        "train": dataclasses.replace(train, images=images, labels=labels),
        "test": dataclasses.replace(test, images=leaked),
    }


def photographs(folder: Path) -> PhotoSet:
    """Twenty cuts of two photographs, one file of them damaged."""
    rng = np.random.default_rng(0)
    for i in range(20):
        whole = (data.astronaut(), data.coffee())[i % 2]
        y, x = rng.integers(0, 250, 2)
        Image.fromarray(whole[y : y + 120, x : x + 150]).save(folder / f"{i:02}.jpg", quality=92)
    (folder / "03.jpg").write_bytes(b"not a picture")
    names = tuple(f"{i:02}.jpg" for i in range(20))
    return with_fingerprint(PhotoSet("cuts", "train", folder, names, np.zeros((20, 2), np.int32), (), Text("", "")))


def healthy() -> SignalSet:
    """Sixty windows of two kinds of steps, nothing wrong with them."""
    rng = np.random.default_rng(0)
    labels, time = np.arange(60) % 2, np.arange(100) / 50
    x = np.sin(2 * np.pi * (1 + 2 * labels[:, None]) * time + rng.uniform(0, 6, (60, 1)))[..., None]
    x = (x + rng.normal(0, 0.1, x.shape)).astype(np.float32)
    return SignalSet("walks", "train", x, labels, (same("slow"), same("fast")), ("left",), "g", 50.0, Text("", ""))


def examine(qtbot: QtBot, view: DoctorView) -> None:
    QTest.mouseClick(view.examine, LEFT)
    assert view.busy
    qtbot.waitUntil(lambda: not view.busy, timeout=60_000)


def test_the_worst_card_stands_first_and_each_shows_pictures(
    qtbot: QtBot, view: DoctorView, faulty: dict[str, ImageSet]
) -> None:
    view.show_sets(faulty)
    examine(qtbot, view)
    findings = [card.finding for card in view.cards]
    assert findings[0].kind == "copies_between" and findings[0].severity is Severity.BAD
    severities = [finding.severity for finding in findings]
    assert severities == sorted(severities, reverse=True)
    assert {"blank", "mislabel"} <= {finding.kind for finding in findings}
    qtbot.waitUntil(lambda: all(card.strip.isVisibleTo(card) for card in view.cards))
    assert all(card.strip.fitting > 0 for card in view.cards)
    tops = [card.mapTo(view, card.rect().topLeft()).y() for card in view.cards]
    assert tops == sorted(tops)


def test_look_asks_for_the_pictures_of_a_finding_with_words(
    qtbot: QtBot, view: DoctorView, faulty: dict[str, ImageSet]
) -> None:
    view.show_sets(faulty)
    examine(qtbot, view)
    by_kind = {card.finding.kind: card for card in reversed(view.cards)}  # of a kind the first, that is in train
    with qtbot.waitSignal(view.look_asked) as asked:
        QTest.mouseClick(by_kind["blank"].look, LEFT)
    split, indices, title = asked.args
    assert (split, indices.tolist(), title) == ("train", [0, 1, 2, 3], "Empty pictures")
    between = by_kind["copies_between"]
    with qtbot.waitSignal(view.look_asked) as asked:
        QTest.mouseClick(between.look, LEFT)
    assert (asked.args[0], asked.args[1].tolist()) == ("test", [7, 9])
    with qtbot.waitSignal(view.look_asked) as asked:
        QTest.mouseClick(between.look_there, LEFT)
    assert (asked.args[0], asked.args[1].tolist()) == ("train", [50, 60])
    qtbot.waitUntil(lambda: by_kind["mislabel"].strip.isVisibleTo(view))
    with qtbot.waitSignal(view.look_asked) as asked:
        QTest.mouseClick(by_kind["mislabel"].strip, LEFT)
    assert {80, 160, 240} <= set(asked.args[1].tolist())


def test_a_sound_set_gets_a_clear_word_and_what_was_checked(qtbot: QtBot, view: DoctorView) -> None:
    view.show_sets({"train": healthy()})
    examine(qtbot, view)
    assert view.cards == []
    assert view.state.isVisibleTo(view)
    said = view.state.accessibleName()
    assert "Nothing is wrong" in said
    assert "wrong labels" in said and "windows" in said


def test_stopping_keeps_what_was_found_and_leaves_no_work(
    qtbot: QtBot, view: DoctorView, faulty: dict[str, ImageSet]
) -> None:
    view.show_sets(faulty)
    QTest.mouseClick(view.examine, LEFT)
    qtbot.waitUntil(lambda: bool(view.cards), timeout=60_000)
    QTest.mouseClick(view.stop, LEFT)
    assert not view.busy
    kept = len(view.cards)
    assert kept >= 1 and view.examine.isVisibleTo(view) and not view.stop.isVisibleTo(view)
    examine(qtbot, view)
    assert len(view.cards) > kept or kept == len(view.cards)
    assert len({(card.finding.kind, card.finding.split) for card in view.cards}) == len(view.cards)


def test_another_set_puts_the_findings_of_the_one_before_away(
    qtbot: QtBot, view: DoctorView, faulty: dict[str, ImageSet], host: EngineHost
) -> None:
    view.show_sets(faulty)
    QTest.mouseClick(view.examine, LEFT)
    qtbot.waitUntil(lambda: bool(view.cards), timeout=60_000)
    view.show_sets({"train": healthy()})
    assert view.cards == [] and not view.busy
    done: list[bool] = []
    from engine.jobs import Progress

    def nothing() -> object:
        yield Progress(0, 1)

    host.start(Text("", ""), nothing(), lane="io", owner=view, on_end=lambda _run: done.append(True))  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: bool(done))  # the lane is through with what was asked before
    assert view.cards == []


def test_files_that_cannot_be_read_are_a_card_and_no_accident(qtbot: QtBot, view: DoctorView, tmp_path: Path) -> None:
    view.show_sets({"train": photographs(tmp_path)})
    examine(qtbot, view)
    (card,) = [card for card in view.cards if card.finding.kind == "broken"]
    assert card.finding.indices.tolist() == [3]
    assert "03.jpg" in card.finding.words.render("en")


def test_before_anything_is_known_the_view_says_that_the_set_is_read(view: DoctorView) -> None:
    assert "Reading" in view.state.accessibleName()
    assert not view.examine.isEnabled()


def test_words_and_colours_follow_the_window_while_cards_are_shown(
    qtbot: QtBot,
    view: DoctorView,
    qapp: QApplication,
    faulty: dict[str, ImageSet],
    marked: Callable[[], None],
) -> None:
    view.show_sets(faulty)
    examine(qtbot, view)
    marked()
    qapp.processEvents()
    assert view.examine.text().startswith("‹")
    assert all(card.look.text().startswith("‹") for card in view.cards)
    words.set_language(qapp, "ko")
    qapp.processEvents()
    assert any("두 부분에 함께 있음" in card.look.accessibleName() for card in view.cards)
    theme.apply(qapp, "light")
    picture = view.grab().toImage()
    assert picture.pixelColor(picture.width() - 3, 3).lightness() > 200


def test_the_doctor_and_its_doubts_are_explained(qtbot: QtBot, view: DoctorView, faulty: dict[str, ImageSet]) -> None:
    view.show_sets(faulty)
    examine(qtbot, view)
    of = {card.finding.kind: explanation_of(card.strip) for card in view.cards}
    assert of["mislabel"] is not None and "δ" in of["mislabel"].formula
    assert of["blank"] is explanation_of(view)
