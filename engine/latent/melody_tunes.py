"""The melodies that a small network learns from: notes in a text file, read and told apart from nonsense (row 114)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import resources
from engine.errors import LabError, cannot_read
from engine.jobs import Job, Progress
from engine.text import Text

REST = 0  # where others have the number of a key
LENGTHS = (1, 2, 3, 4, 6, 8)  # in eighths
LOWEST, HIGHEST = 55, 79  # MIDI numbers of g below middle C and of g an octave above it, as the tunes go
_STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_NOTE = re.compile(r"([A-GRa-g])([#b]?)(,?)(\d)")
HELD = ("Lightly row", "London Bridge", "Clementine", "Wenceslas")  # not learnt from: what the network is measured on


@dataclass(frozen=True, slots=True)
class Note:
    """pitch: MIDI number, 60 = middle C; `REST` for a rest. eighths: how long."""

    pitch: int
    eighths: int


@dataclass(frozen=True, slots=True)
class Tune:
    """name and source as the file has them; held: not learnt from."""

    name: str
    source: str
    notes: tuple[Note, ...]

    @property
    def held(self) -> bool:
        return any(word in self.name for word in HELD)


def tunes(path: Path | None = None) -> tuple[Tune, ...]:
    """Those of a file; None reads the one that ships. Raises `LabError` naming file and line for what cannot be read."""
    path = path or resources.path("melodies", "tunes.txt")
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise cannot_read(path, error) from error
    except UnicodeDecodeError as error:
        text = Text(
            "{path} is no text file of tunes. Choose one in UTF-8.",
            "{path} 파일은 곡이 적힌 텍스트가 아니에요. UTF-8 파일을 골라 주세요.",
        )
        raise LabError(text(path=path)) from error
    found: list[Tune] = []
    for number, line in enumerate(lines, 1):
        words = line.strip()
        if words.startswith("="):
            name, _, source = words[1:].partition("|")
            found.append(Tune(name.strip(), source.strip(), ()))
        elif words and not words.startswith("#"):
            if not found:
                raise LabError(_not_a_note(path, number, words[:12]))
            last = found[-1]
            notes = tuple(_note(word, path, number) for word in words.split())
            found[-1] = Tune(last.name, last.source, last.notes + notes)
    if sum(len(tune.notes) > 8 for tune in found if not tune.held) < 2:
        text = Text(
            "{path} holds fewer than two tunes. Write some: “= name | source”, then notes as C2 D2 E4.",
            "{path} 파일에 곡이 2개보다 적어요. ‘= 이름 | 출처’ 줄과 C2 D2 E4 같은 음을 써 주세요.",
        )
        raise LabError(text(path=path))
    return tuple(found)


def known_tunes() -> Job:
    """Those that ship; a job, returns a tuple of `Tune`."""
    yield Progress(0, 1, Text("Reading tunes", "곡을 읽는 중"))
    return tunes()


def _note(word: str, path: Path, line: int) -> Note:
    match = _NOTE.fullmatch(word)
    if match is None:
        raise LabError(_not_a_note(path, line, word))
    letter, sign, low, eighths = match.groups()
    if int(eighths) not in LENGTHS:
        raise LabError(_not_a_note(path, line, word))
    if letter == "R":
        return Note(REST, int(eighths))
    pitch = 60 + _STEPS[letter.upper()] + {"": 0, "#": 1, "b": -1}[sign]
    pitch += 12 * letter.islower() - 12 * bool(low)
    if not LOWEST <= pitch <= HIGHEST:
        raise LabError(_not_a_note(path, line, word))
    return Note(pitch, int(eighths))


def _not_a_note(path: Path, line: int, word: str) -> Text:
    text = Text(
        "{path}, line {line}: “{word}” is no note. Write a letter from G, to g and 1, 2, 3, 4, 6 or 8 eighths, as C2.",
        "{path}, {line}번째 줄: ‘{word}’은(는) 음이 아니에요. C2처럼 G,에서 g까지의 글자와 1, 2, 3, 4, 6, 8을 써 주세요.",
    )
    return text(path=path, line=line, word=word)
