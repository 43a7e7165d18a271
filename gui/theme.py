"""The look of Convoscope: tokens to palette, style sheet, fonts and icons.

`apply(app, "dark")` dresses the whole application, and again to switch. Painted widgets ask
`current()` inside paintEvent, so that a switch needs only update().
"""

from __future__ import annotations

import contextlib
import gc
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from gui.style_sheet import style_sheet
from resources import path

TOKENS: dict[str, Any] = json.loads(path("tokens.json").read_text(encoding="utf-8"))
LARGE_TYPE = 1.35  # for a projector

_INKS = ("text", "dim", "faint", "you", "net", "slide", "good", "warn", "bad", "info")
# (foreground, background, floor): 4.5 for text, 3.0 for boundaries and marks.
PAIRS: list[tuple[str, str, float]] = [
    *((ink, paper, 4.5) for ink in _INKS for paper in ("panel", "raised", "well")),
    *((ink, ink + "_soft", 4.5) for ink in ("you", "net", "slide", "good", "warn", "bad", "info")),
    *((ink, "ink", 4.5) for ink in ("text", "dim", "faint")),
    ("text", "hover", 4.5),
    ("dim", "hover", 4.5),
    ("text", "you_soft", 4.5),
    ("text", "bad_soft", 4.5),
    ("on_fill", "you_fill", 4.5),
    ("on_fill", "you_hover", 3.0),
    ("on_fill", "bad_fill", 4.5),
    ("on_net", "net", 4.5),
    *(("edge", paper, 3.0) for paper in ("panel", "raised", "well")),
]


class Theme:
    """Colours by name (`theme.net`), series by index; one value, replaced whole when the theme changes."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.colours: dict[str, str] = TOKENS[name]
        self.series: list[str] = TOKENS["series"][name]
        self.sequential: list[str] = TOKENS["sequential"][name]
        self.diverging: list[str] = TOKENS["diverging"][name]

    def __getattr__(self, colour: str) -> str:
        try:
            found: str = self.__dict__["colours"][colour]
        except KeyError:
            raise AttributeError(colour) from None
        return found


@dataclass(frozen=True)
class _Look:
    """All that decides how the application is dressed."""

    theme: Theme
    hangul: bool = False
    scale: float = 1.0


_look = _Look(Theme("dark"))


def current() -> Theme:
    """The theme in force."""
    return _look.theme


def scale() -> float:
    """1, or `LARGE_TYPE` while a projector is served."""
    return _look.scale


def apply(app: QApplication, name: str, *, hangul: bool | None = None, scale: float | None = None) -> None:
    """Dress the whole application; call again to change theme, language or size while it runs."""
    global _look
    _look = _Look(
        Theme(name),
        _look.hangul if hangul is None else hangul,
        _look.scale if scale is None else scale,
    )
    if not app.property("fonts_loaded"):
        for file in sorted(path("fonts").glob("*.otf")):
            QFontDatabase.addApplicationFont(str(file))
        app.setProperty("fonts_loaded", True)
        app.setStyle("Fusion")
    with nothing_collected():
        app.setFont(font())
        app.setPalette(_palette(_look.theme))
        app.setStyleSheet(style_sheet(_look.theme, TOKENS, type_sizes(), capitals=not _look.hangul))
    if charts := sys.modules.get("pyqtgraph"):  # not imported for its own sake: start-up time
        charts.setConfigOptions(antialias=True, background=_look.theme.panel, foreground=_look.theme.faint)


@contextlib.contextmanager
def nothing_collected() -> Iterator[None]:
    """Qt walks through a list of all widgets meanwhile and calls our Python for each. A collection then could free
    one without a parent that is garbage (pyqtgraph keeps such for every plot), and Qt would read freed memory."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def remember_hangul(hangul: bool) -> None:
    """Which script the sizes are for, before the first `apply`."""
    global _look
    _look = replace(_look, hangul=hangul)


def type_sizes() -> dict[str, int]:
    """Size names to logical pixels; Hangul blocks need one pixel more in captions to stay open."""
    sizes = {name: round(pixels * _look.scale) for name, pixels in TOKENS["type"].items()}
    if _look.hangul:
        sizes["caption"] += 1
    return sizes


def font(size: str | int = "body", weight: int = 400, mono: bool = False) -> QFont:
    """A font of the house: `size` by name or in logical pixels, weight 400, 500 or 600."""
    f = QFont()
    f.setFamilies(TOKENS["mono" if mono else "fonts"])
    f.setPixelSize(type_sizes()[size] if isinstance(size, str) else round(size * _look.scale))
    f.setWeight(QFont.Weight(weight))
    f.setFeature(QFont.Tag("tnum"), 1)  # figures keep their column while they change
    f.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return f


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size: int, ratio: float = 2.0) -> QPixmap:
    """An icon of resources/icons in one colour, `size` logical pixels square."""
    svg = path("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    out = QPixmap(int(size * ratio), int(size * ratio))
    out.fill(Qt.GlobalColor.transparent)
    painter = QPainter(out)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(out.rect()))
    painter.end()
    out.setDevicePixelRatio(ratio)
    return out


def icon(name: str, colour: str, disabled: str | None = None, size: int = 16) -> QIcon:
    """The same as a QIcon, with another colour where its control is disabled."""
    found = QIcon(pixmap(name, colour, size))
    if disabled:
        found.addPixmap(pixmap(name, disabled, size), QIcon.Mode.Disabled)
    return found


def _palette(theme: Theme) -> QPalette:
    p, r = QPalette(), QPalette.ColorRole
    for role, colour in (
        (r.Window, theme.ink),
        (r.Base, theme.well),
        (r.AlternateBase, theme.raised),
        (r.Button, theme.raised),
        (r.ToolTipBase, theme.raised),
        (r.WindowText, theme.text),
        (r.Text, theme.text),
        (r.ButtonText, theme.text),
        (r.ToolTipText, theme.text),
        (r.PlaceholderText, theme.faint),
        (r.Highlight, theme.you_fill),
        (r.HighlightedText, theme.on_fill),
        (r.Link, theme.you),
        (r.Accent, theme.you_fill),
    ):
        p.setColor(role, QColor(colour))
    for role in (r.WindowText, r.Text, r.ButtonText):
        p.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.faint))
    return p


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: str, b: str) -> float:
    """WCAG 2 contrast ratio of two #RRGGBB colours, 1 to 21."""
    low, high = sorted((_luminance(a), _luminance(b)))
    return (high + 0.05) / (low + 0.05)


def ramp(values: np.ndarray, stops: list[str], low: float = 0.0, high: float = 1.0) -> np.ndarray:
    """(H, W) numbers to (H, W, 3) uint8 through colour stops."""
    rgb = np.array([[int(s[i : i + 2], 16) for i in (1, 3, 5)] for s in stops], np.float32)
    v = np.clip((np.asarray(values, np.float32) - low) / (high - low + 1e-12), 0, 1) * (len(stops) - 1)
    i = np.clip(v.astype(int), 0, len(stops) - 2)
    f = (v - i)[..., None]
    return np.asarray((rgb[i] * (1 - f) + rgb[i + 1] * f).round(), np.uint8)
