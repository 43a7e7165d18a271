"""A small network that goes on with a text, character by character, in Korean and English (lecture row 97).

Karpathy, "The unreasonable effectiveness of recurrent neural networks", 2015. A Hangul syllable block is one
character, so that "나" is followed by "는" in one step.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

UNKNOWN = 0  # any character that the text it learnt from does not have
SHOWN = 10
READ = 400  # characters of a start that are read; what is further back has left the state
_NEVER = -1e9


class Writer(nn.Module):
    """(B, T) character numbers to (B, T, characters) logits of the next; `state` is (2, B, state) or None."""

    def __init__(self, *, characters: int, width: int, state: int, dropout: float) -> None:
        super().__init__()
        self.embed = nn.Embedding(characters, width)
        nn.init.normal_(self.embed.weight, std=0.1)
        self.lstm = nn.LSTM(width, state, batch_first=True)
        self.project = nn.Linear(state, width)
        self.bias = nn.Parameter(torch.zeros(characters))
        self.drop = nn.Dropout(dropout)

    def forward(self, numbers: Tensor, state: Tensor | None = None) -> tuple[Tensor, Tensor]:
        before = None if state is None else (state[:1].contiguous(), state[1:].contiguous())
        told, after = self.lstm(self.drop(self.embed(numbers)), before)
        vectors = self.drop(self.project(self.drop(told)))
        return nn.functional.linear(vectors, self.embed.weight, self.bias), torch.cat(after)


def build(about: dict[str, Any]) -> Writer:
    """The network that `about` (the `build` beside weights) describes."""
    return Writer(**{name: about[name] for name in ("characters", "width", "state", "dropout")})


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The characters that a writer knows; the first stands for all others."""

    characters: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.characters)

    def encode(self, text: str) -> list[int]:
        """Composed characters as numbers; what is not known is UNKNOWN."""
        numbers = {character: i for i, character in enumerate(self.characters)}
        return [numbers.get(character, UNKNOWN) for character in composed(text)]


def composed(text: str) -> str:
    """Hangul as whole syllable blocks, whatever the keyboard or file made of it."""
    return unicodedata.normalize("NFC", text)


def alphabet_of(text: str) -> Alphabet:
    """Every character of a text, in order, behind the unknown one."""
    return Alphabet(("\ufffd", *sorted(set(composed(text)))))


def alphabet_from(characters: object) -> Alphabet:
    """The alphabet stored beside weights. Raises `ValueError` for what is none."""
    if not isinstance(characters, list) or not all(isinstance(c, str) and len(c) == 1 for c in characters):
        raise ValueError("no list of characters")
    return Alphabet(tuple(characters))


@dataclass(frozen=True, slots=True)
class Next:
    """What comes next: the ten likeliest characters with their probabilities, at a temperature."""

    likely: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Written:
    """One more character, with the bars it was drawn from."""

    character: str
    probability: float
    next: Next


class Pen:
    """A writer with a state: `read` a start, then `write` as long as one likes. Not for two threads at once."""

    def __init__(self, network: Writer, alphabet: Alphabet) -> None:
        self._network, self._alphabet = network, alphabet
        self._log = torch.zeros(len(alphabet))
        self._state: Tensor | None = None

    @torch.inference_mode()
    def read(self, text: str) -> None:
        """Begin anew with this text; an empty one is the start of a paragraph."""
        numbers = self._alphabet.encode(("\n" + text)[-READ:])
        self._state = None
        self._take(torch.tensor([numbers]))

    def next(self, temperature: float) -> Next:
        """The bars of what follows."""
        top = self._shares(temperature).topk(min(SHOWN, len(self._alphabet)))
        pairs = zip(top.indices.tolist(), top.values.tolist(), strict=True)
        return Next(tuple((self._alphabet.characters[i], value) for i, value in pairs))

    def share_of(self, character: str, temperature: float) -> float:
        """The probability that `character` follows; 0 for one it does not know."""
        number = self._alphabet.encode(character)[0]
        return 0.0 if number == UNKNOWN else float(self._shares(temperature)[number])

    @torch.inference_mode()
    def write(self, temperature: float, random: torch.Generator) -> Written:
        """Draw one more character and take it in."""
        shares = self._shares(temperature)
        found = self.next(temperature)
        number = int(torch.multinomial(shares, 1, generator=random))
        self._take(torch.tensor([[number]]))
        return Written(self._alphabet.characters[number], float(shares[number]), found)

    def _shares(self, temperature: float) -> Tensor:
        return (self._log / temperature).softmax(0)

    def _take(self, numbers: Tensor) -> None:
        logits, self._state = self._network(numbers, self._state)
        self._log = logits[0, -1].float().clone()
        self._log[UNKNOWN] = _NEVER
