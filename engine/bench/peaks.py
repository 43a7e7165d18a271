"""What this processor can do at most: products a second and bytes a second, measured, for the roofline."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from engine.bench import Say
from engine.bench.method import Timed, interleaved, step
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
        """Operations a byte from which on products, no longer memory, are the limit."""
        return self.gflops.median / self.gbytes.median


def peaks(*, say: Say, quick: bool, half: bool = False) -> Peaks:
    """Measure both in turn (Williams, Waterman, Patterson: Roofline, 2009)."""
    step(say, 0, 1, _WORDS)
    side, mib = (SIDE // 2, MIB // 2) if quick else (SIDE, MIB)
    a, b = torch.rand(side, side), torch.rand(side, side)
    source, target = torch.rand(mib * 2**18), torch.empty(mib * 2**18)
    ways = {"products": lambda: a @ b, "bytes": lambda: target.copy_(source)}
    if half:
        low_a, low_b = a.bfloat16(), b.bfloat16()
        ways["half"] = lambda: low_a @ low_b
    with torch.inference_mode():
        times = interleaved(ways, repeats=5 if quick else 9, warm_up=2)
    work, moved = 2 * side**3 / 1e9, 2 * source.numel() * 4 / 1e9
    return Peaks(
        times["products"].map(lambda s: work / s),
        times["bytes"].map(lambda s: moved / s),
        times["half"].map(lambda s: work / s) if half else None,
    )
