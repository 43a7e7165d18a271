"""The left column of the dataset browser: the sets as cards, opening a folder, the licence at the foot."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from engine.data.imageset import DatasetCard
from gui import theme
from gui.widgets.basics import Chip, Icon, button, column, label, row, rule
from gui.widgets.lens import explain
from gui.widgets.pictures import Picture
from gui.words import say

MOSAIC = 44


class SetCard(QAbstractButton):
    """One set: four of its pictures, name, size, and where it is."""

    def __init__(self, card: DatasetCard) -> None:
        super().__init__()
        self.card = card
        self._mosaic = Picture(smooth=True, radius=5)
        self._mosaic.setFixedSize(MOSAIC, MOSAIC)
        self._name, self._size, self._chip = label("strong"), label("caption"), Chip("bundled")
        words = column(row(self._name, None, self._chip, gap=4), self._size, gap=2)
        self.setLayout(row(self._mosaic, (words, 1), gap=10, margins=(8, 6, 8, 6)))
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        explain(self, card.card.explanation)

    def set_words(self, where: str, *, here: bool) -> None:
        """Say its name and size in the language in force, and where it is."""
        self._name.setText(say(self.card.card.name))
        self._size.setText(say(self.card.size_words))
        self._chip.set_kind("bundled" if self.card.bundled else "here" if here else "plain")
        self._chip.setText(where)
        self.setAccessibleName(f"{say(self.card.card.name)}, {where}")
        self.setAccessibleDescription(say(self.card.card.summary))
        self.setToolTip(say(self.card.card.summary))

    def show_pictures(self, images: np.ndarray) -> None:
        """Four (H, W[, 3]) uint8 pictures of it as a mosaic, two by two."""
        self._mosaic.show_array(np.vstack([np.hstack([images[i], images[i + 1]]) for i in (0, 2)]))

    def sizeHint(self) -> QSize:
        return self.layout().sizeHint()  # type: ignore[union-attr]  # set in __init__

    def minimumSizeHint(self) -> QSize:
        return self.layout().minimumSize()  # type: ignore[union-attr]

    def paintEvent(self, event: QPaintEvent) -> None:
        now, p = theme.current(), QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            p.setBrush(QColor(now.you_soft if self.isChecked() else now.raised))
            p.drawRoundedRect(QRectF(self.rect()), 8, 8)
        if self.hasFocus():
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.setPen(QPen(QColor(now.you), 2))
            p.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)


class SetList(QWidget):
    """All sets; one is chosen.

    Signals:
        chosen: (str) a person chose the set with this id.
        folder_asked: a person wants to open a folder.
    """

    chosen = Signal(str)
    folder_asked = Signal()

    def __init__(self, cards: Sequence[DatasetCard]) -> None:
        super().__init__()
        self.cards = {card.id: SetCard(card) for card in cards}
        self._here: set[str] = {card.id for card in cards if card.bundled}
        self._title = label("section")
        self.folder = button("folder-open", size="compact")
        self.folder.clicked.connect(self.folder_asked)
        self._licence = label("caption", wrap=True)
        foot = row(Icon("info", "dim", 14), (self._licence, 1), gap=8)
        list_ = column(*self.cards.values(), gap=2)
        self.setLayout(
            column(row(self._title, None, self.folder), list_, None, rule(), foot, gap=10, margins=(16, 14, 16, 14))
        )
        for card in self.cards.values():
            card.clicked.connect(self._clicked)
        self.retranslate()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Data sets"))
        self.folder.setText(self.tr("Open a folder"))
        self.folder.setToolTip(self.tr("Open a folder that holds a data set (Ctrl+O)"))
        self._say_places()
        self._say_licence()

    def set_places(self, here: set[str]) -> None:
        """Say which sets are on this machine."""
        self._here = here
        self._say_places()

    def choose(self, id: str) -> None:
        """Mark one as the set that is shown, without telling anybody."""
        self.cards[id].setChecked(True)
        self._say_licence()

    def _say_places(self) -> None:
        for id, card in self.cards.items():
            here = id in self._here
            where = self.tr("bundled") if card.card.bundled else self.tr("here") if here else self.tr("not here")
            card.set_words(where, here=here)

    def _say_licence(self) -> None:
        of = next((card.card.card for card in self.cards.values() if card.isChecked()), None)
        if of is None:
            self._licence.setText(self.tr("Choose a set to see where it comes from."))
            return
        self._licence.setText(f"{say(of.name)}: {of.data_licence}. {of.paper}.")

    def _clicked(self) -> None:
        card = self.sender()
        if isinstance(card, SetCard):
            self._say_licence()
            self.chosen.emit(card.card.id)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
