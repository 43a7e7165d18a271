"""Trainings that wait for their turn: a list on disk that survives a restart.

queue.json holds the items in their order. Everybody may change it (under a lock, whole or not at all); one
process at a time works it off. An item that was running when its process died is waiting again, and goes on
from its run's last checkpoint.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import secrets
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from engine import places
from engine.errors import LabError, cannot_write
from engine.fields import check
from engine.files import read_json, write_json
from engine.jobs import Event, Job
from engine.knobs import Box
from engine.text import Text
from engine.train.attempt import Attempt
from engine.train.events import Started
from engine.train.fit import train
from engine.train.recipes import recipe

STATES = ("waiting", "running", "done", "failed", "stopped")
ENDED = ("done", "failed", "stopped")


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One training to come, under way or ended.

    settings: all of them, as plain values. data: the folder of data sets; "" = the usual one.
    state:    one of `STATES`. folder: the run's, once it has begun; "" before.
    error:    why it failed. group: the sweep it belongs to, "" for none. varied: the settings that differ in it.
    """

    id: str
    recipe: str
    settings: Mapping[str, Any]
    dataset: str = "auto"
    device: str = "auto"
    precision: str = "auto"
    data: str = ""
    state: str = "waiting"
    folder: str = ""
    error: Text | None = None
    group: str = ""
    varied: Mapping[str, Any] = field(default_factory=dict)
    added: str = ""

    @property
    def waits(self) -> bool:
        return self.state == "waiting"


@dataclass(frozen=True, slots=True)
class QueueMoved(Event):
    """An item of the queue changed its state."""

    item: QueueItem


Queue = tuple[QueueItem, ...]


def new_item(recipe_id: str, settings: Any, **more: Any) -> QueueItem:
    """A waiting item for `settings` of `recipe_id`; `more` are further fields of it.

    Raises: `LabError` for a recipe that does not exist or settings out of bounds.
    """
    recipe(recipe_id)
    values = dataclasses.asdict(check(settings))
    moment = datetime.now().astimezone().isoformat(timespec="seconds")
    return QueueItem(secrets.token_hex(4), recipe_id, values, added=moment, **more)


def read_queue() -> Queue:
    """The items in their order. Raises `LabError` when the file is damaged or from a newer version."""
    path = places.queue_file()
    if not path.exists():
        return ()
    values = read_json(path)
    try:
        return tuple(_item(value) for value in values["items"])
    except (KeyError, TypeError, AttributeError) as error:
        text = Text(
            "{path} is damaged: it does not hold a queue. Delete it to begin with an empty one.",
            "{path} 파일이 손상됐어요. 대기열이 아니에요. 지우면 빈 대기열로 시작해요.",
        )
        raise LabError(text(path=path)) from error


def _item(value: dict[str, Any]) -> QueueItem:
    known = {f.name for f in dataclasses.fields(QueueItem)}
    error = value.get("error")
    words = {name: value[name] for name in known & value.keys()} | {"error": Text(**error) if error else None}
    item = QueueItem(**words)
    if item.state not in STATES or not isinstance(item.settings, dict) or not isinstance(item.varied, dict):
        raise TypeError(item.state)
    return item


def change(act: Callable[[Queue], Iterable[QueueItem]]) -> Queue:
    """Let `act` make a new queue of the one on disk, with nobody else between. Returns the new one."""
    path = places.queue_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_suffix(".lock"), timeout=10):
            items = tuple(act(read_queue()))
            write_json(path, {"items": [_plain(item) for item in items]})
    except Timeout as error:
        text = Text(
            "The queue is in use by another program. Try again.",
            "다른 프로그램이 대기열을 쓰고 있어요. 다시 해 보세요.",
        )
        raise LabError(text) from error
    except OSError as error:
        raise cannot_write(path, error) from error
    return items


def _plain(item: QueueItem) -> dict[str, Any]:
    values = {f.name: getattr(item, f.name) for f in dataclasses.fields(item)}
    error = item.error and {"en": item.error.render("en"), "ko": item.error.render("ko")}
    plain: dict[str, Any] = json.loads(json.dumps({**values, "error": error}))
    return plain


def add(items: Sequence[QueueItem]) -> Queue:
    """Put `items` at the end."""
    return change(lambda queue: (*queue, *items))


def remove(ids: Iterable[str]) -> Queue:
    """Take items out; one that is running stays."""
    gone = set(ids)
    return change(lambda queue: (item for item in queue if item.id not in gone or item.state == "running"))


def clear(*, ended_only: bool = False) -> Queue:
    """Take out all items but the running one; with `ended_only` those that wait stay too."""
    return change(lambda queue: (i for i in queue if i.state == "running" or (ended_only and i.waits)))


def move(id: str, by: int) -> Queue:
    """Let a waiting item change places with the waiting items before (−) or after (+) it."""

    def moved(queue: Queue) -> Iterable[QueueItem]:
        waiting = [item for item in queue if item.waits]
        at = next((i for i, item in enumerate(waiting) if item.id == id), None)
        if at is None:
            return queue
        item = waiting.pop(at)
        waiting.insert(max(0, min(len(waiting), at + by)), item)
        following = iter(waiting)
        return [next(following) if item.waits else item for item in queue]

    return change(moved)


def again(ids: Iterable[str]) -> Queue:
    """Let ended items wait once more; a stopped one goes on from its checkpoint, others begin anew."""
    chosen = set(ids)

    def waiting(item: QueueItem) -> QueueItem:
        if item.id not in chosen or item.state not in ENDED:
            return item
        folder = item.folder if item.state == "stopped" else ""
        return dataclasses.replace(item, state="waiting", error=None, folder=folder)

    return change(lambda queue: map(waiting, queue))


def mark(id: str, **changes: Any) -> QueueItem | None:
    """Change one item; returns it as it now is, None if it is gone."""
    queue = change(lambda queue: (dataclasses.replace(i, **changes) if i.id == id else i for i in queue))
    return next((item for item in queue if item.id == id), None)


# Working it off


class Turns:
    """The right to work off the queue, for one process at a time; a context manager.

    Raises: `LabError` when another process has it.
    """

    def __init__(self) -> None:
        path = places.queue_file().with_suffix(".running")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = FileLock(path, timeout=0, thread_local=False)  # taken in a job, given back by the window
            self._lock.acquire()
        except Timeout as error:
            text = Text(
                "Another Convoscope is working off the queue. Wait until it has ended, or stop it there.",
                "다른 Convoscope가 대기열을 처리하고 있어요. 끝나기를 기다리거나 거기서 정지해 주세요.",
            )
            raise LabError(text) from error
        except OSError as error:
            raise cannot_write(path, error) from error
        change(_orphans_wait)

    def __enter__(self) -> Turns:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let others have it."""
        self._lock.release()

    def take(self) -> QueueItem | None:
        """The first waiting item, now running; None when none waits."""
        taken: list[QueueItem] = []

        def first(queue: Queue) -> Iterable[QueueItem]:
            for item in queue:
                if item.waits and not taken:
                    taken.append(dataclasses.replace(item, state="running"))
                    yield taken[0]
                else:
                    yield item

        change(first)
        return taken[0] if taken else None


def _orphans_wait(queue: Queue) -> Iterable[QueueItem]:
    """Whoever has the right to the queue knows that nothing in it runs."""
    return (dataclasses.replace(i, state=_left_as(i)) if i.state == "running" else i for i in queue)


def _left_as(item: QueueItem) -> str:
    """An item whose process died: done if its run had come to its end, else waiting."""
    about = Path(item.folder) / "run.json"
    try:
        return "done" if item.folder and read_json(about).get("state") == "done" else "waiting"
    except LabError:
        return "waiting"


def job_of(item: QueueItem, *, spare: int = 0, knobs: Box[Any] | None = None) -> Job:
    """The training that `item` asks for: a new run, or its own where it has begun and can go on; a job.

    Raises: `LabError` for settings of another version, and what `train` raises.
    """
    folder = Path(item.folder) if item.folder else None
    if folder and (folder / "run.json").is_file():
        return (yield from train(item.recipe, resume=folder, spare=spare, knobs=knobs))
    settings = settings_of(item)
    if knobs:
        knobs.replace(settings)
    job = train(
        item.recipe,
        settings,
        data=Path(item.data) if item.data else None,
        dataset=item.dataset,
        device=item.device,
        precision=item.precision,
        spare=spare,
        knobs=knobs,
        group=item.group,
    )
    return (yield from job)


def settings_of(item: QueueItem) -> Any:
    """The settings of an item as the trainer takes them. Raises `LabError` for those of another version."""
    try:
        return recipe(item.recipe).settings_from(dict(item.settings))
    except TypeError as error:
        text = Text(
            "This item of the queue was written by another version. Remove it and add it again.",
            "이 대기열 항목은 다른 버전이 만들었어요. 지우고 다시 넣어 주세요.",
        )
        raise LabError(text) from error


def run_queue(*, spare: int = 0) -> Job:
    """Work off the queue, also what is added meanwhile; a job.

    Yields: `QueueMoved`, and the events of each training.
    Returns: the items that ended now, in order. A training that fails is noted and does not stop the others.
    """
    ended = []
    with Turns() as turns:
        while item := turns.take():
            yield QueueMoved(item)
            done = yield from _one(item, spare)
            ended.append(done)
            yield QueueMoved(done)
    return tuple(ended)


def _one(item: QueueItem, spare: int) -> Generator[Event, None, QueueItem]:
    attempt = Attempt()
    try:
        with contextlib.closing(attempt.run(job_of(item, spare=spare))) as events:
            for event in events:
                if isinstance(event, Started):
                    mark(item.id, folder=event.folder)
                yield event
    except GeneratorExit:
        mark(item.id, state="waiting")  # cancelled: the next who works off the queue goes on with it
        raise
    return mark(item.id, state=attempt.state, error=attempt.error) or item
