"""The recipes as cards to choose from; the chosen one says what it is and shows its network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.cards import Task
from engine.text import same
from engine.train.figures import metric_name
from engine.train.recipes import RECIPES, Recipe
from engine.train.runs import RunSummary
from engine.train.said_here import lines
from gui.widgets.basics import Chip, Icon, column, label, row
from gui.widgets.choice_cards import Choice, OneChoice
from gui.widgets.clickable import Clickable
from gui.widgets.lens import explain
from gui.widgets.network_strip import NetworkStrip
from gui.widgets.retold import Retold
from gui.widgets.said_here import SaidHere
from gui.words import say

TASKS = (
    Task.CLASSIFY,
    Task.SEGMENT,
    Task.DETECT,
    Task.LANDMARKS,
    Task.SIGNAL,
    Task.STYLE,
    Task.DENOISE,
)  # those the tab can show while they learn, in this order
SHOWN = tuple(recipe for task in TASKS for recipe in RECIPES if recipe.card.task is task)

LONG = 12  # letters of an id beside which the chip is short


class RecipeCard(OneChoice):
    """One recipe: its id and what was measured; chosen, also its summary and what the slides said of it."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe, self._chip, self.said = recipe, Chip("bundled"), SaidHere()
        self._accuracy: float | None = None
        choice = Choice(recipe.id, same(recipe.id), recipe.card.summary)
        super().__init__(choice, beside=self._chip, below=self.said)
        explain(self, recipe.card.explanation)

    def set_chosen(self, on: bool) -> None:
        """Mark it as the one that will be trained."""
        super().set_chosen(on)
        self.said.setVisible(on and bool(self.recipe.card.slide_said))

    def set_accuracy(self, accuracy: float | None) -> None:
        """Test accuracy of the weights that came with the app, in [0, 1]; None when none came."""
        self._accuracy = accuracy
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        self.setToolTip(say(self.recipe.card.summary))
        self._chip.setVisible(self._accuracy is not None)
        if self._accuracy is not None:
            words = self.tr("bundled {accuracy:.2f} %").format(accuracy=100 * self._accuracy)
            metric = self.recipe.lesson.metric
            self._chip.setToolTip(f"{words} {say(metric_name(metric))}")  # too long for the card of a long name
            short = metric != "accuracy" or len(self.recipe.id) > LONG
            self._chip.setText(f"{100 * self._accuracy:.1f}\u2009%" if short else words)
        self.setAccessibleName(f"{say(self.recipe.card.name)}, {self.recipe.id}. {say(self.recipe.card.summary)}")


class GroupHead(Clickable):
    """The name of a group of recipes and how many it holds; a click opens and closes it."""

    def __init__(self, count: int) -> None:
        super().__init__("clickable")
        self._name, self._count, self._caret = label("caption"), label("caption"), Icon("caret-right", "dim", 12)
        self._count.setText(str(count))
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # the column stays narrow
        self.setLayout(row(self._caret, (self._name, 1), self._count, gap=6, margins=(2, 3, 8, 3)))

    def set_words(self, words: str) -> None:
        """What the recipes of the group do."""
        self._name.setText(words)
        self.setToolTip(words)
        self.setAccessibleName(words)

    def set_open(self, on: bool) -> None:
        """Whether its recipes are shown."""
        self._caret.show_icon("caret-down" if on else "caret-right")


def group_of(recipe: Recipe) -> str:
    """The group a recipe is shown in: its task; the many that name pictures by what they learn from."""
    if recipe.card.task is not Task.CLASSIFY:
        return recipe.card.task.value
    first = recipe.datasets[0]
    return (
        "digits"
        if first in ("mnist", "digits", "digits8") and "transfer" not in recipe.id
        else ("colour" if first == "cifar10" else "others")
    )


class RecipeCards(Retold, QWidget):
    """All recipes in groups, one of them chosen, and the diagram of its network.

    Signals:
        chosen: (str) the id of another recipe.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.cards = {recipe.id: RecipeCard(recipe) for recipe in SHOWN}
        self.strip = NetworkStrip()
        self._runs: tuple[RunSummary, ...] = ()
        self.accuracies: dict[str, float] = {}
        self._groups: dict[str, list[RecipeCard]] = {}
        for card in self.cards.values():
            self._groups.setdefault(group_of(card.recipe), []).append(card)
            card.chosen.connect(self._chosen)
        self._heads = {name: GroupHead(len(cards)) for name, cards in self._groups.items()}
        parts: list[QWidget] = []
        for name, head in self._heads.items():
            parts += [head, *self._groups[name]]
            head.clicked.connect(lambda name=name: self._turn(name))
        self.setLayout(column(*parts, 4, self.strip, gap=6))
        self._open: set[str] = set()
        self._opened_by_choice = ""
        self._locked = False
        self.choose(SHOWN[0].id)
        self.retranslate()

    @property
    def recipe(self) -> Recipe:
        """The chosen one."""
        return self._recipe

    def choose(self, id: str) -> None:
        """Choose one without telling anybody; its group opens."""
        for name, card in self.cards.items():
            card.set_chosen(name == id)
        self._recipe = self.cards[id].recipe
        self.strip.show_blocks(self._recipe.layers)
        self._show_said()
        self._show_groups({group_of(self._recipe)} | (self._open - {self._opened_by_choice}))

    def _turn(self, name: str) -> None:
        """Open a closed group, close an open one."""
        self._show_groups(self._open ^ {name})

    def _show_groups(self, wanted: set[str]) -> None:
        self._open, self._opened_by_choice = wanted, group_of(self._recipe)
        for name, cards in self._groups.items():
            self._heads[name].set_open(name in wanted)
            for card in cards:
                card.setVisible(name in wanted)

    def show_runs(self, runs: Sequence[RunSummary]) -> None:
        """The runs of this machine, for what was measured here."""
        self._runs = tuple(runs)
        self._show_said()

    def _show_said(self) -> None:
        found = lines(self._recipe, self._runs, self.accuracies.get(self._recipe.id))
        self.cards[self._recipe.id].said.show_lines(found)

    def set_locked(self, locked: bool) -> None:
        """While a run goes on its recipe stays chosen."""
        self._locked = locked

    def set_accuracies(self, accuracies: Mapping[str, float]) -> None:
        """What the bundled weights reach, by recipe id."""
        self.accuracies = dict(accuracies)
        for name, card in self.cards.items():
            card.set_accuracy(accuracies.get(name))
        self._show_said()

    def retranslate(self) -> None:
        words = {
            "digits": self.tr("Read a digit (classification)"),
            "colour": self.tr("Small photos (CIFAR-10)"),
            "others": self.tr("Transfer, clips (classification)"),
            Task.SEGMENT.value: self.tr("Every pixel (segmentation)"),
            Task.DETECT.value: self.tr("Boxes round objects (detection)"),
            Task.SIGNAL.value: self.tr("Numbers over time (signals)"),
            Task.LANDMARKS.value: self.tr("Places as numbers (landmarks)"),
            Task.STYLE.value: self.tr("Repaint a photo (style transfer)"),
            Task.DENOISE.value: self.tr("Take noise out (denoising)"),
        }
        for name, head in self._heads.items():
            head.set_words(words[name])

    def _chosen(self) -> None:
        card = self.sender()
        assert isinstance(card, RecipeCard)
        if not self._locked and card.recipe is not self._recipe:
            self.choose(card.recipe.id)
            self.chosen.emit(card.recipe.id)
