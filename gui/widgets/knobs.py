"""Sliders for the settings that act while the job runs, made from the dataclass."""

from __future__ import annotations

import dataclasses
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.fields import Field, fields_of
from gui.widgets.basics import SliderRow
from gui.widgets.chart_ticks import knob_figure
from gui.widgets.lens import explain
from gui.widgets.retold import Retold
from gui.words import say

# A hand needs a narrower way than the command line may go: the useful part of a logarithmic field.
_SPANS = {"learning_rate": (1e-5, 0.1), "batch_size": (16, 1024)}


class Knobs(Retold, QWidget):
    """One slider for each live field of a frozen settings value.

    Signals:
        changed: (str, int or float) a person moved the field of this name.
    """

    changed = Signal(str, object)  # a float would make a batch of 64.0 pictures

    def __init__(self, settings: Any, *, order: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._order = order
        self._fields: dict[str, Field] = {}
        self.sliders: dict[str, SliderRow] = {}
        self._notes: dict[str, tuple[float, int]] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)
        self.rebuild(settings)

    def rebuild(self, settings: Any) -> None:
        """Sliders for another kind of settings in place of those there were."""
        self._settings = settings
        for old in self.sliders.values():
            self._box.removeWidget(old)
            old.hide()  # it lives until the event loop comes round
            old.deleteLater()
        self._fields, self.sliders, self._notes = {}, {}, {}
        live = {name: (field, value) for name, field, value in fields_of(settings) if field.live}
        first = [name for name in self._order if name in live]
        for name in (*first, *(name for name in live if name not in first)):
            self._fields[name] = live[name][0]
            self.sliders[name] = self._make(name, *live[name])
            self._box.addWidget(self.sliders[name])
        self.retranslate()

    def _make(self, name: str, field: Field, value: Any) -> SliderRow:
        low, high = _SPANS.get(name, (field.low, field.high))
        low, high = max(low, field.low), min(high, field.high)
        low = min(low, value)
        slider = SliderRow(low, high, value, log=field.log, step=field.step, live=True, unit=field.unit)
        whole = isinstance(value, int)
        slider.changed.connect(lambda v, name=name, whole=whole: self._moved(name, round(v) if whole else v))
        if field.help:
            explain(slider, field.help)
        return slider

    def _moved(self, name: str, value: float) -> None:
        self._settings = dataclasses.replace(self._settings, **{name: value})
        self.changed.emit(name, value)

    def values(self) -> dict[str, Any]:
        """Field names to the values the sliders stand at."""
        return {name: getattr(self._settings, name) for name in self.sliders}

    def set_value(self, settings: Any) -> None:
        """Move the sliders to other settings without telling anybody."""
        self._settings = settings
        for name, slider in self.sliders.items():
            slider.set_value(getattr(settings, name))

    def note_move(self, name: str, old: float, step: int) -> None:
        """Remember under the slider what it was before; the first value of the run stays."""
        self._notes[name] = (old, step)
        self._say_notes()

    def forget_moves(self) -> None:
        """The run has ended."""
        self._notes.clear()
        self._say_notes()

    def notes(self) -> dict[str, str]:
        """What stands under each slider."""
        words = self.tr("was {old} until step {step:,}")
        found = {name: words.format(old=knob_figure(old), step=step) for name, (old, step) in self._notes.items()}
        return {name: found.get(name, "") for name in self.sliders}

    def _say_notes(self) -> None:
        for name, words in self.notes().items():
            self.sliders[name].set_note(words)

    def retranslate(self) -> None:
        for name, slider in self.sliders.items():
            slider.set_name(say(self._fields[name].label))
            slider.set_format(partial(_figure, self._fields[name]))
        self._say_notes()


def _figure(field: Field, value: float) -> str:
    if field.zero and not value:
        return say(field.zero)
    return knob_figure(value) if field.log else f"{value:.2f}"
