"""Our batch norm of few channels is torch's: answers, gradients, statistics."""

from __future__ import annotations

import copy

import pytest
import torch
from torch import nn

from engine.zoo.norm import LEAST, BatchNorm


@pytest.mark.parametrize(("shape", "fold"), [((72, 8, 24, 24), 8), ((24, 24, 24, 24), 2), ((112, 7, 3, 128), 8)])
def test_it_answers_and_learns_as_torchs(shape: tuple[int, ...], fold: int) -> None:
    draw = torch.Generator().manual_seed(0)
    theirs = nn.BatchNorm2d(shape[1])
    nn.init.uniform_(theirs.weight, 0.5, 2.0, generator=draw)
    nn.init.normal_(theirs.bias, generator=draw)
    ours = BatchNorm(shape[1])
    ours.load_state_dict(copy.deepcopy(theirs.state_dict()))
    x = (2 + 3 * torch.randn(shape, generator=draw)).contiguous(memory_format=torch.channels_last)
    slope = torch.randn(shape, generator=draw).contiguous(memory_format=torch.channels_last)
    assert x.numel() >= LEAST and ours._fold(x) == fold
    answers, inputs = [], []
    for norm in (ours, theirs):
        inputs.append(x.clone(memory_format=torch.preserve_format).requires_grad_())
        answers.append(norm(inputs[-1]).mul_(2))  # in place, as a ReLU in our networks
        answers[-1].backward(slope)
    assert torch.allclose(*answers, atol=1e-4)
    assert torch.allclose(inputs[0].grad, inputs[1].grad, atol=1e-4)  # type: ignore[arg-type]
    for mine, other in zip(ours.parameters(), theirs.parameters(), strict=True):
        assert torch.allclose(mine.grad, other.grad, rtol=1e-3, atol=0.1)  # type: ignore[arg-type]  # sums of 40,000
    for mine, other in zip(ours.buffers(), theirs.buffers(), strict=True):
        assert torch.allclose(mine, other, rtol=1e-4, atol=1e-5)
    assert torch.allclose(ours.eval()(x), theirs.eval()(x), atol=1e-4)


def test_where_torchs_way_is_as_good_it_is_taken() -> None:
    norm = BatchNorm(8)
    wide = torch.rand(72, 8, 24, 24).contiguous(memory_format=torch.channels_last)
    assert norm._fold(wide) > 1
    assert norm._fold(wide.contiguous()) == 1  # pixels of a channel side by side
    assert norm._fold(wide[:8].contiguous(memory_format=torch.channels_last)) == 1  # small
    assert norm.eval()._fold(wide) == 1
    with torch.no_grad():
        assert norm.train()._fold(wide) == 1
