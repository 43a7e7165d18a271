"""The notice of all parts' licences, made at build time from what is installed: every distribution's own files."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import metadata
from pathlib import Path

import resources
from resources.packaging.parts import restricted_files

OF_LICENCE = ("licen", "copying", "notice", "authors", "eula")
_LINE = "=" * 100
_HEAD = """Convoscope is MIT-licensed. It stands on the parts below, each under its own terms, copied from its package.

Qt and PySide6 are used under the LGPL-3.0: they lie beside the program as shared libraries of their own, which you may
replace. Their source: https://download.qt.io and https://code.qt.io/pyside/pyside-setup.git
{atari}
"""
_ATARI = """
convoscope-atari is a separate program that contains ale-py under the GPL-2.0. The app starts it and speaks with it over
a line; no part of ale-py is in the app. Source: https://github.com/Farama-Foundation/Arcade-Learning-Environment
"""


@lru_cache(maxsize=1)
def _owners() -> dict[str, list[str]]:
    """Top-level module to the distributions that bring it; looks through all that is installed."""
    return dict(metadata.packages_distributions())


def distributions(modules: Iterable[str]) -> list[metadata.Distribution]:
    """The installed distributions that the modules of a build come from, by name."""
    owners = _owners()
    names = {owner for module in modules for owner in owners.get(module.split(".")[0], ())}
    found = {name.lower(): metadata.distribution(name) for name in names if name.lower() != "convoscope"}
    return [found[name] for name in sorted(found)]


def licence_of(one: metadata.Distribution) -> str:
    """What the distribution's metadata calls its licence, in a few words."""
    told = one.metadata.json
    if said := told.get("license_expression"):
        return str(said)
    classes = [c.split(" :: ")[-1] for c in told.get("classifier", ()) if c.startswith("License ::")]
    short = str(told.get("license", "")).strip().splitlines()
    return ", ".join(classes) or (short[0] if short else "see below")


def texts_of(one: metadata.Distribution) -> Iterator[tuple[str, str]]:
    """(file, text) of its licences and notices, each text once."""
    seen = set()
    for file in one.files or ():
        name = Path(str(file)).name.lower()
        if not any(word in name for word in OF_LICENCE) or Path(name).suffix in (".py", ".pyc", ".h", ".json"):
            continue
        path = Path(str(one.locate_file(file)))
        if not path.is_file():
            continue
        text = path.read_text("utf-8", errors="replace").strip()
        if text and text not in seen:
            seen.add(text)
            yield str(file), text


def own_texts(*, restricted: bool) -> Iterator[tuple[str, str]]:
    """Our licence, those of fonts, icons and the like, and the terms of the weights that travel."""
    root = resources.path()
    yield "LICENSE", (root.parent / "LICENSE").read_text("utf-8").strip()
    for path in sorted(root.rglob("*LICEN*")):
        yield path.relative_to(root).as_posix(), path.read_text("utf-8").strip()
    rows, out = [], set() if restricted else restricted_files()
    for card in sorted(root.glob("*/*.json")):
        said = json.loads(card.read_text("utf-8"))
        if card not in out and isinstance(said, dict) and "weights_licence" in said:
            rows.append(f"{card.stem}: weights {said['weights_licence']}; data {said['data_licence']}")
    yield "weights", "\n".join(rows)


def notice(modules: Iterable[str], *, atari: bool, restricted: bool) -> str:
    """The whole notice as text."""
    parts = [_HEAD.format(atari=_ATARI if atari else "")]
    python = Path(sys.base_prefix, "lib", f"python{sys.version_info[0]}.{sys.version_info[1]}", "LICENSE.txt")
    parts.append(f"Python {sys.version.split()[0]}: PSF-2.0, https://docs.python.org/3/license.html")
    if python.is_file():
        parts.append(python.read_text("utf-8", errors="replace").strip())
    found = distributions(modules)
    parts += ["", "PARTS", *(f"{one.name} {one.version}: {licence_of(one)}" for one in found)]
    for file, text in own_texts(restricted=restricted):
        parts += [_LINE, f"Convoscope: {file}", "", text]
    for one in found:
        parts += [_LINE, f"{one.name} {one.version}: {licence_of(one)}"]
        parts += [line for file, text in texts_of(one) for line in ("", f"[{file}]", text)]
    return "\n".join(parts) + "\n"
