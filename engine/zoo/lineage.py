"""The line of the lectures: LeNet-5, AlexNet, GoogLeNet, VGG-16, ResNet-50 (rows 4, 42–47), and what each costs here.

The networks are in their full size, as torchvision builds them; their weights are not needed for counting and timing.
`recipe` names our small version that can be trained on CIFAR-10 in minutes.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

import torch
from torch import Tensor, nn

from engine.cards import unknown
from engine.devices import cores
from engine.jobs import Job, Progress
from engine.text import Text

REPEATS = 5
_COUNTING = Text("Counting weights and multiplications", "가중치와 곱셈 세기")
_TIMING = Text("Letting it look at one picture", "그림 한 장 보게 하기")


@dataclass(frozen=True, slots=True)
class Ancestor:
    """One network of the line.

    side, channels: of the picture it was made for. top5: error on ImageNet in the challenge, in per cent; None where
    it did not take part. recipe: the small version to train here. note: where lectures or copies disagree.
    """

    id: str
    name: str
    year: int
    paper: str
    idea: Text
    side: int
    channels: int
    recipe: str
    build: Callable[[], nn.Module]
    top5: float | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer or block of a network as it works on one picture.

    shape: (channels, height, width) or (neurons,) that come out. parameters: numbers learnt. macs: multiplications
    (each with its addition). back: part of the half that classifies.
    """

    name: str
    shape: tuple[int, ...]
    parameters: int
    macs: int
    back: bool


@dataclass(frozen=True, slots=True)
class Anatomy:
    """A network counted: its layers, all its parameters and multiplications for one picture."""

    id: str
    layers: tuple[Layer, ...]
    parameters: int
    macs: int


@dataclass(frozen=True, slots=True)
class Timed:
    """What one picture takes: median of `count` forward passes in float32, the fastest and slowest beside."""

    id: str
    milliseconds: float
    fastest: float
    slowest: float
    count: int
    threads: int


def _lenet() -> nn.Module:
    from engine.zoo import lenet

    return lenet.digits(dropout=0.0)


def _published(name: str, **arguments: bool) -> Callable[[], nn.Module]:
    def build() -> nn.Module:
        made: nn.Module = getattr(import_module("torchvision.models"), name)(**arguments)
        return made

    return build


LINE: tuple[Ancestor, ...] = (
    Ancestor(
        "lenet-5",
        "LeNet-5",
        1998,
        "LeCun, Bottou, Bengio, Haffner, Proc. IEEE 1998",
        Text(
            "Convolution and pooling by turns, learnt from end to end. It read cheques.",
            "합성곱과 풀링을 번갈아 쌓고 처음부터 끝까지 학습했어요. 은행 수표를 읽었어요.",
        ),
        28,
        1,
        "cifar-lenet5",
        _lenet,
    ),
    Ancestor(
        "alexnet",
        "AlexNet",
        2012,
        "Krizhevsky, Sutskever, Hinton, NIPS 2012",
        Text(
            "Larger, on two graphics cards, with ReLU and dropout. It nearly halved the error of ImageNet.",
            "더 크게, 그래픽 카드 두 장으로, ReLU와 dropout을 썼어요. ImageNet 오류가 거의 절반이 됐어요.",
        ),
        224,
        3,
        "cifar-alexnet-mini",
        _published("alexnet"),
        16.4,
        Text(
            "torchvision’s copy follows the one-card version of 2014, without local response normalisation.",
            "torchvision 것은 2014년의 카드 한 장짜리 구조이고 LRN이 없어요.",
        ),
    ),
    Ancestor(
        "googlenet",
        "GoogLeNet",
        2014,
        "Szegedy et al., CVPR 2015",
        Text(
            "Wide as well as deep: kernels of several sizes side by side, 1×1 convolutions to save.",
            "깊이와 함께 폭도 넓혔어요. 크기가 다른 커널이 나란히 있고 1×1 합성곱으로 아껴요.",
        ),
        224,
        3,
        "cifar-inception-mini",
        _published("googlenet", aux_logits=False, init_weights=False),
        6.7,
        Text(
            "torchvision’s copy has batch norm, and 3×3 where the paper has 5×5.",
            "torchvision 것은 batch norm이 있고, 논문의 5×5 자리가 3×3이에요.",
        ),
    ),
    Ancestor(
        "vgg16",
        "VGG-16",
        2014,
        "Simonyan, Zisserman, ICLR 2015",
        Text(
            "Nothing but 3×3 convolutions in a row. Simple, so it was copied most.",
            "3×3 합성곱만 줄지어 있어요. 단순해서 가장 많이 따라 썼어요.",
        ),
        224,
        3,
        "cifar-vgg-mini",
        _published("vgg16", init_weights=False),
        7.3,
        Text(
            "One lecture calls it the winner of 2014. It was second in classification, behind GoogLeNet, and first in localisation.",
            "한 강의는 2014년 우승이라고 하지만, 분류에서는 GoogLeNet에 이어 2위였어요. 위치 찾기에서는 1위였어요.",
        ),
    ),
    Ancestor(
        "resnet50",
        "ResNet-50",
        2015,
        "He, Zhang, Ren, Sun, CVPR 2016",
        Text(
            "A skip past every block: F(x) + x. A hundred layers and more can be trained.",
            "블록마다 건너뛰는 길을 뒀어요: F(x) + x. 백 층이 넘어도 학습할 수 있어요.",
        ),
        224,
        3,
        "cifar-resnet",
        _published("resnet50"),
        3.57,
        Text(
            "The 3.57 % of 2015 are of several networks together, with up to 152 layers.",
            "2015년의 3.57\u2009%는 최대 152층인 신경망 여럿을 함께 쓴 값이에요.",
        ),
    ),
)


def ancestor(id: str) -> Ancestor:
    """The network with this id. Raises `LabError` naming those that exist."""
    for one in LINE:
        if one.id == id:
            return one
    raise unknown(Text("network", "신경망"), id, [one.id for one in LINE])


def count_of(id: str) -> Job:
    """Count a network of the line; a job that returns its `Anatomy`. Takes no memory: weights are not made."""
    one = ancestor(id)
    yield Progress(0, 1, _COUNTING)
    with torch.device("meta"):
        network = one.build().eval()
        return anatomy(id, network, torch.empty(1, one.channels, one.side, one.side))


def anatomy(id: str, network: nn.Module, picture: Tensor) -> Anatomy:
    """What `network` does with one (1, C, H, W) picture, layer by layer; meta tensors will do."""
    units = _units(network)
    answers: dict[nn.Module, tuple[int, ...]] = {}
    macs: dict[nn.Module, int] = {}

    def seen(module: nn.Module, _given: object, answer: Tensor) -> None:
        answers[module] = tuple(answer.shape[1:])

    def counted(module: nn.Conv2d | nn.Linear, _given: object, answer: Tensor) -> None:
        macs[module] = macs.get(module, 0) + _macs(module, answer)

    mixing = [m for m in network.modules() if isinstance(m, (nn.Conv2d, nn.Linear))]
    handles = [unit.register_forward_hook(seen) for unit in units.values()]
    handles += [module.register_forward_hook(counted) for module in mixing]
    try:
        with torch.inference_mode():
            network(picture)
    finally:
        for handle in handles:
            handle.remove()
    layers = tuple(
        Layer(
            name,
            answers[unit],
            sum(p.numel() for p in unit.parameters()),
            sum(macs.get(module, 0) for module in unit.modules()),
            back=len(answers[unit]) == 1,
        )
        for name, unit in units.items()
        if unit in answers
    )
    return Anatomy(id, layers, sum(p.numel() for p in network.parameters()), sum(macs.values()))


def _units(network: nn.Module) -> dict[str, nn.Module]:
    """What is drawn as one box: convolutions and linear layers, and blocks whose parts do not stand in a row."""
    found: dict[str, nn.Module] = {}

    def walk(module: nn.Module, name: str) -> None:
        if isinstance(module, (nn.Conv2d, nn.Linear)) or _is_block(module):
            found[name or "0"] = module
            return
        for part, child in module.named_children():
            walk(child, f"{name}.{part}" if name else part)

    walk(network, "")
    return {name.removeprefix("layers.").removesuffix(".conv"): unit for name, unit in found.items()}


def _is_block(module: nn.Module) -> bool:
    """True for inception and residual blocks: several convolutions that do not simply follow each other."""
    return type(module).__name__ in ("Inception", "Bottleneck", "BasicBlock", "Residual")


def _macs(module: nn.Conv2d | nn.Linear, answer: Tensor) -> int:
    """Multiplications for one picture: for each number of the answer as many as the kernel has weights."""
    if isinstance(module, nn.Conv2d):
        kernel = module.weight.shape[1:].numel()
        return int(answer.shape[1:].numel() * kernel)
    return int(module.weight.numel())  # a linear layer: every weight once


def time_of(id: str, *, repeats: int = REPEATS) -> Job:
    """Let a network look at one picture on this machine's processor; a job that returns `Timed`.

    Its weights are made of one small number each: how long a multiplication takes does not depend on the number,
    as long as none is so small that the processor slows down.
    """
    one = ancestor(id)
    yield Progress(0, repeats + 1, _TIMING)
    with torch.device("meta"):
        network = one.build().eval()
    network.to_empty(device="cpu")
    with torch.no_grad():
        for tensor in (*network.parameters(), *network.buffers()):
            if tensor.is_floating_point():
                tensor.fill_(0.01)
    torch.set_num_threads(cores())
    picture, taken = torch.full((1, one.channels, one.side, one.side), 0.5), list[float]()
    with torch.inference_mode():
        for number in range(repeats + 1):
            began = time.perf_counter()
            network(picture)
            taken.append(1000 * (time.perf_counter() - began))
            yield Progress(number + 1, repeats + 1, _TIMING)
    kept = taken[1:]  # the first also makes room
    return Timed(id, statistics.median(kept), min(kept), max(kept), len(kept), cores())
