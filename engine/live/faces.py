"""Where faces are: CenterFace, which answers at every fourth pixel how likely a face's middle is there and how large.

Xu, Yan, Yang, Li, "CenterFace: Joint Face Detection and Alignment Using Face as Point", 2019 (MIT). Its weights come
with the app. Computed by OpenVINO where it is installed, else by ONNX Runtime.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace

import cv2
import numpy as np

import resources
from engine.devices import cores, cpu_has_bf16
from engine.errors import LabError
from engine.files import sha256
from engine.live import openvino_runner
from engine.live.openvino_runner import Run
from engine.live.overlays import FACES, Cover, Covered
from engine.live.settings import LiveSettings
from engine.live.tracking import overlaps
from engine.text import Text

SHA256 = "09189deaaf8646c5c51a68447e3c744ea1e211798155d4728c20507b9f5aefbc"
LEAST = 0.04  # score of what is told at all; `engine.live.privacy` and `face_hints` say what each is good for
_LONGEST, _SHORTEST = 960, 640  # pixels of the longer side that the network gets
_STRIDE = 4  # pixels per place it answers for
_HALF_TRUST = 0.6  # factor on scores at half the size, where patterns are taken for faces more often
_SAME = 0.3  # overlap from which two answers are one face
_NOT_HERE = Text(
    "The weights that find faces are missing or changed: {path}. Install the app again.",
    "얼굴을 찾는 가중치가 없거나 바뀌었어요: {path}. 앱을 다시 설치해 주세요.",
)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """pixels: (h, w, 3) uint8 for the network. scale: of them against the picture. half: at half that size.

    At half the size large faces are found that the network misses otherwise; it costs a quarter more.
    """

    pixels: np.ndarray
    half: np.ndarray
    scale: float


class FaceSeer:
    """Faces of a picture as `Covered` of which nothing is covered yet."""

    def __init__(self) -> None:
        path = resources.path("models", "centerface.onnx")
        if not path.is_file() or sha256(path) != SHA256:
            raise LabError(_NOT_HERE(path=path))
        self.card = replace(FACES, bytes=path.stat().st_size)
        self._path = path
        self._precision = ("bf16" if cpu_has_bf16() else "f32") if openvino_runner.here() else ""
        self._ways: OrderedDict[tuple[int, int], Run] = OrderedDict()

    @property
    def backend(self) -> str:
        return openvino_runner.name_of(self._precision) if self._precision else "ONNX Runtime fp32"

    def prepare(self, picture: np.ndarray) -> _Prepared:
        """The picture with its longer side between 640 and 960 pixels, on a canvas of multiples of 32."""
        height, width = picture.shape[:2]
        longest = max(height, width)
        scale = min(max(longest, _SHORTEST), _LONGEST) / longest
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        small = picture if scale == 1 else cv2.resize(picture, size, interpolation=way)
        half = cv2.resize(small, (max(1, size[0] // 2), max(1, size[1] // 2)), interpolation=cv2.INTER_AREA)
        return _Prepared(_on_canvas(small), _on_canvas(half), scale)

    def infer(self, prepared: _Prepared) -> tuple[_Prepared, list[tuple[np.ndarray, ...]]]:
        return prepared, [self._run(pixels) for pixels in (prepared.pixels, prepared.half)]

    def _run(self, pixels: np.ndarray) -> tuple[np.ndarray, ...]:
        size = (pixels.shape[0], pixels.shape[1])
        if size not in self._ways:
            self._ways[size] = self._made(size)
            if len(self._ways) > 4:
                self._ways.popitem(last=False)
        return self._ways[size](pixels)

    def finish(
        self, answer: tuple[_Prepared, list[tuple[np.ndarray, ...]]], picture: np.ndarray, settings: LiveSettings
    ) -> Covered:
        prepared, maps = answer
        edge = np.array([picture.shape[1], picture.shape[0]] * 2, np.float32)
        every, scores = [], []
        for part, trust, (heat, sizes, offsets, *_) in zip((1.0, 0.5), (1.0, _HALF_TRUST), maps, strict=True):
            boxes, values = faces_of(trust * heat[0, 0], sizes[0], offsets[0])
            every.append(np.clip(boxes / (prepared.scale * part), 0, edge))
            scores.append(values)
        boxes, values = unlike(np.concatenate(every), np.concatenate(scores))
        return Covered(self.card.id, boxes, values, np.full(len(boxes), -1, np.int64), Cover.FACES, Text("", ""))

    def faster(self) -> None:
        """Nothing else is tried: the first way is the fastest we know."""
        return

    def _made(self, size: tuple[int, int]) -> Run:
        if self._precision:
            return openvino_runner.of_onnx(self._path, size, self._precision)
        return _with_onnxruntime(self._path.read_bytes())


def _with_onnxruntime(content: bytes) -> Run:
    import onnx
    import onnxruntime
    from onnx.tools.update_model_dims import update_inputs_outputs_dims

    model = onnx.load_from_string(content)
    outputs = {o.name: ["b", f"c{i}", "h", "w"] for i, o in enumerate(model.graph.output)}
    model = update_inputs_outputs_dims(model, {"input.1": ["b", 3, "H", "W"]}, outputs)  # it was saved as 10×3×32×32
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = cores()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])

    def run(pixels: np.ndarray) -> tuple[np.ndarray, ...]:
        x = np.ascontiguousarray(pixels.transpose(2, 0, 1)[None], dtype=np.float32)
        return tuple(session.run(list(outputs), {"input.1": x}))

    return run


def faces_of(
    heat: np.ndarray, sizes: np.ndarray, offsets: np.ndarray, *, least: float = LEAST
) -> tuple[np.ndarray, np.ndarray]:
    """From CenterFace's maps to (N, 4) float32 boxes in its input's pixels and (N,) scores, best first.

    heat: (h, w) in [0, 1]. sizes: (2, h, w) logarithms of height and width in places. offsets: (2, h, w) y and x.
    """
    ys, xs = np.nonzero(heat > least)
    scores = heat[ys, xs]
    order = np.argsort(-scores)[:500]
    ys, xs, scores = ys[order], xs[order], scores[order]
    half_y, half_x = (np.exp(np.minimum(sizes[i, ys, xs], 8)) * _STRIDE / 2 for i in (0, 1))
    y, x = ((place + offsets[i, ys, xs] + 0.5) * _STRIDE for i, place in ((0, ys), (1, xs)))
    boxes = np.stack((x - half_x, y - half_y, x + half_x, y + half_y), axis=1).astype(np.float32)
    return unlike(boxes, scores)


def unlike(boxes: np.ndarray, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(N, 4) boxes and (N,) scores without those that lie on a better one, best first."""
    order = np.argsort(-scores, kind="stable")
    boxes, scores = boxes[order].astype(np.float32), scores[order].astype(np.float32)
    kept: list[int] = []
    shares = overlaps(boxes, boxes)
    for row in range(len(boxes)):
        if not kept or shares[row, kept].max() < _SAME:
            kept.append(row)
    return boxes[kept], scores[kept]


def _on_canvas(pixels: np.ndarray) -> np.ndarray:
    """Black added at the right and below up to multiples of 32."""
    height, width = pixels.shape[:2]
    return cv2.copyMakeBorder(pixels, 0, -height % 32, 0, -width % 32, cv2.BORDER_CONSTANT)
