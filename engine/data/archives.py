"""Unpacking a stranger's archive: nothing leaves its folder, nothing fills the disk, all or nothing is kept."""

from __future__ import annotations

import hashlib
import lzma
import os
import secrets
import shutil
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from engine import places
from engine.data.forms.reading import inside
from engine.errors import LabError, cannot_read, cannot_write
from engine.jobs import Job, Progress
from engine.text import Text

ENDINGS = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
SMALL = 64 << 20  # bytes; an archive that unpacks to less is never called a bomb
RATIO = 300  # times its own size; photographs unpack to about 1, text to 20
FILES = 3_000_000
_PIECE = 1 << 20
_UNPACKING = Text("Unpacking", "압축을 푸는 중")
_BROKEN = (
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,  # a compression this Python does not know
    RuntimeError,  # zipfile's word for a password
    UnicodeError,
    ValueError,
)


def is_archive(path: Path) -> bool:
    return path.name.lower().endswith(ENDINGS)


def unpack(path: Path) -> Job:
    """Unpack an archive into our own data folder; yields `Progress` in bytes, returns the folder of its content.

    An archive unpacked before is not unpacked again. Links and devices are passed over.
    Raises: `LabError` when it is damaged, has a password, holds a path outside itself, or unpacks to far too much.
    """
    try:
        about = path.stat()
    except OSError as error:
        raise cannot_read(path, error) from error
    key = hashlib.sha256(f"{path.absolute()} {about.st_size} {about.st_mtime_ns}".encode(errors="replace")).hexdigest()
    place = places.own_data() / "unpacked" / f"{_stem(path)}-{key[:8]}"
    if not place.is_dir():
        staging = place.parent / f".part-{secrets.token_hex(8)}"
        try:
            yield from _into(staging, path, about.st_size)
            os.replace(staging, place)
        except OSError as error:
            raise cannot_write(place, error) from error
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    return _single_folder(place)


def _stem(path: Path) -> str:
    name = path.name
    for ending in sorted(ENDINGS, key=len, reverse=True):
        if name.lower().endswith(ending):
            return name[: -len(ending)] or "archive"
    return name


def _single_folder(place: Path) -> Path:
    """The one folder inside, where an archive holds nothing else (macOS adds __MACOSX)."""
    inner = [entry for entry in place.iterdir() if not entry.name.startswith((".", "__MACOSX"))]
    return inner[0] if len(inner) == 1 and inner[0].is_dir() else place


def _into(staging: Path, path: Path, packed: int) -> Job:
    staging.mkdir(parents=True)
    free = shutil.disk_usage(staging).free
    written = count = 0
    try:
        for name, size, source in _members(path, staging):
            count += 1
            if count > FILES or (written + size > SMALL and written + size > RATIO * packed):
                raise LabError(_bomb(path))
            if written + size > free:
                raise LabError(_no_room(path))
            target = staging / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with source, target.open("wb") as file:
                while piece := source.read(_PIECE):
                    written += len(piece)
                    if written > SMALL and written > RATIO * packed:
                        raise LabError(_bomb(path))
                    file.write(piece)
                    yield Progress(written, 0, _UNPACKING)
            if count % 100 == 0:
                yield Progress(written, 0, _UNPACKING)
    except _BROKEN as error:
        raise LabError(_damaged(path)) from error
    except OSError as error:
        if error.errno is None:  # how gzip and bz2 tell of damage
            raise LabError(_damaged(path)) from error
        raise
    if not count:
        raise LabError(Text("{path} holds no files.", "{path} 파일 안에 든 것이 없어요.")(path=path))


def _members(path: Path, staging: Path) -> Iterator[tuple[str, int, IO[bytes]]]:
    """(safe name, size, opened content) of each plain file in the archive."""
    if path.name.lower().endswith(".zip"):
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                mode = info.external_attr >> 16
                if info.is_dir() or stat.S_ISLNK(mode):
                    _safe(_zip_name(info), path)
                    continue
                yield _safe(_zip_name(info), path), info.file_size, archive.open(info)
        return
    with tarfile.open(path, "r:*") as tar:
        for member in tar:
            if member.isreg() or member.isdir():
                _second_opinion(member, str(staging))
            name = _safe(member.name, path)
            content = tar.extractfile(member) if member.isreg() else None
            if content is not None:
                yield name, member.size, content
        read_to_end(tar)


def _second_opinion(member: tarfile.TarInfo, folder: str) -> None:
    """Python's own filter for data, where this Python has it (3.11.4 on); raises for a path outside."""
    look = getattr(tarfile, "data_filter", None)
    if look is not None:
        look(member, folder)


def read_to_end(tar: tarfile.TarFile) -> None:
    """Read what stands after the last member, so that the checksum at the end of a packed file is compared."""
    while tar.fileobj is not None and tar.fileobj.read(_PIECE):
        pass


def _zip_name(info: zipfile.ZipInfo) -> str:
    """A member's name; without the mark for UTF-8 it is often Korean CP949, which zipfile takes for CP437."""
    if info.flag_bits & 0x800:
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "cp949"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _safe(name: str, path: Path) -> str:
    clean = inside(name.removeprefix("./") or ".")
    if clean is None:
        text = Text(
            "{path} was not unpacked: it holds “{name}”, which would be written outside its folder.",
            "{path} 압축을 풀지 않았어요. 폴더 밖에 쓰려는 ‘{name}’ 항목이 들어 있어요.",
        )
        raise LabError(text(path=path, name=name[:200]))
    return clean


def _damaged(path: Path) -> Text:
    return Text(
        "{path} is damaged, cut off, has a password, or is no archive this program can unpack.",
        "{path} 파일이 손상됐거나 잘렸거나, 암호가 있거나, 풀 수 없는 형식이에요.",
    )(path=path)


def _bomb(path: Path) -> Text:
    return Text(
        "{path} was not unpacked: it would grow to more than {ratio} times its size.",
        "{path} 압축을 풀지 않았어요. 풀면 원래 크기의 {ratio}배가 넘어요.",
    )(path=path, ratio=RATIO)


def _no_room(path: Path) -> Text:
    return Text(
        "The disk has no room for what is in {path}. Free some space and try again.",
        "{path}의 내용을 풀 공간이 디스크에 없어요. 공간을 비우고 다시 해 보세요.",
    )(path=path)
