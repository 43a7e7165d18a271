"""Large JSON files read piece by piece: the window goes on meanwhile, and what stands before a fault is kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.data.forms.reading import Faults
from engine.text import Text

_SPACE = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()
CUT = Text(
    "the JSON is damaged or cut off from character {at:,} on; what stands before it was read",
    "JSON이 {at:,}번째 글자부터 손상됐거나 잘렸어요. 그 앞까지만 읽었어요",
)


def pieces(text: str, file: Path, faults: Faults) -> Iterator[tuple[str, Any]]:
    """(key, value) of a JSON object; for a key with a list, one pair for each element.

    A fault in the file ends the iteration and is added to `faults`; it never raises.
    """
    at = _after_space(text, 0)
    try:
        if text[at : at + 1] != "{":
            raise ValueError
        at = _after_space(text, at + 1)
        while text[at : at + 1] != "}":
            key, at = _DECODER.raw_decode(text, at)
            at = _after(text, at, ":")
            if text[at : at + 1] == "[":
                at = _after_space(text, at + 1)
                while text[at : at + 1] != "]":
                    value, end = _DECODER.raw_decode(text, at)
                    yield str(key), value
                    at = _next(text, end, "]")
                at += 1
            else:
                value, at = _DECODER.raw_decode(text, at)
                yield str(key), value
            at = _next(text, at, "}")
    except (ValueError, RecursionError):
        faults.add(file.name, CUT(at=at))


def _after_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _after(text: str, at: int, mark: str) -> int:
    """The place after `mark` and its spaces. Raises `ValueError` when it does not stand here."""
    at = _after_space(text, at)
    if text[at : at + 1] != mark:
        raise ValueError(mark)
    return _after_space(text, at + 1)


def _next(text: str, at: int, close: str) -> int:
    """The place of the next element, or of `close`."""
    if text.startswith(", {", at):  # as json.dump writes it
        return at + 2
    if text.startswith(",\n{", at):  # as this program does
        return at + 2
    at = _after_space(text, at)
    return at if text[at : at + 1] == close else _after(text, at, ",")
