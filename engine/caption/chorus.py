"""All decoders of a captioner as one, for telling: their weights stacked, so that a word costs a few products in all.

`nn.LSTM` arranges its weights anew at every call, which for one word costs more than the word itself. Here what each
word of the vocabulary brings to an LSTM's gates is computed once, and the way from an LSTM's state to the words is one
matrix. The answers are those of `Captioner.teach` (to 1e-5), as the tests say.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from engine.caption.encoder import Seen
from engine.caption.network import Attention, Captioner, Decoder, remembered

State = tuple[Tensor, ...]
"""(members, rows, …) each: a row is a sentence on its way."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the decoders say comes next. log: (B, words) log-probabilities. places: (B, cells) or None."""

    log: Tensor
    places: Tensor | None


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """What stays the same while one photograph is told. cells, keys: (members, 1, cells, …), empty without attention."""

    cells: Tensor
    keys: Tensor


class Chorus:
    """The members of `network` stacked as they are now; what it learns later is not heard. M members, S the state."""

    @torch.inference_mode()
    def __init__(self, network: Captioner) -> None:
        self.network, members = network, network.every()
        self._words = _stack([_brought(one) for one in members])  # (M, words, 4S): a word's part of the gates
        self._again = _stack([one.lstm_weights()[1].T for one in members])  # (M, S, 4S)
        self._says = _stack([(one.embed.weight @ one.project.weight).T for one in members])  # (M, S, words)
        self._usual = _stack([one.embed.weight @ one.project.bias + one.bias for one in members])[:, None]
        self._eyes = _Eyes(members) if isinstance(members[0], Attention) else None

    @torch.inference_mode()
    def begin(self, seen: Seen) -> tuple[Photo, State]:
        """One photograph, and the state before START: hidden and cell, (M, 1, S)."""
        members = self.network.every()
        states = [one.first(seen.pooled) for one in members]
        state = torch.stack([hidden for hidden, _ in states]), torch.stack([cell for _, cell in states])
        if self._eyes is None:
            return Photo(torch.empty(0), torch.empty(0)), state
        return self._eyes.look(seen), state

    @torch.inference_mode()
    def step(self, words: Tensor, state: State, photo: Photo) -> tuple[Said, State]:
        """One word (B,) int64 on."""
        hidden, cell = state
        gates, places, more = self._words[:, words], None, None
        if self._eyes is not None:
            seen, looked = self._eyes.turn(hidden, photo)
            gates = torch.baddbmm(gates, seen, self._eyes.gates)
            places, more = looked.mean(0), torch.baddbmm(self._eyes.added, seen, self._eyes.adds)
        gates = torch.baddbmm(gates, hidden, self._again)
        hidden, cell = remembered(gates, cell)
        told = hidden if more is None else hidden + more
        shares = torch.baddbmm(self._usual, told, self._says).softmax(2)
        return Said(shares.mean(0).clamp_min_(1e-12).log_(), places), (hidden, cell)


class _Eyes:
    """The attention of all members (Xu et al. 2015): where each looks before a word, and what it sees there."""

    def __init__(self, members: list[Decoder]) -> None:
        self._members = [one for one in members if isinstance(one, Attention)]
        self.gates = _stack([one.seen_weights().T for one in self._members])  # (M, width, 4S)
        self.adds, self.added = _linear([one.seen for one in self._members])
        self._asks, self._asked = _linear([one.asks for one in self._members])
        self._gate, self._gated = _linear([one.gate for one in self._members])
        self._score = _stack([one.score.weight[0] for one in self._members])[:, None, None]  # its bias changes nothing

    def look(self, seen: Seen) -> Photo:
        cells = [one.cells(seen.maps) for one in self._members]
        return Photo(torch.stack(cells), torch.stack([m.keys(c) for m, c in zip(self._members, cells, strict=True)]))

    def turn(self, hidden: Tensor, photo: Photo) -> tuple[Tensor, Tensor]:
        """(M, B, S) to what is seen, (M, B, width), and where it looked, (M, B, cells)."""
        asks = torch.baddbmm(self._asked, hidden, self._asks)
        places = ((photo.keys + asks[:, :, None]).tanh_() * self._score).sum(3).softmax(2)  # paper eq. 4–6
        gate = torch.baddbmm(self._gated, hidden, self._gate).sigmoid_()
        return gate * (places @ photo.cells[:, 0]), places  # eq. 13 with β as a gate, 4.2.1


def _brought(one: Decoder) -> Tensor:
    """(words, 4S): what each word brings to the gates, with their biases."""
    weight, _, bias = one.lstm_weights()
    return one.embed.weight @ weight.T + bias


def _linear(layers: list[nn.Linear]) -> tuple[Tensor, Tensor]:
    """Layers as (M, inputs, outputs) and (M, 1, outputs)."""
    return _stack([one.weight.T for one in layers]), _stack([one.bias for one in layers])[:, None]


def _stack(parts: list[Tensor]) -> Tensor:
    return torch.stack([part.detach().float() for part in parts]).contiguous()
