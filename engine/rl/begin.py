"""From a request to an agent that can learn: card, settings, device, games, memory, networks, folder."""

from __future__ import annotations

import dataclasses
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from engine.devices import Device, choose
from engine.errors import LabError
from engine.fields import check
from engine.files import read_tensors
from engine.rl.actors import Actors, LocalActors, open_actors
from engine.rl.game import GameCard
from engine.rl.games import game
from engine.rl.networks import Build, QNetwork
from engine.rl.replay import Replay
from engine.rl.run_folder import AgentFolder, agents, started_now
from engine.rl.settings import DqnSettings
from engine.text import Text
from engine.train.checkpoints import forget_after
from engine.train.event_folder import check_run
from engine.train.run_folder import new_folder, versions


@dataclass(slots=True, eq=False)
class Learner:
    """What changes while an agent learns. owed: updates that the decisions so far still ask for."""

    online: QNetwork
    target: QNetwork
    optimizer: torch.optim.Adam
    step: int = 0
    updates: int = 0
    seconds: float = 0.0
    best: float = -np.inf
    best_deviation: float = 0.0
    owed: float = 0.0
    refilled: int = 0

    @classmethod
    def fresh(cls, build: Build, settings: DqnSettings, where: Device) -> Learner:
        torch.manual_seed(settings.seed)
        online, target = QNetwork(build).to(where.where), QNetwork(build).to(where.where)
        target.load_state_dict(online.state_dict())
        target.requires_grad_(False).to(where.precision)  # only asked, never taught: its weights need no cast each time
        return cls(online, target, torch.optim.Adam(online.parameters(), settings.learning_rate, fused=True))

    def tensors(self) -> dict[str, Tensor]:
        """Both networks and the optimizer's moments, by name."""
        found = {f"online.{name}": value for name, value in self.online.state_dict().items()}
        found |= {f"target.{name}": value for name, value in self.target.state_dict().items()}
        for number, moments in self.optimizer.state_dict()["state"].items():
            found |= {f"adam.{number}.{name}": value for name, value in moments.items()}
        return found

    def restore(self, tensors: dict[str, Tensor], about: dict[str, Any]) -> None:
        """Stand where the checkpoint was made. Raises `KeyError` or `RuntimeError` for one of another network."""
        for part, network in (("online.", self.online), ("target.", self.target)):
            network.load_state_dict({k.removeprefix(part): v for k, v in tensors.items() if k.startswith(part)})
        moments: dict[int, dict[str, Tensor]] = {}
        for name, value in tensors.items():
            if name.startswith("adam."):
                _, number, kind = name.split(".")
                moments.setdefault(int(number), {})[kind] = value
        self.optimizer.load_state_dict({**self.optimizer.state_dict(), "state": moments})
        self.step, self.updates = int(about["step"]), int(about["updates"])
        self.seconds = float(about["seconds"])
        self.best = -np.inf if about["best"] is None else float(about["best"])
        self.best_deviation = float(about["best_deviation"])


@dataclass(slots=True, eq=False)
class Plan:
    """What a run was asked for and found."""

    card: GameCard
    settings: DqnSettings
    where: Device
    build: Build
    actors: Actors
    memory: Replay
    state: Learner
    folder: AgentFolder
    random: np.random.Generator = field(default_factory=np.random.default_rng)

    def picture(self) -> np.ndarray:
        """What the first game looks like to people, where it is played in this process."""
        assert isinstance(self.actors, LocalActors)
        return self.actors.games[0].picture()


def begin(
    game_id: str, settings: DqnSettings | None, *, device: str, precision: str, spare: int, out: Path | None
) -> Plan:
    """Prepare a new run. Raises `LabError` before anything is written."""
    card = game(game_id)
    settings = check(settings or card.defaults)
    where = _device(card, device, precision, spare)
    with ExitStack() as undo:
        actors = open_actors(card, settings.actors, sticky=settings.sticky)
        undo.callback(actors.close)
        build = build_of(card, settings, len(actors.actions))
        state = Learner.fresh(build, settings, where)
        folder = AgentFolder(out or new_folder(agents(), card.recipe))
        undo.callback(folder.close)
        if (folder.path / "run.json").exists():
            text = Text(
                "{folder} already holds a run. Choose an empty folder, or --resume it.",
                "{folder} 폴더에 이미 실행이 있어요. 빈 폴더를 고르거나 --resume으로 이어 하세요.",
            )
            raise LabError(text(folder=folder.path))
        folder.write_about(**_about(card, settings, where))
        undo.pop_all()  # all is well: nothing is closed
    return Plan(card, settings, where, build, actors, _memory(card, settings), state, folder, _random(settings, 0))


def begin_again(path: Path, *, spare: int) -> Plan:
    """Prepare to continue the run in `path`; its replay memory is filled again.

    Raises: `LabError` when it is no agent's run, has ended, or is another game's or architecture's.
    """
    check_run(path)
    with ExitStack() as undo:
        folder = AgentFolder(path)
        undo.callback(folder.close)
        try:
            plan = _plan_again(folder, spare, undo)
        except (KeyError, TypeError, ValueError, RuntimeError) as error:
            text = Text(
                "{path} cannot be continued: it is damaged, or its networks are of another architecture.",
                "{path} 실행을 이어 할 수 없어요. 손상됐거나 신경망 구조가 달라요.",
            )
            raise LabError(text(path=path)) from error
        undo.pop_all()
    return plan


def _plan_again(folder: AgentFolder, spare: int, undo: ExitStack) -> Plan:
    about = folder.about()
    if about["state"] == "done":
        raise LabError(Text("This run has ended. Start a new one.", "이 실행은 이미 끝났어요. 새로 시작해 보세요."))
    card = game(about["game"])
    settings = DqnSettings(**about["settings"])
    where = _device(card, about["device"], about["precision"], spare)
    last = folder.path / "last.safetensors"
    tensors, progress = read_tensors(last) if last.exists() else ({}, {})
    if progress:  # none: killed before the first checkpoint, so from the start
        settings = check(DqnSettings(**progress["settings"]))
    actors = open_actors(card, settings.actors, sticky=settings.sticky)
    undo.callback(actors.close)
    build = build_of(card, settings, len(actors.actions))
    state = Learner.fresh(build, settings, where)
    if progress:
        state.restore(tensors, progress)
        state.refilled = settings.warm_up
    folder.cut(state.step)
    forget_after(folder.path, state.step)
    folder.write_about(state="running", resumed=started_now())
    memory, random = _memory(card, settings), _random(settings, state.step)
    return Plan(card, settings, where, build, actors, memory, state, folder, random)


def build_of(card: GameCard, settings: DqnSettings, actions: int) -> Build:
    """The network that `settings` ask for."""
    return Build(card.shape, card.eyes, card.stack, actions, settings.size, settings.dueling)


def _device(card: GameCard, device: str, precision: str, spare: int) -> Device:
    """Small networks wait for threads longer than they compute, and gain nothing from bf16."""
    where = choose(device, "fp32" if precision == "auto" and card.eyes != "pixels" else precision, spare=spare)
    if card.eyes != "pixels" and where.threads:
        where = dataclasses.replace(where, threads=1)
    return where


def _memory(card: GameCard, settings: DqnSettings) -> Replay:
    return Replay(
        settings.memory,
        games=settings.actors,
        shape=card.shape,
        dtype=card.dtype,
        stack=card.stack,
        prioritised=settings.prioritised,
        seed=settings.seed,
    )


def _random(settings: DqnSettings, step: int) -> np.random.Generator:
    return np.random.default_rng((settings.seed, step))


def _about(card: GameCard, settings: DqnSettings, where: Device) -> dict[str, Any]:
    return {
        "agent": "dqn",
        "game": card.id,
        "recipe": card.recipe,
        "settings": dataclasses.asdict(settings),
        "device": where.where.type,
        "precision": "bf16" if where.precision is torch.bfloat16 else "fp32",
        "threads": where.threads,
        "versions": versions(),
        "started": started_now(),
        "state": "running",
    }
