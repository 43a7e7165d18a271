"""Frameworks and their tools as the course listed them, and what has become of each (lecture rows 30 to 33)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from engine.train.frameworks import CHECKED, TOPICS, Entry, Topic
from gui.widgets.basics import Chip, column, frame, label, row
from gui.widgets.retold import Retold
from gui.words import say


class FrameworksPane(Retold, QWidget):
    """A card for each topic: what the slide said in sand, what holds now beside it."""

    def __init__(self) -> None:
        super().__init__()
        self._lead, self._slide = label("small", wrap=True), Chip("slide")
        self._titles: list[tuple[QLabel, Topic]] = []
        self._cells: list[tuple[QLabel, QLabel, Chip, Entry]] = []
        cards = column(*(self._card(topic) for topic in TOPICS), None, gap=10)
        inside = QWidget()
        inside.setLayout(cards)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayout(column(row((self._lead, 1), self._slide), (area, 1), gap=10))
        self.retranslate()

    def _card(self, topic: Topic) -> QFrame:
        title = label("section")
        self._titles.append((title, topic))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(5)
        for place, entry in enumerate(topic.entries):
            name, said, now = label("strong"), label("small", wrap=True, tone="slide"), label("small", wrap=True)
            name.setText(entry.name)
            name.setWordWrap(True)
            ended = Chip("warn")
            ended.setVisible(entry.ended)
            for column_, part in enumerate((name, said, now, ended)):
                grid.addWidget(part, place, column_, Qt.AlignmentFlag.AlignTop)
            self._cells.append((said, now, ended, entry))
        for column_, share in enumerate((2, 3, 5)):
            grid.setColumnStretch(column_, share)
        return frame("card", column(title, grid, gap=8, margins=(14, 10, 14, 12)))

    def retranslate(self) -> None:
        words = self.tr("What the course said of the frameworks, and what has changed since (as known in {when}).")
        self._lead.setText(words.format(when=CHECKED))
        self._slide.setText(self.tr("slide said"))
        for title, topic in self._titles:
            title.setText(say(topic.title))
        for said, now, ended, entry in self._cells:
            said.setText(say(entry.said))
            now.setText(say(entry.now))
            ended.setText(self.tr("ended"))
