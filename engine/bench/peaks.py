"""What this processor can do at most: products a second and bytes a second, measured, for the roofline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch

from engine.bench import Say
from engine.bench.method import Timed, interleaved, step
from engine.devices import cores, cpu_has_bf16
from engine.text import Text

MIB = 128
BATCH, CHANNELS, MAP = 4, 256, 28  # of the convolution: maps that fit the cache, channels that fill every unit
OPERATIONS = 2 * (CHANNELS * 3 * MAP) ** 2  # of one picture: each place sums 3×3 products over all channels
_LINKS, _TURNS = 40, 20  # convolutions of the yardstick's chain, and turns of its two works
_WORDS = Text("what the processor can do at most", "프로세서가 최대로 할 수 있는 일")


@dataclass(frozen=True, slots=True)
class Peaks:
    """gflops: 10⁹ operations a second of a 3×3 convolution in fp32. gbytes: 10⁹ bytes a second of a large copy.

    A matrix product is no roof: torch gives it to another library, which reached 200 GFLOP/s where convolutions, and
    ResNet-50 as a whole, made 480 and 270.
    """

    gflops: Timed
    gbytes: Timed
    half: Timed | None = None  # the same convolution in bfloat16

    @property
    def ridge(self) -> float:
        """Operations a byte from which on products, no longer memory, are the limit: a roof is what was reached once."""
        return self.gflops.high / self.gbytes.high


def yardstick() -> dict[str, Timed]:
    """Seconds of two plain works that never change: how fast the machine itself is at this moment.

    "product": a matrix product on one thread, which stays in the core's own cache. "chain": small convolutions one after
    the other on all threads, which have to meet after each: what a shared machine's neighbours disturb first.
    """
    draw = torch.Generator().manual_seed(0)
    a, x = torch.rand(512, 512, generator=draw), torch.rand(1, 32, 56, 56, generator=draw)
    weights = torch.rand(32, 32, 3, 3, generator=draw) / 288

    def product() -> None:
        torch.set_num_threads(1)
        torch.mm(a, a)

    def chain() -> None:
        torch.set_num_threads(cores())
        y = x
        for _ in range(_LINKS):
            y = torch.nn.functional.conv2d(y, weights, padding=1)

    threads = torch.get_num_threads()
    try:
        with torch.inference_mode():
            return interleaved({"product": product, "chain": chain}, repeats=_TURNS, warm_up=3)
    finally:
        torch.set_num_threads(threads)


def peaks(*, say: Say, quick: bool, half: bool = False, seconds: float = 0.0) -> Peaks:
    """Measure both in turn (Williams, Waterman, Patterson: Roofline, 2009), for so many `seconds` or a few turns."""
    step(say, 0, 1, _WORDS)
    source, target = torch.rand(MIB * 2**18), torch.empty(MIB * 2**18)
    ways = {"products": convolution(BATCH, torch.float32), "bytes": lambda: target.copy_(source)}
    few = BATCH if cpu_has_bf16() else 1  # emulated it is so slow that one picture tells enough
    if half:
        ways["half"] = convolution(few, torch.bfloat16)
    with torch.inference_mode():
        times = interleaved(ways, repeats=5 if quick else 9, warm_up=3, budget=seconds)
    work, moved = OPERATIONS / 1e9, 2 * source.numel() * 4 / 1e9
    return Peaks(
        times["products"].map(lambda s: BATCH * work / s),
        times["bytes"].map(lambda s: moved / s),
        times["half"].map(lambda s: few * work / s) if half else None,
    )


def convolution(count: int, dtype: torch.dtype) -> Callable[[], object]:
    """A 3×3 convolution of so many pictures, as networks spend most of their time on it."""
    maps, weights = torch.rand(count, CHANNELS, MAP, MAP), torch.rand(CHANNELS, CHANNELS, 3, 3)
    x, w = (one.to(dtype, memory_format=torch.channels_last) for one in (maps, weights))
    return lambda: torch.nn.functional.conv2d(x, w, padding=1)
