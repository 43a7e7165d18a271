"""Ways to compute one network: torch in several forms and precisions, ONNX Runtime, OpenVINO. All take the same pictures."""

from __future__ import annotations

import copy
import importlib.util
import tempfile
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from engine.devices import cores, cpu_has_bf16
from engine.live import openvino_runner
from engine.text import Text, same

Ask = Callable[[np.ndarray], np.ndarray]  # (B, C, H, W) float32, B as it was made for, to (B, classes) float32
CANNOT = (RuntimeError, ValueError, TypeError, NotImplementedError, ImportError, OSError, AttributeError, KeyError)
CALIBRATED_ON = 64  # pictures from which the ranges of 8-bit numbers are taken


class Subject:
    """One network with pictures of one batch; what other programs need of it is made once.

    sample: (B, C, H, W) float32. calibration: (N, C, H, W) pictures like those it will see.
    """

    def __init__(self, module: nn.Module, sample: Tensor, calibration: Tensor) -> None:
        self.module, self.sample, self.calibration = module.eval(), sample.contiguous(), calibration

    @cached_property
    def onnx(self) -> bytes:
        """The network as an ONNX file for batches of this size."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            program = torch.onnx.export(
                self.module,
                (self.sample,),
                dynamo=True,
                input_names=["pictures"],
                output_names=["scores"],
                verbose=False,
            )
        assert program is not None
        content: bytes = program.model_proto.SerializeToString()
        return content

    @cached_property
    def onnx8(self) -> bytes:
        """The same with weights and maps in 8 bits, their ranges taken from the calibration pictures."""
        from onnxruntime import quantization as q
        from onnxruntime.quantization.shape_inference import quant_pre_process

        with tempfile.TemporaryDirectory() as folder:
            full, before, after = (Path(folder) / f"{name}.onnx" for name in ("full", "before", "after"))
            full.write_bytes(self.onnx)
            quant_pre_process(str(full), str(before), skip_symbolic_shape=True)  # joins norms with convolutions
            q.quantize_static(
                str(before),
                str(after),
                _reader(self._batches()),
                quant_format=q.QuantFormat.QDQ,
                per_channel=True,
                activation_type=q.QuantType.QUInt8,
                weight_type=q.QuantType.QInt8,
                reduce_range=False,
            )
            return after.read_bytes()

    def _batches(self) -> Iterator[dict[str, np.ndarray]]:
        size = len(self.sample)
        for start in range(0, len(self.calibration) - size + 1, size):
            yield {"pictures": self.calibration[start : start + size].numpy()}


def _reader(batches: Iterator[dict[str, np.ndarray]]) -> Any:
    from onnxruntime.quantization import CalibrationDataReader

    class Reader(CalibrationDataReader):
        def get_next(self) -> dict[str, np.ndarray] | None:
            return next(batches, None)

    return Reader()


@dataclass(frozen=True, slots=True)
class Way:
    """One way. backend and precision name it; bits of a weight in memory; slow: seconds to get ready, left out of quick runs."""

    id: str
    name: Text
    backend: str
    precision: str
    bits: int
    make: Callable[[Subject], Ask]
    slow: bool = False
    here: Callable[[], bool] = lambda: True


def _torch(
    change: Callable[[nn.Module], nn.Module], kind: torch.dtype, layout: torch.memory_format
) -> Callable[[Subject], Ask]:
    def make(subject: Subject) -> Ask:
        module = change(copy.deepcopy(subject.module)).to(memory_format=layout)

        def ask(pictures: np.ndarray) -> np.ndarray:
            with torch.inference_mode():
                x = torch.from_numpy(pictures).to(kind).contiguous(memory_format=layout)
                found: np.ndarray = module(x).float().numpy()
            return found

        return ask

    return make


def _compiled(subject: Subject) -> Ask:
    module = torch.compile(copy.deepcopy(subject.module), dynamic=False)

    def ask(pictures: np.ndarray) -> np.ndarray:
        with torch.inference_mode():
            found: np.ndarray = module(torch.from_numpy(pictures)).numpy()
        return found

    return ask


def _onnxruntime(content: Callable[[Subject], bytes]) -> Callable[[Subject], Ask]:
    def make(subject: Subject) -> Ask:
        import onnxruntime

        how = onnxruntime.SessionOptions()
        how.intra_op_num_threads = cores()
        how.log_severity_level = 3
        session = onnxruntime.InferenceSession(content(subject), how, providers=["CPUExecutionProvider"])

        def ask(pictures: np.ndarray) -> np.ndarray:
            found: np.ndarray = session.run(None, {"pictures": pictures})[0]
            return found

        return ask

    return make


def _openvino(precision: str, content: Callable[[Subject], bytes] | None = None) -> Callable[[Subject], Ask]:
    def make(subject: Subject) -> Ask:
        model = openvino_runner.read(content(subject)) if content else _translated(subject)
        request, outputs = openvino_runner.ready(model, precision)

        def ask(pictures: np.ndarray) -> np.ndarray:
            found: np.ndarray = request.infer({0: pictures})[outputs[0]]
            return found

        return ask

    return make


def _translated(subject: Subject) -> Any:
    return openvino_runner.translate(subject.module, subject.sample)


def _installed(*names: str) -> Callable[[], bool]:
    return lambda: all(importlib.util.find_spec(name) is not None for name in names)


def _same(module: nn.Module) -> nn.Module:
    return module


_PLAIN, _LAST = torch.contiguous_format, torch.channels_last
_ONNX = _installed("onnx", "onnxruntime", "onnxscript")
WAYS: tuple[Way, ...] = (
    Way("torch", same("torch fp32"), "torch", "fp32", 32, _torch(_same, torch.float32, _PLAIN)),
    Way(
        "torch-last",
        Text("torch fp32, channels last", "torch fp32, 채널 마지막"),
        "torch channels last",
        "fp32",
        32,
        _torch(_same, torch.float32, _LAST),
    ),
    Way(
        "torch-bf16",
        Text("torch bf16, channels last", "torch bf16, 채널 마지막"),
        "torch channels last",
        "bf16",
        16,
        _torch(nn.Module.bfloat16, torch.bfloat16, _LAST),
    ),
    Way(
        "torch-fp16",
        Text("torch fp16, channels last", "torch fp16, 채널 마지막"),
        "torch channels last",
        "fp16",
        16,
        _torch(nn.Module.half, torch.float16, _LAST),
    ),
    Way("torch-compile", same("torch.compile"), "torch.compile", "fp32", 32, _compiled, slow=True),
    Way("onnx", same("ONNX Runtime fp32"), "ONNX Runtime", "fp32", 32, _onnxruntime(lambda s: s.onnx), here=_ONNX),
    Way(
        "onnx-int8",
        same("ONNX Runtime int8"),
        "ONNX Runtime",
        "int8",
        8,
        _onnxruntime(lambda s: s.onnx8),
        slow=True,
        here=_ONNX,
    ),
    Way("openvino", same("OpenVINO fp32"), "OpenVINO", "fp32", 32, _openvino("f32"), here=openvino_runner.here),
    Way(
        "openvino-bf16",
        same("OpenVINO bf16"),
        "OpenVINO",
        "bf16",
        16,
        _openvino("bf16"),
        here=lambda: openvino_runner.here() and cpu_has_bf16(),
    ),
    Way(
        "openvino-int8",
        same("OpenVINO int8"),
        "OpenVINO",
        "int8",
        8,
        _openvino("f32", lambda s: s.onnx8),
        slow=True,
        here=lambda: openvino_runner.here() and _ONNX(),
    ),
)


def way(id: str) -> Way:
    """The way with this id."""
    return next(one for one in WAYS if one.id == id)


@dataclass(frozen=True, slots=True)
class Missing:
    """A way that cannot be gone here, and why."""

    way: Way
    why: Text


def made(subject: Subject, ids: tuple[str, ...], *, say: Callable[[Way], None]) -> tuple[dict[str, Ask], list[Missing]]:
    """The ways of `ids` ready to be asked, and those that are not here or cannot hold this network."""
    found: dict[str, Ask] = {}
    missing = []
    for one in map(way, ids):
        say(one)
        if not one.here():
            missing.append(
                Missing(
                    one, Text("not installed here, or not in this processor", "설치되지 않았거나 프로세서에 없어요")
                )
            )
            continue
        try:
            ask = one.make(subject)
            ask(subject.sample.numpy())
        except CANNOT as error:
            missing.append(Missing(one, _why(error)))
        else:
            found[one.id] = ask
    return found, missing


def with_missing(reading: Text, missing: list[Missing]) -> Text:
    """`reading`, and which ways are not among those that were measured."""
    if not missing:
        return reading
    text = Text("{reading} Not measured: {names}.", "{reading} 재지 않음: {names}.")
    kinds: dict[str, list[Missing]] = {}
    for one in missing:
        kinds.setdefault(str(one.why), []).append(one)
    group = same("{names} ({why})")
    told = [group(names=_listed([one.way.name for one in some], ", "), why=some[0].why) for some in kinds.values()]
    return text(reading=reading, names=_listed(told, "; "))


def _listed(texts: list[Text], between: str) -> Text:
    pattern = between.join(f"{{t{number}}}" for number in range(len(texts)))
    return same(pattern)(**{f"t{number}": text for number, text in enumerate(texts)})


def _why(error: Exception) -> Text:
    why = str(error).strip()
    if "CxxCompiler" in why or "C++ compiler" in why:
        return Text(
            "it needs a C++ compiler and none works here; install g++ (Linux), Xcode’s tools (macOS) or Visual Studio’s build tools (Windows)",
            "C++ 컴파일러가 필요한데 쓸 수 있는 것이 없어요. g++(Linux), Xcode 도구(macOS), Visual Studio 빌드 도구(Windows)를 설치하세요",
        )
    first = (why or type(error).__name__).split("\n")[0][:160]
    return Text("cannot hold this network: {why}", "이 신경망을 담지 못해요: {why}")(why=first)


def asked(ask: Ask, pictures: Tensor, batch: int) -> np.ndarray:
    """(N, classes) answers, a batch at a time; the last batch is filled up with the first pictures."""
    parts = []
    for start in range(0, len(pictures), batch):
        some = pictures[start : start + batch]
        full = torch.cat((some, pictures[: batch - len(some)])) if len(some) < batch else some
        parts.append(np.array(ask(full.contiguous().numpy()))[: len(some)])
    return np.concatenate(parts)
