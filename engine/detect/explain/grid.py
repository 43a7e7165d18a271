"""YOLO's 7 × 7 grid on one picture: its 98 boxes and 1,470 numbers, counted (lecture row 90).

Redmon, Divvala, Girshick, Farhadi, "You Only Look Once", CVPR 2016: each of S × S cells answers B boxes of five
numbers and C class shares, S · S · (5 B + C) numbers in all; with S = 7, B = 2 and C = 20 that is 1,470, and
7 · 7 · 2 = 98 boxes. Here our yolo-mini answers on a picture of 224 × 224 pixels, whose coarsest grid has 7 × 7
cells; of the 21 places of its three grids in a cell the two best boxes stand for the cell, as in the paper.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torchvision.ops import batched_nms

from engine.detect.detections import Detections
from engine.detect.explain.stage import Stage, plain, timed
from engine.detect.letterbox import letterbox
from engine.jobs import Job
from engine.text import Text
from engine.zoo.yolo_mini import GridAnswer, YoloMini

CELLS, EACH = 7, 2  # S and B of the paper
SIDE = 32 * CELLS  # pixels

GRID = Text("The grid", "격자")
BOXES = Text("Two boxes a cell", "칸마다 상자 두 개")
CLASSES = Text("A class for each cell", "칸마다 클래스")
RESULT = Text("Score, threshold, no doubles", "점수로 거르고 겹침 없애기")


@dataclass(frozen=True, slots=True)
class Count:
    """How much a YOLO grid answers: for the paper's 7, 2 and 20 that is 49, 98, 30 and 1,470."""

    cells: int
    boxes: int
    each: int
    numbers: int


def count(classes: int, *, cells: int = CELLS, boxes: int = EACH) -> Count:
    """S · S cells, S · S · B boxes, 5 B + C numbers a cell, S · S · (5 B + C) numbers."""
    each = 5 * boxes + classes
    return Count(cells * cells, cells * cells * boxes, each, cells * cells * each)


def teacher(boxes: np.ndarray, labels: np.ndarray, *, classes: int = 20) -> np.ndarray:
    """What the paper's network shall answer for a picture: (7, 7, 5 · 2 + classes) float32.

    Of each cell that holds an object's centre both boxes are x, y within the cell, √w, √h of the picture (the root, so
    that a pixel counts more in a small box) and confidence 1; then the class. Of two centres in a cell the last stays.

    Args:
        boxes: (n, 4) x1 y1 x2 y2 as shares of width and height. labels: (n,) int64.
    """
    answer = np.zeros((CELLS, CELLS, 5 * EACH + classes), np.float32)
    for (x1, y1, x2, y2), label in zip(boxes.tolist(), labels.tolist(), strict=True):
        x, y = CELLS * (x1 + x2) / 2, CELLS * (y1 + y2) / 2
        column, row = (min(CELLS - 1, max(0, int(v))) for v in (x, y))
        five = [x - column, y - row, np.sqrt(max(0, x2 - x1)), np.sqrt(max(0, y2 - y1)), 1.0]
        answer[row, column, : 5 * EACH] = five * EACH
        answer[row, column, 5 * EACH :] = np.eye(classes)[label]
    return answer


def look(picture: np.ndarray, network: YoloMini, *, least: float = 0.25, iou: float = 0.5) -> Job:
    """YOLO's figure 2 on one picture: the grid, its boxes, its classes, the answer. Returns `Detections`.

    Args:
        picture: (H, W, 3) uint8 RGB of any size; shown on a canvas of 224 × 224.
        network: a trained yolo-mini in eval mode.
        least:   the score of an answer. iou: of two boxes of a class that overlap more, the better stays.
    Returns:
        `Detections` on that canvas.
    """
    canvas, _ = letterbox(picture, (SIDE, SIDE))
    answer, ms = timed(lambda: _run(network, canvas))
    total = count(answer.classes.shape[-1])
    said = Text("7 × 7 = {n} cells, one pass.", "7 × 7 = {n}칸을 한 번에 계산해요.")
    confidence = answer.objectness[0].sigmoid().numpy()
    heat = _cells(answer.places.numpy(), confidence)
    figures = {"cells": total.cells, "numbers": total.numbers, "boxes": total.boxes}
    yield Stage(GRID, said(n=total.cells), ms, canvas, heat=heat, figures=figures)
    (boxes, classes), ms = timed(lambda: two_each(answer))
    said = Text(
        "7 × 7 × 2 = {n} boxes, {each} numbers a cell, {numbers} in all.",
        "7 × 7 × 2 = 상자 {n}개, 한 칸에 숫자 {each}개, 모두 {numbers}개예요.",
    )
    yield Stage(BOXES, said(n=total.boxes, each=total.each, numbers=total.numbers), ms, canvas, boxes, figures=figures)
    said = Text("Each cell in the colour of its likeliest class.", "가장 그럴듯한 클래스의 색으로 칸을 칠했어요.")
    yield Stage(CLASSES, said, 0.0, canvas, _named_cells(classes))
    found, ms = timed(lambda: _chosen(boxes, classes, least, iou))
    said = Text(
        "Confidence × class; {n} of {of} boxes are left.", "신뢰도 × 클래스 확률로 상자 {of}개 중 {n}개가 남았어요."
    )
    yield Stage(RESULT, said(n=len(found), of=total.boxes), ms, canvas, found, figures={"found": len(found)})
    return found


def _run(network: YoloMini, canvas: np.ndarray) -> GridAnswer:
    x = torch.from_numpy(canvas).permute(2, 0, 1)[None].float() / 255
    with torch.inference_mode():
        answer: GridAnswer = network(x)
        return answer


def two_each(answer: GridAnswer) -> tuple[Detections, np.ndarray]:
    """The 98 boxes, cell by cell, with their confidence, and (98, C) class shares; `answer` is of one picture."""
    places, confidence = answer.places.numpy(), answer.objectness[0].sigmoid().numpy()
    cell = _cell_of(places)
    chosen = np.concatenate(
        [np.flatnonzero(cell == c)[np.argsort(-confidence[cell == c], kind="stable")[:EACH]] for c in range(CELLS**2)]
    )
    edge = np.clip(answer.boxes[0].numpy()[chosen], 0, SIDE)
    return plain(edge, confidence[chosen]), answer.classes[0].sigmoid().numpy()[chosen]


def _cell_of(places: np.ndarray) -> np.ndarray:
    """(A,) int64: which of the 49 cells each place lies in, row by row."""
    return (places[:, 1] // 32 * CELLS + places[:, 0] // 32).astype(np.int64)


def _cells(places: np.ndarray, values: np.ndarray) -> np.ndarray:
    """(7, 7) float32: the largest of (A,) values in each cell."""
    cell = _cell_of(places)
    return np.array([values[cell == c].max() for c in range(CELLS**2)], np.float32).reshape(CELLS, CELLS)


def _named_cells(classes: np.ndarray) -> Detections:
    """The 49 cells as boxes, labelled by what their better box is said to be."""
    best = classes[::EACH]  # (49, C)
    row, column = np.divmod(np.arange(CELLS**2), CELLS)
    corner = 32 * np.stack((column, row), axis=1).astype(np.float32)
    return Detections(np.concatenate((corner, corner + 32), axis=1), best.max(axis=1), best.argmax(axis=1))


def _chosen(boxes: Detections, classes: np.ndarray, least: float, iou: float) -> Detections:
    scores = (boxes.scores[:, None] * classes).astype(np.float32)  # (98, C): "weighted by probability"
    which, labels = np.nonzero(scores >= least)
    values = scores[which, labels]
    given = (torch.from_numpy(x) for x in (boxes.boxes[which], values, labels))
    kept = batched_nms(*given, iou).numpy()
    return Detections(boxes.boxes[which][kept], values[kept], labels[kept].astype(np.int64))
