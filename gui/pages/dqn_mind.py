"""The inspector: what each move is worth, the Bellman equation with this step's numbers, scores to compare with."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from engine.rl.events import Glimpse
from engine.rl.game import Action, GameCard
from engine.rl.settings import GAMMA, POLICY, TARGET
from engine.rl.table import TableStep
from engine.rl.watch import Moment
from gui.widgets.agent_loop import AgentLoop
from gui.widgets.basics import Segmented, column, label, row, rule
from gui.widgets.game_values import GameValues, signed
from gui.widgets.lens import explain
from gui.widgets.retold import Retold
from gui.words import say


class Bellman(QWidget):
    """Q(s, a) ← r + γ · max Q(s′, a′), each term with its number below."""

    TERMS = ("Q(s, a)", "←", "r", "+", "γ", "·", "max Q(s′, ·)")
    TONES = (None, "faint", "slide", "faint", "you", "faint", "net")

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(2)
        self.numbers: dict[str, QLabel] = {}
        for place, (term, tone) in enumerate(zip(self.TERMS, self.TONES, strict=True)):
            head = label("strong", tone=tone)
            head.setText(term)
            grid.addWidget(head, 0, place)
            if term == "+":
                self._sign = head
            if tone != "faint":
                self.numbers[term] = label("small", tone=tone)
                self.numbers[term].setText("–")
                grid.addWidget(self.numbers[term], 1, place)
        grid.setColumnStretch(len(self.TERMS), 1)
        self._result = label("small")
        grid.addWidget(self._result, 2, 0, 1, len(self.TERMS) + 1)
        explain(self, GAMMA)

    def show_turns(self, on: bool) -> None:
        """Whether the next state is the other player’s turn, whose gain is a loss."""
        self._sign.setText("−" if on else "+")

    def clear(self) -> None:
        """No step yet."""
        for figure in self.numbers.values():
            figure.setText("–")
        self._result.clear()

    def show_step(self, *, q: float, reward: float, gamma: float, ahead: float, target: float) -> None:
        """The numbers of one step; values in the rewards' unit."""
        for term, words in (
            ("Q(s, a)", signed(q)),
            ("r", f"{reward:g}".replace("-", "−")),
            ("γ", f"{gamma:.2f}"),
            ("max Q(s′, ·)", signed(ahead)),
        ):
            self.numbers[term].setText(words)
        words = self.tr("target {target}, error {error}")
        self._result.setText(words.format(target=signed(target), error=signed(target - q)))


class Mind(Retold, QWidget):
    """What goes on in the player in front."""

    def __init__(self) -> None:
        super().__init__()
        self._card: GameCard | None = None
        self._actions: tuple[Action, ...] = ()
        self._yours: list[tuple[str, float, str]] = []
        self.values, self.bellman, self.loop = GameValues(), Bellman(), AgentLoop()
        self._values_title, self.kind, self._epsilon = label("section"), Segmented(2), 0.0
        self._bellman_title, self._scores_title = label("section"), label("section")
        self._scores_note = label("caption", wrap=True)
        self._target_note, self._policy_note = label("caption", wrap=True), label("caption", wrap=True)
        self._scores, self._rule, self._loop_rule = QGridLayout(), rule(), rule()
        self._scores.setVerticalSpacing(6)
        explain(self._target_note, TARGET)
        explain(self._policy_note, POLICY)
        self.kind.setTexts(["Q(s, a)", "π(a | s)"])
        self.kind.chosen.connect(lambda _index: self._show_kind())
        self.setLayout(
            column(
                self._values_title,
                row(self.kind, None),
                self.values,
                self._policy_note,
                self._target_note,
                self._loop_rule,
                self.loop,
                rule(),
                self._bellman_title,
                self.bellman,
                self._rule,
                self._scores_title,
                self._scores_note,
                self._scores,
                None,
                gap=10,
                margins=(16, 16, 16, 16),
            )
        )
        self.retranslate()
        self._show_kind()

    def show_game(self, card: GameCard, actions: Sequence[Action] = ()) -> None:
        """Another game; its actions when they are known."""
        self._card, self._actions = card, tuple(actions)
        self.loop.clear()
        self.bellman.clear()
        self.bellman.show_turns(card.lesson == "board")
        self.retranslate()

    def show_bellman(self, on: bool) -> None:
        """Whether there are steps whose numbers can be put in."""
        for part in (self._bellman_title, self.bellman, self._rule, self._loop_rule):
            part.setVisible(on)

    def show_values(self, values: np.ndarray, chosen: int, *, target: np.ndarray | None, hand: bool) -> None:
        """What each move was worth, and which was taken."""
        self.values.show_values(values, chosen, target=target, hand=hand)
        self._target_note.setVisible(target is not None)

    def show_step(self, action: int, *, q: float, reward: float, gamma: float, ahead: float, target: float) -> None:
        """One decision: what was done, and the numbers of its Bellman equation."""
        self.bellman.show_step(q=q, reward=reward, gamma=gamma, ahead=ahead, target=target)
        self.loop.show_step(self._name(action), reward)

    def show_table(self, step: TableStep, gamma: float) -> None:
        """A step of a table that fills."""
        self.show_values(step.table[step.state], step.action, target=None, hand=False)
        self.loop.show_state(step.state)
        told = {"q": step.before, "reward": step.reward, "ahead": step.ahead, "target": step.target}
        self.show_step(step.action, gamma=gamma, **told)

    def show_glimpse(self, glimpse: Glimpse) -> None:
        """A moment of the agent that learns."""
        self.show_values(glimpse.values, glimpse.action, target=None, hand=False)
        self.loop.show_state(glimpse.picture)
        self.loop.show_step(self._name(glimpse.action), glimpse.reward)

    def _name(self, action: int) -> str:
        return say(self._actions[action].name) if action < len(self._actions) else ""

    def show_moment(self, moment: Moment) -> None:
        """The same of a game that is watched."""
        told = {"q": moment.q, "reward": moment.reward, "ahead": moment.ahead, "target": moment.target}
        self.show_step(moment.action, gamma=moment.gamma, **told)

    def show_epsilon(self, epsilon: float) -> None:
        """The share of guesses, which makes the policy."""
        self._epsilon = epsilon
        self._show_kind()

    def _show_kind(self) -> None:
        """What a move is worth, or how likely it is."""
        policy = self.kind.index() == 1
        self.values.show_policy(policy, self._epsilon)
        fixed = self.tr("Deterministic: ε is 0, it always takes the best move it knows.")
        mixed = self.tr("Stochastic: with ε = {e:.2f} it takes any move.").format(e=self._epsilon)
        self._policy_note.setText(mixed if self._epsilon else fixed)
        self._policy_note.setVisible(policy)

    def show_scores(self, rows: Sequence[tuple[str, float, str]]) -> None:
        """(who, mean score, kind of chip: "you", "measured") made here; the published ones stand above."""
        self._yours = list(rows)
        self._fill_scores()

    def _fill_scores(self) -> None:
        while (item := self._scores.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        known = [(say(one.who), one.score, "slide") for one in (self._card.known if self._card else ())]
        tones = {"slide": "slide", "you": "you"}
        for place, (who, score, kind) in enumerate([*known, *self._yours]):
            name, figure = label("small", wrap=True), label("strong", tone=tones.get(kind, "net"))
            name.setText(who)
            figure.setText(f"{score:,.1f}".replace("-", "−"))
            self._scores.addWidget(name, place, 0)
            self._scores.addWidget(figure, place, 1, Qt.AlignmentFlag.AlignRight)
        self._scores.setColumnStretch(0, 1)
        self._scores_title.setVisible(bool(known or self._yours))
        self._scores_note.setVisible(bool(known or self._yours))

    def retranslate(self) -> None:
        self._values_title.setText(self.tr("What each move is worth"))
        self._bellman_title.setText(self.tr("This step in the Bellman equation"))
        self._scores_title.setText(self.tr("Scores"))
        self._scores_note.setText(self.tr("Sand: published. Mint: measured here. Iris: you."))
        self._target_note.setText(self.tr("The sand mark is what the target network says."))
        self._target_note.setVisible(False)
        self.values.set_names([say(action.name) for action in self._actions])
        self.kind.setAccessibleName(self.tr("What each move is worth"))
        self._show_kind()
        self._fill_scores()
