"""One frozen value with what a person has set, kept between starts."""

from __future__ import annotations

import dataclasses
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine import places
from engine.errors import LabError
from engine.files import read_json, write_json
from engine.text import Text


@dataclass(frozen=True, slots=True)
class Settings:
    """theme: "system", "light" or "dark". language: "" (as the system), "en" or "ko".

    data_folder: where a person keeps data sets; "" = not said.
    window: names of window parts with their remembered state (base64 text).
    """

    theme: str = "system"
    language: str = ""
    data_folder: str = ""
    window: dict[str, str] = field(default_factory=dict)

    def data(self) -> Path | None:
        """Where to look for data sets; CONVOSCOPE_DATA is stronger than what was chosen in the window."""
        if not os.environ.get("CONVOSCOPE_DATA") and self.data_folder:
            return Path(self.data_folder)
        return places.data()


def load() -> tuple[Settings, Text | None]:
    """The kept settings, or the usual ones with a word on why.

    A file that is broken or from a newer version is set aside beside its place, never overwritten.
    """
    path = places.settings_file()
    if not path.exists():
        return Settings(), None
    try:
        value = read_json(path)
        return _settings_from(value), None
    except (LabError, TypeError) as error:
        aside = _set_aside(path)
        why = error.text if isinstance(error, LabError) else Text("It is not as expected.", "내용이 예상과 달라요.")
        text = Text(
            "The settings could not be used and were set aside as {aside}. {why}",
            "설정을 쓸 수 없어서 옮겨 두었어요: {aside}. {why}",
        )
        return Settings(), text(aside=aside, why=why)


def save(settings: Settings) -> None:
    """Keep `settings`. Raises `LabError` when they cannot be written."""
    write_json(places.settings_file(), dataclasses.asdict(settings))


def _settings_from(value: dict[str, Any]) -> Settings:
    kept = {}
    for f in dataclasses.fields(Settings):
        if f.name in value:
            kept[f.name] = value[f.name]
            if not isinstance(kept[f.name], dict if f.name == "window" else str):
                raise TypeError(f.name)
    return Settings(**kept)


def _set_aside(path: Path) -> Path:
    number = 1
    while (aside := path.with_suffix(f".{number}.kept")).exists():
        number += 1
    try:
        path.rename(aside)
    except OSError:
        return path  # a folder that may not be written: it stays where it is, and nothing can overwrite it
    return aside
