"""Recipes that learn to segment street scenes (lecture rows 82, 86, 88, 89)."""

from __future__ import annotations

from dataclasses import replace

from engine.cards import Card, Explanation, Task
from engine.segment.lesson import Segment
from engine.text import Text, same
from engine.train.recipe import Block, Recipe
from engine.train.settings import PhotoSettings
from engine.zoo import segmenters

_TERMS = "CC-BY-NC-4.0 (CamVid, University of Cambridge; research and personal use)"
_CLASSES = (
    *(Text("sky", "하늘"), Text("building", "건물"), Text("pole", "기둥"), Text("road", "도로")),
    *(Text("pavement", "인도"), Text("tree", "나무"), Text("sign", "표지판"), Text("fence", "울타리")),
    *(Text("car", "자동차"), Text("pedestrian", "보행자"), Text("bicyclist", "자전거 탄 사람")),
)
_PHOTOS = PhotoSettings(epochs=60.0, batch_size=8, learning_rate=2e-3, weight_decay=0.02, held_out=24, average=0.995)

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
    # Small crops: what it learns is near a pixel, and twice as many photographs are seen in an hour. Every pixel is
    # scored: of four equal values pooling remembers the first, so the other three come back empty and must be learnt
    # too. With every second row and column alone three quarters of a clear sky were never looked at (IoU 0.24).
    # Small batches, because it needs steps more than calm ones; rare classes weigh more than elsewhere, or drawn weights
    # never come to see a pole.
    defaults=replace(
        _PHOTOS, epochs=80.0, batch_size=4, width=256, height=192, learning_rate=2e-3, pretrained=False, every=1
    ),
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

RECIPES = (CAMVID_PYRAMID, CAMVID_SEGNET)
