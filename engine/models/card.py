"""What is known of a model that this machine has, or could have."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from engine.cards import Task
from engine.text import Text

TASKS: dict[Task, Text] = {
    Task.CLASSIFY: Text("Classify", "분류"),
    Task.DETECT: Text("Detect", "검출"),
    Task.SEGMENT: Text("Segment", "분할"),
    Task.CAPTION: Text("Caption", "문장 생성"),
    Task.SIGNAL: Text("Signals", "신호"),
    Task.STYLE: Text("Style", "화풍"),
    Task.LANDMARKS: Text("Landmarks", "랜드마크"),
    Task.GENERATE: Text("Generate", "생성"),
    Task.DENOISE: Text("Denoise", "잡음 제거"),
}


class Origin(Enum):
    """Who brings a model."""

    BUNDLED = "bundled"  # trained by us, in resources/models
    PACKAGE = "package"  # an installed package
    OFFICIAL = "official"  # torchvision's published weights


class Where(Enum):
    """Where a model is at this moment."""

    BUNDLED = "bundled"
    PACKAGE = "package"
    HERE = "here"  # in torch's own cache
    IMPORTED = "imported"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a model is, and its file when it is anywhere."""

    where: Where
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class ModelCard:
    """One set of weights.

    file:    its name on disk. bytes: its length, of official weights to within a kilobyte.
    sha256:  hexadecimal; of official weights the first digits, as their file names carry them.
    licence: of the weights; terms: what it means, or where it comes from.
    unlocks: what can be done with it. figure: how good it is and who says so.
    url:     where it can be downloaded, "" when it need not be.
    pack:    "open" when it may be passed on with a build.
    """

    id: str
    name: Text
    task: Task
    origin: Origin
    file: str
    bytes: int
    sha256: str
    licence: str
    terms: Text
    unlocks: Text
    figure: Text
    url: str = ""
    pack: str = "open"

    def as_json(self) -> dict[str, Any]:
        """The card as plain values for `models list --json`."""
        return {
            "id": self.id,
            "name": self.name,
            "task": self.task.value,
            "origin": self.origin.value,
            "file": self.file,
            "bytes": self.bytes,
            "sha256": self.sha256,
            "licence": self.licence,
            "terms": self.terms,
            "unlocks": self.unlocks,
            "figure": self.figure,
            "url": self.url,
            "pack": self.pack,
        }


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a pack: the models that are here now, and for each other file why it was left."""

    cards: tuple[ModelCard, ...]
    refused: tuple[Text, ...]
