"""Rows of a colour, a name and a number: the classes to choose from, the objects in the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui import theme

ROW = 28
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Row:
    """colour: of its class. name: in words. note: at the right. key: what chooses it ("" = none)."""

    colour: QColor
    name: str
    note: str = ""
    key: str = ""


class _Rows(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def show(self, rows: Sequence[Row]) -> None:
        """Replace the rows; the view keeps its place where the number of rows is the same."""
        rows = tuple(rows)
        if len(rows) == len(self.rows):
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if index.isValid() and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            row = self.rows[index.row()]
            return f"{row.name} {row.note}".strip()
        return None


class _Paint(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(80, round(ROW * theme.scale()))

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        assert isinstance(model, _Rows)
        row, now = model.rows[index.row()], theme.current()
        state: QStyle.StateFlag = option.state
        place = QRectF(option.rect).adjusted(2, 1, -2, -1)
        p.save()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(Qt.PenStyle.NoPen)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            p.setBrush(QColor(now.you_soft if chosen else now.hover))
            p.drawRoundedRect(place, 6, 6)
        p.setBrush(row.colour)
        p.drawRoundedRect(QRectF(place.left() + 8, place.center().y() - 6, 12, 12), 3, 3)
        _words(p, place.adjusted(28, 0, -8, 0), row, chosen=chosen)
        p.restore()


def _words(p: QPainter, place: QRectF, row: Row, *, chosen: bool) -> None:
    now = theme.current()
    small = theme.font("caption", 500)
    measure = QFontMetricsF(small)
    right = place.right()
    p.setFont(small)
    p.setPen(QColor(now.faint if not chosen else now.dim))
    middle = Qt.AlignmentFlag.AlignVCenter
    if row.note:
        width = measure.horizontalAdvance(row.note)
        p.drawText(QRectF(right - width, place.top(), width + 1, place.height()), middle, row.note)
        right -= width + 8
    if row.key:
        p.drawText(QRectF(place.left(), place.top(), 12, place.height()), middle, row.key)
        place = place.adjusted(13, 0, 0, 0)
    font = theme.font("body", 500 if chosen else 400)
    p.setFont(font)
    p.setPen(QColor(now.text))
    room = max(0.0, right - place.left())
    words = QFontMetricsF(font).elidedText(row.name, Qt.TextElideMode.ElideRight, room)
    p.drawText(QPointF(place.left(), place.center().y() + measure.ascent() / 2 - 0.5), words)


class MarkList(QListView):
    """A list of which one row is chosen, or none.

    Signals:
        picked: (int) a person chose a row. taken_away: (int) Delete on a row.
    """

    picked = Signal(int)
    taken_away = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setItemDelegate(_Paint(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._telling = True
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.clicked.connect(self._clicked)

    def show_rows(self, rows: Sequence[Row], chosen: int) -> None:
        """Show these rows, one chosen (−1 = none), without telling anybody."""
        self._telling = False
        self._rows.show(rows)
        self.choose(chosen)
        self._telling = True
        self.viewport().update()

    def rows(self) -> tuple[Row, ...]:
        """What is listed."""
        return self._rows.rows

    def chosen(self) -> int:
        """The chosen row, −1 = none."""
        return self.currentIndex().row()

    def choose(self, row: int) -> None:
        """Choose a row without telling anybody."""
        telling, self._telling = self._telling, False
        if 0 <= row < len(self._rows.rows):
            self.setCurrentIndex(self._rows.index(row))
        else:
            self.selectionModel().clear()
        self._telling = telling

    def sizeHint(self) -> QSize:
        return QSize(180, round(ROW * theme.scale()) * max(1, len(self._rows.rows)) + 4)

    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        if self._telling and now.isValid():
            self.picked.emit(now.row())

    def _clicked(self, index: QModelIndex) -> None:
        if self._telling:
            self.picked.emit(index.row())  # the chosen one once more: it may be wanted again

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.chosen() >= 0:
            self.taken_away.emit(self.chosen())
        elif event.text().isprintable() and event.text():
            event.ignore()  # letters and numbers are shortcuts here, not a search
        else:
            super().keyPressEvent(event)
