"""A small VGG: nothing but 3×3 convolutions in a row, then a pool that halves the side (lecture rows 41, 42).

After Simonyan, Zisserman, ICLR 2015. A plan says how many convolutions stand in each block: "2 2 2" as VGG-13 has them,
"2 2 3" as VGG-16 does, "2 2 4" as VGG-19.
"""

from __future__ import annotations

from torch import nn

from engine.zoo.colour import ColourNet, begin, channels_in, conv, head

WIDTHS = (32, 64, 128, 256)  # channels of each block
SIDE = 32  # of the pictures; each block halves it
HIDDEN = 256


def mini(
    *,
    batch_norm: bool,
    dropout: float,
    plan: str = "2 2 2",
    shuffle_pixels: bool = False,
    grey: bool = False,
    mirror: bool = False,
) -> ColourNet:
    """A block for each number of the plan, so many convolutions and a pool, then fc – fc."""
    layers = begin(shuffle_pixels)
    inputs, counts = channels_in(grey), counts_of(plan)
    for block, (width, count) in enumerate(zip(WIDTHS, counts, strict=False), start=1):
        for number in range(1, count + 1):
            name = f"{block}_{number}"
            conv(layers, name, inputs, width, norm=batch_norm)
            if number == count:
                layers[f"pool{block}"] = nn.MaxPool2d(2)  # 32 → 16 → 8 → 4 → 2
            layers[f"relu{name}"] = nn.ReLU(inplace=True)
            inputs = width
    head(layers, inputs * (SIDE >> len(counts)) ** 2, HIDDEN, dropout)
    return ColourNet(layers, grey=grey, mirror=mirror)


def counts_of(plan: str) -> tuple[int, ...]:
    """Convolutions of each block: "2 2 3" to (2, 2, 3)."""
    return tuple(map(int, plan.split()))


def sees(plan: str) -> int:
    """How many pixels of the picture across one value of the last convolution depends on (lecture row 38)."""
    field, step = 1, 1
    for count in counts_of(plan):
        field += count * 2 * step  # each 3×3 reaches one step further on both sides
        field, step = field + step, 2 * step  # the pool
    return field - step // 2
