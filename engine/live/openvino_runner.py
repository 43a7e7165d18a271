"""A network of torch, computed by OpenVINO: translated once, kept on disk, in the precision that we say.

OpenVINO is Intel's compiler for inference (Apache-2.0); it serves AMD and ARM processors too. It is not asked for a
precision silently: on processors with bfloat16 it would choose that itself. Its usage reports, which begin with its
import, are not taken part in.
"""

from __future__ import annotations

import hashlib
import importlib.util
import sys
import warnings
from collections.abc import Callable
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


def _file(key: str, size: tuple[int, int]) -> Path:
    name = hashlib.sha256(f"{key} {size} {version()} {torch.__version__} 1".encode()).hexdigest()[:24]
    return _folder() / f"{name}.xml"


def cached(key: str, size: tuple[int, int], precision: str) -> Run | None:
    """The network from the cache, None when it is not there or cannot be read."""
    path = _file(key, size)
    if not (here() and path.is_file() and path.with_suffix(".bin").is_file()):
        return None
    try:
        return compiled(core().read_model(path), precision)
    except RuntimeError:
        return None


def translated(key: str, module: nn.Module, size: tuple[int, int], precision: str) -> Run:
    """The network translated for pictures of `size` (H, W), and kept in the cache.

    Raises: `RuntimeError` when OpenVINO does not know an operation.
    """
    model = model_of(module, size)
    path = _file(key, size)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_name(f"part-{path.name}")
        _openvino().save_model(model, half, compress_to_fp16=False)
        half.with_suffix(".bin").replace(path.with_suffix(".bin"))
        half.replace(path)
    except OSError:
        pass  # no room for a cache: it is translated again the next time
    return compiled(model, precision)


def model_of(module: nn.Module, size: tuple[int, int]) -> Any:
    """OpenVINO's form of a torch network: (1, H, W, 3) uint8 to its answers, float32."""
    openvino = _openvino()
    from openvino.frontend import FrontEndManager
    from openvino.frontend.pytorch.ts_decoder import TorchScriptPythonDecoder
    from openvino.preprocess import PrePostProcessor

    example = torch.zeros(1, 3, *size)
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")  # tracing is deprecated, and remarks that sizes become constants: they may
        decoder = TorchScriptPythonDecoder(module, example_input=example)
        front = FrontEndManager().load_by_framework("pytorch")
        model = front.convert(front.load(decoder))
    model.reshape(openvino.PartialShape([1, 3, *size]))
    steps = PrePostProcessor(model)
    steps.input().tensor().set_element_type(openvino.Type.u8).set_layout(openvino.Layout("NHWC"))
    steps.input().model().set_layout(openvino.Layout("NCHW"))
    steps.input().preprocess().convert_element_type(openvino.Type.f32).scale(255.0)
    return steps.build()


def compiled(model: Any, precision: str) -> Run:
    """A model made ready to run in "f32" or "bf16", one picture at a time, as soon as possible."""
    how = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": precision, "INFERENCE_NUM_THREADS": cores()}
    ready = core().compile_model(model, "CPU", how)
    request, outputs = ready.create_infer_request(), ready.outputs

    def run(pixels: np.ndarray) -> tuple[np.ndarray, ...]:
        found = request.infer({0: np.ascontiguousarray(pixels)[None]}, share_inputs=True)
        return tuple(found[one] for one in outputs)

    return run


def of_onnx(path: Path, size: tuple[int, int], precision: str) -> Run:
    """A network of an ONNX file of ours that takes (1, 3, H, W) float32 in 0 to 255, for pixels of `size`."""
    openvino = _openvino()
    from openvino.preprocess import PrePostProcessor

    model = core().read_model(path.read_bytes())
    model.reshape([1, 3, *size])
    steps = PrePostProcessor(model)
    steps.input().tensor().set_element_type(openvino.Type.u8).set_layout(openvino.Layout("NHWC"))
    steps.input().model().set_layout(openvino.Layout("NCHW"))
    steps.input().preprocess().convert_element_type(openvino.Type.f32)
    return compiled(steps.build(), precision)
