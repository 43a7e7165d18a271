"""What a person wrote about a run: words, tags and a star, in a file of their own beside the run's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from engine.errors import LabError
from engine.files import read_json, write_json
from engine.jobs import Job, Progress
from engine.train.event_folder import check_run

FILE = "notes.json"
_LONGEST_TAG = 32


@dataclass(frozen=True, slots=True)
class Notes:
    """words: any text. tags: short words, each once, in the order given. star: one to find again."""

    words: str = ""
    tags: tuple[str, ...] = ()
    star: bool = False


def as_tags(words: Iterable[str]) -> tuple[str, ...]:
    """The words as tags: without spaces round them or a # before, empty ones left out, each once."""
    cleaned = (" ".join(word.strip().lstrip("#").split())[:_LONGEST_TAG] for word in words)
    return tuple(dict.fromkeys(word for word in cleaned if word))


def read_notes(folder: Path) -> Notes:
    """The notes on the run in `folder`; none where there are none or they cannot be understood."""
    try:
        value = read_json(folder / FILE)
    except LabError:
        return Notes()
    words, tags, star = value.get("words", ""), value.get("tags", []), value.get("star", False)
    if not isinstance(words, str) or not isinstance(tags, list) or not isinstance(star, bool):
        return Notes()
    return Notes(words, as_tags(tag for tag in tags if isinstance(tag, str)), star)


def write_notes(folder: Path, notes: Notes) -> Job:
    """Keep `notes` with the run in `folder`. Raises `LabError` when it is no run or may not be written."""
    yield Progress(0, 1)
    check_run(folder)
    write_json(folder / FILE, {"words": notes.words, "tags": list(as_tags(notes.tags)), "star": notes.star})
    return notes
