"""DQN on Breakout as stable-baselines3 (MIT) does it, for comparison. Runs in a process of its own; prints a JSON line.

Its own `make_atari_env`, `VecFrameStack(4)` and `CnnPolicy` with the hyper-parameters that the caller gives. With
several games one round of decisions is followed by as many updates as the ratio asks for.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any


def steps_per_second(wish: dict[str, Any]) -> float:
    """Decisions a second after the warm-up, over `wish["seconds"]`."""
    import ale_py
    import gymnasium
    import torch
    from stable_baselines3 import DQN
    from stable_baselines3.common.callbacks import BaseCallback
    from stable_baselines3.common.env_util import make_atari_env
    from stable_baselines3.common.vec_env import VecFrameStack

    gymnasium.register_envs(ale_py)
    torch.set_num_threads(wish["threads"])
    games = wish["games"]
    env = VecFrameStack(make_atari_env("BreakoutNoFrameskip-v4", n_envs=games, seed=0), n_stack=4)

    class Clock(BaseCallback):
        """Stops when the time is used up."""

        began = 0.0
        first = last = 0

        def _on_step(self) -> bool:
            now = time.perf_counter()
            if not self.began:
                if self.num_timesteps > wish["warm_up"] + 40 * games:
                    self.began, self.first = now, self.num_timesteps
                return True
            self.last, self.spent = self.num_timesteps, now - self.began
            return bool(self.spent < wish["seconds"])

    clock = Clock()
    agent = DQN(
        "CnnPolicy",
        env,
        learning_rate=wish["learning_rate"],
        buffer_size=wish["memory"],
        learning_starts=wish["warm_up"],
        batch_size=wish["batch_size"],
        train_freq=max(1, wish["train_every"] // games),
        gradient_steps=max(1, games // wish["train_every"]),
        target_update_interval=wish["target_every"],
        optimize_memory_usage=False,
        device="cpu",
        seed=0,
    )
    agent.learn(10_000_000, callback=clock)
    return (clock.last - clock.first) / clock.spent


if __name__ == "__main__":
    print(json.dumps({"steps_per_second": steps_per_second(json.loads(sys.argv[1]))}))
