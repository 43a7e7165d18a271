"""The list of models: finding, getting, importing and deleting, without ever waiting."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot
from serving import Site, served
from tiny_models import WEIGHTS, card_for, use_own_torch

import resources
from engine.download import in_words
from engine.host import EngineHost
from engine.jobs import Job, Progress
from engine.models import ModelCard, all_models, place_of
from engine.models.official import hub_folder
from engine.text import same
from gui.find import Find
from gui.main_window import MainWindow
from gui.models_dialog import ModelsDialog
from gui.widgets.basics import State
from gui.widgets.model_rows import ModelRow, chip_of

Open = Callable[..., MainWindow]
SIZE = in_words(len(WEIGHTS))


@pytest.fixture(autouse=True)
def torch_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return use_own_torch(tmp_path / "torch", monkeypatch)


@pytest.fixture
def site() -> Iterator[Site]:
    with served(Site(files={"/tiny.pth": WEIGHTS})) as site:
        yield site


@pytest.fixture
def make(qtbot: QtBot, host: EngineHost) -> Callable[..., ModelsDialog]:
    """A shown dialog that lists these cards (all there are without any)."""

    def make(*cards: ModelCard) -> ModelsDialog:
        def look() -> Job:
            yield Progress(0)
            return tuple((card, place_of(card)) for card in cards or all_models())

        dialog = ModelsDialog(None, host, look=look)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: dialog.rows.rowCount() > 0, timeout=20_000)
        return dialog

    return make


HERE = 1 + len(list(resources.path("models").glob("*.json")))  # EfficientNet-Lite0 and what is bundled
Make = Callable[..., ModelsDialog]


def tiny(site: Site, id: str = "tiny-v1", path: str = "/tiny.pth") -> ModelCard:
    return card_for(WEIGHTS, site.url(path), id=id, name=same(id), file=f"{id}.pth")


def row(dialog: ModelsDialog, id: str) -> ModelRow:
    dialog.choose(id)
    found = dialog.chosen()
    assert found
    assert found.card.id == id
    return found


def state(dialog: ModelsDialog, id: str) -> str:
    return chip_of(row(dialog, id))[1]


def press(dialog: ModelsDialog, words: str) -> None:
    """Click the visible button that says so."""
    found = [b for b in dialog.findChildren(QPushButton) if b.isVisible() and b.text().startswith(words)]
    assert len(found) == 1, [b.text() for b in dialog.findChildren(QPushButton) if b.isVisible()]
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def said(dialog: ModelsDialog) -> str:
    return "\n".join(w.text() for w in dialog.findChildren(QLabel) if w.isVisible())


def segment(dialog: ModelsDialog, words: str) -> None:
    part = next(b for b in dialog.findChildren(QToolButton) if b.text() == words)
    QTest.mouseClick(part, Qt.MouseButton.LeftButton)


def names(dialog: ModelsDialog) -> list[str]:
    return [dialog.rows.index(i).data() for i in range(dialog.rows.rowCount())]


# Finding


def test_the_list_has_every_model_and_says_how_many_are_here(make: Make) -> None:
    dialog = make()
    assert dialog.rows.rowCount() == len(all_models())
    assert f"{len(all_models())} of {len(all_models())} models · {HERE} on this machine" in said(dialog)
    assert state(dialog, "mnist-deep") == state(dialog, "efficientnet-lite0") == "bundled"
    assert state(dialog, "resnet18-imagenet1k-v1") == "download 47 MB"


def test_search_and_filters_narrow_the_list_together(make: Make) -> None:
    dialog = make()
    segment(dialog, "Detect")
    dialog.search.setText("mobilenet fpn")
    assert names(dialog) == ["FasterRCNN MobileNet V3 Large 320 FPN", "FasterRCNN MobileNet V3 Large FPN"]
    segment(dialog, "On this machine")
    assert names(dialog) == []
    assert "No model is like that" in said(dialog)
    dialog.search.clear()
    segment(dialog, "All tasks")
    assert len(names(dialog)) == HERE and {"Deep CNN", "EfficientNet-Lite0"} <= set(names(dialog))


def test_a_model_is_found_by_korean_words_too(make: Make) -> None:
    dialog = make()
    dialog.search.setText("분할")
    assert {"FCN ResNet50", "EfficientNet-Lite0"} <= set(names(dialog))


def test_the_chosen_model_tells_all_a_person_wants_to_know(make: Make) -> None:
    dialog = make()
    dialog.choose("vit-h-14-imagenet1k-swag-e2e-v1")
    for words in ("ViT H 14", "CC-BY-NC-4.0", "Not for commercial use", "88.6 %", "2.5 GB", "1,000 things"):
        assert words in said(dialog)


def test_the_header_and_the_find_palette_open_the_same_list(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    window.show()
    window.header.models_asked.emit()
    first = window.findChild(ModelsDialog)
    assert first
    assert first.isVisible()
    first.close()
    finder = Find(window, [t for t in window._targets() if t.name == "Models"])
    qtbot.addWidget(finder)
    assert finder.found() == ["Models"]
    QTest.keyClick(finder._field, Qt.Key.Key_Return)
    assert window.findChildren(ModelsDialog) == [first]
    assert first.isVisible()


# Getting


def test_a_download_ends_with_the_model_here_and_its_path_to_copy(
    make: Make, site: Site, qtbot: QtBot, torch_home: Path
) -> None:
    dialog = make(tiny(site))
    press(dialog, f"Download {SIZE}")
    qtbot.waitUntil(lambda: state(dialog, "tiny-v1") == "here")
    path = torch_home / "hub" / "checkpoints" / "tiny-v1.pth"
    assert path.read_bytes() == WEIGHTS
    assert "1 of 1 models · 1 on this machine" in said(dialog)
    press(dialog, "Copy path")
    assert QGuiApplication.clipboard().text() == str(path)


def test_the_chip_in_the_list_is_a_button(make: Make, site: Site, qtbot: QtBot) -> None:
    dialog = make(tiny(site))
    box = dialog.view.visualRect(dialog.rows.index(0))
    spot = box.center()
    spot.setX(box.right() - 40)
    QTest.mouseClick(dialog.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.waitUntil(lambda: state(dialog, "tiny-v1") == "here")


def test_a_click_beside_the_chip_downloads_nothing(make: Make, site: Site) -> None:
    dialog = make(tiny(site))
    QTest.mouseClick(
        dialog.view.viewport(), Qt.MouseButton.LeftButton, pos=dialog.view.visualRect(dialog.rows.index(0)).center()
    )
    assert not row(dialog, "tiny-v1").busy


def test_enter_in_the_list_downloads(make: Make, site: Site, qtbot: QtBot) -> None:
    dialog = make(tiny(site))
    dialog.view.setFocus()
    QTest.keyClick(dialog.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: state(dialog, "tiny-v1") == "here")


def test_a_cancelled_download_is_offered_again_and_goes_on(make: Make, site: Site, qtbot: QtBot) -> None:
    site.stalls_at = 100_000
    dialog = make(tiny(site))
    press(dialog, "Download")
    qtbot.waitUntil(lambda: (row(dialog, "tiny-v1").share or 0) > 0.4)
    assert f"100 kB of {SIZE}" in said(dialog)
    press(dialog, "Cancel")
    qtbot.waitUntil(lambda: not row(dialog, "tiny-v1").busy)
    assert state(dialog, "tiny-v1") == f"download {SIZE}"
    site.stalls_at = None
    press(dialog, "Download")
    qtbot.waitUntil(lambda: state(dialog, "tiny-v1") == "here")
    assert site.asked[-1] == ("/tiny.pth", "bytes=100000-")


def test_a_second_download_waits_for_the_first_and_can_be_cancelled(make: Make, site: Site, qtbot: QtBot) -> None:
    site.stalls_at = 100_000
    dialog = make(tiny(site), tiny(site, "tiny-v2"))
    press(dialog, "Download")
    dialog.choose("tiny-v2")
    press(dialog, "Download")
    qtbot.waitUntil(lambda: (row(dialog, "tiny-v1").share or 0) > 0.4)
    assert state(dialog, "tiny-v2") == "waiting"
    assert "Another download comes first." in said(dialog)
    press(dialog, "Cancel")
    dialog.choose("tiny-v1")
    press(dialog, "Cancel")
    qtbot.waitUntil(lambda: not row(dialog, "tiny-v1").busy and not row(dialog, "tiny-v2").busy)
    assert [path for path, _ in site.asked] == ["/tiny.pth"]


def test_a_closed_list_goes_on_downloading(make: Make, site: Site, qtbot: QtBot) -> None:
    site.stalls_at = 100_000
    dialog = make(tiny(site))
    press(dialog, "Download")
    qtbot.waitUntil(lambda: (row(dialog, "tiny-v1").share or 0) > 0.4)
    dialog.close()
    site.go.set()
    qtbot.waitUntil(lambda: row(dialog, "tiny-v1").here)
    dialog.show()
    assert state(dialog, "tiny-v1") == "here"


def test_trouble_is_told_beside_the_model_and_nowhere_else(
    make: Make, site: Site, qtbot: QtBot, host: EngineHost
) -> None:
    failed: list[object] = []
    host.failed.connect(failed.append)
    dialog = make(card_for(WEIGHTS, "http://nowhere.invalid/tiny.pth", bytes=13_000_000))
    press(dialog, "Download 13 MB")
    qtbot.waitUntil(lambda: state(dialog, "tiny-v1") == "failed")
    assert "This needs 13 MB from the internet and there is no connection." in said(dialog)
    assert failed == []
    press(dialog, "Try again")
    assert row(dialog, "tiny-v1").busy
    qtbot.waitUntil(lambda: state(dialog, "tiny-v1") == "failed")


def test_deleting_asks_in_place(make: Make, site: Site, qtbot: QtBot) -> None:
    dialog = make(tiny(site))
    press(dialog, "Download")
    qtbot.waitUntil(lambda: state(dialog, "tiny-v1") == "here")
    press(dialog, "Delete")
    assert (hub_folder() / "tiny-v1.pth").exists()
    press(dialog, "Delete it")
    qtbot.waitUntil(lambda: not row(dialog, "tiny-v1").here)
    assert not (hub_folder() / "tiny-v1.pth").exists()


def test_what_came_with_the_app_cannot_be_deleted(make: Make) -> None:
    dialog = make()
    dialog.choose("efficientnet-lite0")
    assert [b for b in dialog.findChildren(QPushButton) if b.isVisible() and b.text().startswith("Delete")] == []


# Importing


def test_a_dropped_pack_is_imported(make: Make, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "pack"
    folder.mkdir()
    for suffix in (".json", ".safetensors"):
        shutil.copy(resources.path("models", f"mnist-deep{suffix}"), folder)
    dialog = make()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    dialog.dropEvent(event)
    qtbot.waitUntil(lambda: "Imported: Deep CNN." in said(dialog))


def test_a_pack_that_will_not_do_is_told_at_the_foot(make: Make, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = make()
    (tmp_path / "x.pth").write_bytes(b"no weights")
    dialog.import_from(tmp_path / "x.pth")
    qtbot.waitUntil(lambda: "none of the published weights" in said(dialog))
    again = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Import")
    assert again.isEnabled()


# Words


def test_every_word_follows_the_language_while_it_is_open(make: Make, marked: Callable[[], None], qtbot: QtBot) -> None:
    dialog = make()
    marked()
    qtbot.waitUntil(lambda: dialog.windowTitle() == "‹Models›")
    buttons = [b.text() for b in dialog.findChildren(QAbstractButton) if b.isVisible() and b.text()]
    assert [words for words in buttons if not words.startswith("‹")] == []
    assert len(buttons) >= 10
    assert state(dialog, "mnist-deep") == "‹bundled›"


@pytest.mark.parametrize("size", [(880, 520), (1020, 660)])
def test_no_word_is_clipped(make: Make, size: tuple[int, int]) -> None:
    dialog = make()
    dialog.resize(*size)
    for id in ("efficientnet-lite0", "regnet-y-128gf-imagenet1k-swag-linear-v1"):
        dialog.choose(id)
        QGuiApplication.processEvents()
        for w in (*dialog.findChildren(QLabel), *dialog.findChildren(QAbstractButton)):
            if w.isVisible() and w.text() and not (isinstance(w, QLabel) and w.wordWrap()):
                assert w.minimumSizeHint().width() <= w.width() + 1, w.text()
            elif w.isVisible() and isinstance(w, QLabel) and w.text():
                assert w.heightForWidth(w.width()) <= w.height() + 1, w.text()


def test_while_it_looks_it_says_so_and_not_that_there_is_nothing(qtbot: QtBot, host: EngineHost) -> None:
    asked = Event()

    def look() -> Job:
        yield Progress(0)
        asked.wait(20)
        return tuple((card, place_of(card)) for card in all_models())

    dialog = ModelsDialog(None, host, look=look)
    qtbot.addWidget(dialog)
    dialog.show()
    said = [state.accessibleName() for state in dialog.findChildren(State) if state.isVisible()]
    asked.set()
    assert len(said) == 1 and said[0].startswith("Looking for models")
    qtbot.waitUntil(lambda: dialog.rows.rowCount() > 0, timeout=20_000)
    assert not any(state.isVisible() for state in dialog.findChildren(State))
