"""Networks that read one grey digit: the lecture's deep CNN, the simple CNN, and the plain MLP.

All take (B, 1, H, W) float32 pictures with brightness in [0, 1] and return (B, 10) logits, the
scores before softmax.
"""

from __future__ import annotations

from collections import OrderedDict

import torch
from torch import Tensor, nn

from engine.data.permute import permutation
from engine.zoo.dropout import Dropout

MEAN, STD = 0.1307, 0.3081  # brightness of MNIST's 60,000 training pictures


class DigitNet(nn.Module):
    """Normalises the picture, then runs `layers`; their names say what they are (conv1, relu1, …)."""

    def __init__(self, layers: OrderedDict[str, nn.Module]) -> None:
        super().__init__()
        self.layers = nn.Sequential(layers)

    def forward(self, x: Tensor) -> Tensor:  # (B, 1, H, W) in [0, 1] -> (B, 10)
        return self.layers((x - MEAN) / STD)


class Shuffle(nn.Module):
    """Deals out the pixels of every picture anew, always in the same way (lecture row 1); learns nothing.

    As a part of the network it is there wherever the network reads: in a check, on the pad, in an exported file.
    """

    def __init__(self, side: int) -> None:
        super().__init__()
        self.order: Tensor
        self.register_buffer("order", torch.from_numpy(permutation(side * side)))

    def forward(self, x: Tensor) -> Tensor:  # (B, C, H, W), any C
        return x.flatten(2)[:, :, self.order].view(x.shape)


def _begin(shuffle_pixels: bool, side: int) -> OrderedDict[str, nn.Module]:
    return OrderedDict(shuffle=Shuffle(side)) if shuffle_pixels else OrderedDict()


def deep(*, batch_norm: bool, dropout: float, shuffle_pixels: bool = False) -> DigitNet:
    """The deep CNN of lecture row 34 (Fig. 8-1): six 3×3 convolutions in three pairs, then 50 and 10 neurons.

    The fourth convolution pads by 2, as in the book, so that 14×14 becomes 16×16 and pools to 8×8. It
    is written as one ring of zeros and a convolution that pads by 1: the same numbers, but the gradient
    of its weights takes half the time on a CPU. Each pair pools before its last ReLU for the same
    reason: max(0, ·) commutes with the maximum, and there are four times fewer values left.
    """
    layers = _begin(shuffle_pixels, 28)
    channels, last = 1, 0
    for pair, width in enumerate((16, 32, 64)):
        for half in (1, 2):
            last = 2 * pair + half
            if last == 4:
                layers["ring"] = nn.ZeroPad2d(1)
            layers[f"conv{last}"] = nn.Conv2d(channels, width, 3, padding=1, bias=not batch_norm)
            if batch_norm:
                layers[f"norm{last}"] = nn.BatchNorm2d(width)
            if half == 2:
                layers[f"pool{pair + 1}"] = nn.MaxPool2d(2)  # 28 → 14, 16 → 8, 8 → 4
            layers[f"relu{last}"] = nn.ReLU(inplace=True)  # nothing before it needs what it replaces
            channels = width
    layers["flatten"] = nn.Flatten()  # (B, 64, 4, 4) -> (B, 1024)
    return DigitNet(_head(layers, 1024, 50, dropout))


def simple(*, batch_norm: bool, dropout: float, shuffle_pixels: bool = False, side: int = 28) -> DigitNet:
    """The MNIST project of lecture row 25: two convolutions and two fully connected layers."""
    layers = _begin(shuffle_pixels, side)
    for number, (channels, width) in enumerate(((1, 16), (16, 32)), start=1):
        layers[f"conv{number}"] = nn.Conv2d(channels, width, 3, padding=1, bias=not batch_norm)
        if batch_norm:
            layers[f"norm{number}"] = nn.BatchNorm2d(width)
        layers[f"relu{number}"] = nn.ReLU(inplace=True)
        layers[f"pool{number}"] = nn.MaxPool2d(2)
    layers["flatten"] = nn.Flatten()
    return DigitNet(_head(layers, 32 * (side // 4) ** 2, 100, dropout))


def mlp(*, batch_norm: bool, dropout: float, shuffle_pixels: bool = False, side: int = 28) -> DigitNet:
    """No convolution at all (lecture row 1): every pixel is a number without neighbours."""
    layers = _begin(shuffle_pixels, side)
    layers["flatten"] = nn.Flatten()
    layers["fc0"] = nn.Linear(side * side, 128, bias=not batch_norm)
    if batch_norm:
        layers["norm0"] = nn.BatchNorm1d(128)
    layers["relu0"] = nn.ReLU()
    return DigitNet(_head(layers, 128, 64, dropout))


def _head(layers: OrderedDict[str, nn.Module], inputs: int, hidden: int, dropout: float) -> OrderedDict[str, nn.Module]:
    """The back half: a hidden layer and ten scores, with dropout after each, as the book has it."""
    layers["fc1"] = nn.Linear(inputs, hidden)
    layers["relu_fc1"] = nn.ReLU()
    layers["dropout1"] = Dropout(dropout)
    layers["fc2"] = nn.Linear(hidden, 10)
    layers["dropout2"] = Dropout(dropout)
    return layers


def feature_maps(network: DigitNet, picture: Tensor) -> tuple[Tensor, list[tuple[str, Tensor]]]:
    """Run one picture and keep what each convolution layer answers after its ReLU.

    Args:
        picture: (1, 1, H, W) float32 in [0, 1].
    Returns:
        logits (10,), and for each convolution its name and maps (C, h, w), both float32.
    """
    maps: list[tuple[str, Tensor]] = []
    x = (picture - MEAN) / STD
    with torch.inference_mode():
        for name, layer in network.layers.named_children():
            x = layer(x)
            if name.startswith("relu") and x.ndim == 4:
                maps.append((name.replace("relu", "conv"), x[0].float()))
    return x[0].float(), maps
