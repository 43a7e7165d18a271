"""Running one training of several so that its failure does not end the others."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from engine.errors import LabError
from engine.jobs import Event, Job
from engine.text import Text, same
from engine.train.events import Outcome, Started


class Attempt:
    """What came of one training: `outcome`, or `error` as a sentence; `folder` as soon as it has begun."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self.outcome: Outcome | None = None
        self.error: Text | None = None

    @property
    def state(self) -> str:
        """ "done" or "failed"."""
        return "done" if self.outcome else "failed"

    def run(self, job: Job) -> Generator[Event, None, None]:
        """Run `job`, passing its events on. What a person or the machine did wrong is kept; a cancel goes through.

        torch says as RuntimeError what a device cannot do (memory above all); that too concerns this run alone.
        """
        try:
            self.outcome = yield from self._seen(job)
        except LabError as error:
            self.error = error.text
        except (RuntimeError, MemoryError) as error:
            self.error = same("{kind}: {words}")(kind=type(error).__name__, words=str(error).splitlines()[0])

    def _seen(self, job: Job) -> Generator[Event, None, Outcome]:
        try:
            while True:
                event = next(job)
                if isinstance(event, Started):
                    self.folder = Path(event.folder)
                yield event
        except StopIteration as end:
            found: Outcome = end.value
            return found
        finally:
            job.close()
