"""Faster R-CNN and Mask R-CNN on one picture, from anchors to masks, and the box that is refined again and again.

Lecture rows 75, 76 and 78. The proposals come from the network itself: at every cell of its maps anchors of three
shapes are judged (object or not) and moved; the best are pooled and judged again. Any `faster_rcnn` or `mask_rcnn`
of `engine.detect.torchvision_family` can be looked into, trained or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import cv2
import numpy as np
import torch
from torch import Tensor
from torchvision.models.detection import MaskRCNN
from torchvision.models.detection.generalized_rcnn import GeneralizedRCNN
from torchvision.models.detection.image_list import ImageList
from torchvision.ops import batched_nms, clip_boxes_to_image

from engine.detect.detections import Detections
from engine.detect.explain.rcnn import heat_of
from engine.detect.explain.stage import Stage, plain, stretched, tiles_of, timed
from engine.detect.letterbox import Letterbox, canvas_for, letterbox
from engine.detect.torchvision_family import detect
from engine.jobs import Event, Job
from engine.text import Text, same

LONGEST = 512  # pixels of the canvas
SHOWN = 24  # tiles and proposals that are shown

MAPS = Text("One CNN pass", "CNN 한 번")
ANCHORS = Text("Anchors", "앵커 (anchor)")
OBJECTNESS = Text("Objectness", "물체다움 (objectness)")
PROPOSALS = Text("Proposals", "후보 상자 (region proposal)")
ALIGN = same("RoIAlign")
BOXES = Text("Class and box", "클래스와 상자")
MASKS = Text("Masks", "마스크")


class FirstStage(NamedTuple):
    """What the region proposal network says of one picture.

    objectness: for each map (A, h, w) float32 in [0, 1], A anchors a cell. anchors: for each map (h · w · A, 4) pixels.
    proposals:  (N, 4) float32 pixels, best first. scores: (N,) in [0, 1].
    """

    objectness: list[Tensor]
    anchors: list[Tensor]
    proposals: Tensor
    scores: Tensor


def canvas_of(picture: np.ndarray) -> tuple[np.ndarray, Letterbox]:
    """The picture on the canvas that the network is shown."""
    return letterbox(picture, canvas_for(picture.shape[1], picture.shape[0], longest=LONGEST))


@torch.inference_mode()
def maps_of(network: GeneralizedRCNN, canvas: np.ndarray) -> tuple[Tensor, dict[str, Tensor]]:
    """The canvas as (1, 3, H, W) in [0, 1], and the pyramid's maps by name."""
    x = torch.from_numpy(canvas).permute(2, 0, 1)[None].float() / 255
    # Published weights want their own mean and spread; ours take [0, 1] as it is.
    return x, network.backbone(network.transform.normalize(x))


@torch.inference_mode()
def propose(network: GeneralizedRCNN, x: Tensor, maps: dict[str, Tensor]) -> FirstStage:
    """The region proposal network on the maps of one picture."""
    rpn, size = network.rpn, (int(x.shape[2]), int(x.shape[3]))
    logits, deltas = rpn.head(list(maps.values()))
    images = ImageList(x, [size])
    anchors = rpn.anchor_generator(images, list(maps.values()))
    flat = [d.unflatten(1, (-1, 4)).permute(0, 3, 4, 1, 2).reshape(-1, 4) for d in deltas]  # (h · w · A, 4) each
    boxes = rpn.box_coder.decode(torch.cat(flat), anchors)  # (all, 1, 4)
    counts = [int(o[0].numel()) for o in logits]
    objectness = torch.cat([o.permute(0, 2, 3, 1).reshape(1, -1) for o in logits], dim=1)
    proposals, scores = rpn.filter_proposals(boxes.view(1, -1, 4), objectness, [size], counts)
    parts = [a.cpu() for a in anchors[0].split(counts)]
    # `filter_proposals` answers with probabilities already.
    return FirstStage([o[0].sigmoid() for o in logits], parts, proposals[0], scores[0])


def look(picture: np.ndarray, network: GeneralizedRCNN, *, cell: tuple[float, float] = (0.5, 0.5)) -> Job:
    """Every stage on one picture; yields `Stage` events and returns `Detections` in pixels of the canvas they show.

    Args:
        picture: (H, W, 3) uint8 RGB of any size.
        network: in eval mode; with Mask R-CNN the masks come as a last stage.
        cell:    where the anchors are shown, x and y as shares of width and height.
    """
    canvas, _ = canvas_of(picture)
    (x, maps), ms = timed(lambda: maps_of(network, canvas))
    said = Text("{n} maps of {c} channels.", "채널이 {c}개인 지도 {n}장을 얻었어요.")
    finest = next(iter(maps.values()))
    yield Stage(MAPS, said(n=len(maps), c=finest.shape[1]), ms, canvas, heat=heat_of(finest))
    first, ms = timed(lambda: propose(network, x, maps))
    sizes = max(len(s) for s in network.rpn.anchor_generator.sizes)
    yield from _first_stage(canvas, first, cell, ms, sizes * len(first.anchors))
    pooled, ms = timed(lambda: pool(network, maps, first.proposals, canvas))
    said = Text("Each proposal, 7 × 7 cells read between cells.", "후보마다 7 × 7칸을 보간해서 읽었어요.")
    tiles = tiles_of(pooled[:SHOWN].mean(dim=1).numpy())
    yield Stage(ALIGN, said, ms, canvas, _best(first, SHOWN), tiles=tiles)
    found, ms = timed(lambda: detect(network, x, score=0.3)[0])
    said = Text("{n} objects.", "물체 {n}개를 찾았어요.")
    whole = Detections(found.boxes, found.scores, found.labels)
    yield Stage(BOXES, said(n=len(found)), ms, canvas, whole, figures={"found": len(found)})
    if isinstance(network, MaskRCNN):
        yield _masks(canvas, found)
    return found


def _first_stage(canvas: np.ndarray, first: FirstStage, cell: tuple[float, float], ms: float, sizes: int) -> Job:
    total = sum(len(a) for a in first.anchors)
    here = anchors_at(first, cell)
    said = Text(
        "{n} at one place: {sizes} sizes, each 2:1, 1:1 and 1:2; {total} in the picture.",
        "한 자리에 {n}개: 크기 {sizes}가지에 각각 2:1, 1:1, 1:2예요. 그림 전체에는 {total}개가 있어요.",
    )
    words = said(n=len(here), sizes=sizes, total=f"{total:,}")
    yield Stage(ANCHORS, words, 0.0, canvas, plain(here), figures={"anchors": total})
    said = Text("How much each place looks like an object.", "자리마다 얼마나 물체다운지 보여 줘요.")
    yield Stage(OBJECTNESS, said, ms, canvas, heat=objectness_map(first))
    said = Text(
        "{n} of {total} anchors, moved and without doubles.", "앵커 {total}개를 옮기고 겹침을 없애 {n}개가 남았어요."
    )
    figures = {"proposals": len(first.proposals)}
    yield Stage(
        PROPOSALS, said(n=len(first.proposals), total=f"{total:,}"), 0.0, canvas, _best(first, 50), figures=figures
    )


def anchors_at(first: FirstStage, cell: tuple[float, float]) -> np.ndarray:
    """(n, 4) float32: the anchors of the cell of every map that lies at `cell`."""
    here = []
    for objectness, anchors in zip(first.objectness, first.anchors, strict=True):
        each, rows, columns = objectness.shape
        row, column = (min(n - 1, int(share * n)) for share, n in ((cell[1], rows), (cell[0], columns)))
        start = (row * columns + column) * each
        here.append(anchors[start : start + each].numpy())
    return np.concatenate(here)


def objectness_map(first: FirstStage) -> np.ndarray:
    """(h, w) float32 in [0, 1] at the finest map's size: the best anchor of any map at each place."""
    height, width = first.objectness[0].shape[1:]
    best = [o.amax(dim=0).numpy() for o in first.objectness]
    return np.max([cv2.resize(b, (width, height), interpolation=cv2.INTER_NEAREST) for b in best], axis=0)


def _best(first: FirstStage, count: int) -> Detections:
    return plain(first.proposals[:count].numpy(), first.scores[:count].numpy())


@torch.inference_mode()
def pool(network: GeneralizedRCNN, maps: dict[str, Tensor], boxes: Tensor, canvas: np.ndarray) -> Tensor:
    """(N, C, 7, 7): every box read from the map that fits its size."""
    found: Tensor = network.roi_heads.box_roi_pool(maps, [boxes], [(canvas.shape[0], canvas.shape[1])])
    return found


def _masks(canvas: np.ndarray, found: Detections) -> Stage:
    masks = found.masks if found.masks is not None else np.zeros((0, *canvas.shape[:2]), bool)
    heat = stretched(masks.max(axis=0).astype(np.float32)) if len(masks) else None
    said = Text("{n} masks, one for each box.", "상자마다 하나씩, 마스크 {n}개를 얻었어요.")
    tiles = tiles_of(np.array([_within(m, b) for m, b in zip(masks[:SHOWN], found.boxes[:SHOWN], strict=True)]))
    return Stage(MASKS, said(n=len(masks)), 0.0, canvas, found, heat=heat, tiles=tiles)


def _within(mask: np.ndarray, box: np.ndarray) -> np.ndarray:
    """(28, 28) float32: the part of a mask that lies in its box, as the mask head answers it."""
    x1, y1 = (int(max(0, v)) for v in box[:2])
    x2, y2 = max(x1 + 1, round(float(box[2]))), max(y1 + 1, round(float(box[3])))
    part = mask[y1:y2, x1:x2].astype(np.float32)
    return cv2.resize(part, (28, 28), interpolation=cv2.INTER_AREA) if part.size else np.zeros((28, 28), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Refined(Event):
    """The same boxes after one more look (row 78, Refining Faster R-CNN).

    round: 0 = proposals. boxes: on the canvas, the same objects in the same order every time.
    moved: mean distance of their corners from the round before, in pixels.
    """

    round: int
    boxes: Detections
    moved: float
    milliseconds: float


def refine(picture: np.ndarray, network: GeneralizedRCNN, *, rounds: int = 4, least: float = 0.3) -> Job:
    """Give the second stage its own answer back, again and again; yields `Refined`, returns the last `Detections`.

    A proposal that is a little off is pooled a little off; the box that comes out fits better and is pooled again
    (the repeated section of Kakao's RF-R-CNN; Cai, Vasconcelos, "Cascade R-CNN", CVPR 2018, trains a head for each).
    """
    canvas, _ = canvas_of(picture)
    x, maps = maps_of(network, canvas)
    boxes = propose(network, x, maps).proposals
    after, scores, labels = second_look(network, maps, boxes, canvas)
    good = scores >= least
    kept = good.nonzero()[:, 0][batched_nms(after[good], scores[good], labels[good], 0.5)]
    boxes, scores, labels = boxes[kept], scores[kept], labels[kept]  # the proposals of what will be the answer
    now = Detections(boxes.numpy(), scores.numpy(), labels.numpy())
    yield Refined(0, now, 0.0, 0.0)
    for number in range(1, rounds + 1):
        (better, scores, labels), ms = timed(partial(second_look, network, maps, boxes, canvas))
        moved = float((better - boxes).abs().mean()) if len(boxes) else 0.0
        boxes = better
        now = Detections(boxes.numpy(), scores.numpy(), labels.numpy())
        yield Refined(number, now, moved, ms)
    return now


@torch.inference_mode()
def second_look(
    network: GeneralizedRCNN, maps: dict[str, Tensor], boxes: Tensor, canvas: np.ndarray
) -> tuple[Tensor, Tensor, Tensor]:
    """Of (N, 4) boxes the better boxes, scores and labels of their likeliest class that is not ground."""
    if len(boxes) == 0:
        return boxes, boxes.new_zeros(0), torch.zeros(0, dtype=torch.int64)
    heads = network.roi_heads
    logits, deltas = heads.box_predictor(heads.box_head(pool(network, maps, boxes, canvas)))
    scores, labels = logits.softmax(dim=1)[:, 1:].max(dim=1)
    every = heads.box_coder.decode(deltas, [boxes])  # (N, classes + 1, 4)
    better = every[torch.arange(len(boxes)), labels + 1]
    return clip_boxes_to_image(better, (canvas.shape[0], canvas.shape[1])), scores, labels
