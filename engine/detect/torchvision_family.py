"""Faster R-CNN and Mask R-CNN: torchvision's two stages on our encoder and pyramid (lecture rows 58, 75, 76).

The first stage proposes regions from anchors of three shapes (2:1, 1:1, 1:2) at every cell; the second pools each
region by RoIAlign and asks for its class and a better box; Mask R-CNN also asks for 28 × 28 mask pixels. Ren, He,
Girshick, Sun, "Faster R-CNN", NeurIPS 2015; He, Gkioxari, Dollár, Girshick, "Mask R-CNN", ICCV 2017. Heads are a
quarter as wide as in the papers and fewer regions are kept, for a CPU.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torchvision.models.detection import FasterRCNN, MaskRCNN
from torchvision.models.detection.faster_rcnn import FastRCNNPredictor, TwoMLPHead
from torchvision.models.detection.generalized_rcnn import GeneralizedRCNN
from torchvision.models.detection.mask_rcnn import MaskRCNNHeads, MaskRCNNPredictor
from torchvision.models.detection.rpn import AnchorGenerator
from torchvision.models.detection.transform import GeneralizedRCNNTransform
from torchvision.ops import MultiScaleRoIAlign

from engine.detect.assign import Targets, lesson_of
from engine.detect.detections import Detections
from engine.zoo.efficientnet_lite import EfficientNetLite0
from engine.zoo.pyramid import STRIDES, Pyramid, without_classifier

RATIOS = (0.5, 1.0, 2.0)  # height ÷ width of an anchor: 2:1, 1:1, 1:2
SIDES = tuple((4 * s, 8 * s) for s in STRIDES)  # pixels: 32 and 64, 64 and 128, 128 and 256
POOL = 7  # cells along each side of a pooled region
HIDDEN = 256  # neurons of the second stage; 1,024 in the paper

# torchvision's names of the losses -> the names shown; "objectness" and "proposals" are the first stage
PARTS = {
    "loss_classifier": "class",
    "loss_box_reg": "box",
    "loss_objectness": "objectness",
    "loss_rpn_box_reg": "proposals",
    "loss_mask": "mask",
}


class Backbone(nn.Module):
    """Encoder and pyramid as torchvision wants them: named maps, and `out_channels` of each."""

    def __init__(self, encoder: EfficientNetLite0 | None = None, *, width: int = 96) -> None:
        super().__init__()
        self.encoder = without_classifier(encoder or EfficientNetLite0())
        self.neck = Pyramid(width=width, up_again=False)  # the papers' FPN goes down only
        self.out_channels = width

    def forward(self, x: Tensor) -> OrderedDict[str, Tensor]:
        """(B, 3, H, W) in [0, 1] -> "0", "1", "2": (B, width, H / 8, W / 8), / 16, / 32; float32 for RoIAlign."""
        return OrderedDict((str(i), m.float()) for i, m in enumerate(self.neck(self.encoder.pyramid(x))))


class AsTheyCome(GeneralizedRCNNTransform):
    """Pictures go in as they are: already on the canvas they shall be seen on, and the encoder takes [0, 1]."""

    def __init__(self) -> None:
        super().__init__(min_size=0, max_size=0, image_mean=[0.0] * 3, image_std=[1.0] * 3)

    def resize(self, image: Tensor, target: dict[str, Tensor] | None = None) -> tuple[Tensor, dict[str, Tensor] | None]:
        return image, target


def faster_rcnn(classes: int, encoder: EfficientNetLite0 | None = None, *, width: int = 96) -> FasterRCNN:
    """Faster R-CNN for `classes` kinds of objects; inside it class 0 is the ground and ours begin at 1."""
    network = FasterRCNN(Backbone(encoder, width=width), **_two_stages(classes, width))
    network.transform = AsTheyCome()
    return network


def mask_rcnn(classes: int, encoder: EfficientNetLite0 | None = None, *, width: int = 96) -> MaskRCNN:
    """Mask R-CNN: the same and, for each box, 28 × 28 pixels that are the object or not."""
    names = [str(i) for i in range(len(STRIDES))]
    network = MaskRCNN(
        Backbone(encoder, width=width),
        **_two_stages(classes, width),
        mask_roi_pool=MultiScaleRoIAlign(names, output_size=14, sampling_ratio=2),
        mask_head=MaskRCNNHeads(width, (width, width), dilation=1),
        mask_predictor=MaskRCNNPredictor(width, width, classes + 1),
    )
    network.transform = AsTheyCome()
    return network


def _two_stages(classes: int, width: int) -> dict[str, Any]:
    names = [str(i) for i in range(len(STRIDES))]
    return {
        "rpn_anchor_generator": AnchorGenerator(SIDES, (RATIOS,) * len(SIDES)),
        "box_roi_pool": MultiScaleRoIAlign(names, output_size=POOL, sampling_ratio=2),
        "box_head": TwoMLPHead(width * POOL * POOL, HIDDEN),
        "box_predictor": FastRCNNPredictor(HIDDEN, classes + 1),
        "rpn_pre_nms_top_n_train": 600,
        "rpn_post_nms_top_n_train": 300,
        "rpn_pre_nms_top_n_test": 400,
        "rpn_post_nms_top_n_test": 150,
        "rpn_batch_size_per_image": 128,
        "box_batch_size_per_image": 128,
        "box_score_thresh": 0.01,
    }


def losses(
    network: GeneralizedRCNN, pictures: Tensor, targets: Targets, masks: Sequence[Tensor] | None = None
) -> dict[str, Tensor]:
    """What both stages got wrong, by the names of `PARTS`; their sum is what training makes small.

    Args:
        network:  in train mode.
        pictures: (B, 3, H, W) float32 in [0, 1].
        targets:  as for `engine.detect.loss.loss`; crowds are left out.
        masks:    for each picture (n, H, W) uint8 or bool, for Mask R-CNN.
    """
    given = []
    for i, (boxes, labels) in enumerate(targets):
        lesson = lesson_of([(boxes, labels)], (pictures.shape[2], pictures.shape[3]), pictures.device)
        real = lesson.labels >= 0
        target = {"boxes": lesson.boxes[real], "labels": lesson.labels[real] + 1}
        if masks is not None:
            target["masks"] = masks[i].to(pictures.device)[lesson.origins[real]].to(torch.uint8)
        given.append(target)
    found: dict[str, Tensor] = network(list(pictures), given)
    return {PARTS[name]: value for name, value in found.items()}


def detect(network: GeneralizedRCNN, pictures: Tensor, *, score: float = 0.05, limit: int = 100) -> list[Detections]:
    """The objects in each of (B, 3, H, W) pictures, best first, in their pixels; `network` is in eval mode."""
    with torch.inference_mode():
        found = network(list(pictures))
    return [_detections(one, score=score, limit=limit) for one in found]


def _detections(found: dict[str, Tensor], *, score: float, limit: int) -> Detections:
    masks = (found["masks"][:, 0] >= 0.5).cpu().numpy() if "masks" in found else None  # (N, H, W)
    boxes, labels = found["boxes"].float().cpu().numpy(), found["labels"].cpu().numpy() - 1
    every = Detections(boxes, found["scores"].float().cpu().numpy(), labels, masks)
    best = every.scores.argsort(kind="stable")[::-1][:limit]
    return every.at(best).above(score)
