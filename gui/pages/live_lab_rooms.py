"""The lab's other two rooms: the lectures' tables played step by step, and how far stacked kernels see."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QWidget

from engine.live.convolution import parameters, receptive_field, terms
from engine.live.lab_tables import TABLES, LectureTable
from gui.pages import live_lab_words as told
from gui.widgets.basics import Chip, IconButton, Segmented, SliderRow, StatTile, button, column, label, row
from gui.widgets.lab_field import FieldDrawing
from gui.widgets.lab_grid import TablePlay
from gui.widgets.lab_side import Sums, with_side
from gui.widgets.lens import explain
from gui.widgets.retold import Retold
from gui.words import say

STEP_MS = 900


class TablesRoom(Retold, QWidget):
    """One of the lectures' tables; Play walks through its steps, a click on a result cell shows that step."""

    def __init__(self) -> None:
        super().__init__()
        self.choice, self.play, self.sums = QComboBox(), TablePlay(), Sums(76)
        self.main = button("play-fill", "primary")
        self.on, self.again = IconButton("skip-forward-fill"), IconButton("arrow-counter-clockwise")
        self.count, self.formula = label("strong"), label("small", wrap=True)
        self.note_chip, self.note = Chip("slide"), label("small", wrap=True, tone="slide")
        self.title, self.hint = label("section"), label("small", wrap=True)
        self._step = -1
        self._timer = QTimer(self)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self.next)
        for one in TABLES:
            self.choice.addItem("", one.id)
        stage = QWidget()
        transport = row(self.main, self.on, self.again, self.count, None, gap=6)
        stage.setLayout(column((self.play, 1), self.sums, transport, gap=8))
        inner = QWidget()
        inner.setLayout(
            column(
                *(self.title, self.choice, self.hint, 4, self.formula, 6),
                *(row(self.note_chip, None), self.note, None),
                gap=8,
                margins=(0, 0, 10, 0),
            )
        )
        layout, self.lens = with_side(stage, inner)
        self.setLayout(layout)
        self._connect()
        self.retranslate()
        self.show_table(0)

    def _connect(self) -> None:
        self.choice.activated.connect(self.show_table)
        self.main.clicked.connect(self.toggle)
        self.on.clicked.connect(self.next)
        self.again.clicked.connect(self._restart)
        self.play.pointed.connect(self.show_step)
        for widget in (self.play, self.choice, self.main, self.on, self.again):
            explain(widget, told.TABLES)
        explain(self.sums, told.SUMS)
        explain(self.formula, told.STRIDE)
        self.lens.explain(told.TABLES)

    @property
    def table(self) -> LectureTable:
        """The table in view."""
        return TABLES[self.choice.currentIndex()]

    @property
    def step(self) -> int:
        """The step that is shown, −1 before the first."""
        return self._step

    def show_table(self, index: int) -> None:
        """Another table, before its first step."""
        self.choice.setCurrentIndex(index)
        self.play.show_table(self.table)
        self.show_step(-1)

    def toggle(self) -> None:
        """Play, or hold."""
        if self._timer.isActive():
            self._timer.stop()
        else:
            if self._step + 1 >= len(self.table.places):
                self._step = -1
            self._timer.start()
            self.next()
        self._say_step()

    def next(self) -> None:
        """One step; holds after the last."""
        last = len(self.table.places) - 1
        self._step = min(self._step + 1, last)
        if self._step == last:
            self._timer.stop()
        self._say_step()

    def show_step(self, step: int) -> None:
        """Show this step and hold."""
        self._timer.stop()
        self._step = step
        self._say_step()

    def _restart(self) -> None:
        self.show_step(-1)

    def _say_step(self) -> None:
        table, playing = self.table, self._timer.isActive()
        self.play.show_step(self._step)
        self.main.setText(self.tr("Hold") if playing else self.tr("Play"))
        self.main.show_icon("pause-fill" if playing else "play-fill")
        words = self.tr("Step {now} of {all}").format(now=self._step + 1, all=len(table.places))
        self.count.setText(words)
        self.sums.say(self._sum_of(table) if self._step >= 0 else self.tr("Press Play, or click a cell of the result."))
        self._say_sizes(table)

    def _sum_of(self, table: LectureTable) -> str:
        at = table.places[self._step]
        if table.layer:
            return terms(table.values[..., None], table.layer, at).line(0)
        window = table.values[2 * at[0] : 2 * at[0] + 2, 2 * at[1] : 2 * at[1] + 2].ravel()
        inner = ", ".join(f"{v:.0f}" for v in window)
        if table.pooling == "max":
            return f"max({inner}) = {window.max():.0f}"
        return f"({' + '.join(f'{v:.0f}' for v in window)}) / 4 = {window.mean():g}"

    def _say_sizes(self, table: LectureTable) -> None:
        side = table.values.shape[0]
        formula = table.layer.formula(side) if table.layer else f"{side} / 2 = {side // 2}"
        self.formula.setText(self.tr("Size of the result: {formula}").format(formula=formula))
        self.note_chip.setVisible(table.note is not None)
        self.note.setText(say(table.note) if table.note else "")

    def retranslate(self) -> None:
        self.title.setText(self.tr("The lectures’ tables"))
        self.hint.setText(self.tr("Press Play: every step multiplies one window and writes one number."))
        self.choice.setAccessibleName(self.tr("Table"))
        for i, one in enumerate(TABLES):
            self.choice.setItemText(i, say(one.name))
        self.note_chip.setText(self.tr("slide note"))
        self.on.set_tip(self.tr("One step"))
        self.again.set_tip(self.tr("From the beginning"))
        self.play.setAccessibleName(self.tr("Input, kernel and result"))
        self.play.set_names((self.tr("input"), self.tr("kernel"), self.tr("result")))
        self._say_step()

    def hideEvent(self, event: object) -> None:
        self._timer.stop()


class FieldRoom(Retold, QWidget):
    """Small kernels one behind the other against one large kernel that sees as far."""

    def __init__(self) -> None:
        super().__init__()
        self.choice = Segmented(2, wide=True)
        self.channels = SliderRow(1, 512, 1, log=True, step=1)
        self.drawings = [FieldDrawing(), FieldDrawing()]
        self.names = [label("strong"), label("strong")]
        self.tiles = [StatTile("net", "card", spark=False), StatTile(None, "card", spark=False)]
        self.title, self.hint, self.saved = label("section"), label("small", wrap=True), label("small", wrap=True)
        stage, inner = QWidget(), QWidget()
        stage.setLayout(column(self.names[0], (self.drawings[0], 1), 4, self.names[1], (self.drawings[1], 1), gap=4))
        inner.setLayout(
            column(
                *(self.title, self.choice, self.hint, 4, self.channels, 4, *self.tiles, self.saved, None),
                gap=8,
                margins=(0, 0, 10, 0),
            )
        )
        layout, self.lens = with_side(stage, inner)
        self.setLayout(layout)
        self.choice.chosen.connect(self._show)
        self.channels.changed.connect(self._show)
        for widget in (self.choice, self.channels, *self.drawings, *self.tiles):
            explain(widget, told.FIELD)
        self.lens.explain(told.FIELD)
        self.retranslate()

    def stacks(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The small kernels, and the large one."""
        return ((3, 3), (5,)) if self.choice.index() == 0 else ((3, 3, 3), (7,))

    def _show(self, _value: float = 0) -> None:
        channels = int(self.channels.value())
        counts = []
        for kernels, drawing, name, tile in zip(self.stacks(), self.drawings, self.names, self.tiles, strict=True):
            field, count = receptive_field(kernels), parameters(kernels, channels)
            counts.append(count)
            what = " + ".join(f"{k}×{k}" for k in kernels)
            maps = [self.tr("input"), *(self.tr("after {k}×{k}").format(k=k) for k in kernels)]
            drawing.show_kernels(kernels, maps)
            name.setText(self.tr("{what} sees {field}×{field} pixels").format(what=what, field=field))
            tile.set_title(what)
            tile.show_value(f"{count:,}", self.tr("weights"))
        share = 1 - counts[0] / counts[1]
        self.saved.setText(
            self.tr("The small ones need {share} fewer weights.").format(share=f"{share * 100:.0f}\u2009%")
        )

    def retranslate(self) -> None:
        self.title.setText(self.tr("How far it sees"))
        self.hint.setText(self.tr("Lit at the left: every input pixel that one output pixel depends on."))
        self.choice.setTexts(["5×5", "7×7"])
        self.choice.setAccessibleName(self.tr("How far it sees"))
        self.channels.set_name(self.tr("Channels in and out"))
        self.channels.set_format(lambda v: f"{v:.0f}")
        self._show()
