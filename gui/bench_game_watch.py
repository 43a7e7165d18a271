"""Whether the window stutters while a game is watched at true speed, alone and while an agent learns beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engine import settings
from engine.rl.watch import Moment
from gui.app import make_application, open_window
from gui.heartbeat import Heartbeat
from gui.tour import borrowed_home, settle, until

SIZE = (1280, 800)
GAMES = ("pong", "bricks")  # Atari from a process of its own, four pictures a decision; one of our own
LEARNT = "bricks"
WARM_S = 2.0
WATCH = 0  # the first of the tab's rooms


def run(seconds: float = 10.0, root: Path | None = None) -> dict[str, Any]:
    """Watch each game for `seconds`, then our Breakout again while an agent learns it.

    root: not used. Returns for each ("pong", "bricks", "bricks_learning") the gaps between turns of the event loop in
    ms (`p50_ms`, `p99_ms`, `max_ms`), `decisions` a second that were painted, and the widest `p99_ms` of all.
    """
    with borrowed_home():
        window = open_window(make_application(), settings.load()[0])
        window.resize(*SIZE)
        window.show()
        window.go("dqn")
        page: Any = window.current_page
        try:
            found = {id: _watched(page.view, id, seconds) for id in GAMES}
            found[f"{LEARNT}_learning"] = _watched(page.view, LEARNT, seconds, learning=True)
        finally:
            window.close()
    return {**found, "p99_ms": max(one["p99_ms"] for one in found.values()), "seconds": seconds, "count": len(found)}


def _watched(view: Any, id: str, seconds: float, *, learning: bool = False) -> dict[str, float]:
    """Gaps while a game runs at ×1."""
    view.open({"game": id})
    view.show_mode(WATCH)
    if learning:
        view.open({"start": True})
        until(lambda: bool(view.learn.loss.points))
        view.show_mode(WATCH)
    view.start()
    until(lambda: not view.screens.screens[0].empty)
    settle(round(1000 * WARM_S))
    decisions: list[Moment] = []
    view.session.seen.connect(lambda events: decisions.extend(one for one in events if isinstance(one, Moment)))
    heart = Heartbeat()
    settle(round(1000 * seconds))
    gaps, count = heart.stop(), len(decisions)
    view.leave()
    if learning:
        view.session.learning.cancel()
        until(lambda: not view.session.busy)
    return {**gaps, "decisions": count / seconds}
