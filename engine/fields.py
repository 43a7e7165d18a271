"""Settings as frozen dataclasses whose fields say how a person may set them.

One declaration serves the form in the window, `--set key=value` on the command line, the
validation of both, and the JSON of a run.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from engine.cards import Explanation
from engine.errors import LabError
from engine.field_words import help_for
from engine.text import Text

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Field:
    """How one value may be set.

    low, high: inclusive bounds of a number; `log` when its scale is logarithmic.
    live:      may change while the job runs.
    choices:   the allowed words with what to call them.
    zero:      what 0 is called where it is no amount ("full speed").
    pattern:   of a text: the regular expression that all of it must match. example: one that does.
    """

    label: Text
    low: float = 0.0
    high: float = 0.0
    step: float = 0.0
    log: bool = False
    live: bool = False
    unit: str = ""
    zero: Text | None = None
    choices: tuple[tuple[str, Text], ...] = ()
    pattern: str = ""
    example: str = ""
    help: Explanation | None = None


def setting(default: Any, label: Text, **how: Any) -> Any:
    """A dataclass field with a `Field` beside its default."""
    return dataclasses.field(default=default, metadata={"field": Field(label, **how)})


def fields_of(settings: Any) -> Iterator[tuple[str, Field, Any]]:
    """(name, Field, current value) of every setting a person may set; its help comes from the table if from nowhere else."""
    for f in dataclasses.fields(settings):
        if "field" in f.metadata:
            field: Field = f.metadata["field"]
            told = field if field.help else dataclasses.replace(field, help=help_for(field.label))
            yield f.name, told, getattr(settings, f.name)


def problems(settings: Any) -> dict[str, Text]:
    """What is wrong with which setting, in words; empty when all is well."""
    found = {}
    for name, field, value in fields_of(settings):
        if field.choices and value not in dict(field.choices):
            words = ", ".join(word for word, _ in field.choices)
            found[name] = Text("Choose one of: {words}.", "다음 중에서 고르세요: {words}.")(words=words)
        elif field.pattern and not re.fullmatch(field.pattern, value):
            found[name] = Text("Write it like this: {example}.", "이렇게 써 주세요: {example}.")(example=field.example)
        elif field.low < field.high and not field.low <= value <= field.high:  # also catches nan
            found[name] = Text("Between {low:g} and {high:g}.", "{low:g}에서 {high:g} 사이예요.")(
                low=field.low, high=field.high
            )
    return found


def check(settings: T) -> T:
    """`settings` themselves; raises `LabError` naming the first that is out of bounds."""
    for name, problem in problems(settings).items():
        value = getattr(settings, name)
        text = Text("{name} = {value} will not do. {problem}", "{name} = {value} 값은 쓸 수 없어요. {problem}")
        raise LabError(text(name=name, value=value, problem=problem))
    return settings


def between(name: str, value: float, bounds: tuple[float, float]) -> None:
    """Raises `LabError` when `value` lies outside of `bounds`."""
    low, high = bounds
    if not low <= value <= high:
        text = Text(
            "{name} = {value} will not do. Between {low} and {high}.",
            "{name} = {value} 값은 쓸 수 없어요. {low}에서 {high} 사이예요.",
        )
        raise LabError(text(name=name, value=value, low=low, high=high))


def changed(settings: T, assignments: list[str]) -> T:
    """`settings` with each "key=value" applied. Raises `LabError` for a key or value that will not do."""
    known = {name: value for name, _, value in fields_of(settings)}
    values = {}
    for assignment in assignments:
        key, equals, word = assignment.partition("=")
        if not equals or key not in known:
            text = Text(
                "“{word}” is not a setting here. Write key=value with one of: {known}.",
                "‘{word}’ 설정은 없어요. 다음 중 하나를 key=value로 쓰세요: {known}.",
            )
            raise LabError(text(word=assignment, known=", ".join(known)))
        values[key] = _parsed(key, word, known[key])
    return check(dataclasses.replace(settings, **values))  # type: ignore[type-var]


_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def _parsed(key: str, word: str, like: Any) -> Any:
    try:
        if isinstance(like, bool):
            return {**dict.fromkeys(_TRUE, True), **dict.fromkeys(_FALSE, False)}[word.lower()]
        return type(like)(word)
    except (ValueError, KeyError):
        text = Text(
            "{key} needs a value like {like}, not “{word}”.", "{key} 값은 {like} 같은 꼴이어야 해요. 받은 값: ‘{word}’."
        )
        raise LabError(text(key=key, like=like, word=word)) from None
