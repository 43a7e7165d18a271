"""The writer of text learning: windows of the tales, its loss, and a check on paragraphs that were held out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

import resources
from engine.caption.learner import CLIP
from engine.caption.lesson import Lesson
from engine.caption.settings import TextSettings
from engine.caption.writer import Pen, Writer, alphabet_of, build, composed
from engine.devices import Device
from engine.errors import LabError, cannot_read
from engine.text import Text

FILES = ("tales-ko.txt", "tales-en.txt")
STARTS = ("나는 ", "The ")  # of the examples in a check


@dataclass(frozen=True, slots=True)
class Tales:
    """The paragraphs of both languages. fingerprint: SHA-256 of their files."""

    paragraphs: tuple[str, ...]
    fingerprint: str


def read_tales() -> Tales:
    """The folk tales that came with the app, retold by us. Raises `LabError` when they are missing."""
    total, found = hashlib.sha256(), list[str]()
    for name in FILES:
        path = resources.path("captions", name)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise cannot_read(path, error) from error
        total.update(content)
        lines = composed(content.decode("utf-8")).splitlines()
        found += [line.strip() for line in lines if len(line.strip()) > 40]  # titles teach nothing
    return Tales(tuple(found), total.hexdigest())


class TextLearner(Lesson):
    """What `engine.caption.learn` drives; `count` is windows of text in an epoch."""

    chosen_by = "likelihood"

    def __init__(self, settings: TextSettings, tales: Tales, where: Device) -> None:
        torch.manual_seed(settings.seed)
        random = torch.Generator().manual_seed(settings.seed)
        self._now, self._where = settings, where
        held, kept = _divided(tales, settings.held_out, random)
        self.vocabulary = alphabet_of("\n" + "".join(tales.paragraphs))
        self._held = [torch.tensor(self.vocabulary.encode(f"\n{one}\n")) for one in held]
        self._kept = [self.vocabulary.encode(f"{one}\n") for one in kept]
        self.counts = (sum(map(len, self._kept)), sum(map(len, self._held)))
        names = ("width", "state", "dropout")
        self.build = {"characters": len(self.vocabulary), **{name: getattr(settings, name) for name in names}}
        self._network = build(self.build)
        super().__init__(self._network, settings)
        self._random = random

    @property
    def count(self) -> int:
        return max(1, self.counts[0] // self._now.window)

    def about(self) -> dict[str, Any]:
        return {"build": self.build, "characters": list(self.vocabulary.characters)}

    def batches(self) -> Iterator[Tensor]:
        """An epoch's windows, (B, window + 1) characters each: the paragraphs in a new order, from a new place."""
        order = torch.randperm(len(self._kept), generator=self._random).tolist()
        line = torch.tensor([0, *(number for i in order for number in self._kept[i])])
        line[0] = self.vocabulary.encode("\n")[0]
        start = int(torch.randint(self._now.window, (1,), generator=self._random))
        windows = line[start:].unfold(0, self._now.window + 1, self._now.window)
        mixed = windows[torch.randperm(len(windows), generator=self._random)]
        return iter(mixed.split(self._now.batch_size))

    def update(self, chosen: Tensor, done: float) -> float:
        """One step on windows (B, T + 1); returns the loss of a character in nats."""
        self.set_rate(done)
        self._network.train()
        logits, _ = self._network(chosen[:, :-1])
        loss = functional.cross_entropy(logits.flatten(0, 1), chosen[:, 1:].flatten())
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self._network.parameters(), CLIP)
        self._optimizer.step()
        self.averaged.take(self._network)
        return float(loss.detach())

    @torch.inference_mode()
    def check(self) -> tuple[dict[str, float], str]:
        """On the paragraphs held out: likelihood, the geometric mean of the next character's probability, and bits."""
        network, total, count = self.averaged.network, 0.0, 0
        assert isinstance(network, Writer)
        for line in self._held:
            logits, _ = network(line[None, :-1])
            total += float(functional.cross_entropy(logits[0], line[1:], reduction="sum"))
            count += len(line) - 1
        nats = total / count
        found = {"likelihood": float(torch.tensor(-nats).exp()), "bits": nats / 0.6931471805599453}
        pen, random = Pen(network, self.vocabulary), torch.Generator().manual_seed(0)
        lines = []
        for start in STARTS:
            pen.read(start)
            lines.append(start + "".join(pen.write(0.7, random).character for _ in range(40)))
        return found, " | ".join(line.replace("\n", " ") for line in lines)


def _divided(tales: Tales, share: float, random: torch.Generator) -> tuple[list[str], list[str]]:
    """(held out, kept) paragraphs, of both languages alike. Raises `LabError` when there is nothing to hold out."""
    held, kept = list[str](), list[str]()
    for korean in (True, False):
        part = [one for one in tales.paragraphs if ("\uac00" <= max(one) <= "\ud7a3") == korean]
        order = torch.randperm(len(part), generator=random).tolist()
        count = max(1, round(len(part) * share))
        held += [part[i] for i in order[:count]]
        kept += [part[i] for i in order[count:]]
    if not kept:
        raise LabError(Text("There is too little text to learn from.", "배울 글이 너무 적어요."))
    return held, kept
