"""One training by several processes, on one machine or many, started by torchrun (lecture row 52).

    torchrun --nproc-per-node 2 main.py train RECIPE

Every process holds the whole network and learns from its share of each batch; torch's DistributedDataParallel takes the
mean of their gradients while the backward pass goes on (Li et al., VLDB 2020). The batch size stays that of the whole
batch, so that a run learns as it would alone. The first process checks, saves and tells; the others only learn.
"""

from __future__ import annotations

import dataclasses
import os
import signal
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, distributed, nn
from torch.nn.parallel import DistributedDataParallel

from engine.errors import LabError
from engine.jobs import Job
from engine.memory import keep_freed_memory
from engine.settings import load as load_settings
from engine.text import Text
from engine.train.begin import begin, choose_dataset, usual_settings
from engine.train.crew import Alone
from engine.train.fit import train, update
from engine.train.recipes import recipe

WAIT = timedelta(minutes=20)  # for a process that checks or reads data
_EACH = 2  # items that each process needs of every batch: batch norm takes a mean


class Crew(Alone):
    """This process among several."""

    def __init__(self) -> None:
        self.rank, self.size = distributed.get_rank(), distributed.get_world_size()
        self.ending = threading.Event()
        self._network: nn.Module | None = None
        self._wrapped: DistributedDataParallel | None = None

    def share(self, chosen: np.ndarray) -> np.ndarray:
        return chosen[self.rank :: self.size]

    def wrapped(self, network: nn.Module) -> nn.Module:
        if self._wrapped is None or self._network is not network:
            self._network, self._wrapped = network, DistributedDataParallel(network)
        return self._wrapped

    def mean(self, values: Tensor) -> Tensor:
        distributed.all_reduce(values)
        return values / self.size

    def agree(self, why: Text | None) -> Text | None:
        if self.ending.is_set():
            raise RuntimeError("told to end")  # as when the connection breaks: the caller saves and says so
        flag = torch.tensor([float(why is not None)])
        distributed.broadcast(flag, 0)
        ended = Text("The first process ended the training.", "첫 번째 프로세스가 학습을 마쳤어요.")
        return why or (ended if flag.item() else None)

    def threads(self, count: int) -> int:
        return max(1, count // int(os.environ.get("LOCAL_WORLD_SIZE", "1")))

    def lost(self, step: int) -> LabError:
        text = Text(
            "Another of the {size} processes ended, so the training stops at step {step:,}. The run keeps its checkpoint: "
            "go on with train --resume.",
            "프로세스 {size}개 가운데 하나가 끝나서 {step:,}스텝에서 학습을 멈춰요. 체크포인트는 남아 있어요. train --resume으로 이어 하세요.",
        )
        return LabError(text(size=self.size, step=step))


def wanted() -> bool:
    """Whether torchrun started this process together with others."""
    return "RANK" in os.environ and int(os.environ.get("WORLD_SIZE", "1")) > 1


@contextmanager
def joined() -> Iterator[Crew]:
    """Meet the other processes; leave them at the end. torchrun's request to end is heard between two steps."""
    distributed.init_process_group("gloo", timeout=WAIT)
    crew = Crew()
    before = signal.signal(signal.SIGTERM, lambda number, frame: crew.ending.set())
    try:
        yield crew
    finally:
        signal.signal(signal.SIGTERM, before)
        distributed.destroy_process_group()


def train_together(crew: Crew, recipe_id: str, settings: Any, **wishes: Any) -> Job:
    """As `engine.train.fit.train`, by all processes of `crew`; the first returns the outcome, the others None.

    Raises:
        LabError: a run to be resumed, a batch too small to share, another process that ended.
    """
    if wishes.get("resume"):
        text = Text(
            "A run is resumed by one process: leave out torchrun.",
            "이어 하기는 프로세스 하나로 해요. torchrun 없이 실행하세요.",
        )
        raise LabError(text)
    chosen = recipe(recipe_id)
    root = wishes.get("data") or load_settings()[0].data()
    settings = settings or usual_settings(chosen, choose_dataset(chosen, wishes.get("dataset", "auto"), root))
    if settings.batch_size < _EACH * crew.size:
        text = Text(
            "A batch of {batch} cannot be shared by {size} processes. Set batch_size to {least} or more.",
            "배치 {batch}개를 프로세스 {size}개가 나눌 수 없어요. batch_size를 {least} 이상으로 하세요.",
        )
        raise LabError(text(batch=settings.batch_size, size=crew.size, least=_EACH * crew.size))
    if crew.rank == 0:
        return (yield from train(recipe_id, settings, crew=crew, **wishes))
    return (yield from _follow(crew, recipe_id, settings, wishes))


def _follow(crew: Crew, recipe_id: str, settings: Any, wishes: dict[str, Any]) -> Job:
    """Learn from this process's share until the first one says that it is over; nothing of it is kept."""
    asked = {name: wishes.get(name, "auto") for name in ("device", "precision")}
    with tempfile.TemporaryDirectory() as nowhere:
        plan = yield from begin(
            recipe_id,
            settings,
            data=wishes.get("data"),
            dataset_id=wishes.get("dataset", "auto"),
            spare=0,
            out=Path(nowhere) / "run",
            source=wishes.get("source", ""),
            **asked,
        )
        plan = dataclasses.replace(plan, crew=crew)
        try:
            if plan.device.threads:
                torch.set_num_threads(crew.threads(plan.device.threads))
                keep_freed_memory()
            plan.state.generator.manual_seed(settings.seed + 7919 * crew.rank)  # its own augmentation and dropout
            plan.state.network.train()
            try:
                while crew.agree(None) is None:
                    update(plan, plan.settings)
            except RuntimeError as error:
                raise crew.lost(plan.state.step) from error
        finally:
            plan.folder.close()
    return None
