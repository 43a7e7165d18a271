"""What lies behind a check of a training: the figures that a verdict in words rests on.

Each is a function of a network (or of its optimizer) and some pictures; `examine` gathers them. They cost a
forward pass over a thousand pictures at most.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.data.imageset import ImageSet
from engine.devices import Device
from engine.train.events import Examined
from engine.train.measure import as_input, logits_of

if TYPE_CHECKING:
    from engine.train.begin import Plan

PICTURES = 512  # looked at of each part; half a per cent of error in the figures, a few milliseconds in time
PHOTOGRAPHS = 8  # of those sets whose pictures are large
_RELU = (nn.ReLU, nn.ReLU6)


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """How a network reads some pictures, each (n,): its loss, whether it is right, whether the label is the second
    choice, and how sure the first choice is in [0, 1]."""

    loss: np.ndarray
    right: np.ndarray
    second: np.ndarray
    sure: np.ndarray


def examine(plan: Plan) -> Examined:
    """The evidence at this moment of a training; leaves the network in the mode it was in."""
    state, network = plan.state, plan.state.answering
    was_training = network.training
    network.eval()
    train, held_out, dead = None, None, {}
    with torch.inference_mode():
        if isinstance(plan.train, ImageSet):
            train = readings(network, _some(plan.train), plan.device)
            with _Activity(network) as activity:
                held_out = readings(network, _some(plan.held_out), plan.device)
            dead = activity.dead()
        else:
            dead = dead_shares(network, _inputs(plan))
    network.train(was_training)
    wrong = ~held_out.right if held_out else np.zeros(0, bool)
    return Examined(
        step=state.step,
        epoch=state.seen / len(plan.train),
        train_count=len(train.loss) if train else 0,
        train_loss=float(train.loss.mean()) if train else math.nan,
        train_accuracy=float(train.right.mean()) if train else math.nan,
        held_out_count=len(wrong) or min(PHOTOGRAPHS, len(plan.held_out)),
        wrong=int(wrong.sum()),
        second=int(held_out.second[wrong].sum()) if held_out else 0,
        surer=surer(held_out) if held_out else 0.5,
        dead=dead,
        gradients=gradients_of(state.network),
        updates=update_ratios(state.network, state.optimizer),
    )


def _some(data: ImageSet) -> ImageSet:
    """The same pictures at every check, so that the figures can be compared: the parts were drawn at random."""
    return data if len(data) <= PICTURES else data.part(np.arange(PICTURES), data.split)


def _inputs(plan: Plan) -> Tensor:
    """Some held-out items as the network's input, as little augmented as the lesson allows."""
    now: Any = plan.settings
    if hasattr(now, "augment"):
        now = dataclasses.replace(now, augment=0.0)
    chosen, draw = np.arange(min(PHOTOGRAPHS, len(plan.held_out))), torch.Generator().manual_seed(0)
    return plan.recipe.lesson.batch(plan.held_out, chosen, now, draw, plan.device)[0]


def readings(network: nn.Module, data: ImageSet, device: Device) -> Readings:
    """Read every picture of `data`, a set small enough for one batch. The network must be in eval mode."""
    logits = logits_of(network, as_input(data.images[:], device), device).cpu()  # (n, classes)
    labels = torch.from_numpy(data.labels)
    loss = functional.cross_entropy(logits, labels, reduction="none")
    order = logits.topk(min(2, logits.shape[1])).indices  # (n, 2), first and second choice
    return Readings(
        loss=loss.numpy(),
        right=(order[:, 0] == labels).numpy(),
        second=(order[:, -1] == labels).numpy(),
        sure=logits.softmax(1).amax(1).numpy(),
    )


def surer(found: Readings) -> float:
    """How often a picture read right was surer than one read wrong, over all such pairs, in [0, 1].

    The area under the ROC curve of confidence (Hendrycks, Gimpel, ICLR 2017). A network hesitates where it errs,
    about 0.8 or more; where labels are wrong, it is right and sure and counted as wrong, and this falls to 0.5.
    """
    right, wrong = np.sort(found.sure[found.right]), found.sure[~found.right]
    if not len(right) or not len(wrong):
        return 0.5
    below = np.searchsorted(right, wrong, side="left") + np.searchsorted(right, wrong, side="right")
    return float(1 - below.mean() / (2 * len(right)))


def dead_shares(network: nn.Module, inputs: Tensor) -> dict[str, float]:
    """By layer, the share of ReLU units that answer none of `inputs`; a channel counts as one unit.

    A unit that is 0 for every picture has gradient 0 for every picture: it cannot come back by learning.
    """
    with _Activity(network) as activity:
        network(inputs)
    return activity.dead()


class _Activity:
    """Watches which units of each ReLU layer answer while it is open."""

    def __init__(self, network: nn.Module) -> None:
        self._layers = [(name, module) for name, module in network.named_modules() if isinstance(module, _RELU)]
        self._alive: dict[str, Tensor] = {}
        self._hooks: list[Any] = []

    def __enter__(self) -> _Activity:
        for name, module in self._layers:
            self._hooks.append(module.register_forward_hook(self._watch(name.removeprefix("layers."))))
        return self

    def __exit__(self, *error: object) -> None:
        for hook in self._hooks:
            hook.remove()

    def _watch(self, name: str) -> Any:
        def look(module: nn.Module, inputs: object, answers: Tensor) -> None:  # (B, C, …) or (B, N)
            alive = (answers > 0).movedim(1, 0).flatten(1).any(1)  # (C,)
            before = self._alive.get(name)
            self._alive[name] = alive if before is None else before | alive

        return look

    def dead(self) -> dict[str, float]:
        return {name: 1 - alive.float().mean().item() for name, alive in self._alive.items()}


def _weights(network: nn.Module) -> Iterator[tuple[str, nn.Parameter]]:
    """The weights of the layers that mix their inputs, first layer first; norms and biases are left out."""
    for name, module in network.named_modules():
        weight = getattr(module, "weight", None)
        if isinstance(weight, nn.Parameter) and weight.ndim > 1:
            yield name.removeprefix("layers."), weight


def gradients_of(network: nn.Module) -> dict[str, float]:
    """Root mean square of the gradient of each layer's weights, first layer first; {} before a backward pass.

    The mean over the weights, so that a small layer can be compared with a large one.
    """
    return {
        name: weight.grad.square().mean().sqrt().item() for name, weight in _weights(network) if weight.grad is not None
    }


def update_ratios(network: nn.Module, optimizer: torch.optim.Optimizer) -> dict[str, float]:
    """How far the last step moved each layer's weights, as a share of their own size; {} before the first.

    Read from Adam's moments: Δw = η · m̂ / (√v̂ + ε) (Kingma, Ba, ICLR 2015), or from SGD's momentum with Nesterov's
    look ahead: Δw = η · (g + μ v), or known from how Muon moves; decay not counted. About 10⁻³ to 10⁻²
    is usual; 10⁻⁵ means a hundred thousand steps until the weights are others.
    """
    groups = {id(p): group for group in optimizer.param_groups for p in group["params"]}
    found = {}
    for name, weight in _weights(network):
        moments, group = optimizer.state.get(weight), groups.get(id(weight))
        if moments and group:
            found[name] = _last_change(weight, moments, group) / (weight.detach().square().mean().sqrt().item() + 1e-12)
    return found


def _last_change(weight: Tensor, moments: dict[str, Any], group: dict[str, Any]) -> float:
    """Root mean square of what the optimizer added to a weight in its last step."""
    if group.get("turned"):  # Muon: all singular values are near 1
        return float(group["lr"]) / max(len(weight), weight[0].numel()) ** 0.5
    if "momentum_buffer" in moments:
        moved = moments["momentum_buffer"] * group["momentum"]
        moved = moved if weight.grad is None else moved + weight.grad
        return float(group["lr"]) * float(moved.square().mean().sqrt().item())
    step, (first, second) = float(moments["step"]), group["betas"]
    mean = moments["exp_avg"] / (1 - first**step)
    size = (moments["exp_avg_sq"] / (1 - second**step)).sqrt_().add_(group["eps"])
    return float(group["lr"]) * float((mean / size).square().mean().sqrt().item())
