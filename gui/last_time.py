"""Whether the last start ended by itself: each window leaves a file while it is open, and a crash writes into it.

faulthandler writes where every thread was when the process was killed by a fault of a library. What is found at the
next start is offered there, to read, to copy and to send.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil

from engine import places

_ENDS, _KEPT = ".open", 5  # name of the file of a window that is open; how many crashes are kept


@dataclass(slots=True)
class Watch:
    """earlier: what the windows that did not end by themselves left behind, "" when all did."""

    earlier: str
    _file: IO[str] | None

    def end(self) -> None:
        """The window closes as it should."""
        if self._file is None:
            return
        faulthandler.disable()
        self._file.close()
        with contextlib.suppress(OSError):  # a virus scanner may hold it: the next start then asks for nothing
            Path(self._file.name).unlink()
        self._file = None


def begin() -> Watch:
    """Look for what an earlier window left, and watch this one."""
    folder = places.log_folder()
    earlier = "\n\n".join(_found(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / f"{os.getpid()}{_ENDS}").open("w", encoding="utf-8")
        file.write(f"{psutil.Process().create_time()}\n")
        file.flush()
    except OSError:
        return Watch(earlier, None)  # a place that cannot be written: nothing is watched, all else works
    faulthandler.enable(file)
    return Watch(earlier, file)


def _found(folder: Path) -> list[str]:
    found = []
    for path in sorted(folder.glob(f"*{_ENDS}")):
        with contextlib.suppress(OSError, ValueError):
            born, _, trace = path.read_text("utf-8", errors="replace").partition("\n")
            if _is_open(int(path.stem), float(born or 0)):
                continue
            kept = path.with_name(f"crash-{int(path.stat().st_mtime)}.log")
            path.replace(kept)
            found.append(f"{kept}\n{trace.strip()}".strip())
    for old in sorted(folder.glob("crash-*.log"))[:-_KEPT]:
        with contextlib.suppress(OSError):
            old.unlink()
    return found


def _is_open(pid: int, born: float) -> bool:
    """Whether the process that left the file still lives; its number may be another's by now."""
    try:
        return abs(psutil.Process(pid).create_time() - born) < 2.0
    except psutil.Error:
        return False
