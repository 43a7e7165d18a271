"""Text born in the engine: one value that holds both languages.

The engine never decides which language a person reads. It hands out `Text` values; the
window renders them in its current language (and again after a switch), the command line
in the one that `--lang` names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

Language = Literal["en", "ko"]
LANGUAGES: tuple[Language, ...] = ("en", "ko")


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in English and Korean with named parameters.

    `Text("{n:,} pictures", "사진 {n:,}장")(n=5000).render("en")` gives "5,000 pictures".
    A parameter that is itself a `Text` is rendered in the same language.
    """

    en: str
    ko: str
    values: Mapping[str, Any] = field(default_factory=_nothing, compare=False)

    def __call__(self, **values: Any) -> Text:
        """The same sentence with parameters filled in (added to those already there)."""
        return Text(self.en, self.ko, MappingProxyType({**self.values, **values}))

    def render(self, language: str) -> str:
        """The sentence as a person reads it; unknown languages read English."""
        pattern = self.ko if language == "ko" else self.en
        if not self.values:
            return pattern
        values = {k: v.render(language) if isinstance(v, Text) else v for k, v in self.values.items()}
        return pattern.format(**values)

    def __str__(self) -> str:
        return self.render("en")


def same(name: str) -> Text:
    """A name that stays as it is in every language (MNIST, dropout, Adam)."""
    return Text(name, name)
