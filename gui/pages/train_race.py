"""Choosing what two raced trainings differ in."""

from __future__ import annotations

import dataclasses
from typing import Any

from PySide6.QtWidgets import QDialog, QScrollArea, QWidget

from engine.errors import LabError
from engine.fields import fields_of
from engine.train.race import SHARED, check_pair
from engine.train.sweep import NO_INFLUENCE
from gui.widgets.basics import button, column, label, row
from gui.widgets.form import Form
from gui.widgets.run_table import setting_words
from gui.words import say

FIRST_FACTOR = 3.0  # what B's learning rate is divided by until a person says otherwise


class RaceDialog(QDialog):
    """Side A is what is set on the left; side B is the same, to change here. Says what differs.

    What decides which pictures are seen (seed, held-out part, batch size) is the same for both and not offered.
    """

    def __init__(self, settings: Any, parent: QWidget) -> None:
        super().__init__(parent)
        self._a = settings
        names = [name for name, _, _ in fields_of(settings) if name not in (*SHARED, *NO_INFLUENCE)]
        self.form = Form(settings, only=names)
        rate = float(f"{settings.learning_rate / FIRST_FACTOR:.1g}")
        self.form.set_value(dataclasses.replace(settings, learning_rate=rate))
        self._title, self._note = label("title"), label("small", wrap=True)
        self._b, self.differs = label("section"), label("small", wrap=True)
        self._start, self._cancel = button("play-fill", "primary"), button(None, "quiet")
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self.form)
        buttons = row(None, self._cancel, self._start, gap=8)
        body = (self._title, self._note, self._b, (area, 1), self.differs, buttons)
        self.setLayout(column(*body, gap=12, margins=(20, 18, 20, 18)))
        self.form.changed.connect(lambda _: self._say())
        self._start.clicked.connect(self._accept)
        self._cancel.clicked.connect(self.reject)
        self.resize(440, 600)
        self.retranslate()

    @property
    def sides(self) -> tuple[Any, Any]:
        """The settings of A and of B."""
        return self._a, self.form.value()

    def _accept(self) -> None:
        if not self.form.go_to_problem() and self._say():
            self.accept()

    def _say(self) -> bool:
        """What differs, or in a sentence why there is no race; True when there is one."""
        try:
            varied = check_pair(*self.sides)
        except LabError as error:
            self.differs.setText(say(error.text))
            self._start.setEnabled(False)
            return False
        labels = {name: say(field.label) for name, field, _ in fields_of(self._a)}
        words = (f"{labels[name]}: A {setting_words(a)}, B {setting_words(b)}" for name, (a, b) in varied.items())
        self.differs.setText("\n".join(words))
        self._start.setEnabled(True)
        return True

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Race"))
        self._title.setText(self.tr("Race two settings"))
        self._note.setText(
            self.tr(
                "Both see the same pictures in the same order and start from the same weights. A is what is set on the left."
            )
        )
        self._b.setText(self.tr("Side B"))
        self._start.setText(self.tr("Start the race"))
        self._cancel.setText(self.tr("Cancel"))
        self._say()
