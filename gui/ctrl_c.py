"""Ctrl+C in the terminal that the window was started from.

Python runs its handlers between two of its own instructions. While Qt waits for events there are none, and an error
raised in a method that Qt called is told and forgotten: so the signal wakes Qt, and what is to be done is called.
"""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSocketNotifier


@contextmanager
def heard(then: Callable[[], object]) -> Iterator[None]:
    """Inside, on the window's thread, Ctrl+C calls `then` at once; needs an application."""
    near, far = socket.socketpair()
    near.setblocking(False)
    far.setblocking(False)
    waker = QSocketNotifier(near.fileno(), QSocketNotifier.Type.Read)
    waker.activated.connect(lambda: near.recv(64))
    before = signal.signal(signal.SIGINT, lambda number, frame: then())
    woken = signal.set_wakeup_fd(far.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(woken)
        signal.signal(signal.SIGINT, before)
        waker.setEnabled(False)
        near.close()
        far.close()
