"""The games there are: ours, one file each, then Atari's. A new game is one file and one word here."""

from __future__ import annotations

from engine.cards import unknown
from engine.rl.atari_cards import ATARI, atari_card, titles
from engine.rl.game import GameCard
from engine.rl.games import bricks, cart_pole, grid_world, shooter, tic_tac_toe, track, two_arms
from engine.text import Text

OURS: tuple[GameCard, ...] = (
    bricks.CARD,
    cart_pole.CARD,
    shooter.CARD,
    track.CARD,
    grid_world.CARD,
    two_arms.CARD,
    tic_tac_toe.CARD,
)
GAMES: tuple[GameCard, ...] = (*OURS, *ATARI)


def game(id: str) -> GameCard:
    """The card with this id: one of `GAMES`, or any title that ale-py brings. Raises `LabError` naming some."""
    for card in GAMES:
        if card.id == id:
            return card
    title = id.replace("-", "_")
    if title in titles():
        return atari_card(title)
    raise unknown(Text("game", "게임"), id, [*(card.id for card in GAMES), "…"])
