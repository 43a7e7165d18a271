"""A person's own networks as overlays: finished runs that detect or segment, and classes taught in Live."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from engine import places
from engine.errors import LabError
from engine.files import sha256
from engine.jobs import Event, Job, Progress
from engine.live.backends import Network
from engine.live.ours import run_overlay
from engine.live.overlays import Kind, OverlayCard
from engine.live.record import stamp
from engine.live.seers import ClassifySeer
from engine.live.teach import Taught, whole_network
from engine.live.teach_files import load, save
from engine.text import Text, same

_MOST = 8  # of each kind, the newest
LOOKING = Text("Looking for your own networks", "직접 만든 신경망을 찾는 중")


def own_overlays() -> Generator[Event, None, list[OverlayCard]]:
    """A card for each of the newest runs and taught heads that can be laid over; the others are passed over."""
    found: list[OverlayCard] = []
    for folder, pattern, card_of in (
        (places.runs(), "*/run.json", lambda path: run_overlay(path.parent)),
        (places.taught(), "*.safetensors", taught_overlay),
    ):
        kept = 0
        for path in sorted(folder.glob(pattern), key=_changed, reverse=True):
            yield Progress(0, 0, LOOKING)
            if kept == _MOST:
                break
            try:
                found.append(card_of(path))
                kept += 1
            except (LabError, KeyError, ValueError, TypeError):
                continue  # learnt something else, has no weights yet, or is damaged: Train tells of it
    return found


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def taught_overlay(path: Path) -> OverlayCard:
    """The card of a taught head's file. Raises `LabError` when it is none."""
    classes = tuple(same(name) for name in load(path).classes)
    names = ", ".join(name.en for name in classes)
    return OverlayCard(
        id=f"taught:{path}",
        kind=Kind.CLASSIFY,
        name=Text("Taught: {names}", "가르친 것: {names}")(names=names),
        summary=Text("The classes that you taught.", "직접 가르친 클래스예요."),
        bytes=path.stat().st_size,
        classes=classes,
        path=path,
    )


def open_taught(path: Path) -> ClassifySeer:
    """The seer of a taught head. Raises `LabError` when the file is none."""
    card, key = taught_overlay(path), f"taught {sha256(path)[:16]}"
    return ClassifySeer(card, Network(key, lambda: whole_network(load(path))))


def keep_taught(taught: Taught) -> Job:
    """Save a head where Live finds it; a job, returns its `OverlayCard`. Raises `LabError` when it cannot be written."""
    words = "-".join("".join(c for c in name if c.isalnum() or c == "_") for name in taught.classes)
    path: Path = yield from save(taught, places.taught() / f"{words[:60] or 'taught'}-{stamp()}.safetensors")
    return taught_overlay(path)
