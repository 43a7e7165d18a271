"""Backbone, neck and head by name, each with what it makes of a real picture; what backbones cost here (rows 56–58)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLabel, QWidget

from engine.cards import Explanation
from engine.host import EngineHost
from engine.jobs import JobRun, JobState
from engine.text import Text
from engine.train.anatomy import Anatomy, Cost, anatomy, costs
from gui.widgets.basics import button, column, label, row
from gui.widgets.dialog import Dialog
from gui.widgets.feature_maps import FeatureMaps
from gui.widgets.lens import explain
from gui.widgets.photo_marks import class_rgb
from gui.widgets.pictures import Picture
from gui.words import say

LOOKING = Text("Looking into backbone and neck", "백본과 넥 들여다보기")
TIMING = Text("Timing backbones", "백본 시간 재기")
TALL, WIDE, TILE = 170, 250, 52  # logical pixels
_NECK = Explanation(
    Text("Feature pyramid", "특징 피라미드 (FPN)"),
    Text(
        "Compare C2 with P2: the same size, but only P2 knows what is there.",
        "C2와 P2를 견주어 보세요. 크기는 같지만 P2만 무엇인지 알아요.",
    ),
    Text(
        "The backbone’s coarse maps know what, its fine maps know where. The neck hands what the coarse ones know down to "
        "the fine ones.",
        "백본의 거친 맵은 무엇인지, 고운 맵은 어디인지 알아요. 넥이 거친 맵이 아는 것을 고운 맵에 넘겨줘요.",
    ),
    "Pₗ = conv(Cₗ + up(Pₗ₊₁))",
)


class AnatomyDialog(Dialog):
    """A picture, three columns for the three parts, and a table of backbones."""

    def __init__(self, host: EngineHost, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = host
        self._found: Anatomy | None = None
        self._costs: tuple[Cost, ...] = ()
        self._told: Text | None = None
        self._title, self._lead = label("title"), label("dim", wrap=True)
        self._heads = [label("section") for _ in range(3)]
        self._counts = [label("caption") for _ in range(3)]
        self._notes = [label("small", wrap=True) for _ in range(3)]
        self.picture, self.answer = Picture(smooth=True), Picture()
        self.maps = [FeatureMaps(tile=TILE, rows=4, named=True) for _ in range(2)]
        self._legend, self.note = label("caption", wrap=True), label("small", wrap=True)
        self._open, self._close = button("folder-open", size="compact"), button(kind="quiet")
        self._table_title = label("section")
        self._table = QGridLayout()
        self._cells: list[QLabel] = []
        self._lay_out()
        self._open.clicked.connect(self._ask)
        self._close.clicked.connect(self.close)
        explain(self.maps[1], _NECK)
        self.retranslate()
        self.look(None)
        host.start(TIMING, costs(), lane="io", owner=self, on_end=self._timed)

    def _lay_out(self) -> None:
        for picture in (self.picture, self.answer):
            picture.setFixedSize(WIDE, TALL)
        columns = []
        for number, part in enumerate((*self.maps, self.answer)):
            more = [self._legend] if number == 2 else []
            columns.append(
                column(self._heads[number], self._counts[number], self._notes[number], part, *more, None, gap=6)
            )
        for maps in self.maps:
            maps.setFixedWidth(WIDE)
        first = column(self.picture, self._open, self.note, None, gap=8)
        self._table.setHorizontalSpacing(18)
        self._table.setVerticalSpacing(3)
        self.setLayout(
            column(
                self._title,
                self._lead,
                row(first, *columns, gap=18),
                self._table_title,
                self._table,
                row(None, self._close),
                gap=12,
                margins=(22, 18, 22, 18),
            )
        )

    def look(self, path: Path | None) -> None:
        """Look at a photograph; None is one that came with the app."""
        self._told = None
        self._host.start(LOOKING, anatomy(path), lane="io", owner=self, on_end=self._looked)

    def _ask(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("A photograph"), "", "*.jpg *.jpeg *.png *.bmp *.webp")
        if chosen:
            self.look(Path(chosen))

    def _looked(self, run: JobRun) -> None:
        if run.state is JobState.DONE:
            self._found = run.result
            self._show()
        elif run.error:
            self._told = run.error.text
        self.retranslate()

    def _timed(self, run: JobRun) -> None:
        if run.state is JobState.DONE:
            self._costs = run.result
            self.retranslate()

    def _show(self) -> None:
        assert self._found
        found = self._found
        self.picture.show_array(found.picture)
        self.maps[0].show_maps(found.backbone)
        self.maps[1].show_maps(found.neck)
        colours = np.array([class_rgb(i) for i in range(len(found.classes))], np.float32)
        mixed = 0.55 * colours[found.mask] + 0.45 * found.picture
        self.answer.show_array(mixed.astype(np.uint8))

    # Words

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Backbone, neck, head"))
        self._title.setText(self.tr("Backbone, neck, head"))
        self._lead.setText(
            self.tr(
                "A network for photographs has three parts, and any can be exchanged. This is the street segmenter that came "
                "with the app; transfer keeps the backbone and learns a new head."
            )
        )
        heads = (
            self.tr("Backbone: EfficientNet-Lite0"),
            self.tr("Neck: feature pyramid"),
            self.tr("Head: 1×1 convolution"),
        )
        notes = (
            self.tr("Picture to maps: C5 is coarse, C2 fine."),
            self.tr("Coarse maps are enlarged and added to finer ones."),
            self.tr("Every place gets a class. Another head would draw boxes or name the whole."),
        )
        for number in range(3):
            self._heads[number].setText(heads[number])
            self._notes[number].setText(notes[number])
            count = self._found.parameters[number] if self._found else 0
            self._counts[number].setText(self.tr("{n:,} parameters").format(n=count) if count else "")
        self._open.setText(self.tr("Your own photograph"))
        self._close.setText(self.tr("Close"))
        self.picture.setAccessibleName(self.tr("The picture"))
        self.answer.setAccessibleName(self.tr("The head’s answer"))
        self.note.setText(say(self._told) if self._told else "")
        self._legend.setText(self._largest())
        self._table_title.setText(self.tr("Backbones on this machine, one core"))
        self._fill_table()

    def _largest(self) -> str:
        """The classes that take most of the picture."""
        if self._found is None:
            return self.tr("Looking…")
        shares = np.bincount(self._found.mask.ravel(), minlength=len(self._found.classes)) / self._found.mask.size
        order = [int(i) for i in np.argsort(-shares)[:4] if shares[i] > 0.02]
        return ", ".join(f"{say(self._found.classes[i])} {100 * shares[i]:.0f}\u2009%" for i in order)

    def _fill_table(self) -> None:
        for cell in self._cells:
            cell.deleteLater()
        self._cells = []
        if not self._costs:
            self._cell(self.tr("Measuring…"), 0, 0, "caption")
            return
        heads = (
            self.tr("Backbone"),
            self.tr("Parameters"),
            self.tr("Memory"),
            self.tr("One picture"),
            self.tr("Weights"),
        )
        for x, words in enumerate(heads):
            self._cell(words, 0, x, "caption")
        for y, cost in enumerate(self._costs, start=1):
            here = self.tr("here") if cost.here else self.tr("not here: get them in the list of models")
            values = (
                say(cost.name),
                f"{cost.parameters / 1e6:.2f} M",
                f"{cost.megabytes:.1f} MB",
                f"{cost.milliseconds:.1f} ms",
                here,
            )
            for x, words in enumerate(values):
                self._cell(words, y, x, "small")

    def _cell(self, words: str, y: int, x: int, kind: str) -> None:
        cell = label(kind)
        cell.setText(words)
        self._table.addWidget(cell, y, x)
        self._cells.append(cell)
