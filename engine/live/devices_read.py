"""Cameras, video files and network streams as frame sources; what goes wrong with each, in words.

All are read by a process of their own (`engine.grabber`): a decoder that crashes, a camera that hangs and a stream
that stalls end that process, not the program.
"""

from __future__ import annotations

import os
import sys
import threading
import time

from engine.errors import LabError
from engine.grabber import Wish
from engine.grabbing import SILENCE, Facts, Gone, Grabbed, Grabber, grabbing
from engine.live.frames import Frame
from engine.live.sources import Camera, Stream, VideoFile
from engine.text import Text

NODE = "/dev/video{n}"  # where Linux has a camera
USUAL_RATE = 25.0  # frames a second of a video that does not say
_LATE = 1.0  # seconds behind its own time from which a video goes on from where it is
_MISSING = 0.05  # part of a video's frames that its header may promise too many
_IN_USE = Text(
    "{name} could not be opened. Another program may be using it: close that one and start again.",
    "{name} 카메라를 열지 못했어요. 다른 프로그램이 쓰고 있을 수 있어요. 그 프로그램을 닫고 다시 시작해 주세요.",
)
_FORBIDDEN = Text(
    "{name} may not be used: the system forbids it. Allow this program to use the camera and start again.",
    "시스템이 {name} 카메라 사용을 막고 있어요. 이 프로그램에 카메라를 허용하고 다시 시작해 주세요.",
)
_NOT_THERE = Text(
    "{name} is not connected. Plug it in and start again, or choose another source.",
    "{name} 카메라가 연결되어 있지 않아요. 연결하고 다시 시작하거나 다른 소스를 골라 주세요.",
)
_PULLED = Text(
    "{name} stopped: it was unplugged, or the computer slept. It goes on when it is back.",
    "{name} 카메라가 멈췄어요. 빠졌거나 컴퓨터가 잠들었어요. 다시 연결되면 이어서 보여요.",
)
_NO_FILE = Text("{path} does not exist. Check the name.", "{path} 파일이 없어요. 이름을 확인해 보세요.")
_NO_VIDEO = Text(
    "{path} is not a video this program can open: it is cut off, something else, or of a codec that is not here. "
    "Choose another file, or convert it to MP4 (H.264).",
    "{path} 파일은 열 수 있는 영상이 아니에요. 잘렸거나, 영상이 아니거나, 여기에 없는 코덱이에요. "
    "다른 파일을 고르거나 MP4(H.264)로 바꿔 보세요.",
)
_NO_CODEC = Text(
    "{path} is a video, but its pictures cannot be decoded: damaged, or a codec that is not here. Convert it to MP4 (H.264).",
    "{path} 영상은 열리지만 화면을 풀지 못해요. 손상됐거나 없는 코덱이에요. MP4(H.264)로 바꿔 보세요.",
)
_SILENT = Text(
    "{path} was not opened in {n:.0f} seconds. The computer may be very busy: start again.",
    "{path} 파일을 {n:.0f}초 안에 열지 못했어요. 컴퓨터가 아주 바쁜 것 같으니 다시 시작해 주세요.",
)
_CRASHED = Text(
    "{path} is damaged: the decoder gave up at {at}. What came before was shown.",
    "{path} 영상이 손상됐어요. {at}에서 더 풀지 못했어요. 그 앞까지는 보여 드렸어요.",
)
_CUT = Text(
    "{path} broke off at {at}: the file promises {count:,} frames and holds {number:,}.",
    "{path} 영상이 {at}에서 끊겼어요. 파일에는 {count:,}프레임이라고 적혀 있지만 {number:,}프레임뿐이에요.",
)
_NO_STREAM = Text(
    "Nothing answers at {name}. Check the address and the network, and whether it asks for a password.",
    "{name} 주소에서 응답이 없어요. 주소와 네트워크를 확인하고, 비밀번호가 필요한지 보세요.",
)
_STALLED = Text(
    "{name} went silent. It is tried again until it is back, or choose another source.",
    "{name} 소스가 조용해졌어요. 돌아올 때까지 다시 시도해요. 다른 소스를 골라도 돼요.",
)


class Broke(LabError):
    """A source that worked stopped working: it may come back, and is tried again while it is watched."""


class DeviceSource:
    """A camera, stream or video file.

    paced: a video plays at its own speed (else as fast as it is read); it begins again when its source says `loop`.
    """

    def __init__(self, source: Camera | Stream | VideoFile, *, paced: bool) -> None:
        self._source = source
        self._file = source.path if isinstance(source, VideoFile) else None
        self.live = paced or self._file is None
        self._paced = paced and self._file is not None
        self._loop = isinstance(source, VideoFile) and source.loop and paced
        self._grabber: Grabber | None = None
        self._closed = threading.Event()
        self._guard = threading.Lock()
        self._facts = Facts(0.0, 0, 0, 0)
        self._number = 0
        self._begin = source.start if isinstance(source, VideoFile) else 0.0  # second at which this round began
        self._lap = 0.0  # `time.monotonic()` of the video's second 0 in this round
        self._in_lap = 0

    def read(self) -> Frame | None:
        """See `FrameSource.read`. Raises: `Broke` for what may come back, `LabError` for what will not."""
        try:
            if self._grabber is None and not self._open():
                return None
            assert self._grabber is not None
            found = self._grabber.next()
            if found is None and not self._closed.is_set():
                found = self._at_the_end()
        except Gone as gone:
            if self._closed.is_set():
                return None
            raise self._gone(gone) from gone
        return self._frame(found) if found is not None else None

    def _at_the_end(self) -> Grabbed | None:
        if self._file is None:
            raise self._broken()
        promised, found = self._facts.count, self._in_lap
        if self._begin == 0 and promised - found > max(4, _MISSING * promised):
            text = _CUT(path=self._file, at=_clock(found / self._rate), count=promised, number=found)
            raise LabError(text)
        if not self._loop or not found:
            return None
        assert self._grabber is not None
        self._grabber.again()
        self._begin, self._in_lap, self._lap = 0.0, 0, time.monotonic()
        return self._grabber.next()

    @property
    def _rate(self) -> float:
        return self._facts.rate or USUAL_RATE

    def _open(self) -> bool:
        with self._guard:
            if self._closed.is_set():
                return False
            self._check_there()
            self._grabber = grabbing(_wish(self._source))
        facts = self._grabber.open()
        if isinstance(facts, str):
            raise self._not_opened(facts)
        if facts is None:
            return False
        self._facts, self._lap = facts, time.monotonic() - self._begin
        return True

    def _check_there(self) -> None:
        if self._file is not None and not self._file.is_file():
            raise LabError(_NO_FILE(path=self._file))
        if isinstance(self._source, Camera) and sys.platform.startswith("linux"):
            node = NODE.format(n=self._source.number)
            if not os.path.exists(node):
                raise Broke(_NOT_THERE(name=self._source.title))
            if not os.access(node, os.R_OK | os.W_OK):
                raise LabError(_FORBIDDEN(name=self._source.title))

    def _not_opened(self, how: str) -> LabError:
        if self._file is not None:
            return LabError((_NO_CODEC if how == "unread" else _NO_VIDEO)(path=self._file))
        if isinstance(self._source, Stream):
            return LabError(_NO_STREAM(name=self._source.title))
        forbids = sys.platform in ("darwin", "win32") and how == "unread"
        return LabError((_FORBIDDEN if forbids else _IN_USE)(name=self._source.title))

    def _gone(self, gone: Gone) -> LabError:
        if self._file is None:
            return self._broken() if self._number or gone.hung else self._not_opened("closed")
        if not self._number:
            return LabError(_SILENT(path=self._file, n=SILENCE) if gone.hung else _NO_VIDEO(path=self._file))
        return LabError(_CRASHED(path=self._file, at=_clock(self._in_lap / self._rate)))

    def _broken(self) -> LabError:
        return Broke((_PULLED if isinstance(self._source, Camera) else _STALLED)(name=self._source.title))

    def _frame(self, found: Grabbed) -> Frame:
        at = found.seconds
        if self._file is not None:  # time stamps of containers are not to be relied on; the first is often missing
            at = self._in_lap / self._rate + self._begin
        elif not self._number:
            self._lap = time.monotonic()
        else:
            at = time.monotonic() - self._lap
        if self._paced:
            early = self._lap + at - time.monotonic()
            if early < -_LATE:  # the computer slept, or is too slow: it goes on from here and does not rush after
                self._lap -= early
            self._closed.wait(max(0.0, early))
        taken, rate = time.monotonic(), self._rate if self._file is not None else self._facts.rate
        frame = Frame(found.image, self._number, at, taken, found.milliseconds, self._facts.count, rate)
        self._number, self._in_lap = self._number + 1, self._in_lap + 1
        return frame

    def stop(self) -> None:
        """See `FrameSource.stop`."""
        with self._guard:
            self._closed.set()
            if self._grabber is not None:
                self._grabber.stop()

    def close(self) -> None:
        """See `FrameSource.close`."""
        if self._grabber is not None:
            self._grabber.__exit__()
            self._grabber = None


def _wish(source: Camera | Stream | VideoFile) -> Wish:
    if isinstance(source, Camera):
        return Wish(source.number, source.backend, source.width, source.height, source.rate)
    if isinstance(source, Stream):
        return Wish(source.url)
    return Wish(str(source.path), start=source.start)


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
