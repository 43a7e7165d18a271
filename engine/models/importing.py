"""Model packs: weights carried to a machine without internet as a file, a folder or a zip.

Nothing is trusted: official files are known by their SHA-256, whatever they are called; ours come with
their card. A zip is read member by member and never unpacked into a folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import re
import secrets
import zipfile
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any

from engine import places
from engine.errors import LabError, cannot_read, cannot_write
from engine.files import FORMAT, read_tensors, write_bytes
from engine.jobs import Event, Job, Progress
from engine.models.card import Imported, ModelCard, Origin
from engine.models.official import check_only_tensors, hub_folder, official_cards
from engine.models.shipped import bundled_card
from engine.models.store import remember_imported
from engine.text import Text

_SUFFIXES = (".pth", ".pt", ".safetensors")
_READ = 1 << 22
_CARD_BOUND = 1 << 20  # bytes; a card is a page of text
_OUR_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class _Found:
    """One file of a pack. open: its bytes. beside: the bytes of its card, "" of the same name with .json, or None."""

    name: str
    size: int
    open: Callable[[], IO[bytes]]
    beside: Callable[[], bytes | None]


def import_pack(path: Path, *, cards: Sequence[ModelCard] | None = None) -> Job:
    """Bring the models of a file, folder or zip onto this machine; a job, returns `Imported`.

    Args:
        path: weights (.pth, .pt, .safetensors with its card .json), a folder of them, or a zip.
        cards: the official models to know; None = all.
    Raises:
        LabError: nothing in it could be used (the first reason is told), or it cannot be read.
    """
    known = official_cards() if cards is None else tuple(cards)
    taken: list[ModelCard] = []
    refused: list[Text] = []
    yield Progress(0, 0, _LOOKING(name=path.name))
    with contextlib.ExitStack() as stack:
        for found in _files_of(path, stack):
            try:
                taken.append((yield from _take(found, known)))
            except LabError as error:
                refused.append(error.text)
    if not taken:
        raise LabError(refused[0] if refused else _NOTHING(path=path, kinds=", ".join(_SUFFIXES)))
    if official := [card.file for card in taken if card.origin is Origin.OFFICIAL]:
        remember_imported(official)
    return Imported(tuple(taken), tuple(refused))


_LOOKING = Text("Looking into {name}", "{name} 내용을 확인하는 중")
_COPYING = Text("Importing {name}", "{name} 가져오는 중")
_NOTHING = Text(
    "There are no weights in {path}. A model pack holds files that end in {kinds}.",
    "{path}에 가중치가 없어요. 모델 팩에는 {kinds} 파일이 들어 있어요.",
)


def _files_of(path: Path, stack: contextlib.ExitStack) -> Iterator[_Found]:
    if path.suffix.lower() == ".zip":  # a .pth is a zip inside as well
        yield from _in_zip(path, stack)
        return
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    for file in files:
        if file.suffix.lower() in _SUFFIXES and file.is_file():
            yield _Found(str(file), file.stat().st_size, lambda f=file: f.open("rb"), lambda f=file: _card_of(f))  # type: ignore[misc]
        elif file == path:
            if not path.exists():
                raise cannot_read(path, FileNotFoundError(2, ""))
            raise LabError(_NOTHING(path=path, kinds=", ".join(_SUFFIXES)))


def _card_of(weights: Path) -> bytes | None:
    card = weights.with_suffix(".json")
    return card.read_bytes()[:_CARD_BOUND] if card.is_file() else None


def _in_zip(path: Path, stack: contextlib.ExitStack) -> Iterator[_Found]:
    try:
        pack = stack.enter_context(zipfile.ZipFile(path))
    except zipfile.BadZipFile as error:
        text = Text(
            "{path} is not a zip, or it is cut off. Get it again.",
            "{path} 파일은 zip이 아니거나 잘렸어요. 다시 받아 보세요.",
        )
        raise LabError(text(path=path)) from error
    except OSError as error:
        raise cannot_read(path, error) from error

    def card_of(name: str) -> bytes | None:
        card = str(Path(name).with_suffix(".json")).replace("\\", "/")
        if card not in pack.namelist():
            return None
        with pack.open(card) as file:
            return file.read(_CARD_BOUND)

    for member in pack.infolist():
        if Path(member.filename).suffix.lower() in _SUFFIXES and not member.is_dir():
            name = f"{path.name}/{member.filename}"
            yield _Found(name, member.file_size, lambda m=member: pack.open(m), lambda m=member: card_of(m.filename))  # type: ignore[misc]


def _take(found: _Found, known: tuple[ModelCard, ...]) -> Generator[Event, None, ModelCard]:
    """Import one file. Raises `LabError` saying why not."""
    if found.name.lower().endswith(".safetensors"):
        return (yield from _take_ours(found))
    digest = yield from _read(found, None)
    for card in known:
        if digest.startswith(card.sha256):
            yield from _copy(found, hub_folder() / card.file, digest, partial(check_only_tensors, name=card.name))
            return card
    text = Text(
        "{name} is none of the published weights, or it is damaged: no known checksum fits.",
        "{name} 파일은 공개된 가중치가 아니거나 손상됐어요. 아는 체크섬과 맞지 않아요.",
    )
    raise LabError(text(name=found.name))


def _take_ours(found: _Found) -> Generator[Event, None, ModelCard]:
    """Weights of ours: the card beside them says what they are and what their hash is."""
    card, content = _our_card(found)
    digest = yield from _read(found, None)
    if digest != card.sha256:
        text = Text(
            "{name} is not the file its card describes. Get the pack again.",
            "{name} 파일이 카드의 설명과 달라요. 모델 팩을 다시 받아 보세요.",
        )
        raise LabError(text(name=found.name))
    to = places.models() / card.file
    yield from _copy(found, to, digest, read_tensors)
    write_bytes(to.with_suffix(".json"), content)
    return card


def _our_card(found: _Found) -> tuple[ModelCard, bytes]:
    content = found.beside()
    if content is None:
        text = Text(
            "{name} has no card. Put the .json that belongs to it beside it.",
            "{name} 파일에 카드가 없어요. 짝이 되는 .json 파일을 옆에 놓아 주세요.",
        )
        raise LabError(text(name=found.name))
    beside = Path(found.name).with_suffix(".json")
    try:
        values: Any = json.loads(content)
    except (ValueError, RecursionError):
        values = None
    if isinstance(values, dict) and str(values.get("format", FORMAT)) > str(FORMAT):
        text = Text(
            "{path} was written by a newer Convoscope. Update this one to import it.",
            "{path} 파일은 더 새로운 Convoscope가 만들었어요. 업데이트하면 가져올 수 있어요.",
        )
        raise LabError(text(path=beside))
    card = bundled_card(values if isinstance(values, dict) else {}, beside)
    if not _OUR_NAME.fullmatch(card.id):
        raise LabError(Text("{path} has an id that cannot be.", "{path} 카드의 id가 올바르지 않아요.")(path=beside))
    return card, content


def _read(found: _Found, to: IO[bytes] | None) -> Generator[Event, None, str]:
    """SHA-256 of a file of a pack, copied on the way to `to`."""
    total, done = hashlib.sha256(), 0
    note = _COPYING(name=Path(found.name).name)
    try:
        with found.open() as file:
            while part := file.read(_READ):
                total.update(part)
                done += len(part)
                if done > found.size:  # a zip that lies about its lengths
                    break
                yield Progress(done, found.size, note)
                if to is not None:
                    to.write(part)
    except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError, io.UnsupportedOperation) as error:
        text = Text("{name} is damaged or locked by a password.", "{name} 파일이 손상됐거나 비밀번호로 잠겨 있어요.")
        raise LabError(text(name=found.name)) from error
    return total.hexdigest()


def _copy(found: _Found, to: Path, digest: str, check: Callable[[Path], object]) -> Job:
    """Copy a file of a pack to `to`; it takes its place only when it is whole, the same as before, and `check` agrees."""
    part = to.parent / f".part-{secrets.token_hex(8)}{to.suffix}"
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        with part.open("xb") as file:
            again = yield from _read(found, file)
            file.flush()
            os.fsync(file.fileno())
        if again != digest:
            raise LabError(
                Text("{name} changed while it was read.", "{name} 파일이 읽는 동안 바뀌었어요.")(name=found.name)
            )
        check(part)
        os.replace(part, to)
    except OSError as error:
        raise cannot_write(to, error) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
