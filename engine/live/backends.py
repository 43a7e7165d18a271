"""Ways to compute one network, and taking the fastest: measured on this machine, remembered for the next time.

What is ready first answers first: torch, or OpenVINO when its translation lies in the cache. Another way is built on a
thread beside it and takes over once it was measured to be faster, on the same pictures, between two frames.
"""

from __future__ import annotations

import json
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from engine import places
from engine.devices import cpu_has_bf16
from engine.errors import LabError
from engine.files import read_json, write_json
from engine.live import openvino_runner
from engine.live.openvino_runner import Run

_TRIES = 4  # runs of each way when they are compared; the median counts
_GAIN = 0.9  # a way takes over when it needs less than this part of the time
EAGER = "PyTorch fp32"
EXACT = (EAGER, f"{EAGER} channels-last", openvino_runner.name_of("f32"))  # ways that do not round to half precision


@dataclass(frozen=True, slots=True)
class Network:
    """A network as backends take it.

    key:  says which weights it is, also on disk; the same key is the same network.
    open: builds it: (1, 3, H, W) float32 RGB in [0, 1] to a tuple of tensors; called on the first use alone.
    translates: whether OpenVINO may be tried.
    close: of answers in half precision, whether rounding alone may have decided them; such a picture is asked about
        again in float32. None: it never matters.
    """

    key: str
    open: Callable[[], nn.Module]
    translates: bool = True
    close: Callable[[tuple[np.ndarray, ...]], bool] | None = None


class Fastest:
    """One network for pictures of one size. Belongs to one thread; a second one builds what may be faster.

    size: (H, W) pixels. backend: how it computes now, in words. fixed: a way to which it keeps, and its name.
    """

    def __init__(
        self,
        network: Network,
        size: tuple[int, int],
        *,
        device: torch.device | None = None,
        fixed: tuple[str, Run] | None = None,
    ) -> None:
        self._network, self.size = network, size
        self._device = device or torch.device("cpu")
        self._module: nn.Module | None = None
        self._built: list[tuple[str, Run]] = []
        self._builder: threading.Thread | None = None
        self._uses, self._settled = 0, False
        self._exact: Run | None = None
        self.again = 0  # pictures that were asked about again, because their answer was close
        self.backend, self._run = fixed or self._first()
        self._settled = self._settled or fixed is not None

    def __call__(self, pixels: np.ndarray) -> tuple[np.ndarray, ...]:
        """(H, W, 3) uint8 to the network's answers, float32, each with its batch of one."""
        self._uses += 1
        answers = self._run(pixels)
        if self._network.close is not None and self.backend not in EXACT and self._network.close(answers):
            answers = self._exactly(pixels)
        if self._uses == 2 and self._builder is None and not self._settled:  # the first answer was not kept waiting
            # never a daemon, as threads of the window's lanes are: killed inside torch it takes the program along
            self._builder = threading.Thread(target=self._build, name="live backend builder", daemon=False)
            self._builder.start()
        return answers

    def compare(self, pixels: np.ndarray) -> tuple[str, float, float] | None:
        """When the builder is done: measure, take the fastest, remember it. (name, ms before, ms after) of a change."""
        if self._builder is None or self._builder.is_alive() or self._settled:
            return None
        self._builder.join()
        self._settled = True
        now = self._run(pixels)
        trusted = [(name, run) for name, run in self._built if alike(run(pixels), now)]
        ways = {self.backend: self._run, **dict(trusted)}
        times = measured(ways, pixels)
        best = min(times, key=lambda name: times[name])
        before, after = times[self.backend], times[best]
        changed = best if best != self.backend and after < _GAIN * before else None
        if changed:
            self.backend, self._run = best, ways[best]
        self._built.clear()
        self._module = None
        remember(self._name, self.backend, times)
        return (changed, before, after) if changed else None

    def settle(self) -> None:
        """Wait for the builder."""
        if self._builder is not None:
            self._builder.join()

    @property
    def _name(self) -> str:
        return f"{self._network.key} {self.size[0]}x{self.size[1]}"

    def _first(self) -> tuple[str, Run]:
        chosen = remembered().get(self._name)
        self._settled = self._device.type != "cpu" or chosen == EAGER
        if self._device.type == "cpu" and chosen:
            precision = openvino_runner.precision_of(chosen)
            run = openvino_runner.cached(self._network.key, self.size, precision) if precision else None
            if run is not None:
                self._settled = True
                return chosen, run
            if chosen in _TORCH:
                self._settled = True
                return chosen, _TORCH[chosen](self._opened())
        if self._device.type != "cpu":
            return f"PyTorch {self._device.type} fp16", on_gpu(self._opened(), self._device, self._fell_back)
        return EAGER, eager(self._opened())

    def _fell_back(self) -> None:
        self.backend = EAGER

    def _exactly(self, pixels: np.ndarray) -> tuple[np.ndarray, ...]:
        """The answers in float32, by whatever is ready soonest; it is made ready at the first close call."""
        if self._exact is None:
            run = openvino_runner.cached(self._network.key, self.size, "f32") if self._device.type == "cpu" else None
            self._exact = run or eager(self._opened())
        self.again += 1
        return self._exact(pixels)

    def _opened(self) -> nn.Module:
        if self._module is None:
            self._module = self._network.open().eval()
        return self._module

    def _build(self) -> None:
        module = self._opened()
        precision = "bf16" if cpu_has_bf16() else "f32"
        if self._network.translates and openvino_runner.here():
            try:
                run = openvino_runner.translated(self._network.key, module, self.size, precision)
                self._built.append((openvino_runner.name_of(precision), run))
                return
            except (RuntimeError, LabError, TypeError, ValueError):
                pass  # an operation that it does not know: torch stays
        for name, make in _TORCH.items():
            if name != EAGER and (cpu_has_bf16() or "bf16" not in name):
                self._built.append((name, make(module)))


def alike(some: tuple[np.ndarray, ...], others: tuple[np.ndarray, ...]) -> bool:
    """True when two ways answer the same but for rounding: a translation may have frozen what depends on the picture.

    Numbers: a mean difference of at most a tenth of their mean size. Labels (whole numbers): 95 % the same.
    """
    if [a.shape for a in some] != [b.shape for b in others]:
        return False
    for a, b in zip(some, others, strict=True):
        whole = b.size > 0 and bool((b == np.round(b)).all())
        if whole and (a == b).mean() < 0.95:
            return False
        if not whole and np.abs(a - b).mean() > 0.1 * np.abs(b).mean() + 1e-4:
            return False
    return True


def measured(ways: dict[str, Run], pixels: np.ndarray) -> dict[str, float]:
    """Milliseconds of each way on one picture, in turn, so that a busy moment meets them all."""
    took: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(_TRIES + 1):
        for name, run in ways.items():
            began = time.perf_counter()
            run(pixels)
            if turn:  # the first one warms up
                took[name].append(1000 * (time.perf_counter() - began))
    return {name: statistics.median(values) for name, values in took.items()}


# Torch's ways


def eager(module: nn.Module) -> Run:
    """As torch does it by itself, wherever the network is."""

    def run(pixels: np.ndarray) -> tuple[np.ndarray, ...]:
        one = next(module.parameters(), None)
        return _answers(module, _as_tensor(pixels).contiguous().to(one.device if one is not None else "cpu"))

    return run


def channels_last(module: nn.Module) -> Run:
    """Channels beside each other in memory, as the pixels come."""
    module = module.to(memory_format=torch.channels_last)
    return lambda pixels: _answers(module, _as_tensor(pixels))


def bf16(module: nn.Module) -> Run:
    """Products in bfloat16, weights stay float32."""
    module = module.to(memory_format=torch.channels_last)

    def run(pixels: np.ndarray) -> tuple[np.ndarray, ...]:
        with torch.autocast("cpu", torch.bfloat16):
            return _answers(module, _as_tensor(pixels))

    return run


def on_gpu(module: nn.Module, device: torch.device, fell_back: Callable[[], None]) -> Run:
    """float16 on a graphics processor; when its memory is full, float32 on the processor from then on.

    fell_back: called when that happens, so that the name shown is that of what computes.
    """
    module = module.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    full = False

    def run(pixels: np.ndarray) -> tuple[np.ndarray, ...]:
        nonlocal full, module
        if not full:
            try:
                with torch.autocast(device.type, torch.float16):
                    return _answers(module, _as_tensor(pixels).to(device, non_blocking=True))
            except torch.OutOfMemoryError:
                full, module = True, module.to("cpu")
                torch.cuda.empty_cache()
                fell_back()
        return _answers(module, _as_tensor(pixels))

    return run


_TORCH: dict[str, Callable[[nn.Module], Run]] = {
    EAGER: eager,
    EXACT[1]: channels_last,
    "PyTorch bf16": bf16,
}


def _as_tensor(pixels: np.ndarray) -> torch.Tensor:
    """(H, W, 3) uint8 to (1, 3, H, W) float32 in [0, 1], channels last."""
    return torch.from_numpy(np.require(pixels, requirements=("C", "W"))).permute(2, 0, 1)[None].float().div_(255)


@torch.inference_mode()
def _answers(module: nn.Module, x: torch.Tensor) -> tuple[np.ndarray, ...]:
    found = module(x)
    return tuple(one.float().cpu().numpy() for one in (found if isinstance(found, tuple) else (found,)))


# What was found to be fastest here


def _memory() -> Path:
    return places.cache() / "live" / "fastest.json"


def remembered() -> dict[str, str]:
    """For each network and size the way that was fastest, on this machine with these versions."""
    try:
        kept = read_json(_memory())
    except LabError:
        return {}
    return dict(kept.get("chosen", {})) if kept.get("made_with") == _made_with() else {}


def remember(name: str, backend: str, times: dict[str, float]) -> None:
    """Keep a choice with what was measured. A folder that cannot be written costs the memory, not the picture."""
    path = _memory()
    try:
        kept = read_json(path)
    except LabError:
        kept = {}
    fresh = kept.get("made_with") == _made_with()
    chosen = {**(kept.get("chosen", {}) if fresh else {}), name: backend}
    rounded = {way: round(value, 3) for way, value in times.items()}
    took = {**(kept.get("milliseconds", {}) if fresh else {}), name: rounded}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_json(path, {"made_with": _made_with(), "chosen": chosen, "milliseconds": took})
    except (LabError, OSError):
        return


def _made_with() -> str:
    return json.dumps({"torch": str(torch.__version__), "openvino": openvino_runner.version(), "bf16": cpu_has_bf16()})
