"""Where a training's first weights come from: its own start, an earlier run, or weights that came with the app."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtWidgets import QComboBox, QWidget

from engine.cards import Explanation
from engine.text import Text
from engine.train.recipes import RECIPES, Recipe
from engine.train.runs import RunSummary
from engine.train.taken import Taken
from gui.widgets.basics import column, label, row
from gui.widgets.form import FIELD_WIDTH
from gui.widgets.lens import explain
from gui.widgets.retold import Retold
from gui.widgets.run_table import share_words
from gui.words import say

_MOST = 24  # runs in the list, newest first
TRANSFER = Explanation(
    Text("Transfer", "전이 학습 (transfer)"),
    Text(
        "Start one run from nothing and one from another run; lay both curves over each other.",
        "하나는 처음부터, 하나는 다른 실행에서 시작해 두 곡선을 겹쳐 보세요.",
    ),
    Text(
        "What another network has learnt to see is taken over wherever name and shape of a layer agree; the rest is drawn "
        "anew. With few pictures that decides.",
        "다른 신경망이 배운 것 가운데 층의 이름과 크기가 같은 부분을 가져오고 나머지는 새로 시작해요. 사진이 적을 때 큰 차이가 나요.",
    ),
    "w₀ ← w_source   where shapes agree",
)


class StartFrom(Retold, QWidget):
    """A list of starts; `word` is what `engine.train.fit.train` takes as its source."""

    def __init__(self) -> None:
        super().__init__()
        self._recipe: Recipe | None = None
        self._runs: tuple[RunSummary, ...] = ()
        self._bundled: dict[str, float] = {}
        self._taken: Taken | None = None
        self._title, self._plain, self._note = label("small"), label(), label("caption", wrap=True)
        self.choice = QComboBox()
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(9)
        self.choice.setFixedWidth(FIELD_WIDTH)
        self._plain.hide()
        self._note.hide()
        explain(self, TRANSFER)
        self.setLayout(column(row(self._title, None, self._plain, self.choice), self._note, gap=4))
        self.retranslate()

    @property
    def word(self) -> str:
        """The chosen source; "" for the recipe's own start."""
        return str(self.choice.currentData() or "")

    def choose(self, word: str) -> None:
        """Choose a source as a person would."""
        self.choice.setCurrentIndex(max(0, self.choice.findData(word)))

    def show_recipe(self, recipe: Recipe) -> None:
        """Sources for this recipe: those of its own task first. A new recipe starts as it is made to."""
        self._recipe = recipe
        self.choice.setCurrentIndex(0)
        self._fill()

    def show_runs(self, runs: Iterable[RunSummary]) -> None:
        """The runs of this machine."""
        self._runs = tuple(run for run in runs if run.held_out_accuracy is not None)
        self._fill()

    def show_bundled(self, figures: Mapping[str, float]) -> None:
        """Recipes whose weights came with the app."""
        self._bundled = dict(figures)
        self._fill()

    def show_taken(self, taken: Taken | None) -> None:
        """What of the source the running training has begun with."""
        self._taken = taken
        self._say()

    def set_locked(self, locked: bool) -> None:
        """While a run goes on its start is plain text."""
        self.choice.setVisible(not locked)
        self._plain.setVisible(locked)
        if not locked:
            self._taken = None
        self._say()

    def _fill(self) -> None:
        before, task = self.word, self._recipe.card.task if self._recipe else None
        tasks = {recipe.id: recipe.card.task for recipe in RECIPES}
        runs = [run for run in self._runs if run.recipe in tasks]
        runs.sort(key=lambda run: tasks[run.recipe] is not task)  # stable: newest first within each
        self.choice.clear()
        self.choice.addItem(self.tr("its own start"), "")
        bundled = self.tr("bundled")
        for id in self._bundled:
            self.choice.addItem(f"{id} · {bundled}", id)
        for run in runs[:_MOST]:
            words = f"{run.recipe} · {share_words(run.held_out_accuracy, run.metric)} · {run.started[5:16]}"
            self.choice.addItem(words.replace("T", " "), str(run.folder))
        self.choose(before)
        self.choice.view().setMinimumWidth(300)  # the names are longer than the field
        self._say()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Start from"))
        self.choice.setAccessibleName(self.tr("Start from"))
        self._fill()

    def _say(self) -> None:
        self._plain.setText(self.choice.currentText().partition(" · ")[0])
        self.choice.setToolTip(self.choice.currentText())
        self._note.setText(say(self._taken.words) if self._taken else "")
        self._note.setVisible(self._taken is not None)
