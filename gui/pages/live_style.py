"""In which style Live repaints the picture, and how strongly."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from engine.live.settings import LiveSettings
from engine.style.cards import STYLES
from gui.pages import live_words
from gui.widgets.basics import SliderRow, column, label
from gui.widgets.lens import explain
from gui.widgets.retold import Retold
from gui.words import say


class LiveStyle(Retold, QWidget):
    """A painting to choose and a slider.

    Signals:
        changed: (dict) values of `LiveSettings` that a person moved.
    """

    changed = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        self._name, self.style_box = label("small"), QComboBox()
        self.strength = SliderRow(0, 1.5, LiveSettings().style_strength, step=0.05, live=True)
        for card in STYLES:
            self.style_box.addItem("", card.id)
        self.setLayout(column(self._name, self.style_box, self.strength, gap=4))
        explain(self, live_words.STYLE)
        self.style_box.activated.connect(lambda _: self.changed.emit({"style": self.style_box.currentData()}))
        self.strength.changed.connect(lambda value: self.changed.emit({"style_strength": value}))
        self.retranslate()

    def show_settings(self, settings: LiveSettings) -> None:
        """Put both where these settings are, without telling anybody."""
        self.style_box.setCurrentIndex(max(0, self.style_box.findData(settings.style)))
        self.strength.set_value(settings.style_strength)

    def retranslate(self) -> None:
        self._name.setText(self.tr("Painted like"))
        self.style_box.setAccessibleName(self.tr("Painted like"))
        self.strength.set_name(self.tr("Strength"))
        for place, card in enumerate(STYLES):
            self.style_box.setItemText(place, f"{say(card.title)} · {say(card.surname)}")
