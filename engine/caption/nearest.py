"""The baseline: borrow a sentence of the most alike photograph. A network that cannot beat it has only learnt to copy."""

from __future__ import annotations

import torch

from engine.caption.pairs import Pairs
from engine.caption.scores import figures


def most_alike(asked: Pairs, known: Pairs) -> list[int]:
    """For each photograph the known one with the largest cosine between the encoder's means."""
    mine, theirs = (p.views.pooled[:, 0].float() for p in (asked, known))
    likeness = torch.nn.functional.normalize(mine, dim=1) @ torch.nn.functional.normalize(theirs, dim=1).T
    return [int(i) for i in likeness.argmax(1)]


def borrowed(asked: Pairs, known: Pairs) -> dict[str, float]:
    """The figures of borrowed sentences: the mean over borrowing each photograph's first, second … sentence."""
    alike = most_alike(asked, known)
    most = min(len(known.said[i]) for i in alike)
    found = [figures([known.said[i][number] for i in alike], asked.said) for number in range(most)]
    return {name: sum(one[name] for one in found) / len(found) for name in found[0]}
