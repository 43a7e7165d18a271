"""LeNet to ResNet on a line of years: what each network is built of, what it costs, what it takes here (rows 4, 42)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from engine.host import EngineHost
from engine.jobs import JobRun, JobState
from engine.text import Text
from engine.zoo.lineage import LINE, Anatomy, Ancestor, Timed, count_of, time_of
from gui.widgets.basics import Chip, button, column, label, restyle, row, rule
from gui.widgets.counted_net import CountedNet
from gui.widgets.retold import Retold
from gui.widgets.timeline import Timeline
from gui.words import say

COUNTING = Text("Counting a network", "신경망 세기")
TIMING = Text("Timing a network", "신경망 시간 재기")
FIGURES = 4  # parameters, multiplications, milliseconds here, error


class LineagePane(Retold, QWidget):
    """A timeline; below it the chosen network, and all five compared.

    Signals:
        recipe_asked: (str) train the small version with this recipe.
    """

    recipe_asked = Signal(str)

    def __init__(self, host: EngineHost) -> None:
        super().__init__()
        self._host = host
        self._at = 0
        self._counted: dict[str, Anatomy] = {}
        self.timed: dict[str, Timed] = {}
        self._told: Text | None = None
        self._asked = False
        self.line, self.net = Timeline(), CountedNet()
        self._name, self._paper = label("title"), label("caption")
        self._idea, self._note = label("body", wrap=True), label("small", wrap=True, tone="slide")
        self._said = label("small", wrap=True)
        self.train_button, self.time_button = button("play-fill", size="compact"), button("gauge", size="compact")
        self._slide = Chip("slide")
        self._foot = label("caption", wrap=True)
        self._heads: list[QLabel] = []
        self._cells: dict[str, list[QLabel]] = {}
        self.line.chosen.connect(self.choose)
        self.train_button.clicked.connect(lambda: self.recipe_asked.emit(self._one.recipe))
        self.time_button.clicked.connect(self.time)
        buttons = row(self.train_button, self.time_button, self._said, gap=8)
        self.setLayout(
            column(
                self.line,
                rule(),
                row(self._name, self._paper, None, gap=10),
                self._idea,
                self._note,
                self.net,
                buttons,
                rule(),
                self._table(),
                self._foot,
                None,
                gap=8,
            )
        )
        self.line.show_items([(one.year, one.name) for one in LINE])
        self.retranslate()

    def _table(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(6)
        for number in range(1, FIGURES + 1):
            head = label("caption")
            head.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._heads.append(head)
            grid.addWidget(head, 0, number)
        for place, one in enumerate(LINE, start=1):
            cells = [label("small"), *(label("small") for _ in range(FIGURES))]
            cells[0].setText(f"{one.name} · {one.year}")
            for number, cell in enumerate(cells):
                if number:
                    cell.setAlignment(Qt.AlignmentFlag.AlignRight)
                grid.addWidget(cell, place, number)
            self._cells[one.id] = cells
        grid.setColumnStretch(0, 1)
        return grid

    @property
    def _one(self) -> Ancestor:
        return LINE[self._at]

    def enter(self) -> None:
        """It came into view: count the networks, once."""
        if not self._asked:
            self._asked = True
            for one in LINE:
                self._host.start(COUNTING, count_of(one.id), lane="io", owner=self, on_end=self._took)

    def choose(self, at: int) -> None:
        """Show another network."""
        self._at = at
        self.line.choose(at)
        self._show()

    def show_network(self, id: str) -> None:
        """Show the network with this id of the line."""
        self.choose(next(at for at, one in enumerate(LINE) if one.id == id))

    def _took(self, run: JobRun) -> None:
        if run.state is JobState.DONE:
            self._counted[run.result.id] = run.result
            self._show()
        elif run.error:
            self._told = run.error.text
            self._show()

    def time(self) -> None:
        """Let the chosen network look at a picture on this machine."""
        if self._host.trainings:
            self._told = Text(
                "A training has the processor, so the time would not be the network’s own. Stop it first.",
                "학습이 CPU를 쓰고 있어서 시간이 정확하지 않아요. 먼저 정지해 주세요.",
            )
            self._show()
            return
        self._told = Text("Measuring…", "재는 중이에요…")
        self.time_button.setEnabled(False)
        self._host.start(TIMING, time_of(self._one.id), lane="io", owner=self, on_end=self._clocked)
        self._show()

    def _clocked(self, run: JobRun) -> None:
        self.time_button.setEnabled(True)
        self._told = run.error.text if run.error else None
        if run.state is JobState.DONE:
            found: Timed = run.result
            self.timed[found.id] = found
            text = Text(
                "{ms:.1f} ms a picture, median of {n} ({low:.1f}–{high:.1f}), float32, {threads} threads.",
                "그림 한 장에 {ms:.1f}ms, {n}번의 중앙값 ({low:.1f}–{high:.1f}), float32, 스레드 {threads}개.",
            )
            values = {"low": found.fastest, "high": found.slowest, "n": found.count, "threads": found.threads}
            self._told = text(ms=found.milliseconds, **values)
        self._show()

    # Words

    def retranslate(self) -> None:
        self.line.setAccessibleName(self.tr("Lineage of networks"))
        self.net.diagram.setAccessibleName(self.tr("Layers of the network"))
        self.net.diagram.set_halves(self.tr("extracts features"), self.tr("classifies"))
        self.train_button.setText(self.tr("Train a small version"))
        self.time_button.setText(self.tr("Time it here"))
        self._foot.setText(
            self.tr(
                "In full size, for one picture of 224 × 224 (LeNet-5: 28 × 28). M is a million; error: top five, 2012–2015."
            )
        )
        heads = (
            self.tr("Parameters"),
            self.tr("Multiplications"),
            self.tr("Here, one picture"),
            self.tr("ImageNet error"),
        )
        for head, words in zip(self._heads, heads, strict=True):
            head.setText(words)
        self._show()

    def _show(self) -> None:
        one = self._one
        self._name.setText(one.name)
        self._paper.setText(one.paper)
        self._idea.setText(say(one.idea))
        self._note.setText(say(one.note) if one.note else "")
        self._note.setVisible(one.note is not None)
        self._said.setText(say(self._told) if self._told else "")
        self.net.show_network(self._counted.get(one.id))
        for other in LINE:
            self._fill(other)

    def _fill(self, one: Ancestor) -> None:
        counted, timed = self._counted.get(one.id), self.timed.get(one.id)
        words = (
            f"{counted.parameters / 1e6:.2f} M" if counted else "–",
            f"{counted.macs / 1e6:,.1f} M" if counted else "–",
            f"{timed.milliseconds:.1f} ms" if timed else "–",
            f"{one.top5:g}\u2009%" if one.top5 is not None else "–",
        )
        cells = self._cells[one.id]
        tones = ("net", "net", "net", "slide")
        for cell, value, tone in zip(cells[1:], words, tones, strict=True):
            cell.setText(value)
            restyle(cell, tone=tone if value != "–" else "faint")
        restyle(cells[0], tone="net" if one is self._one else "dim")
