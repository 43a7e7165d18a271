"""A network that writes short melodies note by note: what comes next, how long, and where the tune ends (row 114)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.latent.melody_tunes import HIGHEST, LENGTHS, LOWEST, REST, Note

PITCHES = HIGHEST - LOWEST + 2  # 0 = rest, then the keys from the lowest
EDGE = PITCHES  # before the first note and after the last
BAR = 8  # eighths; where in the bar a note falls tells how long it may be
LEAST, MOST = 16, 64  # notes of a melody


class MelodyNet(nn.Module):
    """An LSTM over notes. It gives the next pitch, and the length once the pitch is known."""

    def __init__(self, *, hidden: int = 96) -> None:
        super().__init__()
        self.pitch, self.length = nn.Embedding(PITCHES + 1, 24), nn.Embedding(len(LENGTHS), 8)
        self.place = nn.Embedding(BAR, 8)
        self.lstm = nn.LSTM(40, hidden, batch_first=True)
        self.drop = nn.Dropout(0.4)
        self.to_pitch = nn.Linear(hidden, PITCHES + 1)
        self.to_length = nn.Linear(hidden + 24, len(LENGTHS))

    def forward(
        self, notes: Tensor, state: tuple[Tensor, Tensor] | None = None
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """notes (B, T, 3) int64: pitch, length, place in the bar of what was heard. Returns ((B, T, hidden), state)."""
        heard = torch.cat((self.pitch(notes[..., 0]), self.length(notes[..., 1]), self.place(notes[..., 2])), -1)
        found, state = self.lstm(self.drop(heard), state)
        return self.drop(found), state

    def lengths(self, found: Tensor, pitches: Tensor) -> Tensor:
        """Scores of the lengths (…, 6) when the pitches (…) are known."""
        return self.to_length(torch.cat((found, self.pitch(pitches)), -1))

    def cost(self, heard: Tensor, comes: Tensor) -> Tensor:
        """−log₂ p of each note that comes, (B, T) in bits; heard, comes: (B, T, 3)."""
        found, _ = self(heard)
        pitch = functional.cross_entropy(self.to_pitch(found).transpose(1, 2), comes[..., 0], reduction="none")
        scores = self.lengths(found, comes[..., 0]).transpose(1, 2)
        length = functional.cross_entropy(scores, comes[..., 1], reduction="none")
        return (pitch + length * (comes[..., 0] != EDGE)) / torch.log(torch.tensor(2.0))


def numbers(notes: Sequence[Note]) -> Tensor:
    """A tune with its edges, (T + 2, 3) int64: pitch, length, the place in the bar where the next one begins."""
    rows, at = [(EDGE, 0, 0)], 0
    for note in notes:
        at = (at + note.eighths) % BAR
        rows.append((_number(note), LENGTHS.index(note.eighths), at))
    return torch.tensor([*rows, (EDGE, 0, 0)])


def _number(note: Note) -> int:
    return 0 if note.pitch == REST else note.pitch - LOWEST + 1


@torch.inference_mode()
def write(
    network: MelodyNet, *, seed: int, temperature: float = 0.8, start: Sequence[Note] = (), most: int = MOST
) -> tuple[Note, ...]:
    """A melody of at most `most` notes, in eval mode.

    temperature: below 1 it plays safe, above 1 it dares more. start: notes it goes on from; they are part of the melody.
    """
    random = torch.Generator().manual_seed(seed)
    written, state = list(start), None
    heard = numbers(start)[:-1][None]
    for _ in range(most - len(written)):
        found, state = network(heard, state)
        scores = network.to_pitch(found[:, -1]) / max(1e-3, temperature)
        if len(written) < LEAST:
            scores[:, EDGE] = -torch.inf  # not over before it began
        pitch = torch.multinomial(scores.softmax(-1), 1, generator=random)[:, 0]
        if int(pitch) == EDGE:
            break
        lengths = network.lengths(found[:, -1], pitch) / max(1e-3, temperature)
        chosen = int(torch.multinomial(lengths.softmax(-1), 1, generator=random))
        number = int(pitch)
        written.append(Note(REST if number == 0 else number + LOWEST - 1, LENGTHS[chosen]))
        place = sum(note.eighths for note in written) % BAR
        heard = torch.tensor([[[number, chosen, place]]])
    return tuple(written)


def longest_copy(melody: Sequence[Note], tunes: Sequence[Sequence[Note]]) -> int:
    """How many notes in a row a melody has in common with one of the tunes: what is only repeated."""
    longest = 0
    for tune in tunes:
        above = [0] * (len(tune) + 1)
        for note in melody:
            row = [0] * (len(tune) + 1)
            for place, other in enumerate(tune, 1):
                row[place] = above[place - 1] + 1 if note == other else 0
            longest, above = max(longest, *row), row
    return longest


def build(about: dict[str, Any]) -> MelodyNet:
    """The network that `about` describes, weights as drawn."""
    return MelodyNet(hidden=int(about.get("hidden", 96)))
