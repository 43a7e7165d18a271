"""From the name of a source to its frames, and which cameras there are."""

from __future__ import annotations

from pathlib import Path

from engine.errors import LabError
from engine.grabbing import Gone, looking
from engine.jobs import Job, Progress
from engine.live.devices_read import DeviceSource
from engine.live.frames import FrameSource
from engine.live.screen_read import ScreenSource
from engine.live.sources import Camera, Folder, Picture, Screen, Source, Stream, Tour, VideoFile
from engine.live.stills_read import SUFFIXES, StillSource
from engine.text import Text, same

LOOKING = Text("Looking for cameras", "카메라 찾는 중")
_NOTHING = Text(
    "“{words}” is no source. Write a video, picture or folder, an address (rtsp://, http://), a camera’s number, "
    "“screen” or “tour”.",
    "‘{words}’ 소스는 없어요. 영상, 그림, 폴더, 주소(rtsp://, http://), 카메라 번호, screen, tour 중 하나를 쓰세요.",
)


def open_source(source: Source, *, whole: bool = False) -> FrameSource:
    """The frames of a source; it is opened at the first `read`. whole: of a file each frame once, unhurried."""
    if isinstance(source, Camera | Stream | VideoFile):
        return DeviceSource(source, paced=not whole)
    if isinstance(source, Screen):
        return ScreenSource(source)
    return StillSource(source, live=not whole)


def found_cameras() -> Job:
    """Look which cameras there are, by name; a job, returns a tuple of `Camera`. Ask again to see what was plugged in.

    None is opened, so that no camera's light goes on.
    """
    yield Progress(0, 0, LOOKING)
    with looking() as process:
        try:
            for _ in process.waiting():
                yield Progress(0, 0, LOOKING)
            found = process.answer()
        except Gone:  # the system's own interface crashed: as if there were none
            found = ()
    return tuple(Camera(n, same(name) if name else _unnamed(n), backend) for n, name, backend in found)


def _unnamed(number: int) -> Text:
    return Text("Camera {n}", "카메라 {n}")(n=number + 1)


def source_of(words: str) -> Source:
    """The source that a person named on a command line. Raises `LabError` when there is none of that name."""
    if words == "tour":
        return Tour()
    if words == "screen":
        return Screen()
    if words.isdecimal() and not Path(words).exists():
        return Camera(int(words), _unnamed(int(words)))
    if "://" in words:
        return Stream(words)
    path = Path(words)
    if path.is_dir():
        return Folder(path, loop=False)
    if path.suffix.lower() in SUFFIXES:
        return Picture(path)
    if path.is_file():
        return VideoFile(path, loop=False)
    raise LabError(_NOTHING(words=words))
