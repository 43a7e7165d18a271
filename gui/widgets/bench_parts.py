"""Small parts of the Benchmark tab: the row of a benchmark, a chart's legend, a table, a slide's figure beside ours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QSizePolicy, QTableView, QWidget

from engine.bench.catalogue import BenchCard
from engine.bench.charts import Said, Table
from engine.text import Text
from gui import theme
from gui.widgets.basics import Chip, Icon, column, label, restyle, row
from gui.widgets.clickable import Clickable
from gui.widgets.lens import explain
from gui.words import say

Index = QModelIndex | QPersistentModelIndex
_Roles = Qt.ItemDataRole


class BenchRow(Clickable):
    """One benchmark: icon, name, what it tells."""

    def __init__(self, card: BenchCard) -> None:
        super().__init__("clickable")
        self.card = card
        self._name, self._summary = label("strong"), label("caption")
        self._icon = Icon(card.icon, "dim", 18)
        self._summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # the column decides
        words = column(self._name, self._summary, gap=0)
        self.setLayout(row(self._icon, (words, 1), gap=10, margins=(8, 1, 6, 1)))
        explain(self, card.explanation)
        self.retranslate()

    def set_chosen(self, on: bool) -> None:
        """Show that this one is on the stage."""
        restyle(self, on=on)
        self._icon.show_icon(self.card.icon, "you" if on else "dim")

    def retranslate(self) -> None:
        self._name.setText(say(self.card.name))
        self._summary.setText(say(self.card.summary))
        self.setAccessibleName(f"{say(self.card.name)}. {say(self.card.summary)}")


class Legend(QWidget):
    """Swatches with words in one line, right-aligned; what does not fit is told by hover alone."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[tuple[QColor | str, str]] = []
        self.setFixedHeight(round(18 * theme.scale()))

    def show_entries(self, entries: Sequence[tuple[QColor | str, str]]) -> None:
        """(colour, or the name of one of the theme's, and word) in order."""
        self._entries = list(entries)
        self.setAccessibleName(", ".join(word for _, word in entries))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setFont(theme.font("caption"))
        wide = QFontMetricsF(p.font())
        x = float(self.width())
        shown = []
        for ink, word in reversed(self._entries):
            x -= wide.horizontalAdvance(word) + 28
            if x < 0:
                break
            shown.append((x, ink, word))
        for at, ink, word in shown:
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(getattr(theme.current(), ink)) if isinstance(ink, str) else ink)
            p.drawRoundedRect(QRectF(at, self.height() / 2 - 5, 10, 10), 3, 3)
            p.setPen(QColor(theme.current().dim))
            p.drawText(QRectF(at + 15, 0, 400, self.height()), Qt.AlignmentFlag.AlignVCenter, word)


class TableModel(QAbstractTableModel):
    """A `Table` for a view."""

    def __init__(self) -> None:
        super().__init__()
        self._table: Table | None = None

    def show_table(self, table: Table | None) -> None:
        """Hold this one."""
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self._table.rows) if self._table else 0

    def columnCount(self, parent: Index | None = None) -> int:
        return len(self._table.columns) if self._table else 0

    def data(self, index: Index, role: int = _Roles.DisplayRole) -> Any:
        if self._table is None or not index.isValid():
            return None
        value = self._table.rows[index.row()][index.column()]
        if role == _Roles.DisplayRole:
            return _cell(value)
        if role == _Roles.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if isinstance(value, Text) else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Roles.DisplayRole) -> Any:
        if self._table is None or orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _Roles.DisplayRole:
            return say(self._table.columns[section])
        if role == _Roles.TextAlignmentRole:
            first = self._table.rows[0][section] if self._table.rows else None
            side = Qt.AlignmentFlag.AlignLeft if isinstance(first, Text) else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, Text):
        return say(value)
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.4g}".replace("-", "−")


class BenchTable(QTableView):
    """A table of figures to look at."""

    def __init__(self) -> None:
        super().__init__()
        self.model_ = TableModel()
        self.setModel(self.model_)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(26)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setMinimumSectionSize(64)
        self.setShowGrid(False)
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setWordWrap(False)

    def show_table(self, table: Table | None) -> None:
        """Show this one."""
        self.model_.show_table(table)
        self.setAccessibleName(say(table.title) if table else "")


class SaidRow(QWidget):
    """What a slide said, and what was found here."""

    def __init__(self, said: Said, words: tuple[str, str, str]) -> None:
        """`words`: "slide said", "estimate", "not run yet" in the language in force."""
        super().__init__()
        name, slide, here = label("small", wrap=True), Chip("slide"), label("strong", tone="net", wrap=True)
        name.setText(say(said.name))
        slide.setText(say(said.said))
        slide.setToolTip(words[0])
        here.setText(say(said.here) if said.here else words[2])
        restyle(here, tone="net" if said.here else "faint")
        mark = Chip("estimate" if said.estimate else "measured")
        mark.setText(words[1] if said.estimate else "")
        mark.setVisible(said.here is not None and said.estimate)
        self.setLayout(column(name, row(slide, None), row((here, 1), mark, gap=6), gap=4))
