"""Beside the stage of a film: what it is called, what it made in a sentence and in milliseconds, its small pictures."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from engine.detect.explain.chapters import Chapter
from engine.detect.explain.stage import Stage
from gui.widgets.basics import Chip, column, label, role
from gui.widgets.explain_film import in_time
from gui.widgets.explain_stage import SmallPictures
from gui.widgets.retold import Retold
from gui.words import say

SIDE = 236  # logical pixels


class Told(Retold, QFrame):
    """One stage in words; below it what a person may choose about the chapter."""

    def __init__(self, knobs: QWidget) -> None:
        super().__init__()
        role(self, "panel")
        self.tiles = SmallPictures()
        self._name, self._said = label("lead", wrap=True), label("small", wrap=True)
        self._chip, self._look = Chip("measured"), label("caption", wrap=True)
        self._chapter: Chapter | None = None
        self._stage: Stage | None = None
        inner = QWidget()
        inner.setLayout(column(self._name, self._chip, self._said, self.tiles, 4, knobs, self._look, None, gap=8))
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setLayout(column(area, margins=(14, 12, 8, 12)))
        self.setFixedWidth(SIDE)
        self.retranslate()

    def speak(self, chapter: Chapter, stage: Stage | None) -> None:
        """A stage of a chapter; None = the chapter before it begins."""
        self._chapter = chapter
        if stage is not self._stage:
            self._stage = stage
            self.tiles.show_tiles(stage.tiles if stage else None)
        self.retranslate()

    def words(self) -> str:
        """The same for a screen reader."""
        return f"{self._name.text()}. {self._said.text()}"

    def retranslate(self) -> None:
        self.tiles.setAccessibleName(self.tr("Small pictures of this stage"))
        chapter, stage = self._chapter, self._stage
        if chapter is None:
            return
        self._name.setText(say(stage.name if stage else chapter.explanation.title))
        self._said.setText(say(stage.said if stage else chapter.first))
        time = in_time(stage.milliseconds) if stage else ""
        self._chip.setText(self.tr("{time} measured here").format(time=time))
        self._chip.setVisible(bool(time))
        self._look.setText(say(chapter.explanation.look))
