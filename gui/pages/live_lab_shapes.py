"""The lab's shape calculator: what goes in, what comes out, how many weights and products (lecture rows 8, 16, 20, 21)."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QSpinBox, QWidget

from engine.live.conv_dims import Shapes
from gui.pages import live_lab_words as told
from gui.widgets.basics import Segmented, StatTile, column, label, row
from gui.widgets.lab_side import Sums, with_side
from gui.widgets.lens import explain
from gui.widgets.retold import Retold

_FIRST = ((1, 128, 0, 0), (1, 32, 32, 0), (1, 16, 32, 32))  # batch, then up to three sides
_LIMITS = ((1, 4096), (1, 65_536), (1, 65_536), (1, 65_536), (1, 4096), (1, 4096), (1, 31), (1, 16))


class ShapesRoom(Retold, QWidget):
    """Conv1D, Conv2D or Conv3D by numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.kind, self.padding = Segmented(3, wide=True), Segmented(2, wide=True)
        self.numbers = [QSpinBox() for _ in _LIMITS]  # batch, sides, channels, filters, kernel, stride
        self._names = [label("small") for _ in _LIMITS]
        self.tiles = [StatTile("net", "card", spark=False) for _ in range(3)]
        self.lines, self.title, self.use = Sums(178), label("section"), label("small", wrap=True)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        for i, (name, one, limits) in enumerate(zip(self._names, self.numbers, _LIMITS, strict=True)):
            one.setRange(*limits)
            grid.addWidget(name, i, 0)
            grid.addWidget(one, i, 1)
        stage, inner, knobs = QWidget(), QWidget(), QWidget()
        knobs.setLayout(grid)
        stage.setLayout(column(row(*((tile, 1) for tile in self.tiles), gap=8), self.lines, self.use, None, gap=10))
        inner.setLayout(column(self.title, self.kind, knobs, self.padding, None, gap=8, margins=(0, 0, 10, 0)))
        layout, self.lens = with_side(stage, inner)
        self.setLayout(layout)
        for i, value in zip((4, 5, 6, 7), (3, 16, 3, 1), strict=True):
            self.numbers[i].setValue(value)
        self.kind.chosen.connect(self._kind_chosen)
        self.padding.chosen.connect(self._say)
        for one in self.numbers:
            one.valueChanged.connect(self._say)
        for widget in (self.kind, self.padding, self.lines, *self.numbers, *self.tiles):
            explain(widget, told.SHAPES)
        self.lens.explain(told.SHAPES)
        self.kind.choose(1)
        self._kind_chosen(1)
        self.retranslate()

    def shapes(self) -> Shapes:
        """The layer that is set."""
        values = [one.value() for one in self.numbers]
        sides = tuple(values[1 : 2 + self.kind.index()])
        channels, filters, kernel, stride = values[4:]
        return Shapes(values[0], sides, channels, filters, kernel, stride, same=self.padding.index() == 1)

    def _kind_chosen(self, index: int) -> None:
        for i, value in enumerate(_FIRST[index]):
            if value:
                self.numbers[i].setValue(value)
            self._names[i].setVisible(bool(value))
            self.numbers[i].setVisible(bool(value))
        self.retranslate()

    def _say(self, _value: int = 0) -> None:
        s, kind = self.shapes(), f"Conv{self.kind.index() + 1}D"
        sides = ("×".join(map(str, s.sides)), "×".join(map(str, s.after)))
        self.tiles[0].show_value("×".join(map(str, (*s.after, s.filters))), "", self.tr("of each picture"))
        self.tiles[1].show_value(f"{s.weights:,}", "", self.tr("{n} of them biases").format(n=f"{s.filters:,}"))
        self.tiles[2].show_value(f"{s.products:,}")
        zeros = s.kernel - 1 if s.same else 0
        names = ("width", "height, width", "time, height, width")[self.kind.index()]
        inside, out = (", ".join(map(str, x)) for x in (s.sides, s.after))
        kernel = "×".join([str(s.kernel)] * len(s.sides))
        pad = f"padding={zeros // 2}" if zeros % 2 == 0 else f"padding={zeros / 2:g}"
        self.lines.say(
            "\n".join(
                (
                    f"(batch, {names}, channels)",
                    f"({s.batch}, {inside}, {s.channels})  →  ({s.batch}, {out}, {s.filters})",
                    *(
                        f"⌊({side} + {zeros} − {s.kernel}) / {s.stride}⌋ + 1 = {s.out(side)}"
                        for side in dict.fromkeys(s.sides)
                    ),
                    f"{s.filters} × ({kernel} × {s.channels} + 1) = {s.weights:,}",
                    f"{s.batch} × {sides[1]} × {s.filters} × {kernel} × {s.channels} = {s.products:,}",
                    f"nn.{kind.replace('D', 'd')}({s.channels}, {s.filters}, {s.kernel}, stride={s.stride}, {pad})",
                )
            )
        )

    def retranslate(self) -> None:
        self.title.setText(self.tr("Shapes"))
        self.kind.setTexts(["Conv1D", "Conv2D", "Conv3D"])
        self.kind.setAccessibleName(self.tr("Directions the kernel moves in"))
        self.padding.setTexts([self.tr("valid"), self.tr("same")])
        self.padding.setAccessibleName(self.tr("Padding"))
        sides = (
            (self.tr("Length"), "", ""),
            (self.tr("Height"), self.tr("Width"), ""),
            (self.tr("Time or depth"), self.tr("Height"), self.tr("Width")),
        )[self.kind.index()]
        after = (self.tr("Channels"), self.tr("Filters"), self.tr("Size of the kernel"), self.tr("Stride"))
        for name, one, words in zip(self._names, self.numbers, (self.tr("Batch"), *sides, *after), strict=True):
            name.setText(words)
            one.setAccessibleName(words)
        for tile, words in zip(self.tiles, (self.tr("Output"), self.tr("Weights"), self.tr("Products")), strict=True):
            tile.set_title(words)
        self.use.setText(
            (
                self.tr("One direction: sentences, sound, sensor values over time."),
                self.tr("Two directions: photographs. What most of this app computes."),
                self.tr("Three directions: MRI, CT, video."),
            )[self.kind.index()]
        )
        self._say()
