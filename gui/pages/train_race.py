"""Choosing what two raced trainings differ in."""

from __future__ import annotations

import dataclasses
from typing import Any

from PySide6.QtWidgets import QComboBox, QScrollArea, QWidget

from engine.cards import Task
from engine.errors import LabError
from engine.fields import fields_of, problems
from engine.host import EngineHost
from engine.jobs import JobRun, JobState
from engine.text import Text
from engine.train.cost import both_words, costs_of
from engine.train.pairs import offered, sides
from engine.train.race import SHARED, check_pair
from engine.train.recipe import Recipe
from engine.train.sweep import NO_INFLUENCE
from gui.widgets.basics import button, column, label, row
from gui.widgets.dialog import Dialog
from gui.widgets.form import Form
from gui.widgets.run_table import setting_words
from gui.words import say

COUNTING = Text("Counting what both sides cost", "양쪽의 비용 세기")
FIRST_FACTOR = 3.0  # what B's learning rate is divided by until a person says otherwise


class RaceDialog(Dialog):
    """Side A is what is set on the left; side B is the same, to change here. Says what differs and what each costs.

    A question of the lectures sets both sides. What decides which pictures are seen (seed, held-out part, batch size) is the same for both and not offered.
    """

    def __init__(self, host: EngineHost, recipe: Recipe, settings: Any, parent: QWidget) -> None:
        super().__init__(parent)
        self._host, self._recipe = host, recipe
        self._a = self._left = settings
        self._counted: Text | None = None
        names = [name for name, _, _ in fields_of(settings) if name not in (*SHARED, *NO_INFLUENCE)]
        self.form = Form(settings, only=names)
        rate = float(f"{settings.learning_rate / FIRST_FACTOR:.1g}")
        self.form.set_value(dataclasses.replace(settings, learning_rate=rate))
        self._title, self._note = label("title"), label("small", wrap=True)
        self._b, self.differs = label("section"), label("small", wrap=True)
        self._ask, self.question, self.asked = label("section"), QComboBox(), label("small", wrap=True)
        self.costs = label("caption", wrap=True)
        self._pairs = offered(settings)
        self.question.addItems([""] * (1 + len(self._pairs)))
        self._start, self._cancel = button("play-fill", "primary"), button(None, "quiet")
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self.form)
        buttons = row(None, self._cancel, self._start, gap=8)
        ask = column(self._ask, self.question, self.asked, gap=6)
        foot = column(self.differs, self.costs, gap=6)
        body = (self._title, self._note, ask, self._b, (area, 1), foot, buttons)
        self.setLayout(column(*body, gap=12, margins=(20, 18, 20, 18)))
        self.form.changed.connect(lambda _: self._changed())
        self.question.activated.connect(self.choose)
        self._start.clicked.connect(self._accept)
        self._cancel.clicked.connect(self.reject)
        self.resize(480, 680)
        self.retranslate()
        self._count()

    @property
    def sides(self) -> tuple[Any, Any]:
        """The settings of A and of B."""
        return self._a, self.form.value()

    def choose(self, number: int) -> None:
        """Ask a question of the lectures (from 1 on), or leave it to the person (0)."""
        self.question.setCurrentIndex(number)
        self._a = self._left
        if number:
            self._a, b = sides(self._pairs[number - 1].id, self._left)
            self.form.set_value(b)
        self._changed()

    def _changed(self) -> None:
        self._say()
        self._count()

    def _count(self) -> None:
        """What both sides cost, off this thread."""
        if self._recipe.card.task is not Task.CLASSIFY or any(problems(side) for side in self.sides):
            return
        job = costs_of(self._recipe, self.sides)
        self._host.start(COUNTING, job, lane="io", owner=self, on_end=self._costs)

    def _costs(self, run: JobRun) -> None:
        if run.state is JobState.DONE:
            self._counted = both_words(*run.result)
            self.costs.setText(say(self._counted))

    def _accept(self) -> None:
        if not self.form.go_to_problem() and self._say():
            self.accept()

    def _say(self) -> bool:
        number = self.question.currentIndex()
        own = self.tr("Change what you like on side B.")
        self.asked.setText(say(self._pairs[number - 1].question) if number > 0 else own)
        return self._say_difference()

    def _say_difference(self) -> bool:
        """What differs, or in a sentence why there is no race; True when there is one."""
        try:
            varied = check_pair(*self.sides)
        except LabError as error:
            self.differs.setText(say(error.text))
            self._start.setEnabled(False)
            return False
        labels = {name: say(field.label) for name, field, _ in fields_of(self._a)}
        words = [f"{labels[name]}: A {setting_words(a)}, B {setting_words(b)}" for name, (a, b) in varied.items()]
        both = [
            f"{labels[name]} {setting_words(value)}"
            for name, _, value in fields_of(self._a)
            if name not in varied and value != getattr(self._left, name)
        ]
        if both:  # the question asks for it on either side
            words.append(self.tr("Both: {settings}").format(settings=", ".join(both)))
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
        self._ask.setText(self.tr("Question"))
        self.question.setAccessibleName(self._ask.text())
        self.question.setItemText(0, self.tr("Your own"))
        for number, pair in enumerate(self._pairs, start=1):
            self.question.setItemText(number, say(pair.name))
        self._b.setText(self.tr("Side B"))
        self._start.setText(self.tr("Start the race"))
        self._cancel.setText(self.tr("Cancel"))
        self._say()
