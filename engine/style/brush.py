"""The fast painter at work: opened once, any size of picture, computed the fastest way that this machine has.

The first picture of a size is painted by torch, at once. OpenVINO's translation, where OpenVINO is installed, is built
beside it, takes the code as a second input and is used from then on when it is measured to be faster.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

import cv2
import numpy as np
import psutil
import torch
from torch import Tensor, nn

from engine import places
from engine.devices import cpu_has_bf16
from engine.live import openvino_runner
from engine.style.painter import MULTIPLE, Painter
from engine.text import Text
from engine.zoo.weights import open_weights, put

MARGIN = 8  # pixels of mirror image round a picture, so that its border is painted like the rest
FADE = 0.4  # strength below which the photograph itself is mixed in
BYTES_A_PIXEL = 260  # while it is painted, measured with some to spare
_SIZES = 2  # whose translations are kept
_GAIN = 0.9  # the translation takes over when it needs less than this part of the time

Run = Callable[[np.ndarray, np.ndarray], np.ndarray]  # (H, W, 3) uint8 and (P,) float32 to (H, W, 3) uint8


class Brush:
    """A painter that is ready. One thread paints; another may `build` beside it, and `settle` waits for that.

    names: of its styles. key: which weights it has, also on disk.
    """

    def __init__(self, network: Painter, key: str) -> None:
        self.network, self.key = network.eval().to(memory_format=torch.channels_last), key
        self.names = network.names[:-1]
        self.codes: np.ndarray = network.codes.detach().float().numpy()
        self.backend = ""
        self._torch = _by_torch(_Whole(self.network))
        self._built: OrderedDict[tuple[int, int], Run | None] = OrderedDict()
        self._builder: threading.Thread | None = None
        self._change: tuple[str, float, float] | None = None

    def code(self, mix: Mapping[str, float], strength: float = 1.0) -> np.ndarray:
        """(P,) float32: the codes of `mix` ({style: share}) together, on the way from the photograph by `strength`."""
        total = sum(mix.values())
        shares = {name: share / total for name, share in mix.items()} if total > 0 else {self.names[0]: 1.0}
        return self.towards(sum(share * self.codes[self.names.index(name)] for name, share in shares.items()), strength)

    def towards(self, code: Any, strength: float) -> np.ndarray:
        """(P,) float32: `strength` of the way from the photograph's code to this one; 1 is there."""
        photo = self.codes[-1]
        return np.asarray(photo + strength * (code - photo), np.float32)

    def paint(self, picture: np.ndarray, code: np.ndarray, strength: float = 1.0) -> np.ndarray:
        """(H, W, 3) uint8 RGB repainted, at its own size.

        The code of the photograph gives it back but for its finest detail: below a strength of `FADE` the photograph
        itself is mixed in, and at 0 it is alone.
        """
        height, width = picture.shape[:2]
        below, right = (MARGIN + -(length + 2 * MARGIN) % MULTIPLE for length in (height, width))
        way = cv2.BORDER_REFLECT_101 if min(height, width) > max(below, right) else cv2.BORDER_REPLICATE
        framed = cv2.copyMakeBorder(picture, MARGIN, below, MARGIN, right, way)
        run = self._built.get((framed.shape[0], framed.shape[1]))
        self.backend = f"OpenVINO {_precision()}" if run else _torch_words()
        painted = (run or self._torch)(framed, code)
        inside = np.ascontiguousarray(painted[MARGIN : MARGIN + height, MARGIN : MARGIN + width])
        share = min(1.0, strength / FADE)
        return inside if share == 1 else cv2.addWeighted(inside, share, picture, 1 - share, 0)

    def build(self, picture: np.ndarray, code: np.ndarray, *, always: bool = False) -> None:
        """Translate for pictures of this size and measure; keeps torch where that is faster or OpenVINO is not here.

        always: take the translation even if it is not faster.
        """
        height, width = (n + 2 * MARGIN + -(n + 2 * MARGIN) % MULTIPLE for n in picture.shape[:2])
        if (height, width) in self._built or not openvino_runner.here():
            return
        pixels = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
        try:
            run: Run | None = _by_openvino(self.network, self.key, (height, width))
            assert run is not None
            times = [_seconds(one, pixels, code) for one in (run, self._torch)]
            run = run if always or times[0] < _GAIN * times[1] else None
            if run:
                self._change = f"OpenVINO {_precision()}", 1000 * times[1], 1000 * times[0]
        except (RuntimeError, TypeError, ValueError):
            run = None  # an operation that this version does not know: torch stays
        self._built[height, width] = run
        while len(self._built) > _SIZES:
            self._built.popitem(last=False)

    def build_beside(self, picture: np.ndarray, code: np.ndarray) -> None:
        """`build` on a thread of its own, one at a time."""
        if self._builder is None or not self._builder.is_alive():
            # never a daemon, as threads of the window's lanes are: killed inside torch it takes the program along
            self._builder = threading.Thread(
                target=self.build, args=(picture, code), name="style backend builder", daemon=False
            )
            self._builder.start()

    def twin(self) -> Brush:
        """Another one with the same weights, for another thread."""
        return Brush(self.network, self.key)

    def changed(self) -> tuple[str, float, float] | None:
        """(backend, ms before, ms after) once after a faster way took over."""
        found, self._change = self._change, None
        return found

    def settle(self) -> None:
        """Wait for the builder."""
        if self._builder is not None:
            self._builder.join()


def open_brush(which: str = "bundled") -> Brush:
    """The painter that came with the app, or that of a run's folder. Raises `LabError` when there is none."""
    from engine.style.recipe import STYLE

    tensors, about = open_weights(STYLE.id, which)
    network = Painter(**about["build"])
    put(network, tensors, which)
    total = hashlib.sha256()
    for name in sorted(tensors):
        total.update(tensors[name].contiguous().view(torch.uint8).numpy().data)
    return Brush(network, f"{STYLE.id} {total.hexdigest()[:16]}")


def affordable(shape: tuple[int, ...], side: int) -> tuple[int, Text | None]:
    """The longer side that fits into the memory that is free, and a word where that is less than was asked."""
    share = min(shape[:2]) / max(shape[:2])
    most = int((0.8 * psutil.virtual_memory().available / BYTES_A_PIXEL / max(share, 1e-3)) ** 0.5)
    if most >= side:
        return side, None
    text = Text(
        "Painted at {side} px: {size} px needs more memory than is free.",
        "{side} px로 그려요. {size} px를 그리기에는 남은 메모리가 모자라요.",
    )
    return max(64, most), text(side=max(64, most), size=side)


class _Whole(nn.Module):
    """From float pixels to bytes in the order of a picture: what is around the painter is computed with it."""

    def __init__(self, network: Painter) -> None:
        super().__init__()
        self.network = network

    def forward(self, x: Tensor, code: Tensor) -> Tensor:  # (1, 3, H, W), (1, P) -> (1, H, W, 3) uint8
        return (self.network(x, code).float() * 255 + 0.5).permute(0, 2, 3, 1).to(torch.uint8)


def _precision() -> str:
    return "bf16" if cpu_has_bf16() else "fp32"


def _torch_words() -> str:
    return f"PyTorch {_precision()}"


def _by_torch(module: nn.Module) -> Run:
    @torch.inference_mode()
    def run(pixels: np.ndarray, code: np.ndarray) -> np.ndarray:
        x = torch.from_numpy(np.require(pixels, requirements=("C", "W"))).permute(2, 0, 1)[None].float().div_(255)
        with torch.autocast("cpu", torch.bfloat16, enabled=cpu_has_bf16()):
            painted: np.ndarray = module(x, torch.from_numpy(code)[None])[0].numpy()
        return painted

    return run


def _by_openvino(network: Painter, key: str, size: tuple[int, int]) -> Run:
    """The painter translated for pictures of `size`, from the cache when it is there. Raises `RuntimeError`."""
    file = openvino_runner.file_of(places.cache() / "style", key, size)
    if openvino_runner.is_kept(file):
        model = openvino_runner.read(file)
    else:
        model = openvino_runner.model_of(_Whole(network), size, torch.zeros(1, network.codes.shape[1]))
        openvino_runner.keep(model, file)
    request, outputs = openvino_runner.ready(model, "bf16" if cpu_has_bf16() else "f32")

    def run(pixels: np.ndarray, code: np.ndarray) -> np.ndarray:
        found = request.infer({0: np.ascontiguousarray(pixels)[None], 1: code[None]}, share_inputs=True)
        painted: np.ndarray = found[outputs[0]][0]
        return painted

    return run


def _seconds(run: Run, pixels: np.ndarray, code: np.ndarray) -> float:
    """The faster of two runs after one that warms up."""
    took = []
    for _ in range(3):
        began = time.perf_counter()
        run(pixels, code)
        took.append(time.perf_counter() - began)
    return min(took[1:])
