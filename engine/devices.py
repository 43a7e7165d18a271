"""What can compute here, in which precision, and why, in words."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

import torch

from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.text import Text, same

_ISA_WITHOUT_BF16 = {"SSE41", "AVX", "AVX2", "AVX2_VNNI", "AVX512_CORE", "AVX512_CORE_VNNI"}


@dataclass(frozen=True, slots=True)
class Device:
    """Where a job computes and how.

    where:     torch's name of the device.
    precision: torch.bfloat16 (mixed: weights stay float32) or torch.float32.
    threads:   CPU threads for one operation; 0 off the CPU.
    why:       the reason for the choice, for a person.
    """

    where: torch.device
    precision: torch.dtype
    threads: int
    why: Text

    @property
    def words(self) -> Text:
        precision = "bf16" if self.precision is torch.bfloat16 else "fp32"
        if self.where.type != "cpu":
            return same("{name} · {precision}")(name=_gpu_name(self.where), precision=precision)
        text = Text(
            "CPU · {threads} of {cores} cores · {precision}", "CPU · 코어 {cores}개 중 {threads}개 · {precision}"
        )
        return text(threads=self.threads, cores=cores(), precision=precision)


def cores() -> int:
    """CPU cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@lru_cache
def cpu_has_bf16() -> bool:
    """True when the CPU multiplies bfloat16 itself (AVX512-BF16 or AMX) and oneDNN may use it.

    Without such instructions bf16 is emulated and slower than float32.
    """
    if os.environ.get("ONEDNN_MAX_CPU_ISA", "").upper() in _ISA_WITHOUT_BF16:
        return False
    probes = ("_is_avx512_bf16_supported", "_is_amx_tile_supported")  # private names: absent means no
    return any(getattr(torch.cpu, probe, lambda: False)() for probe in probes)


def choose(device: str = "auto", precision: str = "auto", *, spare: int = 0) -> Device:
    """The device and precision to train or infer with.

    Args:
        device: "auto", "cpu", "cuda" or "mps".
        precision: "auto", "fp32" or "bf16"; auto takes bf16 only where the hardware has it.
        spare: cores to leave for others (1 for the window, which must not stutter).
    Raises:
        LabError: the device is not here, or the words are unknown.
    """
    name = _device_name(device)
    if precision not in ("auto", "fp32", "bf16"):
        text = Text(
            "Precision “{word}” is not one of auto, fp32, bf16.", "정밀도 ‘{word}’: auto, fp32, bf16 중에서 고르세요."
        )
        raise LabError(text(word=precision))
    has_bf16 = cpu_has_bf16() if name == "cpu" else name == "cuda" and _cuda_has_bf16()
    bf16 = has_bf16 if precision == "auto" else precision == "bf16"
    threads = max(1, cores() - spare) if name == "cpu" else 0
    return Device(torch.device(name), torch.bfloat16 if bf16 else torch.float32, threads, _why(name, has_bf16))


def _cuda_has_bf16() -> bool:
    return torch.cuda.get_device_capability()[0] >= 8  # Ampere; older cards emulate it


def _device_name(word: str) -> str:
    here = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if word == "auto":
        return "cuda" if here["cuda"] else "mps" if here["mps"] else "cpu"
    if not here.get(word):
        text = Text(
            "There is no device “{word}” here. Here is: {known}.", "‘{word}’ 장치가 없어요. 있는 장치: {known}."
        )
        raise LabError(text(word=word, known=", ".join(name for name, yes in here.items() if yes)))
    return word


def _why(name: str, has_bf16: bool) -> Text:
    if name != "cpu":
        return Text("A graphics processor was found.", "그래픽 처리 장치를 찾았어요.")
    text = Text("No graphics processor was found. {cpu}", "그래픽 처리 장치가 없어요. {cpu}")
    return text(cpu=why_precision(has_bf16))


def why_precision(has_bf16: bool) -> Text:
    """Why a CPU computes in the precision that `choose` takes."""
    if has_bf16:
        return Text(
            "This CPU multiplies bf16 itself, about twice as fast as fp32.",
            "이 CPU는 bf16을 직접 계산해서 fp32보다 두 배쯤 빨라요.",
        )
    return Text(
        "This CPU has no bf16 instructions, so fp32 is faster.", "이 CPU에는 bf16 명령이 없어서 fp32가 더 빨라요."
    )


def _gpu_name(device: torch.device) -> str:
    return torch.cuda.get_device_name(device) if device.type == "cuda" else "Apple GPU"


def get_ready() -> Job:
    """Import what torch loads at the first optimizer (more than a second), so that the first Start acts at once."""
    yield Progress(0, 1)
    import_module("torch._dynamo")
