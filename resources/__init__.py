"""Files that travel with the app: fonts, icons, words, weights. Found from an install, a checkout and a frozen build."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def path(*parts: str) -> Path:
    """Where `resources/<parts>` lies on this machine."""
    return _HERE.joinpath(*parts)
