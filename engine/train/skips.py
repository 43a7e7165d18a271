"""Cutting the skips of a residual network: what becomes of its gradients, and of what it has learnt (rows 44, 45).

A trained residual network survives the loss of one block's skip or not (Veit, Wilber, Belongie, NIPS 2016, cut whole
blocks); a fresh one shows at once how far the gradient reaches without them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional

from engine.cards import unknown
from engine.data import ImageSet
from engine.devices import choose
from engine.jobs import Job, Progress
from engine.settings import load as load_settings
from engine.text import Text
from engine.train.begin import choose_dataset, read_part
from engine.train.evidence import gradients_of
from engine.train.measure import as_input, logits_of
from engine.train.recipes import recipe
from engine.train.trained import weights_file
from engine.zoo import resnet, start
from engine.zoo.resnet import residuals
from engine.zoo.weights import open_weights, put

RECIPE = "cifar-resnet"
BATCH, PICTURES = 32, 400
_CUTTING = Text("Cutting skips", "건너뛰는 길 끊기")


@dataclass(frozen=True, slots=True)
class Cut:
    """A network with some skips cut.

    blocks: names of all its blocks. cut: those without a skip now.
    gradients: by layer, the root mean square of its weights' gradient for one batch, first layer first.
    accuracy: share of `count` test pictures read right; None for fresh weights, which know nothing.
    """

    blocks: tuple[str, ...]
    cut: frozenset[str]
    gradients: dict[str, float]
    accuracy: float | None
    count: int


def cut(names: frozenset[str], *, run: str = "", depth: int = 32, data: Path | None = None) -> Job:
    """Cut the skips of the blocks with these names ("block1_1", …); a job that returns a `Cut`.

    Args:
        run: a trained `cifar-resnet`: a run's folder or name, or a safetensors file. "" = fresh weights.
        depth: layers of a fresh network. Its weights follow Glorot's rule, as was usual before He's, and it has no batch
            norm: both would hide what is to be seen.
    Raises: `LabError` when the weights or the pictures are not here, or a block is not.
    """
    yield Progress(0, 2, _CUTTING)
    network = _trained(run) if run else _fresh(depth)
    blocks = residuals(network)
    for name in sorted(names - blocks.keys()):
        raise unknown(Text("block", "블록"), name, list(blocks))
    for name, block in blocks.items():
        block.skip = block.skip and name not in names
    root = data or load_settings()[0].data()
    chosen = recipe(RECIPE)
    pictures: ImageSet = yield from read_part(chosen, choose_dataset(chosen, "auto", root), root, last=True)
    order = torch.randperm(len(pictures), generator=torch.Generator().manual_seed(5)).numpy()
    some = pictures.part(order[:PICTURES], pictures.split)
    torch.set_num_threads(1)
    yield Progress(1, 2, _CUTTING)
    accuracy = _accuracy(network, some) if run else None
    cut_now = frozenset(name for name, block in blocks.items() if not block.skip)
    return Cut(tuple(blocks), cut_now, _gradients(network, some), accuracy, len(some) if run else 0)


def _fresh(depth: int) -> nn.Module:
    network = resnet.cifar(batch_norm=False, dropout=0.0, depth=depth)
    start.xavier(network, torch.Generator().manual_seed(7))
    return network


def _trained(run: str) -> nn.Module:
    chosen, which = weights_file(run)
    tensors, about = open_weights(chosen.id, which)
    network = chosen.make(**about["build"])
    put(network, tensors, run)
    return network


def _accuracy(network: nn.Module, data: ImageSet) -> float:
    device = choose("cpu", "fp32")
    network.eval()
    with torch.inference_mode():
        right = [
            logits_of(network, as_input(data.images[at : at + 100], device), device).argmax(1)
            for at in range(0, len(data), 100)
        ]
    return float((torch.cat(right) == torch.from_numpy(data.labels)).double().mean())


def _gradients(network: nn.Module, data: ImageSet) -> dict[str, float]:
    network.train()
    network.zero_grad()
    device = choose("cpu", "fp32")
    logits = logits_of(network, as_input(data.images[:BATCH], device), device)
    functional.cross_entropy(logits, torch.from_numpy(data.labels[:BATCH])).backward()
    return gradients_of(network)
