"""The kernels of a convolution layer, painted with the diverging map: zero is always the neutral."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.basics import Segmented, column, label, row
from gui.widgets.room import is_small

SCALES = (14, 12, 10, 8, 6, 5, 4, 3, 2)  # pixels a weight, whole so that every weight is a square
SMALLEST_TABLE = 2


class KernelPicture(QWidget):
    """One layer's weights (O, I, k, k) as a picture of small kernels, painted in one go.

    A layer with one input channel shows its kernels side by side; a deeper one shows a table, a row
    for each filter and a column for each channel it reads, as much of it as fits.

    Signals:
        laid_out: `counts` and `largest` are those of the picture now in view.
    """

    laid_out = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._weights = np.zeros((0, 0, 3, 3), np.float32)
        self._picture: QImage | None = None
        self._laid_out_for: tuple[object, ...] = ()
        self.counts = (0, 0)
        self.largest = 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 48)

    def show_weights(self, weights: np.ndarray) -> None:
        """Show these (O, I, k, k) float32."""
        self._weights = weights
        self._laid_out_for = ()
        self.update()

    def _lay_out(self) -> None:
        """Colour the kernels for the size at hand."""
        wanted = (self.width(), self.height(), theme.current().name)
        if wanted == self._laid_out_for or not self._weights.size:
            return
        self._laid_out_for = wanted
        outputs, inputs, k, _ = self._weights.shape
        rows, columns, scale = self._fit(outputs, inputs, k)
        self.largest = float(np.abs(self._weights).max()) or 1.0
        kernels = self._weights[:, 0] if inputs == 1 else self._weights[:rows, :columns].reshape(-1, k, k)
        self.counts = (len(kernels), outputs * inputs)
        gap = gap_of(scale)
        side = k * scale + gap
        sheet = np.zeros((rows * side - gap, columns * side - gap, 4), np.uint8)
        colours = theme.ramp(kernels.reshape(-1, k), theme.current().diverging, -self.largest, self.largest)
        colours = colours.reshape(-1, k, k, 3).repeat(scale, 1).repeat(scale, 2)
        for n, kernel in enumerate(colours):
            y, x = n // columns * side, n % columns * side
            sheet[y : y + k * scale, x : x + k * scale, :3] = kernel
            sheet[y : y + k * scale, x : x + k * scale, 3] = 255
        height, width = sheet.shape[:2]
        self._picture = QImage(sheet.data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
        self.laid_out.emit()

    def _fit(self, outputs: int, inputs: int, k: int) -> tuple[int, int, int]:
        """(rows, columns, scale) at the largest scale at which all fits, else as much as fits at the smallest."""
        for scale in SCALES:
            side, gap = k * scale + gap_of(scale), gap_of(scale)
            across, down = max(1, (self.width() + gap) // side), max(1, (self.height() + gap) // side)
            if inputs == 1 and across * down >= outputs:
                columns = min(outputs, across)
                return -(-outputs // columns), columns, scale
            if inputs > 1 and across >= inputs and down >= outputs:
                return outputs, inputs, scale
        if inputs == 1:
            return -(-outputs // across), across, SMALLEST_TABLE
        return min(outputs, down), min(inputs, across), SMALLEST_TABLE

    def paintEvent(self, event: QPaintEvent) -> None:
        self._lay_out()
        if self._picture is not None:
            QPainter(self).drawImage(0, 0, self._picture)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self.update()


def gap_of(scale: int) -> int:
    """Pixels between kernels whose weights take `scale` pixels."""
    return max(1, scale // 2)


class ColourKey(QWidget):
    """The diverging map as a strip from − to +."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(72, 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        strip = theme.ramp(np.linspace(0, 1, 72)[None], theme.current().diverging)
        image = QImage(np.ascontiguousarray(strip).data, 72, 1, 216, QImage.Format.Format_RGB888).copy()
        QPainter(self).drawImage(QRectF(self.rect()), image)


class Filters(QWidget):
    """The filters of each convolution layer as they change: choose a layer, see its kernels."""

    def __init__(self) -> None:
        super().__init__()
        self._layers: dict[str, np.ndarray] = {}
        self._chosen = self._said = ""
        self._buttons: Segmented | None = None
        self.picture = KernelPicture()
        self.picture.laid_out.connect(self._describe)
        self._words, self._low, self._high, self._key = (
            label("caption"),
            label("caption"),
            label("caption"),
            ColourKey(),
        )
        self._empty = label("small", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._layer_row = row(gap=0)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        foot = row(self._layer_row, (self._words, 1), self._low, self._key, self._high, gap=6)
        self.setLayout(column((self._empty, 1), (self.picture, 1), foot, gap=4))
        self._refresh()

    def room_changed(self, small: bool) -> None:
        """Words beside the layer buttons only where they fit."""
        self._describe()

    def show_weights(self, weights: Mapping[str, np.ndarray]) -> None:
        """Show the convolution weights (O, I, k, k) of every layer, by the layers' names."""
        names_changed = list(weights) != list(self._layers)
        self._layers = dict(weights)
        if names_changed:
            self._chosen = next(iter(self._layers), "")
            self._make_buttons()
        self._refresh()

    def choose(self, layer: str) -> None:
        """Show this layer."""
        self._chosen = layer
        if self._buttons:
            self._buttons.choose(list(self._layers).index(layer))
        self._refresh()

    @property
    def layers(self) -> list[str]:
        """The layers there are to choose from."""
        return list(self._layers)

    @property
    def words(self) -> str:
        """What is said of the layer in view."""
        return self._said

    def _make_buttons(self) -> None:
        if self._buttons:
            self._layer_row.removeWidget(self._buttons)
            self._buttons.deleteLater()
            self._buttons = None
        if len(self._layers) > 1:
            self._buttons = Segmented(len(self._layers))
            self._buttons.chosen.connect(lambda index: self.choose(list(self._layers)[index]))
            self._buttons.setTexts([str(i) for i in range(1, len(self._layers) + 1)])
            self._layer_row.addWidget(self._buttons)

    def _refresh(self) -> None:
        shown = bool(self._layers)
        self.picture.setVisible(shown)
        self._empty.setVisible(not shown)
        for widget in (self._low, self._key, self._high):
            widget.setVisible(shown)
        if shown:
            self.picture.show_weights(self._layers[self._chosen])
        self._describe()

    def _describe(self) -> None:
        self._empty.setText(
            self.tr("No filters to look at: this network has no convolution, or nothing was trained yet.")
        )
        if not self._layers:
            self._said = ""
            self._words.setText("")
            return
        outputs, inputs, k, _ = self._layers[self._chosen].shape
        words = self.tr("{name}: {outputs} filters {k}×{k}, each reads {inputs} channels")
        if inputs == 1:
            words = self.tr("{name}: {outputs} filters {k}×{k}")
        words = words.format(name=self._chosen, outputs=outputs, inputs=inputs, k=k)
        shown, total = self.picture.counts
        if shown < total == outputs * inputs:
            words += " · " + self.tr("{n:,} of {total:,} kernels in view").format(n=shown, total=total)
        self._said = words
        self._words.setText("" if is_small(self) else words)  # a small window has it as the picture's tip
        self.picture.setToolTip(words)
        self._low.setText(f"−{self.picture.largest:.2g}")
        self._high.setText(f"+{self.picture.largest:.2g}")
        if self._buttons:
            self._buttons.setAccessibleName(self.tr("Convolution layer"))
        self.picture.setAccessibleName(words)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._describe()
