"""The lab's rooms for other directions: along a signal, through a film, and the shapes of any layer (rows 16, 20, 21)."""

from __future__ import annotations

from collections import deque

import numpy as np
from PySide6.QtWidgets import QComboBox, QWidget

from engine.host import EngineHost
from engine.live.conv_dims import (
    FILM,
    FILM_KERNELS,
    STRIP_KERNELS,
    Film,
    Strip,
    StripSettings,
    filmed,
    panned,
    small_grey,
    stripped,
)
from engine.live.convolution import number
from engine.text import Text
from gui.pages import live_lab_words as told
from gui.pages.live_newest import Newest
from gui.widgets.basics import Segmented, SliderRow, column, label, row
from gui.widgets.frame_view import FrameView
from gui.widgets.lab_side import Sums, with_side
from gui.widgets.lens import explain
from gui.widgets.retold import Retold
from gui.widgets.signal_trace import SignalTrace
from gui.words import say

_RUNNING = Text("Convolving", "합성곱 계산")
_COLOURS = ("R", "G", "B")


class StripRoom(Retold, QWidget):
    """Conv1D: the middle row of the picture as a signal, and what a kernel along it makes of that."""

    def __init__(self, host: EngineHost) -> None:
        super().__init__()
        self.kernels, self.does = QComboBox(), label("small", wrap=True)
        self.length = SliderRow(1, 31, 9, step=2, live=True)
        self.stride = SliderRow(1, 4, 1, step=1, live=True)
        self.noise = SliderRow(0, 40, 12, step=1, live=True)
        self.padding, self.sums = Segmented(2, wide=True), Sums(84)
        self.traces, self.names = (SignalTrace(), SignalTrace()), (label("small"), label("small"))
        self.shape, self.title, self.use = label("strong"), label("section"), label("small", wrap=True)
        self._picture: np.ndarray | None = None
        self._found: Strip | None = None
        self._at = -1
        for one in STRIP_KERNELS:
            self.kernels.addItem("", one.id)
        stage, inner = QWidget(), QWidget()
        traces = (self.names[0], (self.traces[0], 1), self.names[1], (self.traces[1], 1))
        stage.setLayout(column(*traces, self.shape, self.sums, gap=6))
        knobs = (self.kernels, self.does, self.length, self.stride, self.padding, self.noise)
        inner.setLayout(column(self.title, *knobs, 4, self.use, None, gap=8, margins=(0, 0, 10, 0)))
        layout, self.lens = with_side(stage, inner)
        self.setLayout(layout)
        self.newest = Newest(host, _RUNNING, self)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.kernels.activated.connect(self.run)
        self.padding.chosen.connect(self.run)
        for slider in (self.length, self.stride, self.noise):
            slider.changed.connect(self.run)
        self.traces[1].pointed.connect(self._pointed)
        self.newest.answered.connect(self._show)
        self.newest.refused.connect(lambda why: self.shape.setText(say(why)))
        for widget in (self.kernels, self.length, self.stride, self.padding, self.noise, *self.traces, self.sums):
            explain(widget, told.STRIP)
        self.lens.explain(told.STRIP)

    @property
    def found(self) -> Strip | None:
        """What is shown."""
        return self._found

    def use_picture(self, picture: np.ndarray) -> None:
        """Work on (H, W, 3) uint8 RGB from now on."""
        self._picture = picture
        self.run()

    def run(self, _value: float = 0) -> None:
        """The kernel along what is in view."""
        kernel = STRIP_KERNELS[max(0, self.kernels.currentIndex())]
        self.does.setText(say(kernel.words))
        size, stride = int(self.length.value()), int(self.stride.value())
        wish = StripSettings(kernel, size, stride, self.padding.index() == 1, self.noise.value(), self._at)
        picture = self._picture
        if picture is not None:
            self.newest.ask(lambda: stripped(picture, wish))

    def _pointed(self, sample: int) -> None:
        if sample >= 0 and sample != self._at:
            self._at = sample
            self.run()

    def _show(self, found: Strip) -> None:
        self._found = found
        unit = self.tr("grey levels")
        for trace, values in zip(self.traces, (found.signal, found.result), strict=True):
            trace.show_window(values, channels=_COLOURS, unit=unit, rate=0)
        s = found.settings
        self.traces[0].point(found.at * s.stride + (0 if s.same else s.size // 2))
        length, after = len(found.signal), len(found.result)
        words = self.tr("batch, width, channels: (1, {n}, 3)  →  (1, {m}, 3)")
        self.shape.setText(words.format(n=length, m=after))
        where = self.tr("Place {at}, R").format(at=found.at + 1)
        self.sums.say(f"{where}: {found.line}")

    def retranslate(self) -> None:
        self.title.setText(self.tr("Along one direction (Conv1D)"))
        self.names[0].setText(self.tr("signal: the picture's middle row, with noise"))
        self.names[1].setText(self.tr("what the kernel answers: point at a place to see its sum"))
        self.use.setText(self.tr("The same for sentences, sound and sensors: smoothing takes the noise away."))
        self.kernels.setAccessibleName(self.tr("Kernel"))
        for i, one in enumerate(STRIP_KERNELS):
            self.kernels.setItemText(i, say(one.name))
        self.length.set_name(self.tr("Size of the kernel"))
        self.length.set_format(lambda v: f"{v:.0f}")
        self.stride.set_name(self.tr("Stride"))
        self.noise.set_name(self.tr("Noise"))
        self.noise.set_format(lambda v: f"{v:.0f}")
        self.padding.setTexts([self.tr("valid"), self.tr("same")])
        self.padding.setAccessibleName(self.tr("Padding"))
        for trace, name in zip(self.traces, self.names, strict=True):
            trace.setAccessibleName(name.text())
        self.run()


class FilmRoom(Retold, QWidget):
    """Conv3D: the last frames as a film, three slices of it under a 3×3×3 kernel, and the slice that comes out."""

    def __init__(self, host: EngineHost) -> None:
        super().__init__()
        self.kernels, self.does = QComboBox(), label("small", wrap=True)
        self.slice = SliderRow(1, FILM - 2, FILM // 2, step=1, live=True)
        self.slices, self.result = tuple(FrameView() for _ in range(3)), FrameView()
        self.names = tuple(label("caption") for _ in range(4))
        self.title, self.shape, self.use = label("section"), label("strong", wrap=True), label("small", wrap=True)
        self.weights = Sums(92)
        self._film: deque[np.ndarray] = deque(maxlen=FILM)
        self._still = np.zeros((4, 4, 3), np.uint8)
        self._found: Film | None = None
        for one in FILM_KERNELS:
            self.kernels.addItem("", one.id)
        for view in (*self.slices, self.result):
            view.setMinimumSize(90, 70)
        stage, inner = QWidget(), QWidget()
        above = row(*((_under(n, v), 1) for n, v in zip(self.names[:3], self.slices, strict=True)), gap=8)
        stage.setLayout(column((above, 2), self.weights, self.names[3], (self.result, 4), self.shape, gap=6))
        knobs = (self.kernels, self.does, self.slice)
        inner.setLayout(column(self.title, *knobs, 4, self.use, None, gap=8, margins=(0, 0, 10, 0)))
        layout, self.lens = with_side(stage, inner)
        self.setLayout(layout)
        self.newest = Newest(host, _RUNNING, self)
        self.kernels.activated.connect(self.run)
        self.slice.changed.connect(self.run)
        self.newest.answered.connect(self._show)
        for widget in (self.kernels, self.slice, *self.slices, self.result, self.weights):
            explain(widget, told.FILM)
        self.lens.explain(told.FILM)
        self.retranslate()

    @property
    def found(self) -> Film | None:
        """What is shown."""
        return self._found

    def use_picture(self, picture: np.ndarray) -> None:
        """The newest frame, (H, W, 3) uint8 RGB: the next slice of the film."""
        grey = small_grey(picture)
        if self._film and (self._film[-1].shape != grey.shape or np.array_equal(self._film[-1], grey)):
            self._film.clear()  # another source, or a picture that stands still: then a film is made of it alone
        self._film.append(grey)
        if len(self._film) == 1:
            self._still = picture
        self.run()

    def run(self, _value: float = 0) -> None:
        """The kernel at the slice that is set."""
        kernel, at = FILM_KERNELS[max(0, self.kernels.currentIndex())], int(self.slice.value()) - 1
        self.does.setText(say(kernel.words))
        if self._film:
            film = np.stack(list(self._film)) if len(self._film) >= 3 else panned(self._still)
            self.newest.ask(lambda: filmed(film, kernel, at))

    def _show(self, found: Film) -> None:
        self._found = found
        for view, picture in zip((*self.slices, self.result), (*found.slices, found.result), strict=True):
            view.show_frame(np.repeat(picture[..., None], 3, axis=2))
        shapes = (", ".join(map(str, s)) for s in (found.shape, found.after))
        words = self.tr("batch, time, height, width, channels: (1, {before}, 1)  →  (1, {after}, 1)")
        self.shape.setText(words.format(before=next(shapes), after=next(shapes)))
        lines = ["   ".join(_line(found.kernel.weights[t, r]) for t in range(3)) for r in range(3)]
        self.weights.say("\n".join(lines))
        self._say_slices(found.at)

    def _say_slices(self, at: int) -> None:
        for i, name in enumerate(self.names[:3]):
            name.setText(self.tr("slice {t}").format(t=at + i + 1))
        self.names[3].setText(self.tr("output slice {t}; middle grey is 0").format(t=at + 1))

    def retranslate(self) -> None:
        self.title.setText(self.tr("Through a film (Conv3D)"))
        self.use.setText(
            self.tr("27 weights move in three directions: over the picture and through time. MRI and CT have a depth.")
        )
        self.kernels.setAccessibleName(self.tr("Kernel"))
        for i, one in enumerate(FILM_KERNELS):
            self.kernels.setItemText(i, say(one.name))
        self.slice.set_name(self.tr("Output slice"))
        self.slice.set_format(lambda v: f"{v:.0f}")
        for i, view in enumerate(self.slices):
            view.setAccessibleName(self.tr("Slice {n} of three under the kernel").format(n=i + 1))
        self.result.setAccessibleName(self.tr("What the kernel answers"))
        self._say_slices(self._found.at if self._found else 0)
        self.run()


def _under(name: QWidget, view: QWidget) -> QWidget:
    holder = QWidget()
    holder.setLayout(column(name, (view, 1), gap=2))
    return holder


def _line(weights: np.ndarray) -> str:
    return " ".join(f"{number(round(float(w), 2)):>5}" for w in weights)
