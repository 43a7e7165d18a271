"""torchvision's published detectors and segmenters as overlays, when their weights are on this machine.

SSDLite and the segmenters (LR-ASPP, DeepLabV3, FCN) are cut where their plain convolutions end, so that OpenVINO can
compute them; what follows is done here. The two-stage detectors run as torchvision wrote them.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import torch
from torch import Tensor, nn

from engine.cards import Task, unknown
from engine.data.names import all_named
from engine.detect.detections import Detections
from engine.live.backends import Network
from engine.live.overlays import Found, Kind, OverlayCard
from engine.live.seers import LIMIT, Labels, Networked, Seer, SegmentSeer, shown, suppressed
from engine.live.settings import LiveSettings
from engine.models.card import ModelCard, Where
from engine.models.official import official_cards, open_official, published_as
from engine.models.store import place_of
from engine.text import Text

_LEAST = 0.01  # score of a box that is looked at at all
_BEFORE = 400  # best answers of all classes that are compared with each other
_MEAN, _STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)  # of ImageNet, as published with the segmenters


def official_overlays() -> list[OverlayCard]:
    """A card for every published detector and segmenter, here or not."""
    return [_card(card) for card in official_cards() if card.task in (Task.DETECT, Task.SEGMENT)]


def _card(card: ModelCard) -> OverlayCard:
    kind = Kind.SEGMENT if card.task is Task.SEGMENT else Kind.KEYPOINTS if "keypoint" in card.id else Kind.DETECT
    return OverlayCard(
        id=card.id,
        kind=kind,
        name=card.name,
        summary=card.unlocks,
        here=place_of(card).where is not Where.MISSING,
        model=card.id,
        bytes=card.bytes,
        licence=card.licence,
        figure=card.figure,
        classes=_classes(card, kind),
    )


def _classes(card: ModelCard, kind: Kind) -> tuple[Text, ...]:
    """Segmenters count their background as class 0; detectors' class 0 is the ground, which is never told."""
    names = list(published_as(card)[1].meta["categories"])
    return tuple(all_named([name.replace("__background__", "background") for name in names]))


def open_overlay(id: str) -> Seer:
    """The seer of an official model. Raises: `LabError` when there is none, or its weights are not here."""
    card = next((card for card in official_cards() if card.id == id), None)
    if card is None or card.task not in (Task.DETECT, Task.SEGMENT):
        raise unknown(Text("overlay", "오버레이"), id, ["classify", "faces", "digits", "…"])
    network = open_official(card)
    return seer_of(_card(card), network, key=f"{card.id} {card.sha256}")


def seer_of(card: OverlayCard, network: nn.Module, *, key: str) -> Seer:
    """The seer of a torchvision detector or segmenter that was built already."""
    from torchvision.models.detection.ssd import SSD

    if card.kind is Kind.SEGMENT:
        return SegmentSeer(card, Network(key, lambda: Labels(_Scores(network))), ground=0, multiple=8)
    if isinstance(network, SSD):
        return SsdSeer(card, network, key=key)
    return WholeSeer(card, network)


class _Scores(nn.Module):
    """A torchvision segmenter on plain [0, 1] pixels: normalised as published, its main answer alone."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network
        self.mean: Tensor
        self.std: Tensor
        self.register_buffer("mean", torch.tensor(_MEAN).view(1, 3, 1, 1))
        self.register_buffer("std", torch.tensor(_STD).view(1, 3, 1, 1))

    def forward(self, x: Tensor) -> Tensor:
        found: Tensor = self.network((x - self.mean) / self.std)["out"]
        return found


class _SsdParts(nn.Module):
    """SSD up to what each anchor says: (1, A, 4) shifts and (1, A, classes) shares."""

    def __init__(self, network: Any) -> None:
        super().__init__()
        self.network = network
        self.mean: Tensor
        self.std: Tensor
        self.register_buffer("mean", torch.tensor(network.transform.image_mean).view(1, 3, 1, 1))
        self.register_buffer("std", torch.tensor(network.transform.image_std).view(1, 3, 1, 1))

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        maps = self.network.backbone((x - self.mean) / self.std)
        said = self.network.head(list(maps.values()))
        return said["bbox_regression"], said["cls_logits"].softmax(-1)


class SsdSeer(Networked):
    """SSD and SSDLite: the picture stretched to the network's size, every anchor asked at once (Liu et al., 2016)."""

    def __init__(self, card: OverlayCard, network: Any, *, key: str) -> None:
        super().__init__(card, Network(key, lambda: _SsdParts(network)))
        fixed = network.transform.fixed_size
        self._size = (int(fixed[0]), int(fixed[1])) if fixed else (300, 300)  # width, height
        self._coder, self._anchors = network.box_coder, self._anchors_of(network)

    @torch.inference_mode()
    def _anchors_of(self, network: Any) -> Tensor:
        from torchvision.models.detection.image_list import ImageList

        width, height = self._size
        empty = torch.zeros(1, 3, height, width)
        maps = list(network.backbone(empty).values())
        anchors: Tensor = network.anchor_generator(ImageList(empty, [(height, width)]), maps)[0]
        return anchors

    def prepare(self, picture: np.ndarray) -> np.ndarray:
        return cv2.resize(picture, self._size, interpolation=cv2.INTER_LINEAR)

    def infer(self, prepared: np.ndarray) -> tuple[np.ndarray, ...]:
        return self.run(prepared)

    def finish(self, answer: tuple[np.ndarray, ...], picture: np.ndarray, settings: LiveSettings) -> Found:
        shifts, shares = answer[0][0], answer[1][0, :, 1:]  # class 0 is the ground
        rows, labels = np.nonzero(shares >= max(_LEAST, settings.score))
        scores = shares[rows, labels]
        best = np.argsort(-scores, kind="stable")[:_BEFORE]
        rows, labels, scores = rows[best], labels[best], scores[best]
        found = Detections(self.boxes_of(shifts, picture, rows), scores.astype(np.float32), labels.astype(np.int64) + 1)
        return shown(self.card, found.at(suppressed(found, settings.nms)), settings)

    def boxes_of(self, shifts: np.ndarray, picture: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """(N, 4) float32 in pixels of `picture`: what the anchors `rows` say by their shifts, (A, 4)."""
        which = torch.from_numpy(rows)
        boxes = self._coder.decode_single(torch.from_numpy(shifts)[which], self._anchors[which]).numpy()
        width, height = self._size
        x, y = picture.shape[1] / width, picture.shape[0] / height
        clipped = np.clip(boxes, 0, [width, height, width, height])
        return np.asarray(clipped * np.array([x, y, x, y]), np.float32)


class WholeSeer:
    """A torchvision detector as it was written: boxes, and masks or body points where it has them."""

    backend = "PyTorch fp32"

    def __init__(self, card: OverlayCard, network: nn.Module) -> None:
        self.card, self._network = card, network.eval()

    def prepare(self, picture: np.ndarray) -> Tensor:
        return torch.from_numpy(np.require(picture, requirements=("C", "W"))).permute(2, 0, 1).float().div_(255)

    @torch.inference_mode()
    def infer(self, prepared: Tensor) -> dict[str, Tensor]:
        found: dict[str, Tensor] = self._network([prepared])[0]
        return found

    def finish(self, answer: dict[str, Tensor], picture: np.ndarray, settings: LiveSettings) -> Found:
        masks = (answer["masks"][:, 0] >= 0.5).numpy() if "masks" in answer else None
        points = answer["keypoints"].numpy() if "keypoints" in answer else None
        every = Detections(
            answer["boxes"].numpy().astype(np.float32), answer["scores"].numpy(), answer["labels"].numpy(), masks
        )
        rows = suppressed(every, settings.nms, LIMIT)
        return shown(self.card, every.at(rows), settings, points[rows] if points is not None else None)

    def faster(self) -> None:
        """Two stages do not translate; torch stays."""
        return
