"""A network as source: plain `torch.nn`, with the names that its weights have in the run."""

from __future__ import annotations

import ast
import inspect
from typing import Any

from torch import nn

from engine.errors import LabError
from engine.text import Text
from engine.train.code.layers import own
from engine.zoo.colour import ColourNet
from engine.zoo.digits import MEAN, STD, DigitNet

WIDE = 104  # letters in a line of layers
_NET = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(OrderedDict(
{layers}
        ))

    def forward(self, x):  # (B, {channels}, {side}, {side}) in [0, 1] -> (B, {classes}) scores
        return self.layers((x - {mean}) / {std})
"""


def row_of(network: nn.Module) -> nn.Sequential:
    """The layers of a network that runs one after the other.

    Raises:
        LabError: a network that does more than that, or has layers that a script cannot name.
    """
    if not isinstance(network, (DigitNet, ColourNet)):
        raise LabError(too_large())
    layers_of(network.layers)
    return network.layers


def source_of(network: nn.Module, *, shape: tuple[int, int, int], classes: int) -> str:
    """The classes that make a network for digits, ready to be called as `Net()`.

    Args:
        shape: channels, height and width of a picture. classes: scores it returns.
    Raises:
        LabError: a network whose layers do not stand in one row.
    """
    row = row_of(network)
    layers, own_ones = layers_of(row), own_classes(row)
    net = _NET.format(layers=layers, channels=shape[0], side=shape[1], classes=classes, mean=MEAN, std=STD)
    return f"{own_ones}\n{net}" if own_ones else net


def layers_of(layers: nn.Sequential) -> str:
    """The layers by name, as arguments of an OrderedDict."""
    return "\n".join(_lines([f"{name}={constructor(layer)}," for name, layer in layers.named_children()]))


def own_classes(layers: nn.Sequential) -> str:
    """The source of those layers that torch does not have, each once."""
    found = [one for layer in layers.children() if (one := own(layer))]
    return "\n".join(dict.fromkeys(source for one in found for source in one.sources))


def _lines(words: list[str]) -> list[str]:
    """The layers, each block on one line: a new one begins where something is learnt."""
    lines = [""]
    for word in words:
        begins = any(f"=nn.{kind}" in word for kind in ("Conv", "Linear"))
        if lines[-1] and (begins or len(lines[-1]) + len(word) > WIDE):
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return [f"            {line}" for line in lines]


def too_large() -> Text:
    """Why a run has no short script."""
    return Text(
        "The code of this run does not fit one short script, which has room for a row of layers that learns labelled "
        "pictures. Export it as ONNX or as a torch.export program instead.",
        "이 실행의 코드는 짧은 스크립트 하나에 담기지 않아요. 스크립트에는 라벨이 붙은 그림을 배우는, 층이 한 줄로 선 신경망만 "
        "들어가요. 대신 ONNX나 torch.export 프로그램으로 내보내 보세요.",
    )


def constructor(layer: nn.Module) -> str:
    """The call that makes `layer`, without arguments that are as usual: nn.Conv2d(1, 16, 3, padding=1)."""
    if ours := own(layer):
        return ours.call
    if type(layer).__module__.partition(".")[0] != "torch" or list(layer.children()):
        raise LabError(too_large())
    call = ast.parse(repr(layer), mode="eval").body
    assert isinstance(call, ast.Call)
    usual = {name: one.default for name, one in inspect.signature(type(layer)).parameters.items()}
    words = [_short(ast.literal_eval(value)) for value in call.args]
    for one in call.keywords:
        value = ast.literal_eval(one.value)
        assert one.arg is not None
        if _same(value, usual.get(one.arg)) or one.arg == "inplace":  # in place saves memory and changes no number
            continue
        if one.arg == "stride" and usual["stride"] is None and words == [_short(value)]:
            continue  # a pooling's stride is its size
        required = usual.get(one.arg) is inspect.Parameter.empty
        words.append(_short(value) if required else f"{one.arg}={_short(value)}")
    return f"nn.{type(layer).__name__}({', '.join(words)})"


def _short(value: Any) -> str:
    """3 for (3, 3): a square kernel is one number."""
    if isinstance(value, tuple) and len(value) == 2 and value[0] == value[1]:
        return repr(value[0])
    return repr(value[0]) if isinstance(value, tuple) and len(set(value)) == 1 else repr(value)


def _same(value: Any, usual: Any) -> bool:
    return bool(value == usual) or (isinstance(value, tuple) and all(one == usual for one in value))
