"""The lines of a script for small colour photographs: network, changes to pictures, first weights."""

from __future__ import annotations

from torch import Tensor

from engine.data.augment_colour import GREY
from engine.train.code.network import layers_of, own_classes
from engine.train.colour import MIX_UNTIL, SMALL
from engine.train.colour_settings import ColourSettings
from engine.zoo.colour import LUMINANCE, ColourNet

_NET = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(OrderedDict(
{layers}
        ))

    def forward(self, x):  # (B, 3, H, W) in [0, 1] -> (B, {classes}) scores
{grey}        x = (x - MEAN) / STD
{answer}"""
# How it answers, by (mirror, moved); while it learns it looks once.
_ANSWERS = {
    (False, False): "        return self.layers(x)\n",
    (True, False): """        if self.training:
            return self.layers(x)
        return (self.layers(x) + self.layers(x.flip(3))) / 2  # the mean of two looks
""",
    (False, True): """        if self.training:
            return self.layers(x)
        wide = F.pad(x, (1, 1, 1, 1), mode="reflect")  # also a pixel up left, and down right
        return self.layers(x) / 2 + (self.layers(wide[:, :, :-2, :-2]) + self.layers(wide[:, :, 2:, 2:])) / 4
""",
    (True, True): """        if self.training:
            return self.layers(x)
        wide = F.pad(x, (1, 1, 1, 1), mode="reflect")  # also a pixel up left, and down right
        return self.look(x) / 2 + (self.look(wide[:, :, :-2, :-2]) + self.look(wide[:, :, 2:, 2:])) / 4

    def look(self, x):  # the mean of a picture and its mirror image
        return (self.layers(x) + self.layers(x.flip(3))) / 2
""",
}
_FRAMED = '''
def framed(pictures, numbers, epoch):
    """Mirrored or not and moved, reflected at the edges: (B, H, W, 3) uint8."""
    (n, height, width), shift = pictures.shape[:3], round(now.augment * {shift:g})
    dy, dx = torch.randint(-shift, shift + 1, (2, n, 1), generator=draw).numpy()
    rows, columns = np.abs(np.arange(height) + dy), np.abs(np.arange(width) + dx)
    rows = np.where(rows >= height, 2 * (height - 1) - rows, rows)
    columns = np.where(columns >= width, 2 * (width - 1) - columns, columns)
{turned}    flat = (np.arange(n)[:, None] * height + rows)[:, :, None] * width + columns[:, None, :]
    return np.take(pictures.reshape(n * height * width, 3), flat.ravel(), axis=0).reshape(pictures.shape)
'''
_TURNED = {
    "none": "",
    "random": "    turned = (torch.rand(n, generator=draw).numpy() < 0.5)[:, None]\n",
    "alternate": (
        "    hashed = (numbers.astype(np.uint64) * np.uint64(2654435761)) >> np.uint64(16)\n"
        "    turned = ((hashed + np.uint64(epoch)) % np.uint64(2) == 1)[:, None]  # every second epoch\n"
    ),
}
_CUT = '''
def cut_out(x):
    """One grey square of {side:g} pixels in each picture."""
    side = round(now.augment * {side:g})
    if side <= 0:
        return x
    middle = torch.rand(2, len(x), 1, generator=draw)
    near_y = (torch.arange(x.shape[2]) - middle[0] * x.shape[2]).abs() < side / 2
    near_x = (torch.arange(x.shape[3]) - middle[1] * x.shape[3]).abs() < side / 2
    return torch.where((near_y[:, None, :, None] & near_x[:, None, None, :]).to(x.device), {grey}, x)
'''
_PREPARED = '''
def prepared(numbers, epoch, progress):
    """The training pictures with these numbers, changed{early}."""
    some = images[train[numbers]]
{framed}    x = {x}
{small}    return x.contiguous(memory_format=torch.channels_last)
'''
_MIXED = '''
def cutmix(x, answers, progress):
    """Yun et al., ICCV 2019: each picture gets a square of another one, and of its answer as much."""
    if progress >= {until:g} or torch.rand((), generator=draw) >= now.augment * {often:g}:
        return x, answers
    side, order = x.shape[2], torch.randperm(len(x), generator=draw)
    share, down, across = torch.rand(3, generator=draw).tolist()
    size = round(side * share**0.5)
    top, left = round((side - size) * down), round((side - size) * across)
    square = (..., slice(top, top + size), slice(left, left + size))
    both, share = x.clone(memory_format=torch.channels_last), (size / side) ** 2
    both[square] = x[order][square]
    whole = F.one_hot(answers, {classes}).float()
    return both, (1 - share) * whole + share * whole[order]
'''
START = {
    "he": 'nn.init.kaiming_normal_(layer.weight, nonlinearity="relu", generator=draw)  # He et al., ICCV 2015',
    "xavier": "nn.init.xavier_normal_(layer.weight, generator=draw)  # Glorot, Bengio, AISTATS 2010",
    "small": "nn.init.normal_(layer.weight, std=0.01, generator=draw)",
    "identity": "nn.init.kaiming_uniform_(layer.weight, a=5**0.5, generator=draw)",
}


def network_source(network: ColourNet, *, classes: int, place: str) -> str:
    """The classes that make `network`, ready to be called as `Net()`."""
    net = _NET.format(
        layers=layers_of(network.layers),
        classes=classes,
        grey="        x = (x * LUMINANCE).sum(1, keepdim=True)\n" if network.grey else "",
        answer=_ANSWERS[network.mirror, network.moved],
    )
    to = f".to({place.rstrip(', ')})" if place else ""
    values = [f"MEAN = torch.tensor({_numbers(network.mean)}).view(1, -1, 1, 1){to}  # of the training pictures"]
    values.append(f"STD = torch.tensor({_numbers(network.std)}).view(1, -1, 1, 1){to}")
    if network.grey:
        values.append(f"LUMINANCE = torch.tensor({list(LUMINANCE)}).view(1, 3, 1, 1){to}")
    own = own_classes(network.layers)
    return "\n".join([*values, "", own, net] if own else [*values, "", net])


def _numbers(values: Tensor) -> list[float]:
    return [round(value, 4) for value in values.flatten().tolist()]


def pictures_source(settings: ColourSettings, *, augments: bool, classes: int) -> str:
    """`prepared(numbers, epoch, progress)`, what it calls, and `cutmix` where pictures are mixed.

    augments: there is an `augment` for turning and bending.
    """
    parts, moves = list[str](), settings.shift > 0 or settings.flip != "none"
    if moves:
        turned = _TURNED[settings.flip]
        if turned:
            turned += "    columns = np.where(turned, width - 1 - columns, columns)\n"
        parts.append(_FRAMED.format(shift=settings.shift, turned=turned))
    if settings.cutout > 0:
        parts.append(_CUT.format(side=settings.cutout, grey=GREY))
    x = "as_input(some)"
    x = f"augment({x})" if augments else x
    x = f"cut_out({x})" if settings.cutout > 0 else x
    small = (
        f"    if progress < {settings.small:g}:\n"
        f'        x = F.interpolate(x, size=({SMALL}, {SMALL}), mode="bilinear", antialias=True)\n'
    )
    framed = "    if now.augment:\n        some = framed(some, numbers, epoch)\n" if moves else ""
    sizes = {"small": small, "early": "; early on they are smaller"} if settings.small else {"small": "", "early": ""}
    parts.append(_PREPARED.format(framed=framed, x=x, **sizes))
    if settings.mix:
        parts.append(_MIXED.format(until=MIX_UNTIL, often=settings.mix, classes=classes))
    return "\n\n\n".join(part.strip("\n") for part in parts)


def start_of(settings: ColourSettings) -> str:
    """The lines that draw a layer's weights."""
    lines = START[settings.start]
    if settings.start == "identity":
        lines += (
            "\n        if isinstance(layer, nn.Conv2d) and layer.kernel_size == (3, 3) and layer.in_channels > 3:"
            "\n            nn.init.dirac_(layer.weight.data[: layer.in_channels])  # the first filters pass on"
        )
    return lines
