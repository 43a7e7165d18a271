"""Our Adam is torch's: same weights, same state, before and after a checkpoint."""

from __future__ import annotations

import copy

import torch
from torch import nn

from engine.train.adam import Adam


def _step(network: nn.Module, optimizer: torch.optim.Optimizer, number: int) -> None:
    x = torch.randn(8, 5, generator=torch.Generator().manual_seed(number))
    optimizer.zero_grad()
    network(x).square().mean().backward()
    for group in optimizer.param_groups:
        group["lr"], group["weight_decay"] = 0.01 * group["share"], 0.1
    optimizer.step()


def _groups(network: nn.Sequential) -> list[dict[str, object]]:
    network[0].bias.requires_grad_(False)  # gets no gradient, as what is frozen
    first, second = list(network[0].parameters()), list(network[1].parameters())
    return [{"params": first, "share": 1.0}, {"params": second, "share": 0.3}]


def test_it_moves_weights_as_torch_does_and_goes_on_from_torchs_state() -> None:
    ours = nn.Sequential(nn.Linear(5, 4), nn.Linear(4, 2))
    theirs = copy.deepcopy(ours)
    a, b = Adam(_groups(ours)), torch.optim.AdamW(_groups(theirs), fused=True)
    for number in range(4):
        _step(ours, a, number)
        _step(theirs, b, number)
    for mine, other in zip(ours.parameters(), theirs.parameters(), strict=True):
        assert torch.equal(mine, other)
    assert a.state_dict()["state"].keys() == b.state_dict()["state"].keys()
    a.load_state_dict(copy.deepcopy(b.state_dict()))
    _step(ours, a, 9)
    _step(theirs, b, 9)
    assert all(torch.equal(mine, other) for mine, other in zip(ours.parameters(), theirs.parameters(), strict=True))
