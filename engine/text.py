"""Text born in the engine: one value that holds both languages.

The engine never decides which language a person reads. It hands out `Text` values; the
window renders them in its current language (and again after a switch), the command line
in the one that `--lang` names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

Language = Literal["en", "ko"]
LANGUAGES: tuple[Language, ...] = ("en", "ko")


_COUNTED = (  # nouns, no words that could be a verb behind a number
    "batches|boxes|channels|classes|cores|epochs|evaluations|files|folders|frames|games|images|levels|lines|locations|"
    "networks|neurons|objects|parameters|people|persons|photographs|photos|pictures|pixels|processes|readings|recordings|"
    "rows|runs|samples|seconds|seeds|sentences|stages|steps|texts|thumbnails|threads|trainings|windows|workers"
)
_ONE = {"people": "person", "classes": "class", "batches": "batch", "boxes": "box", "processes": "process"}
_VERBS = {" are": " is", " were": " was", " do": " does", " have": " has"}
_SINGLE = re.compile(rf"(?<![\w.,–/×−-])(?<!× )1 ({_COUNTED})\b( (?:are|were|do|have)\b)?")


def counted(words: str) -> str:
    """English where a number turned out to be 1: "1 threads" is "1 thread", "1 pictures are" is "1 picture is"."""

    def one(found: re.Match[str]) -> str:
        noun, verb = found.groups()
        return f"1 {_ONE.get(noun, noun.removesuffix('s'))}{_VERBS.get(verb, '')}"

    return _SINGLE.sub(one, words) if "1 " in words else words


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
        words = pattern.format(**values)
        return words if language == "ko" else counted(words)

    def __str__(self) -> str:
        return self.render("en")


def same(name: str) -> Text:
    """A name that stays as it is in every language (MNIST, dropout, Adam)."""
    return Text(name, name)
