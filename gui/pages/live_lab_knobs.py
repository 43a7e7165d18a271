"""What can be set in the convolution lab: kernel, stride, padding, channels, activation, pooling."""

from __future__ import annotations

from typing import get_args

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from engine.live.convolution import (
    LARGEST_KERNEL,
    LARGEST_POOL,
    LARGEST_STRIDE,
    Activation,
    LabSettings,
    Layer,
    Pooling,
)
from engine.live.lab_tables import PRESETS, Preset
from gui.pages import live_lab_words as told
from gui.widgets.basics import Segmented, SliderRow, column, label, rule
from gui.widgets.lab_kernel import KernelEditor
from gui.widgets.lens import explain
from gui.widgets.retold import Retold
from gui.words import say

FIRST = "sobel_x"
_ACTIVATIONS: tuple[Activation, ...] = ("relu", "signed", "absolute")
_POOLINGS: tuple[Pooling, ...] = get_args(Pooling)


class LabKnobs(Retold, QWidget):
    """Signals:
    changed: a person set something else; ask `settings()`.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.presets, self.editor = QComboBox(), KernelEditor()
        self.does = label("small", wrap=True)
        self.kernel_size = SliderRow(1, LARGEST_KERNEL, 3, step=1, live=True)
        self.stride = SliderRow(1, LARGEST_STRIDE, 1, step=1, live=True)
        self.padding, self.channels = Segmented(2, wide=True), Segmented(2, wide=True)
        self.activation, self.pooling = Segmented(3, wide=True), Segmented(3, wide=True)
        self.pool_window = SliderRow(2, LARGEST_POOL, 2, step=1, live=True)
        self._titles = {name: label("section") for name in ("kernel", "padding", "channels", "activation", "pooling")}
        for card in PRESETS:
            self.presets.addItem("", card.id)
        self.presets.addItem("", None)
        self._lay_out()
        self._connect()
        self._explain()
        self.show_preset(next(p for p in PRESETS if p.id == FIRST))
        self.retranslate()

    def _lay_out(self) -> None:
        title = self._titles
        self.setLayout(
            column(
                *(title["kernel"], self.presets, self.does, self.kernel_size, self.editor, self.stride),
                *(rule(), title["padding"], self.padding, title["channels"], self.channels),
                *(title["activation"], self.activation, rule()),
                *(title["pooling"], self.pooling, self.pool_window, None),
                gap=8,
                margins=(0, 0, 10, 4),
            )
        )

    def _connect(self) -> None:
        self.presets.activated.connect(self._preset_chosen)
        self.editor.changed.connect(self._typed)
        self.kernel_size.changed.connect(self._resized)
        self.stride.changed.connect(self.changed)
        self.pool_window.changed.connect(self.changed)
        for part in (self.padding, self.channels, self.activation, self.pooling):
            part.chosen.connect(self._set)

    def _explain(self) -> None:
        for widget, words in (
            *((self.presets, told.KERNEL), (self.editor, told.KERNEL), (self.kernel_size, told.SIZE)),
            *((self.stride, told.STRIDE), (self.padding, told.PADDING), (self.channels, told.CHANNELS)),
            *((self.activation, told.ACTIVATION), (self.pooling, told.POOLING), (self.pool_window, told.POOLING)),
        ):
            explain(widget, words)

    def retranslate(self) -> None:
        title = self._titles
        title["kernel"].setText(self.tr("Kernel"))
        title["padding"].setText(self.tr("Padding"))
        title["channels"].setText(self.tr("Channels"))
        title["activation"].setText(self.tr("After the sum"))
        title["pooling"].setText(self.tr("Pooling"))
        self.padding.setTexts([self.tr("valid"), self.tr("same")])
        self.channels.setTexts([self.tr("each alone"), self.tr("added up")])
        self.activation.setTexts([self.tr("ReLU"), self.tr("both signs"), self.tr("size only")])
        self.pooling.setTexts([self.tr("none"), self.tr("max"), self.tr("average")])
        for part, name in zip((self.padding, self.channels, self.activation, self.pooling), title, strict=False):
            part.setAccessibleName(title[name].text())
        self.kernel_size.set_name(self.tr("Size of the kernel"))
        self.kernel_size.set_format(lambda v: f"{v:.0f}×{v:.0f}")
        self.stride.set_name(self.tr("Stride"))
        self.pool_window.set_name(self.tr("Pooling window"))
        self.pool_window.set_format(lambda v: f"{v:.0f}×{v:.0f}")
        self.presets.setAccessibleName(self.tr("Kernel"))
        for i, card in enumerate(PRESETS):
            self.presets.setItemText(i, say(card.name))
        self.presets.setItemText(len(PRESETS), self.tr("Your own"))
        self._say_what_it_does()

    def show_preset(self, card: Preset) -> None:
        """Put this kernel into the editor without telling anybody."""
        self.presets.setCurrentIndex(PRESETS.index(card))
        self.editor.show_kernel(card.weights, card.divisor)
        self.kernel_size.set_value(len(card.weights))
        self._say_what_it_does()

    def settings(self) -> LabSettings | None:
        """What is set; None while something in the kernel is no number."""
        weights, divisor = self.editor.weights, self.editor.divisor
        if weights is None or divisor is None:
            return None
        layer = Layer(weights, divisor, int(self.stride.value()), self.padding.index() == 1)
        return LabSettings(
            layer,
            summed=self.channels.index() == 1,
            activation=_ACTIVATIONS[self.activation.index()],
            pooling=_POOLINGS[self.pooling.index()],
            pool_size=int(self.pool_window.value()),
        )

    def _say_what_it_does(self) -> None:
        index = self.presets.currentIndex()
        own = self.tr("Your own numbers. They act at once.")
        self.does.setText(say(PRESETS[index].words) if index < len(PRESETS) else own)
        self.pool_window.setVisible(self.pooling.index() > 0)

    def _preset_chosen(self, index: int) -> None:
        if index < len(PRESETS):
            self.show_preset(PRESETS[index])
        self._say_what_it_does()
        self.changed.emit()

    def _typed(self) -> None:
        self.presets.setCurrentIndex(len(PRESETS))
        self._set()

    def _resized(self, size: float) -> None:
        self.editor.resize_kernel(int(size))
        self._typed()

    def _set(self, _index: int = 0) -> None:
        self._say_what_it_does()
        self.changed.emit()
