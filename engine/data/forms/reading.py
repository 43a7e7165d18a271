"""What every form needs to read a stranger's folder: names that stay inside it, files with sentences for faults."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path, PurePosixPath

from engine.data.photoset import Unreadable
from engine.errors import LabError, cannot_read
from engine.text import Text

PICTURES = (".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff", ".gif", ".ppm", ".pgm", ".pbm", ".jfif")
FIRST = ("train", "training", "trn", "learn")  # parts to train on come first,
AFTER = (
    "val",
    "valid",
    "validation",
    "dev",
    "test",
    "testing",
    "tst",
    "held-out",
)  # then those to check and measure with
PARTS = (*FIRST, *AFTER)
OUTSIDE = Text(
    "its name points outside the set's folder, so it was left out",
    "이름이 데이터셋 폴더 밖을 가리켜서 뺐어요",
)
STRANGE = Text(
    "its name is not valid Unicode, so it was left out; rename the file",
    "이름이 올바른 유니코드가 아니라서 뺐어요. 파일 이름을 바꿔 주세요",
)


def in_order(parts: Iterable[str]) -> tuple[str, ...]:
    """The names of parts, those to train on first, those to measure with last."""

    def rank(name: str) -> tuple[int, str]:
        word = name.lower().rstrip("0123456789_-")
        return (PARTS.index(word) if word in PARTS else len(FIRST), name)

    return tuple(sorted(set(parts), key=rank))


def inside(name: object) -> str | None:
    """`name` as a relative path with forward slashes that stays below its folder; None when it does not."""
    if not isinstance(name, str) or not name.strip() or "\0" in name:
        return None
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or any(":" in part for part in path.parts):
        return None
    return path.as_posix()


def is_text(name: str) -> bool:
    """False for a file name that is not valid Unicode (Linux allows any bytes)."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_picture(name: str) -> bool:
    return name.lower().endswith(PICTURES) and not name.startswith(".")


def read_text(path: Path) -> str:
    """A text file as UTF-8, with or without a byte order mark; Korean CP949 where it is not UTF-8.

    Raises: `LabError` when it cannot be read or is no text.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise cannot_read(path, error) from error
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise LabError(
        Text("{path} is not a text file in UTF-8.", "{path} 파일은 UTF-8 텍스트 파일이 아니에요.")(path=path)
    )


_kept: ContextVar[dict[Path, list[os.DirEntry[str]]] | None] = ContextVar("kept", default=None)


@contextmanager
def listed_once() -> Iterator[None]:
    """Inside it each folder is listed once, however many forms look into it: there may be 20,000 files."""
    before = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(before)


def list_folder(folder: Path) -> list[os.DirEntry[str]]:
    """What lies in a folder, sorted by name. Raises `LabError` when it cannot be listed."""
    kept = _kept.get()
    if kept is not None and folder in kept:
        return kept[folder]
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        raise cannot_read(folder, error) from error
    if kept is not None:
        kept[folder] = found
    return found


class Faults:
    """What was passed over while reading, as one `Unreadable` for each file and reason."""

    def __init__(self) -> None:
        self._found: Counter[tuple[str, str, str]] = Counter()
        self._texts: dict[tuple[str, str, str], Text] = {}

    def add(self, file: str, why: Text) -> None:
        key = (file, why.render("en"), why.render("ko"))
        self._found[key] += 1
        self._texts[key] = why

    def listed(self) -> tuple[Unreadable, ...]:
        """In the order found; a reason that came up n times in one file is said once, with n."""
        times = Text("{why} ({n} times)", "{why} ({n}번)")
        return tuple(
            Unreadable(key[0], self._texts[key] if n == 1 else times(why=self._texts[key], n=n))
            for key, n in self._found.items()
        )
