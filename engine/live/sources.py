"""Where live pictures can come from, each a small value that can be shown, kept and opened."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from engine.text import Text, same


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera. number: OpenCV's. backend: OpenCV's number of the system's interface, 0 = any.

    width, height: pixels, rate: frames a second that are asked for; 0 = as it comes.
    """

    number: int
    name: Text
    backend: int = 0
    width: int = 0
    height: int = 0
    rate: float = 0.0

    @property
    def title(self) -> Text:
        return self.name


@dataclass(frozen=True, slots=True)
class VideoFile:
    """A video file, played at its own speed, again and again when `loop`. start: seconds into it."""

    path: Path
    loop: bool = True
    start: float = 0.0

    @property
    def title(self) -> Text:
        return same(self.path.name)


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture file (of an animated one every frame, again and again), shown `rate` times a second."""

    path: Path
    rate: float = 10.0

    @property
    def title(self) -> Text:
        return same(self.path.name)


@dataclass(frozen=True, slots=True)
class Folder:
    """The pictures of a folder by name, `seconds` each, again and again when `loop`."""

    path: Path
    seconds: float = 2.0
    loop: bool = True

    @property
    def title(self) -> Text:
        return same(self.path.name)


@dataclass(frozen=True, slots=True)
class Stream:
    """A network stream: rtsp://, http:// or https:// ."""

    url: str

    @property
    def title(self) -> Text:
        return same(self.url.partition("://")[2].rpartition("@")[2])  # without a password


@dataclass(frozen=True, slots=True)
class Screen:
    """A part of the screen: left, top, width, height in pixels; width 0 = the whole first monitor."""

    left: int = 0
    top: int = 0
    width: int = 0
    height: int = 0
    rate: float = 15.0

    @property
    def title(self) -> Text:
        return Text("Screen", "화면")


@dataclass(frozen=True, slots=True)
class Tour:
    """A slow walk over the photographs that scikit-image ships: for machines without a camera."""

    rate: float = 30.0

    @property
    def title(self) -> Text:
        return Text("Tour of photographs", "사진 둘러보기")


Source: TypeAlias = Camera | VideoFile | Picture | Folder | Stream | Screen | Tour
"""`engine.live.opening.open_source(source)` opens one; `found_cameras()` there is the job that looks for cameras."""
