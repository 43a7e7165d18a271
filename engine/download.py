"""Getting a file from the internet: whole and checked, or not at all; a cut download goes on where it stopped."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from engine import places
from engine.errors import LabError, cannot_read, cannot_write
from engine.jobs import Event, Job, Progress
from engine.text import Text
from engine.web import PATIENCE, Cut, Head, Offline, Outgrown, Stream, Trouble, cut, host_of, offline

RECONNECTS = 5  # to one address after cuts, before the next mirror is asked
SPARE = 64 << 20  # bytes that stay free on the disk
_LOOSE = 1 << 20  # a size that was given may be rounded by this much
_READ = 1 << 22


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to arrive: its hash in hexadecimal (of SHA-256 the first digits will do) and about how many bytes."""

    name: Text
    kind: str
    digits: str
    size: int | None


class _Wrong(Trouble):
    """A whole file arrived, but another one."""


def in_words(size: float) -> str:
    """Bytes as a person reads them: "13 MB", "1.2 GB", "640 kB"."""
    for unit, name in ((1e9, "GB"), (1e6, "MB")):
        if size >= unit:
            value = size / unit
            return f"{value:.1f} {name}" if value < 10 else f"{value:,.0f} {name}"
    return f"{max(1, round(size / 1e3)) if size else 0} kB"


def fetch(
    sources: Sequence[str],
    to: Path,
    *,
    name: Text,
    sha256: str = "",
    md5: str = "",
    size: int | None = None,
    patience: float = PATIENCE,
) -> Job:
    """Download a file to `to`; a job that yields `Progress` in bytes and returns `to`.

    What has arrived lies in `to`.part and stays there when the job is cancelled or the connection cut.
    A file that is there already and has the right hash is kept.

    Args:
        sources: addresses of the same file, the best first; the next one is asked when one fails.
        sha256, md5: one of them, in hexadecimal; of SHA-256 eight or more first digits will do.
        size: bytes, exact or nearly, to tell how far it is before a server says so.
        patience: seconds without a byte before a server is given up.
    Raises:
        LabError: no connection, the connection cut, another file than wanted, a full disk, a proxy in the way,
            the file gone from every address.
    """
    if not sources or bool(sha256) == bool(md5) or (sha256 and len(sha256) < 8):
        raise ValueError("fetch needs an address and one hash")
    wanted = _Wanted(name, "sha256" if sha256 else "md5", (sha256 or md5).lower(), size)
    _make_folder(to.parent)
    with _alone(to, name):
        if to.is_file() and (yield from _is_right(to, wanted)):
            return to
        return (yield from _from_any(sources, to, wanted, patience))


def _from_any(sources: Sequence[str], to: Path, wanted: _Wanted, patience: float) -> Job:
    part = to.with_name(to.name + ".part")
    worst: Trouble | None = None
    for address in sources:
        try:
            yield from _checked(address, part, wanted, patience)
        except Trouble as error:
            worst = error if worst is None or error.weight > worst.weight else worst
            continue
        try:
            os.replace(part, to)
        except OSError as error:
            raise cannot_write(to, error) from error
        return to
    assert worst is not None
    if isinstance(worst, Offline) and wanted.size:
        raise offline(in_words(max(0, wanted.size - _length(part))))
    raise worst


def _checked(address: str, part: Path, wanted: _Wanted, patience: float) -> Job:
    """Fill `part` from one address. A wrong file is removed, and asked for once more if an old part was in it."""
    while True:
        had = _length(part)
        yield from _whole(address, part, wanted, patience)
        if (yield from _is_right(part, wanted)):
            return
        part.unlink()
        if not had:
            raise _wrong(address, wanted)


def _whole(address: str, part: Path, wanted: _Wanted, patience: float) -> Job:
    """Bring the rest of the file, connecting again as long as every connection brings something."""
    for _ in range(RECONNECTS):
        had = _length(part)
        try:
            return (yield from _rest(address, part, wanted, patience))
        except Outgrown:
            return None  # the hash will tell whether it is the file
        except Cut:
            if _length(part) <= had:
                raise
    raise cut(address)


def _rest(address: str, part: Path, wanted: _Wanted, patience: float) -> Job:
    """Append what is missing to `part`, over one connection."""
    had = _length(part)
    _check_room(part, (wanted.size or 0) - had, wanted)
    yield Progress(had, wanted.size or 0, _ASKING(name=wanted.name, host=host_of(address)))
    stream = Stream(address, had, patience=patience)
    try:
        head = yield from _next(stream, had, wanted.size or 0)
        if wanted.size and head.total and head.total > wanted.size + _LOOSE:
            raise _wrong(address, wanted)
        total = head.total or wanted.size or 0
        _check_room(part, total - head.start, wanted)
        done = yield from _append(stream, part, head, total, wanted, address)
        if head.total and done < head.total:
            raise cut(address)
    finally:
        stream.stop()


def _next(stream: Stream, done: int, total: int) -> Generator[Event, None, Head]:
    while (came := stream.take()) is ...:
        yield Progress(done, total)
    assert isinstance(came, Head)
    return came


def _append(stream: Stream, part: Path, head: Head, total: int, wanted: _Wanted, address: str) -> Job:
    """Write what comes; returns the length of `part`. A server that ignores Range sends all: the part starts anew."""
    done, told = head.start, _Pace(head.start, total)
    most = max(total, wanted.size or 0) + _LOOSE if total else None
    try:
        with part.open("r+b" if head.start else "wb") as file:
            file.seek(head.start)
            while (came := stream.take()) is not None:
                if came is not ...:
                    file.write(came)
                    done += len(came)
                    if most is not None and done > most:
                        raise _wrong(address, wanted)
                yield Progress(done, total, told.words(done))
            file.truncate()
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise cannot_write(part, error) from error
    return done


_ASKING = Text("{name}: asking {host}", "{name}: {host}에 연결하는 중")
_CHECKING = Text("Checking {name}", "{name} 확인하는 중")
_OF = Text("{done} of {total}", "{total} 중 {done}")
_LEFT = Text("{done} of {total}, about {left} s left", "{total} 중 {done}, 약 {left}초 남음")


class _Pace:
    """How far a download is, in words; the time left after a second of watching."""

    def __init__(self, start: int, total: int) -> None:
        self._start, self._total, self._began = start, total, time.monotonic()

    def words(self, done: int) -> Text:
        if not self._total:
            return Text("{done} so far", "지금까지 {done}")(done=in_words(done))
        gone, came = time.monotonic() - self._began, done - self._start
        said = {"done": in_words(done), "total": in_words(self._total)}
        if gone < 1 or not came:
            return _OF(**said)
        return _LEFT(**said, left=f"{max(0.0, self._total - done) * gone / came:,.0f}")


def _is_right(path: Path, wanted: _Wanted) -> Generator[Event, None, bool]:
    """Whether the file has the hash wanted."""
    total, length, note = hashlib.new(wanted.kind, usedforsecurity=False), _length(path), _CHECKING(name=wanted.name)
    try:
        with path.open("rb") as file:
            while part := file.read(_READ):
                total.update(part)
                yield Progress(length, length, note)
    except OSError as error:
        raise cannot_read(path, error) from error
    return total.hexdigest().startswith(wanted.digits)


def _wrong(address: str, wanted: _Wanted) -> _Wrong:
    text = Text(
        "What {host} sent is not {name}: its checksum is wrong, so it was removed. The sign-in page of a network can be the reason; try again.",
        "{host} 서버가 보낸 것은 {name} 파일이 아니에요. 체크섬이 달라서 지웠어요. 네트워크 로그인 화면 때문일 수 있으니 다시 해 보세요.",
    )
    return _Wrong(text(host=host_of(address), name=wanted.name), 6)


def _check_room(part: Path, needed: int, wanted: _Wanted) -> None:
    """Raises `LabError` when the disk has not the room for `needed` more bytes."""
    free = shutil.disk_usage(part.parent).free
    if needed > 0 and free < needed + SPARE:
        text = Text(
            "The disk is too full for {name}: {needed} are needed in {folder} and {free} are free. Free some space and try again.",
            "디스크 공간이 부족해서 {name} 파일을 받지 못해요. {folder}에 {needed}가 필요한데 {free}만 남았어요. 공간을 비우고 다시 해 보세요.",
        )
        values = {"needed": in_words(needed + SPARE), "free": in_words(free)}
        raise LabError(text(name=wanted.name, folder=part.parent, **values))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error


def _length(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


@contextmanager
def _alone(to: Path, name: Text) -> Iterator[None]:
    """Hold the right to download to `to`. Raises `LabError` while another Convoscope has it."""
    key = hashlib.sha256(str(to.resolve()).encode()).hexdigest()[:24]
    folder = places.cache() / "downloads"
    _make_folder(folder)
    lock = FileLock(folder / f"{key}.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        text = Text(
            "{name} is being downloaded already. Wait for it, or cancel it there.",
            "{name} 파일을 이미 받고 있어요. 끝나기를 기다리거나 거기서 취소해 주세요.",
        )
        raise LabError(text(name=name)) from error
    try:
        yield
    finally:
        lock.release()
