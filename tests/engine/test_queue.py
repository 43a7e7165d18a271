"""The queue: in order, on disk, one process at a time; a failed training does not stop the others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from driving import drive, of, quick

from engine import places
from engine.errors import LabError
from engine.jobs import result_of
from engine.train import queue
from engine.train.events import Checked, Started, Step
from engine.train.queue import QueueItem, QueueMoved, Turns, new_item, run_queue
from engine.train.runs import list_runs


def item(**settings: Any) -> QueueItem:
    return new_item("digits-quick", quick(**settings))


def states() -> list[str]:
    return [one.state for one in queue.read_queue()]


def ids() -> list[str]:
    return [one.id for one in queue.read_queue()]


def test_an_empty_queue_runs_nothing() -> None:
    assert queue.read_queue() == ()
    assert result_of(run_queue()) == ()


def test_what_was_added_survives_a_restart_in_its_order() -> None:
    one, two = item(epochs=0.5), item(learning_rate=0.01)
    queue.add([one])
    queue.add([two])
    assert queue.read_queue() == (one, two)


def test_bad_settings_never_enter_the_queue() -> None:
    with pytest.raises(LabError, match="learning_rate"):
        item(learning_rate=-1.0)
    with pytest.raises(LabError, match="no recipe"):
        new_item("nothing", quick())


def test_waiting_items_change_places_and_ended_ones_stay_where_they_are() -> None:
    a, b, c, d = (item() for _ in range(4))
    queue.add([a, b, c, d])
    queue.mark(b.id, state="done")
    queue.move(d.id, -1)
    assert ids() == [a.id, b.id, d.id, c.id]
    queue.move(d.id, -99)
    assert ids() == [d.id, b.id, a.id, c.id]
    queue.move(d.id, 1)
    assert ids() == [a.id, b.id, d.id, c.id]
    queue.move("nobody", 1)
    assert ids() == [a.id, b.id, d.id, c.id]


def test_the_running_item_is_neither_removed_nor_cleared() -> None:
    a, b, c = item(), item(), item()
    queue.add([a, b, c])
    queue.mark(a.id, state="running")
    queue.mark(b.id, state="done")
    queue.remove([a.id])
    assert ids() == [a.id, b.id, c.id]
    queue.clear(ended_only=True)
    assert ids() == [a.id, c.id]
    queue.clear()
    assert ids() == [a.id]


def test_trainings_run_one_after_another_and_their_runs_are_noted() -> None:
    queue.add([item(epochs=0.5), item(epochs=0.5, learning_rate=0.01)])
    events, ended = drive(run_queue())
    assert [one.state for one in ended] == states() == ["done", "done"]
    moves = [(move.item.id, move.item.state) for move in of(QueueMoved, events)]
    first, second = ids()
    assert moves == [(first, "running"), (first, "done"), (second, "running"), (second, "done")]
    runs = {str(run.folder): run for run in result_of(list_runs())}
    rates = [runs[one.folder].settings["learning_rate"] for one in queue.read_queue()]
    assert rates == [0.006, 0.01]


def test_a_failed_training_is_noted_and_the_next_one_runs(tmp_path: Path) -> None:
    missing = new_item("mnist-deep", quick(), dataset="mnist", data=str(tmp_path))
    queue.add([missing, item(epochs=0.5)])
    result_of(run_queue())
    assert states() == ["failed", "done"]
    error = queue.read_queue()[0].error
    assert error is not None
    assert "MNIST" in error.en
    assert error.ko != error.en


def test_what_is_added_while_it_runs_is_trained_too() -> None:
    queue.add([item(epochs=0.5)])
    job = run_queue()
    next(event for event in job if isinstance(event, Started))
    queue.add([item(epochs=0.5)])
    assert len(drive(job)[1]) == 2


def test_only_one_process_works_the_queue_off() -> None:
    queue.add([item()])
    with Turns(), pytest.raises(LabError, match="Another Convoscope"):
        result_of(run_queue())
    assert states() == ["waiting"]
    with Turns() as turns:  # free again
        assert turns.take() is not None


def test_a_cancelled_item_waits_and_goes_on_from_its_checkpoint() -> None:
    queue.add([item(epochs=2.0)])
    job = run_queue()
    next(event for event in job if isinstance(event, Step) and event.step == 9)
    job.close()
    assert states() == ["waiting"]
    events, _ = drive(run_queue())
    assert of(Started, events)[0].step == 9
    assert of(Checked, events)[-1].split == "test"
    assert states() == ["done"]
    assert len(result_of(list_runs())) == 1


def test_an_item_whose_process_was_killed_waits_again() -> None:
    killed = item()
    queue.add([killed])
    queue.mark(killed.id, state="running", folder=str(places.runs() / "gone"))
    with Turns() as turns:
        taken = turns.take()
    assert taken is not None
    assert taken.id == killed.id


def test_an_item_that_had_just_ended_when_its_process_was_killed_is_done() -> None:
    result_of(_train_one())
    (run,) = result_of(list_runs())
    ended = item()
    queue.add([ended])
    queue.mark(ended.id, state="running", folder=str(run.folder))
    with Turns() as turns:
        assert turns.take() is None
    assert states() == ["done"]


def _train_one() -> Any:
    from engine.train.fit import train

    return train("digits-quick", quick(epochs=0.5))


def test_an_ended_item_can_run_once_more_as_a_new_run() -> None:
    queue.add([item(epochs=0.5)])
    result_of(run_queue())
    queue.again(ids())
    assert (states(), queue.read_queue()[0].folder) == (["waiting"], "")
    result_of(run_queue())
    assert len(result_of(list_runs())) == 2


@pytest.mark.parametrize(
    "content",
    ["", "[]", '{"items": 3}', '{"items": [{"id": "x"}]}', '{"items": [{"id": "x", "recipe": "y", "settings": 3}]}'],
)
def test_a_damaged_queue_is_a_sentence_and_is_left_as_it_is(content: str) -> None:
    places.queue_file().parent.mkdir(parents=True, exist_ok=True)
    places.queue_file().write_text(content)
    with pytest.raises(LabError, match=r"queue\.json"):
        queue.add([item()])
    assert places.queue_file().read_text() == content


def test_an_item_of_another_version_fails_with_a_sentence_and_the_next_one_runs() -> None:
    queue.add([item(), item(epochs=0.5)])
    values = json.loads(places.queue_file().read_text())
    values["items"][0]["settings"]["of_the_future"] = 1
    places.queue_file().write_text(json.dumps(values))
    result_of(run_queue())
    assert states() == ["failed", "done"]
