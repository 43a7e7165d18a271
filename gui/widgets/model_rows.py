"""The list of models as rows: name, task, licence, size, what it unlocks, and where it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from engine.download import in_words
from engine.models import TASKS, ModelCard, Place, Where
from engine.text import Text
from gui import theme
from gui.widgets.chip import chip_size, paint_chip
from gui.words import say

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class ModelRow:
    """A model as the list shows it.

    share: how much of its download is done, 0 to 1; None = none runs. waiting: another download comes first.
    said:  what the download says of itself. error: why the last one failed.
    """

    card: ModelCard
    place: Place
    share: float | None = None
    waiting: bool = False
    said: Text | None = None
    error: Text | None = None

    @property
    def here(self) -> bool:
        return self.place.where is not Where.MISSING

    @property
    def busy(self) -> bool:
        return self.waiting or self.share is not None

    def found_by(self, words: Sequence[str]) -> bool:
        """Whether every word (casefolded) stands somewhere in what the row says, in either language."""
        card = self.card
        parts = (card.id, *(t.render(x) for t in (card.name, TASKS[card.task], card.unlocks) for x in ("en", "ko")))
        text = " ".join((*parts, card.licence)).casefold()
        return all(word in text for word in words)


def chip_of(row: ModelRow) -> tuple[str, str]:
    """The chip that tells where a model is: (kind, words)."""
    if row.busy:
        return "plain", QCoreApplication.translate("ModelRows", "waiting")
    if row.error:
        return "bad", QCoreApplication.translate("ModelRows", "failed")
    if row.place.where is Where.MISSING:
        words = QCoreApplication.translate("ModelRows", "download {size}")
        return "download", words.format(size=in_words(row.card.bytes))
    return {
        Where.BUNDLED: ("bundled", QCoreApplication.translate("ModelRows", "bundled")),
        Where.PACKAGE: ("bundled", QCoreApplication.translate("ModelRows", "bundled")),
        Where.HERE: ("here", QCoreApplication.translate("ModelRows", "here")),
        Where.IMPORTED: ("here", QCoreApplication.translate("ModelRows", "imported")),
    }[row.place.where]


class ModelRows(QAbstractListModel):
    """The rows that are shown, in order."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[ModelRow] = []

    def show_rows(self, rows: Sequence[ModelRow]) -> None:
        """Show these instead of those before."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def change(self, row: ModelRow) -> None:
        """One row is another now."""
        if (at := self.row_of(row.card.id)) >= 0:
            self._rows[at] = row
            self.dataChanged.emit(self.index(at), self.index(at))

    def refresh(self) -> None:
        """Another language: the same values read differently."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def row_of(self, id: str) -> int:
        """Where a model stands, or −1."""
        return next((i for i, row in enumerate(self._rows) if row.card.id == id), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return say(row.card.name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (say(row.card.name), say(TASKS[row.card.task]), chip_of(row)[1], say(row.card.unlocks))
            return ", ".join(parts)
        if role == Qt.ItemDataRole.ToolTipRole:
            return say(row.error or row.card.unlocks)
        return None


HEIGHT, PAD = 52, 12
_CHIP, _SIZE, _LICENCE = 144, 76, 118  # widths of the columns at the right


def _chip_box(place: QRectF, row: ModelRow) -> QRectF:
    """The row's chip at the right of its place."""
    size = chip_size(*chip_of(row))
    return QRectF(place.right() - size.width(), place.center().y() - size.height() / 2, size.width(), size.height())


class ModelPainter(QStyledItemDelegate):
    """Paints one row in two lines; a running download as a bar. The chip that offers a download is a button.

    Signals:
        get_asked: (ModelRow) that chip was clicked.
    """

    get_asked = Signal(object)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(420, round(HEIGHT * theme.scale()))

    def paint(self, p: QPainter, option: Any, index: Index) -> None:
        row, now, scale = index.data(ROW), theme.current(), theme.scale()
        box = QRectF(option.rect).adjusted(0, 1, 0, -1)
        p.save()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(p, box, option)
        inside, place = box.adjusted(PAD, 6, -PAD, -6), self._place(box)
        top = QRectF(inside.left(), inside.top(), place.left() - inside.left() - 8, inside.height() / 2)
        size = QRectF(top.right() - _SIZE * scale, top.top(), _SIZE * scale, top.height())
        licence = QRectF(size.left() - _LICENCE * scale, top.top(), _LICENCE * scale, top.height())
        name = top.adjusted(0, 0, licence.left() - top.right() - 8, 0)
        self._words(p, name, say(row.card.name), now.text, theme.font("body", 600))
        self._words(p, licence, row.card.licence, now.faint, theme.font("caption"))
        self._words(p, size, in_words(row.card.bytes), now.dim, theme.font("small", 500), right=True)
        line = f"{say(TASKS[row.card.task])} · {say(row.card.unlocks)}"
        self._words(p, top.translated(0, top.height()), line, now.dim, theme.font("small"))
        self._state(p, place, row)
        p.restore()

    @staticmethod
    def _place(box: QRectF) -> QRectF:
        """Where a row of this size tells where its model is."""
        width = _CHIP * theme.scale()
        return QRectF(box.right() - PAD - width, box.top() + 6, width, box.height() - 12)

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: Any, index: Index) -> bool:
        row: ModelRow = index.data(ROW)
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            box = QRectF(option.rect).adjusted(0, 1, 0, -1)
            if not row.here and not row.busy and _chip_box(self._place(box), row).contains(event.position()):
                self.get_asked.emit(row)
                return True
        return super().editorEvent(event, model, option, index)

    def _ground(self, p: QPainter, box: QRectF, option: Any) -> None:
        now = theme.current()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(now.you_soft if chosen else now.hover))
            p.drawRoundedRect(box, 6, 6)

    def _words(self, p: QPainter, box: QRectF, words: str, colour: str, font: Any, right: bool = False) -> None:
        p.setFont(font)
        p.setPen(QColor(colour))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        short = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, int(box.width()))
        p.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, short)

    def _state(self, p: QPainter, box: QRectF, row: ModelRow) -> None:
        now = theme.current()
        if row.share is None:
            kind, words = chip_of(row)
            size = chip_size(kind, words)
            where = QRectF(
                box.right() - size.width(), box.center().y() - size.height() / 2, size.width(), size.height()
            )
            paint_chip(p, where, kind, words)
            return
        bar = QRectF(box.left() + 8, box.center().y() - 3, box.width() - 8 - 44, 6)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(now.hover))
        p.drawRoundedRect(bar, 3, 3)
        p.setBrush(QColor(now.net))
        p.drawRoundedRect(QRectF(bar.left(), bar.top(), max(6.0, bar.width() * row.share), bar.height()), 3, 3)
        font = theme.font("small", 500)
        self._words(p, box, f"{row.share:.0%}", now.net, font, right=True)
