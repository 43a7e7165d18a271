"""The left column of the dataset browser: the sets as cards, opening a place, the licence at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLabel, QMenu, QVBoxLayout, QWidget

from engine.data.imageset import DatasetCard
from gui.widgets.basics import Icon, button, column, label, row, rule
from gui.widgets.controls import LOOK_CHANGED
from gui.widgets.set_card import SetCard
from gui.words import say

BUNDLED, HERE, OPENED, DOWNLOAD, MISSING = range(5)


class SetList(QWidget):
    """All sets in groups; one is chosen.

    Signals:
        chosen: (str) a person chose the set with this id.
        folder_asked, file_asked: a person wants to open a folder; a file or an archive.
        get_asked, get_stopped: (str) download a set; end its download.
        forget_asked: (str) take an opened set off the list.
        classes_asked: the list of ImageNet's classes.
    """

    chosen = Signal(str)
    folder_asked = Signal()
    file_asked = Signal()
    get_asked = Signal(str)
    get_stopped = Signal(str)
    forget_asked = Signal(str)
    classes_asked = Signal()

    def __init__(self, cards: Sequence[DatasetCard]) -> None:
        super().__init__()
        self.cards: dict[str, SetCard] = {}
        self._here = {card.id for card in cards if card.bundled}
        self._opened: frozenset[str] = frozenset()
        self._sizes: dict[str, int] = {}  # of downloads, in bytes
        self._chosen = ""
        self._title, self.open = label("section"), button("folder-open", size="compact")
        self._menu = QMenu(self)
        self._folder, self._file = self._menu.addAction(""), self._menu.addAction("")
        self._folder.triggered.connect(self.folder_asked)
        self._file.triggered.connect(self.file_asked)
        self.open.setMenu(self._menu)
        self.head = row(self._title, None, self.open, gap=6)
        self._groups: list[tuple[QLabel, QVBoxLayout]] = [(label("section"), column(gap=2)) for _ in range(5)]
        self.names = button("book-open", kind="quiet", size="compact")
        self.names.clicked.connect(self.classes_asked)
        self._licence = label("caption", wrap=True)
        foot = row(Icon("info", "dim", 14), (self._licence, 1), gap=8)
        groups = [item for title, place in self._groups for item in (title, place)]
        self.setLayout(
            column(self.head, *groups, row(self.names, None), None, rule(), foot, gap=10, margins=(16, 14, 16, 14))
        )
        self.show_sets(cards, self._here, frozenset(), {})
        self.retranslate()

    def add_tool(self, widget: QWidget) -> None:
        """One more button beside "Open"."""
        self.head.addWidget(widget)

    def retranslate(self) -> None:
        self._title.setText(self.tr("Data sets"))
        self.open.setText(self.tr("Open"))
        self.open.setToolTip(self.tr("Open a folder, a file or an archive (Ctrl+O), or drop it on this page"))
        self._folder.setText(self.tr("Open a folder…"))
        self._file.setText(self.tr("Open a file or an archive…"))
        self.names.setText(self.tr("ImageNet’s 1,000 classes"))
        self.names.setToolTip(self.tr("The list of 1,000 objects, in English and Korean"))
        for (title, _), words in zip(
            self._groups,
            (
                self.tr("Bundled"),
                self.tr("On this machine"),
                self.tr("Opened"),
                self.tr("Can be downloaded"),
                self.tr("Not here yet"),
            ),
            strict=True,
        ):
            title.setText(words)
        self._say_places()
        self._say_licence()

    # Which sets there are

    def show_sets(
        self, cards: Sequence[DatasetCard], here: set[str], opened: frozenset[str], sizes: dict[str, int]
    ) -> None:
        """Show these sets in groups: bundled, `here`, `opened`, to be downloaded (`sizes` in bytes), and the others."""
        self._here, self._opened, self._sizes = here, opened, sizes
        for id in self.cards.keys() - {card.id for card in cards}:
            self.cards.pop(id).deleteLater()
        for card in cards:
            if card.id not in self.cards:
                self.cards[card.id] = self._new_card(card)
            self.cards[card.id].card = card
        for _, place in self._groups:
            while place.takeAt(0) is not None:
                pass
        for card in cards:
            self._groups[self._group_of(card.id)][1].addWidget(self.cards[card.id])
        for title, place in self._groups:
            title.setVisible(place.count() > 0)
        self._say_places()
        self.choose(self._chosen)

    def _new_card(self, card: DatasetCard) -> SetCard:
        made = SetCard(card)
        made.setParent(self)
        made.clicked.connect(partial(self._clicked, card.id))
        made.get_asked.connect(partial(self.get_asked.emit, card.id))
        made.get_stopped.connect(partial(self.get_stopped.emit, card.id))
        made.forget_asked.connect(partial(self.forget_asked.emit, card.id))
        made.show()
        return made

    def _group_of(self, id: str) -> int:
        if id in self._opened:
            return OPENED
        if self.cards[id].card.bundled:
            return BUNDLED
        if id in self._here:
            return HERE
        return DOWNLOAD if id in self._sizes else MISSING

    def choose(self, id: str) -> None:
        """Mark one as the set that is shown, without telling anybody."""
        self._chosen = id
        if id in self.cards:
            self.cards[id].setChecked(True)
        self._say_licence()

    def show_progress(self, id: str, done: int, total: int, words: str = "") -> None:
        """The download of a set: `done` of `total` bytes; total 0 = it has ended."""
        if id in self.cards:
            self.cards[id].show_progress(done, total, words)

    # Words

    def _say_places(self) -> None:
        for id, card in self.cards.items():
            group = self._group_of(id)
            where = self.tr("moved away") if group == OPENED and id not in self._here else ""
            size = f"{self._sizes[id] / 1e6:,.0f} MB" if group == DOWNLOAD else ""
            forget = self.tr("Take off the list; the files stay") if group == OPENED else ""
            card.set_words(where, self._groups[group][0].text(), get=size, tip=self.tr("Download"), forget=forget)

    def _say_licence(self) -> None:
        of = self.cards[self._chosen].card.card if self._chosen in self.cards else None
        if of is None:
            self._licence.setText(self.tr("Choose a set to see where it comes from."))
            return
        parts = (of.data_licence, of.paper or of.source)
        self._licence.setText(f"{say(of.name)}: " + " ".join(f"{part}." for part in parts if part))

    def _clicked(self, id: str) -> None:
        self._chosen = id
        self._say_licence()
        self.chosen.emit(id)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in LOOK_CHANGED:
            for card in self.cards.values():
                card.follow_theme()
