"""What can be asked about a picture from the command line: one word in `TASKS` for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from engine.errors import LabError
from engine.jobs import Job
from engine.text import Text

# word: "module:NAME" of a `Predictor`; imported only when it is asked for
TASKS: dict[str, str] = {
    "digit": "engine.predict:DIGIT",
    "classify": "engine.models.imagenet:PREDICTOR",
    "taught": "engine.live.teach_files:PREDICTOR",
    "detect": "engine.predict_photos:DETECT",
    "segment": "engine.predict_photos:SEGMENT",
}


@dataclass(frozen=True, slots=True)
class Predictor:
    """How one task is asked of one picture.

    ask:    (picture file, model id or "" for the usual one) to a job that returns a result.
    words:  the result as a sentence.
    values: the result as plain values for --json; on one picture they are the command's figures too.
    coco:   the result of the picture with an id in COCO's result format; None for tasks that have none.
    draw:   writes the picture with the result over it as PNG; None likewise.
    """

    ask: Callable[[Path, str], Job]
    words: Callable[[Any], Text]
    values: Callable[[Any], dict[str, Any]]
    coco: Callable[[Any, int], list[dict[str, Any]]] | None = None
    draw: Callable[[Any, Path], None] | None = None


def predictor(task: str) -> Predictor:
    """The one for a word of `TASKS`."""
    module, _, name = TASKS[task].partition(":")
    found: Predictor = getattr(import_module(module), name)
    return found


def _ask_digit(path: Path, model: str) -> Job:
    from engine.data.pictures import ink_of, read_grey
    from engine.read import BUNDLED, read_digit

    if model not in ("", BUNDLED):
        text = Text(
            "Digits are read with {known}, not with {model}.", "숫자는 {known} 모델로 읽어요. 받은 이름: {model}."
        )
        raise LabError(text(known=BUNDLED, model=model))
    return (yield from read_digit(ink_of(read_grey(path))))


def _digit_words(reading: Any) -> Text:
    from engine.read import sentence

    return sentence(reading.probabilities)


def _digit_values(reading: Any) -> dict[str, Any]:
    digit = int(reading.probabilities.argmax())
    return {
        "digit": digit,
        "confidence": float(reading.probabilities[digit]),
        "probabilities": reading.probabilities,
    }


DIGIT = Predictor(_ask_digit, _digit_words, _digit_values)
