"""A set of photographs in numbers: objects per picture, sizes, and what the slides said of famous sets (rows 93–95)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from engine.data import explained
from engine.data.facts import Comparison, references
from engine.data.photo_statistics import Objects
from engine.text import counted
from gui.widgets.basics import Chip, column, label, row
from gui.widgets.lens import explain
from gui.widgets.photo_counts import CountBars
from gui.words import say


class PhotoNumbers(QWidget):
    """Counts of what is marked in the pictures shown; "slide said / here" where the lecture spoke of the set."""

    def __init__(self) -> None:
        super().__init__()
        self._objects: Objects | None = None
        self._sizes: list[tuple[int, int, int]] = []
        self._compared: Sequence[Comparison] = ()
        self._bars_title, self._bars_note = label("section"), label("caption")
        self.bars = CountBars()
        self.bars.pointed.connect(self._say_bar)
        self._boxes, self._pictures = label("caption", wrap=True), label("caption", wrap=True)
        self._said, self._here = Chip("slide"), Chip("measured")
        self._table = QWidget()
        self._table_grid = QGridLayout(self._table)
        self._table_grid.setContentsMargins(0, 0, 0, 0)
        self._table_grid.setHorizontalSpacing(10)
        self._table_grid.setVerticalSpacing(3)
        self._table_title = label("section")
        self._table_head = QWidget()
        self._table_head.setLayout(row(self._table_title, None, self._said, self._here, gap=6))
        explain(self.bars, explained.OBJECTS)
        self.setLayout(
            column(
                row(self._bars_title, None, self._bars_note),
                self.bars,
                self._boxes,
                self._pictures,
                self._table_head,
                self._table,
                gap=8,
            )
        )
        self.retranslate()

    def retranslate(self) -> None:
        self._bars_title.setText(self.tr("Objects in a picture"))
        self.bars.setAccessibleName(self.tr("How many pictures hold how many objects"))
        self._table_title.setText(self.tr("Famous sets"))
        self._said.setText(self.tr("slide said"))
        self._here.setText(self.tr("this set"))
        self._say_all()

    def show_numbers(
        self, objects: Objects | None, sizes: list[tuple[int, int, int]], compared: Sequence[Comparison]
    ) -> None:
        """Show the counts of marked objects (None where none are marked), common sizes, and the slide's numbers."""
        self._objects, self._sizes, self._compared = objects, sizes, compared
        self._say_all()
        self._fill_table()

    def _say_all(self) -> None:
        found = self._objects
        for part in (self._bars_title, self._bars_note, self.bars, self._boxes):
            part.setVisible(found is not None)
        self._pictures.setVisible(bool(self._sizes))
        self._table_head.setVisible(bool(self._compared))
        self._table.setVisible(bool(self._compared))
        if found is not None:
            self.bars.show_counts(found.per_picture, found.mean, here=self.tr("this set"), lines=references())
            self._say_bar(-1)
            self._boxes.setText(self._box_words(found))
        sizes = ", ".join(f"{w} × {h} ({n:,})" for w, h, n in self._sizes)
        self._pictures.setText(self.tr("Picture sizes: {sizes}").format(sizes=sizes))

    def _box_words(self, found: Objects) -> str:
        words = self.tr(
            "{n} objects: {small} small (under 32² px), {medium} medium, {large} large (from 96² px). {empty} empty pictures."
        )
        return words.format(
            n=f"{found.objects:,}",
            small=_percent(found.small),
            medium=_percent(found.medium),
            large=_percent(found.large),
            empty=f"{found.empty:,}",
        )

    def _say_bar(self, bar: int) -> None:
        found = self._objects
        if found is None:
            return
        if bar < 0:
            words = self.tr("mean {mean}, at most {most}").format(mean=f"{found.mean:.1f}", most=found.most)
        else:
            more = "+" if bar == len(found.per_picture) - 1 else ""
            count = f"{int(found.per_picture[bar]):,}"
            words = self.tr("{objects} objects: {n} pictures").format(objects=f"{bar}{more}", n=count)
        self._bars_note.setText(counted(words))

    def _fill_table(self) -> None:
        grid = self._table_grid
        while (item := grid.takeAt(0)) is not None:
            if old := item.widget():
                old.deleteLater()
        line = 0
        for compared in self._compared:
            grid.addWidget(_words("strong", say(compared.title)), line, 0, 1, 3)
            line += 1
            for fact in compared.rows:
                grid.addWidget(_words("small", say(fact.what)), line, 0)
                grid.addWidget(_words("small", _figure(fact.said), tone="slide", right=True), line, 1)
                here = _figure(fact.here) if fact.here is not None else "–"
                tone = "net" if fact.here is not None else "faint"
                grid.addWidget(_words("small", here, tone=tone, right=True), line, 2)
                line += 1
            if compared.note:
                grid.addWidget(_words("caption", say(compared.note), wrap=True), line, 0, 1, 3)
                line += 1
        grid.setColumnStretch(0, 1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self._fill_table()


def _words(kind: str, text: str, *, tone: str | None = None, right: bool = False, wrap: bool = False) -> QLabel:
    made = label(kind, wrap=wrap, tone=tone)
    made.setText(text)
    if right:
        made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made


def _figure(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def _percent(share: float) -> str:
    return f"{share * 100:.0f}\u2009%"
