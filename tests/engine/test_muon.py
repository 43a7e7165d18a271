"""Muon: directions are made alike, a convolution keeps its size, biases are quick, what is frozen stays."""

from __future__ import annotations

import torch
from torch import nn

from engine.train.fit import _set_rate
from engine.train.muon import OTHERS, QUICK, Muon, orthogonal
from engine.train.state import TrainState
from engine.zoo import fast


def test_all_directions_of_a_gradient_count_alike() -> None:
    draw = torch.Generator().manual_seed(0)
    for shape in ((8, 40), (40, 8)):
        matrix = torch.randn(shape, generator=draw)
        left, _, right = torch.linalg.svd(matrix, full_matrices=False)
        steep = left @ torch.diag(torch.linspace(3, 0.3, 8)) @ right  # one direction ten times as loud as another
        found = orthogonal(steep)
        sizes = torch.linalg.svdvals(found)
        assert float(sizes.min()) > 0.4 and float(sizes.max()) < 1.6
        assert (torch.diag(left.T @ found @ right.T) > 0.4).all()  # the same directions, none turned round


def test_a_step_turns_convolutions_and_moves_the_rest_at_its_own_rate() -> None:
    network = fast.cifar(dropout=0.0, width=8)
    state = TrainState.fresh(network, torch.device("cpu"), 1, rule="identity", optimizer="muon")
    assert isinstance(state.optimizer, Muon)
    before = {name: weight.detach().clone() for name, weight in network.named_parameters()}
    network.train()(torch.rand(8, 3, 32, 32)).square().mean().backward()
    gradients = {name: weight.grad for name, weight in network.named_parameters()}
    for group in state.optimizer.param_groups:
        group["lr"], group["weight_decay"] = 0.1 * group["share"], 0.0
    state.optimizer.step()
    after = {name: weight.detach() for name, weight in network.named_parameters()}
    conv, bias, last, frozen = (
        "layers.conv2_1.weight",
        "layers.norm2_1.bias",
        "layers.fc1.weight",
        "layers.norm2_1.weight",
    )
    start = before[conv] * (len(before[conv]) ** 0.5 / before[conv].norm())
    turned = torch.linalg.svdvals((after[conv] - start).flatten(1))
    assert float(turned.max()) < 0.16 and float(turned.median()) > 0.04  # 0.1 in each direction
    nesterov = 1.85  # the first step with momentum 0.85
    for name, share in ((bias, QUICK), (last, OTHERS)):
        slope = gradients[name]
        assert slope is not None
        assert torch.allclose(after[name], before[name] - 0.1 * share * nesterov * slope, atol=1e-5)
    assert gradients[frozen] is None and torch.equal(after[frozen], before[frozen])


def test_the_rate_of_the_fastest_falls_straight_to_nothing() -> None:
    from engine.train.recipes import recipe

    now = recipe("cifar-fast").defaults
    optimizer = Muon([{"params": [nn.Parameter(torch.zeros(4, 3, 3, 3))], "share": 1.0}])
    shares = [_set_rate(optimizer, now, at) / now.learning_rate for at in (0.0, 0.25, 1.0)]  # type: ignore[arg-type]
    assert shares == [1.0, 0.75, 0.0]
    assert optimizer.param_groups[0]["lr"] == 0.0


def test_biases_decay_as_slowly_as_the_last_layer() -> None:
    from engine.train.recipes import recipe

    network = nn.Sequential(nn.Conv2d(3, 4, 3, bias=False), nn.BatchNorm2d(4), nn.Flatten(), nn.Linear(4, 2))
    optimizer = Muon([{"params": list(network.parameters()), "share": 1.0}])
    now = recipe("cifar-fast").defaults
    _set_rate(optimizer, now, 0.5)  # type: ignore[arg-type]
    shrinks = {group["share"]: group["lr"] * group["weight_decay"] for group in optimizer.param_groups}
    assert abs(shrinks[QUICK] / shrinks[OTHERS] - 1) < 1e-6
