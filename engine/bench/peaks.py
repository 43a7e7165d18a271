"""What this processor can do at most: products a second and bytes a second, measured, for the roofline."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from engine.bench import Say
from engine.bench.method import Timed, interleaved, step
from engine.devices import cpu_has_bf16
from engine.text import Text

SIDE, MIB = 1536, 128
_WORDS = Text("what the processor can do at most", "프로세서가 최대로 할 수 있는 일")


@dataclass(frozen=True, slots=True)
class Peaks:
    """gflops: 10⁹ operations a second of a large fp32 matrix product. gbytes: 10⁹ bytes a second of a large copy."""

    gflops: Timed
    gbytes: Timed
    half: Timed | None = None  # the same product in bfloat16, where the processor multiplies it

    @property
    def ridge(self) -> float:
        """Operations a byte from which on products, no longer memory, are the limit: a roof is what was reached once."""
        return self.gflops.high / self.gbytes.high


def yardstick() -> Timed:
    """Seconds of one plain product on one thread, forty times: how fast the machine itself is at this moment."""
    threads, a = torch.get_num_threads(), torch.rand(512, 512, generator=torch.Generator().manual_seed(0))
    torch.set_num_threads(1)
    try:
        with torch.inference_mode():
            return interleaved({"product": lambda: a @ a}, repeats=40, warm_up=5)["product"]
    finally:
        torch.set_num_threads(threads)


def peaks(*, say: Say, quick: bool, half: bool = False) -> Peaks:
    """Measure both in turn (Williams, Waterman, Patterson: Roofline, 2009)."""
    step(say, 0, 1, _WORDS)
    a, b = torch.rand(SIDE, SIDE), torch.rand(SIDE, SIDE)
    source, target = torch.rand(MIB * 2**18), torch.empty(MIB * 2**18)
    ways = {"products": lambda: a @ b, "bytes": lambda: target.copy_(source)}
    side = SIDE if cpu_has_bf16() else SIDE // 4  # emulated it is so slow that a small product tells enough
    if half:
        low_a, low_b = (one[:side, :side].bfloat16().contiguous() for one in (a, b))
        ways["half"] = lambda: low_a @ low_b
    with torch.inference_mode():
        times = interleaved(ways, repeats=5 if quick else 9, warm_up=3, budget=0.8 if quick else 0.0)
    work, moved = 2 * SIDE**3 / 1e9, 2 * source.numel() * 4 / 1e9
    return Peaks(
        times["products"].map(lambda s: work / s),
        times["bytes"].map(lambda s: moved / s),
        times["half"].map(lambda s: 2 * side**3 / 1e9 / s) if half else None,
    )
