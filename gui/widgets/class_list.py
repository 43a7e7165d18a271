"""All classes of a set in a list to search, in English and Korean (lecture row 39: the list of 1,000 objects)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from engine.text import Text, counted
from gui import theme
from gui.widgets.basics import button, column, label, row
from gui.widgets.retold import Retold

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
_HIGH = 30  # logical pixels at type scale 1


class _Classes(QAbstractListModel):
    """Number, both names and the count of each class that is searched for."""

    def __init__(self) -> None:
        super().__init__()
        self.names: Sequence[Text] = ()
        self.words: Sequence[str] = ()
        self.shares: Sequence[float] = ()
        self.shown: list[int] = []

    def fill(self, names: Sequence[Text], words: Sequence[str], shares: Sequence[float]) -> None:
        self.names, self.words, self.shares = names, words, shares
        self.search("")

    def search(self, text: str) -> None:
        """Keep the classes in whose English or Korean name (or number) `text` occurs."""
        text = text.strip().casefold()
        self.beginResetModel()
        self.shown = [
            i for i, name in enumerate(self.names) if text in name.en.casefold() or text in name.ko or text == str(i)
        ]
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        of = self.shown[index.row()]
        name = self.names[of]
        if role == Qt.ItemDataRole.UserRole:
            return of
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return " · ".join(part for part in (str(of), name.en, name.ko if name.ko != name.en else "") if part)
        return None


class _Line(QStyledItemDelegate):
    """A class on one line: number, English, Korean, count."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, round(_HIGH * theme.scale()))

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, _Classes)
        now, of = theme.current(), int(index.data(Qt.ItemDataRole.UserRole))
        name, r = model.names[of], QRectF(option.rect)
        state = option.state
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(Qt.PenStyle.NoPen)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            p.setBrush(QColor(now.you_soft if state & QStyle.StateFlag.State_Selected else now.raised))
            p.drawRoundedRect(r, 6, 6)
        number, half = 48 * theme.scale(), (r.width() - 48 * theme.scale() - 110) / 2
        self._words(p, str(of), QRectF(r.x() + 8, r.y(), number, r.height()), ("small", 400, now.faint))
        first = QRectF(r.x() + number, r.y(), half - 8, r.height())
        self._words(p, name.en, first, ("body", 500, now.text))
        self._words(p, name.ko if name.ko != name.en else "", first.translated(half, 0), ("body", 400, now.dim))
        if of < len(model.words):
            self._amount(p, QRectF(r.right() - 110, r.y(), 102, r.height()), model.words[of], model.shares[of])

    @staticmethod
    def _words(p: QPainter, words: str, room: QRectF, how: tuple[str, int, str]) -> None:
        p.setFont(theme.font(how[0], how[1]))
        p.setPen(QColor(how[2]))
        words = QFontMetricsF(p.font()).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        p.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)

    @staticmethod
    def _amount(p: QPainter, room: QRectF, words: str, share: float) -> None:
        now = theme.current()
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(now.hover))
        p.drawRoundedRect(QRectF(room.x(), room.center().y() - 1.5, 44, 3), 1.5, 1.5)
        p.setBrush(QColor(now.net))
        if share > 0:
            p.drawRoundedRect(QRectF(room.x(), room.center().y() - 1.5, max(3.0, 44 * share), 3), 1.5, 1.5)
        p.setPen(QColor(now.dim))
        p.setFont(theme.font("small"))
        p.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)


class ClassList(Retold, QWidget):
    """Every class with its number, both names and how much there is of it.

    Signals:
        chosen: (int) a class was chosen (Enter or a click). closed: back to the pictures.
    """

    chosen = Signal(int)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._model = _Classes()
        self._back, self._note = button("grid-four", kind="quiet", size="compact"), label("small")
        self.finder = QLineEdit()
        self.finder.setMaximumWidth(260)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Line(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._back.clicked.connect(self.closed)
        self.finder.textChanged.connect(self._search)
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)
        self.setLayout(column(row(self._back, self._note, None, (self.finder, 1), gap=8), (self.list, 1), gap=10))
        self.retranslate()

    def retranslate(self) -> None:
        self._back.setText(self.tr("All pictures"))
        self.finder.setPlaceholderText(self.tr("Find a class"))
        self.finder.setAccessibleName(self.tr("Find a class"))
        self.list.setAccessibleName(self.tr("All classes with their names in English and Korean"))
        self._say()

    def show_classes(self, names: Sequence[Text], words: Sequence[str] = (), shares: Sequence[float] = ()) -> None:
        """List these classes; `words` and `shares` (in [0, 1]) say how much there is of each."""
        self.finder.clear()
        self._model.fill(names, words, shares)
        self._say()

    def _search(self, text: str) -> None:
        self._model.search(text)
        self._say()

    def _say(self) -> None:
        total, shown = len(self._model.names), self._model.rowCount()
        words = counted(self.tr("{n} classes").format(n=f"{total:,}"))
        if shown != total:
            words = self.tr("{n} of {total} classes").format(n=f"{shown:,}", total=f"{total:,}")
        self._note.setText(words)

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(int(index.data(Qt.ItemDataRole.UserRole)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
