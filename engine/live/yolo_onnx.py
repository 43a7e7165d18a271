"""A person's own YOLO-family file (ONNX): the layouts of v5, of v8 and later, and of files that end with their own NMS.

    v5:      (1, N, 5 + C)  x y w h, objectness, classes
    v8, v11: (1, 4 + C, N)  x y w h, classes
    end to end: (1, n, 6)   x1 y1 x2 y2 score class, already suppressed

All in pixels of the network's input, which is a picture letterboxed, RGB in [0, 1]. Nothing of the file is run but its
operators, by ONNX Runtime.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import numpy as np

from engine.data.names import COCO, all_named, listed
from engine.detect.detections import Detections
from engine.detect.letterbox import letterbox
from engine.devices import cores
from engine.errors import LabError, cannot_read
from engine.live.overlays import Found, Kind, OverlayCard
from engine.live.seers import LIMIT, OnCanvas, shown, suppressed
from engine.live.settings import LiveSettings
from engine.text import Text, same

_USUAL = 640  # pixels, where a file leaves the size open
_END_TO_END = 1000  # rows from which six columns are one class of v5
_NOT_ONNX = Text(
    "{path} is not a network in the ONNX format, or it is damaged. Export it again (format=onnx).",
    "{path} 파일은 ONNX 신경망이 아니거나 손상됐어요. 다시 내보내 주세요(format=onnx).",
)
_SHAPE = Text(
    "{path} answers with {shape}. A detector of the YOLO family answers with (1, N, 5+C), (1, 4+C, N) or (1, N, 6): "
    "export it without further steps.",
    "{path} 신경망의 답은 {shape} 꼴이에요. YOLO 계열 검출기는 (1, N, 5+C), (1, 4+C, N), (1, N, 6) 꼴로 답해요. "
    "다른 단계를 붙이지 말고 내보내 주세요.",
)
_INPUT = Text(
    "{path} takes {shape}. A detector of pictures takes (1, 3, height, width) numbers.",
    "{path} 신경망의 입력은 {shape} 꼴이에요. 사진 검출기의 입력은 (1, 3, 높이, 너비) 꼴이에요.",
)
_FAILED = Text(
    "{path} could not be computed: {why}. Export it again for one picture at a time.",
    "{path} 신경망을 계산하지 못했어요: {why}. 사진 한 장씩 받도록 다시 내보내 주세요.",
)


def open_onnx(path: Path) -> OnnxSeer:
    """Open a file and try it on an empty picture. Raises: `LabError` when it is no detector of the YOLO family."""
    return OnnxSeer(path)


class OnnxSeer:
    """A detector of the YOLO family."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._session = _session(path)
        given = self._session.get_inputs()[0]
        self._input, self._half = given.name, given.type == "tensor(float16)"
        if len(given.shape) != 4 or given.shape[1] not in (3, "3") or "float" not in given.type:
            raise LabError(_INPUT(path=path, shape=given.shape))
        self._size = tuple(side if isinstance(side, int) and side > 0 else _USUAL for side in given.shape[2:])
        empty = self._run(np.zeros((*self._size, 3), np.uint8))
        self._layout = layout_of(empty.shape)
        if not self._layout:
            raise LabError(_SHAPE(path=path, shape=tuple(empty.shape)))
        self.card = OverlayCard(
            id=f"onnx:{path}",
            kind=Kind.DETECT,
            name=same(path.name),
            summary=Text("Your own YOLO-family file.", "직접 가져온 YOLO 계열 파일."),
            bytes=path.stat().st_size,
            classes=self._names(_count(empty.shape, self._layout)),
            path=path,
        )

    @property
    def backend(self) -> str:
        return "ONNX Runtime fp16" if self._half else "ONNX Runtime fp32"

    def prepare(self, picture: np.ndarray) -> OnCanvas:
        return OnCanvas(*letterbox(picture, (self._size[0], self._size[1])))

    def infer(self, prepared: OnCanvas) -> tuple[OnCanvas, np.ndarray]:
        return prepared, self._run(prepared.pixels)

    def finish(self, answer: tuple[OnCanvas, np.ndarray], picture: np.ndarray, settings: LiveSettings) -> Found:
        canvas, rows = answer
        found = detections_of(rows, self._layout, score=settings.score)
        if self._layout != "end to end":
            found = found.at(suppressed(found, settings.nms))
        elif len(found) > LIMIT:
            found = found.at(np.arange(LIMIT))
        return shown(self.card, canvas.place.to_picture(found), settings)

    def faster(self) -> None:
        """ONNX Runtime is the only way for files of others."""
        return

    def _run(self, pixels: np.ndarray) -> np.ndarray:
        """(h, w, 3) uint8 to the first answer, float32."""
        x = np.ascontiguousarray(pixels.transpose(2, 0, 1)[None])
        x = (x / np.float32(255)).astype(np.float16 if self._half else np.float32)
        try:
            found = self._session.run(None, {self._input: x})[0]
        except _errors() as error:
            why = str(error).rpartition(":")[2].strip()[:120]
            raise LabError(_FAILED(path=self._path, why=why or type(error).__name__)) from error
        return np.asarray(found, np.float32)

    def _names(self, count: int) -> tuple[Text, ...]:
        """The names that the file carries (a dictionary written as text), COCO's for 80 classes, else numbers."""
        said = self._session.get_modelmeta().custom_metadata_map.get("names", "")
        try:
            table = ast.literal_eval(said) if said else {}
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            table = {}
        if isinstance(table, list):
            table = dict(enumerate(table))
        if not isinstance(table, dict) or not table:
            table = dict(enumerate(listed(COCO))) if count == 80 else {}
        return tuple(all_named([str(table.get(i, f"class {i + 1}")) for i in range(count)]))


def _errors() -> tuple[type[Exception], ...]:
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    names = ("Fail", "InvalidArgument", "InvalidGraph", "InvalidProtobuf", "NoSuchFile", "NoModel", "NotImplemented")
    more = ("RuntimeException", "EPFail", "EngineError", "ModelRequiresCompilation", "ModelLoaded")
    found = tuple(getattr(state, name) for name in (*names, *more) if hasattr(state, name))
    return (*found, RuntimeError, ValueError, OSError)


def _session(path: Path) -> Any:
    import onnxruntime

    try:
        content = path.read_bytes()
    except OSError as error:
        raise cannot_read(path, error) from error
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = cores()
    try:
        return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except _errors() as error:
        raise LabError(_NOT_ONNX(path=path)) from error


def layout_of(shape: tuple[int, ...]) -> str:
    """Which of the layouts an answer has: "v5", "v8", "end to end", or "" for none."""
    if len(shape) != 3 or shape[0] != 1:
        return ""
    _, rows, columns = shape
    if columns == 6 and rows <= _END_TO_END:
        return "end to end"
    if rows < columns and rows >= 5:
        return "v8"
    return "v5" if rows > columns >= 6 else ""


def _count(shape: tuple[int, ...], layout: str) -> int:
    return {"v5": shape[2] - 5, "v8": shape[1] - 4}.get(layout, 80)


def detections_of(answer: np.ndarray, layout: str, *, score: float) -> Detections:
    """(1, …) as the layouts above to `Detections` with at least `score`, best first, in the input's pixels."""
    rows = answer[0].T if layout == "v8" else answer[0]  # (N, columns)
    if layout == "end to end":
        boxes, scores, labels = rows[:, :4], rows[:, 4], rows[:, 5].astype(np.int64)
    else:
        shares = rows[:, 4:] if layout == "v8" else rows[:, 5:] * rows[:, 4:5]
        labels, scores = shares.argmax(axis=1).astype(np.int64), shares.max(axis=1)
        half = rows[:, 2:4] / 2
        boxes = np.concatenate((rows[:, :2] - half, rows[:, :2] + half), axis=1)
    good = np.flatnonzero((scores >= score) & np.isfinite(boxes).all(axis=1))
    order = good[np.argsort(-scores[good], kind="stable")][:3000]
    return Detections(np.ascontiguousarray(boxes[order], np.float32), scores[order].astype(np.float32), labels[order])
