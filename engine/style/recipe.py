"""The recipe of the fast painter (lecture row 99): one network for every bundled style."""

from __future__ import annotations

from typing import Any

from torch import nn

from engine.cards import Card, Explanation, Task
from engine.style.lesson import LESSON, PainterSettings
from engine.style.painter import Painter
from engine.text import Text
from engine.train.recipe import Block, Recipe


def _painter(**arguments: Any) -> nn.Module:
    return Painter(**arguments)


STYLE = Recipe(
    card=Card(
        id="style",
        task=Task.STYLE,
        name=Text("Fast painter", "빠른 화가"),
        summary=Text(
            "Repaints a photograph in one pass, in any of its styles or between them.",
            "사진을 한 번에 다시 그려요. 여러 화풍과 그 사이도 그려요.",
        ),
        source="26 photographs of COCO 2017 under CC BY and CC BY-SA; the paintings that come with the app",
        paper="Johnson, Alahi, Fei-Fei, Perceptual losses for real-time style transfer, ECCV 2016; "
        "Dumoulin, Shlens, Kudlur, A learned representation for artistic style, ICLR 2017",
        explanation=Explanation(
            Text("One network, many styles", "신경망 하나, 여러 화풍 (conditional instance norm)"),
            Text(
                "Move between two styles: colours and strokes change together, without a jump.",
                "두 화풍 사이를 움직여 보세요. 색과 붓질이 끊김 없이 함께 바뀌어요.",
            ),
            Text(
                "All styles share the convolutions. Each has a row of numbers of its own that scales and shifts every map.",
                "합성곱은 모든 화풍이 함께 써요. 화풍마다 다른 것은 맵을 키우고 옮기는 숫자 한 줄뿐이에요.",
            ),
            "z = γₛ · (x − μ(x)) / σ(x) + βₛ",
        ),
        rows=(99, 100),
        data_licence="CC-BY-2.0 and CC-BY-SA-2.0 (photographs); public domain (paintings)",
        weights_licence="CC-BY-SA-2.0",
    ),
    defaults=PainterSettings(
        learning_rate=3e-3, weight_decay=0.0, held_out=4, batch_size=4, keep_checkpoints=4, epochs=700.0
    ),
    datasets=("free-photos", "coco_small", "flickr8k"),
    layers=(
        Block("input", 3, 256),
        *(Block(name, c, s) for name, c, s in (("stem", 16, 128), ("down", 48, 64), ("blocks", 48, 64))),
        *(Block(name, c, s, back=True) for name, c, s in (("up", 16, 128), ("last", 16, 256), ("out", 3, 256))),
    ),
    make=_painter,
    lesson=LESSON,
    architecture=("styles", "width", "blocks"),
    checks=0.01,
)

RECIPES = (STYLE,)
