"""What the system must bring for a window, and what to say when it does not. Imports no Qt: it may be what is missing."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from engine.text import Text

_PACKAGES = {  # library, as Debian and Ubuntu call its package and as Fedora does
    "libEGL.so.1": ("libegl1", "libglvnd-egl"),
    "libGL.so.1": ("libgl1", "libglvnd-glx"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
}
_NEEDED = Text(
    "Convoscope needs the system library {library}, which is not installed. "
    "Debian, Ubuntu: sudo apt install {debian}. Fedora: sudo dnf install {fedora}. Then start it again.",
    "Convoscope에 필요한 시스템 라이브러리 {library}가 설치되어 있지 않아요. "
    "데비안·우분투: sudo apt install {debian}, 페도라: sudo dnf install {fedora}. 설치하고 다시 시작해 주세요.",
)
_UNKNOWN = Text(
    "Convoscope needs the system library {library}, which is not installed. Install the package that brings it.",
    "Convoscope에 필요한 시스템 라이브러리 {library}가 설치되어 있지 않아요. 그 라이브러리가 든 패키지를 설치해 주세요.",
)
_NO_SCREEN = Text(
    "There is no screen here to open a window on. Start Convoscope from a desktop; its commands work without one: "
    "see --help.",
    "창을 열 화면이 없어요. 데스크톱에서 시작해 주세요. 명령은 화면 없이도 돼요(--help).",
)
_REDISTRIBUTABLE = Text(
    "A library that Windows should bring could not be loaded ({why}). Install Microsoft's Visual C++ Redistributable (x64).",
    "윈도우 라이브러리를 불러오지 못했어요({why}). 마이크로소프트 Visual C++ 재배포 패키지(x64)를 설치해 주세요.",
)
_SHOWERS = (("zenity", "--error", "--text"), ("kdialog", "--error"), ("xmessage",))


def missing(environment: Mapping[str, str] = os.environ) -> Text | None:
    """What keeps a window from opening on Linux: no screen, or a library that Qt's part for it needs; None when all is there."""
    if not sys.platform.startswith("linux") or environment.get("QT_QPA_PLATFORM", "xcb") not in ("xcb", ""):
        return None
    if not environment.get("DISPLAY"):
        return None if environment.get("WAYLAND_DISPLAY") else _NO_SCREEN
    found = importlib.util.find_spec("PySide6")
    for folder in (found.submodule_search_locations or ()) if found else ():
        for plugin in Path(folder).glob("Qt/plugins/platforms/libqxcb.so"):
            try:
                ctypes.CDLL(str(plugin))
            except OSError as error:
                return None if environment.get("WAYLAND_DISPLAY") else words_for(error)
    return None


def words_for(error: Exception) -> Text:
    """The sentence for an error of the loader."""
    if sys.platform == "win32":
        return _REDISTRIBUTABLE(why=str(error))
    found = re.search(r"(lib[\w.+-]+\.so[.\d]*)", str(error))
    library = found.group(1) if found else str(error)
    if library in _PACKAGES:
        debian, fedora = _PACKAGES[library]
        return _NEEDED(library=library, debian=debian, fedora=fedora)
    return _UNKNOWN(library=library)


def tell(text: Text) -> None:
    """Say it where it may be read: on the terminal in both languages, and in a small window of the desktop's own."""
    both = f"{text.render('en')}\n{text.render('ko')}"
    if sys.stderr is not None:
        print(both, file=sys.stderr)
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        return
    for name, *words in _SHOWERS:
        if program := shutil.which(name):
            subprocess.run([program, *words, both], check=False)
            return
