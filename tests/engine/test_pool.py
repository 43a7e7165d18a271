"""Our 2 × 2 maximum is torch's: same answers, same gradients."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional

from engine.zoo.pool import halved


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_maxima_and_gradients_are_torchs(dtype: torch.dtype) -> None:
    values = torch.randperm(2 * 4 * 6 * 5).view(2, 4, 6, 5).permute(0, 3, 1, 2)  # below 256: no two alike in bfloat16
    ours, theirs = (values.to(dtype).requires_grad_() for _ in range(2))
    a, b = halved(ours), functional.max_pool2d(theirs, 2)
    slopes = torch.randn(a.shape).to(dtype)
    a.backward(slopes)
    b.backward(slopes)
    assert torch.equal(a, b)
    assert torch.equal(_learnt(ours), _learnt(theirs))


def test_of_equals_one_learns_and_all_of_it() -> None:
    x = torch.zeros(1, 3, 4, 4).contiguous(memory_format=torch.channels_last).requires_grad_()
    halved(x).sum().backward()
    assert torch.equal(functional.avg_pool2d(_learnt(x), 2) * 4, torch.ones(1, 3, 2, 2))
    assert int((_learnt(x) != 0).sum()) == 3 * 4


def _learnt(x: torch.Tensor) -> torch.Tensor:
    assert x.grad is not None
    return x.grad
