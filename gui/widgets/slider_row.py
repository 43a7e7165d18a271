"""A value a hand can move: name left, figure right, track below."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QSlider, QWidget

from gui.widgets.controls import Icon
from gui.widgets.layout import column, label, row

TICKS = 1000


class SliderRow(QWidget):
    """Name, figure and slider, linear or logarithmic.

    An iris bolt marks a value that acts while a job runs. Double click on the figure to type one,
    Ctrl+click on the slider for the default.

    Signals:
        changed: (float) a person moved it.
    """

    changed = Signal(float)

    def __init__(
        self,
        low: float,
        high: float,
        default: float,
        *,
        log: bool = False,
        step: float = 0.0,
        live: bool = False,
        unit: str = "",
    ) -> None:
        super().__init__()
        self._low, self._high, self._default = low, high, default
        self._log, self._step, self._unit = log, step, unit
        self._value = default
        self._words: Callable[[float], str] = self._plain
        self._name, self._figure, self._note = label("small"), label("strong"), label("caption")
        self._note.hide()
        self._bolt = Icon("lightning", "you", 12)
        self._bolt.setVisible(live)
        self._slider = self._make_slider()
        self._field = self._make_field()
        self._figure.installEventFilter(self)
        top = row(self._name, self._bolt, None, self._figure, self._field, gap=5)
        self.setLayout(column(top, self._slider, self._note, gap=2))
        self.set_value(default)

    def _make_slider(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, TICKS)
        slider.setPageStep(TICKS // 10)
        slider.setSingleStep(TICKS // 100)
        slider.setFixedHeight(18)
        slider.valueChanged.connect(self._moved)
        slider.installEventFilter(self)
        self.setFocusProxy(slider)
        return slider

    def _make_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setProperty("size", "compact")
        field.setFixedWidth(84)
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.hide()
        field.editingFinished.connect(self._typed)
        field.installEventFilter(self)
        return field

    def set_name(self, name: str) -> None:
        """Say what it moves."""
        self._name.setText(name)
        self._slider.setAccessibleName(name)
        self._field.setAccessibleName(name)

    setName = set_name

    def set_format(self, words: Callable[[float], str]) -> None:
        """How the figure is written, "±8°"."""
        self._words = words
        self._figure.setText(words(self._value))

    def set_note(self, note: str) -> None:
        """A caption under the track ("was 0.001 until step 520"); empty for none."""
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def value(self) -> float:
        """The value as it stands."""
        return self._value

    def set_value(self, value: float) -> None:
        """Move it without telling anybody."""
        self._value = min(max(value, self._low), self._high)
        self._slider.blockSignals(True)
        self._slider.setValue(round(self._at(self._value) * TICKS))
        self._slider.blockSignals(False)
        self._figure.setText(self._words(self._value))

    def set_range(self, low: float, high: float, value: float) -> None:
        """Other bounds and another default, without telling anybody."""
        self._low, self._high, self._default = low, high, value
        self.set_value(value)

    def set_locked(self, locked: bool) -> None:
        """Plain text while it cannot move."""
        self._slider.setVisible(not locked)

    @property
    def slider(self) -> QSlider:
        """The track itself."""
        return self._slider

    @property
    def figure(self) -> QLabel:
        """The figure at the right."""
        return self._figure

    def _at(self, value: float) -> float:
        """Where on the track, 0 to 1."""
        if self._log:
            return math.log(value / self._low) / math.log(self._high / self._low)
        return (value - self._low) / (self._high - self._low)

    def _rounded(self, value: float) -> float:
        if self._step:
            return round(round(value / self._step) * self._step, 10)
        if value == 0:
            return 0.0
        return round(value, 2 - math.floor(math.log10(abs(value))) - 1)  # two digits are enough for a hand

    def _moved(self, tick: int) -> None:
        at, low, high = tick / TICKS, self._low, self._high
        value = low * (high / low) ** at if self._log else low + (high - low) * at
        self._take(min(max(self._rounded(value), self._low), self._high))

    def _take(self, value: float) -> None:
        if value != self._value:
            self._value = value
            self._figure.setText(self._words(value))
            self.changed.emit(value)

    def _typed(self) -> None:
        if self._field.isHidden():
            return
        self._field.hide()
        self._figure.show()
        try:
            value = float(self._field.text().replace(",", "").strip(" °%px±"))
        except ValueError:
            return  # what stood there before stays
        if math.isfinite(value):
            self._change_to(value)

    def _change_to(self, value: float) -> None:
        before = self._value
        self.set_value(value)
        if self._value != before:
            self.changed.emit(self._value)

    def _plain(self, value: float) -> str:
        return f"{value:,.4g}".replace("-", "−") + self._unit

    def _type(self) -> None:
        self._field.setText(f"{self._value:g}")
        self._figure.hide()
        self._field.show()
        self._field.selectAll()
        self._field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._figure and kind == QEvent.Type.MouseButtonDblClick:
            self._type()
            return True
        if watched is self._slider and _is_ctrl_click(event):
            self._change_to(self._default)
            return True
        if watched is self._slider and kind == QEvent.Type.Wheel and not self._slider.hasFocus():
            event.ignore()  # the column scrolls; a value never moves by accident
            return True
        return super().eventFilter(watched, event)


def _is_ctrl_click(event: QEvent) -> bool:
    return (
        isinstance(event, QMouseEvent)
        and event.type() == QEvent.Type.MouseButtonPress
        and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    )
