"""Atari's titles as cards. Nothing of ale-py is imported here: only the names of its files are read."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial
from importlib.util import find_spec
from pathlib import Path

from engine.cards import Explanation
from engine.rl.game import Game, GameCard, Known
from engine.rl.settings import DqnSettings
from engine.text import Text, same

SIDE, STACK, SKIP = 84, 4, 4
LONGEST_FRAMES = 108_000  # half an hour of Atari
FRAMES_A_SECOND = 60
_PAPER = "Mnih et al., Human-level control through deep reinforcement learning, Nature 518, 2015"
_RANDOM, _HUMAN, _DQN = (
    Text("Random play", "무작위"),
    Text("Human player", "사람"),
    Text("DQN of the paper", "논문의 DQN"),
)
# Extended Data Table 2 of the paper: random play, professional human tester, DQN.
_SCORES = {
    "breakout": (1.7, 31.8, 401.2),
    "pong": (-20.7, 9.3, 18.9),
    "enduro": (0.0, 309.6, 301.8),
    "space_invaders": (148.0, 1652.0, 1976.0),
}
# The paper makes one update for 4 decisions and needs millions of them. With few cores each decision is worth more: two
# or four times as many updates, and a target network that moves as often.
_DEFAULTS = DqnSettings(
    steps=1_500_000,
    train_every=2,
    target_every=2_000,
    epsilon_end=0.02,
    epsilon_steps=100_000,
    warm_up=10_000,
    check_every=50_000,
    check_games=5,
)
# The bundled agent played like this for 400,000 decisions, 69 minutes on one core.
_PONG = replace(_DEFAULTS, steps=500_000, train_every=1, target_every=1_000, check_every=100_000, check_games=2)
# With a fiftieth of chance and an update for each decision it saw the same balls again and again: 14 to 18 points from
# 150,000 decisions to 360,000. The bundled agent went on with 0.05 and three times this memory.
_BREAKOUT = replace(_DEFAULTS, epsilon_end=0.05)
_OWN = {"pong": _PONG, "breakout": _BREAKOUT}
_NAMES = {
    "breakout": Text("Breakout", "벽돌깨기 (Breakout)"),
    "pong": Text("Pong", "퐁 (Pong)"),
    "galaxian": Text("Galaxian", "갤럭시안 (Galaxian)"),
    "enduro": Text("Enduro", "엔듀로 (Enduro)"),
    "space_invaders": Text("Space Invaders", "스페이스 인베이더"),
}
_WORDS = {
    "breakout": Text("Break the wall, five balls.", "벽을 깨요. 공은 다섯 개."),
    "pong": Text("Table tennis to 21.", "21점 내기 탁구."),
    "galaxian": Text("The nearest to Galaga on this machine.", "이 기계에서 갤러그에 가장 가까워요."),
    "enduro": Text("Overtake, day and night.", "밤낮으로 앞지르기."),
    "space_invaders": Text("They come lower and lower.", "점점 내려와요."),
}
_ROWS = {"breakout": (135, 137, 141), "galaxian": (139,), "enduro": (138,)}
_WHY_FOUR = Explanation(
    Text("Why four pictures?", "왜 그림이 네 장일까요?"),
    Text("Compare the newest with the oldest: the ball has moved.", "가장 새것과 오래된 것을 견주면 공이 움직였어요."),
    Text(
        "One frame cannot tell where the ball is going. Four in a row can.",
        "한 장으로는 공이 어디로 가는지 알 수 없어요. 네 장을 이어 보면 알 수 있어요.",
    ),
    "s = (x₋₃, x₋₂, x₋₁, x₀) ∈ [0, 1]⁴ˣ⁸⁴ˣ⁸⁴",
)


def atari_card(title: str) -> GameCard:
    """The card of any of ale-py's titles, named as its file: "space_invaders"."""
    known = tuple(
        Known(who, score, _PAPER) for who, score in zip((_RANDOM, _HUMAN, _DQN), _SCORES.get(title, ()), strict=False)
    )
    plain = title.replace("_", " ").title()
    return GameCard(
        id=title.replace("_", "-"),
        name=_NAMES.get(title, same(plain)),
        summary=_WORDS.get(title, Text("An Atari game.", "아타리 게임이에요.")),
        make=partial(_open, title),
        shape=(SIDE, SIDE),
        eyes="pixels",
        defaults=_OWN.get(title, _DEFAULTS),
        explanation=_WHY_FOUR,
        stack=STACK,
        rate=FRAMES_A_SECOND / SKIP,
        longest=LONGEST_FRAMES // SKIP,
        first=title in _NAMES,
        atari=title,
        rows=_ROWS.get(title, (135, 141)),
        known=known,
    )


def _open(title: str) -> Game:
    from engine.rl.atari import AtariGame

    return AtariGame(title)


@lru_cache
def titles() -> tuple[str, ...]:
    """The titles that ale-py has brought, () without it. Its package is looked for, not imported."""
    found = find_spec("ale_py")
    if found is None or not found.origin:
        return ()
    return tuple(sorted(path.stem for path in (Path(found.origin).parent / "roms").glob("*.bin")))


ATARI: tuple[GameCard, ...] = tuple(atari_card(title) for title in _NAMES)
