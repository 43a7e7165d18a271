"""Where one's own runs stand in MNIST's list of 2016."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from engine.train.runs import RunSummary
from gui import words
from gui.pages.train_ranking import RankingPane

RUN = RunSummary(Path("run"), "mnist-simple", "mnist", "done", "", 1, 1.0, 0.9, 0.9970, 1.0, False)


def test_the_pane_says_the_place_of_the_best_own_run_in_both_languages(qtbot: QtBot, qapp: QApplication) -> None:
    pane = RankingPane()
    qtbot.addWidget(pane)
    pane.show_runs([RUN], 0.9965)
    said = [one.text() for one in pane.findChildren(QLabel)]
    assert "Your best is number 6, with 30 of 10,000 digits read wrongly." in said
    assert "mnist-deep · came with the app" in pane.list.accessibleDescription()
    words.set_language(qapp, "ko")
    qtbot.waitUntil(lambda: not set(said) & {one.text() for one in pane.findChildren(QLabel)} - {""})
