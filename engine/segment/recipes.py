"""Recipes that learn to segment street scenes (lecture rows 82, 86, 88, 89)."""

from __future__ import annotations

from dataclasses import asdict, replace
from functools import partial

from engine.cards import Card, Explanation, Task
from engine.segment.lesson import Segment
from engine.text import Text, same
from engine.train.recipe import Block, Recipe
from engine.train.settings import PhotoSettings, SkipSettings
from engine.zoo import segmenters

_TERMS = "CC-BY-NC-4.0 (CamVid, University of Cambridge; research and personal use)"
_CLASSES = (
    *(Text("sky", "하늘"), Text("building", "건물"), Text("pole", "기둥"), Text("road", "도로")),
    *(Text("pavement", "인도"), Text("tree", "나무"), Text("sign", "표지판"), Text("fence", "울타리")),
    *(Text("car", "자동차"), Text("pedestrian", "보행자"), Text("bicyclist", "자전거 탄 사람")),
)
_PHOTOS = PhotoSettings(epochs=60.0, batch_size=8, learning_rate=2e-3, weight_decay=0.02, held_out=24, average=0.995)

# Small crops: what these learn is near a pixel, and twice as many photographs are seen in an hour. Every pixel is scored:
# of four equal values SegNet's pooling remembers the first, so the other three come back empty and must be learnt too
# (U-Net's transposed convolutions have weights of their own for each of the four). With every second row and column
# alone three quarters of a clear sky were never looked at (IoU 0.24). Small batches, because drawn weights need steps
# more than calm ones; rare classes weigh more than elsewhere, or they never come to see a pole.
_FROM_NOTHING = replace(_PHOTOS, epochs=80.0, batch_size=4, width=256, height=192, pretrained=False, every=1)

CAMVID_PYRAMID = Recipe(
    card=Card(
        id="camvid-pyramid",
        task=Task.SEGMENT,
        name=Text("Street scenes, pyramid", "거리 장면, 피라미드"),
        summary=Text(
            "EfficientNet-Lite0 with a feature pyramid: the best segmenter here.",
            "EfficientNet-Lite0와 특징 피라미드. 여기서 가장 좋은 분할 신경망.",
        ),
        source="CamVid as packed for SegNet (367 train, 101 val)",
        paper="Lin et al., Feature pyramid networks, CVPR 2017; Kirillov et al., Panoptic FPN, CVPR 2019",
        explanation=Explanation(
            Text("Feature pyramid", "특징 피라미드 (feature pyramid)"),
            Text(
                "Coarse areas are right at once; edges sharpen later.",
                "큰 영역이 먼저 맞고, 경계는 나중에 또렷해져요.",
            ),
            Text(
                "Deep maps know what is there, shallow maps know exactly where. Adding them level by level gives both.",
                "깊은 맵은 무엇인지 알고 얕은 맵은 어디인지 정확히 알아요. 단계마다 더하면 둘 다 얻어요.",
            ),
            "Pₗ = conv(Cₗ) + up(Pₗ₊₁)",
        ),
        rows=(57, 62, 83, 85, 89),
        data_licence=_TERMS,
        weights_licence=_TERMS,
    ),
    defaults=_PHOTOS,
    datasets=("camvid",),
    layers=(
        Block("input", 3, 384),
        Block("encoder", 320, 12),
        Block("context", 96, 12),
        Block("pyramid", 96, 96, back=True),
        Block("classes", 11, 384, back=True),
    ),
    make=segmenters.LitePyramid,
    lesson=Segment(),
    architecture=(),
    checks=1,
    pack="restricted",
    classes=_CLASSES,
    pretrain=segmenters.put_pretrained,
)

CAMVID_SEGNET = Recipe(
    card=Card(
        id="camvid-segnet",
        task=Task.SEGMENT,
        name=same("SegNet"),
        summary=Text("Unpooling puts maxima back where they were.", "언풀링이 최댓값을 제자리에 돌려놓아요."),
        source="CamVid as packed for SegNet (367 train, 101 val)",
        paper="Badrinarayanan, Kendall, Cipolla, SegNet, PAMI 2017",
        explanation=Explanation(
            same("SegNet"),
            Text(
                "Look at thin poles: they need the remembered places.", "가는 기둥을 보세요. 기억해 둔 자리가 필요해요."
            ),
            Text(
                "Each pooling remembers which of four pixels was largest. The way back puts the value there again.",
                "풀링마다 네 픽셀 중 어느 것이 가장 컸는지 기억해요. 돌아올 때 값을 그 자리에 다시 놓아요.",
            ),
            "unpool(y)ᵢ = y if i = argmax else 0",
        ),
        rows=(85, 88, 89),
        data_licence=_TERMS,
        weights_licence=_TERMS,
    ),
    defaults=_FROM_NOTHING,
    datasets=("camvid",),
    layers=(
        Block("input", 3, 384),
        *(Block(f"down{i}", c, s) for i, (c, s) in enumerate(((24, 192), (48, 96), (72, 48), (96, 24)), 1)),
        *(Block(f"up{i}", c, s, back=True) for i, (c, s) in enumerate(((72, 48), (48, 96), (24, 192), (24, 384)), 1)),
        Block("classes", 11, 384, back=True),
    ),
    make=lambda: segmenters.SegNet(width=24),
    lesson=Segment(balance=0.6),
    architecture=(),
    checks=1,
    pack="restricted",
    classes=_CLASSES,
)

CAMVID_FCN = Recipe(
    card=Card(
        id="camvid-fcn",
        task=Task.SEGMENT,
        name=same("FCN-8s"),
        summary=Text(
            "A classifier made of convolutions answers everywhere at once.",
            "합성곱만으로 된 분류기가 모든 곳에 한 번에 답해요.",
        ),
        source="CamVid as packed for SegNet (367 train, 101 val)",
        paper="Long, Shelhamer, Darrell, Fully convolutional networks for semantic segmentation, CVPR 2015",
        explanation=Explanation(
            Text("Fully convolutional network", "완전 합성곱 신경망 (FCN)"),
            Text(
                "Large areas come first; edges stay round, because answers are given at every eighth pixel.",
                "넓은 영역이 먼저 맞아요. 여덟 픽셀마다 답하므로 경계는 둥글게 남아요.",
            ),
            Text(
                "Fully connected layers become 1×1 convolutions, so one pass gives a map of scores. Coarse scores are "
                "enlarged by transposed convolutions and added to finer ones.",
                "완전 연결 층을 1×1 합성곱으로 바꾸면 한 번에 점수 맵이 나와요. 거친 점수를 전치 합성곱으로 키워 더 고운 점수에 더해요.",
            ),
            "s₈ = score(C₃) + up₂(score(C₄) + up₂(score(C₅)))",
        ),
        rows=(81, 82, 85),
        data_licence=_TERMS,
        weights_licence=_TERMS,
    ),
    defaults=replace(_FROM_NOTHING, every=2),  # bilinear by 8 at the end: neighbours say nearly the same
    datasets=("camvid",),
    layers=(
        Block("input", 3, 384),
        *(Block(f"down{i}", c, s) for i, (c, s) in enumerate(((32, 192), (64, 96), (96, 48), (128, 24), (128, 12)), 1)),
        *(Block(f"scores{i}", 11, s, back=True) for i, s in ((3, 48), (4, 24), (5, 12))),
        Block("classes", 11, 384, back=True),
    ),
    make=segmenters.FCN,
    lesson=Segment(balance=0.6),
    architecture=(),
    checks=1,
    pack="restricted",
    classes=_CLASSES,
)

CAMVID_UNET = Recipe(
    card=Card(
        id="camvid-unet",
        task=Task.SEGMENT,
        name=same("U-Net"),
        summary=Text(
            "Skips carry fine maps across; switch them off to see.",
            "건너뛰는 길이 고운 맵을 건네요. 꺼서 비교해 보세요.",
        ),
        source="CamVid as packed for SegNet (367 train, 101 val)",
        paper="Ronneberger, Fischer, Brox, U-Net, MICCAI 2015",
        explanation=Explanation(
            same("U-Net"),
            Text(
                "Race it with and without skips: without them thin things melt away.",
                "건너뛰는 길이 있을 때와 없을 때를 겨뤄 보세요. 없으면 가는 것이 녹아 사라져요.",
            ),
            Text(
                "The way down learns what is there, and each of its maps is laid beside the map of the same size on the "
                "way up, so that the place is not lost.",
                "내려가며 무엇이 있는지 배우고, 그 맵을 올라가는 길의 같은 크기 맵 옆에 놓아 위치를 잃지 않아요.",
            ),
            "upₗ = conv([downₗ, up₂(upₗ₊₁)])",
        ),
        rows=(85, 86),
        data_licence=_TERMS,
        weights_licence=_TERMS,
    ),
    defaults=SkipSettings(**asdict(_FROM_NOTHING)),
    datasets=("camvid",),
    layers=(
        Block("input", 3, 384),
        *(Block(f"down{i}", c, s) for i, (c, s) in enumerate(((16, 384), (32, 192), (64, 96), (128, 48), (256, 24)))),
        *(Block(f"up{i}", c, s, back=True) for i, (c, s) in enumerate(((128, 48), (64, 96), (32, 192), (16, 384)), 1)),
        Block("classes", 11, 384, back=True),
    ),
    make=partial(segmenters.UNet, width=16),
    lesson=Segment(balance=0.6),
    architecture=("skips",),
    checks=1,
    pack="restricted",
    classes=_CLASSES,
)

RECIPES = (CAMVID_PYRAMID, CAMVID_FCN, CAMVID_UNET, CAMVID_SEGNET)
