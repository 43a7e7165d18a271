"""From a process to a window: QApplication, look, words, host, and what catches errors of ours."""

from __future__ import annotations

import argparse
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from types import TracebackType

from PySide6.QtWidgets import QApplication

from engine import settings as kept
from engine.host import EngineHost
from engine.settings import Settings
from engine.text import Language, Text
from gui import last_time, splash, theme, words
from gui.appearance import Appearance, language_of, theme_of
from gui.context import Context
from gui.ctrl_c import heard
from gui.first_steps import SEEN
from gui.main_window import MainWindow

_OURS = Text(
    "Something went wrong in the window. It goes on; the details can be copied and sent to us.",
    "창에서 문제가 생겼어요. 계속 쓸 수 있어요. 자세한 내용을 복사해서 보내 주세요.",
)
_CRASHED = Text(
    "Last time Convoscope did not end by itself. Trainings go on from their last checkpoint (Train, Runs).",
    "지난번에 Convoscope가 저절로 끝나지 않았어요. 학습은 마지막 저장점부터 이어 할 수 있어요(학습, 실행).",
)


def make_application(arguments: Sequence[str] = ()) -> QApplication:
    """The QApplication, ready for work."""
    app = splash.application(arguments)
    sys.setswitchinterval(0.001)  # a training thread gives way to the window five times sooner than usual
    return app


def open_window(app: QApplication, settings: Settings, *, language: Language | None = None) -> MainWindow:
    """Dress the application as `settings` say and make its window; the caller shows it.

    `language` is stronger than the settings, for this start only.
    """
    words.set_language(app, language or language_of(settings))
    theme.apply(app, theme_of(app, settings))
    host = EngineHost()
    context = Context(host, settings, host)
    window = MainWindow(host, context, Appearance(app, context, language=language))
    host.setParent(window)  # the window closes the host, so it lives as long
    return window


def catch_errors(window: MainWindow) -> Callable[[], None]:
    """Show what escapes from our code as a notice instead of ending the program; returns how to stop that.

    One of the three places that catch everything.
    """
    before = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        before(kind, error, trace)
        if issubclass(kind, Exception) and threading.current_thread() is threading.main_thread():
            details = "".join(traceback.format_exception(kind, error, trace))
            window.notices.tell(_OURS, details)
            window.notices.log(_OURS, details)

    def stop() -> None:
        sys.excepthook = before

    sys.excepthook = hook
    return stop


def run(args: argparse.Namespace | None = None) -> int:
    """Open the window and stay until it is closed; returns the exit status. Looks at `args.lang` alone."""
    app = make_application()
    watch = last_time.begin()
    settings, word = kept.load()
    window = open_window(app, settings, language=getattr(args, "lang", None))
    stop = catch_errors(window)
    if word:
        window.notices.tell(word)
    if watch.earlier:
        window.notices.tell(_CRASHED, watch.earlier)
    window.painted.connect(splash.finish)
    if SEEN not in settings.window:
        window.painted.connect(window.begin_tour)
    window.show()
    try:
        with heard(window.close):  # what was learnt is kept
            return app.exec()
    finally:
        stop()
        watch.end()
