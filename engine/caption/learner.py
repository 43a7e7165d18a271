"""One captioner learning: a batch, its loss, and a check on what was held out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.caption.chorus import Chorus
from engine.caption.lesson import Lesson
from engine.caption.network import Captioner, build
from engine.caption.pairs import IGNORED, Pairs, Sentences, sentences_of
from engine.caption.scores import figures
from engine.caption.settings import CaptionSettings
from engine.caption.speak import Speaker, Told, Ways, tell
from engine.caption.words import START, UNKNOWN, Vocabulary, as_sentence
from engine.devices import Device

ALIKE = 8  # batches among whose sentences those of like length are put together
CLIP = 5.0  # largest norm of a gradient


class CaptionLearner(Lesson):
    """What `engine.caption.learn` drives."""

    chosen_by = "cider_d"

    def __init__(
        self, kind: str, settings: CaptionSettings, vocabulary: Vocabulary, train: Pairs, held_out: Pairs, where: Device
    ) -> None:
        names = ("width", "state", "dropout", "members")
        self.build = {"kind": kind, "words": len(vocabulary), **{name: getattr(settings, name) for name in names}}
        torch.manual_seed(settings.seed)
        self._network, self._now, self._where = build(self.build), settings, where
        self._network.detector.fit(train.views.pooled.flatten(0, 1).float(), _shares(train, vocabulary))
        super().__init__(self._network, settings)
        self.vocabulary, self._train, self._held_out = vocabulary, train, held_out
        self._sentences: Sentences = sentences_of(train, vocabulary)

    @property
    def count(self) -> int:
        """Sentences in an epoch."""
        return len(self._sentences)

    def about(self) -> dict[str, Any]:
        """What is stored beside the weights."""
        return {
            "build": self.build,
            "vocabulary": list(self.vocabulary.words),
            "hints": self._now.hints,
            "length": self._now.length,
        }

    def batches(self) -> Iterator[Tensor]:
        """An epoch's batches of sentence numbers, newly shuffled; those of a batch are about equally long."""
        size = self._now.batch_size
        lengths = (self._sentences.answers != IGNORED).sum(1)
        order = torch.randperm(self.count, generator=self._random)
        sorted_chunks = [chunk[lengths[chunk].argsort()] for chunk in order.split(ALIKE * size)]
        batches = [batch for chunk in sorted_chunks for batch in chunk.split(size)]
        mixed = torch.randperm(len(batches), generator=self._random).tolist()
        return iter([batches[i] for i in mixed])

    def update(self, chosen: Tensor, done: float) -> float:
        """One step on these sentences, `done` in [0, 1] of the training; returns the loss of a word in nats."""
        self.set_rate(done)
        self._network.train()
        inputs, answers, seen = self._batch(chosen)
        with torch.autocast("cpu", torch.bfloat16, enabled=self._where.precision is torch.bfloat16):
            told = self._network.teach(*seen, inputs)
        losses = [
            functional.cross_entropy(
                one.float().flatten(0, 1), answers.flatten(), ignore_index=IGNORED, label_smoothing=self._now.smoothing
            )
            for one in told
        ]
        total = torch.stack(losses).sum()
        self._optimizer.zero_grad(set_to_none=True)
        total.backward()
        nn.utils.clip_grad_norm_(self._network.parameters(), CLIP * len(losses))
        self._optimizer.step()
        self.averaged.take(self._network)
        return float(total.detach()) / len(losses)

    def _batch(self, chosen: Tensor) -> tuple[Tensor, Tensor, tuple[Tensor, Tensor]]:
        now, random, table = self._now, self._random, self._sentences
        answers = table.answers[chosen]
        length = int((answers != IGNORED).sum(1).max())
        inputs, answers = table.inputs[chosen, :length].clone(), answers[:, :length]
        hide = (torch.rand(inputs.shape, generator=random) < now.word_dropout) & (inputs != START)
        inputs[hide] = UNKNOWN
        rows = table.photo[chosen]
        which = torch.randint(self._train.views.pooled.shape[1], (len(rows),), generator=random)
        seen = self._train.views.seen(rows, which)
        return inputs, answers, (seen.pooled, seen.maps)

    def check(self) -> tuple[dict[str, float], str]:
        """Beam 3 on every photograph that was held out: the figures, and one sentence."""
        ways = Ways(hints=self._now.hints, length=self._now.length)
        told = [one.words for one in describe_all(self.averaged.network, self.vocabulary, self._held_out, ways)]
        return figures(told, self._held_out.said), as_sentence(told[0])


def describe_all(network: nn.Module, vocabulary: Vocabulary, pairs: Pairs, ways: Ways) -> list[Told]:
    """A sentence about each photograph of a set."""
    assert isinstance(network, Captioner)
    found, chorus = [], Chorus(network)
    for row in range(len(pairs)):
        speaker = Speaker(chorus, vocabulary, pairs.views.whole(row), hints=ways.hints)
        found.append(tell(speaker, vocabulary, ways))
    return found


def _shares(pairs: Pairs, vocabulary: Vocabulary) -> Tensor:
    """For each view of each photograph the share of its sentences that hold each word, (N · V, words)."""
    found = torch.zeros(len(pairs), len(vocabulary))
    for row, said in enumerate(pairs.said):
        for words in said:
            for word in set(words) & vocabulary.numbers.keys():
                found[row, vocabulary.numbers[word]] += 1 / len(said)
    return found.repeat_interleave(pairs.views.pooled.shape[1], 0)
