"""The stage of the photo room: the photograph, its sentence, the Korean gloss, the beams as a tree; or many photos."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QStackedWidget, QWidget

from engine.caption.session import Answer, Shown
from engine.host import EngineHost
from engine.text import counted
from gui.widgets.basics import Chip, button, column, frame, label, restyle, row
from gui.widgets.caption_photo import CaptionPhoto
from gui.widgets.caption_sentence import CaptionSentence
from gui.widgets.caption_tree import CaptionTree
from gui.widgets.job_bar import JobBar
from gui.widgets.retold import Retold
from gui.widgets.style_tiles import Tiles
from gui.words import say

if TYPE_CHECKING:
    from engine.caption.batch import Captioned


class CaptionStage(Retold, QWidget):
    """One photograph told, or a wall of many.

    Signals:
        word_chosen: (int) a word of the sentence. tell_asked: again. photo_chosen: (Path) one of the wall.
        save_asked: the wall is to be written down.
    """

    word_chosen = Signal(int)
    tell_asked = Signal()
    photo_chosen = Signal(object)
    save_asked = Signal()

    def __init__(self, host: EngineHost) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self._answer: Answer | None = None
        self.items: list[Captioned] = []
        self._title, self._note, self._time = label("strong"), label("small", wrap=True), Chip("measured")
        self.photo, self.sentence, self.tree = CaptionPhoto(), CaptionSentence(), CaptionTree()
        self.gloss, self._gloss_chip = label("body", wrap=True, tone="dim"), Chip("plain")
        self._tree_title = label("section")
        self.copy, self.save, self.one = (button(size="compact") for _ in range(3))
        self.wall, self.bar = Tiles(3, 120, 3), JobBar(host)
        self.views = QStackedWidget()
        self.views.addWidget(self._single())
        self.views.addWidget(self._many())
        head = row(self._title, self._time, (self._note, 1), self.copy, self.one, self.save, gap=10)
        stage = frame("panel", column(head, (self.views, 1), gap=10, margins=(14, 12, 14, 12)))
        self.setLayout(column((stage, 1), self.bar, gap=8))
        self._connect()
        self.show_wall(False)
        self.retranslate()

    def _single(self) -> QWidget:
        page = QWidget()
        gloss = row(self._gloss_chip, (self.gloss, 1), gap=8)
        parts = ((self.photo, 1), self.sentence, gloss, self._tree_title, self.tree)
        page.setLayout(column(*parts, gap=8))
        return page

    def _many(self) -> QWidget:
        area = QScrollArea()
        area.setWidget(self.wall)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        return area

    def _connect(self) -> None:
        self.sentence.chosen.connect(self.word_chosen)
        self.bar.start_asked.connect(self.tell_asked)
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self.save_asked)
        self.one.clicked.connect(lambda: self.show_wall(self.views.currentIndex() == 0))
        self.wall.chosen.connect(self._wall_clicked)

    def sizeHint(self) -> QSize:
        return QSize(640, 560)

    def show_photo(self, shown: Shown) -> None:
        """Another photograph; its sentence comes."""
        self._shown, self._answer = shown, None
        self.photo.show_photo(shown.picture)
        self.sentence.show_words(())
        self.tree.show_twigs((), "")
        self.gloss.setText("")
        self.show_wall(False)
        self.retranslate()

    def begin_answer(self, answer: Answer) -> None:
        """A sentence is there; it will be said word by word."""
        self._answer = None
        self.gloss.setText("")
        self.say_note("")
        self.tree.show_twigs(answer.told.tree, self.tr("(end)"))
        for one in (self.tree, self._tree_title):
            one.setVisible(bool(answer.told.tree))

    def end_answer(self, answer: Answer) -> None:
        """The sentence was said to its end: the gloss follows."""
        self._answer = answer
        self.gloss.setText(answer.gloss)
        self.tree.show_twigs(answer.told.tree, self.tr("(end)"))
        self.retranslate()

    def say_note(self, words: str) -> None:
        """A word beside the title; "" for what is known of the photo."""
        note = say(self._shown.note) if self._shown and self._shown.note else ""
        self._note.setText(words or note)
        restyle(self._note, tone="warn" if words else None)

    def add_items(self, items: list[Captioned]) -> None:
        """More photographs of a folder were told."""
        self.items += items
        self._show_items()

    def show_wall(self, on: bool) -> None:
        """The wall of many photographs, or the one."""
        self.views.setCurrentIndex(1 if on else 0)
        self.retranslate()

    def _show_items(self) -> None:
        from engine.caption.words import as_sentence

        words = [tuple(_lines(as_sentence(one.caption.split()))) for one in self.items]
        self.wall.show_tiles([one.picture for one in self.items], words)

    def _wall_clicked(self, number: int) -> None:
        self.photo_chosen.emit(Path(self.items[number].file))

    def _copy(self) -> None:
        if self._answer:
            from engine.caption.words import as_sentence

            QApplication.clipboard().setText(as_sentence(self._answer.told.words))

    def retranslate(self) -> None:
        wall = self.views.currentIndex() == 1
        one = self.tr("What a computer would say")
        many = counted(self.tr("{n} photos told").format(n=len(self.items)))
        self._title.setText(many if wall else one)
        self._time.setVisible(self._answer is not None and not wall)
        if self._answer:
            self._time.setText(self.tr("{ms:.0f} ms").format(ms=self._answer.milliseconds))
        self.sentence.set_hint(self.tr("Drop a photo here, or choose one at the left."))
        self.sentence.setAccessibleName(self.tr("The sentence; arrows choose a word"))
        self.photo.setAccessibleName(self.tr("The photo; bright where the network looked"))
        self._gloss_chip.setText(self.tr("gloss, not the network"))
        self._gloss_chip.setToolTip(self.tr("Put together from our glossary, word by word."))
        self._gloss_chip.setVisible(bool(self.gloss.text()))
        self._tree_title.setText(self.tr("The beams: what was kept at each word"))
        self.tree.setAccessibleName(self.tr("Tree of the beams"))
        self.wall.setAccessibleName(self.tr("Photos with their sentences"))
        self.copy.setText(self.tr("Copy"))
        self.copy.setEnabled(self._answer is not None)
        self.copy.setVisible(not wall)
        self.one.setText(self.tr("One photo") if wall else self.tr("All photos"))
        self.one.setVisible(bool(self.items))
        self.save.setText(self.tr("Save…"))
        self.save.setToolTip(self.tr("A table (.csv, .json) or one sheet of all (.png)"))
        self.save.setVisible(bool(self.items))
        self.bar.set_name(self.tr("Telling photos"))
        self.bar.set_start(self.tr("Describe again"), self.tr("Space: the next word"))


def _lines(sentence: str, width: int = 30, most: int = 3) -> list[str]:
    import textwrap

    found: list[Any] = textwrap.wrap(sentence, width)[:most]
    return [*found, *([""] * (most - len(found)))]
