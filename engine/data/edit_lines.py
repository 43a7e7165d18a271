"""Edits as plain values, for the lines of a draft, and back again with distrust."""

from __future__ import annotations

import base64
import binascii
import dataclasses
from typing import Any

from engine.data.edits import Add, Change, Edit, Mark, Paint, Remove, SetCaptions, SetClass, corners, number

_KINDS: dict[str, type] = {
    "add": Add,
    "remove": Remove,
    "change": Change,
    "class": SetClass,
    "captions": SetCaptions,
    "paint": Paint,
}


def to_json(edit: Edit) -> dict[str, Any]:
    """An edit as plain values, for a line of a draft."""
    kind = next(name for name, its in _KINDS.items() if isinstance(edit, its))
    values: dict[str, Any] = {"kind": kind}
    for f in dataclasses.fields(edit):
        value = getattr(edit, f.name)
        if isinstance(value, Mark):
            value = {g.name: getattr(value, g.name) for g in dataclasses.fields(Mark)}
        values[f.name] = base64.b85encode(value).decode() if isinstance(value, bytes) else value
    return values


def from_json(values: Any) -> Edit:
    """An edit from plain values. Raises `ValueError` when they are none."""
    try:
        kind = _KINDS[values["kind"]]
        given = {f.name: _value(f.name, kind, values[f.name]) for f in dataclasses.fields(kind)}
        edit: Edit = kind(**given)
    except (KeyError, TypeError, AttributeError, OverflowError, binascii.Error) as error:
        raise ValueError(f"no edit: {error}") from error
    if isinstance(edit, Paint) and (min(edit.x, edit.y) < 0 or min(edit.width, edit.height) < 1 or edit.ground > 255):
        raise ValueError("a rectangle without size")
    return edit


def _value(name: str, kind: type, value: Any) -> Any:
    if kind is Paint:
        return base64.b85decode(value) if name in ("before", "after") else _whole(value)
    if kind is SetCaptions:
        return tuple(str(sentence) for sentence in value)
    if kind is SetClass or name == "at":
        return _whole(value)
    return _mark(value)


def _mark(value: dict[str, Any]) -> Mark:
    return Mark(
        corners(value["box"]),
        _whole(value["label"]),
        tuple(tuple((number(x), number(y)) for x, y in ring) for ring in value["rings"]),
        bool(value["crowd"]),
        tuple((number(x), number(y), number(v)) for x, y, v in value["keypoints"]),
    )


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"not a whole number: {value!r}")
    return value
