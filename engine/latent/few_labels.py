"""Pre-training against none with few labels: the same network, the same labels, two beginnings (lecture rows 115, 121, 124)."""

from __future__ import annotations

import copy
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.devices import choose
from engine.errors import LabError
from engine.fields import between
from engine.jobs import Event, Job, Progress
from engine.latent.begin import Pictures, Plan, last_split, learnt_from, read_pictures, split
from engine.latent.settings import DbnSettings, LatentSettings
from engine.latent.trained import open_generator
from engine.settings import load as load_settings
from engine.text import Text

LABELS = (10, 30, 100, 300, 1000)
RATES = (3e-4, 1e-3, 3e-3)  # both beginnings get the best of these, as the held-out part says
BATCH = 50
_TUNING = Text("Tuning with {n:,} labels", "라벨 {n:,}개로 다듬는 중")


class Pretrained(Protocol):
    """A generator whose encoder can begin a classifier: `Dbn`, `Autoencoder`."""

    def classifier(self, classes: int, *, pretrained: bool) -> nn.Sequential: ...


@dataclass(frozen=True, slots=True)
class Compared:
    """Test errors in [0, 1] with `labels` labels. fewer: the share of the errors that pre-training saves."""

    labels: int
    count: int
    error_pretrained: float
    error_scratch: float

    @property
    def fewer(self) -> float:
        return 1 - self.error_pretrained / max(1e-9, self.error_scratch)


def balanced(labels: Tensor, count: int, classes: int, seed: int) -> Tensor:
    """Indices of about `count` pictures, as many of each class as there can be, (n,) int64."""
    order = torch.randperm(len(labels), generator=torch.Generator().manual_seed(seed))
    each = max(1, count // classes)
    return torch.cat([order[labels[order] == number][:each] for number in range(classes)])


def compare(
    model: Pretrained, train: Pictures, held: Pictures, test: Pictures, *, labels: int, epochs: int, seed: int
) -> Job:
    """Fine-tune a classifier that begins with `model`'s weights, and one that begins with drawn weights; a job.

    Both see the same `labels` labelled pictures in the same order, as often, and keep the learning rate and the epoch
    that the held-out part likes best. Test is looked at once for each. Yields `Progress`; returns `Compared`.
    """
    chosen = balanced(train.labels, labels, len(train.classes), seed)
    few = Pictures(train.images[chosen], train.labels[chosen], train.classes)
    total = 2 * len(RATES) * epochs
    errors = []
    for number, pretrained in enumerate((True, False)):
        best, kept = 2.0, nn.Module()
        for turn, rate in enumerate(RATES):
            torch.manual_seed(seed)
            network = model.classifier(len(train.classes), pretrained=pretrained)
            tuning = fine_tune(network, few, held, rate=rate, epochs=epochs, seed=seed)
            for done, (error, better) in enumerate(tuning):
                if error < best:
                    best, kept = error, better
                yield Progress((number * len(RATES) + turn) * epochs + done, total, _TUNING(n=len(few)))
        errors.append(error_of(kept, test))
    return Compared(len(few), len(test), *errors)


@dataclass(frozen=True, slots=True)
class Point(Event):
    """One number of labels on the curve."""

    compared: Compared


def curve(
    which: str,
    *,
    data: Path | None = None,
    labels: Sequence[int] = LABELS,
    epochs: int = 30,
    seed: int = 7,
    most_test: int = 10_000,
) -> Job:
    """Pre-training against none over ever more labels (row 121); a job that yields `Point`s, returns `Compared`s.

    Args:
        which: an autoencoder or a stack of RBMs, as `open_generator` takes it.
    Raises:
        LabError: no epoch, a generator that cannot begin a classifier, no data.
    """
    between("epochs", epochs, (1, 1000))
    trained = open_generator(which)
    if not hasattr(trained.model, "classifier"):
        text = Text(
            "{name} has no layers that a classifier could begin with. Choose an autoencoder or a deep belief network.",
            "{name}에는 분류기로 이어 쓸 층이 없어요. 오토인코더나 심층 신뢰망을 골라 주세요.",
        )
        raise LabError(text(name=trained.recipe.name))
    torch.set_num_threads(max(1, (choose().threads or 2) - 1))
    root = data or load_settings()[0].data()
    id = learnt_from(trained.recipe, trained.about, root)
    whole: Pictures = yield from read_pictures(trained.recipe, id, "train", root)
    test: Pictures = yield from read_pictures(trained.recipe, id, last_split(id), root)
    train, held = split(whole, LatentSettings(held_out=1000, seed=seed), id)
    some = torch.randperm(len(test), generator=torch.Generator().manual_seed(seed))[:most_test]
    test = Pictures(test.images[some], test.labels[some], test.classes)
    found = []
    for count in labels:
        if count > len(train):
            break
        model: Pretrained = trained.model  # type: ignore[assignment]
        one = yield from compare(model, train, held, test, labels=count, epochs=epochs, seed=seed)
        found.append(one)
        yield Point(one)
    return tuple(found)


def fine_tune(
    network: nn.Module, few: Pictures, held: Pictures, *, rate: float, epochs: int, seed: int
) -> Generator[tuple[float, nn.Module], None, None]:
    """Train with Adam; after each epoch the held-out error and, where it is the smallest so far, a copy of the network."""
    optimizer = torch.optim.Adam(network.parameters(), rate)
    random, best, kept = torch.Generator().manual_seed(seed), 2.0, network
    for _ in range(epochs):
        for rows in torch.randperm(len(few), generator=random).split(BATCH):
            loss = functional.cross_entropy(network(few.images[rows].float() / 255), few.labels[rows])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
        error = error_of(network, held)
        if error < best:
            best, kept = error, copy.deepcopy(network)
        yield best, kept


@torch.inference_mode()
def error_of(network: nn.Module, data: Pictures) -> float:
    """The share of pictures read wrongly, in [0, 1]."""
    wrong = 0
    for start in range(0, len(data), 1000):
        x = data.images[start : start + 1000].float() / 255
        wrong += int((network(x).argmax(1) != data.labels[start : start + 1000]).sum())
    return wrong / len(data)


def tune(plan: Plan) -> Generator[Event, None, dict[str, float]]:
    """At the end of a DBN's run: its figures with the run's number of labels; {} for other generators."""
    settings = plan.settings
    if not isinstance(settings, DbnSettings):
        return {}
    test = yield from read_pictures(plan.recipe, plan.dataset, last_split(plan.dataset), plan.root)
    model = plan.learner.shown
    job = compare(
        model,  # type: ignore[arg-type]
        plan.train,
        plan.held_out,
        test,
        labels=settings.labels,
        epochs=settings.tune_epochs,
        seed=settings.seed,
    )
    found: Compared = yield from job
    return {
        "labels": found.labels,
        "count": found.count,
        "error_pretrained": found.error_pretrained,
        "error_scratch": found.error_scratch,
        "fewer_errors": found.fewer,
    }
