"""The recipes as cards to choose from; the chosen one says what it is and shows its network."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QWidget

from engine.cards import Task
from engine.train.figures import metric_name
from engine.train.recipes import RECIPES, Recipe
from gui.widgets.basics import Chip, column, label, restyle, role, row
from gui.widgets.lens import explain
from gui.widgets.network_strip import NetworkStrip
from gui.words import say

TASKS = (Task.CLASSIFY, Task.SEGMENT, Task.DETECT)  # those the tab can show while they learn, in this order
SHOWN = tuple(recipe for task in TASKS for recipe in RECIPES if recipe.card.task is task)


class RecipeCard(QFrame):
    """One recipe: its id and what was measured; chosen, also its summary.

    Signals:
        chosen: a person wants this one.
    """

    chosen = Signal()

    def __init__(self, recipe: Recipe) -> None:
        super().__init__()
        role(self, "card", on=False)
        self.recipe = recipe
        self._name, self._summary = label("strong"), label("caption", wrap=True)
        self._chip = Chip("bundled")
        self._accuracy: float | None = None
        self._name.setText(recipe.id)
        self.setLayout(column(row(self._name, None, self._chip), self._summary, gap=3, margins=(12, 7, 10, 8)))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        explain(self, recipe.card.explanation)
        self.set_chosen(False)
        self.retranslate()

    def set_chosen(self, on: bool) -> None:
        """Mark it as the one that will be trained."""
        restyle(self, on=on)
        self._summary.setVisible(on)

    def set_accuracy(self, accuracy: float | None) -> None:
        """Test accuracy of the weights that came with the app, in [0, 1]; None when none came."""
        self._accuracy = accuracy
        self.retranslate()

    def retranslate(self) -> None:
        self._summary.setText(say(self.recipe.card.summary))
        self.setToolTip(say(self.recipe.card.summary))
        self._chip.setVisible(self._accuracy is not None)
        if self._accuracy is not None:
            words = self.tr("bundled {accuracy:.2f} %").format(accuracy=100 * self._accuracy)
            metric = self.recipe.lesson.metric
            self._chip.setToolTip(f"{words} {say(metric_name(metric))}")  # too long for the card of a long name
            self._chip.setText(words if metric == "accuracy" else f"{100 * self._accuracy:.1f}\u2009%")
        self.setAccessibleName(f"{say(self.recipe.card.name)}, {self.recipe.id}. {say(self.recipe.card.summary)}")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        else:
            super().keyPressEvent(event)


class RecipeCards(QWidget):
    """All recipes, one of them chosen, and the diagram of its network.

    Signals:
        chosen: (str) the id of another recipe.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.cards = {recipe.id: RecipeCard(recipe) for recipe in SHOWN}
        self.strip = NetworkStrip()
        self._heads = {task: label("caption") for task in TASKS if any(r.card.task is task for r in SHOWN)}
        parts: list[QWidget] = []
        for task, head in self._heads.items():
            parts += [head, *(card for card in self.cards.values() if card.recipe.card.task is task)]
        for card in self.cards.values():
            card.chosen.connect(self._chosen)
        self.setLayout(column(*parts, 4, self.strip, gap=6))
        self._locked = False
        self.choose(SHOWN[0].id)
        self.retranslate()

    @property
    def recipe(self) -> Recipe:
        """The chosen one."""
        return self._recipe

    def choose(self, id: str) -> None:
        """Choose one without telling anybody."""
        for name, card in self.cards.items():
            card.set_chosen(name == id)
        self._recipe = self.cards[id].recipe
        self.strip.show_blocks(self._recipe.layers)

    def set_locked(self, locked: bool) -> None:
        """While a run goes on its recipe stays chosen."""
        self._locked = locked

    def set_accuracies(self, accuracies: Mapping[str, float]) -> None:
        """What the bundled weights reach, by recipe id."""
        for name, card in self.cards.items():
            card.set_accuracy(accuracies.get(name))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        words = {
            Task.CLASSIFY: self.tr("Name a picture (classification)"),
            Task.SEGMENT: self.tr("A class for every pixel (segmentation)"),
            Task.DETECT: self.tr("Boxes round objects (detection)"),
        }
        for task, head in self._heads.items():
            head.setText(words[task])

    def _chosen(self) -> None:
        card = self.sender()
        assert isinstance(card, RecipeCard)
        if not self._locked and card.recipe is not self._recipe:
            self.choose(card.recipe.id)
            self.chosen.emit(card.recipe.id)
