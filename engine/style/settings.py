"""What a person may set of a painting: size, how long, what counts how much, which layers are compared."""

from __future__ import annotations

from dataclasses import dataclass

from engine.fields import setting
from engine.text import Text, same

NETWORKS = (
    ("efficientnet-lite0", same("EfficientNet-Lite0")),
    ("vgg19", same("VGG-19")),
    ("vgg19-random", Text("VGG-19, random weights", "VGG-19, 무작위 가중치")),
)


@dataclass(frozen=True, slots=True)
class StyleSettings:
    """Settings of `engine.style.gatys.paint`.

    size:           longer side of the painting, pixels. evaluations: of the loss at the coarsest size.
    content, style, smooth: weights of the three losses, each of which is 1 for a picture that has nothing right.
    content_layers, style_layers: names of `Features.layers`; empty for the network's usual ones.
    """

    size: int = setting(256, Text("Longer side", "긴 변"), low=64, high=2048, unit=" px")
    evaluations: int = setting(160, Text("Evaluations", "계산 횟수"), low=1, high=2000)
    content: float = setting(1.0, Text("Content weight", "내용 가중치"), low=0.0, high=100.0)
    style: float = setting(40.0, Text("Style weight", "화풍 가중치"), low=0.0, high=10_000.0)
    smooth: float = setting(10.0, Text("Smoothness", "매끄러움"), low=0.0, high=100.0)
    colours: bool = setting(False, Text("Keep the photo’s colours", "사진 색 유지"))
    optimiser: str = setting(
        "lbfgs", Text("Optimiser", "최적화"), choices=(("lbfgs", same("L-BFGS")), ("adam", same("Adam")))
    )
    start: str = setting(
        "photo",
        Text("Start from", "시작"),
        choices=(("photo", Text("the photo", "사진")), ("noise", Text("noise", "잡음"))),
    )
    network: str = setting("efficientnet-lite0", Text("Network", "신경망"), choices=NETWORKS)
    content_layers: tuple[str, ...] = ()
    style_layers: tuple[str, ...] = ()
