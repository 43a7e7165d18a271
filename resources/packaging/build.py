"""Builds the executable: `python -m resources.packaging.build --out DIR`, on the system it is for.

    --without gpu         torch's GPU libraries that are not needed to start (an NVIDIA GPU is then not used)
    --without atari       the separate Atari program with ale-py (GPL-2.0)
    --without restricted  weights that learnt from data with non-commercial or unclear terms
    --archive             also a .tar.gz (Linux, macOS) or .zip (Windows) of it

It leaves DIR/convoscope (macOS: also DIR/Convoscope.app), with NOTICE.txt, how to install it, and sizes.json.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from PIL import Image

from engine import __version__
from resources.packaging.notices import notice
from resources.packaging.parts import Build, weigh

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
INSTALL = {"linux": "INSTALL-linux.txt", "win32": "INSTALL-windows.txt", "darwin": "INSTALL-macos.txt"}
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build; returns PyInstaller's exit status."""
    parser = argparse.ArgumentParser(prog="build", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--without", action="append", default=[], choices=("gpu", "atari", "restricted"))
    parser.add_argument("--archive", action="store_true")
    args = parser.parse_args(arguments)
    build = Build("gpu" not in args.without, "atari" not in args.without, "restricted" not in args.without)
    out = args.out.resolve()
    made = out / "made"
    made.mkdir(parents=True, exist_ok=True)
    draw_icons(made)
    status = _run_pyinstaller(out, made, build)
    if status == 0:
        _finish(out, made, build, archive=args.archive)
    return status


def draw_icons(folder: Path) -> None:
    """The app's own mark as PNG, ICO and ICNS."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from gui.app import make_application
    from gui.widgets.logo import logo_picture

    app = make_application()
    logo_picture(512).save(str(folder / "convoscope.png"))
    app.quit()
    with Image.open(folder / "convoscope.png") as picture:
        picture.save(folder / "convoscope.ico", sizes=[(size, size) for size in ICON_SIZES])
        picture.save(folder / "convoscope.icns")


def _run_pyinstaller(out: Path, made: Path, build: Build) -> int:
    words = ["--noconfirm", "--log-level", "WARN", "--distpath", str(out), "--workpath", str(out / "work")]
    environment = {**os.environ, **build.as_environment(), "CONVOSCOPE_MADE": str(made)}
    command = [sys.executable, "-m", "PyInstaller", *words, str(HERE / "convoscope.spec")]
    return subprocess.run(command, env=environment, cwd=out, check=False).returncode


def _finish(out: Path, made: Path, build: Build, *, archive: bool) -> None:
    """Notice, instructions, version and sizes into the folder; then the archive."""
    folder = out / "convoscope"
    modules = _modules(out / "work", folder)
    text = notice(modules, atari=build.atari, restricted=build.restricted)
    (folder / "NOTICE.txt").write_text(text, "utf-8")
    (folder / "VERSION").write_text(__version__ + "\n", "utf-8")
    shutil.copy(HERE / INSTALL.get(sys.platform, INSTALL["linux"]), folder / "INSTALL.txt")
    if sys.platform.startswith("linux"):
        shutil.copy(HERE / "convoscope.desktop", folder)
        shutil.copy(HERE / "install.sh", folder)
        shutil.copy(made / "convoscope.png", folder)
    sizes = {"kept": weigh(folder), "left_out": json.loads((made / "left-out.json").read_text())}
    (out / "sizes.json").write_text(json.dumps(sizes, indent=1))
    shutil.rmtree(out / "work")
    print_sizes(sizes)
    if archive:
        name, kind = f"convoscope-{__version__}-{sys.platform}", "zip" if sys.platform == "win32" else "gztar"
        what = "Convoscope.app" if sys.platform == "darwin" else "convoscope"
        print(shutil.make_archive(str(out / name), kind, out, what))


def _modules(work: Path, folder: Path) -> set[str]:
    """The top-level modules of a build: those in the archive of pure modules and the folders beside it."""
    found = {path.name.split(".")[0] for path in (folder / "_internal").iterdir()}
    for table in work.rglob("PYZ-*.toc"):
        found |= set(_names(table.read_text("utf-8").splitlines()))
    return found


def _names(lines: Iterable[str]) -> Iterable[str]:
    """The module of each line `('package.module',` in one of PyInstaller's tables."""
    for line in lines:
        words = line.strip(" [")
        if words.startswith("('") and words.endswith("',"):
            yield words[2:-2].split(".")[0]


def print_sizes(sizes: dict[str, dict[str, int]]) -> None:
    """What the build weighs, by component, for a person."""
    for what, found in sizes.items():
        print(f"{what}: {sum(found.values()) / 1e6:,.0f} MB")
        for name, count in list(found.items())[:14]:
            print(f"  {count / 1e6:8,.1f} MB  {name}")


if __name__ == "__main__":
    sys.exit(main())
