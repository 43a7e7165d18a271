"""RoIAlign against RoIPool on a box that a hand moves: what each reads, and how far it moved (lecture row 77)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtWidgets import QWidget

from engine.detect.explain.chapters import chapter
from engine.detect.explain.stage import shrunk
from engine.errors import LabError
from engine.host import EngineHost
from engine.jobs import Job, JobRun, JobState, Progress
from engine.text import Text
from gui.widgets.basics import button, column, frame, label, row
from gui.widgets.explain_boxes import BoardBox, BoxBoard
from gui.widgets.explain_plots import NumberGrid, ShiftPlot
from gui.widgets.lens import explain
from gui.widgets.retold import Retold
from gui.words import say

if TYPE_CHECKING:
    from torch import Tensor

_READING = Text("Reading a box", "상자 읽기")
SIDE = 236
STRIDE = 16  # pixels of a cell of the map; `engine.detect.explain.svm.STRIDE`


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """features: the picture's map, kept for the next box. pool, align: (7, 7). *_change: since the drag began.

    sweep: (3, n) pixels to the right from where it began, and both changes there; None = as before.
    """

    features: Tensor
    rounded: np.ndarray
    pool: np.ndarray
    align: np.ndarray
    pool_change: float
    align_change: float
    sweep: np.ndarray | None


class AlignRoom(Retold, QWidget):
    """One box over the cells of the map; beside it what RoIPool and RoIAlign read of it."""

    def __init__(self, host: EngineHost) -> None:
        super().__init__()
        self._host = host
        self._picture: np.ndarray | None = None
        self._features: Tensor | None = None
        self._start = np.zeros(4, np.float32)
        self._run: JobRun | None = None
        self._waiting = False
        self._read: _Read | None = None
        self._problem: Text | None = None
        self._new_start = True  # the curve from here was not drawn yet
        self.board, self.pool, self.align, self.plot = BoxBoard(), NumberGrid(), NumberGrid(), ShiftPlot()
        self.board.cells = STRIDE
        self._title, self._first = label("lead"), label("small", wrap=True)
        self._pool_name, self._align_name = label("strong"), label("strong")
        self._pool_said, self._align_said = label("small", wrap=True), label("small", wrap=True)
        self._note = label("caption", wrap=True)
        self.again = button("arrow-counter-clockwise", "secondary", "compact")
        left = column(self._pool_name, self.pool, self._pool_said, None, gap=4)
        right = column(self._align_name, self.align, self._align_said, None, gap=4)
        both = row((left, 1), (right, 1), gap=10)
        told = column(
            *(self._title, self._first, 4, both, 4, self.plot, row(self.again, None), None, self._note),
            gap=6,
            margins=(14, 12, 14, 12),
        )
        side = frame("panel", told)
        side.setFixedWidth(SIDE)
        self.setLayout(row((frame("panel", column(self.board, margins=(8, 8, 8, 8))), 1), side, gap=8))
        self.board.moved.connect(lambda _: self._ask())
        self.again.clicked.connect(self._from_here)
        explain(self.board, chapter("align").explanation)
        self.retranslate()

    def use_picture(self, picture: np.ndarray) -> None:
        """Another picture: its map is computed when a box is read."""
        self._picture = shrunk(picture)
        self._features = self._read = None
        self.board.show_picture(self._picture)
        width, height = self.board.picture_size
        box = np.array([0.35 * width, 0.15 * height, 0.65 * width, 0.6 * height], np.float32).round()
        self.board.boxes = [BoardBox(box, "you", "RoIAlign")]
        self.board.choose(0)
        self._from_here()

    @property
    def busy(self) -> bool:
        """True while a box is read."""
        return self._run is not None

    def _from_here(self) -> None:
        if self.board.boxes:
            self._start = self.board.boxes[0].box.copy()
            self._new_start = True
            self._ask()

    def _ask(self) -> None:
        """Read the box as it lies now; while another is read only the newest waits."""
        if self._picture is None:
            return
        if self._run is not None:
            self._waiting = True
            return
        box = self.board.boxes[0].box.copy()
        job = _reading(self._picture, self._features, box, self._start, sweep=self._new_start)
        self._new_start = False
        self._run = self._host.start(_READING, job, lane="interactive", owner=self, on_end=self._ended)
        self._asked = self._picture

    def _ended(self, run: JobRun) -> None:
        self._run = None
        waiting, self._waiting = self._waiting, False
        if run.state is JobState.DONE and self._asked is self._picture:
            self._problem = run.result if isinstance(run.result, Text) else None
            self._read = run.result if isinstance(run.result, _Read) else None
            self._features = self._read.features if self._read else None
            self._show()
        if waiting or self._asked is not self._picture:
            self._ask()

    def _show(self) -> None:
        read = self._read
        if read is not None:
            both: Any = np.stack((read.pool, read.align))
            self.pool.show_values(read.pool, float(both.min()), float(both.max()))
            self.align.show_values(read.align, float(both.min()), float(both.max()))
            if read.sweep is not None:
                self.plot.show_changes(*read.sweep)
            self.board.ghosts = ((read.rounded, "slide", "RoIPool"),)
            self.board.update()
        self.retranslate()

    def retranslate(self) -> None:
        self._title.setText("RoIAlign")
        self._first.setText(say(chapter("align").first))
        self._pool_name.setText("RoIPool")
        self._align_name.setText("RoIAlign")
        self.again.setText(self.tr("Compare from here"))
        self.plot.set_caption(self.tr("change while it moves right"))
        self.plot.setAccessibleName(self.tr("Change of both readings while the box moves right"))
        self.board.setAccessibleName(self.tr("Box over the cells of the map"))
        self._say_changes()
        note = self.tr("Faint lines are the map’s cells of 16 pixels. Dashed: what RoIPool rounds the box to.")
        self._note.setText(say(self._problem) if self._problem else note)
        for grid, name in ((self.pool, self._pool_name), (self.align, self._align_name)):
            grid.setAccessibleName(name.text())

    def _say_changes(self) -> None:
        read = self._read
        if read is None:
            self._pool_said.setText("")
            self._align_said.setText("")
            return
        far = float(np.abs(self.board.boxes[0].box - self._start).max())
        words = self.tr("changed {share} after {px:.0f} px")
        for said, change in ((self._pool_said, read.pool_change), (self._align_said, read.align_change)):
            said.setText(words.format(share=f"{100 * change:.0f}\u2009%", px=far))


def _reading(picture: np.ndarray, features: Tensor | None, box: np.ndarray, start: np.ndarray, *, sweep: bool) -> Job:
    """A `_Read` of the box, or the sentence that says why there is none."""
    from engine.detect.explain import pooling
    from engine.detect.explain.svm import map_of
    from engine.detect.explain.teaching import encoder

    yield Progress(0, 1)
    try:
        found = map_of(encoder(), picture) if features is None else features
    except LabError as error:
        return error.text
    (pool, align), (pool0, align0) = (pooling.both(found, b, STRIDE) for b in (box, start))
    channel = int(align0.mean((1, 2)).argmax())
    jump, glide = (float((n - s).norm() / s.norm().clamp(min=1e-9)) for n, s in ((pool, pool0), (align, align0)))
    rounded = pooling.rounded(box, STRIDE)
    curves = (yield from _swept(found, start)) if sweep else None
    return _Read(found, rounded, pool[channel].numpy(), align[channel].numpy(), jump, glide, curves)


def _swept(features: Tensor, start: np.ndarray) -> Job:
    """(3, n): pixels to the right, and how far RoIPool's and RoIAlign's readings moved by then."""
    from engine.detect.explain import pooling

    moves = yield from pooling.shift(features, start, stride=STRIDE)
    return np.array([(m.shift, m.pool_change, m.align_change) for m in moves]).T
