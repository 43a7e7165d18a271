"""A report of what went wrong, made to be copied and sent, and kept in the log folder."""

from __future__ import annotations

import platform
from collections.abc import Generator
from datetime import datetime
from importlib import metadata

from engine import __version__, places
from engine.errors import cannot_write
from engine.jobs import Event

_KEPT_BYTES = 1_000_000


def report(words: str, details: str) -> str:
    """The words a person saw, the machine, and the details, as text to paste."""
    versions = ", ".join(f"{name} {_version(name)}" for name in ("torch", "PySide6", "numpy", "pyqtgraph"))
    return "\n".join(
        (
            f"Convoscope {__version__} · Python {platform.python_version()} · {platform.platform()}",
            versions,
            "",
            words,
            "",
            details.rstrip(),
            "",
        )
    )


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "?"  # a frozen build carries no metadata


def keep(text: str) -> Generator[Event, None, None]:
    """A job that adds a report to the log."""
    file = places.log_folder() / "convoscope.log"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists() and file.stat().st_size > _KEPT_BYTES:
            file.replace(file.with_suffix(".old.log"))
        with file.open("a", encoding="utf-8") as log:
            log.write(f"── {datetime.now().astimezone().isoformat(timespec='seconds')}\n{text}\n")
    except OSError as error:
        raise cannot_write(file, error) from error
    return
    yield  # a job without events
