"""Live: whether the fast ways of computing a network say what torch says, on real photographs.

Each network is asked as it is in the tab (`engine.live.seers`), with the way of computing fixed: torch eager in
float32, OpenVINO in float32, OpenVINO in bfloat16. Names, boxes, labels of pixels and the figures that follow from them
are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch

from engine.bench import Say
from engine.data import load
from engine.data.photoset import PhotoSet
from engine.data.pictures import read_rgb
from engine.detect import metrics
from engine.detect.detections import Detections
from engine.detect.overlap import ious
from engine.devices import cpu_has_bf16
from engine.errors import LabError
from engine.files import read_json
from engine.jobs import result_of
from engine.live import openvino_runner
from engine.live.backends import EAGER, Fastest, eager
from engine.live.official_live import SsdSeer
from engine.live.overlays import Kind, OverlayCard
from engine.live.seers import GridSeer, Networked, Seer, SegmentSeer
from engine.live.settings import LiveSettings
from engine.segment.lesson import confusion_of, figures_of, scored_classes
from engine.text import Text, same

PRECISIONS = ("f32", *(("bf16",) if cpu_has_bf16() else ()))
_LEAST = 0.05  # score from which boxes are compared; AP is of all
_PLACES = (*("flickr8k_subset/images", "coco_small/val", "coco_small/train"), "people/val", "camvid/val")
_NOT_MEASURED = Text(
    "{name} says what cannot be compared here. Name a run that detects or segments with --model.",
    "{name}의 답은 여기서 비교할 수 없어요. --model로 검출이나 분할 실행을 지정해 주세요.",
)


def hold(seer: Networked, precision: str) -> list[Fastest]:
    """Let a seer compute in one way, whatever would be faster: torch eager for "", else OpenVINO in that precision.

    Returns what it will compute with, once it has: one for each size of picture.
    """
    ways: list[Fastest] = []

    def way(size: tuple[int, int]) -> Fastest:
        module = seer.network.open().eval()
        run = openvino_runner.translated(seer.network.key, module, size, precision) if precision else eager(module)
        ways.append(
            Fastest(seer.network, size, fixed=(openvino_runner.name_of(precision) if precision else EAGER, run))
        )
        return ways[-1]

    seer.way_of = way
    return ways


def photographs(count: int, data: Path | None, views: Callable[[int], Iterator[np.ndarray]]) -> list[np.ndarray]:
    """At most `count` photographs of the named data, each another scene; without any, views of the tour's six."""
    files = [file for place in _PLACES for file in sorted((data / place).glob("*.jpg"))] if data is not None else []
    step = max(1, len(files) // count)
    chosen = files[::step][:count]
    return [read_rgb(file) for file in chosen] if chosen else list(views(count))


def agreement(pictures: list[np.ndarray], *, data: Path | None, model: str, say: Say, most: int) -> dict[str, Any]:
    """What each fast way says against torch eager: names, boxes of SSDLite, and our own detectors and segmenters.

    model: a run's folder or a network's id to compare besides what came with this copy; several with commas.
    most: pictures of a set that are looked at.
    """
    if not openvino_runner.here():
        return {"agreement": None}
    say(Text("Names of {n} photographs", "사진 {n}장의 이름")(n=len(pictures)))
    found = _names(pictures)
    say(Text("Boxes of SSDLite", "SSDLite의 상자"))
    found |= _ssdlite(pictures[: min(len(pictures), most)])
    for card in _cards(model):
        say(Text("{name}: answers", "{name}: 답")(name=card.name))
        found |= _of_card(card, data, pictures, most)
    return found


def _names(pictures: list[np.ndarray]) -> dict[str, Any]:
    from engine.live.ours import open_classifier

    def best(precision: str) -> tuple[list[int], int]:
        seer = open_classifier()
        ways = hold(seer, precision)
        answers = [seer.finish(seer.infer(seer.prepare(one)), one, LiveSettings()) for one in pictures]
        return [answer.classes[0] for answer in answers], sum(way.again for way in ways)

    right, _ = best("")
    found: dict[str, Any] = {"agreement_count": len(pictures)}
    for precision in PRECISIONS:
        said, again = best(precision)
        found[f"agreement_{precision}"] = float(np.mean(np.array(said) == np.array(right)))
        found[f"asked_again_{precision}"] = again / len(pictures)
    return found


def _ssdlite(pictures: list[np.ndarray]) -> dict[str, Any]:
    """SSDLite with random weights: every anchor's box, in pixels of the photograph.

    Its norms are set by photographs, so that what passes through is as large as in a trained network.
    """
    from torchvision.models import detection

    torch.manual_seed(0)
    network = detection.ssdlite320_mobilenet_v3_large(weights=None, weights_backbone=None).eval()
    _norms_set(network, pictures[:8])
    classes = tuple(same(str(i)) for i in range(91))
    card = OverlayCard("ssdlite", Kind.DETECT, same("SSDLite"), same(""), classes=classes)

    def boxes(precision: str) -> list[np.ndarray]:
        seer = SsdSeer(card, network, key="bench agreement ssdlite")
        hold(seer, precision)
        answers = [seer.infer(seer.prepare(picture))[0][0] for picture in pictures]
        rows = np.arange(len(answers[0]))
        return [seer.boxes_of(shifts, picture, rows) for shifts, picture in zip(answers, pictures, strict=True)]

    right = boxes("")
    return _apart("ssdlite", right, boxes("f32")) | {"ssdlite_pictures": len(pictures)}


@torch.no_grad()
def _norms_set(network: Any, pictures: list[np.ndarray]) -> None:
    small = np.stack([cv2.resize(picture, (320, 320), interpolation=cv2.INTER_AREA) for picture in pictures])
    x = torch.from_numpy(small).permute(0, 3, 1, 2).float().div_(127.5).sub_(1)
    norms = [part for part in network.modules() if isinstance(part, torch.nn.BatchNorm2d)]
    for norm in norms:
        norm.train()
        norm.momentum = None  # statistics of these pictures alone
    maps = network.backbone(x)
    network.head(list(maps.values()))
    network.eval()


def _apart(name: str, right: list[np.ndarray], said: list[np.ndarray]) -> dict[str, Any]:
    """How far apart boxes are, in pixels: the worst side of each."""
    away = np.concatenate([np.abs(a - b).max(axis=1) for a, b in zip(right, said, strict=True) if len(a)])
    return {
        f"{name}_boxes": len(away),
        f"{name}_box_px_max": float(away.max()),
        f"{name}_box_px_p99": float(np.quantile(away, 0.99)),
        f"{name}_boxes_within_1px": float((away <= 1.0).mean()),
    }


def _cards(model: str) -> list[OverlayCard]:
    from engine.live import ours

    named = [word for word in model.split(",") if word]
    own = [ours.run_overlay(Path(word)) for word in named if (Path(word) / "run.json").is_file()]
    bundled = [card for card in ours.bundled_overlays() if card.kind in (Kind.DETECT, Kind.SEGMENT)]
    ids = {word for word in named if not Path(word).is_dir()}
    if unknown := ids - {card.id for card in bundled}:
        raise LabError(_NOT_MEASURED(name=", ".join(sorted(unknown))))
    return [*own, *bundled]


def _of_card(card: OverlayCard, data: Path | None, pictures: list[np.ndarray], most: int) -> dict[str, Any]:
    """Of one network of ours: on the set it learnt from where that is here (with its figures), else on `pictures`."""
    from engine.live.ours import open_ours

    name = (card.path.name if card.path else card.id).replace("-", "_")
    marked = _set_of(card, data)
    shown = [marked.read(i) for i in range(min(len(marked), most))] if marked else pictures[:most]
    answers: dict[str, list[Any]] = {}
    for precision in ("", *PRECISIONS):
        seer = open_ours(card)
        if not isinstance(seer, GridSeer | SegmentSeer):
            raise LabError(_NOT_MEASURED(name=card.name))
        hold(seer, precision)
        try:
            answers[precision] = [_answered(seer, picture) for picture in shown]
        except RuntimeError:  # OpenVINO lacks an operation of it (SegNet's unpooling): Live stays with torch as well
            if not precision:
                raise
            return {f"{name}_translated": False}
    compare = _labels if card.kind is Kind.SEGMENT else _detections
    return {f"{name}_pictures": len(shown), **compare(name, answers, marked)}


def _answered(seer: Seer, picture: np.ndarray) -> Any:
    """(H, W) labels of a segmenter, `Detections` of a detector with all that it hardly dares to say."""
    found: Any = seer.finish(seer.infer(seer.prepare(picture)), picture, LiveSettings(score=0.01))
    return found.labels if isinstance(seer, SegmentSeer) else found.found


def _set_of(card: OverlayCard, data: Path | None) -> PhotoSet | None:
    """The part with marks that a network was not trained on; None when it is not here."""
    from engine.data import dataset
    from engine.zoo.weights import bundled

    about = read_json(card.path / "run.json") if card.path else bundled(card.id).card
    try:
        id = str(about.get("dataset", ""))
        splits = dataset(id).splits
        part = result_of(load(id, "val" if "val" in splits else splits[-1], data))
    except LabError:
        return None
    return part if isinstance(part, PhotoSet) else None


def _labels(name: str, answers: dict[str, list[Any]], marked: PhotoSet | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for precision, said in answers.items():
        key = f"{name}_{precision or 'eager'}"
        if precision:
            same_ = [float((a == b).mean()) for a, b in zip(answers[""], said, strict=True)]
            found[f"{key}_pixels_agree"] = float(np.mean(same_))
        if marked is not None and marked.masks is not None:
            classes = len(scored_classes(marked))
            table = sum(
                confusion_of(labels, _mask(marked, i, labels), classes, marked.void) for i, labels in enumerate(said)
            )
            found[f"{key}_miou"] = figures_of(np.asarray(table))["miou"]
    return found


def _mask(marked: PhotoSet, index: int, labels: np.ndarray) -> np.ndarray:
    mask = marked.read_mask(index)
    size = (labels.shape[1], labels.shape[0])
    return mask if mask.shape == labels.shape else cv2.resize(mask, size, interpolation=cv2.INTER_NEAREST)


def _detections(name: str, answers: dict[str, list[Any]], marked: PhotoSet | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for precision, said in answers.items():
        key = f"{name}_{precision or 'eager'}"
        if precision:
            found |= _boxes_apart(key, answers[""], said)
        if marked is not None and marked.objects is not None:
            m = metrics.measure(marked.objects[: len(said)], said, classes=len(marked.classes))
            found |= {f"{key}_map50": m.map50, f"{key}_map": m.map}
    return found


def _boxes_apart(key: str, right: list[Detections], said: list[Detections]) -> dict[str, Any]:
    """Every box of eager that counts against the nearest one of its class."""
    pairs: list[tuple[np.ndarray, np.ndarray]] = []
    lost = 0
    for a, b in zip(right, said, strict=True):
        for row in np.flatnonzero(a.scores >= _LEAST).tolist():
            alike = np.flatnonzero(b.labels == a.labels[row])
            shares = ious(a.boxes[[row]], b.boxes[alike])[0]
            if not len(alike) or shares.max() < 0.5:
                lost += 1
                continue
            pairs.append((a.boxes[row], b.boxes[alike[int(shares.argmax())]]))
    some, other = (np.array([pair[i] for pair in pairs], np.float32).reshape(-1, 4) for i in (0, 1))
    return {**_apart(key, [some], [other]), f"{key}_boxes_lost": lost} if pairs else {f"{key}_boxes": 0}


def run(*, data: Path | None, repeats: int, say: Say, quick: bool = False, model: str = "") -> dict[str, Any]:
    """Measure: 400 photographs and 120 of a set; with `quick` 24 and 4."""
    from engine.bench.live import views

    pictures = photographs(24 if quick else 400, data, views)
    return agreement(pictures, data=data, model=model, say=say, most=4 if quick else 120)
