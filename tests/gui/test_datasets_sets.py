"""The list of sets on the Datasets tab: what is where, and getting what is not here from a (loopback) publisher."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import SECONDS, settled, tab, words_in
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from serving import Site, served

from engine.data import sources
from engine.data.sources import Source, SourceFile
from engine.host import EngineHost
from gui import bench_folder
from gui.main_window import MainWindow
from gui.pages.datasets import DatasetsPage
from gui.widgets.set_list import BUNDLED, DOWNLOAD, MISSING


@pytest.fixture
def page(host: EngineHost, qtbot: QtBot) -> DatasetsPage:
    """The tab with the small digits open."""
    page = tab(host, qtbot)
    page.open({"dataset": "digits8"})
    qtbot.waitUntil(lambda: page.stage.shown is not None, timeout=SECONDS)
    return page


def test_sets_stand_in_groups_by_where_they_are(page: DatasetsPage) -> None:
    assert page.sets._group_of("digits") == BUNDLED
    assert page.sets._group_of("mnist") == DOWNLOAD
    assert page.sets._group_of("camvid") == MISSING
    assert "Bundled" in words_in(page) and "Can be downloaded" in words_in(page)
    assert page.sets.cards["mnist"].get.text() == "12 MB"
    assert page.sets.cards["mnist"].get.toolTip() == "Download"
    assert not page.sets.cards["digits"].get.isVisible()


def small_mnist(folder: Path, *mirrors: str) -> Source:
    """The official source, with a small set at mirrors of our own."""
    official = sources.source("mnist")
    assert official
    files = sorted((folder / "MNIST" / "raw").iterdir())
    about = tuple(SourceFile(f.name, f.stat().st_size, hashlib.md5(f.read_bytes()).hexdigest()) for f in files)
    return Source("mnist", official.name, mirrors, official.folder, about, "")


def test_a_set_is_downloaded_by_its_button_and_opened(
    page: DatasetsPage, qtbot: QtBot, mnist_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {f"/mnist/{path.name}": path.read_bytes() for path in (mnist_dir / "MNIST" / "raw").iterdir()}
    with served(Site(files=files)) as site:
        monkeypatch.setattr(sources, "SOURCES", (small_mnist(mnist_dir, site.url("/mnist/")),))
        qtbot.mouseClick(page.sets.cards["mnist"].get, Qt.MouseButton.LeftButton)
        assert page.sets.cards["mnist"]._bar.isVisible()
        qtbot.waitUntil(lambda: "1,000 pictures, 10 kinds" in words_in(page), timeout=SECONDS)
    assert not page.sets.cards["mnist"]._bar.isVisible()
    assert not page.sets.cards["mnist"].get.isVisible()  # it is here now
    settled(page, qtbot)


def test_a_download_that_fails_leaves_the_button_as_it_was(
    page: DatasetsPage, host: EngineHost, qtbot: QtBot, mnist_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served(Site(files={})) as site:
        monkeypatch.setattr(sources, "SOURCES", (small_mnist(mnist_dir, site.url("/gone/")),))
        with qtbot.waitSignal(host.failed, timeout=SECONDS) as failed:
            page.sets.cards["mnist"].get.click()
        assert failed.args is not None and failed.args[0].error.expected  # the window tells the sentence
    qtbot.waitUntil(lambda: not page.sets.cards["mnist"]._bar.isVisible())
    assert page.sets.cards["mnist"].get.isVisible()


def test_a_folder_of_photographs_is_measured(open_window: Callable[..., MainWindow], tmp_path: Path) -> None:
    folder = tmp_path / "photographs"
    folder.mkdir()
    bench_folder.make_photographs(folder, 60)
    window = open_window()
    window.resize(1280, 800)
    window.show()
    window.go("datasets")
    figures = bench_folder.measure(window, folder)
    assert figures["unreadable"] == 0
    assert 0 < figures["first_screen_seconds"] <= figures["seconds"]
    assert {"p99_ms", "max_ms", "gaps", "mib", "again_seconds", "images_per_second"} <= figures.keys()
