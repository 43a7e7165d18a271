"""Class labels as files give them, numbers or words, made into indices that are the same in every part."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from engine.data.forms.reading import read_text
from engine.data.names import all_named
from engine.text import Text

LIST = "classes.txt"
MOST = 100_000  # classes; more are surely not classes


def names_beside(folder: Path) -> tuple[str, ...]:
    """The names in `classes.txt`, one a line, or () when there is none."""
    file = folder / LIST
    if not file.is_file():
        return ()
    return tuple(line.strip() for line in read_text(file).splitlines() if line.strip())


def as_number(word: str) -> int | None:
    """A label as a class number ("3", "3.0"), or None when it is a word."""
    try:
        value = float(word)
    except ValueError:
        return None
    return int(value) if value.is_integer() and 0 <= value < MOST else None


def classes_of(words: Iterable[str], names: tuple[str, ...]) -> tuple[tuple[Text, ...], dict[str, int]]:
    """The classes of these labels and the index of each label.

    Numbers are indices into `names` (or name themselves, 0 … largest); words are names, in the order of `names` or
    of the alphabet.
    """
    found = set(words)
    numbers = {word: as_number(word) for word in found}
    if found and all(number is not None for number in numbers.values()) and not found <= set(names):
        known = {word: number for word, number in numbers.items() if number is not None}
        count = max([*known.values(), len(names) - 1]) + 1
        every = names if len(names) == count else tuple(str(number) for number in range(count))
        return all_named(every), known
    order = list(names) if found <= set(names) else sorted(found)
    return all_named(order), {name: index for index, name in enumerate(order)}


def list_of(classes: tuple[Text, ...]) -> bytes | None:
    """The content of `classes.txt`; None when the classes are their own numbers, so that none is needed."""
    names = [name.en.replace("\n", " ") for name in classes]
    if names == [str(number) for number in range(len(names))]:
        return None
    return "".join(f"{name}\n" for name in names).encode()


def checked(labels: np.ndarray, count: int) -> bool:
    """True when all labels are indices below `count`."""
    return not len(labels) or (int(labels.min()) >= 0 and int(labels.max()) < count)
