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
from engine.zoo.norm import BatchNorm
from engine.zoo.pool import halved

WIDTHS = ((32, 7, 1), (64, 5, 2), (96, 5, 2), (128, 3, 2))  # of the activity network: channels, kernel, stride


class Product(nn.Conv1d):
    """A Conv1d on (B, T, C), no padding: windows times weights. For small windows less work than preparing a convolution."""

    def forward(self, x: Tensor) -> Tensor:  # (B, T, I) -> (B, O, T - k + 1)
        windows = x.unfold(1, self.kernel_size[0], 1)  # (B, T - k + 1, I, k)
        rows = windows.reshape(-1, self.in_channels * self.kernel_size[0])
        return functional.linear(rows, self.weight.flatten(1), self.bias).view(*windows.shape[:2], -1).transpose(1, 2)


class Next(nn.Module):
    """The network of the slide (row 17): Conv1D(10, k=2), MaxPool1D, Flatten, Dense 50 ReLU, Dense 1.

    (B, 3, 1) to (B, 1), the number that follows. Keras puts a ReLU behind this convolution; so does this.
    """

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = Product(1, 10, 2)
        self.fc1, self.fc2 = nn.Linear(10, 50), nn.Linear(50, 1)

    def forward(self, x: Tensor) -> Tensor:  # (B, 3, 1) -> (B, 1)
        x = functional.relu(
            self.conv1(x).max(2).values
        )  # (B, 10): two places, so the pool is all; max and ReLU commute
        return self.fc2(functional.relu(self.fc1(x)))


class Three(nn.Module):
    """The network of the slide (row 18): window (120, 3), Conv1D(1, k=5), MaxPool, Flatten, Dense 50, Dense 3.

    One filter alone: (B, 120, 3) to (B, 3) scores; softmax is part of the loss.
    """

    def __init__(self, classes: int = 3) -> None:
        super().__init__()
        self.conv1 = Product(3, 1, 5)
        self.fc1, self.fc2 = nn.Linear(58, 50), nn.Linear(50, classes)

    def forward(self, x: Tensor) -> Tensor:  # (B, 120, 3) -> (B, classes)
        with torch.autocast(x.device.type, enabled=False):  # to change the type costs more than such products do
            x = functional.relu(self.conv1(x.float()))  # (B, 1, 116)
            x = x.reshape(x.shape[0], -1, 2).amax(2)  # (B, 58)
            return self.fc2(functional.relu(self.fc1(x)))


class AlongTime(nn.Conv1d):
    """A Conv1d on (B, C, 1, T) in channels-last memory: the same sums, in the order the processor likes.

    In bfloat16 on a CPU it takes less than half the time of torch's own (engine/bench/signals.py).
    """

    def __init__(self, *args: Any, **how: Any) -> None:
        super().__init__(*args, **how)  # the weights lie in memory as their gradients come, channels last
        self.weight = nn.Parameter(self.weight.detach().transpose(1, 2).contiguous().transpose(1, 2))

    def forward(self, x: Tensor, weight: Tensor | None = None) -> Tensor:  # (B, I, 1, T) -> (B, O, 1, T / stride)
        weight = (self.weight if weight is None else weight)[:, :, None]  # (O, I, 1, k)
        return functional.conv2d(x, weight, self.bias, (1, *self.stride), (0, int(self.padding[0])))


class NormOfWindows(nn.BatchNorm2d):
    """Batch norm of windows whose scale and shift the convolution behind it does with its own weights.

    So nothing flows back to the windows, which learn nothing. A last channel of ones stands for the shift: it ends where
    the window does.
    """

    def forward(self, x: Tensor) -> Tensor:  # (B, C, T) -> (B, C + 1, 1, T), channels last in memory
        kept: Any = self  # which has statistics
        if self.training:
            kept.num_batches_tracked.add_(1)
        ways = (None, None, self.training, kept.momentum, self.eps)
        x = functional.batch_norm(x, self.running_mean, self.running_var, *ways)
        x = functional.pad(x, (0, 0, 0, 1), value=1.0).to(_narrow(x))  # both at once takes three times as long
        return x[:, :, None].contiguous(memory_format=torch.channels_last)

    def within(self, weight: Tensor) -> Tensor:
        """(O, C, k) weights behind this norm to (O, C + 1, k) that answer the same to what `forward` gives."""
        return torch.cat((weight * self.weight[:, None], (weight * self.bias[:, None]).sum(1, keepdim=True)), 1)


class Activity(nn.Module):
    """Four convolutions along time, then the mean and the maximum of each map over the window.

    (B, T, C) to (B, classes). Beside every channel it sees the channel without its mean (movement without gravity)
    and how strong the movement of all channels is together, which does not depend on how the sensor is turned.
    """

    def __init__(self, classes: int = 6, channels: int = 3, dropout: float = 0.3) -> None:
        super().__init__()
        self.norm = NormOfWindows(2 * channels + 1)
        layers: list[tuple[str, nn.Module]] = []
        inputs = 2 * channels + 1
        for number, (width, kernel, stride) in enumerate(WIDTHS, 1):
            layers += [
                (f"conv{number}", AlongTime(inputs, width, kernel, stride, kernel // 2, bias=False)),
                (f"norm{number}", nn.BatchNorm2d(width)),
                (f"relu{number}", nn.ReLU(inplace=True)),
            ]
            inputs = width
        self.layers = nn.Sequential(OrderedDict(layers))
        self.drop = Dropout(dropout)
        self.fc = nn.Linear(2 * inputs, classes)

    def forward(self, x: Tensor) -> Tensor:  # (B, T, C) -> (B, classes)
        first, *others = self.layers.children()
        assert isinstance(first, AlongTime)
        maps = first(self.norm(self.views(x)), self.norm.within(first.weight))
        for layer in others:
            maps = layer(maps)  # (B, 128, 1, T / 8) in the end
        strongest = functional.max_pool2d(maps, maps.shape[2:]).flatten(1)  # `amax` and its gradient take longer
        return exactly(self.fc, self.drop(torch.cat((mean_of(maps), strongest), 1)))

    @staticmethod
    def views(x: Tensor) -> Tensor:
        """(B, T, C) to (B, 2C + 1, T): channels, channels without their means, the length of the latter."""
        x = x.transpose(1, 2)
        moving = x - x.mean(2, keepdim=True)
        return torch.cat((x, moving, moving.square().sum(1, keepdim=True).add_(1e-8).sqrt_()), 1)


class AlongLetters(nn.Conv1d):
    """A Conv1d on letters (B, T) int64, each a vector with one 1: the same sums, by looking weights up.

    Where a vector is all zeros but for one place, a product with it is one column of the weights: nothing to multiply.
    """

    def forward(self, codes: Tensor) -> Tensor:  # (B, T) -> (B, O, T), zeros beyond both ends
        table, rows = self._table(), self._rows(codes)
        sums = functional.embedding_bag(rows.flatten(0, 1), table, mode="sum").view(*codes.shape, -1)
        return (sums if self.bias is None else sums + self.bias).transpose(1, 2)

    def strongest(self, codes: Tensor) -> Tensor:
        """(B, T) -> (B, O), the maximum over the word. Only what made it learns, so only that is followed back."""
        if not self.training:
            return self(codes).amax(2)
        with torch.no_grad():
            maps = self(codes)[:, :, None]  # (B, O, 1, T), channels last in memory, as the pool likes it
            places = functional.max_pool2d(maps, maps.shape[2:], return_indices=True)[1].flatten(1)  # (B, O)
        rows = self._rows(codes).transpose(1, 2).gather(2, places[:, None].expand(-1, *self.kernel_size, -1))
        sums = self._table().gather(0, rows.flatten(0, 1)).view(rows.shape).sum(1)  # (B, k, O) -> (B, O)
        return sums if self.bias is None else sums + self.bias

    def _table(self) -> Tensor:
        """(k · (letters + 1), O): the weights of each letter at each place, zeros for none."""
        return functional.pad(self.weight.permute(2, 1, 0), (0, 0, 0, 1)).flatten(0, 1)

    def _rows(self, codes: Tensor) -> Tensor:
        """(B, T) letters to (B, T, k) rows of the table."""
        wide, half = self.kernel_size[0], int(self.padding[0])
        around = functional.pad(codes, (half, half), value=self.in_channels).unfold(1, wide, 1)
        return around + (self.in_channels + 1) * torch.arange(wide, device=codes.device)


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
        codes = x[..., 0].long().clamp(0, len(LETTERS) - 1)
        with torch.autocast(x.device.type, enabled=False):  # to change the type costs more than it brings
            return self.fc(self.drop(functional.relu(self.conv1.strongest(codes))))  # max and ReLU commute


class _Neighbours(torch.autograd.Function):
    """(B, F, H, W, C) frames to (B, F, H, W, 3 · C): the one before, itself, the one after; zeros beyond both ends."""

    @staticmethod
    def forward(ctx: Any, film: Tensor) -> Tensor:
        three = film.new_zeros(*film.shape[:4], 3, film.shape[4])
        three[:, 1:, ..., 0, :], three[..., 1, :], three[:, :-1, ..., 2, :] = film[:, :-1], film, film[:, 1:]
        return three.flatten(4)

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> Tensor:
        before, film, after = (one.contiguous() for one in grads[0].chunk(3, 4))
        film[:, :-1] += before[:, 1:]
        film[:, 1:] += after[:, :-1]
        return film


class ThroughTime(nn.Conv3d):
    """A 3×3×3 Conv3d, padded by one, on frames that lie side by side in the batch: the same sums as one Conv2d over the
    channels of three neighbouring frames, which a processor likes better.
    """

    def forward(self, x: Tensor) -> Tensor:  # (B · F, C, H, W) -> (B · F, O, H, W)
        x = x.to(_narrow(x))  # before it is laid out three times
        film = x.permute(0, 2, 3, 1).unflatten(0, (-1, FRAMES))  # (B, F, H, W, C), as it lies in memory
        three = _Neighbours.apply(film).flatten(0, 1).permute(0, 3, 1, 2)  # (B · F, 3 · C, H, W)
        weight = self.weight.transpose(1, 2).flatten(1, 2)  # (O, 3 · C, 3, 3): time before channels, as in `three`
        return functional.conv2d(three, weight, self.bias, 1, 1)


class Clip3d(nn.Module):
    """Conv3D over time, height and width: (B, 3, 72, 72) pictures of nine frames to (B, 4) (row 21)."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1, self.conv2 = ThroughTime(3, 8, 3, padding=1), ThroughTime(8, 24, 3, padding=1)
        self.norm1, self.norm2 = BatchNorm(8), BatchNorm(24)
        self.relu1, self.relu2 = nn.ReLU(), nn.ReLU(inplace=True)
        self.fc = nn.Linear(24, 4)

    def to(self, *args: Any, memory_format: torch.memory_format | None = None, **how: Any) -> Clip3d:
        """As torch's, but weights of five dimensions know no channels-last for pictures."""
        return super().to(*args, **how)

    def forward(self, x: Tensor) -> Tensor:
        count = x.shape[0]  # `len` would be a plain number, and an exported file would take that many alone
        x = frames_of(x).flatten(0, 1)  # (B · 9, 3, 24, 24)
        x = self.relu1(halved(self.norm1(self.conv1(x))))  # (B · 9, 8, 12, 12); max and ReLU commute
        x = self.relu2(self.norm2(self.conv2(x)))  # (B · 9, 24, 12, 12)
        return exactly(self.fc, mean_of(x).view(count, FRAMES, -1).mean(1))


class Clip2d(nn.Module):
    """The same with Conv2D on the middle frame alone: no time, so nothing tells where the picture goes."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(3, 24, 3, padding=1), nn.Conv2d(24, 36, 3, padding=1)
        self.norm1, self.norm2 = BatchNorm(24), BatchNorm(36)
        self.relu1, self.relu2 = nn.ReLU(), nn.ReLU(inplace=True)
        self.fc = nn.Linear(36, 4)

    def forward(self, x: Tensor) -> Tensor:
        side = x.shape[2] // ROW
        middle = x[:, :, side : 2 * side, side : 2 * side] * 2 - 1  # (B, 3, 24, 24)
        x = self.relu1(halved(self.norm1(self.conv1(middle))))  # max and ReLU commute
        return exactly(self.fc, mean_of(self.relu2(self.norm2(self.conv2(x)))))


def mean_of(maps: Tensor) -> Tensor:
    """(B, C, H, W), channels last in memory, to (B, C). Of a pool to one place the gradient is laid out twice."""
    return maps.permute(0, 2, 3, 1).flatten(1, 2).mean(1)


def _narrow(x: Tensor) -> torch.dtype:
    """The type in which a convolution of `x` is computed here."""
    where = x.device.type
    return torch.get_autocast_dtype(where) if torch.is_autocast_enabled(where) else x.dtype


def exactly(layer: nn.Linear, x: Tensor) -> Tensor:
    """A small last layer in float32: to change the type of its weights costs more than the product."""
    with torch.autocast(x.device.type, enabled=False):
        answer: Tensor = layer(x.float())
    return answer


def frames_of(x: Tensor) -> Tensor:
    """(B, 3, 3S, 3S) pictures of nine frames to (B, 9, 3, S, S), channels last in memory, brightness from −1 to 1."""
    count, side = x.shape[0], x.shape[2] // ROW
    rows = x.permute(0, 2, 3, 1).reshape(count, ROW, side, ROW, side, 3).transpose(2, 3)
    return rows.flatten(1, 2).mul_(2).sub_(1).permute(0, 1, 4, 2, 3)
