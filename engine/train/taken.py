"""What of a checkpoint became the start of a training: the event that tells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from engine.jobs import Event
from engine.text import Text


@dataclass(frozen=True, slots=True)
class Taken(Event):
    """What of a checkpoint became the start of a training.

    source:  where it is from. taken, parameters: numbers in the tensors that were taken, and in the whole network.
    parts, left: the parts of the network that were taken whole, and those that stay as drawn or are mixed.
    """

    source: str
    taken: int
    parameters: int
    parts: tuple[str, ...] = field(default=())
    left: tuple[str, ...] = field(default=())

    @property
    def words(self) -> Text:
        """All of it in a sentence."""
        text = Text(
            "From {source}: {share:.0%} of the network was taken ({parts}). Drawn anew: {left}.",
            "{source}에서 신경망의 {share:.0%} 가져옴({parts}). 새로 시작하는 부분: {left}.",
        )
        nothing = Text("nothing", "없음")
        return text(
            source=Path(self.source).name,
            share=self.taken / max(1, self.parameters),
            parts=", ".join(self.parts) or nothing,
            left=", ".join(self.left) or nothing,
        )
