"""The mark while the libraries load: a start from a cold disk takes seconds, and a person should see that it began.

Imports nothing of the engine. Not on Windows, where torch's libraries must be loaded before Qt's. A plain widget: Qt's
own splash screen holds a start up for a whole second while it waits to be seen (Qt 6.11, also where it was seen at once).
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence

import psutil
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from gui import theme
from gui.widgets.logo import paint_logo

WIDTH, HEIGHT, MARK = 340, 200, 72
PATIENCE = 0.2  # seconds in which a screen shows the mark; without one the start goes on
_state: dict[str, float | Splash] = {}


def application(arguments: Sequence[str] = ()) -> QApplication:
    """The QApplication, made once, undisturbed by opencv-python, which points Qt at plugins of its own."""
    there = QApplication.instance()
    if isinstance(there, QApplication):
        return there
    for name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
        if "cv2" in os.environ.get(name, ""):
            del os.environ[name]
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication([sys.argv[0] if sys.argv else "convoscope", *arguments])
    app.setApplicationName("Convoscope")
    app.setApplicationDisplayName("Convoscope")
    return app


class Splash(QWidget):
    """The mark and the name on the window's own ground."""

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.SplashScreen | Qt.WindowType.FramelessWindowHint)
        self.painted = False
        self.setFixedSize(WIDTH, HEIGHT)
        self.setWindowTitle("Convoscope")
        self.move(self.screen().availableGeometry().center() - self.rect().center())

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted = True
        now, p = theme.current(), QPainter(self)
        p.fillRect(self.rect(), QColor(now.ink))
        p.setPen(QColor(now.text))
        font = p.font()
        font.setPixelSize(20)
        p.setFont(font)
        p.drawText(QRectF(0, 136, WIDTH, 32), Qt.AlignmentFlag.AlignCenter, "Convoscope")
        p.translate((WIDTH - MARK) / 2, 44)
        paint_logo(p, MARK)


def show() -> None:
    """Show the mark now, before anything large is imported."""
    app = application()
    splash = Splash()
    splash.show()
    began = time.monotonic()
    while not splash.painted and time.monotonic() - began < PATIENCE:
        app.processEvents()
    _state.update(splash=splash, seconds=time.time() - psutil.Process().create_time())


def seconds() -> float | None:
    """From the start of the process until the mark was seen; None when it was not shown."""
    found = _state.get("seconds")
    return found if isinstance(found, float) else None


def finish() -> None:
    """The window is there: the mark goes."""
    splash = _state.pop("splash", None)
    if isinstance(splash, Splash):
        splash.close()
        splash.deleteLater()
