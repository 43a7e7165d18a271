"""A Korean gloss of an English sentence about a photograph: our glossary and a few rules, not the network's output.

The sentences are of one kind (who, doing what, where), so a short parser is enough: the subject takes 은 or 는, an
object 을 or 를, what is worn 을 or 를 with 입은, and the verb goes last. Particles follow the final consonant.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import resources

_FIRST, _LAST, _FINALS = 0xAC00, 0xD7A3, 28
_RIEUL = 8  # number of the final consonant ㄹ
_FORMS = {"은": ("은", "는"), "이": ("이", "가"), "을": ("을", "를"), "과": ("과", "와"), "으로": ("으로", "로")}
_AIMED = ("보", "바라보", "쳐다보", "가리키", "웃")
_HELD = {"mouth": "입에 물", "hand": "손에 들", "hands": "손에 들"}
_COUNTS = ("two", "three", "four", "five", "six", "seven", "eight", "several", "many", "both")
_JOIN = ("and", "while", "as", "to", "or", "then")


def final_of(word: str) -> int:
    """The number of the last syllable's final consonant, 0 = none; of other letters −1 (nobody knows how it is read)."""
    last = ord(word[-1]) if word else 0
    return (last - _FIRST) % _FINALS if _FIRST <= last <= _LAST else -1


def particle(word: str, kind: str) -> str:
    """`word` with the particle of `kind` (은, 이, 을, 과 or 으로) in the form that its final consonant asks for."""
    closed, opened = _FORMS[kind]
    final = final_of(word)
    if kind == "으로" and final == _RIEUL:
        final = 0
    return word + (closed if final > 0 else opened)


def describing(stem: str) -> str:
    """A verb's stem before a noun: 달리 becomes 달리는, 놀 becomes 노는, 들고 있 becomes 들고 있는."""
    last = chr(ord(stem[-1]) - _RIEUL) if final_of(stem) == _RIEUL else stem[-1]
    return f"{stem[:-1]}{last}는"


@lru_cache(maxsize=1)
def glossary() -> dict[str, Any]:
    """Nouns, adjectives, verbs (stems), links (a particle, or ">을 …" for one that needs 을), what is worn, dropped words."""
    found: dict[str, Any] = json.loads(resources.path("captions", "glossary.json").read_text("utf-8"))
    return found


def covered(word: str) -> bool:
    """True when the glossary knows what to do with a word."""
    parts = ("nouns", "adjectives", "verbs", "links", "dropped")
    return word in (*_JOIN, "of", "that") or any(word in glossary()[name] for name in parts)


@dataclass(slots=True)
class _Clause:
    """A verb with what belongs to it: places first, then the object."""

    verb: str = ""
    parts: list[str] = field(default_factory=list)
    object: str = ""


def gloss(words: Sequence[str]) -> str:
    """The sentence in Korean, as far as the glossary and the rules go; "" for no words."""
    reader = _Reader([word for word in words if word not in glossary()["dropped"]])
    return reader.sentence() if words else ""


def _still(verb: str) -> bool:
    """True for being somewhere ("" = no verb at all), whose place takes 에 and not 에서."""
    return not verb or (verb.endswith("있") and verb != "들고 있")


class _Reader:
    """Goes through the words once, from left to right."""

    def __init__(self, words: list[str]) -> None:
        self._words, self._at = words, 0
        self._book = glossary()

    def sentence(self) -> str:
        subject, clauses = self._noun_phrase(subject=True), list[_Clause]()
        while (word := self._peek()) is not None:
            if word in _JOIN and self._is_verb(self._peek(1)):
                self._at += 1
            elif self._is_verb(word):
                self._at += 1
                clauses.append(_Clause(self._book["verbs"][word]))
            else:
                clauses = clauses or [_Clause()]
                self._rest(clauses[-1])
        return self._put(subject, clauses)

    def _put(self, subject: str, clauses: list[_Clause]) -> str:
        lines = []
        for number, one in enumerate(clauses):
            last = number == len(clauses) - 1
            verb = one.verb
            going = "" if verb.endswith("있") else "고 있"
            ending = f"{going}어요" if last else "고"
            parts = [part.removesuffix("서") if _still(verb) and part.endswith("에서") else part for part in one.parts]
            said = [*parts, *([one.object] if one.object else [])]
            lines.append(" ".join([*said, (verb + ending) if verb else ("있어요" if last else "")]).strip())
        told = " ".join(line for line in lines if line)
        if not subject:
            return f"{told}." if told else ""
        if not told:
            return f"{subject}{'이에요' if final_of(subject) > 0 else '예요'}."
        return f"{particle(subject, '은')} {told}."

    def _rest(self, clause: _Clause) -> None:
        """What stands behind a verb: a place, or the object."""
        word = self._peek()
        assert word is not None
        if word in self._book["links"]:
            self._at += 1
            while self._peek() in ("of", "to", "from") or self._peek() in self._book["links"]:
                self._at += 1  # "next to", "out of", "in front of": the first says it
            thing = self._noun_phrase()
            link = self._book["links"][word]
            if not thing:
                clause.parts.append(link.lstrip(">을 ").strip())
            elif word == "with" and (held := self._held(thing)):
                clause.parts.append(held)
            elif word == "at" and clause.verb in _AIMED and not clause.object:
                clause.object = particle(thing, "을")
            elif word == "with":
                clause.parts.append(f"{particle(thing, '과')} 함께")
            elif link.startswith(">을"):
                clause.parts.append(particle(thing, "을") + link[2:])
            elif link == "으로":
                clause.parts.append(particle(thing, "으로"))
            else:
                clause.parts.append(f"{thing} {link}" if link[0] in "위안옆뒤앞아사가꼭밖멀" else thing + link)
            return
        thing = self._noun_phrase()
        if thing:
            clause.object = f"{clause.object} {particle(thing, '을')}".strip()
        else:
            self._at += 1  # a word that fits nowhere is passed over

    def _noun_phrase(self, *, subject: bool = False) -> str:
        """Adjectives and nouns up to something else; of a subject also what it wears, holds or is in."""
        found = self._plain_phrase()
        while found:
            word = self._peek()
            if word == "of" and (other := self._after("of")):
                found = f"{other} {found}"
            elif word in ("and", "or") and not self._is_verb(self._peek(1)) and (other := self._after(word)):
                found = f"{particle(found, '과')} {other}" if word == "and" else f"{found} 또는 {other}"
            elif word in ("in", "wearing", "with") and (worn := self._worn()):
                found = f"{worn} {found}"
            elif subject and word == "with" and (other := self._after("with")):
                held = self._held(other)
                found = f"{held} 있는 {found}" if held else f"{particle(other, '이')} 있는 {found}"
            else:
                break
        return found

    def _after(self, word: str) -> str:
        """The phrase behind `word`; goes back when there is none."""
        before = self._at
        self._at += 1
        found = self._plain_phrase()
        if not found:
            self._at = before
        return found

    def _held(self, thing: str) -> str:
        """ "with a stick in its mouth": 막대기를 입에 물고; "" and no step when it is not so."""
        where = self._peek(1) if self._peek() == "in" else None
        how = _HELD.get(where or "")
        if how:
            self._at += 2
        return f"{particle(thing, '을')} {how}고" if how else ""

    def _worn(self) -> str:
        """ "in a red shirt" as "빨간 셔츠를 입은"; "" and no step when it is not worn."""
        before, self._at = self._at, self._at + 1
        start = self._at
        found = self._plain_phrase()
        last = self._words[self._at - 1] if self._at > start else ""
        how = self._book["worn"].get(last)
        if found and how:
            if (
                self._peek() == "and"
                and (other := self._after("and"))
                and self._words[self._at - 1] in self._book["worn"]
            ):
                found = f"{particle(found, '과')} {other}"
            return f"{particle(found, '을')} {how}"
        self._at = before
        return ""

    def _plain_phrase(self) -> str:
        """Adjectives, then nouns. A word that is both a noun and a verb is a noun here."""
        found: list[str] = []
        nouns, counted = 0, False
        while (word := self._peek()) is not None:
            if word in self._book["nouns"] and not (nouns and self._is_verb(word)):
                noun = self._book["nouns"][word]
                found.append(noun.removesuffix("들") if counted else noun)  # a number says it already
                nouns += 1
            elif word in self._book["adjectives"] and not nouns:
                counted = counted or word in _COUNTS
                found.append(self._book["adjectives"][word])
                if self._peek(1) == "and" and self._peek(2) in self._book["adjectives"]:  # black and white
                    self._at += 1
            elif nouns == 0 and not covered(word):
                found.append(word)  # as it is
                nouns += 1
            else:
                break
            self._at += 1
        if found and not nouns:
            found.append("것")
        return " ".join(found)

    def _is_verb(self, word: str | None) -> bool:
        return word in self._book["verbs"]

    def _peek(self, ahead: int = 0) -> str | None:
        at = self._at + ahead
        return self._words[at] if at < len(self._words) else None
