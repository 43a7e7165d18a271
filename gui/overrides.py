"""Errors in methods that Qt calls reach `sys.excepthook` instead of ending the program.

An error while something is painted leaves its painter at work, kept alive by the error's own frames, and is carried
through every other widget painted meanwhile; the next picture of the window then read from a wrong place. So it ends
where it was raised and is told when nothing is painted any more.

Before 3.12 an exception that C code raised (`int("x")`, an empty list's item) stays in two loose parts until a Python
frame handles it. shiboken (seen in PySide 6.8 to 6.11) takes the second part for the exception itself and reads from
a wrong place: a segmentation fault where the window should have told what went wrong. A frame that catches and raises
again puts the parts together.
"""

from __future__ import annotations

import functools
import sys
import traceback
from collections.abc import Callable
from types import FunctionType
from typing import Any

from PySide6.QtCore import QObject, QTimer


def whole(method: Callable[..., Any]) -> Callable[..., Any]:
    """`method`, whose errors are whole when they leave it."""

    @functools.wraps(method)
    def call(*args: Any, **named: Any) -> Any:
        try:
            return method(*args, **named)
        except BaseException:
            raise

    return call


def painted(method: Callable[..., None]) -> Callable[..., None]:
    """`method`, which paints; an error ends its painter and is told once nothing is painted."""

    @functools.wraps(method)
    def paint(*args: Any, **named: Any) -> None:
        try:
            method(*args, **named)
        except Exception as error:  # noqa: BLE001  told by `sys.excepthook`, as if it had been raised
            told = type(error), error, error.__traceback__
            traceback.clear_frames(error.__traceback__)
            QTimer.singleShot(0, lambda: sys.excepthook(*told))

    return paint


def _overrides(cls: type, name: str) -> bool:
    """Whether a class that Qt wrote has a method of this name, so that Qt may call ours."""
    return any(name in vars(base) and not isinstance(vars(base)[name], FunctionType) for base in cls.__mro__[1:])


def _guard(cls: type[QObject], **named: Any) -> None:
    super(QObject, cls).__init_subclass__(**named)
    for name, method in list(vars(cls).items()):
        if isinstance(method, FunctionType) and not name.startswith("__") and _overrides(cls, name):
            if name == "paintEvent":
                setattr(cls, name, painted(method))
            elif sys.version_info < (3, 12):
                setattr(cls, name, whole(method))


def guard() -> None:
    """Let every class that is derived from a Qt class from now on tell its errors."""
    QObject.__init_subclass__ = classmethod(_guard)  # type: ignore[assignment]
