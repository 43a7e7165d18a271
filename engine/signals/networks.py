"""Networks that slide a kernel along time. All take (B, T, C) float32 windows as the sets hold them."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.data.animal_names import LETTERS
from engine.data.clips import FRAMES, ROW
from engine.zoo.dropout import Dropout

WIDTHS = ((32, 7, 1), (64, 5, 2), (96, 5, 2), (128, 3, 2))  # of the activity network: channels, kernel, stride


class Next(nn.Module):
    """The network of the slide (row 17): Conv1D(10, k=2), MaxPool1D, Flatten, Dense 50 ReLU, Dense 1.

    (B, 3, 1) to (B, 1), the number that follows. Keras puts a ReLU behind this convolution; so does this.
    """

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv1d(1, 10, 2)
        self.fc1, self.fc2 = nn.Linear(10, 50), nn.Linear(50, 1)

    def forward(self, x: Tensor) -> Tensor:  # (B, 3, 1) -> (B, 1)
        x = functional.max_pool1d(functional.relu(self.conv1(x.transpose(1, 2))), 2)  # (B, 10, 1)
        return self.fc2(functional.relu(self.fc1(x.flatten(1))))


class Three(nn.Module):
    """The network of the slide (row 18): window (120, 3), Conv1D(1, k=5), MaxPool, Flatten, Dense 50, Dense 3.

    One filter alone: (B, 120, 3) to (B, 3) scores; softmax is part of the loss.
    """

    def __init__(self, classes: int = 3) -> None:
        super().__init__()
        self.conv1 = nn.Conv1d(3, 1, 5)
        self.fc1, self.fc2 = nn.Linear(58, 50), nn.Linear(50, classes)

    def forward(self, x: Tensor) -> Tensor:  # (B, 120, 3) -> (B, classes)
        x = functional.max_pool1d(functional.relu(self.conv1(x.transpose(1, 2))), 2)  # (B, 1, 58)
        return self.fc2(functional.relu(self.fc1(x.flatten(1))))


class AlongTime(nn.Conv1d):
    """A Conv1d on (B, C, 1, T) in channels-last memory: the same sums, in the order the processor likes.

    In bfloat16 on a CPU it takes less than half the time of torch's own (engine/bench/signals.py).
    """

    def forward(self, x: Tensor) -> Tensor:  # (B, I, 1, T) -> (B, O, 1, T / stride)
        return functional.conv2d(x, self.weight[:, :, None], self.bias, (1, *self.stride), (0, int(self.padding[0])))


class Activity(nn.Module):
    """Four convolutions along time, then the mean and the maximum of each map over the window.

    (B, T, C) to (B, classes). Beside every channel it sees the channel without its mean (movement without gravity)
    and how strong the movement of all channels is together, which does not depend on how the sensor is turned.
    """

    def __init__(self, classes: int = 6, channels: int = 3, dropout: float = 0.3) -> None:
        super().__init__()
        self.norm = nn.BatchNorm2d(2 * channels + 1)
        layers: list[tuple[str, nn.Module]] = []
        inputs = 2 * channels + 1
        for number, (width, kernel, stride) in enumerate(WIDTHS, 1):
            layers += [
                (f"conv{number}", AlongTime(inputs, width, kernel, stride, kernel // 2, bias=False)),
                (f"norm{number}", nn.BatchNorm2d(width)),
                (f"relu{number}", nn.ReLU()),
            ]
            inputs = width
        self.layers = nn.Sequential(OrderedDict(layers))
        self.drop = Dropout(dropout)
        self.fc = nn.Linear(2 * inputs, classes)

    def forward(self, x: Tensor) -> Tensor:  # (B, T, C) -> (B, classes)
        x = self.views(x)[:, :, None].contiguous(memory_format=torch.channels_last)
        maps = self.layers(self.norm(x))[:, :, 0]  # (B, 128, T / 8)
        both = torch.cat((maps.mean(2), maps.amax(2)), 1)
        return self.fc(self.drop(both))

    @staticmethod
    def views(x: Tensor) -> Tensor:
        """(B, T, C) to (B, 2C + 1, T): channels, channels without their means, the length of the latter."""
        x = x.transpose(1, 2)
        moving = x - x.mean(2, keepdim=True)
        return torch.cat((x, moving, moving.square().sum(1, keepdim=True).add(1e-8).sqrt()), 1)


class AlongLetters(nn.Conv1d):
    """A Conv1d on letters (B, T) int64, each a vector with one 1: the same sums, by looking weights up.

    Where a vector is all zeros but for one place, a product with it is one column of the weights: nothing to multiply.
    """

    def forward(self, codes: Tensor) -> Tensor:  # (B, T) -> (B, T, O), zeros beyond both ends
        wide, half = self.kernel_size[0], int(self.padding[0])
        columns = self.weight.permute(2, 1, 0)  # (k, letters, O)
        nothing = columns.new_zeros(wide, 1, self.out_channels)
        table = torch.cat((columns, nothing), 1).flatten(0, 1)  # (k · (letters + 1), O)
        around = functional.pad(codes, (half, half), value=self.in_channels).unfold(1, wide, 1)  # (B, T, k)
        rows = around + (self.in_channels + 1) * torch.arange(wide, device=codes.device)
        sums = functional.embedding_bag(rows.reshape(-1, wide), table, mode="sum").view(*codes.shape, -1)
        return sums if self.bias is None else sums + self.bias


class Letters(nn.Module):
    """Text: every letter one of `LETTERS`, kernels of five letters, the maximum over the word (row 3).

    (B, 32, 1) codes to (B, 2). After Zhang, Zhao, LeCun, "Character-level convolutional networks", NeurIPS 2015.
    """

    def __init__(self, dropout: float = 0.5) -> None:
        super().__init__()
        self.conv1 = AlongLetters(len(LETTERS), 96, 5, padding=2)
        self.drop = Dropout(dropout)
        self.fc = nn.Linear(96, 2)

    def forward(self, x: Tensor) -> Tensor:  # (B, 32, 1) -> (B, 2)
        maps = functional.relu(self.conv1(x[..., 0].long().clamp(0, len(LETTERS) - 1)))  # (B, 32, 96)
        return self.fc(self.drop(maps.amax(1)))


class ThroughTime(nn.Conv3d):
    """A 3×3×3 Conv3d, padded by one, on frames that lie side by side in the batch: the same sums as one Conv2d over the
    channels of three neighbouring frames, which a processor likes better.
    """

    def forward(self, x: Tensor) -> Tensor:  # (B · F, C, H, W) -> (B · F, O, H, W)
        if torch.is_autocast_enabled("cpu"):
            x = x.to(torch.get_autocast_dtype("cpu"))  # before it is laid out three times
        film = x.permute(0, 2, 3, 1).unflatten(0, (-1, FRAMES))  # (B, F, H, W, C), as it lies in memory
        before = functional.pad(film[:, :-1], (0, 0) * 3 + (1, 0))
        after = functional.pad(film[:, 1:], (0, 0) * 3 + (0, 1))
        three = torch.cat((before, film, after), 4).flatten(0, 1).permute(0, 3, 1, 2)  # (B · F, 3 · C, H, W)
        weight = self.weight.transpose(1, 2).flatten(1, 2)  # (O, 3 · C, 3, 3): time before channels, as in `three`
        return functional.conv2d(three, weight, self.bias, 1, 1)


class Clip3d(nn.Module):
    """Conv3D over time, height and width: (B, 3, 72, 72) pictures of nine frames to (B, 4) (row 21)."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1, self.conv2 = ThroughTime(3, 8, 3, padding=1), ThroughTime(8, 24, 3, padding=1)
        self.norm1, self.norm2 = nn.BatchNorm2d(8), nn.BatchNorm2d(24)
        self.relu1, self.relu2 = nn.ReLU(), nn.ReLU()
        self.fc = nn.Linear(24, 4)

    def to(self, *args: Any, memory_format: torch.memory_format | None = None, **how: Any) -> Clip3d:
        """As torch's, but weights of five dimensions know no channels-last for pictures."""
        return super().to(*args, **how)

    def forward(self, x: Tensor) -> Tensor:
        count = len(x)
        x = frames_of(x).transpose(1, 2).flatten(0, 1)  # (B · 9, 3, 24, 24)
        x = self.relu1(functional.max_pool2d(self.norm1(self.conv1(x)), 2))  # (B · 9, 8, 12, 12); max and ReLU commute
        x = self.relu2(self.norm2(self.conv2(x)))  # (B · 9, 24, 12, 12)
        return self.fc(x.mean((2, 3)).view(count, FRAMES, -1).mean(1))


class Clip2d(nn.Module):
    """The same with Conv2D on the middle frame alone: no time, so nothing tells where the picture goes."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(3, 24, 3, padding=1), nn.Conv2d(24, 36, 3, padding=1)
        self.norm1, self.norm2 = nn.BatchNorm2d(24), nn.BatchNorm2d(36)
        self.relu1, self.relu2 = nn.ReLU(), nn.ReLU()
        self.fc = nn.Linear(36, 4)

    def forward(self, x: Tensor) -> Tensor:
        middle = frames_of(x)[:, :, FRAMES // 2]  # (B, 3, 24, 24)
        x = functional.max_pool2d(self.relu1(self.norm1(self.conv1(middle))), 2)
        return self.fc(self.relu2(self.norm2(self.conv2(x))).mean((2, 3)))


def frames_of(x: Tensor) -> Tensor:
    """(B, 3, 3S, 3S) pictures of nine frames to (B, 3, 9, S, S), brightness from −1 to 1."""
    count, side = len(x), x.shape[2] // ROW
    x = x.reshape(count, 3, ROW, side, ROW, side).permute(0, 1, 2, 4, 3, 5)
    return x.reshape(count, 3, FRAMES, side, side).contiguous() * 2 - 1
