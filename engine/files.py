"""Files written whole or not at all, and read with distrust."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import safetensors
from safetensors.torch import save as tensors_to_bytes
from torch import Tensor

from engine.errors import LabError, cannot_read, cannot_write
from engine.text import Text

FORMAT = 1  # written into every file of ours; a reader refuses a higher one


def write_whole(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    """Let `fill` write a new file that takes `path`'s place only when it is complete and on disk.

    Raises: `LabError` when the disk is full or the folder may not be written; `path` is then as before.
    """
    part = path.parent / f".part-{secrets.token_hex(8)}"
    try:
        _check_kind(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("xb") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        with contextlib.suppress(OSError):  # gone to its place, or its folder never was one
            part.unlink()


def check_place(path: Path) -> None:
    """Before minutes of work for a file: raises `LabError` where it could not be written. Makes its folder."""
    try:
        _check_kind(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path.parent):
            pass
    except OSError as error:
        raise cannot_write(path, error) from error


def _check_kind(path: Path) -> None:
    """Raises `OSError` where something stands that a file must not replace: a folder, or a device such as /dev/null."""
    if path.exists() and not path.is_file():
        number = errno.EISDIR if path.is_dir() else errno.ENODEV
        raise OSError(number, os.strerror(number))


def write_bytes(path: Path, content: bytes) -> None:
    write_whole(path, lambda file: file.write(content))


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """`value` as readable JSON with our format number first."""
    write_bytes(path, (json.dumps({"format": FORMAT, **value}, ensure_ascii=False, indent=1) + "\n").encode())


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object of ours. Raises `LabError` if it cannot be read, is broken, or is from a newer version."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise cannot_read(path, error) from error
    except (ValueError, RecursionError) as error:
        text = Text(
            "{path} is damaged: it is not the JSON it should be.", "{path} 파일이 손상됐어요. 올바른 JSON이 아니에요."
        )
        raise LabError(text(path=path)) from error
    return _ours(value, path)


def _ours(value: Any, path: Path) -> dict[str, Any]:
    """`value` if it is an object of a format this version knows. Raises `LabError` if not."""
    number = value.get("format", FORMAT) if isinstance(value, dict) else None
    if not isinstance(number, int):
        text = Text(
            "{path} is damaged: it does not hold what it should.", "{path} 파일이 손상됐어요. 내용이 예상과 달라요."
        )
        raise LabError(text(path=path))
    if number > FORMAT:
        text = Text(
            "{path} was written by a newer Convoscope. Update this one to open it.",
            "{path} 파일은 더 새로운 Convoscope가 만들었어요. 업데이트하면 열 수 있어요.",
        )
        raise LabError(text(path=path))
    found: dict[str, Any] = value
    return found


def write_tensors(path: Path, tensors: Mapping[str, Tensor], about: Mapping[str, Any]) -> None:
    """`tensors` and what they are (`about`, plain values) in one safetensors file, atomically."""
    plain = {name: tensor.detach().contiguous().cpu() for name, tensor in tensors.items()}
    write_bytes(path, tensors_to_bytes(plain, metadata={"about": json.dumps({"format": FORMAT, **about})}))


def read_tensors(path: Path) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """The tensors of a safetensors file and its `about` values ({} in files that are not ours).

    Nothing is ever unpickled: a file that is not safetensors is refused with a `LabError`.
    """
    try:
        with safetensors.safe_open(str(path), framework="pt") as file:
            about = _ours(json.loads((file.metadata() or {}).get("about", "{}")), path)
            return {name: file.get_tensor(name) for name in file.keys()}, about  # noqa: SIM118
    except OSError as error:
        raise cannot_read(path, error) from error
    except (safetensors.SafetensorError, ValueError, RecursionError) as error:
        raise LabError(_not_weights(path)) from error


def _not_weights(path: Path) -> Text:
    with path.open("rb") as file:
        start = file.read(4)
    if start[:2] == b"\x80\x02" or start == b"PK\x03\x04" or start[:1] == b"\x80":
        return Text(
            "{path} is a pickle. It could run any program when opened, so it is not. Save the weights as safetensors.",
            "{path} 파일은 pickle이에요. 열면 아무 프로그램이나 실행될 수 있어서 열지 않았어요. 가중치를 safetensors로 저장해 주세요.",
        )(path=path)
    return Text(
        "{path} is not a safetensors file, or it is cut off.", "{path} 파일은 safetensors가 아니거나 중간에 잘렸어요."
    )(path=path)


def sha256(path: Path) -> str:
    """Hexadecimal SHA-256 of a file's bytes."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise cannot_read(path, error) from error
