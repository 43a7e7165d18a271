"""The middle of Benchmark: one chart or table of a result at a time, what it says, and values under the pointer."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QStackedWidget, QWidget

from engine.bench.catalogue import BenchCard
from engine.bench.charts import Chart, Shown, Table, shown_of
from engine.text import Text, counted
from gui.widgets.basics import Chip, State, column, frame, label, row
from gui.widgets.bench_chart import BenchChart
from gui.widgets.bench_parts import BenchTable, Legend
from gui.words import say


class BenchmarkStage(QWidget):
    """What was found. Signals: viewed: another chart or table was chosen."""

    viewed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._card: BenchCard | None = None
        self._shown: Shown | None = None
        self._views: list[Chart | Table] = []
        self._extra: Chart | None = None
        self._why: Text | None = None
        self._title, self._unit, self._under = label("title"), label("small"), label("small", tone="net")
        self._chip, self.choice = Chip("measured"), QComboBox()
        self.chart, self.table, self._legend = BenchChart(), BenchTable(), Legend()
        self._empty = State("gauge", stage=True)
        self._reading = label("small", wrap=True)
        self._note = frame("note", column(self._reading, margins=(12, 9, 12, 9)))
        self._stack = QStackedWidget()
        for one in (self._empty, self.chart, self.table):
            self._stack.addWidget(one)
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.choice.setMinimumWidth(150)
        self.choice.setMaximumWidth(300)
        self.choice.currentIndexChanged.connect(self._chosen)
        self.chart.told.connect(self._tell)
        head = row(self._title, self._chip, None, self.choice, gap=10)
        second = row(self._unit, self._under, (self._legend, 1), gap=10)
        body = column(head, second, (self._stack, 1), self._note, gap=8, margins=(14, 12, 14, 14))
        self.setLayout(column(frame("panel", body), gap=0))
        self.retranslate()

    @property
    def title(self) -> str:
        """What stands above the chart."""
        return self._title.text()

    def show_empty(self, card: BenchCard, why: Text | None = None) -> None:
        """Nothing was measured yet: say what will be, or `why` it could not be."""
        self._card, self._shown, self._extra, self._why = card, None, None, why
        self._fill()

    def show_result(self, card: BenchCard, result: dict[str, Any]) -> None:
        """A result of this benchmark."""
        self._card, self._shown, self._extra = card, shown_of(result["shown"]), None
        self._fill()

    def show_extra(self, chart: Chart) -> None:
        """One more chart beside those of the result, and in front: a comparison, or how it went over time."""
        self._extra = chart
        self._fill()
        self.choice.setCurrentIndex(len(self._views) - 1)

    @property
    def shown(self) -> Shown | None:
        """What is drawn."""
        return self._shown

    def _fill(self) -> None:
        shown, extra = self._shown, self._extra
        self._views = [*shown.charts, *shown.tables] if shown else []
        self._views += [extra] if extra else []
        self.choice.blockSignals(True)
        self.choice.clear()
        for view in self._views:
            words = say(view.title)
            self.choice.addItem(words if isinstance(view, Chart) else self.tr("Table: {name}").format(name=words))
        self.choice.blockSignals(False)
        self.choice.setVisible(len(self._views) > 1)
        self._chosen()

    def _chosen(self) -> None:
        place = self.choice.currentIndex()
        if not self._views or place < 0:
            self._say_empty()
            return
        view = self._views[place]
        self._chip.show()
        if isinstance(view, Chart):
            self._show_chart(view)
        else:
            self._say_title(view.title)
            self._unit.setText(counted(self.tr("{n:,} rows").format(n=len(view.rows))))
            self._legend.show_entries([])
            self.table.show_table(view)
            self._stack.setCurrentWidget(self.table)
            self._reading.setText("  ".join(say(note) for note in self._shown.notes) if self._shown else "")
        self._note.setVisible(bool(self._reading.text()))
        self._tell("")
        self.viewed.emit()

    def _say_title(self, title: Text) -> None:
        """The select beside it says which chart it is: then the title says of what."""
        several = len(self._views) > 1 and self._card is not None
        self._title.setText(say(self._card.name if several and self._card else title))

    def _show_chart(self, chart: Chart) -> None:
        self._say_title(chart.title)
        self._chip.set_kind("estimate" if chart.estimate else "measured")
        self._chip.setText(self.tr("estimate") if chart.estimate else self.tr("measured"))
        unit, across = say(chart.unit), say(chart.x_title)
        self._unit.setText(self.tr("{unit} over {across}").format(unit=unit, across=across) if across else unit)
        self.chart.show_chart(chart)
        self._show_legend(chart)
        self._reading.setText(say(chart.reading))
        self._stack.setCurrentWidget(self.chart)

    def _show_legend(self, chart: Chart) -> None:
        names = [say(one.name) for one in chart.series] or [say(words) for _, words in chart.kinds]
        many = names if len(names) > 1 or chart.series else []
        self._legend.show_entries([(self.chart.colour_of(i), name) for i, name in enumerate(many)])

    def _say_empty(self) -> None:
        self._stack.setCurrentWidget(self._empty)
        self._chip.hide()
        self._note.hide()
        self._legend.show_entries([])
        self._unit.setText("")
        card = self._card
        self._title.setText(say(card.name) if card else "")
        if card and self._why:
            self._empty.set_words(self.tr("Could not be measured"), say(self._why))
        elif card:
            words = self.tr("{what}. Press Measure; the result stays in the history.").format(what=say(card.summary))
            self._empty.set_words(self.tr("Not measured yet"), words)

    def _tell(self, words: str) -> None:
        self._under.setText(words)
        self._unit.setVisible(not words)
        self._legend.setVisible(not words)

    def retranslate(self) -> None:
        self.choice.setAccessibleName(self.tr("Chart or table"))
        self.choice.setToolTip(self.tr("Chart or table"))
        self._under.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._chip.setText(self.tr("measured"))
        place = self.choice.currentIndex()
        self._fill()
        if 0 <= place < self.choice.count():
            self.choice.setCurrentIndex(place)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange) and hasattr(self, "_note"):
            place = self.choice.currentIndex()
            if self._views and isinstance(view := self._views[place], Chart):
                self._show_legend(view)
