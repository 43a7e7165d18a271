"""Sentences as words and words as numbers: what a captioner reads and writes (lecture row 96)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from engine.errors import LabError
from engine.text import Text

START, END, UNKNOWN = 0, 1, 2
SPECIAL = ("<start>", "<end>", "<unknown>")
_WORD = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*")


def words_of(sentence: str) -> tuple[str, ...]:
    """The words of an English sentence in lower case, without punctuation; "t-shirt" and "man's" are one word each."""
    return tuple(_WORD.findall(sentence.lower().replace("’", "'")))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that a network knows. The first three are `SPECIAL`."""

    words: tuple[str, ...]
    numbers: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "numbers", {word: i for i, word in enumerate(self.words)})

    def __len__(self) -> int:
        return len(self.words)

    def encode(self, words: Sequence[str]) -> list[int]:
        """Numbers of `words` with START before and END behind; words that are not known are UNKNOWN."""
        return [START, *(self.numbers.get(word, UNKNOWN) for word in words), END]

    def decode(self, numbers: Iterable[int]) -> tuple[str, ...]:
        """The words up to the first END, without START."""
        found = []
        for number in numbers:
            if number == END:
                break
            if number != START:
                found.append(self.words[number])
        return tuple(found)


def vocabulary_of(sentences: Iterable[Sequence[str]], least: int) -> Vocabulary:
    """Every word that is used at least `least` times, the most frequent first. Raises `LabError` when none is."""
    counts = Counter(word for words in sentences for word in words)
    kept = sorted((word for word, count in counts.items() if count >= least), key=lambda word: (-counts[word], word))
    if not kept:
        text = Text(
            "No word is used {least} times in these sentences. Give more of them.",
            "이 문장들에는 {least}번 쓰인 낱말이 없어요. 문장을 더 주세요.",
        )
        raise LabError(text(least=least))
    return Vocabulary((*SPECIAL, *kept))


def vocabulary_from(words: object) -> Vocabulary:
    """The vocabulary stored beside weights. Raises `ValueError` for what is none."""
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise ValueError("no list of words")
    if tuple(words[:3]) != SPECIAL or len(set(words)) != len(words):
        raise ValueError("not a vocabulary")
    return Vocabulary(tuple(words))


def as_sentence(words: Sequence[str]) -> str:
    """Words as a person writes them: a capital first and a full stop last; "" for none."""
    line = " ".join(words)
    return f"{line[0].upper()}{line[1:]}." if line else ""
