"""Each way to find objects as one job on one picture: `Stage` events to keep, `Moving` ones to watch.

The jobs of this folder say what they do in their own events; here they are brought to one form, with the names of
their classes, so that the window and the command line show any of them alike.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from engine.detect.detections import Detections
from engine.detect.explain import faster, grid, pooling, rcnn, scan
from engine.detect.explain import svm as describing
from engine.detect.explain.networks import Need, Network, chosen, listed, opened
from engine.detect.explain.stage import Moving, Stage, plain, shrunk, stretched, tiles_of, timed
from engine.detect.explain.teaching import FACES, encoder, taught
from engine.detect.letterbox import letterbox
from engine.jobs import Job, Progress
from engine.text import Text, same

SCALES = (1.0, 0.71, 0.5, 0.35)  # of the pyramid: each has half the pixels of the one before
HEAT_CELL = 4  # pixels of the picture for a cell of the scan's heat map


@dataclasses.dataclass(frozen=True, slots=True)
class Ask:
    """What a chapter is asked.

    picture: (H, W, 3) uint8 RGB. network: id of one, "" = the first that is here.
    taught:  what R-CNN's SVM learns from: `FACES` or a data set below `data`.
    top:     proposals looked at. least: score from which an answer counts; margin: the same of an SVM.
    window, step: pixels of the sliding window. cell: where anchors are shown, x and y as shares.
    rounds:  of refinement.
    """

    picture: np.ndarray
    network: str = ""
    taught: str = FACES
    data: Path | None = None
    top: int = 120
    least: float = 0.3
    margin: float = 0.0
    window: int = 96
    step: int = 32
    cell: tuple[float, float] = (0.5, 0.5)
    rounds: int = 4

    @property
    def small(self) -> np.ndarray:
        """The picture as it is explained: never larger than `LONGEST`."""
        return shrunk(self.picture)


def _named(job: Job, classes: tuple[Text, ...]) -> Job:
    """The job's events, its stages told what their labels mean."""
    try:
        while True:
            event = next(job)
            yield dataclasses.replace(event, classes=classes) if isinstance(event, Stage) else event
    except StopIteration as end:
        return end.value
    finally:
        job.close()


# The sliding window and its pyramid (rows 69, 70)

TARGET = Text("What to look for", "찾을 것")
PYRAMID = Text("On a pyramid", "피라미드에서 (scale space)")


def window(ask: Ask) -> Job:
    """The classifier names the picture; then a window looks for that everywhere, at one size and at several."""
    from engine.models.imagenet import names

    yield Progress(0, 0, Text("Loading the network", "신경망을 불러오는 중"))
    picture, network = ask.small, encoder()
    target, ms = timed(lambda: scan.likeliest(network, picture))
    said = Text("The whole picture looks most like: {name}.", "사진 전체는 이것과 가장 닮았어요: {name}.")
    yield Stage(TARGET, said(name=names()[target]), ms, picture)
    score = scan.scorer(network, target)
    for name, scales in ((scan.SCAN, SCALES[:1]), (PYRAMID, SCALES)):
        found = yield from _scanned(ask, picture, score, name, scales)
    return found


def _scanned(ask: Ask, picture: np.ndarray, score: scan.Scorer, name: Text, scales: Sequence[float]) -> Job:
    heat = _Heat(picture)
    job = scan.scan(picture, score, window=ask.window, step=ask.step, scales=scales, least=ask.least)
    looking = Text(
        "{name}: window {done} of {total}, picture at {scale:.0%}",
        "{name}: {total}개 중 {done}번째 창, 사진 크기 {scale:.0%}",
    )
    try:
        while True:
            event = next(job)
            if isinstance(event, scan.Looked):
                heat.lay(event.boxes, event.scores)
                said = looking(name=name, done=event.done, total=event.total, scale=event.scale)
                yield Moving(said, picture, plain(event.boxes, event.scores), heat.mean(), event.done, event.total)
            elif isinstance(event, Stage):
                yield dataclasses.replace(event, name=name, heat=heat.mean())
    except StopIteration as end:
        return end.value
    finally:
        job.close()


class _Heat:
    """How sure the windows over each place were on average."""

    def __init__(self, picture: np.ndarray) -> None:
        shape = [-(-side // HEAT_CELL) for side in picture.shape[:2]]
        self._sum, self._count = np.zeros(shape, np.float32), np.zeros(shape, np.float32)

    def lay(self, boxes: np.ndarray, scores: np.ndarray) -> None:
        """Some more windows and their scores."""
        for (x1, y1, x2, y2), value in zip((boxes / HEAT_CELL).astype(int).tolist(), scores.tolist(), strict=True):
            self._sum[y1:y2, x1:x2] += value
            self._count[y1:y2, x1:x2] += 1

    def mean(self) -> np.ndarray:
        """(h, w) float32 in [0, 1], the surest place 1."""
        return stretched(self._sum / np.maximum(self._count, 1))


# R-CNN and Fast R-CNN (rows 73, 74, 79, 80)


def slow_rcnn(ask: Ask) -> Job:
    """R-CNN: a pass of the CNN for each proposal."""
    learnt = yield from taught(ask.taught, fast=False, data=ask.data)
    job = rcnn.rcnn(ask.small, encoder(), learnt.svm, top=ask.top, least=ask.margin)
    return (yield from _told(_named(job, learnt.classes), learnt.said))


def fast_rcnn(ask: Ask) -> Job:
    """Fast R-CNN: one pass, RoI pooling."""
    learnt = yield from taught(ask.taught, fast=True, data=ask.data)
    job = rcnn.fast(ask.small, encoder(), learnt.svm, top=ask.top, least=ask.margin)
    return (yield from _told(_named(job, learnt.classes), learnt.said))


def _told(job: Job, by: Text) -> Job:
    """The job's events; the SVM's stage also says what it was taught on."""
    both = same("{said} SVM: {by}.")
    try:
        while True:
            event = next(job)
            if isinstance(event, Stage) and event.name == rcnn.SCORES:
                event = dataclasses.replace(event, said=both(said=event.said, by=by))
            yield event
    except StopIteration as end:
        return end.value
    finally:
        job.close()


# Two stages (rows 75, 76, 78)


def _open(need: Need, id: str) -> Job:
    """The network asked for and the network itself, a job."""
    found: Network = yield from chosen(need, id)
    yield Progress(0, 0, Text("Loading {name}", "{name} 불러오는 중")(name=found.name))
    return found, opened(found)


def faster_rcnn(ask: Ask) -> Job:
    """Faster R-CNN (or Mask R-CNN without its masks): anchors, objectness, proposals, RoIAlign, boxes."""
    found, network = yield from _open(Need.TWO_STAGE, ask.network)
    return (yield from _named(faster.look(ask.small, network, cell=ask.cell), found.classes))


def mask_rcnn(ask: Ask) -> Job:
    """The same with a mask for each box."""
    found, network = yield from _open(Need.MASK, ask.network)
    return (yield from _named(faster.look(ask.small, network, cell=ask.cell), found.classes))


REFINED = Text("Look {n}", "{n}번째 보기")


def refined(ask: Ask) -> Job:
    """Row 78: the second stage is given its own boxes back."""
    found, network = yield from _open(Need.TWO_STAGE, ask.network)
    canvas, _ = faster.canvas_of(ask.small)
    begin = Text("{n} proposals, as the first stage gave them.", "첫 단계가 준 후보 {n}개예요.")
    said = Text(
        "{n} boxes; their corners moved {px:.1f} pixels on average.",
        "상자 {n}개. 모서리가 평균 {px:.1f}픽셀 움직였어요.",
    )
    job = faster.refine(ask.small, network, rounds=ask.rounds, least=ask.least)
    try:
        while True:
            one = next(job)
            if isinstance(one, faster.Refined):
                name = REFINED(n=one.round) if one.round else faster.PROPOSALS
                words = said(n=len(one.boxes), px=one.moved) if one.round else begin(n=len(one.boxes))
                figures = {"moved": one.moved, "round": float(one.round)}
                yield Stage(name, words, one.milliseconds, canvas, one.boxes, figures=figures, classes=found.classes)
    except StopIteration as end:
        return end.value
    finally:
        job.close()


# RoIPool against RoIAlign (row 77)


def aligned(ask: Ask) -> Job:
    """A box in the middle of the picture is moved to the right by two cells of the map, a quarter of a cell a step."""
    picture = ask.small
    features, ms = timed(lambda: describing.map_of(encoder(), picture))
    yield Stage(rcnn.PASS, ALIGN_MAP, ms, picture, heat=rcnn.heat_of(features))
    height, width = picture.shape[:2]
    box = np.array([0.3 * width, 0.3 * height, 0.6 * width, 0.6 * height], np.float32)
    said = Text(
        "Moved {px:.0f} pixels: RoIPool’s answer changed by {pool:.0%}, RoIAlign’s by {align:.0%}.",
        "{px:.0f}픽셀 옮기니 RoIPool의 답은 {pool:.0%}, RoIAlign의 답은 {align:.0%} 달라졌어요.",
    )
    for one in pooling.shift(features, box, stride=describing.STRIDE, steps=9):
        assert isinstance(one, pooling.Shifted)
        boxes = Detections(np.stack((one.box, one.rounded)), np.ones(2, np.float32), np.array([0, 1]))
        words = said(px=one.shift, pool=one.pool_change, align=one.align_change)
        figures = {"shift": one.shift, "pool_change": one.pool_change, "align_change": one.align_change}
        tiles = tiles_of(np.stack((one.pool, one.align)))
        yield Stage(same("RoIAlign · RoIPool"), words, 0.0, picture, boxes, tiles=tiles, figures=figures, classes=BOTH)


ALIGN_MAP = Text("One pass; a cell of the map is 16 pixels wide.", "한 번에 지도를 얻었어요. 한 칸은 16픽셀이에요.")
BOTH = (same("RoIAlign"), same("RoIPool"))


# YOLO's grid (row 90)


def yolo(ask: Ask) -> Job:
    """The 7 × 7 grid: with a network that is here what it answers, without one what the paper's would be asked."""
    known = yield from listed(Need.GRID)
    picture = ask.small
    yield from _counted(picture)
    if not any(n.here for n in known) and not ask.network:
        yield _taught_cell(letterbox(picture, (grid.SIDE, grid.SIDE))[0])
        return Detections.none()
    found, network = yield from _open(Need.GRID, ask.network)
    return (yield from _named(grid.look(picture, network, least=ask.least), found.classes))


PAPER = Text("Counted: the paper’s grid", "논문의 격자 세기")


def _counted(picture: np.ndarray) -> Iterator[Stage]:
    """Row 90 before any network is asked: 49 cells, then the 98 boxes and 1,470 numbers of 20 classes."""
    canvas, _ = letterbox(picture, (grid.SIDE, grid.SIDE))
    total = grid.count(20)
    row, column = np.divmod(np.arange(total.cells), grid.CELLS)
    corner = 32 * np.stack((column, row), axis=1).astype(np.float32)
    cells = plain(np.concatenate((corner, corner + 32), axis=1))
    figures = {"cells": total.cells, "boxes": total.boxes, "numbers": total.numbers}
    said = Text(
        "7 × 7 = {n} cells. The cell of an object’s centre answers for it.",
        "7 × 7 = {n}칸. 물체의 중심이 든 칸이 그 물체를 답해요.",
    )
    yield Stage(PAPER, said(n=total.cells), 0.0, canvas, cells, figures=figures)
    said = Text(
        "7 × 7 × 2 = {n} boxes; 2 × 5 + 20 classes = {each} numbers a cell, {numbers:,} in all.",
        "7 × 7 × 2 = 상자 {n}개. 한 칸에 2 × 5 + 20클래스 = 숫자 {each}개, 모두 {numbers:,}개예요.",
    )
    words = said(n=total.boxes, each=total.each, numbers=total.numbers)
    middle = np.repeat(corner + 16, 2, axis=0)
    half = np.tile(np.array([[28.0, 14], [14, 28]], np.float32), (total.cells, 1))
    spread = np.clip(np.concatenate((middle - half, middle + half), axis=1), 0, grid.SIDE)
    yield Stage(NINETY_EIGHT, words, 0.0, canvas, plain(spread), figures=figures)


NINETY_EIGHT = Text("Counted: 98 boxes", "상자 98개 세기")


def _taught_cell(canvas: np.ndarray) -> Stage:
    """What the paper's network would have to answer for one object: x, y, √w, √h and confidence of its cell."""
    share = np.array([[0.28, 0.2, 0.8, 0.9]])
    answer = grid.teacher(share, np.array([14]))
    y, x = (int(v[0]) for v in np.nonzero(answer[..., 4]))
    corner = 32 * np.array([x, y, x + 1, y + 1], np.float32)
    boxes = Detections(
        np.stack((grid.SIDE * share[0], corner)).astype(np.float32), np.ones(2, np.float32), np.array([0, 1])
    )
    said = Text(
        "No such network is here yet; train one in the Train tab. For this box the cell in row {r}, column {c} would have to answer {five}.",
        "이런 신경망이 아직 없어요. 학습 탭에서 만들 수 있어요. 이 상자라면 {r}행 {c}열 칸이 {five}라고 답해야 해요.",
    )
    five = ", ".join(f"{v:.2f}" for v in answer[y, x, :5])
    names = (Text("object", "물체"), Text("its cell", "담당 칸"))
    words = said(r=y + 1, c=x + 1, five=f"({five})")
    return Stage(TAUGHT, words, 0.0, canvas, boxes, heat=answer[..., 4], classes=names)


TAUGHT = Text("What one object teaches", "물체 하나가 가르치는 것")
