"""Layers that torch does not have, as a learner would write them: the call that makes one, and its class.

They are written here once more and not read from their files, because an installed app brings no source along. That
both compute the same, tests/engine/test_code_walk.py sees to.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from torch import nn

from engine.zoo.digits import Shuffle
from engine.zoo.dropout import Dropout
from engine.zoo.fast import SIZE, Smaller, Whiten
from engine.zoo.inception import Inception
from engine.zoo.resnet import Residual

_SHUFFLE = '''
class Shuffle(nn.Module):
    """Deals out the pixels of every picture anew, always in the same way."""

    def __init__(self, side):
        super().__init__()
        self.register_buffer("order", torch.from_numpy(np.random.default_rng(1).permutation(side * side)))

    def forward(self, x):
        return x.flatten(2)[:, :, self.order].view(x.shape)
'''
_DROPOUT = '''
class Dropout(nn.Module):
    """nn.Dropout, but drawing from `draw`, so that the run can be repeated."""

    def forward(self, x):
        if not self.training or now.dropout == 0:
            return x
        kept = torch.rand(x.shape, generator=draw) < 1 - now.dropout
        return x * kept.to(x.device) / (1 - now.dropout)
'''
_NORM = f'''
class Norm(nn.BatchNorm2d):
    """Batch norm that learns where each map is cut, not its size, which the next layer's weights can give it."""

    def __init__(self, channels, momentum):
        super().__init__(channels, momentum=momentum)
        nn.init.constant_(self.weight, {SIZE:g}).requires_grad_(False)
'''
_WHITEN = '''
class Whiten(nn.Module):
    """Fixed filters over 2×2 pixels, made equally large; each answer also with its sign turned, because hard swish cuts."""

    def __init__(self):
        super().__init__()
        space = torch.tensor([[1, 1, 1, 1], [1, 1, -1, -1], [1, -1, 1, -1], [1, -1, -1, 1]]).float()
        colours = torch.tensor({colours}).float()  # {meaning}
        both = torch.einsum("kc,sp->skcp", colours, space).reshape(-1, {channels}, 2, 2)
        filters = both / both.flatten(1).norm(dim=1).view(-1, 1, 1, 1)
        self.register_buffer("filters", filters, persistent=False)
        self.norm = Norm({filters}, {momentum:g})
{frozen}
    def forward(self, x):  # (B, {channels}, H, W) -> (B, {answers}, H - 1, W - 1)
        x = self.norm(F.conv2d(x, self.filters))
        return torch.cat((x, -x), dim=1)
'''
_FROZEN = "        self.norm.bias.requires_grad_(False)  # nothing here learns\n"
_SMALLER = '''
class Smaller(nn.Module):
    """A ninth of the scores: the loss begins flat, so that a high rate does no harm."""

    def forward(self, x):
        return x * (1 / 9)
'''
_BLOCK = '''
class Block(nn.Module):
    """{what}"""

    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
{sizes}        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1{bias})
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1{bias})
{norms}
    def forward(self, x):
{forward}'''
_SHORTCUT = '''
    def shortcut(self, x):
        """x as large as f: every second pixel, and zeros for the channels that x does not have."""
        return F.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, 0, self.more))
'''
_WAY = '''
def way(*steps):
    """Convolutions in a row, each (channels in, channels out, size of the kernel)."""
    layers = OrderedDict()
    for inputs, outputs, size in steps:
        layers[f"conv{{size}}x{{size}}"] = nn.Conv2d(inputs, outputs, size, padding=size // 2{bias})
{norm}        layers[f"relu{{size}}x{{size}}"] = nn.ReLU()
    return nn.Sequential(layers)
'''
_INCEPTION = '''
class Inception(nn.Module):
    """Four ways side by side, their answers put one behind the other: 1×1, 3×3, 5×5, and pooling."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.one = way((inputs, outputs // 4, 1))
        self.three = way({three})
        self.five = way({five})
        self.pool = nn.MaxPool2d(3, stride=1, padding=1)
        self.after = way((inputs, outputs // 8, 1))

    def forward(self, x):
        return torch.cat((self.one(x), self.three(x), self.five(x), self.after(self.pool(x))), dim=1)
'''


@dataclass(frozen=True, slots=True)
class Own:
    """A layer of ours in a script. call: what makes it. sources: its class, after those that it needs."""

    call: str
    sources: tuple[str, ...]


def own(layer: nn.Module) -> Own | None:
    """How a script has this layer; None for one that torch has."""
    if type(layer) is nn.BatchNorm2d and not layer.weight.requires_grad:
        return Own(f"Norm({layer.num_features}, {layer.momentum:g})", (_NORM,))
    write = _OURS.get(type(layer))
    return write(layer) if write else None


def _shuffle(layer: Any) -> Own:
    return Own(f"Shuffle({round(len(layer.order) ** 0.5)})", (_SHUFFLE,))


def _whiten(layer: Any) -> Own:
    count, channels = layer.filters.shape[:2]
    colour = channels == 3
    source = _WHITEN.format(
        colours="[[1, 1, 1], [1, 0, -1], [1, -2, 1]]" if colour else "[[1]]",
        meaning="brightness, red–blue, magenta–green" if colour else "brightness alone",
        channels=channels,
        filters=count,
        answers=2 * count,
        momentum=layer.norm.momentum,
        frozen="" if layer.norm.bias.requires_grad else _FROZEN,
    )
    return Own("Whiten()", (_NORM, source))


def _residual(layer: Any) -> Own:
    first, last = layer.conv1, layer.conv2
    stride = f", stride={layer.stride}" if layer.stride > 1 else ""
    return Own(f"Block({first.in_channels}, {last.out_channels}{stride})", (_block(layer),))


def _block(layer: Any) -> str:
    """The class of a residual block, or of a plain one, with its norms and ReLUs where they are in this network."""
    normed, skip = isinstance(layer.norm1, nn.BatchNorm2d), layer.skip
    norm1, norm2 = ("self.norm1({})", "self.norm2({})") if normed else ("{}", "{}")
    if layer.before:
        steps = [f"self.conv1(F.relu({norm1.format('x')}))", f"self.conv2(F.relu({norm2.format('f')}))"]
        answer = "f + self.shortcut(x)" if skip else "f"
    else:
        steps = [f"F.relu({norm1.format('self.conv1(x)')})", norm2.format("self.conv2(f)")]
        answer = "F.relu(f + self.shortcut(x))" if skip else "F.relu(f)"
    lines = [*(f"f = {step}" for step in steps), f"return {answer}"]
    norms = f"nn.BatchNorm2d({'inputs' if layer.before else 'outputs'}), nn.BatchNorm2d(outputs)"
    whole = _BLOCK.format(
        what="Two 3×3 convolutions f(x), and f(x) + x as the answer." if skip else "Two 3×3 convolutions.",
        sizes="        self.stride, self.more = stride, outputs - inputs\n" if skip else "",
        bias=", bias=False" if normed else "",
        norms=f"        self.norm1, self.norm2 = {norms}\n" if normed else "",
        forward="".join(f"        {line}\n" for line in lines),
    )
    return whole + _SHORTCUT if skip else whole


def _inception(layer: Any) -> Own:
    one, normed = layer.one[0], any(isinstance(part, nn.BatchNorm2d) for part in layer.modules())
    fewer = layer.three[0].kernel_size == (1, 1)
    three, five = "(inputs, outputs // 2, 3)", "(inputs, outputs // 8, 5)"
    if fewer:  # a 1×1 brings the channels down before the large kernels
        three = "(inputs, max(8, inputs // 4), 1), (max(8, inputs // 4), outputs // 2, 3)"
        five = "(inputs, max(8, inputs // 8), 1), (max(8, inputs // 8), outputs // 8, 5)"
    norm = '        layers[f"norm{size}x{size}"] = nn.BatchNorm2d(outputs)\n' if normed else ""
    way = _WAY.format(bias=", bias=False" if normed else "", norm=norm)
    return Own(
        f"Inception({one.in_channels}, {4 * one.out_channels})", (way, _INCEPTION.format(three=three, five=five))
    )


_OURS: dict[type[nn.Module], Callable[[Any], Own]] = {
    Shuffle: _shuffle,
    Dropout: lambda layer: Own("Dropout()", (_DROPOUT,)),
    Whiten: _whiten,
    Smaller: lambda layer: Own("Smaller()", (_SMALLER,)),
    Residual: _residual,
    Inception: _inception,
}
