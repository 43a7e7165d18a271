"""How a command shows a table to a person: columns that line up, one row a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def as_lines(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> list[str]:
    """The rows as text with a head line; values that are missing are dashes, figures stand at the right."""
    cells = [[_word(row.get(name)) for name in columns] for row in rows]
    figures = [all(isinstance(row.get(name), int | float | None) for row in rows) for name in columns]
    table = [list(columns), *cells]
    widths = [max(len(line[i]) for line in table) for i in range(len(columns))]
    return [
        "  ".join(
            word.rjust(width) if right else word.ljust(width)
            for word, width, right in zip(line, widths, figures, strict=True)
        ).rstrip()
        for line in table
    ]


def _word(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, float):
        return f"{value:.4g}"
    return ", ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)
