"""`play`: an agent, or chance, plays whole games of one kind and is counted."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.commands.options import Commands, common
from engine.console import Console


def add(commands: Commands) -> None:
    one = commands.add_parser("play", help="let an agent play whole games and count its score")
    one.add_argument("game", help="bricks, cartpole, pong, breakout … or any title of ale-py")
    one.add_argument("--agent", default="bundled", help="bundled, random, a safetensors file, or a run's folder")
    one.add_argument("--episodes", type=int, default=30, help="whole games")
    one.add_argument("--seed", type=int, default=0)
    one.add_argument("--epsilon", type=float, default=0.01, help="share of moves that are a guess")
    one.add_argument("--sticky", type=float, default=0.0, help="probability that Atari repeats the last move")
    one.add_argument("--video", type=Path, help="film one more game with the same seed (.mp4, .avi, .gif)")
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.rl.watching import Played, play_games

    job = play_games(
        args.game,
        agent=args.agent,
        episodes=args.episodes,
        seed=args.seed,
        epsilon=args.epsilon,
        video=args.video,
        sticky=args.sticky,
    )
    played: Played = console.run(job)
    return played.as_json()
