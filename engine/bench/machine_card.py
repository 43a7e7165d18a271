"""The report card of this machine: what there is, what of it is used, and why not more, in words."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from pathlib import Path
from typing import Any

import psutil
import torch

from engine.bench import Say, _processor
from engine.bench.charts import Bar, Chart, Shown, Table, bar_of
from engine.bench.method import Timed, Watch, ratio_words
from engine.bench.peaks import peaks
from engine.devices import choose, cores, cpu_has_bf16, why_precision
from engine.jobs import Job, Progress
from engine.text import Text, same

_SETS = ("avx2", "fma", "avx512f", "avx512_vnni", "avx512_bf16", "avx_vnni", "amx_tile", "amx_bf16", "amx_int8", "neon")
LIMIT = "ONEDNN_MAX_CPU_ISA"  # the processor's products may be held to older instructions by this variable
_GIB = 2**30
_SECONDS = 3.0  # of a quick run's turns


def facts() -> dict[str, Any]:
    """What there is, asked of the system and of torch; nothing is timed."""
    memory = psutil.virtual_memory()
    return {
        "processor": _processor(),
        "cores": cores(),
        "cores_physical": psutil.cpu_count(logical=False),
        "instructions": instructions(),
        "torch_instructions": str(torch.backends.cpu.get_cpu_capability()),
        "limited_to": os.environ.get(LIMIT, ""),
        "bf16": cpu_has_bf16(),
        "memory_gib": memory.total / _GIB,
        "memory_free_gib": memory.available / _GIB,
        "system": platform.platform(),
        "torch": str(torch.__version__),
        "torch_cuda": torch.version.cuda or "",
        "onednn": torch.backends.mkldnn.is_available(),
        "mkl": torch.backends.mkl.is_available(),
        "threads": torch.get_num_threads(),
        "gpus": gpus(),
        "driver": driver(),
        "mps": torch.backends.mps.is_available(),
    }


def instructions() -> list[str]:
    """The instruction sets that matter to networks, as the system tells them."""
    cpuinfo = Path("/proc/cpuinfo")
    if not cpuinfo.exists():
        return [str(torch.backends.cpu.get_cpu_capability()).lower()]
    flags = {
        word
        for line in cpuinfo.read_text().splitlines()
        if line.startswith(("flags", "Features"))
        for word in line.split()
    }
    return [name for name in _SETS if name in flags]


def gpus() -> list[dict[str, Any]]:
    """The graphics processors that torch can use."""
    if not torch.cuda.is_available():
        return []
    found = [torch.cuda.get_device_properties(number) for number in range(torch.cuda.device_count())]
    return [
        {"name": one.name, "memory_gib": one.total_memory / _GIB, "capability": f"{one.major}.{one.minor}"}
        for one in found
    ]


def driver() -> str:
    """The version of NVIDIA's driver, "" where none answers."""
    program = shutil.which("nvidia-smi")
    if not program:
        return ""
    ask = [program, "--query-gpu=driver_version", "--format=csv,noheader"]
    try:
        answer = subprocess.run(ask, capture_output=True, encoding="utf-8", timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.strip().split("\n")[0] if answer.returncode == 0 else ""


def why(found: dict[str, Any]) -> tuple[Text, ...]:
    """What is used and why not more."""
    has_gpu = found["gpus"] or found["mps"]
    told = [choose().why] if has_gpu else [_no_gpu(found), why_precision(found["bf16"])]
    if found["limited_to"]:
        text = Text(
            "{name} holds products to {word}: newer instructions lie idle.",
            "{name} 변수가 계산을 {word}까지로 제한해서 새 명령을 쓰지 않아요.",
        )
        told.append(text(name=LIMIT, word=found["limited_to"]))
    physical = found["cores_physical"]
    if physical and physical < found["cores"]:
        text = Text(
            "{n} cores are {p} real ones used twice: the second half adds little to products.",
            "코어 {n}개는 실제 코어 {p}개를 나눠 쓴 것이라 뒤의 절반은 계산에 별로 보태지 못해요.",
        )
        told.append(text(n=found["cores"], p=physical))
    if "avx512_vnni" in found["instructions"] or "avx_vnni" in found["instructions"]:
        told.append(Text("int8 products have instructions of their own (VNNI).", "int8 곱셈 전용 명령(VNNI)이 있어요."))
    return tuple(told)


def _no_gpu(found: dict[str, Any]) -> Text:
    if not found["torch_cuda"]:
        return Text(
            "No GPU found: this build of torch has no CUDA.", "GPU를 찾지 못했어요. 이 torch에는 CUDA가 없어요."
        )
    if not found["driver"]:
        text = Text(
            "No GPU found: torch could use one (CUDA {v}), but no driver answers.",
            "GPU를 찾지 못했어요. torch는 쓸 수 있지만(CUDA {v}) 답하는 드라이버가 없어요.",
        )
        return text(v=found["torch_cuda"])
    text = Text(
        "No GPU that torch can use: driver {d}, torch wants CUDA {v}.",
        "torch가 쓸 수 있는 GPU가 없어요. 드라이버 {d}, torch는 CUDA {v}.",
    )
    return text(d=found["driver"], v=found["torch_cuda"])


def card() -> Job:
    """The facts with their words; a job, returns (facts, sentences)."""
    yield Progress(0, 0, Text("Looking at this machine", "컴퓨터를 살펴보는 중"))
    found = facts()
    return found, why(found)


def run(*, data: Path | None, repeats: int, say: Say, quick: bool = False) -> dict[str, Any]:
    """The facts, and what was measured: products and copies a second, bfloat16 against float32."""
    torch.set_num_threads(cores())
    found, watch = facts(), Watch()
    most = peaks(say=say, quick=quick, half=True, seconds=_SECONDS if quick else 0.0)
    assert most.half is not None
    ratio = most.half.over(most.gflops)
    timed = {"products": most.gflops, "bytes": most.gbytes, "half": most.half}
    return {
        **found,
        "why": why(found),
        "gflops": most.gflops.json(),
        "gflops_bf16": most.half.json(),
        "gbytes": most.gbytes.json(),
        "bf16_ratio": ratio.median,
        "bf16_ratio_spread": ratio.json(),
        "headlines": {"GFLOP/s": most.gflops.json(), "GB/s": most.gbytes.json()},
        "shown": _shown(found, most.gflops, most.half, most.gbytes, ratio).json(),
        "method": watch.method(repeats=most.gflops.n, warm_up=2, threads=torch.get_num_threads(), timed=timed),
    }


def _shown(found: dict[str, Any], full: Timed, half: Timed, gbytes: Timed, ratio: Timed) -> Shown:
    kinds = (("time", Text("measured", "측정")),)
    products: tuple[Bar, ...] = (
        bar_of(same("fp32"), full, note=Text("large convolution", "큰 합성곱")),
        bar_of(same("bf16"), half, note=Text("the same in 16 bits", "같은 것을 16비트로")),
    )
    reading = Text("bfloat16 against float32: {r}.", "bfloat16과 float32의 비: {r}.")(r=ratio_words(ratio))
    memory = Text("A large copy moves {g:.1f} GB a second.", "큰 복사는 1초에 {g:.1f} GB를 옮겨요.")(g=gbytes.median)
    charts = (
        Chart("products", Text("Products a second", "1초에 하는 곱셈"), same("GFLOP/s"), reading, products, kinds),
        Chart(
            "memory",
            Text("Memory", "메모리"),
            same("GB/s"),
            memory,
            (bar_of(Text("copy", "복사"), gbytes),),
            kinds,
        ),
    )
    rows = tuple((words, value) for words, value in fact_rows(found))
    table = Table(Text("This machine", "이 컴퓨터"), (Text("What", "항목"), Text("Value", "값")), rows)
    return Shown(charts, (table,), (), why(found))


def fact_rows(found: dict[str, Any]) -> tuple[tuple[Text, Text], ...]:
    """The facts under names for people."""
    none = Text("none found", "없음")
    gpu = same(", ".join(f"{g['name']} ({g['memory_gib']:.0f} GB)" for g in found["gpus"])) if found["gpus"] else none
    return (
        (Text("Processor", "프로세서"), same(found["processor"])),
        (Text("Cores", "코어"), same(str(found["cores"]))),
        (Text("Instructions", "명령어"), same(", ".join(found["instructions"]))),
        (Text("Memory", "메모리"), same(f"{found['memory_gib']:.0f} GB")),
        (Text("Graphics processor", "그래픽 처리 장치"), gpu),
        (Text("Driver", "드라이버"), same(found["driver"]) if found["driver"] else none),
        (same("torch"), same(found["torch"])),
        (same("CUDA"), same(found["torch_cuda"]) if found["torch_cuda"] else none),
        (Text("System", "운영 체제"), same(found["system"])),
    )
