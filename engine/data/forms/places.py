"""Where the pictures of a marked set lie: looked up folder by folder, one listing each, never one file at a time."""

from __future__ import annotations

import os
from pathlib import Path

from engine.data.forms.reading import inside


class Pictures:
    """The pictures that a file of marks names, below `root`; `folders` are tried in order."""

    def __init__(self, root: Path, folders: list[str]) -> None:
        self.root = root
        self._folders = list(dict.fromkeys(folders))
        self._listed: dict[str, frozenset[str]] = {}

    def find(self, name: object) -> str | None:
        """The path of a named picture relative to `root`, or None when it is not there (or points outside)."""
        clean = inside(name)
        if clean is None:
            return None
        for position, folder in enumerate(self._folders):
            path = f"{folder}/{clean}" if folder else clean
            above, _, last = path.rpartition("/")
            if last in self._names(above):
                if position:  # the next picture most likely lies beside this one
                    self._folders.insert(0, self._folders.pop(position))
                return path
        return None

    def _names(self, folder: str) -> frozenset[str]:
        if folder not in self._listed:
            try:
                with os.scandir(self.root / folder if folder else self.root) as entries:
                    self._listed[folder] = frozenset(entry.name for entry in entries if entry.is_file())
            except OSError:
                self._listed[folder] = frozenset()
        return self._listed[folder]
