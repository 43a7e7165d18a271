"""Dropout as a kind of ensemble: many thinned networks in one, and what their mean answers (lecture row 29).

Srivastava et al., JMLR 2014, section 7.5: the answers of N networks, each with other neurons switched off, are
averaged; with more of them the mean comes near what the whole network answers at once.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from engine.data import ImageSet
from engine.devices import choose
from engine.errors import LabError
from engine.files import read_json
from engine.jobs import Event, Job, Progress
from engine.settings import load as load_settings
from engine.text import Text
from engine.train.begin import choose_dataset, read_part
from engine.train.measure import as_input
from engine.train.recipes import RECIPES, Recipe
from engine.train.trained import BUNDLED, weights_file
from engine.zoo.dropout import Dropout
from engine.zoo.weights import open_weights, put

PICTURES, BATCH = 1000, 250
_READING = Text("Reading the test pictures", "시험 그림 읽기")


@dataclass(frozen=True, slots=True, eq=False)
class Masked(Event):
    """The first `len(single)` thinned networks.

    count: pictures that figures rest on. whole: share read right with every neuron on.
    single: of each thinned network alone; together: of the mean of the first 1, 2, … of them.
    masks:  of each, which neurons of the hidden layer were on, (hidden,) bool.
    """

    count: int
    whole: float
    single: tuple[float, ...]
    together: tuple[float, ...]
    masks: tuple[np.ndarray, ...]

    @property
    def words(self) -> Text:
        """What came out, in a sentence."""
        text = Text(
            "One thinned network reads {one:.1f}\u2009% (mean of {n}), their mean {all:.1f}\u2009%, the whole network {whole:.1f}\u2009% of {count:,} pictures.",
            "일부를 끈 신경망 하나는 {one:.1f}\u2009%({n}개 평균), 모두의 평균은 {all:.1f}\u2009%, 전체 신경망은 {whole:.1f}\u2009%를 맞혀요. 그림 {count:,}장으로 쟀어요.",
        )
        values = {"one": 100 * float(np.mean(self.single)), "all": 100 * self.together[-1], "n": len(self.single)}
        return text(**values, whole=100 * self.whole, count=self.count)


def ensemble(word: str, *, p: float = 0.5, members: int = 20, seed: int = 1, data: Path | None = None) -> Job:
    """Thin a trained network `members` times and average the answers; a job.

    Args:
        word: the id of a recipe (its bundled weights), a run's folder or name, or a safetensors file.
        p: share of neurons switched off, in (0, 1).
    Yields: `Masked` after each member. Returns: the last one.
    Raises: `LabError` for a share or a number that will not do, when there are no weights or no data, or the network
        has no dropout.
    """
    if not 0 < p < 1 or members < 1:
        text = Text(
            "Between 0 and 1 of the neurons can be off, in one mask at least (p = {p:g}, {n} masks).",
            "끄는 비율은 0과 1 사이, 마스크는 하나 이상이어야 해요 (p = {p:g}, 마스크 {n}개).",
        )
        raise LabError(text(p=p, n=members))
    chosen, network, dataset = _opened(word)
    front, back = _halves(network)
    root = data or load_settings()[0].data()
    yield Progress(0, members, _READING)
    pictures: ImageSet = yield from read_part(chosen, choose_dataset(chosen, dataset, root), root, last=True)
    draw = np.random.default_rng(seed)
    some = pictures.part(draw.permutation(len(pictures))[:PICTURES], pictures.split)
    torch.set_num_threads(1)
    features, labels = _features(front, network, some), torch.from_numpy(some.labels)
    whole = _share(_answer(back, features, [None] * len(back)), labels)
    return (yield from _members(back, features, labels, whole, draw, (p, members)))


def _members(
    back: list[nn.Module],
    features: Tensor,
    labels: Tensor,
    whole: float,
    draw: np.random.Generator,
    how: tuple[float, int],
) -> Generator[Event, None, Masked]:
    (p, members), single, together, masks = how, list[float](), list[float](), list[np.ndarray]()
    total = torch.zeros(())
    for _ in range(members):
        drawn = [draw.random(width) >= p if width else None for width in _widths(back, features.shape[1])]
        answers = _answer(back, features, drawn, 1 - p)
        total = total + answers
        single.append(_share(answers, labels))
        together.append(_share(total, labels))
        masks.append(next(mask for mask in reversed(drawn) if mask is not None))
        found = Masked(len(labels), whole, tuple(single), tuple(together), tuple(masks))
        yield found
    return found


def _opened(word: str) -> tuple[Recipe, nn.Module, str]:
    """The recipe and its trained network, in eval mode, and the data set it learnt."""
    known = next((one for one in RECIPES if one.id == word), None)
    chosen, which = (known, BUNDLED) if known else weights_file(word)
    tensors, about = open_weights(chosen.id, which)
    network = chosen.make(**about.get("build", chosen.build_arguments(chosen.defaults)))
    put(network, tensors, word)
    run = Path(which).parent / "run.json" if known is None else None
    dataset = str(read_json(run)["dataset"]) if run and run.is_file() else "auto"
    return chosen, network.eval(), dataset


def _halves(network: nn.Module) -> tuple[list[nn.Module], list[nn.Module]]:
    """The layers before the first fully connected one or dropout, and from there on."""
    layers = list(getattr(network, "layers", nn.Sequential()).children())
    last = max((at for at, layer in enumerate(layers) if isinstance(layer, Dropout)), default=-1)
    hidden = [at for at, layer in enumerate(layers[: last + 1]) if isinstance(layer, nn.Linear)]
    if last < 0 or not hidden:
        raise LabError(
            Text(
                "This network has no dropout behind a hidden layer. Choose a CNN with two fully connected layers.",
                "이 신경망에는 은닉층 뒤의 dropout이 없어요. 완전 연결층이 2개인 CNN을 골라 주세요.",
            )
        )
    begin = min(hidden[0], next(at for at, layer in enumerate(layers) if isinstance(layer, Dropout)))
    return layers[:begin], layers[begin:]


def _features(front: list[nn.Module], network: nn.Module, data: ImageSet) -> Tensor:
    """(n, features) what the front half answers; the pictures are made as the network itself makes them."""
    device, parts = choose("cpu", "fp32"), list[Tensor]()
    whole = network.get_submodule("layers")
    network.layers = nn.Sequential(*front)
    try:
        with torch.inference_mode():
            for start in range(0, len(data), BATCH):
                parts.append(network(as_input(data.images[start : start + BATCH], device)))
    finally:
        network.layers = whole
    return torch.cat(parts)


def _widths(back: list[nn.Module], width: int) -> list[int]:
    """How many values come into each dropout layer; 0 for other layers and for one behind the answers."""
    found, last = list[int](), max(at for at, layer in enumerate(back) if isinstance(layer, nn.Linear))
    for at, layer in enumerate(back):
        width = layer.out_features if isinstance(layer, nn.Linear) else width
        found.append(width if isinstance(layer, Dropout) and at < last else 0)
    return found


def _answer(back: list[nn.Module], x: Tensor, masks: list[np.ndarray | None], kept: float = 1.0) -> Tensor:
    """(n, classes) probabilities with the same neurons off for every picture."""
    with torch.inference_mode():
        for layer, mask in zip(back, masks, strict=True):
            x = layer(x.clone()) if mask is None else x * torch.from_numpy(mask) / kept
    return x.softmax(1)


def _share(answers: Tensor, labels: Tensor) -> float:
    return float((answers.argmax(1) == labels).double().mean())
