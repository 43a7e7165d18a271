"""The right column of Train for signals: a window, a kernel that slides along it, and what the network says."""

from __future__ import annotations

import dataclasses
from collections.abc import Generator

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from engine.cards import Explanation
from engine.data.animal_names import codes_of, letters_of, shown
from engine.errors import LabError
from engine.host import EngineHost
from engine.jobs import Event, Job, JobRun, JobState
from engine.signals.look import Examples, Heard, examples, hear
from engine.signals.next_number import RECIPE as NEXT
from engine.signals.next_number import numbers_in
from engine.text import Text
from engine.train.events import Checked, Snapshot
from engine.train.recipes import Recipe
from gui.pages.train_answering import Answering
from gui.pages.train_signal_live import LiveTrace
from gui.widgets.basics import IconButton, button, column, label, restyle, row
from gui.widgets.lens import explain
from gui.widgets.pictures import Bars
from gui.widgets.retold import Retold
from gui.widgets.room import is_small
from gui.widgets.signal_kernel import TALL, TALL_SMALL, SignalKernel
from gui.widgets.signal_tiles import SignalTiles
from gui.words import say

READING = Text("Reading a window", "구간 읽기")
FETCHING = Text("Fetching some windows", "구간 몇 개 가져오기")
TILE = 64  # pixels of a mistaken window in the gallery
ASKED = "70 80 90"  # what the slide’s network has never seen
TYPED = {NEXT: ASKED, "text-conv1d": "sea lion"}  # recipes that are asked by typing, and what is asked first
_KERNEL = Explanation(
    Text("Sliding kernel", "미끄러지는 커널 (Conv1D)"),
    Text(
        "Move the pointer along the curve, or click and it slides by itself.",
        "곡선 위로 포인터를 옮기거나, 눌러서 저절로 움직이게 하세요.",
    ),
    Text(
        "The frame covers what the kernel sees. Its answer at that place is the dot below: large where the curve has the "
        "kernel’s shape.",
        "네모가 커널이 보는 곳이에요. 아래 점이 그 자리의 답이에요. 곡선이 커널과 닮은 곳에서 커져요.",
    ),
    "y(t) = relu( Σ_c Σ_u w_c(u) · x_c(s·t + u) )",
)


class SignalReading(Retold, QWidget):
    """A window of the test part (or three typed numbers), the sliding kernel, the network's answer.

    Signals:
        named: (list) what the classes are called.
        people_asked, sensors_asked: the buttons below.
    """

    named = Signal(object)
    people_asked = Signal()
    sensors_asked = Signal()

    def __init__(self, host: EngineHost) -> None:
        super().__init__()
        self._host = host
        self._recipe: Recipe | None = None
        self._some: Examples | None = None
        self._answering = Answering()
        self._why: Text | None = None
        self._at, self._kernel, self._dataset = 0, 0, "auto"
        self._heard: Heard | None = None
        self._waiting = False
        self._reading: JobRun | None = None
        self.strip, self.bars, self.typed = SignalKernel(), Bars(17, 100), QLineEdit(ASKED)
        self.answer = label("display", tone="net")
        self._title = label("section")
        self._label_word, self.label, self._kernel_word = (
            label("caption"),
            label("strong", tone="slide"),
            label("caption"),
        )
        self.note = label("small", wrap=True)
        self.another, self.filter = IconButton("dice-five", compact=True), IconButton("caret-right", compact=True)
        self.live, self.live_button = LiveTrace(host, self), IconButton("play-fill", compact=True)
        self.people, self.sensors = (
            button("person-simple", size="compact"),
            button("sliders-horizontal", size="compact"),
        )
        explain(self.strip, _KERNEL)
        self._lay_out()
        self._connect()
        self.room_changed(is_small(self))
        self.retranslate()

    def _lay_out(self) -> None:
        self.setLayout(
            column(
                row(self._title, None, self._label_word, self.label, self.another, gap=6),
                self.typed,
                self.strip,
                row(self._kernel_word, None, self.live_button, self.filter, gap=6),
                self._answering,
                self.note,
                self.answer,
                self.bars,
                row((self.people, 1), (self.sensors, 1), gap=8),
                None,
                gap=9,
                margins=(16, 14, 16, 10),
            )
        )

    def _connect(self) -> None:
        self.another.clicked.connect(self.next)
        self.filter.clicked.connect(self._next_kernel)
        self.live_button.clicked.connect(self.live.toggle)
        self.live.moved.connect(self._went_on)
        self.typed.textEdited.connect(lambda _: self._read())
        self.people.clicked.connect(self.people_asked)
        self.sensors.clicked.connect(self.sensors_asked)

    def room_changed(self, small: bool) -> None:
        """A lower strip in a small window."""
        self.strip.setFixedHeight(TALL_SMALL if small else TALL)

    # What is read

    @property
    def typing(self) -> bool:
        """Whether numbers or a name are typed in place of windows to choose from."""
        return self._recipe is not None and self._recipe.id in TYPED

    @property
    def numbers(self) -> bool:
        """Whether a number is asked for, and no class."""
        return self._recipe is not None and self._recipe.id == NEXT

    def use_recipe(self, recipe: Recipe, dataset: str = "auto") -> None:
        """Read windows of this recipe's data; with the weights that came with the app until it is trained."""
        if self._recipe is not None and recipe.id == self._recipe.id and dataset == self._dataset:
            return
        self._recipe, self._dataset, self._some, self._heard = recipe, dataset, None, None
        self._answering.use(None)
        self._at, self._why = 0, None
        self.live.use(recipe.id, dataset)
        self.strip.show_window(None, ())
        self.strip.show_answer(np.zeros(0), wide=1, stride=1, padding=0)
        self.bars.set_values([], None)
        self.typed.setText(TYPED.get(recipe.id, ""))
        if self.numbers:
            self._read()
        else:
            job = _tried(examples(recipe.id, dataset))
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
        """Another window, of the next class; another person while a recording runs."""
        if self.live.playing:
            self.live.next()
        elif self._some is not None and len(self._some.labels):
            self._at = (self._at + 1) % len(self._some.labels)
            self._read()
            self._say()

    def _went_on(self) -> None:
        """The recording moved under the window, or stands."""
        self._read()
        self._say()

    def hideEvent(self, event: QHideEvent) -> None:
        self.live.stop()
        super().hideEvent(event)

    def _next_kernel(self) -> None:
        self._kernel += 1
        self._read()

    def _fetched(self, run: JobRun, recipe: Recipe) -> None:
        if run.state is not JobState.DONE or recipe is not self._recipe:
            return
        if isinstance(run.result, Examples):
            self._some = run.result
            self.named.emit([say(name) for name in run.result.classes])
            self._read()
        else:
            self._why = run.result
        self._say()

    def _window(self) -> np.ndarray | None:
        """What is asked about now, (T, C)."""
        if self.typing and not self.numbers:
            return codes_of(self.typed.text()) if letters_of(self.typed.text()) else None
        if self.numbers:
            try:
                return np.array(numbers_in(self.typed.text()), np.float32)[:, None]
            except LabError as error:
                self._why = error.text
                self.answer.setText("")
                self._say()
                return None
        if self.live.playing:
            return self.live.window
        return None if self._some is None or not len(self._some.x) else self._some.x[self._at]

    def _read(self) -> None:
        window = self._window()
        if window is None or self._recipe is None:
            return
        self.strip.show_window(window, self._channels(), letters="" if self.numbers else self._letters())
        if self._reading is not None:
            self._waiting = True
            return
        job = _tried(hear(window, self._recipe.id, self._answering.snapshot, kernel=self._kernel))
        self._reading = self._host.start(READING, job, lane="interactive", owner=self, on_end=self._ended)

    def _ended(self, run: JobRun) -> None:
        self._reading, waiting, self._waiting = None, self._waiting, False
        if waiting:
            self._read()
        elif run.state is JobState.DONE and isinstance(run.result, Heard):
            self._show(run.result)
        elif run.state is JobState.DONE:
            self._why, self._heard = run.result, None
            self.bars.set_values(self._names(), None)
            self._say()

    def _show(self, heard: Heard) -> None:
        self._heard, self._why = heard, None
        wide = heard.kernel.shape[1]
        self.strip.show_answer(heard.response, wide=wide, stride=heard.stride, padding=heard.padding)
        if self.numbers:
            self.answer.setText(f"→ {heard.scores[0]:.1f}".replace("-", "−"))
        elif len(self._names()) == len(heard.scores):
            self.bars.set_values(self._names(), heard.scores)
        self._say()

    def _channels(self) -> tuple[str, ...]:
        if self.typing:
            return ("x",) if self.numbers else ()
        return self._some.channels if self._some else ()

    def _letters(self) -> str:
        """The typed name as the network gets it."""
        return shown(letters_of(self.typed.text())) if self.typing else ""

    def _names(self) -> list[str]:
        return [say(name) for name in self._some.classes] if self._some else []

    # Words

    def retranslate(self) -> None:
        self.another.set_tip(self.tr("Another window"))
        self.filter.set_tip(self.tr("Next kernel"))
        self.live_button.set_tip(self.tr("Play a person’s recording; the network answers as it runs"))
        self._label_word.setText(self.tr("label"))
        self.bars.setAccessibleName(self.tr("Answer: a probability for each class"))
        self.strip.setAccessibleName(self.tr("A kernel slides along the signal; arrows move it, space plays"))
        self.people.setText(self.tr("Leave one out…"))
        self.people.setToolTip(self.tr("Train once for each person, without that person"))
        self.sensors.setText(self.tr("Sensors…"))
        self.sensors.setToolTip(self.tr("Switch sensors off and see what is lost"))
        if self._some:
            self.named.emit(self._names())
            self._read()
        self._say()

    def _say(self) -> None:
        typing, some = self.typing, self._some
        running = self.tr("Live") if self.live.playing else self.tr("One window")
        title = self.tr("Type a name") if typing else running
        self._title.setText(self.tr("Type three numbers") if self.numbers else title)
        self.typed.setVisible(typing)
        self.answer.setVisible(self.numbers)
        self.bars.setVisible(not self.numbers)
        for part in (self.another, self.live_button, self.label, self._label_word, self.people, self.sensors):
            part.setVisible(not typing)
        self.live_button.show_icon("pause-fill" if self.live.playing else "play-fill")
        if some and len(some.labels):
            self.label.setText(say(some.classes[self.live.label if self.live.playing else some.labels[self._at]]))
        else:
            self.label.setText("–")
        self.typed.setAccessibleName(self._title.text())
        self._say_kernel()
        self.note.setVisible(self._why is not None)
        if self._why is not None:
            self.note.setText(say(self._why))
            restyle(self.note, tone="dim")
        self._answering.set_silent(self._why is not None)

    def _say_kernel(self) -> None:
        heard = self._heard
        self.filter.setVisible(heard is not None and heard.kernels > 1)
        words = ""
        if heard is not None:
            words = self.tr("kernel {n} of {count}, {wide} samples wide").format(
                n=self._kernel % heard.kernels + 1, count=heard.kernels, wide=heard.kernel.shape[1]
            )
        self._kernel_word.setText(words)


def drawn(checked: Checked) -> Checked:
    """A check whose mistaken windows are small pictures of curves, as the gallery shows them."""
    windows = checked.mistakes.images
    if windows.ndim != 3 or windows.dtype == np.uint8 or not len(windows):
        return checked
    tiles = SignalTiles(windows, shape=(TILE, TILE))
    return dataclasses.replace(checked, mistakes=dataclasses.replace(checked.mistakes, images=tiles[:]))


def _tried(job: Job) -> Generator[Event, None, object]:
    """`job`; a failure a person can act on is an answer too, shown where the answer would be."""
    try:
        return (yield from job)
    except LabError as error:
        return error.text
