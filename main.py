"""Convoscope: without arguments the window opens; with a command the same jobs run without it."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import sys

from engine.memory import share_arenas

BAD_START, CANCELLED = 3, 130  # exit statuses: something of the system is missing; Ctrl+C
KERNELS = 384  # what oneDNN keeps of those it made; a step of EfficientNet-Lite0, forwards and back, needs 171


def keep_few_kernels() -> None:
    """Bound what torch's oneDNN keeps, before it is loaded: one kernel for each shape it ever saw, 1,024 of them.

    A short training of a batch size not seen before left 2.5 MiB, the same one again nothing.
    """
    os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", str(KERNELS))


def run() -> int:
    """Dispatch to the window or to a command; returns the exit status."""
    multiprocessing.freeze_support()  # first of all: a frozen worker process starts here as well
    keep_few_kernels()
    share_arenas()
    if sys.stderr is not None:  # there is none in a windowed program on Windows
        faulthandler.enable()
    try:
        return _dispatch(sys.argv[1:])
    except KeyboardInterrupt:  # while parts are still being loaded; later each command has a word to say
        return CANCELLED
    except ImportError as error:
        if not any(part in str(error) for part in (".so", "DLL")):
            raise
        from gui import system_parts

        system_parts.tell(system_parts.words_for(error))
        return BAD_START


def _dispatch(arguments: list[str]) -> int:
    if _opens_the_window(arguments):
        from gui import system_parts

        if lacking := system_parts.missing():
            system_parts.tell(lacking)
            return BAD_START
        if sys.platform != "win32":
            from gui import splash

            splash.show()
    import torch  # noqa: F401  before Qt: on Windows torch's libraries must be loaded first

    from engine import cli

    if cli.handles(arguments):
        return cli.main(arguments)
    from gui import cli as window

    return window.main(arguments)


def _opens_the_window(arguments: list[str]) -> bool:
    """Whether no command is asked for: only options of the window itself."""
    return set(arguments) <= {"--until-painted", "--lang", "en", "ko"}


if __name__ == "__main__":
    sys.exit(run())
