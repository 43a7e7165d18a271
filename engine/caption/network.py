"""The networks that tell a photograph in words: NIC, and one with attention (lecture row 96).

Vinyals, Toshev, Bengio, Erhan, "Show and tell", CVPR 2015: the photograph is the LSTM's first input, then come the
words. Xu et al., "Show, attend and tell", ICML 2015: before each word the LSTM looks at the cells of the map again.
As in the first paper several decoders are trained and their answers averaged; they see the same batches with other
first weights and other dropout.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.caption.encoder import CHANNELS, POOLED

KINDS = ("nic", "attention")
RIDGE, FLOOR, BOUNDS = 10.0, 0.02, (-1.5, 2.5)  # of the detector: chosen on photographs held out of train
KEYS = 64  # numbers by which a cell and what the LSTM asks for are compared
State = tuple[Tensor, Tensor]  # an LSTM's hidden and cell


def remembered(gates: Tensor, cell: Tensor) -> State:
    """An LSTM's hidden and cell after a step, from its gates (…, 4S) in torch's order: input, forget, new, output."""
    entering, kept, new, out = gates.chunk(4, -1)
    cell = torch.addcmul(kept.sigmoid() * cell, entering.sigmoid(), new.tanh())
    return out.sigmoid() * cell.tanh(), cell


class Decoder(nn.Module):
    """What both kinds share: words as vectors, and the same vectors to choose the next word by (tied weights)."""

    def __init__(self, words: int, width: int, state: int, dropout: float) -> None:
        super().__init__()
        self.embed = nn.Embedding(words, width)
        nn.init.normal_(self.embed.weight, std=0.1)
        self.bias = nn.Parameter(torch.zeros(words))
        self.project = nn.Linear(state, width)
        self.drop = nn.Dropout(dropout)

    def logits(self, hidden: Tensor) -> Tensor:
        """(..., state) -> (..., words)."""
        return functional.linear(self.drop(self.project(self.drop(hidden))), self.embed.weight, self.bias)

    def first(self, pooled: Tensor) -> State:
        """The LSTM's hidden and cell (B, state) before the first word."""
        raise NotImplementedError

    def lstm_weights(self) -> tuple[Tensor, Tensor, Tensor]:
        """Of the gates, in torch's order: (4S, width) for a word, (4S, S) for the state, (4S,) both biases together."""
        raise NotImplementedError

    def teach(self, pooled: Tensor, maps: Tensor, words: Tensor) -> Tensor:
        """Logits (B, T, words) after each of the words (B, T) that people wrote."""
        raise NotImplementedError


class Nic(Decoder):
    """The photograph as one vector is the LSTM's input before the first word, and is not seen again."""

    def __init__(self, words: int, width: int, state: int, dropout: float) -> None:
        super().__init__(words, width, state, dropout)
        self.look = nn.Sequential(nn.LayerNorm(POOLED), nn.Dropout(dropout), nn.Linear(POOLED, width))
        self.lstm = nn.LSTM(width, state, batch_first=True)

    def first(self, pooled: Tensor) -> State:
        weight, _, bias = self.lstm_weights()
        gates = functional.linear(self.look(pooled), weight, bias)
        return remembered(gates, gates.new_zeros(()))  # an LSTM of one step; `nn.LSTM` takes ten times as long for it

    def lstm_weights(self) -> tuple[Tensor, Tensor, Tensor]:
        one = self.lstm.get_parameter
        return one("weight_ih_l0"), one("weight_hh_l0"), one("bias_ih_l0") + one("bias_hh_l0")

    def teach(self, pooled: Tensor, maps: Tensor, words: Tensor) -> Tensor:
        hidden, cell = self.first(pooled)
        told, _ = self.lstm(self.drop(self.embed(words)), (hidden[None].contiguous(), cell[None].contiguous()))
        return self.logits(told)


class Attention(Decoder):
    """The map's cells start the LSTM, and before each word their sum, weighted by where it looks, is seen again."""

    def __init__(self, words: int, width: int, state: int, dropout: float) -> None:
        super().__init__(words, width, state, dropout)
        self.cells = nn.Sequential(nn.LayerNorm(CHANNELS), nn.Dropout(dropout), nn.Linear(CHANNELS, width))
        self.look = nn.Sequential(nn.LayerNorm(POOLED), nn.Dropout(dropout), nn.Linear(POOLED, 2 * state))
        self.keys, self.asks, self.score = nn.Linear(width, KEYS), nn.Linear(state, KEYS), nn.Linear(KEYS, 1)
        self.gate = nn.Linear(state, width)
        self.lstm = nn.LSTMCell(2 * width, state)
        self.seen = nn.Linear(width, state)

    def first(self, pooled: Tensor) -> State:
        hidden, cell = self.look(pooled).tanh().chunk(2, 1)
        return hidden, cell

    def lstm_weights(self) -> tuple[Tensor, Tensor, Tensor]:
        one = self.lstm
        return one.weight_ih[:, : self.embed.embedding_dim], one.weight_hh, one.bias_ih + one.bias_hh

    def seen_weights(self) -> Tensor:
        """(4S, width): of the gates for what is seen."""
        return self.lstm.weight_ih[:, self.embed.embedding_dim :]

    def teach(self, pooled: Tensor, maps: Tensor, words: Tensor) -> Tensor:
        hidden, cell = self.first(pooled)
        cells = self.cells(maps)
        keys, vectors, found = self.keys(cells), self.embed(words), []
        for place in range(words.shape[1]):
            places = self.score((keys + self.asks(hidden)[:, None]).tanh())[..., 0].softmax(1)  # paper eq. 4–6
            seen = self.gate(hidden).sigmoid() * (places[..., None] * cells).sum(1)  # eq. 13 with β as a gate, 4.2.1
            hidden, cell = self.lstm(torch.cat((self.drop(vectors[:, place]), seen), 1), (hidden, cell))
            found.append(self.logits(hidden + self.seen(seen)))
        return torch.stack(found, 1)


class Detector(nn.Module):
    """Which words the sentences about a photograph will hold, from the encoder's mean alone: a ridge regression.

    After Fang et al., "From captions to visual concepts and back", CVPR 2015, with squared error, so that it is found
    in one step. `prior` (words,): the share of sentences that hold each word.
    """

    mean: Tensor
    weight: Tensor
    prior: Tensor

    def __init__(self, words: int) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(POOLED))
        self.register_buffer("weight", torch.zeros(words, POOLED))
        self.register_buffer("prior", torch.ones(words))

    @staticmethod
    def features(pooled: Tensor) -> Tensor:
        """(B, 1280) of length one; roots, so that no single channel decides."""
        return functional.normalize(pooled.clamp_min(0).sqrt(), dim=-1)

    @torch.no_grad()
    def fit(self, pooled: Tensor, shares: Tensor) -> None:
        """Learn from photographs (N, 1280) and the shares of their sentences that hold each word (N, words)."""
        x, prior = self.features(pooled), shares.mean(0)
        mean = x.mean(0)
        x = x - mean
        gram = x.T @ x + RIDGE * torch.eye(POOLED)
        self.weight.copy_(torch.linalg.solve(gram, x.T @ (shares - prior)).T)
        self.mean.copy_(mean)
        self.prior.copy_(prior)

    def hints(self, pooled: Tensor) -> Tensor:
        """(B, words): how much likelier than usual each word is for a photograph, as a bounded logarithm."""
        found = functional.linear(self.features(pooled) - self.mean, self.weight) + self.prior
        return ((found.clamp_min(0) + FLOOR) / (self.prior + FLOOR)).log().clamp(*BOUNDS)


class Captioner(nn.Module):
    """Decoders of one kind whose probabilities are averaged. build: kind, words, width, state, dropout, members.

    detector: what it knows of the words besides, see `engine.caption.speak.Ways.hints`.
    """

    def __init__(self, *, kind: str, words: int, width: int, state: int, dropout: float, members: int) -> None:
        super().__init__()
        if kind not in KINDS:
            raise ValueError(kind)
        self.detector = Detector(words)
        of = Nic if kind == "nic" else Attention
        self.members = nn.ModuleList(of(words, width, state, dropout) for _ in range(members))

    def teach(self, pooled: Tensor, maps: Tensor, words: Tensor) -> list[Tensor]:
        """Each member's logits (B, T, words) after the words (B, T)."""
        return [member.teach(pooled, maps, words) for member in self.every()]

    def every(self) -> list[Decoder]:
        """The members."""
        return [member for member in self.members if isinstance(member, Decoder)]


def build(about: dict[str, Any]) -> Captioner:
    """The network that `about` (the `build` beside weights) describes. Raises `TypeError`, `ValueError` or `KeyError`."""
    names = ("kind", "words", "width", "state", "dropout", "members")
    return Captioner(**{name: about[name] for name in names})
