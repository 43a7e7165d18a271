"""How a benchmark is asked for in the window."""

from __future__ import annotations

from dataclasses import dataclass

from engine.bench.networks import naming, timed
from engine.cards import Explanation
from engine.fields import setting
from engine.text import Text

_SEVERAL = ("", Text("several", "여러 개"))
_QUICK = Explanation(
    Text("Quick", "빠르게"),
    Text(
        "Fewer cases and turns; the spread tells what that costs.", "경우와 횟수를 줄여요. 흩어짐이 그 값을 말해 줘요."
    ),
    Text(
        "More turns do not make a figure larger or smaller, only surer.",
        "여러 번 잰다고 값이 커지거나 작아지지 않아요. 더 확실해질 뿐이에요.",
    ),
    "median of the n / 4 fastest;  min … max",
)


@dataclass(frozen=True, slots=True)
class BenchSettings:
    """quick: fewer cases. repeats: turns after one to warm up.

    model: what is timed, "" = the usual networks. learnt: the same for what asks how often a network is right.
    A card's `asks` says which of the two it takes.
    """

    quick: bool = setting(True, Text("Quick", "빠르게"), help=_QUICK)
    repeats: int = setting(5, Text("Repeats", "반복"), low=3, high=50)
    model: str = setting(
        "",
        Text("Network", "신경망"),
        choices=(_SEVERAL, *timed()),
    )
    learnt: str = setting("", Text("Network", "신경망"), choices=(_SEVERAL, *naming()))

    def asked(self, field: str) -> str:
        """The network for a card that asks for one in this field; "" where it asks for none."""
        return str(getattr(self, field)) if field else ""
