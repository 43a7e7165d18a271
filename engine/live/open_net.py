"""Open the net: what every layer makes of a picture, its kernels, and where a class was seen (lecture rows 5, 6, 23).

The front half extracts features as maps, the back half classifies; `Part.back` marks it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar

import cv2
import numpy as np
import torch
from torch import Tensor, nn

from engine.cards import Task
from engine.data.pictures import ink_of
from engine.errors import LabError
from engine.jobs import Event, Job
from engine.live.cam import class_activation_map, grad_cam, shares
from engine.memory import kept
from engine.models.imagenet import middle_of, names
from engine.read import BUNDLED, centred
from engine.text import Text, same
from engine.zoo.efficientnet_lite import InvertedBottleneck

LITE0 = "efficientnet-lite0"
OURS = ((LITE0, same("EfficientNet-Lite0")), (BUNDLED, Text("Digits: deep CNN", "숫자: 깊은 CNN")))
"""The networks that came with the app: id and name."""
TOP = 5
_RELUS = (nn.ReLU, nn.ReLU6, nn.Hardswish, nn.SiLU, nn.GELU)
Prepare = Callable[[np.ndarray], tuple[Tensor, np.ndarray]]


@dataclass(frozen=True, slots=True)
class Part:
    """One layer as the diagram shows it.

    kind:       "conv", "block" (several convolutions in one) or "dense".
    back:       a part of the half that classifies.
    shape:      what comes out: (channels, height, width), or (neurons,).
    parameters: numbers that were learnt. kernel: side of its kernels in pixels, 0 without.
    """

    id: str
    name: Text
    kind: str
    back: bool
    shape: tuple[int, ...]
    parameters: int
    kernel: int


@dataclass(frozen=True, slots=True)
class Wish:
    """What to look at. layer: index of the part. target: the class of the heat map, None = the best answer.

    heat: whether to make a heat map at all. heat_here: at the chosen layer; else at the last one that has maps.
    """

    net: str = LITE0
    layer: int = 0
    target: int | None = None
    heat: bool = True
    heat_here: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Looked(Event):
    """What a network did with one picture.

    seen:    (S, S) or (S, S, 3) uint8, what it got. parts: its layers.
    classes: the five best, best first; probabilities (5,) float32 beside.
    maps:    (C, h, w) float32 of the chosen layer; (neurons, 1, 1) in the back half.
    kernels: (n, k, k) or (n, k, k, 3) float32 of the chosen layer, None where they are 1×1 or dense.
    zeros:   for every part the share of activations that are 0 after its last ReLU, nan where it has none.
    heat:    (h, w) float32 in [0, 1] where `target` was seen, None when not wished.
    backward: True when the heat map needed a backward pass (Grad-CAM).
    """

    wish: Wish
    seen: np.ndarray
    parts: tuple[Part, ...]
    classes: tuple[int, ...]
    probabilities: np.ndarray
    maps: np.ndarray
    kernels: np.ndarray | None
    zeros: tuple[float, ...]
    target: int
    heat: np.ndarray | None
    backward: bool
    milliseconds: float
    latest_only: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A layer with the modules behind it. out: whose answer is shown. relus: where zeros are counted."""

    id: str
    name: Text
    kind: str
    back: bool
    out: nn.Module
    relus: tuple[nn.Module, ...]
    convs: tuple[nn.Conv2d, ...]
    owned: tuple[nn.Module, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Net:
    """A network taken apart. mean_then: the linear layer behind the mean of the last map, None without such."""

    id: str
    network: nn.Module
    units: tuple[Unit, ...]
    prepare: Prepare
    names: Sequence[Text]
    mean_then: nn.Linear | None


def nets() -> tuple[tuple[str, Text], ...]:
    """The networks that can be opened: those that came with the app, and downloaded classifiers."""
    from engine.models.card import Where
    from engine.models.official import official_cards
    from engine.models.store import place_of

    here = [c for c in official_cards() if c.task is Task.CLASSIFY and place_of(c).where is not Where.MISSING]
    return (*OURS, *((c.id, c.name) for c in here if "features" not in c.id))


def class_names(id: str) -> Sequence[Text]:
    """The classes of a network that was opened before."""
    return net(id).names


def list_nets() -> Job:
    """`nets` as a job."""
    return nets()
    yield  # a job without events


@kept(3)
def net(id: str) -> Net:
    """A network, taken apart. Raises `LabError` when its weights are not here."""
    if id == LITE0:
        return _lite0()
    return _digits() if id == BUNDLED else _official(id)


def _photo(rgb: np.ndarray) -> tuple[Tensor, np.ndarray]:
    seen = middle_of(rgb)
    return torch.from_numpy(seen).permute(2, 0, 1)[None].float().div_(255), seen  # (1, 3, 224, 224)


def _lite0() -> Net:
    from engine.live.teach import encoder

    network = encoder()
    blocks = [block for block in network.stages.modules() if isinstance(block, InvertedBottleneck)]
    units = [_unit("stem", Text("Stem", "첫 층"), "conv", network.stem)]
    for number, block in enumerate(blocks, start=1):
        units.append(_unit(f"block{number}", Text("Block {n}", "블록 {n}")(n=number), "block", block))
    units.append(_unit("head", Text("Last map", "마지막 맵"), "conv", network.head))
    units.append(_unit("classifier", Text("Classifier", "분류기"), "dense", network.classifier, back=True))
    return Net(LITE0, network, tuple(units), _photo, names(), network.classifier)


def _unit(id: str, name: Text, kind: str, module: nn.Module, *, back: bool = False) -> Unit:
    inside = list(module.modules())
    relus = tuple(m for m in inside if isinstance(m, _RELUS))
    convs = tuple(m for m in inside if isinstance(m, nn.Conv2d))
    return Unit(id, name, kind, back, module, relus, convs, (module,))


def _ink(rgb: np.ndarray) -> tuple[Tensor, np.ndarray]:
    grey = rgb if rgb.ndim == 2 else cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    seen = centred(ink_of(grey))
    return torch.from_numpy(seen)[None, None].float().div_(255), seen  # (1, 1, 28, 28)


def _digits() -> Net:
    from engine.train.recipes import recipe
    from engine.zoo.digits import DigitNet
    from engine.zoo.weights import open_weights, put

    tensors, card = open_weights(BUNDLED)
    network = recipe(BUNDLED).make(**card["build"])
    put(network, tensors, BUNDLED)
    assert isinstance(network, DigitNet)
    network.eval()
    layers = dict(network.layers.named_children())
    units = []
    for number in range(1, 7):
        conv, relu = layers[f"conv{number}"], layers[f"relu{number}"]
        assert isinstance(conv, nn.Conv2d)
        owned = tuple(layers[name] for name in (f"conv{number}", f"norm{number}") if name in layers)
        name = Text("Convolution {n}", "합성곱 {n}")(n=number)
        units.append(Unit(f"conv{number}", name, "conv", False, relu, (relu,), (conv,), owned))
    hidden, out = layers["fc1"], layers["fc2"]
    relu = layers["relu_fc1"]
    units.append(Unit("fc1", Text("Hidden layer", "은닉층"), "dense", True, relu, (relu,), (), (hidden,)))
    units.append(Unit("fc2", Text("Ten scores", "점수 10개"), "dense", True, out, (), (), (out,)))
    return Net(BUNDLED, network, tuple(units), _ink, [same(str(i)) for i in range(10)], None)


def _official(id: str) -> Net:
    from engine.models.official import open_official, published_as
    from engine.models.store import model

    card = model(id)
    if card.task is not Task.CLASSIFY:
        text = Text("{name} names nothing in a picture; choose a classifier.", "{name} 모델은 분류 모델이 아니에요.")
        raise LabError(text(name=card.name))
    network, transforms = open_official(card).eval(), published_as(card)[1].transforms()

    def prepare(rgb: np.ndarray) -> tuple[Tensor, np.ndarray]:
        x = transforms(torch.from_numpy(np.ascontiguousarray(rgb)).permute(2, 0, 1))[None]
        side = int(x.shape[-1])
        return x, middle_of(rgb, side=side, resized=round(side / 0.875))

    return taken_apart(id, network, prepare, names())


def taken_apart(id: str, network: nn.Module, prepare: Prepare, classes: Sequence[Text]) -> Net:
    """Any classifier as units: its children and theirs, in the order in which they ran on a grey picture."""
    wanted = {m: f"{a}.{b}" for a, part in network.named_children() for b, m in part.named_children()}
    wanted |= {m: a for a, m in network.named_children() if not list(m.children())}
    order: list[tuple[nn.Module, int]] = []
    x, _ = prepare(np.full((256, 256, 3), 127, np.uint8))
    handles = [m.register_forward_hook(lambda m, _x, y: order.append((m, y.ndim))) for m in wanted]
    try:
        with torch.inference_mode():
            network(x)
    finally:
        for handle in handles:
            handle.remove()
    units = []
    for module, rank in order:
        learns = any(True for _ in module.parameters())
        if learns and not isinstance(module, nn.modules.batchnorm._BatchNorm) and rank in (2, 4):
            kind = "dense" if rank == 2 else "conv" if isinstance(module, nn.Conv2d) else "block"
            units.append(_unit(wanted[module], same(wanted[module]), kind, module, back=rank == 2))
    last = [u.out for u in units if u.back]
    mean_then = last[0] if len(last) == 1 and isinstance(last[0], nn.Linear) else None
    front = [u for u in units if not u.back]
    fits = mean_then is not None and front and _channels(network, front[-1].out, x) == mean_then.in_features
    return Net(id, network, tuple(units), prepare, classes, mean_then if fits else None)


def _channels(network: nn.Module, module: nn.Module, x: Tensor) -> int:
    with _listening({module: "m"}) as heard, torch.inference_mode():
        network(x)
    return int(heard["m"].shape[1])


@contextmanager
def _listening(modules: dict[nn.Module, str]) -> Iterator[dict[str, Tensor]]:
    """What these modules answer while the block runs, copied: later layers may change it in place."""
    heard: dict[str, Tensor] = {}

    def hook(id: str) -> Callable[..., None]:
        def hear(_module: nn.Module, _given: object, answer: Tensor) -> None:
            heard[id] = answer.clone()

        return hear

    handles = [module.register_forward_hook(hook(id)) for module, id in modules.items()]
    try:
        yield heard
    finally:
        for handle in handles:
            handle.remove()


def look(picture: np.ndarray, wish: Wish) -> Job:
    """Send a picture through a network and look at it; a job, yields and returns a `Looked`.

    Args:
        picture: (H, W, 3) uint8 RGB; for the digits also (H, W), dark strokes on light ground or the reverse.
    Raises:
        LabError: the network's weights are not here.
    """
    torch.set_num_threads(1)  # one small picture: more threads only wait for each other
    found = _look(net(wish.net), picture, wish)
    yield found
    return found


def _look(opened: Net, picture: np.ndarray, wish: Wish) -> Looked:
    began = time.perf_counter()
    x, seen = opened.prepare(picture)
    unit = opened.units[min(wish.layer, len(opened.units) - 1)]
    outs = {u.out: f"out {i}" for i, u in enumerate(opened.units)}
    relus = {u.relus[-1]: f"relu {i}" for i, u in enumerate(opened.units) if u.relus and u.relus[-1] not in outs}
    with _listening({**outs, **relus}) as heard, torch.inference_mode():
        logits = opened.network(x)[0]
    zeros = tuple(_zeros(heard, i, u) for i, u in enumerate(opened.units))
    best = logits.softmax(0).topk(min(TOP, len(logits)))
    target = int(best.indices[0]) if wish.target is None or wish.target >= len(logits) else wish.target
    heat, backward = _heat(opened, unit if wish.heat_here else None, heard, x, target) if wish.heat else (None, False)
    maps = heard[f"out {opened.units.index(unit)}"][0]
    return Looked(
        wish,
        seen,
        tuple(_part(u, heard[f"out {i}"]) for i, u in enumerate(opened.units)),
        tuple(best.indices.tolist()),
        best.values.numpy(),
        np.asarray((maps if maps.ndim == 3 else maps.flatten()[:, None, None]).numpy(), np.float32),
        kernels_of(unit),
        zeros,
        target,
        heat,
        backward,
        1000 * (time.perf_counter() - began),
    )


def _zeros(heard: dict[str, Tensor], index: int, unit: Unit) -> float:
    if not unit.relus:
        return float("nan")
    answer = heard.get(f"relu {index}", heard[f"out {index}"])
    return float((answer == 0).float().mean())


def _part(unit: Unit, out: Tensor) -> Part:
    own: Any = sum(p.numel() for m in unit.owned for p in m.parameters())
    kernel = max((max(conv.kernel_size) for conv in unit.convs), default=0)
    return Part(unit.id, unit.name, unit.kind, unit.back, tuple(out.shape[1:]), int(own), int(kernel))


def _heat(opened: Net, unit: Unit | None, heard: dict[str, Tensor], x: Tensor, target: int) -> tuple[np.ndarray, bool]:
    """The class's map at a layer; at the last one that has places for None and for a layer without."""
    front = [u for u in opened.units if not u.back]
    asked = front[-1] if unit is None or unit.back else unit
    if opened.mean_then is not None and asked is front[-1]:
        last = heard[f"out {opened.units.index(asked)}"][0]
        return shares(class_activation_map(last, opened.mean_then.weight[target].detach())), False
    return shares(grad_cam(opened.network, asked.out, x, target)), True


def kernels_of(unit: Unit) -> np.ndarray | None:
    """The unit's largest kernels as pictures: (n, k, k, 3) for those that see colour, else (n, k, k).

    A kernel that sees many channels is shown as the mean over them.
    """
    wide = [conv for conv in unit.convs if max(conv.kernel_size) > 1]
    if not wide:
        return None
    weights = wide[-1].weight.detach().float()  # (O, I / groups, k, k)
    if weights.shape[1] == 3:
        return np.asarray(weights.permute(0, 2, 3, 1).numpy())
    return np.asarray(weights[:, 0].numpy() if weights.shape[1] == 1 else weights.mean(1).numpy())
