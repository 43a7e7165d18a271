"""Batch norms that stay as they were learnt: the same answers and gradients, in one convolution."""

from __future__ import annotations

import copy

import pytest
import torch
from torch import nn

from engine.train.recipes import recipe
from engine.zoo.chain import Chain, fix, rest
from engine.zoo.efficientnet_lite import InvertedBottleneck
from engine.zoo.transferred import Transferred

pytestmark = pytest.mark.usefixtures("one_core")


def _learnt(layers: nn.Module) -> nn.Module:
    """Statistics, scales and shifts as they might have been learnt."""
    draw = torch.Generator().manual_seed(0)
    for layer in layers.modules():
        if isinstance(layer, nn.BatchNorm2d):
            for value in (layer.running_mean, layer.bias.data):
                assert value is not None
                value.normal_(generator=draw)
            for value in (layer.running_var, layer.weight.data):
                assert value is not None
                value.uniform_(0.5, 2.0, generator=draw)
    return layers.train()


@pytest.mark.parametrize(
    "layers",
    [
        Chain(nn.Conv2d(8, 12, 3, padding=1), nn.BatchNorm2d(12), nn.ReLU(inplace=True), nn.Conv2d(12, 8, 1)),
        InvertedBottleneck(8, 8, 5, stride=1, expansion=3),
        InvertedBottleneck(8, 12, 3, stride=2, expansion=2),
        InvertedBottleneck(8, 12, 5, stride=2, expansion=2),
        Chain(nn.Conv2d(8, 6, 3, padding=1, bias=False), nn.BatchNorm2d(6), nn.ReLU6(inplace=True), nn.Conv2d(6, 4, 3)),
    ],
    ids=["conv-with-bias", "five-wide-skip", "stride-2", "five-wide-stride-2", "plain-conv-relu6"],
)
def test_a_chain_answers_and_learns_as_its_layers_one_by_one(layers: nn.Module) -> None:
    _learnt(layers)
    fix(layers)
    rest(layers)
    whole = copy.deepcopy(layers)
    for chain in whole.modules():
        if isinstance(chain, Chain):
            chain.__class__ = nn.Sequential  # type: ignore[assignment]  # the same layers, one after the other
    x = torch.randn(2, 8, 10, 14, generator=torch.Generator().manual_seed(1)).contiguous(
        memory_format=torch.channels_last
    )
    asked = list[nn.Module]()
    for layer in layers.modules():
        if isinstance(layer, nn.BatchNorm2d | nn.ReLU6):
            layer.register_forward_hook(lambda norm, *_: asked.append(norm))
    answers = [one(x) for one in (layers, whole)]
    torch.testing.assert_close(*answers, atol=1e-4, rtol=1e-4)
    assert not asked  # no pass over the map for a batch norm
    own = copy.deepcopy(whole).train()(x)  # by each batch's statistics
    assert not torch.allclose(answers[0], own, atol=0.1)
    for answer in answers:
        answer.square().mean().backward()
    for (name, ours), theirs in zip(layers.named_parameters(), whole.parameters(), strict=True):
        if not ours.requires_grad:
            assert theirs.grad is None
            continue
        assert ours.grad is not None and ours.grad.abs().max() > 0, name
        torch.testing.assert_close(ours.grad, theirs.grad, atol=1e-4, rtol=1e-3)


def test_in_bfloat16_what_a_chain_learns_is_what_its_layers_learn_in_float32() -> None:
    layers = _learnt(InvertedBottleneck(8, 8, 3, stride=1, expansion=4))
    fix(layers)
    rest(layers)
    exact = copy.deepcopy(layers)
    x = torch.randn(4, 8, 16, 16, generator=torch.Generator().manual_seed(2)).contiguous(
        memory_format=torch.channels_last
    )
    with torch.autocast("cpu", torch.bfloat16):
        layers(x).float().square().mean().backward()
    exact(x).square().mean().backward()
    for ours, theirs in zip(layers.parameters(), exact.parameters(), strict=True):
        if ours.requires_grad:
            assert ours.grad is not None and theirs.grad is not None and ours.grad.dtype is torch.float32
            assert torch.cosine_similarity(ours.grad.flatten(), theirs.grad.flatten(), 0) > 0.99


def test_what_was_learnt_of_a_million_pictures_is_kept_while_the_weights_learn() -> None:
    learns = {"classes": 10, "backbone": "mnist-deep", "side": 28, "freeze": 0}
    for pretrained in (True, False):
        network = recipe("transfer-digits").make(**learns, pretrained=pretrained).train()
        assert isinstance(network, Transferred)
        if pretrained:
            network.put_learnt()
        before = copy.deepcopy(network.state_dict())
        network(torch.rand(4, 1, 28, 28)).square().mean().backward()
        after = network.state_dict()
        kept = [torch.equal(after[name], before[name]) for name in before if "running" in name]
        assert kept and all(kept) == pretrained and any(kept) == pretrained
        learnt = {name: value.grad is not None for name, value in network.named_parameters()}
        norms = [name for name, layer in network.named_modules() if isinstance(layer, nn.BatchNorm2d)]
        for name, moves in learnt.items():
            assert moves == (not pretrained or name.rpartition(".")[0] not in norms), name


def test_a_run_from_before_there_was_a_choice_reads_as_it_did() -> None:
    learns = {"classes": 10, "backbone": "mnist-deep", "side": 28, "freeze": 0}
    old, new = (recipe("transfer-digits").make(**learns, **more).eval() for more in ({}, {"pretrained": True}))
    new.load_state_dict(old.state_dict())
    x = torch.rand(3, 1, 28, 28)
    with torch.no_grad():
        torch.testing.assert_close(old(x), new(x))


@pytest.mark.parametrize("freeze", [0, 2])
def test_photographs_a_few_at_once_teach_what_all_at_once_teach(freeze: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no batch norm learns, large maps are made in pieces that fit the cache."""
    network = recipe("transfer-photos").make(
        classes=5, backbone="efficientnet-lite0", side=96, freeze=freeze, pretrained=True
    )
    assert isinstance(network, Transferred)
    network.put_learnt()
    photographs = torch.rand(3, 3, 96, 96, generator=torch.Generator().manual_seed(0))
    found = []
    for together in (2, 3):
        monkeypatch.setattr("engine.zoo.transferred.PIECE", together)
        network.zero_grad()
        answers = network.train()(photographs)
        answers.square().mean().backward()
        found.append([answers.detach(), *(p.grad.clone() for p in network.parameters() if p.grad is not None)])
    assert len(found[0]) > 20
    for pieces, whole in zip(*found, strict=True):
        torch.testing.assert_close(pieces, whole, atol=1e-5, rtol=1e-3)


def test_no_more_than_a_few_photographs_are_in_the_first_maps_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.zoo.transferred.PIECE", 2)
    network = (
        recipe("transfer-photos")
        .make(classes=5, backbone="efficientnet-lite0", side=96, freeze=0, pretrained=True)
        .train()
    )
    assert isinstance(network, Transferred)
    counts: dict[int, list[int]] = {}
    for number, part in enumerate(network.encoder):
        part.register_forward_hook(lambda _, taken, __, n=number: counts.setdefault(n, []).append(len(taken[0])))
    network(torch.rand(3, 3, 96, 96))
    assert counts[0] == counts[2] == [2, 1] and counts[3] == counts[8] == [3]
