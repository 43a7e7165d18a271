"""Transfer: what another network has learnt as the start of this one, as far as their tensors agree (rows 55–61).

Tensors of the same name and shape are taken: of the same recipe all of them, of another one with the same encoder the
encoder. Heads that name other things stay as they were drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from torch import Tensor, nn

from engine.errors import LabError
from engine.text import Text
from engine.train.recipes import RECIPES
from engine.train.taken import Taken
from engine.train.trained import BUNDLED, weights_file
from engine.zoo.weights import open_weights

ENCODER = "encoder."


def weights_of(word: str) -> Mapping[str, Tensor]:
    """The tensors of a run, a safetensors file, or the bundled weights of a recipe, by the names of its network.

    Raises: `LabError` when there is nothing of that name, or it cannot be read.
    """
    if any(one.id == word for one in RECIPES):
        return open_weights(word, BUNDLED)[0]
    chosen, path = weights_file(word)
    return open_weights(chosen.id, path)[0]


def transfer(network: nn.Module, tensors: Mapping[str, Tensor], source: str) -> Taken:
    """Put what fits of `tensors` into `network`. Raises `LabError` when nothing does."""
    ours = network.state_dict()
    fitting = {name: value for name, value in _named(tensors, ours) if ours[name].shape == value.shape}
    weights = dict(network.named_parameters())
    taken = sum(value.numel() for name, value in fitting.items() if name in weights)
    if not taken:
        text = Text(
            "Nothing in {source} fits this network: no layer has the same name and shape.",
            "{source} 안에 이 신경망과 맞는 것이 없어요. 이름과 크기가 같은 층이 없어요.",
        )
        raise LabError(text(source=source))
    network.load_state_dict({**ours, **fitting})
    parts = list(dict.fromkeys(name.partition(".")[0] for name in weights))
    whole = {part: all(n in fitting for n in weights if n.partition(".")[0] == part) for part in parts}
    return Taken(
        source,
        taken,
        sum(value.numel() for value in weights.values()),
        tuple(part for part in parts if whole[part]),
        tuple(part for part in parts if not whole[part]),
    )


def _named(tensors: Mapping[str, Tensor], ours: Mapping[str, Tensor]) -> Iterable[tuple[str, Tensor]]:
    """The tensors by our names; a network that is nothing but an encoder lends it to one that has one."""
    for name, value in tensors.items():
        for own in (name, ENCODER + name):
            if own in ours:
                yield own, value
                break
