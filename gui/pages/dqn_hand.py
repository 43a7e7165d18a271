"""A person's hand on the game: the keys held down, and the scores of both sides."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent

_KEYS = {
    Qt.Key.Key_Up: "Up",
    Qt.Key.Key_Down: "Down",
    Qt.Key.Key_Left: "Left",
    Qt.Key.Key_Right: "Right",
    Qt.Key.Key_Space: "Space",
}


class Hand:
    """Which keys of the game are down."""

    def __init__(self) -> None:
        self.held: frozenset[str] = frozenset()

    def let_go(self) -> None:
        self.held = frozenset()

    def take(self, event: QKeyEvent, *, down: bool) -> bool:
        """True for a key that games know; a key that repeats by itself stays down."""
        name = _KEYS.get(Qt.Key(event.key()))
        if name is None:
            return False
        if not event.isAutoRepeat():
            self.held = self.held | {name} if down else self.held - {name}
        return True


class Scores:
    """Whole games played in front of the eyes, by the agent and by hand."""

    def __init__(self) -> None:
        self.yours: list[float] = []
        self.theirs: list[float] = []

    def clear(self) -> None:
        self.yours.clear()
        self.theirs.clear()

    def add(self, score: float, *, by_hand: bool) -> None:
        (self.yours if by_hand else self.theirs).append(score)

    def table(self, game: str) -> list[tuple[str, str, float]]:
        """(game, who, score) of every game, for a file."""
        both = (("agent", self.theirs), ("person", self.yours))
        return [(game, who, score) for who, scores in both for score in scores]

    def rows(self) -> list[tuple[str, float, str]]:
        """(who, mean, kind of chip) of those who played."""
        both: Sequence[tuple[list[float], str, str]] = (
            (self.theirs, QCoreApplication.translate("DqnScores", "The agent here, mean of {n}"), "measured"),
            (self.yours, QCoreApplication.translate("DqnScores", "You, mean of {n}"), "you"),
        )
        return [(who.format(n=len(found)), sum(found) / len(found), kind) for found, who, kind in both if found]
