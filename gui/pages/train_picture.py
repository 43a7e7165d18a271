"""The right column of Train for small colour photographs: a picture that the network being trained reads."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.errors import LabError
from engine.host import EngineHost
from engine.jobs import Event, Job, JobRun, JobState
from engine.read_colour import PhotoReading, Some, own_picture, read_photo, some_pictures
from engine.text import Text
from engine.train.events import Snapshot
from engine.train.recipes import Recipe
from gui.pages.train_answering import Answering
from gui.widgets.basics import IconButton, button, column, label, restyle, row
from gui.widgets.pictures import Bars, FeatureMaps, Picture
from gui.widgets.retold import Retold
from gui.words import say

READING = Text("Reading a photograph", "사진 읽기")
FETCHING = Text("Fetching some test pictures", "시험 그림 몇 장 가져오기")
SIDE, LAYERS, NAMES = 150, 3, 84


class PictureReading(Retold, QWidget):
    """A test picture or a photograph of one's own, the network's answer, its maps; asked anew at every check.

    Signals:
        named: (list) what the classes of the recipe's data are called.
    """

    named = Signal(object)

    def __init__(self, host: EngineHost) -> None:
        super().__init__()
        self._host = host
        self._recipe: Recipe | None = None
        self._some: Some | None = None
        self._dataset = "auto"
        self._at, self._own = 0, False
        self._seen: np.ndarray | None = None
        self._answering = Answering()
        self._waiting = False
        self._reading: JobRun | None = None
        self._why: Text | None = None
        self.picture, self.bars, self.maps = Picture(smooth=False), Bars(), FeatureMaps(rows=LAYERS)
        self.picture.setFixedSize(SIDE, SIDE)
        self.bars.set_row_height(17)
        self.bars.set_name_width(NAMES)
        self._title, self._maps_title = label("section"), label("section")
        self._label_word, self.label, self._size = label("caption"), label("strong", tone="slide"), label("caption")
        self.note = label("small", wrap=True)
        self.another, self._open = IconButton("dice-five", compact=True), button("folder-open", size="compact")
        self.another.clicked.connect(self.next)
        self._open.clicked.connect(self._ask)
        side = column(self._label_word, self.label, self._size, None, gap=4)
        self.setLayout(
            column(
                row(self._title, None, self.another, gap=6),
                row(self.picture, side, None, gap=14),
                row(self._open, None),
                self._answering,
                self.note,
                self.bars,
                self._maps_title,
                self.maps,
                None,
                gap=9,
                margins=(16, 14, 16, 10),
            )
        )
        self.retranslate()

    # What is read

    def use_recipe(self, recipe: Recipe) -> None:
        """Read pictures of this recipe's data; with the weights that came with the app until it is trained."""
        if self._recipe is not None and recipe.id == self._recipe.id:
            return
        before, self._recipe, self._dataset = self._recipe, recipe, "auto"
        self._answering.use(None)
        if before is None or before.datasets != recipe.datasets or self._some is None:
            self._some, self._seen, self._at = None, None, 0
            job = _tried(some_pictures(recipe.id))
            self._host.start(FETCHING, job, lane="io", owner=self, on_end=lambda run: self._fetched(run, recipe))
        else:
            self._read()
        self._say()

    def use_data(self, dataset: str) -> None:
        """Read pictures of another of the recipe's data sets."""
        if self._recipe is None or dataset == self._dataset:
            return
        recipe, self._dataset = self._recipe, dataset
        self._answering.use(None)
        self._some, self._seen, self._at = None, None, 0
        job = _tried(some_pictures(recipe.id, dataset=dataset))
        self._host.start(FETCHING, job, lane="io", owner=self, on_end=lambda run: self._fetched(run, recipe))
        self._say()

    def use(self, snapshot: Snapshot | None) -> None:
        """Let these weights answer from now on."""
        self._answering.use(snapshot)
        self._read()

    def set_running(self, running: bool) -> None:
        """Whether the answering network is still learning."""
        self._answering.set_running(running)

    def next(self) -> None:
        """Another test picture."""
        if self._some is not None:
            self._at, self._own = (self._at + 1) % len(self._some.labels), False
            self._show(self._some.images[self._at])

    def open(self, path: Path) -> None:
        """Read a photograph of one's own."""
        if self._recipe is None:
            return
        job = _tried(own_picture(path, self._recipe.layers[0].side))
        self._host.start(READING, job, lane="io", owner=self, on_end=self._opened)

    def _ask(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("A photograph"), "", "*.jpg *.jpeg *.png *.bmp *.webp")
        if chosen:
            self.open(Path(chosen))

    def _opened(self, run: JobRun) -> None:
        if run.state is JobState.DONE and isinstance(run.result, np.ndarray):
            self._own = True
            self._show(run.result)
        elif run.state is JobState.DONE:
            self._fail(run.result)

    def _fetched(self, run: JobRun, recipe: Recipe) -> None:
        if run.state is not JobState.DONE or self._recipe is None or recipe.datasets != self._recipe.datasets:
            return
        if isinstance(run.result, Some):
            self._some = run.result
            self.named.emit([say(name) for name in run.result.classes])
            self._show(run.result.images[0])
        else:
            self._fail(run.result)

    def _show(self, seen: np.ndarray) -> None:
        self._seen = seen
        self.picture.show_array(seen)
        self._say()
        self._read()

    def _read(self) -> None:
        if self._seen is None or self._recipe is None:
            return
        if self._reading is not None:
            self._waiting = True
            return
        job = _tried(read_photo(self._seen, self._recipe.id, self._answering.snapshot))
        self._reading = self._host.start(READING, job, lane="interactive", owner=self, on_end=self._ended)

    def _ended(self, run: JobRun) -> None:
        self._reading, waiting, self._waiting = None, self._waiting, False
        if waiting:
            self._read()
        elif run.state is JobState.DONE and isinstance(run.result, PhotoReading):
            self._why = None
            self.bars.set_values(self._names(len(run.result.probabilities)), run.result.probabilities)
            self.maps.show_maps(run.result.maps)
            self._say()
        elif run.state is JobState.DONE:
            self._fail(run.result)

    def _fail(self, why: Text) -> None:
        self._why = why
        self.bars.set_values(self._names(10), None)
        self.maps.show_maps(())
        self._say()

    def _names(self, count: int) -> list[str]:
        return [say(name) for name in self._some.classes] if self._some else [str(i) for i in range(count)]

    # Words

    def retranslate(self) -> None:
        self._title.setText(self.tr("Show it a picture"))
        self.another.set_tip(self.tr("Another test picture"))
        self._open.setText(self.tr("Your own photograph"))
        self._label_word.setText(self.tr("label"))
        self._maps_title.setText(self.tr("What its layers see"))
        self.bars.setAccessibleName(self.tr("Answer: a probability for each class"))
        self.picture.setAccessibleName(self.tr("The picture the network sees"))
        self.maps.setAccessibleName(self.tr("Activations of each layer"))
        if self._some:
            self.named.emit(self._names(0))
            self._read()
        self._say()

    def _say(self) -> None:
        known = self._some is not None and not self._own
        self.label.setText(say(self._some.classes[self._some.labels[self._at]]) if known and self._some else "–")
        self._size.setText(f"{self._seen.shape[1]} × {self._seen.shape[0]}" if self._seen is not None else "")
        self.note.setVisible(self._why is not None)
        if self._why is not None:
            self.note.setText(say(self._why))
            restyle(self.note, tone="dim")
        self._answering.set_silent(self._why is not None)


def _tried(job: Job) -> Generator[Event, None, object]:
    """`job`; a failure a person can act on is an answer too, shown where the answer would be."""
    try:
        return (yield from job)
    except LabError as error:
        return error.text
