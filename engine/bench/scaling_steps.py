"""One process of a data-parallel measurement: all sizes 1 … N in one world, in turn, so that they can be compared."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel

from engine.bench.calm import PATIENCE, Calm
from engine.bench.method import FEWEST
from engine.bench.networks import net

MEETING = timedelta(minutes=5)
LASTS, QUICK_LASTS = 0.4, 0.1  # seconds of one reading
CASES: tuple[tuple[str, int], ...] = (("mnist-deep", 64), ("mobilenet_v3_large", 8), ("alexnet", 8))


@dataclass(frozen=True, slots=True)
class World:
    """Which process this is. place: where it computes, a GPU of its own or a core."""

    rank: int
    size: int
    place: torch.device


def join(rank: int, size: int, init: str) -> World:
    """Enter the world of `size` processes; NCCL where every one has a GPU, gloo otherwise. init: torch's init_method."""
    gpus = torch.cuda.device_count() if torch.cuda.is_available() else 0
    here = int(os.environ.get("LOCAL_RANK", rank))
    on_gpu = gpus >= int(os.environ.get("LOCAL_WORLD_SIZE", size)) and gpus > 0
    place = torch.device("cuda", here) if on_gpu else torch.device("cpu")
    if on_gpu:
        torch.cuda.set_device(place)
    torch.set_num_threads(1)  # one core a process: more threads would take the cores of the others
    dist.init_process_group("nccl" if on_gpu else "gloo", init_method=init, rank=rank, world_size=size, timeout=MEETING)
    return World(rank, size, place)


def sizes(most: int) -> tuple[int, ...]:
    """1 … N, doubling where there are many."""
    few = range(1, most + 1) if most <= 4 else [2**i for i in range(12) if 2**i < most]
    return tuple(sorted({*few, most}))


@dataclass(slots=True)
class Raw:
    """Seconds of a step, turn by turn, and whether all processes had a core to themselves around each.

    together: with the adding of gradients; alone: without, so that the difference is what communication costs.
    """

    together: list[float] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)
    together_quiet: list[bool] = field(default_factory=list)
    alone_quiet: list[bool] = field(default_factory=list)

    def add(self, kind: str, seconds: float, quiet: bool) -> None:
        (self.together if kind == "together" else self.alone).append(seconds)
        (self.together_quiet if kind == "together" else self.alone_quiet).append(quiet)

    @property
    def calm(self) -> int:
        """Readings of the one kind of which there are fewer that were calm."""
        return min(sum(self.together_quiet), sum(self.alone_quiet))


def measure(
    world: World,
    cases: tuple[tuple[str, int], ...],
    *,
    turns: int,
    told: Callable[[int, str], None],
    lasts: float = LASTS,
) -> dict[str, dict[int, Raw]]:
    """What a step takes: {network: {processes: readings}}, as the first process saw them.

    Each reading waits for a moment in which every process has its core to itself, as long as the first has patience.
    """
    groups = {n: dist.new_group(list(range(n))) for n in sizes(world.size)}
    found: dict[str, dict[int, Raw]] = {}
    for name, batch in cases:
        steppers = {n: _stepper(world, name, batch, n, group) for n, group in groups.items() if world.rank < n}
        counts = _counts(world, steppers, groups, lasts)
        calm, turn = Calm(0.0, threads=1, alone=False), 0
        found[name] = {n: Raw() for n in groups}
        while turn < turns or _more(world, calm, found[name], turns, turn):
            told(turn, name)
            for n in groups if turn % 2 == 0 else reversed(list(groups)):
                for kind in ("together", "alone"):
                    still = _still(world, calm)
                    taken = _reading(world, steppers.get(n), groups[n], counts, together=kind == "together")
                    found[name][n].add(kind, taken, _all_calm(world, calm) and still)
            turn += 1
        calm.done(figures=len(groups), disturbed=sum(one.calm < FEWEST for one in found[name].values()))
    return found


def _still(world: World, calm: Calm) -> bool:
    """Wait until every process finds its core calm at once, while the first has patience; whether they did."""
    began = time.perf_counter()
    until = began + max(0.0, calm.left) / 4
    while not (found := _all_calm(world, calm)) and _first(world, time.perf_counter() < until):
        continue
    PATIENCE.waited += time.perf_counter() - began if until > began else 0.0
    return found


def _all_calm(world: World, calm: Calm) -> bool:
    disturbed = torch.tensor([0.0 if calm.now() else 1.0], device=world.place)
    dist.all_reduce(disturbed, dist.ReduceOp.MAX)
    return not disturbed.item()


def _first(world: World, yes: bool) -> bool:
    """What the first process says."""
    said = torch.tensor([1.0 if yes else 0.0], device=world.place)
    dist.broadcast(said, 0)
    return bool(said.item())


def _more(world: World, calm: Calm, found: dict[int, Raw], turns: int, turn: int) -> bool:
    """Whether the first process has patience for another turn, because a figure has too few calm readings."""
    lacking = any(one.calm < FEWEST for one in found.values())
    return _first(world, lacking and calm.left > 0 and turn < 3 * turns)


def _stepper(world: World, name: str, batch: int, n: int, group: Any) -> Callable[[bool], None]:
    """One learning step among the first `n` processes, each with `batch` pictures of its own."""
    chosen = net(name)
    module = chosen.build().to(world.place).train()
    _without_chance(module)
    shared = DistributedDataParallel(module, process_group=group) if n > 1 else module
    x = chosen.pictures(batch).to(world.place)
    labels = torch.arange(batch, device=world.place) % 10
    optimiser = torch.optim.SGD(module.parameters(), lr=1e-4)

    def step(together: bool) -> None:
        quiet = isinstance(shared, DistributedDataParallel) and not together
        optimiser.zero_grad(set_to_none=True)
        with shared.no_sync() if quiet else contextlib.nullcontext():  # type: ignore[operator]
            torch.nn.functional.cross_entropy(shared(x), labels).backward()
        optimiser.step()

    return step


def _without_chance(module: nn.Module) -> None:
    for part in module.modules():
        if isinstance(part, nn.Dropout):
            part.p = 0.0


def _counts(world: World, steppers: dict[int, Callable[[bool], None]], groups: dict[int, Any], lasts: float) -> int:
    """How many steps make a reading: found by the first process alone, told to all."""
    for n, group in groups.items():  # warm up
        if n in steppers:
            steppers[n](True)
            dist.barrier(group=group)
    wanted = torch.ones(1, device=world.place)
    if world.rank == 0:
        began = time.perf_counter()
        steppers[1](True)
        _wait(world)
        wanted[0] = max(1.0, min(50.0, lasts / (time.perf_counter() - began)))
    dist.broadcast(wanted, 0)
    return int(wanted.item())


def _reading(world: World, step: Callable[[bool], None] | None, group: Any, count: int, *, together: bool) -> float:
    """Seconds of a step; those who have no part in it wait until it is over."""
    taken = 0.0
    if step is not None:
        dist.barrier(group=group)
        began = time.perf_counter()
        for _ in range(count):
            step(together)
        _wait(world)
        dist.barrier(group=group)
        taken = (time.perf_counter() - began) / count
    dist.barrier()
    return taken


def _wait(world: World) -> None:
    if world.place.type == "cuda":
        torch.cuda.synchronize()
