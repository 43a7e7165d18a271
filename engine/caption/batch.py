"""Many photographs in turn: what each shows, for the table, the sheet and the window."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from engine.caption.gloss import gloss
from engine.caption.speak import METHODS, Ways
from engine.caption.words import as_sentence, words_of
from engine.errors import LabError
from engine.fields import between
from engine.jobs import Event, Job, Progress
from engine.text import Text, same

KINDS = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff")
WIDTHS, TEMPERATURES = (1, 10), (0.1, 3.0)
KEPT = 320  # pixels of the longer side of the photographs that a sheet shows
_TELLING = Text("Telling {name}", "{name} 사진을 말로 옮기는 중")


@dataclass(frozen=True, slots=True)
class Captioned(Event):
    """A photograph and its sentence. log_probability: of the sentence. milliseconds: from the file to the sentence."""

    file: Path
    caption: str
    log_probability: float
    milliseconds: float
    model: str
    picture: np.ndarray = field(compare=False)
    others: tuple[tuple[str, float], ...] = ()

    def words(self) -> Text:
        """For a person: the file and the sentence, in Korean with the gloss behind it."""
        words = self.caption.split()
        sentence = as_sentence(words)
        return same("{name}: {said}")(name=self.file.name, said=Text(sentence, f"{sentence}  [뜻풀이] {gloss(words)}"))

    def as_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "caption": self.caption,
            "gloss_ko": gloss(self.caption.split()),
            "log_probability": self.log_probability,
            "milliseconds": self.milliseconds,
            "model": self.model,
            "beams": [{"caption": caption, "score": score} for caption, score in self.others],
        }


@dataclass(frozen=True, slots=True)
class Batch:
    """What came of many files: those told, and why others were passed over."""

    items: tuple[Captioned, ...]
    unreadable: tuple[tuple[Path, Text], ...]


def files_in(paths: Sequence[Path]) -> list[Path]:
    """The files themselves, and of folders the pictures in them, by name. Raises `LabError` when there are none."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(file for file in path.iterdir() if file.suffix.lower() in KINDS and file.is_file())
        else:
            found.append(path)
    if not found:
        text = Text("There are no pictures in {path}.", "{path}에 그림이 없어요.")
        raise LabError(text(path=paths[0]))
    return found


def check_names(out: Path | None, sheet: Path | None) -> None:
    """Raises `LabError` before anything is told, when a file's name will not do."""
    for path, kinds in ((out, (".csv", ".json")), (sheet, (".png", ".jpg", ".jpeg"))):
        if path and path.suffix.lower() not in kinds:
            text = Text("{path} must end in {kinds}.", "{path}: 이름이 {kinds} 중 하나로 끝나야 해요.")
            raise LabError(text(path=path, kinds=", ".join(kinds)))


def ways_for(usual: Ways, *, method: str, width: int, temperature: float, seed: int) -> Ways:
    """The usual ways with what a person set. Raises `LabError` for what is out of bounds."""
    if method not in METHODS:
        text = Text("Choose one of: {words}.", "다음 중에서 고르세요: {words}.")
        raise LabError(text(words=", ".join(METHODS)))
    between("width", width, WIDTHS)
    between("temperature", temperature, TEMPERATURES)
    return dataclasses.replace(usual, method=method, width=width, temperature=temperature, seed=seed)


def captions(
    files: Sequence[Path],
    *,
    model: str = "nic",
    method: str = "beam",
    width: int = 3,
    temperature: float = 0.8,
    seed: int = 0,
    start: str = "",
    alone: bool = False,
) -> Job:
    """Tell each photograph; a job that yields `Captioned` and `Progress` and returns a `Batch`.

    alone: the one file's fault is the command's; of several, those that cannot be read are passed over and named.
    Raises: `LabError` when the model is not here, a setting is out of bounds, or no file could be told.
    """
    yield Progress(0, len(files), Text("Opening the network", "신경망을 여는 중"))
    tell = _teller(model, method=method, width=width, temperature=temperature, seed=seed, start=start)
    items: list[Captioned] = []
    unreadable: list[tuple[Path, Text]] = []
    for number, file in enumerate(files):
        yield Progress(number, len(files), _TELLING(name=file.name))
        try:
            items.append(tell(file))
        except LabError as error:
            if alone:
                raise
            unreadable.append((file, error.text))
            continue
        yield items[-1]
    if not items:
        raise LabError(unreadable[0][1])
    return Batch(tuple(items), tuple(unreadable))


def _teller(model: str, *, method: str, width: int, temperature: float, seed: int, start: str) -> Any:
    """A function from a file to `Captioned`, with the network opened once."""
    from engine.caption import blip
    from engine.caption.trained import look_at, open_captioner, read_photo

    if model == blip.ID:
        large = blip.open_blip()
        ways_for(Ways(), method=method, width=width, temperature=temperature, seed=seed)

        def by_blip(file: Path) -> Captioned:
            began = time.perf_counter()
            picture = read_photo(file, KEPT)
            words = large.tell(picture, width if method == "beam" else 1)
            spent = 1000 * (time.perf_counter() - began)
            return Captioned(file, " ".join(words), float("nan"), spent, model, _small(picture))

        return by_blip
    one = open_captioner(model)
    ways = ways_for(one.usual(), method=method, width=width, temperature=temperature, seed=seed)
    before = words_of(start)

    def by_ours(file: Path) -> Captioned:
        began = time.perf_counter()
        picture = read_photo(file, KEPT)
        told = one.tell(look_at(picture), ways, before)
        spent = 1000 * (time.perf_counter() - began)
        others = tuple((" ".join(words), score) for words, score in told.others)
        line = " ".join(told.words)
        return Captioned(file, line, told.log_probability, spent, model, _small(picture), others)

    return by_ours


def _small(picture: np.ndarray) -> np.ndarray:
    import cv2

    scale = KEPT / max(picture.shape[:2])
    if scale >= 1:
        return picture
    size = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
