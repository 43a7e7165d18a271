"""What every form needs to write a set: pictures copied once, marks written whole, what was there before kept."""

from __future__ import annotations

import contextlib
import filecmp
import os
import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from engine.data.forms.reading import inside
from engine.data.forms.sizes import header_size
from engine.data.photoset import PhotoSet
from engine.errors import LabError, cannot_read, cannot_write
from engine.files import write_bytes
from engine.jobs import Job, Progress
from engine.text import Text

_STEP = 50
COPYING = Text("Copying pictures", "그림을 복사하는 중")
WRITING = Text("Writing marks", "표시를 쓰는 중")


def short_names(photos: PhotoSet) -> list[str]:
    """The pictures' names without the folders that all of them share; they stay below any folder.

    Raises: `LabError` naming a picture whose name points outside.
    """
    paths = []
    for file in photos.files:
        clean = inside(file)
        if clean is None:
            text = Text(
                "{file} points outside its folder, so it is not written.",
                "{file} 이름이 폴더 밖을 가리켜서 쓰지 않았어요.",
            )
            raise LabError(text(file=file))
        paths.append(PurePosixPath(clean))
    shared = paths[0].parts[:-1] if paths else ()
    for path in paths:
        while path.parts[: len(shared)] != shared or len(path.parts) == len(shared):
            shared = shared[:-1]
    return ["/".join(path.parts[len(shared) :]) for path in paths]


def flat_names(photos: PhotoSet) -> list[str]:
    """As `short_names`, without folders and with stems that differ, for forms that pair files by their stem."""
    taken: set[str] = set()
    names = []
    for name in short_names(photos):
        path = PurePosixPath(name.replace("/", "_"))
        stem, number = path.stem, 2
        while stem in taken:
            stem, number = f"{path.stem}_{number}", number + 1
        taken.add(stem)
        names.append(stem + path.suffix)
    return names


def folder_name(name: str) -> str:
    """A class name as the name of a folder on any system."""
    clean = "".join("_" if letter in '/\\:*?"<>|' or ord(letter) < 32 else letter for letter in name).strip(" .")
    return clean or "_"


def put(path: Path, content: bytes) -> None:
    """Replace one file of many, not waiting for the disk as `write_whole` does."""
    part = path.parent / f".part-{secrets.token_hex(8)}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        os.replace(part, path)
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def check_part(split: str) -> str:
    """`split` if it can be a folder's name. Raises `LabError` if not."""
    if not split or split.startswith(".") or inside(split) != split or "/" in split:
        text = Text("“{split}” cannot be the name of a part.", "‘{split}’ 이름은 부분 이름으로 쓸 수 없어요.")
        raise LabError(text(split=split))
    return split


def copy_files(pairs: Sequence[tuple[Path, Path]]) -> Job:
    """Copy each (from, to); yields `Progress`. A cancelled or failed copy takes back what it made.

    A file that lies there already is left alone when it is the same.
    Raises: `LabError` when another file lies there, one is missing, or the disk is full.
    """
    made: list[Path] = []
    complete = False
    try:
        for done, (source, target) in enumerate(pairs):
            if done % _STEP == 0:
                yield Progress(done, len(pairs), COPYING)
            if _copy(source, target):
                made.append(target)
        complete = True
    finally:
        if not complete:
            for path in made:
                with contextlib.suppress(OSError):
                    path.unlink()


def _copy(source: Path, target: Path) -> bool:
    """True when `target` is new."""
    if target.exists():
        if not filecmp.cmp(source, target, shallow=True):
            text = Text(
                "{path} is there already and is another picture. Choose an empty folder.",
                "{path} 자리에 다른 그림이 이미 있어요. 빈 폴더를 골라 주세요.",
            )
            raise LabError(text(path=target))
        return False
    part = target.parent / f".part-{secrets.token_hex(8)}"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _opened(source) as read, part.open("xb") as write:
            shutil.copyfileobj(read, write, 1 << 20)
        shutil.copystat(source, part)
        os.replace(part, target)
    except OSError as error:
        raise cannot_write(target, error) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
    return True


def _opened(source: Path):  # type: ignore[no-untyped-def]
    try:
        return source.open("rb")
    except OSError as error:
        raise cannot_read(source, error) from error


def write_marks(path: Path, content: bytes, *, one_of_many: bool = False) -> None:
    """Replace `path` whole; a file of other content that lay there first is kept once beside it as `….kept`.

    one_of_many: do not wait for the disk, as for one picture's marks among thousands.
    """
    if path.is_file():
        if path.read_bytes() == content:
            return
        kept = path.with_name(f"{path.name}.kept")
        if not kept.exists():
            try:
                shutil.copy2(path, kept)
            except OSError as error:
                raise cannot_write(kept, error) from error
    (put if one_of_many else write_bytes)(path, content)


def size_of(photos: PhotoSet, index: int) -> tuple[int, int]:
    """Width and height of a picture in pixels as it is shown; looked up in the file where the set does not say.

    Raises: `LabError` naming a picture that cannot be opened.
    """
    width, height = (int(n) for n in photos.sizes[index])
    if width and height:
        return width, height
    path = photos.path(index)
    found = header_size(path)
    if found is None:
        text = Text("{path} is not a picture this program can read.", "{path} 파일은 읽을 수 있는 그림이 아니에요.")
        raise LabError(text(path=path))
    return found
