"""Which networks could play a part of the explanations: those on this machine first, then what can be downloaded.

Weights count as here when they ship with the app, were imported, came out of a training on this machine, or lie in
torch's own cache. Nothing is downloaded by looking.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import numpy as np
import safetensors
import torch
from torch import nn
from torchvision.models.detection.generalized_rcnn import GeneralizedRCNN

from engine import places
from engine.cards import Task
from engine.data.names import COCO, all_named
from engine.data.names import listed as english
from engine.detect.detections import Detections
from engine.detect.letterbox import canvas_for, letterbox
from engine.detect.torchvision_family import AsTheyCome
from engine.errors import LabError
from engine.files import read_json, read_tensors
from engine.jobs import Job, Progress
from engine.memory import kept
from engine.models import ModelCard, all_models, open_official, place_of
from engine.text import Text
from engine.train.recipes import recipe
from engine.zoo.weights import put
from engine.zoo.yolo_mini import YoloMini


class Need(Enum):
    """What a chapter asks of a network."""

    GRID = "grid"  # one look: yolo-mini
    TWO_STAGE = "two_stage"  # Faster or Mask R-CNN
    MASK = "mask"  # Mask R-CNN
    DETECT = "detect"  # boxes, whoever finds them
    SEGMENT = "segment"  # a class for every pixel


_DOWNLOADS: dict[Need, tuple[str, ...]] = {  # ids of official weights, the lightest first
    Need.GRID: (),
    Need.TWO_STAGE: (
        "fasterrcnn-mobilenet-v3-large-320-fpn-coco-v1",
        "fasterrcnn-mobilenet-v3-large-fpn-coco-v1",
        "fasterrcnn-resnet50-fpn-coco-v1",
        "maskrcnn-resnet50-fpn-coco-v1",
    ),
    Need.MASK: ("maskrcnn-resnet50-fpn-coco-v1", "maskrcnn-resnet50-fpn-v2-coco-v1"),
    Need.DETECT: (
        "ssdlite320-mobilenet-v3-large-coco-v1",
        "fasterrcnn-mobilenet-v3-large-320-fpn-coco-v1",
        "fasterrcnn-mobilenet-v3-large-fpn-coco-v1",
        "fcos-resnet50-fpn-coco-v1",
        "retinanet-resnet50-fpn-coco-v1",
        "ssd300-vgg16-coco-v1",
        "fasterrcnn-resnet50-fpn-coco-v1",
        "maskrcnn-resnet50-fpn-coco-v1",
    ),
    Need.SEGMENT: (
        "lraspp-mobilenet-v3-large-coco-with-voc-labels-v1",
        "deeplabv3-mobilenet-v3-large-coco-with-voc-labels-v1",
        "fcn-resnet50-coco-with-voc-labels-v1",
        "deeplabv3-resnet50-coco-with-voc-labels-v1",
    ),
}
_EVERYDAY = frozenset(english(COCO))
TRAIN_INSTEAD: dict[Need, str] = {  # recipe that makes one here
    Need.GRID: "people-yolo-mini",
    Need.DETECT: "people-yolo-mini",
    Need.SEGMENT: "camvid-pyramid",
}
_OF_OURS = {  # a tensor's name begins so -> what the network is
    "roi_heads.mask_head": (Need.MASK, Need.TWO_STAGE, Need.DETECT),
    "rpn.head": (Need.TWO_STAGE, Need.DETECT),
    "head.class_tower": (Need.GRID, Need.DETECT),
}


@dataclass(frozen=True, slots=True)
class Network:
    """A network that is here, or could be.

    id:      of its card; of a run the folder's name.
    good_for: which needs it serves. classes: what its labels mean, in its order.
    path:    its weights; None = not on this machine. bytes: how large they are.
    card:    what is known of official weights, for the download; None for ours.
    recipe:  of ours the recipe that builds it, "" for official ones.
    said:    how good it is and who says so; empty where nobody does.
    written: when the weights were, in nanoseconds, so that a training that goes on is opened anew.
    """

    id: str
    name: Text
    good_for: tuple[Need, ...]
    classes: tuple[Text, ...]
    path: Path | None
    bytes: int
    card: ModelCard | None = None
    recipe: str = ""
    said: Text = Text("", "")  # noqa: RUF009  frozen
    written: int = 0

    @property
    def here(self) -> bool:
        return self.path is not None

    @property
    def everyday(self) -> bool:
        """True when it names something that COCO's photographs show, or segments scenes."""
        return Need.SEGMENT in self.good_for or any(name.en in _EVERYDAY for name in self.classes)


def listed(need: Need) -> Job:
    """The networks that serve `need`; a job, returns a tuple of `Network`.

    Those on this machine come first, and of these the ones that know what everyday photographs show: a finder of
    blood cells is asked only when there is no other.
    """
    yield Progress(0, 0, Text("Looking for networks", "신경망을 찾는 중"))
    found = [n for n in (*_bundled(), *_runs()) if need in n.good_for]
    found += _official(need)
    return tuple(sorted(found, key=lambda n: (not n.here, not n.everyday)))


def chosen(need: Need, id: str = "") -> Job:
    """The network with this id, or the first that is here; a job. Raises `LabError` saying what to get or train."""
    known = yield from listed(need)
    wanted = [n for n in known if n.id == id] if id else [n for n in known if n.here]
    if wanted and wanted[0].here:
        return wanted[0]
    if id and not wanted:
        raise LabError(_UNKNOWN(id=id, known=", ".join(n.id for n in known) or "–"))
    missing = wanted[0] if wanted else next(iter(known), None)
    if missing is None:
        raise LabError(_TRAIN(recipe=TRAIN_INSTEAD[need]))
    raise LabError(_GET(name=missing.name, id=missing.id))


_UNKNOWN = Text(
    "No network called “{id}” can do this. There are: {known}.",
    "‘{id}’ 신경망으로는 할 수 없어요. 있는 것: {known}.",
)
_TRAIN = Text(
    "No network for this is on this machine. Train one first: train {recipe}.",
    "이 컴퓨터에 알맞은 신경망이 없어요. 먼저 학습해 주세요: train {recipe}.",
)
_GET = Text(
    "{name} is not on this machine. Get it in the list of models, or: models get {id}.",
    "{name} 모델이 아직 없어요. 모델 목록에서 받거나 models get {id} 명령을 써 보세요.",
)


def _official(need: Need) -> list[Network]:
    from engine.models.official import official_cards, published_as

    cards = {card.id: card for card in official_cards()}
    found = []
    for id in _DOWNLOADS[need]:
        card = cards[id]
        names = published_as(card)[1].value.meta["categories"]
        ours = all_named(n.removeprefix("__background__") or "background" for n in names)
        good = tuple(n for n in Need if id in _DOWNLOADS[n])
        # A segmenter's class 0 is the ground; a detector never answers it, and counts from 1.
        classes = ours if need is Need.SEGMENT else ours[1:]
        found.append(Network(id, card.name, good, classes, place_of(card).path, card.bytes, card, said=card.figure))
    return found


def _bundled() -> Iterator[Network]:
    for card in all_models():
        path = place_of(card).path
        if card.origin.value == "bundled" and path is not None and card.task in (Task.DETECT, Task.SEGMENT):
            about = read_json(path.with_suffix(".json"))
            yield _ours(card.id, card.name, path, str(about["recipe"]), str(about["dataset"]), card.figure)


def _runs() -> Iterator[Network]:
    """Of the trainings here the newest of each recipe that has weights to look at."""
    folders = sorted(places.runs().iterdir(), reverse=True) if places.runs().is_dir() else []
    seen = set()
    for folder in folders:
        path = folder / "best.safetensors"
        try:
            about = read_json(folder / "run.json")
            made = recipe(about["recipe"])
        except (LabError, KeyError):
            continue  # damaged, or of a newer version: not for us
        if made.id in seen or not path.is_file() or made.card.task not in (Task.DETECT, Task.SEGMENT):
            continue
        seen.add(made.id)
        name = Text("{name} (trained here)", "{name} (여기서 학습)")(name=made.card.name)
        yield _ours(folder.name, name, path, made.id, str(about["dataset"]), Text("", ""))


def _ours(id: str, name: Text, path: Path, of: str, dataset: str, said: Text) -> Network:
    made = recipe(of)
    classes = made.classes or (all_named(english(COCO)) if dataset == "coco_small" else ())
    task = made.card.task
    good = (Need.SEGMENT,) if task is Task.SEGMENT else _kind_of(path)
    about = path.stat()
    return Network(id, name, good, classes, path, about.st_size, recipe=of, said=said, written=about.st_mtime_ns)


def _kind_of(path: Path) -> tuple[Need, ...]:
    """What the tensors' names tell; nothing for a file that is damaged."""
    try:
        with safetensors.safe_open(str(path), framework="pt") as file:
            names = tuple(file.keys())
    except (OSError, safetensors.SafetensorError):
        return ()
    return next((good for start, good in _OF_OURS.items() if _any(names, start)), ())


def _any(names: Iterable[str], start: str) -> bool:
    return any(name.startswith(start) for name in names)


def class_name(network: Network, label: int) -> Text:
    """What a label means; its number where nobody said."""
    if 0 <= label < len(network.classes):
        return network.classes[label]
    return Text("class {n}", "클래스 {n}")(n=label)


# Opening and asking


class AsPublished(AsTheyCome):
    """Pictures as large as they are given, but with the mean and spread that the published weights were taught with."""

    def __init__(self, mean: list[float], spread: list[float]) -> None:
        super().__init__()
        self.image_mean, self.image_std = mean, spread


@kept(3)
def opened(network: Network) -> nn.Module:
    """The network in eval mode. Raises `LabError` when its file is gone, damaged or of another network."""
    if network.card is not None:
        found = open_official(network.card)
        if isinstance(found, GeneralizedRCNN):
            found.transform = AsPublished(found.transform.image_mean, found.transform.image_std)
        return found
    assert network.path is not None
    tensors, about = read_tensors(network.path)
    made = recipe(network.recipe)
    found = made.make(**about.get("build", made.build_arguments(made.defaults)))
    put(found, tensors, network.path)
    return found.eval()


LONGEST = 512  # pixels of the canvas that detectors are shown


def detected(network: nn.Module, picture: np.ndarray, *, least: float = 0.3) -> Detections:
    """What any of these detectors finds in (H, W, 3) uint8 RGB, in its pixels; masks where it has them."""
    if isinstance(network, YoloMini):
        from engine.detect.lesson import detect as one_look
        from engine.devices import choose

        return one_look(network, picture, choose("cpu", "fp32"), longest=LONGEST, score=least)
    height, width = picture.shape[:2]
    canvas, place = letterbox(picture, canvas_for(width, height, longest=LONGEST))
    x = torch.from_numpy(canvas).permute(2, 0, 1)[None].float() / 255
    from engine.detect.torchvision_family import detect as two_looks

    found = two_looks(network, x, score=least)[0]  # SSD, FCOS and RetinaNet answer alike
    masks = None
    if found.masks is not None:
        down = slice(place.top, place.top + round(height * place.scale))
        across = slice(place.left, place.left + round(width * place.scale))
        masks = np.stack([_stretched(m[down, across], width, height) for m in found.masks]) if len(found) else None
    whole = place.to_picture(Detections(found.boxes, found.scores, found.labels))
    return Detections(whole.boxes, whole.scores, whole.labels, masks)


def _stretched(mask: np.ndarray, width: int, height: int) -> np.ndarray:
    import cv2

    return cv2.resize(mask.astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST) > 0
