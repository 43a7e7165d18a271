"""What figures are called: "accuracy", mIoU, mAP@0.5, and the same of one class."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from engine.data.names import all_named
from engine.text import Text, same

NAMES: dict[str, Text] = {
    "accuracy": Text("accuracy", "정확도"),
    "miou": same("mIoU"),
    "map50": same("mAP@0.5"),
    "map": same("mAP@[.5:.95]"),
    "map75": same("mAP@0.75"),
    "ar100": same("AR@100"),
    "pixel_accuracy": Text("pixel accuracy", "픽셀 정확도"),
    "class_accuracy": Text("mean class accuracy", "클래스 평균 정확도"),
    "located": Text("named and placed", "이름과 자리 모두 맞음"),
    "loss_removed": Text("Gatys’s loss removed", "줄어든 게티스 손실"),
    "noise_removed": Text("noise removed", "사라진 잡음"),
    "r2": Text("explained (R²)", "설명된 비율 (R²)"),
    "pck": Text("landmarks within 5 %", "5 % 안에 든 랜드마크"),
    "class_right": Text("class right", "클래스 맞음"),
    "mean_iou": Text("mean IoU", "평균 IoU"),
    "mean_distance": Text("mean distance", "평균 거리"),
}
ALIKE = (
    "accuracy",
    "miou",
    "located",
    "pck",
    "loss_removed",
    "noise_removed",
    "r2",
)  # by these a batch is marked as well as a whole part
BESIDE = {"located": ("class_right", "mean_iou"), "pck": ("mean_distance",)}  # figures that are told with a metric
OF_ONE_CLASS = {"miou": "iou", "map50": "ap50", "located": "located", "pck": "pck"}  # what a mean is the mean of
CLASS_NAMES: dict[str, Text] = {
    "iou": same("IoU"),
    "ap50": same("AP@0.5"),
    "ap": same("AP@[.5:.95]"),
    "located": NAMES["located"],
    "pck": NAMES["pck"],
}
PART_NAMES: dict[str, Text] = {  # terms of a loss, by their keys in `Step.parts`
    "class": Text("class", "클래스"),
    "box": Text("box", "상자"),
    "objectness": Text("object or not", "물체 여부"),
    "entropy": Text("cross-entropy", "교차 엔트로피"),
    "overlap": Text("missing overlap", "모자란 겹침"),
    "place": Text("place", "위치"),
    "spread": Text("spread", "퍼짐"),
}


def metric_name(metric: str) -> Text:
    """A figure as a person calls it."""
    return NAMES.get(metric, same(metric))


def part_name(part: str) -> Text:
    """A term of a loss as a person calls it."""
    return PART_NAMES.get(part, same(part))


def names_behind(metric: str, data: Any) -> tuple[Text, ...]:
    """Of what `metric` is the mean: the classes of a set without its void, for landmarks the landmarks."""
    if metric == "pck":
        return all_named(data.keypoint_names)
    void = getattr(data, "void", None)
    return tuple(name for number, name in enumerate(data.classes) if number != void)


def key_of(figure: str, class_name: Text) -> str:
    """The key of one class's figure: `iou_road`, `ap50_red_blood_cell`."""
    word = re.sub(r"\W+", "_", class_name.en.casefold()).strip("_")
    return f"{figure}_{word}"


def by_class(figure: str, classes: Sequence[Text], values: Sequence[float] | np.ndarray) -> dict[str, float]:
    """`values` by their keys; nan, of a class that does not occur, is left out."""
    return {key_of(figure, name): float(v) for name, v in zip(classes, values, strict=True) if np.isfinite(v)}


def of_classes(metric: str, figures: Mapping[str, float], classes: Sequence[Text], confusion: np.ndarray) -> np.ndarray:
    """(classes,) the figure of each class behind the mean `metric`; nan where a class does not occur.

    Runs recorded before there were figures by class still hold the confusion of their pixels.
    """
    figure = OF_ONE_CLASS.get(metric, "")
    values = np.array([figures.get(key_of(figure, name), np.nan) for name in classes], float)
    if figure == "iou" and not np.isfinite(values).any() and len(confusion) == len(classes):
        return ious_of(confusion)
    return values


def ious_of(confusion: np.ndarray) -> np.ndarray:
    """(classes,) float64 intersection over union of each class from its pixels, rows = truth; nan where there are none.

    IoU of a class = pixels that are it and were called it / pixels that are it or were called it.
    """
    hits = np.diag(confusion).astype(float)
    union = confusion.sum(0) + confusion.sum(1) - hits
    return np.divide(hits, union, out=np.full(len(hits), np.nan), where=union > 0)
