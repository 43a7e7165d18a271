"""How far a download is, for a person at a terminal: a line every few seconds."""

from __future__ import annotations

import time

from engine.console import Console
from engine.jobs import Job, Progress

EVERY = 2.0  # seconds


def telling(job: Job, console: Console) -> Job:
    """`job` with its progress said on stderr now and then; the first word at once."""
    said = -EVERY
    try:
        while True:
            event = next(job)
            if isinstance(event, Progress) and event.note and time.monotonic() - said > EVERY:
                console.say(event.note)
                said = time.monotonic()
            yield event
    except StopIteration as end:
        return end.value
    finally:
        job.close()
