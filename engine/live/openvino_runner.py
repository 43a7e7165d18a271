"""A network of torch, computed by OpenVINO: translated once, kept on disk, in the precision that we say.

OpenVINO is Intel's compiler for inference (Apache-2.0); it serves AMD and ARM processors too. It is not asked for a
precision silently: on processors with bfloat16 it would choose that itself. Its usage reports, which begin with its
import, are not taken part in.

While it reads, writes or compiles a network it sets the locale of the whole program to "C" (see `alone`).
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import locale
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from engine import places
from engine.devices import cores

Run = Callable[[np.ndarray], tuple[np.ndarray, ...]]  # (H, W, 3) uint8 to float32 answers
_PRECISIONS = {"f32": "fp32", "bf16": "bf16"}
_one_at_a_time = threading.Lock()


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """OpenVINO at work, on one thread of the program; the locale is afterwards what it was.

    It puts the locale back itself, but not always: once the program stayed in ASCII and could read no Korean any more.
    """
    with _one_at_a_time:
        before = locale.setlocale(locale.LC_ALL)
        try:
            yield
        finally:
            if locale.setlocale(locale.LC_ALL) != before:
                locale.setlocale(locale.LC_ALL, before)


def here() -> bool:
    """True when OpenVINO is installed."""
    return importlib.util.find_spec("openvino") is not None


@lru_cache(maxsize=1)
def version() -> str:
    """Of the installed OpenVINO, "" without it. Does not import it."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as of

    try:
        return of("openvino")
    except PackageNotFoundError:
        return ""


def _openvino() -> Any:
    """The package, imported so that it reports to nobody: without its reporter it uses an empty one of its own."""
    modules: dict[str, Any] = sys.modules
    modules.setdefault("openvino_telemetry", None)  # an import of None fails
    return importlib.import_module("openvino")


def name_of(precision: str) -> str:
    """What a person reads: "OpenVINO bf16"."""
    return f"OpenVINO {_PRECISIONS[precision]}"


def precision_of(name: str) -> str:
    """OpenVINO's word for the precision in `name`, "" when it is no name of `name_of`."""
    return next((precision for precision in _PRECISIONS if name_of(precision) == name), "")


@lru_cache(maxsize=1)
def core() -> Any:
    """OpenVINO's one core; compiled networks are kept in our cache."""
    one = _openvino().Core()
    one.set_property({"CACHE_DIR": str(_folder() / "compiled")})
    return one


def _folder() -> Path:
    return places.cache() / "live" / "openvino"


def file_of(folder: Path, key: str, size: tuple[int, int]) -> Path:
    """Where the network of these weights for pictures of `size` (H, W) is kept, by these versions of both libraries."""
    name = hashlib.sha256(f"{key} {size} {version()} {torch.__version__} 1".encode()).hexdigest()[:24]
    return folder / f"{name}.xml"


def is_kept(file: Path) -> bool:
    """True when `keep` wrote there."""
    return file.is_file() and file.with_suffix(".bin").is_file()


def read(source: Path | bytes) -> Any:
    """A network from a file, or from the bytes of an ONNX file. Raises `RuntimeError` when it cannot be read."""
    with alone():
        return core().read_model(source)


def keep(model: Any, file: Path) -> None:
    """Write a network for the next start; without room for one it is translated again."""
    half = file.with_name(f"part-{file.name}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with alone():
            _openvino().save_model(model, half, compress_to_fp16=False)
        half.with_suffix(".bin").replace(file.with_suffix(".bin"))
        half.replace(file)
    except OSError:
        pass


def cached(key: str, size: tuple[int, int], precision: str) -> Run | None:
    """The network from the cache, None when it is not there or cannot be read."""
    file = file_of(_folder(), key, size)
    if not (here() and is_kept(file)):
        return None
    try:
        return runs(read(file), precision)
    except RuntimeError:
        return None


def translated(key: str, module: nn.Module, size: tuple[int, int], precision: str) -> Run:
    """The network translated for pictures of `size` (H, W), and kept in the cache.

    Raises: `RuntimeError` when OpenVINO does not know an operation.
    """
    model = model_of(module, size)
    keep(model, file_of(_folder(), key, size))
    return runs(model, precision)


def model_of(module: nn.Module, size: tuple[int, int], *more: torch.Tensor) -> Any:
    """OpenVINO's form of a torch network: (1, H, W, 3) uint8 and what is like `more` to its answers, float32."""
    return _of_pixels(translate(module, torch.zeros(1, 3, *size), *more), scale=255.0)


def translate(module: nn.Module, *examples: torch.Tensor) -> Any:
    """OpenVINO's form of a torch network for inputs of the shapes of these."""
    openvino = _openvino()
    from openvino.frontend import FrontEndManager
    from openvino.frontend.pytorch.ts_decoder import TorchScriptPythonDecoder

    once = {"check_trace": False}  # a second look, to compare, would leave its own traces
    with warnings.catch_warnings(), torch.inference_mode(), alone():
        warnings.simplefilter("ignore")  # tracing is deprecated, and remarks that sizes become constants: they may
        decoder = TorchScriptPythonDecoder(module, example_input=examples, trace_kwargs=once)  # outlives its conversion
        front = FrontEndManager().load_by_framework("pytorch")
        model = front.convert(front.load(decoder))
        del decoder
        _forget_traces()
    model.reshape({place: openvino.PartialShape(list(one.shape)) for place, one in enumerate(examples)})
    return model


def _forget_traces() -> None:
    """TorchScript keeps a type for each network that was ever traced, and with it 7 MiB for EfficientNet-Lite0.

    Its ways to forget them are torch's own, for its tests; where a version lacks one, the types stay.
    """
    from torch.jit import _recursive, _state

    with contextlib.suppress(AttributeError):
        _recursive.concrete_type_store = type(_recursive.concrete_type_store)()
        _state._clear_class_state()
        torch._C._jit_clear_class_registry()


def _of_pixels(model: Any, scale: float = 1.0) -> Any:
    """The model with its first input, (1, 3, H, W) float32, made of (1, H, W, 3) uint8, divided by `scale`."""
    openvino = _openvino()
    from openvino.preprocess import PrePostProcessor

    steps = PrePostProcessor(model)
    steps.input(0).tensor().set_element_type(openvino.Type.u8).set_layout(openvino.Layout("NHWC"))
    steps.input(0).model().set_layout(openvino.Layout("NCHW"))
    steps.input(0).preprocess().convert_element_type(openvino.Type.f32).scale(scale)
    return steps.build()


def ready(model: Any, precision: str) -> tuple[Any, list[Any]]:
    """(an inference request, its outputs): a model compiled for "f32" or "bf16", to answer as soon as possible."""
    how = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": precision, "INFERENCE_NUM_THREADS": cores()}
    with alone():
        compiled = core().compile_model(model, "CPU", how)
    return compiled.create_infer_request(), list(compiled.outputs)


def runs(model: Any, precision: str) -> Run:
    """A model of pictures made ready, one picture at a time."""
    request, outputs = ready(model, precision)

    def run(pixels: np.ndarray) -> tuple[np.ndarray, ...]:
        found = request.infer({0: np.ascontiguousarray(pixels)[None]}, share_inputs=True)
        return tuple(found[one] for one in outputs)

    return run


def of_onnx(path: Path, size: tuple[int, int], precision: str) -> Run:
    """A network of an ONNX file of ours that takes (1, 3, H, W) float32 in 0 to 255, for pixels of `size`."""
    model = read(path.read_bytes())
    model.reshape([1, 3, *size])
    return runs(_of_pixels(model), precision)
